//! Taking in the lines of another store: each event once, in the one order that all events have.

use std::io::BufRead;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, named_params};

use crate::base::{DeckId, ItemId};
use crate::store::exchange::export::portable;
use crate::store::exchange::line::{EventName, Heading, Line, Matter, Portable, VERSION, next_line};
use crate::store::fold::fold;
use crate::store::log::{Packed, walk, walk_packed};
use crate::store::record::{self, Record};
use crate::store::{Seq, Store, StoreError, concepts, content, head, rebuild};

/// What was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Events that were not there before.
    pub n_new: u64,
    /// Events that were.
    pub n_known: u64,
    /// Contents of items that were not there before.
    pub n_contents: u64,
}

/// All events by their names, with the lines that the new ones come from.
const STAGE: &str = "
    create temp table stage (
      device blob not null,
      number integer not null,
      at integer not null,
      study_day integer not null,
      kind integer not null,
      deck text,
      item text,
      body blob,                           -- absent where another event is taken or brought back
      of_device blob,
      of_number integer,
      line integer,                        -- absent for what was there before
      seq integer,                         -- absent until all are in order
      primary key (device, number)
    ) strict;";

impl Store {
    /// Takes in what [`Store::export`] wrote in another store or this one. Events that are here already are passed over; the
    /// others get their places by time, and the folds follow. Nothing is changed unless all of it can be taken in.
    ///
    /// # Errors
    /// [`StoreError::BadLine`] names the line that cannot be taken in; [`StoreError::SittingInUse`] while an exam is sat,
    /// since numbers of sittings may change.
    pub fn import(&mut self, input: &mut dyn BufRead, now: DateTime<Utc>) -> Result<Imported, StoreError> {
        let _lock = self.lock_sitting()?;
        let tx = self.db_mut().transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(STAGE)?;
        walk_packed(&tx, |packed| {
            let seq = packed.seq.unsigned_abs();
            let is_new = stage(&tx, &portable(&tx, packed)?, None)?;
            if is_new {
                Ok(())
            } else {
                Err(StoreError::BadEvent { seq, what: "it stands twice in the log".to_owned() })
            }
        })?;
        let imported = read(&tx, input, now)?;
        if imported.n_new == 0 && imported.n_contents == 0 {
            // The stage goes with the transaction.
            return Ok(imported);
        }
        check_order(&tx)?;
        let beats = take_heartbeats(&tx)?;
        rebuild::empty(&tx)?;
        let head = write_log(&tx)?;
        fold_again(&tx)?;
        put_heartbeats(&tx, &beats)?;
        tx.execute_batch("drop table temp.stage")?;
        tx.commit()?;
        if let Some(head) = head {
            head::write(self.data_dir(), head)?;
        }
        Ok(imported)
    }
}

/// Reads all lines into the stage.
fn read(db: &Connection, input: &mut dyn BufRead, now: DateTime<Utc>) -> Result<Imported, StoreError> {
    let mut imported = Imported { n_new: 0, n_known: 0, n_contents: 0 };
    let mut heading: Option<Heading> = None;
    let (mut number, mut n_contents) = (1, 0);
    while let Some(line) = next_line(input, number)? {
        let bad = |what: String| StoreError::BadLine { line: number, what };
        let line: Line =
            serde_json::from_slice(&line).map_err(|error| bad(format!("it is no line of an export: {error}")))?;
        match (line, &heading) {
            (Line::Cutscore(found), None) if found.version > VERSION => {
                return Err(bad(format!(
                    "the format has version {}, this program knows up to {VERSION}",
                    found.version
                )));
            }
            (Line::Cutscore(found), None) => heading = Some(found),
            (Line::Cutscore(_), Some(_)) => return Err(bad("a second heading".to_owned())),
            (Line::Content(_) | Line::Event(_), None) => return Err(bad("the heading is missing".to_owned())),
            (Line::Content(line), Some(_)) => {
                n_contents += 1;
                let hash = line.read().map_err(bad)?;
                content::from_json(&line.body).map_err(|error| bad(error.to_string()))?;
                let is_new = db
                    .prepare_cached("insert into content (hash, body) values (:hash, :body) on conflict do nothing")?
                    .execute(named_params! {":hash": hash.as_bytes(), ":body": line.body})?;
                imported.n_contents += u64::from(is_new > 0);
            }
            (Line::Event(line), Some(_)) => {
                let event = line.read(now).map_err(bad)?;
                check_event(&event).map_err(bad)?;
                if stage(db, &event, Some(number))? {
                    imported.n_new += 1;
                } else if staged(db, event.name)? == event {
                    imported.n_known += 1;
                } else {
                    return Err(bad(
                        "the device recorded another event by this number: two copies of one store went on".to_owned(),
                    ));
                }
            }
        }
        number += 1;
    }
    let bad = |what: &str| StoreError::BadLine { line: number, what: what.to_owned() };
    let Some(heading) = heading else { return Err(bad("the heading is missing")) };
    if (heading.contents, heading.events) != (n_contents, imported.n_new + imported.n_known) {
        return Err(bad("the end is missing: the heading promises more, or less"));
    }
    Ok(imported)
}

/// Refuses what cannot be decoded.
fn check_event(event: &Portable) -> Result<(), String> {
    let is_turning = record::is_turning(event.kind);
    match &event.what {
        Matter::Of(_) if is_turning => Ok(()),
        Matter::Body(body) if !is_turning => {
            let record = Record { kind: event.kind, item: event.item.clone(), body: body.clone() };
            record::decode(&record, 0).map(|_| ())
        }
        Matter::Of(_) | Matter::Body(_) => Err(format!("an event of kind {} is told in another way", event.kind)),
    }
}

/// Puts an event into the stage; returns whether its name is new there.
fn stage(db: &Connection, event: &Portable, line: Option<u64>) -> Result<bool, StoreError> {
    let (deck, item) = event.item.as_ref().map(|(deck, item)| (deck.as_str(), item.as_str())).unzip();
    let (body, of) = match &event.what {
        Matter::Body(body) => (Some(body), None),
        Matter::Of(of) => (None, Some(of)),
    };
    let n_staged = db
        .prepare_cached(
            "insert into stage (device, number, at, study_day, kind, deck, item, body, of_device, of_number, line)
             values (:device, :number, :at, :study_day, :kind, :deck, :item, :body, :of_device, :of_number, :line)
             on conflict do nothing",
        )?
        .execute(named_params! {
            ":device": event.name.device,
            ":number": event.name.number,
            ":at": event.at_ms,
            ":study_day": event.day,
            ":kind": event.kind,
            ":deck": deck,
            ":item": item,
            ":body": body,
            ":of_device": of.map(|of| of.device),
            ":of_number": of.map(|of| of.number),
            ":line": line.map(|line| i64::try_from(line).unwrap_or(i64::MAX)),
        })?;
    Ok(n_staged > 0)
}

const COLUMNS: &str = "device, number, at, study_day, kind, deck, item, body, of_device, of_number";

/// Returns the event of a name.
fn staged(db: &Connection, name: EventName) -> Result<Portable, StoreError> {
    let sql = format!("select {COLUMNS} from stage where device = :device and number = :number");
    let mut statement = db.prepare_cached(&sql)?;
    statement.query_row(named_params! {":device": name.device, ":number": name.number}, |row| Ok(from_stage(row)))?
}

fn from_stage(row: &Row) -> Result<Portable, StoreError> {
    let bad = |what: String| StoreError::BadIndex { what };
    let item = match (row.get::<_, Option<String>>("deck")?, row.get::<_, Option<String>>("item")?) {
        (Some(deck), Some(item)) => {
            let deck = DeckId::new(&deck).map_err(|error| bad(error.to_string()))?;
            Some((deck, ItemId::new(&item).map_err(|error| bad(error.to_string()))?))
        }
        _ => None,
    };
    let what = match row.get("of_device")? {
        Some(device) => Matter::Of(EventName { device, number: row.get("of_number")? }),
        None => Matter::Body(row.get("body")?),
    };
    Ok(Portable {
        name: EventName { device: row.get("device")?, number: row.get("number")? },
        at_ms: row.get("at")?,
        day: row.get("study_day")?,
        kind: row.get("kind")?,
        item,
        what,
    })
}

/// Gives every event its place by time, device and number, and refuses what cannot have happened so.
fn check_order(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch(
        "create temp table place as
           select device, number, row_number() over (order by at, device, number) as seq from stage;
         create unique index temp.place_name on place (device, number);
         update stage set seq = (
           select place.seq from place where place.device = stage.device and place.number = stage.number
         );
         drop table temp.place;
         create unique index temp.stage_seq on stage (seq);",
    )?;
    let checks = [
        (
            "select line from stage
             where number > 1
               and not exists (
                 select 1 from stage as other where other.device = stage.device and other.number = stage.number - 1
               )",
            "earlier events of its device are missing",
        ),
        (
            "select stage.line from stage
             join stage as other on other.device = stage.device and other.number = stage.number - 1
             where stage.at < other.at",
            "it is older than the event before it on its device",
        ),
        (
            "select stage.line from stage
             left join stage as other on other.device = stage.of_device and other.number = stage.of_number
             where stage.of_device is not null and (other.seq is null or other.seq >= stage.seq)",
            "what it takes or brings back is not there, or comes later",
        ),
    ];
    for (sql, what) in checks {
        let sql = format!("{sql} order by stage.line limit 1");
        let line: Option<Option<i64>> = db.query_row(&sql, [], |row| row.get(0)).optional()?;
        if let Some(line) = line {
            return Err(StoreError::BadLine { line: line.unwrap_or(0).unsigned_abs(), what: what.to_owned() });
        }
    }
    Ok(())
}

/// Writes the log anew, with its chain. The cards most worth showing are no longer those that were noted.
fn write_log(db: &Connection) -> Result<Option<head::Head>, StoreError> {
    db.execute_batch(
        "delete from event;
         delete from shortlist;
         delete from shortlist_of;
         insert into device (name) select distinct device from stage where true on conflict do nothing;",
    )?;
    let mut statement = db.prepare(&format!("select {COLUMNS}, seq from stage order by seq"))?;
    let mut rows = statement.query([])?;
    let mut head = None;
    while let Some(row) = rows.next()? {
        let event = from_stage(row)?;
        let body = match &event.what {
            Matter::Body(body) => body.clone(),
            Matter::Of(of) => record::turning_body(Seq(seq_of(db, *of)?)),
        };
        let device = db
            .prepare_cached("select id from device where name = ?")?
            .query_row([event.name.device], |row| row.get(0))?;
        let packed = Packed {
            seq: row.get("seq")?,
            device,
            device_name: event.name.device,
            device_seq: event.name.number,
            at_ms: event.at_ms,
            day: event.day,
            record: Record { kind: event.kind, item: event.item, body },
        };
        head = Some(packed.write(db, head)?);
    }
    Ok(head)
}

fn seq_of(db: &Connection, name: EventName) -> Result<i64, StoreError> {
    let mut statement = db.prepare_cached("select seq from stage where device = :device and number = :number")?;
    Ok(statement.query_row(named_params! {":device": name.device, ":number": name.number}, |row| row.get(0))?)
}

/// Folds the log; an event that makes no sense after those before it is told by its line.
fn fold_again(db: &Connection) -> Result<(), StoreError> {
    let line_of = |seq: i64| {
        let mut statement = db.prepare_cached("select line from stage where seq = ?")?;
        statement.query_row([seq], |row| row.get::<_, Option<i64>>(0))
    };
    walk(db, |logged| {
        fold(db, logged).map_err(|error| match line_of(logged.seq) {
            Ok(Some(line)) => StoreError::BadLine { line: line.unsigned_abs(), what: error.to_string() },
            Ok(None) | Err(_) => error,
        })
    })?;
    concepts::refresh(db)
}

/// The traces of running sittings, by the events that started these: their numbers may change.
type Heartbeats = Vec<(i64, i64, i64)>;

fn take_heartbeats(db: &Connection) -> Result<Heartbeats, StoreError> {
    let mut statement = db.prepare(
        "select sitting.device, sitting.start, heartbeat.elapsed_ms from heartbeat
         join sitting on sitting.number = heartbeat.sitting",
    )?;
    let beats = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(beats.collect::<Result<_, _>>()?)
}

fn put_heartbeats(db: &Connection, beats: &Heartbeats) -> Result<(), StoreError> {
    db.execute("delete from heartbeat", [])?;
    for (device, start, elapsed_ms) in beats {
        db.execute(
            "insert into heartbeat (sitting, elapsed_ms)
             select number, :elapsed_ms from sitting where device = :device and start = :start",
            named_params! {":device": device, ":start": start, ":elapsed_ms": elapsed_ms},
        )?;
    }
    Ok(())
}
