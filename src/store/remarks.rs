//! What a learner says of items after an exam: doubts and sendings to the drill, read from the log.

use std::collections::BTreeMap;

use rusqlite::named_params;

use crate::base::{DeckId, ItemId, StudyDay};
use crate::deck::{Doubt, Doubts};
use crate::store::log::events_of_kinds;
use crate::store::record::{DOUBT_WITHDRAWN, DOUBTED, SENT_TO_DRILL};
use crate::store::{Event, Seq, Store, StoreError};

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
}
