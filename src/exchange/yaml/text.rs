//! Texts as YAML scalars.

use std::fmt::Write as _;

/// Words that some reader takes for something else than a text.
const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"];

/// Writes a text behind `key: ` or `- `: plain, in double quotes, or in a block whose lines are indented by `indent`.
pub(in crate::exchange) fn scalar(text: &str, indent: usize) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    if text.contains('\n') && is_block(text) {
        let mut block = "|-".to_owned();
        for line in text.split('\n') {
            block.push('\n');
            if !line.is_empty() {
                block.push_str(&" ".repeat(indent));
                block.push_str(line);
            }
        }
        return block;
    }
    quoted(text)
}

/// Writes a text within brackets; `None` if it is better on a line of its own.
pub(in crate::exchange) fn inline(text: &str) -> Option<String> {
    if text.contains('\n') {
        None
    } else if is_plain(text) && !text.contains([',', '[', ']', '{', '}']) {
        Some(text.to_owned())
    } else {
        Some(quoted(text))
    }
}

/// Tells whether a text can stand without quotes and is a text to every reader.
fn is_plain(text: &str) -> bool {
    let begins_well = text.starts_with(|c: char| c.is_alphabetic() || c == '(' || c == '/');
    let is_word = || WORDS.contains(&text.to_lowercase().as_str());
    let is_safe = |c: char| c == ' ' || (!c.is_control() && !c.is_whitespace() && is_printable(c));
    begins_well
        && !text.ends_with([' ', ':'])
        && text.chars().all(is_safe)
        && !text.contains(": ")
        && !text.contains(" #")
        && !is_word()
}

/// Tells whether the lines of a text can stand as they are.
fn is_block(text: &str) -> bool {
    let is_safe = |c: char| c == '\n' || c == ' ' || (!c.is_control() && !c.is_whitespace() && is_printable(c));
    let first = text.split('\n').next().unwrap_or_default();
    // A blank at the beginning would count as indentation, an empty line at an end would be lost.
    !first.is_empty()
        && !first.starts_with(' ')
        && !text.ends_with('\n')
        && text.chars().all(is_safe)
        && !text.split('\n').any(|line| line.ends_with(' '))
}

/// Characters that YAML takes as they are, but for marks that are not seen.
fn is_printable(c: char) -> bool {
    !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            ' ' => quoted.push(' '),
            c if c.is_control() || c.is_whitespace() || !is_printable(c) => {
                let code = u32::from(c);
                // Writing into a text cannot fail.
                let _always =
                    if code > 0xffff { write!(quoted, "\\U{code:08X}") } else { write!(quoted, "\\u{code:04X}") };
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(scalar(text, 4), expected);
    }

    #[test]
    fn plain_texts_stay_plain() {
        check("What is S3?", "What is S3?");
        check("a, b [c] {d}", "a, b [c] {d}");
        check("it's 100% \"fine\"", "it's 100% \"fine\"");
        check("ratio 3:1", "ratio 3:1");
    }

    #[test]
    fn what_readers_of_yaml_take_in_different_ways_is_quoted() {
        for text in
            ["no", "Yes", "on", "Y", "null", "~", "301", "3.10", "0o7", "1_000", "12:30", "2026-01-01", "1e3", ".inf"]
        {
            check(text, &format!("\"{text}\""));
        }
        for text in [
            "- a", "? a", ": a", "# a", "& a", "* a", "! a", "| a", "> a", "' a", "% a", "@ a", "` a", "{a", "[a", ",a",
        ] {
            check(text, &format!("\"{text}\""));
        }
        check("a: b", "\"a: b\"");
        check("a #b", "\"a #b\"");
        check("a:", "\"a:\"");
        check("=", "\"=\"");
        check("say \"x\\y\": z", "\"say \\\"x\\\\y\\\": z\"");
        check("a\u{202e}b\u{a0}\u{1f}", "\"a\\u202Eb\\u00A0\\u001F\"");
    }

    #[test]
    fn several_lines_make_a_block() {
        check("one\n\n  two", "|-\n    one\n\n      two");
        check(" one\ntwo", "\" one\\ntwo\"");
    }
}
