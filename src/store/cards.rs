//! Cards: the fold of all evidence on a concept.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::base::{ConceptId, DeckId, ItemId, StudyDay};
use crate::deck::Answer;
use crate::review::{Card, EaseFactor, Evidence, Memory, after};
use crate::store::log::{Logged, deck_row, event_at, item_row};
use crate::store::{Event, Response, Review, Seq, Store, StoreError, record};

/// A card with the concept it remembers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRow {
    /// The concept.
    pub concept: ConceptId,
    /// Its memory.
    pub card: Card,
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

const COLUMNS: &str =
    "concept, repetition, interval_days, ease_hundredths, due, n_lapses, last_review, introduced_on, repeat_on";

impl Store {
    /// Returns the card of a concept, if it has one.
    pub fn card(&self, deck: &DeckId, concept: &ConceptId) -> Result<Option<Card>, StoreError> {
        let deck = deck_row(self.db(), deck)?;
        card(self.db(), deck, concept)
    }

    /// Returns all cards of a deck in the order of their concepts.
    pub fn cards(&self, deck: &DeckId) -> Result<Vec<CardRow>, StoreError> {
        let sql =
            format!("select {COLUMNS} from card where deck = (select id from deck where name = ?) order by concept");
        let mut statement = self.db().prepare_cached(&sql)?;
        let mut rows = statement.query([deck.as_str()])?;
        let mut cards = Vec::new();
        while let Some(row) = rows.next()? {
            let name: String = row.get("concept")?;
            let concept = ConceptId::new(&name).map_err(|error| StoreError::BadIndex { what: error.to_string() })?;
            cards.push(CardRow { concept, card: read(row)? });
        }
        Ok(cards)
    }

    /// Returns the answers in the drill to a concept's items that were not taken back, the newest first.
    pub fn reviews_of(&self, deck: &DeckId, concept: &ConceptId) -> Result<Vec<StoredReview>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select event from card_event
             where deck = (select id from deck where name = :deck) and concept = :concept
               and event not in (select event from undone)
             order by event desc",
        )?;
        let params = named_params! {":deck": deck.as_str(), ":concept": concept.as_str()};
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

    /// Returns the learner's median milliseconds for right answers to items like `like`, from the newest hundred;
    /// `None` below ten.
    pub fn median_answer_ms(&self, like: &Response) -> Result<Option<u64>, StoreError> {
        let mut statement = self
            .db()
            .prepare_cached("select answer_ms from answer_time where kind = ? order by event desc limit 100")?;
        let rows = statement.query_map([answer_kind(like)], |row| row.get::<_, i64>(0))?;
        let mut times: Vec<u64> = rows.map(|row| Ok(row?.unsigned_abs())).collect::<Result<_, rusqlite::Error>>()?;
        times.sort_unstable();
        Ok(if times.len() < 10 { None } else { times.get(times.len() / 2).copied() })
    }

    /// Returns the study days on which an answer moved or confirmed a card of the deck.
    pub fn review_days(&self, deck: &DeckId) -> Result<BTreeSet<StudyDay>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select distinct event.study_day from card_event
             join event on event.seq = card_event.event
             where card_event.deck = (select id from deck where name = :deck) and event.kind <> :sent",
        )?;
        let mut rows = statement.query(named_params! {":deck": deck.as_str(), ":sent": record::SENT_TO_DRILL})?;
        let mut days = BTreeSet::new();
        while let Some(row) = rows.next()? {
            days.insert(StudyDay::from_number(row.get(0)?));
        }
        Ok(days)
    }

    /// Returns how many reviews, not taken back, the deck had on `today`.
    pub fn n_reviews_on(&self, deck: &DeckId, today: StudyDay) -> Result<usize, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select count(*) from event
             where study_day = :day and kind = :kind and seq not in (select event from undone)
               and item in (select item.id from item join deck on deck.id = item.deck where deck.name = :deck)",
        )?;
        let kind = record::REVIEWED;
        let params = named_params! {":day": today.number(), ":kind": kind, ":deck": deck.as_str()};
        let n: i64 = statement.query_row(params, |row| row.get(0))?;
        Ok(usize::try_from(n).unwrap_or(0))
    }
}

/// Moves a concept's card by the evidence of one event.
pub(in crate::store) fn fold_evidence(
    db: &Connection,
    logged: &Logged,
    deck: &DeckId,
    concept: &ConceptId,
    evidence: Evidence,
) -> Result<(), StoreError> {
    let deck = deck_row(db, deck)?;
    db.prepare_cached("insert into card_event (deck, concept, event) values (:deck, :concept, :event)")?
        .execute(named_params! {":deck": deck, ":concept": concept.as_str(), ":event": logged.seq})?;
    let before = card(db, deck, concept)?;
    write(db, deck, concept, after(before, evidence, logged.study_day))
}

/// Notes how long a right answer took.
pub(in crate::store) fn fold_answer_time(db: &Connection, logged: &Logged, review: &Review) -> Result<(), StoreError> {
    if review.grade.is_pass() {
        let answer_ms = i64::try_from(review.answer_ms).unwrap_or(i64::MAX);
        db.prepare_cached("insert into answer_time (kind, event, answer_ms) values (:kind, :event, :answer_ms)")?
            .execute(named_params! {
                ":kind": answer_kind(&review.response),
                ":event": logged.seq,
                ":answer_ms": answer_ms,
            })?;
    }
    Ok(())
}

/// Forgets how long an answer took.
pub(in crate::store) fn forget_answer_time(db: &Connection, review: i64) -> Result<(), StoreError> {
    db.prepare_cached("delete from answer_time where event = ?")?.execute([review])?;
    Ok(())
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
    let mut card = None;
    for seq in seqs {
        let logged = event_at(db, seq)?;
        if let Some(evidence) = evidence_of(&logged.event) {
            card = after(card, evidence, logged.study_day);
        }
    }
    write(db, deck, concept, card)
}

/// Tells whether the newest answer to an item before `logged` was right, among those not taken back.
pub(in crate::store) fn newest_answer(
    db: &Connection,
    logged: &Logged,
    deck: &DeckId,
    item: &ItemId,
) -> Result<Option<bool>, StoreError> {
    let newest = db
        .prepare_cached(
            "select seq from event
             where item = :item and seq < :before and kind in (:examined, :reviewed)
               and seq not in (select event from undone)
             order by seq desc
             limit 1",
        )?
        .query_row(
            named_params! {
                ":item": item_row(db, deck, item)?,
                ":before": logged.seq,
                ":examined": record::EXAMINED,
                ":reviewed": record::REVIEWED,
            },
            |row| row.get(0),
        )
        .optional()?;
    let Some(seq) = newest else { return Ok(None) };
    match event_at(db, seq)?.event {
        Event::Reviewed(review) => Ok(Some(review.grade.is_pass())),
        Event::Examined(examined) => Ok(Some(examined.is_right)),
        _ => Ok(None),
    }
}

/// What an event says about a card.
pub(in crate::store) fn evidence_of(event: &Event) -> Option<Evidence> {
    match event {
        Event::Reviewed(review) => Some(Evidence::Drill(review.grade)),
        Event::Examined(examined) => examined.outcome.map(Evidence::Mock),
        Event::SentToDrill { .. } => Some(Evidence::Sent),
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
        | Event::ReserveOpened { .. }
        | Event::ItemNoted { .. }
        | Event::ItemChecked { .. }
        | Event::SittingBecamePractice { .. }
        | Event::Doubted { .. }
        | Event::DoubtWithdrawn { .. } => None,
    }
}

/// The item type of a response as a number: flashcards 0, questions by the number of wanted choices, arrangements by
/// that of their slots from 100 on, typed answers 1000. What is blank was not right, and its time counts nowhere.
fn answer_kind(response: &Response) -> i64 {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match response {
        Response::Recall(_) => 0,
        Response::Answer { answer: Answer::Blank | Answer::Choices(_), n_wanted, .. } => number(*n_wanted),
        Response::Answer { answer: Answer::Placed(_), n_wanted, .. } => number(n_wanted.saturating_add(100)),
        Response::Answer { answer: Answer::Text(_), .. } => 1000,
    }
}

fn card(db: &Connection, deck: i64, concept: &ConceptId) -> Result<Option<Card>, StoreError> {
    let sql = format!("select {COLUMNS} from card where deck = :deck and concept = :concept");
    let mut statement = db.prepare_cached(&sql)?;
    let params = named_params! {":deck": deck, ":concept": concept.as_str()};
    Ok(statement.query_row(params, read).optional()?)
}

fn read(row: &Row) -> rusqlite::Result<Card> {
    let day = |number: Option<i32>| number.map(StudyDay::from_number);
    Ok(Card {
        memory: Memory {
            repetition: row.get("repetition")?,
            interval_days: row.get("interval_days")?,
            ease: EaseFactor::from_hundredths(row.get("ease_hundredths")?),
        },
        due: StudyDay::from_number(row.get("due")?),
        n_lapses: row.get("n_lapses")?,
        last_review: day(row.get("last_review")?),
        introduced_on: day(row.get("introduced_on")?),
        repeat_on: day(row.get("repeat_on")?),
    })
}

fn write(db: &Connection, deck: i64, concept: &ConceptId, card: Option<Card>) -> Result<(), StoreError> {
    let Some(card) = card else {
        db.prepare_cached("delete from card where deck = :deck and concept = :concept")?
            .execute(named_params! {":deck": deck, ":concept": concept.as_str()})?;
        return Ok(());
    };
    db.prepare_cached(
        "insert into card
           (deck, concept, repetition, interval_days, ease_hundredths, due, n_lapses, last_review, introduced_on, repeat_on)
         values
           (:deck, :concept, :repetition, :interval_days, :ease, :due, :n_lapses, :last_review, :introduced_on, :repeat_on)
         on conflict (deck, concept) do update set
           repetition = excluded.repetition,
           interval_days = excluded.interval_days,
           ease_hundredths = excluded.ease_hundredths,
           due = excluded.due,
           n_lapses = excluded.n_lapses,
           last_review = excluded.last_review,
           introduced_on = excluded.introduced_on,
           repeat_on = excluded.repeat_on",
    )?
    .execute(named_params! {
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
    })?;
    Ok(())
}
