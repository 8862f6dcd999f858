//! The scored items of a form, and what each right answer adds to the share.

use crate::deck::{Weight, fits_weights};
use crate::score::numeric::{count, normalised};
use crate::score::test_characteristic::grouped;
use crate::score::{ItemCurve, RawScore, Reference, ScoreError, Stratum, TestCharacteristic};

/// A scored item of a form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FormItem {
    /// Place of the item's domain in the deck's list.
    pub domain_idx: usize,
    /// The item's response curve.
    pub curve: ItemCurve,
}

/// How right answers add up to a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Balance {
    /// The domain counts are those of the blueprint or of the reference form: each right answer counts the same.
    Exact,
    /// They are not: each domain counts by its weight.
    ByDomain,
}

/// A form as it enters the scores.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Form {
    pub(super) characteristic: TestCharacteristic,
    pub(super) domains: Vec<Option<TestCharacteristic>>, // of those that have items
    pub(super) n_items: Vec<usize>,                      // of each domain
    pub(super) balance: Balance,
    weights: Vec<f64>, // of each domain, with sum 1 over the domains that have items
}

impl Form {
    /// Takes the scored items of a form; `weights` are those of the blueprint.
    pub(super) fn new(reference: &Reference, weights: &[Weight], items: &[FormItem]) -> Result<Form, ScoreError> {
        let n_items = counts(weights.len(), items)?;
        if items.is_empty() {
            return Err(ScoreError::NoScoredItems);
        }
        if weights.len() != reference.parts().domains.len() {
            return Err(ScoreError::Reference { reason: "it has another number of domains than the deck" });
        }
        let of_reference: Vec<Weight> =
            reference.parts().domains.iter().map(|domain| Weight::exact(domain.weight)).collect();
        let is_exact = [weights, &of_reference].iter().any(|plan| fits_weights(&n_items, plan));
        let balance = if is_exact { Balance::Exact } else { Balance::ByDomain };
        let present: Vec<f64> =
            weights.iter().zip(&n_items).filter(|(_, n)| **n > 0).map(|(weight, _)| weight.middle()).collect();
        let mut present = normalised(&present).into_iter();
        let weights: Vec<f64> =
            n_items.iter().map(|n| if *n > 0 { present.next().unwrap_or(0.0) } else { 0.0 }).collect();

        let curves_of = |domain_idx: usize| -> Vec<ItemCurve> {
            let own = items.iter().filter(move |item| item.domain_idx == domain_idx);
            own.map(|item| reference.curve(item.curve)).collect()
        };
        let domains = (0..weights.len()).map(|idx| TestCharacteristic::plain(curves_of(idx)).ok()).collect();
        let characteristic = match balance {
            Balance::Exact => TestCharacteristic::plain(items.iter().map(|item| reference.curve(item.curve)).collect()),
            Balance::ByDomain => TestCharacteristic::stratified(
                weights
                    .iter()
                    .enumerate()
                    .map(|(domain_idx, weight)| Stratum { weight: *weight, groups: grouped(curves_of(domain_idx)) })
                    .collect(),
            ),
        }?;
        Ok(Form { characteristic, domains, n_items, balance, weights })
    }

    /// Returns the share that the points of each domain make, 0 to 1.
    pub(super) fn share(&self, raw: &[RawScore]) -> f64 {
        match self.balance {
            Balance::Exact => RawScore::sum(raw).value() / count(self.characteristic.n_items()),
            Balance::ByDomain => {
                let parts = self.weights.iter().zip(raw).zip(&self.n_items).filter(|(_, n)| **n > 0);
                parts.map(|((weight, raw), n)| weight * raw.value() / count(*n)).sum()
            }
        }
    }

    /// Returns what a point in a domain that has items adds to the share.
    pub(super) fn share_of_a_point(&self, domain_idx: usize) -> f64 {
        match self.balance {
            Balance::Exact => 1.0 / count(self.characteristic.n_items()),
            Balance::ByDomain => self.weights[domain_idx] / count(self.n_items[domain_idx]),
        }
    }
}

fn counts(n_domains: usize, items: &[FormItem]) -> Result<Vec<usize>, ScoreError> {
    let mut counts = vec![0; n_domains];
    for item in items {
        let domain_idx = item.domain_idx;
        *counts.get_mut(domain_idx).ok_or(ScoreError::UnknownDomain { domain_idx, n_domains })? += 1;
    }
    Ok(counts)
}
