//! What can be typed about real exams.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::DeckArgs;

/// The commands about the results of real exams.
#[derive(Debug, Subcommand)]
pub enum ResultCommand {
    /// Record a real score report, and show what it points to; on a terminal it asks what no option says
    Add(Box<AddResultArgs>),
    /// List the attempts at the real exam, with what they cost
    List(DeckArgs),
    /// Show what a result points to, and how to go on
    Show(ResultArgs),
    /// Remove a result; `undo` brings it back on the same day
    Remove {
        /// The attempt's number in `result list`
        #[arg(value_name = "N")]
        number: usize,
        /// The deck.
        #[command(flatten)]
        deck: DeckArgs,
    },
}

/// A result.
#[derive(Debug, Args)]
pub struct ResultArgs {
    /// The attempt's number in `result list` [default: the newest]
    #[arg(value_name = "N")]
    pub number: Option<usize>,
    /// The deck.
    #[command(flatten)]
    pub deck: DeckArgs,
}

/// The arguments of `result add`.
#[derive(Debug, Args)]
pub struct AddResultArgs {
    /// The deck.
    #[command(flatten)]
    pub deck: DeckArgs,
    /// Day of the exam [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<String>,
    /// The score, or `none` if the report has none
    #[arg(long, value_name = "POINTS")]
    pub score: Option<String>,
    /// It was passed
    #[arg(long)]
    pub passed: bool,
    /// It was failed
    #[arg(long, conflicts_with = "passed")]
    pub failed: bool,
    /// Level of a domain, as in `security=NI`: a label, its beginning or initials, or `meets`; may be repeated
    #[arg(long, value_name = "DOMAIN=LEVEL", value_delimiter = ',')]
    pub level: Vec<String>,
    /// What was paid, as in `100 USD`, or `none` [default: the fee that the deck says]
    #[arg(long, value_name = "AMOUNT")]
    pub cost: Option<String>,
    /// Plan for the next attempt on this day, or `none` [default: none]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub next: Option<String>,
    /// Read all this from a YAML file with the keys date, score, outcome, levels, cost and next; `-` reads standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["date", "score", "passed", "failed", "level", "cost", "next"])]
    pub file: Option<PathBuf>,
}

/// The arguments of `history`.
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// List only what was done for this deck: an id, file or folder [default: all]
    #[arg(value_name = "DECK")]
    pub deck: Option<String>,
}

/// The arguments of `config`.
#[derive(Debug, Args)]
pub struct ConfigArgs {
    /// The setting
    pub name: Option<String>,
    /// Its new value
    pub value: Option<String>,
    /// Bring the setting back to its default
    #[arg(long, requires = "name", conflicts_with = "value")]
    pub reset: bool,
    /// The deck whose own settings are meant: an id, file or folder [default: clf-c02]
    #[arg(long, value_name = "DECK")]
    pub deck: Option<String>,
}
