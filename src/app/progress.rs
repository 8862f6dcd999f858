//! How study of a deck went, and what is to come.

use std::collections::BTreeSet;

use crate::app::{App, AppError, OpenDeck};
use crate::base::StudyDay;
use crate::plan::streak;
use crate::render::{FORECAST_DAYS, ProgressSheet};

impl App {
    /// Returns how study of a deck went, and which cards fall due.
    pub fn progress(&self, deck: &OpenDeck) -> Result<ProgressSheet, AppError> {
        let (today, id) = (self.today(), &deck.outline.id);
        let appraiser = self.appraiser(deck, &self.domain_sizes(deck)?, None)?;
        let n_reviews = self.store.reviews_by_day(id)?;
        let mut studied: BTreeSet<StudyDay> = n_reviews.keys().copied().collect();
        let sittings = self.store.sittings()?;
        studied.extend(sittings.iter().filter(|row| row.deck == *id).map(|row| row.study_day));
        let cards = self.store.cards_by_due_day(id)?;
        let mut n_due = vec![0; FORECAST_DAYS];
        for (due, n_cards) in &cards {
            let in_days = usize::try_from(due.days_since(today)).unwrap_or(0);
            if let Some(n) = n_due.get_mut(in_days) {
                *n += n_cards;
            }
        }
        Ok(ProgressSheet {
            deck: id.to_string(),
            title: deck.outline.title.clone(),
            today,
            streak: streak(today, &self.study_settings(id)?.days_off, |day| studied.contains(&day)),
            n_cards: cards.values().sum(),
            n_due,
            predictions: appraiser.forecast().recent().to_vec(),
            trust: appraiser.forecast().trust(),
            n_reviews,
            trajectory: self.trajectory(deck)?,
        })
    }
}
