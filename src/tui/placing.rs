//! Placing options in slots by keys: which slot is meant, and where the keys are afterwards.

use crate::deck::Placement;

/// Returns the slot that the keys are on: the chosen one, or the first empty one, or the last.
pub(crate) fn slot_in_hand(placement: &Placement, slot: Option<usize>, n_slots: usize) -> usize {
    let last = n_slots.saturating_sub(1);
    slot.unwrap_or_else(|| next_empty(placement, 0, n_slots).unwrap_or(last)).min(last)
}

/// Puts an option into a slot; returns the placement and the slot that comes next: the first empty one from there on,
/// around the end, or the same if none is left.
pub(crate) fn place(placement: &Placement, slot: usize, option: usize, n_slots: usize) -> (Placement, usize) {
    let placed = placement.with(slot, option);
    let next = next_empty(&placed, slot + 1, n_slots).or_else(|| next_empty(&placed, 0, n_slots)).unwrap_or(slot);
    (placed, next)
}

/// Empties a slot, or the filled one before it if it is empty; returns the placement and the slot that was emptied.
/// `None` if there is nothing to take away.
pub(crate) fn take_away(placement: &Placement, slot: usize) -> Option<(Placement, usize)> {
    let slot = (0..=slot).rev().find(|slot| placement.at(*slot).is_some())?;
    Some((placement.without(slot), slot))
}

/// Puts the next option that is free into a slot, in the order in which the options are shown.
pub(crate) fn place_next_free(placement: &Placement, slot: usize, choice_order: &[usize]) -> Placement {
    let own = placement.at(slot).and_then(|own| choice_order.iter().position(|option| *option == own));
    let first = own.map_or(0, |place| place + 1);
    let round = choice_order.iter().cycle().skip(first).take(choice_order.len());
    match round.copied().find(|option| placement.slot_of(*option).is_none()) {
        Some(option) => placement.with(slot, option),
        None => placement.clone(),
    }
}

fn next_empty(placement: &Placement, from: usize, n_slots: usize) -> Option<usize> {
    (from..n_slots).find(|slot| placement.at(*slot).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::Answer;

    fn placed(options: &[Option<usize>]) -> Placement {
        options.iter().copied().collect()
    }

    #[track_caller]
    fn check((placement, slot): (Placement, usize), expected: &str, next: usize) {
        assert_eq!((Answer::from(placement).to_string().as_str(), slot), (expected, next));
    }

    #[test]
    fn placing_goes_on_to_the_next_empty_slot() {
        check(place(&placed(&[]), 0, 2, 3), "c", 1);
        check(place(&placed(&[Some(2)]), 2, 0, 3), "c - a", 1);
        check(place(&placed(&[Some(2), Some(1)]), 2, 0, 3), "c b a", 2);
        check(place(&placed(&[Some(2), Some(1), Some(0)]), 0, 1, 3), "b - a", 1);
        assert_eq!(slot_in_hand(&placed(&[Some(2)]), None, 3), 1);
        assert_eq!(slot_in_hand(&placed(&[Some(2), Some(1), Some(0)]), None, 3), 2);
    }

    #[test]
    fn taking_away_empties_the_slot_or_the_one_before() {
        let two = placed(&[Some(2), Some(1)]);
        assert_eq!(take_away(&two, 0), Some((placed(&[None, Some(1)]), 0)));
        assert_eq!(take_away(&two, 2), Some((placed(&[Some(2)]), 1)));
        assert_eq!(take_away(&placed(&[None, Some(1)]), 0), None);
    }

    #[test]
    fn the_free_options_come_in_turn() {
        let order = [3, 1, 0, 2];
        let first = place_next_free(&placed(&[None, Some(3)]), 0, &order);
        assert_eq!(first, placed(&[Some(1), Some(3)]));
        assert_eq!(place_next_free(&first, 0, &order), placed(&[Some(0), Some(3)]));
        let full = placed(&[Some(0), Some(1), Some(2), Some(3)]);
        assert_eq!(place_next_free(&full, 1, &order), full);
    }
}
