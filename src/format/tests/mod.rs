//! Claims about reading whole decks.

mod complete;
mod hostile;
mod keys;
mod lint;
mod meaning;
mod problems;
mod report;
mod types;

use std::borrow::Cow;

use crate::deck::{Deck, Severity};
use crate::format::{Colour, Reading, SourceFile, read_deck, render_findings};

/// A deck of one file with the given bytes.
fn source(bytes: impl Into<Vec<u8>>) -> Vec<SourceFile> {
    vec![file("my.yaml", bytes)]
}

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: Cow::Owned(bytes.into()) }
}

/// The findings of at least the given severity, each as `file:line:column code message`, the file only if it is not
/// the first.
fn said(sources: &[SourceFile], reading: &Reading, least: Severity) -> Vec<String> {
    let weighty = reading.findings.iter().filter(|finding| finding.severity >= least);
    weighty
        .map(|finding| {
            let path = if sources.first().is_none_or(|first| first.name == finding.path) {
                String::new()
            } else {
                format!("{}:", finding.path)
            };
            format!("{path}{}:{} {} {}", finding.line, finding.column, finding.code, finding.message)
        })
        .collect()
}

/// Reads a deck that must be without error.
#[track_caller]
fn deck_of(sources: &[SourceFile]) -> Deck {
    let reading = read_deck(sources);
    let report = render_findings(&reading.findings, sources, Colour::Never);
    reading.deck.unwrap_or_else(|| panic!("{report}"))
}

/// One text made of `n` parts.
fn many(n: usize, part: impl Fn(usize) -> String) -> String {
    (0..n).map(part).collect::<Vec<_>>().concat()
}
