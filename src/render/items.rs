//! The item review as plain text: what was chosen, what is right, and why.

use crate::base::SafeText;
use crate::render::{ItemRow, ScoreSheet, clock};

/// Writes every item of a sitting with its choices and rationales, in the order of the form.
pub fn items_text(sheet: &ScoreSheet) -> String {
    let blocks: Vec<String> =
        sheet.items.iter().enumerate().map(|(position, item)| item_text(sheet, position, item)).collect();
    blocks.join("\n")
}

fn item_text(sheet: &ScoreSheet, position: usize, item: &ItemRow) -> String {
    let verdict = match (item.is_reached, item.is_right) {
        (false, _) => "not reached",
        (true, true) => "right",
        (true, false) if item.mark.chosen.is_empty() => "left blank",
        (true, false) => "wrong",
    };
    let domain = sheet.domains.get(item.domain_idx).map_or("", |domain| domain.title.as_str());
    let mut text = format!(
        "Question {} of {}: {verdict} ({}, {})\n{}\n",
        position + 1,
        sheet.items.len(),
        SafeText::one_line(domain),
        clock(item.spent),
        SafeText::new(item.question.stem.trim_end()),
    );
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
    text
}
