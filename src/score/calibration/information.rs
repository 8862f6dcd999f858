//! Standard errors from the observed information.
//!
//! The information that the answers hold is what they would hold if abilities were known, less the covariance of the
//! scores over what abilities may still be (Louis 1982). Under the Rasch model the second part is A M Aᵀ for every
//! item set, with a row of A for each parameter and a column for each node.

use crate::score::calibration::em::{Fitted, Push};
use crate::score::calibration::expectation::{Evidence, normalise};
use crate::score::calibration::item_sets::ItemSet;
use crate::score::calibration::responses::place;
use crate::score::numeric::{count, logistic};

/// Standard errors on the scale on which abilities have the standard deviation 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Errors {
    pub(super) difficulties: Vec<f64>,
    pub(super) slope: f64,
}

/// Most items for which the whole information matrix is inverted.
const MOST_ITEMS: usize = 1_000;

/// Most multiplications for the covariances: about a second.
const MOST_WORK: f64 = 1e9;

/// Returns the standard errors of a fit without priors and without guessing whose population has the mean 0.
pub(super) fn standard_errors(fitted: &Fitted<'_>) -> Errors {
    let exact = match &fitted.evidence {
        Evidence::Scores { sets, .. } if is_affordable(sets, fitted.grid.len()) => exact_errors(fitted, sets),
        Evidence::Scores { .. } | Evidence::Answers(_) => None,
    };
    exact.unwrap_or_else(|| approximate_errors(fitted))
}

fn is_affordable(sets: &[ItemSet], n_nodes: usize) -> bool {
    let n_nodes = count(n_nodes);
    let work = |set: &ItemSet| count(set.items.len()) * n_nodes * (n_nodes + count(set.items.len()) / 2.0);
    let largest_item = sets.iter().filter_map(|set| set.items.last()).max().copied().unwrap_or(0);
    place(largest_item) < MOST_ITEMS && sets.iter().map(work).sum::<f64>() <= MOST_WORK
}

/// Inverts the information about all difficulties and the logarithm of the population's standard deviation; `None`
/// if it has no inverse.
fn exact_errors(fitted: &Fitted<'_>, sets: &[ItemSet]) -> Option<Errors> {
    let Fitted { place: end, grid, .. } = fitted;
    let n_items = end.difficulties.len();
    let mut information = Symmetric::zero(n_items + 1);
    for (item, push) in pushes(fitted).enumerate() {
        information.row_mut(item)[item] = push.information;
    }
    let squares: f64 = fitted.expected.mass.iter().zip(&grid.nodes).map(|(mass, z)| mass * z * z).sum();
    information.row_mut(n_items)[n_items] = 2.0 * squares;
    let knows = known_at_nodes(fitted);
    for set in sets {
        subtract_covariance(&mut information, set, &knows, fitted);
    }
    let inverse_root = information.inverse_root()?;
    let variance = |idx: usize| -> f64 { (idx..=n_items).map(|row| inverse_root.row(row)[idx].powi(2)).sum() };
    let last = inverse_root.row(n_items);
    let (var_log_sd, sd) = (last[n_items].powi(2), end.sd);
    // b = β / s, so its error is that of β / s − b ln s.
    let error = |(idx, difficulty): (usize, &f64)| {
        let b = difficulty / sd;
        let covariance = last[idx] * last[n_items];
        (variance(idx) / (sd * sd) - 2.0 * b * covariance / sd + b * b * var_log_sd).sqrt()
    };
    let difficulties = end.difficulties.iter().enumerate().map(error).collect();
    Some(Errors { difficulties, slope: sd * var_log_sd.sqrt() })
}

/// Where there are too many items or item sets for the whole matrix: the item's own information, less what the
/// uncertain abilities take from it, and the error of the population's mean and spread that all items share.
fn approximate_errors(fitted: &Fitted<'_>) -> Errors {
    let Fitted { place: end, expected, .. } = fitted;
    let n_learners: f64 = expected.mass.iter().sum();
    let own = own_information(fitted, &vec![0.0; end.difficulties.len()]);
    let error = |(difficulty, own): (&f64, f64)| {
        let b = difficulty / end.sd;
        (1.0 / (own * end.sd * end.sd) + (1.0 + b * b / 2.0) / n_learners).sqrt()
    };
    let difficulties = end.difficulties.iter().zip(own).map(error).collect();
    Errors { difficulties, slope: end.sd / (2.0 * n_learners).sqrt() }
}

/// Returns the information that each item's own answers hold about its difficulty, in logits, less what the uncertain
/// abilities take from it: an answer of the information I, had the ability been known, keeps I (1 − I V), where V is
/// the usual posterior variance of those who may have this ability.
pub(super) fn own_information(fitted: &Fitted<'_>, chances: &[f64]) -> Vec<f64> {
    let Fitted { grid, expected, .. } = fitted;
    let usual_variance = |node: usize| {
        if expected.mass[node] > 0.0 { expected.variance[node] / expected.mass[node] } else { 0.0 }
    };
    let usual_variances: Vec<f64> = (0..grid.len()).map(usual_variance).collect();
    let knows = known_at_nodes(fitted);
    let own = |(idx, chance): (usize, &f64)| -> f64 {
        let nodes = idx * grid.len()..(idx + 1) * grid.len();
        let at_node = |((n, knows), variance): ((&f64, &f64), &f64)| {
            let p = chance + (1.0 - chance) * knows;
            let information = if p > 0.0 { (1.0 - chance) * knows * knows * (1.0 - knows) / p } else { 0.0 };
            n * information * (1.0 - information * variance)
        };
        expected.n[nodes.clone()].iter().zip(&knows[nodes]).zip(&usual_variances).map(at_node).sum()
    };
    chances.iter().enumerate().map(own).collect()
}

fn known_at_nodes(fitted: &Fitted<'_>) -> Vec<f64> {
    let abilities = fitted.place.abilities(&fitted.grid);
    let of_item =
        |difficulty: &f64| abilities.iter().map(move |theta| logistic(theta - difficulty)).collect::<Vec<_>>();
    fitted.place.difficulties.iter().flat_map(of_item).collect()
}

fn pushes<'a>(fitted: &'a Fitted<'_>) -> impl Iterator<Item = Push> + 'a {
    let n_nodes = fitted.grid.len();
    let knows = known_at_nodes(fitted);
    let expected = &fitted.expected;
    (0..fitted.place.difficulties.len()).map(move |item| {
        let nodes = item * n_nodes..(item + 1) * n_nodes;
        Push::of(&knows[nodes.clone()], 0.0, &expected.n[nodes.clone()], &expected.n_right[nodes])
    })
}

/// Subtracts A M Aᵀ, where M = Σ n (diag w − w wᵀ) over the scores of the set with their posteriors w.
fn subtract_covariance(information: &mut Symmetric, set: &ItemSet, knows: &[f64], fitted: &Fitted<'_>) {
    let Fitted { place: end, grid, .. } = fitted;
    let n_nodes = grid.len();
    let last = end.difficulties.len();
    let squares: Vec<f64> = grid.nodes.iter().map(|z| z * z).collect();
    let params: Vec<usize> = set.items.iter().map(|item| place(*item)).chain([last]).collect();
    let row_of =
        |param: usize| if param == last { &squares[..] } else { &knows[param * n_nodes..(param + 1) * n_nodes] };

    let mut spread = vec![0.0; n_nodes * n_nodes]; // M
    for (n, posterior) in posteriors(set, fitted) {
        for (node, weight) in posterior.iter().enumerate() {
            let row = &mut spread[node * n_nodes..(node + 1) * n_nodes];
            row[node] += n * weight;
            row.iter_mut().zip(&posterior).for_each(|(cell, other)| *cell -= n * weight * other);
        }
    }
    for (idx, param) in params.iter().enumerate() {
        let mut product = vec![0.0; n_nodes]; // a row of A M
        for (value, row) in row_of(*param).iter().zip(spread.chunks_exact(n_nodes)) {
            product.iter_mut().zip(row).for_each(|(sum, cell)| *sum += value * cell);
        }
        for other in &params[..=idx] {
            let covariance: f64 = product.iter().zip(row_of(*other)).map(|(a, b)| a * b).sum();
            information.row_mut(*param)[*other] -= covariance;
        }
    }
}

/// Returns for each score of a set how many reached it, and where their abilities may be.
fn posteriors<'a>(set: &'a ItemSet, fitted: &'a Fitted<'_>) -> impl Iterator<Item = (f64, Vec<f64>)> + 'a {
    let abilities = fitted.place.abilities(&fitted.grid);
    let all_wrong = |theta: f64| -> f64 {
        let ln_wrong = |item: &u32| -(theta - fitted.place.difficulties[place(*item)]).exp().ln_1p();
        set.items.iter().map(ln_wrong).sum()
    };
    let all_wrong: Vec<f64> =
        abilities.iter().zip(&fitted.grid.log_weights).map(|(theta, log)| log + all_wrong(*theta)).collect();
    set.n_by_score.iter().map(move |(score, n)| {
        let log = |(base, theta): (&f64, &f64)| base + f64::from(*score) * theta;
        let mut posterior: Vec<f64> = all_wrong.iter().zip(&abilities).map(log).collect();
        normalise(&mut posterior);
        (f64::from(*n), posterior)
    })
}

/// A square matrix of which the lower triangle counts.
struct Symmetric {
    size: usize,
    cells: Vec<f64>,
}

impl Symmetric {
    fn zero(size: usize) -> Symmetric {
        Symmetric { size, cells: vec![0.0; size * size] }
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.cells[row * self.size..(row + 1) * self.size]
    }

    fn row_mut(&mut self, row: usize) -> &mut [f64] {
        &mut self.cells[row * self.size..(row + 1) * self.size]
    }

    /// Returns the lower triangular X with Xᵀ X the inverse, by Cholesky; `None` unless the matrix is positive definite.
    fn inverse_root(mut self) -> Option<Symmetric> {
        for row in 0..self.size {
            let (above, rest) = self.cells.split_at_mut(row * self.size);
            let own = &mut rest[..self.size];
            for column in 0..row {
                let other = &above[column * self.size..(column + 1) * self.size];
                let known: f64 = own[..column].iter().zip(&other[..column]).map(|(a, b)| a * b).sum();
                own[column] = (own[column] - known) / other[column];
            }
            let left = own[row] - own[..row].iter().map(|cell| cell * cell).sum::<f64>();
            if left.is_nan() || left <= 0.0 {
                return None;
            }
            own[row] = left.sqrt();
        }
        let mut inverse = Symmetric::zero(self.size);
        for row in 0..self.size {
            let factors = self.row(row);
            let (above, rest) = inverse.cells.split_at_mut(row * self.size);
            let own = &mut rest[..self.size];
            for column in 0..row {
                let other = &above[column * self.size..=column * self.size + column];
                own.iter_mut().zip(other).for_each(|(cell, other)| *cell -= factors[column] * other);
            }
            own[row] = 1.0;
            own[..=row].iter_mut().for_each(|cell| *cell /= factors[row]);
        }
        Some(inverse)
    }
}

#[cfg(test)]
mod tests {
    use crate::score::calibration::rasch::fit_alone;
    use crate::score::calibration::sample::simulated;

    use super::*;

    /// Checks approximate against exact errors, where both can be had.
    #[track_caller]
    fn check(n_items: u32, is_asked: impl Fn(u32, u32) -> bool, tolerance: f64) {
        let matrix = simulated(600, n_items, is_asked).1;
        let (fitted, _) = fit_alone(&matrix, &mut |_| {}).expect("a fit");
        let Evidence::Scores { sets, .. } = &fitted.evidence else { panic!("nothing can be guessed") };
        let (exact, approximate) = (exact_errors(&fitted, sets).expect("an inverse"), approximate_errors(&fitted));
        for (exact, approximate) in exact.difficulties.iter().zip(&approximate.difficulties) {
            assert!((approximate / exact - 1.0).abs() < tolerance, "{approximate}, not {exact}");
        }
    }

    #[test]
    fn approximate_errors_are_near_the_exact_ones() {
        check(60, |_, _| true, 0.05);
        check(60, |learner, item| (learner + item) % 3 == 0, 0.05);
        check(20, |learner, item| (learner + item) % 4 > 0, 0.10);
    }
}
