//! Taking back and bringing back, in the drill and beside it: without limit within a study day.

use std::collections::BTreeSet;

use crate::app::{App, AppError, DrillSession};
use crate::base::{DeckId, ItemId};
use crate::plan::{Call, Worth};
use crate::store::{ConceptRow, Event, Scope, Undoable, UndoableKind};

/// Said where nothing is left to take back.
pub const NOTHING_TO_UNDO: &str = "There is nothing of today to take back.";
/// Said where there is nothing to bring back.
pub const NOTHING_TO_REDO: &str = "There is nothing to bring back.";

/// What was taken back or brought back in a drill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it was, as a sentence.
    pub said: String,
    /// What it means for the card on the screen.
    pub on_screen: OnScreen,
}

/// What a change means for the card on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnScreen {
    /// It stays as far as it is.
    Stays,
    /// Another card is on the screen, or the same one from its beginning, or none.
    IsDealt,
}

impl Undoable {
    /// Says that it was taken back, as a sentence.
    pub fn said_undone(&self) -> String {
        format!("{} is taken back.", self.words())
    }

    /// Says that it was brought back, as a sentence.
    pub fn said_redone(&self) -> String {
        format!("{} stands again.", self.words())
    }

    fn words(&self) -> String {
        let item = self.item.as_ref().map_or("", ItemId::as_str);
        match self.kind {
            UndoableKind::RightAnswer | UndoableKind::WrongAnswer => format!("The answer to `{item}`"),
            UndoableKind::Sending => format!("The sending of `{item}` to the drill"),
            UndoableKind::Suspension => format!("The suspension of `{item}`"),
            UndoableKind::Unsuspension => format!("The end of the suspension of `{item}`"),
            UndoableKind::Burial => format!("The burial of `{item}`"),
            UndoableKind::Note => format!("The note on `{item}`"),
            UndoableKind::Result => "The record of a real exam".to_owned(),
            UndoableKind::ResultRemoval => "The removal of the record of a real exam".to_owned(),
        }
    }
}

impl App {
    /// Takes back the newest of what was done today in a deck's drill or for it, wherever it was: an answer, a sending,
    /// a suspension or its end, a burial, a note. Returns what it was; `None` if there is nothing left.
    pub fn undo(&mut self, deck: &DeckId) -> Result<Option<Undoable>, AppError> {
        let Some(next) = self.store.next_undo(deck, self.today())? else { return Ok(None) };
        self.record(&[Event::Undone { event: next.seq }])?;
        Ok(Some(next))
    }

    /// Brings back what was taken back last today. Returns what it was; `None` if there is nothing, or something new
    /// was done since.
    pub fn redo(&mut self, deck: &DeckId) -> Result<Option<Undoable>, AppError> {
        let Some(next) = self.store.next_redo(deck, self.today())? else { return Ok(None) };
        self.record(&[Event::Redone { event: next.seq }])?;
        Ok(Some(next))
    }
}

/// Where a concept goes in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Now,
    Later,
}

impl DrillSession<'_> {
    /// Takes back what [`App::undo`] does; the card of an answer that is taken back is shown again.
    pub fn undo(&mut self) -> Result<Option<Change>, AppError> {
        let Some(what) = self.app.undo(&self.deck.outline.id)? else { return Ok(None) };
        let turn = match what.kind {
            UndoableKind::RightAnswer | UndoableKind::WrongAnswer => {
                if let (true, Some(row)) = (self.is_own(&what), self.row_of(&what)?) {
                    self.tally.take_back(row.domain_idx, what.kind == UndoableKind::RightAnswer);
                }
                Turn::Now
            }
            UndoableKind::Suspension | UndoableKind::Burial => Turn::Now,
            UndoableKind::Sending
            | UndoableKind::Unsuspension
            | UndoableKind::Note
            | UndoableKind::Result
            | UndoableKind::ResultRemoval => Turn::Later,
        };
        let on_screen = self.settle(&what, turn)?;
        Ok(Some(Change { said: what.said_undone(), on_screen }))
    }

    /// Brings back what [`App::redo`] does; a card whose answer stands again gives way to the next one.
    pub fn redo(&mut self) -> Result<Option<Change>, AppError> {
        let Some(what) = self.app.redo(&self.deck.outline.id)? else { return Ok(None) };
        if what.is_answer()
            && self.is_own(&what)
            && let Some(row) = self.row_of(&what)?
        {
            self.tally.add(row.domain_idx, what.kind == UndoableKind::RightAnswer);
        }
        let on_screen = self.settle(&what, Turn::Later)?;
        Ok(Some(Change { said: what.said_redone(), on_screen }))
    }

    /// Whether something was done in this drill.
    fn is_own(&self, what: &Undoable) -> bool {
        self.began_after < Some(what.seq)
    }

    /// The concept that something is about, set aside or not; `None` if the deck has it no more.
    fn row_of(&self, what: &Undoable) -> Result<Option<ConceptRow>, AppError> {
        let Some(concept) = &what.concept else { return Ok(None) };
        let whole = Scope::new(&self.deck.outline.id, self.deck.index, &BTreeSet::new(), None);
        Ok(self.app.store.concept_named(&whole, concept)?)
    }

    /// Brings the queue and the screen in line with what was just taken back or brought back.
    fn settle(&mut self, what: &Undoable, turn: Turn) -> Result<OnScreen, AppError> {
        self.look_again()?;
        let Some(row) = self.row_of(what)? else {
            self.read_note_again()?;
            return Ok(OnScreen::Stays);
        };
        let open = self.shown.as_ref().filter(|shown| !shown.is_answered).map(|shown| shown.worth);
        let on_table = open.filter(|worth| worth.deck_place == row.place);
        let queued = self.queue.take_out(row.place).or(on_table);
        match (self.turn_of(&row, what, turn, queued)?, turn) {
            (Some(worth), Turn::Now) => {
                if let Some(shown) = self.shown.take().filter(|shown| !shown.is_answered && on_table.is_none()) {
                    self.queue.put_first(shown.worth);
                }
                self.shown = self.present(worth)?;
                if self.shown.is_none() {
                    self.advance()?;
                }
                Ok(OnScreen::IsDealt)
            }
            (worth, Turn::Now | Turn::Later) => {
                if let Some(worth) = worth {
                    self.queue.put_later(worth);
                }
                if on_table.is_some() {
                    self.advance()?;
                    return Ok(OnScreen::IsDealt);
                }
                Ok(OnScreen::Stays)
            }
        }
    }

    /// What calls for a concept today as things stand now; `None` if nothing does. `queued` is how it waited until now.
    fn turn_of(
        &mut self,
        row: &ConceptRow,
        what: &Undoable,
        turn: Turn,
        queued: Option<Worth>,
    ) -> Result<Option<Worth>, AppError> {
        if self.app.store.concept_named(&self.scope, &row.concept)?.is_none() {
            return Ok(None);
        }
        let aside = self.set_aside.iter().position(|worth| worth.deck_place == row.place);
        let before = aside.map(|at| self.set_aside.remove(at)).or(queued);
        // A new or early card comes only if it was to come anyway, or if its answer was just taken back.
        let is_wanted = what.is_answer() && turn == Turn::Now || before.is_some();
        Ok(self.worth_of(row.clone()).filter(|worth| match worth.call {
            Call::Due { .. } | Call::Repeat => true,
            Call::New | Call::Early { .. } => is_wanted,
        }))
    }
}

impl Undoable {
    fn is_answer(&self) -> bool {
        matches!(self.kind, UndoableKind::RightAnswer | UndoableKind::WrongAnswer)
    }
}
