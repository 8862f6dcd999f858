//! The one table of styles.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

/// Every style that a screen uses, by meaning.
///
/// No style carries meaning alone: each state also has a word or a shape of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The window behind everything; what has no colour of its own takes its colours.
    pub paper: Style,
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
    /// Returns the theme for dark terminals, in their own sixteen colours.
    pub fn dark() -> Theme {
        Theme::in_colours(Color::Cyan, Color::Yellow)
    }

    /// Returns the theme for light terminals, in their own sixteen colours: none that pales on white.
    pub fn light() -> Theme {
        Theme::in_colours(Color::Blue, Color::Magenta)
    }

    fn in_colours(accent: Color, alarm: Color) -> Theme {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let dim = plain.add_modifier(Modifier::DIM);
        Theme {
            paper: plain,
            text: plain,
            dim,
            title: bold,
            strong: bold,
            emphasis: plain.add_modifier(Modifier::UNDERLINED),
            code: plain.fg(accent),
            key: bold.fg(accent),
            progress: plain.fg(accent),
            focus: bold.fg(accent),
            chosen: bold.fg(accent),
            struck: dim.add_modifier(Modifier::CROSSED_OUT),
            good: bold.fg(Color::Green),
            bad: bold.fg(Color::Red),
            warning: bold.fg(alarm),
        }
    }

    /// Returns the theme of the greatest contrast: white on black whatever the terminal has, nothing dimmed, what
    /// matters in reverse.
    pub fn high_contrast() -> Theme {
        let (black, white, yellow) = (Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255), Color::Rgb(255, 255, 0));
        let paper = Style::new().fg(white).bg(black);
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let reversed = bold.fg(black).bg(yellow);
        Theme {
            paper,
            text: plain,
            dim: plain,
            title: bold,
            strong: bold,
            emphasis: plain.add_modifier(Modifier::UNDERLINED),
            code: plain.fg(yellow),
            key: bold.fg(yellow),
            progress: plain.fg(yellow),
            focus: bold.fg(yellow),
            chosen: bold.fg(yellow),
            struck: plain.add_modifier(Modifier::CROSSED_OUT),
            good: bold,
            bad: bold.fg(black).bg(white),
            warning: reversed,
        }
    }

    /// Returns the theme of bold, underlined and reversed text alone.
    pub fn without_colour() -> Theme {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let underlined = plain.add_modifier(Modifier::UNDERLINED);
        Theme {
            paper: plain,
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

    /// Colours what has no colour of its own.
    pub(crate) fn paint(&self, buffer: &mut Buffer) {
        if self.paper == Style::new() {
            return;
        }
        for cell in &mut buffer.content {
            if cell.fg == Color::Reset {
                cell.fg = self.paper.fg.unwrap_or_default();
            }
            if cell.bg == Color::Reset {
                cell.bg = self.paper.bg.unwrap_or_default();
            }
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

    fn styles(theme: &Theme) -> [Style; 15] {
        let Theme {
            paper,
            text,
            dim,
            title,
            strong,
            emphasis,
            code,
            key,
            progress,
            focus,
            chosen,
            struck,
            good,
            bad,
            warning,
        } = *theme;
        [paper, text, dim, title, strong, emphasis, code, key, progress, focus, chosen, struck, good, bad, warning]
    }

    #[test]
    fn the_theme_without_colour_sets_no_colour() {
        for style in styles(&Theme::without_colour()) {
            assert_eq!((style.fg, style.bg), (None, None));
            assert!((Modifier::BOLD | Modifier::UNDERLINED | Modifier::REVERSED).contains(style.add_modifier));
        }
    }

    /// The contrast ratio of two colours after WCAG 2.2, relative luminance.
    fn contrast(a: Color, b: Color) -> f64 {
        let luminance = |colour: Color| {
            let Color::Rgb(r, g, b) = colour else { panic!("{colour} is the terminal's own") };
            let linear = |part: u8| {
                let part = f64::from(part) / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn in_the_theme_of_the_greatest_contrast_everything_stands_out() {
        let theme = Theme::high_contrast();
        let (ink, paper) = (theme.paper.fg.expect("an ink"), theme.paper.bg.expect("a paper"));
        for style in styles(&theme) {
            let found = contrast(style.fg.unwrap_or(ink), style.bg.unwrap_or(paper));
            assert!(found >= 7.0 && !style.add_modifier.contains(Modifier::DIM), "{style:?} {found}");
        }
    }

    #[test]
    fn the_light_theme_has_no_colour_that_pales_on_white() {
        for style in styles(&Theme::light()) {
            assert!(!matches!(style.fg, Some(Color::Cyan | Color::Yellow | Color::White)), "{style:?}");
        }
    }
}
