//! What a learner says of items after an exam: doubts and sendings to the drill, read from the log.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, named_params};

use crate::base::{DeckId, ItemId, StudyDay};
use crate::deck::{Doubt, Doubts};
use crate::store::log::{event_at, events_of_kinds};
use crate::store::record::{DOUBT_WITHDRAWN, DOUBTED, REVIEWED, SENT_TO_DRILL};
use crate::store::{Event, Seq, Store, StoreError};

/// An event that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoable {
    /// Its place in the log.
    pub seq: Seq,
    /// The item that it is about.
    pub item: ItemId,
    /// What it was.
    pub kind: UndoableKind,
}

/// What can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndoableKind {
    /// An answer in the drill.
    Answer,
    /// A sending to the drill.
    Sending,
}

impl Store {
    /// Returns the doubts that stand, of all decks. A later report of the same item replaces an earlier one.
    pub fn doubts(&self) -> Result<Doubts, StoreError> {
        let mut doubts = Doubts::new();
        events_of_kinds(self.db(), DOUBTED, DOUBT_WITHDRAWN, |logged| match logged.event {
            Event::Doubted { deck, item, reason } => {
                doubts.entry(deck).or_default().insert(item, Doubt { since: logged.study_day, reason });
            }
            Event::DoubtWithdrawn { deck, item } => {
                doubts.entry(deck).or_default().remove(&item);
            }
            _ => {}
        })?;
        Ok(doubts)
    }

    /// Returns the items of a deck that were sent to the drill on `day`, each with its newest sending that stands.
    pub fn sent_on(&self, deck: &DeckId, day: StudyDay) -> Result<BTreeMap<ItemId, Seq>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select item.name, max(event.seq) from event
             join item on item.id = event.item
             join deck on deck.id = item.deck
             where event.study_day = :day and event.kind = :kind and deck.name = :deck
               and event.seq not in (select event from undone)
             group by item.id",
        )?;
        let params = named_params! {":day": day.number(), ":kind": SENT_TO_DRILL, ":deck": deck.as_str()};
        let mut rows = statement.query(params)?;
        let mut sent = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            let item = ItemId::new(&name).map_err(|error| StoreError::BadIndex { what: error.to_string() })?;
            sent.insert(item, Seq(row.get(1)?));
        }
        Ok(sent)
    }

    /// Returns the newest answer or sending of `today` in a deck's drill that was not taken back.
    pub fn last_undoable(&self, deck: &DeckId, today: StudyDay) -> Result<Option<Undoable>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select event.seq from event
             where kind in (:reviewed, :sent) and study_day = :day and seq not in (select event from undone)
               and item in (select item.id from item join deck on deck.id = item.deck where deck.name = :deck)
             order by seq desc
             limit 1",
        )?;
        let params = named_params! {
            ":reviewed": REVIEWED,
            ":sent": SENT_TO_DRILL,
            ":day": today.number(),
            ":deck": deck.as_str(),
        };
        let Some(seq) = statement.query_row(params, |row| row.get(0)).optional()? else { return Ok(None) };
        Ok(match event_at(self.db(), seq)?.event {
            Event::Reviewed(review) => Some(Undoable { seq: Seq(seq), item: review.item, kind: UndoableKind::Answer }),
            Event::SentToDrill { item, .. } => Some(Undoable { seq: Seq(seq), item, kind: UndoableKind::Sending }),
            _ => None,
        })
    }
}
