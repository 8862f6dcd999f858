//! Key tables: each key is written down once, and the screen, the footer and the help read the same line.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::wrap::width_of;

/// One line of a key table.
pub(crate) struct Binding<M> {
    /// The keys.
    pub(crate) presses: &'static [Press],
    /// What they mean; the argument is the place that [`Press::Letter`], [`Press::Capital`] or [`Press::Digit`] names.
    pub(crate) to_msg: fn(usize) -> M,
    /// The keys as a person reads them.
    pub(crate) keys: &'static str,
    /// The word beside the keys in the footer; empty for keys that only the help names.
    pub(crate) word: &'static str,
    /// The line in the help.
    pub(crate) help: &'static str,
}

/// Makes a line of a key table.
pub(crate) const fn row<M>(
    presses: &'static [Press],
    to_msg: fn(usize) -> M,
    keys: &'static str,
    word: &'static str,
    help: &'static str,
) -> Binding<M> {
    Binding { presses, to_msg, keys, word, help }
}

/// A key, or a row of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Press {
    /// One character as typed.
    Char(char),
    /// A key without a character.
    Code(KeyCode),
    /// `a` to `h`, as far as there are choices; names places from 0.
    Letter,
    /// `A` to `H`, as far as there are choices; names places from 0.
    Capital,
    /// `1` to `8`, as far as there are choices; names places from 0.
    Digit,
    /// `0` to `9`, whatever there is to choose; names the digit itself.
    Figure,
}

/// Choices that have a key of their own.
const MAX_LETTERS: usize = 8;

/// Returns what `key` means in `table`, on a screen that offers `n_choices`.
pub(crate) fn look_up<M>(table: &[Binding<M>], key: KeyEvent, n_choices: usize) -> Option<M> {
    if key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) {
        return None;
    }
    table.iter().find_map(|binding| {
        let place = binding.presses.iter().find_map(|press| press.place(key.code, n_choices))?;
        Some((binding.to_msg)(place))
    })
}

/// Returns what `key` means in the first of `tables` that knows it, on a screen that offers `n_choices`.
pub(crate) fn look_up_in<M>(tables: &[&[Binding<M>]], key: KeyEvent, n_choices: usize) -> Option<M> {
    tables.iter().find_map(|table| look_up(table, key, n_choices))
}

/// Returns the character that `key` types.
pub(crate) fn typed(key: KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char(c) if !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => Some(c),
        _ => None,
    }
}

/// Tells whether `key` is Ctrl+C, which every screen takes as a wish to leave.
pub(crate) fn is_interrupt(key: KeyEvent) -> bool {
    key.modifiers.contains(KeyModifiers::CONTROL) && key.code == KeyCode::Char('c')
}

/// Returns how a person calls `key`, for the remark that it does nothing.
pub(crate) fn name_of(key: KeyEvent) -> String {
    let name = match key.code {
        KeyCode::Char(c) => c.to_string(),
        KeyCode::F(number) => format!("F{number}"),
        other => other.to_string(),
    };
    if key.modifiers.contains(KeyModifiers::CONTROL) { format!("Ctrl+{name}") } else { name }
}

impl Press {
    fn place(self, code: KeyCode, n_choices: usize) -> Option<usize> {
        let KeyCode::Char(typed) = code else {
            return (self == Press::Code(code)).then_some(0);
        };
        let n_keys = n_choices.min(MAX_LETTERS);
        match self {
            Press::Char(own) => (own == typed).then_some(0),
            Press::Code(_) => None,
            Press::Letter => ('a'..='h').take(n_keys).position(|own| own == typed),
            Press::Capital => ('A'..='H').take(n_keys).position(|own| own == typed),
            Press::Digit => ('1'..='8').take(n_keys).position(|own| own == typed),
            Press::Figure => ('0'..='9').position(|own| own == typed),
        }
    }
}

/// A footer: as many keys of a table as fit, the last two always among them.
pub(crate) struct Footer<'t, M> {
    shown: Vec<&'t Binding<M>>,
}

/// Columns between two keys of a footer.
const GAP: usize = 2;

impl<'t, M> Footer<'t, M> {
    /// Chooses from `table` the keys for a footer of `width` columns.
    pub(crate) fn new(table: &'t [Binding<M>], width: usize) -> Footer<'t, M> {
        Footer::of(&[table], width)
    }

    /// Chooses the keys for a footer of `width` columns from several tables, in their order.
    pub(crate) fn of(tables: &[&'t [Binding<M>]], width: usize) -> Footer<'t, M> {
        let rows = tables.iter().copied().flatten();
        let mut shown: Vec<&Binding<M>> = rows.filter(|binding| !binding.word.is_empty()).collect();
        while 2 < shown.len() && width < shown.iter().map(|binding| binding.width() + GAP).sum::<usize>() - GAP {
            shown.remove(shown.len() - 3);
        }
        Footer { shown }
    }

    /// Returns the footer as a line.
    pub(crate) fn line(&self, theme: &Theme) -> Line<'static> {
        let spans = self.shown.iter().flat_map(|binding| {
            [Span::styled(binding.keys, theme.key), Span::styled(format!(" {}  ", binding.word), theme.dim)]
        });
        spans.collect()
    }

    /// Returns what a click on `column` of the footer means.
    pub(crate) fn msg_at(&self, column: usize) -> Option<M> {
        let mut start = 0;
        for binding in &self.shown {
            if (start..start + binding.width()).contains(&column) {
                return Some((binding.to_msg)(0));
            }
            start += binding.width() + GAP;
        }
        None
    }
}

impl<M> Binding<M> {
    fn width(&self) -> usize {
        width_of(self.keys) + 1 + width_of(self.word)
    }
}

/// Returns the help lines of `table`: keys in one column, what they do in the next.
pub(crate) fn help_lines<M>(table: &[Binding<M>], theme: &Theme) -> Vec<Line<'static>> {
    help_lines_of(&[table], theme)
}

/// Returns the help lines of several tables as if they were one.
pub(crate) fn help_lines_of<M>(tables: &[&[Binding<M>]], theme: &Theme) -> Vec<Line<'static>> {
    let rows = || tables.iter().copied().flatten();
    let widest = rows().map(|binding| width_of(binding.keys)).max().unwrap_or(0);
    let line = |binding: &Binding<M>| {
        let blanks = widest - width_of(binding.keys);
        Line::from(vec![
            Span::raw(" ".repeat(blanks)),
            Span::styled(binding.keys, theme.key),
            Span::raw(format!("  {}", binding.help)),
        ])
    };
    rows().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[Binding<String>] = &[
        Binding {
            presses: &[Press::Letter, Press::Digit],
            to_msg: |place| format!("choose {place}"),
            keys: "a–h",
            word: "choose",
            help: "choose",
        },
        Binding {
            presses: &[Press::Char('g')],
            to_msg: |_| "go".to_owned(),
            keys: "g",
            word: "go to",
            help: "go to a question",
        },
        Binding {
            presses: &[Press::Code(KeyCode::Enter), Press::Char('n')],
            to_msg: |_| "next".to_owned(),
            keys: "n Enter",
            word: "next",
            help: "next question",
        },
        Binding {
            presses: &[Press::Capital],
            to_msg: |place| format!("strike {place}"),
            keys: "A–H",
            word: "",
            help: "strike",
        },
    ];

    #[track_caller]
    fn check(code: KeyCode, n_choices: usize, expected: Option<&str>) {
        assert_eq!(look_up(TABLE, KeyEvent::from(code), n_choices).as_deref(), expected);
    }

    #[test]
    fn letters_and_digits_reach_as_far_as_the_choices() {
        check(KeyCode::Char('a'), 4, Some("choose 0"));
        check(KeyCode::Char('4'), 4, Some("choose 3"));
        check(KeyCode::Char('e'), 4, None);
        check(KeyCode::Char('D'), 4, Some("strike 3"));
        check(KeyCode::Enter, 4, Some("next"));
        check(KeyCode::Char('9'), 12, None);
    }

    #[test]
    fn a_letter_that_is_a_choice_comes_before_its_other_meaning() {
        check(KeyCode::Char('g'), 4, Some("go"));
        check(KeyCode::Char('g'), 7, Some("choose 6"));
    }

    #[test]
    fn control_keys_are_not_the_letters_they_are_made_with() {
        let key = KeyEvent::new(KeyCode::Char('a'), KeyModifiers::CONTROL);
        assert_eq!(look_up(TABLE, key, 4), None);
    }

    #[test]
    fn a_narrow_footer_drops_from_the_middle_and_its_clicks_follow() {
        let wide = Footer::new(TABLE, 40);
        assert_eq!(wide.line(&Theme::without_colour()).to_string().trim_end(), "a–h choose  g go to  n Enter next");
        assert_eq!(wide.msg_at(12).as_deref(), Some("go"));
        assert_eq!(wide.msg_at(11), None);
        let narrow = Footer::new(TABLE, 25);
        assert_eq!(narrow.line(&Theme::without_colour()).to_string().trim_end(), "g go to  n Enter next");
        assert_eq!(narrow.msg_at(9).as_deref(), Some("next"));
    }
}
