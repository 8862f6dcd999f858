//! What an author's words about an item mean as numbers on the ability scale.

use crate::base::Share;
use crate::deck::{Difficulty, Effort, Guessing, ItemKind, Measurement};

/// Variance of the true difficulty around an author's judgement, in square logits: authors' ratings agree with
/// measured difficulty at r ≈ .8 at best, which leaves about .8 logits of error.
pub(super) const JUDGEMENT_VARIANCE: f64 = 0.64;

/// Logits between two of the five levels; they reach from −1.5 to +1.5.
const LEVEL_STEP: f64 = 0.75;

/// Difficulties past this many logits say no more than "everybody" or "nobody", and are brought back to it.
pub(super) const MAX_DIFFICULTY: f64 = 8.0;

/// What a deck claims about an item's difficulty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Claim {
    /// A place on the ability scale, and the variance of the truth around it.
    Place { difficulty: f64, variance: f64 },
    /// The share of barely passing candidates who are right.
    Angoff(Share),
    /// Nothing.
    Missing,
}

impl Claim {
    pub(super) fn of(difficulty: Option<Difficulty>) -> Claim {
        let judged = |difficulty: f64| Claim::Place { difficulty, variance: JUDGEMENT_VARIANCE };
        match difficulty {
            None => Claim::Missing,
            Some(Difficulty::Effort(Effort::Easy)) => judged(-1.0),
            Some(Difficulty::Effort(Effort::Medium)) => judged(0.0),
            Some(Difficulty::Effort(Effort::Hard)) => judged(1.0),
            Some(Difficulty::Level(level)) => judged(LEVEL_STEP * (f64::from(level.clamp(1, 5)) - 3.0)),
            Some(Difficulty::Logits(logits)) => Claim::Place { difficulty: logits, variance: 0.0 },
            Some(Difficulty::Angoff(share)) => Claim::Angoff(share),
            Some(Difficulty::Measured(Measurement { logits, error })) => {
                Claim::Place { difficulty: logits, variance: error * error }
            }
        }
    }
}

/// Variance of a difficulty that an Angoff share stands for: a judgement like the words.
pub(super) const ANGOFF_VARIANCE: f64 = JUDGEMENT_VARIANCE;

/// Returns the chance of answering such an item rightly without knowing anything, 0 to 1.
///
/// By choices it is 1/k for one of k, 1/C(k, m) for m of k, and for m options in n slots, each in one at most,
/// (m − n)!/m!, which is 1/n! without extra options; all or nothing. A typed answer and a flashcard have none.
pub fn chance_of(kind: ItemKind, guessing: Guessing) -> f64 {
    guessing.chance(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_chance(kind: ItemKind, guessing: Guessing, expected: f64) {
        assert!((chance_of(kind, guessing) - expected).abs() < 1e-15);
    }

    #[test]
    fn guessing_succeeds_as_often_as_blind_choice_does() {
        let choice = |n_choices| ItemKind::MultipleChoice { n_choices };
        let response = |n_choices, n_keys| ItemKind::MultipleResponse { n_choices, n_keys };
        check_chance(choice(4), Guessing::ByChoices, 0.25);
        check_chance(choice(2), Guessing::ByChoices, 0.5);
        check_chance(response(5, 2), Guessing::ByChoices, 0.1);
        check_chance(response(6, 3), Guessing::ByChoices, 0.05);
        check_chance(response(5, 2), Guessing::None, 0.0);
        check_chance(choice(4), Guessing::Fixed(Share::new(0.2).expect("a share")), 0.2);
        check_chance(ItemKind::Flashcard, Guessing::ByChoices, 0.0);
        let arrangement = |n_slots, n_options| ItemKind::Arrangement { n_slots, n_options };
        check_chance(arrangement(3, 3), Guessing::ByChoices, 1.0 / 6.0);
        check_chance(arrangement(5, 5), Guessing::ByChoices, 1.0 / 120.0);
        check_chance(arrangement(3, 5), Guessing::ByChoices, 1.0 / 60.0);
        check_chance(ItemKind::TypedAnswer, Guessing::ByChoices, 0.0);
        check_chance(ItemKind::TypedAnswer, Guessing::Fixed(Share::new(0.2).expect("a share")), 0.0);
    }

    #[track_caller]
    fn check_place(difficulty: Difficulty, place: f64, expected_variance: f64) {
        assert_eq!(Claim::of(Some(difficulty)), Claim::Place { difficulty: place, variance: expected_variance });
    }

    #[test]
    fn words_and_levels_are_judgements_logits_are_exact_and_measurements_have_their_error() {
        check_place(Difficulty::Effort(Effort::Easy), -1.0, 0.64);
        check_place(Difficulty::Effort(Effort::Medium), 0.0, 0.64);
        check_place(Difficulty::Effort(Effort::Hard), 1.0, 0.64);
        check_place(Difficulty::Level(1), -1.5, 0.64);
        check_place(Difficulty::Level(4), 0.75, 0.64);
        check_place(Difficulty::Level(5), 1.5, 0.64);
        check_place(Difficulty::Logits(0.35), 0.35, 0.0);
        check_place(Difficulty::Measured(Measurement { logits: -0.8, error: 0.5 }), -0.8, 0.25);
        assert_eq!(Claim::of(None), Claim::Missing);
    }
}
