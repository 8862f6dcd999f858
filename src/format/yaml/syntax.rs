//! What can be wrong with a file before its meaning is looked at.

use granit_parser::{ErrorKind, ScanError};

use crate::deck::Rule;
use crate::format::finding::Log;
use crate::format::rules::{NOT_PLAIN, NOT_TEXT, SYNTAX, TOO_DEEP, TOO_LARGE};
use crate::format::source::MAX_FILE_BYTES;
use crate::format::yaml::Span;
use crate::format::yaml::node::number;

/// Most levels of nested lists and mappings, in block and in flow form each.
pub(super) const MAX_DEPTH: usize = 16;

/// Returns the bytes after a UTF-8 byte order mark, if there is one.
pub(in crate::format) fn without_byte_order_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Returns a file's text, or reports why it is none.
pub(in crate::format) fn text_of<'a>(bytes: &'a [u8], log: &mut Log<'_>) -> Option<&'a str> {
    if bytes.len() > MAX_FILE_BYTES {
        let limit = MAX_FILE_BYTES >> 20;
        log.say(&TOO_LARGE, Span::START, format!("the file is larger than {limit} MiB"), "split it into several files");
        return None;
    }
    let help = "save the file as UTF-8 text";
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        log.say(&NOT_TEXT, Span::START, "the file is UTF-16", help);
        return None;
    }
    let bytes = without_byte_order_mark(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let offset = error.valid_up_to();
            let byte = bytes.get(offset).copied().unwrap_or_default();
            let message = format!("byte 0x{byte:02X} at offset {offset} is not UTF-8");
            log.say(&NOT_TEXT, place_of(bytes, offset), message, help);
            return None;
        }
    };
    // The parser stops at the first control character it meets; here it is named for what it is.
    let is_control = |byte: &u8| (*byte < 0x20 && !b"\t\n\r".contains(byte)) || *byte == 0x7f;
    if let Some(offset) = bytes.iter().position(is_control) {
        let message = format!("the file contains the control character U+{:04X}", bytes[offset]);
        log.say(&NOT_TEXT, place_of(bytes, offset), message, "delete it, or write it as an escape in double quotes");
        return None;
    }
    Some(text)
}

/// The line and column of a byte; what comes before it is valid UTF-8.
fn place_of(bytes: &[u8], offset: usize) -> Span {
    let before = &bytes[..offset];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let n_lines = before.split(|byte| *byte == b'\n').count();
    let n_columns = String::from_utf8_lossy(&before[line_start..]).chars().count();
    Span { line: number(n_lines), column: number(n_columns) + 1, start: number(offset), end: number(offset) + 1 }
}

/// Reports where and why the parser gave up.
pub(super) fn report(error: &ScanError, log: &mut Log<'_>) {
    let (rule, message, help) = explained(error.kind());
    log.say(rule, Span::at(*error.marker()), message, help);
}

/// The rule that is broken, what is wrong, and what to do.
fn explained(kind: &ErrorKind) -> (&'static Rule, String, &'static str) {
    match kind {
        ErrorKind::RecursionLimitExceeded => (
            &TOO_DEEP,
            format!("lists and mappings are nested more than {MAX_DEPTH} levels deep"),
            "write the deck flatter; a question needs four levels",
        ),
        ErrorKind::DirectiveDisallowed => {
            (&NOT_PLAIN, "a deck has no YAML directives".to_owned(), "delete the line that begins with `%`")
        }
        ErrorKind::UndeclaredTagHandle => {
            (&NOT_PLAIN, "a deck has no tags".to_owned(), "delete the word that begins with `!`")
        }
        ErrorKind::UnclosedFlowCollection { open } => {
            (&SYNTAX, format!("the bracket `{open}` is not closed"), "close it")
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            (&SYNTAX, format!("the bracket `{open}` is closed by `{close}`"), "close each bracket by its own kind")
        }
        ErrorKind::UnexpectedCharacter { character } => {
            (&SYNTAX, format!("plain text cannot begin with {character:?}"), "put the text in double quotes")
        }
        other => match slip(other) {
            Some((message, help)) => (&SYNTAX, message.to_owned(), help),
            None => (&SYNTAX, other.to_string(), "check the indentation, quotes and brackets here and one line above"),
        },
    }
}

/// The slips that people make most, in plain words.
fn slip(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    use ErrorKind as E;
    Some(match kind {
        E::TabNotAllowed | E::TabInBlockIndentation | E::TabInIndentation | E::TabAtBlockScalarStart => {
            ("a tab stands where only blanks may stand", "replace it by blanks")
        }
        E::TabInPlainScalar => ("a tab stands in this text or after it", "replace it by blanks"),
        E::MappingValueNotAllowed | E::InvalidColonPlacement => (
            "a colon and a blank stand inside plain text",
            "put the text in double quotes; if this is a key, check the line above it",
        ),
        E::UnclosedQuotedScalar => ("a quotation mark is not closed", "close it, or double a `'` inside `'...'`"),
        E::InvalidQuotedScalarIndent => {
            ("text in quotation marks began above and is not closed", "close it, or indent this line further")
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            "text goes on after its closing quotation mark",
            "double a `'` inside `'...'`, write `\\\"` inside `\"...\"`, or quote the whole text",
        ),
        E::UnknownQuotedScalarEscape => (
            "a backslash begins an escape that YAML does not know",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator => (
            "a comma or the closing bracket is missing before this",
            "put text with commas or brackets in double quotes",
        ),
        E::UnexpectedEof
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::UnexpectedEofBlockSequence
        | E::UnexpectedEofBlockMapping => {
            ("the file ends in the middle of a list or mapping", "close its bracket, or restore what was cut off")
        }
        E::MisplacedFlowCollectionEnd => ("this bracket closes nothing", "remove it, or open it before"),
        E::BlockSequenceEntryNotAllowed => {
            ("a list cannot begin here", "begin it on a line of its own, with blanks and not tabs before the dash")
        }
        E::MissingAnchorOrAliasName => ("plain text cannot begin with `*` or `&`", "put the text in double quotes"),
        E::InvalidIndentation | E::ExpectedBlockMappingKey | E::ExpectedBlockSequenceEntry | E::SimpleKeyExpected => {
            ("this line does not fit the lines above it", "indent it like its neighbours, and end a key with `: `")
        }
        _ => return None,
    })
}
