//! What the full text of 100,000 items costs: to index them, to index them again with one changed, and to search them.
//!
//! Run with `cargo bench --bench search`; `cargo bench --bench search 10000` takes another number of items.

use std::borrow::Cow;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use cutscore::base::{ContentHash, Seed, TaskId};
use cutscore::format::{SourceFile, read_deck};
use cutscore::store::{SearchQuery, Store};
use rand::RngExt;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Distinct words that texts are made of; a few are common and most are rare, as in any language.
const N_WORDS: usize = 30_000;

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() -> Outcome<()> {
    let n_items: usize = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(100_000);
    let dir = tempfile::tempdir()?;
    let mut store = Store::open(dir.path())?;
    let (reading, deck) = timed(|| Ok(read_deck(&sources(n_items, ""))))?;
    let deck = deck.deck.ok_or("the deck has errors")?;
    println!("{n_items} items: reading {}", millis(reading));
    let (indexing, _) = timed(|| Ok(store.index_deck(ContentHash::of(b"one"), &deck)?))?;
    let n_bytes = size(dir.path())?;
    let changed = read_deck(&sources(n_items, "changed")).deck.ok_or("the deck has errors")?;
    let (again, _) = timed(|| Ok(store.index_deck(ContentHash::of(b"two"), &changed)?))?;
    println!(
        "indexing {}, again with one item changed {}, {} MiB on disk",
        millis(indexing),
        millis(again),
        n_bytes >> 20
    );
    let db = rusqlite::Connection::open(dir.path().join("cutscore.db"))?;
    let (full_text, ()) = timed(|| Ok(db.execute_batch("insert into item_text (item_text) values ('rebuild')")?))?;
    println!("of it the full text: {}", millis(full_text));
    let query = |words: &[&str]| SearchQuery {
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        limit: 10,
        ..SearchQuery::default()
    };
    let task = SearchQuery { task: Some(TaskId::new("1.7")?), ..query(&["w20"]) };
    for (name, query) in [
        ("a common word", query(&["w1"])),
        ("a rare word", query(&["w20000"])),
        ("two words", query(&["w20", "w30"])),
        ("words in a row", query(&["w2 w3"])),
        ("the beginning of a word", query(&["w123*"])),
        ("a word within a task", task),
        ("a word that nobody wrote", query(&["zebra"])),
    ] {
        let mut times = Vec::new();
        let mut n_found = 0;
        for _ in 0..5 {
            let (time, result) = timed(|| Ok(store.search(&query)?))?;
            times.push(time);
            n_found = result.n_found;
        }
        times.sort();
        println!("search for {name}: {} in the median, {n_found} found", millis(times[2]));
    }
    Ok(())
}

/// Items of one file of the deck.
const FILE_ITEMS: usize = 20_000;

/// A deck whose texts are about as long as those of a real one.
fn sources(n_items: usize, first_word: &str) -> Vec<SourceFile> {
    let mut rng = Seed(7).stream("texts").rng();
    let mut text = |n_words: usize| {
        let mut line = String::new();
        for _ in 0..n_words {
            // A product of even chances: common words are far more common.
            let rank = (0..3).map(|_| rng.random_range(0..N_WORDS)).fold(N_WORDS, |rank, n| rank * n / N_WORDS);
            line.push_str(&format!("w{rank}"));
            line.push(' ');
        }
        line
    };
    let tasks: Vec<String> = (0..20).map(|n| format!("{{id: \"1.{n}\"}}")).collect();
    let header = format!("id: big\ndomains: [{{id: d, tasks: [{}]}}]\nquestions:\n", tasks.join(", "));
    let mut files = vec![header];
    for n in 0..n_items {
        if n > 0 && n % FILE_ITEMS == 0 {
            files.push("questions:\n".to_owned());
        }
        let Some(yaml) = files.last_mut() else { break };
        let first = if n == 0 { first_word } else { "" };
        yaml.push_str(&format!(
            "  - id: q{n}\n    task: \"1.{}\"\n    stem: {first} n{n} {}\n    choices:\n",
            n % 20,
            text(25)
        ));
        for choice in 0..4 {
            let is_key = choice == 0;
            yaml.push_str(&format!("      - {{text: c{choice} {}, correct: {is_key}, why: {}}}\n", text(6), text(14)));
        }
    }
    let source = |(n, text): (usize, String)| SourceFile {
        name: if n == 0 { "deck.yaml".to_owned() } else { format!("{n}.yaml") },
        bytes: Cow::Owned(text.into_bytes()),
    };
    files.into_iter().enumerate().map(source).collect()
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn timed<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<(Duration, T)> {
    let began = Instant::now();
    let result = work()?;
    Ok((began.elapsed(), result))
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn size(folder: &Path) -> Outcome<u64> {
    let mut n_bytes = 0;
    for entry in fs::read_dir(folder)? {
        n_bytes += entry?.metadata()?.len();
    }
    Ok(n_bytes)
}
