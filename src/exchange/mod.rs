//! Decks in the formats of other programs: [`import_deck`] reads them, and each writer returns bytes.
//!
//! Everything here turns bytes into values or values into bytes; files are opened elsewhere.

mod aiken;
mod anki;
mod collect;
mod columns;
mod decode;
mod entities;
mod escape;
mod format;
mod gift;
mod gift_text;
mod html;
mod import;
mod imported;
mod keys;
mod markdown_line;
mod markdown_list;
mod markdown_text;
mod moodle;
mod package;
mod prose;
mod qti;
mod qti_1;
mod qti_2;
mod table;
mod tidy;
mod write;
mod xml;
mod yaml;

pub use format::{ExportFormat, ImportFormat, recognise};
pub use import::import_deck;
pub use imported::{History, ImportError, Imported, Origin, PastCard, PastReview, Remark};
pub use write::{ExportError, Exported, export_deck};
pub use yaml::{deck_files, deck_yaml};
