//! What showing a card now is worth to this learner, from the newest answers.

use std::collections::BTreeMap;

use crate::app::{App, AppError, OpenDeck};
use crate::base::StudyDay;
use crate::deck::{Blueprint, Guessing, ItemKind, Outline};
use crate::plan::{
    Candidate, DomainRecord, DomainWorth, Expectation, Forecast, MemoryRecord, Ranking, Target, Worth, known_share,
    points_on_exam_day, rank, rank_by_due_date, weakness,
};
use crate::store::{ConceptRow, DomainSize, Foresight, ItemClass, Millionths, NewestAnswer, median_times};

/// What the worth of a card needs to know of the deck and the learner.
pub(in crate::app) struct Appraiser {
    target: Target,
    domains: Vec<DomainWorth>,
    records: Vec<DomainRecord>,
    weakness: Vec<f64>,
    forecast: Forecast,
    median_ms: BTreeMap<ItemClass, u64>,
    exam: Option<Blueprint>,
}

/// Newest answers that are looked back on: twice what the forecast's calibration holds.
const N_ANSWERS: usize = 400;
/// Seconds that are expected of a type of item before there is a median.
const FIRST_SECS: f64 = 30.0;

impl App {
    /// Looks back on the newest answers to a deck.
    pub(in crate::app) fn appraiser(
        &self,
        deck: &OpenDeck,
        sizes: &[DomainSize],
        exam_day: Option<StudyDay>,
    ) -> Result<Appraiser, AppError> {
        let answers = self.store.newest_answers(&deck.outline.id, deck.index, N_ANSWERS)?;
        let told = self.told_answers(deck)?;
        let today = self.today();
        let target = Target { today, exam_day: Target::day(exam_day, today), chance: chance(&deck.outline, sizes) };
        let domains = deck.outline.domains.iter().enumerate().map(|(domain_idx, domain)| {
            let size = sizes.get(domain_idx).copied().unwrap_or_default();
            let firsts = answers.iter().filter(|answer| answer.domain_idx == Some(domain_idx) && answer.is_first());
            let (n_right, n_wrong) = outcomes(told.get(domain_idx), firsts);
            DomainWorth {
                weight: domain.weight.middle(),
                n_concepts: size.n_concepts,
                known_share: known_share(n_right, n_wrong, size.chance),
            }
        });
        let domains = domains.collect();
        // What the screen tells is what was answered; what is chosen minds what a real exam told, too.
        let weighed = records(&deck.outline, &told, &answers);
        let records = records(&deck.outline, &[], &answers);
        Ok(Appraiser {
            target,
            domains,
            weakness: weakness(&weighed),
            records,
            forecast: forecast_of(&answers),
            median_ms: median_times(&answers),
            exam: deck.outline.exam.clone(),
        })
    }
}

impl Appraiser {
    /// Ranks concepts by worth, or by due date while the forecast promises too much.
    pub(in crate::app) fn rank(&self, rows: &[ConceptRow]) -> Ranking {
        rank(&self.candidates(rows), &self.domains, self.target, &self.forecast)
    }

    /// Puts concepts into the order of SM-2.
    pub(in crate::app) fn by_due_date(&self, rows: &[ConceptRow]) -> Vec<Worth> {
        rank_by_due_date(&self.candidates(rows), &self.domains, self.target, &self.forecast).queue
    }

    /// Returns what the newest answers say of each domain: of each item, the newest one.
    pub(in crate::app) fn records(&self) -> &[DomainRecord] {
        &self.records
    }

    /// Returns what recall is predicted from.
    pub(in crate::app) fn forecast(&self) -> &Forecast {
        &self.forecast
    }

    /// Returns the points of 100 that a concept is expected to bring on exam day as it stands.
    pub(in crate::app) fn points(&self, row: &ConceptRow) -> f64 {
        points_on_exam_day(row.domain_idx, &memory(row), &self.domains, self.target, &self.forecast)
    }

    /// Returns each domain's weight times its share of wrong answers.
    pub(in crate::app) fn weakness(&self) -> &[f64] {
        &self.weakness
    }

    /// Returns the learner's median milliseconds for a type of item; `None` before there are enough answers.
    pub(in crate::app) fn median_ms(&self, class: ItemClass) -> Option<u64> {
        self.median_ms.get(&class).copied()
    }

    /// Returns what showing a card is held against: the domains in the order of the deck's list.
    pub(in crate::app) fn domains(&self) -> &[DomainWorth] {
        &self.domains
    }

    /// Returns the chance of a right answer in the exam without knowledge, 0 to below 1.
    pub(in crate::app) fn chance(&self) -> f64 {
        self.target.chance
    }

    /// Returns a domain's share of the exam, 0 to 1.
    pub(in crate::app) fn exam_share(&self, domain_idx: usize) -> f64 {
        let total: f64 = self.domains.iter().map(|domain| domain.weight).sum();
        let weight = self.domains.get(domain_idx).map_or(0.0, |domain| domain.weight);
        if total > 0.0 { weight / total } else { 0.0 }
    }

    /// Returns what is expected of an answer to an item of a concept.
    pub(in crate::app) fn foresight(&self, row: &ConceptRow, kind: ItemKind) -> Foresight {
        let memory = memory(row);
        let chance = self.exam.as_ref().map_or_else(|| Guessing::ByChoices.chance(kind), |exam| exam.chance(kind));
        match self.forecast.expectation(&memory, self.target.today, chance) {
            Some(Expectation { recall, chance, p_right }) => {
                let [recall, chance, p_right] = [recall, chance, p_right].map(Millionths::of);
                Foresight::Recall { recall, chance, p_right }
            }
            None if memory.is_new() => Foresight::First,
            None => Foresight::None,
        }
    }

    fn candidates(&self, rows: &[ConceptRow]) -> Vec<Candidate> {
        let candidate = |row: &ConceptRow| Candidate {
            deck_place: row.place,
            domain_idx: row.domain_idx,
            memory: memory(row),
            expected_secs: self.median_ms.get(&row.class).map_or(FIRST_SECS, |ms| secs(*ms)),
        };
        rows.iter().map(candidate).collect()
    }
}

impl NewestAnswer {
    fn is_first(&self) -> bool {
        self.foresight == Foresight::First
    }
}

fn memory(row: &ConceptRow) -> MemoryRecord {
    MemoryRecord { card: row.card, last_answer: row.last_answer }
}

/// The forecast after these answers, the newest first.
fn forecast_of(answers: &[NewestAnswer]) -> Forecast {
    let expected = |answer: &NewestAnswer| match answer.foresight {
        Foresight::None | Foresight::First => None,
        Foresight::Recall { recall, chance, p_right } => {
            let [recall, chance, p_right] = [recall, chance, p_right].map(Millionths::value);
            Some((Expectation { recall, chance, p_right }, answer.is_right))
        }
    };
    Forecast::of(&answers.iter().rev().filter_map(expected).collect::<Vec<_>>())
}

/// What the newest answers say of each domain: of each item, the newest one.
fn records(outline: &Outline, told: &[(usize, usize)], answers: &[NewestAnswer]) -> Vec<DomainRecord> {
    let record = |(domain_idx, weight): (usize, f64)| {
        let own = answers.iter().filter(|answer| answer.is_latest && answer.domain_idx == Some(domain_idx));
        let (n_right, n_wrong) = outcomes(told.get(domain_idx), own);
        DomainRecord { weight, n_right, n_wrong }
    };
    outline.domains.iter().map(|domain| domain.weight.middle()).enumerate().map(record).collect()
}

/// Counts right and wrong answers, beside those that a real exam told of.
fn outcomes<'a>(told: Option<&(usize, usize)>, answers: impl Iterator<Item = &'a NewestAnswer>) -> (usize, usize) {
    answers.fold(told.copied().unwrap_or_default(), |(n_right, n_wrong), answer| {
        if answer.is_right { (n_right + 1, n_wrong) } else { (n_right, n_wrong + 1) }
    })
}

/// The chance of a right answer in the exam without knowledge: the domains' means by weight.
fn chance(outline: &Outline, sizes: &[DomainSize]) -> f64 {
    let weights = outline.domains.iter().map(|domain| domain.weight.middle());
    let (sum, total) = weights
        .zip(sizes)
        .fold((0.0, 0.0), |(sum, total), (weight, size)| (sum + weight * size.chance, total + weight));
    if total > 0.0 { (sum / total).clamp(0.0, 0.99) } else { 0.0 }
}

#[expect(clippy::cast_precision_loss, reason = "an answer takes far less than 2^52 milliseconds")]
fn secs(ms: u64) -> f64 {
    (ms as f64 / 1_000.0).max(0.1)
}
