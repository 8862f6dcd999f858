//! Taking back and bringing back, in the drill and beside it: without limit within a study day.

use crate::app::drill::{Queued, REPEAT_AFTER};
use crate::app::{App, AppError, DrillSession, Occasion};
use crate::base::{ConceptId, DeckId};
use crate::store::{Event, Undoable, UndoableKind};

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
        let item = &self.item;
        match self.kind {
            UndoableKind::RightAnswer | UndoableKind::WrongAnswer => format!("The answer to `{item}`"),
            UndoableKind::Sending => format!("The sending of `{item}` to the drill"),
            UndoableKind::Suspension => format!("The suspension of `{item}`"),
            UndoableKind::Unsuspension => format!("The end of the suspension of `{item}`"),
            UndoableKind::Burial => format!("The burial of `{item}`"),
            UndoableKind::Note => format!("The note on `{item}`"),
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
        let Some(what) = self.app.undo(&self.outline.id)? else { return Ok(None) };
        let turn = match what.kind {
            UndoableKind::RightAnswer | UndoableKind::WrongAnswer => {
                if self.is_own(&what) {
                    let n_right = usize::from(what.kind == UndoableKind::RightAnswer);
                    self.progress.n_done = self.progress.n_done.saturating_sub(1);
                    self.progress.n_right = self.progress.n_right.saturating_sub(n_right);
                }
                Turn::Now
            }
            UndoableKind::Suspension | UndoableKind::Burial => Turn::Now,
            UndoableKind::Sending | UndoableKind::Unsuspension | UndoableKind::Note => Turn::Later,
        };
        let on_screen = self.settle(&what, turn)?;
        Ok(Some(Change { said: what.said_undone(), on_screen }))
    }

    /// Brings back what [`App::redo`] does; a card whose answer stands again gives way to the next one.
    pub fn redo(&mut self) -> Result<Option<Change>, AppError> {
        let Some(what) = self.app.redo(&self.outline.id)? else { return Ok(None) };
        if matches!(what.kind, UndoableKind::RightAnswer | UndoableKind::WrongAnswer) && self.is_own(&what) {
            self.progress.n_done += 1;
            self.progress.n_right += usize::from(what.kind == UndoableKind::RightAnswer);
        }
        let on_screen = self.settle(&what, Turn::Later)?;
        Ok(Some(Change { said: what.said_redone(), on_screen }))
    }

    /// Whether something was done in this drill.
    fn is_own(&self, what: &Undoable) -> bool {
        self.began_after < Some(what.seq)
    }

    /// Brings the queue and the screen in line with what was just taken back or brought back.
    fn settle(&mut self, what: &Undoable, turn: Turn) -> Result<OnScreen, AppError> {
        let Some(concept) = &what.concept else {
            self.read_note_again()?;
            return Ok(OnScreen::Stays);
        };
        let open = self.shown.as_ref().filter(|shown| !shown.is_answered).map(|shown| &shown.queued);
        let is_on_table = open.is_some_and(|queued| queued.concept == *concept);
        let waiting = self.queue.iter().chain(open).find(|queued| queued.concept == *concept);
        let was_waiting = waiting.map(|queued| queued.occasion);
        self.queue.retain(|queued| queued.concept != *concept);
        let occasion = match (self.occasion_of(concept, was_waiting)?, what.kind, turn) {
            // A card whose answer was taken back is asked again, due or not.
            (None, UndoableKind::RightAnswer | UndoableKind::WrongAnswer, Turn::Now) => {
                let card = self.app.store.card(&self.outline.id, concept)?;
                Some(card.map_or(Occasion::New, |_| Occasion::Due))
            }
            (occasion, _, _) => occasion,
        };
        match (occasion.map(|occasion| Queued { concept: concept.clone(), occasion }), turn) {
            (Some(queued), Turn::Now) => {
                if let Some(shown) = self.shown.take().filter(|shown| !shown.is_answered && !is_on_table) {
                    self.queue.push_front(shown.queued);
                }
                self.shown = self.present(queued)?;
                if self.shown.is_none() {
                    self.advance()?;
                }
                Ok(OnScreen::IsDealt)
            }
            (queued, _) => {
                let place = self.queue.len().min(REPEAT_AFTER);
                if let Some(queued) = queued {
                    self.queue.insert(place, queued);
                }
                if is_on_table {
                    self.advance()?;
                    return Ok(OnScreen::IsDealt);
                }
                Ok(OnScreen::Stays)
            }
        }
    }

    /// Why a concept is to be shown today as things stand now; `None` if it is not.
    fn occasion_of(
        &mut self,
        concept: &ConceptId,
        was_waiting: Option<Occasion>,
    ) -> Result<Option<Occasion>, AppError> {
        if self.app.store.set_aside(&self.outline.id, self.today)?.contains_key(concept) {
            return Ok(None);
        }
        let aside = self.set_aside.iter().position(|queued| queued.concept == *concept);
        let was_aside = aside.map(|at| self.set_aside.remove(at).occasion);
        Ok(match self.app.store.card(&self.outline.id, concept)? {
            Some(card) if card.repeat_on == Some(self.today) => Some(Occasion::Repeat),
            Some(card) if card.due <= self.today => Some(Occasion::Due),
            Some(_) => None,
            // A new concept comes only if it was to come anyway.
            None => was_aside.or(was_waiting).filter(|occasion| *occasion == Occasion::New),
        })
    }
}
