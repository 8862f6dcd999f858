//! The plan until the exam, from everything that is known today.

use crate::app::draw::bank_of;
use crate::app::drill_pool::{in_deck_order, may_show, n_free, variants};
use crate::app::memory_log::{MemoryLog, chance_of};
use crate::app::{App, AppError, OpenDeck, StudySettings};
use crate::base::StudyDay;
use crate::deck::{Domain, ItemKind};
use crate::exam::{Ending, SittingKind};
use crate::plan::{
    Candidate, DomainWorth, MemoryRecord, MockSupply, PlannedConcept, RECENT_DAYS, StudyPlan, StudyRequest, Target,
    ability_gain, expected_points, study_plan,
};
use crate::render::{PassOutlook, PlanChange, PlanDomain, PlanMocks, PlanPoints, PlanSheet, WhatIf};
use crate::score::Lookout;
use crate::store::{Exposure, IndexedItem};

/// Minutes a day of a plan where none are set: a convention.
pub const USUAL_MINUTES: u32 = 20;
/// The other plans that are held against the plan.
const MORE_MINUTES: u32 = 10;
const DAYS_LATER: u32 = 7;

/// Everything that a plan is made of.
struct StudyPlanner {
    today: StudyDay,
    exam_day: Option<StudyDay>,
    minutes: u32,
    concepts: Vec<PlannedConcept>,
    domains: Vec<DomainWorth>,
    chance: f64,
    log: MemoryLog,
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
        let outlooks = self.outlooks(deck, &basis.domains, &plans)?.unwrap_or_default();
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
        let items = self.items_of(deck)?;
        let exposures = self.exposures_of(deck, &items)?;
        let log = self.memory_log(deck, &items)?;
        let chances: Vec<f64> =
            items.iter().filter(|item| item.facts.kind.is_exam_item()).map(|item| chance_of(deck, item)).collect();
        let chance = if chances.is_empty() { 0.0 } else { chances.iter().sum::<f64>() / number(chances.len()) };
        let concepts = self.planned_concepts(deck, &items, &exposures, &log)?;
        let mut n_concepts = vec![0; deck.outline.domains.len()];
        for concept in &concepts {
            n_concepts[concept.candidate.domain_idx] += 1;
        }
        let domains = log.domain_worths(deck, &n_concepts, chance);
        let mocks = self.mock_supply(deck, Target::day(exam_day, today))?;
        let minutes = settings.minutes_a_day.unwrap_or(USUAL_MINUTES);
        Ok(StudyPlanner { today, exam_day, minutes, concepts, domains, chance, log, mocks })
    }

    fn planned_concepts(
        &self,
        deck: &OpenDeck,
        items: &[IndexedItem],
        exposures: &[Option<Exposure>],
        log: &MemoryLog,
    ) -> Result<Vec<PlannedConcept>, AppError> {
        let reserve = self.reserve_of(deck)?;
        let mut n_free = n_free(deck.outline.domains.len(), items, exposures, |domain_idx, n_unseen| {
            reserve.n_free(domain_idx, n_unseen)
        });
        let variants = variants(items);
        let expected_secs = [false, true].map(|is_flashcard| log.expected_secs(is_flashcard));
        let concept = |(deck_place, (concept, domain_idx))| {
            let places = variants.get(concept).map(Vec::as_slice).unwrap_or_default();
            let is_flashcard = places.first().is_some_and(|place| items[*place].facts.kind == ItemKind::Flashcard);
            let candidate = Candidate {
                deck_place,
                domain_idx,
                memory: log.memories.get(concept).copied().unwrap_or(MemoryRecord::NEW),
                expected_secs: expected_secs[usize::from(is_flashcard)],
            };
            PlannedConcept { candidate, can_be_shown: may_show(places, items, exposures, &mut n_free[domain_idx]) }
        };
        Ok(in_deck_order(items).into_iter().enumerate().map(concept).collect())
    }

    /// What there is to sit; `None` for a deck without an exam or without a clock.
    fn mock_supply(&self, deck: &OpenDeck, end: StudyDay) -> Result<Option<MockSupply>, AppError> {
        let Some(minutes) = deck.outline.exam.as_ref().and_then(|exam| exam.minutes) else { return Ok(None) };
        let sizes = bank_of(deck, &self.domain_sizes(deck)?)?;
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
        let sittings = self.store.sittings()?;
        let Some((p_today, label_today)) = self.readiness_today(deck, &sittings)? else { return Ok(None) };
        let standing = self.standing(deck)?;
        let (ability, form, scale) = (standing.ability(self.today()), standing.form()?, standing.scale());
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
            minutes_used_today: self.log.minutes_on(self.today),
            days_off: &settings.days_off,
            new_a_day: settings.new_a_day,
            most_reviews: settings.reviews_a_day.unwrap_or(usize::MAX),
            concepts: &self.concepts,
            domains: &self.domains,
            chance: self.chance,
            forecast: &self.log.forecast,
            mocks: self.mocks,
        })
    }

    fn points(&self, plan: &StudyPlan) -> f64 {
        expected_points(&plan.recall_at_end, &self.domains, self.chance)
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
                today: expected_points(&plan.recall_today, &self.domains, self.chance),
                at_end: self.points(&plan),
            },
            outlook: None,
            what_if: Vec::new(),
            plan,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of items are far below 2^52")]
fn number(n: usize) -> f64 {
    n as f64
}
