//! What recall is worth in the exam: points, and ability.

use crate::plan::{DomainWorth, TRANSFER};

/// A share below this, or above one less it, is taken as this: the logit needs an end.
const LEAST_KNOWN: f64 = 0.02;

/// Returns the expected points of 100 in the exam, with these means of recall in the domains.
///
/// An item is right with c + (1 − c) · transfer · recall, c the `chance`; the domains count by their weights.
pub fn expected_points(recall: &[f64], domains: &[DomainWorth], chance: f64) -> f64 {
    100.0 * weighted_mean(domains, recall, |recall| chance + (1.0 - chance) * TRANSFER * recall)
}

/// Returns by how many logits ability rises when the mean recall of what the deck asks goes from `before` to `after`, by
/// domain.
///
/// `known` is the share of the exam that is known today, less chance, as sittings show it: they ask what no card does, so
/// that it is not the share that the cards say. Study is taken to close the same part of both gaps: of what is not
/// recalled, up to all; of what is not known in the exam, up to the transfer. Where recall falls, both fall in
/// proportion. Under the curve P = c + (1 − c) · σ(θ − b) ability moves by the logit of what is known.
pub fn ability_gain(known: f64, before: &[f64], after: &[f64], domains: &[DomainWorth]) -> f64 {
    let [before, after] = [before, after].map(|recall| weighted_mean(domains, recall, |recall| recall));
    let [before, after] = [before, after].map(|recall| recall.clamp(LEAST_KNOWN, 1.0 - LEAST_KNOWN));
    let known = known.clamp(LEAST_KNOWN, 1.0 - LEAST_KNOWN);
    let then = if after < before {
        known * after / before
    } else {
        known + (TRANSFER - known).max(0.0) * (after - before) / (1.0 - before)
    };
    let logit = |share: f64| (share / (1.0 - share)).ln();
    logit(then) - logit(known)
}

fn weighted_mean(domains: &[DomainWorth], recall: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let total: f64 = domains.iter().map(|domain| domain.weight).sum();
    let sum: f64 = domains.iter().zip(recall).map(|(domain, recall)| domain.weight * of(*recall)).sum();
    if total > 0.0 { sum / total } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domains() -> [DomainWorth; 2] {
        [60.0, 40.0].map(|weight| DomainWorth { weight, n_concepts: 9, known_share: 0.25 })
    }

    #[test]
    fn what_is_recalled_counts_by_weight_and_transfer_above_chance() {
        let expected = 100.0 * (0.25 + 0.75 * TRANSFER * (0.6 * 0.5 + 0.4));
        assert!((expected_points(&[0.5, 1.0], &domains(), 0.25) - expected).abs() < 1e-9);
    }

    #[track_caller]
    fn check(known: f64, before: f64, after: f64, known_then: f64) {
        let logit = |share: f64| (share / (1.0 - share)).ln();
        let found = ability_gain(known, &[before, before], &[after, after], &domains());
        assert!((found - (logit(known_then) - logit(known))).abs() < 1e-9, "{found}");
    }

    #[test]
    fn study_closes_the_same_part_of_the_gap_in_the_exam_as_on_the_cards() {
        check(0.45, 0.2, 0.6, 0.45 + 0.5 * (TRANSFER - 0.45));
        check(0.45, 0.4, 0.4, 0.45);
        check(0.45, 0.8, 0.4, 0.225);
        check(0.9, 0.2, 0.9, 0.9); // Who knows more than cards can bring gains nothing.
    }

    #[test]
    fn ability_rises_with_recall_in_any_domain_and_stays_finite() {
        let gain = |after: [f64; 2]| ability_gain(0.5, &[0.5, 0.5], &after, &domains());
        assert!(gain([0.4, 0.4]) < 0.0 && gain([0.6, 0.5]) < gain([0.7, 0.5]) && gain([0.6, 0.5]) < gain([0.6, 0.8]));
        for known in [0.0, 1.0] {
            assert!(ability_gain(known, &[0.0, 0.0], &[1.0, 1.0], &domains()).is_finite());
            assert!(ability_gain(known, &[1.0, 1.0], &[0.0, 0.0], &domains()).is_finite());
        }
    }
}
