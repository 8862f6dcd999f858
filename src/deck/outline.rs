//! A deck and the outline of what it covers.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::base::{DeckId, DomainId, ItemId, TaskId};
use crate::deck::{Blueprint, Insight, Item, StaleTerm, Weight};

/// A question bank with its outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Deck {
    /// Everything but the items.
    pub outline: Outline,
    /// The items in the order of the files.
    pub items: Vec<Item>,
    /// Terms that the items should not use, for the check of the deck.
    pub stale_terms: Vec<StaleTerm>,
}

/// A deck without its items.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The deck's name.
    pub id: DeckId,
    /// The deck's title.
    pub title: String,
    /// The exam guide that the deck follows, if it says.
    pub guide: Option<Guide>,
    /// The exam; `None` means all questions, no clock, percent right.
    pub exam: Option<Blueprint>,
    /// The domains, in the deck's order; never empty.
    pub domains: Vec<Domain>,
    /// Forms that the deck names, each with its items in order.
    pub forms: BTreeMap<String, Vec<ItemId>>,
    /// Rules of diagnosis, in the deck's order.
    pub insights: Vec<Insight>,
}

/// The exam guide behind a deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// The day on which the deck was last held against the guide.
    pub as_of: Option<NaiveDate>,
    /// Where the guide stands.
    pub url: Option<String>,
    /// The revision of the guide, as the programme calls it.
    pub revision: Option<String>,
}

/// A part of the exam with a weight of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Domain {
    /// The domain's name.
    pub id: DomainId,
    /// The domain's title.
    pub title: String,
    /// Weight in the exam.
    pub weight: Weight,
    /// The domain's tasks, in the deck's order.
    pub tasks: Vec<Task>,
}

/// A task statement of a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The task's name, for example `2.1`.
    pub id: TaskId,
    /// The task's title.
    pub title: String,
}

impl Outline {
    /// Returns the domains' weights in order.
    pub fn weights(&self) -> Vec<Weight> {
        self.domains.iter().map(|domain| domain.weight).collect()
    }

    /// Returns the place of the domain that has the task.
    pub fn domain_idx_of_task(&self, task: &TaskId) -> Option<usize> {
        self.domains.iter().position(|domain| domain.tasks.iter().any(|own| own.id == *task))
    }

    /// Returns the place of the domain with the name.
    pub fn domain_idx(&self, id: &DomainId) -> Option<usize> {
        self.domains.iter().position(|domain| domain.id == *id)
    }
}
