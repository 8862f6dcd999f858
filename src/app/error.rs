//! What can go wrong in a use case.

use std::io;
use std::path::PathBuf;

use crate::exam::PlanError;
use crate::format::{LoadError, LocatedFinding, ResponsesError, SourceFile};
use crate::score::ScoreError;
use crate::score::calibration::CalibrationError;
use crate::store::StoreError;

/// Why a use case could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The files of a deck cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The deck's files hold errors.
    #[error("the deck has errors")]
    BadDeck {
        /// All findings.
        findings: Vec<LocatedFinding>,
        /// The files, to show the lines.
        sources: Vec<SourceFile>,
    },
    /// The deck cannot be scored.
    #[error("the deck cannot be scored")]
    Score(#[from] ScoreError),
    /// The responses of a group cannot be used.
    #[error(transparent)]
    Responses(#[from] ResponsesError),
    /// The responses of a group say nothing about difficulty.
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
    /// None of the responses is about an item of the deck.
    #[error("no response is about an exam item of the deck `{deck}`")]
    NoKnownItems {
        /// The deck.
        deck: String,
    },
    /// No deck has the name.
    #[error("there is no deck `{named}`")]
    UnknownDeck {
        /// What was asked for.
        named: String,
    },
    /// The deck has no named form of the name.
    #[error("the deck names no form `{named}`; it names {known}")]
    UnknownForm {
        /// What was asked for.
        named: String,
        /// The forms that it has.
        known: String,
    },
    /// The deck has nothing of the name that a filter asks for.
    #[error("the deck has no {what} `{named}`; {help}")]
    NotInDeck {
        /// What was asked for: a domain, a task or a tag.
        what: &'static str,
        /// Its name.
        named: String,
        /// What was probably meant, or what there is.
        help: String,
    },
    /// No form can be planned.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// No sitting has the number.
    #[error("{0}")]
    NoSitting(String),
    /// The deck has no `exam:` section.
    #[error("the deck `{deck}` has no `exam:` section, so it has no scale")]
    NoScale {
        /// The deck.
        deck: String,
    },
    /// The machine gives no chance.
    #[error("the machine's source of chance does not answer")]
    Chance(#[source] io::Error),
    /// Something was asked of an exam that only practice allows.
    #[error("{what} is for practice only; an exam goes on")]
    OnlyInPractice {
        /// What was asked.
        what: &'static str,
    },
    /// The item stands in a section that was left.
    #[error("question {number} is in a section that is closed")]
    SectionClosed {
        /// Its number in the form, from 1.
        number: usize,
    },
    /// An answer came while no card waits for one.
    #[error("no card waits for an answer")]
    NoOpenCard,
    /// A reason is longer than what is kept.
    #[error("a reason has at most {n_most} characters")]
    LongReason {
        /// Most characters.
        n_most: usize,
    },
    /// A note is longer than what is kept.
    #[error("a note has at most {n_most} characters")]
    LongNote {
        /// Most characters.
        n_most: usize,
    },
    /// The deck that comes with the program stands in no file.
    #[error("the deck `{deck}` comes with the program and cannot be edited")]
    NoFile {
        /// The deck.
        deck: String,
    },
    /// The files of a deck hold another deck now.
    #[error("the deck is called `{found}` now, not `{wanted}`")]
    OtherDeck {
        /// The deck that was read before.
        wanted: String,
        /// The deck that is there now.
        found: String,
    },
    /// Another deck has the id.
    #[error("the deck `{id}` {by}; give the new one another id, or let it take the place with --replace")]
    IdTaken {
        /// The id.
        id: String,
        /// Where the other deck is, as in `is at /decks/net.yaml`.
        by: String,
    },
    /// A path cannot be written down.
    #[error("the path {} is no text, so it cannot be noted; rename it, or add a copy", path.display())]
    PathNotText {
        /// The path.
        path: PathBuf,
    },
    /// The result of a real exam cannot be as it was given.
    #[error("{what}")]
    BadResult {
        /// What is wrong with it.
        what: String,
    },
    /// There is no result with the number.
    #[error("{}", no_result(*number, *n_results))]
    NoResult {
        /// The number.
        number: usize,
        /// How many there are.
        n_results: usize,
    },
    /// A setting does not take the value.
    #[error("{name} takes {expected}, not `{found}`")]
    BadSetting {
        /// The setting.
        name: &'static str,
        /// What it takes.
        expected: String,
        /// What was given.
        found: String,
    },
}

fn no_result(number: usize, n_results: usize) -> String {
    match n_results {
        0 => "no result of a real exam is recorded yet; `cutscore result add` records one".to_owned(),
        _ => format!("there is no result {number}; `cutscore result list` shows all {n_results}"),
    }
}
