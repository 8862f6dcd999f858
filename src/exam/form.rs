//! A drawn form: which items, in which order, with which order of choices.

use rand::Rng;
use rand::seq::SliceRandom;

use crate::base::{ContentHash, ItemId};
use crate::deck::{ItemKind, ShuffleChoices};
use crate::exam::Section;

/// The items of one sitting in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Form {
    /// The items.
    pub items: Vec<FormItem>,
    /// The parts that are closed once they are left, in order; empty if the candidate moves about freely.
    pub sections: Vec<Section>,
}

/// An item as a form pins it: later edits of the deck do not reach it.
#[derive(Debug, Clone, PartialEq)]
pub struct FormItem {
    /// The item's name.
    pub item: ItemId,
    /// The fingerprint of the content that is shown and scored.
    pub content: ContentHash,
    /// Place of the item's domain in the deck's list.
    pub domain_idx: usize,
    /// The type of the item, with its numbers.
    pub kind: ItemKind,
    /// Whether the item counts.
    pub role: ItemRole,
    /// For each place on the screen, the place in the deck of the choice or option; empty where the answer is typed.
    pub choice_order: Vec<usize>,
}

/// Whether an item counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemRole {
    /// It counts.
    Scored,
    /// It is mixed in, and counts in no score, level or readiness.
    Unscored,
}

impl FormItem {
    /// Returns how many parts a full answer has: choices, filled slots, one text.
    pub fn n_wanted(&self) -> usize {
        self.kind.n_wanted()
    }
}

impl Form {
    /// Returns how many items count.
    pub fn n_scored(&self) -> usize {
        self.items.iter().filter(|item| item.role == ItemRole::Scored).count()
    }

    /// Returns the place of the section that holds the item at `position`; 0 where there are none.
    pub fn section_idx(&self, position: usize) -> usize {
        let mut end = 0;
        let is_before = |section: &&Section| {
            end += section.n_items;
            end <= position
        };
        let n_before = self.sections.iter().take_while(is_before).count();
        n_before.min(self.sections.len().saturating_sub(1))
    }

    /// Returns the position of the first item of a section; 0 where there are none.
    pub fn section_start(&self, section_idx: usize) -> usize {
        self.sections.iter().take(section_idx).map(|section| section.n_items).sum()
    }
}

/// Draws the order in which `n_choices` choices are shown.
pub fn draw_choice_order(n_choices: usize, shuffle: ShuffleChoices, rng: &mut impl Rng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n_choices).collect();
    match shuffle {
        ShuffleChoices::Yes => order.shuffle(rng),
        ShuffleChoices::No => {}
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Seed;

    #[test]
    fn choices_keep_the_decks_order_when_they_must_not_be_shuffled() {
        assert_eq!(draw_choice_order(4, ShuffleChoices::No, &mut Seed(1).rng()), [0, 1, 2, 3]);
    }

    #[test]
    fn a_drawn_order_shows_every_choice_once() {
        let mut order = draw_choice_order(6, ShuffleChoices::Yes, &mut Seed(1).rng());
        order.sort_unstable();
        assert_eq!(order, [0, 1, 2, 3, 4, 5]);
    }
}
