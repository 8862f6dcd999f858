//! The expectation step: how many learners of each ability answered an item, and how many of these rightly.

use std::ops::Range;

use crate::score::calibration::grid::Grid;
use crate::score::calibration::item_sets::ItemSet;
use crate::score::calibration::responses::{Answer, ResponseMatrix, place};
use crate::score::numeric::count;

/// Part of a learner's probability that may lie outside the nodes that are looked at.
const NEGLIGIBLE: f64 = 1e-13;

/// Nodes looked at beyond those that mattered in the round before.
const MARGIN: usize = 2;

/// Where items and population stand in a round. The unit of ability is the logit: every slope is 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub(super) difficulties: Vec<f64>,
    pub(super) mean: f64,
    pub(super) sd: f64,
}

impl Place {
    /// Returns the abilities of the grid's nodes.
    pub(super) fn abilities(&self, grid: &Grid) -> Vec<f64> {
        grid.nodes.iter().map(|z| self.mean + self.sd * z).collect()
    }
}

/// Values of all curves at all nodes, item by item.
pub(super) struct Curves {
    /// Probability of knowing the answer, σ(θ − b).
    pub(super) knows: Vec<f64>,
    ln_wrong: Vec<f64>,
    ln_right: Vec<f64>, // empty if no item can be guessed
}

impl Curves {
    pub(super) fn at(place: &Place, chances: &[f64], abilities: &[f64]) -> Curves {
        let n_values = chances.len() * abilities.len();
        let has_chance = chances.iter().any(|chance| *chance > 0.0);
        let mut curves = Curves {
            knows: Vec::with_capacity(n_values),
            ln_wrong: Vec::with_capacity(n_values),
            ln_right: Vec::with_capacity(if has_chance { n_values } else { 0 }),
        };
        for (difficulty, chance) in place.difficulties.iter().zip(chances) {
            let ln_not_guessed = (-chance).ln_1p();
            for theta in abilities {
                let odds = (theta - difficulty).exp();
                curves.knows.push(odds / (1.0 + odds));
                curves.ln_wrong.push(ln_not_guessed - odds.ln_1p());
                if has_chance {
                    curves.ln_right.push(((chance + odds) / (1.0 + odds)).ln());
                }
            }
        }
        curves
    }
}

/// What the answers and the curves of a round together lead one to expect.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    /// Learners who answered, by item and node.
    pub(super) n: Vec<f64>,
    /// Those of them who were right. Where no item can be guessed only the sum over the nodes matters, and all stand
    /// at the first node.
    pub(super) n_right: Vec<f64>,
    /// Learners by node.
    pub(super) mass: Vec<f64>,
    /// Sum by node of these learners' posterior variances, in square logits.
    pub(super) variance: Vec<f64>,
    pub(super) log_likelihood: f64,
}

impl Expected {
    fn none(n_items: usize, n_nodes: usize) -> Expected {
        Expected {
            n: vec![0.0; n_items * n_nodes],
            n_right: vec![0.0; n_items * n_nodes],
            mass: vec![0.0; n_nodes],
            variance: vec![0.0; n_nodes],
            log_likelihood: 0.0,
        }
    }

    fn add_learners(&mut self, n: f64, abilities: &[f64], window: &Range<usize>, posterior: &[f64]) {
        let abilities = &abilities[window.clone()];
        let mean: f64 = posterior.iter().zip(abilities).map(|(weight, theta)| weight * theta).sum();
        let variance: f64 =
            posterior.iter().zip(abilities).map(|(weight, theta)| weight * (theta - mean).powi(2)).sum();
        let (masses, variances) = (&mut self.mass[window.clone()], &mut self.variance[window.clone()]);
        for ((weight, mass), sum) in posterior.iter().zip(masses).zip(variances) {
            *mass += n * weight;
            *sum += n * weight * variance;
        }
    }
}

/// The answers in the shape in which a round reads them.
pub(super) enum Evidence<'a> {
    /// No item can be guessed: scores suffice.
    Scores {
        sets: Vec<ItemSet>,
        /// Right answers to each item.
        n_right: Vec<f64>,
    },
    /// Items can be guessed: every answer counts for itself.
    Answers(&'a ResponseMatrix),
}

impl Evidence<'_> {
    /// Returns the largest number of answers of one learner.
    pub(super) fn most_answers(&self) -> usize {
        match self {
            Evidence::Scores { sets, .. } => sets.iter().map(|set| set.items.len()).max().unwrap_or(0),
            Evidence::Answers(matrix) => matrix.learners().map(<[_]>::len).max().unwrap_or(0),
        }
    }
}

/// The evidence, and for each of its parts the nodes that matter.
pub(super) struct Reader<'a> {
    pub(super) evidence: Evidence<'a>,
    windows: Vec<Range<usize>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(evidence: Evidence<'a>, grid: &Grid) -> Reader<'a> {
        let n_parts = match &evidence {
            Evidence::Scores { sets, .. } => sets.len(),
            Evidence::Answers(matrix) => matrix.n_learners(),
        };
        Reader { evidence, windows: vec![0..grid.len(); n_parts] }
    }

    /// Reads all evidence once.
    pub(super) fn expect(&mut self, place: &Place, curves: &Curves, grid: &Grid) -> Expected {
        let abilities = place.abilities(grid);
        let mut expected = Expected::none(place.difficulties.len(), grid.len());
        match &self.evidence {
            Evidence::Scores { sets, n_right } => {
                for (n_right, at_nodes) in n_right.iter().zip(expected.n_right.chunks_exact_mut(grid.len())) {
                    at_nodes[0] = *n_right;
                }
                let easiness = n_right.iter().zip(&place.difficulties).map(|(n_right, b)| n_right * b);
                expected.log_likelihood = -easiness.sum::<f64>();
                for (set, window) in sets.iter().zip(&mut self.windows) {
                    *window = read_scores(set, window, curves, grid, &abilities, &mut expected);
                }
            }
            Evidence::Answers(matrix) => {
                for (answers, window) in matrix.learners().zip(&mut self.windows) {
                    *window = read_answers(answers, window, curves, grid, &abilities, &mut expected);
                }
            }
        }
        expected
    }
}

/// Adds the learners of an item set and returns the nodes that matter for them.
fn read_scores(
    set: &ItemSet,
    window: &Range<usize>,
    curves: &Curves,
    grid: &Grid,
    abilities: &[f64],
    expected: &mut Expected,
) -> Range<usize> {
    let mut all_wrong = grid.log_weights[window.clone()].to_vec();
    for item in &set.items {
        add(&mut all_wrong, &curves.ln_wrong[nodes_of(*item, grid.len(), window)]);
    }
    let mut n_at = vec![0.0; window.len()];
    let mut posterior = vec![0.0; window.len()];
    for (score, n) in &set.n_by_score {
        let (score, n) = (f64::from(*score), f64::from(*n));
        for ((weight, base), theta) in posterior.iter_mut().zip(&all_wrong).zip(&abilities[window.clone()]) {
            *weight = base + score * theta;
        }
        expected.log_likelihood += n * normalise(&mut posterior);
        expected.add_learners(n, abilities, window, &posterior);
        n_at.iter_mut().zip(&posterior).for_each(|(sum, weight)| *sum += n * weight);
    }
    for item in &set.items {
        add(&mut expected.n[nodes_of(*item, grid.len(), window)], &n_at);
    }
    that_matters(window, &n_at, count(set.n_learners()), grid)
}

/// Adds one learner and returns the nodes that matter for them.
fn read_answers(
    answers: &[Answer],
    window: &Range<usize>,
    curves: &Curves,
    grid: &Grid,
    abilities: &[f64],
    expected: &mut Expected,
) -> Range<usize> {
    if answers.is_empty() {
        return window.clone();
    }
    let mut posterior = grid.log_weights[window.clone()].to_vec();
    for answer in answers {
        let nodes = nodes_of(answer.item_code(), grid.len(), window);
        add(&mut posterior, if answer.is_right() { &curves.ln_right[nodes] } else { &curves.ln_wrong[nodes] });
    }
    expected.log_likelihood += normalise(&mut posterior);
    expected.add_learners(1.0, abilities, window, &posterior);
    for answer in answers {
        let nodes = nodes_of(answer.item_code(), grid.len(), window);
        add(&mut expected.n[nodes.clone()], &posterior);
        if answer.is_right() {
            add(&mut expected.n_right[nodes], &posterior);
        }
    }
    that_matters(window, &posterior, 1.0, grid)
}

fn nodes_of(item: u32, n_nodes: usize, window: &Range<usize>) -> Range<usize> {
    let begin = place(item) * n_nodes;
    begin + window.start..begin + window.end
}

fn add(sums: &mut [f64], values: &[f64]) {
    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
}

/// Turns logarithms into shares of 1, and returns the logarithm of what they added up to.
pub(super) fn normalise(logs: &mut [f64]) -> f64 {
    let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut total = 0.0;
    for log in &mut *logs {
        *log = (*log - largest).exp();
        total += *log;
    }
    for share in logs {
        *share /= total;
    }
    largest + total.ln()
}

/// Narrows a window to the nodes that hold more than a negligible part of `n` learners, and widens it by a margin.
fn that_matters(window: &Range<usize>, n_at: &[f64], n: f64, grid: &Grid) -> Range<usize> {
    let matters = |n_here: &f64| *n_here > NEGLIGIBLE * n;
    let first = n_at.iter().position(matters).unwrap_or(0);
    let last = n_at.iter().rposition(matters).unwrap_or(n_at.len() - 1);
    (window.start + first).saturating_sub(MARGIN)..(window.start + last + 1 + MARGIN).min(grid.len())
}
