//! What a level in the report of a real exam says of the domain, in answers.

use std::ops::RangeInclusive;

use crate::deck::Levels;

/// Returns how many right and wrong answers a level is taken for: `n_items` of them, as many as the exam asked there, with the
/// share of right ones in the middle of what the level spans. `places` are the levels that it may be.
///
/// A convention of this project: a report tells no answers, and newer ones outweigh it with time.
pub fn told_answers(places: &RangeInclusive<usize>, levels: &Levels, n_items: usize) -> (usize, usize) {
    let from = |place: usize| levels.all().get(place).map_or(1.0, |level| level.from.value());
    let share = f64::midpoint(from(*places.start()), from(*places.end() + 1));
    let n_right = (0..=n_items).rev().find(|n| number(*n) <= share * number(n_items) + 0.5).unwrap_or(0);
    (n_right, n_items - n_right)
}

#[expect(clippy::cast_precision_loss, reason = "counts of exam items are far below 2^52")]
fn number(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_as_many_answers_as_the_exam_asked_and_right_in_its_middle() {
        let levels = Levels::default(); // from 0, .60 and .80
        let told = |places, n_items| told_answers(&places, &levels, n_items);
        assert_eq!([told(0..=0, 20), told(1..=1, 20), told(2..=2, 20)], [(6, 14), (14, 6), (18, 2)]);
        assert_eq!(told(1..=2, 20), (16, 4));
        assert_eq!([told(0..=0, 15), told(0..=0, 0)], [(5, 10), (0, 0)]);
    }
}
