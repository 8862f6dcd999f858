//! Findings with the place in a file where they stand, and the list that gathers them.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::base::SafeText;
use crate::deck::{Rule, Severity};
use crate::format::SourceFile;
use crate::format::yaml::Span;

/// A breach of a rule at a place in a file. All texts are safe for a terminal and on one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LocatedFinding {
    /// The code of the rule, for example `D007`.
    pub code: &'static str,
    /// How much it weighs; written as `error`, `warning` or `advice`.
    #[serde(serialize_with = "in_a_word")]
    pub severity: Severity,
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The id of the item that the finding is about; `None` outside items and for items without id.
    pub item: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Where the file stands among the deck's sources, and which of its bytes are meant.
    #[serde(skip)]
    pub(super) place: FilePlace,
}

/// A place in one of a deck's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct FilePlace {
    pub(super) file_idx: usize,
    pub(super) span: Span,
}

/// How many findings there are, shown or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FindingCounts {
    /// Findings that make the deck unusable.
    pub n_errors: usize,
    /// Likely mistakes.
    pub n_warnings: usize,
    /// Things that are good to know.
    pub n_advice: usize,
}

/// Errors that are kept; the rest are only counted.
const MAX_KEPT_ERRORS: usize = 100;

/// Findings of one other rule that are kept; the rest are only counted.
const MAX_KEPT_OF_RULE: usize = 1000;

/// Errors after which reading stops.
const MAX_COUNTED: usize = 10_000;

impl FindingCounts {
    /// Returns the sum of two counts.
    pub fn plus(self, other: FindingCounts) -> FindingCounts {
        FindingCounts {
            n_errors: self.n_errors + other.n_errors,
            n_warnings: self.n_warnings + other.n_warnings,
            n_advice: self.n_advice + other.n_advice,
        }
    }

    /// Returns the number of findings of one severity.
    pub fn of(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.n_errors,
            Severity::Warning => self.n_warnings,
            Severity::Advice => self.n_advice,
        }
    }

    fn of_mut(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.n_errors,
            Severity::Warning => &mut self.n_warnings,
            Severity::Advice => &mut self.n_advice,
        }
    }
}

/// Gathers findings over all files of a deck.
pub(super) struct Findings {
    names: Vec<String>,
    kept: Vec<LocatedFinding>,
    counts: FindingCounts,
    n_by_code: BTreeMap<&'static str, usize>,
}

impl Findings {
    pub(super) fn about(sources: &[SourceFile]) -> Findings {
        let names = sources.iter().map(|source| SafeText::one_line(&source.name).to_string()).collect();
        Findings { names, kept: Vec::new(), counts: FindingCounts::default(), n_by_code: BTreeMap::new() }
    }

    /// Starts writing findings about one file.
    pub(super) fn in_file(&mut self, file_idx: usize) -> Log<'_> {
        Log { findings: self, file_idx, item: None }
    }

    pub(super) fn counts(&self) -> FindingCounts {
        self.counts
    }

    /// Returns what was kept, in the order of the files and of the places in them.
    pub(super) fn take_sorted(&mut self) -> Vec<LocatedFinding> {
        self.kept.sort_by_key(|finding| (finding.place.file_idx, finding.place.span.start));
        std::mem::take(&mut self.kept)
    }

    /// Writes a place as `path:line:column`.
    pub(super) fn pointer(&self, place: FilePlace) -> String {
        let path = self.names.get(place.file_idx).map_or("", String::as_str);
        format!("{path}:{}:{}", place.span.line, place.span.column)
    }
}

/// Writes findings about one file, and about one item of it at a time.
pub(super) struct Log<'f> {
    findings: &'f mut Findings,
    file_idx: usize,
    item: Option<String>,
}

impl Log<'_> {
    pub(super) fn file_idx(&self) -> usize {
        self.file_idx
    }

    /// Names the item that the following findings are about.
    pub(super) fn about_item(&mut self, id: Option<&str>) {
        self.item = id.map(str::to_owned);
    }

    /// Tells whether further errors would only be counted.
    pub(super) fn is_full(&self) -> bool {
        self.findings.counts.n_errors >= MAX_KEPT_ERRORS
    }

    /// Tells whether so many errors were found that going on helps nobody.
    pub(super) fn is_hopeless(&self) -> bool {
        self.findings.counts.n_errors >= MAX_COUNTED
    }

    /// Writes a place of any file as `path:line:column`.
    pub(super) fn pointer(&self, place: FilePlace) -> String {
        self.findings.pointer(place)
    }

    /// Writes a finding down.
    pub(super) fn say(&mut self, rule: &Rule, span: Span, message: impl AsRef<str>, help: impl AsRef<str>) {
        let n_alike = self.findings.counts.of_mut(rule.severity);
        *n_alike += 1;
        let n_of_rule = self.findings.n_by_code.entry(rule.code).or_default();
        *n_of_rule += 1;
        let is_too_many = match rule.severity {
            Severity::Error => *n_alike > MAX_KEPT_ERRORS,
            Severity::Warning | Severity::Advice => *n_of_rule > MAX_KEPT_OF_RULE,
        };
        if is_too_many {
            return;
        }
        self.findings.kept.push(LocatedFinding {
            code: rule.code,
            severity: rule.severity,
            path: self.findings.names.get(self.file_idx).cloned().unwrap_or_default(),
            line: span.line,
            column: span.column,
            item: self.item.clone(),
            message: SafeText::one_line(message.as_ref()).to_string(),
            help: SafeText::one_line(help.as_ref()).to_string(),
            place: FilePlace { file_idx: self.file_idx, span },
        });
    }
}

/// The word for a severity in reports and JSON.
pub(super) fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields over by reference")]
fn in_a_word<S: Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity_word(*severity))
}
