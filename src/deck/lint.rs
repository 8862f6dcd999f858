//! What can be said against a deck that reads well: rules of item writing and of bank building.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{ContentHash, ItemId};
use crate::deck::{
    Arrangement, Ask, Choice, Deck, Doubt, Item, ItemBody, Outline, Question, ShuffleChoices, TypedAnswer, Weight,
    apportion_items, folded,
};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Advice,
    /// Likely a mistake; the deck works.
    Warning,
    /// The deck cannot be used.
    Error,
}

/// A rule and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The code in reports, for example `D101`.
    pub code: &'static str,
    /// How much a breach weighs.
    pub severity: Severity,
    /// What the rule asks for, in one line.
    pub title: &'static str,
}

/// A breach of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Where it was broken.
    pub place: Place,
    /// What is wrong, as a sentence without full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Where in a deck a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The deck as a whole.
    Deck,
    /// A domain of the outline.
    Domain {
        /// Place of the domain.
        domain_idx: usize,
    },
    /// A task of the outline.
    Task {
        /// Place of its domain.
        domain_idx: usize,
        /// Place of the task in its domain.
        task_idx: usize,
    },
    /// A part of the item at this place in the deck's list.
    Item {
        /// Place of the item.
        item_idx: usize,
        /// The part.
        part: Part,
    },
}

/// A part of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// All of it.
    Whole,
    /// The stem or front.
    Prompt,
    /// One choice, option or accepted text, by its place.
    Choice(usize),
    /// What a slot is matched by, by its place.
    Label(usize),
}

const CUE_DIFFERS: Rule = rule("D101", Severity::Error, "the stem asks for as many choices as there are keys");
const CHOICES_ALIKE: Rule = rule("D102", Severity::Error, "no two choices of an item say the same");
const STEMS_ALIKE: Rule = rule("D103", Severity::Warning, "no two items ask the same with the same choices");
const ACCEPTED_TWICE: Rule = rule("D104", Severity::Warning, "no two accepted texts are the same answer");
const NO_RATIONALE: Rule = rule("D201", Severity::Advice, "every choice says why it is right or wrong");
const CATCH_ALL: Rule = rule("D202", Severity::Warning, "a shuffled item has no choice that points at the others");
const DOUBTED: Rule = rule("D203", Severity::Advice, "no item was reported as doubtful");
const BANK_TOO_SMALL: Rule = rule("D301", Severity::Warning, "each domain has enough items for one form");
const TASK_UNCOVERED: Rule = rule("D302", Severity::Warning, "every task has an item");
const RANGES_OFF: Rule = rule("D303", Severity::Warning, "ranges of weights can sum to 100");
const MINIMUM_UNASKED: Rule = rule("D304", Severity::Warning, "a domain with a minimum has items in every form");

/// All rules in the order of their codes.
pub const RULES: &[&Rule] = &[
    &CUE_DIFFERS,
    &CHOICES_ALIKE,
    &STEMS_ALIKE,
    &ACCEPTED_TWICE,
    &NO_RATIONALE,
    &CATCH_ALL,
    &DOUBTED,
    &BANK_TOO_SMALL,
    &TASK_UNCOVERED,
    &RANGES_OFF,
    &MINIMUM_UNASKED,
];

const fn rule(code: &'static str, severity: Severity, title: &'static str) -> Rule {
    Rule { code, severity, title }
}

/// Returns every breach of [`RULES`] in `deck`, in the order of the items, those of the whole deck last.
pub fn lint(deck: &Deck) -> Vec<Finding> {
    let mut findings = lint_items(&deck.items);
    findings.extend(uncovered_tasks(deck));
    findings.extend(short_domains(deck));
    findings.extend(ranges_off(&deck.outline));
    findings.extend(unasked_minimums(&deck.outline));
    findings
}

/// Returns the items that are reported as doubtful, in the order of the items.
pub fn lint_doubts(items: &[Item], doubts: &BTreeMap<ItemId, Doubt>) -> Vec<Finding> {
    let finding = |(item_idx, item): (usize, &Item)| {
        let doubt = doubts.get(&item.facts.id)?;
        let colon = if doubt.reason.is_empty() { "" } else { ": " };
        Some(Finding {
            rule: &DOUBTED,
            place: Place::Item { item_idx, part: Part::Whole },
            message: format!("reported as doubtful on {}{colon}{}", doubt.since, doubt.reason),
            help: "mend the item, or withdraw the report: cutscore deck doubt --withdraw".to_owned(),
        })
    };
    items.iter().enumerate().filter_map(finding).collect()
}

/// Returns the breaches of those [`RULES`] that look at items alone, in the order of the items.
pub fn lint_items(items: &[Item]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut first_with: BTreeMap<ContentHash, usize> = BTreeMap::new();
    for (item_idx, item) in items.iter().enumerate() {
        let ItemBody::Question(question) = &item.body else { continue };
        let n_before = findings.len();
        match &question.ask {
            Ask::Choices { choices, shuffle } => lint_choices(item_idx, question, choices, *shuffle, &mut findings),
            Ask::Arrangement(arrangement) => lint_arrangement(item_idx, arrangement, &mut findings),
            Ask::Typed(typed) => lint_typed(item_idx, typed, &mut findings),
        }

        let first_idx = *first_with.entry(content(question)).or_insert(item_idx);
        if first_idx != item_idx {
            findings.push(Finding {
                rule: &STEMS_ALIKE,
                place: Place::Item { item_idx, part: Part::Prompt },
                message: format!("item `{}` asks the same with the same choices", items[first_idx].facts.id),
                help: "keep one of the two, or make them ask different things".to_owned(),
            });
        }
        findings[n_before..].sort_by_key(|finding| finding.place);
    }
    findings
}

/// Stem and choices, whatever the case of their letters and the order of the choices.
fn content(question: &Question) -> ContentHash {
    let mut texts: Vec<&str> = match &question.ask {
        Ask::Choices { choices, .. } => choices.iter().map(|choice| choice.text.as_str()).collect(),
        Ask::Arrangement(arrangement) => {
            let labels = arrangement.slots.iter().filter_map(|slot| slot.label.as_deref());
            arrangement.options().chain(labels).collect()
        }
        // What is accepted shows nowhere; the stem alone is what is asked.
        Ask::Typed(_) => Vec::new(),
    };
    texts.push(&question.stem);
    let mut texts: Vec<String> = texts.into_iter().map(|text| spaced(text).to_lowercase()).collect();
    texts.sort_unstable();
    ContentHash::of(texts.join("\0").as_bytes())
}

fn lint_choices(
    item_idx: usize,
    question: &Question,
    choices: &[Choice],
    shuffle: ShuffleChoices,
    findings: &mut Vec<Finding>,
) {
    let at = |part: Part| Place::Item { item_idx, part };
    let n_keys = question.key().len();
    if let Some(n_asked) = n_asked(&question.stem).filter(|n_asked| *n_asked != n_keys) {
        findings.push(Finding {
            rule: &CUE_DIFFERS,
            place: at(Part::Prompt),
            message: format!("the stem asks for {n_asked} of the choices, but the number of keys is {n_keys}"),
            help: "mark as many choices as the stem asks for, or change the stem".to_owned(),
        });
    }
    findings.extend(said_twice(item_idx, choices.iter().map(|choice| choice.text.as_str()), Part::Choice, "choice"));
    for (choice_idx, choice) in choices.iter().enumerate() {
        if shuffle == ShuffleChoices::Yes && points_at_others(&spaced(&choice.text)) {
            findings.push(Finding {
                rule: &CATCH_ALL,
                place: at(Part::Choice(choice_idx)),
                message: "a choice that points at the others loses its sense when choices are shuffled".to_owned(),
                help: "write a choice of its own, or set `shuffle: false`".to_owned(),
            });
        }
    }
    let n_silent = choices.iter().filter(|choice| choice.why.is_none()).count();
    if n_silent > 0 {
        findings.push(Finding {
            rule: &NO_RATIONALE,
            place: at(Part::Whole),
            message: format!("{n_silent} of {} choices have no rationale", choices.len()),
            help: "add `why:` to each choice; it is what a learner reads after answering".to_owned(),
        });
    }
}

fn lint_arrangement(item_idx: usize, arrangement: &Arrangement, findings: &mut Vec<Finding>) {
    let what = if arrangement.is_ordering() { "part" } else { "right side" };
    findings.extend(said_twice(item_idx, arrangement.options(), Part::Choice, what));
    let labels = arrangement.slots.iter().filter_map(|slot| slot.label.as_deref());
    findings.extend(said_twice(item_idx, labels, Part::Label, "left side"));
    if arrangement.why.is_none() && arrangement.slots.iter().any(|slot| slot.why.is_none()) {
        findings.push(no_rationale(item_idx));
    }
}

fn lint_typed(item_idx: usize, typed: &TypedAnswer, findings: &mut Vec<Finding>) {
    let mut known = BTreeSet::new();
    for (idx, text) in typed.accept.iter().enumerate() {
        if !known.insert(folded(text)) {
            findings.push(Finding {
                rule: &ACCEPTED_TWICE,
                place: Place::Item { item_idx, part: Part::Choice(idx) },
                message: "this text is accepted already".to_owned(),
                help: "remove it; case, blanks and kinds of quotes and dashes do not matter".to_owned(),
            });
        }
    }
    if typed.why.is_none() {
        findings.push(no_rationale(item_idx));
    }
}

fn no_rationale(item_idx: usize) -> Finding {
    Finding {
        rule: &NO_RATIONALE,
        place: Place::Item { item_idx, part: Part::Whole },
        message: "the answer has no rationale".to_owned(),
        help: "add `why:` to the item; it is what a learner reads after answering".to_owned(),
    }
}

/// A finding for each text that says the same as an earlier one.
fn said_twice<'t>(
    item_idx: usize,
    texts: impl Iterator<Item = &'t str>,
    part: fn(usize) -> Part,
    what: &str,
) -> Vec<Finding> {
    let mut known = BTreeSet::new();
    let again = texts.enumerate().filter(|(_, text)| !known.insert(spaced(text)));
    let finding = |(idx, _)| Finding {
        rule: &CHOICES_ALIKE,
        place: Place::Item { item_idx, part: part(idx) },
        message: format!("this {what} says the same as an earlier one"),
        help: format!("give each {what} a text of its own"),
    };
    again.map(finding).collect()
}

/// The number that a cue such as "(Choose TWO.)" at the end of a stem asks for.
fn n_asked(stem: &str) -> Option<usize> {
    // A cue is short, so only the end of a long stem is searched.
    let tail = stem.char_indices().rev().nth(59).map_or(stem, |(at, _)| &stem[at..]);
    let lower = tail.to_lowercase();
    let after = lower.rsplit_once("choose ").or_else(|| lower.rsplit_once("select "))?.1;
    let word: String = after.chars().take_while(|c| c.is_alphanumeric()).collect();
    let names = ["one", "two", "three", "four", "five", "six"];
    let named = names.iter().position(|name| *name == word).map(|idx| idx + 1);
    // Only a cue that ends the stem counts; "choose two regions and ..." is part of the story.
    let rest = after[word.len()..].trim_matches(|c: char| !c.is_alphanumeric());
    if matches!(rest, "" | "answers" | "options" | "choices") { named.or_else(|| word.parse().ok()) } else { None }
}

/// Tells whether a choice is "all of the above" or one of its kin.
fn points_at_others(choice: &str) -> bool {
    const PHRASES: [&str; 5] =
        ["all of the above", "none of the above", "both of the above", "all of these", "none of these"];
    let words = choice.trim_end_matches(|c: char| !c.is_alphanumeric());
    PHRASES.iter().any(|phrase| words.eq_ignore_ascii_case(phrase))
}

fn uncovered_tasks(deck: &Deck) -> Vec<Finding> {
    let covered: BTreeSet<_> = deck.items.iter().filter_map(|item| item.facts.task.as_ref()).collect();
    let mut findings = Vec::new();
    for (domain_idx, domain) in deck.outline.domains.iter().enumerate() {
        for (task_idx, task) in domain.tasks.iter().enumerate().filter(|(_, task)| !covered.contains(&task.id)) {
            findings.push(Finding {
                rule: &TASK_UNCOVERED,
                place: Place::Task { domain_idx, task_idx },
                message: format!("task `{}` ({}) has no item", task.id, task.title),
                help: format!("add a question with `task: \"{}\"`", task.id),
            });
        }
    }
    findings
}

fn short_domains(deck: &Deck) -> Vec<Finding> {
    let Some(exam) = &deck.outline.exam else { return Vec::new() };
    let weights = deck.outline.weights();
    let scored = apportion_items(exam.n_scored, &weights);
    let unscored = apportion_items(exam.n_unscored, &weights);
    let mut concepts = vec![BTreeSet::new(); weights.len()];
    for item in deck.items.iter().filter(|item| item.facts.kind.is_exam_item()) {
        concepts[item.facts.domain_idx].insert(&item.facts.concept);
    }
    let mut findings = Vec::new();
    for (domain_idx, (domain, concepts)) in deck.outline.domains.iter().zip(concepts).enumerate() {
        let n_needed = scored[domain_idx] + unscored[domain_idx];
        if concepts.len() < n_needed {
            findings.push(Finding {
                rule: &BANK_TOO_SMALL,
                place: Place::Domain { domain_idx },
                message: format!(
                    "domain `{}` has exam items on {} concepts, but one form needs {n_needed}",
                    domain.id,
                    concepts.len(),
                ),
                help: "add questions, or ask for fewer items in `exam: items:`".to_owned(),
            });
        }
    }
    findings
}

fn ranges_off(outline: &Outline) -> Option<Finding> {
    let weights = outline.weights();
    let sum = |end: fn(Weight) -> f64| weights.iter().copied().map(end).sum::<f64>();
    let (low, high) = (sum(Weight::low), sum(Weight::high));
    let is_off = weights.iter().any(|weight| weight.is_range()) && (low > 100.0 + 1e-9 || high < 100.0 - 1e-9);
    is_off.then(|| Finding {
        rule: &RANGES_OFF,
        place: Place::Domain { domain_idx: 0 },
        message: format!("the weights sum to between {low} and {high}, so no form can keep all ranges"),
        help: "write ranges in percent of the exam, and numbers beside them in percent too".to_owned(),
    })
}

fn unasked_minimums(outline: &Outline) -> Vec<Finding> {
    let Some(exam) = &outline.exam else { return Vec::new() };
    let counts = apportion_items(exam.n_scored, &outline.weights());
    let unasked = exam.decision.minimums().keys().filter(|domain_idx| counts.get(**domain_idx) == Some(&0));
    unasked
        .map(|domain_idx| Finding {
            rule: &MINIMUM_UNASKED,
            place: Place::Domain { domain_idx: *domain_idx },
            message: "the domain has a minimum, but no scored item of a form is on it".to_owned(),
            help: "give it more weight, ask for more items, or remove its minimum".to_owned(),
        })
        .collect()
}

/// A text with one blank for every run of white space. Case and signs stay: `C`, `c` and `C++` are three answers.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_cue(stem: &str, expected: Option<usize>) {
        assert_eq!(n_asked(stem), expected);
    }

    #[test]
    fn choices_of_signs_and_cases_differ() {
        assert_ne!(spaced("C++"), spaced("C"));
        assert_ne!(spaced("mg"), spaced("Mg"));
        assert_eq!(spaced(" two  words\n"), spaced("two words"));
    }

    #[test]
    fn a_choice_that_points_at_the_others_is_known_by_its_words() {
        assert!(points_at_others("None of the above.") && points_at_others("all of these"));
        assert!(!points_at_others("All of the above services"));
    }

    #[test]
    fn a_cue_is_read_only_at_the_end_of_the_stem() {
        check_cue("Which services are serverless? (Choose TWO.)", Some(2));
        check_cue("Which apply? Select 3 answers", Some(3));
        check_cue("A firm must choose two Regions for its website. Which service helps?", None);
        check_cue("Which service is it?", None);
    }
}
