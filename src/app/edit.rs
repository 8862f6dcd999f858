//! Editing an item while it is drilled: where it stands, and reading its deck again.

use std::path::{Path, PathBuf};

use crate::app::drill_pool::variants;
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
        let no_file = || AppError::NoFile { deck: self.outline.id.to_string() };
        let sources = load_sources(self.path.as_ref().ok_or_else(no_file)?)?;
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
        let Some(path) = self.path.as_deref().and_then(Path::to_str).map(str::to_owned) else { return Ok(false) };
        let deck = self.app.open_deck(Some(&path))?;
        if deck.outline.id != self.outline.id {
            let (wanted, found) = (self.outline.id.to_string(), deck.outline.id.to_string());
            return Err(AppError::OtherDeck { wanted, found });
        }
        let items = self.app.items_of(&deck)?;
        if items == self.items && deck.outline == self.outline {
            return Ok(false);
        }
        self.exposures = self.app.exposures_of(&deck, &items)?;
        self.variants = variants(&items);
        self.items = items;
        self.outline = deck.outline;
        let variants = &self.variants;
        self.queue.retain(|queued| variants.contains_key(&queued.concept));
        self.read_card_again()?;
        Ok(true)
    }

    /// Gives the card on the screen its new text; one that is gone and not answered gives way to the next.
    fn read_card_again(&mut self) -> Result<(), AppError> {
        let Some(shown) = &mut self.shown else { return Ok(()) };
        let Some(item_idx) = self.items.iter().position(|item| item.facts.id == shown.card.item) else {
            return if shown.is_answered { Ok(()) } else { self.advance() };
        };
        shown.item_idx = item_idx;
        let body = self.app.store.content(self.items[item_idx].content)?;
        let n_options = |body: &ItemBody| match body {
            ItemBody::Question(question) => question.n_options(),
            ItemBody::Flashcard(_) | ItemBody::Cloze(_) => 0,
        };
        if body.kind() == shown.card.body.kind() && n_options(&body) == n_options(&shown.card.body) {
            shown.card.body = body;
        } else if !shown.is_answered {
            // What was asked is no longer what would be answered: it is asked anew.
            let queued = shown.queued.clone();
            self.shown = self.present(queued)?;
        }
        Ok(())
    }
}
