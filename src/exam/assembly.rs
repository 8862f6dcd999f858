//! Drawing forms: exact domain counts, no enemies, fresh items first, and as hard as the reference form.

use rand::Rng;
use rand::seq::SliceRandom;

use crate::exam::ItemRole;
use crate::exam::freshest::Seating;
use crate::exam::parallel::{Draft, Seat};
use crate::exam::shortlist::shortlist;

/// An exam item that a form may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Place of the item's domain in the deck's list.
    pub domain_idx: usize,
    /// Items of the same group never stand in one form; usually the place of the item's concept. Pairs of enemies
    /// that share an item are one group.
    pub enemy_group: usize,
    /// 0 for an item never seen, more for one seen later or more often. Items of equal staleness may replace each
    /// other to balance a form, so a few coarse classes balance better than many fine ones.
    pub staleness: u32,
    /// Probability of a right answer at half a logit below the cut ability, at it, and half a logit above it.
    pub expected: [f64; N_ABILITIES],
}

/// Number of abilities at which forms are held against the reference form.
pub(super) const N_ABILITIES: usize = 3;

/// Right answers expected at the three abilities.
pub(super) type Expected = [f64; N_ABILITIES];

/// What forms shall be drawn from and look like.
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
    /// Swaps to try at most, for all forms together; 0 leaves the random start as it is. [`DEFAULT_PROPOSALS`] suits
    /// one form.
    pub n_proposals: usize,
}

/// Swaps that bring a form to within a few thousandths of an item, in a few milliseconds.
pub const DEFAULT_PROPOSALS: usize = 60_000;

/// A drawn form.
#[derive(Debug, Clone, PartialEq, Default)]
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

impl Selection {
    /// Tells whether the bank held all items that were wanted.
    pub fn is_whole(&self) -> bool {
        self.missing.iter().all(|n_missing| *n_missing == 0)
    }
}

/// Draws one form, as [`assemble_forms`] does.
pub fn assemble(request: &Request, rng: &mut impl Rng) -> Selection {
    assemble_forms(request, 1, rng).pop().unwrap_or_default()
}

/// Draws forms that share no item and are parallel; the same candidates and the same chance give the same forms.
///
/// Hard rules, in this order: no item in two forms and no two items of one enemy group in a form; the wanted counts of
/// each domain, as far as the bank holds them, scored items before unscored ones and earlier forms before later ones;
/// in the same order, items as fresh as the bank allows. Within these rules the forms are brought close to the target
/// by swapping items of equal domain and staleness, with the pool or with each other, so that the worst of them is as
/// close as can be. A worse state is accepted now and then (simulated annealing whose temperature follows the best
/// state found).
///
/// Of a domain with far more candidates than are wanted, only some of the freshest are looked at, drawn by chance.
pub fn assemble_forms(request: &Request, n_forms: usize, rng: &mut impl Rng) -> Vec<Selection> {
    let shortlist = shortlist(request, n_forms, rng);
    if shortlist.len() < request.candidates.len() {
        let candidates: Vec<Candidate> = shortlist.iter().map(|idx| request.candidates[*idx]).collect();
        let mut forms = forms_of(&Request { candidates: &candidates, ..*request }, n_forms, rng);
        // Enemies may be so many that the shortlist holds too few items that go together.
        if forms.iter().all(Selection::is_whole) {
            for place in forms.iter_mut().flat_map(|form| form.scored.iter_mut().chain(&mut form.unscored)) {
                *place = shortlist[*place];
            }
            return forms;
        }
    }
    forms_of(request, n_forms, rng)
}

/// Returns how many whole forms, up to `at_most`, can be drawn that share no item; swaps are not tried.
///
/// Where enemies span domains, a few more may be possible than are found.
pub fn whole_forms(request: &Request, at_most: usize, rng: &mut impl Rng) -> usize {
    let unbalanced = Request { n_proposals: 0, ..*request };
    let (mut possible, mut beyond) = (0, at_most.saturating_add(1));
    while possible + 1 < beyond {
        let middle = usize::midpoint(possible, beyond);
        if assemble_forms(&unbalanced, middle, rng).iter().all(Selection::is_whole) {
            possible = middle;
        } else {
            beyond = middle;
        }
    }
    possible
}

fn forms_of(request: &Request, n_forms: usize, rng: &mut impl Rng) -> Vec<Selection> {
    let Request { candidates, n_scored, n_unscored, .. } = *request;
    let groups = group_numbers(candidates);
    let mut offers = offers(candidates, n_scored.len(), rng);
    let n_all: Vec<usize> = n_scored.iter().zip(n_unscored).map(|(scored, unscored)| scored + unscored).collect();
    let fill = |candidates| {
        let mut seating = Seating::new(candidates, &groups, offers.clone(), n_forms);
        seating.fill(n_scored);
        seating.fill(&n_all);
        seating
    };
    let mut seating = fill(candidates);
    // Freshness may have cost a later form an item that only a stale one could have spared it.
    let equally_fresh: Vec<Candidate>;
    if n_forms > 1 && seating.n_seated() < n_forms.saturating_mul(n_all.iter().sum()) {
        equally_fresh = candidates.iter().map(|candidate| Candidate { staleness: 0, ..*candidate }).collect();
        let fuller = fill(&equally_fresh);
        if fuller.n_seated() > seating.n_seated() {
            seating = fuller;
        }
    }

    let mut forms = vec![Selection::default(); n_forms];
    let mut seats = Vec::new();
    for (form_idx, form) in forms.iter_mut().enumerate() {
        for (domain_idx, (n_scored, n_all)) in n_scored.iter().zip(&n_all).enumerate() {
            let seated = seating.seated(form_idx, domain_idx);
            form.missing.push(n_all - seated.len());
            for (place, item) in seated.into_iter().enumerate() {
                let role = if place < *n_scored { ItemRole::Scored } else { ItemRole::Unscored };
                seats.push(Seat { form_idx, role, item });
            }
        }
    }
    let classes: Vec<&mut [usize]> = offers.iter_mut().flat_map(|offers| classes_of(candidates, offers)).collect();
    let targets: Vec<Expected> = (0..n_forms).map(|form_idx| target_of(request, &seats, form_idx)).collect();
    for seat in Draft::new(candidates, &groups, classes, &targets, seats).balanced(request.n_proposals, rng) {
        let form = &mut forms[seat.form_idx];
        match seat.role {
            ItemRole::Scored => form.scored.push(seat.item),
            ItemRole::Unscored => form.unscored.push(seat.item),
        }
    }
    for (form, target) in forms.iter_mut().zip(targets) {
        form.scored.sort_unstable();
        form.unscored.sort_unstable();
        form.deviation = largest(deviations(candidates, form.scored.iter().copied(), target));
    }
    forms
}

/// A bank that is too small gives a shorter form: it is held against as short a piece of the reference form.
fn target_of(request: &Request, seats: &[Seat], form_idx: usize) -> Expected {
    let n_wanted: usize = request.n_scored.iter().sum();
    let is_scored = |seat: &&Seat| seat.form_idx == form_idx && seat.role == ItemRole::Scored;
    let n_found = seats.iter().filter(is_scored).count();
    let part = if n_wanted == 0 { 0.0 } else { count(n_found) / count(n_wanted) };
    request.target.map(|expected| expected * part)
}

/// The candidates of each domain, the freshest first and by chance among equals.
fn offers(candidates: &[Candidate], n_domains: usize, rng: &mut impl Rng) -> Vec<Vec<usize>> {
    let mut offers = vec![Vec::new(); n_domains];
    for (idx, candidate) in candidates.iter().enumerate() {
        if let Some(offers) = offers.get_mut(candidate.domain_idx) {
            offers.push(idx);
        }
    }
    for offers in &mut offers {
        offers.sort_by_key(|idx| candidates[*idx].staleness);
        classes_of(candidates, offers).for_each(|class| class.shuffle(rng));
    }
    offers
}

/// Splits a domain's candidates, the freshest first, into those that are equally fresh.
fn classes_of<'a>(candidates: &[Candidate], offers: &'a mut [usize]) -> impl Iterator<Item = &'a mut [usize]> {
    offers.chunk_by_mut(|left, right| candidates[*left].staleness == candidates[*right].staleness)
}

/// Returns the enemy group of each candidate, numbered from 0.
fn group_numbers(candidates: &[Candidate]) -> Vec<usize> {
    let groups: Vec<usize> = candidates.iter().map(|candidate| candidate.enemy_group).collect();
    let mut distinct = groups.clone();
    distinct.sort_unstable();
    distinct.dedup();
    groups.iter().map(|group| distinct.partition_point(|smaller| smaller < group)).collect()
}

pub(super) fn deviations(candidates: &[Candidate], scored: impl Iterator<Item = usize>, target: Expected) -> Expected {
    let short = target.map(|expected| -expected);
    scored.fold(short, |sums, idx| std::array::from_fn(|at| sums[at] + candidates[idx].expected[at]))
}

pub(super) fn largest(deviations: Expected) -> f64 {
    deviations.iter().fold(0.0, |largest, deviation| deviation.abs().max(largest))
}

#[expect(clippy::cast_precision_loss, reason = "counts of items are far below 2^52")]
pub(super) fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

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
            assert!(
                (form.deviation - largest(deviations(&candidates, form.scored.iter().copied(), target))).abs() < 1e-12
            );
            assert_eq!(form.missing, NONE);
        }
    }

    #[track_caller]
    fn check_are_disjoint(forms: &[Selection]) {
        let items: Vec<usize> =
            forms.iter().flat_map(|form| form.scored.iter().chain(&form.unscored)).copied().collect();
        assert_eq!(items.iter().collect::<BTreeSet<_>>().len(), items.len());
    }

    /// Mixed-integer programming leaves .015 items for three forms of this bank after a minute.
    #[test]
    fn three_disjoint_forms_of_a_bank_of_240_are_parallel() {
        let (candidates, target) = bank_of_240();
        let request = Request { n_proposals: 300_000, ..request(&candidates, target, &NONE) };
        for seed in 0..3 {
            let forms = assemble_forms(&request, 3, &mut Seed(seed).rng());
            check_are_disjoint(&forms);
            for form in &forms {
                assert_eq!(domain_counts(&candidates, &form.scored), N_SCORED);
                check_has_no_enemies(&candidates, form);
                assert!(form.deviation <= 0.02, "{}", form.deviation);
            }
        }
    }

    /// A bank of 20,000 items of which `n_groups` go together in a form.
    fn large_bank(n_groups: usize) -> Vec<Candidate> {
        let mut rng = Seed(5).rng();
        let mut item = |idx: usize| Candidate {
            domain_idx: idx % 4,
            enemy_group: idx % n_groups,
            staleness: u32::from(idx % 16 < 12),
            expected: expected(rng.random_range(-2.0..2.0)),
        };
        (0..20_000).map(&mut item).collect()
    }

    #[test]
    fn a_large_bank_gives_a_fresh_and_parallel_form() {
        let candidates = large_bank(9_000);
        let target = deviations(&candidates, 0..20_000, [0.0; 3]).map(|sum| sum / 20_000.0 * 65.0);
        let form = assemble(&request(&candidates, target, &NONE), &mut Seed(1).rng());
        assert_eq!(domain_counts(&candidates, &form.scored), N_SCORED);
        check_has_no_enemies(&candidates, &form);
        assert!(form.scored.iter().all(|idx| candidates[*idx].staleness == 0));
        assert!(form.deviation <= 0.01, "{}", form.deviation);
    }

    #[test]
    fn a_large_bank_is_looked_at_whole_where_a_part_of_it_gives_no_whole_form() {
        // One concept has almost all items of the domain; of the last 65 each stands for itself.
        let candidates: Vec<Candidate> =
            (0..20_000_usize).map(|idx| candidate(0, idx.saturating_sub(19_934), 0)).collect();
        let request = Request { n_scored: &[65], n_unscored: &[0], ..request(&candidates, [0.0; 3], &[0]) };
        let form = assemble(&Request { n_proposals: 100, ..request }, &mut Seed(1).rng());
        assert_eq!((form.scored.len(), form.missing), (65, vec![0]));
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
        let worst = |request: &Request| {
            let deviations = (0..10).map(|seed| assemble(request, &mut Seed(seed).rng()).deviation);
            deviations.fold(0.0, f64::max)
        };
        let (random, swapped) = (worst(&start), worst(&request(&candidates, target, &NONE)));
        assert!(swapped < random / 20.0, "{swapped} {random}");
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

    /// Draws forms of `n_scored` and `n_unscored` items and tells how many scored and unscored items each has, and what
    /// it lacks.
    #[track_caller]
    fn check_sizes(
        candidates: &[Candidate],
        (n_scored, n_unscored): (&[usize], &[usize]),
        expected: &[(usize, usize, &[usize])],
    ) {
        for seed in 0..20 {
            let request = Request { candidates, n_scored, n_unscored, target: [0.0; N_ABILITIES], n_proposals: 200 };
            let forms = assemble_forms(&request, expected.len(), &mut Seed(seed).rng());
            check_are_disjoint(&forms);
            for form in &forms {
                check_has_no_enemies(candidates, form);
            }
            let sizes: Vec<_> =
                forms.iter().map(|form| (form.scored.len(), form.unscored.len(), &form.missing[..])).collect();
            assert_eq!(sizes, expected);
        }
    }

    #[test]
    fn later_forms_go_short_before_earlier_ones_and_unscored_items_before_scored_ones() {
        let bank: Vec<Candidate> = (0..8).map(|idx| candidate(idx / 5, idx, 0)).collect();
        check_sizes(&bank, (&[2, 1], &[1, 0]), &[(3, 1, &[0, 0]), (3, 0, &[1, 0])]);
        check_sizes(&bank, (&[2, 1], &[0, 0]), &[(3, 0, &[0, 0]), (3, 0, &[0, 0]), (2, 0, &[1, 0])]);
        check_sizes(&bank, (&[2, 1], &[1, 0]), &[]);
    }

    #[test]
    fn variants_are_spread_over_the_forms() {
        // Each of the forms needs a variant of both concepts; the single items cannot make up for one.
        let bank = [0, 0, 0, 1, 1, 1, 2, 3, 4].map(|group| candidate(0, group, 0));
        check_sizes(&bank, (&[3], &[0]), &[(3, 0, &[0]), (3, 0, &[0]), (3, 0, &[0])]);
        // Two forms are whole, if they use both variants of the concepts that have two.
        let bank = [0, 0, 1, 1, 2, 3].map(|group| candidate(0, group, 0));
        check_sizes(&bank, (&[3], &[0]), &[(3, 0, &[0]), (3, 0, &[0]), (0, 0, &[3])]);
    }

    #[test]
    fn the_whole_forms_of_a_bank_are_counted() {
        let check = |candidates: &[Candidate], n_scored: &[usize], n_unscored: &[usize], expected: usize| {
            let request = Request { candidates, n_scored, n_unscored, target: [0.0; N_ABILITIES], n_proposals: 9 };
            assert_eq!(whole_forms(&request, 7, &mut Seed(1).rng()), expected);
        };
        let bank: Vec<Candidate> = (0..20).map(|idx| candidate(idx % 2, idx, u32::from(idx > 9))).collect();
        check(&bank, &[2, 1], &[0, 0], 5);
        check(&bank, &[2, 1], &[0, 1], 5);
        check(&bank, &[2, 1], &[0, 3], 2);
        check(&bank, &[1, 1], &[0, 0], 7); // at most
        check(&bank, &[11, 1], &[0, 0], 0);
        check(&[], &[1], &[0], 0);
        let variants = [0, 0, 1, 1, 2, 3].map(|group| candidate(0, group, 0));
        check(&variants, &[3], &[0], 2);
        check(&variants[..4], &[3], &[0], 0);
    }

    #[test]
    fn counts_go_before_freshness() {
        // Fresh items first would leave the two variants for one form.
        let bank = [candidate(0, 0, 1), candidate(0, 0, 1), candidate(0, 1, 0), candidate(0, 2, 0)];
        check_sizes(&bank, (&[2], &[0]), &[(2, 0, &[0]), (2, 0, &[0])]);
    }

    #[test]
    fn groups_may_bear_any_number() {
        let bank = [usize::MAX, 7_000_000, usize::MAX].map(|group| candidate(0, group, 0));
        check_sizes(&bank, (&[2], &[0]), &[(2, 0, &[0]), (1, 0, &[1])]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_rules_hold_on_any_bank(
            bank in prop::collection::vec((0_usize..3, 0_usize..25, 0_u32..3, 0.0_f64..1.0), 0..60),
            n_forms in 1_usize..4, seed in any::<u64>(),
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
            let forms = assemble_forms(&request, n_forms, &mut Seed(seed).rng());
            let starts = assemble_forms(&Request { n_proposals: 0, ..request }, n_forms, &mut Seed(seed).rng());
            check_are_disjoint(&forms);
            let ages = |chosen: &[usize]| {
                let mut ages: Vec<u32> = chosen.iter().map(|idx| candidates[*idx].staleness).collect();
                ages.sort_unstable();
                ages
            };
            for (form, start) in forms.iter().zip(&starts) {
                check_has_no_enemies(&candidates, form);
                let scored = domain_counts(&candidates, &form.scored);
                let unscored = domain_counts(&candidates, &form.unscored);
                for domain in 0..3 {
                    let n_wanted = n_scored[domain] + n_unscored[domain];
                    prop_assert_eq!(scored[domain] + unscored[domain] + form.missing[domain], n_wanted);
                    prop_assert!(unscored[domain] == 0 || scored[domain] == n_scored[domain]);
                }
                prop_assert_eq!(ages(&form.scored), ages(&start.scored));
                prop_assert_eq!(ages(&form.unscored), ages(&start.unscored));
            }
            let worst = |forms: &[Selection]| forms.iter().map(|form| form.deviation).fold(0.0, f64::max);
            prop_assert!(worst(&forms) <= worst(&starts) + 1e-12);
        }
    }
}
