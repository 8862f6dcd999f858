//! One exam at a time: a lock that dies with its process.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::store::{Store, StoreError};

/// Held while a process sits an exam; the system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct SittingLock {
    file: File,
}

impl Drop for SittingLock {
    /// Lets go by name: a process that was just forked still has the file open until it becomes another program, and
    /// would hold the lock until then.
    fn drop(&mut self) {
        // A lock that cannot be let go of ends with the process.
        let _ = self.file.unlock();
    }
}

impl Store {
    /// Takes the lock on sitting exams in this store.
    ///
    /// # Errors
    /// [`StoreError::SittingInUse`] if another process holds it.
    pub fn lock_sitting(&self) -> Result<SittingLock, StoreError> {
        self.need_writable()?;
        lock(&self.data_dir().join("sitting.lock"))
    }
}

fn lock(path: &Path) -> Result<SittingLock, StoreError> {
    let trouble = |source| StoreError::File { path: path.to_owned(), source };
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(trouble)?;
    match file.try_lock() {
        Ok(()) => Ok(SittingLock { file }),
        Err(TryLockError::WouldBlock) => Err(StoreError::SittingInUse),
        Err(TryLockError::Error(source)) => Err(trouble(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::lock;

    #[test]
    fn a_process_that_was_forked_meanwhile_does_not_keep_the_lock() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("sitting.lock");
        let held = lock(&path).expect("locks");
        let inherited = held.file.try_clone().expect("another handle of the same opening");
        drop(held);
        assert!(lock(&path).is_ok());
        drop(inherited);
    }
}
