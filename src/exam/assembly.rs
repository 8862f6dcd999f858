//! Drawing a form: exact domain counts, no enemies, fresh items first, and as hard as the reference form.

use std::collections::{BTreeMap, BTreeSet};

use rand::seq::SliceRandom;
use rand::{Rng, RngExt};

use crate::exam::freshest::Seating;

/// An exam item that a form may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Place of the item's domain in the deck's list.
    pub domain_idx: usize,
    /// Items of the same group never stand in one form; usually the place of the item's concept.
    pub enemy_group: usize,
    /// 0 for an item never seen, more for one seen later or more often. Items of equal staleness may replace each
    /// other to balance a form, so a few coarse classes balance better than many fine ones.
    pub staleness: u32,
    /// Probability of a right answer at half a logit below the cut ability, at it, and half a logit above it.
    pub expected: [f64; N_ABILITIES],
}

/// Number of abilities at which forms are held against the reference form.
const N_ABILITIES: usize = 3;

/// What a form shall be drawn from and look like.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The items to choose from.
    pub candidates: &'a [Candidate],
    /// Scored items wanted of each domain.
    pub n_scored: &'a [usize],
    /// Unscored items wanted of each domain; as many domains as in `n_scored`.
    pub n_unscored: &'a [usize],
    /// Right answers to be expected on the scored items of a form like the reference form, at the candidates' three
    /// abilities.
    pub target: [f64; N_ABILITIES],
    /// Swaps to try; 0 leaves the random start as it is. [`DEFAULT_PROPOSALS`] suits an exam.
    pub n_proposals: usize,
}

/// Swaps that bring 65 items out of 200 to within a few hundredths of an item, in a few milliseconds.
pub const DEFAULT_PROPOSALS: usize = 60_000;

/// A drawn form.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// Places of the scored items among the candidates, rising.
    pub scored: Vec<usize>,
    /// Places of the unscored items, rising.
    pub unscored: Vec<usize>,
    /// Largest distance between the right answers expected on the scored items and on as many of the reference form,
    /// in items, over the three abilities.
    pub deviation: f64,
    /// Items of each domain that the bank does not hold; unscored ones go short before scored ones.
    pub missing: Vec<usize>,
}

/// Draws a form; the same candidates and the same chance give the same form.
///
/// Hard rules, in this order: no two items of one enemy group; the wanted counts of each domain, as far as the bank
/// holds them; scored items as fresh as the bank allows, then unscored ones. Within these rules the form is brought
/// close to the target by swapping items of equal domain and staleness, accepting a worse form now and then
/// (simulated annealing whose temperature follows the best form found).
pub fn assemble(request: &Request, rng: &mut impl Rng) -> Selection {
    let Request { candidates, n_scored, n_unscored, .. } = *request;
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.shuffle(rng);
    let n_all: Vec<usize> = n_scored.iter().zip(n_unscored).map(|(scored, unscored)| scored + unscored).collect();
    let mut seating = Seating::new(candidates, &order, n_all.len());
    seating.fill(n_scored);
    seating.fill(&n_all);

    let mut draft = Draft::new(candidates);
    let mut missing = Vec::new();
    for (domain_idx, (n_scored, n_all)) in n_scored.iter().zip(&n_all).enumerate() {
        let seated = seating.seated(domain_idx);
        missing.push(n_all - seated.len());
        let (scored, unscored) = seated.split_at(seated.len().min(*n_scored));
        draft.take(scored, Place::Scored);
        draft.take(unscored, Place::Unscored);
    }
    // A bank that is too small gives a shorter form: it is held against as short a piece of the reference form.
    let n_wanted: usize = n_scored.iter().sum();
    let part = if n_wanted == 0 { 0.0 } else { count(draft.scored.len()) / count(n_wanted) };
    let target = request.target.map(|expected| expected * part);
    let best = draft.balanced(target, request.n_proposals, rng);
    let of_place = |place: Place| (0..candidates.len()).filter(|idx| best[*idx] == place).collect::<Vec<_>>();
    let scored = of_place(Place::Scored);
    let deviation = largest(deviations(candidates, &scored, target));
    Selection { scored, unscored: of_place(Place::Unscored), deviation, missing }
}

/// Where a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Pool,
    Scored,
    Unscored,
}

/// A form on its way.
struct Draft<'a> {
    candidates: &'a [Candidate],
    places: Vec<Place>,
    scored: Vec<usize>,
    group_of: Vec<usize>,   // by candidate: its enemy group, counted from 0 without gaps
    is_in_form: Vec<bool>,  // by such a group
    peers: Vec<Vec<usize>>, // classes of equal domain and staleness
    class_of: Vec<usize>,   // by candidate
}

/// Temperature of the annealing in units of the square of the best deviation so far.
const TEMPERATURE: f64 = 0.3;

impl<'a> Draft<'a> {
    fn new(candidates: &'a [Candidate]) -> Draft<'a> {
        let (group_of, n_groups) = numbered(candidates.iter().map(|candidate| candidate.enemy_group));
        let (class_of, n_classes) =
            numbered(candidates.iter().map(|candidate| (candidate.domain_idx, candidate.staleness)));
        let mut peers = vec![Vec::new(); n_classes];
        for (idx, class) in class_of.iter().enumerate() {
            peers[*class].push(idx);
        }
        Draft {
            candidates,
            places: vec![Place::Pool; candidates.len()],
            scored: Vec::new(),
            group_of,
            is_in_form: vec![false; n_groups],
            peers,
            class_of,
        }
    }

    fn take(&mut self, chosen: &[usize], place: Place) {
        for &idx in chosen {
            self.places[idx] = place;
            self.is_in_form[self.group_of[idx]] = true;
        }
        if place == Place::Scored {
            self.scored.extend_from_slice(chosen);
        }
    }

    /// Returns the candidates' places in the most parallel form found.
    fn balanced(mut self, target: [f64; N_ABILITIES], n_proposals: usize, rng: &mut impl Rng) -> Vec<Place> {
        let mut now = deviations(self.candidates, &self.scored, target);
        let (mut best, mut best_places) = (largest(now), self.places.clone());
        for _ in 0..if self.scored.is_empty() { 0 } else { n_proposals } {
            let seat = rng.random_range(0..self.scored.len());
            let leaving = self.scored[seat];
            let peers = &self.peers[self.class_of[leaving]];
            let coming = peers[rng.random_range(0..peers.len())];
            if !self.may_replace(leaving, coming) {
                continue;
            }
            let (new, old) = (&self.candidates[coming].expected, &self.candidates[leaving].expected);
            let then: [f64; N_ABILITIES] = std::array::from_fn(|at| now[at] + new[at] - old[at]);
            let worse_by = largest(then).powi(2) - largest(now).powi(2);
            if worse_by > 0.0 && rng.random::<f64>() >= (-worse_by / (TEMPERATURE * best * best)).exp() {
                continue;
            }
            now = then;
            self.swap(seat, coming);
            if largest(now) < best {
                best = largest(now);
                best_places.clone_from(&self.places);
            }
        }
        best_places
    }

    fn may_replace(&self, leaving: usize, coming: usize) -> bool {
        match self.places[coming] {
            Place::Scored => false,
            Place::Unscored => true,
            Place::Pool => {
                let group = self.group_of[coming];
                !self.is_in_form[group] || group == self.group_of[leaving]
            }
        }
    }

    fn swap(&mut self, seat: usize, coming: usize) {
        let leaving = self.scored[seat];
        self.is_in_form[self.group_of[leaving]] = self.places[coming] == Place::Unscored;
        self.is_in_form[self.group_of[coming]] = true;
        self.places.swap(leaving, coming);
        self.scored[seat] = coming;
    }
}

/// Numbers the distinct keys from 0 in their order; returns each key's number and how many there are.
fn numbered<K: Ord>(keys: impl Iterator<Item = K> + Clone) -> (Vec<usize>, usize) {
    let distinct: BTreeSet<K> = keys.clone().collect();
    let numbers: BTreeMap<K, usize> = distinct.into_iter().enumerate().map(|(number, key)| (key, number)).collect();
    (keys.filter_map(|key| numbers.get(&key).copied()).collect(), numbers.len())
}

fn deviations(candidates: &[Candidate], scored: &[usize], target: [f64; N_ABILITIES]) -> [f64; N_ABILITIES] {
    std::array::from_fn(|at| scored.iter().map(|idx| candidates[*idx].expected[at]).sum::<f64>() - target[at])
}

fn largest(deviations: [f64; N_ABILITIES]) -> f64 {
    deviations.iter().fold(0.0, |largest, deviation| deviation.abs().max(largest))
}

#[expect(clippy::cast_precision_loss, reason = "counts of items are far below 2^52")]
fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::Seed;

    const N_SCORED: [usize; 4] = [16, 19, 22, 8];
    const NONE: [usize; 4] = [0; 4];

    /// The Rasch curve with a chance of one in four, at 0.4, 0.9 and 1.4 logits.
    fn expected(difficulty: f64) -> [f64; N_ABILITIES] {
        [0.4, 0.9, 1.4].map(|theta: f64| 0.25 + 0.75 / (1.0 + (difficulty - theta).exp()))
    }

    fn numbers<T: std::str::FromStr>(line: &str, key: &str) -> Option<Vec<T>> {
        line.strip_prefix(key)?.split_whitespace().map(|word| word.parse().ok()).collect()
    }

    /// The bank of 240 items in `tests/data`, and the target of its forms.
    fn bank_of_240() -> (Vec<Candidate>, [f64; N_ABILITIES]) {
        let text = include_str!("../../tests/data/assembly_240.txt");
        let target: Vec<f64> = text.lines().find_map(|line| numbers(line, "target ")).unwrap();
        let domains: Vec<usize> = text.lines().find_map(|line| numbers(line, "domain ")).unwrap();
        let difficulties: Vec<f64> = text.lines().find_map(|line| numbers(line, "b ")).unwrap();
        let mut groups: Vec<usize> = (0..240).collect();
        for pair in text.lines().find_map(|line| line.strip_prefix("enemies ")).unwrap().split(' ') {
            let (first, second) = pair.split_once('-').unwrap();
            let (first, second): (usize, usize) = (first.parse().unwrap(), second.parse().unwrap());
            let (kept, merged) = (groups[first], groups[second]);
            groups.iter_mut().filter(|group| **group == merged).for_each(|group| *group = kept);
        }
        let candidate = |idx: usize| Candidate {
            domain_idx: domains[idx],
            enemy_group: groups[idx],
            staleness: 0,
            expected: expected(difficulties[idx]),
        };
        ((0..240).map(candidate).collect(), [target[0], target[1], target[2]])
    }

    /// A bank of 211 items whose concepts have up to three variants, and the average form of it.
    fn bank_of_211(seed: u64) -> (Vec<Candidate>, [f64; N_ABILITIES]) {
        let mut rng = Seed(seed).rng();
        let candidates: Vec<Candidate> = (0..211_usize)
            .map(|idx| Candidate {
                domain_idx: [0, 0, 1, 1, 1, 2, 2, 2, 2, 3][idx / 2 % 10],
                enemy_group: idx / 2,
                staleness: 0,
                expected: expected((0..6).map(|_| rng.random_range(-1.0..1.0)).sum::<f64>() / 1.4),
            })
            .collect();
        let mean = |at: usize| candidates.iter().map(|candidate| candidate.expected[at]).sum::<f64>() / 211.0 * 65.0;
        let target = [mean(0), mean(1), mean(2)];
        (candidates, target)
    }

    fn request<'a>(candidates: &'a [Candidate], target: [f64; N_ABILITIES], n_unscored: &'a [usize]) -> Request<'a> {
        Request { candidates, n_scored: &N_SCORED, n_unscored, target, n_proposals: DEFAULT_PROPOSALS }
    }

    fn domain_counts(candidates: &[Candidate], chosen: &[usize]) -> [usize; 4] {
        std::array::from_fn(|domain| chosen.iter().filter(|idx| candidates[**idx].domain_idx == domain).count())
    }

    #[track_caller]
    fn check_has_no_enemies(candidates: &[Candidate], form: &Selection) {
        let groups: Vec<usize> =
            form.scored.iter().chain(&form.unscored).map(|idx| candidates[*idx].enemy_group).collect();
        assert_eq!(groups.iter().collect::<BTreeSet<_>>().len(), groups.len());
    }

    #[test]
    fn a_form_has_the_wanted_counts_no_enemies_and_the_difficulty_of_the_reference() {
        for seed in 0..5 {
            let (candidates, target) = bank_of_211(seed);
            let n_unscored = [2, 2, 2, 1];
            let form = assemble(&request(&candidates, target, &n_unscored), &mut Seed(seed).rng());
            assert_eq!(domain_counts(&candidates, &form.scored), N_SCORED);
            assert_eq!(domain_counts(&candidates, &form.unscored), n_unscored);
            check_has_no_enemies(&candidates, &form);
            assert!(form.deviation <= 0.05, "{}", form.deviation);
            assert!((form.deviation - largest(deviations(&candidates, &form.scored, target))).abs() < 1e-12);
            assert_eq!(form.missing, NONE);
        }
    }

    /// Mixed-integer programming leaves .015 items for three forms of this bank after a minute.
    #[test]
    fn three_disjoint_forms_of_a_bank_of_240_are_parallel() {
        let (mut candidates, target) = bank_of_240();
        let mut used = BTreeSet::new();
        for seed in 0..3 {
            let form = assemble(&request(&candidates, target, &NONE), &mut Seed(seed).rng());
            assert_eq!(domain_counts(&candidates, &form.scored), N_SCORED);
            check_has_no_enemies(&candidates, &form);
            assert!(form.deviation <= 0.05, "{}", form.deviation);
            for idx in form.scored {
                candidates[idx].staleness = 1;
                assert!(used.insert(idx), "item {idx} stands in two forms");
            }
        }
    }

    #[test]
    fn the_same_seed_draws_the_same_form_and_another_seed_another() {
        let (candidates, target) = bank_of_211(1);
        let draw = |seed: u64| assemble(&request(&candidates, target, &NONE), &mut Seed(seed).rng());
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7).scored, draw(8).scored);
    }

    #[test]
    fn swaps_bring_a_random_form_closer() {
        let (candidates, target) = bank_of_211(3);
        let start = Request { n_proposals: 0, ..request(&candidates, target, &NONE) };
        let random = assemble(&start, &mut Seed(1).rng());
        let swapped = assemble(&request(&candidates, target, &NONE), &mut Seed(1).rng());
        assert!(swapped.deviation < random.deviation / 5.0, "{} {}", swapped.deviation, random.deviation);
    }

    fn candidate(domain_idx: usize, enemy_group: usize, staleness: u32) -> Candidate {
        Candidate { domain_idx, enemy_group, staleness, expected: [0.5, 0.6, 0.7] }
    }

    /// Draws `n_scored` and `n_unscored` of each domain and tells the places: scored, unscored, missing.
    #[track_caller]
    fn check_drawn(
        candidates: &[Candidate],
        n_scored: &[usize],
        n_unscored: &[usize],
        expected: (&[usize], &[usize], &[usize]),
    ) {
        let target = [0.0; N_ABILITIES];
        for seed in 0..20 {
            let request = Request { candidates, n_scored, n_unscored, target, n_proposals: 200 };
            let form = assemble(&request, &mut Seed(seed).rng());
            assert_eq!((&form.scored[..], &form.unscored[..], &form.missing[..]), expected);
        }
    }

    #[test]
    fn fresh_items_come_first_and_are_scored_first() {
        let ages = [2, 0, 1, 0, 3, 1];
        let candidates: Vec<Candidate> = ages.iter().enumerate().map(|(idx, age)| candidate(0, idx, *age)).collect();
        check_drawn(&candidates, &[2], &[2], (&[1, 3], &[2, 5], &[0]));
        check_drawn(&candidates, &[4], &[1], (&[1, 2, 3, 5], &[0], &[0]));
    }

    #[test]
    fn of_two_enemies_the_fresher_one_is_taken() {
        let candidates = [candidate(0, 9, 1), candidate(0, 9, 0), candidate(0, 4, 2)];
        check_drawn(&candidates, &[2], &[0], (&[1, 2], &[], &[0]));
    }

    #[test]
    fn a_bank_that_is_too_small_gives_what_it_has_and_says_what_is_missing() {
        let candidates = [candidate(0, 0, 0), candidate(0, 0, 0), candidate(1, 2, 0), candidate(1, 3, 1)];
        check_drawn(&candidates[1..], &[2, 1], &[1, 1], (&[0, 1], &[2], &[2, 0]));
        check_drawn(&[], &[2], &[1], (&[], &[], &[3]));
        check_drawn(&candidates, &[0, 0], &[0, 0], (&[], &[], &[0, 0]));
    }

    #[test]
    fn a_concept_in_two_domains_goes_where_it_is_needed() {
        // The last domain can only have group 0, so the others have to make room for it, one after another.
        let chain =
            [candidate(0, 0, 0), candidate(0, 1, 0), candidate(1, 1, 0), candidate(1, 2, 5), candidate(2, 0, 0)];
        check_drawn(&chain, &[1, 1, 1], &[0, 0, 0], (&[1, 3, 4], &[], &[0, 0, 0]));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_rules_hold_on_any_bank(
            bank in prop::collection::vec((0_usize..3, 0_usize..25, 0_u32..3, 0.0_f64..1.0), 0..60), seed in any::<u64>(),
        ) {
            let candidates: Vec<Candidate> = bank
                .iter()
                .map(|&(domain_idx, enemy_group, staleness, p)| Candidate {
                    domain_idx, enemy_group, staleness, expected: [p * 0.8, p * 0.9, p],
                })
                .collect();
            let (n_scored, n_unscored) = ([3, 5, 2], [1, 2, 1]);
            let request = Request {
                candidates: &candidates, n_scored: &n_scored, n_unscored: &n_unscored, target: [4.0, 5.0, 6.0], n_proposals: 300,
            };
            let form = assemble(&request, &mut Seed(seed).rng());
            let start = assemble(&Request { n_proposals: 0, ..request }, &mut Seed(seed).rng());
            check_has_no_enemies(&candidates, &form);
            let (scored, unscored) = (domain_counts(&candidates, &form.scored), domain_counts(&candidates, &form.unscored));
            for domain in 0..3 {
                let n_wanted = n_scored[domain] + n_unscored[domain];
                prop_assert_eq!(scored[domain] + unscored[domain] + form.missing[domain], n_wanted);
                prop_assert!(unscored[domain] == 0 || scored[domain] == n_scored[domain]);
            }
            let ages = |chosen: &[usize]| {
                let mut ages: Vec<u32> = chosen.iter().map(|idx| candidates[*idx].staleness).collect();
                ages.sort_unstable();
                ages
            };
            prop_assert_eq!(ages(&form.scored), ages(&start.scored));
            prop_assert_eq!(ages(&form.unscored), ages(&start.unscored));
            prop_assert!(form.deviation <= start.deviation + 1e-12);
        }
    }
}
