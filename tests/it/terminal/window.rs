//! Windows that change, and outputs that are closed.

use std::time::Duration;

use cutscore::base::Seed;
use portable_pty::CommandBuilder;
use rand::RngExt;
use rusqlite::Connection;

use super::{enter, sitter};
use crate::support::{Terminal, n_times, tried};

const WIDE: (u16, u16) = (100, 30);

#[test]
fn a_storm_of_changing_windows_ends_on_the_right_screen() {
    let learner = sitter();
    let mut room = enter(&learner, "", WIDE);
    room.press("t");
    room.wait_until("a screen without clock", |screen| !screen.contains(" left"));
    room.press("bm");
    let before = room.wait_for("⚑ flagged");
    let mut rng = Seed(1).stream("storm").rng();
    let n_rounds = n_times(100, 2_000);
    for round in 0..n_rounds {
        let size = match round {
            10 | 50 | 98 => (1, 1),
            _ => (rng.random_range(1..=250), rng.random_range(1..=70)),
        };
        room.resize(size);
        room.give(Duration::from_millis(rng.random_range(0..4)));
    }
    room.resize(WIDE);
    room.wait_until("the screen from before the storm", |screen| screen == before);
    tried("windows", n_rounds, 0);
    room.press("n");
    room.wait_for("Question 2 of 12");
    room.press("ql");
    assert_eq!(room.end().code, Some(0));
}

#[test]
fn a_window_that_lost_its_text_and_has_its_size_again_is_drawn_again() {
    let learner = sitter();
    let mut room = enter(&learner, "", WIDE);
    room.press("t");
    room.wait_until("a screen without clock", |screen| !screen.contains(" left"));
    room.press("b");
    let before = room.wait_for("● saved");
    // The program sees both changes at once, so the size that it asks for is the one it knows.
    room.signal("STOP");
    room.wait_until_stopped();
    room.resize((1, 1));
    room.resize(WIDE);
    assert!(!room.text().contains("Question"));
    room.signal("CONT");
    room.wait_until("the screen from before", |screen| screen == before);
    room.press("ql");
    room.end();
}

/// Has two things come, shortly one after the other, while an answer waits for the store.
#[track_caller]
fn check_together(first: impl FnOnce(&mut Terminal), second: impl FnOnce(&mut Terminal)) {
    let learner = sitter();
    let mut room = enter(&learner, "", WIDE);
    let store = Connection::open(learner.data_dir().join("cutscore.db")).expect("a store");
    store.execute_batch("begin immediate").expect("is locked");
    room.press("b");
    room.let_pass(Duration::from_millis(80));
    first(&mut room);
    room.let_pass(Duration::from_millis(20));
    second(&mut room);
    room.let_pass(Duration::from_millis(20));
    store.execute_batch("rollback").expect("is free");
    room.wait_until("the next question in the new window", |screen| {
        screen.contains("Question 2 of 12")
            && screen.contains("q leave")
            && screen.lines().any(|line| line.starts_with('━') && line.chars().count() == 80)
    });
    room.press("ql");
    room.end();
    assert_eq!(learner.json("report 1", "")["n_answered"], 1);
}

#[test]
fn a_key_and_a_change_of_the_window_that_come_together_are_both_seen() {
    check_together(|room| room.press("n"), |room| room.resize((80, 24)));
    check_together(|room| room.resize((80, 24)), |room| room.press("n"));
}

#[test]
fn a_window_below_the_least_size_says_so_and_takes_no_key_but_the_interrupt() {
    let learner = sitter();
    let mut room = enter(&learner, "", WIDE);
    for size in [(59, 18), (1, 1), (60, 17), (20, 3), (40, 10), (41, 10)] {
        room.resize(size);
        if 30 <= size.0 {
            // Others have no room to say so. A frame is drawn when every key before it was read.
            room.wait_for(&format!("This window is {}×{}.", size.0, size.1));
        }
        if size.0 != 41 {
            room.press("b");
        }
    }
    room.resize(WIDE);
    let screen = room.wait_for("Question 1 of 12");
    assert!(!screen.contains("(●)"), "{screen}");
    room.press("b");
    room.wait_for("(●) B");
    room.press("ql");
    room.end();
}

#[test]
fn a_paste_into_the_window_answers_nothing() {
    let learner = sitter();
    let mut room = enter(&learner, "", WIDE);
    assert!(room.changes().contains(&"paste"), "the terminal is not asked to mark what is pasted");
    room.press("\x1b[200~bnbnqe y\x1b[201~");
    room.press("m");
    let screen = room.wait_for("⚑ flagged");
    assert!(screen.contains("Question 1 of 12") && !screen.contains("(●)"), "{screen}");
    room.press("ql");
    room.end();
    assert_eq!(learner.json("report 1", "")["n_answered"], 0);
}

#[test]
fn a_closed_output_at_a_terminal_ends_quietly() {
    let learner = sitter();
    let program = env!("CARGO_BIN_EXE_cutscore");
    for (words, keys) in [("history | head -n 1", ""), ("exam room >&-", "q\r"), ("exam room | true", "\r"), ("", "q")]
    {
        let mut command = CommandBuilder::new("/bin/sh");
        command.arg("-c");
        command.arg(format!("{program} --data-dir {} {words}; echo done: $?", learner.data_dir().display()));
        let mut terminal = Terminal::run(&learner, command, (80, 24), &[("PATH", "/usr/bin:/bin")]);
        if words.is_empty() {
            terminal.wait_for("q ");
        }
        terminal.press(keys);
        let ended = terminal.end();
        assert!(ended.text.contains("done: 0"), "{words}: {}", ended.text);
        assert!(!ended.text.contains("error") && !ended.text.contains("panic"), "{words}: {}", ended.text);
    }
}
