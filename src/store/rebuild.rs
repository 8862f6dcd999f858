//! Folding the whole log again.

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::store::fold::fold;
use crate::store::{Store, StoreError, concepts, log};

/// The tables that are folds of the log, each with the order that makes its rows comparable.
const FOLDS: &[(&str, &str)] = &[
    ("undone", "event"),
    ("care", "deck, concept, event"),
    ("note", "item, event"),
    ("result", "event"),
    ("result_removal", "event"),
    ("answer", "deck, study_day, event"),
    ("review_day", "deck, study_day"),
    ("exposure", "item"),
    ("card_event", "deck, concept, event"),
    ("card", "deck, concept"),
    ("frozen_reference", "deck, revision"),
    ("sitting_score", "sitting"),
    ("sitting_item", "sitting, position"),
    ("sitting", "number"),
    ("setting", "name"),
];

/// What a rebuild found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// Events that were folded.
    pub n_events: u64,
    /// Tables whose rows were not what the log says; empty when all was well.
    pub differing: Vec<&'static str>,
}

impl Store {
    /// Checks the chain of the log, empties every fold, folds the whole log again and keeps the result.
    ///
    /// # Errors
    /// [`StoreError::BrokenChain`] names the first damaged event; the state is then left as it was.
    pub fn rebuild(&mut self) -> Result<Rebuilt, StoreError> {
        self.commit(|tx| refold_and_compare(tx))
    }
}

/// Folds the whole log again, and holds the result against what was there.
pub(in crate::store) fn refold_and_compare(db: &Connection) -> Result<Rebuilt, StoreError> {
    let before = FOLDS.iter().map(|fold| digest(db, fold)).collect::<Result<Vec<_>, _>>()?;
    let n_events = refold(db)?;
    let mut differing = Vec::new();
    for (fold, before) in FOLDS.iter().zip(before) {
        if digest(db, fold)? != before {
            differing.push(fold.0);
        }
    }
    Ok(Rebuilt { n_events, differing })
}

/// Empties every fold and folds the whole log, with its chain checked; then holds the index of decks against the result.
pub(in crate::store) fn refold(db: &Connection) -> Result<u64, StoreError> {
    empty(db)?;
    let n_events = log::walk(db, |logged| fold(db, logged))?;
    concepts::refresh(db)?;
    Ok(n_events)
}

/// Empties every fold.
pub(in crate::store) fn empty(db: &Connection) -> Result<(), StoreError> {
    FOLDS.iter().try_for_each(|(table, _)| {
        db.execute(&format!("delete from {table}"), [])?;
        Ok(())
    })
}

/// The hash of a table's rows in order.
fn digest(db: &Connection, (table, order): &(&'static str, &str)) -> Result<blake3::Hash, StoreError> {
    let mut statement = db.prepare(&format!("select * from {table} order by {order}"))?;
    let n_columns = statement.column_count();
    let mut hasher = blake3::Hasher::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for column_idx in 0..n_columns {
            let (tag, bytes): (u8, Vec<u8>) = match row.get_ref(column_idx)? {
                ValueRef::Null => (0, Vec::new()),
                ValueRef::Integer(number) => (1, number.to_le_bytes().to_vec()),
                ValueRef::Real(number) => (2, number.to_le_bytes().to_vec()),
                ValueRef::Text(text) => (3, text.to_vec()),
                ValueRef::Blob(blob) => (4, blob.to_vec()),
            };
            hasher.update(&[tag]).update(&bytes.len().to_le_bytes()).update(&bytes);
        }
    }
    Ok(hasher.finalize())
}
