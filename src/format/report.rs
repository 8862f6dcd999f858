//! Findings as text for people, in the manner of a compiler.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use crate::base::SafeText;
use crate::deck::Severity;
use crate::format::finding::severity_word;
use crate::format::yaml::without_byte_order_mark;
use crate::format::{LocatedFinding, SourceFile};

/// Whether a report carries colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// With ANSI colours.
    Always,
}

/// Bytes of a line that are looked at on either side of a place. A line that goes on farther is shown in part.
const REACH_BYTES: usize = 1000;

/// Characters shown on either side of a place in a line that is shown in part.
const CONTEXT_CHARS: usize = 60;

/// Writes findings one below the other, each with its source line, a caret and a help line. Of a rule that is broken
/// often, only the first findings are written so, and the others follow in a line each; errors are all written in full.
///
/// `sources` are those that the findings were made from. What comes from files is made safe; with
/// [`Colour::Always`] the only control sequences are those of the report's own colours.
pub fn render_findings(findings: &[LocatedFinding], sources: &[SourceFile], colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    let (in_full, in_short) = grouped(findings);
    let mut text: String = in_full.into_iter().map(|finding| render(finding, sources, &renderer) + "\n\n").collect();
    for (code, others) in in_short {
        text.push_str(&short(code, &others));
    }
    text
}

/// Findings of one rule that are shown in full, if it is no error and was broken more often than `MAX_IN_FULL`.
const N_IN_FULL: usize = 3;

/// Findings of one rule up to which all are shown in full.
const MAX_IN_FULL: usize = 5;

/// Findings of one rule that are listed, each in a line.
const MAX_LISTED: usize = 20;

/// Parts what is shown in full from what is listed by rule, each in the order in which it came.
fn grouped(findings: &[LocatedFinding]) -> (Vec<&LocatedFinding>, BTreeMap<&str, Vec<&LocatedFinding>>) {
    let mut n_of_code: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        *n_of_code.entry(finding.code).or_default() += 1;
    }
    let mut n_shown: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut in_full, mut in_short) = (Vec::new(), BTreeMap::<&str, Vec<&LocatedFinding>>::new());
    for finding in findings {
        let n_shown = n_shown.entry(finding.code).or_default();
        let is_rare = n_of_code[finding.code] <= MAX_IN_FULL || finding.severity == Severity::Error;
        if is_rare || *n_shown < N_IN_FULL {
            *n_shown += 1;
            in_full.push(finding);
        } else {
            in_short.entry(finding.code).or_default().push(finding);
        }
    }
    (in_full, in_short)
}

/// The findings of a rule in a line each.
fn short(code: &str, findings: &[&LocatedFinding]) -> String {
    let severity = findings.first().map_or("", |finding| severity_word(finding.severity));
    let mut text = format!("{severity}[{code}]: {} more\n", findings.len());
    for finding in findings.iter().take(MAX_LISTED) {
        let about = finding.item.as_ref().map_or(String::new(), |item| format!("item `{item}`: "));
        let LocatedFinding { path, line, column, message, .. } = finding;
        text.push_str(&format!("  {path}:{line}:{column}: {about}{message}\n"));
    }
    if findings.len() > MAX_LISTED {
        text.push_str(&format!("  and {} more; --json lists them\n", findings.len() - MAX_LISTED));
    }
    text.push('\n');
    text
}

fn render(finding: &LocatedFinding, sources: &[SourceFile], renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::NOTE,
    };
    let about = finding.item.as_ref().map_or(String::new(), |item| format!("item `{item}`: "));
    let title = level
        .with_name(severity_word(finding.severity))
        .primary_title(format!("{about}{}", finding.message))
        .id(finding.code);
    let help = Level::HELP.message(finding.help.as_str());

    let number = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let origin = || Origin::path(finding.path.as_str()).line(number(finding.line)).char_column(number(finding.column));
    let Some(line) = sources.get(finding.place.file_idx).and_then(|source| line_of(finding, source)) else {
        return renderer.render(&[title.element(origin()).element(help)]);
    };
    let snippet = Snippet::source(line.text.as_str())
        .line_start(number(finding.line))
        .annotation(AnnotationKind::Primary.span(line.start..line.end));
    // The renderer counts the column in the line it is given; a line that was changed needs its own.
    let group = if line.is_changed {
        title.element(origin()).element(snippet)
    } else {
        title.element(snippet.path(finding.path.as_str()))
    };
    renderer.render(&[group.element(help)])
}

/// A line as it is shown, and which of its bytes are marked.
struct ShownLine {
    text: String,
    start: usize,
    end: usize,
    /// Whether it differs from the line in the file.
    is_changed: bool,
}

/// Cuts the finding's line out of its file. `None` if it is not text.
fn line_of(finding: &LocatedFinding, source: &SourceFile) -> Option<ShownLine> {
    let bytes = without_byte_order_mark(&source.bytes);
    let offset = |n: u32| usize::try_from(n).unwrap_or(usize::MAX).min(bytes.len());
    let start = offset(finding.place.span.start);
    let n_marked = offset(finding.place.span.end).saturating_sub(start);

    let (from, to) = (start.saturating_sub(REACH_BYTES), (start + REACH_BYTES).min(bytes.len()));
    let line_start = bytes[from..start].iter().rposition(|byte| *byte == b'\n').map(|at| from + at + 1);
    let line_end = bytes[start..to].iter().position(|byte| *byte == b'\n').map(|at| start + at);
    let before = on_one_line(text_within(&bytes[line_start.unwrap_or(from)..start])?);
    let after = text_within(&bytes[start..line_end.unwrap_or(to)])?.trim_end_matches('\r');
    let marked = on_one_line(after.get(..n_marked).unwrap_or(after));
    let shown = on_one_line(after);

    let (has_start, has_end) = (line_start.is_some() || from == 0, line_end.is_some() || to == bytes.len());
    if has_start && has_end {
        let text = format!("{before}{shown}");
        let is_changed = bytes.get(line_start.unwrap_or(from)..start + after.len()) != Some(text.as_bytes());
        return Some(ShownLine { start: before.len(), end: before.len() + marked.len(), is_changed, text });
    }
    let head = before.char_indices().rev().nth(CONTEXT_CHARS - 1).map_or(before.as_str(), |(at, _)| &before[at..]);
    let tail = shown.char_indices().nth(CONTEXT_CHARS).map_or(shown.as_str(), |(at, _)| &shown[..at]);
    let (less, more) = (ellipsis(has_start && head == before), ellipsis(has_end && tail == shown));
    let start = less.len() + head.len();
    let text = format!("{less}{head}{tail}{more}");
    Some(ShownLine { start, end: start + marked.len().min(tail.len()), is_changed: true, text })
}

fn ellipsis(is_complete: bool) -> &'static str {
    if is_complete { "" } else { "…" }
}

/// The text in a stretch of a file that may begin or end within a character.
fn text_within(bytes: &[u8]) -> Option<&str> {
    let is_torn = |byte: &u8| byte & 0b1100_0000 == 0b1000_0000;
    let n_torn = bytes.iter().take(3).take_while(|byte| is_torn(byte)).count();
    match std::str::from_utf8(&bytes[n_torn..]) {
        Ok(text) => Some(text),
        // No length of an error means that the text ends too early, not that it is wrong.
        Err(error) if error.error_len().is_none() => {
            bytes.get(n_torn..n_torn + error.valid_up_to()).and_then(|text| std::str::from_utf8(text).ok())
        }
        Err(_) => None,
    }
}

fn on_one_line(text: &str) -> String {
    SafeText::new(text).as_str().replace('\n', " ")
}
