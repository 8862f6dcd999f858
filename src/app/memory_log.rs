//! What a learner's evidence on a deck says of memory, of habits, and of the forecast: one walk over the log.

use std::collections::BTreeMap;

use crate::app::{App, AppError, OpenDeck};
use crate::base::{ConceptId, ItemId, StudyDay};
use crate::deck::Guessing;
use crate::plan::{DomainWorth, Forecast, MemoryRecord, known_share};
use crate::review::{Evidence, after};
use crate::store::{IndexedItem, Response, StoredEvidence};

/// What the log says.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) struct MemoryLog {
    /// The memory of each concept that has evidence.
    pub(in crate::app) memories: BTreeMap<ConceptId, MemoryRecord>,
    /// The forecast as it stands.
    pub(in crate::app) forecast: Forecast,
    /// Reviews given on each day that had any.
    pub(in crate::app) n_reviews: BTreeMap<StudyDay, usize>,
    /// Of each domain, right and wrong first answers to questions, beside what a real exam told of it.
    first_answers: Vec<(usize, usize)>,
    /// Milliseconds of the answers to flashcards and to questions, the newest last.
    answer_ms: [Vec<u64>; 2],
    /// Milliseconds of the answers of each day.
    ms_by_day: BTreeMap<StudyDay, u64>,
}

/// Seconds that are expected of a question and of a flashcard before ten were answered: conventions.
const FIRST_SECS: [f64; 2] = [30.0, 12.0];
/// Answers that a median needs, and the newest that it looks back on.
const LEAST_ANSWERS: usize = 10;
const MOST_ANSWERS: usize = 100;
/// Seconds that are spent with an item beside the answer: reading what was right. A convention.
const FEEDBACK_SECS: f64 = 8.0;
/// The chance of a right answer to items that the deck no longer has.
const USUAL_CHANCE: f64 = 0.25;

impl App {
    /// Walks over all evidence on a deck.
    pub(in crate::app) fn memory_log(&self, deck: &OpenDeck, items: &[IndexedItem]) -> Result<MemoryLog, AppError> {
        let by_id: BTreeMap<&ItemId, &IndexedItem> = items.iter().map(|item| (&item.facts.id, item)).collect();
        let mut log = MemoryLog {
            memories: BTreeMap::new(),
            forecast: Forecast::START,
            n_reviews: BTreeMap::new(),
            first_answers: self.told_answers(deck)?,
            answer_ms: [Vec::new(), Vec::new()],
            ms_by_day: BTreeMap::new(),
        };
        for evidence in self.store.evidence_log(&deck.outline.id)? {
            let item = evidence.drilled.as_ref().and_then(|drilled| by_id.get(&drilled.item).copied());
            log.take_in(&evidence, item, item.map_or(USUAL_CHANCE, |item| chance_of(deck, item)));
        }
        Ok(log)
    }
}

/// The chance of a right answer without knowledge, as the deck has it.
pub(in crate::app) fn chance_of(deck: &OpenDeck, item: &IndexedItem) -> f64 {
    match &deck.outline.exam {
        Some(exam) => exam.chance(item.facts.kind),
        None => Guessing::ByChoices.chance(item.facts.kind),
    }
}

impl MemoryLog {
    fn take_in(&mut self, own: &StoredEvidence, item: Option<&IndexedItem>, chance: f64) {
        let today = own.study_day;
        let memory = self.memories.get(&own.concept).copied().unwrap_or(MemoryRecord::NEW);
        if let (Evidence::Drill(grade), Some(drilled)) = (own.evidence, &own.drilled) {
            let is_flashcard = matches!(drilled.response, Response::Recall(_));
            let chance = if is_flashcard { 0.0 } else { chance };
            let before = std::mem::replace(&mut self.forecast, Forecast::START);
            self.forecast = before.observed(&memory, today, chance, grade.is_pass());
            let domain = item.and_then(|item| self.first_answers.get_mut(item.facts.domain_idx));
            if let Some((n_right, n_wrong)) = domain.filter(|_| memory.is_new() && !is_flashcard) {
                *(if grade.is_pass() { n_right } else { n_wrong }) += 1;
            }
            self.answer_ms[usize::from(is_flashcard)].push(drilled.answer_ms);
            *self.ms_by_day.entry(today).or_default() += drilled.answer_ms;
            *self.n_reviews.entry(today).or_default() += 1;
        }
        let last_answer = if own.evidence == Evidence::Sent { memory.last_answer } else { Some(today) };
        let record = MemoryRecord { card: after(memory.card, own.evidence, today), last_answer };
        self.memories.insert(own.concept.clone(), record);
    }

    /// Returns the domains as the value needs them.
    pub(in crate::app) fn domain_worths(&self, deck: &OpenDeck, n_concepts: &[usize], chance: f64) -> Vec<DomainWorth> {
        let domains = deck.outline.domains.iter().zip(&self.first_answers).zip(n_concepts);
        domains
            .map(|((domain, (n_right, n_wrong)), n_concepts)| DomainWorth {
                weight: domain.weight.middle(),
                n_concepts: *n_concepts,
                known_share: known_share(*n_right, *n_wrong, chance),
            })
            .collect()
    }

    /// Returns the seconds that an item is expected to take: the learner's median, and the reading of what was right.
    pub(in crate::app) fn expected_secs(&self, is_flashcard: bool) -> f64 {
        let all = &self.answer_ms[usize::from(is_flashcard)];
        let mut newest = all[all.len().saturating_sub(MOST_ANSWERS)..].to_vec();
        newest.sort_unstable();
        let median = newest.get(newest.len() / 2).filter(|_| newest.len() >= LEAST_ANSWERS);
        FEEDBACK_SECS + median.map_or(FIRST_SECS[usize::from(is_flashcard)], |ms| seconds(*ms).max(1.0))
    }

    /// Returns the minutes of drill that a day had.
    pub(in crate::app) fn minutes_on(&self, day: StudyDay) -> f64 {
        let n_reviews = self.n_reviews.get(&day).copied().unwrap_or(0);
        let feedback = u32::try_from(n_reviews).map_or(0.0, f64::from) * FEEDBACK_SECS;
        (self.ms_by_day.get(&day).map_or(0.0, |ms| seconds(*ms)) + feedback) / 60.0
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a lifetime are below 2^52")]
fn seconds(ms: u64) -> f64 {
    ms as f64 / 1_000.0
}
