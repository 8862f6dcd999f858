//! The program at a real terminal: whole exams, faults, signals, changing windows, and pictures of the screens.

mod authoring;
mod editing;
mod five_days;
mod kills;
mod leaving;
mod panics;
mod pictures;
mod results;
mod signals;
mod whole_exam;
mod window;

use crate::support::{Bank, Learner, Size, Terminal};

/// An exam of twelve questions.
pub(crate) const ROOM: Bank =
    Bank { id: "room", exam: "exam:\n  minutes: 30\n  items: 12\n", domains: &[("net", 1, 24)] };

/// A usual window.
pub(crate) const USUAL: Size = (80, 24);

/// A learner with the deck of [`ROOM`] at hand.
pub(crate) fn sitter() -> Learner {
    let learner = Learner::new();
    let path = learner.write("room.yaml", &ROOM.yaml());
    learner.say(&format!("deck show {path}")).done();
    learner
}

/// Starts the exam of [`ROOM`] and waits for its first question. `words` are more arguments.
#[track_caller]
pub(crate) fn enter(learner: &Learner, words: &str, size: Size) -> Terminal {
    let mut terminal = Terminal::start(learner, &format!("exam room {words}"), size);
    terminal.wait_for("Back");
    terminal.press("s");
    terminal.wait_for("Question 1 of 12");
    terminal
}

/// Goes on with the open exam of [`ROOM`] and waits until the question is on the screen.
#[track_caller]
pub(crate) fn come_back(learner: &Learner, words: &str, question: usize) -> Terminal {
    let mut terminal = Terminal::start(learner, &format!("exam room {words}"), USUAL);
    terminal.wait_for("still open");
    terminal.press("r");
    terminal.wait_for(&format!("Question {question} of 12"));
    terminal
}

/// The seconds that the clock on the screen leaves.
#[track_caller]
pub(crate) fn secs_left(screen: &str) -> u64 {
    let word = screen.split(" left").next().and_then(|before| before.rsplit([' ', '\n']).next()).expect("a clock");
    word.split(':').fold(0, |secs, part| 60 * secs + part.parse::<u64>().expect("a clock"))
}
