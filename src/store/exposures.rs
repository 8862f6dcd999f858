//! Exposures: which items were on the screen, and what came of it.

use std::collections::BTreeMap;

use rusqlite::{Connection, named_params};

use crate::base::{DeckId, ItemId, StudyDay};
use crate::store::log::{Logged, item_row};
use crate::store::{Store, StoreError, concepts};

/// What is known of an item that was shown at least once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exposure {
    /// Times it was shown.
    pub n_shown: u32,
    /// The study day on which it was shown first.
    pub first_day: StudyDay,
    /// Later showings have larger numbers; only the order means something.
    pub recency: i64,
    /// Whether the newest answer was right; `None` before the first.
    pub last_right: Option<bool>,
}

impl Store {
    /// Returns the exposures of a deck's items. Items that were never shown are not in it.
    pub fn exposures(&self, deck: &DeckId) -> Result<BTreeMap<ItemId, Exposure>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select item.name, n_shown, first_day, last_event, last_right
             from exposure
             join item on item.id = exposure.item
             where item.deck = (select id from deck where name = ?)",
        )?;
        let mut rows = statement.query([deck.as_str()])?;
        let mut exposures = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            let item = ItemId::new(&name).map_err(|error| StoreError::BadIndex { what: error.to_string() })?;
            let exposure = Exposure {
                n_shown: row.get(1)?,
                first_day: StudyDay::from_number(row.get(2)?),
                recency: row.get(3)?,
                last_right: row.get(4)?,
            };
            exposures.insert(item, exposure);
        }
        Ok(exposures)
    }
}

/// Notes that an item was shown.
pub(in crate::store) fn fold_shown(
    db: &Connection,
    logged: &Logged,
    deck: &DeckId,
    item: &ItemId,
) -> Result<(), StoreError> {
    fold_shown_on(db, logged, logged.study_day, deck, item)
}

/// Notes that an item was shown on a day of its own, which may be long before that of the event.
pub(in crate::store) fn fold_shown_on(
    db: &Connection,
    logged: &Logged,
    day: StudyDay,
    deck: &DeckId,
    item: &ItemId,
) -> Result<(), StoreError> {
    let item = item_row(db, deck, item)?;
    let n_shown: i64 = db
        .prepare_cached(
            "insert into exposure (item, n_shown, first_day, last_event) values (:item, 1, :day, :event)
             on conflict (item) do update set
               n_shown = n_shown + 1, first_day = min(first_day, excluded.first_day), last_event = excluded.last_event
             returning n_shown",
        )?
        .query_row(named_params! {":item": item, ":day": day.number(), ":event": logged.seq}, |row| row.get(0))?;
    if n_shown == 1 { concepts::mark_seen(db, item) } else { Ok(()) }
}

/// Notes whether the newest answer to an item was right; `None` if there is no answer (any more).
pub(in crate::store) fn fold_result(
    db: &Connection,
    deck: &DeckId,
    item: &ItemId,
    last_right: Option<bool>,
) -> Result<(), StoreError> {
    db.prepare_cached("update exposure set last_right = :last_right where item = :item")?
        .execute(named_params! {":item": item_row(db, deck, item)?, ":last_right": last_right})?;
    Ok(())
}
