//! Stems that give their answer away.

use crate::deck::lint::rule::{Example, Found, Part, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;
use crate::deck::lint::words::{Words, trunk};
use crate::deck::{Ask, ItemBody};

pub(super) const ECHO: Rule = rule(
    "D214",
    Severity::Advice,
    "words of the stem do not come back in the key alone",
    Example {
        reason: "A learner who knows nothing chooses what sounds like the question.",
        bad: "- {stem: Which service scans container images for software vulnerabilities?, \
              right: A scan of container images for vulnerabilities, wrong: [A ledger of the payments of a month, A relay for the letters of users, A clock that others are set by]}\n",
        good: "- {stem: Which service scans container images for software vulnerabilities?, \
               right: The inspector, wrong: [The ledger, The mail relay, The time server]}\n",
    },
);

pub(super) const GIVEN_AWAY: Rule = rule(
    "D215",
    Severity::Warning,
    "what is asked does not contain its answer",
    Example {
        reason: "An answer that stands in the question can be copied.",
        bad: "- {stem: Which header carries the content type of a body?, right: Content-Type, wrong: [Accept, Host, Via]}\n",
        good: "- {stem: Which header says how a body is to be read?, right: Content-Type, wrong: [Accept, Host, Via]}\n",
    },
);

/// Words of the stem that the key must echo, and no distractor, before it is said.
const MIN_ECHOES: usize = 3;

/// Answers shorter than this stand in many a text by chance.
const MIN_ANSWER_CHARS: usize = 4;

/// Longest answer, in words, that is looked for.
const MAX_ANSWER_WORDS: usize = 6;

pub(super) fn check(view: &ItemView<'_>, found: &mut Found) {
    match &view.item.body {
        ItemBody::Question(question) => match &question.ask {
            Ask::Choices { .. } => {
                if !is_given_away(view, found) {
                    echo(view, found);
                }
            }
            Ask::Typed(typed) => {
                if let Some(text) = typed.accept.iter().find(|text| holds(&view.stem, &Words::of(text))) {
                    say_given_away(view, text, found);
                }
            }
            Ask::Arrangement(_) => {}
        },
        ItemBody::Flashcard(card) => {
            if holds(&Words::of(&card.front), &Words::of(&card.back)) {
                say_given_away(view, &card.back, found);
            }
        }
        ItemBody::Cloze(cloze) => {
            let front = Words::of(&cloze.front());
            if let Some(answer) = blanks(&cloze.text).into_iter().find(|answer| holds(&front, &Words::of(answer))) {
                say_given_away(view, answer, found);
            }
        }
    }
}

fn say_given_away(view: &ItemView<'_>, answer: &str, found: &mut Found) {
    let shown: String = answer.chars().take(40).collect();
    let message = format!("the answer `{shown}` stands in the question");
    view.say(found, &GIVEN_AWAY, Part::Prompt, message, "ask without naming it");
}

/// Tells whether the words of an answer stand in a text in a row.
fn holds(text: &Words, answer: &Words) -> bool {
    let is_wordy =
        answer.joined().len() >= MIN_ANSWER_CHARS && answer.iter().any(|word| word.starts_with(char::is_alphabetic));
    is_wordy && answer.len() <= MAX_ANSWER_WORDS && text.has_phrase(answer.joined())
}

/// What is to be recalled in a text with blanks.
fn blanks(text: &str) -> Vec<&str> {
    let insides = text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(inside, _)| inside);
    insides.map(|inside| inside.rsplit_once("::").map_or(inside, |(answer, _)| answer)).collect()
}

fn is_given_away(view: &ItemView<'_>, found: &mut Found) -> bool {
    let Some((_, key)) = view.only_key() else { return false };
    let is_given = holds(&view.stem, &key.words) && !view.distractors().any(|choice| holds(&view.stem, &choice.words));
    if is_given {
        say_given_away(view, key.text, found);
    }
    is_given
}

fn echo(view: &ItemView<'_>, found: &mut Found) {
    let Some((key_idx, key)) = view.only_key().filter(|_| view.choices.len() > 2) else { return };
    let of_key = trunks(&key.words);
    // Most keys are too short to echo much; only the others are worth the look at the stem.
    if of_key.len() < MIN_ECHOES {
        return;
    }
    let of_stem = trunks(&view.stem);
    let mut own: Vec<&str> = of_key.into_iter().filter(|trunk| of_stem.binary_search(trunk).is_ok()).collect();
    if own.len() < MIN_ECHOES {
        return;
    }
    let of_others: Vec<Vec<&str>> = view.distractors().map(|choice| trunks(&choice.words)).collect();
    own.retain(|trunk| !of_others.iter().any(|other| other.binary_search(trunk).is_ok()));
    let echoed = |trunks: &Vec<&str>| trunks.iter().filter(|trunk| of_stem.binary_search(trunk).is_ok()).count();
    let n_others = of_others.iter().map(echoed).max().unwrap_or(0);
    if own.len() >= MIN_ECHOES && own.len() > n_others {
        let message = format!("of all choices only the key repeats `{}` of the stem", own.join("`, `"));
        let help = "use other words in the key, or the same in a distractor";
        view.say(found, &ECHO, Part::Choice(key_idx), message, help);
    }
}

/// The trunks of a text's words, each once, sorted.
fn trunks(words: &Words) -> Vec<&str> {
    let mut all: Vec<&str> = words.iter().filter_map(trunk).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_looked_for_without_their_hints() {
        assert_eq!(blanks("An {{EBS::storage}} volume and {{S3}}"), ["EBS", "S3"]);
    }

    #[test]
    fn short_answers_and_numbers_are_not_looked_for() {
        let holds = |text: &str, answer: &str| holds(&Words::of(text), &Words::of(answer));
        assert!(holds("Which Content-Type is it?", "content type"));
        assert!(!holds("Is it 443 or 8443?", "8443") && !holds("A cat is a pet.", "pet"));
    }
}
