//! All that is said of a plan.

use crate::base::StudyDay;
use crate::plan::{PlannedDay, StudyPlan};
use crate::score::{Outlook, ReadinessLabel};

/// All that is said of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanSheet {
    /// The deck's id.
    pub deck: String,
    /// The deck's title.
    pub title: String,
    /// The study day that it is.
    pub today: StudyDay,
    /// The day of the exam, today or later; `None` without one.
    pub exam_day: Option<StudyDay>,
    /// A day of an exam that has passed and is still set.
    pub passed_exam_day: Option<StudyDay>,
    /// Minutes a day.
    pub minutes_a_day: u32,
    /// Whether the learner set them, or the usual ones are taken.
    pub are_minutes_set: bool,
    /// Days off as text; `none` if there are none.
    pub days_off: String,
    /// The domains in the deck's order.
    pub domains: Vec<PlanDomain>,
    /// The plan.
    pub plan: StudyPlan,
    /// Full mocks; `None` for a deck without an exam.
    pub mocks: Option<PlanMocks>,
    /// Expected points of 100 on what the deck asks, today and at the end.
    pub points: PlanPoints,
    /// What the exam may bring; `None` without a sitting that counts.
    pub outlook: Option<PassOutlook>,
    /// What other plans would bring.
    pub what_if: Vec<WhatIf>,
}

/// A domain of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanDomain {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// What a plan has of mocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanMocks {
    /// Minutes of one.
    pub minutes: u32,
    /// Forms that the unseen items of the bank still fill.
    pub n_fresh_forms: usize,
}

/// Expected points of 100 by recall alone: what the deck asks, in other words than on the cards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlanPoints {
    /// If the exam were today.
    pub today: f64,
    /// On its day, or in 30 days without one, if the plan is kept.
    pub at_end: f64,
}

/// What the exam may bring if the plan is kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PassOutlook {
    /// The probability of passing today.
    pub p_today: f64,
    /// What is said of it.
    pub label_today: ReadinessLabel,
    /// On the day of the exam.
    pub kept: Outlook,
    /// The scaled score that passes.
    pub passing: f64,
}

/// Another plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WhatIf {
    /// What is different.
    pub change: PlanChange,
    /// Points of 100 by recall that it adds; below 0 if it takes some.
    pub points: f64,
    /// What the exam may bring then; `None` without a sitting that counts.
    pub outlook: Option<Outlook>,
}

/// What is different in another plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanChange {
    /// So many minutes more on each study day.
    MoreMinutes(u32),
    /// The exam so many days later.
    DaysLater(u32),
}

impl PlanSheet {
    /// Returns what the plan has for today, if it is a day of it.
    pub fn of_today(&self) -> Option<&PlannedDay> {
        self.plan.days.iter().find(|day| day.day == self.today)
    }

    /// Returns the planned days with a mock.
    pub fn mock_days(&self) -> impl Iterator<Item = &PlannedDay> {
        self.plan.days.iter().filter(|day| day.mock_minutes.is_some())
    }
}
