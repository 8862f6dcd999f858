//! What a learner says of items after an exam: doubts and sendings to the drill, read from the log.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::base::{DeckId, ItemId, StudyDay};
use crate::deck::{Doubt, Doubts};
use crate::store::log::doubt_events;
use crate::store::{Event, Seq, Store, StoreError, UndoableKind};

impl Store {
    /// Returns the doubts that stand, of all decks. A later report of the same item replaces an earlier one.
    pub fn doubts(&self) -> Result<Doubts, StoreError> {
        let mut doubts = Doubts::new();
        doubt_events(self.db(), |logged| match logged.event {
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

    /// Returns the items of a deck that were sent to the drill today, each with its newest sending that stands.
    pub fn sent_on(&self, deck: &DeckId, today: StudyDay) -> Result<BTreeMap<ItemId, Seq>, StoreError> {
        let mut sent = BTreeMap::new();
        self.standing(deck, today, |own| {
            if let (UndoableKind::Sending, Some(item)) = (own.kind, own.item) {
                sent.entry(item).or_insert(own.seq);
            }
            ControlFlow::Continue(())
        })?;
        Ok(sent)
    }
}
