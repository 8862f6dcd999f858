//! The questions of a sitting one by one, as plain text: what was chosen, what is right and why, and how it was worked on.

use crate::base::SafeText;
use crate::exam::{AnswerChanges, Confidence, ItemFilter, ItemRole};
use crate::render::words::times;
use crate::render::work::change_words;
use crate::render::{ItemRow, ScoreSheet, clock, days_ahead, plural};

/// Writes the items that `filter` keeps with their choices and rationales, in the order of the form, one fact a line.
pub fn items_text(sheet: &ScoreSheet, filter: ItemFilter) -> String {
    let kept = sheet.items.iter().enumerate().filter(|(_, item)| item.is_kept_by(filter));
    let blocks: Vec<String> = kept.map(|(position, item)| item_text(sheet, position, item)).collect();
    let questions = plural(sheet.items.len(), "question", "questions");
    let count = match filter {
        ItemFilter::All => return blocks.join("\n"),
        ItemFilter::Wrong | ItemFilter::Guessed | ItemFilter::Flagged | ItemFilter::Doubtful => {
            format!("{} of {questions} {}.\n", blocks.len(), filter.words())
        }
    };
    [vec![count], blocks].concat().join("\n")
}

fn item_text(sheet: &ScoreSheet, position: usize, item: &ItemRow) -> String {
    let domain = sheet.domains.get(item.domain_idx).map_or("", |domain| domain.title.as_str());
    let mut text = format!(
        "Question {} of {}: {}.\nItem {} in {}.\n",
        position + 1,
        sheet.items.len(),
        verdict(item),
        item.item,
        SafeText::one_line(domain),
    );
    text.push_str(&format!("{}\n", SafeText::new(item.question.stem.trim_end())));
    for (place, choice_idx) in item.choice_order.iter().enumerate() {
        let Some(choice) = item.question.choices.get(*choice_idx) else { continue };
        let letter = ('a'..='z').nth(place).unwrap_or('?');
        let said = match (choice.is_key, item.mark.chosen.contains(*choice_idx)) {
            (true, true) => "  [right, your choice]",
            (true, false) => "  [right]",
            (false, true) => "  [your choice]",
            (false, false) => "",
        };
        text.push_str(&format!("  {letter}) {}{said}\n", SafeText::one_line(&choice.text)));
        if let Some(why) = &choice.why {
            text.push_str(&format!("     {}\n", SafeText::one_line(why)));
        }
    }
    for link in &item.question.refs {
        text.push_str(&format!("  see {}\n", SafeText::one_line(link)));
    }
    for fact in item_facts(item).into_iter().chain(item_notes(item, LetterCase::Lower)) {
        text.push_str(&format!("{fact}\n"));
    }
    text
}

/// Says what came of an item: `right`, `wrong`, `left blank` or `not reached`.
fn verdict(item: &ItemRow) -> &'static str {
    match (item.is_reached, item.is_right) {
        (false, _) => "not reached",
        (true, true) => "right",
        (true, false) if item.mark.chosen.is_empty() => "left blank",
        (true, false) => "wrong",
    }
}

/// Says an item's verdict and marks in one line: `wrong · guess · 1:05 · flagged · unscored`.
pub fn item_headline(item: &ItemRow) -> String {
    let mut parts = vec![verdict(item).to_owned()];
    if item.mark.confidence != Confidence::Unstated {
        parts.push(item.mark.confidence.label().to_owned());
    }
    if item.is_reached {
        parts.push(clock(item.work.spent));
    }
    if item.mark.is_flagged {
        parts.push("flagged".to_owned());
    }
    if item.role == ItemRole::Unscored {
        parts.push("unscored".to_owned());
    }
    parts.join(" · ")
}

/// The answer, the key and the parts of the headline as sentences of their own, without the verdict.
fn item_facts(item: &ItemRow) -> Vec<String> {
    let mut facts = Vec::new();
    if !item.mark.chosen.is_empty() {
        facts.push(format!("Your answer: {}.", in_a_row(&item.letters(item.mark.chosen))));
    }
    facts.push(format!("Right answer: {}.", in_a_row(&item.letters(item.question.key()))));
    if item.is_reached {
        facts.push(format!("Time: {}.", clock(item.work.spent)));
    }
    if item.mark.confidence != Confidence::Unstated {
        facts.push(format!("You said: {}.", item.mark.confidence.label()));
    }
    if item.mark.is_flagged {
        facts.push("Flagged.".to_owned());
    }
    if item.role == ItemRole::Unscored {
        facts.push("Unscored: it counts in no score and no level.".to_owned());
    }
    facts
}

/// How the letters of choices stand beside the sentences about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterCase {
    /// As in lines: `a`.
    Lower,
    /// As on the screen: `A`.
    Upper,
}

/// Writes letters as they are typed: `a d`.
fn in_a_row(letters: &[char]) -> String {
    letters.iter().map(char::to_string).collect::<Vec<_>>().join(" ")
}

/// Says what else there is to know of an item, in sentences: the candidate's note, changed answers, doubts, when it comes in the drill.
pub fn item_notes(item: &ItemRow, letter_case: LetterCase) -> Vec<String> {
    let mut notes = Vec::new();
    if !item.note.is_empty() {
        notes.push(format!("Your note: {}", SafeText::one_line(&item.note)));
    }
    let changes = item.work.changes;
    if changes != AnswerChanges::default() {
        let first = match letter_case {
            LetterCase::Lower => in_a_row(&item.first_answer()),
            LetterCase::Upper => in_a_row(&item.first_answer()).to_uppercase(),
        };
        let words = change_words(changes);
        notes.push(format!("First answer {first}, changed {}: {words}.", times(changes.n())));
    }
    if let Some(doubt) = &item.doubt {
        let reason = SafeText::one_line(&doubt.reason);
        let colon = if doubt.reason.is_empty() { "." } else { ": " };
        notes.push(format!("Reported as doubtful on {}{colon}{reason}", doubt.since));
    }
    if let Some(due) = item.due {
        let sent = if item.is_sent { "Sent to the drill" } else { "In the drill" };
        notes.push(format!("{sent}: due {}.", days_ahead(due.in_days)));
    }
    notes
}
