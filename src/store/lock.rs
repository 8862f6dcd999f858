//! One exam at a time: a lock that dies with its process.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::store::{Store, StoreError};

/// Held while a process sits an exam; the system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct SittingLock {
    _file: File,
}

impl Store {
    /// Takes the lock on sitting exams in this store.
    ///
    /// # Errors
    /// [`StoreError::SittingInUse`] if another process holds it.
    pub fn lock_sitting(&self) -> Result<SittingLock, StoreError> {
        lock(&self.data_dir().join("sitting.lock"))
    }
}

fn lock(path: &Path) -> Result<SittingLock, StoreError> {
    let trouble = |source| StoreError::File { path: path.to_owned(), source };
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(trouble)?;
    match file.try_lock() {
        Ok(()) => Ok(SittingLock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(StoreError::SittingInUse),
        Err(TryLockError::Error(source)) => Err(trouble(source)),
    }
}
