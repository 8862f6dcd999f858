//! The level a learner shows in each domain, and how sure it is.
//!
//! The abilities in the domains scatter around a common one: `θ_d = θ + δ_d` with `δ_d ~ N(0, 0.4²)`, and θ itself is
//! `N(θ_c − 0.3, 0.8²)` before the sitting. The posterior of each domain's ability is computed on a grid; it borrows
//! from the other domains what a handful of items cannot tell by itself.

use crate::deck::Levels;
use crate::score::ability::{DOMAIN_DEVIATION, PRIOR_DEVIATION, PRIOR_MEAN_ABOVE_CUT};
use crate::score::answer_logs::{AnswerLogs, exponentials};
use crate::score::numeric::count;
use crate::score::{RawScore, Reference, ScoredItem, TestCharacteristic};

/// How a learner did in one domain.
#[derive(Debug, Clone, PartialEq)]
pub struct DomainResult {
    /// Place of the domain in the deck's list.
    pub domain_idx: usize,
    /// Right answers among the scored items.
    pub n_right: usize,
    /// Points earned on the scored items: `n_right`, with parts of points if the deck gives them.
    pub raw: RawScore,
    /// Scored items.
    pub n_items: usize,
    /// The share of the bank's items of this domain that the learner is expected to answer rightly, 0 to 1.
    pub share: f64,
    /// The standard deviation of that share.
    pub share_error: f64,
    /// Place of the most probable level, lowest first.
    pub level_idx: usize,
    /// Its probability, 0 to 1.
    pub level_probability: f64,
    /// Place of the second most probable level; `None` if there is only one.
    pub runner_up_idx: Option<usize>,
}

/// The least probability at which a level is named alone.
pub const CLEAR_LEVEL: f64 = 0.6;

/// Distance of two grid points in logits.
const GRID_STEP: f64 = 0.1;
/// Grid points to each side of the prior mean: the grid spans 6 logits each way.
const N_GRID_SIDE: usize = 60;
/// Grid points to each side that the scatter of a domain reaches: 5 standard deviations.
const N_SCATTER_SIDE: usize = 20;

impl DomainResult {
    /// Tells whether the level is too uncertain to be named alone; then it reads "between" it and the runner-up.
    pub fn is_between_levels(&self) -> bool {
        self.runner_up_idx.is_some() && self.level_probability < CLEAR_LEVEL
    }
}

/// Finds the levels of sittings: what they share is computed once.
#[derive(Debug, Clone)]
pub struct DomainLevels<'a> {
    reference: &'a Reference,
    known: AnswerLogs, // on the grid
    domains: Vec<Option<OwnGrid>>,
}

/// What the bank's items of a domain say about the grid.
#[derive(Debug, Clone)]
struct OwnGrid {
    shares: Vec<f64>,           // the expected share at each ability
    reached: Vec<LevelReached>, // of each level, the lowest first
}

/// From which ability on a level is reached.
#[derive(Debug, Clone, Copy, PartialEq)]
enum LevelReached {
    Always,
    From(f64),
    Never,
}

impl DomainLevels<'_> {
    /// Prepares for sittings of the deck that `reference` and `levels` are of.
    pub fn new<'a>(reference: &'a Reference, levels: &Levels) -> DomainLevels<'a> {
        let grid = grid(reference.theta_cut() + PRIOR_MEAN_ABOVE_CUT);
        let own = |domain_idx| {
            let bank = reference.domain_bank(domain_idx)?;
            let shares = grid.iter().map(|theta| bank.expected_share(*theta)).collect();
            let reached = levels.all().iter().map(|level| LevelReached::of(level.from.value(), bank)).collect();
            Some(OwnGrid { shares, reached })
        };
        let domains = (0..reference.parts().domains.len()).map(own).collect();
        DomainLevels { reference, known: AnswerLogs::on(grid), domains }
    }

    /// Returns the result of each domain that has scored items, in the deck's order; the order of the items does not
    /// matter. `evidence` are those of the `items` whose answers tell something about ability.
    pub fn results(&mut self, items: &[ScoredItem], evidence: &[ScoredItem]) -> Vec<DomainResult> {
        let answers = |domain_idx| {
            of_domain(evidence, domain_idx).map(|item| (self.reference.curve(item.curve), item.credit)).collect()
        };
        let own: Vec<Vec<f64>> = (0..self.domains.len()).map(|idx| self.known.of_answers(answers(idx))).collect();
        let scattered: Vec<Vec<f64>> = own
            .iter()
            .map(|own| scatter(&exponentials(own)).iter().map(|likelihood| likelihood.ln()).collect())
            .collect();

        let mut results = Vec::new();
        for (domain_idx, domain) in self.domains.iter().enumerate() {
            let n_items = of_domain(items, domain_idx).count();
            let Some(domain) = domain.as_ref().filter(|_| n_items > 0) else { continue };
            let others = (0..self.domains.len()).filter(|other_idx| *other_idx != domain_idx);
            let common = others.fold(log_prior(), |sums, other_idx| added(sums, &scattered[other_idx]));
            let from_others = scatter(&exponentials(&common));
            let mut posterior: Vec<f64> =
                exponentials(&own[domain_idx]).iter().zip(&from_others).map(|(own, others)| own * others).collect();
            let total: f64 = posterior.iter().sum();
            for mass in &mut posterior {
                *mass /= total;
            }

            let (share, share_error) = domain.share(&posterior);
            let probabilities = domain.level_probabilities(self.known.thetas(), &posterior);
            let mut ranked: Vec<usize> = (0..probabilities.len()).collect();
            ranked.sort_by(|a, b| probabilities[*b].total_cmp(&probabilities[*a]));
            results.push(DomainResult {
                domain_idx,
                n_right: of_domain(items, domain_idx).filter(|item| item.credit.is_full()).count(),
                raw: of_domain(items, domain_idx).fold(RawScore::ZERO, |sum, item| sum.with(item.credit)),
                n_items,
                share,
                share_error,
                level_idx: ranked[0],
                level_probability: probabilities[ranked[0]],
                runner_up_idx: ranked.get(1).copied(),
            });
        }
        results
    }
}

fn of_domain(items: &[ScoredItem], domain_idx: usize) -> impl Iterator<Item = &ScoredItem> {
    items.iter().filter(move |item| item.domain_idx == domain_idx)
}

fn grid(centre: f64) -> Vec<f64> {
    (0..=2 * N_GRID_SIDE).map(|point| centre + GRID_STEP * (count(point) - count(N_GRID_SIDE))).collect()
}

fn log_prior() -> Vec<f64> {
    grid(0.0).iter().map(|theta| -0.5 * (theta / PRIOR_DEVIATION).powi(2)).collect()
}

/// Returns the convolution with the scatter of a domain around the common ability (up to a constant factor).
fn scatter(values: &[f64]) -> Vec<f64> {
    let kernel: Vec<f64> = (0..=N_SCATTER_SIDE)
        .map(|distance| (-0.5 * (GRID_STEP * count(distance) / DOMAIN_DEVIATION).powi(2)).exp())
        .collect();
    let at = |point: usize| {
        let first = point.saturating_sub(N_SCATTER_SIDE);
        let last = (point + N_SCATTER_SIDE).min(values.len() - 1);
        (first..=last).map(|other| kernel[point.abs_diff(other)] * values[other]).sum()
    };
    (0..values.len()).map(at).collect()
}

fn added(mut sums: Vec<f64>, values: &[f64]) -> Vec<f64> {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
    sums
}

impl LevelReached {
    fn of(share: f64, bank: &TestCharacteristic) -> LevelReached {
        if share <= bank.floor() {
            LevelReached::Always
        } else if share >= 1.0 {
            LevelReached::Never
        } else {
            LevelReached::From(bank.ability(share))
        }
    }
}

impl OwnGrid {
    /// Returns the mean of the expected share on the bank and its standard deviation.
    fn share(&self, posterior: &[f64]) -> (f64, f64) {
        let mean_of = |value: &dyn Fn(f64) -> f64| -> f64 {
            self.shares.iter().zip(posterior).map(|(share, mass)| mass * value(*share)).sum()
        };
        let mean = mean_of(&|share| share);
        (mean, mean_of(&|share| (share - mean).powi(2)).sqrt())
    }

    /// Returns the probability of each level: that the expected share on the bank lies in the level's range.
    fn level_probabilities(&self, grid: &[f64], posterior: &[f64]) -> Vec<f64> {
        // The share rises with ability, so a level is a range of abilities; each grid point stands for a cell around it.
        let probability = |reached: &LevelReached| -> f64 {
            match reached {
                LevelReached::Always => 1.0,
                LevelReached::Never => 0.0,
                LevelReached::From(least) => {
                    let part_above = |theta: f64| ((theta - least) / GRID_STEP + 0.5).clamp(0.0, 1.0);
                    grid.iter().zip(posterior).map(|(theta, mass)| mass * part_above(*theta)).sum()
                }
            }
        };
        let reached: Vec<f64> = self.reached.iter().map(probability).collect();
        let next = reached.iter().skip(1).copied().chain([0.0]);
        reached.iter().zip(next).map(|(this, next)| this - next).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::Credit;
    use crate::score::sample::{curve, curves, reference};

    fn items(domain_idx: usize, n_right: usize, n_wrong: usize) -> Vec<ScoredItem> {
        let item = |is_right| ScoredItem { domain_idx, curve: curve(0.0, 0.25, 0.0), credit: Credit::whole(is_right) };
        [vec![item(false); n_wrong], vec![item(true); n_right]].concat()
    }

    fn bank() -> Reference {
        let difficulties = [-1.5, -0.5, 0.0, 0.5, 1.5];
        reference(&[(1.0, curves(&difficulties, 0.25)), (1.0, curves(&difficulties, 0.25))], 0.7)
    }

    fn results(first: (usize, usize), second: (usize, usize)) -> Vec<DomainResult> {
        let answered = [items(0, first.0, first.1), items(1, second.0, second.1)].concat();
        DomainLevels::new(&bank(), &Levels::default()).results(&answered, &answered)
    }

    #[test]
    fn many_answers_make_the_level_clear_and_few_near_a_threshold_do_not() {
        let clear = &results((60, 0), (57, 3))[0];
        assert_eq!((clear.level_idx, clear.is_between_levels()), (2, false));
        assert!(clear.level_probability > 0.9 && clear.share > 0.85);
        let poor = &results((20, 40), (20, 40))[0];
        assert_eq!((poor.level_idx, poor.n_right, poor.n_items), (0, 20, 60));
        let few = &results((4, 3), (4, 3))[1];
        assert!(few.is_between_levels() && few.runner_up_idx.is_some(), "{few:?}");
    }

    #[test]
    fn a_short_domain_borrows_from_the_others() {
        let (weak, strong) = (results((2, 2), (10, 30)), results((2, 2), (40, 0)));
        assert!(strong[0].share > weak[0].share + 0.1);
    }

    #[test]
    fn each_level_has_its_part_of_the_probability() {
        let levels = Levels::default();
        let reference = bank();
        let grid = grid(reference.theta_cut());
        let posterior = vec![1.0 / count(grid.len()); grid.len()];
        let bank = reference.domain_bank(0).expect("items");
        let own = DomainLevels::new(&reference, &levels).domains[0].clone().expect("items");
        let probabilities = own.level_probabilities(&grid, &posterior);
        assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // With 121 cells of equal mass, a level holds the part of the 12.1 logits that it spans.
        let span = bank.ability(0.8) - bank.ability(0.6);
        assert!((probabilities[1] - span / 12.1).abs() < 1e-9);
    }

    /// The same posterior by brute force: a sum over the common ability and both domains' abilities.
    #[test]
    fn the_share_is_that_of_the_full_posterior() {
        let reference = bank();
        let normal = |z: f64| (-0.5 * z * z).exp();
        let points: Vec<f64> =
            (-35..=35_i32).map(|tenth| reference.theta_cut() - 0.3 + 0.1 * f64::from(tenth)).collect();
        let item = curve(0.0, 0.25, 0.0);
        let likelihood = |theta: f64, n_right: i32, n_wrong: i32| {
            item.p_right(theta).powi(n_right) * item.p_wrong(theta).powi(n_wrong)
        };
        let (mut sum, mut total) = (0.0, 0.0);
        for common in &points {
            let prior = normal((common - reference.theta_cut() + 0.3) / 0.8);
            for first in &points {
                let weight = prior * normal((first - common) / 0.4) * likelihood(*first, 9, 3);
                let share = reference.domain_bank(0).expect("items").expected_share(*first);
                let others: f64 =
                    points.iter().map(|second| normal((second - common) / 0.4) * likelihood(*second, 4, 8)).sum();
                sum += weight * others * share;
                total += weight * others;
            }
        }
        let found = results((9, 3), (4, 8))[0].share;
        assert!((found - sum / total).abs() < 1e-4, "{found} {}", sum / total);
    }
}
