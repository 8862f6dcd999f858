//! Settings that folds and plans use; they live in the log like everything else that happened.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::base::DeckId;
use crate::store::{Store, StoreError};

/// The settings that the log keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingName {
    /// The date of the real exam, `2027-02-01`.
    ExamDate,
    /// The local hour at which a study day begins, 0 to 23.
    RolloverHour,
}

const RESERVE_OPENED: &str = "reserve_opened";

impl SettingName {
    /// Returns the name in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            SettingName::ExamDate => "exam_date",
            SettingName::RolloverHour => "rollover_hour",
        }
    }

    pub(in crate::store) fn from_text(text: &str) -> Option<SettingName> {
        [SettingName::ExamDate, SettingName::RolloverHour].into_iter().find(|name| name.as_str() == text)
    }
}

impl Store {
    /// Returns the value of a setting, if one was ever set.
    pub fn setting(&self, name: SettingName) -> Result<Option<String>, StoreError> {
        value(self.db(), name.as_str())
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
