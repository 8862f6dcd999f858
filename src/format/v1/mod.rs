//! Format version 1: what the keys of a deck mean.

mod check;
mod exam;
mod fields;
mod header;
mod insights;
mod item;
mod keys;
mod measured;
mod other_types;
mod read;
mod resolve;
mod result_file;
mod sections;
mod stale_terms;
mod stimuli;

pub use check::{CheckSetting, Reading, check_deck, check_decks, read_deck, usable_deck};
pub(in crate::format) use item::{ItemSpans, MAX_LOGITS};
pub(in crate::format) use keys::{FILE, Key, Shape};
pub use read::line_of_item;
pub(in crate::format) use read::locate;
pub use result_file::{ResultFile, read_result_file};
