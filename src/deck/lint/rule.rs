//! Rules, breaches of them, and where in a deck these stand.

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
    /// Why, with an example; `None` for rules that explain themselves.
    pub example: Option<Example>,
}

/// A rule shown on a small deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// Why the rule is there, in a sentence or two.
    pub reason: &'static str,
    /// What breaks it: a deck as YAML, or entries of `questions` that begin with a dash.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
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

impl Place {
    /// Returns the place of the item that a finding is about, if it is about one.
    pub fn item_idx(self) -> Option<usize> {
        match self {
            Place::Item { item_idx, .. } => Some(item_idx),
            Place::Deck | Place::Domain { .. } | Place::Task { .. } => None,
        }
    }
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

/// Breaches as they are found.
#[derive(Default)]
pub(super) struct Found(pub(super) Vec<Finding>);

impl Found {
    /// Writes a breach down.
    pub(super) fn say(
        &mut self,
        rule: &'static Rule,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.0.push(Finding { rule, place, message: message.into(), help: help.into() });
    }
}

/// A rule with its example.
pub(super) const fn rule(code: &'static str, severity: Severity, title: &'static str, example: Example) -> Rule {
    Rule { code, severity, title, example: Some(example) }
}
