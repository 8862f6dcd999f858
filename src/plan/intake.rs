//! The intake of new concepts: how many a day may bring, and from which domains.

use std::collections::VecDeque;

use crate::base::apportion;

/// How many concepts may be met for the first time today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntakeLimit {
    /// New concepts a day.
    pub a_day: usize,
    /// New concepts already met today.
    pub n_met_today: usize,
}

impl IntakeLimit {
    /// Returns how many may still be met today.
    pub fn n_left(self) -> usize {
        self.a_day.saturating_sub(self.n_met_today)
    }
}

/// Takes `n_wanted` of the concepts that wait in each domain, in rounds so that domains mix, the weakest domain first.
///
/// `weakness` is the worth of each domain (see [`crate::plan::weakness`]). The concepts are shared out among the domains
/// by it, with largest remainders; what one domain cannot fill goes to the others.
pub fn share_intake<T>(waiting: Vec<Vec<T>>, weakness: &[f64], n_wanted: usize) -> Vec<T> {
    let worth = |domain_idx: usize| weakness.get(domain_idx).copied().unwrap_or(0.0);
    let mut quotas = vec![0; waiting.len()];
    let mut n_open = n_wanted;
    while n_open > 0 {
        let unfilled: Vec<usize> =
            (0..waiting.len()).filter(|domain| waiting[*domain].len() > quotas[*domain]).collect();
        if unfilled.is_empty() {
            break;
        }
        let worths: Vec<f64> = unfilled.iter().map(|domain| worth(*domain)).collect();
        for (domain, seats) in unfilled.iter().zip(apportion(n_open, &worths)) {
            let n_taken = seats.min(waiting[*domain].len() - quotas[*domain]);
            quotas[*domain] += n_taken;
            n_open -= n_taken;
        }
    }
    let mut order: Vec<usize> = (0..waiting.len()).collect();
    order.sort_by(|a, b| worth(*b).total_cmp(&worth(*a)).then(a.cmp(b)));
    let mut waiting: Vec<VecDeque<T>> = waiting.into_iter().map(VecDeque::from).collect();
    let mut taken = Vec::with_capacity(n_wanted.min(1_000));
    for round in 0..quotas.iter().copied().max().unwrap_or(0) {
        let next =
            order.iter().filter(|domain| round < quotas[**domain]).filter_map(|domain| waiting[*domain].pop_front());
        taken.extend(next.collect::<Vec<T>>());
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sizes: &[usize], weakness: &[f64], n_wanted: usize, expected: &str) {
        let named = |(domain_idx, n): (usize, &usize)| {
            let letter = ["a", "b", "c"][domain_idx];
            (0..*n).map(|idx| format!("{letter}{idx}")).collect()
        };
        let waiting: Vec<Vec<String>> = sizes.iter().enumerate().map(named).collect();
        assert_eq!(share_intake(waiting, weakness, n_wanted).join(" "), expected);
    }

    #[test]
    fn new_concepts_are_shared_out_by_weakness_and_mixed() {
        check(&[6, 6], &[1.0, 3.0], 4, "b0 a0 b1 b2");
    }

    #[test]
    fn what_a_domain_cannot_fill_goes_to_the_others() {
        check(&[1, 3], &[9.0, 1.0], 10, "a0 b0 b1 b2");
    }

    #[test]
    fn worthless_domains_wait_until_nothing_else_is_left() {
        check(&[3, 3], &[0.0, 1.0], 2, "b0 b1");
        check(&[1, 1], &[0.0, 1.0], 2, "b0 a0");
    }

    #[test]
    fn a_day_whose_intake_is_used_up_brings_nothing_new() {
        assert_eq!(IntakeLimit { a_day: 3, n_met_today: 5 }.n_left(), 0);
        check(&[2], &[1.0], 0, "");
    }
}
