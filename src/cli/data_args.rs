//! The arguments of the commands about the data.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// The commands about the data.
#[derive(Debug, Subcommand)]
pub enum DataCommand {
    /// Check everything that is kept, and name what is damaged; changes nothing
    Check,
    /// Write a backup; the newest of 24 hours, 7 days and 8 weeks are kept
    Backup(BackupArgs),
    /// Put a backup in the place of what is kept; that is kept too, under another name
    Restore {
        /// The backup
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Write everything that happened as lines of JSON, for other programs and other devices
    Export(ExportArgs),
    /// Take in what was exported on another device; what is here already is passed over
    Import {
        /// The export, or `-` for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Check the log, fold it again and say whether the state was right
    Rebuild,
}

/// The arguments of `data backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// Write it to FILE [default: a file in `backups` below the data directory]
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// Replace FILE
    #[arg(long, requires = "to")]
    pub force: bool,
}

/// The arguments of `data export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Write to FILE [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// Replace FILE
    #[arg(long, requires = "to")]
    pub force: bool,
}
