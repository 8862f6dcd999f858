//! Writers: a deck as another program reads it.

mod export;
mod gift;
mod json;
mod markdown;
mod qti;
mod rows;
mod table;

pub use export::{ExportError, Exported, export_deck};
pub(in crate::exchange) use export::{Lost, live_items, path_of};
pub(in crate::exchange) use rows::{Row, letter, row_of};
