//! The formats of other programs, and how a file's content tells which one it is in.

use crate::exchange::columns::Columns;
use crate::exchange::decode::decode;
use crate::exchange::gift_text::{Block, blocks, find_plain};
use crate::exchange::imported::ImportError;
use crate::exchange::markdown_line::{Line, line_of};
use crate::exchange::table::delimiter_of;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportFormat {
    /// Moodle's GIFT.
    Gift,
    /// Aiken.
    Aiken,
    /// A table with commas, semicolons or tabs between the columns.
    Csv,
    /// A question list in Markdown.
    Markdown,
    /// Moodle's XML.
    MoodleXml,
    /// QTI 1.2 or 2.x, plain or as a package.
    Qti,
    /// A package or a collection of Anki's.
    Anki,
}

/// A format that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// A deck of cutscore.
    Yaml,
    /// A package for Anki.
    Apkg,
    /// A table with commas.
    Csv,
    /// Moodle's GIFT.
    Gift,
    /// A package of QTI 2.1.
    Qti,
    /// A question list in Markdown.
    Markdown,
    /// JSON.
    Json,
}

/// Lines that are looked at.
const SAMPLE_LINES: usize = 400;

/// Tells the format of a file by its content.
///
/// # Errors
/// [`ImportError::Unrecognised`] if it looks like none, or is no text.
pub fn recognise(bytes: &[u8]) -> Result<ImportFormat, ImportError> {
    if bytes.starts_with(b"PK\x03\x04") {
        // A package of Anki's has its collection under one of a few names; anything else is QTI.
        let is_anki = crate::exchange::package::names(bytes)?.iter().any(|name| name.starts_with("collection.anki"));
        return Ok(if is_anki { ImportFormat::Anki } else { ImportFormat::Qti });
    }
    if bytes.starts_with(b"SQLite format 3\0") {
        return Ok(ImportFormat::Anki);
    }
    let head = &bytes[..bytes.len().min(256 << 10)];
    let text = decode(head)?.text;
    let start = text.trim_start();
    if start.starts_with('<') {
        let has = |name: &str| text.contains(&format!("<{name}")) || text.contains(&format!(":{name}"));
        if has("quiz") && has("question") && !has("questestinterop") {
            return Ok(ImportFormat::MoodleXml);
        }
        if ["questestinterop", "assessmentItem", "assessmentTest", "qti-assessment-item", "manifest"]
            .into_iter()
            .any(has)
        {
            return Ok(ImportFormat::Qti);
        }
    }
    of_text(&text).ok_or(ImportError::Unrecognised)
}

fn of_text(text: &str) -> Option<ImportFormat> {
    let sample: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE_LINES).collect();
    let first = sample.first()?;
    if is_aiken(&sample) {
        return Some(ImportFormat::Aiken);
    }
    if is_gift(&sample) {
        return Some(ImportFormat::Gift);
    }
    let delimiter = char::from(delimiter_of(text));
    let header = first.split(delimiter).map(|name| name.trim().trim_matches('"')).collect();
    let is_directive = ["#separator:", "#html:", "#columns:", "#notetype"].iter().any(|word| first.starts_with(word));
    if is_directive || Columns::of_header(&header).is_some() {
        return Some(ImportFormat::Csv);
    }
    let is_list = sample.iter().any(|line| matches!(line_of(line), Line::Choice(_)))
        || sample.iter().any(|line| matches!(line_of(line), Line::Answer(_)));
    let n_tabbed = sample.iter().filter(|line| line.contains('\t') && !line.starts_with('\t')).count();
    if n_tabbed * 10 >= sample.len() * 9 {
        return Some(ImportFormat::Csv);
    }
    is_list.then_some(ImportFormat::Markdown)
}

/// Choices without numbers before the questions, and answers in capitals.
fn is_aiken(sample: &[&str]) -> bool {
    let has_answer = sample.iter().any(|line| line.trim_start().starts_with("ANSWER:"));
    let is_numbered = |line: &&&str| matches!(line_of(line), Line::Stem(..) | Line::Heading(..));
    has_answer && sample.iter().find(is_numbered).is_none()
}

fn is_gift(sample: &[&str]) -> bool {
    let text = sample.join("\n");
    if text.contains("$CATEGORY:") {
        return true;
    }
    let is_question = |block: &Block| match block {
        Block::Category(_) => true,
        Block::Question { text, .. } => {
            let Some(open) = find_plain(text, "{") else { return false };
            let inner = text[open + 1..].trim_start();
            text.starts_with("::")
                || inner.starts_with(['=', '~', '}'])
                || ["T}", "F}", "TRUE", "FALSE", "T#", "F#", "#"].iter().any(|start| inner.starts_with(start))
        }
    };
    blocks(&text).iter().any(is_question)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<ImportFormat>) {
        assert_eq!(recognise(text.as_bytes()).ok(), expected, "{text}");
    }

    #[test]
    fn a_text_tells_its_format() {
        check("What is S3?\nA. Store\nB. Net\nANSWER: A\n", Some(ImportFormat::Aiken));
        check("::q1:: What is S3? {=store ~net}", Some(ImportFormat::Gift));
        check("// a comment\nIs it so? {T}", Some(ImportFormat::Gift));
        check("question,a,b,answer\nx,y,z,A\n", Some(ImportFormat::Csv));
        check("Question;Option A;Option B;Correct\nx;y;z;A\n", Some(ImportFormat::Csv));
        check("EC2\tCompute\nS3\tStorage\n", Some(ImportFormat::Csv));
        check("1. What?\n   A. one\n   B. two\n\nAnswer: B\n", Some(ImportFormat::Markdown));
        check("### What?\n\n- [x] one\n- [ ] two\n", Some(ImportFormat::Markdown));
        check("<?xml version=\"1.0\"?>\n<quiz>\n<question type=\"x\">", Some(ImportFormat::MoodleXml));
        check("<questestinterop xmlns=\"x\">", Some(ImportFormat::Qti));
        check("<qti:assessmentItem xmlns:qti=\"x\">", Some(ImportFormat::Qti));
        check("Dear reader,\nthis is a letter.", None);
        check("", None);
    }
}
