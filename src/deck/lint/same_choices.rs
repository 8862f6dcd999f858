//! Choices and accepted texts that say the same.

use std::collections::BTreeSet;

use crate::deck::lint::rule::{Example, Found, Part, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;
use crate::deck::lint::words::{Words, is_same_text, spaced};
use crate::deck::{Arrangement, Ask, Choice, Question, folded};

pub(super) const CHOICES_ALIKE: Rule = rule(
    "D102",
    Severity::Error,
    "no two choices of an item say the same",
    Example {
        reason: "Of two choices with the same text, one is marked wrong for no reason that a learner could see.",
        bad: "- {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22, 22]}\n",
        good: "- {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22, 25]}\n",
    },
);

pub(super) const ACCEPTED_TWICE: Rule = rule(
    "D104",
    Severity::Warning,
    "no two accepted texts are the same answer",
    Example {
        reason: "Case, blanks and kinds of quotes do not matter in a typed answer, so the second text adds nothing.",
        bad: "- {stem: What is the time zone of Greenwich?, accept: [GMT, gmt]}\n",
        good: "- {stem: What is the time zone of Greenwich?, accept: [GMT, Greenwich Mean Time]}\n",
    },
);

pub(super) const NEARLY_ALIKE: Rule = rule(
    "D108",
    Severity::Warning,
    "no two choices differ only in case, signs or articles",
    Example {
        reason: "Such choices are usually copies; a learner cannot tell which one is meant.",
        bad: "- {stem: What ends a session?, right: Signing out, wrong: [A closed window, The closed window., A reload]}\n",
        good: "- {stem: What ends a session?, right: Signing out, wrong: [A closed window, A lock, A reload]}\n",
    },
);

pub(super) fn check(view: &ItemView<'_>, found: &mut Found) {
    let Some(question) = view.question() else { return };
    match &question.ask {
        Ask::Choices { choices, .. } => {
            say_twice(view, texts(choices), Part::Choice, "choice", found);
            nearly_alike(view, found);
        }
        Ask::Arrangement(arrangement) => {
            let what = if arrangement.is_ordering() { "part" } else { "right side" };
            say_twice(view, arrangement.options(), Part::Choice, what, found);
            say_twice(view, labels(arrangement), Part::Label, "left side", found);
        }
        Ask::Typed(typed) => {
            let mut known = BTreeSet::new();
            for (idx, _) in typed.accept.iter().enumerate().filter(|(_, text)| !known.insert(folded(text))) {
                let help = "remove it; case, blanks and kinds of quotes and dashes do not matter";
                view.say(found, &ACCEPTED_TWICE, Part::Choice(idx), "this text is accepted already", help);
            }
        }
    }
}

/// Tells whether two texts that must differ say the same.
pub(super) fn are_alike(question: &Question) -> bool {
    match &question.ask {
        Ask::Choices { choices, .. } => said_twice(texts(choices)).next().is_some(),
        Ask::Arrangement(arrangement) => {
            said_twice(arrangement.options()).chain(said_twice(labels(arrangement))).next().is_some()
        }
        Ask::Typed(_) => false,
    }
}

fn texts(choices: &[Choice]) -> impl Iterator<Item = &str> {
    choices.iter().map(|choice| choice.text.as_str())
}

fn labels(arrangement: &Arrangement) -> impl Iterator<Item = &str> {
    arrangement.slots.iter().filter_map(|slot| slot.label.as_deref())
}

/// The places of the texts that say the same as an earlier one.
fn said_twice<'t>(texts: impl Iterator<Item = &'t str>) -> impl Iterator<Item = usize> {
    let mut known = BTreeSet::new();
    texts.enumerate().filter_map(move |(idx, text)| (!known.insert(spaced(text))).then_some(idx))
}

fn say_twice<'t>(
    view: &ItemView<'_>,
    texts: impl Iterator<Item = &'t str>,
    part: fn(usize) -> Part,
    what: &str,
    found: &mut Found,
) {
    for idx in said_twice(texts) {
        let message = format!("this {what} says the same as an earlier one");
        view.say(found, &CHOICES_ALIKE, part(idx), message, format!("give each {what} a text of its own"));
    }
}

fn nearly_alike(view: &ItemView<'_>, found: &mut Found) {
    let mut known: Vec<(String, &str)> = Vec::new();
    for (idx, choice) in view.choices.iter().enumerate() {
        let Some(plain) = plain(choice.text, &choice.words) else { continue };
        if known.iter().any(|(other, text)| *other == plain && !is_same_text(text, choice.text)) {
            let help = "make the two choices different answers, or remove one";
            view.say(found, &NEARLY_ALIKE, Part::Choice(idx), "this choice hardly differs from an earlier one", help);
        }
        known.push((plain, choice.text));
    }
}

/// The words that count; `None` where signs may make the difference, and for texts too short to tell.
fn plain(text: &str, words: &Words) -> Option<String> {
    if text.chars().any(|c| "`+#*/\\<>=-{}[]()$&|_~^:@%0123456789".contains(c)) {
        return None;
    }
    let plain: Vec<&str> = words.iter().filter(|word| !matches!(*word, "a" | "an" | "the")).collect();
    let plain = plain.join(" ");
    (plain.len() >= 6).then_some(plain)
}
