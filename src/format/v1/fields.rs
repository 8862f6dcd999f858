//! The entries of a mapping, taken one by one and checked as they are taken.

use std::borrow::Cow;
use std::fmt::Display;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::base::{IdError, Share};
use crate::format::finding::Log;
use crate::format::rules::{BAD_ID, BAD_VALUE, MISSING, UNKNOWN_KEY, WRONG_SHAPE};
use crate::format::suggest::{did_you_mean, quoted};
use crate::format::v1::keys::Key;
use crate::format::yaml::{Key as Name, Node, Span, Value};

/// A value with the place where it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) span: Span,
}

/// The entries of a mapping that nobody has taken yet.
pub(super) struct Fields<'a> {
    /// Where the mapping begins.
    pub(super) span: Span,
    entries: Vec<(Name<'a>, Node<'a>)>,
}

/// An entry with a value.
pub(super) struct Field<'a> {
    name: &'static str,
    /// Where the key stands.
    pub(super) key_span: Span,
    node: Node<'a>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(span: Span, entries: Vec<(Name<'a>, Node<'a>)>) -> Fields<'a> {
        Fields { span, entries }
    }

    /// Takes a node as a mapping, or reports that it is none; `what` says what it should be.
    pub(super) fn of(node: Node<'a>, what: &str, log: &mut Log<'_>) -> Option<Fields<'a>> {
        match node.value {
            Value::Mapping(entries) => Some(Fields { span: node.span, entries }),
            Value::Refused => None,
            other => {
                log.say(
                    &WRONG_SHAPE,
                    node.span,
                    format!("{what} is a mapping, not {}", other.kind()),
                    "write `key: value` lines",
                );
                None
            }
        }
    }

    /// Takes an entry out; reports one without a value.
    pub(super) fn take(&mut self, name: &'static str, log: &mut Log<'_>) -> Option<Field<'a>> {
        let at = self.entries.iter().position(|(key, _)| key.name == name)?;
        let (key, node) = self.entries.swap_remove(at);
        match node.value {
            Value::Empty => {
                log.say(&MISSING, key.span, format!("`{name}` has no value"), "give it one, or remove the key");
                None
            }
            Value::Refused => None,
            _ => Some(Field { name, key_span: key.span, node }),
        }
    }

    /// Takes an entry out; reports that it is missing.
    pub(super) fn need(&mut self, name: &'static str, what: &str, log: &mut Log<'_>) -> Option<Field<'a>> {
        if !self.has(name) {
            log.say(&MISSING, self.span, format!("{what} needs `{name}`"), format!("add `{name}:`"));
        }
        self.take(name, log)
    }

    /// Tells whether an entry is there and was not taken.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(key, _)| key.name == name)
    }

    /// Drops an entry that was reported as it stands.
    pub(super) fn drop_entry(&mut self, name: &str) {
        self.entries.retain(|(key, _)| key.name != name);
    }

    /// Returns the place of the key of an entry that was not taken.
    pub(super) fn key_span(&self, name: &str) -> Option<Span> {
        self.entries.iter().find(|(key, _)| key.name == name).map(|(key, _)| key.span)
    }

    /// Gives up what is left, as it stands in the file.
    pub(super) fn into_entries(self) -> Vec<(Name<'a>, Node<'a>)> {
        self.entries
    }

    /// Reports what was not taken as unknown; `known` are the keys of this kind of mapping.
    pub(super) fn finish(self, what: &str, known: &[&[Key]], log: &mut Log<'_>) -> Unknown {
        let answer = if self.entries.is_empty() { Unknown::None } else { Unknown::Some };
        for (key, _) in self.entries {
            let help = if log.is_full() {
                String::new()
            } else {
                let all = known.iter().flat_map(|keys| keys.iter().map(|key| key.name));
                did_you_mean(&key.name, all.clone(), || {
                    format!("{what} has the keys {}", all.collect::<Vec<_>>().join(", "))
                })
            };
            log.say(&UNKNOWN_KEY, key.span, format!("unknown key {} in {what}", quoted(&key.name)), help);
        }
        answer
    }
}

/// Whether a mapping had keys that nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    None,
    Some,
}

impl<'a> Field<'a> {
    /// A field for a node that has no key of its own, such as an element of a list.
    pub(super) fn element(name: &'static str, node: Node<'a>, log: &mut Log<'_>) -> Option<Field<'a>> {
        match node.value {
            Value::Empty => {
                log.say(&MISSING, node.span, format!("an entry of `{name}` is empty"), "write it, or remove the dash");
                None
            }
            Value::Refused => None,
            _ => Some(Field { name, key_span: node.span, node }),
        }
    }

    /// The key.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// How many elements or entries the value has; a text counts as one.
    pub(super) fn n_elements(&self) -> usize {
        match &self.node.value {
            Value::Empty | Value::Refused => 0,
            Value::Text(_) => 1,
            Value::List(nodes) => nodes.len(),
            Value::Mapping(entries) => entries.len(),
        }
    }

    /// Where the value stands.
    pub(super) fn span(&self) -> Span {
        self.node.span
    }

    fn say_bad(&self, log: &mut Log<'_>, text: &str, wanted: &str) {
        log.say(
            &BAD_VALUE,
            self.node.span,
            format!("`{}` is {wanted}, not {}", self.name, quoted(text)),
            "change the value",
        );
    }

    /// The value as it is written, whatever it looks like.
    fn raw(self, log: &mut Log<'_>) -> Option<Cow<'a, str>> {
        match self.node.value {
            Value::Text(text) => Some(text),
            other => {
                let help = "put text with braces or brackets in double quotes";
                log.say(&WRONG_SHAPE, self.node.span, format!("`{}` is text, not {}", self.name, other.kind()), help);
                None
            }
        }
    }

    /// Text without blank space at its ends; not empty.
    pub(super) fn text(self, log: &mut Log<'_>) -> Option<String> {
        let (name, span) = (self.name, self.node.span);
        let text = self.raw(log)?;
        let trimmed = text.trim_end().trim_start_matches(['\n', '\r']);
        if trimmed.trim().is_empty() {
            log.say(&MISSING, span, format!("`{name}` is empty"), "write something");
            return None;
        }
        Some(if trimmed.len() == text.len() { text.into_owned() } else { trimmed.to_owned() })
    }

    pub(super) fn placed_text(self, log: &mut Log<'_>) -> Option<Placed<String>> {
        let span = self.node.span;
        self.text(log).map(|value| Placed { value, span })
    }

    /// The value through a conversion that knows what is wrong with it.
    pub(super) fn parsed<T>(self, log: &mut Log<'_>, wanted: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let Value::Text(text) = &self.node.value else { return self.raw(log).and(None) };
        let parsed = parse(text.trim());
        if parsed.is_none() {
            self.say_bad(log, text, wanted);
        }
        parsed
    }

    pub(super) fn id<T>(self, make: impl FnOnce(&str) -> Result<T, IdError>, log: &mut Log<'_>) -> Option<Placed<T>> {
        let (name, span) = (self.name, self.node.span);
        let text = self.raw(log)?;
        match make(&text) {
            Ok(value) => Some(Placed { value, span }),
            Err(error) => {
                log.say(
                    &BAD_ID,
                    span,
                    format!("`{name}` {} is no id: {error}", quoted(&text)),
                    "choose a short word, for example `iam-roles-01`",
                );
                None
            }
        }
    }

    pub(super) fn whole(self, range: RangeInclusive<u32>, log: &mut Log<'_>) -> Option<u32> {
        let wanted = format!("a whole number from {} to {}", range.start(), range.end());
        self.parsed(log, &wanted, |text| text.parse().ok().filter(|n| range.contains(n)))
    }

    pub(super) fn real(self, range: RangeInclusive<f64>, log: &mut Log<'_>) -> Option<f64> {
        let wanted = format!("a number from {} to {}", range.start(), range.end());
        self.parsed(log, &wanted, |text| text.parse().ok().filter(|x| range.contains(x)))
    }

    /// A number from 0 to 1, `inside` the range of which it must lie.
    pub(super) fn share(self, log: &mut Log<'_>, wanted: &str, inside: impl Fn(f64) -> bool) -> Option<Share> {
        self.parsed(log, wanted, |text| {
            let share = text.parse().ok().and_then(|x| Share::new(x).ok());
            share.filter(|share| inside(share.value()))
        })
    }

    pub(super) fn date(self, log: &mut Log<'_>) -> Option<NaiveDate> {
        self.parsed(log, "a date such as 2026-10-04", |text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
    }

    pub(super) fn truth(self, log: &mut Log<'_>) -> Option<bool> {
        self.parsed(log, "`true` or `false`", |text| match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        })
    }

    /// One of some words, or else what `other` makes of the text.
    pub(super) fn word<T: Clone>(
        self,
        words: &[(&'static str, T)],
        or_else: &str,
        other: impl FnOnce(&str) -> Option<T>,
        log: &mut Log<'_>,
    ) -> Option<T> {
        let Value::Text(text) = &self.node.value else { return self.raw(log).and(None) };
        let text = text.trim();
        let word = words.iter().find(|(word, _)| *word == text).map(|(_, value)| value.clone());
        let found = word.or_else(|| other(text));
        if found.is_none() {
            let names = words.iter().map(|(word, _)| *word);
            let listed = names.clone().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            let help = did_you_mean(text, names, || format!("write {listed}{or_else}"));
            let message = format!("{} is no value of `{}`", quoted(text), self.name);
            log.say(&BAD_VALUE, self.node.span, message, help);
        }
        found
    }

    /// The elements of a list.
    pub(super) fn list(self, log: &mut Log<'_>) -> Option<Vec<Field<'a>>> {
        let name = self.name;
        match self.node.value {
            Value::List(nodes) => Some(nodes.into_iter().filter_map(|node| Field::element(name, node, log)).collect()),
            other => {
                let help = format!("write `{name}: [..]`, or one line `- ..` for each entry");
                log.say(&WRONG_SHAPE, self.node.span, format!("`{name}` is a list, not {}", other.kind()), help);
                None
            }
        }
    }

    /// The elements of a list, or the one text that stands instead of a list.
    pub(super) fn list_or_one(self, log: &mut Log<'_>) -> Option<Vec<Field<'a>>> {
        if self.is_text() { Some(vec![self]) } else { self.list(log) }
    }

    /// The texts of a list, or the one text that stands instead of a list.
    pub(super) fn texts(self, log: &mut Log<'_>) -> Vec<String> {
        let fields = self.list_or_one(log).unwrap_or_default();
        fields.into_iter().filter_map(|field| field.text(log)).collect()
    }

    /// The entries of a mapping.
    pub(super) fn fields(self, log: &mut Log<'_>) -> Option<Fields<'a>> {
        let key_span = self.key_span;
        let what = format!("`{}`", self.name);
        // What is missing in a mapping is missed at its key.
        Fields::of(self.node, &what, log).map(|fields| Fields { span: key_span, ..fields })
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.node.value, Value::Text(_))
    }
}

/// Reports a value that a checked constructor refused.
pub(super) fn say_refused(log: &mut Log<'_>, span: Span, error: impl Display, help: &str) {
    log.say(&BAD_VALUE, span, error.to_string(), help);
}
