//! The form that a seed draws, learnt by sitting it once in another data directory.

use serde_json::Value;

use crate::support::Learner;

/// A form as its report tells it.
pub(crate) struct DrawnForm {
    pub(crate) items: Vec<DrawnItem>,
}

/// An item of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DrawnItem {
    pub(crate) id: String,
    pub(crate) domain: String,
    pub(crate) is_scored: bool,
    /// The letters of the right choices, in the order of this form, as they are typed.
    pub(crate) key: String,
}

impl DrawnForm {
    /// Sits the exam that `words` ask for with a seed, leaves everything blank and reads the key from the report.
    pub(crate) fn of(words: &str) -> DrawnForm {
        let report = Learner::new().json(words, "-\n".repeat(200).as_str());
        DrawnForm::from_report(&report)
    }

    /// Reads the form from a report.
    pub(crate) fn from_report(report: &Value) -> DrawnForm {
        let items = report["items"].as_array().expect("the report of a sitting that ended");
        let item = |item: &Value| DrawnItem {
            id: text(&item["item"]),
            domain: text(&item["domain"]),
            is_scored: item["scored"].as_bool().expect("a role"),
            key: letters(&item["key"]),
        };
        DrawnForm { items: items.iter().map(item).collect() }
    }

    /// Lines that answer the items rightly where `is_right` says so, and wrongly elsewhere.
    pub(crate) fn answers(&self, is_right: impl Fn(usize, &DrawnItem) -> bool) -> String {
        let line = |(position, item): (usize, &DrawnItem)| {
            if is_right(position, item) { format!("{}\n", item.key) } else { format!("{}\n", item.wrong()) }
        };
        self.items.iter().enumerate().map(line).collect()
    }

    /// Number of items of a domain in a role.
    pub(crate) fn n_in(&self, domain: &str, is_scored: bool) -> usize {
        self.items.iter().filter(|item| item.domain == domain && item.is_scored == is_scored).count()
    }
}

impl DrawnItem {
    /// A choice that makes the answer wrong.
    pub(crate) fn wrong(&self) -> &'static str {
        if self.key.contains('a') && !self.key.contains(' ') { "b" } else { "a" }
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Writes `["a", "d"]` as it is typed: `a d`.
fn letters(value: &Value) -> String {
    let letters: Vec<String> = value.as_array().expect("letters").iter().map(text).collect();
    letters.join(" ")
}
