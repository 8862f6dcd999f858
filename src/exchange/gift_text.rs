//! The outer shape of GIFT: blocks, comments, categories, and signs that a backslash makes plain.

/// A part of a file.
pub(in crate::exchange) enum Block {
    /// The category of the questions that follow.
    Category(Vec<String>),
    /// A question with its signs.
    Question {
        /// The line where it begins.
        line: usize,
        /// The text, its lines without the comments.
        text: String,
        /// Tags of the comment before it.
        tags: Vec<String>,
        /// The id of the comment before it.
        id: Option<String>,
    },
}

/// Signs that mean something unless a backslash stands before them.
const SIGNS: &str = "~=#{}:\\";

/// Splits a file. A question ends at an empty line, outside of braces or where a brace was forgotten.
pub(in crate::exchange) fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let next_brace = next_braces(&lines);
    let mut blocks = Vec::new();
    let mut own = Pending::default();
    let mut depth = 0_i64;
    for (idx, line) in lines.iter().enumerate() {
        let trimmed = line.trim();
        if let Some(comment) = trimmed.strip_prefix("//") {
            own.comment(comment);
        } else if let Some(path) = trimmed.strip_prefix("$CATEGORY:") {
            own.end(&mut blocks);
            depth = 0;
            blocks.push(Block::Category(category(path)));
        } else if trimmed.is_empty() {
            if depth <= 0 || next_brace[idx] != Some(b'}') {
                own.end(&mut blocks);
                depth = 0;
            } else {
                own.push(idx + 1, "");
            }
        } else {
            depth += change_of_depth(line);
            own.push(idx + 1, line);
        }
    }
    own.end(&mut blocks);
    blocks
}

/// For each line, the first brace after it.
fn next_braces(lines: &[&str]) -> Vec<Option<u8>> {
    let mut next = None;
    let mut all = vec![None; lines.len()];
    for (idx, line) in lines.iter().enumerate().rev() {
        all[idx] = next;
        if line.trim_start().starts_with("//") {
            continue;
        }
        next = plain_signs(line).find(|(_, sign)| matches!(sign, b'{' | b'}')).map(|(_, sign)| sign).or(next);
    }
    all
}

fn change_of_depth(line: &str) -> i64 {
    plain_signs(line).fold(0, |depth, (_, sign)| match sign {
        b'{' => depth + 1,
        b'}' => depth - 1,
        _ => depth,
    })
}

/// A block that is gathered.
#[derive(Default)]
struct Pending {
    line: usize,
    text: String,
    tags: Vec<String>,
    id: Option<String>,
}

impl Pending {
    fn push(&mut self, line: usize, text: &str) {
        if self.text.is_empty() {
            self.line = line;
        } else {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }

    /// `[id:x] [tag:y]` in a comment is about the question after it.
    fn comment(&mut self, comment: &str) {
        for part in comment.split('[').skip(1) {
            let Some((inside, _)) = part.split_once(']') else { continue };
            match inside.split_once(':') {
                Some(("id", id)) => self.id = Some(id.trim().to_owned()),
                Some(("tag", tag)) => self.tags.push(tag.trim().to_owned()),
                _ => {}
            }
        }
    }

    fn end(&mut self, blocks: &mut Vec<Block>) {
        if self.text.trim().is_empty() {
            return;
        }
        let Pending { line, text, tags, id } = std::mem::take(self);
        blocks.push(Block::Question { line, text, tags, id });
    }
}

/// The parts of a path such as `$course$/top/Networks/TCP`, without those that Moodle has for itself.
pub(in crate::exchange) fn category(path: &str) -> Vec<String> {
    // Two slashes are a slash in a name.
    let path = path.trim().replace("//", "\u{0}");
    let is_moodles = |part: &str| part == "top" || (part.starts_with('$') && part.ends_with('$'));
    let is_own = |part: &&str| !part.is_empty() && !is_moodles(part);
    let parts = path.split('/').map(str::trim).filter(is_own);
    parts.map(|part| part.replace('\u{0}', "/")).filter(|part| !part.starts_with("Default for ")).collect()
}

/// The signs of a text that no backslash makes plain, with their places.
fn plain_signs(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let mut is_plain = false;
    text.bytes().enumerate().filter(move |(_, byte)| {
        let was_plain = std::mem::take(&mut is_plain);
        is_plain = !was_plain && *byte == b'\\';
        !was_plain && *byte != b'\\'
    })
}

/// Finds a word of signs that no backslash makes plain.
pub(in crate::exchange) fn find_plain(text: &str, wanted: &str) -> Option<usize> {
    let first = wanted.as_bytes().first().copied();
    plain_signs(text).find(|(at, sign)| Some(*sign) == first && text[*at..].starts_with(wanted)).map(|(at, _)| at)
}

/// Splits answers before each `=` or `~`. An `=` within a word of feedback, as in an address, or before a quotation mark
/// is part of the text.
pub(in crate::exchange) fn split_plain(text: &str) -> Vec<&str> {
    let mut starts = Vec::new();
    let mut is_feedback = false;
    for (at, sign) in plain_signs(text) {
        let bytes = text.as_bytes();
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        let is_glued = before.is_some_and(|byte| !byte.is_ascii_whitespace());
        let is_quote = matches!(bytes.get(at + 1), Some(b'"' | b'\''));
        let is_attribute = is_quote && before.is_some_and(u8::is_ascii_alphanumeric);
        match sign {
            b'#' => is_feedback = true,
            b'=' if (is_feedback && is_glued) || is_attribute => {}
            b'=' | b'~' => {
                is_feedback = false;
                starts.push(at);
            }
            _ => {}
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| text[*start..end].trim_end()).collect()
}

/// Takes the backslashes from before signs; `\n` is a line end.
pub(in crate::exchange) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('n')) => {
                chars.next();
                plain.push('\n');
            }
            ('\\', Some(sign)) if SIGNS.contains(*sign) => plain.extend(chars.next()),
            (c, _) => plain.push(c),
        }
    }
    plain
}

/// Puts backslashes before signs.
pub(in crate::exchange) fn signed(text: &str) -> String {
    let mut signed = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' {
            signed.push_str("\\n");
            continue;
        }
        if SIGNS.contains(c) {
            signed.push('\\');
        }
        signed.push(c);
    }
    signed
}
