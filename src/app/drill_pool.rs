//! The bank as a plan of many days sees it: concepts with their variants, and what may be shown of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::ConceptId;
use crate::store::{Exposure, IndexedItem};

/// The places of each concept's items.
pub(in crate::app) fn variants(items: &[IndexedItem]) -> BTreeMap<ConceptId, Vec<usize>> {
    let mut variants: BTreeMap<ConceptId, Vec<usize>> = BTreeMap::new();
    for (item_idx, item) in items.iter().enumerate().filter(|(_, item)| item.facts.is_live()) {
        variants.entry(item.facts.concept.clone()).or_default().push(item_idx);
    }
    variants
}

/// The concepts with their domains, in the order in which the deck brings them up.
pub(in crate::app) fn in_deck_order(items: &[IndexedItem]) -> Vec<(&ConceptId, usize)> {
    let mut seen = BTreeSet::new();
    let first = items.iter().filter(|item| item.facts.is_live() && seen.insert(&item.facts.concept));
    first.map(|item| (&item.facts.concept, item.facts.domain_idx)).collect()
}

/// Unseen exam items of each domain that the drill may use up.
pub(in crate::app) fn n_free(
    n_domains: usize,
    items: &[IndexedItem],
    exposures: &[Option<Exposure>],
    free_of: impl Fn(usize, usize) -> usize,
) -> Vec<usize> {
    let mut n_unseen = vec![0; n_domains];
    for (item, exposure) in items.iter().zip(exposures) {
        if item.facts.is_drawn() && exposure.is_none() {
            n_unseen[item.facts.domain_idx] += 1;
        }
    }
    n_unseen.iter().enumerate().map(|(domain_idx, n)| free_of(domain_idx, *n)).collect()
}

/// Tells whether the drill may show a concept, and books the unseen exam item that this takes.
pub(in crate::app) fn may_show(
    places: &[usize],
    items: &[IndexedItem],
    exposures: &[Option<Exposure>],
    n_free: &mut usize,
) -> bool {
    let is_open = |idx: &usize| exposures[*idx].is_some() || !items[*idx].facts.kind.is_exam_item();
    if places.iter().any(is_open) {
        return true;
    }
    match n_free.checked_sub(1) {
        Some(n_left) => {
            *n_free = n_left;
            true
        }
        None => false,
    }
}
