//! The results of real exams. The table finds them; what they say stays in the log.

use rusqlite::{Connection, named_params};
use serde::{Deserialize, Serialize};

use crate::base::{DeckId, DomainId, StudyDay};
use crate::deck::{Fee, Outcome};
use crate::exam::{RealResult, ToldLevel};
use crate::store::log::{Logged, deck_row, event_at};
use crate::store::record::words;
use crate::store::{Event, Seq, Store, StoreError};

/// The record of a real exam.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredResult {
    /// Its place in the log.
    pub seq: Seq,
    /// What the score report says.
    pub result: RealResult,
}

/// Holds for a row of `result` that no later removal names.
const STANDS: &str = "not exists (
    select 1 from result_removal as removal
    where removal.deck = result.deck and removal.taken_on = result.taken_on and removal.event > result.event
  )";

impl Store {
    /// Returns the results of a deck's exam that stand, in the order of their days.
    pub fn results(&self, deck: &DeckId) -> Result<Vec<StoredResult>, StoreError> {
        let order = "order by taken_on, event";
        self.results_by(order, deck)
    }

    /// Returns the result of the newest attempt at a deck's exam that stands.
    pub fn newest_result(&self, deck: &DeckId) -> Result<Option<StoredResult>, StoreError> {
        Ok(self.results_by("order by taken_on desc, event desc limit 1", deck)?.pop())
    }

    fn results_by(&self, order: &str, deck: &DeckId) -> Result<Vec<StoredResult>, StoreError> {
        let sql =
            format!("select event from result where deck = (select id from deck where name = ?) and {STANDS} {order}");
        let mut statement = self.db().prepare_cached(&sql)?;
        let seqs = statement.query_map([deck.as_str()], |row| row.get::<_, i64>(0))?;
        seqs.map(|seq| stored(self.db(), seq?)).collect()
    }

    /// Returns the decks with results that stand, in the order of their names.
    pub fn decks_with_results(&self) -> Result<Vec<DeckId>, StoreError> {
        let mut statement = self.db().prepare_cached(&format!(
            "select distinct deck.name from result
             join deck on deck.id = result.deck
             where {STANDS}
             order by deck.name",
        ))?;
        let names = statement.query_map([], |row| row.get::<_, String>(0))?;
        names.map(|name| DeckId::new(&name?).map_err(|error| StoreError::BadIndex { what: words(error) })).collect()
    }
}

fn stored(db: &Connection, seq: i64) -> Result<StoredResult, StoreError> {
    match event_at(db, seq)?.event {
        Event::ResultRecorded { result, .. } => Ok(StoredResult { seq: Seq(seq), result: *result }),
        _ => Err(StoreError::BadEvent { seq: seq.unsigned_abs(), what: "it is no result".to_owned() }),
    }
}

/// Notes where a result stands.
pub(in crate::store) fn fold(
    db: &Connection,
    logged: &Logged,
    deck: &DeckId,
    result: &RealResult,
) -> Result<(), StoreError> {
    db.prepare_cached("insert into result (event, deck, taken_on) values (:event, :deck, :taken_on)")?.execute(
        named_params! {":event": logged.seq, ":deck": deck_row(db, deck)?, ":taken_on": result.taken_on.number()},
    )?;
    Ok(())
}

/// Notes that a result was removed.
pub(in crate::store) fn fold_removal(
    db: &Connection,
    logged: &Logged,
    deck: &DeckId,
    taken_on: StudyDay,
) -> Result<(), StoreError> {
    db.prepare_cached("insert into result_removal (event, deck, taken_on) values (:event, :deck, :taken_on)")?
        .execute(named_params! {
            ":event": logged.seq,
            ":deck": deck_row(db, deck)?,
            ":taken_on": taken_on.number(),
        })?;
    Ok(())
}

/// Forgets a result, or that one was removed.
pub(in crate::store) fn forget(db: &Connection, event: i64) -> Result<(), StoreError> {
    db.prepare_cached("delete from result where event = ?")?.execute([event])?;
    db.prepare_cached("delete from result_removal where event = ?")?.execute([event])?;
    Ok(())
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct ResultRow {
    taken_on: i32,
    score: Option<f64>,
    is_pass: bool,
    levels: Vec<(String, LevelRow)>,
    cost: Option<String>,
}

#[derive(Serialize, Deserialize)]
enum LevelRow {
    Labelled(String),
    Meets,
}

impl From<&RealResult> for ResultRow {
    fn from(result: &RealResult) -> ResultRow {
        let level = |(domain, told): &(DomainId, ToldLevel)| {
            let row = match told {
                ToldLevel::Labelled(label) => LevelRow::Labelled(label.clone()),
                ToldLevel::Meets => LevelRow::Meets,
            };
            (domain.to_string(), row)
        };
        ResultRow {
            taken_on: result.taken_on.number(),
            score: result.score,
            is_pass: result.outcome == Outcome::Passed,
            levels: result.levels.iter().map(level).collect(),
            cost: result.cost.as_ref().map(ToString::to_string),
        }
    }
}

impl ResultRow {
    pub(in crate::store) fn into_result(self) -> Result<RealResult, String> {
        let level = |(domain, row): (String, LevelRow)| {
            let told = match row {
                LevelRow::Labelled(label) => ToldLevel::Labelled(label),
                LevelRow::Meets => ToldLevel::Meets,
            };
            Ok((DomainId::new(&domain).map_err(words)?, told))
        };
        let cost = self.cost.map(|text| Fee::parse(&text).ok_or_else(|| format!("{text:?} is no amount of money")));
        Ok(RealResult {
            taken_on: StudyDay::from_number(self.taken_on),
            score: self.score,
            outcome: if self.is_pass { Outcome::Passed } else { Outcome::Failed },
            levels: self.levels.into_iter().map(level).collect::<Result<_, String>>()?,
            cost: cost.transpose()?,
        })
    }
}
