//! The score report of a sitting.

use crate::app::decks::EMBEDDED;
use crate::app::{App, AppError};
use crate::base::DeckId;
use crate::deck::Credit;
use crate::exam::{Ending, ItemRole, Mark, retrace, time_away};
use crate::render::{DomainRow, DueDay, Freshness, ItemRow, ReportResult, ScoreSheet};
use crate::store::{PinnedDomain, StoreError, StoredSitting};

impl App {
    /// Returns the report of a sitting: the one with the number, or the newest that ended.
    ///
    /// # Errors
    /// [`AppError::NoSitting`] if there is none.
    pub fn report(&self, number: Option<u32>) -> Result<ScoreSheet, AppError> {
        let number = match number {
            Some(number) => number,
            None => self.newest_ended()?,
        };
        let stored = match self.store.load_sitting(number) {
            Err(StoreError::NotFound { .. }) => {
                return Err(AppError::NoSitting(format!("there is no sitting {number}")));
            }
            stored => stored?,
        };
        let mut sheet = self.sheet(&stored)?;
        self.annotate(&mut sheet)?;
        sheet.analysis = self.analysis(&stored, &sheet)?;
        Ok(sheet)
    }

    /// Puts in what became of the items after the sitting: doubts, and when their concepts come in the drill.
    fn annotate(&self, sheet: &mut ScoreSheet) -> Result<(), AppError> {
        let today = self.today();
        let mut doubts = self.doubts()?.remove(&sheet.deck).unwrap_or_default();
        let sent = self.store.sent_on(&sheet.deck, today)?;
        for item in &mut sheet.items {
            item.doubt = doubts.remove(&item.item);
            item.is_sent = sent.contains_key(&item.item);
            let card = self.store.card(&sheet.deck, &item.concept)?;
            item.due = card.map(|card| DueDay { day: card.due, in_days: card.due.days_since(today) });
        }
        Ok(())
    }

    fn newest_ended(&self) -> Result<u32, AppError> {
        let ended = self.store.sittings()?.into_iter().find(|row| row.ending.is_some());
        ended.map(|row| row.number).ok_or_else(|| AppError::NoSitting("no sitting has ended yet".to_owned()))
    }

    pub(in crate::app) fn sheet(&self, stored: &StoredSitting) -> Result<ScoreSheet, AppError> {
        let questions = self.questions_of(stored)?;
        let is_right = |position: usize, mark: &Mark| questions[position].is_right(&mark.answer);
        let moments = self.store.moments(stored.row.id)?;
        let work = retrace(stored.sitting.form(), &moments, is_right).items;
        let credits = stored.credits(&questions);
        let items: Vec<ItemRow> = questions
            .into_iter()
            .enumerate()
            .map(|(position, question)| {
                let pinned = &stored.start.items[position];
                let mark = stored.sitting.mark_at(position);
                ItemRow {
                    item: pinned.form_item.item.clone(),
                    concept: pinned.concept.clone(),
                    domain_idx: pinned.form_item.domain_idx,
                    role: pinned.form_item.role,
                    is_right: question.is_right(&mark.answer),
                    credit: credits[position],
                    question,
                    choice_order: pinned.form_item.choice_order.clone(),
                    mark,
                    note: stored.sitting.note_at(position).to_owned(),
                    is_reached: stored.sitting.is_reached(position),
                    work: work[position].clone(),
                    doubt: None,
                    is_sent: false,
                    due: None,
                }
            })
            .collect();
        Ok(ScoreSheet {
            number: stored.row.number,
            deck: stored.start.deck.clone(),
            deck_argument: deck_argument(&stored.start.deck),
            title: stored.start.title.clone(),
            kind: stored.start.kind,
            seed: stored.start.seed.0,
            started_at: self.clock.local(stored.row.started_at),
            ending: stored.row.ending,
            elapsed: stored.row.elapsed,
            limit: stored.start.limit,
            extra_time: stored.start.extra_time,
            tally: stored.sitting.tally(),
            domains: domain_rows(&stored.start.domains, &items),
            freshness: freshness(stored, &items),
            away: time_away(&moments),
            result: self.result(stored, &credits, &items)?,
            items,
            analysis: None,
        })
    }

    fn result(&self, stored: &StoredSitting, credits: &[Credit], items: &[ItemRow]) -> Result<ReportResult, AppError> {
        let reference = self.store.frozen_reference(&stored.start.deck, stored.start.revision)?;
        let counted = || ReportResult::Counted { n_right: items.iter().filter(|item| item.is_right).count() };
        Ok(match (stored.score(credits, reference.as_ref())?, stored.row.ending) {
            (Some(report), _) => ReportResult::Scored { report: Box::new(report), levels: stored.start.levels.clone() },
            (None, None | Some(Ending::Abandoned)) => ReportResult::None,
            (None, Some(Ending::Submitted | Ending::TimeUp | Ending::Unattended)) => counted(),
        })
    }
}

/// What follows a command that is meant for the deck.
pub(in crate::app) fn deck_argument(deck: &DeckId) -> String {
    if deck.as_str() == EMBEDDED { String::new() } else { format!(" {deck}") }
}

fn domain_rows(domains: &[PinnedDomain], items: &[ItemRow]) -> Vec<DomainRow> {
    let total: f64 = domains.iter().map(|domain| domain.weight.middle()).sum();
    let row = |(domain_idx, domain): (usize, &PinnedDomain)| {
        let own = items.iter().filter(|item| item.domain_idx == domain_idx && item.role == ItemRole::Scored);
        DomainRow {
            id: domain.id.to_string(),
            title: domain.title.clone(),
            weight: if total > 0.0 { domain.weight.middle() / total } else { 0.0 },
            n_right: own.clone().filter(|item| item.is_right).count(),
            n_items: own.count(),
        }
    };
    domains.iter().enumerate().map(row).collect()
}

fn freshness(stored: &StoredSitting, items: &[ItemRow]) -> Freshness {
    let mut freshness = Freshness { n_seen: 0, n_fresh: 0, n_fresh_right: 0 };
    for (item, pinned) in items.iter().zip(&stored.start.items).filter(|(item, _)| item.role == ItemRole::Scored) {
        if pinned.is_fresh {
            freshness.n_fresh += 1;
            freshness.n_fresh_right += usize::from(item.is_right);
        } else {
            freshness.n_seen += 1;
        }
    }
    freshness
}
