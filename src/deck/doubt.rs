//! Doubts: items that a learner has reported as doubtful.

use std::collections::BTreeMap;

use crate::base::{DeckId, ItemId, StudyDay};

/// A learner's report that something is wrong with an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The study day of the report.
    pub since: StudyDay,
    /// What is wrong, in the learner's words; empty if nothing was said.
    pub reason: String,
}

/// The doubts that stand, by deck and item.
pub type Doubts = BTreeMap<DeckId, BTreeMap<ItemId, Doubt>>;
