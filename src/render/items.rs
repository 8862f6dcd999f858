//! The questions of a sitting one by one, as plain text: what was chosen, what is right and why, and how it was worked on.

use crate::base::SafeText;
use crate::deck::{Answer, Ask};
use crate::exam::{AnswerChanges, Confidence, ItemFilter, ItemRole};
use crate::render::solution::solution_lines;
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
    text.push_str(&format!("{}\n", SafeText::new(item.question.prompt().trim_end())));
    for line in solution_lines(&item.question, &item.choice_order, &item.mark.answer) {
        text.push_str(&format!("  {line}\n"));
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
        (true, false) if item.mark.answer.is_blank() => "left blank",
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
    match &item.question.ask {
        Ask::Choices { .. } | Ask::Arrangement(_) => {
            if !item.mark.answer.is_blank() {
                facts.push(format!("Your answer: {}.", in_a_row(&item.parts(&item.mark.answer))));
            }
            facts.push(format!("Right answer: {}.", in_a_row(&item.key_parts())));
        }
        // The lines of the solution say both.
        Ask::Typed(_) => {}
    }
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

/// Writes the parts of an answer as they are typed: `a d`, `c - b`, or the text.
fn in_a_row(parts: &[Option<String>]) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.as_deref().unwrap_or("-")).collect();
    SafeText::one_line(&parts.join(" ")).to_string()
}

/// Says what else there is to know of an item, in sentences: the candidate's note, changed answers, doubts, when it comes in the drill.
pub fn item_notes(item: &ItemRow, letter_case: LetterCase) -> Vec<String> {
    let mut notes = Vec::new();
    if !item.note.is_empty() {
        notes.push(format!("Your note: {}", SafeText::one_line(&item.note)));
    }
    let changes = item.work.changes;
    if changes != AnswerChanges::default() {
        let first = item.first_answer();
        let words = in_a_row(&item.parts(&first));
        let first = match (letter_case, first) {
            (LetterCase::Upper, Answer::Choices(_) | Answer::Placed(_)) => words.to_uppercase(),
            (LetterCase::Upper | LetterCase::Lower, _) => words,
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
