//! The drill as a learner meets it: keys in, answers and screens out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Size;

use crate::app::{
    CardCare, Change, Confusion, DomainCount, DrillCard, DrillProgress, Feedback, Leech, Occasion, OnScreen,
};
use crate::base::{DomainId, ItemId, StudyDay};
use crate::deck::{
    Answer, Arrangement, Ask, Choice, Cloze, Flashcard, ItemBody, Question, ShuffleChoices, Slot, TypedAnswer,
};
use crate::exam::Confidence;
use crate::review::{Grade, Rating};
use crate::tui::console::draw_or_decline;
use crate::tui::drill::desk::{DrillDesk, DrillExit};
use crate::tui::drill::run::DrillScene;
use crate::tui::portrait::{at_every_size, drawn};
use crate::tui::scene::{Input, Next, Scene};
use crate::tui::theme::Theme;

#[derive(Default)]
struct World {
    is_disk_full: Cell<bool>,
    secs_left: Cell<Option<u64>>,
    log: RefCell<Vec<String>>,
}

struct Desk {
    world: Rc<World>,
    cards: Vec<DrillCard>,
    at: usize,
    n_done: usize,
    n_undone: usize,
}

impl Desk {
    fn write(&mut self, line: String) -> anyhow::Result<()> {
        if self.world.is_disk_full.get() {
            anyhow::bail!("the disk is full");
        }
        self.world.log.borrow_mut().push(line);
        self.n_done += 1;
        Ok(())
    }
}

fn feedback(is_right: bool, grade: Grade) -> Feedback {
    let in_days = if is_right { 6 } else { 1 };
    Feedback {
        is_right,
        grade,
        due: StudyDay::from_number(in_days),
        in_days,
        repeats_today: grade.repeats_today(),
        counts: true,
    }
}

impl DrillDesk for Desk {
    fn card(&self) -> Option<&DrillCard> {
        self.cards.get(self.at)
    }
    fn progress(&self) -> DrillProgress {
        let n_due_left = self.cards.len().saturating_sub(self.n_done);
        let time_left = self.time_left();
        DrillProgress { n_done: self.n_done, n_due_left, time_left, streak_days: 12, ..DrillProgress::default() }
    }
    fn time_left(&self) -> Option<Duration> {
        self.world.secs_left.get().map(Duration::from_secs)
    }
    fn standing(&self) -> Vec<DomainCount> {
        let domain = |(id, title, n_answers, n_right): (&str, &str, usize, usize)| DomainCount {
            id: DomainId::new(id).expect("a good id"),
            title: title.to_owned(),
            n_answers,
            n_right,
        };
        [("compute", "Compute", 20, 17), ("storage", "Storage", 8, 3), ("billing", "Billing", 0, 0)]
            .map(domain)
            .to_vec()
    }
    fn answer(&mut self, answer: Answer, confidence: Confidence) -> anyhow::Result<Feedback> {
        self.write(format!("answer {answer} {}", confidence.label()).trim_end().to_owned())?;
        let ItemBody::Question(question) = &self.cards[self.at].body else { panic!("a flashcard was answered") };
        let is_right = question.is_right(&answer);
        Ok(feedback(is_right, if is_right { Grade::Four } else { Grade::One }))
    }
    fn recall(&mut self, rating: Rating) -> anyhow::Result<Feedback> {
        self.write(format!("recall {rating:?}"))?;
        Ok(feedback(rating.grade().is_pass(), rating.grade()))
    }
    fn preview(&self, rating: Rating) -> u32 {
        match rating {
            Rating::Again => 1,
            Rating::Hard => 14,
            Rating::Good => 15,
            Rating::Easy => 120,
        }
    }
    fn advance(&mut self) -> anyhow::Result<()> {
        self.at += 1;
        Ok(())
    }
    fn undo(&mut self) -> anyhow::Result<Option<Change>> {
        if self.n_done == 0 {
            return Ok(None);
        }
        self.n_done -= 1;
        self.n_undone += 1;
        self.at = self.n_done;
        self.world.log.borrow_mut().push("undo".to_owned());
        Ok(Some(Change { said: "The answer is taken back.".to_owned(), on_screen: OnScreen::IsDealt }))
    }
    fn redo(&mut self) -> anyhow::Result<Option<Change>> {
        if self.n_undone == 0 {
            return Ok(None);
        }
        self.n_undone -= 1;
        self.write("redo".to_owned())?;
        self.at = self.n_done;
        Ok(Some(Change { said: "The answer stands again.".to_owned(), on_screen: OnScreen::IsDealt }))
    }
    fn suspend(&mut self) -> anyhow::Result<()> {
        self.world.log.borrow_mut().push("suspend".to_owned());
        self.advance()
    }
    fn bury(&mut self) -> anyhow::Result<()> {
        self.world.log.borrow_mut().push("bury".to_owned());
        self.advance()
    }
    fn note(&mut self, note: &str) -> anyhow::Result<()> {
        self.world.log.borrow_mut().push(format!("note {note}"));
        self.cards[self.at].care.note = note.to_owned();
        Ok(())
    }
    fn edit(&mut self) -> anyhow::Result<&'static str> {
        if self.world.is_disk_full.get() {
            anyhow::bail!("the drill keeps the old deck: deck.yaml:7:5: no stem");
        }
        self.world.log.borrow_mut().push("edit".to_owned());
        if let ItemBody::Question(question) = &mut self.cards[self.at].body {
            question.stem = "A library keeps scans.".to_owned();
        }
        Ok("The deck is read again.")
    }
    fn rest(&mut self) {
        self.world.log.borrow_mut().push("rest".to_owned());
    }
}

fn card(body: ItemBody, occasion: Occasion, why_now: &str) -> DrillCard {
    let n_choices = match &body {
        ItemBody::Question(question) => question.n_options(),
        ItemBody::Flashcard(_) | ItemBody::Cloze(_) => 0,
    };
    DrillCard {
        item: ItemId::new("q").expect("a good id"),
        body,
        choice_order: (0..n_choices).rev().collect(),
        domain_title: "Storage".to_owned(),
        task_title: Some("Object stores".to_owned()),
        occasion,
        why_now: why_now.to_owned(),
        care: CardCare::default(),
    }
}

fn question(stem: &str, choices: &[(&str, &str)], n_keys: usize) -> ItemBody {
    let choice = |(idx, (text, why)): (usize, &(&str, &str))| Choice {
        text: (*text).to_owned(),
        is_key: idx < n_keys,
        why: (!why.is_empty()).then(|| (*why).to_owned()),
    };
    ItemBody::Question(Question {
        stimulus: None,
        stem: stem.to_owned(),
        ask: Ask::Choices { choices: choices.iter().enumerate().map(choice).collect(), shuffle: ShuffleChoices::Yes },
        refs: vec!["https://example.org/stores".to_owned()],
    })
}

fn desk() -> Desk {
    let cards = vec![
        card(
            question(
                "A museum keeps scans that it reads **once a decade**. Which store fits?",
                &[
                    ("Archive", "Archives trade speed of access for a low price per month."),
                    ("Memory cache", "A cache is for what is read all the time."),
                    ("Block volume", ""),
                    ("File share", "A share is priced for daily work."),
                ],
                1,
            ),
            Occasion::Due,
            "last right 6 days ago",
        ),
        card(
            ItemBody::Flashcard(Flashcard {
                front: "What is an *object*?".to_owned(),
                back: "A value with a key and metadata, written and read as a whole.".to_owned(),
                refs: vec!["https://example.org/objects".to_owned()],
            }),
            Occasion::New,
            "the domain with most to gain",
        ),
        card(
            question("Which are durable? (Choose TWO.)", &[("Disk", ""), ("Tape", ""), ("Cache", "")], 2),
            Occasion::Repeat,
            "wrong 10 minutes ago",
        ),
    ];
    Desk { world: Rc::default(), cards, at: 0, n_done: 0, n_undone: 0 }
}

fn input(world: &World, word: &str) -> Option<Input> {
    let key = |code: KeyCode| Some(Input::Key(KeyEvent::from(code)));
    if let Some(text) = word.strip_prefix("paste:") {
        return Some(Input::Paste(text.replace('_', " ")));
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
        "pause" => Some(Input::Tick),
        "hangup" => Some(Input::Hangup),
        "Enter" => key(KeyCode::Enter),
        "Space" => key(KeyCode::Char(' ')),
        "Esc" => key(KeyCode::Esc),
        "PgUp" => key(KeyCode::PageUp),
        "Down" => key(KeyCode::Down),
        "PgDn" => key(KeyCode::PageDown),
        letter => key(KeyCode::Char(letter.chars().next().expect("a key"))),
    }
}

/// Cards of the types that ask for more than a choice.
fn other_types() -> Desk {
    let slot = |(label, key, why): (Option<&str>, &str, Option<&str>)| Slot {
        label: label.map(str::to_owned),
        key: key.to_owned(),
        why: why.map(str::to_owned),
    };
    let arrangement = |stem: &str, slots: Vec<Slot>, extra: Vec<String>, why: Option<&str>| {
        let ask = Ask::Arrangement(Arrangement { slots, extra, why: why.map(str::to_owned) });
        ItemBody::Question(Question { stimulus: None, stem: stem.to_owned(), ask, refs: Vec::new() })
    };
    let order = [(None, "Look the name up", None), (None, "Connect", Some("Only then there is an address."))];
    let pairs = [(Some("EBS"), "blocks", None), (Some("S3"), "objects", Some("Each has a key."))];
    let typed = TypedAnswer {
        accept: vec!["443".to_owned(), "port 443".to_owned()],
        shown: Some("**443**".to_owned()),
        why: Some("Plain HTTP has 80.".to_owned()),
    };
    let typed = Question {
        stimulus: None,
        stem: "On which port is HTTPS?".to_owned(),
        ask: Ask::Typed(typed),
        refs: Vec::new(),
    };
    let cloze = Cloze { text: "Status {{404}} is a mistake of the {{client::who?}}.".to_owned(), refs: Vec::new() };
    let bodies = [
        arrangement("Put in order.", order.map(slot).to_vec(), Vec::new(), Some("Names come first.")),
        arrangement("Match.", pairs.map(slot).to_vec(), vec!["tapes".to_owned()], None),
        ItemBody::Question(typed),
        ItemBody::Cloze(cloze),
    ];
    let cards = bodies.map(|body| card(body, Occasion::Due, "due today")).to_vec();
    Desk { world: Rc::default(), cards, at: 0, n_done: 0, n_undone: 0 }
}

#[track_caller]
fn check_types(script: &str, log: &str, expected: &str) {
    let mut desk = other_types();
    let (screen, _) = play(&mut desk, (80, 24), script);
    assert_eq!(desk.world.log.borrow().join(", "), log);
    assert!(screen.contains(expected), "no {expected:?} in\n{screen}");
}

#[test]
fn other_types_are_answered_by_the_same_keys_as_in_the_exam() {
    check_types("b a Enter", "answer a b", "✓ Right · comes back in 6 days");
    check_types("a b Enter", "answer b a", "Belongs here; yours was A Connect.");
    check_types("a b Enter", "answer b a", "Only then there");
    check_types("a b Enter", "answer b a", "Names come first.");
    check_types("a Enter", "", "1 of 2 places are filled.");
    check_types("a Enter Enter", "answer b", "Belongs here; you left it empty.");
    check_types("b a Enter n c b Enter", "answer a b, answer a b", "EBS → blocks");
    check_types("b a Enter n c a Enter", "answer a b, answer a c", "Belongs here; yours was A tapes. Each has a key.");
}

#[test]
fn typed_answers_stand_beside_the_right_one() {
    let before = "b a Enter n c b Enter n";
    let log = |typed: &str| format!("answer a b, answer a b, answer {typed}");
    check_types(&format!("{before} Space 4 4 3 Enter Enter"), &log("= 443"), "✓  = 443");
    check_types(&format!("{before} Space 8 q Enter s Enter"), &log("= 8q sure"), "✗  = 8q");
    check_types(&format!("{before} Space 8 Enter Enter"), &log("= 8"), "Right answer: 443");
    check_types(&format!("{before} Space 8 Enter Enter"), &log("= 8"), "Plain HTTP has 80.");
    check_types(&format!("{before} Enter"), "answer a b, answer a b", "Nothing is typed.");
    check_types(&format!("{before} Space paste:port_443 Enter Enter"), &log("= port 443"), "✓ Right");
}

#[test]
fn the_blanks_of_a_text_are_turned_and_rated() {
    let before = "b a Enter n c b Enter n Space 4 4 3 Enter Enter n";
    let log = "answer a b, answer a b, answer = 443";
    check_types(before, log, "Status [blank] is a mistake of the [blank: who?].");
    check_types(&format!("{before} Space"), log, "Status 404 is a mistake of the client.");
    check_types(&format!("{before} Space 3"), &format!("{log}, recall Good"), "");
}

#[test]
fn every_type_fits_every_window() {
    let stages = [
        ("order_asked", "b"),
        ("order_answered", "a b Enter"),
        ("match_answered", "b a Enter n c a Enter"),
        ("typing", "b a Enter n c b Enter n Space 4 4"),
        ("typed_answered", "b a Enter n c b Enter n Space 8 0 Enter Enter"),
    ];
    for (name, script) in stages {
        for size in [(80, 24), (60, 18), (120, 40)] {
            let (screen, _) = play(&mut other_types(), size, script);
            insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), screen);
        }
    }
}

fn play(desk: &mut Desk, size: (u16, u16), script: &str) -> (String, Option<DrillExit>) {
    let world = Rc::clone(&desk.world);
    let mut scene = DrillScene::new(desk, Theme::without_colour());
    let mut exit = None;
    let resize = Input::Resize(Size::new(size.0, size.1));
    for input in std::iter::once(resize).chain(script.split_whitespace().filter_map(|word| input(&world, word))) {
        assert_eq!(exit, None, "the drill ended before the script");
        match scene.on(input) {
            Next::Done(out) => exit = Some(out),
            Next::Outside => scene.outside(),
            Next::Draw | Next::Same => {}
        }
    }
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a test terminal");
    terminal.draw(|frame| draw_or_decline(&scene, frame)).expect("a frame");
    (terminal.backend().to_string(), exit)
}

#[track_caller]
fn check(script: &str, log: &str, exit: Option<DrillExit>) {
    let mut desk = desk();
    let (_, left) = play(&mut desk, (80, 24), script);
    assert_eq!((desk.world.log.borrow().join(", ").as_str(), left), (log, exit));
}

#[track_caller]
fn check_screen(script: &str, expected: &str) {
    let (screen, _) = play(&mut desk(), (80, 24), script);
    assert!(screen.contains(expected), "no {expected:?} in\n{screen}");
}

#[test]
fn an_answer_counts_only_once_it_is_given() {
    check("a b d", "", None);
    check("a d Enter", "answer a", None);
    check("d s s Enter", "answer a unsure", None);
    check("Down Down Space Enter", "answer c", None);
    check("click:8,7 Enter", "answer d", None);
}

#[test]
fn an_incomplete_answer_has_to_be_meant() {
    check("Enter", "", None);
    check("Enter Enter", "answer -", None);
    check("Enter a Enter", "answer d", None);
    check_screen("Enter", "Nothing is chosen.");
    check_screen("d Enter n Space 3 a Enter", "1 of 2 are chosen.");
}

#[test]
fn the_answer_shows_what_was_right_and_when_it_comes_back() {
    check_screen("d Enter", "✓ Right · comes back in 6 days");
    check_screen("a Enter", "✗ Wrong · comes again today");
    check_screen("a Enter", "Right answer. Archives trade speed");
    check_screen("a Enter", "Wrong, and your choice. A share is priced");
}

#[test]
fn flashcards_are_turned_before_they_are_rated() {
    check("d Enter n 3", "answer a", None);
    check("d Enter n Space 3", "answer a, recall Good", None);
    check_screen("d Enter n Space 3", "Good: comes back in 6 days.");
    check_screen("d Enter n Space 1", "Again: comes again today.");
}

#[test]
fn the_last_answer_can_be_taken_back() {
    check("d Enter u a Enter", "answer a, undo, answer d", None);
    check_screen("d Enter u", "The answer is taken back.");
    check_screen("u", "There is nothing of today to take back.");
}

#[test]
fn what_was_taken_back_can_be_brought_back() {
    check("d Enter u U", "answer a, undo, redo", None);
    check_screen("d Enter u U", "The answer stands again.");
    check_screen("d Enter u U", "What is an object?");
    check_screen("d Enter U", "There is nothing to bring back.");
}

#[test]
fn a_card_is_left_out_before_or_after_its_answer() {
    check("@", "suspend", None);
    check("- a", "bury", None);
    check("d Enter -", "answer a, bury", None);
    check_screen("@", "The card is suspended. u takes it back.");
    check_screen("-", "What is an object?");
    check("- - -", "bury, bury, bury", Some(DrillExit::Finished));
}

#[test]
fn a_note_is_written_after_the_answer_and_stands_below_it() {
    check("o", "", None);
    check("d Enter o n o t Enter", "answer a, note not", None);
    check("d Enter o h i Enter o Enter", "answer a, note hi", None);
    check("d Enter o h i Esc n", "answer a", None);
    check_screen("d Enter o h i Enter", "✎ hi");
    check_screen("d Enter o h i Enter", "✓ Right");
    check_screen("d Enter o h i", "Note on this card");
    check_screen("d Enter o h i Enter o ! Enter", "✎ hi!");
    check_screen("d Enter n Space o paste:a_key Enter", "✎ a key");
    check_screen("d Enter n Space o paste:a_key Enter", "4 Easy");
}

#[test]
fn a_card_is_edited_only_once_its_answer_is_known() {
    check("E", "", None);
    check("d Enter n E", "answer a", None);
    check("d Enter E", "answer a, edit", None);
    check("d Enter n Space E", "answer a, edit", None);
    check_screen("d Enter E PgUp", "A library keeps scans.");
    check_screen("d Enter E", "The deck is read again.");
    check_screen("d Enter E", "✓ Right");
    check_screen("d Enter full E", "× the drill keeps the old deck: deck.yaml:7:5: no stem");
}

#[test]
fn a_leech_is_named_at_once_and_its_confusions_after_the_answer() {
    let screen = |script: &str| {
        let mut desk = desk();
        let confusion = |text: &str, n_times| Confusion { text: text.to_owned(), n_times };
        let confusions = vec![confusion("File share", 4), confusion("Block volume", 2)];
        desk.cards[0].care.leech = Some(Leech { n_lapses: 8, confusions });
        play(&mut desk, (100, 30), script).0
    };
    let (before, after) = (screen(""), screen("a Enter"));
    assert!(before.contains("last right 6 days ago Leech: forgotten 8 times."), "{before}");
    assert!(!before.contains("You chose"), "{before}");
    assert!(after.contains("Leech: forgotten 8 times. You chose File share 4 times, Block volume twice."), "{after}");
}

#[test]
fn what_could_not_be_saved_is_not_taken_for_answered() {
    check_screen("full d Enter", "× Not saved: the disk is full");
    check_screen("full d Enter", "(●) D");
    check("full d Enter freed Enter", "answer a", None);
}

#[test]
fn upkeep_waits_for_a_pause_after_an_answer() {
    check("pause d Enter pause pause", "answer a, rest", None);
}

#[test]
fn the_clock_is_drawn_only_when_the_minute_that_it_says_is_another() {
    let mut desk = desk();
    let world = Rc::clone(&desk.world);
    world.secs_left.set(Some(300));
    let mut scene = DrillScene::new(&mut desk, Theme::without_colour());
    scene.on(Input::Resize(Size::new(80, 24)));
    let mut check = |secs: u64, next: Next<DrillExit>, expected: &str| {
        world.secs_left.set(Some(secs));
        assert_eq!(scene.on(Input::Tick), next, "at {secs} s");
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a test terminal");
        terminal.draw(|frame| draw_or_decline(&scene, frame)).expect("a frame");
        let screen = terminal.backend().to_string();
        assert!(screen.contains(expected), "no {expected:?} in\n{screen}");
    };
    check(299, Next::Same, "0 done · 5 min left · 12 days in a row");
    check(241, Next::Same, "5 min left");
    check(240, Next::Draw, "4 min left");
    check(1, Next::Draw, "1 min left");
    check(0, Next::Draw, "0 done · time is up");
    check(0, Next::Same, "time is up");
}

#[test]
fn the_drill_ends_with_its_queue_or_when_the_learner_leaves() {
    let all = "answer a, recall Easy, answer b c";
    check("d Enter n Space 4 a b Enter Enter", all, Some(DrillExit::Finished));
    check("d Enter q", "answer a", Some(DrillExit::Left));
    check("hangup", "", Some(DrillExit::Left));
}

#[test]
fn every_stage_fits_every_window() {
    let stages = [("asked", "a s"), ("answered", "a Enter"), ("front", "d Enter n"), ("back", "d Enter n Space")];
    for (name, script) in stages {
        for size in [(80, 24), (60, 18)] {
            let (screen, _) = play(&mut desk(), size, script);
            insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), screen);
        }
    }
    let (screen, _) = play(&mut desk(), (120, 40), "a Enter");
    insta::assert_snapshot!("answered_120x40", screen);
    let (screen, _) = play(&mut desk(), (80, 24), "?");
    insta::assert_snapshot!("help_80x24", screen);
}

#[test]
fn every_screen_of_the_drill_shows_at_every_size() {
    let screens = [
        ("question", "d s"),
        ("feedback", "d Enter"),
        ("card_front", "d Enter n"),
        ("card_back", "d Enter n Space"),
        ("help", "?"),
    ];
    for (name, script) in screens {
        let portraits = at_every_size(&format!("screen_{name}"), |theme, size| {
            let mut desk = desk();
            let world = Rc::clone(&desk.world);
            let mut scene = DrillScene::new(&mut desk, theme);
            scene.on(Input::Resize(size));
            for input in script.split_whitespace().filter_map(|word| input(&world, word)) {
                scene.on(input);
            }
            drawn(&scene, size)
        });
        for (name, portrait) in portraits {
            insta::assert_snapshot!(name, portrait);
        }
    }
}
