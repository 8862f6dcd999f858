//! Diagnosis as data: what a deck says about a result, and when.

use crate::base::Share;
use crate::deck::Skill;

/// A rule of diagnosis: if everything in `when` holds of a result, `says` is told, and `advice` with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Insight {
    /// The rule's name, unique in its deck.
    pub id: String,
    /// What it is about.
    pub kind: InsightKind,
    /// What must hold, all of it; never empty.
    pub when: Vec<Condition>,
    /// What the pattern means.
    pub says: String,
    /// What to do about it.
    pub advice: Option<String>,
}

/// What an insight is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InsightKind {
    /// A mix of levels that stands in the way of passing.
    RedFlag,
    /// A way of preparing that the result points to.
    Pattern,
    /// A belief about such results that the result speaks against.
    Belief,
    /// A rule of thumb by which the next attempt is likely to pass.
    ChanceHigh,
    /// A rule of thumb by which it is not.
    ChanceLow,
}

impl InsightKind {
    /// All kinds.
    pub const ALL: [InsightKind; 5] = [
        InsightKind::RedFlag,
        InsightKind::Pattern,
        InsightKind::Belief,
        InsightKind::ChanceHigh,
        InsightKind::ChanceLow,
    ];

    /// Returns the name in decks and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            InsightKind::RedFlag => "red-flag",
            InsightKind::Pattern => "pattern",
            InsightKind::Belief => "belief",
            InsightKind::ChanceHigh => "chance-high",
            InsightKind::ChanceLow => "chance-low",
        }
    }
}

/// Something that holds of a result, or does not. Domains and levels are places in the outline's lists.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// The exam was passed, or it was failed.
    Outcome(Outcome),
    /// As many of `domains` as said have one of `levels` as their most probable one.
    Levels {
        /// The domains that are looked at.
        domains: Vec<usize>,
        /// The levels that count.
        levels: Vec<usize>,
        /// Least number of such domains.
        at_least: usize,
        /// Largest number of such domains.
        at_most: usize,
    },
    /// Each of `domains` has an expected share of right answers from `from` to `to`.
    Shares {
        /// The domains that are looked at.
        domains: Vec<usize>,
        /// Least share.
        from: Share,
        /// Largest share.
        to: Share,
    },
    /// The mean share of the `higher` domains is above that of the `lower` ones by `by` or more.
    Contrast {
        /// Domains with the larger share.
        higher: Vec<usize>,
        /// Domains with the smaller share.
        lower: Vec<usize>,
        /// The least difference.
        by: Share,
    },
    /// Items of one skill are answered better than those of another by `by` or more, as shares of right answers.
    Skills {
        /// The skill that does better.
        stronger: Skill,
        /// The skill that does worse.
        weaker: Skill,
        /// The least difference.
        by: Share,
    },
    /// Mean confidence is above the share of right answers by `by` or more.
    Overconfidence {
        /// The least difference.
        by: Share,
    },
    /// The score lies from `from` to `to` points above the passing score; below it counts negative.
    Distance {
        /// Least difference, in points of the scale.
        from: i32,
        /// Largest difference, in points of the scale.
        to: i32,
    },
}

/// How an exam ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Passed.
    Passed,
    /// Failed.
    Failed,
}
