//! What a learner does to cards beside answering: take back and bring back, suspend, bury, note, edit.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::{Bank, Learner, Said, drill, key_of, refused, run};

/// No exam, so no reserve.
const PLAIN: Bank = Bank { id: "plain", exam: "", domains: &[("net", 1, 8)] };
const ONE: Bank = Bank { id: "one", exam: "", domains: &[("net", 1, 1)] };

/// A learner who has opened the deck once, so that its id is enough.
fn owner(bank: &Bank) -> Learner {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", &bank.yaml());
    learner.say(&format!("deck show {path}")).done();
    learner
}

fn right(id: &str, _n_before: usize) -> String {
    key_of(id).to_owned()
}

fn ids(learner: &Learner, words: &str) -> Vec<String> {
    drill(learner, words, right).ids
}

const NOW: &str = "--now 2027-02-01T09:00";

#[test]
fn all_of_today_is_taken_back_in_turn_and_brought_back() {
    let learner = owner(&PLAIN);
    let cards = || learner.json(&format!("card list plain {NOW}"), "");
    let untouched = cards();
    learner.feed(&format!("drill plain --new 3 {NOW}"), "a\nc\nsuspend\nb\nquit\n").done();
    learner.say(&format!("card bury plain --item net-05 {NOW}")).done();
    learner.say(&format!("card note plain --item net-00 --text hello {NOW}")).done();
    learner.say(&format!("drill plain --send net-04 {NOW}")).done();
    let before = cards();
    let take = |what: &str| {
        let said = learner.json(&format!("{what} plain {NOW}"), "");
        json!([said[format!("{what}ne")], said["what"]])
    };
    let done = [
        json!(["net-04", "sending"]),
        json!(["net-00", "note"]),
        json!(["net-05", "burial"]),
        json!(["net-01", "answer"]),
        json!(["net-02", "suspension"]),
        json!(["net-01", "answer"]),
        json!(["net-00", "answer"]),
    ];
    for expected in &done {
        assert_eq!(take("undo"), *expected);
    }
    assert_eq!((take("undo"), cards()), (json!([null, null]), untouched));
    for expected in done.iter().rev() {
        assert_eq!(take("redo"), *expected);
    }
    assert_eq!((take("redo"), cards()), (json!([null, null]), before));
    // Something new, and what was taken back before it is gone for good.
    take("undo");
    learner.say(&format!("card suspend plain --item net-06 {NOW}")).done();
    assert_eq!(take("redo"), json!([null, null]));
    // The next day leaves today alone.
    let said = learner.say("undo plain --now 2027-02-02T09:00").done().out;
    assert_eq!(said, "There is nothing of today to take back.\n");
}

#[test]
fn in_the_drill_a_card_comes_back_with_its_answer_taken_back_and_goes_with_it_again() {
    let learner = owner(&PLAIN);
    let input = "a\nb\nundo\nundo\nundo\nredo\nredo\nredo\nc\n";
    let said = learner.feed(&format!("drill plain --new 3 {NOW}"), input).done().out;
    let stems: Vec<&str> = said.lines().filter(|line| line.contains(" ask?")).collect();
    let expected = ["net-00", "net-01", "net-02", "net-01", "net-00", "net-01", "net-02"];
    assert_eq!(stems, expected.map(|id| format!("What does {id} ask?")), "{said}");
    assert!(said.contains("There is nothing of today to take back.\n"), "{said}");
    assert!(said.contains("The answer to `net-01` stands again.\n"), "{said}");
    assert!(said.contains("3 answers, 3 right.\n"), "{said}");
}

#[test]
fn a_card_that_is_left_out_in_the_drill_comes_back_when_that_is_taken_back() {
    let learner = owner(&PLAIN);
    let said = learner.feed(&format!("drill plain --new 2 {NOW}"), "suspend\nundo\nbury\nundo\na\nb\n").done().out;
    assert_eq!(said.matches("What does net-00 ask?").count(), 3, "{said}");
    assert!(said.contains("The burial of `net-00` is taken back."), "{said}");
    assert!(said.contains("2 answers, 2 right."), "{said}");
}

#[test]
fn a_suspended_card_waits_until_it_is_wanted_and_a_buried_one_until_tomorrow() {
    let learner = owner(&PLAIN);
    assert_eq!(ids(&learner, &format!("drill plain --new 4 {NOW}")).len(), 4);
    let day = "--now 2027-02-02T09:00";
    let said = learner.say(&format!("card suspend plain --item net-01 {day}")).done().out;
    assert!(said.contains("`net-01` is suspended."), "{said}");
    assert_eq!(learner.json(&format!("card suspend plain --item net-01 {day}"), "")["changed"], false);
    learner.say(&format!("card bury plain --item net-02 {day}")).done();
    let listed = |words: &str| {
        let cards = learner.json(&format!("card list plain {words}"), "")["cards"].clone();
        let ids = cards.as_array().expect("cards").iter().map(|card| card["concept"].clone());
        ids.collect::<Value>()
    };
    assert_eq!(listed(&format!("--due {day}")), json!(["net-00", "net-03"]));
    assert_eq!(listed(&format!("--suspended {day}")), json!(["net-01"]));
    assert_eq!(ids(&learner, &format!("drill plain --new 0 {day}")), ["net-00", "net-03"]);
    assert_eq!(learner.json(&format!("{day} drill plain --new 0"), "")["n_due_tomorrow"], 1);
    let next = "--now 2027-02-03T09:00";
    assert_eq!(ids(&learner, &format!("drill plain --new 0 {next}")), ["net-02"]);
    let text = learner.say(&format!("card show plain --item net-01 {next}")).done().out;
    assert!(text.contains("suspended since 2027-02-02, due today"), "{text}");
    learner.say(&format!("card unsuspend plain --item net-01 {next}")).done();
    assert_eq!(ids(&learner, &format!("drill plain --new 0 {next}")), ["net-01"]);
    refused(learner.say(&format!("card unsuspend plain --item net-01 {next}")), 1, "`net-01` is not suspended");
    refused(learner.say("card bury plain --item net-99"), 1, "the deck has no item or concept `net-99`");
}

#[test]
fn a_leech_is_shown_with_what_it_was_taken_for_and_never_hidden() {
    let learner = owner(&ONE);
    // Right on the odd days, wrong on the even ones: a lapse every second day.
    for day in 1..=16 {
        let wrong = if day <= 12 { "b" } else { "c" };
        let lines = if day % 2 == 1 { "a\n".to_owned() } else { format!("{wrong}\na\n") };
        let leeches = learner.json("card list one --leeches", "")["cards"].clone();
        assert_eq!(leeches, json!([]), "day {day}");
        learner.feed(&format!("drill one --now 2027-03-{day:02}T09:00"), &lines).done();
    }
    let leeches = learner.json("card list one --leeches", "")["cards"].clone();
    assert_eq!((leeches[0]["concept"].as_str(), leeches[0]["lapses"].as_u64()), (Some("net-00"), Some(8)));
    let said = learner.feed("drill one --now 2027-03-17T09:00", "a\n").done().out;
    let (asked, answered) = said.split_once("a) ").expect("choices");
    assert!(asked.contains("Leech: forgotten 8 times.\n") && !asked.contains("You chose"), "{said}");
    let expected = "Leech: forgotten 8 times. You chose c of net-00 twice, b of net-00 6 times.\n";
    assert!(answered.contains(expected), "{said}");
    let shown = learner.json("card show one --item net-00", "");
    let confusions = json!([{"text": "c of net-00", "times": 2}, {"text": "b of net-00", "times": 6}]);
    assert_eq!((shown["is_leech"].clone(), shown["confusions"].clone()), (json!(true), confusions));
}

#[test]
fn a_note_is_shown_after_the_answer_and_kept_with_the_card() {
    let learner = owner(&ONE);
    let said = learner.feed(&format!("drill one {NOW}"), "note too early\nb\nnote  not b, \u{1b}[31m a\na\nnote\n");
    let said = said.done().out;
    assert!(said.contains("Nothing is answered yet in this drill."), "{said}");
    assert!(said.contains("The note on `net-00` is kept."), "{said}");
    // The same card comes again today.
    let (before, after) = said.rsplit_once("What does net-00 ask?").expect("it came again");
    assert!(!before.contains("Your note") && after.contains("Your note: not b, ␛[31m a\n"), "{said}");
    let shown = || learner.json(&format!("card show one --item net-00 {NOW}"), "")["notes"].clone();
    assert_eq!(shown(), json!([{"item": "net-00", "note": "not b, \u{1b}[31m a"}]));
    learner.say(&format!("card note one --item net-00 --text= {NOW}")).done();
    assert_eq!(shown(), json!([]));
    learner.say(&format!("undo one {NOW}")).done();
    assert_eq!(shown()[0]["item"], "net-00");
    let long = "x".repeat(501);
    refused(learner.say(&format!("card note one --item net-00 --text {long}")), 2, "a note has at most 500 characters");
}

/// An editor that notes what it was called with, does `command` with the file in `$file`, and ends.
fn editor(learner: &Learner, command: &str) -> String {
    let script = format!("echo \"$@\" > called\nfor file; do :; done\n{command}\n");
    format!("/bin/sh '{}' --wait", learner.write("my editor.sh", &script))
}

fn feed_with_editor(learner: &Learner, editor: &str, words: &str, input: &str) -> Said {
    let words: Vec<&str> = words.split_whitespace().collect();
    run(learner.command(&words).env("EDITOR", editor), input.as_bytes())
}

#[test]
fn an_item_is_edited_at_its_line_and_the_drill_goes_on_with_its_new_text() {
    let learner = owner(&PLAIN);
    let editor = editor(&learner, "sed -i 's/ask?/want?/' \"$file\"");
    let words = format!("drill plain --new 3 {NOW}");
    let said = feed_with_editor(&learner, &editor, &words, "edit\na\nb\nedit\nshow\nc\n").done().out;
    assert!(said.contains("Nothing is answered yet in this drill.\n"), "{said}");
    let (before, after) = said.split_once("The deck is read again.").expect("it says so");
    assert!(before.contains("What does net-02 ask?") && after.contains("What does net-02 want?"), "{said}");
    assert!(said.contains("3 answers, 3 right."), "{said}");
    let path = learner.home().join("deck.yaml");
    let text = fs::read_to_string(&path).expect("the deck");
    let line = 1 + text.lines().position(|line| line.contains("id: net-01")).expect("the item");
    let called = fs::read_to_string(learner.home().join("called")).expect("the editor was called");
    assert_eq!(called, format!("--wait +{line} {}\n", path.display()));
    // History follows the ids.
    let cards = learner.json(&format!("card list plain {NOW}"), "")["cards"].clone();
    assert_eq!(cards.as_array().map(Vec::len), Some(3));
}

#[track_caller]
fn check_not_edited(command: &str, reason: &str) {
    let learner = owner(&PLAIN);
    let editor = editor(&learner, command);
    let words = format!("drill plain --new 2 {NOW}");
    let said = feed_with_editor(&learner, &editor, &words, "a\nedit\nb\n").done().out;
    assert!(said.contains(reason) && said.contains("2 answers, 2 right."), "{said}");
    // The drill of the next start wants the deck whole.
    learner.write("deck.yaml", &PLAIN.yaml());
}

#[test]
fn what_goes_wrong_while_editing_is_said_and_the_drill_goes_on() {
    check_not_edited(":", "The deck is as it was.");
    check_not_edited("exit 3", "Not edited: the editor /bin/sh failed (exit status: 3).");
    check_not_edited("echo 'questions: [' > \"$file\"", "Not edited: the drill keeps the old deck: deck.yaml:");
    check_not_edited("rm \"$file\"", "Not edited: the drill keeps the old deck: there is no file or folder at");
    check_not_edited("sed -i 's/^id: .*/id: other/' \"$file\"", "the deck is called `other` now, not `plain`");
    let learner = owner(&PLAIN);
    let words = format!("drill plain --new 2 {NOW}");
    let said = learner.feed(&words, "a\nedit\nb\n").done().out;
    assert!(said.contains("Not edited: set VISUAL or EDITOR to your editor first.\n"), "{said}");
    let words = "drill plain --new 0 --now 2027-02-02T09:00";
    let said = feed_with_editor(&learner, "no/such/editor", words, "a\nedit\n").done().out;
    assert!(said.contains("Not edited: the editor no/such/editor cannot be started: "), "{said}");
    let said = feed_with_editor(&learner, "vi", &format!("drill {NOW}"), "a\nedit\n").done().out;
    let expected = "Not edited: the deck `clf-c02` comes with the program and cannot be edited.\n";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn items_may_come_and_go_while_they_are_edited() {
    let learner = owner(&PLAIN);
    let fewer = Bank { id: "plain", exam: "", domains: &[("net", 1, 2)] };
    let other: PathBuf = learner.write("fewer.yaml", &fewer.yaml()).into();
    let editor = editor(&learner, &format!("cp '{}' \"$file\"", other.display()));
    // The third card is on the table when it goes.
    let said = feed_with_editor(&learner, &editor, &format!("drill plain --new 4 {NOW}"), "a\nb\nedit\nc\n");
    let said = said.done().out;
    assert!(said.contains("The deck is read again.") && said.contains("2 answers, 2 right."), "{said}");
}

#[test]
fn the_help_of_the_drill_names_every_command() {
    let learner = owner(&PLAIN);
    let said = learner.feed(&format!("drill plain {NOW}"), "help\n").done().out;
    for command in ["undo", "redo", "suspend", "bury", "note", "edit", "show", "help", "quit"] {
        assert!(said.lines().any(|line| line.split(' ').next() == Some(command)), "no {command} in {said}");
    }
}
