//! The policy under test: the product's own ranking, fed with what the product would know.

use std::collections::BTreeMap;

use cutscore::base::StudyDay;
use cutscore::plan::{
    Candidate, DayLimits, DayPlan, DaysOff, DomainWorth, Forecast, MemoryRecord, PlannedConcept, QueueOrder, Ranking,
    StudyRequest, Target, Trust, expected_points, known_share, plan_day, rank, study_plan,
};
use cutscore::review::{Evidence, after};

use crate::policy::{ForecastRecord, Policy};
use crate::world::{Answer, CHANCE, Concept, N_CONCEPTS, WEIGHTS};

/// Seconds that are expected of a type of item before it was answered.
const FIRST_SECS: f64 = 30.0;

pub(crate) struct ByValue {
    concepts: Vec<Concept>,
    memories: Vec<MemoryRecord>,
    forecast: Forecast,
    first_answers: [(usize, usize); 4],
    secs: BTreeMap<bool, Vec<f64>>,
    day: DayPlan,
    limits: DayLimits,
    n_days: u32,
    n_days_by_due_date: u32,
    today: StudyDay,
    exam_day: StudyDay,
}

impl ByValue {
    pub(crate) fn new(concepts: &[Concept], exam_day: StudyDay, minutes: u32) -> ByValue {
        ByValue {
            concepts: concepts.to_vec(),
            memories: vec![MemoryRecord::NEW; concepts.len()],
            forecast: Forecast::START,
            first_answers: [(0, 0); 4],
            secs: BTreeMap::new(),
            day: DayPlan { order: QueueOrder::Value, queue: Vec::new(), later: Vec::new() },
            limits: DayLimits { n_new: usize::MAX, n_reviews: usize::MAX, secs: 60.0 * f64::from(minutes) },
            n_days: 0,
            n_days_by_due_date: 0,
            today: StudyDay::from_number(0),
            exam_day,
        }
    }

    fn ranked(&self, concepts: impl Iterator<Item = usize>) -> Ranking {
        let expected_secs = [false, true].map(|is_flashcard| self.expected_secs(is_flashcard));
        let candidates: Vec<Candidate> = concepts
            .map(|idx| Candidate {
                deck_place: idx,
                domain_idx: self.concepts[idx].domain_idx,
                memory: self.memories[idx],
                expected_secs: expected_secs[usize::from(self.concepts[idx].is_flashcard)],
            })
            .collect();
        let exam_day = Target::day(Some(self.exam_day), self.today);
        let target = Target { today: self.today, exam_day, chance: CHANCE };
        rank(&candidates, &self.domains(), target, &self.forecast)
    }

    fn domains(&self) -> [DomainWorth; 4] {
        [0, 1, 2, 3].map(|idx: usize| {
            let (n_right, n_wrong) = self.first_answers[idx];
            let known_share = known_share(n_right, n_wrong, CHANCE);
            DomainWorth { weight: WEIGHTS[idx], n_concepts: N_CONCEPTS[idx], known_share }
        })
    }

    /// The points of 100 that a plan foretells for the exam, for days from `today` on like those so far.
    pub(crate) fn foretold(&self, today: StudyDay) -> f64 {
        let secs = [false, true].map(|is_flashcard| self.expected_secs(is_flashcard));
        let concept = |(deck_place, concept): (usize, &Concept)| PlannedConcept {
            candidate: Candidate {
                deck_place,
                domain_idx: concept.domain_idx,
                memory: self.memories[deck_place],
                expected_secs: secs[usize::from(concept.is_flashcard)],
            },
            can_be_shown: true,
        };
        let concepts: Vec<PlannedConcept> = self.concepts.iter().enumerate().map(concept).collect();
        let domains = self.domains();
        let plan = study_plan(&StudyRequest {
            today,
            exam_day: Some(self.exam_day),
            minutes_a_day: self.limits.secs / 60.0,
            minutes_used_today: 0.0,
            days_off: &DaysOff::default(),
            new_a_day: usize::MAX / 1_000,
            most_reviews: usize::MAX,
            concepts: &concepts,
            stands_for: 1,
            domains: &domains,
            chance: CHANCE,
            forecast: &self.forecast,
            mocks: None,
        });
        expected_points(&plan.recall_at_end, &domains, CHANCE)
    }

    /// The median of the newest hundred answers to items of the type.
    fn expected_secs(&self, is_flashcard: bool) -> f64 {
        let Some(secs) = self.secs.get(&is_flashcard) else { return FIRST_SECS };
        let mut newest = secs[secs.len().saturating_sub(100)..].to_vec();
        newest.sort_by(f64::total_cmp);
        newest[newest.len() / 2]
    }
}

impl Policy for ByValue {
    fn begin(&mut self, today: StudyDay) {
        self.today = today;
        self.day = plan_day(&self.ranked(0..self.concepts.len()), self.limits);
        self.n_days += 1;
        self.n_days_by_due_date += u32::from(self.day.order == QueueOrder::DueDate);
    }

    fn next(&mut self) -> Option<usize> {
        self.day.take_next().map(|worth| worth.deck_place)
    }

    fn observe(&mut self, concept_idx: usize, answer: Answer) {
        let Concept { domain_idx, is_flashcard } = self.concepts[concept_idx];
        let memory = self.memories[concept_idx];
        let is_right = answer.grade.is_pass();
        let chance = if is_flashcard { 0.0 } else { CHANCE };
        self.forecast =
            std::mem::replace(&mut self.forecast, Forecast::START).observed(&memory, self.today, chance, is_right);
        if memory.is_new() && !is_flashcard {
            let (n_right, n_wrong) = &mut self.first_answers[domain_idx];
            *(if is_right { n_right } else { n_wrong }) += 1;
        }
        self.secs.entry(is_flashcard).or_default().push(answer.secs);
        let card = after(memory.card, Evidence::Drill(answer.grade), self.today);
        self.memories[concept_idx] = MemoryRecord { card, last_answer: Some(self.today) };
        if card.is_some_and(|card| card.repeat_on == Some(self.today))
            && let Some(repeat) = self.ranked(std::iter::once(concept_idx)).queue.first()
        {
            self.day.repeat(*repeat);
        }
    }

    fn forecast(&self) -> ForecastRecord {
        let share_by_due_date = f64::from(self.n_days_by_due_date) / f64::from(self.n_days.max(1));
        let (predicted, observed) = match self.forecast.trust() {
            Trust::TooFew => (0.0, 0.0),
            Trust::Held(calibration) | Trust::OverConfident(calibration) => {
                (calibration.predicted, calibration.observed)
            }
        };
        ForecastRecord { predicted, observed, share_by_due_date }
    }
}
