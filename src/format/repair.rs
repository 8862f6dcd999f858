//! Repairs of deck files that need no judgement: missing ids, missing cues, blanks at the ends of lines.
//!
//! A repair inserts and deletes single stretches of text, so that comments, order and layout stay. Each kind of repair
//! is proved by reading the repaired files again; one that would change what the deck says is dropped.

use std::borrow::Cow;

use crate::base::SafeText;
use crate::deck::{Deck, Item, ItemBody, choose_cue, lint_items};
use crate::format::SourceFile;
use crate::format::finding::Findings;
use crate::format::v1::{ItemSpans, locate};
use crate::format::yaml::{Span, without_byte_order_mark};

/// What may be repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// Gives items without id the id that they go by, so that their history stays.
    Ids,
    /// Writes `(Choose TWO.)` and the like at the end of stems with several keys that do not say so.
    Cues,
    /// Removes blanks at the ends of lines.
    Blanks,
}

/// What a repair came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Repaired {
    /// The files that changed, by their place among the sources, with their new bytes.
    pub files: Vec<(usize, Vec<u8>)>,
    /// The changed lines, as `path:line` with the old text after `-` and the new after `+`; safe for a terminal.
    pub diff: String,
    /// How many places were repaired.
    pub n_repairs: usize,
}

/// A change of a file: `n_removed` bytes at `at` make way for `inserted`.
struct Edit {
    file_idx: usize,
    at: usize,
    n_removed: usize,
    inserted: String,
}

/// Repairs the files of a deck, kind by kind. `None` if the deck has errors of reading, which come first.
pub fn repair(sources: &[SourceFile], repairs: &[Repair]) -> Option<Repaired> {
    let mut current = sources.to_vec();
    let mut done = Repaired::default();
    for kind in repairs {
        let mut findings = Findings::about(&current);
        let located = locate(&current, &mut findings)?;
        if findings.counts().n_errors > 0 {
            return None;
        }
        let edits = match kind {
            Repair::Ids => missing_ids(&located.deck, &located.items, &current),
            Repair::Cues => missing_cues(&located.deck, &located.items, &current),
            Repair::Blanks => trailing_blanks(&current),
        };
        let (changed, diff) = apply(&current, &edits);
        if !edits.is_empty() && says_the_same(&located.deck, &changed) {
            done.n_repairs += edits.len();
            done.diff.push_str(&diff);
            current = changed;
        }
    }
    let changed = current.iter().zip(sources).enumerate().filter(|(_, (new, old))| new.bytes != old.bytes);
    done.files = changed.map(|(idx, (new, _))| (idx, new.bytes.to_vec())).collect();
    Some(done)
}

/// Tells whether repaired files make the same deck, but for cues at the ends of stems.
fn says_the_same(before: &Deck, sources: &[SourceFile]) -> bool {
    // Findings of item writing refuse a deck too, such as a cue that was wrong before.
    let mut findings = Findings::about(sources);
    let Some(after) = locate(sources, &mut findings) else { return false };
    let is_same = |(old, new): (&Item, &Item)| {
        old.facts == new.facts && (old.body == new.body || old.body == without_cue(&new.body, &old.body))
    };
    findings.counts().n_errors == 0
        && before.outline == after.deck.outline
        && before.items.len() == after.deck.items.len()
        && before.items.iter().zip(&after.deck.items).all(is_same)
}

fn without_cue(body: &ItemBody, old: &ItemBody) -> ItemBody {
    let mut body = body.clone();
    if let (ItemBody::Question(question), ItemBody::Question(old)) = (&mut body, old) {
        let cue = format!(" {}", choose_cue(old.key().len()));
        if let Some(stem) = question.stem.strip_suffix(&cue) {
            question.stem = stem.to_owned();
        }
    }
    body
}

fn missing_ids(deck: &Deck, spans: &[ItemSpans], sources: &[SourceFile]) -> Vec<Edit> {
    let missing = deck.items.iter().zip(spans).filter(|(_, spans)| !spans.has_id);
    let edit = |(item, spans): (&Item, &ItemSpans)| {
        let bytes = &sources.get(spans.file_idx)?.bytes;
        let at = offset(bytes, spans.whole.start);
        let id = &item.facts.id;
        let edit = |at: usize, inserted: String| Edit { file_idx: spans.file_idx, at, n_removed: 0, inserted };
        Some(match bytes.get(at)? {
            b'{' => edit(at + 1, format!("id: {id}, ")),
            _ => edit(at, format!("id: {id}{}{}", newline(bytes), indent(spans.whole))),
        })
    };
    missing.filter_map(edit).collect()
}

fn missing_cues(deck: &Deck, spans: &[ItemSpans], sources: &[SourceFile]) -> Vec<Edit> {
    let silent = lint_items(&deck.items).into_iter().filter(|finding| finding.rule.code == "D107");
    let edit = |item_idx: usize| {
        let (item, spans) = (deck.items.get(item_idx)?, spans.get(item_idx)?);
        let ItemBody::Question(question) = &item.body else { return None };
        // A stem without id names the item; a change would begin a new history.
        if !spans.has_id {
            return None;
        }
        let bytes = &sources.get(spans.file_idx)?.bytes;
        let (start, end) = (offset(bytes, spans.prompt.start), offset(bytes, spans.prompt.end));
        let written = bytes.get(start..end)?;
        let n_written = written.trim_ascii_end().len();
        let is_quoted = matches!(written.first(), Some(b'"' | b'\'')) && written.first() == written.get(n_written - 1);
        let at = start + n_written - usize::from(is_quoted && n_written > 1);
        let inserted = format!(" {}", choose_cue(question.key().len()));
        Some(Edit { file_idx: spans.file_idx, at, n_removed: 0, inserted })
    };
    silent.filter_map(|finding| finding.place.item_idx()).filter_map(edit).collect()
}

fn trailing_blanks(sources: &[SourceFile]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (file_idx, source) in sources.iter().enumerate() {
        let mut start = 0;
        for line in source.bytes.split_inclusive(|byte| *byte == b'\n') {
            let text = line.strip_suffix(b"\n").unwrap_or(line);
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            let kept = text.trim_ascii_end().len();
            if kept < text.len() {
                edits.push(Edit { file_idx, at: start + kept, n_removed: text.len() - kept, inserted: String::new() });
            }
            start += line.len();
        }
    }
    edits
}

/// Makes the edits, and writes the lines that they change.
fn apply(sources: &[SourceFile], edits: &[Edit]) -> (Vec<SourceFile>, String) {
    let mut changed = sources.to_vec();
    let mut diff = String::new();
    for (file_idx, source) in sources.iter().enumerate() {
        let mut own: Vec<&Edit> = edits.iter().filter(|edit| edit.file_idx == file_idx).collect();
        if own.is_empty() {
            continue;
        }
        own.sort_by_key(|edit| edit.at);
        let mut bytes = Vec::with_capacity(source.bytes.len() + 64 * own.len());
        let (mut start, mut next) = (0, 0);
        for (line_idx, line) in source.bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let end = start + line.len();
            let mut new = Vec::new();
            let mut from = start;
            let first = next;
            while let Some(edit) = own.get(next).filter(|edit| edit.at < end || end == source.bytes.len()) {
                new.extend_from_slice(&source.bytes[from..edit.at]);
                new.extend_from_slice(edit.inserted.as_bytes());
                from = edit.at + edit.n_removed;
                next += 1;
            }
            new.extend_from_slice(&source.bytes[from..end]);
            if first < next {
                diff.push_str(&format!("{}:{}\n", SafeText::one_line(&source.name), line_idx + 1));
                diff.push_str(&marked('-', line));
                diff.push_str(&marked('+', &new));
            }
            bytes.extend_from_slice(&new);
            start = end;
        }
        changed[file_idx].bytes = Cow::Owned(bytes);
    }
    (changed, diff)
}

fn marked(mark: char, lines: &[u8]) -> String {
    let text = String::from_utf8_lossy(lines);
    let mut all = String::new();
    for line in text.lines() {
        all.push_str(&format!("{mark} {}\n", SafeText::new(line)));
    }
    all
}

/// A place of a span in the file itself, where a byte order mark counts.
fn offset(bytes: &[u8], at: u32) -> usize {
    let n_mark = bytes.len() - without_byte_order_mark(bytes).len();
    n_mark + usize::try_from(at).unwrap_or(usize::MAX - 3)
}

fn newline(bytes: &[u8]) -> &'static str {
    if bytes.windows(2).any(|pair| pair == b"\r\n") { "\r\n" } else { "\n" }
}

fn indent(span: Span) -> String {
    " ".repeat(usize::try_from(span.column.saturating_sub(1)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read_deck;

    const ALL: [Repair; 3] = [Repair::Ids, Repair::Cues, Repair::Blanks];

    fn file(text: &str) -> Vec<SourceFile> {
        vec![SourceFile { name: "my.yaml".to_owned(), bytes: Cow::Owned(text.as_bytes().to_vec()) }]
    }

    #[track_caller]
    fn check(yaml: &str, expected: &str) {
        let sources = file(yaml);
        let repaired = repair(&sources, &ALL).expect("the deck reads well");
        let text = repaired.files.first().map_or(yaml.as_bytes(), |(_, bytes)| bytes);
        assert_eq!(String::from_utf8_lossy(text), expected);
        let again = repair(&file(expected), &ALL).expect("the deck reads well");
        assert_eq!((again.n_repairs, again.files.len()), (0, 0));
        let ids = |text: &str| -> Vec<String> {
            let deck = read_deck(&file(text)).deck.expect("a deck");
            deck.items.iter().map(|item| item.facts.id.to_string()).collect()
        };
        assert_eq!(ids(yaml), ids(expected));
    }

    #[test]
    fn ids_are_the_ones_that_items_went_by_and_comments_stay() {
        check(
            "# mine\nquestions:\n  # first\n  - stem: Is it?   # a remark\n    right: yes\n    wrong: [no]\n  \
             - {front: a, back: b}\n",
            "# mine\nquestions:\n  # first\n  - id: q-01e36ac00c3a\n    stem: Is it?   # a remark\n    right: yes\n    \
             wrong: [no]\n  - {id: q-fdeb88a4c6f0, front: a, back: b}\n",
        );
    }

    #[test]
    fn cues_go_to_the_end_of_the_stem_however_it_is_written() {
        let item = |stem: &str| format!("questions:\n- id: a\n  stem: {stem}\n  right: [b, c]\n  wrong: [d, e]\n");
        check(&item("Which are they?"), &item("Which are they? (Choose TWO.)"));
        check(&item("\"Which are they?\""), &item("\"Which are they? (Choose TWO.)\""));
        check(&item("'Which are they?'"), &item("'Which are they? (Choose TWO.)'"));
        check(&item(">-\n    Which are\n    they?"), &item(">-\n    Which are\n    they? (Choose TWO.)"));
    }

    #[test]
    fn blanks_go_unless_they_belong_to_a_text() {
        let item = |stem: &str, blanks: &str| {
            format!("questions:\n- id: a\n  stem: {stem}\n  right: b{blanks}\n  wrong: [d, e]\n")
        };
        check(&item("Is it?", "  "), &item("Is it?", ""));
        // Two blanks break the line in Markdown, and a literal block keeps them.
        let literal = item("|-\n    one  \n    two", "");
        check(&literal, &literal);
    }

    #[test]
    fn a_deck_with_errors_is_left_alone() {
        assert_eq!(repair(&file("questions:\n- {front: a}\n"), &ALL), None);
    }
}
