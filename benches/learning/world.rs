//! The hidden learners: how they forget, what they knew before, how long they take, and the exam they sit.
//!
//! None of this is what `cutscore::plan` assumes. The families and their parameters were fixed before any policy was
//! tuned; change them only together with a new report.

use cutscore::base::Seed;
use cutscore::exam::Confidence;
use cutscore::review::{Grade, Rating, Speed, drill_grade};
use rand::{Rng, RngExt};

/// The exam: weights of the domains of CLF-C02, scored questions by domain, right answers needed of 50.
pub(crate) const WEIGHTS: [f64; 4] = [24.0, 30.0, 34.0, 12.0];
pub(crate) const N_IN_FORM: [usize; 4] = [12, 15, 17, 6];
pub(crate) const N_NEEDED: usize = 35;
/// Concepts of the deck by domain, as many as the embedded deck has; more than a fifth of them are flashcards.
pub(crate) const N_CONCEPTS: [usize; 4] = [52, 77, 96, 38];
const FLASHCARD_SHARE: f64 = 0.22;
/// A right answer without knowledge: one of four choices.
pub(crate) const CHANCE: f64 = 0.25;

/// How a family of learners forgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Power forgetting in the manner of FSRS: stability grows the more, the more was forgotten and the less it is.
    Power,
    /// The same, forgetting twice as fast.
    Fast,
    /// The same, forgetting twice as slowly.
    Slow,
    /// Exponential forgetting, with growth and relapse of another form.
    Exponential,
}

pub(crate) const FAMILIES: [Family; 4] = [Family::Power, Family::Fast, Family::Slow, Family::Exponential];

/// Median days until nine of ten are recalled, after a first meeting: longer than the third of a day that FSRS gives
/// after `Again`, shorter than the three after `Good`.
const FIRST_STABILITY: f64 = 1.0;
const FIRST_SPREAD: f64 = 0.6;
/// Spread of stability from learner to learner, and of its growth from review to review, of logarithms.
const LEARNER_SPREAD: f64 = 0.3;
const REVIEW_SPREAD: f64 = 0.2;
/// What was known before the first day: a share between these, ±0.1 by domain, learnt a while ago and lasting.
const KNOWN_SHARE: (f64, f64) = (0.05, 0.45);
const KNOWN_DOMAIN_SPREAD: f64 = 0.1;
const KNOWN_STABILITY: f64 = 60.0;
const KNOWN_STABILITY_SPREAD: f64 = 1.0;
const KNOWN_SINCE: f64 = 30.0;
/// The exam asks in other words: of what is recalled, this share is put to use there.
const TRANSFER: (f64, f64) = (0.75, 0.95);
/// Recall minutes after the answer was shown, and what a repeat so soon does for stability.
const SAME_DAY_RECALL: f64 = 0.92;
const SAME_DAY_GROWTH: f64 = 1.15;
/// Median seconds of a question and of a flashcard, and what reading the reasons adds.
const QUESTION_SECS: f64 = 30.0;
const FLASHCARD_SECS: f64 = 9.0;
const QUESTION_REASONS_SECS: f64 = 15.0;
const FLASHCARD_REASONS_SECS: f64 = 6.0;
const SECS_SPREAD: f64 = 0.3;
const SAME_DAY_PACE: f64 = 0.6;

/// One concept as the learner holds it.
#[derive(Debug, Clone, Copy)]
struct Trace {
    stability: f64, // days until nine of ten are recalled; 0 while the concept is unknown
    since: f64,     // day on which it was last learnt or recalled
    burden: f64,    // difficulty from 1 to 10, as FSRS has it
    first: f64,     // stability that a first meeting gives
}

/// What anybody may know of a concept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Concept {
    pub(crate) domain_idx: usize,
    pub(crate) is_flashcard: bool,
}

/// A learner with all that is hidden.
#[derive(Debug, Clone)]
pub(crate) struct Learner {
    family: Family,
    traces: Vec<Trace>,
    pub(crate) concepts: Vec<Concept>,
    transfer: f64,
    pace: f64,
}

/// An answer as the program would see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer {
    pub(crate) grade: Grade,
    pub(crate) secs: f64,
}

/// Whether the deck mixes its domains or has one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeckOrder {
    Mixed,
    ByDomain,
}

impl Learner {
    pub(crate) fn draw(family: Family, order: DeckOrder, seed: Seed) -> Learner {
        let rng = &mut seed.rng();
        let memory = bell(rng, LEARNER_SPREAD).exp() * family.pace();
        let known = between(rng, KNOWN_SHARE);
        let mut deck: Vec<Concept> = Vec::new();
        for (domain_idx, n) in N_CONCEPTS.into_iter().enumerate() {
            let concept = |_| Concept { domain_idx, is_flashcard: rng.random::<f64>() < FLASHCARD_SHARE };
            deck.extend((0..n).map(concept));
        }
        if order == DeckOrder::Mixed {
            rand::seq::SliceRandom::shuffle(deck.as_mut_slice(), rng);
        }
        let known_by_domain = WEIGHTS.map(|_| (known + bell(rng, KNOWN_DOMAIN_SPREAD)).clamp(0.0, 0.9));
        let mut trace = |concept: &Concept| {
            let burden = (5.0 + bell(rng, 1.5)).clamp(1.0, 10.0);
            let first = FIRST_STABILITY * bell(rng, FIRST_SPREAD).exp() * memory;
            let is_known = rng.random::<f64>() < known_by_domain[concept.domain_idx];
            let stability = KNOWN_STABILITY * bell(rng, KNOWN_STABILITY_SPREAD).exp() * memory;
            let since = -KNOWN_SINCE * bell(rng, 1.0).exp();
            Trace { stability: if is_known { stability } else { 0.0 }, since, burden, first }
        };
        let traces = deck.iter().map(&mut trace).collect();
        let transfer = between(rng, TRANSFER);
        let pace = bell(rng, 0.25).exp();
        Learner { family, traces, concepts: deck, transfer, pace }
    }

    /// Answers a concept on `day` and learns from it.
    pub(crate) fn answer(&mut self, concept_idx: usize, day: f64, rng: &mut impl Rng) -> Answer {
        let trace = &mut self.traces[concept_idx];
        let is_flashcard = self.concepts[concept_idx].is_flashcard;
        let is_same_day = trace.stability > 0.0 && trace.since >= day;
        let is_first = trace.stability <= 0.0;
        let recall = if is_same_day { SAME_DAY_RECALL } else { self.family.recall(*trace, day) };
        let is_recalled = rng.random::<f64>() < recall;
        let is_right = is_recalled || (!is_flashcard && rng.random::<f64>() < CHANCE);

        let noise = bell(rng, REVIEW_SPREAD).exp();
        let stability = match (is_recalled, is_same_day) {
            (true, true) => trace.stability * SAME_DAY_GROWTH,
            (false, true) => trace.stability,
            (true, false) => self.family.grown(*trace, recall) * noise,
            (false, false) if is_first => trace.first,
            (false, false) => self.family.relapsed(*trace, recall) * noise,
        };
        *trace = Trace { stability: stability.clamp(0.1, 3_650.0), since: day, ..*trace };

        let (work, reasons) = if is_flashcard {
            (FLASHCARD_SECS, FLASHCARD_REASONS_SECS)
        } else {
            (QUESTION_SECS, QUESTION_REASONS_SECS)
        };
        let reading = if is_recalled && !is_first { 0.0 } else { reasons };
        let again = if is_same_day { SAME_DAY_PACE } else { 1.0 };
        let secs = (work * bell(rng, SECS_SPREAD).exp() + reading) * self.pace * again;
        Answer { grade: grade(is_flashcard, is_right, is_recalled, rng), secs }
    }

    /// Returns the share of right answers that the exam expects of the learner in each domain on `day`.
    pub(crate) fn shares(&self, day: f64) -> [f64; 4] {
        let mut sums = [0.0; 4];
        let mut counts = [0.0; 4];
        for (trace, concept) in self.traces.iter().zip(&self.concepts) {
            let recall = self.family.recall(*trace, day);
            sums[concept.domain_idx] += CHANCE + (1.0 - CHANCE) * self.transfer * recall;
            counts[concept.domain_idx] += 1.0;
        }
        [0, 1, 2, 3].map(|idx| sums[idx] / counts[idx])
    }
}

impl Family {
    /// Stability of this family beside the first one.
    fn pace(self) -> f64 {
        match self {
            Family::Power | Family::Exponential => 1.0,
            Family::Fast => 0.5,
            Family::Slow => 2.0,
        }
    }

    fn recall(self, trace: Trace, day: f64) -> f64 {
        if trace.stability <= 0.0 {
            return 0.0;
        }
        let age = (day - trace.since) / trace.stability;
        match self {
            Family::Power | Family::Fast | Family::Slow => (1.0 + 19.0 / 81.0 * age).powf(-0.5),
            Family::Exponential => 0.9_f64.powf(age),
        }
    }

    /// Stability after a successful recall.
    fn grown(self, trace: Trace, recall: f64) -> f64 {
        let forgotten = 1.0 - recall;
        match self {
            Family::Power | Family::Fast | Family::Slow => {
                let room = 5.0 * (11.0 - trace.burden) * trace.stability.powf(-0.14);
                trace.stability * (1.0 + room * ((1.05 * forgotten).exp() - 1.0))
            }
            Family::Exponential => trace.stability * (1.0 + 8.0 * forgotten * (11.0 - trace.burden) / 6.0),
        }
    }

    /// Stability after a failure and the reading of the reasons.
    fn relapsed(self, trace: Trace, recall: f64) -> f64 {
        let relapsed = match self {
            Family::Power | Family::Fast | Family::Slow => {
                let forgotten = 1.0 - recall;
                2.1 * trace.burden.powf(-0.08) * ((trace.stability + 1.0).powf(0.32) - 1.0) * (1.6 * forgotten).exp()
            }
            Family::Exponential => (0.25 * trace.stability).max(0.5),
        };
        relapsed.min(trace.stability)
    }
}

/// What the answer is worth, by the product's own table; half of the lucky guesses are owned up to.
fn grade(is_flashcard: bool, is_right: bool, is_recalled: bool, rng: &mut impl Rng) -> Grade {
    let draw = rng.random::<f64>();
    if is_flashcard {
        let rating = match is_recalled {
            false => Rating::Again,
            true if draw < 0.1 => Rating::Hard,
            true if draw < 0.8 => Rating::Good,
            true => Rating::Easy,
        };
        return rating.grade();
    }
    let confidence = match (is_right, is_recalled) {
        (true, true) if draw < 0.1 => Confidence::Unsure,
        (true, false) if draw < 0.5 => Confidence::Guess,
        (false, _) if draw < 0.15 => Confidence::Sure,
        (true | false, _) => Confidence::Unstated,
    };
    let is_fast = is_recalled && rng.random::<f64>() < 0.2;
    drill_grade(is_right, confidence, if is_fast { Speed::Fast } else { Speed::Usual })
}

/// Returns the mean weighted score, 0 to 100, and the probability of at least [`N_NEEDED`] right answers of 50, for
/// these shares of the domains and questions drawn at random.
pub(crate) fn exam(shares: [f64; 4]) -> (f64, f64) {
    let score = shares.iter().zip(WEIGHTS).map(|(share, weight)| share * weight).sum();
    let mut counts = vec![1.0];
    for (share, n) in shares.iter().zip(N_IN_FORM) {
        for _ in 0..n {
            let mut next = vec![0.0; counts.len() + 1];
            for (n_right, probability) in counts.iter().enumerate() {
                next[n_right] += probability * (1.0 - share);
                next[n_right + 1] += probability * share;
            }
            counts = next;
        }
    }
    (score, counts.iter().skip(N_NEEDED).sum())
}

fn between(rng: &mut impl Rng, (least, most): (f64, f64)) -> f64 {
    least + (most - least) * rng.random::<f64>()
}

/// Draws from the normal distribution around 0 (Box & Muller 1958).
fn bell(rng: &mut impl Rng, deviation: f64) -> f64 {
    let (u, v): (f64, f64) = (rng.random(), rng.random());
    deviation * (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}
