//! Words that tell the key from the distractors: absolute ones, vague ones, and the form of the text.

use crate::deck::lint::rule::{Example, Found, Part, Rule, Severity, rule};
use crate::deck::lint::view::{ChoiceView, ItemView};
use crate::deck::lint::words::Words;

pub(super) const ABSOLUTES: Rule = rule(
    "D208",
    Severity::Advice,
    "absolute words are not in distractors alone",
    Example {
        reason: "Hardly anything holds always, so candidates rule out choices with `always` and `never` unread.",
        bad: "- {stem: What does a cache do?, right: It may serve an old copy, \
              wrong: [It always serves a new copy, It never keeps a copy, It asks the client]}\n",
        good: "- {stem: What does a cache do?, right: It may serve an old copy, \
               wrong: [It fetches each copy anew, It hands copies to the owner, It asks the client]}\n",
    },
);

pub(super) const VAGUE_KEY: Rule = rule(
    "D216",
    Severity::Advice,
    "vague words are not in the key alone",
    Example {
        reason: "`Usually` and its kin make a statement safe, so candidates look for them; and they can be argued about.",
        bad: "- {stem: What does a proxy do?, right: It usually forwards requests, \
              wrong: [It stores passwords, It signs requests, It counts users]}\n",
        good: "- {stem: What does a proxy do?, right: It forwards requests, \
               wrong: [It stores passwords, It signs requests, It counts users]}\n",
    },
);

pub(super) const FORM_CUE: Rule = rule(
    "D222",
    Severity::Warning,
    "the key is written in the same form as the distractors",
    Example {
        reason: "A full stop or a capital letter that only the key has, or lacks, tells it from the others.",
        bad: "- {stem: What does a proxy do?, right: It forwards requests., \
              wrong: [It stores passwords, It signs requests, It counts users]}\n",
        good: "- {stem: What does a proxy do?, right: It forwards requests, \
               wrong: [It stores passwords, It signs requests, It counts users]}\n",
    },
);

const ABSOLUTE_PHRASES: [&str; 4] = ["in every case", "in all cases", "without exception", "under all circumstances"];
const VAGUE_PHRASES: [&str; 3] = ["in most cases", "as a rule", "in general"];

pub(super) fn check(view: &ItemView<'_>, found: &mut Found) {
    if view.choices.is_empty() {
        return;
    }
    let is_absolute = |choice: &ChoiceView<'_>| is_absolute(&choice.words);
    let n_absolute = view.distractors().filter(|choice| is_absolute(choice)).count();
    let key_has_some = view.choices.iter().any(|choice| choice.is_key && is_absolute(choice));
    if n_absolute >= 2 && n_absolute * 2 >= view.distractors().count() && !key_has_some {
        let message = format!("{n_absolute} distractors use absolute words such as `always`, and the key does not");
        view.say(found, &ABSOLUTES, Part::Whole, message, "make the distractors as measured as the key");
    }
    let is_vague = |choice: &ChoiceView<'_>| is_vague(&choice.words);
    if !view.distractors().any(is_vague) {
        for (idx, _) in view.choices.iter().enumerate().filter(|(_, choice)| choice.is_key && is_vague(choice)) {
            let message = "only the key has a vague word such as `usually`";
            view.say(found, &VAGUE_KEY, Part::Choice(idx), message, "say it without, or say when it holds");
        }
    }
    form_cue(view, |text| Some(text.trim_end().ends_with('.')), "a full stop at its end", found);
    form_cue(view, has_capital, "a capital letter", found);
}

/// Tells whether a text claims that there is no exception.
fn is_absolute(words: &Words) -> bool {
    let is_one = |word: &str| {
        matches!(
            word,
            "always"
                | "never"
                | "completely"
                | "entirely"
                | "impossible"
                | "guarantees"
                | "guaranteed"
                | "totally"
                | "absolutely"
                | "invariably"
        )
    };
    words.iter().any(is_one) || ABSOLUTE_PHRASES.iter().any(|phrase| words.has_phrase(phrase))
}

/// Tells whether a text hedges. "As often" and "more frequently" compare and are as exact as what they compare with.
fn is_vague(words: &Words) -> bool {
    let compares = |before: Option<&str>| {
        before.is_some_and(|word| matches!(word, "as" | "how" | "more" | "less" | "most" | "least" | "too" | "so"))
    };
    let is_vague = |word: &str| {
        matches!(
            word,
            "usually" | "often" | "sometimes" | "generally" | "typically" | "probably" | "frequently" | "mostly"
        )
    };
    let hedges = |(idx, word): (usize, &str)| {
        is_vague(word) && !compares(idx.checked_sub(1).and_then(|before| words.get(before)))
    };
    words.iter().enumerate().any(hedges) || VAGUE_PHRASES.iter().any(|phrase| words.has_phrase(phrase))
}

/// Says when all keys have a form that no distractor has, or the other way round.
fn form_cue(view: &ItemView<'_>, form: fn(&str) -> Option<bool>, what: &str, found: &mut Found) {
    let forms: Option<Vec<(usize, bool, bool)>> =
        view.choices.iter().enumerate().map(|(idx, choice)| Some((idx, choice.is_key, form(choice.text)?))).collect();
    let Some(forms) = forms else { return };
    let of = |keys: bool| forms.iter().filter(move |(_, is_key, _)| *is_key == keys).map(|(.., has)| *has);
    let (Some(first_key), Some(first_other)) = (of(true).next(), of(false).next()) else { return };
    let splits =
        first_key != first_other && of(true).all(|has| has == first_key) && of(false).all(|has| has == first_other);
    if splits && of(false).count() >= 3 {
        let idx = forms.iter().find(|(_, is_key, _)| *is_key).map_or(0, |(idx, ..)| *idx);
        let message = if first_key { format!("only the key has {what}") } else { format!("only the key lacks {what}") };
        view.say(found, &FORM_CUE, Part::Choice(idx), message, "write all choices in one form");
    }
}

/// Whether the first letter is a capital; `None` where that belongs to the word, as in names and code.
fn has_capital(text: &str) -> Option<bool> {
    let (first, rest) = text.trim().split_once(' ')?;
    let mut letters = first.chars();
    let initial = letters.next().filter(char::is_ascii_alphabetic)?;
    let is_plain = letters.all(|c| c.is_ascii_lowercase()) && !rest.chars().any(|c| c.is_ascii_uppercase());
    is_plain.then(|| initial.is_ascii_uppercase())
}
