//! From the bytes of a text file to its text, whatever it was saved as.

use std::borrow::Cow;

use crate::exchange::imported::{ImportError, Origin, Remark};

/// Most bytes of a text file.
const MAX_BYTES: usize = 256 << 20;

/// What Windows-1252 has in place of the control characters 0x80 to 0x9F.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// A text with line ends of one kind and without control characters, and what was done to it.
pub(in crate::exchange) struct Decoded {
    pub(in crate::exchange) text: String,
    pub(in crate::exchange) notices: Vec<Remark>,
}

/// Reads UTF-8, UTF-16 with its mark or recognised by its zeros, and, line by line where a line is no UTF-8,
/// Windows-1252.
pub(in crate::exchange) fn decode(bytes: &[u8]) -> Result<Decoded, ImportError> {
    if bytes.len() > MAX_BYTES {
        return Err(ImportError::too_large(format!("a text file may have {} MiB", MAX_BYTES >> 20)));
    }
    let mut notices = Vec::new();
    let mut say = |line: usize, reason: String| {
        notices.push(Remark { origin: Origin::line(line), what: String::new(), reason });
    };
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = if let Some(text) = utf_16(bytes) {
        say(0, "the file is UTF-16; it is read as such".to_owned());
        Cow::Owned(text)
    } else if let Ok(text) = str::from_utf8(plain) {
        Cow::Borrowed(text)
    } else {
        let (text, first, n_lines) = by_lines(plain);
        let words = match n_lines {
            1 => "this line is no UTF-8; it is read as Windows-1252".to_owned(),
            _ => format!("{n_lines} lines from here on are no UTF-8; they are read as Windows-1252"),
        };
        say(first, words);
        Cow::Owned(text)
    };
    let (text, n_dropped) = cleaned(&text);
    if n_dropped > 0 {
        say(0, format!("{n_dropped} control characters are left out"));
    }
    Ok(Decoded { text: text.into_owned(), notices })
}

/// Returns a text with `\n` as its only line end and without control characters but tabs, and how many were dropped.
pub(in crate::exchange) fn cleaned(text: &str) -> (Cow<'_, str>, usize) {
    let is_odd = |c: char| c != '\n' && c != '\t' && (c.is_ascii_control() || matches!(c, '\u{80}'..='\u{9f}'));
    if !text.contains(is_odd) {
        return (Cow::Borrowed(text), 0);
    }
    let mut clean = String::with_capacity(text.len());
    let mut n_dropped = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    clean.push('\n');
                }
            }
            '\u{85}' | '\u{b}' | '\u{c}' => clean.push('\n'),
            c if is_odd(c) => n_dropped += 1,
            c => clean.push(c),
        }
    }
    (Cow::Owned(clean), n_dropped)
}

/// Reads UTF-16 in either order of bytes; `None` if it is not that.
fn utf_16(bytes: &[u8]) -> Option<String> {
    let has_zeros_at = |odd: usize| {
        let sample = &bytes[..bytes.len().min(512)];
        let n_zeros = |at: usize| sample.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
        sample.len() >= 4 && n_zeros(odd) * 3 > sample.len() && n_zeros(1 - odd) == 0
    };
    let (is_little, body) = match bytes {
        [0xff, 0xfe, body @ ..] => (true, body),
        [0xfe, 0xff, body @ ..] => (false, body),
        body if has_zeros_at(1) => (true, body),
        body if has_zeros_at(0) => (false, body),
        _ => return None,
    };
    let unit = |pair: &[u8]| match pair {
        [low, high] if is_little => u16::from_le_bytes([*low, *high]),
        [high, low] => u16::from_be_bytes([*high, *low]),
        _ => 0xfffd,
    };
    Some(char::decode_utf16(body.chunks(2).map(unit)).map(|c| c.unwrap_or('\u{fffd}')).collect())
}

/// Reads each line as UTF-8, or as Windows-1252 if it is none: the text, the first line of the latter, and their number.
fn by_lines(bytes: &[u8]) -> (String, usize, usize) {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let (mut first, mut n_lines) = (0, 0);
    for (idx, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        if let Ok(line) = str::from_utf8(line) {
            text.push_str(line);
            continue;
        }
        if n_lines == 0 {
            first = idx + 1;
        }
        n_lines += 1;
        text.extend(line.iter().map(|byte| match byte {
            0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
            byte => char::from(*byte),
        }));
    }
    (text, first, n_lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes).expect("a small text").text, expected);
    }

    #[test]
    fn texts_are_read_whatever_they_were_saved_as() {
        check("Grüße – “S3”\n".as_bytes(), "Grüße – “S3”\n");
        check(b"\xef\xbb\xbfone\r\ntwo\rthree", "one\ntwo\nthree");
        check(b"\xff\xfeH\0i\0\xac\x20", "Hi€");
        check(b"\xfe\xff\0H\0i\x20\xac", "Hi€");
        check(b"H\0i\0!\0\n\0", "Hi!\n");
        check(b"caf\xe9 \x96 5 \x80\nna\xc3\xafve", "café – 5 €\nnaïve");
        check(b"a\x07b\x00c\td", "abc\td");
    }

    #[test]
    fn repairs_are_told_with_their_line() {
        let decoded = decode(b"fine\ncaf\xe9\n\x93so\x94\n").expect("a small text");
        assert_eq!(decoded.notices[0].origin, Origin::line(2));
        assert!(decoded.notices[0].reason.starts_with("2 lines from here on"));
        assert_eq!(decode(b"plain").expect("a small text").notices, []);
    }
}
