//! What goes out comes in again: import → export → import changes nothing that the format can hold.

use cutscore::deck::{Ask, ItemBody, ShuffleChoices};
use cutscore::exchange::{ExportFormat, ImportFormat, Imported, export_deck, import_deck};
use cutscore::format::{embedded_deck, read_deck};
use proptest::prelude::*;

use crate::exchange::{check_yaml, imported, reread, wording};

/// The time of the test.
const NOW: i64 = 1_800_000_000;

fn words(imported: &Imported) -> Vec<String> {
    imported.deck.items.iter().map(|item| wording(imported, item)).collect()
}

/// Texts with the signs that formats have of their own.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => "[a-z]{1,6}",
        4 => Just(" ".to_owned()),
        1 => "[-=~#{}:%$/\\\\*_`'\",;|<>&@+.!?()\\[\\]]",
        1 => prop_oneof![Just("é".to_owned()), Just("→".to_owned()), Just("“so”".to_owned()), Just("\n".to_owned())],
    ];
    proptest::collection::vec(part, 1..10).prop_map(|parts| format!("x{}", parts.concat()))
}

fn gift_file() -> impl Strategy<Value = String> {
    let escaped = |text: String| {
        text.chars().fold(String::new(), |mut out, c| {
            match c {
                '\n' => out.push_str("\\n"),
                c => {
                    if "~=#{}:\\".contains(c) {
                        out.push('\\');
                    }
                    out.push(c);
                }
            }
            out
        })
    };
    let choice = (any::<bool>(), text().prop_map(escaped), proptest::option::of(text().prop_map(escaped)));
    let question = (text().prop_map(escaped), proptest::collection::vec(choice, 2..6), any::<bool>());
    proptest::collection::vec(question, 1..6).prop_map(|questions| {
        let mut file = String::new();
        for (idx, (stem, choices, is_divided)) in questions.into_iter().enumerate() {
            if is_divided {
                file.push_str(&format!("$CATEGORY: Part {idx}/Task\n\n"));
            }
            file.push_str(&format!("::item-{idx}:: [markdown]{stem} {{\n"));
            for (place, (is_key, text, why)) in choices.into_iter().enumerate() {
                let is_key = is_key || place == 0;
                let why = why.map_or(String::new(), |why| format!("#{why}"));
                file.push_str(&format!("~%{}%{place} {text}{why}\n", if is_key { 50 } else { -50 }));
            }
            file.push_str("~%-100%last\n}\n\n");
        }
        file
    })
}

fn again(first: &Imported, out: ExportFormat, back: ImportFormat) -> Imported {
    let exported = export_deck(&first.deck, out, NOW).expect("a deck can be written");
    import_deck("bank", &exported.bytes, Some(back), &mut |_| {}).expect("what was written can be read")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn gift_goes_out_and_comes_back(file in gift_file()) {
        let first = imported(file.as_bytes(), Some(ImportFormat::Gift));
        check_yaml(&first);
        let second = again(&first, ExportFormat::Gift, ImportFormat::Gift);
        prop_assert_eq!(&first.deck.items, &second.deck.items);
        prop_assert_eq!(words(&first), words(&second));
    }

    #[test]
    fn tables_go_out_and_come_back(file in gift_file()) {
        // The first way into a table decides what its texts are; from then on they stand.
        let first = again(&imported(file.as_bytes(), Some(ImportFormat::Gift)), ExportFormat::Csv, ImportFormat::Csv);
        let second = again(&first, ExportFormat::Csv, ImportFormat::Csv);
        prop_assert_eq!(&first.deck.items, &second.deck.items);
        prop_assert_eq!(words(&first), words(&second));
    }

    #[test]
    fn packages_go_out_and_come_back(file in gift_file()) {
        let first = imported(file.as_bytes(), Some(ImportFormat::Gift));
        for (out, back) in [(ExportFormat::Qti, ImportFormat::Qti), (ExportFormat::Apkg, ImportFormat::Anki)] {
            let second = again(&again(&first, out, back), out, back);
            let third = again(&second, out, back);
            prop_assert_eq!(&second.deck.items, &third.deck.items);
        }
    }
}

const EVERY_TYPE: &str = include_str!("../../data/every_type.yaml");

/// Exports every type of item and imports it again: which of them come back as they were.
#[track_caller]
fn check(out: ExportFormat, back: ImportFormat, changed: &[&str]) {
    let deck = reread(EVERY_TYPE);
    let exported = export_deck(&deck, out, NOW).expect("a deck can be written");
    let second = import_deck("every", &exported.bytes, Some(back), &mut |_| {}).expect("what was written can be read");
    let is_same = |item: &&cutscore::deck::Item| {
        let twin = second.deck.items.iter().find(|own| own.facts.id == item.facts.id);
        twin.is_some_and(|twin| twin.body == item.body)
    };
    let found: Vec<&str> = deck.items.iter().filter(|item| !is_same(item)).map(|item| item.facts.id.as_str()).collect();
    assert_eq!(found, changed, "{:#?}\n{:#?}", words(&second), second.skipped);
    // What changed was said.
    for id in changed {
        assert!(exported.lost.iter().any(|remark| remark.origin.entry == *id), "{id} {:#?}", exported.lost);
    }
    check_yaml(&second);
}

#[test]
fn every_type_goes_out_and_comes_back_or_is_named() {
    check(ExportFormat::Csv, ImportFormat::Csv, &[]);
    check(ExportFormat::Gift, ImportFormat::Gift, &["one", "two", "three", "six", "seven"]);
    check(ExportFormat::Qti, ImportFormat::Qti, &["one", "six", "seven"]);
    check(ExportFormat::Apkg, ImportFormat::Anki, &[]);
}

#[test]
fn a_list_in_markdown_goes_out_and_comes_back() {
    let file = "# T\n## Net\n1. Which?\n   - [x] A. one\n   - [ ] B. two\n\n   **Explanation:** so\n\n   Reference: https://a.b\n\n\
        2. And?\n   more of it\n   - [ ] x\n   - [x] y\n";
    let first = imported(file.as_bytes(), Some(ImportFormat::Markdown));
    assert_eq!(first.deck.items.len(), 2);
    let second = again(&first, ExportFormat::Markdown, ImportFormat::Markdown);
    assert_eq!(words(&first), words(&second));
    assert_eq!(first.deck.items, second.deck.items);
}

#[test]
fn decks_keep_what_tables_hold_of_their_facts() {
    let deck = reread(EVERY_TYPE);
    let exported = export_deck(&deck, ExportFormat::Csv, NOW).expect("a table");
    let second = imported(&exported.bytes, None);
    assert_eq!(
        second.deck.items.iter().map(|item| &item.facts.difficulty).collect::<Vec<_>>()[0],
        &deck.items[0].facts.difficulty
    );
    assert_eq!(second.deck.items[0].facts.concept, deck.items[0].facts.concept);
    assert_eq!(second.deck.items[0].facts.skill, deck.items[0].facts.skill);
    assert!(matches!(&second.deck.items[1].body, ItemBody::Question(question)
        if matches!(question.ask, Ask::Choices { shuffle: ShuffleChoices::No, .. })));
}

/// What no example has: shared texts, items that are not in use, notes, enemies, rules of diagnosis, aged terms.
const WITH_EVERYTHING: &str = r#"
id: everything
title: "Everything: in one"
guide: {as_of: 2026-10-04, url: https://a.b/c, revision: "3"}
exam:
  minutes: 20
  items: {scored: 2, unscored: 1}
  scale: points
  cut: 0.65
  decision: {total: true, domains: {net: 0.5}}
  credit: per-choice
  levels: {Not yet: 0, "Ready: go": 0.7}
  retake: {wait_days: 14, fee: 100 USD}
  guessing: 0.2
  sections: [{title: First, items: 1}, {title: Rest}]
domains:
  - {id: net, title: Networks, weight: 40-60, tasks: [{id: tcp, title: TCP}, {id: "2.1"}]}
  - {id: sec, weight: 40-60}
forms: {"A 1": [a, b]}
stale_terms:
  - {term: Old Name, severity: renamed, replacement: New Name}
  - {term: Gone, severity: retired}
insights:
  - {id: one, kind: red-flag, when: [{domains: all, level: [Not yet], at_least: 1}, {passed: false}], says: Weak, advice: "Learn: more"}
  - {id: two, when: [{higher: [net], lower: others, by: 0.2}, {domains: [sec], share: {to: 0.5}}], says: Lopsided}
  - {id: three, when: [{stronger: recall, weaker: scenario, by: 0.1}, {overconfidence: 0.2}, {distance: {from: -5}}], says: Sure}
stimuli:
  bakery: |-
    A bakery has two shops.

      It bakes at night.
questions:
  - {id: a, task: tcp, stimulus: bakery, stem: Which?, right: x, wrong: [y], status: live, author: [Ann, Bo], source: A book, reviewed: 2026-01-02}
  - {id: b, task: tcp, stimulus: bakery, stem: "And which: 1?", right: "no", wrong: ["yes", "12:30"], enemies: [c, group], guide: "3"}
  - {id: c, domain: sec, stem: Why?, right: x, wrong: [y], status: draft, tags: [one two, "x #1"], enemies: group, angoff: 0.65}
  - {id: d, task: "2.1", stem: How?, accept: ["5"], difficulty: -1.25, skill: scenario}
difficulties: {d: {logits: 0.3127, error: 0.118}}
"#;

#[test]
fn a_deck_in_its_own_format_is_the_deck() {
    let embedded = read_deck(&embedded_deck()).deck.expect("the embedded deck");
    let mut decks = vec![reread(EVERY_TYPE), reread(WITH_EVERYTHING), embedded];
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/decks/examples");
    for entry in std::fs::read_dir(examples).expect("the examples") {
        let path = entry.expect("an example").path();
        decks.push(reread(&std::fs::read_to_string(path).expect("a text")));
    }
    for deck in decks {
        let yaml = export_deck(&deck, ExportFormat::Yaml, NOW).expect("a deck").bytes;
        let mut again = reread(&String::from_utf8(yaml).expect("text"));
        // An example without an id is named after its file.
        again.outline.id.clone_from(&deck.outline.id);
        assert_eq!(again.outline, deck.outline);
        for (again, item) in again.items.iter().zip(&deck.items) {
            assert_eq!(again, item);
        }
        assert!(again == deck, "{} differs beyond its items", deck.outline.id);
    }
}

#[test]
fn what_is_not_in_use_stays_at_home_and_shared_texts_stand_above_each_question() {
    let deck = reread(WITH_EVERYTHING);
    let exported = export_deck(&deck, ExportFormat::Gift, NOW).expect("a file");
    assert!(exported.lost.iter().any(|remark| remark.origin.entry == "c" && remark.reason.contains("not in use")));
    let second = imported(&exported.bytes, None);
    assert_eq!(second.deck.items[0].body.prompt(), deck.items[0].body.prompt());
    assert!(second.deck.items[0].body.prompt().starts_with("A bakery has two shops."));
    assert_eq!(second.deck.items.len(), 3);
}
