//! Answers that stand, drilled or in a sitting, with what was expected of them: one row each, the newest found at once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::base::{DeckId, StudyDay};
use crate::deck::{Answer, ItemKind};
use crate::review::Grade;
use crate::store::log::{Logged, deck_row, item_row};
use crate::store::{Examined, Foresight, Millionths, Response, Review, RevisionId, Seq, Store, StoreError};

/// A type of item, as far as it changes how long an answer takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemClass(pub(in crate::store) i64);

/// One of the newest answers to a deck's items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewestAnswer {
    /// Its place in the log.
    pub seq: Seq,
    /// A number that the answers to one item have in common.
    pub item: i64,
    /// Place of the item's domain in the deck's list; `None` if the deck has the item no more.
    pub domain_idx: Option<usize>,
    /// Whether it was right.
    pub is_right: bool,
    /// The type of item; `None` for an answer in a sitting.
    pub class: Option<ItemClass>,
    /// Milliseconds that it took; `None` for an answer in a sitting.
    pub answer_ms: Option<u64>,
    /// What was expected before it.
    pub foresight: Foresight,
}

/// The drill of one deck on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillDay {
    /// The deck.
    pub deck: DeckId,
    /// The study day.
    pub day: StudyDay,
    /// Answers that stand.
    pub n_answers: usize,
    /// Right ones among them.
    pub n_right: usize,
}

/// Newest answers on which a median time rests, and fewest that make one.
const N_FOR_MEDIAN: usize = 100;
const FEWEST_FOR_MEDIAN: usize = 10;
/// Newest answers of which the domains are counted.
const MOST_DRILLED: i64 = 10_000;

impl ItemClass {
    /// Flashcards.
    pub const FLASHCARD: ItemClass = ItemClass(0);

    /// Returns the class of a kind of item: flashcards 0, questions by the number of wanted choices, arrangements by that
    /// of their slots from 100 on, typed answers 1000.
    pub fn of(kind: ItemKind) -> ItemClass {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        ItemClass(match kind {
            ItemKind::Flashcard => Self::FLASHCARD.0,
            ItemKind::MultipleChoice { .. } | ItemKind::MultipleResponse { .. } => number(kind.n_wanted()),
            ItemKind::Arrangement { .. } => number(kind.n_wanted().saturating_add(100)),
            ItemKind::TypedAnswer => 1000,
        })
    }

    /// The class of a response. What is blank was not right, and its time counts nowhere.
    fn of_response(response: &Response) -> ItemClass {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        ItemClass(match response {
            Response::Recall(_) => 0,
            Response::Answer { answer: Answer::Blank | Answer::Choices(_), n_wanted, .. } => number(*n_wanted),
            Response::Answer { answer: Answer::Placed(_), n_wanted, .. } => number(n_wanted.saturating_add(100)),
            Response::Answer { answer: Answer::Text(_), .. } => 1000,
        })
    }
}

/// Returns the median milliseconds of right answers to each type of item, from the newest hundred of `answers` (the newest
/// first); types with fewer than ten are left out.
pub fn median_times<'a>(answers: impl IntoIterator<Item = &'a NewestAnswer>) -> BTreeMap<ItemClass, u64> {
    let mut times: BTreeMap<ItemClass, Vec<u64>> = BTreeMap::new();
    for answer in answers.into_iter().filter(|answer| answer.is_right) {
        if let (Some(class), Some(answer_ms)) = (answer.class, answer.answer_ms) {
            let own = times.entry(class).or_default();
            if own.len() < N_FOR_MEDIAN {
                own.push(answer_ms);
            }
        }
    }
    times.retain(|_, own| own.len() >= FEWEST_FOR_MEDIAN);
    let median = |mut own: Vec<u64>| {
        own.sort_unstable();
        own[own.len() / 2]
    };
    times.into_iter().map(|(class, own)| (class, median(own))).collect()
}

impl Store {
    /// Counts the answers in the drill since a day, that day included, by the places of the deck's domains.
    pub fn drilled_by_domain(
        &self,
        deck: &DeckId,
        revision: RevisionId,
        since: StudyDay,
    ) -> Result<BTreeMap<usize, usize>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select revision_item.domain, count(*) from (
               select item from answer
               where deck = (select id from deck where name = :deck) and study_day >= :since and kind is not null
               order by study_day desc, event desc
               limit :most
             ) as drilled
             join revision_item indexed by revision_item_item
               on revision_item.item = drilled.item and revision_item.revision = :revision
             group by revision_item.domain",
        )?;
        let params = named_params! {
            ":deck": deck.as_str(),
            ":revision": revision.number(),
            ":since": since.number(),
            ":most": MOST_DRILLED,
        };
        let counts = statement.query_map(params, |row| Ok((count(row, 0)?, count(row, 1)?)))?;
        Ok(counts.collect::<Result<_, _>>()?)
    }

    /// Counts the answers in the drill of each day that had any, and the right ones among them; of all decks, by their names.
    pub fn drill_days(&self) -> Result<Vec<DrillDay>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select deck.name, study_day, n_reviews, n_right from drilled_day
             join deck on deck.id = drilled_day.deck
             where n_reviews > 0
             order by deck.name, study_day",
        )?;
        let mut rows = statement.query([])?;
        let mut days = Vec::new();
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            let deck = DeckId::new(&name).map_err(|error| StoreError::BadIndex { what: error.to_string() })?;
            let day = StudyDay::from_number(row.get(1)?);
            days.push(DrillDay { deck, day, n_answers: count(row, 2)?, n_right: count(row, 3)? });
        }
        Ok(days)
    }

    /// Returns the newest answers to a deck's items that were not taken back, at most `n_most`, the newest first.
    pub fn newest_answers(
        &self,
        deck: &DeckId,
        revision: RevisionId,
        n_most: usize,
    ) -> Result<Vec<NewestAnswer>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select answer.event, answer.item, answer.is_right, answer.kind, answer.answer_ms, answer.is_first, answer.recall_ppm,
                    answer.chance_ppm, answer.p_right_ppm, revision_item.domain
             from answer
             left join revision_item indexed by revision_item_item
               on revision_item.item = answer.item and revision_item.revision = :revision
             where answer.deck = (select id from deck where name = :deck)
             order by answer.study_day desc, answer.event desc
             limit :n_most",
        )?;
        let n_most = i64::try_from(n_most).unwrap_or(i64::MAX);
        let params = named_params! {":deck": deck.as_str(), ":revision": revision.number(), ":n_most": n_most};
        let mut rows = statement.query(params)?;
        let mut answers = Vec::new();
        while let Some(row) = rows.next()? {
            answers.push(read(row)?);
        }
        Ok(answers)
    }

    /// Returns the study days on which items of the deck were answered, in order.
    pub fn review_days(&self, deck: &DeckId) -> Result<BTreeSet<StudyDay>, StoreError> {
        let mut statement = self
            .db()
            .prepare_cached("select study_day from review_day where deck = (select id from deck where name = ?)")?;
        let days = statement.query_map([deck.as_str()], |row| row.get(0))?;
        days.map(|day| Ok(StudyDay::from_number(day?))).collect()
    }

    /// Returns how many cards of the deck that were answered before `today` were answered again on it.
    pub fn n_recalled_on(&self, deck: &DeckId, today: StudyDay) -> Result<usize, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select count(*) from answer
             where deck = (select id from deck where name = :deck) and study_day = :day and recall_ppm is not null",
        )?;
        let params = named_params! {":day": today.number(), ":deck": deck.as_str()};
        let n: i64 = statement.query_row(params, |row| row.get(0))?;
        Ok(usize::try_from(n).unwrap_or(0))
    }

    /// Tells whether items of the deck were answered on a day, drilled or in a sitting.
    pub fn is_study_day(&self, deck: &DeckId, day: StudyDay) -> Result<bool, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select exists (
               select 1 from review_day where deck = (select id from deck where name = :deck) and study_day = :day
             )",
        )?;
        Ok(statement.query_row(named_params! {":day": day.number(), ":deck": deck.as_str()}, |row| row.get(0))?)
    }

    /// Returns how many reviews, not taken back, the deck had on `today`.
    pub fn n_reviews_on(&self, deck: &DeckId, today: StudyDay) -> Result<usize, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select n_reviews from drilled_day
             where deck = (select id from deck where name = :deck) and study_day = :day",
        )?;
        let params = named_params! {":day": today.number(), ":deck": deck.as_str()};
        let n: Option<i64> = statement.query_row(params, |row| row.get(0)).optional()?;
        Ok(n.and_then(|n| usize::try_from(n).ok()).unwrap_or(0))
    }

    /// Returns how many reviews, not taken back, the deck had on each day that had any.
    pub fn reviews_by_day(&self, deck: &DeckId) -> Result<BTreeMap<StudyDay, usize>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select study_day, n_reviews from drilled_day
             where deck = (select id from deck where name = ?) and n_reviews > 0",
        )?;
        let days = statement.query_map([deck.as_str()], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
        days.map(|day| {
            let (day, n) = day?;
            Ok((StudyDay::from_number(day), usize::try_from(n).unwrap_or(0)))
        })
        .collect()
    }

    /// Returns how long the answers of `today` took that were given in the deck's drill and stand.
    pub fn answer_time_on(&self, deck: &DeckId, today: StudyDay) -> Result<Duration, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select answer_ms from answer
             where deck = (select id from deck where name = :deck) and study_day = :day and answer_ms is not null",
        )?;
        let params = named_params! {":day": today.number(), ":deck": deck.as_str()};
        let times = statement.query_map(params, |row| row.get::<_, i64>(0))?;
        let add = |sum: Duration, ms: Result<i64, _>| Ok(sum.saturating_add(Duration::from_millis(ms?.unsigned_abs())));
        times.into_iter().try_fold(Duration::ZERO, add)
    }
}

/// Reads the columns by their places: hundreds of rows are read before the first card is drawn, and each name costs.
fn read(row: &Row) -> rusqlite::Result<NewestAnswer> {
    let millionths =
        |column: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<u32>>(column)?.map(Millionths::from_count));
    let foresight = match (millionths(6)?, millionths(7)?, millionths(8)?) {
        (Some(recall), Some(chance), Some(p_right)) => Foresight::Recall { recall, chance, p_right },
        _ if row.get(5)? => Foresight::First,
        _ => Foresight::None,
    };
    Ok(NewestAnswer {
        seq: Seq(row.get(0)?),
        item: row.get(1)?,
        domain_idx: row.get::<_, Option<i64>>(9)?.and_then(|idx| usize::try_from(idx).ok()),
        is_right: row.get(2)?,
        class: row.get::<_, Option<i64>>(3)?.map(ItemClass),
        answer_ms: row.get::<_, Option<i64>>(4)?.map(i64::unsigned_abs),
        foresight,
    })
}

/// Notes an answer in the drill.
pub(in crate::store) fn fold_drilled(db: &Connection, logged: &Logged, review: &Review) -> Result<(), StoreError> {
    let (recall, chance, p_right) = match review.foresight {
        Foresight::None | Foresight::First => (None, None, None),
        Foresight::Recall { recall, chance, p_right } => {
            (Some(recall.count()), Some(chance.count()), Some(p_right.count()))
        }
    };
    let deck = deck_row(db, &review.deck)?;
    db.prepare_cached(
        "insert into answer
           (deck, study_day, event, item, is_right, kind, answer_ms, is_first, recall_ppm, chance_ppm, p_right_ppm)
         values
           (:deck, :day, :event, :item, :is_right, :kind, :answer_ms, :is_first, :recall, :chance, :p_right)",
    )?
    .execute(named_params! {
        ":deck": deck,
        ":day": logged.study_day.number(),
        ":event": logged.seq,
        ":item": item_row(db, &review.deck, &review.item)?,
        ":is_right": review.grade.is_pass(),
        ":kind": ItemClass::of_response(&review.response).0,
        ":answer_ms": i64::try_from(review.answer_ms).unwrap_or(i64::MAX),
        ":is_first": review.foresight == Foresight::First,
        ":recall": recall,
        ":chance": chance,
        ":p_right": p_right,
    })?;
    count_day(db, deck, logged.study_day, Some(review.grade))
}

/// Notes an answer in a sitting.
pub(in crate::store) fn fold_examined(db: &Connection, logged: &Logged, examined: &Examined) -> Result<(), StoreError> {
    let deck = deck_row(db, &examined.deck)?;
    db.prepare_cached(
        "insert into answer (deck, study_day, event, item, is_right, is_first)
         values (:deck, :day, :event, :item, :is_right, 0)",
    )?
    .execute(named_params! {
        ":deck": deck,
        ":day": logged.study_day.number(),
        ":event": logged.seq,
        ":item": item_row(db, &examined.deck, &examined.item)?,
        ":is_right": examined.is_right,
    })?;
    count_day(db, deck, logged.study_day, None)
}

/// Notes the day of an answer, and a review in the drill with its grade. The newest day has no counts, which would be written
/// with each answer; it gets them when the next day begins.
fn count_day(db: &Connection, deck: i64, day: StudyDay, graded: Option<Grade>) -> Result<(), StoreError> {
    let newest: Option<i32> = db
        .prepare_cached("select max(study_day) from review_day where deck = ?")?
        .query_row([deck], |row| row.get(0))?;
    if newest == Some(day.number()) {
        return Ok(());
    }
    if newest > Some(day.number()) {
        let params = named_params! {
            ":deck": deck,
            ":day": day.number(),
            ":n_reviews": i64::from(graded.is_some()),
            ":n_right": i64::from(graded.is_some_and(Grade::is_pass)),
        };
        db.prepare_cached(
            "insert into review_day (deck, study_day, n_reviews, n_right) values (:deck, :day, :n_reviews, :n_right)
             on conflict do update set n_reviews = n_reviews + excluded.n_reviews, n_right = n_right + excluded.n_right",
        )?
        .execute(params)?;
        return Ok(());
    }
    db.prepare_cached(
        "update review_day
         set (n_reviews, n_right) = (
           select n_reviews, n_right from drilled_day where deck = :deck and study_day = :newest
         )
         where deck = :deck and study_day = :newest",
    )?
    .execute(named_params! {":deck": deck, ":newest": newest})?;
    db.prepare_cached("insert into review_day (deck, study_day) values (:deck, :day)")?
        .execute(named_params! {":deck": deck, ":day": day.number()})?;
    Ok(())
}

/// Forgets an answer in the drill that was taken back.
pub(in crate::store) fn forget(db: &Connection, deck: &DeckId, day: StudyDay, event: i64) -> Result<(), StoreError> {
    let deck = deck_row(db, deck)?;
    let was_right: Option<bool> = db
        .prepare_cached(
            "delete from answer where deck = :deck and study_day = :day and event = :event returning is_right",
        )?
        .query_row(named_params! {":deck": deck, ":day": day.number(), ":event": event}, |row| row.get(0))
        .optional()?;
    if let Some(was_right) = was_right {
        db.prepare_cached(
            "update review_day set n_reviews = n_reviews - 1, n_right = n_right - :was_right
             where deck = :deck and study_day = :day",
        )?
        .execute(named_params! {":deck": deck, ":day": day.number(), ":was_right": was_right})?;
        let params = named_params! {":deck": deck, ":day": day.number()};
        db.prepare_cached(
            "delete from review_day
             where deck = :deck and study_day = :day
               and not exists (select 1 from answer where deck = :deck and study_day = :day)",
        )?
        .execute(params)?;
        // What is the newest day now has no count.
        db.prepare_cached(
            "update review_day set n_reviews = null, n_right = null
             where deck = :deck and n_reviews is not null
               and study_day = (select max(study_day) from review_day where deck = :deck)",
        )?
        .execute(named_params! {":deck": deck})?;
    }
    Ok(())
}

fn count(row: &Row, column: usize) -> rusqlite::Result<usize> {
    Ok(usize::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}
