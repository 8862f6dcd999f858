//! Errors as a person reads them, and their exit codes.

use std::io;

use crate::app::{AppError, StoreError};
use crate::base::SafeText;
use crate::config::{PathsError, PreferencesError};
use crate::exam::PlanError;
use crate::exchange::{ExportError, ImportError};
use crate::format::{LoadError, LocatedFinding, ResponseProblem, ResponsesError, SourceFile};

/// Why the program ends without having done what was asked.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum CliError {
    /// A use case refused.
    #[error(transparent)]
    App(#[from] AppError),
    /// The words of the command do not fit together, or a line of the input cannot be read.
    #[error("{0}")]
    Usage(String),
    /// Something that was asked for is not there.
    #[error("{0}")]
    NotFound(String),
    /// A deck has errors; they were shown.
    #[error("the deck has errors")]
    BadDeck,
    /// Nothing of another program's file can be read.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// Nothing of another program's file can be used; why was said.
    #[error("nothing could be imported")]
    NothingImported,
    /// A deck cannot be written in another format.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// No place for the data.
    #[error(transparent)]
    Paths(#[from] PathsError),
    /// The file of preferences is wrong.
    #[error(transparent)]
    Preferences(#[from] PreferencesError),
    /// Reading the input or writing the output failed.
    #[error("input or output failed")]
    Io(#[from] io::Error),
    /// A file that is to be written is there already.
    #[error("{path} is there already; --force replaces it")]
    FileExists {
        /// The file.
        path: SafeText,
    },
    /// A file that the learner named has errors.
    #[error("the file has errors")]
    BadFile {
        /// What is wrong with it.
        findings: Vec<LocatedFinding>,
        /// The file, to show the lines.
        sources: Vec<SourceFile>,
    },
    /// A file that the learner named cannot be written.
    #[error("{path} cannot be written")]
    Unwritable {
        /// The file.
        path: SafeText,
        /// Why.
        source: io::Error,
    },
    /// A file that the learner named cannot be read.
    #[error("{path} cannot be read")]
    Unreadable {
        /// The file.
        path: SafeText,
        /// Why.
        source: io::Error,
    },
    /// What is kept is damaged.
    #[error(
        "what is kept is damaged: {}. A backup from before can be put in its place: see `backups` in the data directory, \
         and `cutscore data restore --help`",
        .0.join("; ")
    )]
    Damage(Vec<String>),
    /// A screen failed.
    #[error("the screen failed")]
    Screen(#[source] anyhow::Error),
}

impl CliError {
    /// Returns the exit code: 1 not found, 2 usage, 3 bad deck, 4 store trouble, 70 our bug; 0 for a closed pipe.
    pub(in crate::cli) fn exit_code(&self) -> u8 {
        match self {
            CliError::Io(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            CliError::Unreadable { source, .. } if source.kind() == io::ErrorKind::NotFound => 1,
            CliError::NotFound(_) | CliError::FileExists { .. } => 1,
            CliError::Usage(_) | CliError::Preferences(_) => 2,
            CliError::BadDeck | CliError::BadFile { .. } | CliError::Import(_) | CliError::NothingImported => 3,
            CliError::App(AppError::Store(StoreError::Write(error))) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            CliError::Export(_)
            | CliError::Paths(_)
            | CliError::Io(_)
            | CliError::Unwritable { .. }
            | CliError::Unreadable { .. }
            | CliError::Damage(_)
            | CliError::Screen(_) => 4,
            CliError::App(error) => app_code(error),
        }
    }

    /// Returns the findings and files of a deck that has errors.
    pub(in crate::cli) fn findings(&self) -> Option<(&[LocatedFinding], &[SourceFile])> {
        match self {
            CliError::App(AppError::BadDeck { findings, sources }) | CliError::BadFile { findings, sources } => {
                Some((findings, sources))
            }
            _ => None,
        }
    }

    /// Returns the problems of a file of responses.
    pub(in crate::cli) fn problems(&self) -> &[ResponseProblem] {
        match self {
            CliError::App(AppError::Responses(ResponsesError::Problems { problems, .. })) => problems,
            _ => &[],
        }
    }
}

fn app_code(error: &AppError) -> u8 {
    match error {
        AppError::Store(StoreError::NotFound { .. })
        | AppError::UnknownDeck { .. }
        | AppError::UnknownForm { .. }
        | AppError::NotInDeck { .. }
        | AppError::NoSitting(_)
        | AppError::NoResult { .. }
        | AppError::Plan(PlanError::UnknownDomain { .. } | PlanError::Nothing { .. })
        | AppError::NoScale { .. }
        | AppError::Calibration(_)
        | AppError::NoKnownItems { .. }
        | AppError::NoFile { .. }
        | AppError::IdTaken { .. }
        | AppError::Load(LoadError::NotFound { .. }) => 1,
        AppError::BadSetting { .. }
        | AppError::BadResult { .. }
        | AppError::PathNotText { .. }
        | AppError::LongReason { .. }
        | AppError::LongNote { .. }
        | AppError::Plan(PlanError::NoClock)
        | AppError::OnlyInPractice { .. }
        | AppError::SectionClosed { .. } => 2,
        AppError::Store(StoreError::BadLine { .. } | StoreError::BadBackup { .. }) => 3,
        AppError::Responses(ResponsesError::Unreadable(_)) | AppError::Store(_) | AppError::Chance(_) => 4,
        AppError::Load(_)
        | AppError::BadDeck { .. }
        | AppError::OtherDeck { .. }
        | AppError::Score(_)
        | AppError::Responses(_) => 3,
        AppError::NoOpenCard => 70,
    }
}
