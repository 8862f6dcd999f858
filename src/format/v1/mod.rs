//! Format version 1: what the keys of a deck mean.

mod exam;
mod fields;
mod header;
mod item;
mod read;
mod resolve;

pub use read::{Reading, check_deck, read_deck};
