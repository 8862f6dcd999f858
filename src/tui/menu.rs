//! A menu: some lines to read and a few ways to go on.

use std::time::Duration;

use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::{Line, Span};

use crate::base::SafeText;
use crate::tui::chrome::{Chrome, cells, draw_footer, draw_header, draw_lines, draw_progress, draw_status, more_below};
use crate::tui::console::Console;
use crate::tui::keys::{Binding, Footer, Press, is_interrupt, look_up};
use crate::tui::scene::{Input, Next, Scene};
use crate::tui::scroll::{Step, keep_in_window};
use crate::tui::text_line::{TextLine, lay_out_lines};
use crate::tui::theme::Theme;
use crate::tui::wrap::{clip, width_of};

/// What a menu shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// What the menu is about.
    pub title: String,
    /// What there is to know before choosing.
    pub lines: Vec<TextLine>,
    /// The ways to go on.
    pub choices: Vec<MenuChoice>,
}

/// One way to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuChoice {
    /// The key that takes it; any but `j`, `k` and `q`.
    pub key: char,
    /// What it is called.
    pub label: String,
    /// What it means, in a few words; may be empty.
    pub note: String,
}

/// Shows `shown` and returns the place of the choice that was taken; `None` when the person went back.
///
/// # Errors
/// The terminal fails.
pub fn menu(console: &mut Console, shown: &Menu) -> anyhow::Result<Option<usize>> {
    let theme = console.theme();
    console.show(&mut MenuScene::new(&shown.title, &|| shown.lines.clone(), &shown.choices, theme))
}

/// A menu whose lines are asked for anew every second.
pub(crate) struct MenuScene<'m> {
    theme: Theme,
    title: String,
    lines: &'m dyn Fn() -> Vec<TextLine>,
    choices: &'m [MenuChoice],
    size: Size,
    shown: Vec<TextLine>,
    rows: Vec<Line<'static>>,
    top: usize,
    selected: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Msg {
    Select(Step),
    Scroll(Step),
    Accept,
    Take(usize),
    Back,
}

const KEYS: &[Binding<Msg>] = &[
    Binding {
        presses: &[Press::Code(KeyCode::Down), Press::Char('j'), Press::Code(KeyCode::Tab)],
        to_msg: |_| Msg::Select(Step::Down),
        keys: "↓ j",
        word: "down",
        help: "one choice down",
    },
    Binding {
        presses: &[Press::Code(KeyCode::Up), Press::Char('k'), Press::Code(KeyCode::BackTab)],
        to_msg: |_| Msg::Select(Step::Up),
        keys: "↑ k",
        word: "up",
        help: "one choice up",
    },
    Binding {
        presses: &[Press::Code(KeyCode::PageDown)],
        to_msg: |_| Msg::Scroll(Step::PageDown),
        keys: "PgDn",
        word: "",
        help: "scroll down",
    },
    Binding {
        presses: &[Press::Code(KeyCode::PageUp)],
        to_msg: |_| Msg::Scroll(Step::PageUp),
        keys: "PgUp",
        word: "",
        help: "scroll up",
    },
    Binding {
        presses: &[Press::Code(KeyCode::Enter), Press::Char(' ')],
        to_msg: |_| Msg::Accept,
        keys: "Enter",
        word: "choose",
        help: "take the selected choice",
    },
    Binding {
        presses: &[Press::Char('q'), Press::Code(KeyCode::Esc)],
        to_msg: |_| Msg::Back,
        keys: "q",
        word: "back",
        help: "go back",
    },
];

impl<'m> MenuScene<'m> {
    pub(crate) fn new(
        title: &str,
        lines: &'m dyn Fn() -> Vec<TextLine>,
        choices: &'m [MenuChoice],
        theme: Theme,
    ) -> MenuScene<'m> {
        MenuScene {
            theme,
            title: SafeText::one_line(title).to_string(),
            lines,
            choices,
            size: Size::ZERO,
            shown: Vec::new(),
            rows: Vec::new(),
            top: 0,
            selected: 0,
        }
    }

    fn refresh(&mut self) -> Next<Option<usize>> {
        let lines = (self.lines)();
        if lines == self.shown {
            return Next::Same;
        }
        self.rows = lay_out_lines(&lines, usize::from(Chrome::of(self.size).body.width), &self.theme);
        self.shown = lines;
        self.top = self.top.min(self.last_top());
        Next::Draw
    }

    /// Returns the places of the lines and, below them, of the choices.
    fn places(&self) -> (Rect, Rect) {
        let body = Chrome::of(self.size).body;
        let n_choices = cells(self.choices.len()).min(body.height.saturating_sub(2));
        let gap = u16::from(!self.rows.is_empty());
        let n_rows = cells(self.rows.len()).min(body.height.saturating_sub(n_choices + gap));
        let lines = Rect { height: n_rows, ..body };
        (lines, Rect { y: lines.bottom() + gap, height: n_choices, ..body })
    }

    fn last_top(&self) -> usize {
        self.rows.len().saturating_sub(usize::from(self.places().0.height))
    }

    fn first_choice(&self) -> usize {
        keep_in_window(self.selected, 0, usize::from(self.places().1.height))
    }

    fn read_key(&self, key: KeyEvent) -> Option<Msg> {
        if is_interrupt(key) {
            return Some(Msg::Back);
        }
        let own = self.choices.iter().position(|choice| key.code == KeyCode::Char(choice.key));
        own.map(Msg::Take).or_else(|| look_up(KEYS, key, 0))
    }

    fn update(&mut self, msg: Msg) -> Next<Option<usize>> {
        let n_choices = self.choices.len();
        match msg {
            Msg::Select(step) => self.selected = step.from(self.selected, n_choices.saturating_sub(1), n_choices),
            Msg::Scroll(step) => {
                self.top = step.from(self.top, self.last_top(), usize::from(self.places().0.height));
            }
            Msg::Accept if n_choices == 0 => return Next::Done(None),
            Msg::Accept => return Next::Done(Some(self.selected)),
            Msg::Take(choice_idx) => return Next::Done(Some(choice_idx)),
            Msg::Back => return Next::Done(None),
        }
        Next::Draw
    }

    fn choice_line(&self, choice_idx: usize, choice: &MenuChoice, width: u16) -> Line<'static> {
        let theme = &self.theme;
        let label_width = self.choices.iter().map(|own| width_of(&own.label)).max().unwrap_or(0).min(40);
        let label = clip(SafeText::one_line(&choice.label).as_str(), label_width);
        let blanks = " ".repeat(label_width.saturating_sub(width_of(&label)));
        let note = SafeText::one_line(&choice.note);
        let room = usize::from(width).saturating_sub(label_width + 8);
        let (pointer, style) = if choice_idx == self.selected { ("❯ ", theme.focus) } else { ("  ", theme.text) };
        Line::from(vec![
            Span::styled(pointer, theme.focus),
            Span::styled(choice.key.to_string(), theme.key),
            Span::styled(format!("  {label}{blanks}"), style),
            Span::styled(format!("   {}", clip(note.as_str(), room)), theme.dim),
        ])
    }
}

impl Scene for MenuScene<'_> {
    type Out = Option<usize>;

    fn on(&mut self, input: Input) -> Next<Option<usize>> {
        let msg = match input {
            Input::Resize(size) => {
                self.size = size;
                self.shown.clear();
                self.refresh();
                return Next::Draw;
            }
            Input::Tick => return self.refresh(),
            Input::Paste(_) => None,
            Input::Hangup => Some(Msg::Back),
            Input::Key(key) => self.read_key(key),
            Input::Mouse(mouse) => Step::of_wheel(mouse.kind).map(Msg::Scroll).or_else(|| {
                let (_, choices) = self.places();
                let at = Position::new(mouse.column, mouse.row);
                choices.contains(at).then(|| Msg::Take(self.first_choice() + usize::from(at.y - choices.y)))
            }),
        };
        msg.map_or(Next::Same, |msg| self.update(msg))
    }

    fn view(&self, frame: &mut Frame<'_>) {
        let theme = &self.theme;
        let chrome = Chrome::of(self.size);
        let (lines, choices) = self.places();
        draw_header(frame, chrome.header, &self.title, Line::default(), theme);
        draw_progress(frame, chrome.rule, 0, 1, theme);
        draw_lines(frame, lines, self.rows.iter().skip(self.top).cloned());
        let shown = self.choices.iter().enumerate().skip(self.first_choice());
        draw_lines(frame, choices, shown.map(|(idx, choice)| self.choice_line(idx, choice, choices.width)));
        draw_status(frame, chrome.status, Line::default(), more_below(self.last_top() - self.top, theme.dim));
        let footer = Footer::new(KEYS, usize::from(chrome.footer.width));
        draw_footer(frame, &chrome, footer.line(theme), theme);
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(1)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;
    use crate::tui::portrait::{at_every_size, drawn};
    use crate::tui::text_line::Tone;

    fn choices() -> Vec<MenuChoice> {
        let choice = |key: char, label: &str, note: &str| MenuChoice { key, label: label.into(), note: note.into() };
        vec![
            choice('1', "Ten-minute taste", "ten questions, never evidence"),
            choice('2', "Full mock", "65 questions in 90 minutes"),
            choice('3', "My own deck", "how to write one"),
        ]
    }

    fn play(n_lines: usize, keys: &[KeyCode]) -> (String, Next<Option<usize>>) {
        let lines = || (0..n_lines).map(|n| TextLine::new(Tone::Plain, format!("  Line {n}"))).collect();
        let choices = choices();
        let mut scene = MenuScene::new("Welcome", &lines, &choices, Theme::without_colour());
        let mut last = scene.on(Input::Resize(Size::new(60, 18)));
        for key in keys {
            last = scene.on(Input::Key(KeyEvent::from(*key)));
        }
        let mut terminal = Terminal::new(TestBackend::new(60, 18)).expect("a test terminal");
        terminal.draw(|frame| scene.view(frame)).expect("a frame");
        (terminal.backend().to_string(), last)
    }

    #[test]
    fn a_choice_is_taken_by_its_key_or_by_enter() {
        assert_eq!(play(2, &[KeyCode::Char('2')]).1, Next::Done(Some(1)));
        assert_eq!(play(2, &[KeyCode::Down, KeyCode::Down, KeyCode::Down, KeyCode::Enter]).1, Next::Done(Some(2)));
        assert_eq!(play(2, &[KeyCode::Char('q')]).1, Next::Done(None));
        assert_eq!(play(2, &[KeyCode::Char('9')]).1, Next::Same);
    }

    #[test]
    fn the_choices_show_however_many_lines_there_are() {
        insta::assert_snapshot!("menu_60x18", play(3, &[KeyCode::Down]).0);
        let (screen, _) = play(50, &[]);
        assert!(screen.contains("My own deck") && screen.contains("more below"), "{screen}");
    }

    #[test]
    fn a_menu_shows_at_every_size() {
        let choices = choices();
        let lines = || vec![TextLine::new(Tone::Title, "  What today?"), TextLine::from("  12 cards are due.")];
        let portraits = at_every_size("choices", |theme, size| {
            let mut scene = MenuScene::new("Welcome", &lines, &choices, theme);
            scene.on(Input::Resize(size));
            drawn(&scene, size)
        });
        for (name, portrait) in portraits {
            insta::assert_snapshot!(name, portrait);
        }
    }

    #[test]
    fn a_second_that_changes_nothing_draws_nothing() {
        let choices = choices();
        let lines = || vec![TextLine::from("  same")];
        let mut scene = MenuScene::new("Welcome", &lines, &choices, Theme::without_colour());
        scene.on(Input::Resize(Size::new(60, 18)));
        assert_eq!(scene.on(Input::Tick), Next::Same);
    }
}
