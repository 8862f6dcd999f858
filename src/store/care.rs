//! Concepts that the learner set aside: suspended until further notice, or buried until the next study day.

use std::collections::BTreeMap;

use rusqlite::{Connection, named_params};

use crate::base::{ConceptId, DeckId, StudyDay};
use crate::store::log::{Logged, deck_row};
use crate::store::{Store, StoreError};

/// How a concept is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetAside {
    /// Until further notice.
    Suspended {
        /// The study day on which it was.
        since: StudyDay,
    },
    /// Until the next study day.
    Buried,
}

/// What was done to a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Care {
    Suspended,
    Unsuspended,
    Buried,
}

impl Care {
    fn number(self) -> i64 {
        match self {
            Care::Suspended => 0,
            Care::Unsuspended => 1,
            Care::Buried => 2,
        }
    }
}

impl Store {
    /// Returns the concepts of a deck that are set aside on `today`. One that is both suspended and buried is suspended.
    pub fn set_aside(&self, deck: &DeckId, today: StudyDay) -> Result<BTreeMap<ConceptId, SetAside>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select concept, what, study_day from care
             where deck = (select id from deck where name = :deck)
               and (what <> :buried or study_day = :today)
             order by event",
        )?;
        let params = named_params! {":deck": deck.as_str(), ":buried": Care::Buried.number(), ":today": today.number()};
        let mut rows = statement.query(params)?;
        let (mut suspended, mut set_aside) = (BTreeMap::new(), BTreeMap::new());
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            let concept = ConceptId::new(&name).map_err(|error| StoreError::BadIndex { what: error.to_string() })?;
            let (what, day): (i64, i32) = (row.get(1)?, row.get(2)?);
            if what == Care::Suspended.number() {
                // A second suspension does not begin the first one anew.
                suspended.entry(concept).or_insert(SetAside::Suspended { since: StudyDay::from_number(day) });
            } else if what == Care::Unsuspended.number() {
                suspended.remove(&concept);
            } else {
                set_aside.insert(concept, SetAside::Buried);
            }
        }
        set_aside.extend(suspended);
        Ok(set_aside)
    }
}

/// Notes what was done to a concept.
pub(in crate::store) fn fold(
    db: &Connection,
    logged: &Logged,
    deck: &DeckId,
    concept: &ConceptId,
    care: Care,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "insert into care (deck, concept, event, what, study_day) values (:deck, :concept, :event, :what, :day)",
    )?
    .execute(named_params! {
        ":deck": deck_row(db, deck)?,
        ":concept": concept.as_str(),
        ":event": logged.seq,
        ":what": care.number(),
        ":day": logged.study_day.number(),
    })?;
    Ok(())
}

/// Forgets what was done to a concept.
pub(in crate::store) fn forget(
    db: &Connection,
    event: i64,
    deck: &DeckId,
    concept: &ConceptId,
) -> Result<(), StoreError> {
    db.prepare_cached("delete from care where deck = :deck and concept = :concept and event = :event")?
        .execute(named_params! {":deck": deck_row(db, deck)?, ":concept": concept.as_str(), ":event": event})?;
    Ok(())
}
