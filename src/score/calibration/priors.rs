//! What an author's judgement says about a difficulty before anybody answers.

use crate::score::author_scale::JUDGEMENT_VARIANCE;
use crate::score::numeric::count;
use crate::score::{DifficultySource, ItemCurve};

/// What is known of an item before its answers: a normal distribution of its difficulty, and the chance of guessing it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DifficultyPrior {
    /// Mean in logits.
    pub mean: f64,
    /// Variance in square logits, above 0.
    pub variance: f64,
    /// Chance of a right answer without knowledge, 0 to below 1.
    pub chance: f64,
}

/// Variance of true difficulties within a bank, in square logits: the usual convention.
const BANK_VARIANCE: f64 = 1.0;

/// Returns priors for a bank's items.
///
/// A stated difficulty is a report with an error of variance .64 (more if the curve says so; a number in a deck is no
/// measurement, and the answers behind a measured one are usually among those at hand) about difficulties that spread with variance 1 around the mean of the reports. The prior is the
/// posterior of that: the report drawn towards the mean by 1 / (1 + .64), with the variance .64 / (1 + .64) = .39. An
/// assumed difficulty is its own prior, at least as wide as the bank.
pub fn priors_of(curves: &[ItemCurve]) -> Vec<DifficultyPrior> {
    let stated = || curves.iter().filter(|curve| curve.source() == DifficultySource::Stated);
    let n_stated = count(stated().count().max(1));
    let mean = stated().map(ItemCurve::difficulty).sum::<f64>() / n_stated;
    let prior = |curve: &ItemCurve| match curve.source() {
        DifficultySource::Stated => {
            let error = curve.variance().max(JUDGEMENT_VARIANCE);
            let trust = BANK_VARIANCE / (BANK_VARIANCE + error);
            let place = mean + trust * (curve.difficulty() - mean);
            DifficultyPrior { mean: place, variance: trust * error, chance: curve.chance() }
        }
        DifficultySource::Assumed => DifficultyPrior {
            mean: curve.difficulty(),
            variance: curve.variance().max(BANK_VARIANCE),
            chance: curve.chance(),
        },
    };
    curves.iter().map(prior).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(difficulty: f64, variance: f64, source: DifficultySource) -> ItemCurve {
        ItemCurve::new(difficulty, 0.25, variance, source).expect("a curve")
    }

    #[track_caller]
    fn check(curve: ItemCurve, mean: f64, variance: f64) {
        // Beside it another, so that the mean of the reports is 0.
        let prior = priors_of(&[curve, self::curve(-curve.difficulty(), 0.0, DifficultySource::Stated)])[0];
        assert!((prior.mean - mean).abs() < 1e-12 && (prior.variance - variance).abs() < 1e-12, "{prior:?}");
        assert!((prior.chance - 0.25).abs() < 1e-15);
    }

    #[test]
    fn reports_are_drawn_towards_the_mean_as_far_as_they_are_unsure() {
        check(curve(1.64, 0.64, DifficultySource::Stated), 1.0, 0.64 / 1.64);
        check(curve(1.64, 0.0, DifficultySource::Stated), 1.0, 0.64 / 1.64);
        check(curve(2.0, 1.0, DifficultySource::Stated), 1.0, 0.5);
        check(curve(0.0, 0.0, DifficultySource::Assumed), 0.0, 1.0);
        check(curve(0.0, 1.5, DifficultySource::Assumed), 0.0, 1.5);
    }
}
