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
        let mut cards = self.store.cards_by_due_day(id)?;
        let n_cards = cards.values().sum();
        let due_today = self.due_today(deck)?;
        // What must come again today is not counted a second time on its own day.
        for day in &due_today.repeats {
            cards.entry(*day).and_modify(|n| *n -= 1);
        }
        let mut n_due = vec![due_today.n_cards()];
        n_due.extend((1_u32..).take(FORECAST_DAYS - 1).map(|n| cards.get(&today.plus(n)).copied().unwrap_or(0)));
        Ok(ProgressSheet {
            deck: id.to_string(),
            title: deck.outline.title.clone(),
            today,
            streak: streak(today, &self.study_settings(id)?.days_off, |day| studied.contains(&day)),
            n_cards,
            n_due,
            predictions: appraiser.forecast().recent().to_vec(),
            trust: appraiser.forecast().trust(),
            n_reviews,
            trajectory: self.trajectory(deck)?,
        })
    }
}
