//! Input that is made to hurt is refused with a message. How fast stands in `benches/hostile.rs`.

use proptest::prelude::*;

use super::{many, said, source};
use crate::deck::Severity;
use crate::format::{Colour, read_deck, render_findings};

/// Reads and reports, and compares the first finding.
#[track_caller]
fn check(bytes: impl Into<Vec<u8>>, expected: &str) {
    let sources = source(bytes);
    let reading = read_deck(&sources);
    let report = render_findings(&reading.findings, &sources, Colour::Never);
    let said = said(&sources, &reading, Severity::Warning);
    assert_eq!(said.first().map(String::as_str), Some(expected));
    assert!(report.len() < 400_000, "the report has {} bytes", report.len());
}

#[test]
fn deep_nesting_is_refused() {
    check("[".repeat(100_000), "1:17 D005 lists and mappings are nested more than 16 levels deep");
    check("{a: ".repeat(100_000), "1:65 D005 lists and mappings are nested more than 16 levels deep");
    check("- ".repeat(200_000), "1:33 D005 lists and mappings are nested more than 16 levels deep");
    let stairs = many(400, |n| format!("{}a:\n", " ".repeat(n)));
    check(stairs, "17:17 D005 lists and mappings are nested more than 16 levels deep");
    let question = format!("questions:\n- stem: {}{}\n", "[".repeat(60_000), "]".repeat(60_000));
    check(question, "2:25 D005 lists and mappings are nested more than 16 levels deep");
}

#[test]
fn aliases_are_never_followed() {
    let mut bomb = "a0: &a0 [x, x]\n".to_owned();
    for n in 1..30 {
        let list = vec![format!("*a{}", n - 1); 10].join(", ");
        bomb.push_str(&format!("a{n}: &a{n} [{list}]\n"));
    }
    check(bomb, "1:5 D004 a deck has no anchors");
    check("questions:\n- &a {stem: *a}\n", "2:3 D004 a deck has no anchors");
    let many = many(50_000, |n| format!("- &a{n} {{front: a}}\n"));
    check(format!("questions:\n{many}"), "2:3 D004 a deck has no anchors");
}

#[test]
fn what_is_not_utf_8_text_is_named() {
    check("title: a\u{0}b\n", "1:9 D001 the file contains the control character U+0000");
    check("questions:\n- front: \u{1b}[31m\n", "2:10 D001 the file contains the control character U+001B");
    check(b"title: \xc3\xa9\nauthors: \xff\n".to_vec(), "2:10 D001 byte 0xFF at offset 19 is not UTF-8");
    let utf_16: Vec<u8> = "\u{feff}title: a".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(utf_16, "1:1 D001 the file is UTF-16");
    let utf_16: Vec<u8> = "\u{feff}title: a".encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(utf_16, "1:1 D001 the file is UTF-16");
    let without_mark: Vec<u8> = "title: a".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(without_mark, "1:2 D001 the file contains the control character U+0000");
    check("title: a\n\u{feff}questions: []\n", "2:1 D003 a BOM must not appear inside a document");
}

#[test]
fn tabs_are_named() {
    check("questions:\n\t- front: a\n", "2:2 D003 a tab stands where only blanks may stand");
    check(
        format!("questions:\n-{}a", "\t".repeat(100_000)),
        "2:100002 D008 an entry of `questions` is a mapping, not text",
    );
}

#[test]
fn great_numbers_of_things_are_counted_not_kept() {
    let keys = many(60_000, |n| format!("k{n}: v\n"));
    check(&*keys, "1:1 D007 unknown key `k0` in a deck");
    let same = "k: v\n".repeat(60_000);
    check(same, "2:1 D006 the key `k` stands here a second time");
    let choices = vec!["a"; 10_000].join(", ");
    check(
        format!("questions:\n- stem: x\n  right: b\n  wrong: [{choices}]\n"),
        "2:3 D016 a question has 2 to 26 choices, not 10001",
    );
}

#[test]
fn very_long_texts_are_cut_in_messages_and_reports() {
    let long = "x".repeat(2_000_000);
    check(
        format!("questions:\n- stem: x\n  right: b\n  wrong: [c]\n  id: {long}\n"),
        &format!("5:7 D012 `id` `{}…` is no id: an id has at most 96 characters, this one has 2000000", "x".repeat(60)),
    );
    let line = format!("questions: [{{front: {long}, back: b, {long}: c}}]\n");
    check(line, "1:4000032 D003 a comma or the closing bracket is missing before this");
}

#[test]
fn what_a_file_says_cannot_drive_the_terminal() {
    // An escape in double quotes becomes a real control character, which the source line does not show.
    let sources = source("questions:\n- {id: \"\\e]0;x\\a\", front: a, back: b, \"\\e[31m\": \u{202e}c}\n");
    let reading = read_deck(&sources);
    let report = render_findings(&reading.findings, &sources, Colour::Never);
    assert!(report.chars().all(|c| c == '\n' || !c.is_control()), "{report:?}");
    assert!(!report.contains('\u{202e}') && report.contains("⟨U+202E⟩"), "{report}");
}

/// A small deck with most of the format in it.
const SEED_DECK: &str = "\
id: small\ndomains: [{id: d, tasks: [{id: '1.1'}]}]\nexam: {items: {scored: 1}, scale: {min: 0, cut: 7, max: 10}}\n\
forms: {A: [a]}\ntask: '1.1'\nquestions:\n  - id: a\n    difficulty: 2.0\n    stem: >-\n      Größe\n      oder?\n    choices:\n\
      - {text: 3.10, correct: true, why: \"x\\ty\"}\n      - no\n  - {front: 'it''s', back: |-\n      b}\n\
  - {stem: x, right: [a, b], wrong: c, choose: 2}\n";

proptest! {
    #[test]
    fn a_spoilt_deck_is_read_to_an_answer_that_can_be_shown(
        edits in prop::collection::vec((any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 0..3), 0..4_usize), 1..6),
        signs in prop::collection::vec((any::<prop::sample::Index>(), "[-:{}\\[\\],'\"|>&*!%@#?\t\r\n \u{202e}é]{1,3}"), 0..6),
        has_bytes in any::<bool>(),
    ) {
        let mut bytes = SEED_DECK.as_bytes().to_vec();
        for (at, text) in signs {
            let at = at.index(bytes.len());
            bytes.splice(at..at, text.into_bytes());
        }
        for (at, new, n_lost) in edits.into_iter().filter(|_| has_bytes) {
            let at = at.index(bytes.len());
            bytes.splice(at..(at + n_lost).min(bytes.len()), new);
        }
        let sources = source(bytes);
        let reading = read_deck(&sources);
        prop_assert_eq!(reading.deck.is_some(), reading.counts.n_errors == 0);
        let report = render_findings(&reading.findings, &sources, Colour::Never);
        prop_assert!(report.chars().all(|c| c == '\n' || !c.is_control()));
    }
}
