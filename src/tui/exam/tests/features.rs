//! Notes, practice, sections, warnings, walks, the mouse alone.

use ratatui::crossterm::event::MouseEventKind;

use super::*;
use crate::exam::{Ending, Section};

/// Plays `script` on a desk of its own making and returns the log and the screen.
fn played(desk: &mut Desk, script: &str) -> (String, String) {
    let (screen, _) = play(desk, (80, 24), script);
    let log = desk.world.log.borrow().join(", ");
    (log, screen)
}

fn practice() -> Desk {
    Desk { is_practice: true, ..desk(3, LIMIT) }
}

/// Seven questions in sections of three and four.
fn in_sections() -> Desk {
    let plain = desk(7, LIMIT);
    let section = |title: &str, n_items: usize| Section { title: title.to_owned(), n_items };
    let sections = vec![section("Part one", 3), section("Part two", 4)];
    let form = Form { sections, ..plain.sitting.form().clone() };
    Desk { sitting: Sitting::new(form), ..plain }
}

#[track_caller]
fn shows(desk: &mut Desk, script: &str, expected: &str) {
    let (_, screen) = played(desk, script);
    assert!(screen.contains(expected), "no {expected:?} in\n{screen}");
}

#[track_caller]
fn writes(desk: &mut Desk, script: &str, expected: &str) {
    assert_eq!(played(desk, script).0, expected);
}

mod notes {
    use super::*;

    #[test]
    fn a_note_is_typed_kept_and_shown_with_its_question() {
        check("o type:why_not_q? Enter", "show 1, note 1 \"why not q?\"", None);
        check_screen("o type:why_not_q? Enter", "● saved   ✎ why not q?");
        check_screen("o type:why_not_q? Enter n p", "✎ why not q?");
        check_screen("o type:x Enter o", "│ x▏");
        check("o type:x Enter o Backspace Enter", "show 1, note 1 \"x\", note 1 \"\"", None);
    }

    #[test]
    fn while_a_note_is_typed_no_key_is_a_command() {
        check("o q e y Esc", "show 1", None);
        check_screen("o q e y", "│ qey▏");
        check_screen("o q e y ^c", "Question 1 of 3");
        check("o q ^c q l", "show 1", Some(ExamExit::Leave));
    }

    #[test]
    fn a_note_that_did_not_change_is_not_written() {
        check("o Enter", "show 1", None);
        check("o type:x Enter o Enter", "show 1, note 1 \"x\"", None);
    }

    #[test]
    fn a_note_that_cannot_be_written_stays_and_is_written_later() {
        check_screen("full o type:x Enter", "× not saved");
        check("full o type:x Enter freed w", "show 1, note 1 \"x\"", None);
        check("full o type:x Enter o type:y Enter freed w", "show 1, note 1 \"xy\"", None);
    }

    #[test]
    fn the_review_marks_a_note_by_its_shape() {
        check_screen("m o type:x Enter r", "1  ○ blank       ⚑✎");
    }
}

mod pasting {
    use super::*;

    #[test]
    fn pasted_text_is_no_command() {
        check("paste:q paste:b paste:l", "show 1", None);
        check("q paste:l paste:e paste:y", "show 1", None);
        check("r paste:e paste:y", "show 1", None);
    }

    #[test]
    fn pasted_text_lands_in_a_note_on_one_line() {
        check("o paste:one⏎two⏎q Enter", "show 1, note 1 \"one two q\"", None);
    }
}

mod practising {
    use super::*;

    #[test]
    fn going_on_from_an_answer_first_says_what_is_right() {
        writes(&mut practice(), "a n", "show 1, mark 1 d, check 1");
        shows(&mut practice(), "a n", "✗ Wrong.");
        shows(&mut practice(), "d n", "✓ Right.");
        shows(&mut practice(), "d n", "Right, and your choice.");
        writes(&mut practice(), "d n n", "show 1, mark 1 a, check 1, show 2");
    }

    #[test]
    fn an_answer_stands_once_it_was_judged() {
        writes(&mut practice(), "a n d A", "show 1, mark 1 d, check 1");
        shows(&mut practice(), "a n d", "your answer stands");
        shows(&mut practice(), "a n n p", "✗ Wrong.");
        writes(&mut practice(), "a n m s", "show 1, mark 1 d, check 1, mark 1 d flagged, mark 1 d flagged sure");
    }

    #[test]
    fn a_blank_or_incomplete_answer_is_not_judged() {
        writes(&mut practice(), "n a n", "show 1, show 2, mark 2 e, show 3");
    }

    #[test]
    fn the_clock_can_be_stopped_and_the_question_goes_out_of_sight() {
        writes(&mut practice(), "z z", "show 1, pause, go on");
        shows(&mut practice(), "z", "The clock stands: 1:30:00 left.");
        let (_, screen) = played(&mut practice(), "z");
        assert!(!screen.contains("bakery"), "{screen}");
        shows(&mut practice(), "z Enter", "bakery");
        let (_, exit) = play(&mut practice(), (80, 24), "z q");
        assert_eq!(exit, Some(ExamExit::Leave));
    }

    #[test]
    fn an_exam_has_no_feedback_and_no_pause() {
        check("a n", "show 1, mark 1 d, show 2", None);
        check("z", "show 1", None);
        check_screen("z", "An exam cannot be paused; its clock runs on.");
    }

    #[test]
    fn feedback_that_cannot_be_recorded_is_recorded_before_going_out() {
        writes(&mut practice(), "a full n freed w", "show 1, mark 1 d, check 1");
    }
}

mod sections {
    use super::*;

    #[test]
    fn leaving_a_section_is_asked_for_and_final() {
        shows(&mut in_sections(), "g 3 Enter a n n", "Leave this section?");
        shows(&mut in_sections(), "g 3 Enter a n n", "You are leaving Part one for Part two.");
        shows(&mut in_sections(), "g 3 Enter a n n", "2 questions of it are open.");
        shows(&mut in_sections(), "g 3 Enter a n n n", "Question 3 of 7");
        shows(&mut in_sections(), "g 3 Enter a n n y", "Question 4 of 7");
        shows(&mut in_sections(), "g 3 Enter a n n y p", "the one before is closed");
        shows(&mut in_sections(), "g 5 Enter y g 2 Enter", "Question 2 is in a section that is closed.");
        shows(&mut in_sections(), "g 5 Enter y g 4 Enter", "Question 4 of 7");
    }

    #[test]
    fn a_resumed_sitting_stays_in_its_section() {
        let mut desk = in_sections();
        play(&mut desk, (80, 24), "g 5 Enter y hangup");
        shows(&mut desk, "p", "Question 4 of 7");
        shows(&mut desk, "p p", "the one before is closed");
    }

    #[test]
    fn the_review_lists_the_section_that_one_is_in() {
        shows(&mut in_sections(), "r", "[All 3]");
        shows(&mut in_sections(), "g 5 Enter y r", "[All 4]");
        shows(&mut in_sections(), "g 3 Enter a n n r", "[All 3]");
        shows(&mut in_sections(), "g 5 Enter y g", "×");
    }
}

mod warnings {
    use super::*;

    #[test]
    fn each_warning_is_said_once() {
        check_screen("@3600", "The last 30 minutes have begun.");
        check_screen("@4500", "The last 15 minutes have begun.");
        let (screen, _) = play(&mut desk(3, LIMIT), (80, 24), "@3600 a @3601");
        assert!(!screen.contains("have begun"), "{screen}");
    }

    #[test]
    fn a_beginner_gets_a_hint_that_goes() {
        let hinted = |script: &str| {
            let mut desk = desk(3, LIMIT);
            let world = Rc::clone(&desk.world);
            let habits = RoomHabits { is_first: true, ..habits() };
            let mut scene = ExamScene::new(&mut desk, &habits, Theme::without_colour());
            scene.on(Input::Resize(Size::new(80, 24)));
            for input in script.split_whitespace().filter_map(|word| input(&world, word)) {
                scene.on(input);
            }
            drawn(&scene, (80, 24)).contains("? lists all keys")
        };
        assert!(hinted("") && hinted("a n p"));
        assert!(!hinted("a b a b a b a b a b a b"));
    }
}

mod walking {
    use super::*;

    #[test]
    fn the_review_goes_through_what_it_lists_and_nothing_else() {
        let flagged = "m n n m g 5 Enter m r f";
        let walk = |script: &str| play(&mut desk(7, LIMIT), (80, 24), &format!("{flagged} {script}")).0;
        for (script, expected) in [
            ("Enter", "Question 1 of 7 · flagged 1 of 3"),
            ("Enter n", "Question 3 of 7 · flagged 2 of 3"),
            ("Enter n PgDn n", "Question 5 of 7 · flagged 3 of 3"),
            ("Enter m n", "Question 3 of 7 · flagged 2 of 3"),
            ("Enter n p", "Question 1 of 7 · flagged 1 of 3"),
            ("Enter p", "This is the first of them."),
            ("Enter n PgDn n n", "That was the last of them."),
            ("Enter n PgDn n n", "[Flagged 3]"),
            ("Enter r", "[Flagged 3]"),
            ("Enter g 2 Enter n", "Question 3 of 7  "),
        ] {
            let screen = walk(script);
            assert!(screen.contains(expected), "{script}: no {expected:?} in\n{screen}");
        }
    }

    #[test]
    fn the_grid_can_show_the_incomplete_or_the_flagged_alone() {
        check_screen("m g Tab Tab", "Go to question · flagged");
        check_screen("a n m n g Tab Tab Enter", "Question 2 of 3");
        check_screen("a g Tab Enter", "Question 2 of 3");
        check_screen("g Tab Right Right Enter", "Question 3 of 3");
    }

    #[test]
    fn an_incomplete_answer_is_named_and_keeps_nobody() {
        check("n a n", "show 1, show 2, mark 2 e, show 3", None);
        check_screen("n a n", "Question 2 is incomplete: 1 of 2 chosen.");
        check_screen("n a b n", "Question 3 of 3");
    }

    #[test]
    fn a_long_question_says_once_that_there_is_more_and_each_press_reads_on() {
        let story = "A long story about a bakery. ".repeat(200);
        let mut desk = desk(2, LIMIT);
        desk.questions[0].stem = story;
        let (_, first) = played(&mut desk, "n");
        assert!(first.contains("There was more below"), "{first}");
        let (_, second) = played(&mut desk, "n n");
        assert!(!second.contains("There was more below") && second.contains("Question 1"), "{second}");
        let read_on = "n ".repeat(4);
        shows(&mut desk, &read_on, "Question 1 of 2");
        shows(&mut desk, &format!("{read_on} n"), "Question 2 of 2");
    }
}

mod manual {
    use crate::tui::answer_field::TYPING;
    use crate::tui::exam::keymap::{ARRANGEMENT, ASK, CHOICES, HELP, NAVIGATOR, NOTE, PAUSED, QUESTION, REVIEW, TYPED};
    use crate::tui::keys::Binding;

    fn rows<M>(table: &[Binding<M>]) -> String {
        table.iter().map(|row| format!("| `{}` | {} |\n", row.keys, row.help)).collect::<Vec<_>>().concat()
    }

    #[test]
    fn the_manual_lists_every_key_as_the_help_does() {
        let manual = include_str!("../../../../docs/exam-room.md");
        let tables = [QUESTION, CHOICES, ARRANGEMENT, TYPED, NAVIGATOR, REVIEW, NOTE, PAUSED, HELP, ASK];
        for rows in tables.iter().map(|table| rows(table)).chain([rows(TYPING)]) {
            assert!(manual.contains(&rows), "docs/exam-room.md lacks these rows:\n{rows}");
        }
    }
}

mod mouse {
    use super::*;

    /// Clicks on the first place of `words` on the screen.
    fn click(scene: &mut ExamScene<'_>, words: &str) -> Option<ExamExit> {
        let screen = drawn(scene, (80, 24));
        let row =
            screen.lines().position(|line| line.contains(words)).unwrap_or_else(|| panic!("no {words:?} in\n{screen}"));
        let line = screen.lines().nth(row).expect("the row");
        // Each line of a test screen begins with a quote.
        let before = &line[1..line.find(words).expect("it is there")];
        let mouse = MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: u16::try_from(crate::tui::wrap::width_of(before)).expect("a column"),
            row: u16::try_from(row).expect("a row"),
            modifiers: KeyModifiers::NONE,
        };
        match scene.on(Input::Mouse(mouse)) {
            Next::Done(exit) => Some(exit),
            Next::Draw | Next::Same | Next::Outside => None,
        }
    }

    #[test]
    fn a_whole_exam_is_sat_by_the_mouse_alone() {
        let mut desk = desk(5, LIMIT);
        let world = Rc::clone(&desk.world);
        let mut scene = ExamScene::new(&mut desk, &habits(), Theme::without_colour());
        scene.on(Input::Resize(Size::new(80, 24)));
        for words in [
            "Durability",
            "n next",
            "A bucket",
            "A block volume",
            "m flag",
            "n next",
            "more below",
            "A lease",
            "n next",
        ] {
            assert_eq!(click(&mut scene, words), None);
        }
        for words in ["s sure?", "r review", " Flagged 1", "2  ●", "r review", " All 5", "5  ·", "n next", "e end"] {
            assert_eq!(click(&mut scene, words), None);
        }
        assert_eq!(click(&mut scene, "Yes, end and score"), Some(ExamExit::End(Ending::Submitted)));
        let log = world.log.borrow().join(", ");
        assert_eq!(
            log,
            "show 1, mark 1 b, show 2, mark 2 a, mark 2 a c, mark 2 a c flagged, show 3, mark 3 c, show 4, \
             mark 4 - sure, show 2, show 5"
        );
    }
}

#[test]
fn a_case_stands_above_each_of_its_questions() {
    let of_the_case = |stem: &str| Question {
        stimulus: Some("A bakery takes its orders on paper.".to_owned()),
        ..question(stem, &["Speed", "Price"], 1)
    };
    let mut desk = desk_of(vec![of_the_case("What comes first?"), of_the_case("What comes next?")], LIMIT);
    for (script, stem) in [("", "What comes first?"), ("n", "What comes next?")] {
        let (_, screen) = played(&mut desk, script);
        let line_of = |text: &str| screen.lines().position(|line| line.contains(text));
        let case = line_of("A bakery takes its orders on paper.").expect("the case is shown");
        assert_eq!(line_of(stem), Some(case + 2), "{screen}");
    }
}
