//! Decks from and for other programs.

mod anki_package;
mod cells;
mod commands;
mod history;
mod hostile;
mod irregular;
mod other_cells;
mod round_trip;
mod table;
mod text_cells;

use cutscore::deck::{Ask, Choice, Deck, Difficulty, Item, ItemBody, ShuffleChoices, Slot};
use cutscore::exchange::{ImportFormat, Imported, deck_files, deck_yaml, import_deck};
use cutscore::format::{SourceFile, read_deck};

/// Imports what must be readable.
#[track_caller]
pub(crate) fn imported(bytes: &[u8], format: Option<ImportFormat>) -> Imported {
    import_deck("bank", bytes, format, &mut |_| {}).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads a deck's YAML again; it must be without error.
#[track_caller]
pub(crate) fn reread(yaml: &str) -> Deck {
    reread_files(&[yaml.to_owned()])
}

/// Reads the files of a deck again.
#[track_caller]
fn reread_files(texts: &[String]) -> Deck {
    let source = |(idx, text): (usize, &String)| SourceFile {
        name: if idx == 0 { "bank.yaml".to_owned() } else { format!("{idx}.yaml") },
        bytes: text.clone().into_bytes().into(),
    };
    let reading = read_deck(&texts.iter().enumerate().map(source).collect::<Vec<_>>());
    let errors: Vec<String> = reading
        .findings
        .iter()
        .map(|finding| format!("{}:{} {} {}", finding.line, finding.code, finding.message, finding.help))
        .collect();
    reading.deck.unwrap_or_else(|| panic!("{}\n{}", errors.join("\n"), texts.join("\n")))
}

/// Holds that the YAML of an import is the import, in one file and in several.
#[track_caller]
pub(crate) fn check_yaml(imported: &Imported) {
    if imported.deck.items.is_empty() {
        return;
    }
    let yaml = deck_yaml(&imported.deck);
    assert_eq!(reread(&yaml), imported.deck, "\n{yaml}");
    for most_bytes in [1, 1 + yaml.len() / 3] {
        let files = deck_files(&imported.deck, most_bytes);
        assert_eq!(reread_files(&files), imported.deck, "\n{}", files.join("\n"));
        assert!(most_bytes == 1 || imported.deck.items.len() < 9 || files.iter().all(|file| file.len() <= most_bytes));
    }
}

/// Writes an item on one line.
pub(crate) fn wording(imported: &Imported, item: &Item) -> String {
    let facts = &item.facts;
    let mut words = match &item.body {
        ItemBody::Question(question) => format!("{} {}", question.stem, ask_wording(&question.ask)),
        ItemBody::Flashcard(card) => format!("{} => {}", card.front, card.back),
        ItemBody::Cloze(cloze) => format!("cloze {}", cloze.text),
    };
    for link in item.body.refs() {
        words.push_str(&format!(" <{link}>"));
    }
    let domain = &imported.deck.outline.domains[facts.domain_idx];
    if domain.id.as_str() != "all" {
        words.push_str(&format!(" @{}", domain.id));
    }
    if let Some(task) = &facts.task {
        words.push_str(&format!("/{task}"));
    }
    match facts.difficulty {
        Some(Difficulty::Effort(effort)) => words.push_str(&format!(" !{effort:?}")),
        Some(Difficulty::Level(level)) => words.push_str(&format!(" !{level}")),
        _ => {}
    }
    for tag in &item.notes.tags {
        words.push_str(&format!(" #{tag}"));
    }
    if !facts.id.as_str().starts_with("q-") {
        words.push_str(&format!(" ={}", facts.id));
    }
    words.replace("\\\n", "\u{21b5}").replace('\n', "\u{b6}")
}

fn because(why: Option<&String>) -> String {
    why.map_or(String::new(), |why| format!(" ({why})"))
}

fn ask_wording(ask: &Ask) -> String {
    match ask {
        Ask::Choices { choices, shuffle } => {
            let choice = |choice: &Choice| {
                let mark = if choice.is_key { '+' } else { '-' };
                format!("| {mark}{}{}", choice.text, because(choice.why.as_ref()))
            };
            let fixed = if *shuffle == ShuffleChoices::No { " fixed" } else { "" };
            choices.iter().map(choice).collect::<Vec<_>>().join(" ") + fixed
        }
        Ask::Arrangement(arrangement) => {
            let slot = |slot: &Slot| match &slot.label {
                Some(label) => format!("| {label} -> {}{}", slot.key, because(slot.why.as_ref())),
                None => format!("> {}{}", slot.key, because(slot.why.as_ref())),
            };
            let slots: Vec<String> = arrangement.slots.iter().map(slot).collect();
            let extra = arrangement.extra.iter().map(|text| format!(" | -{text}")).collect::<Vec<_>>().concat();
            format!("{}{extra}{}", slots.join(" "), because(arrangement.why.as_ref()))
        }
        Ask::Typed(typed) => {
            let shown = typed.shown.as_ref().map_or(String::new(), |shown| format!(" as {shown}"));
            format!("= {}{shown}{}", typed.accept.join(", "), because(typed.why.as_ref()))
        }
    }
}

/// Compares the items, what was skipped and what was changed, each on a line of its own.
#[track_caller]
pub(crate) fn check(bytes: &[u8], format: Option<ImportFormat>, items: &[&str], remarks: &[&str]) {
    let imported = imported(bytes, format);
    let found: Vec<String> = imported.deck.items.iter().map(|item| wording(&imported, item)).collect();
    let mut said: Vec<String> = imported
        .skipped
        .iter()
        .map(|remark| format!("{}: {}: {}", remark.origin, remark.what, remark.reason))
        .collect();
    said.extend(imported.notices.iter().map(|remark| format!("{}! {}", remark.origin, remark.reason)));
    assert_eq!(found, items, "\nremarks: {said:#?}");
    assert_eq!(said, remarks);
    check_yaml(&imported);
}
