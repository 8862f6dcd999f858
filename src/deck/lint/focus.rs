//! What the stem asks, and how the choices answer it together.

use std::collections::BTreeMap;

use crate::deck::ShuffleChoices;
use crate::deck::lint::rule::{Example, Found, Part, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;
use crate::deck::lint::words::Words;

pub(super) const CATCH_ALL: Rule = rule(
    "D202",
    Severity::Warning,
    "a shuffled item has no choice that points at the others",
    Example {
        reason: "Above and below mean nothing once the choices have changed places.",
        bad: "- {stem: Which method fetches?, right: GET, wrong: [POST, PUT, None of the above]}\n",
        good: "- {stem: Which method fetches?, right: GET, wrong: [POST, PUT, DELETE]}\n",
    },
);

pub(super) const CONVERGENCE: Rule = rule(
    "D210",
    Severity::Advice,
    "the key is not the choice that shares most with the others",
    Example {
        reason: "Distractors are often made by changing a part of the key; then the key is where most parts meet.",
        bad: "- {stem: What does a request carry?, right: a method and headers, \
              wrong: [a method and a score, a grade and headers, a rank and headers]}\n",
        good: "- {stem: What does a request carry?, right: a method and headers, \
               wrong: [a method and a score, a grade and headers, a grade and a score]}\n",
    },
);

pub(super) const CATCH_ALL_FIXED: Rule = rule(
    "D211",
    Severity::Advice,
    "no choice says `all of the above` or `none of the above`",
    Example {
        reason: "Who knows two right choices has found `all of the above`, and who finds `none` right has shown no \
                 knowledge of what is.",
        bad: "- stem: Which method fetches?\n  shuffle: false\n  choices:\n  - {text: GET, correct: true}\n  - POST\n  \
              - None of the above\n",
        good: "- stem: Which method fetches?\n  shuffle: false\n  choices:\n  - {text: GET, correct: true}\n  - POST\n  \
               - PUT\n",
    },
);

pub(super) const UNFOCUSED: Rule = rule(
    "D220",
    Severity::Advice,
    "the stem asks something of its own",
    Example {
        reason: "`Which of these is true?` makes several true-or-false questions of one; the learner cannot answer \
                 before reading the choices.",
        bad: "- {stem: Which of the following statements is true?, right: GET fetches, wrong: [PUT fetches, POST fetches]}\n",
        good: "- {stem: Which method fetches?, right: GET, wrong: [PUT, POST]}\n",
    },
);

pub(super) const REPEATED_START: Rule = rule(
    "D221",
    Severity::Advice,
    "choices do not all begin with the same words",
    Example {
        reason: "What every choice begins with can be said once, in the stem.",
        bad: "- stem: What does the lock do?\n  right: It makes sure that one writer works at a time\n  \
              wrong: [It makes sure that readers see nothing, It makes sure that copies are signed]\n",
        good: "- stem: The lock makes sure of something. Of what?\n  right: One writer works at a time\n  \
               wrong: [Readers see nothing, Copies are signed]\n",
    },
);

pub(super) const MOSTLY_RIGHT: Rule = rule(
    "D226",
    Severity::Advice,
    "a question has about as many distractors as keys, or more",
    Example {
        reason: "If nearly every choice is right, finding the wrong one is enough; ask for that instead.",
        bad: "- {stem: Which are colours? (Choose THREE.), right: [red, blue, green], wrong: [loud]}\n",
        good: "- {stem: Which are colours? (Choose THREE.), right: [red, blue, green], wrong: [loud, sweet, quick]}\n",
    },
);

/// Words that every choice may begin with before it is too much, if they are more than half of the shortest choice.
const MAX_SHARED_WORDS: usize = 3;

pub(super) fn check(view: &ItemView<'_>, found: &mut Found) {
    if view.choices.is_empty() {
        return;
    }
    let Some(question) = view.question() else { return };
    for (idx, _) in view.choices.iter().enumerate().filter(|(_, choice)| points_at_others(&choice.words)) {
        match question.shuffle() {
            ShuffleChoices::Yes => {
                let message = "a choice that points at the others loses its sense when choices are shuffled";
                view.say(
                    found,
                    &CATCH_ALL,
                    Part::Choice(idx),
                    message,
                    "write a choice of its own, or set `shuffle: false`",
                );
            }
            ShuffleChoices::No => {
                let message = "the choice is about the other choices, not about the question";
                view.say(found, &CATCH_ALL_FIXED, Part::Choice(idx), message, "write a choice of its own");
            }
        }
    }
    if is_unfocused(&view.stem) {
        let help = "name the subject, and what about it is asked";
        view.say(
            found,
            &UNFOCUSED,
            Part::Prompt,
            "the stem asks nothing that can be answered without the choices",
            help,
        );
    }
    let n_shared = n_shared_words(view);
    let n_shortest = view.choices.iter().map(|choice| choice.words.len()).min().unwrap_or(0);
    if view.choices.len() > 2 && n_shared > MAX_SHARED_WORDS && n_shared * 2 > n_shortest {
        let message = format!("every choice begins with the same {n_shared} words");
        view.say(found, &REPEATED_START, Part::Choice(0), message, "move them into the stem");
    }
    let n_keys = view.n_keys();
    if n_keys > 1 && view.choices.len() + 1 < 2 * n_keys {
        let message = format!("{n_keys} of {} choices are right", view.choices.len());
        view.say(found, &MOSTLY_RIGHT, Part::Whole, message, "add distractors, or ask for what is wrong");
    }
    convergence(view, found);
}

/// Tells whether a choice is "all of the above" or one of its kin.
fn points_at_others(choice: &Words) -> bool {
    const PHRASES: [&str; 9] = [
        "all of the above",
        "none of the above",
        "both of the above",
        "all of these",
        "none of these",
        "all the above",
        "all of the following",
        "none of the other choices",
        "all of the other choices",
    ];
    PHRASES.contains(&choice.joined())
}

/// Tells whether nothing but "which of these is true" is asked.
fn is_unfocused(stem: &Words) -> bool {
    const GENERIC: [&str; 24] = [
        "which",
        "what",
        "one",
        "of",
        "the",
        "these",
        "those",
        "following",
        "below",
        "statement",
        "statements",
        "is",
        "are",
        "true",
        "correct",
        "right",
        "choice",
        "choices",
        "option",
        "options",
        "answer",
        "answers",
        "best",
        "a",
    ];
    let asks_for_truth = stem.iter().any(|word| matches!(word, "true" | "correct" | "right"));
    asks_for_truth && stem.iter().all(|word| GENERIC.contains(&word))
}

fn n_shared_words(view: &ItemView<'_>) -> usize {
    let Some((first, others)) = view.choices.split_first() else { return 0 };
    let is_shared = |idx: usize| others.iter().all(|choice| choice.words.get(idx) == first.words.get(idx));
    (0..first.words.len()).take_while(|idx| is_shared(*idx)).count()
}

/// Looks at choices that are all lists of parts, and says when the key alone has the commonest ones.
fn convergence(view: &ItemView<'_>, found: &mut Found) {
    let Some((key_idx, _)) = view.only_key().filter(|_| view.choices.len() > 3) else { return };
    let lists: Vec<Vec<String>> = view.choices.iter().map(|choice| parts(choice.words.joined())).collect();
    let length = lists.first().map_or(0, Vec::len);
    if length < 2 || lists.iter().any(|list| list.len() != length) {
        return;
    }
    let mut n_lists: BTreeMap<&str, usize> = BTreeMap::new();
    for part in lists.iter().flatten() {
        *n_lists.entry(part).or_default() += 1;
    }
    let overlap = |list: &[String]| list.iter().map(|part| n_lists[part.as_str()]).sum::<usize>();
    let own = overlap(&lists[key_idx]);
    let is_each_shared = lists[key_idx].iter().all(|part| n_lists[part.as_str()] > 1);
    let others = lists.iter().enumerate().filter(|(idx, _)| *idx != key_idx).map(|(_, list)| overlap(list));
    if is_each_shared && others.max().is_some_and(|most| most < own) {
        let help = "let each part stand in as many distractors as any other";
        view.say(found, &CONVERGENCE, Part::Choice(key_idx), "the key is where most parts of the choices meet", help);
    }
}

/// The parts of "x and y" in words.
fn parts(words: &str) -> Vec<String> {
    words.split(" and ").map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_that_points_at_the_others_is_known_by_its_words() {
        assert!(points_at_others(&Words::of("None of the above.")) && points_at_others(&Words::of("all of these")));
        assert!(!points_at_others(&Words::of("All of the above services")));
    }

    #[test]
    fn a_stem_with_a_subject_is_focused() {
        assert!(is_unfocused(&Words::of("Which of these is correct?")));
        assert!(!is_unfocused(&Words::of("Which of these is true of caches?")));
    }
}
