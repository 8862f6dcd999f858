//! The Rasch model fitted to answers alone.

use crate::score::calibration::CalibrationError;
use crate::score::calibration::em::{Fitted, Knowledge, PopulationSums, Round, fit, start_difficulty};
use crate::score::calibration::expectation::{Evidence, Place};
use crate::score::calibration::information::{Errors, standard_errors};
use crate::score::calibration::item_sets::ItemSet;
use crate::score::calibration::responses::{ResponseMatrix, Tally};
use crate::score::numeric::count;

/// The Rasch model of a group, on the scale on which its abilities have mean 0 and standard deviation 1:
/// P(θ) = σ(a (θ − b)) with one slope a for all items.
#[derive(Debug, Clone, PartialEq)]
pub struct RaschFit {
    /// The common slope a.
    pub slope: f64,
    /// Standard error of the slope.
    pub slope_error: f64,
    /// Marginal log-likelihood of the answers.
    pub log_likelihood: f64,
    /// What was found for each item, by its place.
    pub items: Vec<ItemFit>,
    /// Rounds that the fit took.
    pub n_rounds: usize,
}

/// The difficulty of an item; infinite, and so unknown, where everybody or nobody was right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemFit {
    /// Difficulty b in standard deviations of ability.
    pub difficulty: Option<f64>,
    /// Standard error of b.
    pub standard_error: Option<f64>,
}

/// Least gain of log-likelihood over learners of equal ability at which abilities count as different.
const LEAST_GAIN: f64 = 0.01;

/// Spread of abilities in logits from which a fit starts.
const USUAL_SPREAD: f64 = 1.0;

/// Fits the Rasch model by marginal maximum likelihood (Bock & Aitkin 1981; Thissen 1982 for the common slope).
///
/// Learners may have answered different items: missing answers are taken as missing at random. Items that everybody
/// or nobody got right say nothing about ability and stay out. `on_round` hears of every round.
///
/// # Errors
/// [`CalibrationError`] if no item tells learners apart, or the items do not agree on who is able.
pub fn calibrate_rasch(matrix: &ResponseMatrix, on_round: &mut dyn FnMut(Round)) -> Result<RaschFit, CalibrationError> {
    let (end, fitted) = fit_alone(matrix, on_round)?;
    let errors = standard_errors(&end);
    let item_fit = |place: &Option<u32>| item_fit(&end.place, &errors, *place);
    Ok(RaschFit {
        slope: end.place.sd,
        slope_error: errors.slope,
        log_likelihood: end.expected.log_likelihood,
        items: fitted.iter().map(item_fit).collect(),
        n_rounds: end.n_rounds,
    })
}

/// Fits items that tell learners apart, and says which place each item has among them.
pub(super) fn fit_alone<'a>(
    matrix: &ResponseMatrix,
    on_round: &mut dyn FnMut(Round),
) -> Result<(Fitted<'a>, Vec<Option<u32>>), CalibrationError> {
    let (fitted, tallies) = telling_items(matrix);
    if tallies.is_empty() {
        return Err(CalibrationError::NothingToFit);
    }
    let n_right = tallies.iter().map(|tally| count(tally.n_right)).collect();
    let evidence = Evidence::Scores { sets: ItemSet::group(matrix, &fitted), n_right };
    let difficulties = tallies.iter().map(|tally| start_difficulty(tally.n, tally.n_right, USUAL_SPREAD)).collect();
    let start = Place { difficulties, mean: 0.0, sd: USUAL_SPREAD };
    let knowledge = Nothing { chances: vec![0.0; tallies.len()] };
    let end = fit(evidence, &knowledge, start, on_round);
    if end.expected.log_likelihood < equal_abilities(&tallies) + LEAST_GAIN {
        return Err(CalibrationError::NoSpread);
    }
    Ok((end, fitted))
}

fn item_fit(end: &Place, errors: &Errors, fitted_idx: Option<u32>) -> ItemFit {
    let of = |values: &[f64]| values.get(usize::try_from(fitted_idx?).ok()?).copied();
    let difficulty = of(&end.difficulties).map(|difficulty| difficulty / end.sd);
    ItemFit { difficulty, standard_error: of(&errors.difficulties) }
}

/// Returns for each item its place among those that some got right and some wrong, and the tallies of these.
fn telling_items(matrix: &ResponseMatrix) -> (Vec<Option<u32>>, Vec<Tally>) {
    let mut tallies = Vec::new();
    let mut next = 0;
    let place = |tally: Tally| {
        let is_telling = tally.n_right > 0 && tally.n_right < tally.n;
        is_telling.then(|| {
            tallies.push(tally);
            next += 1;
            next - 1
        })
    };
    let fitted = matrix.tallies().into_iter().map(place).collect();
    (fitted, tallies)
}

/// Returns the log-likelihood if all learners were equally able.
fn equal_abilities(tallies: &[Tally]) -> f64 {
    let of = |tally: &Tally| {
        let (n_right, n_wrong) = (count(tally.n_right), count(tally.n - tally.n_right));
        let n = n_right + n_wrong;
        n_right * (n_right / n).ln() + n_wrong * (n_wrong / n).ln()
    };
    tallies.iter().map(of).sum()
}

/// Nothing is known beforehand; the population's mean is where the scale begins.
struct Nothing {
    chances: Vec<f64>,
}

impl Knowledge for Nothing {
    fn chances(&self) -> &[f64] {
        &self.chances
    }

    fn pull(&self, _item: usize, _difficulty: f64) -> (f64, f64) {
        (0.0, 0.0)
    }

    fn population(&self, sums: PopulationSums) -> (f64, f64) {
        (sums.mean, sums.variance.sqrt())
    }

    fn hold(&self, place: &mut Place) {
        place.difficulties.iter_mut().for_each(|difficulty| *difficulty -= place.mean);
        place.mean = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use crate::score::calibration::sample::{learners, lsat6, simulated};
    use crate::score::calibration::{Response, ResponseMatrix};

    use super::*;

    #[track_caller]
    fn check(found: impl IntoIterator<Item = Option<f64>>, expected: &[f64], tolerance: f64) {
        let found: Vec<f64> = found.into_iter().map(|value| value.expect("an estimate")).collect();
        let is_near = |(found, expected): (&f64, &f64)| (found - expected).abs() < tolerance;
        assert!(
            found.len() == expected.len() && found.iter().zip(expected).all(is_near),
            "{found:?}, not {expected:?}"
        );
    }

    fn fitted(matrix: &ResponseMatrix) -> RaschFit {
        calibrate_rasch(matrix, &mut |_| {}).expect("a fit")
    }

    /// Section 6 of the Law School Admission Test (Bock & Lieberman 1970), with the marginal maximum likelihood
    /// estimates that are published for it. The standard errors are this engine's own, pinned.
    #[test]
    fn the_law_school_test_gives_the_published_estimates() {
        let fit = fitted(&lsat6());
        assert!((fit.log_likelihood + 2_466.937_600).abs() < 1e-4, "{}", fit.log_likelihood);
        check([Some(fit.slope)], &[0.7551], 2e-4);
        check(fit.items.iter().map(|item| item.difficulty), &[-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], 2e-4);
        check([Some(fit.slope_error)], &[0.0694], 2e-4);
        check(fit.items.iter().map(|item| item.standard_error), &[0.3266, 0.1422, 0.0977, 0.1691, 0.2510], 5e-4);
    }

    #[test]
    fn missing_answers_move_the_estimates_only_within_their_errors() {
        let (truth, matrix) = simulated(3_000, 40, |learner, item| (learner + item) % 3 > 0);
        let fit = fitted(&matrix);
        for (item, truth) in fit.items.iter().zip(&truth) {
            let (found, error) = (item.difficulty.expect("found"), item.standard_error.expect("known"));
            assert!((found - truth).abs() < 4.0 * error, "{found} ± {error}, not {truth}");
        }
    }

    #[test]
    fn items_that_all_or_none_got_right_stay_out() {
        let plain = learners(&["+-+", "++-", "-++", "+++", "---", "+--"]);
        let with_extremes = learners(&["+-++-", "++-+-", "-+++-", "++++-", "---+-", "+--+-"]);
        let (plain, with_extremes) = (fitted(&plain), fitted(&with_extremes));
        assert_eq!(plain.items, with_extremes.items[..3]);
        assert_eq!(with_extremes.items[3..], [ItemFit { difficulty: None, standard_error: None }; 2]);
        assert!((plain.log_likelihood - with_extremes.log_likelihood).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_calibrated_is_said() {
        let refused = |patterns: &[&str]| calibrate_rasch(&learners(patterns), &mut |_| {}).expect_err("no fit");
        assert_eq!(refused(&[]), CalibrationError::NothingToFit);
        assert_eq!(refused(&["+-", "+-"]), CalibrationError::NothingToFit);
        assert_eq!(refused(&["+-", "-+", "+-", "-+"]), CalibrationError::NoSpread);
    }

    #[test]
    fn the_order_of_the_answers_does_not_matter() {
        let patterns = ["+-+", "++-", "-++", "+++", "---", "+--"];
        let reversed: Vec<&str> = patterns.into_iter().rev().collect();
        let difficulties = |matrix: ResponseMatrix| fitted(&matrix).items.into_iter().map(|item| item.difficulty);
        let expected: Vec<f64> = difficulties(learners(&patterns)).map(|b| b.expect("found")).collect();
        check(difficulties(learners(&reversed)), &expected, 1e-9);
        let turned = |row: u32| Response {
            learner: row % 6,
            item: row / 6,
            is_right: patterns[row as usize % 6].as_bytes()[row as usize / 6] == b'+',
            at: 0,
        };
        check(difficulties(ResponseMatrix::gather(18, turned)), &expected, 1e-12);
    }
}
