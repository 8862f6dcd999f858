//! All that is said of the results of real exams.

use std::ops::RangeInclusive;

use crate::base::StudyDay;
use crate::deck::{Fee, Guide, Levels, ReportedScale};
use crate::exam::{RealResult, ToldLevel};
use crate::plan::{Finding, RetakeDays, RetakeOutlook, StudyTime};
use crate::score::ReadinessLabel;

/// The attempts at one exam.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultList {
    /// The deck's id.
    pub deck: String,
    /// What follows a command that is meant for the deck.
    pub deck_argument: String,
    /// The deck's title.
    pub title: String,
    /// The reported scale.
    pub scale: ReportedScale,
    /// The attempts in the order of their days; how many there may be has no limit.
    pub attempts: Vec<ResultRow>,
    /// The first day on which the next attempt is allowed; `None` without an attempt and after a pass.
    pub earliest: Option<StudyDay>,
    /// What the attempts cost.
    pub ledger: Ledger,
}

/// An attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultRow {
    /// Its number among those of the deck, by day, from 1.
    pub number: usize,
    /// What its report says.
    pub result: RealResult,
    /// The deck's domains.
    pub domains: Vec<ResultDomain>,
}

/// What one result points to.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultSheet {
    /// The deck's id.
    pub deck: String,
    /// What follows a command that is meant for the deck.
    pub deck_argument: String,
    /// The deck's title.
    pub title: String,
    /// Number of the attempt, from 1.
    pub number: usize,
    /// What the report says.
    pub result: RealResult,
    /// The reported scale.
    pub scale: ReportedScale,
    /// The deck's levels.
    pub levels: Levels,
    /// The deck's domains.
    pub domains: Vec<ResultDomain>,
    /// The deck's insights that hold, rules of thumb about a next attempt among them.
    pub findings: Vec<Finding>,
    /// How to go on; `None` after a pass, and for an attempt that another one followed.
    pub next: Option<NextAttempt>,
    /// The day of the exam that the plan leads to; `None` without one ahead.
    pub exam_day: Option<StudyDay>,
    /// The exam guide that the deck follows.
    pub guide: Option<Guide>,
    /// The study day that it is.
    pub today: StudyDay,
    /// What the attempts cost.
    pub ledger: Ledger,
}

/// A domain in a result.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultDomain {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its part of the exam, 0 to 1.
    pub weight: f64,
    /// Scored items that the exam asks of it.
    pub n_asked: usize,
    /// The level that was told; `None` if none was.
    pub told: Option<ToldLevel>,
    /// Places of the levels that it may be; `None` if the deck does not have it.
    pub places: Option<RangeInclusive<usize>>,
    /// The level in the attempt before.
    pub before: Option<ToldLevel>,
}

/// How to go on after a fail.
#[derive(Debug, Clone, PartialEq)]
pub struct NextAttempt {
    /// The outlook by rules of thumb.
    pub rules: RetakeOutlook,
    /// How long to prepare, by another.
    pub time: StudyTime,
    /// When.
    pub days: RetakeDays,
    /// The days between two attempts as the deck says them; `None` if it does not, and the usual ones are taken.
    pub wait_days: Option<u32>,
    /// The part of the exam, 0 to 1, that the domains at the lowest level are.
    pub lowest_weight: f64,
    /// The probability of passing today by the mocks, and what is said of it; `None` before the first that counts.
    pub readiness: Option<(f64, ReadinessLabel)>,
}

/// What attempts cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// Attempts.
    pub n_attempts: usize,
    /// Those of which nobody said what they cost.
    pub n_unpriced: usize,
    /// What was paid, each currency for itself.
    pub paid: Vec<Fee>,
    /// What the next attempt costs; `None` after a pass and if the deck does not say.
    pub next: Option<Fee>,
    /// What booking it today would lose on average: the fee times the probability of failing; `None` if that is unknown.
    pub expected_loss: Option<Fee>,
}
