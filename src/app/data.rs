//! Care of what is kept: checks, backups, and the way from one device to another.

use std::io::{BufRead, Write};
use std::path::Path;

use crate::app::{App, AppError, Clock};
use crate::store::{Backup, Checked, Exported, Imported, Rebuilt, Restored, Store};

impl App {
    /// Checks all that is kept; see [`Store::check`].
    pub fn check_data(&self) -> Result<Checked, AppError> {
        Ok(self.store.check()?)
    }

    /// Folds the whole log again; see [`Store::rebuild`].
    pub fn rebuild(&mut self) -> Result<Rebuilt, AppError> {
        Ok(self.store.rebuild()?)
    }

    /// Writes a backup into the data directory; see [`Store::back_up`].
    pub fn back_up(&self) -> Result<Backup, AppError> {
        Ok(self.store.back_up(self.reading().wall)?)
    }

    /// Writes a backup if none was written for a week; see [`Store::back_up_if_due`].
    pub fn back_up_if_due(&self) -> Result<Option<Backup>, AppError> {
        Ok(self.store.back_up_if_due(self.reading().wall)?)
    }

    /// Writes a backup to a file of the learner's, in the place of what is there.
    pub fn back_up_to(&self, path: &Path) -> Result<Backup, AppError> {
        Ok(self.store.back_up_to(path)?)
    }

    /// Puts a backup in the place of what is kept in `data_dir`; see [`Store::restore`].
    pub fn restore(data_dir: &Path, file: &Path, clock: &dyn Clock) -> Result<Restored, AppError> {
        Ok(Store::restore(data_dir, file, clock.reading().wall)?)
    }

    /// Writes everything that happened as lines of JSON; see [`Store::export`].
    pub fn export_data(&self, out: &mut dyn Write) -> Result<Exported, AppError> {
        Ok(self.store.export(out)?)
    }

    /// Takes in what [`App::export_data`] wrote, here or on another device, after a backup; see [`Store::import`].
    pub fn import_data(&mut self, input: &mut dyn BufRead) -> Result<Imported, AppError> {
        let now = self.reading().wall;
        if self.store.newest_event()?.is_some() {
            self.store.back_up(now)?;
        }
        Ok(self.store.import(input, now)?)
    }
}
