//! JSON.

use serde_json::{Value, json};

use crate::base::ItemId;
use crate::deck::{Ask, Choice, Deck, Difficulty, Domain, Item, ItemBody, ShuffleChoices, Slot};
use crate::exchange::write::export::ExportError;
use crate::exchange::yaml::{effort_word, skill_word, status_word};

/// Version of the shape.
const SCHEMA: u32 = 1;

/// Writes the items with the keys that decks have.
pub(in crate::exchange) fn write(deck: &Deck) -> Result<Vec<u8>, ExportError> {
    let outline = &deck.outline;
    let domain = |domain: &Domain| {
        let tasks: Vec<Value> =
            domain.tasks.iter().map(|task| json!({"id": task.id.as_str(), "title": task.title})).collect();
        json!({"id": domain.id.as_str(), "title": domain.title, "weight": domain.weight.middle(), "tasks": tasks})
    };
    let page = json!({
        "schema": SCHEMA,
        "id": outline.id.as_str(),
        "title": outline.title,
        "domains": outline.domains.iter().map(domain).collect::<Vec<_>>(),
        "questions": deck.items.iter().map(|own| item(deck, own)).collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&page).map_err(ExportError::new)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn item(deck: &Deck, item: &Item) -> Value {
    let facts = &item.facts;
    let mut value = json!({"id": facts.id.as_str(), "concept": facts.concept.as_str()});
    if let Some(domain) = deck.outline.domains.get(facts.domain_idx) {
        value["domain"] = json!(domain.id.as_str());
    }
    if let Some(task) = &facts.task {
        value["task"] = json!(task.as_str());
    }
    match facts.difficulty {
        Some(Difficulty::Effort(effort)) => value["difficulty"] = json!(effort_word(effort)),
        Some(Difficulty::Level(level)) => value["difficulty"] = json!(level),
        Some(Difficulty::Logits(logits)) => value["logits"] = json!(logits),
        Some(Difficulty::Angoff(share)) => value["angoff"] = json!(share.value()),
        Some(Difficulty::Measured(own)) => value["measured"] = json!({"logits": own.logits, "error": own.error}),
        None => {}
    }
    if let Some(skill) = facts.skill {
        value["skill"] = json!(skill_word(skill));
    }
    if !item.facts.is_live() {
        value["status"] = json!(status_word(facts.status));
    }
    if !facts.enemies.is_empty() {
        value["enemies"] = facts.enemies.iter().map(ItemId::as_str).collect();
    }
    notes(item, &mut value);
    if !item.body.refs().is_empty() {
        value["refs"] = json!(item.body.refs());
    }
    match &item.body {
        ItemBody::Flashcard(card) => {
            value["front"] = json!(card.front);
            value["back"] = json!(card.back);
        }
        ItemBody::Cloze(cloze) => value["cloze"] = json!(cloze.text),
        ItemBody::Question(question) => {
            if let Some(stimulus) = &question.stimulus {
                value["stimulus"] = json!(stimulus);
            }
            value["stem"] = json!(question.stem);
            ask(&question.ask, &mut value);
        }
    }
    value
}

fn notes(item: &Item, value: &mut Value) {
    let notes = &item.notes;
    if !notes.tags.is_empty() {
        value["tags"] = json!(notes.tags);
    }
    if !notes.authors.is_empty() {
        value["author"] = json!(notes.authors);
    }
    if let Some(source) = &notes.source {
        value["source"] = json!(source);
    }
    if let Some(reviewed) = notes.reviewed {
        value["reviewed"] = json!(reviewed.to_string());
    }
    if let Some(guide) = &notes.guide {
        value["guide"] = json!(guide);
    }
}

fn ask(ask: &Ask, value: &mut Value) {
    match ask {
        Ask::Choices { choices, shuffle } => {
            let choice = |own: &Choice| json!({"text": own.text, "correct": own.is_key, "why": own.why});
            value["choices"] = choices.iter().map(choice).collect();
            value["shuffle"] = json!(*shuffle == ShuffleChoices::Yes);
        }
        Ask::Arrangement(arrangement) => {
            let is_ordering = arrangement.is_ordering();
            let slot = |own: &Slot| match &own.label {
                None => json!({"text": own.key, "why": own.why}),
                Some(label) => json!({"left": label, "right": own.key, "why": own.why}),
            };
            value[if is_ordering { "order" } else { "match" }] = arrangement.slots.iter().map(slot).collect();
            value["wrong"] = json!(arrangement.extra);
            value["why"] = json!(arrangement.why);
        }
        Ask::Typed(typed) => {
            value["accept"] = json!(typed.accept);
            value["answer"] = json!(typed.shown);
            value["why"] = json!(typed.why);
        }
    }
}
