//! Forms outside a sitting: drawn ones, and those that a deck names with their tables.

use std::collections::BTreeMap;

use crate::app::draw::ChosenForm;
use crate::app::{App, AppError, OpenDeck};
use crate::deck::Domain;
use crate::exam::ItemRole;
use crate::render::{FormDomain, FormSet, FormSheet, FormSheetItem};
use crate::score::{Bank, ItemCurve, ScoreTable, ScoringRules, expected_right, score_table};

impl App {
    /// Draws full forms that share no item and are as hard as the reference form. Nothing is recorded.
    ///
    /// A single one is the form that an exam would get from the same seed.
    ///
    /// # Errors
    /// [`AppError::NoScale`] for a deck without an exam.
    pub fn draw_forms(&self, deck: &OpenDeck, n_forms: usize) -> Result<FormSet, AppError> {
        let outline = &deck.outline;
        let seed = self.draw_seed()?;
        let pool = self.pool(deck)?;
        let Some(scaling) = &pool.scaling else { return Err(AppError::NoScale { deck: outline.id.to_string() }) };
        let (plan, forms) = self.draw_full_forms(deck, &pool, n_forms, seed)?;
        let sheet = |form: &ChosenForm| {
            let scored = form.places.iter().filter(|(_, role)| *role == ItemRole::Scored);
            let curves: Vec<ItemCurve> =
                scored.map(|(item_idx, _)| scaling.reference.curve(pool.curves[*item_idx])).collect();
            let item = |(item_idx, role): &(usize, ItemRole)| {
                let facts = &pool.items[*item_idx].facts;
                FormSheetItem { id: facts.id.to_string(), domain_idx: facts.domain_idx, role: *role }
            };
            FormSheet {
                items: form.places.iter().map(item).collect(),
                raw_cut: expected_right(&curves, scaling.reference.theta_cut()),
                deviation: form.deviation,
                missing: form.missing.clone(),
            }
        };
        let domain = |domain: &Domain| FormDomain { id: domain.id.to_string(), title: domain.title.clone() };
        Ok(FormSet {
            deck: outline.id.to_string(),
            seed: seed.0,
            domains: outline.domains.iter().map(domain).collect(),
            n_scored: plan.n_scored.iter().sum(),
            n_unscored: plan.n_unscored.iter().sum(),
            forms: forms.iter().map(sheet).collect(),
        })
    }

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
