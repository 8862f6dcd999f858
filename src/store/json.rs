//! Columns that hold JSON, and the errors of what they hold.

use serde::{Deserialize, Serialize};

use crate::base::{IdError, ItemId};
use crate::store::StoreError;

pub(in crate::store) fn json(row: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(row).map_err(bad)
}

pub(in crate::store) fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(bad)
}

pub(in crate::store) fn bad(error: impl std::fmt::Display) -> StoreError {
    StoreError::BadIndex { what: error.to_string() }
}

pub(in crate::store) fn id_of<T>(id: Result<T, IdError>) -> Result<T, StoreError> {
    id.map_err(bad)
}

pub(in crate::store) fn item_ids(names: &[String]) -> Result<Vec<ItemId>, StoreError> {
    names.iter().map(|name| id_of(ItemId::new(name))).collect()
}
