//! Small groups of learners for the tests of this module.

use rand::RngExt;

use crate::base::Seed;
use crate::score::calibration::{Response, ResponseMatrix};
use crate::score::numeric::logistic;

/// One learner a pattern: `+` right, `-` wrong, ` ` not answered.
pub(super) fn learners(patterns: &[&str]) -> ResponseMatrix {
    let answers = patterns.iter().zip(0..).flat_map(|(pattern, learner)| {
        let answer = move |(mark, item): (char, u32)| {
            (mark != ' ').then_some(Response { learner, item, is_right: mark == '+', at: 0 })
        };
        pattern.chars().zip(0..).filter_map(answer)
    });
    gathered(&answers.collect::<Vec<_>>())
}

pub(super) fn gathered(responses: &[Response]) -> ResponseMatrix {
    let n_rows = u32::try_from(responses.len()).expect("few responses");
    ResponseMatrix::gather(n_rows, |row| responses[usize::try_from(row).expect("a place")])
}

/// Section 6 of the Law School Admission Test; the file names its source.
pub(super) fn lsat6() -> ResponseMatrix {
    let rows = include_str!("../../../tests/data/lsat6.txt").lines().filter(|line| !line.starts_with('#'));
    let patterns = rows.flat_map(|row| {
        let (pattern, n) = row.split_once(' ').expect("a pattern and a number");
        vec![pattern; n.parse().expect("a number")]
    });
    learners(&patterns.collect::<Vec<_>>())
}

/// Difficulties from −2 to 2, and the answers of learners with the mean ability 0 and the standard deviation 1 to the
/// items that `is_asked` says.
pub(super) fn simulated_responses(
    n_learners: u32,
    n_items: u32,
    is_asked: impl Fn(u32, u32) -> bool,
) -> (Vec<f64>, Vec<Response>) {
    let mut rng = Seed(6).rng();
    let difficulty = |item: u32| 4.0 * (f64::from(item) + 0.5) / f64::from(n_items) - 2.0;
    let mut responses = Vec::new();
    for learner in 0..n_learners {
        // The sum of twelve uniform numbers has the variance 1.
        let theta = (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0;
        for item in (0..n_items).filter(|item| is_asked(learner, *item)) {
            let is_right = rng.random::<f64>() < logistic(theta - difficulty(item));
            responses.push(Response { learner, item, is_right, at: 0 });
        }
    }
    ((0..n_items).map(difficulty).collect(), responses)
}

/// The same, sorted by learner.
pub(super) fn simulated(
    n_learners: u32,
    n_items: u32,
    is_asked: impl Fn(u32, u32) -> bool,
) -> (Vec<f64>, ResponseMatrix) {
    let (difficulties, responses) = simulated_responses(n_learners, n_items, is_asked);
    (difficulties, gathered(&responses))
}

/// What `tests/data/calibration_300.txt` holds.
pub(super) struct Simulation {
    pub(super) truth: Vec<f64>,
    pub(super) reports: Vec<f64>,
    pub(super) responses: Vec<Response>,
}

pub(super) fn simulation_300() -> Simulation {
    let mut simulation = Simulation { truth: Vec::new(), reports: Vec::new(), responses: Vec::new() };
    let mut n_learners = 0;
    for line in include_str!("../../../tests/data/calibration_300.txt").lines() {
        let (kind, values) = line.split_once(' ').expect("a kind and values");
        let numbers = || values.split(' ').map(|value| value.parse().expect("a number")).collect();
        match kind {
            "b" => simulation.truth = numbers(),
            "report" => simulation.reports = numbers(),
            "learner" => {
                simulation.responses.extend(values.split(' ').map(|mark| {
                    let item = mark.trim_start_matches('-').parse().expect("an item");
                    Response { learner: n_learners, item, is_right: !mark.starts_with('-'), at: 0 }
                }));
                n_learners += 1;
            }
            _ => {}
        }
    }
    simulation
}
