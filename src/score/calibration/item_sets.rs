//! Learners who answered the same items, counted by score.

use std::collections::BTreeMap;

use crate::score::calibration::responses::{ResponseMatrix, place};

/// A set of items and how many of those who answered exactly these reached each score. Under the Rasch model the
/// score says all that the answers say about ability, so these counts replace the answers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ItemSet {
    /// Places among the fitted items, ascending.
    pub(super) items: Vec<u32>,
    /// Right answers to each of them.
    pub(super) n_right: Vec<u32>,
    /// Number of learners by score.
    pub(super) n_by_score: BTreeMap<u32, u32>,
}

impl ItemSet {
    /// Returns the number of learners.
    pub(super) fn n_learners(&self) -> usize {
        self.n_by_score.values().map(|n| place(*n)).sum()
    }

    /// Groups learners by the items they answered, in the order of their first member. `fitted` gives each item its
    /// place among the fitted ones, or `None` for those that are left out.
    pub(super) fn group(matrix: &ResponseMatrix, fitted: &[Option<u32>]) -> Vec<ItemSet> {
        let mut known: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
        let mut sets: Vec<ItemSet> = Vec::new();
        let mut own = Vec::new();
        for answers in matrix.learners() {
            let answers = || answers.iter().filter_map(|answer| Some((fitted[answer.item()]?, answer.score())));
            own.clear();
            own.extend(answers().map(|(item, _)| item));
            let set_idx = match known.get(own.as_slice()) {
                Some(set_idx) => *set_idx,
                None if own.is_empty() => continue,
                None => {
                    known.insert(own.clone(), sets.len());
                    let n_right = vec![0; own.len()];
                    sets.push(ItemSet { items: Vec::new(), n_right, n_by_score: BTreeMap::new() });
                    sets.len() - 1
                }
            };
            let set = &mut sets[set_idx];
            set.n_right.iter_mut().zip(answers()).for_each(|(n_right, (_, score))| *n_right += score);
            *set.n_by_score.entry(answers().map(|(_, score)| score).sum()).or_insert(0) += 1;
        }
        for (items, set_idx) in known {
            sets[set_idx].items = items;
        }
        sets
    }
}
