//! What was learnt in another program becomes part of the learner's history.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration};

use crate::app::{App, AppError};
use crate::base::{ConceptId, DeckId, ItemId};
use crate::deck::Item;
use crate::exchange::{History, PastCard, PastReview};
use crate::review::{Card, EaseFactor, Grade, MAX_INTERVAL_DAYS, Memory, Rating};
use crate::store::{CardImported, Event, ReviewImported};

/// What was taken over of a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HistoryTaken {
    /// Reviews that are new here.
    pub n_reviews: usize,
    /// Cards whose state is new here.
    pub n_cards: usize,
    /// Reviews and cards that were taken over before.
    pub n_known: usize,
}

/// Due days of other programs begin in the small hours; half a day later it is surely that day, whatever the clocks did.
const HALF_A_DAY: Duration = Duration::hours(12);

impl App {
    /// Takes over what another program knows of a deck's items. What was taken over before is left out, so that importing
    /// a file twice adds nothing; a card that was reviewed here since keeps its own state.
    pub fn take_history(&mut self, deck: &DeckId, items: &[Item], history: &History) -> Result<HistoryTaken, AppError> {
        let concepts: BTreeMap<&ItemId, &ConceptId> =
            items.iter().map(|item| (&item.facts.id, &item.facts.concept)).collect();
        let known = self.store.already_imported(deck)?;
        let mut taken = HistoryTaken::default();
        let mut events = Vec::new();
        let mut by_item: BTreeMap<&ItemId, Vec<&PastReview>> = BTreeMap::new();
        for review in &history.reviews {
            by_item.entry(&review.item).or_default().push(review);
            let Some(event) = self.review_of(deck, &concepts, review) else { continue };
            if known.reviews.contains(&(review.item.clone(), review.at_ms)) {
                taken.n_known += 1;
            } else {
                taken.n_reviews += 1;
                events.push(Event::ReviewImported(Box::new(event)));
            }
        }
        let known_cards: BTreeMap<&ItemId, &CardImported> = known.cards.iter().map(|own| (&own.item, own)).collect();
        for card in &history.cards {
            let reviews = by_item.get(&card.item).map_or(&[][..], Vec::as_slice);
            let Some(event) = self.card_of(deck, &concepts, card, reviews) else { continue };
            if known_cards.get(&card.item).is_some_and(|own| **own == event) {
                taken.n_known += 1;
            } else {
                taken.n_cards += 1;
                events.push(Event::CardImported(Box::new(event)));
            }
        }
        if !events.is_empty() {
            self.record(&events)?;
        }
        Ok(taken)
    }

    fn review_of(
        &self,
        deck: &DeckId,
        concepts: &BTreeMap<&ItemId, &ConceptId>,
        review: &PastReview,
    ) -> Option<ReviewImported> {
        Some(ReviewImported {
            deck: deck.clone(),
            item: review.item.clone(),
            concept: (*concepts.get(&review.item)?).clone(),
            at_ms: review.at_ms,
            study_day: self.study_day(DateTime::from_timestamp_millis(review.at_ms)?),
            answer_ms: review.answer_ms,
            grade: grade_of(review.button)?,
        })
    }

    fn card_of(
        &self,
        deck: &DeckId,
        concepts: &BTreeMap<&ItemId, &ConceptId>,
        past: &PastCard,
        reviews: &[&PastReview],
    ) -> Option<CardImported> {
        let due = DateTime::from_timestamp(past.due_secs, 0)?.checked_add_signed(HALF_A_DAY)?;
        let last_review = reviews.last().and_then(|last| DateTime::from_timestamp_millis(last.at_ms));
        let card = Card {
            memory: memory_of(past, reviews),
            due: self.study_day(due),
            n_lapses: past.n_lapses,
            last_review: last_review.map(|at| self.study_day(at)),
            introduced_on: None,
            repeat_on: None,
        };
        let concept = (*concepts.get(&past.item)?).clone();
        Some(CardImported { deck: deck.clone(), item: past.item.clone(), concept, card })
    }
}

/// The buttons Again, Hard, Good and Easy are the ratings of a flashcard.
fn grade_of(button: u8) -> Option<Grade> {
    let rating = match button {
        1 => Rating::Again,
        2 => Rating::Hard,
        3 => Rating::Good,
        4 => Rating::Easy,
        _ => return None,
    };
    Some(rating.grade())
}

/// The state of SM-2 that goes on as the other program would: its interval, its ease where it keeps one, and so many
/// right answers in a row that the interval is stretched from now on.
fn memory_of(past: &PastCard, reviews: &[&PastReview]) -> Memory {
    let n_right = reviews.iter().rev().take_while(|review| review.button > 1).count();
    let least = match past.interval_days {
        0 => 0,
        1..6 => 1,
        _ => 2,
    };
    Memory {
        repetition: u32::try_from(n_right).unwrap_or(u32::MAX).max(least),
        interval_days: past.interval_days.min(MAX_INTERVAL_DAYS),
        ease: match past.ease_permille {
            0 => EaseFactor::START,
            permille => EaseFactor::from_hundredths(permille / 10),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(interval_days: u32, ease_permille: u32) -> PastCard {
        let item = ItemId::new("a").expect("an id");
        PastCard { item, interval_days, ease_permille, due_secs: 0, n_reviews: 3, n_lapses: 1 }
    }

    #[test]
    fn a_card_goes_on_from_its_interval_and_ease() {
        let memory = memory_of(&past(12, 2300), &[]);
        assert_eq!((memory.repetition, memory.interval_days, memory.ease.hundredths()), (2, 12, 230));
        assert_eq!(memory.after(Grade::Four).interval_days, 28);
        assert_eq!(memory_of(&past(1, 0), &[]).ease, EaseFactor::START);
        assert_eq!(grade_of(0), None);
        assert_eq!(grade_of(1).map(Grade::number), Some(1));
    }
}
