//! What an answer is worth: the one table from answers to grades.

use crate::exam::Confidence;
use crate::review::{Card, Grade};

/// Something learnt about a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// An answer in the drill.
    Drill(Grade),
    /// The worst answer that a sitting gave to the card's concept.
    Mock(MockOutcome),
    /// The learner sent the concept to the drill.
    Sent,
    /// So the card stood in another program.
    Imported(Card),
}

/// What a sitting says about a concept; the order is from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MockOutcome {
    /// Wrong, although the candidate was sure.
    WrongAndSure,
    /// Wrong, incomplete or blank.
    Wrong,
    /// Right, but guessed, unsure or flagged.
    Shaky,
    /// Right and not in doubt.
    Sure,
}

/// How a learner rates the recall of a flashcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rating {
    /// Not recalled.
    Again,
    /// Recalled with effort.
    Hard,
    /// Recalled.
    Good,
    /// Recalled at once.
    Easy,
}

/// How long an answer took beside the learner's own habit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speed {
    /// Under half of the learner's median seconds for this type of item.
    Fast,
    /// Anything else, or too little is known.
    Usual,
}

impl Speed {
    /// Compares an answer's time with the learner's median for the type of item.
    pub fn of(answer_ms: u64, median_ms: Option<u64>) -> Speed {
        match median_ms {
            Some(median_ms) if answer_ms.saturating_mul(2) < median_ms => Speed::Fast,
            _ => Speed::Usual,
        }
    }
}

impl Rating {
    /// Returns the grade of a flashcard: Again 1, Hard 3, Good 4, Easy 5.
    pub fn grade(self) -> Grade {
        match self {
            Rating::Again => Grade::One,
            Rating::Hard => Grade::Three,
            Rating::Good => Grade::Four,
            Rating::Easy => Grade::Five,
        }
    }
}

/// Returns the grade of a drilled question.
///
/// | answer | grade |
/// | --- | --- |
/// | wrong and sure | 0 |
/// | wrong | 1 |
/// | right, but a guess or unsure | 3 |
/// | right | 4 |
/// | right, not a guess nor unsure, and fast | 5 |
pub fn drill_grade(is_right: bool, confidence: Confidence, speed: Speed) -> Grade {
    match (is_right, confidence, speed) {
        (false, Confidence::Sure, _) => Grade::Zero,
        (false, Confidence::Unstated | Confidence::Unsure | Confidence::Guess, _) => Grade::One,
        (true, Confidence::Unsure | Confidence::Guess, _) => Grade::Three,
        (true, Confidence::Unstated | Confidence::Sure, Speed::Usual) => Grade::Four,
        (true, Confidence::Unstated | Confidence::Sure, Speed::Fast) => Grade::Five,
    }
}

/// Returns what an answer in a sitting says.
pub fn mock_outcome(is_right: bool, confidence: Confidence, is_flagged: bool) -> MockOutcome {
    match (is_right, confidence) {
        (false, Confidence::Sure) => MockOutcome::WrongAndSure,
        (false, Confidence::Unstated | Confidence::Unsure | Confidence::Guess) => MockOutcome::Wrong,
        (true, Confidence::Unsure | Confidence::Guess) => MockOutcome::Shaky,
        (true, Confidence::Unstated | Confidence::Sure) if is_flagged => MockOutcome::Shaky,
        (true, Confidence::Unstated | Confidence::Sure) => MockOutcome::Sure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(is_right: bool, confidence: Confidence, speed: Speed, grade: u8) {
        assert_eq!(drill_grade(is_right, confidence, speed).number(), grade);
    }

    #[test]
    fn drilled_answers_are_graded_by_the_table() {
        check(false, Confidence::Sure, Speed::Fast, 0);
        check(false, Confidence::Unstated, Speed::Usual, 1);
        check(false, Confidence::Guess, Speed::Fast, 1);
        check(true, Confidence::Guess, Speed::Fast, 3);
        check(true, Confidence::Unsure, Speed::Usual, 3);
        check(true, Confidence::Unstated, Speed::Usual, 4);
        check(true, Confidence::Sure, Speed::Usual, 4);
        check(true, Confidence::Sure, Speed::Fast, 5);
    }

    #[test]
    fn fast_means_under_half_the_median() {
        assert_eq!(Speed::of(9_999, Some(20_000)), Speed::Fast);
        assert_eq!(Speed::of(10_000, Some(20_000)), Speed::Usual);
        assert_eq!(Speed::of(1, None), Speed::Usual);
    }

    #[test]
    fn a_flag_or_a_doubt_makes_a_right_mock_answer_shaky() {
        assert_eq!(mock_outcome(true, Confidence::Unstated, false), MockOutcome::Sure);
        assert_eq!(mock_outcome(true, Confidence::Sure, true), MockOutcome::Shaky);
        assert_eq!(mock_outcome(true, Confidence::Guess, false), MockOutcome::Shaky);
        assert_eq!(mock_outcome(false, Confidence::Sure, false), MockOutcome::WrongAndSure);
        assert!(MockOutcome::Wrong < MockOutcome::Shaky && MockOutcome::Shaky < MockOutcome::Sure);
    }
}
