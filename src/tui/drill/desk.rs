//! What the drill needs of the world.

use crate::app::{DrillCard, DrillProgress, Feedback};
use crate::deck::Answer;
use crate::exam::Confidence;
use crate::review::Rating;

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
    fn answer(&mut self, answer: Answer, confidence: Confidence) -> anyhow::Result<Feedback>;

    /// Records how the flashcard or text with blanks on the table was recalled; the card stays there. Durable on return.
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

/// How a drill came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrillExit {
    /// The queue is done.
    Finished,
    /// The learner left; every answer given is recorded.
    Left,
}
