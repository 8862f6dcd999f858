//! Items of one stimulus stay together.

use std::collections::BTreeMap;

/// Brings the items of each stimulus to where the first of them stands, in rising order; other items keep theirs.
///
/// `place_of` returns an item's place in the deck, `stimulus_of` what it shares with others, `None` if nothing.
pub fn together<T, S: Ord>(
    items: Vec<T>,
    place_of: impl Fn(&T) -> usize,
    stimulus_of: impl Fn(&T) -> Option<S>,
) -> Vec<T> {
    let mut places: BTreeMap<S, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<T>> = Vec::with_capacity(items.len());
    for item in items {
        let n_known = groups.len();
        let place = stimulus_of(&item).map_or(n_known, |stimulus| *places.entry(stimulus).or_insert(n_known));
        match groups.get_mut(place) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    for group in &mut groups {
        group.sort_by_key(&place_of);
    }
    groups.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_a_stimulus_follow_its_first_in_their_own_order() {
        let stimulus_of = |item: &usize| (*item >= 10).then_some(item / 10);
        assert_eq!(together(vec![3, 12, 1, 21, 10, 2, 11], |item| *item, stimulus_of), [3, 10, 11, 12, 1, 21, 2]);
    }
}
