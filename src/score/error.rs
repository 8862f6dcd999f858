//! What can keep a score from being computed.

use crate::base::ItemId;

/// Why there is no score.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ScoreError {
    /// The deck has no `exam` section, so it has no scale either.
    #[error("the deck has no exam section, so there is no scale to score on")]
    NoBlueprint,
    /// The deck has nothing that an exam could ask.
    #[error("the deck has no exam items")]
    NoExamItems,
    /// No item of the sitting counts.
    #[error("no item of this sitting is scored")]
    NoScoredItems,
    /// A curve has a number that no curve can have.
    #[error(
        "a response curve needs a finite difficulty, a chance from 0 to below 1 and a variance of at least 0, \
         not {difficulty}, {chance}, {variance}"
    )]
    Curve {
        /// Difficulty in logits.
        difficulty: f64,
        /// Chance of a right answer without knowledge.
        chance: f64,
        /// Variance of the difficulty.
        variance: f64,
    },
    /// A barely passing candidate is said to do no better on an item than chance does.
    #[error("item `{item}` has an angoff share of {share}, which is not above the {chance:.3} that guessing gives")]
    AngoffAtChance {
        /// The item.
        item: ItemId,
        /// The stated share.
        share: f64,
        /// The chance of a right answer without knowledge.
        chance: f64,
    },
    /// The cut asks for nothing or for everything.
    #[error("the cut must lie above 0 and below 1, not at {cut}")]
    Cut {
        /// The cut as a share.
        cut: f64,
    },
    /// The reference form names something that is no exam item of the deck.
    #[error("the reference form names `{item}`, which is no exam item of the deck")]
    UnknownReferenceItem {
        /// The name.
        item: ItemId,
    },
    /// An item belongs to a domain that the deck does not have.
    #[error("an item belongs to domain {domain_idx}, but there are only {n_domains} domains")]
    UnknownDomain {
        /// Place of the domain, from 0.
        domain_idx: usize,
        /// Number of domains.
        n_domains: usize,
    },
    /// The parts of a reference do not fit together.
    #[error("the stored reference does not hold together: {reason}")]
    Reference {
        /// What does not fit.
        reason: &'static str,
    },
}
