//! What a deck says is what the reader understands.

use std::path::Path;

use super::{deck_of, file, said, source};
use crate::deck::{
    Choice, CreditRule, Deck, Difficulty, Effort, Guessing, Item, ItemBody, ItemKind, Levels, Measurement, Scale,
    Severity, ShuffleChoices, Skill, TotalRule, Weight,
};
use crate::format::{load_sources, read_deck};

fn only_item(yaml: &str) -> Item {
    let mut deck = deck_of(&source(yaml));
    assert_eq!(deck.items.len(), 1);
    deck.items.remove(0)
}

/// The choices of the only question, each as `*text` if right, with its rationale after ` / `.
fn choices(item: &Item) -> Vec<String> {
    let ItemBody::Question(question) = &item.body else { panic!("no question") };
    let shown = |choice: &Choice| {
        let star = if choice.is_key { "*" } else { "" };
        let why = choice.why.as_ref().map(|why| format!(" / {why}")).unwrap_or_default();
        format!("{star}{}{why}", choice.text)
    };
    question.choices().iter().map(shown).collect()
}

#[track_caller]
fn check_choices(question: &str, expected: &[&str]) {
    assert_eq!(choices(&only_item(&format!("questions:\n- stem: Which?\n  {question}\n"))), expected);
}

#[test]
fn six_lines_are_a_deck() {
    let deck = deck_of(&[file("kitchen/knives.yaml", "questions:\n- {stem: Which?, right: this, wrong: [that]}\n")]);
    assert_eq!((deck.outline.id.as_str(), deck.outline.title.as_str()), ("knives", "knives"));
    assert_eq!(deck.outline.exam, None);
    let domains: Vec<_> =
        deck.outline.domains.iter().map(|domain| (domain.id.as_str(), domain.title.as_str())).collect();
    assert_eq!(domains, [("all", "knives")]);
    let facts = &deck.items[0].facts;
    assert_eq!(facts.concept.as_str(), facts.id.as_str());
    assert_eq!((facts.difficulty, facts.skill, &facts.task), (None, None, &None));
}

#[test]
fn a_deck_without_id_is_named_after_its_file_or_folder() {
    let check = |name: &str, expected: &str| {
        let deck = deck_of(&[file(name, "questions:\n- {front: a, back: b}\n")]);
        assert_eq!(deck.outline.id.as_str(), expected);
    };
    check("my deck (v2).yaml", "my-deck-v2");
    check("decks/knots/deck.yaml", "knots");
    check("deck.yaml", "deck");
    check("???.yaml", "deck");
    check(&format!("{}.yaml", "x".repeat(300)), &"x".repeat(96));
}

#[test]
fn choices_come_in_two_forms() {
    check_choices("right: S3\n  wrong: [EBS, EFS]", &["*S3", "EBS", "EFS"]);
    check_choices("right: S3\n  why: It holds objects.\n  wrong: EBS", &["*S3 / It holds objects.", "EBS"]);
    check_choices("right: [a, b]\n  wrong: [c]\n  choose: 2", &["*a", "*b", "c"]);
    check_choices("choices: [{text: a, why: A.}, {text: b, correct: true}, c]", &["a / A.", "*b", "c"]);
    check_choices("choices: [{text: a, correct: false}, {text: b, correct: true}]", &["a", "*b"]);
}

#[test]
fn choices_stay_as_they_are_written() {
    check_choices(
        "right: 10\n  wrong: [no, 3.10, null, true, 012, 1_000, 12:30, 0o7, 1e3, ~, '', y]"
            .replace("'', ", "")
            .as_str(),
        &["*10", "no", "3.10", "null", "true", "012", "1_000", "12:30", "0o7", "1e3", "~", "y"],
    );
    check_choices("choices:\n  - {text: 3.10, correct: true}\n  - 3.1\n  - no", &["*3.10", "3.1", "no"]);
}

#[test]
fn text_keeps_its_lines_but_not_the_blank_space_around_it() {
    let item = only_item("questions:\n- front: |\n    one\n      two\n\n  back: >-\n    a\n    b\n");
    let ItemBody::Flashcard(card) = &item.body else { panic!("no flashcard") };
    assert_eq!((card.front.as_str(), card.back.as_str()), ("one\n  two", "a b"));
}

#[test]
fn a_byte_order_mark_and_carriage_returns_change_nothing() {
    let plain = "title: Größe\nquestions:\n- front: |\n    one\n    two\n  back: b\n";
    let expected = deck_of(&source(plain));
    assert_eq!(deck_of(&source(format!("\u{feff}{plain}"))), expected);
    assert_eq!(deck_of(&source(plain.replace('\n', "\r\n"))), expected);
}

#[track_caller]
fn check_difficulty(difficulty: &str, expected: Difficulty) {
    let item = only_item(&format!("questions:\n- {{stem: x, right: a, wrong: [b], {difficulty}}}\n"));
    assert_eq!(item.facts.difficulty, Some(expected));
}

#[test]
fn a_level_is_an_integer_and_logits_have_a_point() {
    check_difficulty("difficulty: easy", Difficulty::Effort(Effort::Easy));
    check_difficulty("difficulty: 2", Difficulty::Level(2));
    check_difficulty("difficulty: 2.0", Difficulty::Logits(2.0));
    check_difficulty("difficulty: 0", Difficulty::Logits(0.0));
    check_difficulty("difficulty: -1", Difficulty::Logits(-1.0));
    check_difficulty("difficulty: 6", Difficulty::Logits(6.0));
    check_difficulty("difficulty: .35", Difficulty::Logits(0.35));
    check_difficulty("difficulty: 40", Difficulty::Logits(8.0));
    check_difficulty("angoff: 0.75", Difficulty::Angoff(crate::base::Share::new(0.75).expect("a share")));
}

#[test]
fn what_was_measured_comes_before_what_authors_say() {
    let questions = "questions:\n- {id: a, stem: x, right: a, wrong: [b], difficulty: easy}\n\
                     - {id: b, stem: y, right: a, wrong: [b], angoff: 0.7}\n- {id: c, stem: z, right: a, wrong: [b]}\n";
    let overlay = "difficulties:\n  a: {logits: 1, error: 0.2}\n  b: {logits: -0.5}\n";
    let measured = |logits, error| Some(Difficulty::Measured(Measurement { logits, error }));
    let expected = [measured(1.0, 0.2), measured(-0.5, 0.0), Some(Difficulty::Effort(Effort::Hard))];
    let difficulties =
        |deck: Deck| deck.items.into_iter().map(|item| item.facts.difficulty).collect::<Vec<Option<Difficulty>>>();
    let beside = [file("deck.yaml", format!("difficulty: hard\n{questions}")), file("measured.yaml", overlay)];
    assert_eq!(difficulties(deck_of(&beside)), expected);
    let inside = source(format!("difficulty: hard\n{overlay}{questions}"));
    assert_eq!(difficulties(deck_of(&inside)), expected);
}

#[test]
fn kinds_follow_from_the_keys() {
    let check = |entry: &str, expected: ItemKind| {
        assert_eq!(only_item(&format!("questions:\n- {entry}\n")).facts.kind, expected);
    };
    check("{stem: x, right: a, wrong: [b, c, d]}", ItemKind::MultipleChoice { n_choices: 4 });
    check("{stem: x, right: [a, b], wrong: [c]}", ItemKind::MultipleResponse { n_choices: 3, n_keys: 2 });
    check("{front: a, back: b}", ItemKind::Flashcard);
}

/// Pins the derived ids: a change of the recipe would part learners from their history.
#[test]
fn an_item_without_id_is_named_after_stem_and_key() {
    let id = |entry: &str| only_item(&format!("questions:\n- {entry}\n")).facts.id.to_string();
    let first = id("{stem: Which?, right: this, wrong: [that]}");
    assert_eq!(first, "q-8295983637ad");
    assert_eq!(id("{stem: Which?, wrong: [other, more], right: this, why: Because., skill: recall}"), first);
    assert_ne!(id("{stem: Which?, right: that, wrong: [this]}"), first);
    assert_eq!(id("{stem: Which?, right: [a, b], wrong: [c]}"), id("{stem: Which?, right: [b, a], wrong: [c]}"),);
}

#[test]
fn missing_ids_are_advised_once() {
    let sources = source("questions:\n- {front: a, back: b}\n- {front: c, back: d}\n");
    let reading = read_deck(&sources);
    assert_eq!(said(&sources, &reading, Severity::Advice), ["2:3 D020 2 items have no `id`, this is the first"]);
}

const OUTLINE: &str = "domains: [{id: d1, weight: 30, tasks: [{id: t1}]}, {id: d2, tasks: [{id: t2}, {id: t3}]}]\n";

#[track_caller]
fn check_place(file_keys: &str, item_keys: &str, expected: (&str, Option<&str>)) {
    let sources = [
        file("deck.yaml", OUTLINE),
        file("a.yaml", format!("questions:\n- {{front: a, back: b{item_keys}}}\n{file_keys}\n")),
    ];
    let deck = deck_of(&sources);
    let facts = &deck.items[0].facts;
    let domain = deck.outline.domains[facts.domain_idx].id.as_str();
    assert_eq!((domain, facts.task.as_ref().map(crate::base::TaskId::as_str)), expected);
}

#[test]
fn an_item_beats_its_file_and_a_task_implies_its_domain() {
    check_place("", ", task: t2", ("d2", Some("t2")));
    check_place("", ", domain: d2", ("d2", None));
    check_place("task: t1", "", ("d1", Some("t1")));
    check_place("domain: d2", "", ("d2", None));
    check_place("task: t1", ", task: t3", ("d2", Some("t3")));
    check_place("task: t1", ", domain: d2", ("d2", None));
    check_place("task: t3", ", domain: d2", ("d2", Some("t3")));
    check_place("domain: d1", ", task: t3", ("d2", Some("t3")));
}

#[test]
fn a_file_sets_difficulty_and_skill_once() {
    let sources = [
        file("deck.yaml", "questions:\n- {id: a, front: a, back: b}\n"),
        file(
            "b.yaml",
            "difficulty: hard\nskill: recall\ntags: [x]\nquestions:\n- {id: b, front: a, back: c}\n- {id: c, front: a, back: d, difficulty: 1, skill: compare}\n",
        ),
    ];
    let items = deck_of(&sources).items;
    let said: Vec<_> = items.iter().map(|item| (item.facts.difficulty, item.facts.skill)).collect();
    assert_eq!(
        said,
        [
            (None, None),
            (Some(Difficulty::Effort(Effort::Hard)), Some(Skill::Recall)),
            (Some(Difficulty::Level(1)), Some(Skill::Compare)),
        ]
    );
}

fn exam_deck(exam: &str) -> Deck {
    deck_of(&source(format!("exam: {exam}\nquestions:\n- {{id: a, stem: x, right: a, wrong: [b], shuffle: false}}\n")))
}

#[test]
fn an_exam_has_defaults_for_all_but_its_items() {
    let exam = exam_deck("{items: 20}").outline.exam.expect("an exam");
    assert_eq!((exam.minutes, exam.n_scored, exam.n_unscored), (None, 20, 0));
    assert_eq!((exam.scale, exam.levels, exam.guessing), (Scale::default(), Levels::default(), Guessing::ByChoices));
    assert!((exam.cut.value() - 0.7).abs() < 1e-12 && exam.retake.is_none() && exam.reference_form.is_none());
}

#[test]
fn an_exam_says_what_it_says() {
    let deck = exam_deck(
        "{minutes: 90, items: {scored: 50, unscored: 15}, scale: {min: 0, cut: 60, max: 100}, cut: 0.6, \
         levels: {High: 0.7, Low: 0}, retake: {wait_days: 14, fee: 100 USD}, guessing: 0.2, reference_form: [a]}",
    );
    let exam = deck.outline.exam.expect("an exam");
    assert_eq!((exam.minutes, exam.n_scored, exam.n_unscored), (Some(90), 50, 15));
    assert_eq!(Ok(exam.scale), Scale::new(0, 60, 100));
    assert_eq!(exam.levels.all().iter().map(|level| level.label.as_str()).collect::<Vec<_>>(), ["Low", "High"]);
    assert_eq!(exam.retake.and_then(|retake| retake.fee).as_deref(), Some("100 USD"));
    assert!(matches!(exam.guessing, Guessing::Fixed(share) if (share.value() - 0.2).abs() < 1e-12));
    assert_eq!(exam.reference_form.map(|ids| ids.len()), Some(1));
    let ItemBody::Question(question) = &deck.items[0].body else { panic!("no question") };
    assert_eq!(question.shuffle(), ShuffleChoices::No);
}

#[track_caller]
fn check_scale(scale: &str, expected: Scale) {
    assert_eq!(
        exam_deck(&format!("{{items: 20, scale: {scale}}}")).outline.exam.map(|exam| exam.scale),
        Some(expected)
    );
}

#[test]
fn a_scale_may_be_a_word() {
    check_scale("percent", Scale::Percent);
    check_scale("points", Scale::Points);
    check_scale("{min: 100, cut: 700, max: 1000}", Scale::default());
}

/// A deck of three domains with this decision: whether the total decides, and the minimum of each domain.
fn decision_of(decision: &str) -> (TotalRule, Vec<Option<f64>>) {
    let text = format!(
        "exam: {{items: 3, decision: {decision}}}\ndomains: [{{id: d1}}, {{id: d2}}, {{id: d3}}]\n\
         questions:\n- {{id: a, domain: d1, stem: x, right: a, wrong: [b]}}\n"
    );
    let decision = deck_of(&source(text)).outline.exam.expect("an exam").decision;
    let minimum = |domain_idx: usize| decision.minimums().get(&domain_idx).map(|share| share.value());
    (decision.total(), (0..3).map(minimum).collect())
}

#[test]
fn a_decision_is_the_total_or_minimums_or_both() {
    assert_eq!(decision_of("{total: true}"), (TotalRule::Decides, vec![None; 3]));
    assert_eq!(decision_of("{domains: 0.5}"), (TotalRule::Decides, vec![Some(0.5); 3]));
    let named = vec![Some(1.0), None, Some(0.4)];
    assert_eq!(decision_of("{total: false, domains: {d3: 0.4, d1: 1}}"), (TotalRule::DecidesNothing, named));
}

#[test]
fn credit_and_ranges_of_weights_say_what_they_say() {
    let credit = |text: &str| exam_deck(text).outline.exam.map(|exam| exam.credit);
    assert_eq!(credit("{items: 20, credit: per-choice}"), Some(CreditRule::PerChoice));
    assert_eq!(credit("{items: 20}"), Some(CreditRule::AllOrNothing));
    let text = "domains: [{id: d1, weight: 25-30}, {id: d2, weight: 70}]\n\
                questions:\n- {id: a, domain: d1, stem: x, right: a, wrong: [b]}\n";
    let weights = deck_of(&source(text)).outline.weights();
    assert_eq!(Ok(weights[0]), Weight::range(25.0, 30.0));
    assert_eq!(weights[1], Weight::exact(70.0));
}

#[test]
fn every_example_reads_without_error_or_warning() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("decks/examples");
    let mut n_decks = 0;
    for entry in std::fs::read_dir(folder).expect("the folder of examples") {
        let sources = load_sources(&entry.expect("an entry").path()).expect("an example");
        let reading = read_deck(&sources);
        assert_eq!(said(&sources, &reading, Severity::Warning), Vec::<String>::new());
        n_decks += 1;
    }
    assert!(n_decks >= 7);
}

#[test]
fn every_deck_in_the_manual_reads_without_error() {
    let manual = include_str!("../../../docs/deck-format.md");
    let decks: Vec<&str> = manual.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(decks.len(), 21);
    for yaml in decks {
        deck_of(&source(yaml));
    }
}
