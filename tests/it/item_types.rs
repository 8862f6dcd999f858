//! Every type of item at the command line: the example deck, sat and drilled by typed lines.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::Learner;

/// The example deck in the learner's own directory.
fn deck(learner: &Learner) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("decks/examples/item-types.yaml");
    learner.write("item-types.yaml", &fs::read_to_string(path).expect("the example deck"))
}

/// The report of an exam with seed 7, sat by these lines, and all that was said.
fn sit(lines: &str) -> (Value, String) {
    let learner = Learner::new();
    let path = deck(&learner);
    let said = learner.feed(&format!("exam {path} --seed 7 --json"), lines).done();
    let prompts = said.err.clone();
    (said.value(), prompts)
}

/// The line that answers an item with its key.
fn right_line(item: &Value) -> String {
    let key: Vec<&str> =
        item["key"].as_array().expect("a key").iter().map(|part| part.as_str().expect("text")).collect();
    match item["type"].as_str() {
        Some("typed") => format!("= {}", key[0].to_uppercase()),
        _ => key.join(" "),
    }
}

fn items(report: &Value) -> Vec<Value> {
    report["items"].as_array().expect("items").clone()
}

#[test]
fn all_types_answered_rightly_reach_the_top_of_the_scale() {
    let (blank, prompts) = sit("-\n-\n-\n-\n-\n-\n");
    assert_eq!((blank["score"]["scaled"].clone(), blank["n_blank"].clone()), (json!(0), json!(6)));
    for sign in ["Choose 2.", "Put them in order: 5 letters", "Match them: 4 letters", "Type an equals sign"] {
        assert!(prompts.contains(sign), "no {sign:?} in {prompts}");
    }
    let lines: Vec<String> = items(&blank).iter().map(right_line).collect();
    let (right, _) = sit(&(lines.join("\n") + "\n"));
    assert_eq!(right["score"]["scaled"], 100, "{right}");
    let mut types: Vec<String> =
        items(&right).iter().map(|item| item["type"].as_str().expect("a type").to_owned()).collect();
    types.sort();
    assert_eq!(types, ["matching", "multiple_choice", "multiple_response", "ordering", "typed", "typed"]);
    for item in items(&right) {
        assert_eq!(item["right"], true, "{item}");
        if item["type"] != "typed" {
            assert_eq!(item["chosen"], item["key"]);
        }
    }
}

#[test]
fn half_an_arrangement_is_kept_and_said_to_be_so() {
    let (blank, _) = sit("-\n-\n-\n-\n-\n-\n");
    let lines: Vec<&str> = items(&blank)
        .iter()
        .map(|item| match item["type"].as_str() {
            Some("matching") => "- a",
            Some("ordering") => "c-b",
            Some("typed") => "guess = submit",
            _ => "-",
        })
        .collect();
    let (report, prompts) = sit(&(lines.join("\n") + "\n"));
    assert!(prompts.contains("Saved, but 1 of 4 places are filled."), "{prompts}");
    assert!(prompts.contains("Saved, but 2 of 5 places are filled."), "{prompts}");
    for item in items(&report) {
        let expected = match item["type"].as_str() {
            Some("matching") => json!([null, "a", null, null]),
            Some("ordering") => json!(["c", null, "b", null, null]),
            Some("typed") => json!(["submit"]),
            _ => json!([]),
        };
        assert_eq!(item["chosen"], expected);
        assert_eq!(item["confidence"], if item["type"] == "typed" { "guess" } else { "" });
    }
    assert_eq!((report["n_incomplete"].clone(), report["n_answered"].clone()), (json!(2), json!(2)));
}

#[test]
fn an_answer_of_the_wrong_shape_stops_a_script() {
    let (blank, _) = sit("-\n-\n-\n-\n-\n-\n");
    let learner = Learner::new();
    let path = deck(&learner);
    for (idx, item) in items(&blank).iter().enumerate() {
        let (line, expected) = match item["type"].as_str() {
            Some("typed") => ("443", "neither an answer after an equals sign nor a command"),
            Some("ordering") => ("a a", "neither an order of 5 different letters from a to f nor a command"),
            Some("matching") => ("abcde", "neither an order of 4 different letters from a to e nor a command"),
            _ => ("= a", "neither a choice from a to"),
        };
        let said = learner.feed(&format!("exam {path} --seed 7"), &format!("goto {}\n{line}\n", idx + 1));
        assert_eq!(said.code, 2, "{}", said.err);
        assert!(said.err.contains(expected), "{}", said.err);
    }
}

#[test]
fn a_report_of_items_tells_what_was_placed_and_typed() {
    let (blank, _) = sit("-\n-\n-\n-\n-\n-\n");
    let learner = Learner::new();
    let path = deck(&learner);
    let lines: Vec<&str> = items(&blank)
        .iter()
        .map(|item| match item["type"].as_str() {
            Some("matching") => "a b c d",
            Some("typed") => "= eighty",
            _ => "-",
        })
        .collect();
    learner.feed(&format!("exam {path} --seed 7"), &(lines.join("\n") + "\n")).done();
    let said = learner.say("report --items").done().out;
    for words in ["Your answer: eighty", "Right answer: **443**", "1. A: ", "[left empty]", "[right"] {
        assert!(said.contains(words), "no {words:?} in {said}");
    }
}

#[test]
fn every_type_is_drilled_by_typed_lines() {
    let learner = Learner::new();
    let deck = "\
questions:
  - {id: order, stem: Put in order., order: [x, y], why: So it is.}
  - {id: match, stem: Match., match: [{left: p, right: x}, {left: q, right: y}]}
  - {id: typed, stem: Type it., accept: [x, ex], why: It is a letter.}
  - {id: cloze, cloze: 'The {{first::which?}} of two'}
";
    let path = learner.write("types.yaml", deck);
    let said = learner.feed(&format!("drill {path} --seed 3"), "a b\na b\nguess = EX\n\ngood\n").done().out;
    for words in [
        "Put them in order: 2 letters",
        "1. p",
        "Type an equals sign and your answer.",
        "It is a letter.",
        "The [blank: which?] of two",
        "Back: The **first** of two",
    ] {
        assert!(said.contains(words), "no {words:?} in {said}");
    }
}
