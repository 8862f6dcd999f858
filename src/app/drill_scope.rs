//! Which concepts a drill may bring: what the filters keep, less what is left out for the time being.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::app::{App, AppError, DrillFilter, OpenDeck};
use crate::base::{ConceptId, DomainId, ItemId, StudyDay, TaskId};
use crate::deck::Outline;
use crate::format::did_you_mean;
use crate::store::{IndexedItem, Scope};

/// Most names that a message lists.
const MOST_LISTED: usize = 20;

impl App {
    /// Returns the concepts that a drill may bring on a day, and how many wait until the open sitting ends.
    ///
    /// This is the one place where concepts are left out of a drill.
    pub(in crate::app) fn drill_scope(
        &self,
        deck: &OpenDeck,
        filter: &DrillFilter,
        day: StudyDay,
    ) -> Result<(Scope, usize), AppError> {
        let mut hidden = self.concepts_in_exam(deck)?;
        let n_in_exam = hidden.len();
        hidden.extend(self.store.set_aside(&deck.outline.id, day)?.into_keys());
        let only = if filter.is_empty() { None } else { Some(self.filtered(deck, filter)?) };
        Ok((Scope::new(&deck.outline.id, deck.index, &hidden, only.as_ref()), n_in_exam))
    }

    /// Concepts of an exam that can still go on: until it ends, the drill tells nothing about them.
    fn concepts_in_exam(&self, deck: &OpenDeck) -> Result<BTreeSet<ConceptId>, AppError> {
        match self.store.open_sitting(Some(&deck.outline.id))? {
            Some(open) if self.time_left_of(&open)? != Some(Duration::ZERO) => {
                let items = self.store.load_sitting(open.number)?.start.items;
                Ok(items.into_iter().map(|item| item.concept).collect())
            }
            Some(_) | None => Ok(BTreeSet::new()),
        }
    }

    /// Concepts with an item that fits.
    fn filtered(&self, deck: &OpenDeck, filter: &DrillFilter) -> Result<BTreeSet<ConceptId>, AppError> {
        let items = self.items_of(deck)?;
        check_names(&deck.outline, filter, &items)?;
        let fits = |item: &IndexedItem| item.facts.is_live() && filter.fits(&deck.outline, item);
        Ok(items.into_iter().filter(fits).map(|item| item.facts.concept).collect())
    }
}

impl DrillFilter {
    fn fits(&self, outline: &Outline, IndexedItem { facts, tags, .. }: &IndexedItem) -> bool {
        let domain = outline.domains.get(facts.domain_idx).map(|domain| &domain.id);
        (self.domains.is_empty() || domain.is_some_and(|own| self.domains.contains(own)))
            && (self.tasks.is_empty() || facts.task.as_ref().is_some_and(|own| self.tasks.contains(own)))
            && (self.tags.is_empty() || tags.iter().any(|own| self.tags.contains(own)))
            && self.keeps(&facts.id)
            && (self.skills.is_empty() || facts.skill.is_some_and(|own| self.skills.contains(&own)))
    }
}

/// Refuses names that the deck does not have.
fn check_names(outline: &Outline, filter: &DrillFilter, items: &[IndexedItem]) -> Result<(), AppError> {
    let domains: Vec<&str> = outline.domains.iter().map(|domain| domain.id.as_str()).collect();
    let tasks = outline.domains.iter().flat_map(|domain| &domain.tasks);
    let tasks: Vec<&str> = tasks.map(|task| task.id.as_str()).collect();
    let tags: BTreeSet<&str> = items.iter().flat_map(|item| &item.tags).map(String::as_str).collect();
    let live = items.iter().filter(|item| item.facts.is_live());
    let ids: Vec<&str> = live.map(|item| item.facts.id.as_str()).collect();
    check("domain", &domains, filter.domains.iter().map(DomainId::as_str))?;
    check("task", &tasks, filter.tasks.iter().map(TaskId::as_str))?;
    check("tag", &tags.into_iter().collect::<Vec<_>>(), filter.tags.iter().map(String::as_str))?;
    check("item", &ids, filter.items.iter().map(ItemId::as_str))
}

fn check<'n>(what: &'static str, known: &[&str], mut named: impl Iterator<Item = &'n str>) -> Result<(), AppError> {
    let Some(named) = named.find(|name| !known.contains(name)) else { return Ok(()) };
    let listing = || match known.len() {
        0 => "it has none".to_owned(),
        1..=MOST_LISTED => format!("it has {}", known.join(", ")),
        n_known => format!("it has {n_known} others"),
    };
    let help = did_you_mean(named, known.iter().copied(), listing);
    Err(AppError::NotInDeck { what, named: named.to_owned(), help })
}
