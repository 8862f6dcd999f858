//! The walk as a learner meets it: keys in, records and screens out.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Size;

use crate::deck::{Ask, Choice, ChoiceSet, Question, ShuffleChoices};
use crate::exam::ItemFilter::{self, Flagged, Guessed, Wrong};
use crate::tui::console::draw_or_decline;
use crate::tui::portrait::{at_every_size, drawn};
use crate::tui::scene::{Input, Next, Scene};
use crate::tui::text_line::{TextLine, Tone};
use crate::tui::theme::Theme;
use crate::tui::walk::desk::{WalkDesk, WalkItem};
use crate::tui::walk::run::WalkScene;

/// What a test sees of the world.
struct Desk {
    items: Vec<WalkItem>,
    log: Vec<String>,
    is_disk_full: bool,
}

impl Desk {
    fn write(&mut self, line: String) -> anyhow::Result<()> {
        if self.is_disk_full {
            anyhow::bail!("the disk is full");
        }
        self.log.push(line);
        Ok(())
    }
}

impl WalkDesk for Desk {
    fn items(&self) -> Vec<WalkItem> {
        self.items.clone()
    }
    fn send(&mut self, position: usize) -> anyhow::Result<String> {
        self.write(format!("send {}", position + 1))?;
        Ok("Sent to the drill: due today. d takes it back.".to_owned())
    }
    fn doubt(&mut self, position: usize, reason: &str) -> anyhow::Result<()> {
        self.write(format!("doubt {} {reason}", position + 1))?;
        let item = &mut self.items[position];
        item.notes.push(TextLine::from(format!("    Reported as doubtful: {reason}")));
        item.kept_by.push(ItemFilter::Doubtful);
        item.is_doubtful = true;
        Ok(())
    }
    fn withdraw_doubt(&mut self, position: usize) -> anyhow::Result<()> {
        self.write(format!("withdraw {}", position + 1))?;
        let item = &mut self.items[position];
        item.notes.pop();
        item.kept_by.retain(|filter| *filter != ItemFilter::Doubtful);
        item.is_doubtful = false;
        Ok(())
    }
}

fn question(stem: &str, choices: &[(&str, &str)]) -> Question {
    let choice = |(idx, (text, why)): (usize, &(&str, &str))| Choice {
        text: (*text).to_owned(),
        is_key: idx == 0,
        why: Some((*why).to_owned()),
    };
    Question {
        stimulus: None,
        stem: stem.to_owned(),
        ask: Ask::Choices { choices: choices.iter().enumerate().map(choice).collect(), shuffle: ShuffleChoices::Yes },
        refs: vec!["https://example.org/stores".to_owned()],
    }
}

/// Four questions: right, wrong and guessed, right and flagged, wrong.
fn desk() -> Desk {
    let stores = [
        ("Archive", "Archives trade speed of access for a low price per month."),
        ("Memory cache", "A cache is for what is read all the time."),
        ("Block volume", "A volume hangs on one machine and is paid for whether it is read or not."),
    ];
    let item = |(stem, chosen, head, notes, kept_by): (&str, usize, (Tone, &str), &[&str], &[ItemFilter])| WalkItem {
        domain_title: "Storage and Databases".to_owned(),
        question: question(stem, &stores),
        choice_order: vec![2, 0, 1],
        answer: ChoiceSet::only(chosen).into(),
        head: TextLine::new(head.0, head.1),
        notes: notes.iter().map(|note| TextLine::from(*note)).collect(),
        kept_by: [&[ItemFilter::All], kept_by].concat(),
        is_doubtful: false,
    };
    let items = [
        ("Which store is cheap?", 0, (Tone::Good, "  ✓ right · 0:31"), &[][..], &[][..]),
        (
            "A museum keeps scans that it reads **once a decade**. Which store fits?",
            1,
            (Tone::Bad, "  ✗ wrong · guess · 1:05"),
            &["    First answer B, changed once: 1 to wrong.", "    In the drill: due tomorrow."][..],
            &[Wrong, Guessed][..],
        ),
        ("Which store lasts?", 0, (Tone::Good, "  ✓ right · 0:12 · flagged · unscored"), &[][..], &[Flagged][..]),
        ("Which store is quick?", 2, (Tone::Bad, "  ✗ wrong · 0:44"), &[][..], &[Wrong][..]),
    ];
    Desk { items: items.into_iter().map(item).collect(), log: Vec::new(), is_disk_full: false }
}

fn input(word: &str) -> Input {
    let key = |code: KeyCode| Input::Key(KeyEvent::from(code));
    if let Some(place) = word.strip_prefix("click:") {
        let (column, row) = place.split_once(',').expect("x,y");
        return Input::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: column.parse().expect("a column"),
            row: row.parse().expect("a row"),
            modifiers: KeyModifiers::NONE,
        });
    }
    match word {
        "hangup" => Input::Hangup,
        "Enter" => key(KeyCode::Enter),
        "Esc" => key(KeyCode::Esc),
        "Space" => key(KeyCode::Char(' ')),
        "Down" => key(KeyCode::Down),
        "PgDn" => key(KeyCode::PageDown),
        "End" => key(KeyCode::End),
        "Backspace" => key(KeyCode::Backspace),
        "^c" => Input::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)),
        letter => key(KeyCode::Char(letter.chars().next().expect("a key"))),
    }
}

/// Plays `script` in a window of `size`; returns the window at its end and whether the walk was left.
fn play_on(desk: &mut Desk, size: (u16, u16), theme: Theme, script: &str) -> (TestBackend, bool) {
    let mut scene = WalkScene::new(desk, ItemFilter::All, theme);
    let resize = Input::Resize(Size::new(size.0, size.1));
    let mut is_left = false;
    for input in std::iter::once(resize).chain(script.split_whitespace().map(input)) {
        assert!(!is_left, "the walk was left before the script ended");
        is_left = scene.on(input) == Next::Done(());
    }
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a test terminal");
    terminal.draw(|frame| draw_or_decline(&scene, frame)).expect("a frame");
    (terminal.backend().clone(), is_left)
}

fn screen(size: (u16, u16), script: &str) -> String {
    play_on(&mut desk(), size, Theme::without_colour(), script).0.to_string()
}

/// Plays `script` and looks for `expected` on the screen.
#[track_caller]
fn check(script: &str, expected: &str) {
    let screen = screen((80, 24), script);
    assert!(screen.contains(expected), "no {expected:?} in\n{screen}");
}

/// Plays `script` and compares what was recorded.
#[track_caller]
fn check_log(script: &str, expected: &str) {
    let mut desk = desk();
    play_on(&mut desk, (80, 24), Theme::without_colour(), script);
    assert_eq!(desk.log.join(", "), expected);
}

#[test]
fn the_walk_goes_from_question_to_question_and_stops_at_both_ends() {
    check("", "Question 1 of 4");
    check("n n", "Question 3 of 4");
    check("n n p", "Question 2 of 4");
    check("p", "This is the first question.");
    check("End n", "This is the last question.");
}

#[test]
fn a_filter_walks_its_questions_alone_and_an_empty_one_is_skipped() {
    check("f", "Question 2 of 4   1 of 2 wrong");
    check("f n", "Question 4 of 4   2 of 2 wrong");
    check("f n n", "This is the last question that is wrong.");
    check("f f", "Question 2 of 4   1 of 1 guessed");
    check("f f f", "Question 3 of 4   1 of 1 flagged");
    check("f f f f", "Question 3 of 4 ");
    check("f a n", "Question 3 of 4 ");
}

#[test]
fn a_number_goes_to_any_question() {
    check("g", "Go to question ▏");
    check("g 3 Enter", "Question 3 of 4");
    check("4 Enter", "Question 4 of 4");
    check("f 1 Enter", "Question 1 of 4 ");
    check("f 4 Enter", "Question 4 of 4   2 of 2 wrong");
    check("g 4 0 Backspace Enter", "Question 4 of 4");
    check("g 9 Enter", "There are questions 1 to 4, but no 9.");
    check("g 3 Esc", "Question 1 of 4");
}

#[test]
fn sending_is_recorded_and_said() {
    check("n d", "Sent to the drill: due today. d takes it back.");
    check_log("n d d", "send 2, send 2");
}

#[test]
fn a_doubt_takes_a_reason_and_can_be_withdrawn() {
    check("x n o", "Doubtful because no▏");
    check_log("x q ? n Backspace Enter", "doubt 1 q?");
    check_log("x Enter", "doubt 1 ");
    check_log("x a Esc", "");
    check_log("x a Enter x", "doubt 1 a, withdraw 1");
    check("x a Enter", "Reported as doubtful: a");
    check("n x a Enter f f f f", "Question 2 of 4   1 of 1 doubtful");
    check("n x a Enter f f f f x", "Question 2 of 4 ");
}

#[test]
fn what_could_not_be_recorded_is_said() {
    let mut desk = Desk { is_disk_full: true, ..desk() };
    let (screen, _) = play_on(&mut desk, (80, 24), Theme::without_colour(), "d");
    assert!(screen.to_string().contains("× Not saved: the disk is full"), "{screen}");
}

#[test]
fn the_walk_is_left_by_several_keys() {
    for script in ["q", "Esc", "^c", "hangup", "x a ^c", "g ^c"] {
        assert!(play_on(&mut desk(), (80, 24), Theme::without_colour(), script).1, "{script}");
    }
}

#[test]
fn a_filter_that_keeps_nothing_gives_way_to_all() {
    let mut desk = desk();
    let scene = WalkScene::new(&mut desk, ItemFilter::Doubtful, Theme::without_colour());
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a test terminal");
    let mut scene = scene;
    scene.on(Input::Resize(Size::new(80, 24)));
    terminal.draw(|frame| scene.view(frame)).expect("a frame");
    assert!(terminal.backend().to_string().contains("No question is reported as doubtful."));
}

#[test]
fn the_footer_can_be_clicked() {
    check("click:2,23", "Question 2 of 4");
}

#[test]
fn the_walk_shows_choice_key_reasons_and_facts() {
    insta::assert_snapshot!("question_80x24", screen((80, 24), "n"));
    insta::assert_snapshot!("question_60x18", screen((60, 18), "n"));
    insta::assert_snapshot!("question_end_60x18", screen((60, 18), "n PgDn PgDn"));
    insta::assert_snapshot!("question_120x40", screen((120, 40), "n"));
    insta::assert_snapshot!("doubt_60x18", screen((60, 18), "n n x t w o"));
    insta::assert_snapshot!("filter_80x24", screen((80, 24), "f f"));
    insta::assert_snapshot!("help_80x24", screen((80, 24), "?"));
    insta::assert_snapshot!("help_end_60x18", screen((60, 18), "? PgDn"));
}

#[test]
fn colours_stand_beside_words_and_shapes() {
    let (window, _) = play_on(&mut desk(), (80, 24), Theme::dark(), "n");
    insta::assert_snapshot!("question_in_colour_80x24", format!("{:?}", window.buffer()));
    let (plain, _) = play_on(&mut desk(), (80, 24), Theme::without_colour(), "n");
    assert_eq!(window.to_string(), plain.to_string());
}

#[test]
fn every_screen_of_the_walk_shows_at_every_size() {
    let screens = [("question", ""), ("wrong", "n"), ("filter", "f"), ("doubt", "x o d d"), ("help", "?")];
    for (name, script) in screens {
        let portraits = at_every_size(&format!("screen_{name}"), |theme, size| {
            let mut desk = desk();
            let mut scene = WalkScene::new(&mut desk, ItemFilter::All, theme);
            scene.on(Input::Resize(size));
            for input in script.split_whitespace().map(input) {
                scene.on(input);
            }
            drawn(&scene, size)
        });
        for (name, portrait) in portraits {
            insta::assert_snapshot!(name, portrait);
        }
    }
}
