//! A full mock of the deck that comes with the program, sat over pipes.

use cutscore::deck::ItemBody;
use cutscore::format::{embedded_deck, read_deck};
use serde_json::Value;

use crate::support::{DrawnForm, Learner, Said};

const SEVEN: &str = "exam --plain --seed 7 --now 2027-02-01T09:00";
const DOMAINS: [(&str, usize, usize); 4] =
    [("concepts", 12, 4), ("security", 15, 4), ("technology", 17, 5), ("billing", 6, 2)];

fn a_65_times() -> String {
    "a\n".repeat(65)
}

/// Rounds half up, as reports do.
fn whole(value: &Value) -> String {
    format!("{:.0}", (value.as_f64().expect("a number") + 0.5).floor())
}

#[test]
fn sixty_five_piped_answers_give_a_full_report() {
    let said = Learner::new().feed(SEVEN, &a_65_times()).done();
    assert_eq!(said.err, "");
    assert_eq!(said.out.matches("\nQuestion ").count(), 65);
    for words in ["Sitting 1, mock exam, 2027-02-01 09:00", "FAIL   scaled score", "You needed", "of 50 on this form"] {
        assert!(said.out.contains(words), "`{words}` is not in: {}", said.out);
    }
    assert!(said.out.contains("15 more did not count."));
}

#[test]
fn the_report_says_the_same_numbers_as_text_and_as_json() {
    let (by_text, by_json) = (Learner::new(), Learner::new());
    let text = by_text.feed(SEVEN, &a_65_times()).done().out;
    let json = by_json.json(SEVEN, &a_65_times());
    let score = &json["score"];
    let mut expected = vec![
        format!("scaled score {} (scale 100 to 1000, 700 passes)", score["scaled"]),
        format!("likely {} to {} (68 %)", whole(&score["band"][0]), whole(&score["band"][1])),
        format!("almost surely {} to {} (95 %)", whole(&score["band95"][0]), whole(&score["band95"][1])),
        format!("You needed {} of 50 on this form and got {}.", score["raw_needed"], score["raw"]),
        format!("brings back the {} missed or doubted", json["n_to_drill"]),
    ];
    let domains = json["domains"].as_array().expect("domains");
    for domain in domains {
        let row = text.lines().find(|line| line.trim_start().starts_with(domain["title"].as_str().expect("a title")));
        let row = row.expect("a row for each domain");
        assert!(row.contains(&format!("{} of {}", domain["right"], domain["n"])), "{row}");
        expected.push(domain["level_words"].as_str().expect("words").to_owned());
    }
    for words in expected {
        assert!(text.contains(&words), "`{words}` is not in: {text}");
    }
    let n_right: u64 = domains.iter().filter_map(|domain| domain["right"].as_u64()).sum();
    assert_eq!((score["raw"].as_u64(), score["n_scored"].as_u64()), (Some(n_right), Some(50)));
    assert_eq!((json["ending"].as_str(), json["schema"].as_u64()), (Some("submitted"), Some(1)));
    // What the sitting said at its end can be had again.
    assert!(text.ends_with(&by_text.say("report").done().out));
    assert_eq!(by_json.json("report 1", ""), json);
}

#[test]
fn with_json_the_conversation_stays_off_standard_output() {
    let said = Learner::new().feed(&format!("{SEVEN} --json"), &a_65_times()).done();
    assert_eq!(said.value()["n_items"], 65);
    assert_eq!(said.err.matches("\nQuestion ").count(), 65);
}

#[test]
fn a_seed_gives_the_same_form_and_another_seed_another() {
    let questions = |seed: u32| {
        let learner = Learner::new();
        let said = learner.feed(&format!("exam --seed {seed}"), &"-\n".repeat(65)).done().out;
        // The clock is no part of the form.
        let lines = said.lines().filter(|line| !line.starts_with("Question "));
        lines.take_while(|line| !line.starts_with("That was the last")).map(str::to_owned).collect::<Vec<_>>()
    };
    let seven = questions(7);
    assert_eq!(seven, questions(7));
    assert_ne!(seven, questions(8));
}

#[test]
fn the_form_is_the_blueprints_in_every_domain() {
    for seed in [7, 8, 9] {
        let form = DrawnForm::of(&format!("exam --seed {seed}"));
        let counts = DOMAINS.map(|(domain, ..)| (domain, form.n_in(domain, true), form.n_in(domain, false)));
        assert_eq!(counts, DOMAINS);
        let mut ids: Vec<&str> = form.items.iter().map(|item| item.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 65);
    }
}

#[test]
fn nothing_is_said_of_keys_reasons_and_roles_before_the_end() {
    let deck = read_deck(&embedded_deck()).deck.expect("the deck is good");
    let reasons: Vec<String> = deck
        .items
        .iter()
        .filter_map(|item| match &item.body {
            ItemBody::Question(question) => Some(question),
            ItemBody::Flashcard(_) | ItemBody::Cloze(_) => None,
        })
        .flat_map(|question| question.choices().iter().filter_map(|choice| choice.why.clone()))
        .collect();
    assert!(reasons.len() > 500);
    let tells = |said: &Said| {
        let all = said.all();
        let told = reasons.iter().find(|reason| all.contains(reason.as_str())).cloned();
        told.or_else(|| {
            ["scored question", "unscored", "[right]", "\"key\"", "\"items\""]
                .iter()
                .find(|word| all.contains(**word))
                .map(|word| (*word).to_owned())
        })
    };
    let learner = Learner::new();
    let lines = format!("{}flag\nreview\nsure\nback\nshow\ngoto 9\ntime\nhelp\n", "a\nb\n-\n".repeat(10));
    let mut said = vec![learner.feed(SEVEN, &lines).done(), learner.feed("exam --json", &lines).done()];
    for words in ["report 1", "report 1 --json", "report 1 --items", "history", "history --json", "", "--json"] {
        said.push(learner.say(words).done());
    }
    for said in said {
        assert_eq!(tells(&said), None, "in: {}", said.all());
    }
    let ended = learner.feed("exam", "submit\n").done();
    assert_eq!(tells(&ended), None, "a report tells reasons only when asked");
    let items = learner.say("report --items").done();
    assert!(tells(&items).is_some());
}

fn check_extreme(is_right: bool, scaled: u64) {
    let form = DrawnForm::of("exam --seed 7");
    let report = Learner::new().json("exam --seed 7", &form.answers(|_, _| is_right));
    assert_eq!(report["score"]["scaled"].as_u64(), Some(scaled));
    for band in ["band", "band95"] {
        let ends = [0, 1].map(|end| report["score"][band][end].as_f64().expect("a finite number"));
        assert!(100.0 <= ends[0] && ends[0] <= ends[1] && ends[1] <= 1000.0, "{ends:?}");
    }
}

#[test]
fn everything_right_is_the_top_of_the_scale_and_everything_wrong_the_bottom() {
    check_extreme(true, 1000);
    check_extreme(false, 100);
}

#[test]
fn unscored_items_do_not_move_the_score() {
    let form = DrawnForm::of("exam --seed 7");
    let score = |is_right: &dyn Fn(usize, bool) -> bool| {
        let answers = form.answers(|position, item| is_right(position, item.is_scored));
        let report = Learner::new().json("exam --seed 7", &answers);
        (report["score"].clone(), report["domains"].clone())
    };
    assert_eq!(score(&|_, is_scored| is_scored).0["scaled"], 1000);
    assert_eq!(score(&|_, is_scored| !is_scored).0["scaled"], 100);
    let usual = |position: usize| !position.is_multiple_of(3);
    let with_right = score(&|position, is_scored| !is_scored || usual(position));
    let with_wrong = score(&|position, is_scored| is_scored && usual(position));
    assert_eq!(with_right, with_wrong);
}

#[test]
fn an_exam_whose_input_ends_early_goes_on_with_every_answer_at_the_right_place() {
    let form = DrawnForm::of("exam --seed 7");
    let answers = form.answers(|_, _| true);
    let lines: Vec<&str> = answers.lines().collect();
    let learner = Learner::new();
    let first = learner.feed("exam --seed 7", &lines[..20].join("\n")).done();
    assert!(first.out.contains("Sitting 1 stays open (its clock runs, 89:"), "{}", first.out);
    assert!(!first.out.contains("scaled score"));
    assert!(learner.say("").done().out.contains("Next: cutscore exam"));

    let second = learner.feed("exam", &lines[20..40].join("\n")).done();
    assert!(second.out.starts_with("Going on with sitting 1"));
    let shown = second.out.lines().find(|line| line.starts_with("Question ")).expect("a question");
    assert!(shown.starts_with("Question 21 of 65."), "{shown}");

    let report = learner.json("exam", &lines[40..].join("\n"));
    assert_eq!((report["sitting"].as_u64(), report["score"]["raw"].as_u64()), (Some(1), Some(50)));
    assert_eq!(report["n_answered"], 65);
    assert_eq!(DrawnForm::from_report(&report).items, form.items);
}
