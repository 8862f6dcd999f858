//! What a learner answers, whatever the type of the item.

use std::fmt;

use crate::deck::{ChoiceSet, letter_of};

/// An answer. The same answer is always the same value: what chooses, places and types nothing is [`Answer::Blank`].
///
/// Answers are made by the conversions from [`ChoiceSet`] and [`Placement`] and by [`Answer::typed`], which see to that.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Answer {
    /// Nothing.
    #[default]
    Blank,
    /// These choices, by their places in the deck.
    Choices(ChoiceSet),
    /// These options in these slots.
    Placed(Placement),
    /// This text, without blanks at its ends.
    Text(String),
}

/// Which option stands in which slot of an arrangement; slots and options by their places in the deck, 0 to 25.
///
/// Invariant: no option stands in two slots; kept by [`Placement::with`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Placement(Vec<Option<u8>>); // Invariant: the last entry is an option.

impl Answer {
    /// Most characters of a typed answer.
    pub const MAX_CHARS: usize = 500;

    /// Returns a typed answer, at most [`Answer::MAX_CHARS`] characters of it.
    pub fn typed(text: &str) -> Answer {
        let text: String = text.trim().chars().take(Self::MAX_CHARS).collect();
        let text = text.trim_end();
        if text.is_empty() { Answer::Blank } else { Answer::Text(text.to_owned()) }
    }

    /// Tells whether nothing is answered.
    pub fn is_blank(&self) -> bool {
        *self == Answer::Blank
    }

    /// Returns how much is answered: choices, filled slots, or 1 for a text.
    pub fn n_parts(&self) -> usize {
        match self {
            Answer::Blank => 0,
            Answer::Choices(choices) => choices.len(),
            Answer::Placed(placement) => placement.n_filled(),
            Answer::Text(_) => 1,
        }
    }

    /// Returns the chosen choices; none for another type of answer.
    pub fn choices(&self) -> ChoiceSet {
        match self {
            Answer::Choices(choices) => *choices,
            Answer::Blank | Answer::Placed(_) | Answer::Text(_) => ChoiceSet::EMPTY,
        }
    }

    /// Returns what stands in the slots; nothing for another type of answer.
    pub fn placement(&self) -> Placement {
        match self {
            Answer::Placed(placement) => placement.clone(),
            Answer::Blank | Answer::Choices(_) | Answer::Text(_) => Placement::default(),
        }
    }

    /// Returns this answer by places on the screen; `choice_order` gives for each of them the place in the deck.
    #[must_use]
    pub fn on_screen(&self, choice_order: &[usize]) -> Answer {
        self.by_places(|deck_idx| choice_order.iter().position(|own| *own == deck_idx))
    }

    /// Returns this answer, given by places on the screen, by places in the deck.
    #[must_use]
    pub fn in_deck(&self, choice_order: &[usize]) -> Answer {
        self.by_places(|place| choice_order.get(place).copied())
    }

    fn by_places(&self, to: impl Fn(usize) -> Option<usize>) -> Answer {
        match self {
            Answer::Choices(choices) => choices.iter().filter_map(to).collect::<ChoiceSet>().into(),
            Answer::Placed(placement) => {
                placement.iter().map(|option| option.and_then(&to)).collect::<Placement>().into()
            }
            Answer::Blank | Answer::Text(_) => self.clone(),
        }
    }

    /// Returns the typed text; empty for another type of answer.
    pub fn text(&self) -> &str {
        match self {
            Answer::Text(text) => text,
            Answer::Blank | Answer::Choices(_) | Answer::Placed(_) => "",
        }
    }
}

impl From<ChoiceSet> for Answer {
    fn from(choices: ChoiceSet) -> Answer {
        if choices.is_empty() { Answer::Blank } else { Answer::Choices(choices) }
    }
}

impl From<Placement> for Answer {
    fn from(placement: Placement) -> Answer {
        if placement.n_filled() == 0 { Answer::Blank } else { Answer::Placed(placement) }
    }
}

/// Writes letters by their places in the deck, slot by slot, or the text after an equals sign: `a c`, `c - b`, `= 443`.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Blank => f.write_str("-"),
            Answer::Choices(choices) => choices.fmt(f),
            Answer::Placed(placement) => {
                let letters: Vec<String> =
                    placement.iter().map(|option| option.map_or('-', letter_of).to_string()).collect();
                f.write_str(&letters.join(" "))
            }
            Answer::Text(text) => write!(f, "= {text}"),
        }
    }
}

impl Placement {
    /// Returns the option in a slot; `None` if the slot is empty.
    pub fn at(&self, slot: usize) -> Option<usize> {
        self.0.get(slot).copied().flatten().map(usize::from)
    }

    /// Returns the slot that an option stands in.
    pub fn slot_of(&self, option: usize) -> Option<usize> {
        self.iter().position(|own| own == Some(option))
    }

    /// Returns how many slots are filled.
    pub fn n_filled(&self) -> usize {
        self.0.iter().flatten().count()
    }

    /// Walks the slots up to the last filled one.
    pub fn iter(&self) -> impl Iterator<Item = Option<usize>> {
        self.0.iter().map(|option| option.map(usize::from))
    }

    /// Returns this placement with `option` in `slot`: it leaves the slot where it was, and takes the place of what was
    /// here. Places past 25 change nothing.
    #[must_use]
    pub fn with(&self, slot: usize, option: usize) -> Placement {
        let (Ok(number), true) = (u8::try_from(option), slot.max(option) < ChoiceSet::MAX_CHOICES) else {
            return self.clone();
        };
        let mut slots = self.0.clone();
        slots.iter_mut().filter(|own| **own == Some(number)).for_each(|own| *own = None);
        slots.resize(slots.len().max(slot + 1), None);
        slots[slot] = Some(number);
        Placement::trimmed(slots)
    }

    /// Returns this placement with nothing in `slot`.
    #[must_use]
    pub fn without(&self, slot: usize) -> Placement {
        let mut slots = self.0.clone();
        if let Some(own) = slots.get_mut(slot) {
            *own = None;
        }
        Placement::trimmed(slots)
    }

    fn trimmed(mut slots: Vec<Option<u8>>) -> Placement {
        while slots.last() == Some(&None) {
            slots.pop();
        }
        Placement(slots)
    }
}

/// Fills the slots one after the other; an option that comes twice stands in the later slot.
impl FromIterator<Option<usize>> for Placement {
    fn from_iter<I: IntoIterator<Item = Option<usize>>>(options: I) -> Placement {
        let filled = options.into_iter().enumerate().filter_map(|(slot, option)| Some((slot, option?)));
        filled.fold(Placement::default(), |placement, (slot, option)| placement.with(slot, option))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(options: &[Option<usize>]) -> Placement {
        options.iter().copied().collect()
    }

    #[track_caller]
    fn check(placement: Placement, expected: &str) {
        assert_eq!(Answer::from(placement).to_string(), expected);
    }

    #[test]
    fn an_option_that_is_placed_again_moves_and_takes_the_place_of_what_was_there() {
        check(placed(&[Some(2), None, Some(0)]), "c - a");
        check(placed(&[Some(2), Some(1)]).with(1, 2), "- c");
        check(placed(&[Some(2), Some(1)]).with(0, 0), "a b");
        check(placed(&[Some(2), Some(1)]).without(1), "c");
        check(placed(&[Some(2)]).without(0).without(7), "-");
        check(Placement::default().with(26, 0).with(0, 26), "-");
    }

    #[test]
    fn an_answer_that_says_nothing_is_blank() {
        assert!(Answer::from(ChoiceSet::EMPTY).is_blank());
        assert!(Answer::from(placed(&[None, None])).is_blank());
        assert!(Answer::typed(" \t ").is_blank());
        assert_eq!(Answer::typed(" two words "), Answer::Text("two words".to_owned()));
    }

    #[test]
    fn places_on_the_screen_become_places_in_the_deck_and_back() {
        let order = [3, 1, 0, 2];
        let choices: ChoiceSet = [0, 2].into_iter().collect();
        assert_eq!(Answer::from(choices).in_deck(&order).to_string(), "a d");
        let answer = Answer::from(placed(&[Some(3), None, Some(0)]));
        assert_eq!(answer.in_deck(&order).to_string(), "c - d");
        assert_eq!(answer.in_deck(&order).on_screen(&order), answer);
        assert_eq!(Answer::typed("443").on_screen(&order), Answer::typed("443"));
    }

    #[test]
    fn parts_are_choices_filled_slots_or_the_text() {
        assert_eq!(Answer::from(ChoiceSet::only(3)).n_parts(), 1);
        assert_eq!(Answer::from(placed(&[Some(1), None, Some(2)])).n_parts(), 2);
        assert_eq!(Answer::typed(&"x".repeat(900)).text().len(), Answer::MAX_CHARS);
        assert_eq!(Answer::Blank.n_parts(), 0);
    }
}
