//! Forms outside a sitting: drawn ones, and those that a deck names with their tables.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::app::draw::{ChosenForm, ChosenForms, Pool};
use crate::app::{App, AppError, OpenDeck};
use crate::base::{ContentHash, ItemId, Seed};
use crate::deck::{Domain, Outline};
use crate::exam::{self, ItemRole};
use crate::render::{FormDomain, FormName, FormSet, FormSheet, FormSheetItem, Paper, PaperItem, PaperSet, Shortfall};
use crate::score::{FormItem, ItemCurve, ScoreError, ScoreTable, ScoringRules, expected_right, score_table};

/// Which forms to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormsToPrint<'a> {
    /// The form that the deck names so.
    Named(&'a str),
    /// So many full forms, drawn from the seed and without an item in two of them.
    Drawn(usize),
}

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
        let chosen = self.draw_full_forms(deck, &pool, n_forms, seed)?;
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
            n_scored: chosen.plan.n_scored.iter().sum(),
            n_unscored: chosen.plan.n_unscored.iter().sum(),
            shortfall: shortfall(outline, &chosen),
            forms: chosen.forms.iter().map(sheet).collect(),
        })
    }

    /// Returns the raw-to-scaled table of a form that the deck names.
    ///
    /// # Errors
    /// [`AppError::NoScale`] for a deck without an exam, [`AppError::UnknownForm`] if it does not name the form.
    pub fn form_table(&self, deck: &OpenDeck, form: &str) -> Result<ScoreTable, AppError> {
        let pool = self.pool(deck)?;
        if pool.scaling.is_none() {
            return Err(AppError::NoScale { deck: deck.outline.id.to_string() });
        }
        let places = named_form(&deck.outline, &pool, form)?;
        table_of(&deck.outline, &pool, &places)?.ok_or(AppError::Score(ScoreError::NoBlueprint))
    }

    /// Returns forms with their texts, to be printed. Nothing is recorded.
    ///
    /// A single drawn form is the one that an exam would get from the same seed. Without a seed, the choices of a named
    /// form stand in an order that follows from its name, so that paper and key agree whenever they are printed.
    ///
    /// # Errors
    /// [`AppError::UnknownForm`] if the deck does not name the form, [`AppError::Plan`] if it has nothing to ask, and
    /// [`AppError::NoScale`] for several forms of a deck without an exam, since one has all its questions.
    pub fn papers(&self, deck: &OpenDeck, forms: FormsToPrint) -> Result<PaperSet, AppError> {
        let outline = &deck.outline;
        let pool = self.pool(deck)?;
        match forms {
            FormsToPrint::Named(form) => {
                let minutes = outline.exam.as_ref().and_then(|exam| exam.minutes);
                let limit = minutes.map(|minutes| Duration::from_secs(60 * u64::from(minutes)));
                let places = named_form(outline, &pool, form)?;
                let order_seed = self.seed_or(Seed(0)).stream(form);
                let paper = self.paper(deck, &pool, FormName::Named(form.to_owned()), &places, limit, order_seed)?;
                Ok(PaperSet { deck: outline.id.to_string(), papers: vec![paper], shortfall: None })
            }
            FormsToPrint::Drawn(n_forms) => {
                if n_forms > 1 && pool.scaling.is_none() {
                    return Err(AppError::NoScale { deck: outline.id.to_string() });
                }
                let seed = self.draw_seed()?;
                let chosen = self.draw_full_forms(deck, &pool, n_forms, seed)?;
                let mut papers = Vec::new();
                for (form_idx, form) in chosen.forms.iter().enumerate().filter(|(_, form)| !form.places.is_empty()) {
                    let name = FormName::Drawn { seed: seed.0, number: form_idx + 1, n_forms };
                    // The key of one form must not tell that of another.
                    let order_seed = if form_idx == 0 { seed } else { seed.stream(&format!("form {}", form_idx + 1)) };
                    papers.push(self.paper(deck, &pool, name, &form.places, chosen.plan.limit, order_seed)?);
                }
                Ok(PaperSet { deck: outline.id.to_string(), papers, shortfall: shortfall(outline, &chosen) })
            }
        }
    }

    fn paper(
        &self,
        deck: &OpenDeck,
        pool: &Pool,
        name: FormName,
        places: &[(usize, ItemRole)],
        limit: Option<Duration>,
        order_seed: Seed,
    ) -> Result<Paper, AppError> {
        let outline = &deck.outline;
        let (pinned, questions) = self.pin(pool, places, order_seed)?;
        let mut pins = Vec::new();
        let mut items = Vec::with_capacity(questions.len());
        for (item, question) in pinned.into_iter().map(|pinned| pinned.form_item).zip(questions) {
            pins.extend_from_slice(item.content.as_bytes());
            pins.extend(item.choice_order.iter().flat_map(|choice_idx| choice_idx.to_le_bytes()));
            let domain = outline.domains.get(item.domain_idx).map_or(String::new(), |domain| domain.title.clone());
            let exam::FormItem { item: id, role, choice_order, .. } = item;
            items.push(PaperItem { id: id.to_string(), domain, role, question, choice_order });
        }
        Ok(Paper {
            title: outline.title.clone(),
            name,
            code: ContentHash::of(&pins).to_string().chars().take(CODE_LENGTH).collect(),
            limit,
            items,
            table: table_of(outline, pool, places)?,
            domains: outline.domains.iter().map(|domain| domain.title.clone()).collect(),
        })
    }
}

/// Letters of a paper's code: enough to tell the forms of a classroom apart.
const CODE_LENGTH: usize = 8;

/// Looks up the exam items of a form that the deck names; all of them count.
fn named_form(outline: &Outline, pool: &Pool, form: &str) -> Result<Vec<(usize, ItemRole)>, AppError> {
    let ids = outline.forms.get(form).ok_or_else(|| {
        let known: Vec<&str> = outline.forms.keys().map(String::as_str).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        AppError::UnknownForm { named: form.to_owned(), known }
    })?;
    let exam_items = pool.items.iter().enumerate().filter(|(_, item)| item.facts.kind.is_exam_item());
    let places: BTreeMap<&ItemId, usize> = exam_items.map(|(idx, item)| (&item.facts.id, idx)).collect();
    Ok(ids.iter().filter_map(|id| places.get(id).map(|idx| (*idx, ItemRole::Scored))).collect())
}

/// Says what the bank lacks for the forms that were drawn; `None` if it lacks nothing.
fn shortfall(outline: &Outline, chosen: &ChosenForms) -> Option<Shortfall> {
    let n_missing = |domain_idx: usize| chosen.forms.iter().filter_map(|form| form.missing.get(domain_idx)).sum();
    let missing = outline.domains.iter().enumerate().map(|(idx, domain)| (domain.id.to_string(), n_missing(idx)));
    let missing: Vec<(String, usize)> = missing.filter(|(_, n_missing)| *n_missing > 0).collect();
    (!missing.is_empty()).then_some(Shortfall { n_asked: chosen.forms.len(), n_whole: chosen.n_whole, missing })
}

/// Tabulates the scored items of a form; `None` for a deck without an exam.
fn table_of(outline: &Outline, pool: &Pool, places: &[(usize, ItemRole)]) -> Result<Option<ScoreTable>, AppError> {
    let (Some(exam), Some(scaling)) = (&outline.exam, &pool.scaling) else { return Ok(None) };
    let scored = places.iter().filter(|(_, role)| *role == ItemRole::Scored);
    let form_item = |(item_idx, _): &(usize, ItemRole)| FormItem {
        domain_idx: pool.items[*item_idx].facts.domain_idx,
        curve: pool.curves[*item_idx],
    };
    let items: Vec<FormItem> = scored.map(form_item).collect();
    let rules = ScoringRules {
        scale: exam.scale,
        decision: exam.decision.clone(),
        levels: exam.levels.clone(),
        weights: outline.weights(),
    };
    Ok(Some(score_table(&scaling.reference, &rules, &items)?))
}
