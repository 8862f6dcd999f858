//! Negative stems.

use crate::deck::lint::rule::{Example, Found, Part, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;
use crate::deck::lint::words::Words;

pub(super) const UNMARKED_NEGATIVE: Rule = rule(
    "D209",
    Severity::Warning,
    "a negative question marks its negation",
    Example {
        reason: "A `not` that is overread turns the question round. Ask positively, or write NOT or **not**.",
        bad: "- {stem: Which of these methods does not change anything?, right: GET, wrong: [POST, PUT, DELETE]}\n",
        good: "- {stem: Which of these methods does NOT change anything?, right: GET, wrong: [POST, PUT, DELETE]}\n",
    },
);

/// What ends the main clause: the negation of a story or of a relative clause turns nothing round.
const SUBORDINATORS: &[&str] = &[
    "that", "which", "who", "whose", "whom", "when", "where", "while", "if", "because", "since", "so", "unless",
    "until", "although", "though", "without", "for", "to", "and", "but", "as", "whether",
];

pub(super) fn check(view: &ItemView<'_>, found: &mut Found) {
    if view.choices.is_empty() {
        return;
    }
    let Some(question) = view.question() else { return };
    if let Some(word) = negation(&question.stem) {
        let message = format!("`{word}` turns the question round and is easily overread");
        let help = format!("ask positively, or write it as {}", word.to_uppercase());
        view.say(found, &UNMARKED_NEGATIVE, Part::Prompt, message, help);
    }
}

/// The unmarked negation of the main clause of the question.
fn negation(stem: &str) -> Option<&'static str> {
    let question = last_question(stem)?;
    // Marked once is enough.
    if ["NOT", "EXCEPT", "**not", "*not", "__not", "_not", "**except", "*except"]
        .iter()
        .any(|mark| question.contains(mark))
    {
        return None;
    }
    // "All of these are methods except which one?" negates before it asks.
    let lower = question.trim_start().to_ascii_lowercase();
    if lower.starts_with("all of ") && lower.contains(" except") {
        return Some("except");
    }
    // What follows a comma is an aside; the clause before it asks.
    let clause = question
        .split(',')
        .rfind(|clause| Words::of(clause).iter().any(|word| matches!(word, "which" | "what" | "who")))?;
    let words = Words::of(clause);
    let all: Vec<&str> = words.iter().collect();
    let start = all.iter().rposition(|word| matches!(*word, "which" | "what" | "who"))?;
    let main = all[start + 1..].iter().take_while(|word| !SUBORDINATORS.contains(word));
    main.into_iter().find_map(|word| match *word {
        "except" => Some("except"),
        "not" | "doesn't" | "don't" | "isn't" | "aren't" | "can't" | "won't" | "cannot" => Some("not"),
        "incorrect" => Some("incorrect"),
        "untrue" | "false" => Some("false"),
        _ => None,
    })
}

/// The last sentence that asks.
fn last_question(stem: &str) -> Option<&str> {
    let end = stem.rfind('?')?;
    let before = &stem[..end];
    let start = before.rfind(['.', '!', '?', '\n']).map_or(0, |at| at + 1);
    Some(&before[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_unmarked_negation_of_the_main_clause_counts() {
        let check = |stem: &str, expected| assert_eq!(negation(stem), expected, "{stem}");
        check("Which service does not scale?", Some("not"));
        check("Which of these is incorrect?", Some("incorrect"));
        check("All of these are methods except which one?", Some("except"));
        check("Which service does NOT scale?", None);
        check("Which service does **not** scale?", None);
        check("Which service suits a team that does not want servers?", None);
        check("The team does not want servers. Which service fits?", None);
        check("Which service runs code when nobody does not look?", None);
        check("Which option has the least effort?", None);
        check("Which task, not covered by the owner, is meant?", None);
        check("Of these services, which does not scale?", Some("not"));
    }
}
