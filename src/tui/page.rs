//! A page to read: reports, summaries, explanations.

use ratatui::Frame;
use ratatui::crossterm::event::KeyCode;
use ratatui::layout::{Position, Size};
use ratatui::text::Line;

use crate::base::SafeText;
use crate::tui::chrome::{Chrome, draw_footer, draw_header, draw_lines, draw_progress, draw_status, more_below};
use crate::tui::console::Console;
use crate::tui::keys::{Binding, Footer, Press, is_interrupt, look_up, row};
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
    console.show(&mut PageScene::new(title, lines, PAGE, theme)).map(drop)
}

/// Shows the report of a sitting that has ended until the reader goes back or wants to walk through its questions.
///
/// # Errors
/// The terminal fails.
pub fn read_report(console: &mut Console, title: &str, lines: &[TextLine]) -> anyhow::Result<AfterReport> {
    let theme = console.theme();
    console.show(&mut PageScene::new(title, lines, REPORT, theme))
}

/// How the reader went on from a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterReport {
    /// Back.
    Back,
    /// To its questions one by one.
    Walk,
}

/// The page and how far it is scrolled.
pub(crate) struct PageScene<'l> {
    theme: Theme,
    title: String,
    lines: &'l [TextLine],
    keys: &'static [Binding<Msg>],
    size: Size,
    rows: Vec<Line<'static>>,
    top: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Msg {
    Scroll(Step),
    Go(AfterReport),
}

type Row = Binding<Msg>;

use Press::{Char, Code};

const DOWN: Row = row(&[Code(KeyCode::Down), Char('j')], |_| Msg::Scroll(Step::Down), "↓ j", "down", "a line down");
const UP: Row = row(&[Code(KeyCode::Up), Char('k')], |_| Msg::Scroll(Step::Up), "↑ k", "up", "a line up");
const PAGE_DOWN: Row = row(
    &[Code(KeyCode::PageDown), Char(' ')],
    |_| Msg::Scroll(Step::PageDown),
    "PgDn",
    "page down",
    "a page down (Space too)",
);
const PAGE_UP: Row = row(&[Code(KeyCode::PageUp)], |_| Msg::Scroll(Step::PageUp), "PgUp", "page up", "a page up");
const TOP: Row = row(&[Code(KeyCode::Home)], |_| Msg::Scroll(Step::First), "Home", "", "to the top");
const END: Row = row(&[Code(KeyCode::End)], |_| Msg::Scroll(Step::Last), "End", "", "to the end");
const WALK: Row =
    row(&[Char('w')], |_| Msg::Go(AfterReport::Walk), "w", "walk through the questions", "the questions one by one");
const BACK: Row = row(
    &[Char('q'), Code(KeyCode::Esc), Code(KeyCode::Enter)],
    |_| Msg::Go(AfterReport::Back),
    "q",
    "back",
    "back (Esc, Enter too)",
);

/// Keys of a page.
const PAGE: &[Row] = &[DOWN, UP, PAGE_DOWN, PAGE_UP, TOP, END, BACK];
/// Keys of a report.
const REPORT: &[Row] = &[DOWN, UP, PAGE_DOWN, PAGE_UP, TOP, END, WALK, BACK];

impl<'l> PageScene<'l> {
    fn new(title: &str, lines: &'l [TextLine], keys: &'static [Row], theme: Theme) -> PageScene<'l> {
        let title = SafeText::one_line(title).to_string();
        PageScene { theme, title, lines, keys, size: Size::ZERO, rows: Vec::new(), top: 0 }
    }

    fn height(&self) -> usize {
        usize::from(Chrome::of(self.size).body.height)
    }

    fn last_top(&self) -> usize {
        self.rows.len().saturating_sub(self.height())
    }

    fn update(&mut self, msg: Msg) -> Next<AfterReport> {
        match msg {
            Msg::Scroll(step) => {
                self.top = step.from(self.top, self.last_top(), self.height());
                Next::Draw
            }
            Msg::Go(after) => Next::Done(after),
        }
    }
}

impl Scene for PageScene<'_> {
    type Out = AfterReport;

    fn on(&mut self, input: Input) -> Next<AfterReport> {
        let msg = match input {
            Input::Resize(size) => {
                self.size = size;
                let width = usize::from(Chrome::of(size).body.width);
                self.rows = lay_out_lines(self.lines, width, &self.theme);
                self.top = self.top.min(self.last_top());
                return Next::Draw;
            }
            Input::Key(key) if is_interrupt(key) => Some(Msg::Go(AfterReport::Back)),
            Input::Key(key) => look_up(self.keys, key, 0),
            Input::Mouse(mouse) => Step::of_wheel(mouse.kind).map(Msg::Scroll).or_else(|| {
                let footer = Chrome::of(self.size).footer;
                let is_on_it = footer.contains(Position::new(mouse.column, mouse.row));
                is_on_it.then(|| {
                    Footer::new(self.keys, usize::from(footer.width)).msg_at(usize::from(mouse.column - footer.x))
                })?
            }),
            Input::Tick | Input::Paste(_) => None,
            Input::Hangup => Some(Msg::Go(AfterReport::Back)),
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
        let footer = Footer::new(self.keys, usize::from(chrome.footer.width));
        draw_footer(frame, &chrome, footer.line(&self.theme), &self.theme);
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use ratatui::crossterm::event::KeyEvent;

    use super::*;
    use crate::tui::portrait::{at_every_size, drawn};
    use crate::tui::text_line::Tone;

    /// Presses `keys` on a page of 40 lines in a small window.
    fn play(table: &'static [Row], keys: &[KeyCode]) -> (String, Next<AfterReport>) {
        let line = |n: usize| TextLine::new(Tone::Plain, format!("  Domain {n:<3}")).and(Tone::Good, "Competent");
        let lines: Vec<TextLine> = (1..=40).map(line).collect();
        let mut scene = PageScene::new("Score report", &lines, table, Theme::without_colour());
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
        let (screen, _) = play(PAGE, &[KeyCode::PageDown]);
        insta::assert_snapshot!("page_60x18", screen);
        let (screen, _) = play(PAGE, &[KeyCode::PageDown; 9]);
        assert!(screen.contains("Domain 40") && !screen.contains("more below"), "{screen}");
    }

    #[test]
    fn a_report_shows_at_every_size() {
        let line = |n: usize| TextLine::new(Tone::Plain, format!("  Domain {n:<3}")).and(Tone::Good, "Competent");
        let lines: Vec<TextLine> = (1..=40).map(line).collect();
        let portraits = at_every_size("report", |theme, size| {
            let mut scene = PageScene::new("Score report", &lines, REPORT, theme);
            scene.on(Input::Resize(size));
            drawn(&scene, size)
        });
        for (name, portrait) in portraits {
            insta::assert_snapshot!(name, portrait);
        }
    }

    #[test]
    fn a_page_is_left_by_several_keys() {
        for key in [KeyCode::Char('q'), KeyCode::Esc, KeyCode::Enter] {
            assert_eq!(play(PAGE, &[key]).1, Next::Done(AfterReport::Back));
        }
        assert_eq!(play(PAGE, &[KeyCode::Char('x')]).1, Next::Same);
    }

    #[test]
    fn the_questions_are_offered_from_a_report_alone() {
        assert_eq!(play(REPORT, &[KeyCode::Char('w')]).1, Next::Done(AfterReport::Walk));
        assert_eq!(play(PAGE, &[KeyCode::Char('w')]).1, Next::Same);
        let (screen, _) = play(REPORT, &[]);
        assert!(screen.contains("w walk through the questions  q back"), "{screen}");
    }
}
