//! How the chance of a right answer rises with ability.

use std::cmp::Ordering;
use std::f64::consts::PI;

use crate::score::ScoreError;
use crate::score::numeric::logistic;

/// The response curve of one item: P(θ) = c + (1 − c) σ(θ − b), the Rasch model with a fixed chance c.
///
/// When the difficulty is assumed, P is the average over it: c + (1 − c) σ((θ − b) / √(1 + π v / 8)).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemCurve {
    difficulty: f64, // Invariant: finite.
    chance: f64,     // Invariant: 0 <= chance < 1.
    variance: f64,   // Invariant: finite, >= 0.
    source: DifficultySource,
    n_steps: u8,    // Invariant: at least 1.
    steepness: f64, // 1, or 1 / √(1 + π v / 8) when the difficulty is assumed.
}

/// Where a curve's difficulty comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifficultySource {
    /// The author or a calibration gave it.
    Stated,
    /// Nobody gave it; it is that of the domain's other items.
    Assumed,
}

impl ItemCurve {
    /// The curve that stands for every item where nothing is said about difficulty.
    pub const FLAT: ItemCurve = ItemCurve {
        difficulty: 0.0,
        chance: 0.0,
        variance: 0.0,
        source: DifficultySource::Assumed,
        n_steps: 1,
        steepness: 1.0,
    };

    /// Takes the difficulty b in logits, the chance c of a right answer without knowledge, and the variance v of b.
    ///
    /// # Errors
    /// [`ScoreError::Curve`] unless b is finite, 0 <= c < 1, and v is finite and not negative.
    pub fn new(difficulty: f64, chance: f64, variance: f64, source: DifficultySource) -> Result<ItemCurve, ScoreError> {
        if !difficulty.is_finite() || !(0.0..1.0).contains(&chance) || !(0.0..f64::INFINITY).contains(&variance) {
            return Err(ScoreError::Curve { difficulty, chance, variance });
        }
        let steepness = match source {
            DifficultySource::Stated => 1.0,
            DifficultySource::Assumed => 1.0 / (1.0 + PI * variance / 8.0).sqrt(),
        };
        Ok(ItemCurve { difficulty, chance, variance, source, n_steps: 1, steepness })
    }

    /// Returns this curve for an item whose point is earned in `n_steps` equal steps, each with the probability of the
    /// curve and independent of the others given the ability; 0 counts as 1.
    pub fn in_steps(self, n_steps: u8) -> ItemCurve {
        ItemCurve { n_steps: n_steps.max(1), ..self }
    }

    /// Returns the steps in which the point of the item is earned, at least 1.
    pub fn n_steps(&self) -> u8 {
        self.n_steps
    }

    /// Returns the difficulty b in logits.
    pub fn difficulty(&self) -> f64 {
        self.difficulty
    }

    /// Returns the chance c of a right answer without knowledge.
    pub fn chance(&self) -> f64 {
        self.chance
    }

    /// Returns the variance of the difficulty, in square logits; 0 when it is taken as exact.
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// Returns where the difficulty comes from.
    pub fn source(&self) -> DifficultySource {
        self.source
    }

    /// Returns the probability of a right answer at ability `theta`; of each step where there are several.
    pub fn p_right(&self, theta: f64) -> f64 {
        self.chance + (1.0 - self.chance) * logistic(self.steepness * (theta - self.difficulty))
    }

    /// Returns the probability of a wrong answer at ability `theta`; exact where that of a right one is nearly 1.
    pub fn p_wrong(&self, theta: f64) -> f64 {
        (1.0 - self.chance) * logistic(self.steepness * (self.difficulty - theta))
    }

    /// Returns how fast the probability of a right answer rises at `theta`, a logit: (P − c)(1 − P) / (1 − c).
    pub fn slope(&self, theta: f64) -> f64 {
        let knows = logistic(self.steepness * (theta - self.difficulty));
        self.steepness * knows * self.p_wrong(theta)
    }

    /// Returns this curve without a chance of guessing.
    pub(super) fn without_chance(self) -> ItemCurve {
        ItemCurve { chance: 0.0, ..self }
    }

    /// Returns the average of this curve over the doubt about its difficulty; the curve itself where there is none.
    /// A curve of assumed difficulty is such an average already.
    pub(super) fn averaged(self) -> ItemCurve {
        // Over a normal distribution of variance v, a logistic curve averages to nearly one of this slope (MacKay 1992).
        ItemCurve { steepness: 1.0 / (1.0 + PI * self.variance / 8.0).sqrt(), ..self }
    }

    /// Returns this curve with its difficulty brought back to ±`most` logits.
    pub(super) fn clipped(self, most: f64) -> ItemCurve {
        ItemCurve { difficulty: self.difficulty.clamp(-most, most), ..self }
    }

    /// Returns the bits of the numbers that make the probability; curves with equal keys have the same one.
    pub(super) fn key(&self) -> (u64, u64, u64, u64, DifficultySource) {
        let bits = |number: f64| number.to_bits();
        let ItemCurve { difficulty, chance, variance, source, steepness, n_steps: _ } = *self;
        (bits(difficulty), bits(chance), bits(variance), bits(steepness), source)
    }

    /// Orders curves by their numbers, so that equal ones stand together.
    pub(super) fn order(&self, other: &ItemCurve) -> Ordering {
        self.difficulty
            .total_cmp(&other.difficulty)
            .then(self.chance.total_cmp(&other.chance))
            .then(self.variance.total_cmp(&other.variance))
            .then(self.source.cmp(&other.source))
            .then(self.n_steps.cmp(&other.n_steps))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_refused(difficulty: f64, chance: f64, variance: f64) {
        assert!(ItemCurve::new(difficulty, chance, variance, DifficultySource::Stated).is_err());
    }

    #[test]
    fn numbers_that_make_no_curve_are_refused() {
        check_refused(f64::NAN, 0.0, 0.0);
        check_refused(f64::INFINITY, 0.0, 0.0);
        check_refused(0.0, 1.0, 0.0);
        check_refused(0.0, -0.1, 0.0);
        check_refused(0.0, f64::NAN, 0.0);
        check_refused(0.0, 0.0, -1.0);
        check_refused(0.0, 0.0, f64::NAN);
    }

    #[test]
    fn the_slope_is_the_derivative_of_the_curve() {
        for (chance, variance, source) in [
            (0.0, 0.0, DifficultySource::Stated),
            (0.25, 0.0, DifficultySource::Stated),
            (0.1, 1.2, DifficultySource::Assumed),
        ] {
            let curve = ItemCurve::new(0.3, chance, variance, source).expect("a curve");
            for theta in [-3.0, 0.0, 0.3, 2.0] {
                let numeric = (curve.p_right(theta + 1e-5) - curve.p_right(theta - 1e-5)) / 2e-5;
                assert!((curve.slope(theta) - numeric).abs() < 1e-9);
                assert!((curve.p_right(theta) + curve.p_wrong(theta) - 1.0).abs() < 1e-15);
            }
        }
    }

    #[test]
    fn an_assumed_difficulty_flattens_the_curve() {
        let stated = ItemCurve::new(0.0, 0.25, 1.0, DifficultySource::Stated).expect("a curve");
        let assumed = ItemCurve::new(0.0, 0.25, 1.0, DifficultySource::Assumed).expect("a curve");
        assert!(assumed.p_right(2.0) < stated.p_right(2.0) && assumed.p_right(-2.0) > stated.p_right(-2.0));
        assert!((assumed.p_right(0.0) - 0.625).abs() < 1e-15);
    }
}
