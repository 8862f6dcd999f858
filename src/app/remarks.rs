//! What a learner says of items after an exam: send them to the drill, report them as doubtful, take it back.

use crate::app::{App, AppError};
use crate::base::{ConceptId, DeckId, ItemId, StudyDay};
use crate::deck::Doubts;
use crate::store::Event;

/// Most characters of a reason: a few lines of a screen.
const MAX_REASON: usize = 500;

impl App {
    /// Makes the concept of an item due. Returns the study day on which it comes in the drill: today, or the next one if
    /// it was reviewed today.
    pub fn send_to_drill(&mut self, deck: &DeckId, item: &ItemId, concept: &ConceptId) -> Result<StudyDay, AppError> {
        let (deck, item, concept) = (deck.clone(), item.clone(), concept.clone());
        self.record(&[Event::SentToDrill { deck: deck.clone(), item, concept: concept.clone() }])?;
        Ok(self.store.card(&deck, &concept)?.map_or(self.today(), |card| card.due))
    }

    /// Takes today's sending of an item to the drill back; `false` if there is none.
    pub fn take_sending_back(&mut self, deck: &DeckId, item: &ItemId) -> Result<bool, AppError> {
        let Some(seq) = self.store.sent_on(deck, self.today())?.remove(item) else { return Ok(false) };
        self.record(&[Event::Undone { event: seq }])?;
        Ok(true)
    }

    /// Reports an item as doubtful; `reason` may be empty. An earlier report of the item is replaced.
    ///
    /// # Errors
    /// [`AppError::LongReason`] beyond 500 characters.
    pub fn doubt(&mut self, deck: &DeckId, item: &ItemId, reason: &str) -> Result<(), AppError> {
        let reason = reason.trim();
        if reason.chars().count() > MAX_REASON {
            return Err(AppError::LongReason { n_most: MAX_REASON });
        }
        self.record(&[Event::Doubted { deck: deck.clone(), item: item.clone(), reason: reason.to_owned() }])
    }

    /// Withdraws the report of an item as doubtful; `false` if there is none.
    pub fn withdraw_doubt(&mut self, deck: &DeckId, item: &ItemId) -> Result<bool, AppError> {
        if !self.doubts()?.get(deck).is_some_and(|own| own.contains_key(item)) {
            return Ok(false);
        }
        self.record(&[Event::DoubtWithdrawn { deck: deck.clone(), item: item.clone() }])?;
        Ok(true)
    }

    /// Returns the doubts that stand, of all decks.
    pub fn doubts(&self) -> Result<Doubts, AppError> {
        Ok(self.store.doubts()?)
    }
}
