//! Ordering, matching and typed answers in the exam room: keys in, records and screens out.

use crate::deck::{Arrangement, Ask, Question, Slot, TypedAnswer};
use crate::exam::Ending;
use crate::tui::exam::desk::ExamExit;
use crate::tui::exam::tests::{LIMIT, desk_of, play};

fn question(stem: &str, ask: Ask) -> Question {
    Question { stimulus: None, stem: stem.to_owned(), ask, refs: Vec::new() }
}

fn arrangement(slots: &[(Option<&str>, &str)], extra: &[&str]) -> Ask {
    let slot = |(label, key): &(Option<&str>, &str)| Slot {
        label: label.map(str::to_owned),
        key: (*key).to_owned(),
        why: None,
    };
    let extra = extra.iter().map(|text| (*text).to_owned()).collect();
    Ask::Arrangement(Arrangement { slots: slots.iter().map(slot).collect(), extra, why: None })
}

/// Ordering, matching, typed; options run against the deck's order, so that `a` is the last of them.
pub(super) fn questions() -> Vec<Question> {
    let order = [
        (None, "Take a snapshot of the volume"),
        (None, "Copy the snapshot to the other Region"),
        (None, "Make a volume of the copy, in the Availability Zone where the new instance runs"),
    ];
    let pairs = [
        (Some("Files that many servers share"), "a file share"),
        (Some("The disk of one server"), "a block volume"),
        (Some("Backups that nobody reads for years, but that the law wants kept"), "an archive"),
    ];
    let accept = vec!["443".to_owned(), "port 443".to_owned()];
    vec![
        question("A disk has to move to another Region. Put the steps **in order**.", arrangement(&order, &[])),
        question("Match what is stored with where it fits best.", arrangement(&pairs, &["a message queue"])),
        question(
            "On which port does a server offer HTTPS?",
            Ask::Typed(TypedAnswer { accept, shown: None, why: None }),
        ),
    ]
}

/// Plays `script` and compares what was written, and how the room was left.
#[track_caller]
fn check_exit(script: &str, log: &str, exit: Option<ExamExit>) {
    let mut desk = desk_of(questions(), LIMIT);
    let (_, left) = play(&mut desk, (80, 30), script);
    assert_eq!((desk.log().as_str(), left), (log, exit));
}

#[track_caller]
fn check(script: &str, log: &str) {
    check_exit(script, log, None);
}

#[track_caller]
fn check_screen(script: &str, expected: &str) {
    let (screen, _) = play(&mut desk_of(questions(), LIMIT), (80, 24), script);
    assert!(screen.contains(expected), "no {expected:?} in\n{screen}");
}

#[test]
fn a_letter_places_an_option_and_goes_on_to_the_next_empty_place() {
    check("c b a", "show 1, mark 1 a, mark 1 a b, mark 1 a b c");
    check("3 a c", "show 1, mark 1 - - c, mark 1 a - c");
    check("Down b 1 c", "show 1, mark 1 - b, mark 1 a b");
    check("d e", "show 1");
    check_screen("c", "❯  2 [ ]");
    check_screen("c b a", "3 of 3 placed ✓");
}

#[test]
fn an_option_that_is_placed_elsewhere_moves() {
    check("c c", "show 1, mark 1 a, mark 1 - a");
    check("c b a 1 b", "show 1, mark 1 a, mark 1 a b, mark 1 a b c, mark 1 b - c");
}

#[test]
fn a_place_can_be_emptied_without_a_modifier() {
    check("c Backspace", "show 1, mark 1 a, mark 1 -");
    check("c b 1 Backspace", "show 1, mark 1 a, mark 1 a b, mark 1 - b");
    check("Backspace", "show 1");
    check_screen("Backspace", "There is nothing here to take away.");
    check_screen("9 7", "7 does nothing here.");
    check_screen("n n d", "d does nothing here; Space begins the answer.");
}

#[test]
fn space_offers_the_free_options_in_turn() {
    check("Space Space", "show 1, mark 1 c, mark 1 b");
}

#[test]
fn options_and_places_can_be_clicked() {
    let mut desk = desk_of(questions(), LIMIT);
    let (screen, _) = play(&mut desk, (80, 30), "");
    let row_of = |text: &str| screen.lines().position(|line| line.contains(text)).expect("a row");
    let (slot, option) = (row_of(" 3 [ ]"), row_of("[ ] C"));
    check(&format!("click:6,{slot} click:6,{option}"), "show 1, mark 1 - - a");
}

#[test]
fn only_choices_are_struck_out() {
    check("A", "show 1");
    check("n n A", "show 1, show 2, show 3");
}

#[test]
fn what_is_not_complete_is_listed_as_such() {
    check_screen("c r", "◐ incomplete");
    check_screen("c b a r", "● answered");
    check_screen("n n Space 4 Enter r", "● answered");
}

#[test]
fn a_typed_answer_is_recorded_when_it_is_kept() {
    check("n n Space 4 4 3 Enter", "show 1, show 2, show 3, mark 3 = 443");
    check("n n Space q n Backspace Enter", "show 1, show 2, show 3, mark 3 = q");
    check("n n Space 4 Enter Space 3 Enter", "show 1, show 2, show 3, mark 3 = 4, mark 3 = 43");
    check("n n Space 4 Enter Space Backspace Enter", "show 1, show 2, show 3, mark 3 = 4, mark 3 -");
    check("n n Space Enter", "show 1, show 2, show 3");
    check("n n Space 4 Esc", "show 1, show 2, show 3");
    check("n n Space 3 Left 4 Enter", "show 1, show 2, show 3, mark 3 = 43");
}

#[test]
fn while_an_answer_is_typed_no_key_is_a_command() {
    check("n n Space q m s r ? Space x Enter", "show 1, show 2, show 3, mark 3 = qmsr? x");
    check_screen("n n Space q m", "Answer [qm▏");
}

#[test]
fn whatever_leaves_a_typed_answer_keeps_it() {
    check("n n Space 4 ^c", "show 1, show 2, show 3, mark 3 = 4");
    check("n n Space 4 @5", "show 1, show 2, show 3, beat, rest");
    let time_up = Some(ExamExit::End(Ending::TimeUp));
    check_exit("n n Space 4 @5400", "show 1, show 2, show 3, mark 3 = 4", time_up);
    check_exit("n n Space 4 hangup", "show 1, show 2, show 3, mark 3 = 4, beat", Some(ExamExit::Leave));
}

#[test]
fn a_paste_is_text_in_the_field_and_nothing_elsewhere() {
    check("n n Space paste:port⏎443 Enter", "show 1, show 2, show 3, mark 3 = port 443");
    check("paste:abc n n paste:q", "show 1, show 2, show 3");
    check("n n Space paste:日本_é Backspace Enter", "show 1, show 2, show 3, mark 3 = 日本");
}

#[test]
fn an_exam_of_these_types_is_sat_by_keys_alone() {
    let mut desk = desk_of(questions(), LIMIT);
    let (_, exit) = play(&mut desk, (60, 18), "c b a n d c b PgDn n Space 4 4 3 Enter n n q e y");
    assert_eq!(exit, Some(ExamExit::End(Ending::Submitted)));
    let all_right = |position: usize| questions()[position].is_right(&sitting(&desk).mark_at(position).answer);
    assert!((0..3).all(all_right), "{}", desk.log());
}

fn sitting(desk: &dyn crate::tui::exam::desk::ExamDesk) -> &crate::exam::Sitting {
    desk.sitting()
}

#[test]
fn every_type_fits_every_window() {
    let long = "Space paste:a_long_answer_that_goes_on_and_on_until_it_no_longer_fits_into_the_row_that_it_is_typed_in";
    let scripts = [
        ("ordering", "c 3 b"),
        ("matching", "g 2 Enter d Down a"),
        ("typed", "g 3 Enter Space 4 4 3 Enter"),
        ("typing", "g 3 Enter"),
    ];
    for (name, script) in scripts {
        let script = if name == "typing" { format!("{script} {long}") } else { script.to_owned() };
        for size in [(80, 24), (60, 18), (120, 40)] {
            let (screen, _) = play(&mut desk_of(questions(), LIMIT), size, &script);
            insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), screen);
        }
    }
}
