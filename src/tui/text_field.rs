//! A line of text that is typed: moved about in by what a person sees as one character, shown as far as it fits.

use ratatui::text::{Line, Span};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::base::SafeText;
use crate::tui::theme::Theme;
use crate::tui::wrap::width_of;

/// A text and the place in it where typing goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextField {
    text: String,
    at: usize, // Invariant: a byte of `text` at which a grapheme begins, or its end.
    max_chars: usize,
}

/// A change of a text field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Edit {
    /// Put this in; line breaks become blanks, and what is too much is left out.
    Insert(String),
    /// Take away what stands before.
    Backspace,
    /// Take away what stands after.
    Delete,
    /// Go one character back.
    Left,
    /// Go one character on.
    Right,
    /// Go to the beginning.
    Start,
    /// Go to the end.
    End,
}

impl TextField {
    /// Returns a field that holds `text`, with typing to go on at its end.
    pub(crate) fn new(text: &str, max_chars: usize) -> TextField {
        TextField { text: text.to_owned(), at: text.len(), max_chars }
    }

    /// Returns the text without blanks at its ends.
    pub(crate) fn text(&self) -> &str {
        self.text.trim()
    }

    /// Returns the field after a change.
    #[must_use]
    pub(crate) fn edited(&self, edit: &Edit) -> TextField {
        let (before, after) = self.text.split_at(self.at);
        let at = match edit {
            Edit::Insert(text) => return self.with(text),
            Edit::Backspace => {
                return TextField { text: format!("{}{after}", &before[..self.before()]), at: self.before(), ..*self };
            }
            Edit::Delete => return TextField { text: format!("{before}{}", &self.text[self.after()..]), ..*self },
            Edit::Left => self.before(),
            Edit::Right => self.after(),
            Edit::Start => 0,
            Edit::End => self.text.len(),
        };
        TextField { at, ..self.clone() }
    }

    fn with(&self, text: &str) -> TextField {
        let room = self.max_chars.saturating_sub(self.text.chars().count());
        let clean = text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
        let put: String = clean.chars().filter(|c| !c.is_control()).take(room).collect();
        let (before, after) = self.text.split_at(self.at);
        let whole = format!("{before}{put}{after}");
        // What was put in may join what stands after it: the next place is the nearest one that is a boundary.
        let at = boundary_from(&whole, before.len() + put.len());
        TextField { text: whole, at, ..*self }
    }

    fn before(&self) -> usize {
        self.text[..self.at].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.text[self.at..].graphemes(true).next().map_or(self.at, |grapheme| self.at + grapheme.len())
    }

    /// Draws the field into `width` columns, with the place of typing in sight and marked.
    pub(crate) fn line(&self, width: usize, theme: &Theme) -> Line<'static> {
        let (before, after) = self.text.split_at(self.at);
        let (before, after) = (SafeText::one_line(before).to_string(), SafeText::one_line(after).to_string());
        let room = width.saturating_sub(1);
        // As much of the end of what stands before as fits with a few columns to see what follows.
        let ahead = width_of(&after).min(room / 4);
        let mut shown: Vec<&str> = Vec::new();
        let mut used = 0;
        for grapheme in before.graphemes(true).rev() {
            used += width_of(grapheme);
            if used + ahead > room {
                break;
            }
            shown.push(grapheme);
        }
        let left: String = shown.into_iter().rev().collect();
        let right_room = room.saturating_sub(width_of(&left));
        let right: String = fitting(&after, right_room);
        Line::from(vec![
            Span::styled(left, theme.text),
            Span::styled("▏", theme.focus),
            Span::styled(right, theme.text),
        ])
    }
}

/// Returns the first boundary of a grapheme at or after `at`.
fn boundary_from(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(true) => at,
        Ok(false) | Err(_) => cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len()),
    }
}

/// The beginning of `text` that fits into `width` columns.
fn fitting(text: &str, width: usize) -> String {
    let mut used = 0;
    let fits = |grapheme: &&str| {
        used += width_of(grapheme);
        used <= width
    };
    text.graphemes(true).take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edited(start: &str, edits: &[Edit]) -> String {
        let field = edits.iter().fold(TextField::new(start, 20), |field, edit| field.edited(edit));
        let (before, after) = field.text.split_at(field.at);
        format!("{before}|{after}")
    }

    fn insert(text: &str) -> Edit {
        Edit::Insert(text.to_owned())
    }

    #[track_caller]
    fn check(start: &str, edits: &[Edit], expected: &str) {
        assert_eq!(edited(start, edits), expected);
    }

    #[test]
    fn text_is_typed_taken_away_and_moved_about_in() {
        check("", &[insert("a"), insert("b")], "ab|");
        check("abc", &[Edit::Left, Edit::Backspace], "a|c");
        check("abc", &[Edit::Start, Edit::Delete, Edit::Right], "b|c");
        check("", &[Edit::Backspace, Edit::Delete, Edit::Left, Edit::Right], "|");
    }

    #[test]
    fn what_looks_like_one_character_is_one() {
        check("e\u{301}👩‍🚀", &[Edit::Backspace], "e\u{301}|");
        check("日本", &[Edit::Left, Edit::Left, Edit::Delete], "|本");
    }

    #[test]
    fn a_paste_is_text_on_one_line_and_never_too_long() {
        check("", &[insert("one\r\ntwo\nq")], "one two q|");
        check("", &[insert("\u{1b}[2J")], "[2J|");
        check("", &[insert(&"x".repeat(99))], &format!("{}|", "x".repeat(20)));
    }

    #[test]
    fn the_place_of_typing_is_always_in_sight() {
        let line = |text: &str, edits: &[Edit], width: usize| {
            let field = edits.iter().fold(TextField::new(text, 99), |field, edit| field.edited(edit));
            field.line(width, &Theme::without_colour()).to_string()
        };
        assert_eq!(line("abc", &[], 10), "abc▏");
        assert_eq!(line("0123456789", &[], 5), "6789▏");
        assert_eq!(line("0123456789", &[Edit::Start], 5), "▏0123");
        assert_eq!(line("日本語日本語", &[], 6), "本語▏");
    }

    proptest! {
        #[test]
        fn no_row_is_wider_than_its_place(text in "\\PC{0,40}", n_left in 0_usize..40, width in 1_usize..30) {
            let field = (0..n_left).fold(TextField::new(&text, 100), |field, _| field.edited(&Edit::Left));
            prop_assert!(field.line(width, &Theme::without_colour()).width() <= width);
        }
    }
}
