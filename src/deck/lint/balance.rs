//! Whether keys, difficulties and skills are spread over the bank.

use std::collections::BTreeMap;

use crate::deck::lint::rule::{Example, Found, Place, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;
use crate::deck::{Deck, Difficulty, Effort, Skill, letter_of};

pub(super) const KEY_POSITION: Rule = rule(
    "D305",
    Severity::Warning,
    "keys of questions in a fixed order are spread over the places",
    Example {
        reason: "Where choices keep their order, a favourite place of the key can be learned. Held against chance: more \
                 than half and four standard deviations over it, from twelve questions on.",
        bad: POSITION_BAD,
        good: POSITION_GOOD,
    },
);

pub(super) const DIFFICULTY_SPREAD: Rule = rule(
    "D310",
    Severity::Advice,
    "difficulties are stated, and not all the same",
    Example {
        reason: "Forms are equated by difficulty; without it a lucky form counts as much as an unlucky one. Looked at \
                 from twelve questions on, in decks with an exam.",
        bad: SPREAD_BAD,
        good: SPREAD_GOOD,
    },
);

pub(super) const SKILL_SPREAD: Rule = rule(
    "D311",
    Severity::Advice,
    "skills are not all the same",
    Example {
        reason: "Facts alone do not show whether a learner can decide with them. Looked at from twelve questions on, in \
                 decks with an exam that state skills.",
        bad: SKILL_BAD,
        good: SPREAD_GOOD,
    },
);

const POSITION_BAD: &str = "\
- {shuffle: false, stem: What is 1 + 1?, choices: [1, {text: 2, correct: true}, 3]}
- {shuffle: false, stem: What is 1 + 2?, choices: [2, {text: 3, correct: true}, 4]}
- {shuffle: false, stem: What is 1 + 3?, choices: [3, {text: 4, correct: true}, 5]}
- {shuffle: false, stem: What is 1 + 4?, choices: [4, {text: 5, correct: true}, 6]}
- {shuffle: false, stem: What is 1 + 5?, choices: [5, {text: 6, correct: true}, 7]}
- {shuffle: false, stem: What is 1 + 6?, choices: [6, {text: 7, correct: true}, 8]}
- {shuffle: false, stem: What is 1 + 7?, choices: [7, {text: 8, correct: true}, 9]}
- {shuffle: false, stem: What is 1 + 8?, choices: [8, {text: 9, correct: true}, 10]}
- {shuffle: false, stem: What is 2 + 1?, choices: [2, {text: 3, correct: true}, 4]}
- {shuffle: false, stem: What is 2 + 2?, choices: [3, {text: 4, correct: true}, 5]}
- {shuffle: false, stem: What is 2 + 3?, choices: [4, {text: 5, correct: true}, 6]}
- {shuffle: false, stem: What is 2 + 4?, choices: [5, {text: 6, correct: true}, 7]}
";

const POSITION_GOOD: &str = "\
- {shuffle: false, stem: What is 1 + 1?, choices: [1, {text: 2, correct: true}, 3]}
- {shuffle: false, stem: What is 1 + 2?, choices: [{text: 3, correct: true}, 4, 5]}
- {shuffle: false, stem: What is 1 + 3?, choices: [2, 3, {text: 4, correct: true}]}
- {shuffle: false, stem: What is 1 + 4?, choices: [4, {text: 5, correct: true}, 6]}
- {shuffle: false, stem: What is 1 + 5?, choices: [{text: 6, correct: true}, 7, 8]}
- {shuffle: false, stem: What is 1 + 6?, choices: [5, 6, {text: 7, correct: true}]}
- {shuffle: false, stem: What is 1 + 7?, choices: [7, {text: 8, correct: true}, 9]}
- {shuffle: false, stem: What is 1 + 8?, choices: [{text: 9, correct: true}, 10, 11]}
- {shuffle: false, stem: What is 2 + 1?, choices: [1, 2, {text: 3, correct: true}]}
- {shuffle: false, stem: What is 2 + 2?, choices: [3, {text: 4, correct: true}, 5]}
- {shuffle: false, stem: What is 2 + 3?, choices: [{text: 5, correct: true}, 6, 7]}
- {shuffle: false, stem: What is 2 + 4?, choices: [4, 5, {text: 6, correct: true}]}
";

const SPREAD_BAD: &str = "\
exam: {items: 2}
difficulty: medium
questions:
- {stem: What is 1 + 1?, right: 2, wrong: [3, 4]}
- {stem: What is 1 + 2?, right: 3, wrong: [2, 4]}
- {stem: What is 1 + 3?, right: 4, wrong: [3, 2]}
- {stem: What is 1 + 4?, right: 5, wrong: [3, 4]}
- {stem: What is 1 + 5?, right: 6, wrong: [3, 4]}
- {stem: What is 1 + 6?, right: 7, wrong: [3, 4]}
- {stem: What is 1 + 7?, right: 8, wrong: [3, 4]}
- {stem: What is 1 + 8?, right: 9, wrong: [3, 4]}
- {stem: What is 2 + 1?, right: 3, wrong: [5, 4]}
- {stem: What is 2 + 2?, right: 4, wrong: [3, 5]}
- {stem: What is 2 + 3?, right: 5, wrong: [3, 4]}
- {stem: What is 2 + 4?, right: 6, wrong: [3, 4]}
";

const SKILL_BAD: &str = "\
exam: {items: 2}
skill: recall
questions:
- {difficulty: easy, stem: What is 1 + 1?, right: 2, wrong: [3, 4]}
- {difficulty: easy, stem: What is 1 + 2?, right: 3, wrong: [2, 4]}
- {difficulty: easy, stem: What is 1 + 3?, right: 4, wrong: [3, 2]}
- {difficulty: easy, stem: What is 1 + 4?, right: 5, wrong: [3, 4]}
- {difficulty: medium, stem: What is 1 + 5?, right: 6, wrong: [3, 4]}
- {difficulty: medium, stem: What is 1 + 6?, right: 7, wrong: [3, 4]}
- {difficulty: medium, stem: What is 1 + 7?, right: 8, wrong: [3, 4]}
- {difficulty: medium, stem: What is 1 + 8?, right: 9, wrong: [3, 4]}
- {difficulty: hard, stem: What is 2 + 1?, right: 3, wrong: [5, 4]}
- {difficulty: hard, stem: What is 2 + 2?, right: 4, wrong: [3, 5]}
- {difficulty: hard, stem: What is 2 + 3?, right: 5, wrong: [3, 4]}
- {difficulty: hard, stem: What is 2 + 4?, right: 6, wrong: [3, 4]}
";

const SPREAD_GOOD: &str = "\
exam: {items: 2}
questions:
- {difficulty: easy, skill: recall, stem: What is 1 + 1?, right: 2, wrong: [3, 4]}
- {difficulty: easy, skill: recall, stem: What is 1 + 2?, right: 3, wrong: [2, 4]}
- {difficulty: easy, skill: recall, stem: What is 1 + 3?, right: 4, wrong: [3, 2]}
- {difficulty: easy, skill: recall, stem: What is 1 + 4?, right: 5, wrong: [3, 4]}
- {difficulty: medium, skill: compare, stem: What is 1 + 5?, right: 6, wrong: [3, 4]}
- {difficulty: medium, skill: compare, stem: What is 1 + 6?, right: 7, wrong: [3, 4]}
- {difficulty: medium, skill: compare, stem: What is 1 + 7?, right: 8, wrong: [3, 4]}
- {difficulty: medium, skill: compare, stem: What is 1 + 8?, right: 9, wrong: [3, 4]}
- {difficulty: hard, skill: scenario, stem: What is 2 + 1?, right: 3, wrong: [5, 4]}
- {difficulty: hard, skill: scenario, stem: What is 2 + 2?, right: 4, wrong: [3, 5]}
- {difficulty: hard, skill: scenario, stem: What is 2 + 3?, right: 5, wrong: [3, 4]}
- {difficulty: hard, skill: scenario, stem: What is 2 + 4?, right: 6, wrong: [3, 4]}
";

/// Items from which a spread is looked at.
const MIN_ITEMS: usize = 12;

/// Standard deviations over chance that are too many.
const TOO_FAR: f64 = 4.0;

pub(super) fn check_deck(deck: &Deck, views: &[ItemView<'_>], found: &mut Found) {
    key_positions(views, found);
    let facts: Vec<_> = deck.items.iter().map(|item| &item.facts).filter(|facts| facts.is_drawn()).collect();
    if deck.outline.exam.is_none() || facts.len() < MIN_ITEMS {
        return;
    }
    let n_stated = facts.iter().filter(|facts| facts.difficulty.is_some()).count();
    if n_stated * 2 < facts.len() {
        let message = format!("only {n_stated} of {} questions state a difficulty", facts.len());
        found.say(&DIFFICULTY_SPREAD, Place::Deck, message, "add `difficulty:`, so that forms can be equated");
    } else if let Some((word, n)) = commonest(facts.iter().filter_map(|facts| effort_word(facts.difficulty?)))
        && is_nearly_all(n, facts.len())
    {
        let message = format!("{n} of {} questions are {word}", facts.len());
        found.say(
            &DIFFICULTY_SPREAD,
            Place::Deck,
            message,
            "judge difficulties anew, or add harder and easier questions",
        );
    }
    if let Some((word, n)) = commonest(facts.iter().filter_map(|facts| facts.skill.map(skill_word)))
        && is_nearly_all(n, facts.len())
    {
        let message = format!("{n} of {} questions ask for {word}", facts.len());
        found.say(&SKILL_SPREAD, Place::Deck, message, "add questions that ask for another skill");
    }
}

/// Nine in ten.
fn is_nearly_all(n: usize, of: usize) -> bool {
    n * 10 >= of * 9
}

fn commonest<'w>(words: impl Iterator<Item = &'w str>) -> Option<(&'w str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    counts.into_iter().max_by_key(|(_, n)| *n)
}

/// The word of a difficulty that was chosen from few; numbers spread by themselves.
fn effort_word(difficulty: Difficulty) -> Option<&'static str> {
    match difficulty {
        Difficulty::Effort(Effort::Easy) => Some("easy"),
        Difficulty::Effort(Effort::Medium) => Some("medium"),
        Difficulty::Effort(Effort::Hard) => Some("hard"),
        Difficulty::Level(level) => {
            Some(["level 1", "level 2", "level 3", "level 4", "level 5"][usize::from(level.clamp(1, 5) - 1)])
        }
        Difficulty::Logits(_) | Difficulty::Angoff(_) | Difficulty::Measured(_) => None,
    }
}

fn skill_word(skill: Skill) -> &'static str {
    match skill {
        Skill::Recall => "recall",
        Skill::Compare => "comparison",
        Skill::Scenario => "a decision in a scenario",
    }
}

fn key_positions(views: &[ItemView<'_>], found: &mut Found) {
    let mut by_place: BTreeMap<usize, u32> = BTreeMap::new();
    let (mut n_items, mut chance_sum) = (0_u32, 0.0);
    for view in views.iter().filter(|view| !view.is_shuffled()) {
        let Some((place, _)) = view.only_key() else { continue };
        *by_place.entry(place).or_default() += 1;
        n_items += 1;
        chance_sum += 1.0 / f64::from(u32::try_from(view.choices.len()).unwrap_or(u32::MAX));
    }
    let Some((place, n)) = by_place.into_iter().max_by_key(|(_, n)| *n) else { return };
    let total = f64::from(n_items);
    let chance = chance_sum / total;
    let limit = chance_sum + TOO_FAR * f64::sqrt(total * chance * (1.0 - chance));
    if usize::try_from(n_items).is_ok_and(|n_items| n_items >= MIN_ITEMS) && f64::from(n) > limit && n * 2 > n_items {
        let letter = letter_of(place);
        let message = format!("in {n} of {n_items} questions with a fixed order the key is choice {letter}");
        found.say(&KEY_POSITION, Place::Deck, message, "let choices be shuffled, or move keys to other places");
    }
}
