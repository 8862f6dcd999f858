//! The exam room as a candidate meets it: keys in, records and screens out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Size;

use crate::base::{ContentHash, ItemId};
use crate::deck::{Ask, Choice, Question, ShuffleChoices};
use crate::exam::{Form, FormItem, ItemRole, Mark, Sitting, USUAL_WARNINGS};
use crate::tui::console::draw_or_decline;
use crate::tui::exam::desk::{ExamDesk, ExamExit, RoomHabits};
use crate::tui::exam::run::ExamScene;
use crate::tui::exam::type_tests;
use crate::tui::scene::{Input, Next, Scene};
use crate::tui::theme::Theme;

/// What a test can do to the world, and what it sees of it.
#[derive(Default)]
struct World {
    elapsed: Cell<Duration>,
    is_disk_full: Cell<bool>,
    log: RefCell<Vec<String>>,
}

impl Desk {
    /// What was written until now.
    pub(super) fn log(&self) -> String {
        self.world.log.borrow().join(", ")
    }
}

impl World {
    fn write(&self, line: String) -> anyhow::Result<()> {
        if self.is_disk_full.get() {
            anyhow::bail!("the disk is full");
        }
        self.log.borrow_mut().push(line);
        Ok(())
    }
}

pub(super) struct Desk {
    world: Rc<World>,
    limit: Option<Duration>,
    questions: Vec<Question>,
    sitting: Sitting,
    is_practice: bool,
}

impl ExamDesk for Desk {
    fn title(&self) -> &'static str {
        "Cloud Basics"
    }
    fn limit(&self) -> Option<Duration> {
        self.limit
    }
    fn sitting(&self) -> &Sitting {
        &self.sitting
    }
    fn question(&self, position: usize) -> &Question {
        &self.questions[position]
    }
    fn elapsed(&self) -> Duration {
        self.world.elapsed.get()
    }
    fn show(&mut self, position: usize) -> anyhow::Result<()> {
        self.world.write(format!("show {}", position + 1))?;
        self.sitting.show(position);
        Ok(())
    }
    fn mark(&mut self, position: usize, mark: Mark) -> anyhow::Result<()> {
        let Mark { answer, struck, is_flagged, confidence } = &mark;
        let flag = if *is_flagged { " flagged" } else { "" };
        let struck = if struck.is_empty() { String::new() } else { format!(" struck {struck}") };
        let label = confidence.label();
        let sure = if label.is_empty() { String::new() } else { format!(" {label}") };
        self.world.write(format!("mark {} {answer}{struck}{flag}{sure}", position + 1))?;
        self.sitting.mark(position, mark);
        Ok(())
    }
    fn note(&mut self, position: usize, note: &str) -> anyhow::Result<()> {
        self.world.write(format!("note {} {note:?}", position + 1))?;
        self.sitting.note(position, note);
        Ok(())
    }
    fn is_practice(&self) -> bool {
        self.is_practice
    }
    fn check(&mut self, position: usize) -> anyhow::Result<()> {
        self.world.write(format!("check {}", position + 1))?;
        self.sitting.check(position);
        Ok(())
    }
    fn pause(&mut self) -> anyhow::Result<()> {
        self.world.write("pause".to_owned())
    }
    fn go_on(&mut self) -> anyhow::Result<()> {
        self.world.write("go on".to_owned())
    }
    fn heartbeat(&mut self) -> anyhow::Result<()> {
        self.world.write("beat".to_owned())
    }
    fn rest(&mut self) {
        self.world.log.borrow_mut().push("rest".to_owned());
    }
}

fn question(stem: &str, choices: &[&str], n_keys: usize) -> Question {
    let choice = |(idx, text): (usize, &&str)| Choice { text: (*text).to_owned(), is_key: idx < n_keys, why: None };
    Question {
        stimulus: None,
        stem: stem.to_owned(),
        ask: Ask::Choices { choices: choices.iter().enumerate().map(choice).collect(), shuffle: ShuffleChoices::Yes },
        refs: Vec::new(),
    }
}

fn questions() -> Vec<Question> {
    let story = "A bakery moves its order book to the cloud and grows from one shop to forty. ".repeat(12);
    vec![
        question(
            "A bakery sells most of its bread before eight. Which quality of the cloud lets it pay for **less** at noon?",
            &["Elasticity", "Durability", "Geographic reach", "Shared responsibility"],
            1,
        ),
        question(
            "Which of these are object stores? (Choose TWO.)",
            &["A bucket", "An archive vault", "A block volume", "A file share", "A memory cache"],
            2,
        ),
        question(&format!("{story}\n\nWhat does it need first?"), &["A plan", "A rack", "A lease", "A truck"], 1),
    ]
}

/// An exam of `n_items` questions in which choice places run against the deck's order on the screen.
fn desk(n_items: usize, limit: Option<Duration>) -> Desk {
    desk_of(questions().into_iter().cycle().take(n_items).collect(), limit)
}

/// An exam of these questions, their choices and options against the deck's order.
pub(super) fn desk_of(questions: Vec<Question>, limit: Option<Duration>) -> Desk {
    let item = |(idx, question): (usize, &Question)| FormItem {
        item: ItemId::new(&format!("q{idx}")).expect("a good id"),
        content: ContentHash::of(&[]),
        domain_idx: 0,
        kind: question.kind(),
        role: ItemRole::Scored,
        choice_order: (0..question.n_options()).rev().collect(),
    };
    let form = Form { items: questions.iter().enumerate().map(item).collect(), sections: Vec::new() };
    Desk { world: Rc::default(), limit, questions, sitting: Sitting::new(form), is_practice: false }
}

fn habits() -> RoomHabits {
    RoomHabits { warning_minutes: USUAL_WARNINGS.to_vec(), is_first: false }
}

/// Takes one word of a script: a key, `@secs` for the clock, `full` and `freed` for the disk, `click:x,y`, `hangup`,
/// `paste:text` with `⏎` for a line break and `_` for a blank.
fn input(world: &World, word: &str) -> Option<Input> {
    let key = |code: KeyCode| Some(Input::Key(KeyEvent::from(code)));
    if let Some(secs) = word.strip_prefix('@') {
        world.elapsed.set(Duration::from_secs_f64(secs.parse().expect("seconds")));
        return Some(Input::Tick);
    }
    if let Some(text) = word.strip_prefix("paste:") {
        return Some(Input::Paste(text.replace('⏎', "\n").replace('_', " ")));
    }
    if let Some(place) = word.strip_prefix("click:") {
        let (column, row) = place.split_once(',').expect("x,y");
        return Some(Input::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: column.parse().expect("a column"),
            row: row.parse().expect("a row"),
            modifiers: KeyModifiers::NONE,
        }));
    }
    match word {
        "full" | "freed" => {
            world.is_disk_full.set(word == "full");
            None
        }
        "hangup" => Some(Input::Hangup),
        "Enter" => key(KeyCode::Enter),
        "Esc" => key(KeyCode::Esc),
        "Space" => key(KeyCode::Char(' ')),
        "Tab" => key(KeyCode::Tab),
        "Down" => key(KeyCode::Down),
        "Up" => key(KeyCode::Up),
        "Right" => key(KeyCode::Right),
        "PgDn" => key(KeyCode::PageDown),
        "Backspace" => key(KeyCode::Backspace),
        "Left" => key(KeyCode::Left),
        "^c" => Some(Input::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL))),
        letter => key(KeyCode::Char(letter.chars().next().expect("a key"))),
    }
}

/// Turns `type:as_it_is` into its keys; other words are keys or events already.
fn spelled_out(word: &str) -> Vec<String> {
    match word.strip_prefix("type:") {
        Some(text) => text.chars().map(|c| if c == '_' { "Space".to_owned() } else { c.to_string() }).collect(),
        None => vec![word.to_owned()],
    }
}

/// Plays `script` in a window of `size`; returns the screen at its end and how the room was left, if it was.
pub(super) fn play(desk: &mut Desk, size: (u16, u16), script: &str) -> (String, Option<ExamExit>) {
    let world = Rc::clone(&desk.world);
    let mut scene = ExamScene::new(desk, &habits(), Theme::without_colour());
    let mut exit = None;
    let resize = Input::Resize(Size::new(size.0, size.1));
    let words = script.split_whitespace().flat_map(spelled_out);
    for input in std::iter::once(resize).chain(words.filter_map(|word| input(&world, &word))) {
        assert_eq!(exit, None, "the room was left before the script ended");
        if let Next::Done(out) = scene.on(input) {
            exit = Some(out);
        }
    }
    (drawn(&scene, size), exit)
}

/// What a scene looks like in a window of `size`.
fn drawn(scene: &ExamScene<'_>, size: (u16, u16)) -> String {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a test terminal");
    terminal.draw(|frame| draw_or_decline(scene, frame)).expect("a frame");
    terminal.backend().to_string()
}

pub(super) const LIMIT: Option<Duration> = Some(Duration::from_mins(90));

/// Plays `script` on three questions and compares what was written and how the room was left.
#[track_caller]
fn check(script: &str, log: &str, exit: Option<ExamExit>) {
    let mut desk = desk(3, LIMIT);
    let (_, left) = play(&mut desk, (80, 30), script);
    assert_eq!((desk.world.log.borrow().join(", ").as_str(), left), (log, exit));
}

/// Plays `script` and looks for `expected` on the screen.
#[track_caller]
fn check_screen(script: &str, expected: &str) {
    let (screen, _) = play(&mut desk(3, LIMIT), (80, 24), script);
    assert!(screen.contains(expected), "no {expected:?} in\n{screen}");
}

mod every_screen;
mod features;

mod recording {
    use super::*;
    use crate::exam::Ending::{Abandoned, Submitted, TimeUp};

    const SUBMIT: Option<ExamExit> = Some(ExamExit::End(Submitted));

    #[test]
    fn a_pick_is_written_by_its_place_in_the_deck() {
        check("a", "show 1, mark 1 d", None);
        check("4", "show 1, mark 1 a", None);
        check("a b b", "show 1, mark 1 d, mark 1 c, mark 1 -", None);
        check("Down Down Space", "show 1, mark 1 c", None);
        check("click:6,8", "show 1, mark 1 c", None);
    }

    #[test]
    fn marks_of_all_kinds_are_written() {
        check("m s", "show 1, mark 1 - flagged, mark 1 - flagged sure", None);
        check("A A", "show 1, mark 1 - struck d, mark 1 -", None);
        check("a A", "show 1, mark 1 d, mark 1 - struck d", None);
        check("A a", "show 1, mark 1 - struck d, mark 1 d", None);
        check("n a b", "show 1, show 2, mark 2 e, mark 2 d e", None);
    }

    #[test]
    fn a_choice_too_many_is_taken_and_said_so() {
        check("n a b c", "show 1, show 2, mark 2 e, mark 2 d e, mark 2 c d e", None);
        check_screen("n a b c", "3 chosen, take 1 away");
        check_screen("n a", "Choose TWO · 1 of 2 chosen");
    }

    #[test]
    fn saved_is_said_only_of_what_is_written() {
        check_screen("a", "● saved");
        check_screen("full a", "× 1 answer not saved · w saves again · the disk is full");
        check_screen("full a", "(●) A");
        check_screen("full a freed w", "● saved");
        check("full a b freed w", "show 1, mark 1 c", None);
    }

    #[test]
    fn the_exam_ends_after_being_asked_twice() {
        check("q e y", "show 1", SUBMIT);
        check("q e n", "show 1", None);
        check("q Down Enter Down Enter", "show 1", SUBMIT);
        check("q a y", "show 1", Some(ExamExit::End(Abandoned)));
        check("q l", "show 1", Some(ExamExit::Leave));
        check("^c", "show 1", None);
        check("^c ^c", "show 1", Some(ExamExit::Leave));
        check("hangup", "show 1, beat", Some(ExamExit::Leave));
    }

    #[test]
    fn nobody_goes_out_with_answers_unsaved_unless_they_say_so() {
        check("full a q e y", "show 1", None);
        check("full a q e y freed w", "show 1, mark 1 d", SUBMIT);
        check("full a q l d", "show 1", Some(ExamExit::Leave));
        check("full a freed q l", "show 1, mark 1 d", Some(ExamExit::Leave));
        check("full a freed hangup", "show 1, mark 1 d, beat", Some(ExamExit::Leave));
    }

    #[test]
    fn time_ends_the_exam_and_takes_nothing_that_comes_after() {
        check("a @5400", "show 1, mark 1 d", Some(ExamExit::End(TimeUp)));
        check("full a @5400", "show 1", None);
        check("full a @5400 b @5401 Esc b", "show 1", None);
        check("full a @5400 freed w", "show 1, mark 1 d", Some(ExamExit::End(TimeUp)));
    }

    #[test]
    fn the_clock_is_noted_every_five_seconds_and_upkeep_waits_for_a_pause() {
        check("@4.9 @5 @9 @10", "show 1, rest, beat, beat", None);
        check("a @0.2 @0.3", "show 1, mark 1 d, rest", None);
    }

    #[test]
    fn a_resumed_exam_goes_on_where_it_stopped() {
        let mut desk = desk(3, LIMIT);
        play(&mut desk, (80, 30), "a n b hangup");
        let (screen, _) = play(&mut desk, (80, 30), "");
        assert!(screen.contains("Question 2 of 3") && screen.contains("[■] B"), "{screen}");
    }
}

mod moving {
    use super::*;

    #[test]
    fn questions_are_reached_by_step_by_number_and_by_list() {
        check_screen("n", "Question 2 of 3");
        check_screen("n p", "Question 1 of 3");
        check_screen("p", "This is the first question.");
        check_screen("g 3 Enter", "Question 3 of 3");
        check_screen("g 3 Backspace 2 Enter", "Question 2 of 3");
        check_screen("g 7", "numbered from 1 to 3");
        check_screen("r Down Enter", "Question 2 of 3");
        check_screen("m n a n r f Enter", "Question 1 of 3");
        check_screen("a n a n r i Enter", "Question 2 of 3");
        check_screen("r Esc", "Question 1 of 3");
    }

    #[test]
    fn the_review_ends_the_exam_and_is_there_again_when_it_does_not() {
        check_screen("r e", "End and score?");
        check_screen("r e Esc", "Review");
        check_screen("r q e n", "Review");
        check_screen("r ? Esc", "Review");
        check_screen("r e Esc Esc", "Question 1 of 3");
    }

    #[test]
    fn what_is_below_the_window_is_announced_and_shown_before_going_on() {
        check_screen("n n", "more below ↓ C D");
        check_screen("n n n", "There was more below");
        check_screen("n n n n", "Review");
        check_screen("n n PgDn n", "Review");
    }

    #[test]
    fn highlighting_scrolls_to_the_choice() {
        check_screen("n n Down Down Down Down", "❯ ( ) D  A plan");
    }

    #[test]
    fn the_clock_can_be_put_away_and_comes_back_for_the_last_five_minutes() {
        check_screen("@10", "1:29:50 left");
        let (screen, _) = play(&mut desk(3, LIMIT), (80, 24), "t @10");
        assert!(!screen.contains("left"), "{screen}");
        check_screen("t @5100", "! 5:00 left");
        check_screen("t @5100", "The last 5 minutes have begun.");
        check_screen("t @5100 a", "! 5:00 left");
    }

    #[test]
    fn without_a_limit_the_clock_counts_up_and_never_ends_the_exam() {
        let (screen, exit) = play(&mut desk(3, None), (80, 24), "@9999");
        assert!(screen.contains("2:46:39") && exit.is_none(), "{screen}");
    }

    #[test]
    fn a_second_draws_only_a_clock_that_shows() {
        let mut desk = desk(3, LIMIT);
        let world = Rc::clone(&desk.world);
        let mut scene = ExamScene::new(&mut desk, &habits(), Theme::without_colour());
        scene.on(Input::Resize(Size::new(80, 24)));
        let mut next = |word: &str| scene.on(input(&world, word).expect("an input"));
        assert_eq!(next("@1.0"), Next::Draw);
        assert_eq!(next("@1.4"), Next::Same);
        next("t");
        assert_eq!(next("@2.0"), Next::Same);
        world.elapsed.set(Duration::from_millis(7_250));
        assert_eq!(scene.patience(), Duration::from_millis(750));
    }

    #[test]
    fn keys_that_do_nothing_say_so() {
        check_screen("x", "x does nothing here.");
        check_screen("h", "h does nothing here.");
    }

    #[test]
    fn an_empty_form_can_be_left() {
        let (_, exit) = play(&mut desk(0, LIMIT), (80, 24), "a n p m g 1 Enter Esc r Enter Esc q l");
        assert_eq!(exit, Some(ExamExit::Leave));
    }
}

mod whatever_is_pressed {
    use proptest::prelude::*;

    use super::*;

    fn word() -> impl Strategy<Value = String> {
        let keys = prop::sample::select(vec![
            "a",
            "b",
            "c",
            "d",
            "e",
            "A",
            "B",
            "1",
            "2",
            "3",
            "n",
            "p",
            "m",
            "s",
            "r",
            "g",
            "t",
            "o",
            "z",
            "w",
            "?",
            "q",
            "x",
            "i",
            "f",
            "j",
            "k",
            "h",
            "l",
            "Enter",
            "Esc",
            "Space",
            "Tab",
            "Down",
            "Up",
            "PgDn",
            "Backspace",
            "Left",
            "paste:text",
            "full",
            "freed",
            "@7",
        ]);
        let paste = Just("paste:q".to_owned());
        let click = (0_u16..130, 0_u16..45).prop_map(|(x, y)| format!("click:{x},{y}"));
        prop_oneof![9 => keys.prop_map(str::to_owned), 1 => click, 1 => paste]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_shows_is_what_is_recorded_but_for_what_is_said_to_be_unsaved(
            words in prop::collection::vec(word(), 0..80),
            size in (1_u16..130, 1_u16..45),
        ) {
            let mut desk = desk_of([questions(), type_tests::questions(), questions()].concat(), LIMIT);
            let world = Rc::clone(&desk.world);
            let mut scene = ExamScene::new(&mut desk, &habits(), Theme::without_colour());
            let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a test terminal");
            scene.on(Input::Resize(Size::new(size.0, size.1)));
            for word in &words {
                if let Some(input) = input(&world, word)
                    && matches!(scene.on(input), Next::Done(_))
                {
                    break;
                }
                terminal.draw(|frame| scene.view(frame)).expect("a frame");
            }
            let (shown, has_unsaved) = (scene.room.sitting.clone(), !scene.room.unsaved.is_empty());
            prop_assert_eq!(has_unsaved, scene.room.failure.is_some());
            drop(scene);
            prop_assert!(has_unsaved || shown == desk.sitting);
        }
    }
}

mod screens {
    use super::*;

    const BUSY: &str = "b C m n a s n g 9 Enter a n a n p @1234";

    fn snapshot(name: &str, size: (u16, u16), script: &str) {
        let (screen, _) = play(&mut desk(65, LIMIT), size, script);
        insta::assert_snapshot!(name, screen);
    }

    #[test]
    fn a_question_fills_any_window() {
        snapshot("question_80x24", (80, 24), "b C m s");
        snapshot("question_60x18", (60, 18), "n a");
        snapshot("question_120x40", (120, 40), BUSY);
        snapshot("question_long_60x18", (60, 18), "n n");
        snapshot("question_40x10", (40, 10), "");
    }

    #[test]
    fn the_grid_is_a_box_on_narrow_windows() {
        snapshot("navigator_60x18", (60, 18), &format!("{BUSY} g 1 2"));
        snapshot("navigator_120x40", (120, 40), &format!("{BUSY} g 1 2"));
    }

    #[test]
    fn the_review_lists_status_flag_and_confidence() {
        snapshot("review_80x24", (80, 24), &format!("{BUSY} r"));
        snapshot("review_flagged_60x18", (60, 18), &format!("{BUSY} r f"));
    }

    #[test]
    fn the_questions_asked_on_leaving_give_the_counts() {
        snapshot("leave_80x24", (80, 24), &format!("{BUSY} q"));
        snapshot("end_60x18", (60, 18), &format!("{BUSY} q e"));
        snapshot("unsaved_60x18", (60, 18), "full a q l");
    }

    #[test]
    fn the_help_lists_every_key() {
        snapshot("help_80x24", (80, 24), "?");
        snapshot("help_end_60x18", (60, 18), "? PgDn PgDn PgDn PgDn PgDn PgDn PgDn");
    }
}
