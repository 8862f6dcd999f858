//! Forms that a deck names, and their tables.

use std::collections::BTreeMap;

use crate::app::{App, AppError, OpenDeck};
use crate::score::{Bank, ItemCurve, ScoreTable, ScoringRules, score_table};

impl App {
    /// Returns the raw-to-scaled table of a form that the deck names.
    ///
    /// # Errors
    /// [`AppError::NoScale`] for a deck without an exam, [`AppError::UnknownForm`] if it does not name the form.
    pub fn form_table(&self, deck: &OpenDeck, form: &str) -> Result<ScoreTable, AppError> {
        let outline = &deck.outline;
        let exam = outline.exam.as_ref().ok_or_else(|| AppError::NoScale { deck: outline.id.to_string() })?;
        let ids = outline.forms.get(form).ok_or_else(|| {
            let known: Vec<&str> = outline.forms.keys().map(String::as_str).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            AppError::UnknownForm { named: form.to_owned(), known }
        })?;
        let facts: Vec<_> = self.items_of(deck)?.into_iter().map(|item| item.facts).collect();
        let bank = Bank::new(outline, &facts)?;
        let places: BTreeMap<_, usize> = facts.iter().enumerate().map(|(idx, facts)| (&facts.id, idx)).collect();
        let curves: Vec<ItemCurve> =
            ids.iter().filter_map(|id| places.get(id).and_then(|idx| bank.curve(*idx))).collect();
        let rules = ScoringRules { scale: exam.scale, levels: exam.levels.clone(), weights: outline.weights() };
        let frozen = self.store.frozen_reference(&outline.id, deck.revision)?;
        Ok(score_table(frozen.as_ref().unwrap_or(bank.reference()), &rules, &curves)?)
    }
}
