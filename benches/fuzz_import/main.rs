//! Throws changed files at the readers: `cargo bench --bench fuzz_import -- --seconds 600 --format gift`.
//!
//! Takes the files of `fuzz/corpus/FORMAT`, changes bytes, cuts, joins and repeats, and imports what comes of it. A panic
//! ends the run with the file written beside the corpus as `crash-*`; so does a file that takes longer than ten seconds.
//! Everything follows from `--seed`.

#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cutscore::app::{Clock, SystemClock};
use cutscore::base::Seed;
use cutscore::exchange::{ImportFormat, deck_yaml, import_deck};
use cutscore::format::{SourceFile, read_deck};
use rand::{Rng, RngExt};

const FORMATS: [(&str, ImportFormat); 7] = [
    ("gift", ImportFormat::Gift),
    ("aiken", ImportFormat::Aiken),
    ("csv", ImportFormat::Csv),
    ("markdown", ImportFormat::Markdown),
    ("moodle", ImportFormat::MoodleXml),
    ("qti", ImportFormat::Qti),
    ("anki", ImportFormat::Anki),
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
fn try_one(bytes: &[u8], format: ImportFormat) -> Result<(), String> {
    let began = now();
    let done = catch_unwind(AssertUnwindSafe(|| {
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut is_good = true;
    for (name, format) in FORMATS {
        if only.as_ref().is_some_and(|only| only != name) {
            continue;
        }
        let corpus = corpus(&root.join(name));
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
            if let Err(reason) = try_one(&bytes, format) {
                let path = root.join(format!("crash-{name}-{n_files}"));
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
