//! What every use case needs: the store, the clock, and a seed when one was asked for.

use std::path::Path;

use chrono::{DateTime, FixedOffset};

use crate::app::{AppError, Clock, fresh_seed};
use crate::base::{Rollover, Seed, StudyDay};
use crate::exam::ClockReading;
use crate::store::{Event, SettingName, Stamp, Store};

/// The program at work in one data directory.
pub struct App {
    pub(in crate::app) store: Store,
    pub(in crate::app) clock: Box<dyn Clock>,
    seed: Option<Seed>,
    rollover: Rollover,
}

impl App {
    /// Opens the store in `data_dir`. With a `seed`, all chance follows from it.
    pub fn open(data_dir: &Path, clock: Box<dyn Clock>, seed: Option<Seed>) -> Result<App, AppError> {
        let store = Store::open(data_dir)?;
        let hour = store.setting(SettingName::RolloverHour)?.and_then(|hour| hour.parse().ok());
        let rollover = hour.and_then(Rollover::new).unwrap_or_default();
        Ok(App { store, clock, seed, rollover })
    }

    /// Returns the store, for reading.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Returns the study day that it is now.
    pub fn today(&self) -> StudyDay {
        StudyDay::at(self.local_now(), self.rollover)
    }

    /// Returns the time that it is now, with the learner's offset from UTC.
    pub fn local_now(&self) -> DateTime<FixedOffset> {
        self.clock.local(self.clock.reading().wall)
    }

    /// Folds the whole log again; see [`Store::rebuild`].
    pub fn rebuild(&mut self) -> Result<crate::store::Rebuilt, AppError> {
        Ok(self.store.rebuild()?)
    }

    pub(in crate::app) fn reading(&self) -> ClockReading {
        self.clock.reading()
    }

    pub(in crate::app) fn stamp(&self) -> Stamp {
        Stamp { at: self.clock.reading().wall, study_day: self.today() }
    }

    pub(in crate::app) fn record(&mut self, events: &[Event]) -> Result<(), AppError> {
        let stamp = self.stamp();
        self.store.append(stamp, events)?;
        Ok(())
    }

    /// Returns the seed that was asked for, or a fresh one.
    pub(in crate::app) fn draw_seed(&self) -> Result<Seed, AppError> {
        self.seed.map_or_else(|| fresh_seed().map_err(AppError::Chance), Ok)
    }
}
