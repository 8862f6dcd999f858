//! Throws changed files at the readers: `cargo bench --bench fuzz_import -- --seconds 600 --format gift`.
//!
//! Takes the files of a folder, changes bytes, cuts, joins and repeats, and has what comes of it read: as a bank of another
//! program, as a deck, as a text for the terminal, as exported events. A panic
//! ends the run with the file written beside the corpus as `crash-*`; so does a file that takes longer than ten seconds.
//! Everything follows from `--seed`.

#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cutscore::app::{Clock, SystemClock};
use cutscore::base::{SafeText, Seed};
use cutscore::exchange::{ImportFormat, deck_yaml, import_deck};
use cutscore::format::{Colour, SourceFile, read_deck, render_findings};
use cutscore::store::Store;
use rand::{Rng, RngExt};

/// What reads a file.
#[derive(Clone, Copy)]
enum Reader {
    Import(ImportFormat),
    Deck,
    Text,
    Events,
}

/// The readers, and where the files lie that are changed for them.
const READERS: [(&str, &str, Reader); 10] = [
    ("gift", "fuzz/corpus/gift", Reader::Import(ImportFormat::Gift)),
    ("aiken", "fuzz/corpus/aiken", Reader::Import(ImportFormat::Aiken)),
    ("csv", "fuzz/corpus/csv", Reader::Import(ImportFormat::Csv)),
    ("markdown", "fuzz/corpus/markdown", Reader::Import(ImportFormat::Markdown)),
    ("moodle", "fuzz/corpus/moodle", Reader::Import(ImportFormat::MoodleXml)),
    ("qti", "fuzz/corpus/qti", Reader::Import(ImportFormat::Qti)),
    ("anki", "fuzz/corpus/anki", Reader::Import(ImportFormat::Anki)),
    ("deck", "decks/examples", Reader::Deck),
    ("text", "decks/examples", Reader::Text),
    ("events", "fuzz/corpus/events", Reader::Events),
];

/// Longest file that is made.
const MAX_BYTES: usize = 64 << 10;

/// A file that takes longer is a finding.
const MAX_SECONDS: i64 = 10;

/// Pieces that mean something to a reader.
const PIECES: &[&[u8]] = &[
    b"{",
    b"}",
    b"=",
    b"~",
    b"->",
    b"::",
    b"####",
    b"\\",
    b"\n\n",
    b"1. ",
    b"A. ",
    b"- [x] ",
    b"Answer: B",
    b"\"",
    b",",
    b"\t",
    b"<br>",
    b"<b>",
    b"</",
    b"<![CDATA[",
    b"]]>",
    b"&amp;",
    b"&#x0;",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x00",
    b"\xe2\x80\xae",
    b"```",
    b"![",
    b"](",
    b"ANSWER:",
    b"%50%",
    b"$CATEGORY:",
    b"{{c1::",
    b"}}",
];

fn argument(name: &str) -> Option<String> {
    let mut all = std::env::args();
    all.find(|own| own == name)?;
    all.next()
}

fn now() -> i64 {
    SystemClock.reading().wall.timestamp()
}

fn corpus(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

fn changed(rng: &mut impl Rng, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = corpus[rng.random_range(0..corpus.len())].clone();
    for _ in 0..rng.random_range(1..8_u32) {
        let at = rng.random_range(0..=bytes.len());
        match rng.random_range(0..6_u32) {
            0 if at < bytes.len() => bytes[at] = rng.random_range(0..=255_u8),
            1 => bytes.truncate(at),
            2 => {
                let piece = PIECES[rng.random_range(0..PIECES.len())];
                let n_times = if rng.random_range(0..20_u32) == 0 { 2_000 } else { 1 };
                bytes.splice(at..at, piece.repeat(n_times));
            }
            3 => {
                let other = &corpus[rng.random_range(0..corpus.len())];
                let from = rng.random_range(0..=other.len());
                bytes.splice(at..at, other[from..].iter().copied());
            }
            4 => {
                let end = (at + rng.random_range(0..64_usize)).min(bytes.len());
                bytes.drain(at..end);
            }
            _ => {
                let end = (at + rng.random_range(0..64_usize)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
        }
        bytes.truncate(MAX_BYTES);
    }
    bytes
}

/// Imports a file; what comes of it must be a deck without error.
fn try_import(bytes: &[u8], format: ImportFormat) -> Result<(), String> {
    let Ok(imported) = import_deck("bank", bytes, Some(format), &mut |_| {}) else { return Ok(()) };
    if imported.deck.items.is_empty() {
        return Ok(());
    }
    let yaml = deck_yaml(&imported.deck);
    let source = SourceFile { name: "bank.yaml".to_owned(), bytes: yaml.into_bytes().into() };
    let reading = read_deck(&[source]);
    match reading.deck {
        Some(deck) if deck == imported.deck => Ok(()),
        Some(_) => Err("the YAML reads as another deck".to_owned()),
        None => Err(format!("the YAML has errors: {:?}", reading.findings.first())),
    }
}

/// Reads a deck; what is told of it must be harmless.
fn try_deck(bytes: &[u8]) -> Result<(), String> {
    let sources = [SourceFile { name: "deck.yaml".to_owned(), bytes: bytes.to_vec().into() }];
    let reading = read_deck(&sources);
    if reading.deck.is_some() == (reading.counts.n_errors > 0) {
        return Err("a deck and errors, or neither".to_owned());
    }
    harmless(&render_findings(&reading.findings, &sources, Colour::Never))
}

fn harmless(text: &str) -> Result<(), String> {
    let found = text.chars().find(|c| c.is_control() && *c != '\n' || ('\u{202a}'..='\u{202e}').contains(c));
    found.map_or(Ok(()), |c| Err(format!("{c:?} gets through")))
}

/// Takes events in; a store that took some is whole.
fn try_events(bytes: &[u8]) -> Result<(), String> {
    let dir = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut store = Store::open(dir.path()).map_err(|error| error.to_string())?;
    if store.import(&mut &*bytes, SystemClock.reading().wall).is_err() {
        return Ok(());
    }
    match store.rebuild() {
        Ok(rebuilt) if rebuilt.differing.is_empty() => Ok(()),
        other => Err(format!("what was taken in is not what is there: {other:?}")),
    }
}

/// Has a file read.
fn try_one(bytes: &[u8], reader: Reader) -> Result<(), String> {
    let began = now();
    let done = catch_unwind(AssertUnwindSafe(|| match reader {
        Reader::Import(format) => try_import(bytes, format),
        Reader::Deck => try_deck(bytes),
        Reader::Text => harmless(&SafeText::new(&String::from_utf8_lossy(bytes)).to_string()),
        Reader::Events => try_events(bytes),
    }));
    let took = now() - began;
    match done {
        Err(_) => Err("panic".to_owned()),
        Ok(Err(reason)) => Err(reason),
        Ok(Ok(())) if took > MAX_SECONDS => Err(format!("{took} seconds")),
        Ok(Ok(())) => Ok(()),
    }
}

fn main() -> ExitCode {
    let n_seconds: i64 = argument("--seconds").and_then(|text| text.parse().ok()).unwrap_or(5);
    let seed: u64 = argument("--seed").and_then(|text| text.parse().ok()).unwrap_or(1);
    let only = argument("--format");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut is_good = true;
    for (name, folder, reader) in READERS {
        if only.as_ref().is_some_and(|only| only != name) {
            continue;
        }
        let corpus = corpus(&root.join(folder));
        if corpus.is_empty() {
            println!("{name}: no corpus");
            is_good = false;
            continue;
        }
        let mut rng = Seed(seed).stream(name).rng();
        let until = now() + n_seconds;
        let mut n_files = 0_u64;
        while now() < until {
            let bytes = changed(&mut rng, &corpus);
            n_files += 1;
            if let Err(reason) = try_one(&bytes, reader) {
                let path = root.join(format!("fuzz/corpus/crash-{name}-{n_files}"));
                println!("{name}: {reason}; the file is {}", path.display());
                let _unwritten = fs::write(&path, &bytes);
                is_good = false;
                break;
            }
        }
        println!("{name}: {n_files} files in {n_seconds} s");
    }
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
