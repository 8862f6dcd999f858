//! Ways out of the exam room, and sittings that are left alone, suspended, or robbed of their deck.

use std::fs;
use std::time::Duration;

use super::{ROOM, USUAL, come_back, enter, secs_left, sitter};
use crate::support::{Learner, Terminal, tried};

/// Answers the first two questions with `a` and `b` and stays on the second.
#[track_caller]
fn answer_two(terminal: &mut Terminal) {
    for (letter, question) in [("a", 1), ("b", 2)] {
        terminal.wait_for(&format!("Question {question} of 12"));
        terminal.press(letter);
        terminal.wait_for("● saved");
        if question == 1 {
            terminal.press("n");
        }
    }
}

#[track_caller]
fn check_no_card_moved(learner: &Learner) {
    let drill = learner.json("drill room --new 0 --now 2027-02-02T09:00:00Z", "");
    assert_eq!((drill["n_due_left"].as_u64(), drill["n_due_tomorrow"].as_u64()), (Some(0), Some(0)), "{drill}");
}

#[test]
fn to_leave_keeps_the_sitting_open_and_its_clock_running() {
    let learner = sitter();
    let mut room = enter(&learner, "--now 2027-02-01T09:00:00Z", USUAL);
    answer_two(&mut room);
    room.press("q");
    room.wait_for("Leave the exam?");
    room.press("l");
    let ended = room.end();
    assert_eq!(ended.code, Some(0));
    assert!(ended.text.contains("Sitting 1 stays open"), "{}", ended.text);
    let report = learner.json("report 1", "");
    assert_eq!((report["ending"].as_str(), report["n_answered"].as_u64()), (None, Some(2)));
    let mut room = come_back(&learner, "--now 2027-02-01T09:20:10Z", 2);
    let screen = room.wait_for(" left");
    assert!((500..=600).contains(&secs_left(&screen)), "{screen}");
    assert!(screen.contains("(●) B"), "{screen}");
    room.press("ql");
    room.end();
}

#[test]
fn to_abandon_asks_twice_and_leaves_no_score_and_no_card() {
    let learner = sitter();
    let mut room = enter(&learner, "--now 2027-02-01T09:00:00Z", USUAL);
    answer_two(&mut room);
    room.press("q");
    room.wait_for("Leave the exam?");
    room.press("a");
    room.wait_for("Abandon this sitting?");
    room.press("n");
    room.wait_until("the question alone", |screen| !screen.contains("Abandon"));
    room.press("q");
    room.wait_for("Leave the exam?");
    room.press("a");
    room.wait_for("Abandon this sitting?");
    room.press("y");
    room.wait_until("the report", |screen| screen.contains("bandoned"));
    room.press("q");
    assert_eq!(room.end().code, Some(0));
    let report = learner.json("report 1", "");
    assert_eq!((report["ending"].as_str(), report.get("score")), (Some("abandoned"), None));
    check_no_card_moved(&learner);
}

#[test]
fn a_sitting_left_alone_expires_as_not_reached_and_touches_no_card() {
    let learner = sitter();
    let mut room = enter(&learner, "--now 2027-02-01T09:00:00Z", USUAL);
    answer_two(&mut room);
    room.kill();
    let mut room = Terminal::start(&learner, "exam room --now 2027-02-01T09:31:00Z", USUAL);
    room.wait_for("Time ran out while nobody was there.");
    room.press("s");
    room.wait_for("scaled score");
    room.press("q");
    assert_eq!(room.end().code, Some(0));
    let report = learner.json("report 1", "");
    assert_eq!((report["ending"].as_str(), report["elapsed_seconds"].as_u64()), (Some("unattended"), Some(1_800)));
    assert_eq!((report["n_answered"].as_u64(), report["n_not_reached"].as_u64()), (Some(2), Some(10)));
    check_no_card_moved(&learner);
}

#[test]
fn when_time_is_up_in_the_room_what_is_there_is_scored() {
    let learner = sitter();
    let mut room = enter(&learner, "--now 2027-02-01T09:00:00Z", USUAL);
    answer_two(&mut room);
    room.press("ql");
    room.end();
    let mut room = Terminal::start(&learner, "exam room --now 2027-02-01T09:29:57Z", USUAL);
    room.wait_for("still open");
    room.press("r");
    // Nothing is pressed any more.
    room.wait_for("scaled score");
    room.press("q");
    assert_eq!(room.end().code, Some(0));
    let report = learner.json("report 1", "");
    assert_eq!((report["ending"].as_str(), report["n_answered"].as_u64()), (Some("time_up"), Some(2)));
}

#[test]
fn a_program_that_was_stopped_gets_no_time_for_it() {
    let learner = sitter();
    let mut room = enter(&learner, "", USUAL);
    let before = secs_left(&room.wait_for(" left"));
    room.signal("STOP");
    room.wait_until_stopped();
    room.let_pass(Duration::from_secs(3));
    room.signal("CONT");
    room.press("m");
    let after = secs_left(&room.wait_for("⚑ flagged"));
    assert!(after + 3 <= before, "{before} s were left, then {after} s");
    room.press("ql");
    room.end();
}

#[test]
fn a_deck_edited_renamed_or_deleted_during_the_exam_changes_nothing() {
    for what_happens in ["edited", "renamed", "deleted", "broken"] {
        let learner = Learner::new();
        let path = learner.write("deck.yaml", &ROOM.yaml());
        let mut room = Terminal::start(&learner, &format!("exam {path} --now 2027-02-01T09:00:00Z"), USUAL);
        room.wait_for("Back");
        room.press("s");
        answer_two(&mut room);
        let before = room.text();
        match what_happens {
            "edited" => {
                drop(learner.write("deck.yaml", &ROOM.yaml().replace("ask?", "want?").replace(" of net", " in")));
            }
            "renamed" => fs::rename(&path, format!("{path}.old")).expect("renames"),
            "deleted" => fs::remove_file(&path).expect("deletes"),
            _ => drop(learner.write("deck.yaml", "questions: [")),
        }
        room.press("n");
        room.wait_for("Question 3 of 12");
        room.press("p");
        let stem = before.lines().find(|line| line.contains("What does")).expect("a stem").trim().to_owned();
        room.wait_until("the question as it was", |screen| screen.contains("Question 2") && screen.contains(&stem));
        room.kill();
        // The deck's own id brings it back, whatever became of the file.
        let mut room = come_back(&learner, "--now 2027-02-01T09:01:00Z", 3);
        room.press("p");
        let screen = room.wait_for("(●) B");
        assert!(screen.contains(&stem), "{what_happens}: `{stem}` is not in\n{screen}");
        room.press("r");
        room.wait_for("Review");
        room.press("e");
        room.wait_for("End and score?");
        room.press("y");
        room.wait_for("scaled score");
        room.press("q");
        assert_eq!(room.end().code, Some(0));
        let report = learner.json("report 1", "");
        assert_eq!((report["ending"].as_str(), report["n_answered"].as_u64()), (Some("submitted"), Some(2)));
        tried("deck-edits", 1, 0);
    }
}

#[test]
fn an_open_exam_offers_to_go_on_as_practice() {
    let learner = sitter();
    let mut room = enter(&learner, "", USUAL);
    room.press("aql");
    room.end();
    let mut room = Terminal::start(&learner, "exam room", USUAL);
    let screen = room.wait_for("As practice");
    assert!(screen.contains("This exam is still open.") && screen.contains("Answered    1 of 12"), "{screen}");
    room.press("p");
    room.wait_for("Question 1 of 12");
    room.press("n");
    room.wait_until("the feedback", |screen| screen.contains("✓ Right.") || screen.contains("✗ Wrong."));
    room.press("z");
    room.wait_for("The clock stands:");
    room.press("q");
    assert_eq!(room.end().code, Some(0));
    assert_eq!(learner.json("history", "")["sittings"][0]["kind"], "practice");
    let mut room = Terminal::start(&learner, "exam room", USUAL);
    let screen = room.wait_for("This practice is still open.");
    assert!(screen.contains("the clock stands") && !screen.contains("As practice"), "{screen}");
    room.press("b");
    assert_eq!(room.end().code, Some(0));
}
