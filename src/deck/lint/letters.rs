//! Letters of choices in the text: named in explanations, or left over from a paper.

use crate::deck::lint::rule::{Example, Found, Part, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;

pub(super) const LETTER_NAMED: Rule = rule(
    "D105",
    Severity::Warning,
    "no text of a shuffled item names a choice by its letter",
    Example {
        reason: "Choices are shown in a drawn order, so the letter names another choice than the author meant.",
        bad: "- stem: Which status says that nothing was found?\n  right: 404\n  wrong: [301, 500]\n  \
              why: Option B moves the client, and option C is a fault of the server.\n",
        good: "- stem: Which status says that nothing was found?\n  right: 404\n  wrong: [301, 500]\n  \
               why: 301 moves the client, and 500 is a fault of the server.\n",
    },
);

pub(super) const CHOICE_GLUED: Rule = rule(
    "D106",
    Severity::Warning,
    "no choice stands in the stem or in another choice, and none begins with its letter",
    Example {
        reason: "Text that was copied from a paper often keeps letters, and sometimes a line break between two choices \
                 is lost.",
        bad: "- {stem: Which keeps objects? A) S3, right: B) EBS, wrong: [C) EFS, D) FSx]}\n",
        good: "- {stem: Which keeps blocks?, right: EBS, wrong: [EFS, FSx, S3]}\n",
    },
);

const LEADS: [&str; 10] = [
    "option",
    "options",
    "choice",
    "choices",
    "answer",
    "answers",
    "distractor",
    "distractors",
    "alternative",
    "alternatives",
];

pub(super) fn check(view: &ItemView<'_>, found: &mut Found) {
    if view.choices.is_empty() {
        return;
    }
    let Some(question) = view.question() else { return };
    if view.is_shuffled() {
        let last = last_letter(view.choices.len());
        let asked = view.asked().into_iter().map(|(part, text)| (part, text, letters_only(text, last)));
        let explained = view.explained().into_iter().map(|(part, text)| (part, text, None));
        for (part, text, alone) in asked.chain(explained) {
            if let Some(named) = named_letter(text, last).or(alone) {
                let message = format!("`{named}` names a choice by its letter, but the choices change places");
                view.say(found, &LETTER_NAMED, part, message, "say what the choice says, or set `shuffle: false`");
            }
        }
    }
    if is_glued_to_stem(&question.stem) {
        let help = "put what follows the question under `choices`";
        view.say(found, &CHOICE_GLUED, Part::Prompt, "a choice seems to stand in the stem", help);
    }
    let n_lettered = view.choices.iter().filter(|choice| leading_letter(choice.text).is_some()).count();
    for (idx, choice) in view.choices.iter().enumerate() {
        let next = u8::try_from(idx + 1).ok().map(|next| char::from(b'A' + next.min(25)));
        if n_lettered >= 2 && leading_letter(choice.text).is_some() {
            let help = "remove the letter; the program puts one before each choice";
            view.say(found, &CHOICE_GLUED, Part::Choice(idx), "the choice begins with a letter of its own", help);
        } else if inner_letters(choice.text).any(|letter| Some(letter) == next) {
            let help = "make two choices of it";
            view.say(found, &CHOICE_GLUED, Part::Choice(idx), "the next choice seems to stand in this one", help);
        }
    }
}

fn last_letter(n_choices: usize) -> char {
    u8::try_from(n_choices.clamp(1, 26) - 1).map_or('Z', |idx| char::from(b'A' + idx))
}

/// The words "option B" or the like, if the text has them.
fn named_letter(text: &str, last: char) -> Option<String> {
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let Some(lead) = LEADS.iter().find(|lead| lead.eq_ignore_ascii_case(bare)) else { continue };
        if word.ends_with(['.', ':', '?', '!', ';']) {
            continue;
        }
        if let Some(letter) = words.peek().and_then(|next| as_letter(next, last)) {
            return Some(format!("{lead} {letter}"));
        }
    }
    None
}

/// A choice that is nothing but letters, such as "Both A and C".
fn letters_only(text: &str, last: char) -> Option<String> {
    let mut n_letters = 0;
    for word in text.split_whitespace() {
        let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
        if as_letter(word, last).is_some() {
            n_letters += 1;
        } else if !matches!(lower.as_str(), "" | "both" | "and" | "or" | "only" | "neither" | "nor" | "either") {
            return None;
        }
    }
    (n_letters >= 2).then(|| text.trim().chars().take(30).collect())
}

/// A capital letter up to `last` that stands alone, in brackets or before a sign.
fn as_letter(word: &str, last: char) -> Option<char> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let mut chars = bare.chars();
    let letter = chars.next().filter(|letter| ('A'..=last).contains(letter))?;
    (chars.next().is_none() && !word.ends_with('-')).then_some(letter)
}

/// `A.`, `b)` or `(c)` at the beginning of a text that goes on.
fn leading_letter(text: &str) -> Option<char> {
    let (first, rest) = text.trim_start().split_once(char::is_whitespace)?;
    enumerator(first).filter(|_| !rest.trim().is_empty())
}

/// Letters such as `B)` and `C.` inside a text.
fn inner_letters(text: &str) -> impl Iterator<Item = char> {
    text.split_whitespace().skip(1).filter_map(enumerator)
}

fn enumerator(word: &str) -> Option<char> {
    let inner = word.strip_prefix('(').unwrap_or(word);
    let letter = inner.strip_suffix([')', '.'])?;
    let mut chars = letter.chars();
    let first = chars.next()?;
    // "A." ends a sentence as often as it counts, but "a." and "A)" count.
    (chars.next().is_none() && ('A'..='H').contains(&first.to_ascii_uppercase())).then(|| first.to_ascii_uppercase())
}

/// Tells whether letters count on in the stem, or one stands after the question.
fn is_glued_to_stem(stem: &str) -> bool {
    let letters: Vec<char> = inner_letters(stem).collect();
    let counts_on = letters.windows(2).any(|pair| u32::from(pair[1]) == u32::from(pair[0]) + 1);
    let after_question = stem.rsplit_once('?').is_some_and(|(_, rest)| {
        let first = rest.split_whitespace().next();
        first.and_then(enumerator).is_some() || inner_letters(rest).next().is_some()
    });
    counts_on || after_question
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_names_a_choice_only_after_a_word_for_one() {
        assert_eq!(named_letter("As option (B) says.", 'D'), Some("option B".to_owned()));
        assert_eq!(named_letter("Answers A and C cost more.", 'D'), Some("answers A".to_owned()));
        for text in ["the option a firm has", "Choice of a lifetime", "Vitamin A helps", "option F helps", "Answer: A"]
        {
            assert_eq!(named_letter(text, 'D'), None, "{text}");
        }
    }

    #[test]
    fn letters_alone_are_a_choice_of_choices() {
        assert_eq!(letters_only("Both A and C", 'D'), Some("Both A and C".to_owned()));
        assert_eq!(letters_only("A", 'D'), None);
        assert_eq!(letters_only("Class A and class B", 'D'), None);
    }

    #[test]
    fn a_choice_is_glued_to_the_stem_where_letters_count_on() {
        assert!(is_glued_to_stem("Which keeps objects? A. S3"));
        assert!(is_glued_to_stem("Which of these: a) EBS b) EFS keeps files?"));
        assert!(!is_glued_to_stem("A record (A) maps a name. What does it map to?"));
    }
}
