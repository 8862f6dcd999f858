//! How many choices the stem asks for.

use crate::deck::Question;
use crate::deck::lint::rule::{Example, Found, Part, Rule, Severity, rule};
use crate::deck::lint::view::{ChoiceView, ItemView};

pub(super) const CUE_DIFFERS: Rule = rule(
    "D101",
    Severity::Error,
    "the stem asks for as many choices as there are keys",
    Example {
        reason: "A stem that asks for two choices while one or three are marked as right cannot be answered.",
        bad: "- {stem: Which methods change nothing? (Choose TWO.), right: [GET], wrong: [POST, PUT, DELETE]}\n",
        good: "- {stem: Which methods change nothing? (Choose TWO.), right: [GET, HEAD], wrong: [POST, PUT, DELETE]}\n",
    },
);

pub(super) const NO_CUE: Rule = rule(
    "D107",
    Severity::Advice,
    "a stem with several keys says how many are wanted",
    Example {
        reason: "Exams print how many choices are wanted; a stem that leaves it out trains for another exam, and loses \
                 it in print and export.",
        bad: "- {stem: Which methods change nothing?, right: [GET, HEAD], wrong: [POST, PUT, DELETE]}\n",
        good: "- {stem: Which methods change nothing? (Choose TWO.), right: [GET, HEAD], wrong: [POST, PUT, DELETE]}\n",
    },
);

pub(super) const WHICH_TWO: Rule = rule(
    "D112",
    Severity::Warning,
    "a stem that asks `which two` has two keys",
    Example {
        reason: "The number in the question is read as the number of choices that are wanted.",
        bad: "- {stem: Which two methods change nothing?, right: GET, wrong: [POST, PUT, DELETE]}\n",
        good: "- {stem: Which two methods change nothing?, right: [GET, HEAD], wrong: [POST, PUT, DELETE]}\n",
    },
);

const NUMBERS: [&str; 6] = ["one", "two", "three", "four", "five", "six"];

/// The cue that a stem with `n_keys` keys ends with, for example `(Choose TWO.)`.
pub fn choose_cue(n_keys: usize) -> String {
    let word = n_keys.checked_sub(1).and_then(|idx| NUMBERS.get(idx)).map(|word| word.to_uppercase());
    format!("(Choose {}.)", word.unwrap_or_else(|| n_keys.to_string()))
}

pub(super) fn check(view: &ItemView<'_>, found: &mut Found) {
    if view.choices.is_empty() {
        return;
    }
    let Some(question) = view.question() else { return };
    let n_keys = view.n_keys();
    if let Some(n_asked) = n_asked(&question.stem) {
        if differs(question) {
            let message = format!("the stem asks for {n_asked} of the choices, but the number of keys is {n_keys}");
            let help = "mark as many choices as the stem asks for, or change the stem";
            view.say(found, &CUE_DIFFERS, Part::Prompt, message, help);
        }
        return;
    }
    let asked = n_in_question(&question.stem);
    let are_sets = view.choices.iter().any(|choice| is_set(choice));
    match asked {
        Some(n_asked) if n_asked != n_keys && !are_sets => {
            let message = format!("the question asks for {n_asked}, but the number of keys is {n_keys}");
            view.say(found, &WHICH_TWO, Part::Prompt, message, "mark as many choices, or leave the number out");
        }
        None if n_keys > 1 && !says_several(view) => {
            let message = format!("the stem does not say that {n_keys} choices are wanted");
            view.say(found, &NO_CUE, Part::Prompt, message, format!("end it with `{}`", choose_cue(n_keys)));
        }
        _ => {}
    }
}

/// Tells whether the cue of a question with choices asks for another number than there are keys.
pub(super) fn differs(question: &Question) -> bool {
    let n_keys = question.choices().iter().filter(|choice| choice.is_key).count();
    !question.choices().is_empty() && n_asked(&question.stem).is_some_and(|n_asked| n_asked != n_keys)
}

/// The number that a cue such as "(Choose TWO.)" at the end of a stem asks for.
fn n_asked(stem: &str) -> Option<usize> {
    // A cue is short, so only the end of a long stem is searched.
    let tail = stem.char_indices().rev().nth(59).map_or(stem, |(at, _)| &stem[at..]);
    let lower = tail.to_lowercase();
    let after = ["choose ", "select ", "pick "].iter().find_map(|verb| lower.rsplit_once(verb))?.1;
    let word: String = after.chars().take_while(|c| c.is_alphanumeric()).collect();
    // Only a cue that ends the stem counts; "choose two regions and ..." is part of the story.
    let rest = after[word.len()..].trim_matches(|c: char| !c.is_alphanumeric());
    if matches!(rest, "" | "answers" | "options" | "choices") { number(&word) } else { None }
}

fn number(word: &str) -> Option<usize> {
    let named = NUMBERS.iter().position(|name| *name == word).map(|idx| idx + 1);
    named.or_else(|| word.parse().ok())
}

/// The number in "which two ..." or "what three ...".
fn n_in_question(stem: &str) -> Option<usize> {
    let lower = stem.to_lowercase();
    let after = ["which ", "what "].iter().filter_map(|word| lower.rsplit_once(word)).map(|(_, after)| after);
    let mut numbers = after.filter_map(|after| {
        let word: String = after.chars().take_while(|c| c.is_alphanumeric()).collect();
        // "which two-tier design" and "which 99.9 % share" ask for one.
        let is_word = after[word.len()..].starts_with(' ');
        number(&word).filter(|n| is_word && (2..=6).contains(n))
    });
    numbers.next()
}

/// A choice that lists or counts several things answers "which two" alone.
fn is_set(choice: &ChoiceView<'_>) -> bool {
    let counts = choice.words.iter().any(|word| word == "both" || NUMBERS[1..].contains(&word));
    counts || [" and ", ", ", " + ", " & ", "/"].iter().any(|joint| choice.text.contains(joint))
}

/// Tells whether the stem says otherwise that there are several keys.
fn says_several(view: &ItemView<'_>) -> bool {
    let cues = ["choose", "select", "all that apply", "mark all", "pick", "two", "three", "four", "five"];
    cues.iter().any(|cue| view.stem.has_phrase(cue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_cue(stem: &str, expected: Option<usize>) {
        assert_eq!(n_asked(stem), expected);
    }

    #[test]
    fn a_cue_is_read_only_at_the_end_of_the_stem() {
        check_cue("Which services are serverless? (Choose TWO.)", Some(2));
        check_cue("Which apply? Select 3 answers", Some(3));
        check_cue("A firm must choose two Regions for its website. Which service helps?", None);
        check_cue("Which service is it?", None);
    }

    #[test]
    fn a_number_in_the_question_counts_unless_it_belongs_to_a_longer_word() {
        assert_eq!(n_in_question("A firm grows. Which two steps help?"), Some(2));
        assert_eq!(n_in_question("Which two-tier design helps?"), None);
        assert_eq!(n_in_question("Which one helps?"), None);
    }

    #[test]
    fn a_cue_says_the_number_in_words_as_far_as_people_do() {
        assert_eq!((choose_cue(2).as_str(), choose_cue(7).as_str()), ("(Choose TWO.)", "(Choose 7.)"));
    }
}
