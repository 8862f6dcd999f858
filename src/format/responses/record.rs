//! Records of a CSV file (RFC 4180): lines, unless a quoted field holds an end of line.

use std::io::{self, BufRead, BufReader, Read};
use std::mem;

/// Longest record in bytes; a row of responses is a hundred times shorter.
const MAX_RECORD: usize = 64 << 10;

/// Bytes read at once.
const BUFFER: usize = 256 << 10;

/// Reads records one after another into the same memory.
pub(super) struct Records<R> {
    input: BufReader<R>,
    text: Vec<u8>,
    fields: Vec<(usize, usize)>, // where each field begins and ends in `text`
    decoded: Vec<u8>,
    n_lines: u64,
    n_bytes: u64,
}

/// One record.
#[derive(Clone, Copy)]
pub(super) struct Record<'r> {
    /// The line where it begins, from 1.
    pub(super) line: u64,
    text: &'r [u8],
    fields: &'r [(usize, usize)],
}

/// What comes next in the file.
pub(super) enum Next<'r> {
    Record(Record<'r>),
    /// What cannot be read as a record, at the line where it begins; nothing after it can be read.
    Broken(u64, &'static str),
    End,
}

impl<'r> Record<'r> {
    pub(super) fn n_fields(&self) -> usize {
        self.fields.len()
    }

    /// Returns a field without surrounding blanks; empty if there is none of this index.
    pub(super) fn field(&self, idx: usize) -> &'r [u8] {
        self.fields.get(idx).map_or(&[], |(begin, end)| &self.text[*begin..*end])
    }
}

impl<R: Read> Records<R> {
    pub(super) fn new(input: R) -> Records<R> {
        Records {
            input: BufReader::with_capacity(BUFFER, input),
            text: Vec::new(),
            fields: Vec::new(),
            decoded: Vec::new(),
            n_lines: 0,
            n_bytes: 0,
        }
    }

    /// Returns how many bytes were read so far.
    pub(super) fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// Returns the next record that is not an empty line.
    pub(super) fn next(&mut self) -> io::Result<Next<'_>> {
        loop {
            let line = self.n_lines + 1;
            self.text.clear();
            if !self.append_line()? {
                return Ok(Next::End);
            }
            if line == 1 && self.text.starts_with(b"\xef\xbb\xbf") {
                self.text.drain(..3);
            }
            let has_quotes = self.text.contains(&b'"');
            let mut is_open = has_quotes && leaves_quote_open(&self.text);
            while is_open {
                let begin = self.text.len();
                if begin > MAX_RECORD || !self.append_line()? {
                    return Ok(Next::Broken(line, "a quote is not closed"));
                }
                is_open ^= leaves_quote_open(&self.text[begin..]);
            }
            if self.text.len() > MAX_RECORD {
                return Ok(Next::Broken(line, "the line is longer than 64 KiB"));
            }
            let text_end = self.text.trim_ascii_end().len();
            self.text.truncate(text_end);
            if text_end == 0 {
                continue;
            }
            if has_quotes {
                if !self.split_quoted() {
                    return Ok(Next::Broken(
                        line,
                        "text stands beside a quoted field; write quotes within quotes twice",
                    ));
                }
            } else {
                self.split_plain();
            }
            return Ok(Next::Record(Record { line, text: &self.text, fields: &self.fields }));
        }
    }

    /// Appends a line with its end; `false` at the end of the file. A line that is too long is cut.
    fn append_line(&mut self) -> io::Result<bool> {
        let most = u64::try_from(MAX_RECORD).unwrap_or(u64::MAX);
        let n_read = (&mut self.input).take(most + 1).read_until(b'\n', &mut self.text)?;
        self.n_lines += 1;
        self.n_bytes += u64::try_from(n_read).unwrap_or(0);
        Ok(n_read > 0)
    }

    fn split_plain(&mut self) {
        self.fields.clear();
        let mut begin = 0;
        for field in self.text.split(|byte| *byte == b',') {
            let n_blanks = field.len() - field.trim_ascii_start().len();
            self.fields.push((begin + n_blanks, begin + n_blanks + field.trim_ascii().len()));
            begin += field.len() + 1;
        }
    }

    /// Takes the quotes away; `false` if one stands where none may.
    fn split_quoted(&mut self) -> bool {
        self.decoded.clear();
        self.fields.clear();
        let mut rest = self.text.as_slice();
        loop {
            let begin = self.decoded.len();
            rest = rest.trim_ascii_start();
            if let Some(quoted) = rest.strip_prefix(b"\"") {
                rest = unquote(quoted, &mut self.decoded).trim_ascii_start();
            } else {
                let end = rest.iter().position(|byte| *byte == b',').unwrap_or(rest.len());
                let field = rest[..end].trim_ascii();
                if field.contains(&b'"') {
                    return false;
                }
                self.decoded.extend_from_slice(field);
                rest = &rest[end..];
            }
            self.fields.push((begin, self.decoded.len()));
            match rest.split_first() {
                None => break,
                Some((b',', after)) => rest = after,
                Some(_) => return false,
            }
        }
        mem::swap(&mut self.text, &mut self.decoded);
        true
    }
}

/// Tells whether the number of quotes is odd.
fn leaves_quote_open(text: &[u8]) -> bool {
    text.iter().fold(false, |is_open, byte| is_open ^ (*byte == b'"'))
}

/// Writes the text up to the closing quote, and returns what stands behind it.
fn unquote<'t>(mut quoted: &'t [u8], text: &mut Vec<u8>) -> &'t [u8] {
    while let Some(end) = quoted.iter().position(|byte| *byte == b'"') {
        text.extend_from_slice(&quoted[..end]);
        quoted = &quoted[end + 1..];
        match quoted.strip_prefix(b"\"") {
            Some(after) => {
                text.push(b'"');
                quoted = after;
            }
            None => return quoted,
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut records = Records::new(text.as_bytes());
        let mut found = Vec::new();
        loop {
            match records.next().expect("memory can be read") {
                Next::Record(record) => {
                    let fields =
                        (0..record.n_fields()).map(|idx| String::from_utf8_lossy(record.field(idx)).into_owned());
                    found.push(format!("{}:{}", record.line, fields.collect::<Vec<_>>().join("|")));
                }
                Next::Broken(line, _) => {
                    found.push(format!("{line}!"));
                    break;
                }
                Next::End => break,
            }
        }
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn fields_stand_between_commas() {
        check("", "");
        check("a,b,c", "1:a|b|c");
        check("a,b\nc,d\n", "1:a|b 2:c|d");
        check("a,b\r\nc,\r\n", "1:a|b 2:c|");
        check("\u{feff}a, b ,c", "1:a|b|c");
        check("a\n\n \nb", "1:a 4:b");
        check(",,", "1:||");
    }

    #[test]
    fn quotes_hold_commas_quotes_and_ends_of_lines() {
        check("\"a,b\",c", "1:a,b|c");
        check("\"say \"\"yes\"\"\", b", "1:say \"yes\"|b");
        check("\"two\nlines\",x\ny,z", "1:two\nlines|x 3:y|z");
        check("\"\",\"\"", "1:|");
        check("a,\" b \" ,c", "1:a| b |c");
    }

    #[test]
    fn what_is_no_record_ends_the_reading() {
        check("a\n\"b", "1:a 2!");
        check("a\"b\",c", "1!");
        check("\"a\"b,c", "1!");
        check(&format!("a\n{}", "x".repeat(70_000)), "1:a 2!");
        check(&format!("a\n\"{}", "x\n".repeat(70_000)), "1:a 2!");
    }
}
