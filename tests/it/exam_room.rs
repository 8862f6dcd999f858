//! The words of the exam room in line mode, on a small exam.

use serde_json::{Value, json};

use crate::support::{Bank, DrawnForm, Learner, key_of, refused};

const EXAM: &str = "exam:\n  minutes: 30\n  items: 6\n";
const SMALL: Bank = Bank { id: "small", exam: EXAM, domains: &[("net", 1, 4), ("sec", 1, 4)] };

/// A learner with the small deck at hand, and the words that sit its exam.
fn sitter() -> (Learner, String) {
    let learner = Learner::new();
    let path = learner.write("small.yaml", &SMALL.yaml());
    let words = format!("exam {path} --seed 5");
    (learner, words)
}

/// Sits the small exam by these lines and returns the report.
fn sit(lines: &str) -> Value {
    let (learner, words) = sitter();
    learner.json(&words, lines)
}

fn chosen(report: &Value, position: usize) -> Value {
    report["items"][position]["chosen"].clone()
}

#[test]
fn answers_may_be_typed_as_letters_numbers_and_omissions() {
    let report = sit("b\nB\n2\n-\n c \nd\n");
    let letters: Vec<Value> = (0..6).map(|position| chosen(&report, position)).collect();
    assert_eq!(json!(letters), json!([["b"], ["b"], ["b"], [], ["c"], ["d"]]));
    assert_eq!((report["n_answered"].as_u64(), report["n_blank"].as_u64()), (Some(5), Some(1)));
}

#[test]
fn an_item_with_several_keys_takes_all_of_them_in_one_line() {
    let learner = Learner::new();
    let question =
        |id: &str| format!("  - {{id: {id}, stem: Which two?, right: [x, y], wrong: [z, w], shuffle: false}}\n");
    let text: String = ["p", "q", "r", "s", "t"].map(question).concat();
    let path = learner.write("pairs.yaml", &format!("questions:\n{text}"));
    let said = learner.feed(&format!("exam {path}"), "a b\nBA\n1,2\nb\na b c\n").done();
    assert_eq!(said.out.matches("Choose 2.").count(), 5);
    assert_eq!(said.out.matches("Saved, but this question wants 2 choices").count(), 2);
    let report = learner.json("report", "");
    let right: Vec<bool> = (0..5).map(|position| report["items"][position]["right"] == true).collect();
    assert_eq!((right, report["n_incomplete"].as_u64()), (vec![true, true, true, false, false], Some(2)));
}

#[test]
fn answers_can_be_mended_by_going_back_or_to_a_number() {
    let report = sit("a\na\nback\nb\na\ngoto 1\nc\ngoto 4\nd\nd\nd\n");
    let letters: Vec<Value> = (0..6).map(|position| chosen(&report, position)).collect();
    assert_eq!(json!(letters), json!([["c"], ["b"], ["a"], ["d"], ["d"], ["d"]]));
}

#[test]
fn flags_and_words_of_confidence_stand_in_the_report() {
    let report = sit("flag\nsure\na\nguess\na\nunsure\nflag\nflag\na\nsure\nunstated\na\na\na\n");
    let marks: Vec<(bool, &str)> = report["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| (item["flagged"] == true, item["confidence"].as_str().expect("a word")))
        .collect();
    assert_eq!(marks, [(true, "sure"), (false, "guess"), (false, "unsure"), (false, ""), (false, ""), (false, "")]);
    assert_eq!(report["n_flagged"], 1);
}

#[test]
fn marks_are_still_there_when_the_sitting_goes_on() {
    let (learner, words) = sitter();
    learner.feed(&words, "strike b c\nstrike c\nflag\nguess\nd\nback\nleave\n").done();
    let said = learner.feed("exam small", "goto 1\nleave\n").done().out;
    for words in ["Your answer: d.\n", "Struck out: b.\n", "Flagged.\n", "You said: guess.\n"] {
        assert!(said.contains(words), "`{words}` is not in: {said}");
    }
}

#[test]
fn the_review_lists_what_is_open_or_flagged() {
    let (learner, words) = sitter();
    let said = learner.feed(&words, "a\n-\nflag\na\nreview\nleave\n").done().out;
    let listed: Vec<&str> = said
        .lines()
        .filter(|line| line.starts_with("Question ") && line.ends_with('.') && line.contains(": "))
        .collect();
    let expected = [
        "Question 2: blank.",
        "Question 3: flagged.",
        "Question 4: blank.",
        "Question 5: not reached.",
        "Question 6: not reached.",
    ];
    assert_eq!(listed, expected);
    let said = learner.feed("exam small", "b\ngoto 3\nflag\ngoto 2\na\ngoto 5\na\na\nreview\nsubmit\n").done().out;
    assert!(said.contains("Every question is answered and none is flagged.\n"), "{said}");
}

#[test]
fn leaving_keeps_the_sitting_open_and_submitting_early_ends_it() {
    let (learner, words) = sitter();
    let left = learner.json(&words, "a\nleave\n");
    assert_eq!((left["ending"].clone(), left["n_answered"].as_u64()), (Value::Null, Some(1)));
    let ended = learner.json("exam small", "submit\n");
    assert_eq!((ended["ending"].as_str(), ended["n_not_reached"].as_u64()), (Some("submitted"), Some(4)));
}

#[test]
fn an_abandoned_sitting_has_no_score_and_moves_no_card() {
    let (learner, words) = sitter();
    let report = learner.json(&format!("{words} --now 2027-02-01T09:00"), "a\nb\nabandon\n");
    assert_eq!((report["ending"].as_str(), report.get("score")), (Some("abandoned"), None));
    let drill = learner.json("drill small --new 0 --now 2027-02-02T09:00", "");
    assert_eq!((drill["n_due_left"].as_u64(), drill["n_done"].as_u64()), (Some(0), Some(0)));
    assert_eq!(learner.json("history", "")["sittings"][0]["ending"], "abandoned");
}

#[test]
fn an_open_sitting_can_be_abandoned_for_a_new_one() {
    let (learner, words) = sitter();
    learner.feed(&words, "a\n").done();
    let report = learner.json("exam small --abandon", &"a\n".repeat(6));
    assert_eq!(report["sitting"], 2);
    let endings = learner.json("history", "");
    assert_eq!(
        (endings["sittings"][0]["ending"].as_str(), endings["sittings"][1]["ending"].as_str()),
        (Some("submitted"), Some("abandoned"))
    );
}

#[test]
fn a_piped_line_that_means_nothing_ends_the_program_and_keeps_the_sitting() {
    for line in ["e", "answer", "goto 7", "goto", "5", "strike", "a z"] {
        let (learner, words) = sitter();
        let said = learner.feed(&words, &format!("a\nb\n{line}\nc\n"));
        refused(said, 2, "line 3 of the input, at question 3:");
        let report = learner.json("exam small", "leave\n");
        assert_eq!((report["ending"].clone(), report["n_answered"].as_u64()), (Value::Null, Some(2)), "{line}");
    }
}

#[test]
fn a_small_exam_can_be_passed_by_its_keys() {
    let form = DrawnForm::from_report(&sit(&"-\n".repeat(6)));
    let keys: Vec<&str> = form.items.iter().map(|item| key_of(&item.id)).collect();
    let typed: Vec<&str> = form.items.iter().map(|item| item.key.as_str()).collect();
    assert_eq!(keys, typed);
    let report = sit(&form.answers(|_, _| true));
    assert_eq!((report["score"]["pass"].as_bool(), report["score"]["scaled"].as_u64()), (Some(true), Some(1000)));
}
