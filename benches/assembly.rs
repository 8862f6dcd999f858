//! How parallel drawn forms are, and how long that takes.
//!
//! Run with `cargo bench --bench assembly`. The deviation of a form is the largest distance between the right answers
//! expected on it and on the reference form, in items, half a logit below the cut, at it and half a logit above it.

use std::collections::BTreeSet;
use std::error::Error;
use std::str::FromStr;
use std::time::{Duration, Instant};

use cutscore::base::Seed;
use cutscore::exam::{Candidate, DEFAULT_PROPOSALS, Request, assemble_forms};
use rand::RngExt;

const N_SCORED: [usize; 4] = [16, 19, 22, 8];
const N_UNSCORED: [usize; 4] = [0; 4];
const N_SEEDS: u64 = 20;

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() -> Result<(), Box<dyn Error>> {
    println!("worst deviation of all forms in items, and the time: least, median and largest of {N_SEEDS} seeds");
    let (bank, target) = bank_of_240().ok_or("the bank of 240 items cannot be read")?;
    for n_proposals in [10_000, 100_000, 300_000, 1_000_000] {
        measure(&bank, target, 3, n_proposals);
    }
    println!("  goals: 0.02 within 50 ms, 0.012 within 2 s; mixed-integer programming (HiGHS) leaves 0.015 after 60 s");
    for (n_items, n_forms) in [(240, 1), (240, 2), (1_000, 3), (1_000, 10)] {
        let (bank, target) = simulated_bank(n_items);
        measure(&bank, target, n_forms, n_forms * DEFAULT_PROPOSALS);
    }
    let (bank, target) = simulated_bank(100_000);
    measure(&bank, target, 1, DEFAULT_PROPOSALS);
    println!("  goal: 2 ms");
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn measure(candidates: &[Candidate], target: [f64; 3], n_forms: usize, n_proposals: usize) {
    let request = Request { candidates, n_scored: &N_SCORED, n_unscored: &N_UNSCORED, target, n_proposals };
    let mut deviations = Vec::new();
    let mut times = Vec::new();
    for seed in 0..N_SEEDS {
        let mut rng = Seed(seed).rng();
        let began = Instant::now();
        let forms = assemble_forms(&request, n_forms, &mut rng);
        times.push(began.elapsed());
        let items: BTreeSet<usize> = forms.iter().flat_map(|form| form.scored.iter().copied()).collect();
        assert_eq!(items.len(), n_forms * N_SCORED.iter().sum::<usize>(), "an item is missing or stands in two forms");
        deviations.push(forms.iter().map(|form| form.deviation).fold(0.0, f64::max));
    }
    deviations.sort_unstable_by(f64::total_cmp);
    times.sort_unstable();
    let places = [0, deviations.len() / 2, deviations.len() - 1];
    println!(
        "{n_forms} of 65 items from {}, at most {n_proposals} swaps: {} items in {} ms",
        candidates.len(),
        places.map(|place| format!("{:.4}", deviations[place])).join(" "),
        places.map(|place| format!("{:.2}", millis(times[place]))).join(" "),
    );
}

/// The bank of `tests/data`, which this project simulated, and the target of its forms. Pairs of enemies that share an
/// item become one group, which is stricter than the pairs.
fn bank_of_240() -> Option<(Vec<Candidate>, [f64; 3])> {
    let text = include_str!("../tests/data/assembly_240.txt");
    let target: Vec<f64> = numbers(text, "target ")?;
    let domains: Vec<usize> = numbers(text, "domain ")?;
    let difficulties: Vec<f64> = numbers(text, "b ")?;
    let mut groups: Vec<usize> = (0..domains.len()).collect();
    for pair in text.lines().find_map(|line| line.strip_prefix("enemies "))?.split(' ') {
        let (left, right) = pair.split_once('-')?;
        let (kept, merged) = (groups[left.parse::<usize>().ok()?], groups[right.parse::<usize>().ok()?]);
        groups.iter_mut().filter(|group| **group == merged).for_each(|group| *group = kept);
    }
    let items = domains.iter().zip(groups).zip(difficulties);
    let candidates = items.map(|((domain_idx, enemy_group), difficulty)| Candidate {
        domain_idx: *domain_idx,
        enemy_group,
        staleness: 0,
        expected: [0.4, 0.9, 1.4].map(|theta| p_right(theta, difficulty)),
    });
    Some((candidates.collect(), target.try_into().ok()?))
}

fn numbers<T: FromStr>(text: &str, key: &str) -> Option<Vec<T>> {
    text.lines().find_map(|line| line.strip_prefix(key))?.split_whitespace().map(|word| word.parse().ok()).collect()
}

/// A bank whose concepts have two variants each, and the average form of it.
fn simulated_bank(n_items: usize) -> (Vec<Candidate>, [f64; 3]) {
    let mut rng = Seed(11).rng();
    let mut normal = || (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0;
    let domain_of = |idx: usize| [0, 0, 1, 1, 1, 2, 2, 2, 2, 3][idx / 2 % 10];
    let candidates: Vec<Candidate> = (0..n_items)
        .map(|idx| {
            let difficulty = normal();
            let expected = [0.4, 0.9, 1.4].map(|theta| p_right(theta, difficulty));
            Candidate { domain_idx: domain_of(idx), enemy_group: idx / 2, staleness: 0, expected }
        })
        .collect();
    let mut target = [0.0; 3];
    for (domain_idx, n_scored) in N_SCORED.iter().enumerate() {
        let of_domain: Vec<&Candidate> = candidates.iter().filter(|item| item.domain_idx == domain_idx).collect();
        for (at, target) in target.iter_mut().enumerate() {
            let sum: f64 = of_domain.iter().map(|item| item.expected[at]).sum();
            *target += real(*n_scored) * sum / real(of_domain.len());
        }
    }
    (candidates, target)
}

/// The Rasch curve with a chance of one in four.
fn p_right(theta: f64, difficulty: f64) -> f64 {
    0.25 + 0.75 / (1.0 + (difficulty - theta).exp())
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "counts of items are far below 2^52")]
fn real(n: usize) -> f64 {
    n as f64
}
