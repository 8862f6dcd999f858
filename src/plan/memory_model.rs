//! What a card says about recall, today and later: a small model over what SM-2 keeps.
//!
//! *Forgetting* is a power function of time: R(t) = (1 + β t)^−ψ (W. A. Wickelgren, "Single-trace fragility theory of
//! memory dynamics", 1974; that a power function fits forgetting better than an exponential one: J. T. Wixted & E. B.
//! Ebbesen, "On the form of forgetting", 1991), here with ψ = 1: R(t) = 1 / (1 + t / 9S). S, the stability, is the
//! number of days after which nine of ten are recalled.
//!
//! *Stability* is read off the card: S = s · I^b · (E / 2.5)^g for a card answered right last, with the interval I and
//! the ease factor E, and the same with I = 1 and a lower s after a wrong answer. *Growth* by a right answer: S′ = S (1 +
//! (E − 1) · min(3, (1 − R) / .1)): SM-2's own factor for a card at nine of ten, less for one that is answered early,
//! more for one that was nearly forgotten. The constants are conventions of this project.

use crate::base::StudyDay;
use crate::review::{Card, EaseFactor};

/// What is known of the memory of one concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryRecord {
    /// Its card; `None` before the first evidence.
    pub card: Option<Card>,
    /// The study day of the newest answer, early ones that left the card as it was included; `None` if it was never
    /// answered. A mock counts.
    pub last_answer: Option<StudyDay>,
}

/// How a memory lasts from a day on: what forgetting starts from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Trace {
    pub(super) stability: f64, // days, above 0
    pub(super) ease: f64,      // SM-2's factor, at least 1.3
    pub(super) since: StudyDay,
}

/// Days of stability with an interval of one day and an ease factor of 2.5: answered right, and answered wrong.
const STABILITY_PASSED: f64 = 4.0;
const STABILITY_FAILED: f64 = 1.5;
/// Exponents of the interval and of the ease factor in the stability.
const INTERVAL_EXPONENT: f64 = 0.8;
const EASE_EXPONENT: i32 = 3;
/// Days of stability after a first meeting with something unknown.
const STABILITY_LEARNT: f64 = 1.0;
/// Most that waiting multiplies the growth of stability by.
const MOST_SPACING: f64 = 3.0;
/// What a repeat on the day of a wrong answer multiplies stability by.
const REPEAT_GROWTH: f64 = 1.15;

impl MemoryRecord {
    /// A concept of which nothing is known.
    pub const NEW: MemoryRecord = MemoryRecord { card: None, last_answer: None };

    /// Tells whether the concept was never answered: no evidence, or a card that waits for its first answer.
    pub fn is_new(&self) -> bool {
        self.card.is_none_or(|card| card.last_review.is_none() && self.last_answer.is_none())
    }

    /// Returns what forgetting starts from; `None` before the first answer.
    pub(super) fn trace(&self) -> Option<Trace> {
        let card = self.card?;
        let ease = f64::from(card.memory.ease.hundredths()) / 100.0;
        let start = f64::from(EaseFactor::START.hundredths()) / 100.0;
        let first = if card.memory.repetition == 0 { STABILITY_FAILED } else { STABILITY_PASSED };
        let interval = f64::from(card.memory.interval_days.max(1));
        let stability = first * interval.powf(INTERVAL_EXPONENT) * (ease / start).powi(EASE_EXPONENT);
        match (card.last_review, self.last_answer) {
            (Some(reviewed), answered) => {
                let trace = Trace { stability, ease, since: reviewed };
                // A later answer that left the card was an early right one.
                Some(answered.filter(|day| *day > reviewed).map_or(trace, |day| trace.recalled(day)))
            }
            // A mock that was wrong or shaky made the card.
            (None, Some(since)) => Some(Trace { stability: STABILITY_FAILED, ease, since }),
            (None, None) => None,
        }
    }
}

impl Trace {
    /// What was met for the first time and not known.
    pub(super) fn learnt(today: StudyDay) -> Trace {
        Trace { stability: STABILITY_LEARNT, ease: 1.96, since: today }
    }

    /// The probability of recall on a day; 1 up to the day of the trace itself.
    pub(super) fn recall(self, day: StudyDay) -> f64 {
        let days = f64::from(day.days_since(self.since).max(0));
        1.0 / (1.0 + days / (9.0 * self.stability))
    }

    /// After a right answer on `today`.
    pub(super) fn recalled(self, today: StudyDay) -> Trace {
        let spacing = ((1.0 - self.recall(today)) / 0.1).min(MOST_SPACING);
        Trace { stability: self.stability * (1.0 + (self.ease - 1.0) * spacing), since: today, ..self }
    }

    /// After a wrong answer on `today`, whose reason was read.
    pub(super) fn relearnt(self, today: StudyDay) -> Trace {
        let ease = (self.ease - 0.54).max(1.3);
        let stability = STABILITY_FAILED * (ease / 2.5).powi(EASE_EXPONENT);
        Trace { stability: stability.min(self.stability), ease, since: today }
    }

    /// After a repeat on the day of a wrong answer.
    pub(super) fn repeated(self) -> Trace {
        Trace { stability: self.stability * REPEAT_GROWTH, ..self }
    }
}
