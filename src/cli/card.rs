//! `cutscore card`.

use serde_json::{Value, json};

use crate::app::{CardListing, Confusion, OpenDeck, SetAside, confusion_words};
use crate::base::{ItemId, SafeText, StudyDay};
use crate::cli::args::{CardArgs, CardCommand};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{write_json, write_out};
use crate::render::{SCHEMA, days_ahead, plural};
use crate::review::Card;

/// Runs a command about cards.
pub(in crate::cli) fn run(context: &mut Context, command: &CardCommand) -> Result<(), CliError> {
    match command {
        CardCommand::List { deck, suspended, leeches, due } => {
            let deck = context.open_deck(deck.deck.as_deref())?;
            let today = context.app.today();
            let mut listings = context.app.card_listings(&deck)?;
            listings.retain(|own| {
                let is_suspended = matches!(own.set_aside, Some(SetAside::Suspended { .. }));
                let wanted = [(*suspended, is_suspended), (*leeches, own.is_leech()), (*due, own.is_due(today))];
                own.is_touched() && wanted.iter().all(|(is_asked, is_so)| !is_asked || *is_so)
            });
            list(context, &deck, &listings, today)
        }
        CardCommand::Show(args) => {
            let (deck, listing) = named(context, args)?;
            show(context, &deck, &listing)
        }
        CardCommand::Suspend(args) => {
            let (deck, listing) = named(context, args)?;
            let item = item_of(&listing, args);
            let is_new = context.app.suspend(&deck.outline.id, &item, &listing.concept)?;
            done(context, &listing, "suspended", is_new, "The drill leaves it out until `cutscore card unsuspend`.")
        }
        CardCommand::Unsuspend(args) => {
            let (deck, listing) = named(context, args)?;
            let item = item_of(&listing, args);
            if !context.app.unsuspend(&deck.outline.id, &item, &listing.concept)? {
                return Err(CliError::NotFound(format!("the card `{}` is not suspended", listing.concept)));
            }
            done(context, &listing, "unsuspended", true, "The drill brings it again.")
        }
        CardCommand::Bury(args) => {
            let (deck, listing) = named(context, args)?;
            let item = item_of(&listing, args);
            let is_new = context.app.bury(&deck.outline.id, &item, &listing.concept)?;
            done(context, &listing, "buried", is_new, "The drill leaves it out until the next study day.")
        }
        CardCommand::Note { card, text } => {
            let (deck, listing) = named(context, card)?;
            let item = item_of(&listing, card);
            context.app.note_card(&deck.outline.id, &item, text)?;
            if context.json {
                return write_json(&json!({"schema": SCHEMA, "noted": item.as_str(), "note": text.trim()}));
            }
            write_out(&format!("The note on `{item}` is {}.\n", if text.trim().is_empty() { "empty" } else { "kept" }))
        }
    }
}

/// The card that is named by an item or a concept.
fn named(context: &mut Context, args: &CardArgs) -> Result<(OpenDeck, CardListing), CliError> {
    let deck = context.open_deck(args.deck.deck.as_deref())?;
    let mut listings = context.app.card_listings(&deck)?;
    let by_item = listings.iter().position(|own| own.items.iter().any(|item| item.as_str() == args.item));
    let found = by_item.or_else(|| listings.iter().position(|own| own.concept.as_str() == args.item));
    let unknown = || format!("the deck has no item or concept `{}`", SafeText::one_line(&args.item));
    let at = found.ok_or_else(|| CliError::NotFound(unknown()))?;
    Ok((deck, listings.swap_remove(at)))
}

/// The item that was named, or the first one of the concept that was.
fn item_of(listing: &CardListing, args: &CardArgs) -> ItemId {
    let named = listing.items.iter().find(|item| item.as_str() == args.item);
    named.unwrap_or(&listing.items[0]).clone()
}

fn done(context: &Context, listing: &CardListing, what: &str, is_new: bool, then: &str) -> Result<(), CliError> {
    let concept = &listing.concept;
    if context.json {
        return write_json(&json!({"schema": SCHEMA, what: concept.as_str(), "changed": is_new}));
    }
    write_out(&if is_new {
        format!("`{concept}` is {what}. {then} `cutscore undo` takes this back.\n")
    } else {
        format!("`{concept}` is left out already.\n")
    })
}

fn list(context: &Context, deck: &OpenDeck, listings: &[CardListing], today: StudyDay) -> Result<(), CliError> {
    if context.json {
        let cards: Vec<Value> = listings.iter().map(|own| listing_json(deck, own, today)).collect();
        return write_json(&json!({"schema": SCHEMA, "cards": cards}));
    }
    let mut text = format!("{}.\n", plural(listings.len(), "card", "cards"));
    for listing in listings {
        text.push_str(&format!("{}: {}\n", listing.concept, standing(listing, today).join(", ")));
    }
    write_out(&text)
}

fn show(context: &Context, deck: &OpenDeck, listing: &CardListing) -> Result<(), CliError> {
    let today = context.app.today();
    let confusions = context.app.confusions(&deck.outline.id, &listing.concept)?;
    if context.json {
        let mut value = listing_json(deck, listing, today);
        let confusion = |own: &Confusion| json!({"text": own.text, "times": own.n_times});
        value["schema"] = json!(SCHEMA);
        value["confusions"] = confusions.iter().map(confusion).collect();
        return write_json(&value);
    }
    let domain = SafeText::one_line(&deck.outline.domains[listing.domain_idx].title);
    let mut text = format!("{} ({domain}): {}\n", listing.concept, standing(listing, today).join(", "));
    let items: Vec<&str> = listing.items.iter().map(ItemId::as_str).collect();
    text.push_str(&format!("{} {}\n", if items.len() == 1 { "Item" } else { "Items" }, items.join(", ")));
    for (item, note) in &listing.notes {
        text.push_str(&format!("Your note on {item}: {}\n", SafeText::one_line(note)));
    }
    if !confusions.is_empty() {
        text.push_str(&format!("{}\n", SafeText::one_line(&confusion_words(&confusions))));
    }
    write_out(&text)
}

/// How a card stands, in some words.
fn standing(listing: &CardListing, today: StudyDay) -> Vec<String> {
    let mut words = Vec::new();
    match listing.set_aside {
        Some(SetAside::Suspended { since }) => words.push(format!("suspended since {since}")),
        Some(SetAside::Buried) => words.push("buried until the next study day".to_owned()),
        None => {}
    }
    match listing.card {
        Some(card) => words.extend(memory_words(&card, today)),
        None => words.push("new".to_owned()),
    }
    if !listing.notes.is_empty() {
        words.push("noted".to_owned());
    }
    words
}

fn memory_words(card: &Card, today: StudyDay) -> [String; 4] {
    let due = if card.repeat_on == Some(today) { today } else { card.due };
    let (days, lapses) = (card.memory.interval_days, card.n_lapses);
    let number = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    [
        format!("due {}", days_ahead(due.days_since(today))),
        format!("interval {}", plural(number(days), "day", "days")),
        format!("ease {}.{:02}", card.memory.ease.hundredths() / 100, card.memory.ease.hundredths() % 100),
        format!("{}{}", plural(number(lapses), "lapse", "lapses"), if card.is_leech() { ": a leech" } else { "" }),
    ]
}

fn listing_json(deck: &OpenDeck, listing: &CardListing, today: StudyDay) -> Value {
    let since = match listing.set_aside {
        Some(SetAside::Suspended { since }) => Some(since.to_string()),
        Some(SetAside::Buried) | None => None,
    };
    let card = listing.card;
    json!({
        "concept": listing.concept.as_str(),
        "domain": deck.outline.domains[listing.domain_idx].id.as_str(),
        "items": listing.items.iter().map(ItemId::as_str).collect::<Vec<_>>(),
        "due": card.map(|card| card.due.to_string()),
        "is_due": listing.is_due(today),
        "repetition": card.map(|card| card.memory.repetition),
        "interval_days": card.map(|card| card.memory.interval_days),
        "ease_hundredths": card.map(|card| card.memory.ease.hundredths()),
        "lapses": card.map(|card| card.n_lapses),
        "is_leech": listing.is_leech(),
        "suspended_since": since,
        "is_buried": listing.set_aside == Some(SetAside::Buried),
        "notes": listing.notes.iter().map(|(item, note)| json!({"item": item.as_str(), "note": note})).collect::<Vec<_>>(),
    })
}
