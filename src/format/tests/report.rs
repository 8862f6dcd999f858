//! How findings look.

use super::{file, source};
use crate::format::{Colour, SourceFile, read_deck, render_findings};

fn report(sources: &[SourceFile]) -> String {
    render_findings(&read_deck(sources).findings, sources, Colour::Never)
}

#[test]
fn a_finding_shows_its_line_and_what_to_do() {
    let sources = source(
        "questions:\n  - id: object-store\n    stm: Which service stores objects?\n    right: S3\n    wrong: [EBS]\n    why: x\n",
    );
    insta::assert_snapshot!(report(&sources), @"
    error[D007]: item `object-store`: unknown key `stm` in a question
     --> my.yaml:3:5
      |
    3 |     stm: Which service stores objects?
      |     ^^^
      |
      = help: did you mean `stem`?
    ");
}

#[test]
fn text_over_several_lines_is_marked_on_its_first() {
    let sources = source(
        "questions:\n- id: a\n  stem: >-\n    Which service\n    stores objects? (Choose TWO.)\n  right: S3\n  wrong: [EBS]\n  why: x\n",
    );
    insta::assert_snapshot!(report(&sources), @"
    advice[D201]: item `a`: 1 of 2 choices have no rationale
     --> my.yaml:2:3
      |
    2 | - id: a
      |   ^^
      |
      = help: add `why:` to each choice; it is what a learner reads after answering

    error[D101]: item `a`: the stem asks for 2 of the choices, but the number of keys is 1
     --> my.yaml:4:5
      |
    4 |     Which service
      |     ^^^^^^^^^^^^^
      |
      = help: mark as many choices as the stem asks for, or change the stem
    ");
}

#[test]
fn a_column_counts_the_characters_of_the_file_not_those_shown() {
    let sources = source("questions:\n- {id: a, front: Gr\u{f6}\u{df}e\u{200b}, back: b, bak: c}\n");
    insta::assert_snapshot!(report(&sources), @"
    warning[D110]: item `a`: hidden characters would be shown as codes: Größe⟨U+200B⟩
     --> my.yaml:2:18
      |
     ::: 
    2 | - {id: a, front: Größe⟨U+200B⟩, back: b, bak: c}
      |                  ^^^^^^^^^^^^^
      |
      = help: delete the characters that are shown as codes

    error[D007]: item `a`: unknown key `bak` in a flashcard
     --> my.yaml:2:35
      |
     ::: 
    2 | - {id: a, front: Größe⟨U+200B⟩, back: b, bak: c}
      |                                          ^^^
      |
      = help: did you mean `back`?
    ");
}

#[test]
fn a_file_that_is_no_text_is_shown_by_name_only() {
    insta::assert_snapshot!(report(&[file("na\u{1b}me.yaml", b"\xff\xfea\0".to_vec())]), @"
    error[D001]: the file is UTF-16
    --> na␛me.yaml:1:1
     = help: save the file as UTF-8 text
    ");
}

#[test]
fn a_very_long_line_is_shown_around_the_place() {
    let sources = source(format!("questions: [{{id: a, front: {}, back: b, bak: c}}]", "x".repeat(3000)));
    insta::assert_snapshot!(report(&sources), @"
    error[D007]: item `a`: unknown key `bak` in a flashcard
     --> my.yaml:1:3039
      |
     ::: 
    1 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, back: b, bak: c}]
      |                                                              ^^^
      |
      = help: did you mean `back`?
    ");
}

#[test]
fn findings_are_json() {
    let sources = source("questions:\n- {id: a, front: x, back: y, skil: recall}\n");
    let reading = read_deck(&sources);
    insta::assert_snapshot!(serde_json::to_string_pretty(&reading.findings).expect("findings are JSON"), @r#"
    [
      {
        "code": "D007",
        "severity": "error",
        "path": "my.yaml",
        "line": 2,
        "column": 30,
        "item": "a",
        "message": "unknown key `skil` in a flashcard",
        "help": "did you mean `skill`?"
      }
    ]
    "#);
}

#[test]
fn colours_are_optional() {
    let sources = source("titel: x\nquestions:\n- {id: a, front: x, back: y}\n");
    let findings = read_deck(&sources).findings;
    assert!(!render_findings(&findings, &sources, Colour::Never).contains('\u{1b}'));
    assert!(render_findings(&findings, &sources, Colour::Always).contains('\u{1b}'));
}
