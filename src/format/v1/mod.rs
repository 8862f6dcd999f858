//! Format version 1: what the keys of a deck mean.

mod exam;
mod fields;
mod header;
mod item;
mod measured;
mod other_types;
mod read;
mod resolve;
mod sections;

pub(in crate::format) use item::MAX_LOGITS;
pub use read::{Reading, check_deck, line_of_item, read_deck};
