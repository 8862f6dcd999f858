//! What rules of thumb say of a next attempt, and how long to prepare for it.

use crate::deck::InsightKind;
use crate::plan::diagnosis::{Finding, Signs};

/// The outlook of a next attempt by rules of thumb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outlook {
    /// Only signs against it.
    Low,
    /// Signs for it and against it, or none.
    Uncertain,
    /// Only signs for it.
    High,
}

/// The outlook with its signs.
#[derive(Debug, Clone, PartialEq)]
pub struct RetakeOutlook {
    /// What the rules say together.
    pub outlook: Outlook,
    /// What speaks for the next attempt.
    pub signs_for: Vec<Finding>,
    /// What speaks against it.
    pub signs_against: Vec<Finding>,
}

/// Takes the rules of thumb from among `findings`: where they disagree or are silent, the outlook is uncertain.
pub fn retake_outlook(findings: &[Finding]) -> RetakeOutlook {
    let of_kind =
        |kind| -> Vec<Finding> { findings.iter().filter(|finding| finding.insight.kind == kind).cloned().collect() };
    let (signs_for, signs_against) = (of_kind(InsightKind::ChanceHigh), of_kind(InsightKind::ChanceLow));
    let outlook = match (signs_for.is_empty(), signs_against.is_empty()) {
        (false, true) => Outlook::High,
        (true, false) => Outlook::Low,
        (true, true) | (false, false) => Outlook::Uncertain,
    };
    RetakeOutlook { outlook, signs_for, signs_against }
}

/// How long to prepare for a next attempt; a rule of thumb of courses for such exams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StudyTime {
    /// 2 to 3 weeks: one domain at most is at the lowest level.
    TwoToThreeWeeks,
    /// 6 to 8 weeks: several are.
    SixToEightWeeks,
    /// Months: those at the lowest level are [`HEAVY_SHARE`] of the exam or more.
    Months,
}

/// The part of the exam from which lowest levels mean months of preparation; a convention of this project.
pub const HEAVY_SHARE: f64 = 0.6;

impl StudyTime {
    /// Returns the least and the most weeks; `None` for months, which begin where the weeks end.
    pub fn weeks(self) -> (u32, Option<u32>) {
        match self {
            StudyTime::TwoToThreeWeeks => (2, Some(3)),
            StudyTime::SixToEightWeeks => (6, Some(8)),
            StudyTime::Months => (8, None),
        }
    }
}

/// Returns how long to prepare after such a result.
pub fn study_time(signs: &Signs) -> StudyTime {
    match signs.lowest().len() {
        _ if HEAVY_SHARE <= signs.lowest_weight() => StudyTime::Months,
        0 | 1 => StudyTime::TwoToThreeWeeks,
        _ => StudyTime::SixToEightWeeks,
    }
}
