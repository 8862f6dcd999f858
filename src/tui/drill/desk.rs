//! What the drill needs of the world.

use std::time::Duration;

use crate::app::{Change, DomainCount, DrillCard, DrillProgress, Feedback};
use crate::deck::Answer;
use crate::exam::Confidence;
use crate::review::Rating;

/// One drill: a queue of cards, one at a time.
pub trait DrillDesk {
    /// Returns the card that is on the table; `None` when the queue is done.
    fn card(&self) -> Option<&DrillCard>;

    /// Returns how far the drill is.
    fn progress(&self) -> DrillProgress;

    /// Returns what is left of the minutes that were asked for; `None` without a limit. Costs next to nothing.
    fn time_left(&self) -> Option<Duration>;

    /// Returns how each domain of the deck stands, from the newest answers before the card on the table.
    fn standing(&self) -> Vec<DomainCount>;

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

    /// Takes back the newest of what was done today; the card of an answer is put on the table again. `None` if there is
    /// nothing left.
    ///
    /// # Errors
    /// Taking back could not be recorded; nothing has changed.
    fn undo(&mut self) -> anyhow::Result<Option<Change>>;

    /// Brings back what was taken back last. `None` if there is nothing.
    ///
    /// # Errors
    /// Bringing back could not be recorded; nothing has changed.
    fn redo(&mut self) -> anyhow::Result<Option<Change>>;

    /// Leaves the card on the table out until further notice, and puts the next one there.
    ///
    /// # Errors
    /// It could not be recorded; nothing has changed.
    fn suspend(&mut self) -> anyhow::Result<()>;

    /// Leaves the card on the table out until the next study day, and puts the next one there.
    ///
    /// # Errors
    /// It could not be recorded; nothing has changed.
    fn bury(&mut self) -> anyhow::Result<()>;

    /// Keeps the learner's note on the card on the table; an empty one takes it away.
    ///
    /// # Errors
    /// It could not be recorded; nothing has changed.
    fn note(&mut self, note: &str) -> anyhow::Result<()>;

    /// Lets the learner edit the card on the table, in a terminal that is given back for it. Returns what came of it,
    /// as a sentence.
    ///
    /// # Errors
    /// Nothing was edited, or the deck can no longer be read; the drill goes on with what it has.
    fn edit(&mut self) -> anyhow::Result<&'static str>;

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
