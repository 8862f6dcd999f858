//! Copies of the whole database: made while it is in use, whole or not at all, and thinned with age.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Timelike, Utc};
use rusqlite::Connection;
use rusqlite::backup::{Backup as Copying, StepResult};

use crate::store::{Store, StoreError, log};

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// Events in it.
    pub n_events: u64,
}

/// The folder of the backups below the data directory.
const BACKUPS: &str = "backups";
/// How backups are named: by the second at which they were made, in universal time.
const NAME: &str = "%Y-%m-%dT%H%M%SZ.db";
/// Hours, days and weeks of which the newest backup is kept, the newest of each that have one.
const N_HOURS: usize = 24;
const N_DAYS: usize = 7;
const N_WEEKS: usize = 8;
/// Names that are tried for one that is free.
pub(in crate::store) const MOST_PLACES: usize = 1_000;
/// A store that is in use has a backup that is younger than this.
const MOST_AGE: TimeDelta = TimeDelta::days(7);

impl Store {
    /// Writes a backup into the folder of backups and takes away those that have become too many: of the newest 24 hours,
    /// 7 days and 8 weeks that have backups, the newest of each stays.
    ///
    /// # Errors
    /// [`StoreError::BrokenChain`] for a damaged log: then nothing is written, and nothing is taken away.
    pub fn back_up(&self, now: DateTime<Utc>) -> Result<Backup, StoreError> {
        let folder = self.data_dir().join(BACKUPS);
        let backup = self.back_up_to(&folder.join(now.format(NAME).to_string()))?;
        let times = times_in(&folder);
        let kept = kept(&times);
        for time in times.difference(&kept) {
            let path = folder.join(time.format(NAME).to_string());
            fs::remove_file(&path).map_err(|source| StoreError::File { path, source })?;
        }
        Ok(backup)
    }

    /// The same if the newest backup is a week old, or there is none of a store that holds something.
    pub fn back_up_if_due(&self, now: DateTime<Utc>) -> Result<Option<Backup>, StoreError> {
        let newest = times_in(&self.data_dir().join(BACKUPS)).last().copied();
        let is_due = newest.is_none_or(|newest| now - newest >= MOST_AGE);
        if is_due && log::newest(self.db())?.is_some() { Ok(Some(self.back_up(now)?)) } else { Ok(None) }
    }

    /// Writes a backup to `path`, in the place of what is there.
    ///
    /// # Errors
    /// As [`Store::back_up`].
    pub fn back_up_to(&self, path: &Path) -> Result<Backup, StoreError> {
        let n_events = put(path, |new| {
            copy(self.db(), new)?;
            let copied = Connection::open(new)?;
            log::walk_packed(&copied, |_| Ok(()))
        })?;
        Ok(Backup { path: path.to_owned(), n_events })
    }
}

/// Copies a database of an earlier version, as it is, before it is brought to this one. The copy is never taken away.
pub(in crate::store) fn before_migration(db: &Connection, data_dir: &Path, version: i64) -> Result<(), StoreError> {
    let name =
        |nth: usize| if nth == 1 { format!("schema-{version}.db") } else { format!("schema-{version}-{nth}.db") };
    let places = (1..MOST_PLACES).map(|nth| data_dir.join(BACKUPS).join(name(nth)));
    let free = places.into_iter().find(|place| place.symlink_metadata().is_err());
    free.map_or(Ok(()), |place| put(&place, |new| copy(db, new)))
}

/// Copies the state that `db` shows now to a new database at `to`, one file that needs no other beside it.
pub(in crate::store) fn copy(db: &Connection, to: &Path) -> Result<(), StoreError> {
    let file = |source| StoreError::File { path: to.to_owned(), source };
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(file)?;
    let mut copied = Connection::open(to)?;
    let copying = Copying::new(db, &mut copied)?;
    // All at once: a part at a time would begin anew with each answer of another program.
    let step = copying.step(-1)?;
    drop(copying);
    if step != StepResult::Done {
        return Err(StoreError::InUse);
    }
    copied.execute_batch("pragma journal_mode = delete")?;
    drop(copied);
    File::open(to).and_then(|copied| copied.sync_all()).map_err(file)
}

/// Lets `write` make a new file beside `path`, and gives it that name when it is whole and on the disk.
fn put<T>(path: &Path, write: impl FnOnce(&Path) -> Result<T, StoreError>) -> Result<T, StoreError> {
    let trouble = |source| StoreError::File { path: path.to_owned(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = path.file_name() else { return Err(trouble(io::ErrorKind::InvalidInput.into())) };
    if folder.file_name() == Some(BACKUPS.as_ref()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(trouble)?;
    }
    let new = folder.join(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
    let written = write(&new).and_then(|written| {
        fs::rename(&new, path).and_then(|()| File::open(folder)?.sync_all()).map_err(trouble)?;
        Ok(written)
    });
    if written.is_err() {
        // What failed is told; half a copy beside it is of no use.
        let _left = fs::remove_file(&new);
    }
    written
}

/// The times of the backups in a folder. Files with other names are none.
fn times_in(folder: &Path) -> BTreeSet<DateTime<Utc>> {
    let Ok(files) = fs::read_dir(folder) else { return BTreeSet::new() };
    let time = |name: &str| NaiveDateTime::parse_from_str(name, NAME).ok().map(|time| time.and_utc());
    files.flatten().filter_map(|file| time(file.file_name().to_str()?)).collect()
}

/// The backups that stay: of the newest hours, days and weeks that have any, the newest one each.
fn kept(times: &BTreeSet<DateTime<Utc>>) -> BTreeSet<DateTime<Utc>> {
    let mut kept = BTreeSet::new();
    for (n_spans, hours) in [(N_HOURS, 1), (N_DAYS, 24), (N_WEEKS, 7 * 24)] {
        // From the first Monday of the calendar, as days and hours are.
        let span = |time: &DateTime<Utc>| {
            let day = i64::from(time.num_days_from_ce()) - 1;
            (24 * day + i64::from(time.hour())).div_euclid(hours)
        };
        let mut seen = BTreeSet::new();
        kept.extend(times.iter().rev().filter(|time| seen.insert(span(time))).take(n_spans));
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        // A Monday at midnight.
        DateTime::from_timestamp(1_794_787_200 + 60 * minutes, 0).expect("a time of the calendar")
    }

    const DAY: i64 = 24 * 60;

    #[track_caller]
    fn check(times: impl IntoIterator<Item = i64>, expected: &[i64]) {
        let found = kept(&times.into_iter().map(at).collect());
        assert_eq!(found, expected.iter().map(|minutes| at(*minutes)).collect());
    }

    #[test]
    fn of_each_hour_day_and_week_the_newest_backup_stays() {
        check([0, 10, 59, 60], &[59, 60]);
        check([], &[]);
        // Every hour of two days: of the second, all; of the first, the last one.
        check((0..48).map(|hour| 60 * hour), &(23..48).map(|hour| 60 * hour).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_old_is_thinned_and_not_thrown_away() {
        // Once a day for a year: the newest 24, and the Sundays of the eight newest weeks.
        let expected = [314, 321, 328, 335].into_iter().chain(340..364).map(|day| day * DAY);
        check((0..364).map(|day| day * DAY), &expected.collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn a_backup_that_was_thinned_out_is_never_missed_later(mut minutes in prop::collection::btree_set(0_i64..200 * DAY, 1..80)) {
            let all: BTreeSet<_> = minutes.iter().copied().map(at).collect();
            let mut held = BTreeSet::new();
            while let Some(next) = minutes.pop_first() {
                held.insert(at(next));
                held = kept(&held);
            }
            prop_assert_eq!(held, kept(&all));
        }
    }
}
