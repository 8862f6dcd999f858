//! Format version 1: what the keys of a deck mean.

mod check;
mod exam;
mod fields;
mod header;
mod item;
mod measured;
mod other_types;
mod read;
mod resolve;
mod sections;
mod stale_terms;

pub use check::{CheckSetting, Reading, check_deck, check_decks, read_deck};
pub(in crate::format) use item::MAX_LOGITS;
pub use read::line_of_item;
