//! Lines of YAML: keys with their texts, indented, behind dashes.

use std::fmt::Write as _;

use crate::exchange::yaml::text::{inline, scalar};

/// A text that grows line by line.
#[derive(Default)]
pub(super) struct Page {
    pub(super) text: String,
    /// Whether the next key stands behind a dash.
    pub(super) is_first: bool,
}

impl Page {
    pub(super) fn line(&mut self, indent: usize, words: &str) {
        if std::mem::take(&mut self.is_first) {
            // The dash takes the last two of the blanks.
            let _always = writeln!(self.text, "{}- {words}", " ".repeat(indent.saturating_sub(2)));
        } else {
            let _always = writeln!(self.text, "{}{words}", " ".repeat(indent));
        }
    }

    /// Writes `key: text`, the text in the plainest form that holds it.
    pub(super) fn field(&mut self, indent: usize, key: &str, text: &str) {
        let text = scalar(text, indent + 2);
        self.line(indent, &format!("{key}: {text}"));
    }

    pub(super) fn option(&mut self, indent: usize, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.field(indent, key, text);
        }
    }

    /// Writes a list of texts, on one line where it is short.
    pub(super) fn texts(&mut self, indent: usize, key: &str, texts: &[String]) {
        if texts.is_empty() {
            return;
        }
        let short: Option<Vec<String>> = texts.iter().map(|text| inline(text)).collect();
        if let Some(short) = short.filter(|short| short.iter().map(String::len).sum::<usize>() <= 80) {
            self.line(indent, &format!("{key}: [{}]", short.join(", ")));
            return;
        }
        self.line(indent, &format!("{key}:"));
        for text in texts {
            let text = scalar(text, indent + 4);
            self.line(indent + 2, &format!("- {text}"));
        }
    }
}
