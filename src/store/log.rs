//! The append-only log: writing, reading and checking its chain.

use std::ops::ControlFlow;

use chrono::DateTime;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};

use crate::base::{DeckId, ItemId, StudyDay};
use crate::store::fold::fold;
use crate::store::head::{self, Head};
use crate::store::record::{self, DOUBT_WITHDRAWN, DOUBTED, Record};
use crate::store::{Event, Seq, SittingId, SittingStart, Stamp, Store, StoreError};

/// An event as the log holds it.
#[derive(Debug)]
pub(in crate::store) struct Logged {
    pub(in crate::store) seq: i64,
    pub(in crate::store) device: i64,
    pub(in crate::store) device_seq: i64,
    pub(in crate::store) at_ms: i64,
    pub(in crate::store) study_day: StudyDay,
    pub(in crate::store) event: Event,
}

impl Store {
    /// Appends `events` and folds them, in one transaction that is on disk when this returns.
    ///
    /// The log's time never runs backwards: an earlier `stamp` is written as the time of the event before it.
    pub fn append(&mut self, stamp: Stamp, events: &[Event]) -> Result<Vec<Seq>, StoreError> {
        self.in_one_commit(stamp, |appender| events.iter().map(|event| Ok(Seq(appender.push(event)?.seq))).collect())
    }

    /// Starts a sitting and shows its first item, in one transaction; freezes the scale of the deck's revision first
    /// if this is its first sitting.
    pub fn start_sitting(
        &mut self,
        stamp: Stamp,
        frozen: Option<Event>,
        start: SittingStart,
    ) -> Result<SittingId, StoreError> {
        self.in_one_commit(stamp, |appender| {
            if let Some(reference) = &frozen {
                appender.push(reference)?;
            }
            let elapsed = start.anchor.elapsed;
            let place = appender.push(&Event::SittingStarted(Box::new(start)))?;
            let sitting = SittingId { device: appender.device, start: place.device_seq };
            appender.push(&Event::ItemShown { sitting, position: 0, elapsed })?;
            Ok(sitting)
        })
    }

    /// Returns the place of the newest event; `None` in an empty log.
    pub fn newest_event(&self) -> Result<Option<Seq>, StoreError> {
        Ok(newest(self.db())?.map(|head| Seq(i64::try_from(head.seq).unwrap_or(i64::MAX))))
    }

    fn in_one_commit<T>(
        &mut self,
        stamp: Stamp,
        work: impl FnOnce(&mut Appender) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let device = self.device();
        let (result, head) = self.commit(|tx| {
            let mut appender = Appender::new(tx, device, stamp)?;
            let result = work(&mut appender)?;
            Ok((result, appender.head))
        })?;
        if let Some(head) = head {
            // It may lag: what is committed is recorded, whatever becomes of the head.
            let _lags = head::write(self.data_dir(), head);
        }
        Ok(result)
    }
}

struct Place {
    seq: i64,
    device_seq: i64,
}

struct Appender<'tx> {
    tx: &'tx Transaction<'tx>,
    device: i64,
    device_name: [u8; 16],
    device_seq: i64,
    at_ms: i64,
    study_day: StudyDay,
    head: Option<Head>,
}

impl<'tx> Appender<'tx> {
    fn new(tx: &'tx Transaction<'tx>, device: i64, stamp: Stamp) -> Result<Appender<'tx>, StoreError> {
        let device_name =
            tx.prepare_cached("select name from device where id = ?")?.query_row([device], |row| row.get(0))?;
        let newest: Option<(i64, i64, i64, Head)> = tx
            .prepare_cached("select device, device_seq, at, seq, chain from event order by seq desc limit 1")?
            .query_row([], |row| {
                let head = Head { seq: row.get::<_, i64>(3)?.unsigned_abs(), chain: row.get(4)? };
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, head))
            })
            .optional()?;
        let device_seq = match newest {
            None => 0,
            Some((newest_device, device_seq, ..)) if newest_device == device => device_seq,
            Some(_) => tx
                .prepare_cached("select device_seq from event where device = ? order by seq desc limit 1")?
                .query_row([device], |row| row.get(0))
                .optional()?
                .unwrap_or(0),
        };
        // Behind all that is there: of events with the same time, another device's may have its place later.
        let earliest =
            newest.map_or(i64::MIN, |(newest_device, _, at_ms, _)| at_ms + i64::from(newest_device != device));
        let at_ms = stamp.at.timestamp_millis().max(earliest);
        let head = newest.map(|(.., head)| head);
        Ok(Appender { tx, device, device_name, device_seq, at_ms, study_day: stamp.study_day, head })
    }

    fn push(&mut self, event: &Event) -> Result<Place, StoreError> {
        self.device_seq += 1;
        let seq = self.head.map_or(0, |head| head.seq) + 1;
        let packed = Packed {
            seq: i64::try_from(seq).unwrap_or(i64::MAX),
            device: self.device,
            device_name: self.device_name,
            device_seq: self.device_seq,
            at_ms: self.at_ms,
            day: self.study_day.number(),
            record: record::encode(event),
        };
        self.head = Some(packed.write(self.tx, self.head)?);
        let logged = Logged {
            seq: packed.seq,
            device: self.device,
            device_seq: self.device_seq,
            at_ms: self.at_ms,
            study_day: self.study_day,
            event: event.clone(),
        };
        fold(self.tx, &logged)?;
        Ok(Place { seq: packed.seq, device_seq: self.device_seq })
    }
}

/// Returns the newest event's place and chain.
pub(in crate::store) fn newest(db: &Connection) -> Result<Option<Head>, StoreError> {
    let mut statement = db.prepare_cached("select seq, chain from event order by seq desc limit 1")?;
    let row = statement.query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?))).optional()?;
    Ok(row.map(|(seq, chain)| Head { seq: seq.unsigned_abs(), chain }))
}

/// Returns the chain of the event at `seq`.
pub(in crate::store) fn chain_at(db: &Connection, seq: u64) -> Result<Option<[u8; 16]>, StoreError> {
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    Ok(db.query_row("select chain from event where seq = ?", [seq], |row| row.get(0)).optional()?)
}

/// Returns the event at `seq`.
pub(in crate::store) fn event_at(db: &Connection, seq: i64) -> Result<Logged, StoreError> {
    let mut statement = db.prepare_cached(&format!("{SELECT} where event.seq = ?"))?;
    statement.query_row([seq], |row| Ok(read(row)))??.decoded()
}

/// Shows `visit` a device's events after one, in order, until it has seen enough.
pub(in crate::store) fn events_after(
    db: &Connection,
    device: i64,
    seq: i64,
    mut visit: impl FnMut(&Event) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    let sql = format!("{SELECT} where event.seq > :seq and event.device = :device order by event.seq");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {":seq": seq, ":device": device})?;
    while let Some(row) = rows.next()? {
        if visit(&read(row)?.decoded()?.event).is_break() {
            break;
        }
    }
    Ok(())
}

/// Shows `visit` what the log ends with, the newest first, until it has seen enough: the events after the newest one of
/// another study day than `day`.
pub(in crate::store) fn newest_of_day(
    db: &Connection,
    day: StudyDay,
    mut visit: impl FnMut(Logged) -> Result<ControlFlow<()>, StoreError>,
) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(&format!("{SELECT} order by event.seq desc"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let packed = read(row)?;
        if packed.day != day.number() || visit(packed.decoded()?)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// Shows `visit` the doubts and their withdrawals, in order. Their kinds stand in the words by which the index has them.
pub(in crate::store) fn doubt_events(db: &Connection, mut visit: impl FnMut(Logged)) -> Result<(), StoreError> {
    let sql = format!("{SELECT} where event.kind in ({DOUBTED}, {DOUBT_WITHDRAWN}) order by event.seq");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        visit(read(row)?.decoded()?);
    }
    Ok(())
}

/// Walks the whole log in order and checks its chain on the way.
pub(in crate::store) fn walk(
    db: &Connection,
    mut visit: impl FnMut(&Logged) -> Result<(), StoreError>,
) -> Result<u64, StoreError> {
    walk_packed(db, |packed| visit(&packed.decoded()?))
}

/// The same, with the events as they are packed.
pub(in crate::store) fn walk_packed(
    db: &Connection,
    mut visit: impl FnMut(Packed) -> Result<(), StoreError>,
) -> Result<u64, StoreError> {
    let mut statement = db.prepare(&format!("{SELECT} order by event.seq"))?;
    let mut rows = statement.query([])?;
    let (mut before, mut n_events) = ([0; 16], 0);
    while let Some(row) = rows.next()? {
        let packed = read(row)?;
        let chain = packed.link(before);
        n_events += 1;
        // Before anything is made of its content: a damaged event may look like a strange one.
        if chain != row.get::<_, [u8; 16]>("chain")? || packed.seq.unsigned_abs() != n_events {
            return Err(StoreError::BrokenChain { seq: packed.seq.unsigned_abs() });
        }
        visit(packed)?;
        before = chain;
    }
    Ok(n_events)
}

const SELECT: &str = "
    select event.seq, event.device, event.device_seq, event.at, event.study_day, event.kind, event.body, event.chain,
           device.name as device_name, item.name as item_name, deck.name as deck_name
    from event
    join device on device.id = event.device
    left join item on item.id = event.item
    left join deck on deck.id = item.deck";

/// An event as its row has it.
#[derive(Debug)]
pub(in crate::store) struct Packed {
    pub(in crate::store) seq: i64,
    pub(in crate::store) device: i64,
    pub(in crate::store) device_name: [u8; 16],
    pub(in crate::store) device_seq: i64,
    pub(in crate::store) at_ms: i64,
    pub(in crate::store) day: i32,
    pub(in crate::store) record: Record,
}

impl Packed {
    pub(in crate::store) fn decoded(self) -> Result<Logged, StoreError> {
        let bad = |what: String| StoreError::BadEvent { seq: self.seq.unsigned_abs(), what };
        if DateTime::from_timestamp_millis(self.at_ms).is_none() {
            return Err(bad("its time lies outside the calendar".to_owned()));
        }
        Ok(Logged {
            seq: self.seq,
            device: self.device,
            device_seq: self.device_seq,
            at_ms: self.at_ms,
            study_day: StudyDay::from_number(self.day),
            event: record::decode(&self.record, self.device).map_err(bad)?,
        })
    }

    /// The hash of the event and of all before it. Every field has a fixed length or is led by its length.
    fn link(&self, before: [u8; 16]) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&before).update(&self.device_name);
        hasher.update(&self.device_seq.to_le_bytes()).update(&self.at_ms.to_le_bytes()).update(&self.day.to_le_bytes());
        hasher.update(&self.record.kind.to_le_bytes());
        let (deck, item) = match &self.record.item {
            Some((deck, item)) => (deck.as_str(), item.as_str()),
            None => ("", ""),
        };
        for field in [deck.as_bytes(), item.as_bytes(), &self.record.body] {
            let length = u64::try_from(field.len()).unwrap_or(u64::MAX); // the same on every machine
            hasher.update(&length.to_le_bytes()).update(field);
        }
        let mut chain = [0; 16];
        chain.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        chain
    }

    /// Writes the event behind the one whose place and chain are given, and returns its own.
    pub(in crate::store) fn write(&self, db: &Connection, before: Option<Head>) -> Result<Head, StoreError> {
        let item = match &self.record.item {
            Some((deck, item)) => Some(item_row(db, deck, item)?),
            None => None,
        };
        let chain = self.link(before.map_or([0; 16], |head| head.chain));
        db.prepare_cached(
            "insert into event (seq, device, device_seq, at, study_day, kind, item, body, chain)
             values (:seq, :device, :device_seq, :at, :study_day, :kind, :item, :body, :chain)",
        )?
        .execute(named_params! {
            ":seq": self.seq,
            ":device": self.device,
            ":device_seq": self.device_seq,
            ":at": self.at_ms,
            ":study_day": self.day,
            ":kind": self.record.kind,
            ":item": item,
            ":body": self.record.body,
            ":chain": chain,
        })?;
        Ok(Head { seq: self.seq.unsigned_abs(), chain })
    }
}

fn read(row: &Row) -> Result<Packed, StoreError> {
    let seq: i64 = row.get("seq")?;
    let bad = |what: String| StoreError::BadEvent { seq: seq.unsigned_abs(), what };
    let item = match (row.get::<_, Option<String>>("deck_name")?, row.get::<_, Option<String>>("item_name")?) {
        (Some(deck), Some(item)) => {
            let deck = DeckId::new(&deck).map_err(|error| bad(error.to_string()))?;
            let item = ItemId::new(&item).map_err(|error| bad(error.to_string()))?;
            Some((deck, item))
        }
        _ => None,
    };
    Ok(Packed {
        seq,
        device: row.get("device")?,
        device_name: row.get("device_name")?,
        device_seq: row.get("device_seq")?,
        at_ms: row.get("at")?,
        day: row.get("study_day")?,
        record: Record { kind: row.get("kind")?, item, body: row.get("body")? },
    })
}

/// Returns the row of a deck's name, made on first use.
pub(in crate::store) fn deck_row(db: &Connection, deck: &DeckId) -> Result<i64, StoreError> {
    let name = deck.as_str();
    let found =
        db.prepare_cached("select id from deck where name = ?")?.query_row([name], |row| row.get(0)).optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    db.prepare_cached("insert into deck (name) values (?)")?.execute([name])?;
    Ok(db.last_insert_rowid())
}

/// Returns the row of an item's name, made on first use.
pub(in crate::store) fn item_row(db: &Connection, deck: &DeckId, item: &ItemId) -> Result<i64, StoreError> {
    item_row_in(db, deck_row(db, deck)?, item)
}

/// Returns the row of an item's name in the deck of a row, made on first use.
pub(in crate::store) fn item_row_in(db: &Connection, deck: i64, item: &ItemId) -> Result<i64, StoreError> {
    let params = params![deck, item.as_str()];
    let mut find = db.prepare_cached("select id from item where deck = ? and name = ?")?;
    if let Some(id) = find.query_row(params, |row| row.get(0)).optional()? {
        return Ok(id);
    }
    db.prepare_cached("insert into item (deck, name) values (?, ?)")?.execute(params)?;
    Ok(db.last_insert_rowid())
}
