//! What the walk needs of the world.

use crate::deck::{Answer, Question};
use crate::exam::ItemFilter;
use crate::tui::text_line::TextLine;

/// The report of a sitting, open for reading and for what the learner has to say of its questions.
pub trait WalkDesk {
    /// Returns the questions in the order of the form, with what is recorded now.
    fn items(&self) -> Vec<WalkItem>;

    /// Sends the question at `position` to the drill, or takes today's sending back. Durable on return. Returns what
    /// was done, as a sentence.
    ///
    /// # Errors
    /// It could not be recorded; nothing has changed.
    fn send(&mut self, position: usize) -> anyhow::Result<String>;

    /// Reports the question at `position` as doubtful; `reason` may be empty. Durable on return.
    ///
    /// # Errors
    /// It could not be recorded; nothing has changed.
    fn doubt(&mut self, position: usize, reason: &str) -> anyhow::Result<()>;

    /// Withdraws the report of the question at `position` as doubtful. Durable on return.
    ///
    /// # Errors
    /// It could not be recorded; nothing has changed.
    fn withdraw_doubt(&mut self, position: usize) -> anyhow::Result<()>;
}

/// A question of the walk.
#[derive(Debug, Clone, PartialEq)]
pub struct WalkItem {
    /// The title of its domain.
    pub domain_title: String,
    /// The question as it was asked.
    pub question: Question,
    /// The order in which its choices were shown.
    pub choice_order: Vec<usize>,
    /// The answer.
    pub answer: Answer,
    /// What came of it, in a line.
    pub head: TextLine,
    /// What else there is to know of it.
    pub notes: Vec<TextLine>,
    /// The filters that keep it.
    pub kept_by: Vec<ItemFilter>,
    /// Whether it is reported as doubtful.
    pub is_doubtful: bool,
}
