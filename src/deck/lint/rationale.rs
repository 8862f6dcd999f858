//! Rationales: missing, copied, contradicting.

use crate::deck::Ask;
use crate::deck::lint::rule::{Example, Found, Part, Rule, Severity, rule};
use crate::deck::lint::view::{ChoiceView, ItemView};
use crate::deck::lint::words::{Words, is_same_text};

pub(super) const NO_RATIONALE: Rule = rule(
    "D201",
    Severity::Advice,
    "every choice says why it is right or wrong",
    Example {
        reason: "The rationale is what a learner reads after answering, and where most is learned.",
        bad: "- {stem: Which port does HTTPS use?, accept: \"443\"}\n",
        good: "- {stem: Which port does HTTPS use?, accept: \"443\", why: Plain HTTP has 80.}\n",
    },
);

pub(super) const COPIED: Rule = rule(
    "D223",
    Severity::Advice,
    "no two choices share a rationale",
    Example {
        reason: "The same words under two choices explain neither of them; often one was meant to be filled in.",
        bad: "- stem: Which method fetches?\n  choices:\n  - {text: GET, correct: true, why: It asks for a resource.}\n  \
              - {text: POST, why: This method does something else.}\n  \
              - {text: PUT, why: This method does something else.}\n",
        good: "- stem: Which method fetches?\n  choices:\n  - {text: GET, correct: true, why: It asks for a resource.}\n  \
               - {text: POST, why: It hands something over.}\n  \
               - {text: PUT, why: It puts something in place of what is there.}\n",
    },
);

pub(super) const CONTRADICTS: Rule = rule(
    "D224",
    Severity::Warning,
    "a rationale agrees with the mark of its choice",
    Example {
        reason: "A rationale that begins with `Correct` under a distractor means that the key is marked wrongly.",
        bad: "- stem: Which method fetches?\n  choices:\n  - {text: GET, correct: true, why: It asks for a resource.}\n  \
              - {text: POST, why: \"Correct, it hands something over.\"}\n",
        good: "- stem: Which method fetches?\n  choices:\n  - {text: GET, correct: true, why: It asks for a resource.}\n  \
               - {text: POST, why: It hands something over.}\n",
    },
);

pub(super) const REPEATS: Rule = rule(
    "D225",
    Severity::Advice,
    "a rationale says more than its choice",
    Example {
        reason: "A rationale that repeats the choice tells the learner nothing.",
        bad: "- stem: Which method fetches?\n  choices:\n  - {text: GET, correct: true, why: GET.}\n  \
              - {text: POST, why: It hands something over.}\n",
        good: "- stem: Which method fetches?\n  choices:\n  - {text: GET, correct: true, why: It asks for a resource.}\n  \
               - {text: POST, why: It hands something over.}\n",
    },
);

pub(super) fn check(view: &ItemView<'_>, found: &mut Found) {
    let Some(question) = view.question() else { return };
    match &question.ask {
        Ask::Choices { .. } => {
            missing(view, found);
            for (idx, choice) in view.choices.iter().enumerate() {
                let Some(why) = choice.why else { continue };
                against_mark(view, idx, choice, why, found);
                repeats(view, idx, choice, why, found);
            }
            copied(view, found);
        }
        Ask::Arrangement(arrangement) => {
            if arrangement.why.is_none() && arrangement.slots.iter().any(|slot| slot.why.is_none()) {
                say_none(view, found);
            }
        }
        Ask::Typed(typed) => {
            if typed.why.is_none() {
                say_none(view, found);
            }
        }
    }
}

fn say_none(view: &ItemView<'_>, found: &mut Found) {
    let help = "add `why:` to the item; it is what a learner reads after answering";
    view.say(found, &NO_RATIONALE, Part::Whole, "the answer has no rationale", help);
}

fn missing(view: &ItemView<'_>, found: &mut Found) {
    let n_silent = view.choices.iter().filter(|choice| choice.why.is_none()).count();
    if n_silent > 0 {
        let message = format!("{n_silent} of {} choices have no rationale", view.choices.len());
        let help = "add `why:` to each choice; it is what a learner reads after answering";
        view.say(found, &NO_RATIONALE, Part::Whole, message, help);
    }
}

fn against_mark(view: &ItemView<'_>, idx: usize, choice: &ChoiceView<'_>, why: &str, found: &mut Found) {
    let Some(verdict) = verdict(why).filter(|verdict| (*verdict == Verdict::Right) != choice.is_key) else { return };
    let (said, marked) = match verdict {
        Verdict::Right => ("right", "wrong"),
        Verdict::Wrong => ("wrong", "right"),
    };
    let message = format!("the rationale calls the choice {said}, but it is marked as {marked}");
    view.say(found, &CONTRADICTS, Part::Choice(idx), message, "correct the mark or the rationale");
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Right,
    Wrong,
}

/// The verdict that a rationale begins with, as in "Correct. ..." or "Wrong, because ...".
fn verdict(why: &str) -> Option<Verdict> {
    let (word, rest) = why.trim_start_matches(['*', '_']).split_at_checked(first_word(why))?;
    let verdict = match word.to_ascii_lowercase().as_str() {
        // "True" and "false" are said of statements; a true one may well be the wrong answer.
        "correct" | "right" => Verdict::Right,
        "incorrect" | "wrong" => Verdict::Wrong,
        _ => return None,
    };
    let rest = rest.trim_start_matches(['*', '_']);
    let stands_alone =
        rest.starts_with(['.', ':', '!', ',', ';']) || rest.starts_with(" because") || rest.starts_with(" answer");
    // "Right, but ..." grants a point on the way to the opposite.
    let turns = Words::of(rest).iter().take(12).any(|word| matches!(word, "but" | "however" | "though" | "yet"));
    (stands_alone && !turns).then_some(verdict)
}

fn first_word(why: &str) -> usize {
    let why = why.trim_start_matches(['*', '_']);
    why.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(why.len())
}

fn repeats(view: &ItemView<'_>, idx: usize, choice: &ChoiceView<'_>, why: &str, found: &mut Found) {
    // A text of quite another length says something else.
    let is_near = why.len().abs_diff(choice.text.len()) <= 4;
    if is_near && Words::of(why).joined() == choice.words.joined() {
        let help = "say what makes the choice right or wrong";
        view.say(found, &REPEATS, Part::Choice(idx), "the rationale only repeats the choice", help);
    }
}

/// Several keys may share a rationale: the short form gives them one.
fn copied(view: &ItemView<'_>, found: &mut Found) {
    for (idx, choice) in view.choices.iter().enumerate() {
        let Some(why) = choice.why else { continue };
        let is_copied_from = |earlier: &ChoiceView<'_>| {
            !(choice.is_key && earlier.is_key) && earlier.why.is_some_and(|other| is_same_text(other, why))
        };
        if view.choices[..idx].iter().any(is_copied_from) {
            let help = "say of each choice what makes it right or wrong";
            view.say(found, &COPIED, Part::Choice(idx), "an earlier choice has the same rationale", help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_stands_at_the_beginning_and_alone() {
        let check = |why: &str, expected| assert_eq!(verdict(why), expected, "{why}");
        check("Correct. It does.", Some(Verdict::Right));
        check("**Incorrect:** it does not.", Some(Verdict::Wrong));
        check("Wrong because it is slow.", Some(Verdict::Wrong));
        check("Right sizing saves money.", None);
        check("Right, but it costs more.", None);
        check("True, and beside the point.", None);
        check("It is correct.", None);
    }
}
