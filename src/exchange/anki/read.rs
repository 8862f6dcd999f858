//! From a package to notes.

use std::io::Read;

use ruzstd::decoding::StreamingDecoder;

use crate::exchange::anki::collection::{Card, Collection};
use crate::exchange::anki::notes::{Sheet, drafts};
use crate::exchange::collect::Collector;
use crate::exchange::imported::{ImportError, Origin, PastCard, PastReview};
use crate::exchange::package::Package;

/// The collection under its names, the newest first: a package of the newest kind has an empty one under an older name.
const NAMES: &[&str] = &["collection.anki21b", "collection.anki21", "collection.anki2"];

/// Most bytes of a collection.
const MAX_COLLECTION: usize = 512 << 20;

/// Largest window of a compressed collection.
const MAX_WINDOW: u64 = 128 << 20;

/// Reads a package, or a collection by itself.
pub(in crate::exchange) fn read(bytes: &[u8], collector: &mut Collector<'_>) -> Result<(), ImportError> {
    let collection = Collection::read(database(bytes)?)?;
    let base = common_deck(&collection);
    if let Some(title) = base.last() {
        collector.title(title);
    }
    for note in &collection.notes {
        let Some(note_type) = collection.note_types.get(&note.kind) else {
            let what = note.fields.first().map_or("", String::as_str);
            collector.skip(&origin(note.id), what, "its note type is missing");
            continue;
        };
        let cards = collection.cards.get(&note.id).map_or(&[][..], Vec::as_slice);
        for sheet in drafts(note, note_type, cards, collector) {
            let Sheet { mut draft, template_idx } = sheet;
            let card = cards.iter().find(|card| card.template_idx == template_idx);
            draft.category = category(&collection, card.or(cards.first()), base.len());
            draft.tags.clone_from(&note.tags);
            if let (Some(id), Some(card)) = (collector.add(draft), card) {
                history(&collection, card, &id, collector);
            }
        }
    }
    Ok(())
}

/// A note has no line; its id finds it in Anki's browser, as `nid:`.
pub(in crate::exchange) fn origin(note_id: i64) -> Origin {
    Origin { entry: format!("nid:{note_id}"), line: 0 }
}

fn database(bytes: &[u8]) -> Result<Vec<u8>, ImportError> {
    if bytes.starts_with(b"SQLite format 3\0") {
        return Ok(bytes.to_vec());
    }
    let mut package = Package::open(bytes)?;
    for name in NAMES {
        if let Some(found) = package.read(name, MAX_COLLECTION)? {
            return if name.ends_with('b') { decompressed(&found) } else { Ok(found) };
        }
    }
    Err(ImportError::broken("the package has no collection"))
}

fn decompressed(bytes: &[u8]) -> Result<Vec<u8>, ImportError> {
    let broken =
        |error: &dyn std::fmt::Display| ImportError::broken(format!("the collection cannot be unpacked: {error}"));
    let decoder = StreamingDecoder::new_with_max_window_size(bytes, MAX_WINDOW).map_err(|error| broken(&error))?;
    let mut plain = Vec::new();
    let most = u64::try_from(MAX_COLLECTION).unwrap_or(u64::MAX);
    decoder.take(most + 1).read_to_end(&mut plain).map_err(|error| broken(&error))?;
    if plain.len() > MAX_COLLECTION {
        return Err(ImportError::too_large(format!("a collection may have {} MiB", MAX_COLLECTION >> 20)));
    }
    Ok(plain)
}

/// The deck that all cards are in.
fn common_deck(collection: &Collection) -> Vec<String> {
    let mut common: Option<Vec<String>> = None;
    for card in collection.cards.values().flatten() {
        let Some(deck) = collection.decks.get(&card.deck) else { continue };
        common = Some(match common {
            None => deck.clone(),
            Some(common) => common.into_iter().zip(deck).take_while(|(a, b)| a == *b).map(|(a, _)| a).collect(),
        });
    }
    common.unwrap_or_default()
}

/// The deck of a card below the common one.
fn category(collection: &Collection, card: Option<&Card>, n_common: usize) -> Vec<String> {
    let deck = card.and_then(|card| collection.decks.get(&card.deck));
    deck.map_or(Vec::new(), |deck| deck.iter().skip(n_common).cloned().collect())
}

/// Kinds of cards that have left learning: review and relearning.
const REVIEW: i64 = 2;
const RELEARNING: i64 = 3;

/// A day in seconds.
const DAY_SECS: i64 = 86_400;

fn history(collection: &Collection, card: &Card, id: &crate::base::ItemId, collector: &mut Collector<'_>) {
    for review in collection.reviews.get(&card.id).into_iter().flatten() {
        let is_answer = (1..=4).contains(&review.button);
        if let (true, Ok(button)) = (is_answer, u8::try_from(review.button)) {
            let answer_ms = u64::try_from(review.answer_ms).unwrap_or(0);
            collector.past_review(PastReview { item: id.clone(), at_ms: review.at_ms, button, answer_ms });
        }
    }
    let whole = |number: i64| u32::try_from(number).unwrap_or(0);
    if card.n_reviews > 0 && (card.kind == REVIEW || card.kind == RELEARNING) {
        collector.past_card(PastCard {
            item: id.clone(),
            interval_days: whole(card.interval_days),
            ease_permille: whole(card.ease_permille),
            due_secs: collection.made_at_secs.saturating_add(card.due.saturating_mul(DAY_SECS)),
            n_reviews: whole(card.n_reviews),
            n_lapses: whole(card.n_lapses),
        });
    }
}
