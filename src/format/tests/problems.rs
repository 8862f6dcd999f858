//! Each kind of problem is named, and found where it stands.

use super::{file, many, said, source};
use crate::deck::Severity;
use crate::format::{SourceFile, read_deck};

#[track_caller]
fn check(yaml: &str, expected: &[&str]) {
    check_files(&source(yaml), expected);
}

#[track_caller]
fn check_files(sources: &[SourceFile], expected: &[&str]) {
    let reading = read_deck(sources);
    assert_eq!(said(sources, &reading, Severity::Warning), expected);
    assert_eq!(reading.deck.is_some(), reading.counts.n_errors == 0);
}

/// One sound question, to stand beside the point of a case.
const SOUND: &str = "- {id: a, stem: Is it?, right: yes, wrong: [no]}\n";

/// A header followed by one sound question.
fn with_header(header: &str) -> String {
    format!("{header}\nquestions:\n{SOUND}")
}

#[track_caller]
fn check_header(header: &str, expected: &[&str]) {
    check(&with_header(header), expected);
}

#[test]
fn sections_hold_every_item_of_the_exam_once() {
    let check = |sections: &str, expected: &[&str]| {
        check_header(&format!("exam:\n  items: 1\n  sections: {sections}"), expected);
    };
    check("[{title: A, items: 1}]", &[]);
    check("[{title: A}]", &[]);
    check("[{title: A, domains: all}]", &[]);
    check("[{title: A, items: 2}]", &["3:3 D010 the sections hold 2 items, but the exam has 1"]);
    check("[{title: A}, {title: B}]", &["3:3 D010 only the last section may go without `items`"]);
    check("[{items: 5}]", &["3:14 D009 a section needs `title`"]);
    check("[{title: A, items: 0}]", &["3:32 D010 `items` is a whole number from 1 to 20000, not `0`"]);
    check("[{title: A, domains: [x]}]", &["3:3 D010 the deck has no domain `x`"]);
    check("[{title: A, items: 5, domains: [all]}]", &["3:14 D017 a section has `items` or `domains`, not both"]);
    check("[{title: A, item: 5}]", &["3:25 D007 unknown key `item` in a section"]);
}

/// A question that is sound but for what is added to it, on line 2 from column 3 on.
#[track_caller]
fn check_question(added: &str, expected: &[&str]) {
    check(&format!("questions:\n- {added}\n  stem: Is it?\n  right: yes\n  wrong: [no]\n"), expected);
}

#[track_caller]
fn check_choices(choices: &str, expected: &[&str]) {
    check(&format!("questions:\n- stem: Is it?\n  {choices}\n"), expected);
}

#[test]
fn a_sound_deck_gives_no_warning() {
    check_header("", &[]);
    check_question("id: a", &[]);
}

#[test]
fn a_deck_needs_questions() {
    check("", &["1:1 D009 the file is empty"]);
    check("# only a remark\n", &["1:1 D009 the file is empty"]);
    check("title: None here\n", &["1:1 D022 the deck has no questions"]);
    check("questions: []\n", &["1:1 D022 the deck has no questions"]);
    check("questions: none\n", &["1:1 D008 `questions` is a list, not text"]);
    check("- stem: Is it?\n", &["1:1 D008 a deck file holds keys and values, not a list"]);
    check_files(&[], &["1:1 D022 the deck has no questions"]);
}

#[test]
fn unknown_keys_are_errors_on_every_level() {
    check_header("titel: x", &["1:1 D007 unknown key `titel` in a deck"]);
    check_header("guide: {as-of: 2026-10-04}", &["1:9 D007 unknown key `as-of` in `guide`"]);
    check_header("exam: {items: 1, minute: 3}", &["1:18 D007 unknown key `minute` in `exam`"]);
    check_header("exam: {items: {scored: 1, pretest: 3}}", &["1:27 D007 unknown key `pretest` in `items`"]);
    check_header("domains: [{id: all, wieght: 1}]", &["1:21 D007 unknown key `wieght` in a domain"]);
    check_question("stm: x", &["2:3 D007 unknown key `stm` in a question"]);
    check_choices("choices: [{txt: a}, {text: b, correct: true}]", &["3:14 D007 unknown key `txt` in a choice"]);
    check("questions:\n- {stm: x, right: yes, wrong: [no]}\n", &["2:4 D007 unknown key `stm` in a question"]);
    check("questions:\n- {front: a, back: b, why: c}\n", &["2:23 D007 unknown key `why` in a flashcard"]);
}

#[test]
fn keys_may_stand_once() {
    check(
        "title: a\ntitle: b\nquestions:\n- {front: a, back: b}\n",
        &["2:1 D006 the key `title` stands here a second time"],
    );
    check_question("id: a\n  id: b", &["3:3 D006 the key `id` stands here a second time"]);
    let many = many(40, |n| format!("    k{}: 0.{n}\n", n % 39));
    let yaml = with_header(&format!("exam:\n  items: 1\n  levels:\n{many}"));
    assert!(
        said(&source(yaml.as_str()), &read_deck(&source(yaml.as_str())), Severity::Error)
            .contains(&"43:5 D006 the key `k0` stands here a second time".to_owned())
    );
}

#[test]
fn a_key_needs_a_value() {
    check_header("title:", &["1:1 D009 `title` has no value"]);
    check_header("title: ''", &["1:8 D009 `title` is empty"]);
    check_question("concept:", &["2:3 D009 `concept` has no value"]);
    check_choices("choices: [{text: a, correct: true}, {text: b, why: }]", &["3:49 D009 `why` has no value"]);
    check_choices("choices:\n  - {text: a, correct: true}\n  - b\n  -", &["6:4 D009 an entry of `choices` is empty"]);
}

#[test]
fn values_have_their_shape() {
    check_header("title: [a]", &["1:8 D008 `title` is text, not a list"]);
    check_header("guide: new", &["1:8 D008 `guide` is a mapping, not text"]);
    check_header("domains: {id: a}", &["1:10 D008 `domains` is a list, not a mapping"]);
    check("questions:\n- just a line\n", &["2:3 D008 an entry of `questions` is a mapping, not text"]);
    check_choices("choices: a", &["3:12 D008 `choices` is a list, not text"]);
    check("questions:\n- {stem: {S3}, right: a, wrong: [b]}\n", &["2:10 D008 `stem` is text, not a mapping"]);
}

#[test]
fn values_are_checked() {
    check_header("cutscore: 2", &["1:11 D011 the deck is written for another version of the format"]);
    check_header("guide: {as_of: October}", &["1:16 D010 `as_of` is a date such as 2026-10-04, not `October`"]);
    check_header("exam: {items: 0}", &["1:15 D010 `items` is a whole number from 1 to 10000, not `0`"]);
    check_header("exam: {items: {scored: 0}}", &["1:15 D010 an exam has at least one item"]);
    check_header(
        "exam: {minutes: 1.5, items: 1}",
        &["1:17 D010 `minutes` is a whole number from 1 to 10080, not `1.5`"],
    );
    check_header("exam: {minutes: 90}", &["1:1 D009 `exam` needs `items`"]);
    check_header(
        "exam: {items: 1, cut: 70}",
        &["1:23 D010 `cut` is a share between 0 and 1, for example 0.70, not `70`"],
    );
    check_header(
        "exam: {items: 1, cut: .nan}",
        &["1:23 D010 `cut` is a share between 0 and 1, for example 0.70, not `.nan`"],
    );
    check_header(
        "exam: {items: 1, scale: {min: 100, cut: 50, max: 200}}",
        &["1:25 D010 a scale needs min < cut < max, not 100, 50, 200"],
    );
    check_header(
        "exam: {items: 1, levels: {Good: 0.5}}",
        &["1:18 D010 levels need one that starts at 0 and no two that start at the same share"],
    );
    check_header("exam: {items: 1, guessing: some}", &["1:28 D010 `some` is no value of `guessing`"]);
    check_header("exam: {items: 1, retake: {fee: 5 EUR}}", &["1:18 D009 `retake` needs `wait_days`"]);
    check_header(
        "domains: [{id: all, weight: 30%}]",
        &["1:29 D010 `weight` is a number from 0 to 1000000, or a range in percent such as 25-30, not `30%`"],
    );
    check_header(
        "domains: [{id: all, weight: 1e400}]",
        &["1:29 D010 `weight` is a number from 0 to 1000000, or a range in percent such as 25-30, not `1e400`"],
    );
    check_question("skill: think", &["2:10 D010 `think` is no value of `skill`"]);
    check_question("shuffle: no", &["2:12 D010 `shuffle` is `true` or `false`, not `no`"]);
}

#[test]
fn a_difficulty_is_a_word_a_level_or_a_finite_number() {
    check_question("difficulty: meduim", &["2:15 D010 `meduim` is no value of `difficulty`"]);
    check_question("difficulty: .nan", &["2:15 D010 `.nan` is no value of `difficulty`"]);
    check_question("difficulty: nan", &["2:15 D010 `nan` is no value of `difficulty`"]);
    check_question("difficulty: 1e400", &["2:15 D010 `1e400` is no value of `difficulty`"]);
    check_question("difficulty: -9.5", &["2:15 D019 a difficulty of -9.5 logits is taken as -8"]);
    check_question("difficulty: 2\n  angoff: 0.6", &["2:3 D017 an item has either `difficulty` or `angoff`"]);
    check_question("angoff: 0.5", &["2:11 D010 an `angoff` of 0.5 is no better than guessing, which gives 0.50"]);
    check_question("angoff: 0.51", &[]);
    check_question("angoff: 65", &["2:11 D010 `angoff` is a share between 0 and 1, for example 0.65, not `65`"]);
    let no_guessing = "exam: {items: 1, guessing: none}\nquestions:\n- {stem: x, right: a, wrong: [b], angoff: 0.4}\n";
    check(no_guessing, &[]);
}

#[test]
fn ids_are_short_words_that_stand_once() {
    check_question(
        "id: two words",
        &["2:7 D012 `id` `two words` is no id: an id is made of letters, digits and `-` `_` `.` `:` `/` `+`, not ' '"],
    );
    let twice = "questions:\n- {id: a, front: x, back: y}\n- {id: a, front: z, back: y}\n";
    check(twice, &["3:8 D013 there is another item `a`"]);
    let reading = read_deck(&source(twice));
    assert_eq!(reading.findings[0].help, "the first is at my.yaml:2:8; rename one of them");
    assert_eq!(reading.findings[0].item.as_deref(), Some("a"));
    check(
        "questions:\n- {front: x, back: y}\n- {front: x, back: y}\n",
        &["3:3 D013 an item with the same question and key stands in the deck already"],
    );
    check_header("domains: [{id: a}, {id: a}]\ndomain: a", &["1:25 D013 there are two domains `a`"]);
    let tasks = "domains: [{id: a, tasks: [{id: '1'}, {id: '1'}]}]\ntask: 1";
    check_header(tasks, &["1:43 D013 there are two tasks `1`"]);
}

const OUTLINE: &str = "domains: [{id: design, tasks: [{id: '1.1'}]}, {id: billing, tasks: [{id: '2.1'}]}]";

#[test]
fn names_are_looked_up() {
    let check = |rest: &str, expected: &[&str]| check(&format!("{OUTLINE}\n{rest}"), expected);
    let uncovered = "1:74 D302 task `2.1` (2.1) has no item";
    check("questions:\n- {front: a, back: b, task: 1.1}\n", &[uncovered]);
    check("questions:\n- {front: a, back: b, task: '1.2'}\n", &["3:29 D014 there is no task `1.2`"]);
    check("questions:\n- {front: a, back: b, domain: biling}\n", &["3:31 D014 there is no domain `biling`"]);
    check("questions:\n- {front: a, back: b}\n", &["3:3 D009 the item belongs to no domain"]);
    check(
        "questions:\n- {front: a, back: b, task: '1.1', domain: billing}\n",
        &["3:29 D017 task `1.1` belongs to domain `design`"],
    );
    check("task: '3.1'\nquestions:\n- {front: a, back: b}\n", &["2:7 D014 there is no task `3.1`"]);
    check(
        "questions:\n- {front: a, back: b, task: '1.1'}\ntask: 1.1\ndomain: billing\n",
        &["4:7 D017 task `1.1` belongs to domain `design`"],
    );
}

#[test]
fn an_undeclared_task_is_unknown_in_a_deck_without_domains() {
    check_question("task: '1.1'", &["2:9 D014 there is no task `1.1`"]);
}

#[test]
fn forms_name_questions_of_the_deck_once() {
    let card = "- {id: card, front: x, back: y}\n";
    let check = |header: &str, expected: &[&str]| check(&(with_header(header) + card), expected);
    check("forms: {A: [a]}", &[]);
    check("forms: {A: []}", &["1:9 D009 a form has at least one item"]);
    check("forms: {A: [a, a]}", &["1:16 D010 item `a` stands in the form twice"]);
    check("forms: {A: [b]}", &["1:13 D014 there is no item `b`"]);
    check("forms: {A: [card]}", &["1:13 D010 item `card` is a flashcard"]);
    check("exam: {items: 1, reference_form: [b]}", &["1:35 D014 there is no item `b`"]);
}

#[test]
fn choices_and_keys_are_counted() {
    check_choices("choices: [{text: a, correct: true}]", &["2:3 D016 a question has 2 to 26 choices, not 1"]);
    check_choices("choices: [a, b]", &["2:3 D015 no choice is marked as right"]);
    check_choices(
        "choices: [{text: a, correct: true}, {text: b, correct: true}]",
        &["2:3 D015 every choice is marked as right"],
    );
    let many = format!("right: a\n  wrong: [{}]", (0..26).map(|n| format!("w{n}")).collect::<Vec<_>>().join(", "));
    check_choices(&many, &["2:3 D016 a question has 2 to 26 choices, not 27"]);
    check_question("choose: 1", &[]);
    check_question("choose: 2", &["2:11 D015 `choose` says 2, but 1 choice is marked as right"]);
}

#[test]
fn an_item_is_a_question_or_a_flashcard() {
    check("questions:\n- {id: a}\n", &["2:3 D009 an item is a question or a flashcard"]);
    check("questions:\n- {stem: a}\n", &["2:3 D009 a question needs choices"]);
    check("questions:\n- {right: a, wrong: [b]}\n", &["2:3 D009 a question needs `stem`"]);
    check("questions:\n- {stem: a, right: b}\n", &["2:13 D009 `right` needs `wrong`"]);
    check("questions:\n- {front: a}\n", &["2:3 D009 a flashcard needs `back`"]);
    check_choices(
        "choices: [{text: a, correct: true}, b]\n  right: a",
        &["4:3 D017 `right` and `choices` exclude each other"],
    );
    check_choices(
        "choices: [{text: a, correct: true}, b]\n  why: c",
        &["4:3 D017 `why` and `choices` exclude each other"],
    );
    check_choices("choices: [{correct: true}, b]", &["3:13 D009 a choice needs `text`"]);
    check(
        "questions:\n- {stem: x, right: a, wrong: [b], shuffle: false}\n",
        &["2:44 D023 without shuffling, the right answer of the short form always comes first"],
    );
}

#[test]
fn syntax_errors_are_explained_where_they_stand() {
    check("questions:\n- stem: 'Is it?\n", &["3:1 D003 text in quotation marks began above and is not closed"]);
    check("questions:\n- stem: Which: this?\n", &["2:14 D003 a colon and a blank stand inside plain text"]);
    check("questions:\n- stem: a\n\tright: b\n", &["2:9 D003 a tab stands in this text or after it"]);
    check("questions:\n- {stem: a, right: b\n", &["2:3 D003 the bracket `{` is not closed"]);
    check("questions: [a}\n", &["1:12 D003 the bracket `[` is closed by `}`"]);
    check("questions:\n- stem: 'it's'\n", &["2:13 D003 text goes on after its closing quotation mark"]);
    check("questions:\n- stem: \"\\d\"\n", &["2:9 D003 a backslash begins an escape that YAML does not know"]);
    check("questions: - stem: a\n", &["1:12 D003 a list cannot begin here"]);
    check("title: a\nauthors: [a]]\n", &["2:13 D003 this bracket closes nothing"]);
    check("questions:\n- stem: * one\n", &["2:9 D003 plain text cannot begin with `*` or `&`"]);
    check("questions:\n- {stem: a b: c}\n", &["2:13 D003 a comma or the closing bracket is missing before this"]);
    check("questions:\n- stem: @home\n", &["2:9 D003 plain text cannot begin with '@'"]);
    check(
        "questions:\n  - stem: a\n    right: b\n   wrong: [c]\n",
        &["4:4 D003 this line does not fit the lines above it"],
    );
}

#[test]
fn only_plain_yaml_is_read() {
    let a = "stem: a, right: b, wrong: [c]";
    check(&format!("questions:\n- &x {{{a}}}\n"), &["2:3 D004 a deck has no anchors"]);
    check(&format!("questions:\n- {{{a}}}\n- *x\n"), &["3:3 D004 a deck has no aliases"]);
    check(
        &format!("questions:\n- {{<<: *x, {a}}}\n"),
        &["2:4 D004 a deck has no merge keys", "2:8 D004 a deck has no aliases"],
    );
    check(&format!("questions:\n- !q {{{a}}}\n"), &["2:3 D004 a deck has no tags"]);
    check("title: !!str x\nquestions:\n- {front: a, back: b}\n", &["1:8 D004 a deck has no tags"]);
    check(&format!("questions:\n- {{{a}}}\n---\nquestions: []\n"), &["3:1 D004 a deck file is one document"]);
    check("%YAML 1.2\n---\nquestions: []\n", &["1:1 D004 a deck has no YAML directives"]);
    check(&format!("questions:\n- {{{a}, [x]: y}}\n"), &["2:35 D008 a key is a word, not a list"]);
}

#[test]
fn every_problem_of_every_file_is_found_in_one_pass() {
    let sources = [
        file("deck.yaml", "titel: x\ndomains: [{id: design}, {id: billing}]\n"),
        file("a.yaml", "domain: desing\nquestions:\n- {front: a}\n- {front: a, back: b, skill: recal}\n"),
        file(
            "b.yaml",
            "domain: billing\nexam: {items: 1}\nquestions:\n- {stem: x, right: a, wrong: [b, b]}\n- stem: 'x\n",
        ),
        file("c.yaml", "domain: billing\nquestions:\n- {stem: y, right: a, wrong: []}\n"),
    ];
    check_files(
        &sources,
        &[
            "deck.yaml:1:1 D007 unknown key `titel` in a deck",
            "a.yaml:1:9 D014 there is no domain `desing`",
            "a.yaml:3:3 D009 a flashcard needs `back`",
            "a.yaml:4:30 D010 `recal` is no value of `skill`",
            "b.yaml:2:1 D021 `exam` describes the whole deck",
            "b.yaml:4:34 D102 this choice says the same as an earlier one",
            "b.yaml:6:1 D003 text in quotation marks began above and is not closed",
            "c.yaml:3:3 D016 a question has 2 to 26 choices, not 1",
        ]
        .map(|line| line.strip_prefix("deck.yaml:").unwrap_or(line)),
    );
}

#[test]
fn a_broken_first_file_does_not_make_the_names_in_others_wrong() {
    let sources = [
        file("deck.yaml", "title: 'x\ndomains: [{id: design}]\n"),
        file("a.yaml", "domain: design\nquestions:\n- {front: a, back: b}\n"),
    ];
    check_files(&sources, &["2:1 D003 text in quotation marks began above and is not closed"]);
}

#[test]
fn no_more_than_a_hundred_errors_are_listed_and_all_are_counted() {
    let questions = many(250, |n| format!("- {{id: i{n}, front: a, bak: b}}\n"));
    let reading = read_deck(&source(format!("questions:\n{questions}")));
    assert_eq!((reading.findings.len(), reading.counts.n_errors), (100, 500));
}

#[test]
fn measured_difficulties_are_of_items_that_the_deck_has() {
    let stale = "1:16 D024 there is no item `b`, so its difficulty counts for nothing";
    check_header("difficulties: {b: {logits: 1}}", &[stale]);
    check_header("difficulties: {a: {error: 1}}", &["1:19 D009 a measured difficulty needs `logits`"]);
    check_header("difficulties: {a: 1.5}", &["1:19 D008 `difficulties` is a mapping, not text"]);
    check_header("difficulties: {a: {logits: .nan}}", &["1:28 D010 `logits` is a number from -8 to 8, not `.nan`"]);
    check_header(
        "difficulties: {a b: {logits: 1}}",
        &["1:16 D012 `a b` is no id: an id is made of letters, digits and `-` `_` `.` `:` `/` `+`, not ' '"],
    );
    let twice = [
        file("deck.yaml", with_header("difficulties: {a: {logits: 1}}")),
        file("m.yaml", "difficulties: {a: {logits: 2}}\n"),
    ];
    check_files(&twice, &["m.yaml:1:16 D017 item `a` has two measured difficulties"]);
}

#[test]
fn helps_name_what_was_meant() {
    let check = |yaml: &str, expected: &str| {
        let reading = read_deck(&source(yaml));
        assert_eq!(reading.findings.first().map(|finding| finding.help.as_str()), Some(expected), "{yaml}");
    };
    check(&with_header("titel: x"), "did you mean `title`?");
    check("questions:\n- {id: a, stm: x, right: yes, wrong: [no]}\n", "did you mean `stem`?");
    check("questions:\n- {id: a, front: x, back: y, dificulty: 1}\n", "did you mean `difficulty`?");
    check("questions:\n- {id: a, front: x, back: y, skill: recal}\n", "did you mean `recall`?");
    check("questions:\n- {id: a, front: x, back: y, skill: deep}\n", "write `recall`, `compare`, `scenario`");
    check(
        "domains: [{id: security}]\nquestions:\n- {id: a, front: x, back: y, domain: securty}\n",
        "did you mean `security`?",
    );
    check(&with_header("forms: {A: [b]}"), "did you mean `a`?");
    check(&with_header("difficulties: {aa: {logits: 1}}"), "did you mean `a`?");
}

#[test]
fn what_a_programme_cannot_be_is_said() {
    check_header(
        "domains: [{id: all, weight: 30-25}]",
        &["1:29 D010 `weight` is a number from 0 to 1000000, or a range in percent such as 25-30, not `30-25`"],
    );
    check_header("exam: {items: 1, scale: stars}", &["1:25 D010 `stars` is no value of `scale`"]);
    check_header("exam: {items: 1, credit: some}", &["1:26 D010 `some` is no value of `credit`"]);
    check_header(
        "exam: {items: 1, decision: {total: false}}",
        &["1:18 D010 a decision needs the total, or minimums above 0, or both"],
    );
    check_header(
        "exam: {items: 1, decision: {domains: 0}}",
        &["1:38 D010 `domains` is a share above 0, or domains with such shares, not `0`"],
    );
    check_header("exam: {items: 1, decision: {domains: {nowhere: 0.5}}}", &["1:39 D014 there is no domain `nowhere`"]);
}

#[test]
fn ranges_that_cannot_be_kept_and_minimums_that_nobody_meets_are_said() {
    check_header(
        "domains: [{id: all, weight: 25-30}]",
        &["1:16 D303 the weights sum to between 25 and 30, so no form can keep all ranges"],
    );
    check_header(
        "domains: [{id: all}, {id: b, weight: 0}]\ndomain: all\nexam: {items: 1, decision: {domains: 0.5}}",
        &["1:27 D304 the domain has a minimum, but no scored item of a form is on it"],
    );
}
