//! When a sitting is evidence of readiness: one rule, for the report and for the probability of passing.

use std::time::Duration;

use crate::exam::{Ending, SittingKind};

/// What a sitting was like, as far as it decides whether it is evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conditions {
    /// What kind of sitting it was.
    pub kind: SittingKind,
    /// How it ended; `None` while it is open.
    pub ending: Option<Ending>,
    /// Exam time that ran between the last thing recorded before each break and the return from it.
    pub away: Duration,
    /// Scored items.
    pub n_scored: usize,
    /// Scored items that had never been shown before.
    pub n_fresh: usize,
}

/// Why a sitting is no evidence of readiness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoEvidence {
    /// It was not a full form under the exam's time limit.
    NotFull,
    /// It was the taste.
    Taste,
    /// It was practice.
    Practice,
    /// It is still open.
    StillOpen,
    /// It was given up.
    Abandoned,
    /// Time ran out with nobody there.
    Unattended,
    /// It was left alone for too long: it was not one sitting.
    LeftAlone {
        /// Exam time that ran meanwhile.
        away: Duration,
    },
    /// Too much of it had been seen before.
    SeenBefore {
        /// Scored items that had been shown before.
        n_seen: usize,
        /// Scored items.
        n_scored: usize,
    },
}

/// Most exam time that a sitting may be left alone, all breaks together: enough for a crash, a restart or the door,
/// and with the item that was being read counted in. A convention of this project.
pub const MOST_TIME_AWAY: Duration = Duration::from_mins(10);
/// Least part of the scored items that must be fresh, as fresh and scored items: four of five. A convention.
const LEAST_FRESH: (usize, usize) = (4, 5);

impl Conditions {
    /// Returns every reason why the sitting is no evidence of readiness; empty if it is.
    pub fn no_evidence_because(&self) -> Vec<NoEvidence> {
        let mut reasons = Vec::new();
        match self.kind {
            SittingKind::Mock => {}
            SittingKind::Partial => reasons.push(NoEvidence::NotFull),
            SittingKind::Taste => reasons.push(NoEvidence::Taste),
            SittingKind::Practice => reasons.push(NoEvidence::Practice),
        }
        match self.ending {
            Some(Ending::Submitted | Ending::TimeUp) => {}
            Some(Ending::Unattended) => reasons.push(NoEvidence::Unattended),
            Some(Ending::Abandoned) => reasons.push(NoEvidence::Abandoned),
            None => reasons.push(NoEvidence::StillOpen),
        }
        if self.away > MOST_TIME_AWAY {
            reasons.push(NoEvidence::LeftAlone { away: self.away });
        }
        if self.n_fresh * LEAST_FRESH.1 < self.n_scored * LEAST_FRESH.0 {
            reasons.push(NoEvidence::SeenBefore { n_seen: self.n_scored - self.n_fresh, n_scored: self.n_scored });
        }
        reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Conditions = Conditions {
        kind: SittingKind::Mock,
        ending: Some(Ending::Submitted),
        away: Duration::ZERO,
        n_scored: 50,
        n_fresh: 50,
    };

    #[track_caller]
    fn check(conditions: Conditions, expected: &[NoEvidence]) {
        assert_eq!(conditions.no_evidence_because(), expected);
    }

    #[test]
    fn only_a_full_fresh_mock_in_one_go_is_evidence() {
        check(GOOD, &[]);
        check(Conditions { ending: Some(Ending::TimeUp), ..GOOD }, &[]);
        check(Conditions { kind: SittingKind::Partial, ..GOOD }, &[NoEvidence::NotFull]);
        check(Conditions { kind: SittingKind::Taste, ..GOOD }, &[NoEvidence::Taste]);
        check(Conditions { kind: SittingKind::Practice, ..GOOD }, &[NoEvidence::Practice]);
        check(Conditions { ending: Some(Ending::Unattended), ..GOOD }, &[NoEvidence::Unattended]);
        check(Conditions { ending: Some(Ending::Abandoned), ..GOOD }, &[NoEvidence::Abandoned]);
        check(Conditions { ending: None, ..GOOD }, &[NoEvidence::StillOpen]);
        check(Conditions { n_fresh: 40, ..GOOD }, &[]);
        check(Conditions { n_fresh: 39, ..GOOD }, &[NoEvidence::SeenBefore { n_seen: 11, n_scored: 50 }]);
        check(Conditions { away: MOST_TIME_AWAY, ..GOOD }, &[]);
        let away = MOST_TIME_AWAY + Duration::from_secs(1);
        check(Conditions { away, ..GOOD }, &[NoEvidence::LeftAlone { away }]);
    }

    #[test]
    fn every_reason_is_named() {
        let poor = Conditions { kind: SittingKind::Partial, ending: None, n_fresh: 0, ..GOOD };
        let seen = NoEvidence::SeenBefore { n_seen: 50, n_scored: 50 };
        check(poor, &[NoEvidence::NotFull, NoEvidence::StillOpen, seen]);
    }
}
