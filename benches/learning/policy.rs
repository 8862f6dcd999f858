//! Who chooses the next concept: the three baselines.

use std::collections::VecDeque;

use cutscore::base::{Seed, StudyDay};
use cutscore::plan::REPEAT_AFTER;
use cutscore::review::{Card, Evidence, after};
use rand::seq::SliceRandom;

use crate::world::{Answer, Concept};

/// How the forecast of a policy held, if it has one.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ForecastRecord {
    /// Mean probability of a right answer predicted for the newest answers, and what came of it.
    pub(crate) predicted: f64,
    pub(crate) observed: f64,
    /// Days on which the guard put cards in the order of their due dates.
    pub(crate) share_by_due_date: f64,
}

/// One who chooses concepts, one day after the other.
pub(crate) trait Policy {
    /// Begins a day.
    fn begin(&mut self, today: StudyDay);
    /// Returns the next concept; `None` when there is nothing to do today.
    fn next(&mut self) -> Option<usize>;
    /// Takes in the answer to the concept that was last returned.
    fn observe(&mut self, concept_idx: usize, answer: Answer);
    /// Tells how its forecast held.
    fn forecast(&self) -> ForecastRecord {
        ForecastRecord::default()
    }
}

/// SM-2 by the book: what is due by due date, and with the minutes that are left new concepts in deck order.
pub(crate) struct StrictSm2 {
    cards: Vec<Option<Card>>,
    queue: VecDeque<usize>,
    today: StudyDay,
}

impl StrictSm2 {
    pub(crate) fn new(concepts: &[Concept]) -> StrictSm2 {
        StrictSm2 { cards: vec![None; concepts.len()], queue: VecDeque::new(), today: StudyDay::from_number(0) }
    }
}

impl Policy for StrictSm2 {
    fn begin(&mut self, today: StudyDay) {
        self.today = today;
        let due = |idx: &usize| self.cards[*idx].filter(|card| card.is_due(today)).map(|card| card.due);
        let mut queue: Vec<usize> = (0..self.cards.len()).filter(|idx| due(idx).is_some()).collect();
        queue.sort_by_key(|idx| (due(idx), *idx));
        queue.extend((0..self.cards.len()).filter(|idx| self.cards[*idx].is_none()));
        self.queue = queue.into();
    }

    fn next(&mut self) -> Option<usize> {
        self.queue.pop_front()
    }

    fn observe(&mut self, concept_idx: usize, answer: Answer) {
        let card = after(self.cards[concept_idx], Evidence::Drill(answer.grade), self.today);
        self.cards[concept_idx] = card;
        if card.is_some_and(|card| card.repeat_on == Some(self.today)) {
            self.queue.insert(self.queue.len().min(REPEAT_AFTER), concept_idx);
        }
    }
}

/// Intervals of 1, 3, 7, 14 and 30 days, back to the first after a wrong answer; the rest as [`StrictSm2`].
pub(crate) struct Ladder {
    rungs: Vec<Option<(usize, StudyDay)>>,
    queue: VecDeque<usize>,
    today: StudyDay,
}

const LADDER: [u32; 5] = [1, 3, 7, 14, 30];

impl Ladder {
    pub(crate) fn new(concepts: &[Concept]) -> Ladder {
        Ladder { rungs: vec![None; concepts.len()], queue: VecDeque::new(), today: StudyDay::from_number(0) }
    }
}

impl Policy for Ladder {
    fn begin(&mut self, today: StudyDay) {
        self.today = today;
        let due = |idx: &usize| self.rungs[*idx].map(|(_, due)| due).filter(|due| *due <= today);
        let mut queue: Vec<usize> = (0..self.rungs.len()).filter(|idx| due(idx).is_some()).collect();
        queue.sort_by_key(|idx| (due(idx), *idx));
        queue.extend((0..self.rungs.len()).filter(|idx| self.rungs[*idx].is_none()));
        self.queue = queue.into();
    }

    fn next(&mut self) -> Option<usize> {
        self.queue.pop_front()
    }

    fn observe(&mut self, concept_idx: usize, answer: Answer) {
        let rung = match self.rungs[concept_idx] {
            Some((rung, _)) if answer.grade.is_pass() => (rung + 1).min(LADDER.len() - 1),
            Some(_) | None => 0,
        };
        self.rungs[concept_idx] = Some((rung, self.today.plus(LADDER[rung])));
    }
}

/// All concepts in a shuffled order, again and again.
pub(crate) struct Cram {
    order: VecDeque<usize>,
}

impl Cram {
    pub(crate) fn new(concepts: &[Concept], seed: Seed) -> Cram {
        let mut order: Vec<usize> = (0..concepts.len()).collect();
        order.shuffle(&mut seed.rng());
        Cram { order: order.into() }
    }
}

impl Policy for Cram {
    fn begin(&mut self, _: StudyDay) {}

    fn next(&mut self) -> Option<usize> {
        self.order.pop_front()
    }

    fn observe(&mut self, concept_idx: usize, _: Answer) {
        self.order.push_back(concept_idx);
    }
}
