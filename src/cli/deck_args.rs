//! The arguments of the commands about decks.

use std::path::PathBuf;

use clap::Args;

/// The arguments of `deck check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Decks, each a file, a folder or an id; the keys of several are held against each other
    #[arg(value_name = "DECK", required = true)]
    pub decks: Vec<String>,
    /// Repair what needs no judgement, and show it: missing ids and cues, blanks at the ends of lines
    #[arg(long)]
    pub fix: bool,
    /// Check again whenever a file of the decks changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["json", "fix"])]
    pub watch: bool,
}

/// The arguments of `deck search`.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// The words; all of them must be in the item, several in quotes one after the other. They can be left out beside
    /// a domain, task or tag
    #[arg(value_name = "WORDS", required_unless_present_any = ["domain", "task", "tag"])]
    pub words: Vec<String>,
    /// Search only this deck: an id, file or folder
    #[arg(long, value_name = "DECK")]
    pub deck: Option<String>,
    /// Search only this domain
    #[arg(long, value_name = "ID")]
    pub domain: Option<String>,
    /// Search only this task
    #[arg(long, value_name = "ID")]
    pub task: Option<String>,
    /// Search only items with this tag
    #[arg(long, value_name = "WORD")]
    pub tag: Option<String>,
    /// Show at most this many items
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    pub limit: u16,
}

/// The arguments of `deck new`.
#[derive(Debug, Default, Args)]
pub struct NewDeckArgs {
    /// The deck's file (`.yaml`), or its folder [default: a file here, named after the id]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Its title
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Its id, by which the history of its items is kept [default: made of the title]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Questions in an exam, or `none` for all of them and no clock [default: 20]
    #[arg(long, value_name = "N")]
    pub items: Option<String>,
    /// Minutes for an exam, or `none` [default: one for each question]
    #[arg(long, value_name = "N")]
    pub minutes: Option<String>,
    /// Percent of right answers that passes, or `none` [default: 70]
    #[arg(long, value_name = "PERCENT")]
    pub cut: Option<String>,
    /// Parts of the material with their weights, such as `net:40,sec:60` [default: none]
    #[arg(long, value_name = "LIST")]
    pub domains: Option<String>,
    /// Write one file, whatever PATH looks like
    #[arg(long, conflicts_with = "folder")]
    pub single_file: bool,
    /// Write a folder with a file for each part
    #[arg(long)]
    pub folder: bool,
    /// Replace files that are there already
    #[arg(long)]
    pub force: bool,
}
