//! What can be typed behind `deck import` and `deck export`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::exchange::{ExportFormat, ImportFormat};

/// The commands about decks from and for other programs.
#[derive(Debug, Subcommand)]
pub enum ExchangeCommand {
    /// Write a deck of what another program keeps: GIFT, Aiken, CSV, TSV, Markdown lists, Moodle XML, QTI, Anki
    Import(ImportArgs),
    /// Write a deck for another program: Anki, Moodle, QTI, a table, Markdown, JSON; or in its own canonical form
    Export(ExportArgs),
}

/// The arguments of `deck import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The other program's file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Read it as this [default: what its content looks like]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ImportFormatArg>,
    /// Write the deck to this file [default: FILE's name with .yaml, here]
    #[arg(long, value_name = "DECK.yaml")]
    pub out: Option<PathBuf>,
    /// Write nothing; only say what would come over and what would not
    #[arg(long)]
    pub dry_run: bool,
    /// Leave out what was learnt in the other program
    #[arg(long)]
    pub no_history: bool,
    /// Replace a file that is there already
    #[arg(long)]
    pub force: bool,
}

/// The arguments of `deck export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// A deck's file or folder, or an id
    #[arg(value_name = "DECK")]
    pub deck: String,
    /// Write this format
    #[arg(long, value_name = "FORMAT")]
    pub format: ExportFormatArg,
    /// Write to this file
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Replace a file that is there already
    #[arg(long)]
    pub force: bool,
}

/// The formats that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormatArg {
    /// A deck of cutscore in its canonical form
    Yaml,
    /// A package for Anki
    Apkg,
    /// A table with commas
    Csv,
    /// Moodle's GIFT
    Gift,
    /// A package of QTI 2.1
    Qti,
    /// A question list in Markdown
    Markdown,
    /// JSON
    Json,
}

impl From<ExportFormatArg> for ExportFormat {
    fn from(format: ExportFormatArg) -> ExportFormat {
        match format {
            ExportFormatArg::Yaml => ExportFormat::Yaml,
            ExportFormatArg::Apkg => ExportFormat::Apkg,
            ExportFormatArg::Csv => ExportFormat::Csv,
            ExportFormatArg::Gift => ExportFormat::Gift,
            ExportFormatArg::Qti => ExportFormat::Qti,
            ExportFormatArg::Markdown => ExportFormat::Markdown,
            ExportFormatArg::Json => ExportFormat::Json,
        }
    }
}

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportFormatArg {
    /// Moodle's GIFT
    Gift,
    /// Aiken
    Aiken,
    /// A table: CSV, TSV or with semicolons
    Csv,
    /// A question list in Markdown
    Markdown,
    /// Moodle's XML
    Moodle,
    /// QTI 1.2 or 2.x, plain or a package
    Qti,
    /// A package or a collection of Anki's
    Anki,
}

impl From<ImportFormatArg> for ImportFormat {
    fn from(format: ImportFormatArg) -> ImportFormat {
        match format {
            ImportFormatArg::Gift => ImportFormat::Gift,
            ImportFormatArg::Aiken => ImportFormat::Aiken,
            ImportFormatArg::Csv => ImportFormat::Csv,
            ImportFormatArg::Markdown => ImportFormat::Markdown,
            ImportFormatArg::Moodle => ImportFormat::MoodleXml,
            ImportFormatArg::Qti => ImportFormat::Qti,
            ImportFormatArg::Anki => ImportFormat::Anki,
        }
    }
}
