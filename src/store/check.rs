//! Checking everything that is kept, and naming what is damaged.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::base::ContentHash;
use crate::store::{Store, StoreError, backup, connection, content, log, rebuild};

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// Events that were read.
    pub n_events: u64,
    /// Contents of items that were read.
    pub n_contents: u64,
    /// What is damaged, the most telling first; empty when all is well.
    pub damage: Vec<StoreError>,
}

impl Store {
    /// Checks the structure of the database, the chain of the log, the contents of items, and the folds against a log that
    /// is folded again. Works on a copy beside the database, so that nothing is changed and nobody has to wait.
    pub fn check(&self) -> Result<Checked, StoreError> {
        let scratch = Scratch::new(self.data_dir(), ".check")?;
        let path = scratch.path().join("copy.db");
        backup::copy(self.db(), &path)?;
        check_database(&mut Connection::open(path)?)
    }
}

/// A folder beside the database that is gone when the work in it is done.
pub(in crate::store) struct Scratch(PathBuf);

impl Scratch {
    pub(in crate::store) fn new(data_dir: &Path, name: &str) -> Result<Scratch, StoreError> {
        let path = data_dir.join(format!("{name}.{}", std::process::id()));
        // What an earlier process of this number left when it was killed.
        let _gone = fs::remove_dir_all(&path);
        match DirBuilder::new().mode(0o700).create(&path) {
            Ok(()) => Ok(Scratch(path)),
            Err(source) => Err(StoreError::File { path, source }),
        }
    }

    pub(in crate::store) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A copy that cannot be removed is in nobody's way.
        let _left = fs::remove_dir_all(&self.0);
    }
}

/// Checks a database that nobody else uses. Its folds are folded again and stay so.
pub(in crate::store) fn check_database(db: &mut Connection) -> Result<Checked, StoreError> {
    db.execute_batch("pragma trusted_schema = off; pragma synchronous = off; pragma foreign_keys = on")?;
    let mut checked = Checked { n_events: 0, n_contents: 0, damage: Vec::new() };
    match log::walk_packed(db, |_| Ok(())) {
        Ok(n_events) => checked.n_events = n_events,
        Err(error) => checked.damage.push(error),
    }
    checked.damage.extend(connection::check_schema(db).err());
    match damaged_contents(db) {
        Ok((n_contents, damaged)) => {
            checked.n_contents = n_contents;
            checked.damage.extend(damaged.into_iter().map(|hash| StoreError::DamagedContent { hash }));
        }
        Err(error) => checked.damage.push(error),
    }
    let structure = db.query_row("pragma integrity_check(1)", [], |row| row.get::<_, String>(0));
    match structure {
        Ok(found) if found == "ok" => {}
        Ok(what) => checked.damage.push(StoreError::BadStructure { what }),
        Err(error) => checked.damage.push(error.into()),
    }
    // Folding makes sense of a log that is whole.
    if checked.damage.is_empty() {
        let tx = db.transaction()?;
        match rebuild::refold_and_compare(&tx) {
            Ok(rebuilt) if rebuilt.differing.is_empty() => {}
            Ok(rebuilt) => checked.damage.push(StoreError::WrongFolds { tables: rebuilt.differing }),
            Err(error) => checked.damage.push(error),
        }
    }
    Ok(checked)
}

/// Counts the contents, and returns the hashes of those that are damaged.
fn damaged_contents(db: &Connection) -> Result<(u64, Vec<ContentHash>), StoreError> {
    let mut statement = db.prepare("select hash, body from content order by id")?;
    let mut rows = statement.query([])?;
    let (mut n_contents, mut damaged) = (0, Vec::new());
    while let Some(row) = rows.next()? {
        n_contents += 1;
        let hash = ContentHash::from_bytes(row.get(0)?);
        let body = row.get_ref(1)?.as_bytes_or_null().map_err(rusqlite::Error::from)?.unwrap_or_default();
        let is_readable = std::str::from_utf8(body).is_ok_and(|body| content::from_json(body).is_ok());
        if ContentHash::of(body) != hash || !is_readable {
            damaged.push(hash);
        }
    }
    Ok((n_contents, damaged))
}
