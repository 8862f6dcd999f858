//! What recall is worth in the exam: points, and ability.

use crate::plan::{DomainWorth, TRANSFER};

/// Recall below this, and above one less it, is taken as this: the logit needs an end.
const LEAST_RECALL: f64 = 0.02;

/// Returns the expected points of 100 in the exam, with these means of recall in the domains.
///
/// An item is right with c + (1 − c) · transfer · recall, c the `chance`; the domains count by their weights.
pub fn expected_points(recall: &[f64], domains: &[DomainWorth], chance: f64) -> f64 {
    100.0 * weighted_mean(domains, recall, |recall| chance + (1.0 - chance) * TRANSFER * recall)
}

/// Returns by how many logits ability rises when recall goes from `before` to `after`, in the mean over the domains.
///
/// Under the curve P = c + (1 − c) · σ(θ − b) the share that is known, transfer · recall, moves with ability by its logit:
/// Δθ = logit(transfer · after) − logit(transfer · before). Items of unlike difficulty would need a little more, so that
/// this is rather too little than too much.
pub fn ability_gain(before: &[f64], after: &[f64], domains: &[DomainWorth]) -> f64 {
    let known = |recall: f64| TRANSFER * recall.clamp(LEAST_RECALL, 1.0 - LEAST_RECALL);
    let logit = |recall: f64| (known(recall) / (1.0 - known(recall))).ln();
    weighted_mean(domains, after, logit) - weighted_mean(domains, before, logit)
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

    #[test]
    fn ability_rises_with_recall_and_never_without() {
        assert!(ability_gain(&[0.4, 0.7], &[0.4, 0.7], &domains()).abs() < 1e-12);
        let gain = ability_gain(&[0.5, 0.5], &[0.8, 0.8], &domains());
        let logit = |p: f64| (p / (1.0 - p)).ln();
        assert!((gain - (logit(0.85 * 0.8) - logit(0.85 * 0.5))).abs() < 1e-12);
        assert!(ability_gain(&[0.5, 0.5], &[0.9, 0.8], &domains()) > gain);
        assert!(ability_gain(&[0.5, 0.5], &[0.4, 0.4], &domains()) < 0.0);
        assert!(ability_gain(&[0.0, 0.0], &[1.0, 1.0], &domains()).is_finite());
    }
}
