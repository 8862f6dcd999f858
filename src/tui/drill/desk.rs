//! What the drill needs of the world.

use crate::base::{ItemId, StudyDay};
use crate::deck::{ChoiceSet, ItemBody};
use crate::exam::Confidence;
use crate::review::{Grade, Rating};

/// One drill: a queue of cards, one at a time.
pub trait DrillDesk {
    /// Returns the card that is on the table; `None` when the queue is done.
    fn card(&self) -> Option<&DrillCard>;

    /// Returns how far the drill is.
    fn progress(&self) -> DrillProgress;

    /// Records the answer to the question on the table; the question stays there. Durable on return.
    ///
    /// # Errors
    /// The answer could not be recorded; nothing has changed.
    fn answer(&mut self, chosen: ChoiceSet, confidence: Confidence) -> anyhow::Result<Feedback>;

    /// Records how the flashcard on the table was recalled; the card stays there. Durable on return.
    ///
    /// # Errors
    /// The rating could not be recorded; nothing has changed.
    fn recall(&mut self, rating: Rating) -> anyhow::Result<Feedback>;

    /// Returns the interval in days that a rating of the flashcard on the table would give.
    fn preview(&self, rating: Rating) -> u32;

    /// Puts the next card on the table.
    ///
    /// # Errors
    /// The next card could not be read; the old one stays.
    fn advance(&mut self) -> anyhow::Result<()>;

    /// Takes the last answer back and puts its card on the table again; `false` if there is none to take back.
    ///
    /// # Errors
    /// Taking back could not be recorded; nothing has changed.
    fn undo(&mut self) -> anyhow::Result<bool>;

    /// Does upkeep; called while the learner reads, a moment after an answer.
    fn rest(&mut self);
}

/// A card as the drill shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct DrillCard {
    /// The item that stands for the concept this time.
    pub item: ItemId,
    /// Its text.
    pub body: ItemBody,
    /// For each place on the screen, the choice's place in the deck; empty for a flashcard.
    pub choice_order: Vec<usize>,
    /// The title of its domain.
    pub domain_title: String,
    /// The title of its task, if it has one.
    pub task_title: Option<String>,
    /// Why it is in the queue.
    pub occasion: Occasion,
    /// Why it comes now, in a few words.
    pub why_now: String,
}

/// Why a card is in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// Its day has come.
    Due,
    /// It was not answered well earlier today.
    Repeat,
    /// It was never asked.
    New,
}

/// How far a drill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrillProgress {
    /// Answers given in this drill.
    pub n_done: usize,
    /// Due cards left, the one on the table included.
    pub n_due_left: usize,
    /// Cards to be repeated left, the one on the table included.
    pub n_repeats_left: usize,
    /// New cards left, the one on the table included.
    pub n_new_left: usize,
}

/// What came of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feedback {
    /// Whether it was right.
    pub is_right: bool,
    /// The grade it got.
    pub grade: Grade,
    /// The study day on which the card is due next.
    pub due: StudyDay,
    /// Days from today to `due`.
    pub in_days: i32,
    /// Whether the card comes again today before that.
    pub repeats_today: bool,
}

/// How a drill came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrillExit {
    /// The queue is done.
    Finished,
    /// The learner left; every answer given is recorded.
    Left,
}

impl DrillProgress {
    /// Returns how many cards are left.
    pub fn n_left(&self) -> usize {
        self.n_due_left + self.n_repeats_left + self.n_new_left
    }
}

impl Occasion {
    /// Returns the word for the screen.
    pub fn label(self) -> &'static str {
        match self {
            Occasion::Due => "Due",
            Occasion::Repeat => "Again",
            Occasion::New => "New",
        }
    }
}

impl Feedback {
    /// Says when the card is seen next: `comes again today`, `comes back tomorrow`, `comes back in 6 days`.
    pub fn comes_back(&self) -> String {
        match self.in_days {
            _ if self.repeats_today => "comes again today".to_owned(),
            ..=0 => "comes back today".to_owned(),
            1 => "comes back tomorrow".to_owned(),
            n_days => format!("comes back in {n_days} days"),
        }
    }
}
