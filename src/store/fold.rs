//! The fold: what each event does to the derived state. Live events and rebuilt ones go through here alike.

use rusqlite::{Connection, named_params};

use crate::store::care::Care;
use crate::store::log::{Logged, deck_row};
use crate::store::{
    Event, Examined, StoreError, answers, cards, care, exposures, imported, notes, results, settings, sittings, undo,
};

/// Moves the derived state by one event.
pub(in crate::store) fn fold(db: &Connection, logged: &Logged) -> Result<(), StoreError> {
    match &logged.event {
        Event::SettingChanged { name, value } => settings::set(db, name.as_str(), value),
        Event::DeckSettingChanged { deck, name, value } => settings::set(db, &name.row(deck), value),
        Event::ReferenceFrozen { deck, revision, .. } => {
            db.prepare_cached(
                "insert into frozen_reference (deck, revision, event) values (:deck, :revision, :event)
                 on conflict do nothing",
            )?
            .execute(named_params! {
                ":deck": deck_row(db, deck)?,
                ":revision": revision.as_bytes(),
                ":event": logged.seq,
            })?;
            Ok(())
        }
        Event::SittingStarted(start) => sittings::fold_start(db, logged, start),
        Event::ItemShown { sitting, position, elapsed } => {
            sittings::fold_shown(db, logged, *sitting, *position, *elapsed)
        }
        Event::ItemMarked { sitting, position, mark, elapsed } => {
            sittings::fold_mark(db, *sitting, *position, mark, *elapsed)
        }
        // The note and the check themselves stay in the log, and are read there with the rest of the sitting.
        Event::ItemNoted { sitting, elapsed, .. } | Event::ItemChecked { sitting, elapsed, .. } => {
            sittings::fold_time(db, *sitting, *elapsed)
        }
        Event::SittingBecamePractice { sitting } => sittings::fold_practice(db, *sitting),
        Event::SittingResumed { sitting, anchor } => sittings::fold_resume(db, *sitting, anchor),
        Event::SittingEnded { sitting, ending, elapsed } => sittings::fold_end(db, logged, *sitting, *ending, *elapsed),
        Event::Examined(examined) => fold_examined(db, logged, examined),
        Event::Reviewed(review) => {
            exposures::fold_shown(db, logged, &review.deck, &review.item)?;
            exposures::fold_result(db, &review.deck, &review.item, Some(review.grade.is_pass()))?;
            answers::fold_drilled(db, logged, review)?;
            cards::fold_evidence(db, logged, &review.deck, &review.concept)
        }
        Event::Undone { event } => undo::fold_undo(db, logged, event.0),
        Event::Redone { event } => undo::fold_redo(db, logged, event.0),
        Event::Suspended { deck, concept, .. } => care::fold(db, logged, deck, concept, Care::Suspended),
        Event::Unsuspended { deck, concept, .. } => care::fold(db, logged, deck, concept, Care::Unsuspended),
        Event::Buried { deck, concept, .. } => care::fold(db, logged, deck, concept, Care::Buried),
        Event::CardNoted { deck, item, .. } => notes::fold(db, logged, deck, item),
        Event::SentToDrill { deck, concept, .. } => cards::fold_evidence(db, logged, deck, concept),
        Event::ReviewImported(review) => imported::fold_review(db, logged, review),
        Event::CardImported(own) => cards::fold_evidence(db, logged, &own.deck, &own.concept),
        // Read from the log where they are wanted; nothing else hangs on them.
        Event::Doubted { .. } | Event::DoubtWithdrawn { .. } => Ok(()),
        Event::Crammed { deck, item, .. } => exposures::fold_shown(db, logged, deck, item),
        Event::ResultRecorded { deck, result } => results::fold(db, logged, deck, result),
        Event::ResultRemoved { deck, taken_on } => results::fold_removal(db, logged, deck, *taken_on),
        Event::ReserveOpened { deck } => settings::set(db, &settings::reserve_row(deck), &logged.study_day.to_string()),
    }
}

fn fold_examined(db: &Connection, logged: &Logged, examined: &Examined) -> Result<(), StoreError> {
    exposures::fold_result(db, &examined.deck, &examined.item, Some(examined.is_right))?;
    answers::fold_examined(db, logged, examined)?;
    cards::fold_evidence(db, logged, &examined.deck, &examined.concept)
}
