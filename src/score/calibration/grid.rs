//! The abilities at which integrals over the population are summed up.

use crate::score::numeric::count;

/// How far the grid reaches on both sides, in standard deviations of the population.
const REACH: f64 = 6.0;

/// Widest distance between nodes, in standard deviations: sums over a normal density are then exact to 1e-15.
const WIDEST_STEP: f64 = 0.25;

/// Most nodes; enough for 1,200 answers a learner.
const MOST_NODES: usize = 241;

/// Information of an answer near its ability in square logits: p q at p ≈ .72.
const USUAL_INFORMATION: f64 = 0.2;

/// Equally spaced nodes with the weights of a standard normal population.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// Places in standard deviations from the mean, ascending.
    pub(super) nodes: Vec<f64>,
    /// Logarithms of the weights, which add up to 1.
    pub(super) log_weights: Vec<f64>,
}

impl Grid {
    /// Chooses nodes close enough for learners who answered up to `most_answers` items and spread by up to `sd` logits:
    /// the step is the standard error of their abilities, at which the trapezoidal rule errs by e^-2π² of the sum.
    pub(super) fn for_answers(most_answers: usize, sd: f64) -> Grid {
        let precision = 1.0 + sd * sd * USUAL_INFORMATION * count(most_answers);
        let step = WIDEST_STEP.min(1.0 / precision.sqrt());
        let half = (1..MOST_NODES / 2).find(|half| count(*half) * step >= REACH).unwrap_or(MOST_NODES / 2);
        let step = REACH / count(half);
        let nodes: Vec<f64> = (0..=2 * half).map(|idx| step * (count(idx) - count(half))).collect();
        let total: f64 = nodes.iter().map(|z| (-z * z / 2.0).exp()).sum();
        let log_weights = nodes.iter().map(|z| -z * z / 2.0 - total.ln()).collect();
        Grid { nodes, log_weights }
    }

    /// Returns the number of nodes.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_those_of_a_standard_normal_population() {
        for most_answers in [1, 65, 500, 5_000] {
            let grid = Grid::for_answers(most_answers, 1.25);
            let moment = |power: i32| -> f64 {
                grid.nodes.iter().zip(&grid.log_weights).map(|(z, log)| z.powi(power) * log.exp()).sum()
            };
            assert!((moment(0) - 1.0).abs() < 1e-12 && moment(1).abs() < 1e-12 && (moment(2) - 1.0).abs() < 1e-6);
            assert!(grid.len() >= 49 && grid.len() <= MOST_NODES);
        }
    }
}
