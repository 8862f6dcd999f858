//! Whether an item is in use, and who answers for it.

use chrono::NaiveDate;

/// Whether an item is in use. Only live items are drawn and drilled; what a form pinned stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// In use.
    #[default]
    Live,
    /// Not ready yet.
    Draft,
    /// No longer right, or no longer asked.
    Retired,
    /// Somebody has to decide whether it is right.
    Disputed,
}

/// What an author notes of an item; no engine looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemNotes {
    /// Words of the author's own.
    pub tags: Vec<String>,
    /// Who wrote the item.
    pub authors: Vec<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// The day on which somebody last looked whether it is right.
    pub reviewed: Option<NaiveDate>,
    /// The revision of the guide that it was written for.
    pub guide: Option<String>,
}
