//! What to do today.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};

use crate::app::{App, AppError, DrillFilter, DrillRequest, OpenDeck};
use crate::base::StudyDay;
use crate::exam::{Ending, RealResult};
use crate::plan::Reserve;
use crate::render::{PlanSheet, ReadinessPoint, plan_today_line};
use crate::score::ReadinessLabel;
use crate::store::SittingRow;

/// What a learner needs to know to begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    /// The study day.
    pub day: StudyDay,
    /// The deck's title.
    pub title: String,
    /// A sitting that is open, with the time that is left of it.
    pub open: Option<(SittingRow, Option<Duration>)>,
    /// The number of the newest sitting that ended with a result, and when it started in the learner's time.
    pub last: Option<(u32, DateTime<FixedOffset>)>,
    /// Cards due today, repeats included.
    pub n_due: usize,
    /// New concepts that today's drill would bring.
    pub n_new: usize,
    /// Reviews given today.
    pub n_reviewed: usize,
    /// The reserve of unseen items.
    pub reserve: Reserve,
    /// Mocks that were sat.
    pub n_mocks: usize,
    /// The probability of passing today and what is said of it; `None` before the first sitting that counts.
    pub readiness: Option<(f64, ReadinessLabel)>,
    /// P(pass) on the days of the newest two sittings that count, and today; empty before the first.
    pub trend: Vec<ReadinessPoint>,
    /// The day of the next mock that is planned; `None` without a plan.
    pub next_mock: Option<StudyDay>,
    /// The newest result of a real exam, with the first day on which a next attempt is allowed after a fail.
    pub real: Option<(RealResult, Option<StudyDay>)>,
    /// A day of the exam that has passed and of which no result is recorded.
    pub unreported: Option<StudyDay>,
    /// What the plan has for today and how far off the exam is; `None` as long as no exam date and no minutes are set.
    pub plan_line: Option<String>,
    /// Days to the exam; `None` without a date ahead.
    pub days_to_exam: Option<i32>,
    /// What suggests itself.
    pub first_step: FirstStep,
}

/// The cards that today's drill brings back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct DueToday {
    n_due: usize,
    /// Days on which those that must come again today would be due otherwise.
    pub(in crate::app) repeats: Vec<StudyDay>,
}

impl DueToday {
    /// Returns how many there are.
    pub(in crate::app) fn n_cards(&self) -> usize {
        self.n_due + self.repeats.len()
    }
}

/// The one thing that suggests itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstStep {
    /// Nothing was ever done: take a taste, a full mock, or an own deck.
    FirstRun,
    /// Go on with the open sitting.
    Resume,
    /// Drill what is due.
    Drill,
    /// Sit a mock.
    Mock,
    /// Nothing is left for today.
    Rest,
}

impl App {
    /// Returns what to do today with a deck.
    pub fn look_at_today(&mut self, deck: &OpenDeck) -> Result<Today, AppError> {
        let day = self.today();
        let sittings: Vec<SittingRow> =
            self.store.sittings()?.into_iter().filter(|row| row.deck == deck.outline.id).collect();
        let has_cards = self.store.has_cards(&deck.outline.id)?;
        let open = match self.open_sitting(Some(&deck.outline.id))? {
            Some(row) => {
                let left = self.time_left_of(&row)?;
                Some((row, left))
            }
            None => None,
        };
        let last = sittings.iter().find(|row| has_result(row));
        let last = last.map(|row| (row.number, self.clock.local(row.started_at)));
        let n_reviewed = self.store.n_reviews_on(&deck.outline.id, day)?;
        let reserve = self.reserve_of(deck)?;
        let n_mocks = self.n_mocks_sat(deck)?;
        let (readiness, trend) = match self.readiness_with_trend(deck, &sittings)? {
            Some((p_pass, label, trend)) => (Some((p_pass, label)), trend),
            None => (None, Vec::new()),
        };
        let real = self.newest_result(deck)?;
        let n_due = self.due_today(deck)?.n_cards();
        let mut drill = self.start_drill(deck, &DrillRequest::default())?;
        drill.rest()?;
        let left = drill.progress();
        let sat_today = sittings.iter().any(|row| row.study_day == day);
        let first_step = match () {
            () if open.is_some() => FirstStep::Resume,
            () if sittings.is_empty() && !has_cards => FirstStep::FirstRun,
            () if n_due > 0 => FirstStep::Drill,
            () if !sat_today => FirstStep::Mock,
            () if left.n_new_left > 0 => FirstStep::Drill,
            () => FirstStep::Rest,
        };
        let settings = self.study_settings(&deck.outline.id)?;
        let is_planned = settings.exam_day.is_some_and(|exam| exam >= day) || settings.minutes_a_day.is_some();
        let sheet = if is_planned { Some(self.planned_days(deck, &settings)?) } else { None };
        let next_mock = sheet.as_ref().and_then(next_mock);
        let is_reported = |exam: &StudyDay| real.as_ref().is_some_and(|(result, _)| *exam <= result.taken_on);
        let unreported = settings.exam_day.filter(|exam| *exam < day && !is_reported(exam));
        Ok(Today {
            day,
            title: deck.outline.title.clone(),
            open,
            last,
            n_due,
            n_new: left.n_new_left,
            n_reviewed,
            reserve,
            n_mocks,
            readiness,
            trend,
            next_mock,
            real,
            unreported,
            plan_line: sheet.as_ref().and_then(plan_today_line),
            days_to_exam: sheet.and_then(|sheet| sheet.exam_day).map(|exam| exam.days_since(day)),
            first_step,
        })
    }
}

impl App {
    /// Counts what is due today, as far as the limit of reviews goes, and what must come again today.
    pub(in crate::app) fn due_today(&self, deck: &OpenDeck) -> Result<DueToday, AppError> {
        let today = self.today();
        let (scope, _) = self.drill_scope(deck, &DrillFilter::default(), today)?;
        let cards = self.store.repeats(&scope, today)?.into_iter().filter_map(|row| row.card);
        let repeats: Vec<StudyDay> = cards.map(|card| card.due).collect();
        let n_both = repeats.iter().filter(|due| **due <= today).count();
        let n_left = self.reviews_left(deck, &self.study_settings(&deck.outline.id)?)?;
        Ok(DueToday { n_due: self.store.n_due_by(&scope, today)?.saturating_sub(n_both).min(n_left), repeats })
    }
}

fn has_result(row: &SittingRow) -> bool {
    match row.ending {
        Some(Ending::Submitted | Ending::TimeUp | Ending::Unattended) => true,
        Some(Ending::Abandoned) | None => false,
    }
}

/// The first day of a plan that has a mock.
fn next_mock(sheet: &PlanSheet) -> Option<StudyDay> {
    sheet.plan.days.iter().find(|own| own.mock_minutes.is_some()).map(|own| own.day)
}
