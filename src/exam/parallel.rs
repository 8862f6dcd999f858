//! Swapping items until forms are parallel: simulated annealing on their distance from the target.

use rand::{Rng, RngExt};

use crate::exam::assembly::{Expected, N_ABILITIES, count, deviations, largest};
use crate::exam::{Candidate, ItemRole};

/// Forms on their way.
pub(super) struct Draft<'a> {
    candidates: &'a [Candidate],
    groups: &'a [usize],           // by candidate: its enemy group, numbered from 0
    classes: Vec<&'a mut [usize]>, // who may replace each other, by the chance of a right answer at the cut
    ranks: Vec<(usize, usize)>,    // by candidate: its class, and its place in it
    seats: Vec<Seat>,              // those of scored items first
    n_scored: usize,
    seat_of: Vec<Option<usize>>, // by candidate; `None` in the pool
    is_in_form: Vec<Vec<bool>>,  // by form and group
    deviations: Vec<Expected>,   // by form
    largest: Vec<f64>,           // by form: of its deviations
}

/// A seat in a form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    /// Place of the form.
    pub(super) form_idx: usize,
    /// Whether the item counts.
    pub(super) role: ItemRole,
    /// The candidate that sits.
    pub(super) item: usize,
}

/// A largest deviation at which the search ends, in items: a tenth of a point on a scale like 100 to 1000.
const CLOSE_ENOUGH: f64 = 0.005;

/// How many temperatures the search expects to go through.
const N_TEMPERATURES: f64 = 100.0;

/// Returns the temperature of the annealing in units of the square of the best deviation so far.
///
/// At temperature T the square of the largest of n free numbers, three for each form, is n/2 · T on average, and the
/// least of N such squares about n/2 · T · N^(−2/n). With this factor that is the best so far: each better state
/// cools the search until N states bring none.
fn temperature_factor(n_forms: usize, n_proposals: usize) -> f64 {
    let n_numbers = count(N_ABILITIES * n_forms);
    let n_states = count(n_proposals) / N_TEMPERATURES;
    2.0 / n_numbers * n_states.powf(2.0 / n_numbers)
}

impl<'a> Draft<'a> {
    /// Starts from filled seats; `targets` are those of the forms.
    pub(super) fn new(
        candidates: &'a [Candidate],
        groups: &'a [usize],
        mut classes: Vec<&'a mut [usize]>,
        targets: &[Expected],
        mut seats: Vec<Seat>,
    ) -> Draft<'a> {
        let mut ranks = vec![(0, 0); candidates.len()];
        let at_cut = |idx: usize| candidates[idx].expected[N_ABILITIES / 2];
        for (class_idx, class) in classes.iter_mut().enumerate() {
            class.sort_by(|left, right| at_cut(*left).total_cmp(&at_cut(*right)));
            for (rank, item) in class.iter().enumerate() {
                ranks[*item] = (class_idx, rank);
            }
        }
        seats.sort_by_key(|seat| seat.role == ItemRole::Unscored);
        let n_scored = seats.partition_point(|seat| seat.role == ItemRole::Scored);
        let n_groups = groups.iter().max().map_or(0, |most| most + 1);
        let mut seat_of = vec![None; candidates.len()];
        let mut is_in_form = vec![vec![false; n_groups]; targets.len()];
        for (seat_idx, seat) in seats.iter().enumerate() {
            seat_of[seat.item] = Some(seat_idx);
            is_in_form[seat.form_idx][groups[seat.item]] = true;
        }
        let scored_of = |form_idx: usize| seats[..n_scored].iter().filter(move |seat| seat.form_idx == form_idx);
        let deviations: Vec<Expected> = (targets.iter().enumerate())
            .map(|(form_idx, target)| deviations(candidates, scored_of(form_idx).map(|seat| seat.item), *target))
            .collect();
        let largest = deviations.iter().copied().map(largest).collect();
        Draft { candidates, groups, classes, ranks, seats, n_scored, seat_of, is_in_form, deviations, largest }
    }

    /// Swaps items of equal domain and staleness between a form and the pool, between forms and between roles.
    /// Returns the seats of the forms whose largest deviation was the smallest.
    pub(super) fn balanced(mut self, n_proposals: usize, rng: &mut impl Rng) -> Vec<Seat> {
        let factor = temperature_factor(self.deviations.len(), n_proposals);
        let mut now = self.largest.iter().copied().fold(0.0, f64::max);
        let (mut best, mut best_seats) = (now, self.seats.clone());
        for _ in 0..if self.n_scored == 0 { 0 } else { n_proposals } {
            if best <= CLOSE_ENOUGH {
                break;
            }
            let seat_idx = rng.random_range(0..self.n_scored);
            let Some(coming) = self.a_peer(seat_idx, rng) else { continue };
            if !self.may_replace(seat_idx, coming) {
                continue;
            }
            let changed = self.changed(seat_idx, coming);
            let then = self.largest_with(&changed);
            let worse_by = then * then - now * now;
            if worse_by > 0.0 && rng.random::<f64>() >= (-worse_by / (factor * best * best)).exp() {
                continue;
            }
            now = then;
            self.replace(seat_idx, coming, &changed);
            if now < best {
                best = now;
                best_seats.clone_from(&self.seats);
            }
        }
        best_seats
    }

    /// Draws another candidate of the class of the one in the seat, at a distance in rank of 1, 2–3, 4–7, 8–15, … with
    /// equal chances: the far ones bring a random form near the target, the near ones do the rest.
    fn a_peer(&self, seat_idx: usize, rng: &mut impl Rng) -> Option<usize> {
        let (class_idx, rank) = self.ranks[self.seats[seat_idx].item];
        let class = &self.classes[class_idx];
        let least = 1_usize << rng.random_range(0..=class.len().checked_ilog2()?);
        let step = rng.random_range(least..2 * least);
        let rank = if rng.random::<bool>() { rank.checked_add(step) } else { rank.checked_sub(step) };
        class.get(rank?).copied()
    }

    /// Tells whether the candidate in the seat and `coming` are in different roles or forms, and without enemies in
    /// the form where they would go.
    fn may_replace(&self, seat_idx: usize, coming: usize) -> bool {
        let Seat { form_idx, item: leaving, .. } = self.seats[seat_idx];
        let is_welcome = |form_idx: usize, comer: usize, leaver: usize| {
            let group = self.groups[comer];
            group == self.groups[leaver] || !self.is_in_form[form_idx][group]
        };
        match self.seat_of[coming].map(|other| self.seats[other]) {
            Some(other) if other.form_idx == form_idx => other.role == ItemRole::Unscored,
            Some(other) => is_welcome(form_idx, coming, leaving) && is_welcome(other.form_idx, leaving, coming),
            None => is_welcome(form_idx, coming, leaving),
        }
    }

    /// Returns the forms whose expectation changes when `coming` takes the seat, with their deviations then: a gain here,
    /// and the same loss where `coming` is a scored item.
    fn changed(&self, seat_idx: usize, coming: usize) -> [Option<(usize, Expected)>; 2] {
        let Seat { form_idx, item: leaving, .. } = self.seats[seat_idx];
        let (new, old) = (&self.candidates[coming].expected, &self.candidates[leaving].expected);
        let shifted = |form_idx: usize, sign: f64| {
            let now = &self.deviations[form_idx];
            (form_idx, std::array::from_fn(|at| now[at] + sign * (new[at] - old[at])))
        };
        let other = self.seat_of[coming].map(|other| self.seats[other]).filter(|other| other.role == ItemRole::Scored);
        [Some(shifted(form_idx, 1.0)), other.map(|other| shifted(other.form_idx, -1.0))]
    }

    /// Returns the largest deviation of all forms when some have changed.
    fn largest_with(&self, changed: &[Option<(usize, Expected)>; 2]) -> f64 {
        let is_changed = |form_idx: usize| changed.iter().flatten().any(|(changed, _)| *changed == form_idx);
        let others = self.largest.iter().enumerate().filter(|(form_idx, _)| !is_changed(*form_idx));
        let changed = changed.iter().flatten().map(|(_, deviations)| largest(*deviations));
        others.map(|(_, largest)| *largest).chain(changed).fold(0.0, f64::max)
    }

    fn replace(&mut self, seat_idx: usize, coming: usize, changed: &[Option<(usize, Expected)>; 2]) {
        for (form_idx, deviations) in changed.iter().flatten() {
            self.deviations[*form_idx] = *deviations;
            self.largest[*form_idx] = largest(*deviations);
        }
        let Seat { form_idx, item: leaving, .. } = self.seats[seat_idx];
        self.is_in_form[form_idx][self.groups[leaving]] = false;
        if let Some(other) = self.seat_of[coming] {
            let other_form = self.seats[other].form_idx;
            self.is_in_form[other_form][self.groups[coming]] = false;
            self.is_in_form[other_form][self.groups[leaving]] = true;
            self.seats[other].item = leaving;
        }
        self.is_in_form[form_idx][self.groups[coming]] = true;
        self.seats[seat_idx].item = coming;
        self.seat_of.swap(leaving, coming);
    }
}
