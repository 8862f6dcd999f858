//! An exam and a drill by typed lines, and what is left of their answers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::DateTime;
use cutscore::base::{ConceptId, ContentHash, DeckId, ItemId, StudyDay};
use cutscore::deck::ChoiceSet;
use cutscore::review::{Grade, Rating};
use cutscore::store::{Event, Foresight, Response, Review, Stamp, Store, StoreError};
use tempfile::TempDir;

use crate::support::{Bank, bare_command};

/// A learner who answers `n_answers` questions of a new deck, in a data directory that is not there yet.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Scene {
    Exam { n_answers: usize },
    Drill { n_answers: usize },
}

const DECK: &str = "room";

/// What is answered: the letters in turn.
fn letter(position: usize) -> usize {
    position % 4
}

impl Scene {
    /// A home with the deck in it.
    pub(crate) fn home(self) -> TempDir {
        let home = tempfile::tempdir().expect("a directory for the test");
        let n_answers = self.n_answers();
        let exam = format!("exam:\n  minutes: 30\n  items: {n_answers}\n");
        let exam = if matches!(self, Scene::Exam { .. }) { exam.as_str() } else { "" };
        let bank = Bank { id: DECK, exam, domains: &[("net", 1, n_answers)] };
        fs::write(home.path().join("deck.yaml"), bank.yaml()).expect("writes a file for the test");
        home
    }

    /// The learner's command.
    pub(crate) fn command(self, home: &Path) -> Command {
        let mut command = bare_command(home);
        command.arg("--data-dir").arg(data_dir(home));
        command.args(["--now", "2027-02-01T09:00:00Z"]);
        match self {
            Scene::Exam { .. } => command.args(["exam", "deck.yaml"]),
            Scene::Drill { n_answers } => command.args(["drill", "deck.yaml", "--new", &n_answers.to_string()]),
        };
        command
    }

    /// What the learner types.
    pub(crate) fn input(self) -> String {
        let letters = (0..self.n_answers()).map(|position| format!("{}\n", ["a", "b", "c", "d"][letter(position)]));
        let leaving = if matches!(self, Scene::Exam { .. }) { "leave\n" } else { "" };
        letters.collect::<String>() + leaving
    }

    /// How many answers were acknowledged, by what the program said.
    pub(crate) fn n_acknowledged(self, said: &str) -> usize {
        match self {
            // The next question says that the answer to the one before is recorded.
            Scene::Exam { .. } => {
                said.matches("Question ").count().saturating_sub(1) + said.matches("That was the last question").count()
            }
            Scene::Drill { .. } => said.matches("It comes back").count(),
        }
    }

    /// Opens what is left, checks all of it, and counts the acknowledged answers that are not there.
    ///
    /// # Errors
    /// The store cannot be used, or is damaged.
    pub(crate) fn n_lost(self, data_dir: &Path, n_acknowledged: usize) -> Result<usize, StoreError> {
        let store = Store::open(data_dir)?;
        if let Some(damage) = store.check()?.damage.pop() {
            return Err(damage);
        }
        if n_acknowledged == 0 {
            return Ok(0);
        }
        match self {
            Scene::Exam { .. } => {
                let sitting = store.load_sitting(1)?.sitting;
                let is_lost =
                    |position: &usize| sitting.mark_at(*position).answer != ChoiceSet::only(letter(*position)).into();
                Ok((0..n_acknowledged).filter(is_lost).count())
            }
            Scene::Drill { .. } => {
                let by_day = store.reviews_by_day(&DeckId::new(DECK).expect("an id"))?;
                let n_stored: usize = by_day.values().sum();
                assert!(n_stored <= n_acknowledged + 1, "{n_stored} answers of {n_acknowledged} that were given");
                Ok(n_acknowledged.saturating_sub(n_stored))
            }
        }
    }

    fn n_answers(self) -> usize {
        match self {
            Scene::Exam { n_answers } | Scene::Drill { n_answers } => n_answers,
        }
    }
}

/// Where the learner's data is.
pub(crate) fn data_dir(home: &Path) -> PathBuf {
    home.join("data")
}

/// A review of an item, as the drill records it.
pub(crate) fn review(number: usize, grade: Grade) -> Event {
    let item = ItemId::new(&format!("q{number}")).expect("an id");
    Event::Reviewed(Box::new(Review {
        deck: DeckId::new(DECK).expect("an id"),
        concept: ConceptId::new(item.as_str()).expect("an id"),
        item,
        content: ContentHash::of(&[1]),
        response: Response::Recall(Rating::Good),
        answer_ms: 4_000,
        grade,
        foresight: Foresight::None,
    }))
}

/// The moment of all of them.
pub(crate) fn stamp() -> Stamp {
    let at = DateTime::from_timestamp(1_795_000_000, 0).expect("a time of the calendar");
    Stamp { at, study_day: StudyDay::from_number(20_775) }
}
