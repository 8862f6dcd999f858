//! Editing an item while it is drilled: where it stands, and reading its deck again.

use std::path::{Path, PathBuf};

use crate::app::{AppError, DrillSession};
use crate::base::ItemId;
use crate::deck::ItemBody;
use crate::format::{line_of_item, load_sources};

/// Where an item stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPlace {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: u32,
}

impl DrillSession<'_> {
    /// Returns where an item of the deck stands; the beginning of the deck if it cannot be found there.
    ///
    /// # Errors
    /// [`AppError::NoFile`] for the deck that comes with the program, [`AppError::Load`] if the files are gone.
    pub fn place_of(&self, item: &ItemId) -> Result<ItemPlace, AppError> {
        let no_file = || AppError::NoFile { deck: self.deck.outline.id.to_string() };
        let sources = load_sources(self.deck.path.as_ref().ok_or_else(no_file)?)?;
        let (file_idx, line) = line_of_item(&sources, item).unwrap_or((0, 1));
        let path = sources.get(file_idx).map(|source| PathBuf::from(&source.name)).ok_or_else(no_file)?;
        Ok(ItemPlace { path, line })
    }

    /// Reads the deck's files again and goes on with what they say now; `false` if they are as they were. The card on
    /// the screen keeps its place and shows its new text.
    ///
    /// # Errors
    /// The files do not read as this deck any more; the drill goes on with what it has.
    pub fn read_again(&mut self) -> Result<bool, AppError> {
        let Some(path) = self.deck.path.as_deref().and_then(Path::to_str).map(str::to_owned) else { return Ok(false) };
        let deck = self.app.open_deck(Some(&path))?;
        if deck.outline.id != self.deck.outline.id {
            let (wanted, found) = (self.deck.outline.id.to_string(), deck.outline.id.to_string());
            return Err(AppError::OtherDeck { wanted, found });
        }
        if deck.revision == self.deck.revision {
            return Ok(false);
        }
        self.plan_anew(deck)?;
        self.read_card_again()?;
        Ok(true)
    }

    /// Gives the card on the screen its new text; one that is gone and not answered gives way to the next.
    fn read_card_again(&mut self) -> Result<(), AppError> {
        let Some(shown) = &mut self.shown else { return Ok(()) };
        let item = self.app.store.indexed_item(self.deck.index, &shown.card.item)?;
        let row = match &item {
            Some(item) => self.app.store.concept_named(&self.scope, &item.facts.concept)?,
            None => None,
        };
        let (Some(item), Some(row)) = (item.filter(|item| item.facts.is_live()), row) else {
            return if shown.is_answered { Ok(()) } else { self.advance() };
        };
        if !shown.is_answered {
            self.queue.take_out(row.place);
        }
        shown.worth.deck_place = row.place;
        (shown.variant.item, shown.row) = (item, row);
        let body = self.app.store.content(shown.variant.item.content)?;
        let n_options = |body: &ItemBody| match body {
            ItemBody::Question(question) => question.n_options(),
            ItemBody::Flashcard(_) | ItemBody::Cloze(_) => 0,
        };
        if body.kind() == shown.card.body.kind() && n_options(&body) == n_options(&shown.card.body) {
            shown.card.body = body;
        } else if !shown.is_answered {
            // What was asked is no longer what would be answered: it is asked anew.
            let worth = shown.worth;
            self.shown = self.present(worth)?;
        }
        Ok(())
    }
}
