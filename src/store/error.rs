//! What can go wrong in the store.

use std::path::PathBuf;

use rusqlite::ErrorCode;

use crate::base::ContentHash;
use crate::score::ScoreError;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused.
    #[error("the database refused")]
    Sqlite(#[source] rusqlite::Error),
    /// Nothing can be written where the store lies.
    #[error("the data directory cannot be written to: what is kept there can be read, but nothing can be recorded")]
    ReadOnly,
    /// The data directory or a file in it cannot be used.
    #[error("cannot use {}", path.display())]
    File {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is a database of another program.
    #[error("{} is not a cutscore database", path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The database comes from a later version.
    #[error("the database has schema {found}, this program knows up to {known}; install a newer cutscore")]
    TooNew {
        /// The schema of the database.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// The linked SQLite can lose answers that were recorded.
    #[error("SQLite {found} can lose recorded answers; cutscore needs 3.51.3 or later")]
    OldSqlite {
        /// The version that was found.
        found: String,
    },
    /// The database is older than what was recorded last.
    #[error(
        "the database ends at event {found}, but event {recorded} was recorded; an older copy was put in its place, or \
         its `-wal` file is missing. Put the missing file back, or delete {} to go on with what is there",
        head.display()
    )]
    LostEvents {
        /// The last event in the database.
        found: u64,
        /// The last event that was recorded.
        recorded: u64,
        /// The file that says so.
        head: PathBuf,
    },
    /// An event does not match its chain.
    #[error("event {seq} is damaged: its content does not match the hash that was recorded with it")]
    BrokenChain {
        /// The first event that does not match.
        seq: u64,
    },
    /// An event cannot be decoded.
    #[error("event {seq} cannot be read: {what}")]
    BadEvent {
        /// The event.
        seq: u64,
        /// What is wrong with it.
        what: String,
    },
    /// SQLite finds the database badly formed, or its tables are not ours.
    #[error("the database is badly formed: {what}")]
    BadStructure {
        /// What is wrong with it.
        what: String,
    },
    /// The state is not what the log says.
    #[error(
        "the state is not what the log says, in: {}; the log itself is whole, and `data rebuild` folds it again",
        tables.join(", ")
    )]
    WrongFolds {
        /// The tables that differ.
        tables: Vec<&'static str>,
    },
    /// The text of an item does not match its hash.
    #[error("content {hash} is damaged: it does not match the hash by which it was pinned")]
    DamagedContent {
        /// Its hash.
        hash: ContentHash,
    },
    /// A file that is to be restored is damaged, or no database of ours.
    #[error("{} cannot be restored", path.display())]
    BadBackup {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: Box<StoreError>,
    },
    /// A line of an export cannot be taken in.
    #[error("line {line}: {what}; nothing was imported")]
    BadLine {
        /// Its number, from 1.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
    /// What is exported cannot be written.
    #[error("the export cannot be written")]
    Write(#[source] std::io::Error),
    /// Another process is at work in the data directory.
    #[error("another cutscore is at work in this data directory; close it first")]
    InUse,
    /// A row of an indexed deck cannot be decoded.
    #[error("the indexed deck cannot be read: {what}")]
    BadIndex {
        /// What is wrong with it.
        what: String,
    },
    /// Another process sits this exam.
    #[error("another cutscore is sitting an exam in this data directory; close it first")]
    SittingInUse,
    /// A sitting cannot be scored.
    #[error("the sitting cannot be scored")]
    Score(#[from] ScoreError),
    /// Something that was asked for is not there.
    #[error("there is no {what}")]
    NotFound {
        /// What was asked for.
        what: String,
    },
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        match error.sqlite_error_code() {
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly,
            _ => StoreError::Sqlite(error),
        }
    }
}
