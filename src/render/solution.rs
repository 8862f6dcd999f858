//! What a question offered, what was answered and what is right, line by line.

use std::fmt::{self, Display, Formatter};

use crate::base::SafeText;
use crate::deck::{Answer, Arrangement, Ask, Choice, Question, TypedAnswer, letter_of};

/// A line below a question. Its texts are as they were written; displayed, they are one line and safe for a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SolutionLine {
    /// Something that could be answered or was.
    Answer {
        /// What stands before it: `c)`, `2. Files: b)`, `Right answer:`.
        place: String,
        /// The text, in Markdown.
        text: String,
        /// What came of it: `right`, `your choice`; `None` without anything to say.
        said: Option<String>,
    },
    /// Why the line above it, or all of them, is right or wrong; in Markdown.
    Reason(String),
}

impl Display for SolutionLine {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            SolutionLine::Answer { place, text, said } => {
                write!(f, "{} {}", SafeText::one_line(place), SafeText::one_line(text))?;
                said.iter().try_for_each(|said| write!(f, "  [{}]", SafeText::one_line(said)))
            }
            SolutionLine::Reason(why) => write!(f, "   {}", SafeText::one_line(why)),
        }
    }
}

/// Returns, line by line, what a question offered, what was answered, what is right, and why.
///
/// Choices stand as they were shown; an arrangement stands slot by slot as it is right.
pub fn solution_lines(question: &Question, choice_order: &[usize], answer: &Answer) -> Vec<SolutionLine> {
    match &question.ask {
        Ask::Choices { choices, .. } => choice_lines(choices, choice_order, answer),
        Ask::Arrangement(arrangement) => slot_lines(arrangement, choice_order, answer),
        Ask::Typed(typed) => typed_lines(typed, answer),
    }
}

fn choice_lines(choices: &[Choice], choice_order: &[usize], answer: &Answer) -> Vec<SolutionLine> {
    let chosen = answer.choices();
    let mut lines = Vec::new();
    for (place, choice_idx) in choice_order.iter().enumerate() {
        let Some(choice) = choices.get(*choice_idx) else { continue };
        let said = match (choice.is_key, chosen.contains(*choice_idx)) {
            (true, true) => Some("right, your choice"),
            (true, false) => Some("right"),
            (false, true) => Some("your choice"),
            (false, false) => None,
        };
        lines.push(SolutionLine::Answer {
            place: format!("{})", letter_of(place)),
            text: choice.text.clone(),
            said: said.map(str::to_owned),
        });
        lines.extend(choice.why.clone().map(SolutionLine::Reason));
    }
    lines
}

fn slot_lines(arrangement: &Arrangement, choice_order: &[usize], answer: &Answer) -> Vec<SolutionLine> {
    let placement = answer.placement();
    let letter =
        |option_idx: usize| letter_of(choice_order.iter().position(|own| *own == option_idx).unwrap_or(usize::MAX));
    let option = |option_idx: usize| arrangement.option(option_idx).unwrap_or("").to_owned();
    let mut lines = Vec::new();
    for (slot_idx, slot) in arrangement.slots.iter().enumerate() {
        let label = slot.label.as_deref().map(|label| format!("{label}: ")).unwrap_or_default();
        let said = match placement.at(slot_idx) {
            Some(own) if own == slot_idx => "right".to_owned(),
            Some(own) => format!("yours: {}) {}", letter(own), option(own)),
            None => "left empty".to_owned(),
        };
        lines.push(SolutionLine::Answer {
            place: format!("{}. {label}{})", slot_idx + 1, letter(slot_idx)),
            text: option(slot_idx),
            said: Some(said),
        });
        lines.extend(slot.why.clone().map(SolutionLine::Reason));
    }
    lines.extend(arrangement.why.clone().map(SolutionLine::Reason));
    lines
}

fn typed_lines(typed: &TypedAnswer, answer: &Answer) -> Vec<SolutionLine> {
    let line = |place: &str, text: &str, said: Option<&str>| SolutionLine::Answer {
        place: place.to_owned(),
        text: text.to_owned(),
        said: said.map(str::to_owned),
    };
    let mut lines = Vec::new();
    if !answer.is_blank() {
        lines.push(line("Your answer:", answer.text(), typed.accepts(answer.text()).then_some("right")));
    }
    lines.push(line("Right answer:", typed.shown(), None));
    let others: Vec<&str> = typed.accept.iter().map(String::as_str).filter(|text| *text != typed.shown()).collect();
    if !others.is_empty() {
        lines.push(line("Accepted:", &others.join(" · "), None));
    }
    lines.extend(typed.why.clone().map(SolutionLine::Reason));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Placement, Slot};

    #[track_caller]
    fn check(ask: Ask, choice_order: &[usize], answer: &Answer, expected: &[&str]) {
        let question = Question { stimulus: None, stem: "How?".to_owned(), ask, refs: Vec::new() };
        let lines: Vec<String> =
            solution_lines(&question, choice_order, answer).iter().map(ToString::to_string).collect();
        assert_eq!(lines, expected);
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
