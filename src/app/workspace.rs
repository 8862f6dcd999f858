//! What every use case needs: the store, the clock, and a seed when one was asked for.

use std::path::Path;

use chrono::{DateTime, FixedOffset, Utc};

use crate::app::{AppError, Clock, fresh_seed};
use crate::base::{Rollover, Seed, StudyDay};
use crate::deck::ItemBody;
use crate::exam::ClockReading;
use crate::store::{Event, IndexedItem, SettingName, SittingRow, Stamp, Store};

/// The program at work in one data directory.
pub struct App {
    pub(in crate::app) store: Store,
    pub(in crate::app) clock: Box<dyn Clock>,
    seed: Option<Seed>,
    rollover: Rollover,
    new_a_day: usize,
}

/// New concepts a day where nobody asks for another number: with their repeats, about a quarter of an hour.
const NEW_A_DAY: usize = 10;
/// Most new concepts a day that can be set.
const MOST_NEW_A_DAY: usize = 999;

impl App {
    /// Opens the store in `data_dir`. With a `seed`, all chance follows from it.
    pub fn open(data_dir: &Path, clock: Box<dyn Clock>, seed: Option<Seed>) -> Result<App, AppError> {
        let store = Store::open(data_dir)?;
        let mut app = App { store, clock, seed, rollover: Rollover::default(), new_a_day: NEW_A_DAY };
        app.read_settings()?;
        Ok(app)
    }

    /// Tells whether anything was ever kept in `data_dir`, and makes nothing.
    pub fn has_data(data_dir: &Path) -> bool {
        Store::is_in(data_dir)
    }

    fn read_settings(&mut self) -> Result<(), AppError> {
        if let Some(hour) = self.store.setting(SettingName::RolloverHour)? {
            self.rollover = hour.parse().ok().and_then(Rollover::new).unwrap_or_default();
        }
        if let Some(n_new) = self.store.setting(SettingName::NewADay)? {
            self.new_a_day = n_new.parse().unwrap_or(NEW_A_DAY);
        }
        Ok(())
    }

    /// Returns the value of a setting in force.
    pub fn setting(&self, name: SettingName) -> String {
        match name {
            SettingName::RolloverHour => self.rollover.hour().to_string(),
            SettingName::NewADay => self.new_a_day.to_string(),
        }
    }

    /// Changes a setting.
    ///
    /// # Errors
    /// [`AppError::BadSetting`] says which values the setting takes.
    pub fn change_setting(&mut self, name: SettingName, value: &str) -> Result<(), AppError> {
        let (is_legal, expected) = match name {
            SettingName::RolloverHour => {
                (value.parse().ok().and_then(Rollover::new).is_some(), "an hour from 0 to 23".to_owned())
            }
            SettingName::NewADay => (
                value.parse::<usize>().is_ok_and(|n_new| n_new <= MOST_NEW_A_DAY),
                format!("a number from 0 to {MOST_NEW_A_DAY}"),
            ),
        };
        if !is_legal {
            return Err(AppError::BadSetting { name: name.as_str(), expected, found: value.to_owned() });
        }
        self.record(&[Event::SettingChanged { name, value: value.to_owned() }])?;
        self.read_settings()
    }

    pub(in crate::app) fn new_a_day(&self) -> usize {
        self.new_a_day
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

    /// Returns the seed that was asked for, or `usual`.
    pub(in crate::app) fn seed_or(&self, usual: Seed) -> Seed {
        self.seed.unwrap_or(usual)
    }

    /// Returns the seed that was asked for, or a fresh one.
    pub(in crate::app) fn draw_seed(&self) -> Result<Seed, AppError> {
        self.seed.map_or_else(|| fresh_seed().map_err(AppError::Chance), Ok)
    }
}
