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
        let log = self.memory_log(deck, &self.items_of(deck)?)?;
        let mut studied: BTreeSet<StudyDay> = log.n_reviews.keys().copied().collect();
        let sittings = self.store.sittings()?;
        studied.extend(sittings.iter().filter(|row| row.deck == *id).map(|row| row.study_day));
        let cards = self.store.cards(id)?;
        let mut n_due = vec![0; FORECAST_DAYS];
        for row in &cards {
            let in_days = usize::try_from(row.card.due.days_since(today)).unwrap_or(0);
            if let Some(n) = n_due.get_mut(in_days) {
                *n += 1;
            }
        }
        Ok(ProgressSheet {
            deck: id.to_string(),
            title: deck.outline.title.clone(),
            today,
            streak: streak(today, &self.study_settings(id)?.days_off, |day| studied.contains(&day)),
            n_cards: cards.len(),
            n_due,
            predictions: log.forecast.recent().to_vec(),
            trust: log.forecast.trust(),
            n_reviews: log.n_reviews,
        })
    }
}
