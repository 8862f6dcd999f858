//! The plan until the exam, from everything that is known today.

use std::time::Duration;

use crate::app::appraiser::Appraiser;
use crate::app::draw::bank_of;
use crate::app::ready::may_be_ready;
use crate::app::{App, AppError, OpenDeck, StudySettings};
use crate::base::StudyDay;
use crate::deck::Domain;
use crate::exam::{Ending, SittingKind};
use crate::plan::{
    Candidate, DomainWorth, MemoryRecord, MockSupply, PlannedConcept, RECENT_DAYS, ROLLING_DAYS, StudyPlan,
    StudyRequest, Target, ability_gain, expected_points, sample_step, study_plan,
};
use crate::render::{PassOutlook, PlanChange, PlanDomain, PlanMocks, PlanPoints, PlanSheet, WhatIf};
use crate::score::Lookout;
use crate::store::{ConceptRow, DomainSize, ItemClass};

/// Minutes a day of a plan where none are set: a convention.
pub const USUAL_MINUTES: u32 = 20;
/// The other plans that are held against the plan.
const MORE_MINUTES: u32 = 10;
const DAYS_LATER: u32 = 7;
/// Seconds that are expected of a question and of a flashcard before there is a median: conventions.
const FIRST_SECS: [f64; 2] = [30.0, 12.0];
/// Seconds that are spent with an item beside the answer: reading what was right. A convention.
const FEEDBACK_SECS: f64 = 8.0;

/// Everything that a plan is made of.
struct StudyPlanner {
    today: StudyDay,
    exam_day: Option<StudyDay>,
    minutes: u32,
    minutes_used_today: f64,
    concepts: Vec<PlannedConcept>,
    stands_for: usize,
    appraiser: Appraiser,
    mocks: Option<MockSupply>,
}

impl App {
    /// Returns the plan of a deck as these settings have it, with what it may bring. Nothing is recorded.
    pub fn plan(&self, deck: &OpenDeck, settings: &StudySettings) -> Result<PlanSheet, AppError> {
        let basis = self.plan_basis(deck, settings)?;
        let mut sheet = basis.sheet(deck, settings);
        let StudyPlanner { today, exam_day, minutes, .. } = basis;
        let more = basis.plan(settings, minutes.saturating_add(MORE_MINUTES), exam_day);
        let later = exam_day.map(|day| basis.plan(settings, minutes, Some(day.plus(DAYS_LATER))));

        let points = sheet.points.at_end;
        let n_days = usize::try_from(Target::day(exam_day, today).days_since(today)).unwrap_or(0);
        let n_days_later = n_days + usize::try_from(DAYS_LATER).unwrap_or(0);
        let mut changes = vec![PlanChange::MoreMinutes(MORE_MINUTES)];
        // Whoever has more minutes may leave them.
        let more = if basis.points(&more) < points { sheet.plan.clone() } else { more };
        let mut plans = vec![(sheet.plan.clone(), n_days), (more, n_days)];
        if let Some(later) = later {
            changes.push(PlanChange::DaysLater(DAYS_LATER));
            plans.push((later, n_days_later));
        }
        let outlooks = self.outlooks(deck, basis.appraiser.domains(), &plans)?.unwrap_or_default();
        sheet.outlook = outlooks.first().copied();
        let other = |(change, nth): (PlanChange, usize)| WhatIf {
            change,
            points: plans.get(nth).map_or(0.0, |(plan, _)| basis.points(plan) - points),
            outlook: outlooks.get(nth).map(|own| own.kept),
        };
        sheet.what_if = changes.into_iter().zip(1..).map(other).collect();
        Ok(sheet)
    }

    /// Returns the plan without what it may bring.
    pub(in crate::app) fn planned_days(
        &self,
        deck: &OpenDeck,
        settings: &StudySettings,
    ) -> Result<PlanSheet, AppError> {
        Ok(self.plan_basis(deck, settings)?.sheet(deck, settings))
    }

    fn plan_basis(&self, deck: &OpenDeck, settings: &StudySettings) -> Result<StudyPlanner, AppError> {
        let today = self.today();
        let exam_day = settings.exam_day.filter(|day| *day >= today);
        let sizes = self.domain_sizes(deck)?;
        let appraiser = self.appraiser(deck, &sizes, exam_day)?;
        // One sample for all plans that are held against each other, the longest among them.
        let n_days = exam_day.map_or(ROLLING_DAYS, |exam| exam.plus(DAYS_LATER).days_since(today).unsigned_abs());
        let stands_for = sample_step(sizes.iter().map(|size| size.n_concepts).sum(), n_days);
        let concepts = self.planned_concepts(deck, &sizes, stands_for, &appraiser)?;
        let n_reviews = self.store.n_reviews_on(&deck.outline.id, today)?;
        let answering = self.store.answer_time_on(&deck.outline.id, today)?;
        let minutes_used_today = (answering.as_secs_f64() + FEEDBACK_SECS * number(n_reviews)) / 60.0;
        let mocks = self.mock_supply(deck, &sizes, Target::day(exam_day, today))?;
        let minutes = settings.minutes_a_day.unwrap_or(USUAL_MINUTES);
        Ok(StudyPlanner { today, exam_day, minutes, minutes_used_today, concepts, stands_for, appraiser, mocks })
    }

    fn planned_concepts(
        &self,
        deck: &OpenDeck,
        sizes: &[DomainSize],
        stands_for: usize,
        appraiser: &Appraiser,
    ) -> Result<Vec<PlannedConcept>, AppError> {
        let rows = self.store.every_nth(&deck.outline.id, deck.index, stands_for)?;
        let (n_free, _) = self.n_free(deck, sizes)?;
        let mut n_free: Vec<usize> = n_free.into_iter().map(|n| n.div_ceil(stands_for)).collect();
        let concept = |row: &ConceptRow| {
            let candidate = Candidate {
                deck_place: row.place,
                domain_idx: row.domain_idx,
                memory: MemoryRecord { card: row.card, last_answer: row.last_answer },
                expected_secs: expected_secs(appraiser, row.class),
            };
            // One that was never shown takes an unseen question that the reserve does not keep.
            let can_be_shown = row.is_open || n_free.get_mut(row.domain_idx).is_some_and(take_one);
            PlannedConcept { candidate, can_be_shown }
        };
        Ok(rows.iter().map(concept).collect())
    }

    /// What there is to sit; `None` for a deck without an exam or without a clock.
    fn mock_supply(
        &self,
        deck: &OpenDeck,
        sizes: &[DomainSize],
        end: StudyDay,
    ) -> Result<Option<MockSupply>, AppError> {
        let Some(minutes) = deck.outline.exam.as_ref().and_then(|exam| exam.minutes) else { return Ok(None) };
        let sizes = bank_of(deck, sizes)?;
        let n_forms = sizes.iter().filter_map(|size| size.n_unseen.checked_div(size.n_per_form)).min().unwrap_or(0);
        let sittings = self.store.sittings()?;
        let is_mock = |row: &&crate::store::SittingRow| {
            row.deck == deck.outline.id
                && row.kind == SittingKind::Mock
                && matches!(row.ending, Some(Ending::Submitted | Ending::TimeUp))
        };
        let days: Vec<StudyDay> = sittings.iter().filter(is_mock).map(|row| row.study_day).collect();
        let n_recent = days.iter().filter(|day| end.days_since(**day) <= RECENT_DAYS).count();
        Ok(Some(MockSupply { minutes, n_fresh_forms: n_forms, last: days.into_iter().max(), n_recent }))
    }

    /// Returns what the exam may bring after each plan and its days; `None` without a sitting that counts.
    fn outlooks(
        &self,
        deck: &OpenDeck,
        domains: &[DomainWorth],
        plans: &[(StudyPlan, usize)],
    ) -> Result<Option<Vec<PassOutlook>>, AppError> {
        if !may_be_ready(deck, &self.store.sittings()?) {
            return Ok(None);
        }
        let (standing, today) = (self.standing(deck)?, self.today());
        let (ability, form, scale) = (standing.ability(today), standing.form()?, standing.scale());
        let p_today = standing.model.readiness(ability.clone(), &form).p_pass;
        let Some(label_today) = standing.label(p_today, today) else { return Ok(None) };
        let lookout = Lookout::new(standing.model, ability, &form, &standing.reference, scale);
        let known = lookout.known();
        let outlook = |(plan, n_days): &(StudyPlan, usize)| {
            let gain = ability_gain(known, &plan.recall_today, &plan.recall_at_end, domains);
            PassOutlook { p_today, label_today, kept: lookout.outlook(gain, *n_days), passing: scale.passing() }
        };
        Ok(Some(plans.iter().map(outlook).collect()))
    }
}

impl StudyPlanner {
    fn plan(&self, settings: &StudySettings, minutes: u32, exam_day: Option<StudyDay>) -> StudyPlan {
        study_plan(&StudyRequest {
            today: self.today,
            exam_day,
            minutes_a_day: f64::from(minutes),
            minutes_used_today: self.minutes_used_today,
            days_off: &settings.days_off,
            new_a_day: settings.new_a_day,
            most_reviews: settings.reviews_a_day.unwrap_or(usize::MAX),
            concepts: &self.concepts,
            stands_for: self.stands_for,
            domains: self.appraiser.domains(),
            chance: self.appraiser.chance(),
            forecast: self.appraiser.forecast(),
            mocks: self.mocks,
        })
    }

    fn points(&self, plan: &StudyPlan) -> f64 {
        expected_points(&plan.recall_at_end, self.appraiser.domains(), self.appraiser.chance())
    }

    fn sheet(&self, deck: &OpenDeck, settings: &StudySettings) -> PlanSheet {
        let plan = self.plan(settings, self.minutes, self.exam_day);
        let domain = |domain: &Domain| PlanDomain { id: domain.id.to_string(), title: domain.title.clone() };
        PlanSheet {
            deck: deck.outline.id.to_string(),
            title: deck.outline.title.clone(),
            today: self.today,
            exam_day: self.exam_day,
            passed_exam_day: settings.exam_day.filter(|day| *day < self.today),
            minutes_a_day: self.minutes,
            are_minutes_set: settings.minutes_a_day.is_some(),
            days_off: settings.days_off.to_string(),
            domains: deck.outline.domains.iter().map(domain).collect(),
            mocks: self.mocks.map(|own| PlanMocks { minutes: own.minutes, n_fresh_forms: own.n_fresh_forms }),
            points: PlanPoints {
                today: expected_points(&plan.recall_today, self.appraiser.domains(), self.appraiser.chance()),
                at_end: self.points(&plan),
            },
            outlook: None,
            what_if: Vec::new(),
            plan,
        }
    }
}

/// Returns the seconds that an item is expected to take: the learner's median, and the reading of what was right.
fn expected_secs(appraiser: &Appraiser, class: ItemClass) -> f64 {
    let first = FIRST_SECS[usize::from(class == ItemClass::FLASHCARD)];
    let median = appraiser.median_ms(class).map(|ms| Duration::from_millis(ms).as_secs_f64().max(1.0));
    FEEDBACK_SECS + median.unwrap_or(first)
}

/// Takes one of `n` away; `false` if there is none.
fn take_one(n: &mut usize) -> bool {
    let left = n.checked_sub(1);
    *n = left.unwrap_or(0);
    left.is_some()
}

#[expect(clippy::cast_precision_loss, reason = "counts of items are far below 2^52")]
fn number(n: usize) -> f64 {
    n as f64
}
