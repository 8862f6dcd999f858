//! The list of questions in line mode, and going through a part of them.

use crate::exam::{ItemStatus, Sitting};

/// Which questions are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Listing {
    /// What is open or flagged.
    Wanting,
    /// All.
    All,
    /// What is not answered in full.
    Incomplete,
    /// What is flagged.
    Flagged,
}

impl Listing {
    /// Reads the word after `review` or `walk`.
    pub(in crate::cli) fn from_word(word: &str) -> Option<Listing> {
        match word {
            "" => Some(Listing::Wanting),
            "all" => Some(Listing::All),
            "incomplete" => Some(Listing::Incomplete),
            "flagged" => Some(Listing::Flagged),
            _ => None,
        }
    }

    /// Returns the positions that are listed; a closed section is not.
    pub(in crate::cli) fn positions(self, sitting: &Sitting) -> Vec<usize> {
        let is_open = |position: usize| sitting.status(position) != ItemStatus::Answered;
        let is_flagged = |position: usize| sitting.mark_at(position).is_flagged;
        let is_listed = |position: &usize| match self {
            Listing::Wanting => is_open(*position) || is_flagged(*position),
            Listing::All => true,
            Listing::Incomplete => is_open(*position),
            Listing::Flagged => is_flagged(*position),
        };
        let own = |position: &usize| sitting.form().section_idx(*position) == sitting.section_idx();
        (0..sitting.n_items()).filter(own).filter(is_listed).collect()
    }
}

/// Writes the list, one question a line.
pub(in crate::cli) fn review_text(sitting: &Sitting, listing: Listing) -> String {
    let mut text = String::new();
    for position in listing.positions(sitting) {
        let mut words = match (sitting.status(position), listing) {
            (ItemStatus::NotReached, _) => vec!["not reached"],
            (ItemStatus::Blank, _) => vec!["blank"],
            (ItemStatus::Incomplete, _) => vec!["incomplete"],
            (ItemStatus::Answered, Listing::Wanting) => Vec::new(),
            (ItemStatus::Answered, Listing::All | Listing::Incomplete | Listing::Flagged) => vec!["answered"],
        };
        if sitting.mark_at(position).is_flagged {
            words.push("flagged");
        }
        if !sitting.note_at(position).is_empty() {
            words.push("noted");
        }
        text.push_str(&format!("Question {}: {}.\n", position + 1, words.join(", ")));
    }
    if text.is_empty() {
        text.push_str(match listing {
            Listing::Wanting => "Every question is answered and none is flagged.\n",
            Listing::All => "There is no question.\n",
            Listing::Incomplete => "Every question is answered.\n",
            Listing::Flagged => "No question is flagged.\n",
        });
    }
    text
}

/// Returns the first position of a walk after `position`.
pub(in crate::cli) fn after(walk: &[usize], position: usize) -> Option<usize> {
    walk.iter().copied().find(|own| position < *own)
}

/// Returns the last position of a walk before `position`.
pub(in crate::cli) fn before(walk: &[usize], position: usize) -> Option<usize> {
    walk.iter().copied().rfind(|own| *own < position)
}
