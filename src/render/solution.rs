//! What a question offered, what was answered and what is right, line by line.

use crate::base::SafeText;
use crate::deck::{Answer, Arrangement, Ask, Choice, Question, TypedAnswer, letter_of};

/// Returns, line by line, what a question offered, what was answered, what is right, and why; safe for a terminal.
///
/// Choices stand as they were shown; an arrangement stands slot by slot as it is right.
pub fn solution_lines(question: &Question, choice_order: &[usize], answer: &Answer) -> Vec<String> {
    match &question.ask {
        Ask::Choices { choices, .. } => choice_lines(choices, choice_order, answer),
        Ask::Arrangement(arrangement) => slot_lines(arrangement, choice_order, answer),
        Ask::Typed(typed) => typed_lines(typed, answer),
    }
}

fn choice_lines(choices: &[Choice], choice_order: &[usize], answer: &Answer) -> Vec<String> {
    let chosen = answer.choices();
    let mut lines = Vec::new();
    for (place, choice_idx) in choice_order.iter().enumerate() {
        let Some(choice) = choices.get(*choice_idx) else { continue };
        let said = match (choice.is_key, chosen.contains(*choice_idx)) {
            (true, true) => "  [right, your choice]",
            (true, false) => "  [right]",
            (false, true) => "  [your choice]",
            (false, false) => "",
        };
        lines.push(format!("{}) {}{said}", letter_of(place), SafeText::one_line(&choice.text)));
        lines.extend(choice.why.as_deref().map(why_line));
    }
    lines
}

fn slot_lines(arrangement: &Arrangement, choice_order: &[usize], answer: &Answer) -> Vec<String> {
    let placement = answer.placement();
    let option = |option_idx: usize| {
        let place = choice_order.iter().position(|own| *own == option_idx).unwrap_or(usize::MAX);
        format!("{}) {}", letter_of(place), SafeText::one_line(arrangement.option(option_idx).unwrap_or("")))
    };
    let mut lines = Vec::new();
    for (slot_idx, slot) in arrangement.slots.iter().enumerate() {
        let label = slot.label.as_deref().map(|label| format!("{}: ", SafeText::one_line(label))).unwrap_or_default();
        let said = match placement.at(slot_idx) {
            Some(own) if own == slot_idx => "[right]".to_owned(),
            Some(own) => format!("[yours: {}]", option(own)),
            None => "[left empty]".to_owned(),
        };
        lines.push(format!("{}. {label}{}  {said}", slot_idx + 1, option(slot_idx)));
        lines.extend(slot.why.as_deref().map(why_line));
    }
    lines.extend(arrangement.why.as_deref().map(why_line));
    lines
}

fn typed_lines(typed: &TypedAnswer, answer: &Answer) -> Vec<String> {
    let mut lines = Vec::new();
    if !answer.is_blank() {
        let said = if typed.accepts(answer.text()) { "  [right]" } else { "" };
        lines.push(format!("Your answer: {}{said}", SafeText::one_line(answer.text())));
    }
    lines.push(format!("Right answer: {}", SafeText::one_line(typed.shown())));
    let others: Vec<&str> = typed.accept.iter().map(String::as_str).filter(|text| *text != typed.shown()).collect();
    if !others.is_empty() {
        lines.push(format!("Accepted: {}", SafeText::one_line(&others.join(" · "))));
    }
    lines.extend(typed.why.as_deref().map(why_line));
    lines
}

fn why_line(why: &str) -> String {
    format!("   {}", SafeText::one_line(why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Placement, Slot};

    #[track_caller]
    fn check(ask: Ask, choice_order: &[usize], answer: &Answer, expected: &[&str]) {
        let question = Question { stimulus: None, stem: "How?".to_owned(), ask, refs: Vec::new() };
        assert_eq!(solution_lines(&question, choice_order, answer), expected);
    }

    #[test]
    fn an_arrangement_stands_as_it_is_right_with_what_was_placed_beside() {
        let slot = |label: &str, key: &str, why: Option<&str>| Slot {
            label: Some(label.to_owned()),
            key: key.to_owned(),
            why: why.map(str::to_owned),
        };
        let slots =
            vec![slot("EBS", "blocks", None), slot("S3", "objects", Some("By key.")), slot("EFS", "files", None)];
        let arrangement =
            Arrangement { slots, extra: vec!["tapes".to_owned()], why: Some("Each has its own.".to_owned()) };
        let placement: Placement = [Some(0), Some(3)].into_iter().collect();
        let expected = [
            "1. EBS: d) blocks  [right]",
            "2. S3: b) objects  [yours: a) tapes]",
            "   By key.",
            "3. EFS: c) files  [left empty]",
            "   Each has its own.",
        ];
        check(Ask::Arrangement(arrangement), &[3, 1, 2, 0], &placement.into(), &expected);
    }

    #[test]
    fn a_typed_answer_stands_beside_the_right_one_and_is_made_safe() {
        let typed = |shown: Option<&str>| TypedAnswer {
            accept: vec!["443".to_owned(), "port 443".to_owned()],
            shown: shown.map(str::to_owned),
            why: None,
        };
        let right = ["Your answer: PORT 443  [right]", "Right answer: 443", "Accepted: port 443"];
        check(Ask::Typed(typed(None)), &[], &Answer::typed("PORT 443"), &right);
        let wrong = ["Your answer: 80␛[31m", "Right answer: TCP 443", "Accepted: 443 · port 443"];
        check(Ask::Typed(typed(Some("TCP 443"))), &[], &Answer::typed("80\u{1b}[31m"), &wrong);
    }
}
