//! What the exam room needs of the world.

use std::time::Duration;

use crate::deck::Question;
use crate::exam::{Ending, Mark, Sitting};

/// One open sitting and its clock.
pub trait ExamDesk {
    /// Returns the title of the exam.
    fn title(&self) -> &str;

    /// Returns the time allowed; `None` if there is no limit.
    fn limit(&self) -> Option<Duration>;

    /// Returns the sitting as it is recorded.
    fn sitting(&self) -> &Sitting;

    /// Returns the question at `position` of the form, its choices in the deck's order.
    fn question(&self, position: usize) -> &Question;

    /// Returns the exam time that has passed.
    fn elapsed(&self) -> Duration;

    /// Records that the item at `position` is on the screen; called each time it comes there. Durable on return.
    ///
    /// # Errors
    /// The record could not be written. The room goes on and tries again when it is asked to.
    fn show(&mut self, position: usize) -> anyhow::Result<()>;

    /// Records the mark on the item at `position`. Durable on return.
    ///
    /// # Errors
    /// The record could not be written. The room keeps the mark on the screen and says that it is not saved.
    fn mark(&mut self, position: usize, mark: Mark) -> anyhow::Result<()>;

    /// Records the note on the item at `position`; an empty one takes it away. Durable on return.
    ///
    /// # Errors
    /// The record could not be written. The room keeps the note and says that it is not saved.
    fn note(&mut self, position: usize, note: &str) -> anyhow::Result<()>;

    /// Tells whether it is practice: feedback comes with each answer, and the clock can be stopped.
    fn is_practice(&self) -> bool;

    /// Records, in practice, that the candidate sees what is right at `position`. Durable on return.
    ///
    /// # Errors
    /// The record could not be written.
    fn check(&mut self, position: usize) -> anyhow::Result<()>;

    /// Stops the clock, in practice.
    ///
    /// # Errors
    /// How far the clock was could not be noted; it runs on.
    fn pause(&mut self) -> anyhow::Result<()>;

    /// Lets the clock go on after a pause.
    ///
    /// # Errors
    /// That it goes on could not be recorded; it stands.
    fn go_on(&mut self) -> anyhow::Result<()>;

    /// Notes how far the clock is; called every few seconds.
    ///
    /// # Errors
    /// The note could not be written.
    fn heartbeat(&mut self) -> anyhow::Result<()>;

    /// Does upkeep; called while the candidate reads, a moment after the last record.
    fn rest(&mut self);
}

/// How the room is to behave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomHabits {
    /// Minutes left at which the candidate is warned.
    pub warning_minutes: Vec<u32>,
    /// Whether no sitting has ended before this one: a hint tells the first keys.
    pub is_first: bool,
}

/// How the candidate went out of the room; the caller submits, abandons or leaves the sitting open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExamExit {
    /// The sitting is over.
    End(Ending),
    /// The sitting stays open and its clock runs on.
    Leave,
}
