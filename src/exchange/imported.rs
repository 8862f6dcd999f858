//! What comes out of another program's file: items, and a word on everything that stayed behind.

use std::fmt;

use crate::base::{ItemId, SafeText};
use crate::deck::Deck;

/// A deck made of another program's file.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The items in the order of the file, each with an id; what was a category is a domain or a task. Holds no exam.
    pub deck: Deck,
    /// What was learnt of the items, if the file says.
    pub history: History,
    /// What could not be brought over, in the order of the file.
    pub skipped: Vec<Remark>,
    /// What was brought over with a change.
    pub notices: Vec<Remark>,
}

/// What was learnt in another program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// The reviews, item by item, the oldest of an item first.
    pub reviews: Vec<PastReview>,
    /// Where the items stand in that program.
    pub cards: Vec<PastCard>,
}

/// A review in another program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastReview {
    /// The item.
    pub item: ItemId,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// What was pressed: 1 again, 2 hard, 3 good, 4 easy.
    pub button: u8,
    /// How long the answer took.
    pub answer_ms: u64,
}

/// How another program would go on with an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastCard {
    /// The item.
    pub item: ItemId,
    /// Days between the last review and the next.
    pub interval_days: u32,
    /// The ease in thousandths; 0 where that program keeps none.
    pub ease_permille: u32,
    /// When it is due, in seconds since 1970-01-01 UTC.
    pub due_secs: i64,
    /// How often it was reviewed.
    pub n_reviews: u32,
    /// How often it was forgotten.
    pub n_lapses: u32,
}

/// A place in a file that is read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Origin {
    /// The file within a package; empty for the file itself.
    pub entry: String,
    /// The line from 1; 0 where there are no lines.
    pub line: usize,
}

/// Something that a person should know about one place of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The place.
    pub origin: Origin,
    /// What stands there: the first words of it.
    pub what: String,
    /// What became of it, and why.
    pub reason: String,
}

/// Why nothing could be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The content is of no kind that is known.
    #[error("the format is not recognised; name it with --format")]
    Unrecognised,
    /// The file is not what it says it is.
    #[error("{}", SafeText::one_line(what))]
    Broken {
        /// What is wrong with it.
        what: String,
    },
    /// The file is larger than any bank.
    #[error("the file goes beyond a limit: {}", SafeText::one_line(what))]
    TooLarge {
        /// What is too large, and how large it may be.
        what: String,
    },
}

impl ImportError {
    pub(in crate::exchange) fn broken(what: impl Into<String>) -> ImportError {
        ImportError::Broken { what: what.into() }
    }

    pub(in crate::exchange) fn too_large(what: impl Into<String>) -> ImportError {
        ImportError::TooLarge { what: what.into() }
    }
}

impl Origin {
    /// Returns the place of a line of the file itself.
    pub fn line(line: usize) -> Origin {
        Origin { entry: String::new(), line }
    }
}

impl fmt::Display for Origin {
    /// Writes `12`, `item.xml:12` or `item.xml`; nothing for the file as a whole.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.entry.is_empty(), self.line) {
            (true, 0) => Ok(()),
            (true, line) => write!(f, "{line}"),
            (false, 0) => f.write_str(&self.entry),
            (false, line) => write!(f, "{}:{line}", self.entry),
        }
    }
}

/// Characters of a text that name it in a remark.
const MAX_NAMED: usize = 60;

/// Returns the first words of a text, on one line.
pub(in crate::exchange) fn first_words(text: &str) -> String {
    let mut words = String::new();
    for word in text.split_whitespace() {
        if words.chars().count() + word.chars().count() > MAX_NAMED {
            let shown: String = word.chars().take(MAX_NAMED).collect();
            words.push_str(if words.is_empty() { &shown } else { "" });
            words.push_str("..");
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}
