//! The learner's own notes on items, outside any sitting. The table finds them; their words stay in the log.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::base::{DeckId, ItemId};
use crate::store::log::{Logged, event_at, item_row};
use crate::store::{Event, Store, StoreError};

impl Store {
    /// Returns the learner's note on an item; empty if there is none.
    pub fn note(&self, deck: &DeckId, item: &ItemId) -> Result<String, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select note.event from note
             join item on item.id = note.item
             where item.name = :item and item.deck = (select id from deck where name = :deck)
             order by note.event desc
             limit 1",
        )?;
        let params = named_params! {":item": item.as_str(), ":deck": deck.as_str()};
        let newest = statement.query_row(params, |row| row.get(0)).optional()?;
        Ok(newest.map(|seq| words(self.db(), seq)).transpose()?.unwrap_or_default())
    }

    /// Returns the learner's notes on a deck's items; those that were taken away are not in it.
    pub fn notes(&self, deck: &DeckId) -> Result<BTreeMap<ItemId, String>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select item.name, max(note.event) from note
             join item on item.id = note.item
             where item.deck = (select id from deck where name = ?)
             group by item.id",
        )?;
        let mut rows = statement.query([deck.as_str()])?;
        let mut notes = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            let item = ItemId::new(&name).map_err(|error| StoreError::BadIndex { what: error.to_string() })?;
            let note = words(self.db(), row.get(1)?)?;
            if !note.is_empty() {
                notes.insert(item, note);
            }
        }
        Ok(notes)
    }
}

fn words(db: &Connection, seq: i64) -> Result<String, StoreError> {
    match event_at(db, seq)?.event {
        Event::CardNoted { note, .. } => Ok(note),
        _ => Err(StoreError::BadEvent { seq: seq.unsigned_abs(), what: "it is no note".to_owned() }),
    }
}

/// Notes where a note stands.
pub(in crate::store) fn fold(db: &Connection, logged: &Logged, deck: &DeckId, item: &ItemId) -> Result<(), StoreError> {
    db.prepare_cached("insert into note (item, event) values (:item, :event)")?
        .execute(named_params! {":item": item_row(db, deck, item)?, ":event": logged.seq})?;
    Ok(())
}

/// Forgets a note.
pub(in crate::store) fn forget(db: &Connection, event: i64, deck: &DeckId, item: &ItemId) -> Result<(), StoreError> {
    db.prepare_cached("delete from note where item = :item and event = :event")?
        .execute(named_params! {":item": item_row(db, deck, item)?, ":event": event})?;
    Ok(())
}
