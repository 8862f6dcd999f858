//! Pictures of the screens for the documents, drawn from what a terminal shows.
//!
//! `CUTSCORE_PICTURES=draw cargo test --test it pictures` draws `docs/pictures` anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, FixedOffset, Utc};
use cutscore::app::{App, Clock};
use cutscore::base::Seed;
use cutscore::exam::{ClockReading, Confidence, ExamRequest, Mark, Scope};

use crate::support::{Learner, Size, Terminal, picture, text_of};

/// Window of a picture.
const WINDOW: Size = (88, 26);
/// Window with the navigator beside the question.
const WIDE: Size = (118, 28);
const START: &str = "2027-02-01T09:00:00Z";
const N_ITEMS: usize = 65;

/// A clock that stands at `0` seconds after [`START`], and is moved by hand.
#[derive(Clone, Default)]
struct HandClock(std::rc::Rc<std::cell::Cell<u64>>);

impl Clock for HandClock {
    fn reading(&self) -> ClockReading {
        let start: DateTime<Utc> = START.parse().expect("a time");
        ClockReading { wall: start + Duration::from_secs(self.0.get()), since_boot: None }
    }

    fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        at.fixed_offset()
    }
}

/// Answers the built-in exam as a person might: three answers of four are right, some are flagged or guessed.
fn sit(learner: &Learner) {
    let clock = HandClock::default();
    let mut app = App::open(&learner.data_dir(), Box::new(clock.clone()), Some(Seed(7))).expect("opens");
    let deck = app.open_deck(None).expect("the built-in deck");
    let mut room = app.start_exam(&deck, &ExamRequest::of(Scope::Full)).expect("an exam");
    for position in 0..N_ITEMS {
        room.show(position).expect("is written");
        clock.0.set(clock.0.get() + [28, 65, 41, 33, 72][position % 5]);
        room.beat().expect("is written");
        let question = room.question(position);
        let key = question.key();
        let others = (0..question.choices().len()).filter(|idx| !key.contains(*idx));
        let chosen = if position % 4 == 1 { others.take(key.len()).collect() } else { key };
        let confidence = match position % 5 {
            0 => Confidence::Sure,
            1 => Confidence::Guess,
            _ => Confidence::Unstated,
        };
        let mark = Mark { answer: chosen.into(), is_flagged: position % 9 == 4, confidence, ..Mark::default() };
        room.mark(position, mark).expect("is written");
    }
}

/// A picture and the words under it.
struct Picture {
    name: &'static str,
    svg: String,
}

fn take(terminal: &Terminal, name: &'static str, title: &str) -> Picture {
    Picture { name, svg: picture(title, terminal.screen(), &terminal.text()) }
}

/// Goes through the program and takes a picture of each screen.
fn pictures() -> Vec<Picture> {
    let mut taken = Vec::new();
    let learner = Learner::new();
    let mut exam = Terminal::start(&learner, &format!("exam --seed 7 --now {START}"), WINDOW);
    exam.wait_for("Start");
    taken.push(take(&exam, "start", "Before the exam: what it is, its rules, its main keys"));
    exam.press("b");
    exam.end();

    sit(&learner);
    let mut exam = Terminal::start(&learner, "exam --now 2027-02-01T09:53:00Z", WINDOW);
    exam.wait_for("still open");
    exam.press("r");
    exam.wait_for("of 65");
    exam.press("g13\r");
    exam.wait_for("Question 13 of 65");
    exam.press("aCD");
    exam.wait_until("two choices struck out", |screen| screen.contains("(●) A") && screen.matches('╳').count() == 2);
    exam.press("m");
    exam.wait_for("⚑ flagged");
    taken.push(take(&exam, "question", "A question: an answer, two choices struck out, a flag"));
    exam.press("g");
    exam.wait_for("Esc back");
    taken.push(take(&exam, "navigator", "The navigator: a shape for each question's state"));
    exam.press("\x1b");
    exam.wait_until("the question alone", |screen| !screen.contains("Esc back"));
    exam.resize(WIDE);
    exam.wait_until("the navigator beside the question", |screen| screen.contains('│') && screen.contains("65"));
    taken.push(take(&exam, "wide", "A wide window has the navigator beside the question"));
    exam.resize(WINDOW);
    let has_whole_top = |screen: &str| screen.lines().next().is_some_and(|top| top.ends_with("left"));
    exam.wait_until("the narrow window again", has_whole_top);
    exam.press("r");
    exam.wait_for("[All 65]");
    taken.push(take(&exam, "review", "The review: every question with its state"));
    exam.press("e");
    exam.wait_for("End and score?");
    exam.press("y");
    exam.wait_for("scaled score");
    taken.push(take(&exam, "report", "The score report: the score, its band, and each domain"));
    exam.press("w");
    exam.wait_for("Question 1 of 65");
    exam.press("n");
    exam.wait_for("Question 2 of 65");
    taken.push(take(&exam, "walk", "The walk through the questions: what was chosen, what is right, and why"));
    exam.press("q");
    exam.wait_for("scaled score");
    exam.press("q");
    exam.end();

    let mut drill = Terminal::start(&learner, "drill --seed 7 --now 2027-02-02T18:00:00Z", WINDOW);
    drill.wait_for("A  ");
    drill.press("b\r");
    drill.wait_for("n next");
    taken.push(take(&drill, "drill", "The drill: why each choice is right or wrong, and when the card comes back"));
    drill.press("q");
    drill.end();
    taken
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures")
}

/// The words of a screen without what differs from run to run: times of day, lengths of time, and blanks.
fn lasting(text: &str) -> Vec<String> {
    let is_time = |word: &str| word.contains(':') && word.contains(|c: char| c.is_ascii_digit());
    let line = |line: &str| {
        let words = line.split_whitespace().map(|word| if is_time(word) { "#" } else { word });
        words.collect::<Vec<_>>().join(" ")
    };
    text.lines().map(line).collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the tester says in the environment that the pictures shall be drawn")]
fn the_pictures_in_the_documents_show_the_screens_as_they_are() {
    let is_to_draw = std::env::var_os("CUTSCORE_PICTURES").is_some_and(|word| word == "draw");
    for Picture { name, svg } in pictures() {
        let path = folder().join(format!("{name}.svg"));
        if is_to_draw {
            fs::create_dir_all(folder()).expect("makes the folder");
            fs::write(&path, svg).expect("writes the picture");
            continue;
        }
        let drawn = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            lasting(&text_of(&drawn)),
            lasting(&text_of(&svg)),
            "docs/pictures/{name}.svg is out of date; `CUTSCORE_PICTURES=draw cargo test --test it pictures` draws it"
        );
    }
}
