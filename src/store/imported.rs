//! What was learnt in another program: reviews with their own time, and where a card stood.

use std::collections::BTreeSet;

use rusqlite::{Connection, named_params};
use serde::{Deserialize, Serialize};

use crate::base::{ConceptId, DeckId, ItemId, StudyDay};
use crate::review::{Card, EaseFactor, Grade, Memory};
use crate::store::log::{Logged, event_at};
use crate::store::record::{self, CARD_IMPORTED, REVIEW_IMPORTED, lengthened, shortened};
use crate::store::{Event, Store, StoreError, cards, exposures};

/// A review in another program. The log's own time is that of the import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewImported {
    /// The deck.
    pub deck: DeckId,
    /// The item.
    pub item: ItemId,
    /// What it tests.
    pub concept: ConceptId,
    /// When it was, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// The study day that this is.
    pub study_day: StudyDay,
    /// Milliseconds from the showing to the answer.
    pub answer_ms: u64,
    /// The grade.
    pub grade: Grade,
}

/// Where a card stood in another program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardImported {
    /// The deck.
    pub deck: DeckId,
    /// The item whose card it was.
    pub item: ItemId,
    /// What it tests.
    pub concept: ConceptId,
    /// The card.
    pub card: Card,
}

/// What was imported of a deck before, so that nothing is imported twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlreadyImported {
    /// Items and the times of their reviews.
    pub reviews: BTreeSet<(ItemId, i64)>,
    /// The newest state of each item's card.
    pub cards: Vec<CardImported>,
}

#[derive(Serialize, Deserialize)]
struct ReviewRow {
    concept: String,
    at_ms: i64,
    study_day: i32,
    answer_ms: u64,
    grade: u8,
}

#[derive(Serialize, Deserialize)]
struct CardRow {
    concept: String,
    repetition: u32,
    interval_days: u32,
    ease_hundredths: u32,
    due: i32,
    n_lapses: u32,
    last_review: Option<i32>,
}

/// Returns the fields of a review as they are packed.
pub(in crate::store) fn review_row(review: &ReviewImported) -> impl Serialize {
    ReviewRow {
        concept: shortened(&review.concept, &review.item).to_owned(),
        at_ms: review.at_ms,
        study_day: review.study_day.number(),
        answer_ms: review.answer_ms,
        grade: review.grade.number(),
    }
}

/// Returns the fields of a card as they are packed.
pub(in crate::store) fn card_row(imported: &CardImported) -> impl Serialize {
    let card = &imported.card;
    CardRow {
        concept: shortened(&imported.concept, &imported.item).to_owned(),
        repetition: card.memory.repetition,
        interval_days: card.memory.interval_days,
        ease_hundredths: card.memory.ease.hundredths(),
        due: card.due.number(),
        n_lapses: card.n_lapses,
        last_review: card.last_review.map(StudyDay::number),
    }
}

/// Unpacks an imported review or card.
pub(in crate::store) fn decode(kind: u8, unpacked: &[u8], (deck, item): (DeckId, ItemId)) -> Result<Event, String> {
    if kind == REVIEW_IMPORTED {
        let row: ReviewRow = record::unpack(unpacked)?;
        return Ok(Event::ReviewImported(Box::new(ReviewImported {
            concept: lengthened(&row.concept, &item)?,
            deck,
            item,
            at_ms: row.at_ms,
            study_day: StudyDay::from_number(row.study_day),
            answer_ms: row.answer_ms,
            grade: Grade::from_number(row.grade).ok_or("unknown grade")?,
        })));
    }
    let row: CardRow = record::unpack(unpacked)?;
    let memory = Memory {
        repetition: row.repetition,
        interval_days: row.interval_days,
        ease: EaseFactor::from_hundredths(row.ease_hundredths),
    };
    let card = Card {
        memory,
        due: StudyDay::from_number(row.due),
        n_lapses: row.n_lapses,
        last_review: row.last_review.map(StudyDay::from_number),
        introduced_on: None,
        repeat_on: None,
    };
    let concept = lengthened(&row.concept, &item)?;
    Ok(Event::CardImported(Box::new(CardImported { deck, item, concept, card })))
}

/// Notes a review in another program: the item is no longer fresh, and this is its newest answer. The card moves by where
/// it stood in the end, not by its reviews.
pub(in crate::store) fn fold_review(
    db: &Connection,
    logged: &Logged,
    review: &ReviewImported,
) -> Result<(), StoreError> {
    exposures::fold_shown_on(db, logged, review.study_day, &review.deck, &review.item)?;
    exposures::fold_result(db, &review.deck, &review.item, Some(review.grade.is_pass()))?;
    cards::fold_evidence(db, logged, &review.deck, &review.concept)
}

impl Store {
    /// Returns what was imported of a deck's items before.
    pub fn already_imported(&self, deck: &DeckId) -> Result<AlreadyImported, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select seq from event
             where kind in (:review, :card)
               and item in (select item.id from item join deck on deck.id = item.deck where deck.name = :deck)
             order by seq",
        )?;
        let params = named_params! {":review": REVIEW_IMPORTED, ":card": CARD_IMPORTED, ":deck": deck.as_str()};
        let seqs: Vec<i64> = statement.query_map(params, |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut known = AlreadyImported::default();
        for seq in seqs {
            match event_at(self.db(), seq)?.event {
                Event::ReviewImported(review) => {
                    known.reviews.insert((review.item, review.at_ms));
                }
                Event::CardImported(card) => {
                    known.cards.retain(|own| own.item != card.item);
                    known.cards.push(*card);
                }
                _ => {}
            }
        }
        Ok(known)
    }
}
