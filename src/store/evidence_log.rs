//! All evidence on a deck's concepts in the order in which it came.

use rusqlite::named_params;

use crate::base::{ConceptId, DeckId, ItemId, StudyDay};
use crate::review::Evidence;
use crate::store::cards::evidence_of;
use crate::store::log::event_at;
use crate::store::{Event, Response, Store, StoreError};

/// Something that was learnt about a card.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEvidence {
    /// The study day on which it counts.
    pub study_day: StudyDay,
    /// The concept.
    pub concept: ConceptId,
    /// What was learnt.
    pub evidence: Evidence,
    /// The answer, if it was given in a drill.
    pub drilled: Option<DrilledAnswer>,
}

/// An answer that was given in a drill.
#[derive(Debug, Clone, PartialEq)]
pub struct DrilledAnswer {
    /// The item that was shown.
    pub item: ItemId,
    /// The answer.
    pub response: Response,
    /// Milliseconds from the item's showing to the answer.
    pub answer_ms: u64,
}

impl Store {
    /// Returns all evidence on a deck's concepts that was not taken back, the oldest first.
    pub fn evidence_log(&self, deck: &DeckId) -> Result<Vec<StoredEvidence>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select event from card_event
             where deck = (select id from deck where name = :deck) and event not in (select event from undone)
             order by event",
        )?;
        let seqs = statement.query_map(named_params! {":deck": deck.as_str()}, |row| row.get::<_, i64>(0))?;
        let mut log = Vec::new();
        for seq in seqs {
            let logged = event_at(self.db(), seq?)?;
            let Some(evidence) = evidence_of(&logged.event) else { continue };
            let (concept, drilled) = match logged.event {
                Event::Reviewed(review) => {
                    let (item, response, answer_ms) = (review.item, review.response, review.answer_ms);
                    (review.concept, Some(DrilledAnswer { item, response, answer_ms }))
                }
                Event::Examined(examined) => (examined.concept, None),
                Event::SentToDrill { concept, .. } => (concept, None),
                Event::CardImported(own) => (own.concept, None),
                _ => continue,
            };
            log.push(StoredEvidence { study_day: logged.study_day, concept, evidence, drilled });
        }
        Ok(log)
    }
}
