//! Every screen of the exam room, at three sizes, with and without colour.

use ratatui::buffer::Buffer;

use super::*;
use crate::exam::Section;
use crate::tui::portrait::{at_every_size, drawn};

fn buffer(make: &dyn Fn() -> Desk, is_first: bool, theme: Theme, size: Size, script: &str) -> Buffer {
    let mut desk = make();
    let world = Rc::clone(&desk.world);
    let habits = RoomHabits { is_first, ..habits() };
    let mut scene = ExamScene::new(&mut desk, &habits, theme);
    scene.on(Input::Resize(size));
    for input in script.split_whitespace().flat_map(spelled_out).filter_map(|word| input(&world, &word)) {
        scene.on(input);
    }
    drawn(&scene, size)
}

fn keep(name: &str, make: &dyn Fn() -> Desk, script: &str) {
    let is_first = name == "first";
    for (name, portrait) in at_every_size(name, |theme, size| buffer(make, is_first, theme, size, script)) {
        insta::assert_snapshot!(name, portrait);
    }
}

fn exam() -> Desk {
    desk(65, LIMIT)
}

fn practice() -> Desk {
    let mut desk = Desk { is_practice: true, ..desk(65, LIMIT) };
    let whys =
        ["It is paid for by use.", "That is about losing nothing.", "That is about distance.", "That is about duty."];
    let Ask::Choices { choices, .. } = &mut desk.questions[0].ask else { panic!("no choices") };
    for (choice, why) in choices.iter_mut().zip(whys) {
        choice.why = Some(why.to_owned());
    }
    desk
}

fn in_sections() -> Desk {
    let plain = desk(65, LIMIT);
    let section = |title: &str, n_items: usize| Section { title: title.to_owned(), n_items };
    let sections = vec![section("Part one", 30), section("Part two", 35)];
    let form = Form { sections, ..plain.sitting.form().clone() };
    Desk { sitting: Sitting::new(form), ..plain }
}

const BUSY: &str = "b C m o type:ask_about_it Enter n a s n g 9 Enter a n a n p @1234";

#[test]
fn a_question() {
    keep("first", &exam, "");
    keep("question", &exam, "b C m s o type:ask_about_it Enter");
    keep("pair", &exam, "n a Down");
    keep("long", &exam, "n n");
    keep("late", &exam, "t @5100");
    keep("unsaved", &exam, "full a");
}

#[test]
fn a_note_that_is_typed() {
    keep("note", &exam, "o type:why_not_B?");
}

#[test]
fn the_grid() {
    keep("grid", &exam, &format!("{BUSY} g 1 2"));
    keep("grid_flagged", &exam, &format!("{BUSY} m g Tab Tab"));
    keep("grid_sections", &in_sections, "a n n g 3 1 Enter y a g");
}

#[test]
fn the_review_and_its_walk() {
    keep("review", &exam, &format!("{BUSY} r"));
    keep("review_incomplete", &exam, &format!("{BUSY} r i"));
    keep("review_empty", &exam, "r f");
    keep("walk", &exam, &format!("{BUSY} r f Enter"));
}

#[test]
fn practice_with_feedback_and_a_pause() {
    keep("feedback", &practice, "a n");
    keep("paused", &practice, "z");
}

#[test]
fn what_is_asked() {
    keep("leave", &exam, &format!("{BUSY} q"));
    keep("end", &exam, &format!("{BUSY} q e"));
    keep("abandon", &exam, &format!("{BUSY} q a"));
    keep("section", &in_sections, "g 3 1 Enter");
    keep("unsaved_leaving", &exam, "full a q l");
}

#[test]
fn the_help() {
    keep("help", &exam, "?");
    keep("help_end", &exam, "? PgDn PgDn PgDn PgDn PgDn PgDn");
}
