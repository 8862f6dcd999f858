//! Sittings: the fold of everything that happened while an exam was open.

use std::ops::ControlFlow;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::base::{ContentHash, DeckId, StudyDay};
use crate::deck::{Answer, ChoiceSet, Placement};
use crate::exam::{Anchor, ClockReading, Ending, Happening, Heartbeat, Mark, Moment, SinceBoot, Sitting, SittingKind};
use crate::score::Reference;
use crate::store::answer_row::{confidence_from_number, confidence_number};
use crate::store::log::{Logged, deck_row, event_at, events_after};
use crate::store::record::{ending_from_number, ending_number, sitting_kind_from_number, sitting_kind_number};
use crate::store::{Event, SittingId, SittingStart, Store, StoreError, exposures, scores};

/// A sitting in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct SittingRow {
    /// Its name in the log.
    pub id: SittingId,
    /// Its number as the learner sees it, from 1.
    pub number: u32,
    /// The deck.
    pub deck: DeckId,
    /// What kind of sitting it is.
    pub kind: SittingKind,
    /// When it started.
    pub started_at: DateTime<Utc>,
    /// The study day on which it started.
    pub study_day: StudyDay,
    /// How it ended; `None` while it is open.
    pub ending: Option<Ending>,
    /// Exam time at its newest event.
    pub elapsed: Duration,
}

/// A sitting with all that was pinned and recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredSitting {
    /// Its place in the list.
    pub row: SittingRow,
    /// What was pinned at the start.
    pub start: SittingStart,
    /// What was shown and marked.
    pub sitting: Sitting,
    /// Where its clock stands.
    pub anchor: Anchor,
    /// The newest trace of its running, if any is kept.
    pub heartbeat: Option<Heartbeat>,
}

const COLUMNS: &str = "sitting.number, sitting.device, sitting.start, deck.name as deck_name, sitting.start_event,
    sitting.kind, event.at, event.study_day, sitting.ending, sitting.elapsed_ms, anchor_elapsed_ms, anchor_at, anchor_boot,
    anchor_passed_ms";
const JOIN: &str = "from sitting
    join deck on deck.id = sitting.deck
    join event on event.seq = sitting.start_event";

impl StoredSitting {
    /// Returns the exam time that has passed at `now`.
    ///
    /// In practice the clock stands while nobody is there: what is left is counted from the last sign of life.
    pub fn elapsed_at(&self, now: ClockReading) -> Duration {
        match self.row.kind {
            SittingKind::Practice => self.last_seen(),
            SittingKind::Mock | SittingKind::Partial | SittingKind::Taste => {
                self.anchor.elapsed_at(now, self.heartbeat)
            }
        }
    }

    /// Returns the exam time at the last sign of life: the newest event or heartbeat.
    pub fn last_seen(&self) -> Duration {
        self.heartbeat.map_or(self.row.elapsed, |beat| beat.elapsed.max(self.row.elapsed))
    }
}

impl Store {
    /// Returns all sittings, the newest first.
    pub fn sittings(&self) -> Result<Vec<SittingRow>, StoreError> {
        let mut statement =
            self.db().prepare_cached(&format!("select {COLUMNS} {JOIN} order by sitting.number desc"))?;
        let mut rows = statement.query([])?;
        let mut sittings = Vec::new();
        while let Some(row) = rows.next()? {
            sittings.push(read_row(row)?);
        }
        Ok(sittings)
    }

    /// Returns the newest open sitting of this device, of one deck or of any.
    pub fn open_sitting(&self, deck: Option<&DeckId>) -> Result<Option<SittingRow>, StoreError> {
        let sql = format!(
            "select {COLUMNS} {JOIN}
             where sitting.ending is null and sitting.device = :device and (:deck is null or deck.name = :deck)
             order by sitting.number desc
             limit 1"
        );
        let mut statement = self.db().prepare_cached(&sql)?;
        let params = named_params! {":device": self.device(), ":deck": deck.map(DeckId::as_str)};
        statement.query_row(params, |row| Ok(read_row(row))).optional()?.transpose()
    }

    /// Returns a sitting with its form, marks and clock.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none with this number.
    pub fn load_sitting(&self, number: u32) -> Result<StoredSitting, StoreError> {
        load(self.db(), number)
    }

    /// Returns all that was recorded in a sitting, in order: a long list where much was changed.
    pub fn moments(&self, sitting: SittingId) -> Result<Vec<Moment>, StoreError> {
        moments(self.db(), sitting)
    }

    /// Returns the number of a sitting as the learner sees it.
    pub fn number_of(&self, sitting: SittingId) -> Result<u32, StoreError> {
        number_of(self.db(), sitting)
    }

    /// Returns the scale that was frozen for a deck's revision, if it was ever sat.
    pub fn frozen_reference(&self, deck: &DeckId, revision: ContentHash) -> Result<Option<Reference>, StoreError> {
        frozen_reference(self.db(), deck, revision)
    }

    /// Notes that an open sitting is alive, outside the log.
    pub fn beat(&mut self, number: u32, elapsed: Duration) -> Result<(), StoreError> {
        self.commit(|tx| {
            tx.prepare_cached(
                "insert into heartbeat (sitting, elapsed_ms) values (:sitting, :elapsed_ms)
                 on conflict (sitting) do update set elapsed_ms = max(elapsed_ms, excluded.elapsed_ms)",
            )?
            .execute(named_params! {":sitting": number, ":elapsed_ms": in_millis(elapsed)})?;
            Ok(())
        })
    }
}

/// Reads a sitting with all that was pinned and recorded.
pub(in crate::store) fn load(db: &Connection, number: u32) -> Result<StoredSitting, StoreError> {
    let mut statement = db.prepare_cached(&format!("select {COLUMNS} {JOIN} where sitting.number = ?"))?;
    let found = statement
        .query_row([number], |row| Ok((read_row(row), read_anchor(row)?, row.get::<_, i64>("start_event")?)))
        .optional()?;
    let (row, anchor, start_event) = found.ok_or_else(|| StoreError::NotFound { what: format!("sitting {number}") })?;
    let Event::SittingStarted(start) = event_at(db, start_event)?.event else {
        let what = "a sitting starts with another kind of event".to_owned();
        return Err(StoreError::BadEvent { seq: start_event.unsigned_abs(), what });
    };
    let row = row?;
    let start = SittingStart { kind: row.kind, ..*start };
    let mut sitting = Sitting::new(start.form());
    replay_items(db, number, &mut sitting)?;
    let heartbeat = db
        .prepare_cached("select elapsed_ms from heartbeat where sitting = ?")?
        .query_row([number], |row| row.get(0))
        .optional()?
        .map(|elapsed_ms| Heartbeat { elapsed: millis(elapsed_ms) });
    replay_log(db, row.id, &mut sitting)?;
    Ok(StoredSitting { row, start, sitting, anchor, heartbeat })
}

/// Returns the scale that was frozen for a deck's revision.
pub(in crate::store) fn frozen_reference(
    db: &Connection,
    deck: &DeckId,
    revision: ContentHash,
) -> Result<Option<Reference>, StoreError> {
    let found = db
        .prepare_cached(
            "select event from frozen_reference
             where deck = (select id from deck where name = :deck) and revision = :revision",
        )?
        .query_row(named_params! {":deck": deck.as_str(), ":revision": revision.as_bytes()}, |row| row.get(0))
        .optional()?;
    let Some(seq) = found else { return Ok(None) };
    match event_at(db, seq)?.event {
        Event::ReferenceFrozen { reference, .. } => Ok(Some(reference)),
        _ => Err(StoreError::BadEvent { seq: seq.unsigned_abs(), what: "it freezes no scale".to_owned() }),
    }
}

fn replay_items(db: &Connection, number: u32, sitting: &mut Sitting) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(
        "select position, is_reached, chosen, placed, typed, struck, is_flagged, confidence
         from sitting_item
         where sitting = ?
         order by position",
    )?;
    let mut rows = statement.query([number])?;
    while let Some(row) = rows.next()? {
        let position = usize::try_from(row.get::<_, i64>("position")?).unwrap_or(usize::MAX);
        if row.get("is_reached")? {
            sitting.show(position);
        }
        let mark = Mark {
            answer: read_answer(row)?,
            struck: ChoiceSet::from_bits(row.get("struck")?),
            is_flagged: row.get("is_flagged")?,
            confidence: confidence_from_number(row.get("confidence")?).unwrap_or_default(),
        };
        sitting.mark(position, mark);
    }
    Ok(())
}

/// Takes over what only the log has of a sitting: notes, and looks at what is right.
fn replay_log(db: &Connection, id: SittingId, sitting: &mut Sitting) -> Result<(), StoreError> {
    events_of(db, id, |event, _| match event {
        Event::ItemNoted { position, note, .. } => sitting.note(*position, note),
        Event::ItemChecked { position, .. } => sitting.check(*position),
        _ => {}
    })
}

/// Returns all that was recorded in a sitting, in order.
pub(in crate::store) fn moments(db: &Connection, id: SittingId) -> Result<Vec<Moment>, StoreError> {
    let mut moments = Vec::new();
    events_of(db, id, |_, moment| moments.push(moment))?;
    Ok(moments)
}

/// Shows `visit` the events of a sitting after its start, each with the moment that it is.
fn events_of(db: &Connection, id: SittingId, mut visit: impl FnMut(&Event, Moment)) -> Result<(), StoreError> {
    let start: i64 = db
        .prepare_cached("select start_event from sitting where device = ? and start = ?")?
        .query_row([id.device, id.start], |row| row.get(0))?;
    events_after(db, id.device, start, |event| {
        let Some((_, moment)) = moment_of(event).filter(|(owner, _)| *owner == id) else {
            return ControlFlow::Continue(());
        };
        visit(event, moment);
        if matches!(event, Event::SittingEnded { .. }) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
}

/// What an event records in a sitting; `None` for events that are about none, or about no moment of it.
fn moment_of(event: &Event) -> Option<(SittingId, Moment)> {
    let (sitting, at, what) = match event {
        Event::ItemShown { sitting, position, elapsed } => (*sitting, *elapsed, Happening::Shown(*position)),
        Event::ItemMarked { sitting, position, mark, elapsed } => {
            (*sitting, *elapsed, Happening::Marked(*position, mark.clone()))
        }
        Event::ItemNoted { sitting, position, elapsed, .. } | Event::ItemChecked { sitting, position, elapsed } => {
            (*sitting, *elapsed, Happening::Touched(*position))
        }
        Event::SittingResumed { sitting, anchor } => (*sitting, anchor.elapsed, Happening::Resumed),
        Event::SittingEnded { sitting, ending, elapsed } => (*sitting, *elapsed, Happening::Ended(*ending)),
        Event::SettingChanged { .. }
        | Event::DeckSettingChanged { .. }
        | Event::ReferenceFrozen { .. }
        | Event::SittingStarted(_)
        | Event::Examined(_)
        | Event::Reviewed(_)
        | Event::Undone { .. }
        | Event::Redone { .. }
        | Event::Suspended { .. }
        | Event::Unsuspended { .. }
        | Event::Buried { .. }
        | Event::CardNoted { .. }
        | Event::ReserveOpened { .. }
        | Event::SittingBecamePractice { .. }
        | Event::Crammed { .. }
        | Event::SentToDrill { .. }
        | Event::ReviewImported(_)
        | Event::CardImported(_)
        | Event::Doubted { .. }
        | Event::DoubtWithdrawn { .. }
        | Event::ResultRecorded { .. }
        | Event::ResultRemoved { .. } => return None,
    };
    Some((sitting, Moment { at, what }))
}

fn read_answer(row: &Row) -> rusqlite::Result<Answer> {
    let (placed, typed): (Option<Vec<u8>>, Option<String>) = (row.get("placed")?, row.get("typed")?);
    Ok(match (placed, typed) {
        (Some(placed), _) => {
            placed.into_iter().map(|number| usize::from(number).checked_sub(1)).collect::<Placement>().into()
        }
        (None, Some(text)) => Answer::typed(&text),
        (None, None) => ChoiceSet::from_bits(row.get("chosen")?).into(),
    })
}

/// A byte for each slot: the option, counted from 1, or 0.
fn placed_bytes(placement: &Placement) -> Vec<u8> {
    let number = |option: usize| u8::try_from(option + 1).unwrap_or(0);
    placement.iter().map(|option| option.map_or(0, number)).collect()
}

fn read_row(row: &Row) -> Result<SittingRow, StoreError> {
    let bad = |what: String| StoreError::BadIndex { what };
    let deck: String = row.get("deck_name")?;
    let at_ms: i64 = row.get("at")?;
    Ok(SittingRow {
        id: SittingId { device: row.get("device")?, start: row.get("start")? },
        number: row.get("number")?,
        deck: DeckId::new(&deck).map_err(|error| bad(error.to_string()))?,
        kind: sitting_kind_from_number(row.get("kind")?).ok_or_else(|| bad("unknown kind of sitting".to_owned()))?,
        started_at: DateTime::from_timestamp_millis(at_ms)
            .ok_or_else(|| bad(format!("{at_ms} lies outside the calendar")))?,
        study_day: StudyDay::from_number(row.get("study_day")?),
        ending: row.get::<_, Option<u8>>("ending")?.and_then(ending_from_number),
        elapsed: millis(row.get("elapsed_ms")?),
    })
}

fn read_anchor(row: &Row) -> rusqlite::Result<Anchor> {
    let since_boot = match (row.get::<_, Option<[u8; 16]>>("anchor_boot")?, row.get("anchor_passed_ms")?) {
        (Some(boot_id), Some(passed_ms)) => {
            Some(SinceBoot { boot_id: u128::from_le_bytes(boot_id), passed: millis(passed_ms) })
        }
        _ => None,
    };
    let wall = DateTime::from_timestamp_millis(row.get("anchor_at")?).unwrap_or_default();
    Ok(Anchor { elapsed: millis(row.get("anchor_elapsed_ms")?), reading: ClockReading { wall, since_boot } })
}

fn millis(ms: i64) -> Duration {
    Duration::from_millis(ms.unsigned_abs())
}

fn in_millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

fn in_rows(position: usize) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

/// Returns the number of the sitting with the name.
pub(in crate::store) fn number_of(db: &Connection, sitting: SittingId) -> Result<u32, StoreError> {
    let found = db
        .prepare_cached("select number from sitting where device = :device and start = :start")?
        .query_row(named_params! {":device": sitting.device, ":start": sitting.start}, |row| row.get(0))
        .optional()?;
    found.ok_or_else(|| StoreError::NotFound { what: format!("sitting that began with event {}", sitting.start) })
}

pub(in crate::store) fn fold_start(db: &Connection, logged: &Logged, start: &SittingStart) -> Result<(), StoreError> {
    db.prepare_cached(
        "insert into sitting
           (device, start, deck, start_event, kind, anchor_elapsed_ms, anchor_at, anchor_boot, anchor_passed_ms,
            elapsed_ms)
         values
           (:device, :start, :deck, :event, :kind, :elapsed_ms, :at, :boot, :passed_ms, :elapsed_ms)",
    )?
    .execute(named_params! {
        ":device": logged.device,
        ":start": logged.device_seq,
        ":deck": deck_row(db, &start.deck)?,
        ":event": logged.seq,
        ":kind": sitting_kind_number(start.kind),
        ":elapsed_ms": in_millis(start.anchor.elapsed),
        ":at": start.anchor.reading.wall.timestamp_millis(),
        ":boot": boot(&start.anchor),
        ":passed_ms": passed(&start.anchor),
    })?;
    let number = db.last_insert_rowid();
    let mut insert = db.prepare_cached(
        "insert into sitting_item
           (sitting, position, is_reached, chosen, struck, is_flagged, confidence)
         values (:sitting, :position, 0, 0, 0, 0, 0)",
    )?;
    for position in 0..start.items.len() {
        insert.execute(named_params! {":sitting": number, ":position": in_rows(position)})?;
    }
    Ok(())
}

fn boot(anchor: &Anchor) -> Option<[u8; 16]> {
    anchor.reading.since_boot.map(|since| since.boot_id.to_le_bytes())
}

fn passed(anchor: &Anchor) -> Option<i64> {
    anchor.reading.since_boot.map(|since| in_millis(since.passed))
}

/// Notes a showing; the first one in a sitting is an exposure.
pub(in crate::store) fn fold_shown(
    db: &Connection,
    logged: &Logged,
    sitting: SittingId,
    position: usize,
    elapsed: Duration,
) -> Result<(), StoreError> {
    fold_time(db, sitting, elapsed)?;
    let number = number_of(db, sitting)?;
    let mut reach = db.prepare_cached(
        "update sitting_item set is_reached = 1 where sitting = :sitting and position = :position and is_reached = 0",
    )?;
    let is_first = reach.execute(named_params! {":sitting": number, ":position": in_rows(position)})? > 0;
    if is_first {
        let start_event: i64 = db
            .prepare_cached("select start_event from sitting where number = ?")?
            .query_row([number], |row| row.get(0))?;
        if let Event::SittingStarted(start) = event_at(db, start_event)?.event
            && let Some(item) = start.items.get(position)
        {
            exposures::fold_shown(db, logged, &start.deck, &item.form_item.item)?;
        }
    }
    Ok(())
}

pub(in crate::store) fn fold_mark(
    db: &Connection,
    sitting: SittingId,
    position: usize,
    mark: &Mark,
    elapsed: Duration,
) -> Result<(), StoreError> {
    let number = number_of(db, sitting)?;
    let (placed, typed) = match &mark.answer {
        Answer::Blank | Answer::Choices(_) => (None, None),
        Answer::Placed(placement) => (Some(placed_bytes(placement)), None),
        Answer::Text(text) => (None, Some(text)),
    };
    db.prepare_cached(
        "update sitting_item
         set chosen = :chosen, placed = :placed, typed = :typed, struck = :struck, is_flagged = :is_flagged,
             confidence = :confidence
         where sitting = :sitting and position = :position",
    )?
    .execute(named_params! {
        ":sitting": number,
        ":position": in_rows(position),
        ":chosen": mark.answer.choices().bits(),
        ":placed": placed,
        ":typed": typed,
        ":struck": mark.struck.bits(),
        ":is_flagged": mark.is_flagged,
        ":confidence": confidence_number(mark.confidence),
    })?;
    fold_time(db, sitting, elapsed)
}

/// Notes the exam time of an event.
pub(in crate::store) fn fold_time(db: &Connection, sitting: SittingId, elapsed: Duration) -> Result<(), StoreError> {
    let number = number_of(db, sitting)?;
    db.prepare_cached("update sitting set elapsed_ms = :elapsed_ms where number = :number")?
        .execute(named_params! {":number": number, ":elapsed_ms": in_millis(elapsed)})?;
    Ok(())
}

/// Notes that a sitting goes on as practice.
pub(in crate::store) fn fold_practice(db: &Connection, sitting: SittingId) -> Result<(), StoreError> {
    db.prepare_cached("update sitting set kind = :kind where number = :number")?.execute(named_params! {
        ":number": number_of(db, sitting)?,
        ":kind": sitting_kind_number(SittingKind::Practice),
    })?;
    Ok(())
}

/// Notes a break: where the clock stands after it.
pub(in crate::store) fn fold_resume(db: &Connection, sitting: SittingId, anchor: &Anchor) -> Result<(), StoreError> {
    let number = number_of(db, sitting)?;
    db.prepare_cached(
        "update sitting
         set anchor_elapsed_ms = :elapsed_ms, anchor_at = :at, anchor_boot = :boot, anchor_passed_ms = :passed_ms,
             elapsed_ms = :elapsed_ms
         where number = :number",
    )?
    .execute(named_params! {
        ":number": number,
        ":elapsed_ms": in_millis(anchor.elapsed),
        ":at": anchor.reading.wall.timestamp_millis(),
        ":boot": boot(anchor),
        ":passed_ms": passed(anchor),
    })?;
    Ok(())
}

pub(in crate::store) fn fold_end(
    db: &Connection,
    logged: &Logged,
    sitting: SittingId,
    ending: Ending,
    elapsed: Duration,
) -> Result<(), StoreError> {
    let number = number_of(db, sitting)?;
    db.prepare_cached(
        "update sitting
         set ending = :ending, elapsed_ms = :elapsed_ms, ended_at = :at
         where number = :number",
    )?
    .execute(named_params! {
        ":number": number,
        ":ending": ending_number(ending),
        ":elapsed_ms": in_millis(elapsed),
        ":at": logged.at_ms,
    })?;
    db.prepare_cached("delete from heartbeat where sitting = ?")?.execute([number])?;
    scores::fold(db, number)
}
