//! A set of an item's choices.

use std::fmt;

/// The choices that are chosen, struck out or right, by their place in the deck's own order (0 to 25).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ChoiceSet(u32);

impl ChoiceSet {
    /// Most choices an item may have: one for each letter from a to z.
    pub const MAX_CHOICES: usize = 26;
    /// The set without any choice.
    pub const EMPTY: ChoiceSet = ChoiceSet(0);

    /// Returns the set of one choice. A place past 25 gives the empty set.
    pub fn only(choice_idx: usize) -> ChoiceSet {
        ChoiceSet::EMPTY.with(choice_idx)
    }

    /// Returns this set with the choice at `choice_idx` in it.
    #[must_use]
    pub fn with(self, choice_idx: usize) -> ChoiceSet {
        ChoiceSet(self.0 | bit(choice_idx))
    }

    /// Returns this set with the choice at `choice_idx` taken out.
    #[must_use]
    pub fn without(self, choice_idx: usize) -> ChoiceSet {
        ChoiceSet(self.0 & !bit(choice_idx))
    }

    /// Returns this set with the choice at `choice_idx` put in if it was out, and out if it was in.
    #[must_use]
    pub fn toggled(self, choice_idx: usize) -> ChoiceSet {
        ChoiceSet(self.0 ^ bit(choice_idx))
    }

    /// Tells whether the choice at `choice_idx` is in the set.
    pub fn contains(self, choice_idx: usize) -> bool {
        self.0 & bit(choice_idx) != 0
    }

    /// Returns how many choices are in the set.
    pub fn len(self) -> usize {
        self.iter().count()
    }

    /// Tells whether no choice is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Walks the places in the set, lowest first.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..Self::MAX_CHOICES).filter(move |choice_idx| self.contains(*choice_idx))
    }

    /// Returns the set as bits, the choice at place 0 lowest.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// Takes bits that [`ChoiceSet::bits`] gave earlier; bits past the 26th are dropped.
    pub fn from_bits(bits: u32) -> ChoiceSet {
        ChoiceSet(bits & ((1 << Self::MAX_CHOICES) - 1))
    }
}

impl FromIterator<usize> for ChoiceSet {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> ChoiceSet {
        places.into_iter().fold(ChoiceSet::EMPTY, ChoiceSet::with)
    }
}

/// Writes the letters of the set: `a c`, or `-` for none.
impl fmt::Display for ChoiceSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("-");
        }
        for (n_before, choice_idx) in self.iter().enumerate() {
            write!(f, "{}{}", if n_before > 0 { " " } else { "" }, letter_of(choice_idx))?;
        }
        Ok(())
    }
}

/// Returns the letter of a place: `a` for 0; a question mark past `z`.
pub fn letter_of(place: usize) -> char {
    ('a'..='z').nth(place).unwrap_or('?')
}

fn bit(choice_idx: usize) -> u32 {
    if choice_idx < ChoiceSet::MAX_CHOICES { 1 << choice_idx } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let set: ChoiceSet = [0, 2].into_iter().collect();
        assert_eq!((set.len(), set.contains(2), set.contains(1)), (2, true, false));
        assert_eq!(set.toggled(2), ChoiceSet::only(0));
        assert_eq!(set.without(0).with(25).to_string(), "c z");
        assert_eq!(ChoiceSet::EMPTY.to_string(), "-");
        assert_eq!(ChoiceSet::from_bits(set.bits()), set);
    }

    #[test]
    fn places_past_the_alphabet_are_in_no_set() {
        assert!(ChoiceSet::only(26).is_empty());
        assert!(ChoiceSet::from_bits(1 << 30).is_empty());
    }
}
