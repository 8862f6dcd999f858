//! What every use case needs: the store, the clock, and a seed when one was asked for.

use std::path::Path;

use chrono::{DateTime, FixedOffset, Utc};

use crate::app::settings::NEW_A_DAY;
use crate::app::{AppError, Clock, fresh_seed};
use crate::base::{Rollover, Seed, StudyDay};
use crate::deck::ItemBody;
use crate::exam::ClockReading;
use crate::store::{Event, IndexedItem, SittingRow, Stamp, Store};

/// The program at work in one data directory.
pub struct App {
    pub(in crate::app) store: Store,
    pub(in crate::app) clock: Box<dyn Clock>,
    seed: Option<Seed>,
    pub(in crate::app) rollover: Rollover,
    pub(in crate::app) new_a_day: usize,
    pub(in crate::app) reviews_a_day: Option<usize>,
}

impl App {
    /// Opens the store in `data_dir`. With a `seed`, all chance follows from it.
    pub fn open(data_dir: &Path, clock: Box<dyn Clock>, seed: Option<Seed>) -> Result<App, AppError> {
        let store = Store::open(data_dir)?;
        let rollover = Rollover::default();
        let mut app = App { store, clock, seed, rollover, new_a_day: NEW_A_DAY, reviews_a_day: None };
        app.read_settings()?;
        Ok(app)
    }

    /// Tells whether anything was ever kept in `data_dir`, and makes nothing.
    pub fn has_data(data_dir: &Path) -> bool {
        Store::is_in(data_dir)
    }

    /// Returns all sittings, the newest first.
    pub fn sittings(&self) -> Result<Vec<SittingRow>, AppError> {
        Ok(self.store.sittings()?)
    }

    /// Returns the text of an indexed item.
    pub fn text_of(&self, item: &IndexedItem) -> Result<ItemBody, AppError> {
        Ok(self.store.content(item.content)?)
    }

    /// Returns the study day that it is now.
    pub fn today(&self) -> StudyDay {
        StudyDay::at(self.local_now(), self.rollover)
    }

    /// Returns the study day of an instant.
    pub(in crate::app) fn study_day(&self, instant: DateTime<Utc>) -> StudyDay {
        StudyDay::at(self.clock.local(instant), self.rollover)
    }

    /// Returns the time that it is now, with the learner's offset from UTC.
    pub fn local_now(&self) -> DateTime<FixedOffset> {
        self.clock.local(self.clock.reading().wall)
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

    /// Returns the seed that was asked for, or `usual`.
    pub(in crate::app) fn seed_or(&self, usual: Seed) -> Seed {
        self.seed.unwrap_or(usual)
    }

    /// Returns the seed that was asked for, or a fresh one.
    pub(in crate::app) fn draw_seed(&self) -> Result<Seed, AppError> {
        self.seed.map_or_else(|| fresh_seed().map_err(AppError::Chance), Ok)
    }
}
