//! Cards: the fold of all evidence on a concept.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::base::{ConceptId, DeckId, ItemId, StudyDay};
use crate::review::{Card, EaseFactor, Evidence, Memory, after};
use crate::store::log::{Logged, deck_row, event_at, item_row};
use crate::store::{Event, Review, Seq, Store, StoreError, concepts, record};

/// A card with the concept it remembers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRow {
    /// The concept.
    pub concept: ConceptId,
    /// Its memory.
    pub card: Card,
    /// The study day of the newest answer since there is a card, early ones and those of mocks included; `None` before
    /// the first.
    pub last_answer: Option<StudyDay>,
}

/// A review as the log holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredReview {
    /// Its place in the log.
    pub seq: Seq,
    /// The study day on which it was given.
    pub study_day: StudyDay,
    /// The review.
    pub review: Review,
}

/// The columns that [`read`] takes.
pub(in crate::store) const COLUMNS: &str = "card.due, card.repetition, card.interval_days, card.ease_hundredths, \
    card.n_lapses, card.last_review, card.introduced_on, card.repeat_on, card.last_answer";

impl Store {
    /// Returns the card of a concept, if it has one.
    pub fn card(&self, deck: &DeckId, concept: &ConceptId) -> Result<Option<Card>, StoreError> {
        let deck = deck_row(self.db(), deck)?;
        Ok(card(self.db(), deck, concept)?.map(|(card, _)| card))
    }

    /// Tells whether a deck has any card.
    pub fn has_cards(&self, deck: &DeckId) -> Result<bool, StoreError> {
        let sql = "select 1 from card where deck = (select id from deck where name = ?)";
        Ok(self.db().prepare_cached(sql)?.exists([deck.as_str()])?)
    }

    /// Returns all cards of a deck in the order of their concepts.
    pub fn cards(&self, deck: &DeckId) -> Result<Vec<CardRow>, StoreError> {
        let sql = format!(
            "select concept, {COLUMNS} from card where deck = (select id from deck where name = ?) order by concept"
        );
        let mut statement = self.db().prepare_cached(&sql)?;
        let mut rows = statement.query([deck.as_str()])?;
        let mut cards = Vec::new();
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            let concept = ConceptId::new(&name).map_err(|error| StoreError::BadIndex { what: error.to_string() })?;
            let known = read(row, 1)?;
            cards.extend(known.map(|(card, last_answer)| CardRow { concept, card, last_answer }));
        }
        Ok(cards)
    }

    /// Returns how many cards of a deck are due on each day that has any.
    pub fn cards_by_due_day(&self, deck: &DeckId) -> Result<BTreeMap<StudyDay, usize>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select due, count(*) from card where deck = (select id from deck where name = ?) group by due",
        )?;
        let days = statement.query_map([deck.as_str()], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
        days.map(|day| {
            let (day, n) = day?;
            Ok((StudyDay::from_number(day), usize::try_from(n).unwrap_or(0)))
        })
        .collect()
    }

    /// Returns the answers in the drill to a concept's items that were not taken back, the newest first: those among its
    /// newest `n_most` events.
    pub fn reviews_of(
        &self,
        deck: &DeckId,
        concept: &ConceptId,
        n_most: usize,
    ) -> Result<Vec<StoredReview>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select event from card_event
             where deck = (select id from deck where name = :deck) and concept = :concept
               and event not in (select event from undone)
             order by event desc
             limit :n_most",
        )?;
        let n_most = i64::try_from(n_most).unwrap_or(i64::MAX);
        let params = named_params! {":deck": deck.as_str(), ":concept": concept.as_str(), ":n_most": n_most};
        let seqs: Vec<i64> = statement.query_map(params, |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut reviews = Vec::new();
        for seq in seqs {
            let logged = event_at(self.db(), seq)?;
            if let Event::Reviewed(review) = logged.event {
                reviews.push(StoredReview { seq: Seq(seq), study_day: logged.study_day, review: *review });
            }
        }
        Ok(reviews)
    }

    /// Returns how many concepts the drill brought for the first time on a day.
    pub fn n_introduced_on(&self, deck: &DeckId, day: StudyDay) -> Result<usize, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select count(*) from card where deck = (select id from deck where name = :deck) and introduced_on = :day",
        )?;
        let params = named_params! {":deck": deck.as_str(), ":day": day.number()};
        let n: i64 = statement.query_row(params, |row| row.get(0))?;
        Ok(usize::try_from(n).unwrap_or(0))
    }
}

/// A card and the study day of the newest answer since there is one.
pub(in crate::store) type Known = (Card, Option<StudyDay>);

/// Moves a concept's card by one event on it.
pub(in crate::store) fn fold_evidence(
    db: &Connection,
    logged: &Logged,
    deck: &DeckId,
    concept: &ConceptId,
) -> Result<(), StoreError> {
    let deck = deck_row(db, deck)?;
    db.prepare_cached("insert into card_event (deck, concept, event) values (:deck, :concept, :event)")?
        .execute(named_params! {":deck": deck, ":concept": concept.as_str(), ":event": logged.seq})?;
    let before = card(db, deck, concept)?;
    write(db, deck, concept, before, moved(before, logged))
}

/// Returns a card and the day of its newest answer after an event on its concept.
fn moved(before: Option<Known>, logged: &Logged) -> Option<Known> {
    let (card, last_answer) = (before.map(|(card, _)| card), before.and_then(|(_, day)| day));
    let Some(evidence) = evidence_of(&logged.event) else { return before };
    let last_answer = match evidence {
        Evidence::Drill(_) | Evidence::Mock(_) => Some(logged.study_day),
        Evidence::Sent => last_answer,
        Evidence::Imported(own) => last_answer.max(own.last_review),
    };
    after(card, evidence, logged.study_day).map(|card| (card, last_answer))
}

/// Folds a card again from all events on its concept that stand.
pub(in crate::store) fn refold(db: &Connection, deck: &DeckId, concept: &ConceptId) -> Result<(), StoreError> {
    let deck = deck_row(db, deck)?;
    let mut statement = db.prepare_cached(
        "select event from card_event
         where deck = :deck and concept = :concept and event not in (select event from undone)
         order by event",
    )?;
    let params = named_params! {":deck": deck, ":concept": concept.as_str()};
    let seqs: Vec<i64> = statement.query_map(params, |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut after = None;
    for seq in seqs {
        after = moved(after, &event_at(db, seq)?);
    }
    write(db, deck, concept, card(db, deck, concept)?, after)
}

/// Tells whether the newest answer to an item before `logged` was right, among those not taken back.
pub(in crate::store) fn newest_answer(
    db: &Connection,
    logged: &Logged,
    deck: &DeckId,
    concept: &ConceptId,
    item: &ItemId,
) -> Result<Option<bool>, StoreError> {
    let newest = db
        .prepare_cached(
            "select seq from card_event
             join event on event.seq = card_event.event
             where card_event.deck = :deck and concept = :concept and card_event.event < :before
               and item = :item and kind in (:examined, :reviewed, :imported) and seq not in (select event from undone)
             order by seq desc
             limit 1",
        )?
        .query_row(
            named_params! {
                ":deck": deck_row(db, deck)?,
                ":concept": concept.as_str(),
                ":item": item_row(db, deck, item)?,
                ":before": logged.seq,
                ":examined": record::EXAMINED,
                ":reviewed": record::REVIEWED,
                ":imported": record::REVIEW_IMPORTED,
            },
            |row| row.get(0),
        )
        .optional()?;
    let Some(seq) = newest else { return Ok(None) };
    match event_at(db, seq)?.event {
        Event::Reviewed(review) => Ok(Some(review.grade.is_pass())),
        Event::Examined(examined) => Ok(Some(examined.is_right)),
        Event::ReviewImported(review) => Ok(Some(review.grade.is_pass())),
        _ => Ok(None),
    }
}

/// What an event says about a card.
fn evidence_of(event: &Event) -> Option<Evidence> {
    match event {
        Event::Reviewed(review) => Some(Evidence::Drill(review.grade)),
        Event::Examined(examined) => examined.outcome.map(Evidence::Mock),
        Event::SentToDrill { .. } => Some(Evidence::Sent),
        Event::CardImported(own) => Some(Evidence::Imported(own.card)),
        Event::SettingChanged { .. }
        | Event::DeckSettingChanged { .. }
        | Event::ReferenceFrozen { .. }
        | Event::SittingStarted(_)
        | Event::ItemShown { .. }
        | Event::ItemMarked { .. }
        | Event::SittingResumed { .. }
        | Event::SittingEnded { .. }
        | Event::Undone { .. }
        | Event::Redone { .. }
        | Event::Suspended { .. }
        | Event::Unsuspended { .. }
        | Event::Buried { .. }
        | Event::CardNoted { .. }
        | Event::Crammed { .. }
        | Event::ReserveOpened { .. }
        | Event::ReviewImported(_)
        | Event::ItemNoted { .. }
        | Event::ItemChecked { .. }
        | Event::SittingBecamePractice { .. }
        | Event::Doubted { .. }
        | Event::DoubtWithdrawn { .. }
        | Event::ResultRecorded { .. }
        | Event::ResultRemoved { .. } => None,
    }
}

fn card(db: &Connection, deck: i64, concept: &ConceptId) -> Result<Option<Known>, StoreError> {
    let sql = format!("select {COLUMNS} from card where deck = :deck and concept = :concept");
    let mut statement = db.prepare_cached(&sql)?;
    let params = named_params! {":deck": deck, ":concept": concept.as_str()};
    Ok(statement.query_row(params, |row| read(row, 0)).optional()?.flatten())
}

/// Reads the [`COLUMNS`] from the one at `first` on; `None` where an outer join found no card. By their places: many rows are
/// read before the first card is drawn, and each name costs.
pub(in crate::store) fn read(row: &Row, first: usize) -> rusqlite::Result<Option<Known>> {
    let day = |column: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i32>>(column)?.map(StudyDay::from_number));
    let Some(due) = day(first)? else { return Ok(None) };
    let memory = Memory {
        repetition: row.get(first + 1)?,
        interval_days: row.get(first + 2)?,
        ease: EaseFactor::from_hundredths(row.get(first + 3)?),
    };
    let card = Card {
        memory,
        due,
        n_lapses: row.get(first + 4)?,
        last_review: day(first + 5)?,
        introduced_on: day(first + 6)?,
        repeat_on: day(first + 7)?,
    };
    Ok(Some((card, day(first + 8)?)))
}

/// Puts a card in the place of another one. What an answer leaves as it is has an index, which would be written with the
/// column: the day of the first meeting.
fn write(
    db: &Connection,
    deck: i64,
    concept: &ConceptId,
    before: Option<Known>,
    after: Option<Known>,
) -> Result<(), StoreError> {
    if before.is_some() != after.is_some() {
        concepts::mark_met(db, deck, concept, after.is_some())?;
    }
    let introduced_on = |known: &Known| known.0.introduced_on;
    let stays = before.is_some() && before.as_ref().map(introduced_on) == after.as_ref().map(introduced_on);
    if before.is_some() && !stays {
        db.prepare_cached("delete from card where deck = :deck and concept = :concept")?
            .execute(named_params! {":deck": deck, ":concept": concept.as_str()})?;
    }
    let Some((card, last_answer)) = after else { return Ok(()) };
    let sql = if stays {
        "update card set
           repetition = :repetition, interval_days = :interval_days, ease_hundredths = :ease, due = :due,
           n_lapses = :n_lapses, last_review = :last_review, repeat_on = :repeat_on, last_answer = :last_answer
         where deck = :deck and concept = :concept and introduced_on is :introduced_on"
    } else {
        "insert into card
           (deck, concept, repetition, interval_days, ease_hundredths, due, n_lapses, last_review, introduced_on, repeat_on,
            last_answer)
         values
           (:deck, :concept, :repetition, :interval_days, :ease, :due, :n_lapses, :last_review, :introduced_on, :repeat_on,
            :last_answer)"
    };
    db.prepare_cached(sql)?.execute(named_params! {
        ":deck": deck,
        ":concept": concept.as_str(),
        ":repetition": card.memory.repetition,
        ":interval_days": card.memory.interval_days,
        ":ease": card.memory.ease.hundredths(),
        ":due": card.due.number(),
        ":n_lapses": card.n_lapses,
        ":last_review": card.last_review.map(StudyDay::number),
        ":introduced_on": card.introduced_on.map(StudyDay::number),
        ":repeat_on": card.repeat_on.map(StudyDay::number),
        ":last_answer": last_answer.map(StudyDay::number),
    })?;
    Ok(())
}
