//! The head of the chain beside the database: shows when an older copy was put in its place.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::store::StoreError;

/// The last event as the side file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct Head {
    pub(in crate::store) seq: u64,
    pub(in crate::store) chain: [u8; 16],
}

pub(in crate::store) fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("cutscore.head")
}

/// Reads the side file. A missing or half-written file counts as none: it may lag, and says so by its absence.
pub(in crate::store) fn read(data_dir: &Path) -> Option<Head> {
    let text = fs::read_to_string(path(data_dir)).ok()?;
    // Behind the first line may stand what is left of a longer one.
    let (seq, chain) = text.lines().next()?.split_once(' ')?;
    let is_whole = chain.len() == 32;
    let chain = u128::from_str_radix(chain, 16).ok().filter(|_| is_whole)?;
    Some(Head { seq: seq.parse().ok()?, chain: chain.to_be_bytes() })
}

/// Writes the side file after a commit, over what is there: to empty it first would have the file system give its block away
/// and find another one with each answer. It is not synced: a power cut may leave it behind the log, never before it.
pub(in crate::store) fn write(data_dir: &Path, head: Head) -> Result<(), StoreError> {
    let line = format!("{} {:032x}\n", head.seq, u128::from_be_bytes(head.chain));
    let path = path(data_dir);
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
    file.and_then(|file| file.write_all_at(line.as_bytes(), 0)).map_err(|source| StoreError::File { path, source })
}
