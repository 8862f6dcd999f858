//! The exam's clock: leaving gives no time back, and what ends when time is up.

use std::time::Duration;

use serde_json::Value;

use crate::support::{Bank, Conversation, Learner};

const EXAM: &str = "exam:\n  minutes: 30\n  items: 6\n";
const TIMED: Bank = Bank { id: "timed", exam: EXAM, domains: &[("net", 1, 4), ("sec", 1, 4)] };

fn sitter() -> Learner {
    let learner = Learner::new();
    let path = learner.write("timed.yaml", &TIMED.yaml());
    learner.say(&format!("deck show {path}")).done();
    learner
}

/// Seconds in `Time left 12:34.`, the first time it is said.
fn secs_left(said: &str) -> u64 {
    let clock = said.split("Time left ").nth(1).and_then(|rest| rest.split('.').next()).expect("a clock");
    let (minutes, seconds) = clock.split_once(':').expect("minutes and seconds");
    60 * minutes.parse::<u64>().expect("minutes") + seconds.parse::<u64>().expect("seconds")
}

#[test]
fn twenty_minutes_away_are_twenty_minutes_less() {
    let learner = sitter();
    let first = learner.feed("exam timed --now 2027-02-01T09:00", "a\nleave\n").done().out;
    assert!((1_780..=1_800).contains(&secs_left(&first)), "{first}");
    let second = learner.feed("exam timed --now 2027-02-01T09:20", "time\nleave\n").done().out;
    assert!((560..=600).contains(&secs_left(&second)), "{second}");
    let third = learner.feed("exam timed --now 2027-02-01T09:29", "time\nleave\n").done().out;
    assert!((10..=60).contains(&secs_left(&third)), "{third}");
}

#[test]
fn a_clock_set_back_gives_no_recorded_time_back() {
    let learner = sitter();
    learner.feed("exam timed --now 2027-02-01T09:00", "a\nleave\n").done();
    learner.feed("exam timed --now 2027-02-01T09:20", "a\nleave\n").done();
    let said = learner.feed("exam timed --now 2027-02-01T08:00", "time\nleave\n").done().out;
    assert!(secs_left(&said) <= 600, "{said}");
}

#[test]
fn a_sitting_that_runs_out_with_nobody_there_is_reported_and_is_no_evidence() {
    let learner = sitter();
    learner.feed("exam timed --now 2027-02-01T09:00", "a\nflag\nb\nleave\n").done();
    let said = learner.feed("exam timed --json --now 2027-02-01T09:31", "c\n").done();
    let report = said.value();
    assert_eq!(report["ending"], "unattended");
    assert_eq!(report["elapsed_seconds"], 1_800);
    assert_eq!((report["n_answered"].as_u64(), report["n_not_reached"].as_u64()), (Some(2), Some(3)));
    assert!(report["score"]["scaled"].is_u64());
    assert_eq!(report["not_evidence_because"][0], "time ran out with nobody there");
    let text = learner.say("report").done().out;
    assert!(text.contains("Nobody was there at the end, so no card was moved."), "{text}");
    let drill = learner.json("drill timed --new 0 --now 2027-02-02T09:00", "");
    assert_eq!((drill["n_due_left"].as_u64(), drill["n_due_tomorrow"].as_u64()), (Some(0), Some(0)));
}

/// Comes back to the sitting three seconds before its end, sees them out and then types `line`. Returns the report.
fn too_late(line: Option<&str>, lines_before: &str) -> Value {
    let learner = sitter();
    learner.feed("exam timed --now 2027-02-01T09:00:00Z", lines_before).done();
    let mut room = Conversation::start(learner.command(&["exam", "timed", "--now", "2027-02-01T09:29:57Z"]));
    room.wait_for("d) d of");
    // The last question is answered, so that the end of the input ends the sitting.
    room.type_line("goto 6");
    room.wait_for("d) d of");
    room.type_line("a");
    room.wait_for("or `submit`.\n");
    loop {
        room.type_line("time");
        if secs_left(&room.wait_for(".\n")) == 0 {
            break;
        }
        room.give(Duration::from_millis(100));
    }
    // Less than a second is left.
    room.give(Duration::from_secs(1));
    if let Some(line) = line {
        room.type_line(line);
        room.wait_for("Time is up. The answers recorded until now are scored.");
    }
    assert_eq!(room.end().0, Some(0));
    learner.json("report 1", "")
}

#[test]
fn an_answer_after_the_end_of_time_does_not_count() {
    let report = too_late(Some("d"), "a\nb\n");
    assert_eq!((report["ending"].as_str(), report["n_answered"].as_u64()), (Some("time_up"), Some(3)));
    assert_eq!(report["elapsed_seconds"], 1_800);
    assert!(report["score"]["scaled"].is_u64());
}

#[test]
fn submitting_after_the_end_of_time_counts_as_time_up() {
    assert_eq!(too_late(Some("submit"), "a\n")["ending"], "time_up");
    assert_eq!(too_late(None, "a\n")["ending"], "time_up");
}
