//! Findings as text for people, in the manner of a compiler.

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

/// Longest source line that is shown whole, in bytes; of a longer one, the part around the place.
const MAX_LINE_BYTES: usize = 2000;

/// Characters shown on either side of a place in a very long line.
const CONTEXT_CHARS: usize = 60;

/// Writes findings one below the other, each with its source line, a caret and a help line.
///
/// `sources` are those that the findings were made from. What comes from files is made safe; with
/// [`Colour::Always`] the only control sequences are those of the report's own colours.
pub fn render_findings(findings: &[LocatedFinding], sources: &[SourceFile], colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    findings.iter().map(|finding| render(finding, sources, &renderer) + "\n\n").collect()
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

/// Cuts the finding's line out of its file. `None` if the file is not text.
fn line_of(finding: &LocatedFinding, source: &SourceFile) -> Option<ShownLine> {
    let text = std::str::from_utf8(without_byte_order_mark(&source.bytes)).ok()?;
    let offset = |n: u32| usize::try_from(n).unwrap_or(usize::MAX).min(text.len());
    let start = offset(finding.place.span.start);
    let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text.get(start..)?.find('\n').map_or(text.len(), |at| start + at);
    let end = offset(finding.place.span.end).clamp(start, line_end);

    let is_short = line_end - line_start <= MAX_LINE_BYTES;
    let (from, to) =
        if is_short { (line_start, line_end) } else { around(text.get(line_start..line_end)?, line_start, start) };
    let before = on_one_line(text.get(from..start)?);
    let upto = on_one_line(text.get(from..end.min(to))?);
    let raw = text.get(from..to)?.trim_end_matches('\r');
    let shown = on_one_line(raw);
    let (head, tail) = (if from > line_start { "…" } else { "" }, if to < line_end { "…" } else { "" });
    Some(ShownLine {
        start: (head.len() + before.len()).min(head.len() + shown.len()),
        end: (head.len() + upto.len()).min(head.len() + shown.len()),
        is_changed: !is_short || shown != raw,
        text: format!("{head}{shown}{tail}"),
    })
}

/// The part of a long line that is shown for a place in it, as bytes of the file.
fn around(line: &str, line_start: usize, start: usize) -> (usize, usize) {
    let (before, after) = line.split_at(start - line_start);
    let from = before.char_indices().rev().nth(CONTEXT_CHARS - 1).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(CONTEXT_CHARS).map_or(after.len(), |(at, _)| at);
    (line_start + from, start + to)
}

fn on_one_line(text: &str) -> String {
    SafeText::new(text).as_str().replace('\n', " ")
}
