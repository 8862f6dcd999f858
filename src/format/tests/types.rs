//! Ordering, matching, typed answers and texts with blanks: what their keys mean, and what can be wrong with them.

use super::{deck_of, said, source};
use crate::deck::{Ask, Item, ItemBody, ItemKind, Question, Severity};
use crate::format::read_deck;

fn only_item(entry: &str) -> Item {
    let mut items = deck_of(&source(format!("questions:\n- {entry}\n").as_str())).items;
    assert_eq!(items.len(), 1);
    items.remove(0)
}

fn question(entry: &str) -> Question {
    match only_item(entry).body {
        ItemBody::Question(question) => question,
        other => panic!("no question: {other:?}"),
    }
}

/// The slots as `label: key / why`, then the extra options as `+ option`, then the rationale.
#[track_caller]
fn check_arrangement(entry: &str, expected: &[&str], kind: ItemKind) {
    let question = question(entry);
    let Ask::Arrangement(arrangement) = &question.ask else { panic!("no arrangement") };
    let part = |before: &str, text: &Option<String>, after: &str| {
        text.as_ref().map_or(String::new(), |text| format!("{before}{text}{after}"))
    };
    let mut shown: Vec<String> = arrangement
        .slots
        .iter()
        .map(|slot| format!("{}{}{}", part("", &slot.label, ": "), slot.key, part(" / ", &slot.why, "")))
        .collect();
    shown.extend(arrangement.extra.iter().map(|extra| format!("+ {extra}")));
    shown.extend(arrangement.why.iter().map(|why| format!("/ {why}")));
    assert_eq!(shown, expected);
    assert_eq!(question.kind(), kind);
}

fn arrangement(n_slots: u8, n_options: u8) -> ItemKind {
    ItemKind::Arrangement { n_slots, n_options }
}

#[track_caller]
fn check(entry: &str, expected: &[&str]) {
    let sources = source(format!("questions:\n- {entry}\n").as_str());
    let reading = read_deck(&sources);
    assert_eq!(said(&sources, &reading, Severity::Warning), expected);
}

#[test]
fn the_parts_of_an_order_stand_in_their_right_order() {
    check_arrangement("{stem: x, order: [b, a, 3.10]}", &["b", "a", "3.10"], arrangement(3, 3));
    check_arrangement(
        "{stem: x, order: [{text: b, why: first}, a], wrong: [c, d], why: so}",
        &["b / first", "a", "+ c", "+ d", "/ so"],
        arrangement(2, 4),
    );
}

#[test]
fn pairs_match_left_and_right() {
    check_arrangement(
        "{stem: x, match: [{left: EBS, right: blocks}, {left: S3, right: objects, why: by key}], wrong: tapes}",
        &["EBS: blocks", "S3: objects / by key", "+ tapes"],
        arrangement(2, 3),
    );
}

#[test]
fn typed_answers_are_one_text_or_several() {
    let typed = |entry: &str| match question(entry).ask {
        Ask::Typed(typed) => typed,
        other => panic!("{other:?}"),
    };
    assert_eq!(typed("{stem: x, accept: 443}").accept, ["443"]);
    let several = typed("{stem: x, accept: [443, port 443], answer: Port **443**, why: so}");
    assert_eq!(several.accept, ["443", "port 443"]);
    assert_eq!((several.shown(), several.why.as_deref()), ("Port **443**", Some("so")));
    assert_eq!(question("{stem: x, accept: 443}").kind(), ItemKind::TypedAnswer);
}

#[test]
fn a_text_with_blanks_is_recalled_like_a_flashcard() {
    let item = only_item("{cloze: 'An {{EBS}} volume', refs: [https://example.org/]}");
    assert_eq!(item.facts.kind, ItemKind::Flashcard);
    assert_eq!((item.body.prompt().as_str(), item.body.refs().len()), ("An [blank] volume", 1));
}

#[test]
fn an_item_without_id_is_named_after_its_answer_too() {
    let id = |entry: &str| only_item(entry).facts.id;
    assert_ne!(id("{stem: x, order: [a, b]}"), id("{stem: x, order: [b, a]}"));
    let pairs = |first: &str, second: &str| {
        id(&format!("{{stem: x, match: [{{left: a, right: {first}}}, {{left: b, right: {second}}}]}}"))
    };
    assert_ne!(pairs("c", "d"), pairs("d", "c"));
    assert_ne!(id("{stem: x, accept: a}"), id("{stem: x, accept: b}"));
    assert_ne!(id("{cloze: 'a {{b}}'}"), id("{cloze: 'a {{c}}'}"));
}

#[test]
fn keys_of_one_item_belong_to_one_type() {
    check(
        "{stem: x, order: [a, b], choices: [a, b]}",
        &["2:28 D017 `order` and `choices` belong to different types of items"],
    );
    check("{stem: x, accept: a, right: b}", &["2:24 D017 `accept` and `right` belong to different types of items"]);
    check("{cloze: 'a {{b}}', front: a}", &["2:22 D017 `cloze` and `front` belong to different types of items"]);
    check("{stem: x, match: [], order: []}", &["2:13 D017 `order` and `match` belong to different types of items"]);
    check("{stem: x, order: [a, b], shuffle: false}", &["2:28 D007 unknown key `shuffle` in an ordering question"]);
    check("{stem: x, ordr: [a, b]}", &["2:13 D007 unknown key `ordr` in a question"]);
    check("{stem: x, accept: a, answr: b}", &["2:24 D007 unknown key `answr` in a question with a typed answer"]);
}

#[test]
fn arrangements_have_parts_enough_and_no_two_alike() {
    check("{stem: x, order: [a]}", &["2:13 D016 an ordering question has 2 parts or more, not 1"]);
    check("{stem: x, match: []}", &["2:13 D016 a matching question has 2 pairs or more, not 0"]);
    let many = vec!["a"; 26].join(", ");
    check(
        &format!("{{stem: x, order: [{many}], wrong: b}}"),
        &["2:13 D016 an ordering question has at most 26 parts and `wrong` texts, not 27"],
    );
    check("{order: [a, b]}", &["2:3 D009 an ordering question needs `stem`"]);
    check("{stem: x, order: a}", &["2:20 D008 `order` is a list, not text"]);
    check("{stem: x, match: {a: b}}", &["2:20 D008 `match` is a list, not a mapping"]);
    check("{stem: x, match: [a, {left: b, right: c}]}", &["2:21 D008 `match` is a mapping, not text"]);
    check("{stem: x, match: [{left: a, right: b}, {left: c}]}", &["2:42 D009 a pair needs `right`"]);
    check(
        "{stem: x, match: [{left: a, rite: b}, {left: c, right: d}]}",
        &["2:21 D009 a pair needs `right`", "2:31 D007 unknown key `rite` in a pair"],
    );
    check("{stem: x, order: [a, b, a]}", &["2:27 D102 this part says the same as an earlier one"]);
    check("{stem: x, order: [a, b], wrong: [b]}", &["2:36 D102 this part says the same as an earlier one"]);
    check(
        "{stem: x, match: [{left: a, right: b}, {left: a, right: b}]}",
        &[
            "2:49 D102 this left side says the same as an earlier one",
            "2:59 D102 this right side says the same as an earlier one",
        ],
    );
}

#[test]
fn a_typed_answer_accepts_something() {
    check("{stem: x, accept: []}", &["2:21 D009 `accept` is an empty list"]);
    check("{stem: x, accept: ['']}", &["2:22 D009 `accept` is empty"]);
    check("{accept: a}", &["2:3 D009 a question with a typed answer needs `stem`"]);
    check("{stem: x, accept: [S3, s3]}", &["2:26 D104 this text is accepted already"]);
    let long = "x".repeat(501);
    check(&format!("{{stem: x, accept: {long}}}"), &["2:21 D010 an accepted text is longer than 500 characters"]);
}

#[test]
fn a_text_with_blanks_has_some() {
    check("{cloze: no blank}", &["2:11 D018 `cloze` has no blank"]);
    check("{cloze: 'a {{b'}", &["2:11 D018 a blank begins with `{{` and has no `}}`"]);
    check("{cloze: 'a {{ }}'}", &["2:11 D018 a blank has nothing in it to recall"]);
    check("{cloze: 'a {{b}}', why: c}", &["2:22 D007 unknown key `why` in a text with blanks"]);
}

#[test]
fn advice_asks_for_a_rationale() {
    let advice = |entry: &str| {
        let sources = source(format!("questions:\n- {entry}\n").as_str());
        said(&sources, &read_deck(&sources), Severity::Advice).len()
    };
    assert_eq!(advice("{id: a, stem: x, order: [a, b]}"), 1);
    assert_eq!(advice("{id: a, stem: x, order: [a, b], why: so}"), 0);
    assert_eq!(advice("{id: a, stem: x, order: [{text: a, why: so}, {text: b, why: so}]}"), 0);
    assert_eq!(advice("{id: a, stem: x, accept: a}"), 1);
    assert_eq!(advice("{id: a, stem: x, accept: a, why: so}"), 0);
    assert_eq!(advice("{id: a, cloze: 'a {{b}}'}"), 0);
}
