//! What a learner's answers tell about ability: a posterior on a grid that moves from day to day.
//!
//! The abilities in the domains scatter around a common one: `θ_d = θ + δ_d`. From day to day θ drifts and the offsets
//! δ stay. Given θ the domains are independent, so the posterior is held as the probability of each θ and, for each
//! domain, of each offset given θ. Answers keep that shape exactly. A drift keeps the distribution of each domain's
//! offset together with θ exactly, and takes the domains as independent given the new θ.

use crate::score::ScoredItem;
use crate::score::answer_logs::{AnswerLogs, exponentials};
use crate::score::numeric::count;

/// What is taken of a learner's ability before the first answer; all in logits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AbilityPrior {
    /// The ability of a barely passing candidate.
    pub theta_cut: f64,
    /// Mean of the common ability, above the cut.
    pub mean_above_cut: f64,
    /// Standard deviation of the common ability; above 0.
    pub deviation: f64,
    /// Standard deviation of a domain's ability around the common one; at least 0.
    pub domain_deviation: f64,
}

/// The probability of each ability, common and by domain.
#[derive(Debug, Clone, PartialEq)]
pub struct Ability {
    theta_cut: f64,         // The cut lies in the middle of the grid, between two points.
    common: Vec<f64>,       // Probability of each point of the grid; the sum is 1.
    scatter: Scatter,       // The offsets that a domain can have.
    domains: Vec<Vec<f64>>, // Of each domain: probability of each offset given the point, point after point.
}

/// The offsets of a domain on the grid.
#[derive(Debug, Clone, PartialEq)]
struct Scatter {
    n_side: usize,   // offsets to each side of none
    n_points: usize, // points of the grid from one offset to the next
    prior: Vec<f64>, // probability of each offset before any answer
}

/// Mean of the ability before a sitting, in logits above the cut: learners sit mocks a little before they are ready.
pub(super) const PRIOR_MEAN_ABOVE_CUT: f64 = -0.3;
/// Standard deviation of the ability before a sitting, in logits.
pub(super) const PRIOR_DEVIATION: f64 = 0.8;
/// Standard deviation of a domain's ability around the common one, in logits.
pub(super) const DOMAIN_DEVIATION: f64 = 0.4;

/// Distance of two grid points in logits.
const GRID_STEP: f64 = 0.05;
/// Grid points to each side of the cut: the grid spans 6 logits each way.
const N_GRID_SIDE: usize = 120;
/// Standard deviations that a normal distribution is followed to each side.
const REACH: f64 = 5.0;

impl AbilityPrior {
    /// Returns the prior of this project around a cut.
    pub fn around(theta_cut: f64) -> AbilityPrior {
        AbilityPrior {
            theta_cut,
            mean_above_cut: PRIOR_MEAN_ABOVE_CUT,
            deviation: PRIOR_DEVIATION,
            domain_deviation: DOMAIN_DEVIATION,
        }
    }
}

impl Ability {
    /// Returns the ability before any answer.
    pub fn before(prior: AbilityPrior, n_domains: usize) -> Ability {
        let scatter = Scatter::new(prior.domain_deviation);
        let mean = prior.theta_cut + prior.mean_above_cut;
        let mut common: Vec<f64> = (0..2 * N_GRID_SIDE)
            .map(|point| bell((grid_point(prior.theta_cut, point) - mean) / prior.deviation))
            .collect();
        scale_to_one(&mut common);
        let domains = vec![scatter.prior.repeat(common.len()); n_domains];
        Ability { theta_cut: prior.theta_cut, common, scatter, domains }
    }

    /// Takes in the answers to items that were never seen before; their order does not matter.
    ///
    /// Doubt about an item's difficulty is averaged out of its curve. Items of domains that there are none of say
    /// nothing.
    pub fn after(self, items: &[ScoredItem]) -> Ability {
        let mut known = AnswerLogs::on(self.reachable());
        self.after_known(items, &mut known)
    }

    /// The same, for many learners with the same prior: `known` stands on [`Ability::reachable`] and is filled as it
    /// goes.
    pub(super) fn after_known(mut self, items: &[ScoredItem], known: &mut AnswerLogs) -> Ability {
        let mut logs = vec![0.0; self.common.len()];
        let width = self.scatter.prior.len();
        for domain_idx in 0..self.domains.len() {
            let own = items.iter().filter(|item| item.domain_idx == domain_idx);
            let answers = own.map(|item| (item.curve.averaged(), item.credit)).collect();
            let likelihoods = exponentials(&known.of_answers(answers));
            for (point, log) in logs.iter_mut().enumerate() {
                let row = &mut self.domains[domain_idx][point * width..(point + 1) * width];
                for (offset, probability) in row.iter_mut().enumerate() {
                    *probability *= likelihoods[point + offset * self.scatter.n_points];
                }
                *log += scale_to_one(row).ln();
            }
        }
        for (probability, likelihood) in self.common.iter_mut().zip(exponentials(&logs)) {
            *probability *= likelihood;
        }
        scale_to_one(&mut self.common);
        self
    }

    /// Lets the common ability drift by a normal step of this mean and standard deviation (above 0), in logits.
    pub fn drifted(mut self, mean: f64, deviation: f64) -> Ability {
        let step = Step::new(mean, deviation);
        let common = step.applied(&self.common, 1);
        let width = self.scatter.prior.len();
        for domain in &mut self.domains {
            let joint: Vec<f64> = domain
                .chunks(width)
                .zip(&self.common)
                .flat_map(|(row, common)| {
                    let common = if *common > NEGLIGIBLE { *common } else { 0.0 };
                    row.iter().map(move |probability| probability * common)
                })
                .collect();
            *domain = step.applied(&joint, width);
            for row in domain.chunks_mut(width) {
                if scale_to_one(row) <= 0.0 {
                    row.copy_from_slice(&self.scatter.prior);
                }
            }
        }
        self.common = common;
        scale_to_one(&mut self.common);
        self
    }

    /// Returns the mean of the common ability, in logits.
    pub fn mean(&self) -> f64 {
        self.expected(|theta| theta)
    }

    /// Returns the standard deviation of the common ability, in logits.
    pub fn deviation(&self) -> f64 {
        let mean = self.mean();
        self.expected(|theta| (theta - mean).powi(2)).sqrt()
    }

    /// Returns the probability that the common ability is at the cut or above.
    pub fn probability_above_cut(&self) -> f64 {
        let above: f64 = self.common[N_GRID_SIDE..].iter().sum();
        // The sum takes each cell of the grid at its middle; this is what the slope at the cut adds (Euler, Maclaurin).
        above - (self.common[N_GRID_SIDE] - self.common[N_GRID_SIDE - 1]) / 24.0
    }

    /// Returns mean and standard deviation of the weighted mean of the domains' abilities, which is what a total over
    /// the domains measures. `weights` has one weight for each domain, with sum 1.
    pub fn composite(&self, weights: &[f64]) -> (f64, f64) {
        let (mut mean, mut square) = (0.0, 0.0);
        for (point, probability) in self.common.iter().enumerate() {
            let (mut own_mean, mut own_variance) = (grid_point(self.theta_cut, point), 0.0);
            for (domain_idx, weight) in weights.iter().enumerate() {
                let (offset, variance) = self.offset_at(domain_idx, point);
                own_mean += weight * offset;
                own_variance += weight * weight * variance;
            }
            mean += probability * own_mean;
            square += probability * (own_variance + own_mean * own_mean);
        }
        (mean, (square - mean * mean).max(0.0).sqrt())
    }

    /// Returns the mean of the ability in a domain, in logits.
    pub fn domain_mean(&self, domain_idx: usize) -> f64 {
        let offset = |point| self.offset_at(domain_idx, point).0;
        self.mean() + self.common.iter().enumerate().map(|(point, own)| own * offset(point)).sum::<f64>()
    }

    /// Returns the average of a function of all domains' abilities that, given them, is a function of independent
    /// counts: `tables[domain]` holds the distribution of the domain's count at each ability of
    /// [`Ability::reachable`], and `value` takes the distribution of their sum.
    pub(super) fn expected_of_sum(&self, tables: &[Vec<Vec<f64>>], value: impl Fn(&[f64]) -> f64) -> f64 {
        let width = self.scatter.prior.len();
        let points = self.common.iter().enumerate().step_by(stride(self.deviation()));
        let points: Vec<(usize, f64)> =
            points.map(|(point, own)| (point, *own)).filter(|(_, own)| *own > NEGLIGIBLE).collect();
        let total: f64 = points.iter().map(|(_, own)| own).sum();
        let mut expected = 0.0;
        for (point, probability) in points {
            let mut sum = vec![1.0];
            for (domain, table) in self.domains.iter().zip(tables) {
                let row = &domain[point * width..(point + 1) * width];
                let mut mixed = vec![0.0; table[point].len()];
                for (offset, weight) in row.iter().enumerate().filter(|(_, weight)| **weight > NEGLIGIBLE) {
                    for (mixed, own) in mixed.iter_mut().zip(&table[point + offset * self.scatter.n_points]) {
                        *mixed += weight * own;
                    }
                }
                sum = convolved(&sum, &mixed);
            }
            expected += probability / total * value(&sum);
        }
        expected
    }

    /// Returns the abilities that a domain can have, the lowest first: the grid with room for the offsets.
    pub(super) fn reachable(&self) -> Vec<f64> {
        let n_room = self.scatter.n_side * self.scatter.n_points;
        let lowest = grid_point(self.theta_cut, 0) - GRID_STEP * count(n_room);
        (0..self.common.len() + 2 * n_room).map(|point| lowest + GRID_STEP * count(point)).collect()
    }

    fn expected(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.common.iter().enumerate().map(|(point, own)| own * of(grid_point(self.theta_cut, point))).sum()
    }

    /// Mean and variance of a domain's offset, given the common ability.
    fn offset_at(&self, domain_idx: usize, point: usize) -> (f64, f64) {
        let width = self.scatter.prior.len();
        let row = &self.domains[domain_idx][point * width..(point + 1) * width];
        let moment = |power| row.iter().enumerate().map(|(idx, own)| own * self.scatter.offset(idx).powi(power)).sum();
        let (mean, square): (f64, f64) = (moment(1), moment(2));
        (mean, square - mean * mean)
    }
}

/// Probabilities below this change nothing that is shown.
const NEGLIGIBLE: f64 = 1e-13;

impl Scatter {
    /// Places offsets half a standard deviation apart: sums over them are then exact to many digits.
    fn new(deviation: f64) -> Scatter {
        let n_points = whole(0.5 * deviation / GRID_STEP).max(1);
        let n_side = whole(REACH * deviation / (GRID_STEP * count(n_points)));
        let mut scatter = Scatter { n_side, n_points, prior: vec![1.0; 2 * n_side + 1] };
        if deviation > 0.0 {
            scatter.prior = (0..=2 * n_side).map(|idx| bell(scatter.offset(idx) / deviation)).collect();
        }
        scale_to_one(&mut scatter.prior);
        scatter
    }

    /// Returns an offset in logits.
    fn offset(&self, idx: usize) -> f64 {
        GRID_STEP * count(self.n_points) * (count(idx) - count(self.n_side))
    }
}

/// A normal step on the grid.
struct Step {
    shifts: Vec<isize>, // points by which each weight moves
    weights: Vec<f64>,  // with sum 1
}

impl Step {
    fn new(mean: f64, deviation: f64) -> Step {
        let reach = whole(REACH * deviation / GRID_STEP).max(1).cast_signed();
        let middle = whole(mean.abs() / GRID_STEP).cast_signed() * if mean < 0.0 { -1 } else { 1 };
        let shifts: Vec<isize> = (middle - reach..=middle + reach).step_by(stride(deviation)).collect();
        let mut weights: Vec<f64> =
            shifts.iter().map(|moved| bell((GRID_STEP * signed(*moved) - mean) / deviation)).collect();
        scale_to_one(&mut weights);
        Step { shifts, weights }
    }

    /// Moves rows of `width` numbers; what would leave the grid stays at its end.
    fn applied(&self, rows: &[f64], width: usize) -> Vec<f64> {
        let mut moved = vec![0.0; rows.len()];
        let last = (rows.len() / width).cast_signed() - 1;
        for (point, row) in rows.chunks(width).enumerate().filter(|(_, row)| row.iter().any(|own| *own > 0.0)) {
            for (weight, shift) in self.weights.iter().zip(&self.shifts) {
                let to = (point.cast_signed() + shift).clamp(0, last).cast_unsigned();
                for (to, own) in moved[to * width..(to + 1) * width].iter_mut().zip(row) {
                    *to += weight * own;
                }
            }
        }
        moved
    }
}

/// Returns how many steps of the grid make half a standard deviation, at least 1: sums of functions as smooth as a normal
/// density over points that far apart are exact to many digits (Goodwin 1949).
fn stride(deviation: f64) -> usize {
    let widest = 0.5 * deviation;
    (1..N_GRID_SIDE).take_while(|points| GRID_STEP * count(*points) <= widest).last().unwrap_or(1)
}

/// Returns the distribution of the sum of two independent counts.
pub(super) fn convolved(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; a.len() + b.len() - 1];
    for (n_a, p) in a.iter().enumerate() {
        for (to, q) in sum[n_a..].iter_mut().zip(b) {
            *to += p * q;
        }
    }
    sum
}

fn grid_point(theta_cut: f64, point: usize) -> f64 {
    theta_cut + GRID_STEP * (count(point) - count(N_GRID_SIDE) + 0.5)
}

/// The normal density up to a factor.
fn bell(z: f64) -> f64 {
    (-0.5 * z * z).exp()
}

/// Scales to the sum 1 and returns what the sum was; leaves a sum of 0 alone.
fn scale_to_one(weights: &mut [f64]) -> f64 {
    let total: f64 = weights.iter().sum();
    if total > 0.0 {
        let factor = 1.0 / total;
        for weight in weights {
            *weight *= factor;
        }
    }
    total
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "points of the grid; `as` saturates")]
fn whole(points: f64) -> usize {
    (points + 0.5).floor().min(1e4) as usize
}

#[expect(clippy::cast_precision_loss, reason = "points of the grid are far below 2^52")]
fn signed(points: isize) -> f64 {
    points as f64
}
