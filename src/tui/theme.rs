//! The one table of styles.

use ratatui::style::{Color, Modifier, Style};

/// Every style that a screen uses, by meaning.
///
/// No style carries meaning alone: each state also has a word or a shape of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Ordinary text.
    pub text: Style,
    /// Text that may be overlooked.
    pub dim: Style,
    /// Titles and what the eye should find first.
    pub title: Style,
    /// `**strong**` in a deck's text.
    pub strong: Style,
    /// `*emphasis*` in a deck's text.
    pub emphasis: Style,
    /// `code` in a deck's text.
    pub code: Style,
    /// The letter of a key in the footer.
    pub key: Style,
    /// The part of a rule that stands for what is done.
    pub progress: Style,
    /// The line or cell that the keyboard is on.
    pub focus: Style,
    /// A chosen choice.
    pub chosen: Style,
    /// A choice that is struck out.
    pub struck: Style,
    /// Right, recorded, passed.
    pub good: Style,
    /// Wrong, not recorded, failed.
    pub bad: Style,
    /// What wants attention soon.
    pub warning: Style,
}

impl Theme {
    /// Returns the theme in the terminal's own sixteen colours.
    pub fn in_colour() -> Theme {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let dim = plain.add_modifier(Modifier::DIM);
        Theme {
            text: plain,
            dim,
            title: bold,
            strong: bold,
            emphasis: plain.add_modifier(Modifier::UNDERLINED),
            code: plain.fg(Color::Cyan),
            key: bold.fg(Color::Cyan),
            progress: plain.fg(Color::Cyan),
            focus: bold.fg(Color::Cyan),
            chosen: bold.fg(Color::Cyan),
            struck: dim.add_modifier(Modifier::CROSSED_OUT),
            good: bold.fg(Color::Green),
            bad: bold.fg(Color::Red),
            warning: bold.fg(Color::Yellow),
        }
    }

    /// Returns the theme of bold, underlined and reversed text alone.
    pub fn without_colour() -> Theme {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let underlined = plain.add_modifier(Modifier::UNDERLINED);
        Theme {
            text: plain,
            dim: plain,
            title: bold,
            strong: bold,
            emphasis: underlined,
            code: underlined,
            key: bold,
            progress: plain,
            focus: bold,
            chosen: bold,
            struck: plain,
            good: bold,
            bad: bold,
            warning: plain.add_modifier(Modifier::REVERSED),
        }
    }

    /// Returns this theme with ordinary text set back: for what is read second.
    pub(crate) fn receding(self) -> Theme {
        Theme { text: self.dim, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_without_colour_sets_no_colour() {
        let theme = Theme::without_colour();
        let styles = [
            theme.text,
            theme.dim,
            theme.title,
            theme.strong,
            theme.emphasis,
            theme.code,
            theme.key,
            theme.progress,
            theme.focus,
            theme.chosen,
            theme.struck,
            theme.good,
            theme.bad,
            theme.warning,
        ];
        for style in styles {
            assert_eq!((style.fg, style.bg), (None, None));
            assert!((Modifier::BOLD | Modifier::UNDERLINED | Modifier::REVERSED).contains(style.add_modifier));
        }
    }
}
