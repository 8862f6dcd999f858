//! What a learner does to cards beside answering them: suspend, bury, note; and what the log says of leeches.

use std::collections::BTreeMap;

use crate::app::{App, AppError, DrillSession, OpenDeck};
use crate::base::{ConceptId, DeckId, ItemId, StudyDay};
use crate::deck::{Answer, Ask, ItemBody, Question};
use crate::exam::MAX_NOTE_CHARS;
use crate::review::Card;
use crate::store::{Event, IndexedItem, Response, SetAside};

/// What is known of a card beside its item and its memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CardCare {
    /// The learner's note on the item; may be empty.
    pub note: String,
    /// What is known of a leech; `None` if the card is none.
    pub leech: Option<Leech>,
}

/// A card that was forgotten so often that another way of learning it is called for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leech {
    /// Times it was forgotten.
    pub n_lapses: u32,
    /// What was taken for right, the newest first.
    pub confusions: Vec<Confusion>,
}

/// Something wrong that was taken for right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confusion {
    /// The choice or the typed answer.
    pub text: String,
    /// How often.
    pub n_times: usize,
}

/// Answers among which it is counted what was taken for right.
const N_LOOKED_BACK: usize = 100;

/// A concept with its card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardListing {
    /// The concept.
    pub concept: ConceptId,
    /// Place of its domain in the deck's list.
    pub domain_idx: usize,
    /// The items that test it.
    pub items: Vec<ItemId>,
    /// Its card; `None` before the first answer.
    pub card: Option<Card>,
    /// Whether it is set aside today.
    pub set_aside: Option<SetAside>,
    /// The learner's notes on its items.
    pub notes: Vec<(ItemId, String)>,
}

impl Leech {
    /// Says that it is one: `Leech: forgotten 8 times.`
    pub fn words(&self) -> String {
        format!("Leech: forgotten {} times.", self.n_lapses)
    }
}

/// Says what was taken for right: `You chose EBS 4 times, EFS twice.` Empty where there is nothing to say.
pub fn confusion_words(confusions: &[Confusion]) -> String {
    let times = |confusion: &Confusion| match confusion.n_times {
        1 => format!("{} once", confusion.text),
        2 => format!("{} twice", confusion.text),
        n_times => format!("{} {n_times} times", confusion.text),
    };
    let words: Vec<String> = confusions.iter().map(times).collect();
    if words.is_empty() { String::new() } else { format!("You chose {}.", words.join(", ")) }
}

impl App {
    /// Leaves a concept out of the drill until [`App::unsuspend`]; `false` if it is already.
    pub fn suspend(&mut self, deck: &DeckId, item: &ItemId, concept: &ConceptId) -> Result<bool, AppError> {
        if self.is_suspended(deck, concept)? {
            return Ok(false);
        }
        self.record(&[Event::Suspended { deck: deck.clone(), item: item.clone(), concept: concept.clone() }])?;
        Ok(true)
    }

    /// Brings a suspended concept again; `false` if it is not suspended.
    pub fn unsuspend(&mut self, deck: &DeckId, item: &ItemId, concept: &ConceptId) -> Result<bool, AppError> {
        if !self.is_suspended(deck, concept)? {
            return Ok(false);
        }
        self.record(&[Event::Unsuspended { deck: deck.clone(), item: item.clone(), concept: concept.clone() }])?;
        Ok(true)
    }

    /// Leaves a concept out of the drill until the next study day; `false` if it is set aside already.
    pub fn bury(&mut self, deck: &DeckId, item: &ItemId, concept: &ConceptId) -> Result<bool, AppError> {
        if self.store.set_aside(deck, self.today())?.contains_key(concept) {
            return Ok(false);
        }
        self.record(&[Event::Buried { deck: deck.clone(), item: item.clone(), concept: concept.clone() }])?;
        Ok(true)
    }

    fn is_suspended(&self, deck: &DeckId, concept: &ConceptId) -> Result<bool, AppError> {
        let set_aside = self.store.set_aside(deck, self.today())?;
        Ok(matches!(set_aside.get(concept), Some(SetAside::Suspended { .. })))
    }

    /// Keeps the learner's note on an item, in place of an earlier one; an empty one takes it away. `false` if it is as
    /// it was.
    ///
    /// # Errors
    /// [`AppError::LongNote`] if it is longer than a note in the exam room may be.
    pub fn note_card(&mut self, deck: &DeckId, item: &ItemId, note: &str) -> Result<bool, AppError> {
        let note = note.trim();
        if note.chars().count() > MAX_NOTE_CHARS {
            return Err(AppError::LongNote { n_most: MAX_NOTE_CHARS });
        }
        if self.store.note(deck, item)? == note {
            return Ok(false);
        }
        self.record(&[Event::CardNoted { deck: deck.clone(), item: item.clone(), note: note.to_owned() }])?;
        Ok(true)
    }

    /// Returns all concepts of a deck with their cards, in the order of the deck.
    pub fn card_listings(&self, deck: &OpenDeck) -> Result<Vec<CardListing>, AppError> {
        let id = &deck.outline.id;
        let mut cards: BTreeMap<ConceptId, Card> =
            self.store.cards(id)?.into_iter().map(|row| (row.concept, row.card)).collect();
        let (set_aside, mut notes) = (self.store.set_aside(id, self.today())?, self.store.notes(id)?);
        let mut places: BTreeMap<ConceptId, usize> = BTreeMap::new();
        let mut listings: Vec<CardListing> = Vec::new();
        for IndexedItem { facts, .. } in self.items_of(deck)? {
            let at = *places.entry(facts.concept.clone()).or_insert_with(|| {
                listings.push(CardListing {
                    card: cards.remove(&facts.concept),
                    set_aside: set_aside.get(&facts.concept).copied(),
                    concept: facts.concept,
                    domain_idx: facts.domain_idx,
                    items: Vec::new(),
                    notes: Vec::new(),
                });
                listings.len() - 1
            });
            let note = notes.remove(&facts.id);
            listings[at].notes.extend(note.map(|note| (facts.id.clone(), note)));
            listings[at].items.push(facts.id);
        }
        Ok(listings)
    }

    /// Returns what was taken for right in the drill of a concept, and how often, the newest first: in its newest hundred
    /// answers, since it is told with each card that is shown.
    pub fn confusions(&self, deck: &DeckId, concept: &ConceptId) -> Result<Vec<Confusion>, AppError> {
        let mut confusions: Vec<Confusion> = Vec::new();
        for review in self.store.reviews_of(deck, concept, N_LOOKED_BACK)? {
            let Response::Answer { answer, is_right: false, .. } = &review.review.response else { continue };
            let ItemBody::Question(question) = self.store.content(review.review.content)? else { continue };
            for text in taken_for_right(&question, answer) {
                match confusions.iter_mut().find(|own| own.text == text) {
                    Some(own) => own.n_times += 1,
                    None => confusions.push(Confusion { text, n_times: 1 }),
                }
            }
        }
        Ok(confusions)
    }

    /// Returns what is known of a leech; `None` if `card` is none.
    pub(in crate::app) fn leech(
        &self,
        deck: &DeckId,
        concept: &ConceptId,
        card: Option<Card>,
    ) -> Result<Option<Leech>, AppError> {
        match card {
            Some(card) if card.is_leech() => {
                Ok(Some(Leech { n_lapses: card.n_lapses, confusions: self.confusions(deck, concept)? }))
            }
            Some(_) | None => Ok(None),
        }
    }
}

/// The parts of a wrong answer that have a text of their own.
fn taken_for_right(question: &Question, answer: &Answer) -> Vec<String> {
    match (&question.ask, answer) {
        (Ask::Choices { choices, .. }, Answer::Choices(chosen)) => {
            let wrong = choices.iter().enumerate().filter(|(idx, choice)| chosen.contains(*idx) && !choice.is_key);
            wrong.map(|(_, choice)| choice.text.clone()).collect()
        }
        (Ask::Typed(_), Answer::Text(text)) => vec![text.clone()],
        (Ask::Choices { .. } | Ask::Arrangement(_) | Ask::Typed(_), _) => Vec::new(),
    }
}

impl DrillSession<'_> {
    /// Suspends the concept on the screen and goes to the next card.
    ///
    /// # Errors
    /// [`AppError::NoOpenCard`] without a card on the screen.
    pub fn suspend(&mut self) -> Result<(), AppError> {
        let (item, concept) = self.shown_names()?;
        self.app.suspend(&self.deck.outline.id, &item, &concept)?;
        self.leave_out(&concept)
    }

    /// Buries the concept on the screen until the next study day and goes to the next card.
    ///
    /// # Errors
    /// [`AppError::NoOpenCard`] without a card on the screen.
    pub fn bury(&mut self) -> Result<(), AppError> {
        let (item, concept) = self.shown_names()?;
        self.app.bury(&self.deck.outline.id, &item, &concept)?;
        self.leave_out(&concept)
    }

    /// Keeps a note on an item of the deck; see [`App::note_card`].
    pub fn note(&mut self, item: &ItemId, note: &str) -> Result<bool, AppError> {
        let is_new = self.app.note_card(&self.deck.outline.id, item, note)?;
        self.read_note_again()?;
        Ok(is_new)
    }

    /// Returns the item that was answered last in this drill.
    pub fn last_answered(&self) -> Option<&ItemId> {
        self.last_answered.as_ref()
    }

    /// Reads the note on the card on the screen again.
    pub(in crate::app) fn read_note_again(&mut self) -> Result<(), AppError> {
        if let Some(shown) = &mut self.shown {
            shown.card.care.note = self.app.store.note(&self.deck.outline.id, &shown.card.item)?;
        }
        Ok(())
    }

    fn shown_names(&self) -> Result<(ItemId, ConceptId), AppError> {
        let shown = self.shown.as_ref().ok_or(AppError::NoOpenCard)?;
        Ok((shown.card.item.clone(), shown.row.concept.clone()))
    }

    fn leave_out(&mut self, concept: &ConceptId) -> Result<(), AppError> {
        let shown = self.shown.take().filter(|shown| shown.row.concept == *concept);
        self.look_again()?;
        if let Some(shown) = shown {
            self.queue.take_out(shown.worth.deck_place);
            self.set_aside.extend((!shown.is_answered).then_some(shown.worth));
        }
        self.advance()
    }
}

impl CardListing {
    /// Tells whether the drill would want the card on `today`.
    pub fn is_due(&self, today: StudyDay) -> bool {
        self.set_aside.is_none() && self.card.is_some_and(|card| card.is_due(today))
    }

    /// Tells whether anything ever happened to the concept in the drill.
    pub fn is_touched(&self) -> bool {
        self.card.is_some() || self.set_aside.is_some() || !self.notes.is_empty()
    }

    /// Tells whether the card is a leech.
    pub fn is_leech(&self) -> bool {
        self.card.is_some_and(|card| card.is_leech())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(confusions: &[(&str, usize)], expected: &str) {
        let confusion = |(text, n_times): &(&str, usize)| Confusion { text: (*text).to_owned(), n_times: *n_times };
        assert_eq!(confusion_words(&confusions.iter().map(confusion).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn confusions_are_counted_in_words() {
        check(&[], "");
        check(&[("EBS", 4), ("EFS", 2), ("S3", 1)], "You chose EBS 4 times, EFS twice, S3 once.");
    }
}
