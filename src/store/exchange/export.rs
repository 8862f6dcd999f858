//! Writing the log as lines.

use std::collections::BTreeSet;
use std::io::{self, Write};

use rusqlite::{Connection, OptionalExtension};

use crate::base::ContentHash;
use crate::store::exchange::line::{ContentLine, EventLine, EventName, Heading, Line, Portable, VERSION, to_hex};
use crate::store::log::{Packed, walk_packed};
use crate::store::{Event, Seq, Store, StoreError, record};

/// What was exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// Events.
    pub n_events: u64,
    /// Contents of items that the events refer to.
    pub n_contents: u64,
}

impl Store {
    /// Writes all events, and the contents that they refer to, as lines of JSON.
    ///
    /// # Errors
    /// [`StoreError::BrokenChain`] for a damaged log, [`StoreError::Write`] if `out` refuses.
    pub fn export(&self, out: &mut dyn Write) -> Result<Exported, StoreError> {
        // One state, whatever other programs write meanwhile.
        let tx = self.db().unchecked_transaction()?;
        let mut wanted = BTreeSet::new();
        let n_events = walk_packed(&tx, |packed| {
            collect_contents(&packed.decoded()?.event, &mut wanted);
            Ok(())
        })?;
        let mut contents = Vec::new();
        for hash in wanted {
            let mut statement = tx.prepare_cached("select body from content where hash = ?")?;
            let body: Option<String> = statement.query_row([hash.as_bytes()], |row| row.get(0)).optional()?;
            contents.extend(body.map(|body| (hash, body)));
        }
        let n_contents = u64::try_from(contents.len()).unwrap_or(u64::MAX);
        write(out, &Line::Cutscore(Heading { version: VERSION, contents: n_contents, events: n_events }))?;
        for (hash, body) in contents {
            if ContentHash::of(body.as_bytes()) != hash {
                return Err(StoreError::DamagedContent { hash });
            }
            write(out, &Line::Content(ContentLine { hash: to_hex(hash.as_bytes()), body }))?;
        }
        walk_packed(&tx, |packed| write(out, &Line::Event(EventLine::from(&portable(&tx, packed)?))))?;
        out.flush().map_err(StoreError::Write)?;
        Ok(Exported { n_events, n_contents })
    }
}

fn write(out: &mut dyn Write, line: &Line) -> Result<(), StoreError> {
    serde_json::to_writer(&mut *out, line).map_err(io::Error::from).map_err(StoreError::Write)?;
    out.write_all(b"\n").map_err(StoreError::Write)
}

/// The contents that an event refers to.
fn collect_contents(event: &Event, contents: &mut BTreeSet<ContentHash>) {
    match event {
        Event::SittingStarted(start) => contents.extend(start.items.iter().map(|item| item.form_item.content)),
        Event::Reviewed(review) => {
            contents.insert(review.content);
        }
        _ => {}
    }
}

/// Gives an event the form that it has in every store.
pub(super) fn portable(db: &Connection, packed: Packed) -> Result<Portable, StoreError> {
    let of = match record::turned(&packed.record) {
        Some(Seq(seq)) => {
            let name = db
                .prepare_cached(
                    "select device.name, event.device_seq from event join device on device.id = event.device
                     where event.seq = ?",
                )?
                .query_row([seq], |row| Ok(EventName { device: row.get(0)?, number: row.get(1)? }))
                .optional()?;
            let missing = || StoreError::BadEvent {
                seq: packed.seq.unsigned_abs(),
                what: format!("it takes back event {seq}, which is not there"),
            };
            Some(name.ok_or_else(missing)?)
        }
        None => None,
    };
    Ok(Portable::new(packed, of))
}
