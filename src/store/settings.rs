//! Settings that folds and plans use; they live in the log like everything else that happened.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::base::DeckId;
use crate::store::{Store, StoreError};

/// The settings that the log keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingName {
    /// The local hour at which a study day begins, 0 to 23.
    RolloverHour,
    /// Concepts that the drill brings for the first time on one day.
    NewADay,
    /// Cards that come back on one day at most, or `none`.
    ReviewsADay,
}

/// The settings that each deck has for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeckSettingName {
    /// The day of the exam, or `none`.
    ExamDate,
    /// Minutes of study on a study day, or `none`.
    MinutesADay,
    /// Days without study, or `none`.
    DaysOff,
}

const RESERVE_OPENED: &str = "reserve_opened";

impl SettingName {
    /// Returns the name in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            SettingName::RolloverHour => "rollover_hour",
            SettingName::NewADay => "new_a_day",
            SettingName::ReviewsADay => "reviews_a_day",
        }
    }

    /// Returns all settings in the order in which they are listed.
    pub fn all() -> [SettingName; 3] {
        [SettingName::RolloverHour, SettingName::NewADay, SettingName::ReviewsADay]
    }

    /// Returns the setting of the name.
    pub fn from_text(text: &str) -> Option<SettingName> {
        SettingName::all().into_iter().find(|name| name.as_str() == text)
    }
}

impl DeckSettingName {
    /// Returns the name in the store, before that of the deck.
    pub fn as_str(self) -> &'static str {
        match self {
            DeckSettingName::ExamDate => "exam_date",
            DeckSettingName::MinutesADay => "minutes_a_day",
            DeckSettingName::DaysOff => "days_off",
        }
    }

    /// Returns all settings of a deck in the order in which they are listed.
    pub fn all() -> [DeckSettingName; 3] {
        [DeckSettingName::ExamDate, DeckSettingName::MinutesADay, DeckSettingName::DaysOff]
    }

    /// Returns the setting of the name.
    pub fn from_text(text: &str) -> Option<DeckSettingName> {
        DeckSettingName::all().into_iter().find(|name| name.as_str() == text)
    }

    /// Returns the row that holds it for a deck.
    pub(in crate::store) fn row(self, deck: &DeckId) -> String {
        format!("{}:{deck}", self.as_str())
    }

    /// Reads what [`DeckSettingName::row`] gives.
    pub(in crate::store) fn from_row(row: &str) -> Option<(DeckSettingName, DeckId)> {
        let (name, deck) = row.split_once(':')?;
        Some((DeckSettingName::from_text(name)?, DeckId::new(deck).ok()?))
    }
}

impl Store {
    /// Returns the value of a setting, if one was ever set.
    pub fn setting(&self, name: SettingName) -> Result<Option<String>, StoreError> {
        value(self.db(), name.as_str())
    }

    /// Returns the value of a deck's own setting, if one was ever set.
    pub fn deck_setting(&self, deck: &DeckId, name: DeckSettingName) -> Result<Option<String>, StoreError> {
        value(self.db(), &name.row(deck))
    }

    /// Tells whether the learner opened the deck's reserve to the drill.
    pub fn is_reserve_open(&self, deck: &DeckId) -> Result<bool, StoreError> {
        Ok(value(self.db(), &reserve_row(deck))?.is_some())
    }
}

pub(in crate::store) fn set(db: &Connection, name: &str, value: &str) -> Result<(), StoreError> {
    db.prepare_cached(
        "insert into setting (name, value) values (:name, :value)
         on conflict (name) do update set value = excluded.value",
    )?
    .execute(named_params! {":name": name, ":value": value})?;
    Ok(())
}

/// Returns the row that says that a deck's reserve is open.
pub(in crate::store) fn reserve_row(deck: &DeckId) -> String {
    format!("{RESERVE_OPENED}:{deck}")
}

fn value(db: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    let mut statement = db.prepare_cached("select value from setting where name = ?")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}
