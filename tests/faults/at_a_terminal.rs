//! A disk that fails while an exam is sat at a terminal: the answer stays on the screen, and is saved when the disk is well.

use std::fs;
use std::time::Duration;

use portable_pty::CommandBuilder;

use crate::support::{Bank, Learner, Terminal, tried};
use crate::trace::n_syncs_after_failure;
use crate::under::{CALLS, PATHS};

const ROOM: Bank = Bank { id: "room", exam: "exam:\n  minutes: 30\n  items: 4\n", domains: &[("net", 1, 8)] };

/// A learner in front of the first question; what strace is to do to the program while they sit there, and its trace.
fn enter(learner: &Learner, injection: &str) -> Terminal {
    let mut command = CommandBuilder::new("/usr/bin/env");
    let trace = learner.home().join("trace");
    let calls = format!("trace={}", CALLS.join(","));
    let inject = format!("inject={injection}");
    command.args(["strace", "-f", "-y", "-xx", "-e", &calls, "-e", &inject, "-o"]);
    command.arg(trace);
    command.args([env!("CARGO_BIN_EXE_cutscore"), "--data-dir"]);
    command.arg(learner.data_dir());
    command.args(["exam", "room"]);
    let mut terminal = Terminal::run(learner, command, (100, 30), &[("PATH", PATHS)]);
    terminal.wait_for("Back");
    terminal.press("s");
    terminal.wait_for("Question 1 of 4");
    terminal
}

fn sitter() -> Learner {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", &ROOM.yaml());
    learner.say(&format!("deck show {path}")).done();
    learner
}

/// How often a call is made until the first question stands there.
fn n_before_the_exam(call: &str) -> usize {
    let learner = sitter();
    let mut room = enter(&learner, "fsync:error=EIO:when=60000");
    let trace = fs::read_to_string(learner.home().join("trace")).expect("a trace");
    room.press("ql");
    room.end();
    trace.lines().filter(|line| line.contains(&format!(" {call}("))).count()
}

/// Whether the screen says that all is saved, once it had the time to say so. What stands there may be from before.
fn is_saved(room: &mut Terminal) -> bool {
    room.let_pass(Duration::from_millis(200));
    room.wait_until("what became of the answer", |screen| screen.contains(" saved")).contains("● saved")
}

/// Answers three questions while the disk fails, and says how often an answer was not saved at first.
fn sit(injection: &str) -> usize {
    let learner = sitter();
    let mut room = enter(&learner, injection);
    let mut n_unsaved = 0;
    for question in 1..=3 {
        room.press("b");
        room.wait_for("(●) B");
        while !is_saved(&mut room) {
            let screen = room.text();
            assert!(screen.contains("(●) B") && screen.contains(" left"), "{injection}: the answer is gone:\n{screen}");
            assert!(screen.contains("w saves again"), "{injection}:\n{screen}");
            n_unsaved += 1;
            assert!(n_unsaved < 9, "{injection}: it is never saved:\n{screen}");
            room.press("w");
        }
        room.press("n");
        room.wait_for(&format!("Question {} of 4", question + 1));
    }
    room.press("ql");
    let ended = room.end();
    assert_eq!(ended.code, Some(0), "{injection}: {}", ended.text);
    let trace = fs::read_to_string(learner.home().join("trace")).expect("a trace");
    assert_eq!(n_syncs_after_failure(&trace), 0, "{injection}");
    let report = learner.json("exam room", "submit\n");
    let chosen = (0..3).map(|position| report["items"][position]["chosen"][0].as_str());
    assert_eq!(chosen.collect::<Vec<_>>(), [Some("b"); 3], "{injection}");
    n_unsaved
}

fn check(call: &str, error: &str, n_failures: usize, every: usize, suite: &str) {
    let first = n_before_the_exam(call) + 1;
    let mut n_unsaved = 0;
    for k in (first..).step_by(every).take(6) {
        n_unsaved += sit(&format!("{call}:error={error}:when={k}..{}", k + n_failures - 1));
        tried(suite, 1, 0);
    }
    assert!(n_unsaved > 0, "no answer was ever refused");
}

#[test]
fn an_answer_that_a_sync_failed_stays_on_the_screen_until_it_is_saved_by_files_opened_anew() {
    check("fsync", "EIO", 1, 1, "error-terminal");
}

#[test]
fn an_answer_for_which_the_disk_has_no_room_stays_on_the_screen_until_there_is_some() {
    check("pwrite64", "ENOSPC", 3, 5, "full-terminal");
}
