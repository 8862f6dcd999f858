//! A page to read: reports, summaries, explanations.

use ratatui::Frame;
use ratatui::crossterm::event::KeyCode;
use ratatui::layout::Size;
use ratatui::text::Line;

use crate::base::SafeText;
use crate::tui::chrome::{Chrome, draw_footer, draw_header, draw_lines, draw_progress, draw_status, more_below};
use crate::tui::console::Console;
use crate::tui::keys::{Binding, Footer, Press, is_interrupt, look_up};
use crate::tui::scene::{Input, Next, Scene};
use crate::tui::scroll::Step;
use crate::tui::text_line::{TextLine, lay_out_lines};
use crate::tui::theme::Theme;

/// Shows `lines` under `title` until the reader goes back.
///
/// # Errors
/// The terminal fails.
pub fn read_page(console: &mut Console, title: &str, lines: &[TextLine]) -> anyhow::Result<()> {
    let theme = console.theme();
    console.show(&mut PageScene::new(title, lines, theme))
}

/// The page and how far it is scrolled.
pub(crate) struct PageScene<'l> {
    theme: Theme,
    title: String,
    lines: &'l [TextLine],
    size: Size,
    rows: Vec<Line<'static>>,
    top: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Msg {
    Scroll(Step),
    Back,
}

const KEYS: &[Binding<Msg>] = &[
    Binding {
        presses: &[Press::Code(KeyCode::Down), Press::Char('j')],
        to_msg: |_| Msg::Scroll(Step::Down),
        keys: "↓ j",
        word: "down",
        help: "a line down",
    },
    Binding {
        presses: &[Press::Code(KeyCode::Up), Press::Char('k')],
        to_msg: |_| Msg::Scroll(Step::Up),
        keys: "↑ k",
        word: "up",
        help: "a line up",
    },
    Binding {
        presses: &[Press::Code(KeyCode::PageDown), Press::Char(' ')],
        to_msg: |_| Msg::Scroll(Step::PageDown),
        keys: "PgDn",
        word: "page down",
        help: "a page down (Space too)",
    },
    Binding {
        presses: &[Press::Code(KeyCode::PageUp)],
        to_msg: |_| Msg::Scroll(Step::PageUp),
        keys: "PgUp",
        word: "page up",
        help: "a page up",
    },
    Binding {
        presses: &[Press::Code(KeyCode::Home)],
        to_msg: |_| Msg::Scroll(Step::First),
        keys: "Home",
        word: "",
        help: "to the top",
    },
    Binding {
        presses: &[Press::Code(KeyCode::End)],
        to_msg: |_| Msg::Scroll(Step::Last),
        keys: "End",
        word: "",
        help: "to the end",
    },
    Binding {
        presses: &[Press::Char('q'), Press::Code(KeyCode::Esc), Press::Code(KeyCode::Enter)],
        to_msg: |_| Msg::Back,
        keys: "q",
        word: "back",
        help: "back (Esc, Enter too)",
    },
];

impl<'l> PageScene<'l> {
    pub(crate) fn new(title: &str, lines: &'l [TextLine], theme: Theme) -> PageScene<'l> {
        let title = SafeText::one_line(title).to_string();
        PageScene { theme, title, lines, size: Size::ZERO, rows: Vec::new(), top: 0 }
    }

    fn height(&self) -> usize {
        usize::from(Chrome::of(self.size).body.height)
    }

    fn last_top(&self) -> usize {
        self.rows.len().saturating_sub(self.height())
    }

    fn update(&mut self, msg: Msg) -> Next<()> {
        match msg {
            Msg::Scroll(step) => {
                self.top = step.from(self.top, self.last_top(), self.height());
                Next::Draw
            }
            Msg::Back => Next::Done(()),
        }
    }
}

impl Scene for PageScene<'_> {
    type Out = ();

    fn on(&mut self, input: Input) -> Next<()> {
        let msg = match input {
            Input::Resize(size) => {
                self.size = size;
                let width = usize::from(Chrome::of(size).body.width);
                self.rows = lay_out_lines(self.lines, width, &self.theme);
                self.top = self.top.min(self.last_top());
                return Next::Draw;
            }
            Input::Key(key) if is_interrupt(key) => Some(Msg::Back),
            Input::Key(key) => look_up(KEYS, key, 0),
            Input::Mouse(mouse) => Step::of_wheel(mouse.kind).map(Msg::Scroll),
            Input::Tick => None,
            Input::Hangup => Some(Msg::Back),
        };
        msg.map_or(Next::Same, |msg| self.update(msg))
    }

    fn view(&self, frame: &mut Frame<'_>) {
        let chrome = Chrome::of(self.size);
        let n_shown = (self.top + self.height()).min(self.rows.len());
        draw_header(frame, chrome.header, &self.title, Line::default(), &self.theme);
        draw_progress(frame, chrome.rule, n_shown, self.rows.len(), &self.theme);
        draw_lines(frame, chrome.body, self.rows.iter().skip(self.top).cloned());
        let below = more_below(self.rows.len() - n_shown, self.theme.dim);
        draw_status(frame, chrome.status, Line::default(), below);
        let footer = Footer::new(KEYS, usize::from(chrome.footer.width));
        draw_footer(frame, &chrome, footer.line(&self.theme), &self.theme);
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use ratatui::crossterm::event::KeyEvent;

    use super::*;
    use crate::tui::text_line::Tone;

    /// Presses `keys` on a page of 40 lines in a small window.
    fn play(keys: &[KeyCode]) -> (String, Next<()>) {
        let line = |n: usize| TextLine::new(Tone::Plain, format!("  Domain {n:<3}")).and(Tone::Good, "Competent");
        let lines: Vec<TextLine> = (1..=40).map(line).collect();
        let mut scene = PageScene::new("Score report", &lines, Theme::without_colour());
        let mut last = scene.on(Input::Resize(Size::new(60, 18)));
        for key in keys {
            last = scene.on(Input::Key(KeyEvent::from(*key)));
        }
        let mut terminal = Terminal::new(TestBackend::new(60, 18)).expect("a test terminal");
        terminal.draw(|frame| scene.view(frame)).expect("a frame");
        (terminal.backend().to_string(), last)
    }

    #[test]
    fn a_page_scrolls_to_its_end_and_no_further() {
        let (screen, _) = play(&[KeyCode::PageDown]);
        insta::assert_snapshot!("page_60x18", screen);
        let (screen, _) = play(&[KeyCode::PageDown; 9]);
        assert!(screen.contains("Domain 40") && !screen.contains("more below"), "{screen}");
    }

    #[test]
    fn a_page_is_left_by_several_keys() {
        for key in [KeyCode::Char('q'), KeyCode::Esc, KeyCode::Enter] {
            assert_eq!(play(&[key]).1, Next::Done(()));
        }
        assert_eq!(play(&[KeyCode::Char('x')]).1, Next::Same);
    }
}
