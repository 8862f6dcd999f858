//! Taking back and bringing back: today's events on a deck as two stacks, read from their top, and what it does to the folds.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use rusqlite::Connection;

use crate::base::{ConceptId, DeckId, ItemId, StudyDay};
use crate::store::log::{Logged, event_at, newest_of_day};
use crate::store::{Event, Seq, Store, StoreError, answers, cards, care, exposures, notes, results};

/// An event that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoable {
    /// Its place in the log.
    pub seq: Seq,
    /// The item that it is about; `None` where it is about no item.
    pub item: Option<ItemId>,
    /// The concept that it is about; `None` where it is about no concept.
    pub concept: Option<ConceptId>,
    /// What it was.
    pub kind: UndoableKind,
}

/// What can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndoableKind {
    /// A right answer in the drill.
    RightAnswer,
    /// A wrong answer in the drill.
    WrongAnswer,
    /// A sending to the drill.
    Sending,
    /// A suspension.
    Suspension,
    /// The end of a suspension.
    Unsuspension,
    /// A burial.
    Burial,
    /// A note.
    Note,
    /// The record of a real exam.
    Result,
    /// The removal of such a record.
    ResultRemoval,
}

impl Store {
    /// Returns what is taken back next: the newest event of `today` on a deck that can be and was not.
    pub fn next_undo(&self, deck: &DeckId, today: StudyDay) -> Result<Option<Undoable>, StoreError> {
        let mut next = None;
        self.standing(deck, today, |undoable| {
            next = Some(undoable);
            ControlFlow::Break(())
        })?;
        Ok(next)
    }

    /// Returns what is brought back next: what was taken back last, unless something new happened to the deck since.
    pub fn next_redo(&self, deck: &DeckId, today: StudyDay) -> Result<Option<Undoable>, StoreError> {
        let (mut next, mut redone) = (None, BTreeSet::new());
        newest_of_day(self.db(), today, |logged| {
            match &logged.event {
                Event::Redone { event } => {
                    redone.insert(*event);
                }
                // Brought back since: these two are done with.
                Event::Undone { event } if redone.remove(event) => {}
                Event::Undone { event } => {
                    let event = event_at(self.db(), event.0)?;
                    next = undoable_on(&event, deck).filter(|_| event.study_day == today);
                }
                _ if undoable_on(&logged, deck).is_some() => return Ok(ControlFlow::Break(())),
                _ => {}
            }
            Ok(if next.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        Ok(next)
    }

    /// Shows `visit` what of `today` on a deck can be taken back and was not, the newest first, until it has seen enough.
    pub(in crate::store) fn standing(
        &self,
        deck: &DeckId,
        today: StudyDay,
        mut visit: impl FnMut(Undoable) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut is_undone = self.db().prepare_cached("select 1 from undone where event = ?")?;
        newest_of_day(self.db(), today, |logged| match undoable_on(&logged, deck) {
            Some(undoable) if !is_undone.exists([logged.seq])? => Ok(visit(undoable)),
            _ => Ok(ControlFlow::Continue(())),
        })
    }
}

/// The same as [`undoable`], for the events on one deck.
fn undoable_on(logged: &Logged, deck: &DeckId) -> Option<Undoable> {
    undoable(logged).filter(|(own_deck, _)| *own_deck == deck).map(|(_, undoable)| undoable)
}

/// What an event is to who takes it back, with its deck; `None` for events that stay for good.
fn undoable(logged: &Logged) -> Option<(&DeckId, Undoable)> {
    let (deck, item, concept, kind) = match &logged.event {
        Event::Reviewed(review) => {
            let kind = if review.grade.is_pass() { UndoableKind::RightAnswer } else { UndoableKind::WrongAnswer };
            (&review.deck, Some(&review.item), Some(&review.concept), kind)
        }
        Event::SentToDrill { deck, item, concept } => (deck, Some(item), Some(concept), UndoableKind::Sending),
        Event::Suspended { deck, item, concept } => (deck, Some(item), Some(concept), UndoableKind::Suspension),
        Event::Unsuspended { deck, item, concept } => (deck, Some(item), Some(concept), UndoableKind::Unsuspension),
        Event::Buried { deck, item, concept } => (deck, Some(item), Some(concept), UndoableKind::Burial),
        Event::CardNoted { deck, item, .. } => (deck, Some(item), None, UndoableKind::Note),
        Event::ResultRecorded { deck, .. } => (deck, None, None, UndoableKind::Result),
        Event::ResultRemoved { deck, .. } => (deck, None, None, UndoableKind::ResultRemoval),
        Event::SettingChanged { .. }
        | Event::DeckSettingChanged { .. }
        | Event::ReferenceFrozen { .. }
        | Event::SittingStarted(_)
        | Event::ItemShown { .. }
        | Event::ItemMarked { .. }
        | Event::ItemNoted { .. }
        | Event::ItemChecked { .. }
        | Event::SittingBecamePractice { .. }
        | Event::SittingResumed { .. }
        | Event::SittingEnded { .. }
        | Event::Examined(_)
        | Event::Undone { .. }
        | Event::Redone { .. }
        | Event::Crammed { .. }
        | Event::ReserveOpened { .. }
        | Event::Doubted { .. }
        | Event::ReviewImported(_)
        | Event::CardImported(_)
        | Event::DoubtWithdrawn { .. } => return None,
    };
    Some((deck, Undoable { seq: Seq(logged.seq), item: item.cloned(), concept: concept.cloned(), kind }))
}

/// Takes an event back. Whatever follows from it is folded again from all that stands; an item that was shown stays
/// shown.
pub(in crate::store) fn fold_undo(db: &Connection, logged: &Logged, undone: i64) -> Result<(), StoreError> {
    let event = taken_back(db, undone)?;
    db.prepare_cached("insert into undone (event) values (?) on conflict do nothing")?.execute([undone])?;
    match &event.event {
        Event::Reviewed(review) => answers::forget(db, &review.deck, event.study_day, undone)?,
        Event::Suspended { deck, concept, .. }
        | Event::Unsuspended { deck, concept, .. }
        | Event::Buried { deck, concept, .. } => care::forget(db, undone, deck, concept)?,
        Event::CardNoted { deck, item, .. } => notes::forget(db, undone, deck, item)?,
        Event::ResultRecorded { .. } | Event::ResultRemoved { .. } => results::forget(db, undone)?,
        _ => {}
    }
    refold(db, logged, &event.event)
}

/// Brings back an event that was taken back: the folds are then as if it never had been.
pub(in crate::store) fn fold_redo(db: &Connection, logged: &Logged, redone: i64) -> Result<(), StoreError> {
    let event = taken_back(db, redone)?;
    if db.prepare_cached("delete from undone where event = ?")?.execute([redone])? == 0 {
        return Ok(()); // It was not taken back.
    }
    match &event.event {
        Event::Reviewed(review) => answers::fold_drilled(db, &event, review)?,
        Event::Suspended { .. }
        | Event::Unsuspended { .. }
        | Event::Buried { .. }
        | Event::CardNoted { .. }
        | Event::ResultRecorded { .. }
        | Event::ResultRemoved { .. } => crate::store::fold::fold(db, &event)?,
        _ => {}
    }
    refold(db, logged, &event.event)
}

/// Folds again what follows from all events on a concept or item, as far as they stand.
fn refold(db: &Connection, logged: &Logged, event: &Event) -> Result<(), StoreError> {
    match event {
        Event::Reviewed(review) => {
            let last_right = cards::newest_answer(db, logged, &review.deck, &review.concept, &review.item)?;
            exposures::fold_result(db, &review.deck, &review.item, last_right)?;
            cards::refold(db, &review.deck, &review.concept)
        }
        Event::SentToDrill { deck, concept, .. } => cards::refold(db, deck, concept),
        _ => Ok(()),
    }
}

/// The event at a place of the log, if it is of a kind that can be taken back.
fn taken_back(db: &Connection, seq: i64) -> Result<Logged, StoreError> {
    let logged = event_at(db, seq)?;
    if undoable(&logged).is_none() {
        let what = "only what was done in the drill or for it can be taken back".to_owned();
        return Err(StoreError::BadEvent { seq: seq.unsigned_abs(), what });
    }
    Ok(logged)
}
