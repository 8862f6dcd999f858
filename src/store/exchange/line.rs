//! The lines of an export.

use std::io::BufRead;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use crate::base::{ContentHash, DeckId, ItemId, StudyDay};
use crate::store::StoreError;
use crate::store::log::Packed;
use crate::store::record::Record;

/// The version of the format.
pub(super) const VERSION: u32 = 1;

/// Longest line in bytes: more than any event or content of a deck that can be read.
const MAX_LINE: u64 = 64 << 20;

/// A line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Line {
    /// The first line.
    Cutscore(Heading),
    /// The text of an item that events refer to.
    Content(ContentLine),
    /// An event.
    Event(EventLine),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Heading {
    pub(super) version: u32,
    pub(super) contents: u64,
    pub(super) events: u64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContentLine {
    pub(super) hash: String,
    pub(super) body: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventLine {
    device: String,
    number: i64,
    at: String,
    study_day: String,
    kind: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deck: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<NameLine>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NameLine {
    device: String,
    number: i64,
}

/// What an event is called everywhere: its device, and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EventName {
    pub(super) device: [u8; 16],
    pub(super) number: i64,
}

/// An event as it is the same in every store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Portable {
    pub(super) name: EventName,
    pub(super) at_ms: i64,
    pub(super) day: i32,
    pub(super) kind: u8,
    pub(super) item: Option<(DeckId, ItemId)>,
    pub(super) what: Matter,
}

/// What an event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Matter {
    /// Its packed record.
    Body(Vec<u8>),
    /// That another event is taken back, or brought back.
    Of(EventName),
}

impl Portable {
    /// An event of this store; `of` names the event that it takes or brings back.
    pub(super) fn new(packed: Packed, of: Option<EventName>) -> Portable {
        let Record { kind, item, body } = packed.record;
        let name = EventName { device: packed.device_name, number: packed.device_seq };
        let what = of.map_or(Matter::Body(body), Matter::Of);
        Portable { name, at_ms: packed.at_ms, day: packed.day, kind, item, what }
    }
}

impl From<&Portable> for EventLine {
    fn from(event: &Portable) -> EventLine {
        let time = DateTime::from_timestamp_millis(event.at_ms).unwrap_or_default();
        let (deck, item) = match &event.item {
            Some((deck, item)) => (Some(deck.to_string()), Some(item.to_string())),
            None => (None, None),
        };
        let (body, of) = match &event.what {
            Matter::Body(body) => (Some(to_hex(body)), None),
            Matter::Of(name) => (None, Some(NameLine { device: to_hex(&name.device), number: name.number })),
        };
        EventLine {
            device: to_hex(&event.name.device),
            number: event.name.number,
            at: time.to_rfc3339_opts(SecondsFormat::Millis, true),
            study_day: StudyDay::from_number(event.day).to_string(),
            kind: event.kind,
            deck,
            item,
            body,
            of,
        }
    }
}

impl EventLine {
    /// Reads the event; on failure says what is wrong with it. `now` is when it is read: nothing can have happened much
    /// later.
    pub(super) fn read(self, now: DateTime<Utc>) -> Result<Portable, String> {
        let at =
            DateTime::parse_from_rfc3339(&self.at).map_err(|_| format!("`at` is no time: {:?}", self.at))?.to_utc();
        if at.timestamp_subsec_nanos() % 1_000_000 != 0 {
            return Err("`at` is finer than a millisecond".to_owned());
        }
        let day = NaiveDate::parse_from_str(&self.study_day, "%Y-%m-%d");
        let day = StudyDay::from_date(day.map_err(|_| format!("`study_day` is no date: {:?}", self.study_day))?);
        // A day's leeway: clocks differ, and so do days around the world.
        let latest = now + chrono::TimeDelta::days(1);
        if at > latest || day.date() > latest.date_naive() + chrono::Days::new(1) {
            return Err(format!("it lies in the future, at {} on the study day {}", self.at, self.study_day));
        }
        if at.timestamp_millis() < 0 || day.number() < 0 {
            return Err("it lies before 1970".to_owned());
        }
        let item = match (self.deck, self.item) {
            (Some(deck), Some(item)) => {
                let deck = DeckId::new(&deck).map_err(|error| format!("`deck`: {error}"))?;
                Some((deck, ItemId::new(&item).map_err(|error| format!("`item`: {error}"))?))
            }
            (None, None) => None,
            _ => return Err("`deck` and `item` come together".to_owned()),
        };
        let what = match (self.body, self.of) {
            (Some(body), None) => Matter::Body(from_hex(&body).ok_or("`body` is no list of bytes")?),
            (None, Some(of)) => Matter::Of(event_name(&of.device, of.number)?),
            _ => return Err("an event has either `body` or `of`".to_owned()),
        };
        let name = event_name(&self.device, self.number)?;
        Ok(Portable { name, at_ms: at.timestamp_millis(), day: day.number(), kind: self.kind, item, what })
    }
}

fn event_name(device: &str, number: i64) -> Result<EventName, String> {
    let device = from_hex(device).and_then(|bytes| bytes.try_into().ok());
    let device = device.ok_or("`device` is no list of 16 bytes")?;
    if number < 1 { Err("`number` counts from 1".to_owned()) } else { Ok(EventName { device, number }) }
}

impl ContentLine {
    /// Reads the hash and holds the text against it.
    pub(super) fn read(&self) -> Result<ContentHash, String> {
        let hash = from_hex(&self.hash).and_then(|bytes| bytes.try_into().ok()).map(ContentHash::from_bytes);
        let hash = hash.ok_or("`hash` is no list of 16 bytes")?;
        if ContentHash::of(self.body.as_bytes()) == hash { Ok(hash) } else { Err("`body` has another hash".to_owned()) }
    }
}

/// Returns the next line without its end, and nothing after the last one. One that is too long is refused before it is read
/// to its end.
pub(super) fn next_line(input: &mut dyn BufRead, number: u64) -> Result<Option<Vec<u8>>, StoreError> {
    use std::io::Read;
    let bad = |what: String| StoreError::BadLine { line: number, what };
    let mut line = Vec::new();
    let read = input.take(MAX_LINE + 1).read_until(b'\n', &mut line);
    match read {
        Err(error) => Err(bad(format!("it cannot be read: {error}"))),
        Ok(0) => Ok(None),
        Ok(_) if line.len() as u64 > MAX_LINE => Err(bad(format!("it is longer than {} MiB", MAX_LINE >> 20))),
        Ok(_) => {
            if line.last() == Some(&b'\n') {
                line.pop();
            }
            Ok(Some(line))
        }
    }
}

pub(super) fn to_hex(bytes: &[u8]) -> String {
    let digit = |number: u8| char::from_digit(u32::from(number), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}
