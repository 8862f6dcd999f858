//! The command line: words, exit codes, and the line mode for pipes, scripts and screen readers.

mod answer_line;
mod args;
mod card;
mod check;
mod cohort;
mod context;
mod deck_edit;
mod deck_library;
mod deck_new;
mod deck_search;
mod deck_watch;
mod decks;
mod drill;
mod editor;
mod error;
mod exam;
mod explain;
mod forms;
mod input;
mod interrupt;
mod output;
mod plain_drill;
mod plain_exam;
mod plain_review;
mod plan;
mod progress;
mod question_text;
mod report;
mod run;
mod screens;
mod stats;
mod today;
mod undo;
mod walk;

pub use args::{Cli, Command};
pub use run::run;
