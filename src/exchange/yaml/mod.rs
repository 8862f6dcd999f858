//! Decks in their own format: YAML that every reader of YAML 1.1 and 1.2 takes the same way.

mod deck;
mod items;
mod outline;
mod page;
mod text;

pub use deck::{deck_files, deck_yaml};
pub(in crate::exchange) use items::{effort_word, skill_word, status_word};
