//! File dialects: the deck format, its diagnostics, and the deck that comes with the program.
//!
//! A deck is read in two steps: [`load_sources`] (or [`embedded_deck`]) gathers the files, and [`read_deck`], which
//! touches nothing outside its argument, turns them into a [`Deck`](crate::deck::Deck) and a list of findings.
//! Responses of many learners come as CSV through [`read_responses`].
//! YAML stays inside `yaml/`, the meaning of the keys inside `v1/`.

mod draft;
mod embedded;
mod finding;
mod overlay;
mod repair;
mod report;
mod responses;
mod rules;
mod rules_page;
mod scaffold;
mod schema;
mod source;
mod suggest;
mod v1;
mod yaml;

#[cfg(test)]
mod tests;

pub use draft::{Draft, DraftError};
pub use embedded::embedded_deck;
pub use finding::{FindingCounts, LocatedFinding};
pub use overlay::difficulty_overlay;
pub use repair::{Repair, Repaired, repair};
pub use report::{Colour, render_findings};
pub use responses::{ResponseProblem, ResponseSitting, ResponseTable, ResponsesError, read_responses};
pub use rules::READING_RULES;
pub use rules_page::rules_page;
pub use scaffold::{FirstQuestion, SCHEMA_FILE, Scaffold, ScaffoldDomain, ScaffoldExam};
pub use schema::deck_schema;
pub use source::{
    FileStamp, LoadError, MAIN_FILE, MAX_FILE_BYTES, SourceFile, deck_stamps, load_sources, refuse_links, source_stamp,
};
pub use suggest::did_you_mean;
pub use v1::{CheckSetting, Reading, check_deck, check_decks, line_of_item, read_deck, usable_deck};
pub use v1::{ResultFile, read_result_file};
