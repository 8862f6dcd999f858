//! Marginal maximum likelihood by expectation and maximisation (Bock & Aitkin 1981).
//!
//! The unit is the logit: slopes are 1 and the population's mean and standard deviation are free, so a round moves
//! the scale of abilities as well as the items. That needs far fewer rounds than a slope on a fixed population does.

use crate::score::calibration::expectation::{Curves, Evidence, Expected, Place, Reader};
use crate::score::calibration::grid::Grid;
use crate::score::numeric::count;

/// A round of the fit that is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Round {
    /// Number of the round, from 1.
    pub number: usize,
    /// The largest change of a difficulty or of the population, in logits; the fit ends near 0.
    pub change: f64,
}

/// Change in logits at which a fit is done.
const DONE: f64 = 1e-7;

/// Most rounds. Five items need about 200, fifty about 30.
const MOST_ROUNDS: usize = 3_000;

/// Spread of abilities in logits that the first grid is fine enough for; most groups spread less.
const USUAL_WIDTH: f64 = 1.25;

/// How much wider than the spread that was found a finer grid is made for.
const WIDER: f64 = 1.05;

/// Longest step of a difficulty in a round, in logits: a Newton step from afar may overshoot.
const LONGEST_STEP: f64 = 1.0;

/// What is known beforehand.
pub(super) trait Knowledge {
    /// Chance of guessing each item.
    fn chances(&self) -> &[f64];
    /// Returns how a prior pulls at an item that stands at `difficulty`: the slope of its logarithm, and its precision.
    fn pull(&self, item: usize, difficulty: f64) -> (f64, f64);
    /// Returns mean and standard deviation of the population that the learners were drawn from.
    fn population(&self, sums: PopulationSums) -> (f64, f64);
    /// Brings the scale back to where it is held.
    fn hold(&self, place: &mut Place);
}

/// The learners' abilities as their answers lead one to expect them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PopulationSums {
    pub(super) n: f64,
    pub(super) mean: f64,
    /// Mean square distance from the mean.
    pub(super) variance: f64,
}

/// Where a fit ended.
pub(super) struct Fitted<'a> {
    pub(super) place: Place,
    /// Expectations there.
    pub(super) expected: Expected,
    pub(super) grid: Grid,
    pub(super) evidence: Evidence<'a>,
    pub(super) n_rounds: usize,
}

/// Runs rounds from `start` until nothing moves any more.
pub(super) fn fit<'a>(
    evidence: Evidence<'a>,
    knowledge: &impl Knowledge,
    start: Place,
    on_round: &mut dyn FnMut(Round),
) -> Fitted<'a> {
    let most_answers = evidence.most_answers();
    let mut grid = Grid::for_answers(most_answers, USUAL_WIDTH);
    let mut reader = Reader::new(evidence, &grid);
    let mut now = start;
    let mut n_rounds = 0;
    while n_rounds < MOST_ROUNDS {
        let next = round(&mut reader, &grid, knowledge, &now);
        let change = distance(&now, &next);
        now = next;
        n_rounds += 1;
        on_round(Round { number: n_rounds, change });
        if change < DONE {
            let finer = Grid::for_answers(most_answers, USUAL_WIDTH.max(now.sd * WIDER));
            if finer.len() <= grid.len() {
                break;
            }
            reader = Reader::new(reader.evidence, &finer);
            grid = finer;
        }
    }
    let curves = Curves::at(&now, knowledge.chances(), &now.abilities(&grid));
    let expected = reader.expect(&now, &curves, &grid);
    Fitted { place: now, expected, grid, evidence: reader.evidence, n_rounds }
}

/// Returns the largest difference between two places, in logits.
fn distance(a: &Place, b: &Place) -> f64 {
    let items = a.difficulties.iter().zip(&b.difficulties).map(|(a, b)| (a - b).abs());
    items.chain([(a.mean - b.mean).abs(), (a.sd - b.sd).abs()]).fold(0.0, f64::max)
}

fn round(reader: &mut Reader, grid: &Grid, knowledge: &impl Knowledge, now: &Place) -> Place {
    let abilities = now.abilities(grid);
    let curves = Curves::at(now, knowledge.chances(), &abilities);
    let expected = reader.expect(now, &curves, grid);
    let n_nodes = grid.len();
    let step = |(item, difficulty): (usize, &f64)| {
        let nodes = item * n_nodes..(item + 1) * n_nodes;
        let (n, n_right) = (&expected.n[nodes.clone()], &expected.n_right[nodes.clone()]);
        let push = Push::of(&curves.knows[nodes], knowledge.chances()[item], n, n_right);
        let (pull, precision) = knowledge.pull(item, *difficulty);
        let information = push.information + precision;
        let step = if information > 0.0 { (push.slope + pull) / information } else { 0.0 };
        difficulty + step.clamp(-LONGEST_STEP, LONGEST_STEP)
    };
    let difficulties = now.difficulties.iter().enumerate().map(step).collect();
    let (mean, sd) = knowledge.population(population_sums(&expected, &abilities));
    let mut next = Place { difficulties, mean, sd };
    knowledge.hold(&mut next);
    next
}

fn population_sums(expected: &Expected, abilities: &[f64]) -> PopulationSums {
    let n: f64 = expected.mass.iter().sum();
    let mean = expected.mass.iter().zip(abilities).map(|(mass, theta)| mass * theta).sum::<f64>() / n;
    let square = |(mass, theta): (&f64, &f64)| mass * (theta - mean).powi(2);
    PopulationSums { n, mean, variance: expected.mass.iter().zip(abilities).map(square).sum::<f64>() / n }
}

/// How the answers push an item's difficulty.
pub(super) struct Push {
    /// Slope of the expected log-likelihood.
    pub(super) slope: f64,
    /// Expected information about the difficulty if the abilities were known.
    pub(super) information: f64,
}

impl Push {
    /// With K = σ(θ − b) and P = c + (1 − c) K the slope is Σ (N P − R) K/P and the information Σ N (1 − c) K² (1 − K)/P.
    pub(super) fn of(knows: &[f64], chance: f64, n: &[f64], n_right: &[f64]) -> Push {
        let mut push = Push { slope: 0.0, information: 0.0 };
        for ((knows, n), n_right) in knows.iter().zip(n).zip(n_right) {
            let p = chance + (1.0 - chance) * knows;
            let credit = if chance > 0.0 { knows / p } else { 1.0 }; // also where K is too small for a ratio
            push.slope += (n * p - n_right) * credit;
            push.information += n * (1.0 - chance) * knows * (1.0 - knows) * credit;
        }
        push
    }
}

/// Returns where items may start: the logit of the share of right answers, drawn in a little where all or none are
/// right, and stretched as far as a spread of abilities flattens the curves.
pub(super) fn start_difficulty(n: usize, n_right: usize, sd: f64) -> f64 {
    let share = (count(n_right) + 0.5) / (count(n) + 1.0);
    let stretch = (1.0 + std::f64::consts::PI * sd * sd / 8.0).sqrt();
    -stretch * (share / (1.0 - share)).ln()
}
