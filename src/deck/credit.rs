//! How much of an item's point an answer earns.
//!
//! An item is worth one point. All or nothing, an answer earns it or not; with credit per choice it earns one of several
//! equal steps.

use crate::deck::{Answer, Ask, ChoiceSet, Guessing, ItemKind, Placement, Question};

/// Whether answers that are partly right earn a part of the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CreditRule {
    /// They earn nothing.
    #[default]
    AllOrNothing,
    /// They earn a step for each part that is right.
    PerChoice,
}

/// What an answer earned: some of the equal steps that make up an item's point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Credit {
    n_earned: u8, // Invariant: at most `n_steps`, which is at least 1.
    n_steps: u8,
}

impl Credit {
    /// Takes the earned steps of an item that has `n_steps`; brings both into range.
    pub fn new(n_earned: u8, n_steps: u8) -> Credit {
        let n_steps = n_steps.max(1);
        Credit { n_earned: n_earned.min(n_steps), n_steps }
    }

    /// Returns the whole point or nothing.
    pub fn whole(is_right: bool) -> Credit {
        Credit { n_earned: u8::from(is_right), n_steps: 1 }
    }

    /// Returns the earned steps.
    pub fn n_earned(self) -> u8 {
        self.n_earned
    }

    /// Returns the steps that make up the point, at least 1.
    pub fn n_steps(self) -> u8 {
        self.n_steps
    }

    /// Returns the steps that were not earned.
    pub fn n_missed(self) -> u8 {
        self.n_steps - self.n_earned
    }

    /// Tells whether the whole point was earned.
    pub fn is_full(self) -> bool {
        self.n_earned == self.n_steps
    }
}

impl CreditRule {
    /// Returns how many steps make up the point of an item.
    pub fn n_steps(self, kind: ItemKind) -> u8 {
        match (self, kind) {
            (CreditRule::PerChoice, ItemKind::MultipleResponse { n_keys, .. }) => n_keys.max(1),
            (CreditRule::PerChoice, ItemKind::Arrangement { n_slots, .. }) => n_slots.max(1),
            (CreditRule::PerChoice, ItemKind::MultipleChoice { .. } | ItemKind::TypedAnswer | ItemKind::Flashcard)
            | (CreditRule::AllOrNothing, _) => 1,
        }
    }

    /// Returns how chance enters the curve of an item, where the deck says `guessing`.
    ///
    /// What blind choosing gives all or nothing says little about the parts of an answer: with credit per choice such
    /// items have no chance unless the deck names one.
    pub fn guessing(self, guessing: Guessing, kind: ItemKind) -> Guessing {
        match guessing {
            Guessing::ByChoices if self.n_steps(kind) > 1 => Guessing::None,
            Guessing::ByChoices | Guessing::None | Guessing::Fixed(_) => guessing,
        }
    }

    /// Returns the credit of an answer to a question. A typed answer is all or nothing by any rule.
    pub fn of_answer(self, question: &Question, answer: &Answer) -> Credit {
        match &question.ask {
            Ask::Choices { .. } => self.of_choices(answer.choices(), question.key()),
            Ask::Arrangement(arrangement) => self.of_placement(&answer.placement(), arrangement.slots.len()),
            Ask::Typed(_) => Credit::whole(question.is_right(answer)),
        }
    }

    /// Returns the credit of choosing `chosen` where `key` is right.
    ///
    /// Per choice, right picks minus wrong picks, and never less than nothing: who picks everything gains nothing. A
    /// question with one right choice is all or nothing by any rule.
    pub fn of_choices(self, chosen: ChoiceSet, key: ChoiceSet) -> Credit {
        match (self, small(key.len())) {
            (CreditRule::AllOrNothing, _) | (CreditRule::PerChoice, 0 | 1) => Credit::whole(chosen == key),
            (CreditRule::PerChoice, n_keys) => {
                let n_right = chosen.iter().filter(|choice| key.contains(*choice)).count();
                let n_wrong = chosen.len() - n_right;
                Credit::new(small(n_right.saturating_sub(n_wrong)), n_keys)
            }
        }
    }

    /// Returns the credit of an arrangement of `n_slots` slots, each of which wants the option at its own place.
    ///
    /// Per choice, the share of the slots that hold their option. For an order, Moodle's ordering question calls this
    /// absolute position; for a matching, it is the share of the pairs that are right.
    pub fn of_placement(self, placement: &Placement, n_slots: usize) -> Credit {
        let n_right = (0..n_slots).filter(|slot| placement.at(*slot) == Some(*slot)).count();
        match self {
            CreditRule::AllOrNothing => Credit::whole(n_right == n_slots),
            CreditRule::PerChoice => Credit::new(small(n_right), small(n_slots)),
        }
    }
}

/// Parts of an item fit a byte: readers refuse more than [`ChoiceSet::MAX_CHOICES`].
fn small(n: usize) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(choices: &[usize]) -> ChoiceSet {
        choices.iter().copied().collect()
    }

    #[track_caller]
    fn check_choices(chosen: &[usize], key: &[usize], per_choice: (u8, u8), whole: u8) {
        let found = CreditRule::PerChoice.of_choices(set(chosen), set(key));
        assert_eq!((found.n_earned(), found.n_steps()), per_choice);
        assert_eq!(CreditRule::AllOrNothing.of_choices(set(chosen), set(key)), Credit::new(whole, 1));
    }

    #[test]
    fn a_wrong_pick_takes_back_a_right_one() {
        check_choices(&[0, 2], &[0, 2], (2, 2), 1);
        check_choices(&[0], &[0, 2], (1, 2), 0);
        check_choices(&[0, 1], &[0, 2], (0, 2), 0);
        check_choices(&[1, 3], &[0, 2], (0, 2), 0);
        check_choices(&[0, 1, 2, 3, 4], &[0, 2], (0, 2), 0);
        check_choices(&[0, 2, 4], &[0, 2], (1, 2), 0);
        check_choices(&[], &[0, 2, 3], (0, 3), 0);
    }

    #[test]
    fn one_right_choice_is_all_or_nothing_by_any_rule() {
        check_choices(&[1], &[1], (1, 1), 1);
        check_choices(&[0], &[1], (0, 1), 0);
    }

    #[track_caller]
    fn check_placement(placed: &[Option<usize>], n_earned: u8) {
        let placement: Placement = placed.iter().copied().collect();
        assert_eq!(CreditRule::PerChoice.of_placement(&placement, 4), Credit::new(n_earned, 4));
        assert_eq!(CreditRule::AllOrNothing.of_placement(&placement, 4), Credit::whole(n_earned == 4));
    }

    #[test]
    fn an_arrangement_earns_the_slots_that_hold_their_option() {
        check_placement(&[Some(0), Some(1), Some(2), Some(3)], 4);
        check_placement(&[Some(1), Some(0), Some(2), Some(3)], 2);
        check_placement(&[Some(3), Some(0), Some(1), Some(2)], 0);
        check_placement(&[Some(0), None, Some(5), Some(3)], 2);
        check_placement(&[Some(0), Some(1)], 2);
        check_placement(&[], 0);
    }

    #[test]
    fn only_items_with_several_parts_have_steps_and_those_have_no_chance_of_their_own() {
        let pair = ItemKind::MultipleResponse { n_choices: 5, n_keys: 2 };
        let one = ItemKind::MultipleChoice { n_choices: 4 };
        let order = ItemKind::Arrangement { n_slots: 4, n_options: 5 };
        let kinds = [pair, order, one, ItemKind::TypedAnswer];
        assert_eq!(kinds.map(|kind| CreditRule::PerChoice.n_steps(kind)), [2, 4, 1, 1]);
        assert_eq!(kinds.map(|kind| CreditRule::AllOrNothing.n_steps(kind)), [1, 1, 1, 1]);
        let guessing = |rule: CreditRule, kind| rule.guessing(Guessing::ByChoices, kind);
        assert_eq!(guessing(CreditRule::PerChoice, pair), Guessing::None);
        assert_eq!(guessing(CreditRule::PerChoice, one), Guessing::ByChoices);
        assert_eq!(guessing(CreditRule::AllOrNothing, pair), Guessing::ByChoices);
    }

    proptest! {
        #[test]
        fn full_credit_is_what_all_or_nothing_calls_right(chosen in 0_u32..64, key in 1_u32..64) {
            let (chosen, key) = (ChoiceSet::from_bits(chosen), ChoiceSet::from_bits(key));
            let whole = CreditRule::AllOrNothing.of_choices(chosen, key);
            prop_assert_eq!(CreditRule::PerChoice.of_choices(chosen, key).is_full(), whole.is_full());
        }
    }
}
