//! Putting a backup in the place of the database, and keeping what was there.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::store::backup::MOST_PLACES;
use crate::store::check::{Checked, Scratch, check_database};
use crate::store::connection::{HELD, check_schema, make_folder};
use crate::store::{Store, StoreError, backup, head, log};

/// A backup that was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Events in it.
    pub n_events: u64,
    /// The folder that holds what was replaced; `None` if there was nothing.
    pub replaced: Option<PathBuf>,
}

/// The folder of what was replaced, below the data directory.
const REPLACED: &str = "replaced";

impl Store {
    /// Puts the backup at `file` in the place of the database in `data_dir`, after a check of all that is in it. What was
    /// there is kept, whatever its state. The store goes on as a new device, so that what it records from now on is never
    /// taken for what was recorded after the backup.
    ///
    /// # Errors
    /// [`StoreError::BadBackup`] for a file that is damaged or no database of ours, [`StoreError::InUse`] while another
    /// process works in the data directory; then nothing is changed.
    pub fn restore(data_dir: &Path, file: &Path, now: DateTime<Utc>) -> Result<Restored, StoreError> {
        let trouble = |path: &Path| {
            let path = path.to_owned();
            move |source| StoreError::File { path, source }
        };
        File::open(file).map_err(trouble(file))?;
        make_folder(data_dir)?;
        let scratch = Scratch::new(data_dir, ".restore")?;
        let new = scratch.path().join("cutscore.db");
        let n_events = stage(file, &new).map_err(|error| {
            let path = file.to_owned();
            let source = match error {
                error @ StoreError::File { .. } => return error,
                // It names the copy.
                StoreError::NotOurs { .. } => StoreError::NotOurs { path: path.clone() },
                StoreError::Sqlite(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
                    StoreError::NotOurs { path: path.clone() }
                }
                error => error,
            };
            StoreError::BadBackup { path, source: Box::new(source) }
        })?;
        let head = {
            let store = Store::open(scratch.path())?;
            store.become_another_device()?;
            // The one file goes on alone.
            store.db().query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
            log::newest(store.db())?
        };
        close_the_old(data_dir)?;
        let replaced = keep(data_dir, now).map_err(trouble(data_dir))?;
        for name in &HELD[1..] {
            remove(&data_dir.join(name)).map_err(trouble(data_dir))?;
        }
        fs::rename(&new, data_dir.join(HELD[0])).map_err(trouble(data_dir))?;
        if let Some(head) = head {
            head::write(data_dir, head)?;
        }
        File::open(data_dir).and_then(|folder| folder.sync_all()).map_err(trouble(data_dir))?;
        Ok(Restored { n_events, replaced })
    }

    fn become_another_device(&self) -> Result<(), StoreError> {
        self.db().execute_batch(
            "begin immediate;
             update device set is_own = 0;
             insert into device (name, is_own) values (randomblob(16), 1);
             commit;",
        )?;
        Ok(())
    }
}

/// Copies a backup to `new`, brings it to this version and checks it; returns how many events it holds.
fn stage(file: &Path, new: &Path) -> Result<u64, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(file, flags)?;
    backup::copy(&source, new)?;
    drop(source);
    let staged = Connection::open(new)?;
    staged.execute_batch("pragma trusted_schema = off")?;
    // Before anything of it is run: a schema can hold statements of its own.
    check_schema(&staged)?;
    staged.execute_batch("pragma journal_mode = wal")?;
    drop(staged);
    let folder = new.parent().unwrap_or(Path::new("."));
    drop(Store::open(folder)?);
    let Checked { n_events, damage, .. } = check_database(&mut Connection::open(new)?)?;
    match damage.into_iter().next() {
        None => Ok(n_events),
        Some(damage) => Err(damage),
    }
}

/// Closes the database that is to be replaced as the last program that uses it; one that is damaged cannot be closed.
fn close_the_old(data_dir: &Path) -> Result<(), StoreError> {
    if !Store::is_in(data_dir) {
        return Ok(());
    }
    let Ok(store) = Store::open(data_dir) else { return Ok(()) };
    let lock = store.lock_sitting()?;
    drop(store);
    drop(lock);
    // The last one to close it takes this file away.
    if data_dir.join(HELD[1]).exists() { Err(StoreError::InUse) } else { Ok(()) }
}

/// Keeps the files of the database under a name of their own; `None` if there are none.
fn keep(data_dir: &Path, now: DateTime<Utc>) -> io::Result<Option<PathBuf>> {
    let kept: Vec<&str> = HELD.into_iter().filter(|name| data_dir.join(name).symlink_metadata().is_ok()).collect();
    if kept.is_empty() {
        return Ok(None);
    }
    let all = data_dir.join(REPLACED);
    DirBuilder::new().recursive(true).mode(0o700).create(&all)?;
    let time = now.format("%Y-%m-%dT%H%M%SZ");
    let name = |nth: usize| if nth == 1 { time.to_string() } else { format!("{time}-{nth}") };
    let free = (1..MOST_PLACES).map(|nth| all.join(name(nth))).find(|place| place.symlink_metadata().is_err());
    let folder = free.ok_or(io::ErrorKind::AlreadyExists)?;
    DirBuilder::new().mode(0o700).create(&folder)?;
    for name in kept {
        let (from, to) = (data_dir.join(name), folder.join(name));
        // One file under two names costs nothing, where the file system has such; whoever still writes, writes there.
        fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(|_| ()))?;
    }
    File::open(&folder)?.sync_all()?;
    Ok(Some(folder))
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}
