//! Difficulties that start from what is known and are moved by answers.

use crate::score::calibration::em::{Knowledge, PopulationSums, Round, fit};
use crate::score::calibration::expectation::{Evidence, Place};
use crate::score::calibration::information::own_information;
use crate::score::calibration::item_sets::ItemSet;
use crate::score::calibration::{DifficultyPrior, ResponseMatrix};
use crate::score::numeric::count;

/// Difficulties and population as priors and answers together make them most probable.
#[derive(Debug, Clone, PartialEq)]
pub struct Refit {
    /// Difficulties in logits, by the place of the item; the prior mean where there are no answers.
    pub difficulties: Vec<f64>,
    /// Their standard errors in logits, that is the standard deviations of what is left unknown of each, if their mean
    /// is where it is held.
    pub errors: Vec<f64>,
    /// Mean ability of the population in logits.
    pub mean: f64,
    /// Standard deviation of the population in logits.
    pub sd: f64,
}

impl Refit {
    /// Returns the difficulties shifted so that their mean is that of `stated`, of which there are as many.
    pub fn with_mean_of(&self, stated: impl Iterator<Item = f64>) -> Vec<f64> {
        let n = count(self.difficulties.len().max(1));
        let shift = (stated.sum::<f64>() - self.difficulties.iter().sum::<f64>()) / n;
        self.difficulties.iter().map(|difficulty| difficulty + shift).collect()
    }
}

/// Where the population's mean is looked for, and how far from there it may be, in logits.
const USUAL_MEAN: f64 = 0.0;
const USUAL_MEAN_VARIANCE: f64 = 1.0;

/// Spread of abilities that is expected, in square logits, and how many learners this expectation weighs.
const USUAL_VARIANCE: f64 = 0.64;
const USUAL_VARIANCE_WEIGHT: f64 = 10.0;

/// Moves difficulties from their priors as far as the answers demand (marginal maximum a posteriori, slopes 1).
///
/// `priors` name every item of the matrix, in order. Works from a single learner on: the population is then mostly
/// what is usual. `on_round` hears of every round.
pub fn refit_difficulties(
    matrix: &ResponseMatrix,
    priors: &[DifficultyPrior],
    on_round: &mut dyn FnMut(Round),
) -> Refit {
    let n_items = matrix.n_items().min(priors.len());
    let means = priors.iter().map(|prior| prior.mean);
    let knowledge =
        Priors { priors: &priors[..n_items], chances: priors[..n_items].iter().map(|prior| prior.chance).collect() };
    let evidence = if knowledge.chances.iter().any(|chance| *chance > 0.0) {
        Evidence::Answers(matrix)
    } else {
        let all = (0..).take(n_items).map(Some).collect::<Vec<_>>();
        let n_right = matrix.tallies().iter().map(|tally| count(tally.n_right)).collect();
        Evidence::Scores { sets: ItemSet::group(matrix, &all), n_right }
    };
    let start =
        Place { difficulties: means.clone().take(n_items).collect(), mean: USUAL_MEAN, sd: USUAL_VARIANCE.sqrt() };
    let end = fit(evidence, &knowledge, start, on_round);
    let own = own_information(&end, knowledge.chances()).into_iter().chain(std::iter::repeat(0.0));
    let error = |(prior, own): (&DifficultyPrior, f64)| 1.0 / (1.0 / prior.variance + own).sqrt();
    let errors = priors.iter().zip(own).map(error).collect();
    let Place { mut difficulties, mean, sd } = end.place;
    difficulties.extend(means.skip(n_items));
    Refit { difficulties, errors, mean, sd }
}

struct Priors<'a> {
    priors: &'a [DifficultyPrior],
    chances: Vec<f64>,
}

impl Knowledge for Priors<'_> {
    fn chances(&self) -> &[f64] {
        &self.chances
    }

    fn pull(&self, item: usize, difficulty: f64) -> (f64, f64) {
        let DifficultyPrior { mean, variance, .. } = self.priors[item];
        ((mean - difficulty) / variance, 1.0 / variance)
    }

    fn population(&self, sums: PopulationSums) -> (f64, f64) {
        let weight = USUAL_VARIANCE_WEIGHT;
        let variance = (sums.n * sums.variance + weight * USUAL_VARIANCE) / (sums.n + weight);
        let precision = sums.n / variance + 1.0 / USUAL_MEAN_VARIANCE;
        ((sums.n * sums.mean / variance + USUAL_MEAN / USUAL_MEAN_VARIANCE) / precision, variance.sqrt())
    }

    /// Moves items and population together to where the priors want them. The answers do not care, so that rounds
    /// alone would get there only slowly.
    fn hold(&self, place: &mut Place) {
        let pulls = place.difficulties.iter().enumerate().map(|(item, difficulty)| self.pull(item, *difficulty));
        let population = ((USUAL_MEAN - place.mean) / USUAL_MEAN_VARIANCE, 1.0 / USUAL_MEAN_VARIANCE);
        let (pull, precision) = pulls.fold(population, |sum, pull| (sum.0 + pull.0, sum.1 + pull.1));
        place.difficulties.iter_mut().for_each(|difficulty| *difficulty += pull / precision);
        place.mean += pull / precision;
    }
}

#[cfg(test)]
mod tests {
    use crate::score::calibration::sample::{Simulation, gathered, simulated_responses, simulation_300};
    use crate::score::calibration::{Response, priors_of};
    use crate::score::{DifficultySource, ItemCurve};

    use super::*;

    fn priors(reports: &[f64], chance: f64) -> Vec<DifficultyPrior> {
        let curve = |b: &f64| ItemCurve::new(*b, chance, 0.64, DifficultySource::Stated).expect("a curve");
        priors_of(&reports.iter().map(curve).collect::<Vec<_>>())
    }

    fn error(found: &[f64], truth: &[f64]) -> f64 {
        let squares: f64 = found.iter().zip(truth).map(|(found, truth)| (found - truth).powi(2)).sum();
        (squares / count(truth.len())).sqrt()
    }

    #[test]
    fn with_three_hundred_learners_the_error_is_near_that_with_known_abilities() {
        let Simulation { truth, reports, responses } = simulation_300();
        let refit = refit_difficulties(&gathered(&responses), &priors(&reports, 0.0), &mut |_| {});
        let error = error(&refit.difficulties, &truth);
        assert!(error <= 0.26, "{error}");
        // The errors are what the standard errors say: their standardised squares have the mean 1.
        let squares =
            refit.difficulties.iter().zip(&truth).zip(&refit.errors).map(|((b, truth), e)| ((b - truth) / e).powi(2));
        let standardised = squares.sum::<f64>() / count(truth.len());
        assert!((0.75..1.25).contains(&standardised), "{standardised}");
        assert!((refit.mean - 0.8).abs() < 0.2 && (refit.sd - 0.8).abs() < 0.1, "{} {}", refit.mean, refit.sd);
    }

    #[test]
    fn even_a_single_learner_improves_on_the_author() {
        let Simulation { truth, reports, responses } = simulation_300();
        let priors = priors(&reports, 0.0);
        let errors: Vec<f64> = (0..300)
            .map(|learner| {
                let own = responses.iter().filter(|response| response.learner == learner);
                let own: Vec<Response> = own.map(|response| Response { learner: 0, ..*response }).collect();
                error(&refit_difficulties(&gathered(&own), &priors, &mut |_| {}).difficulties, &truth)
            })
            .collect();
        let mean = errors.iter().sum::<f64>() / 300.0;
        assert!(mean <= 0.645, "{mean}");
    }

    #[test]
    fn without_answers_the_priors_stand() {
        let priors = priors(&[-1.0, 0.0, 1.0], 0.25);
        let means: Vec<f64> = priors.iter().map(|prior| prior.mean).collect();
        assert_eq!(refit_difficulties(&gathered(&[]), &priors, &mut |_| {}).difficulties, means);
    }

    #[test]
    fn the_chance_of_guessing_is_taken_out() {
        let (truth, mut responses) = simulated_responses(2_000, 20, |_, _| true);
        responses.iter_mut().filter(|response| !response.is_right).step_by(4).for_each(|guess| guess.is_right = true);
        let matrix = gathered(&responses);
        let error =
            |chance| error(&refit_difficulties(&matrix, &priors(&truth, chance), &mut |_| {}).difficulties, &truth);
        assert!(error(0.25) < 0.1 && error(0.0) > 0.3, "{} {}", error(0.25), error(0.0));
    }
}
