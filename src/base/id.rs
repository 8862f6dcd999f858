//! Names of decks, domains, tasks, concepts and items.

use std::fmt;

/// Why a text cannot serve as a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The text is empty.
    #[error("an id must not be empty")]
    Empty,
    /// The text has more characters than an id may have.
    #[error("an id has at most {max} characters, this one has {n_chars}", max = MAX_CHARS)]
    TooLong {
        /// Number of characters found.
        n_chars: usize,
    },
    /// A character stands in the text that ids do not allow.
    #[error("an id is made of letters, digits and `-` `_` `.` `:` `/` `+`, not {found:?}")]
    BadCharacter {
        /// The first character that is not allowed.
        found: char,
    },
}

/// Longest id in characters; long enough for any scheme seen in practice, short enough for one line of a report.
const MAX_CHARS: usize = 96;

fn checked(text: &str) -> Result<String, IdError> {
    let n_chars = text.chars().count();
    match text.chars().find(|c| !c.is_alphanumeric() && !"-_.:/+".contains(*c)) {
        _ if n_chars == 0 => Err(IdError::Empty),
        _ if n_chars > MAX_CHARS => Err(IdError::TooLong { n_chars }),
        Some(found) => Err(IdError::BadCharacter { found }),
        None => Ok(text.to_owned()),
    }
}

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Checks `text`: 1 to 96 letters, digits or `-` `_` `.` `:` `/` `+`.
            ///
            /// # Errors
            /// [`IdError`] says what the text has that an id must not have.
            pub fn new(text: &str) -> Result<$name, IdError> {
                checked(text).map($name)
            }

            /// Returns the id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

id_types! {
    /// Names a deck, for example `clf-c02`.
    DeckId;
    /// Names a domain of a deck, for example `security`.
    DomainId;
    /// Names a task of a domain, for example `2.1`.
    TaskId;
    /// Names what is remembered; the items of one concept are variants of each other.
    ConceptId;
    /// Names a text that several items of a deck share.
    StimulusId;
    /// Names an item for ever: its history follows this name through every edit.
    ItemId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, IdError>) {
        assert_eq!(ItemId::new(text).as_ref().map(ItemId::as_str), expected.as_ref().map(|text| *text));
    }

    #[test]
    fn an_id_is_a_short_word_without_blanks_or_controls() {
        check("shared-model-rds", Ok("shared-model-rds"));
        check("2.1", Ok("2.1"));
        check("größe", Ok("größe"));
        check("", Err(IdError::Empty));
        check("two words", Err(IdError::BadCharacter { found: ' ' }));
        check("bell\u{7}", Err(IdError::BadCharacter { found: '\u{7}' }));
        check(&"x".repeat(97), Err(IdError::TooLong { n_chars: 97 }));
    }
}
