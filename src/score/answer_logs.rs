//! How probable answers are at each ability of a grid; what a curve says there is computed once.

use std::collections::BTreeMap;

use crate::deck::Credit;
use crate::score::numeric::count;
use crate::score::{DifficultySource, ItemCurve};

/// Logarithms of the probabilities of a right and a wrong answer on a grid of abilities, for each curve that was met.
///
/// Many learners answer the same items, so those who score a group keep one of these for all.
#[derive(Debug, Clone)]
pub(super) struct AnswerLogs {
    thetas: Vec<f64>,
    known: BTreeMap<CurveKey, CurveLogs>,
}

/// The bits of a curve's numbers: equal curves have equal keys.
type CurveKey = (u64, u64, u64, u64, DifficultySource);

#[derive(Debug, Clone)]
struct CurveLogs {
    right: Vec<f64>,
    wrong: Vec<f64>,
}

/// Log-likelihoods this far below the highest are taken as equal, so that no product vanishes everywhere.
const LEAST_LOG: f64 = -600.0;

impl AnswerLogs {
    /// Starts with a grid of abilities.
    pub(super) fn on(thetas: Vec<f64>) -> AnswerLogs {
        AnswerLogs { thetas, known: BTreeMap::new() }
    }

    /// Returns the abilities.
    pub(super) fn thetas(&self) -> &[f64] {
        &self.thetas
    }

    /// Returns the log-likelihood of answers at each ability; the order of the answers does not matter.
    pub(super) fn of_answers(&mut self, mut answers: Vec<(ItemCurve, Credit)>) -> Vec<f64> {
        answers.sort_by(|(a, a_credit), (b, b_credit)| a.order(b).then(a_credit.cmp(b_credit)));
        let mut sums = vec![0.0; self.thetas.len()];
        for alike in answers.chunk_by(|a, b| a == b) {
            let (curve, credit) = alike[0];
            let thetas = &self.thetas;
            let known = self.known.entry(curve.key()).or_insert_with(|| CurveLogs {
                right: thetas.iter().map(|theta| curve.p_right(*theta).ln()).collect(),
                wrong: thetas.iter().map(|theta| curve.p_wrong(*theta).ln()).collect(),
            });
            let n_alike = count(alike.len());
            for (n_steps, logs) in [(credit.n_earned(), &known.right), (credit.n_missed(), &known.wrong)] {
                if n_steps > 0 {
                    let n_steps = n_alike * f64::from(n_steps);
                    sums.iter_mut().zip(logs).for_each(|(sum, log)| *sum += n_steps * log);
                }
            }
        }
        sums
    }
}

/// Returns e to the power of each number, scaled so that the highest is 1.
pub(super) fn exponentials(logs: &[f64]) -> Vec<f64> {
    let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    logs.iter().map(|log| (log - highest).max(LEAST_LOG).exp()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::curve;

    #[test]
    fn answers_multiply_whatever_their_order_and_whatever_was_asked_before() {
        let (easy, hard) = (curve(-1.0, 0.25, 0.0), curve(1.0, 0.0, 0.3));
        let [right, wrong] = [true, false].map(Credit::whole);
        let answers = vec![(easy, right), (hard, wrong), (easy, wrong), (easy, right)];
        let thetas = vec![-1.0, 0.5, 2.0];
        let mut logs = AnswerLogs::on(thetas.clone());
        let found = logs.of_answers(answers.clone());
        for (theta, log) in thetas.iter().zip(&found) {
            let p = easy.p_right(*theta).powi(2) * easy.p_wrong(*theta) * hard.p_wrong(*theta);
            assert!((log.exp() - p).abs() < 1e-14);
        }
        assert_eq!(logs.of_answers(answers.into_iter().rev().collect()), found);
        assert_eq!(logs.of_answers(Vec::new()), [0.0; 3]);
    }

    #[test]
    fn steps_of_a_point_are_answers_of_their_own() {
        let (item, theta) = (curve(0.3, 0.0, 0.0).in_steps(3), 0.7);
        let found = AnswerLogs::on(vec![theta]).of_answers(vec![(item, Credit::new(2, 3))]);
        assert!((found[0].exp() - item.p_right(theta).powi(2) * item.p_wrong(theta)).abs() < 1e-14);
    }

    #[test]
    fn even_hopeless_abilities_keep_a_trace() {
        assert_eq!(exponentials(&[0.0, -1e6]), [1.0, (-600.0_f64).exp()]);
    }
}
