//! Exams that are killed at a terminal, and terminals that meet.

use std::time::Duration;

use cutscore::base::Seed;
use rand::RngExt;
use rand::rngs::ChaCha8Rng;

use super::{USUAL, come_back, enter, secs_left, sitter};
use crate::support::{Terminal, n_times, tried};

/// Answers of the questions that the screen called saved, by position.
type Saved = [Option<char>; 12];

/// Notes what the screen says is saved.
fn note_saved(screen: &str, saved: &mut Saved) {
    if !screen.contains("● saved") {
        return;
    }
    let Some(position) = (0..12).find(|position| screen.contains(&format!("Question {} of 12", position + 1))) else {
        return;
    };
    for letter in ['A', 'B', 'C', 'D'] {
        if screen.contains(&format!("(●) {letter}")) {
            saved[position] = Some(letter.to_ascii_lowercase());
        }
    }
}

/// Answers some questions at a quick hand and kills the program at some moment. Returns what was called saved, and the
/// time that was left.
fn kill_an_exam(terminal: &mut Terminal, rng: &mut ChaCha8Rng) -> (Saved, u64) {
    let mut saved = [None; 12];
    for position in 0..rng.random_range(0..11_usize) {
        terminal.press(["a", "b", "c", "d"][rng.random_range(0..4_usize)]);
        note_saved(&terminal.wait_for("● saved"), &mut saved);
        if rng.random_range(0..4) == 0 {
            // A second thought.
            let letter = ["a", "b", "c", "d"][rng.random_range(0..4_usize)];
            terminal.press(letter);
            terminal.press("n");
            saved[position] = None;
        } else {
            terminal.press("n");
        }
        terminal.wait_for(&format!("Question {} of 12", position + 2));
    }
    terminal.press(["a", "b", "cm", "dbs"][rng.random_range(0..4_usize)]);
    terminal.give(Duration::from_micros(rng.random_range(0..8_000)));
    terminal.kill();
    note_saved(&terminal.text(), &mut saved);
    (saved, secs_left(&terminal.text()))
}

#[test]
fn an_exam_killed_at_a_terminal_keeps_every_answer_that_the_screen_called_saved() {
    for round in 0..n_times(4, 200) {
        let mut rng = Seed(round).stream("kill at a terminal").rng();
        let learner = sitter();
        let mut terminal = enter(&learner, "--now 2027-02-01T09:00:00Z", USUAL);
        let (saved, left_before) = kill_an_exam(&mut terminal, &mut rng);
        let back = learner.feed("exam room --now 2027-02-01T09:00:20Z", "time\nleave\n").done().out;
        let left = back.split("Time left ").nth(1).and_then(|rest| rest.split('.').next()).expect("a clock");
        let left = secs_left(&format!("{left} left"));
        assert!(left <= left_before.min(30 * 60 - 20), "{left_before} s were left, then {left} s");
        let report = learner.json("exam room --now 2027-02-01T09:00:21Z", "submit\n");
        for (position, letter) in saved.iter().enumerate() {
            if let Some(letter) = letter {
                let chosen = &report["items"][position]["chosen"];
                assert_eq!(
                    *chosen,
                    serde_json::json!([letter.to_string()]),
                    "question {}, round {round}",
                    position + 1
                );
            }
        }
        tried("kill-terminal", 1, 0);
    }
}

#[test]
fn a_second_terminal_is_refused_and_follows_when_the_first_is_dead() {
    let learner = sitter();
    let mut first = enter(&learner, "", USUAL);
    first.press("b");
    first.wait_for("● saved");
    for (words, keys) in [
        ("exam room", "r"),
        ("exam room", "p"),
        ("exam room", "ay"),
        ("exam room --abandon", ""),
        ("exam room --taste --abandon", ""),
    ] {
        let mut second = Terminal::start(&learner, words, USUAL);
        if !keys.is_empty() {
            second.wait_for("still open");
            second.press(keys);
        }
        let ended = second.end();
        assert_eq!(ended.code, Some(4), "{}", ended.text);
        assert!(ended.text.contains("another cutscore is sitting an exam"), "{}", ended.text);
        tried("one-room", 1, 0);
    }
    // The first goes on as if nothing had been.
    first.press("n");
    first.wait_for("Question 2 of 12");
    first.press("c");
    first.wait_for("● saved");
    first.kill();
    let mut second = come_back(&learner, "", 2);
    let report = learner.json("report 1", "");
    assert_eq!((report["ending"].as_str(), report["n_answered"].as_u64()), (None, Some(2)));
    second.press("n");
    second.wait_for("Question 3 of 12");
    second.press("ql");
    assert_eq!(second.end().code, Some(0));
}
