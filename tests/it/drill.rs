//! The drill over pipes: what it brings, when, and what answers do to it.

use std::collections::BTreeSet;

use crate::support::{Bank, DrawnForm, Learner, asked, drill, key_of, refused};

/// Three disjoint forms of six and four questions.
const THREE_FORMS: Bank =
    Bank { id: "bank", exam: "exam:\n  minutes: 30\n  items: 10\n", domains: &[("net", 60, 18), ("sec", 40, 12)] };
/// No exam, so no reserve.
const NO_EXAM: Bank = Bank { id: "plain", exam: "", domains: &[("net", 1, 30)] };

/// A learner who has opened the deck once, so that its id is enough.
fn owner(bank: &Bank) -> Learner {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", &bank.yaml());
    learner.say(&format!("deck show {path}")).done();
    learner
}

fn right(id: &str, _n_before: usize) -> String {
    key_of(id).to_owned()
}

fn wrong(id: &str) -> &'static str {
    if key_of(id) == "a" { "b" } else { "a" }
}

/// The form that `exam bank --seed 5` draws for a new learner.
fn form() -> DrawnForm {
    DrawnForm::from_report(&owner(&THREE_FORMS).json("exam bank --seed 5", &"-\n".repeat(10)))
}

#[test]
fn what_a_mock_missed_guessed_or_flagged_comes_the_next_study_day() {
    let (learner, form) = (owner(&THREE_FORMS), form());
    let line = |position: usize| {
        let item = &form.items[position];
        match position {
            0 => format!("{}\n", item.wrong()),
            1 => format!("guess\n{}\n", item.key),
            2 => format!("flag\n{}\n", item.key),
            3 => "-\n".to_owned(),
            4 => format!("unsure\n{}\n", item.key),
            5 => format!("sure\n{}\n", item.key),
            _ => format!("{}\n", item.key),
        }
    };
    let lines: String = (0..10).map(line).collect();
    let report = learner.json("exam bank --seed 5 --now 2027-02-01T21:00", &lines);
    assert_eq!((report["n_to_drill"].as_u64(), report["score"]["raw"].as_u64()), (Some(5), Some(8)));

    // The study day ends at four in the morning.
    for too_early in ["2027-02-01T22:00", "2027-02-02T03:59"] {
        assert!(drill(&learner, &format!("drill bank --new 0 --now {too_early}"), right).ids.is_empty());
    }
    let found: BTreeSet<String> =
        drill(&learner, "drill bank --new 0 --now 2027-02-02T04:01", right).ids.into_iter().collect();
    let expected: BTreeSet<String> = form.items[..5].iter().map(|item| item.id.clone()).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_domains_of_due_cards_take_turns() {
    let (learner, form) = (owner(&THREE_FORMS), form());
    let first_net = form.items.iter().position(|item| item.domain == "net").expect("six of them");
    let answers = form.answers(|position, item| item.domain == "net" && position != first_net);
    learner.json("exam bank --seed 5 --now 2027-02-01T09:00", &answers);
    let ids = drill(&learner, "drill bank --new 0 --now 2027-02-02T09:00", right).ids;
    let domains: Vec<&str> = ids.iter().map(|id| &id[..3]).collect();
    assert_eq!(domains, ["sec", "sec", "net", "sec", "sec"]);
}

#[test]
fn a_card_comes_again_the_same_day_until_its_answer_is_good() {
    let learner = owner(&NO_EXAM);
    let drilled = drill(&learner, "drill plain --new 3 --now 2027-02-01T09:00", |id, n_before| match n_before {
        0 => wrong(id).to_owned(),
        1 => format!("{} guess", key_of(id)),
        _ => key_of(id).to_owned(),
    });
    let mut ids = drilled.ids.clone();
    ids.sort();
    assert_eq!(ids, ["net-00", "net-00", "net-00", "net-01", "net-01", "net-01", "net-02", "net-02", "net-02"]);
    let n_again = drilled.replies.iter().filter(|reply| reply.contains("It comes again today.")).count();
    assert_eq!(n_again, 6);
    assert!(
        drilled.summary.contains("9 answers, 6 right.\n3 concepts met.\nExpected from this drill in 30 days: +"),
        "{}",
        drilled.summary
    );
    assert!(drill(&learner, "drill plain --new 0 --now 2027-02-01T10:00", right).ids.is_empty());
}

#[test]
fn repeats_wait_for_the_next_drill_of_the_day_and_not_for_the_next_day() {
    let learner = owner(&NO_EXAM);
    learner.feed("drill plain --new 1 --now 2027-02-01T09:00", "b\nquit\n").done();
    let again = drill(&learner, "drill plain --new 0 --now 2027-02-01T10:00", right);
    assert_eq!(again.ids, ["net-00"]);
    assert!(again.summary.contains("It comes back tomorrow."), "{}", again.summary);
}

#[test]
fn an_answer_can_be_taken_back_in_the_drill() {
    let learner = owner(&NO_EXAM);
    let said = learner.feed("drill plain --new 1 --now 2027-02-01T09:00", "b\nundo\na\n").done().out;
    assert!(said.contains("The answer to `net-00` is taken back.\n") && said.contains("1 answer, 1 right."), "{said}");
    // The wrong answer would have cost 54 hundredths of ease: 6 days and then 12, not 15.
    drill(&learner, "drill plain --new 0 --now 2027-02-02T09:00", right);
    let third = drill(&learner, "drill plain --new 0 --now 2027-02-08T09:00", right);
    assert!(third.summary.contains("It comes back in 15 days."), "{}", third.summary);
}

#[test]
fn an_answer_can_be_taken_back_after_the_drill() {
    let learner = owner(&NO_EXAM);
    let now = "--now 2027-02-01T09:00";
    learner.feed(&format!("drill plain --new 2 {now}"), "a\nb\n").done();
    assert_eq!(learner.json(&format!("undo plain {now}"), "")["undone"], "net-01");
    let again = drill(&learner, &format!("drill plain --new 2 {now}"), right);
    assert_eq!(again.ids, ["net-01"]);
    // One after another, until none of today is left.
    for expected in ["net-01", "net-00"] {
        let said = learner.say(&format!("undo plain {now}")).done().out;
        assert_eq!(said, format!("The answer to `{expected}` is taken back.\n"));
    }
    assert_eq!(learner.say(&format!("undo plain {now}")).done().out, "There is nothing of today to take back.\n");
    let next_day = learner.json("drill plain --new 0 --now 2027-02-02T09:00", "");
    assert_eq!(next_day["n_due_left"], 0);
}

#[test]
fn flashcards_are_rated_and_show_their_back_first_when_asked() {
    let learner = Learner::new();
    let card = |letter: &str| format!("  - {{id: {letter}, front: Front {letter}, back: Back {letter}}}\n");
    let text = format!("questions:\n{}", ["k", "l", "m", "n"].map(card).concat());
    let path = learner.write("cards.yaml", &text);
    let input = "\nagain\nhard\n3\n4\ngood\neasy\n";
    let said = learner.feed(&format!("drill {path} --now 2027-02-01T09:00"), input).done().out;
    assert!(said.contains("Front k\nPress Enter for the back"), "{said}");
    assert!(said.contains("Back: Back k\nagain: today.\nhard: today.\ngood: tomorrow.\neasy: tomorrow.\n"), "{said}");
    assert!(
        said.contains("6 answers, 5 right.\n4 concepts met.\n") && said.contains("\n4 cards are due tomorrow.\nNext: "),
        "{said}"
    );
    // A flashcard is no exam item.
    refused(learner.feed("exam cards", "a\n"), 1, "the deck has no exam questions");
}

#[test]
fn new_concepts_a_day_are_limited_by_the_option_and_by_the_setting() {
    let learner = owner(&NO_EXAM);
    let met = |words: &str| drill(&learner, &format!("drill plain {words}"), right).ids.len();
    assert_eq!(met("--new 3 --now 2027-02-01T09:00"), 3);
    assert_eq!(met("--new 3 --now 2027-02-01T10:00"), 0);
    assert_eq!(met("--new 4 --now 2027-02-01T11:00"), 1);
    assert_eq!(learner.json("config new_a_day 6", "")["settings"]["new_a_day"], "6");
    assert_eq!(met("--now 2027-02-01T12:00"), 2);
    // The next day: the six of yesterday are due, and six are new.
    assert_eq!(met("--now 2027-02-02T09:00"), 12);
    let by_default = owner(&NO_EXAM);
    assert_eq!(drill(&by_default, "drill plain --now 2027-02-01T09:00", right).ids.len(), 10);
}

#[test]
fn the_drill_leaves_one_form_of_three_for_the_next_mock() {
    let learner = owner(&THREE_FORMS);
    let drilled = drill(&learner, "drill bank --new 999 --now 2027-02-01T09:00", right);
    let n_in = |domain: &str| drilled.ids.iter().filter(|id| id.starts_with(domain)).count();
    assert_eq!((n_in("net"), n_in("sec")), (12, 8));
    assert!(drilled.summary.contains("10 unseen questions are kept for your mocks"), "{}", drilled.summary);
    let report = learner.json("exam bank --now 2027-02-01T10:00", &"a\n".repeat(10));
    assert_eq!((report["fresh"]["n_fresh"].as_u64(), report["fresh"]["n_seen"].as_u64()), (Some(10), Some(0)));
    assert_eq!(report["not_evidence_because"].as_array().map(Vec::len), Some(0));
}

#[test]
fn an_opened_reserve_is_drilled_too() {
    let learner = owner(&THREE_FORMS);
    let drilled = drill(&learner, "drill bank --new 999 --open-reserve --now 2027-02-01T09:00", right);
    assert_eq!(drilled.ids.len(), 30);
    let report = learner.json("exam bank --now 2027-02-01T10:00", &"a\n".repeat(10));
    assert_eq!(report["fresh"]["n_fresh"], 0);
    assert_eq!(report["not_evidence_because"][0], "10 of 10 counting questions had been seen before");
}

#[test]
fn a_drill_can_keep_to_one_domain() {
    let learner = owner(&THREE_FORMS);
    let drilled = drill(&learner, "drill bank --domain sec --now 2027-02-01T09:00", right);
    assert!(!drilled.ids.is_empty() && drilled.ids.iter().all(|id| id.starts_with("sec")), "{:?}", drilled.ids);
    refused(learner.say("drill bank --domain law"), 1, "it has net, sec");
}

/// Two tasks, tags and skills; the second concept has two items.
const TAGGED: &str = "\
title: Tagged
domains:
  - {id: net, title: Net, weight: 70, tasks: [{id: \"1.1\", title: Ports}, {id: \"1.2\", title: Routes}]}
  - {id: law, title: Law, weight: 30}
questions:
  - {id: q1, stem: q1?, right: y, wrong: [n], shuffle: false, task: \"1.1\", tags: [ports, tcp], skill: recall}
  - {id: q2, stem: q2?, right: y, wrong: [n], shuffle: false, task: \"1.2\", concept: c2, tags: [routes]}
  - {id: q3, stem: q3?, right: y, wrong: [n], shuffle: false, task: \"1.2\", concept: c2, skill: scenario}
  - {id: q4, stem: q4?, right: y, wrong: [n], shuffle: false, domain: law, tags: tcp, skill: compare}
";

fn tagged() -> Learner {
    let learner = Learner::new();
    let path = learner.write("tagged.yaml", TAGGED);
    learner.say(&format!("deck show {path}")).done();
    learner
}

/// Drills with right answers and returns the ids of what was asked.
fn asked_of(learner: &Learner, words: &str, input: &str) -> Vec<String> {
    let said = learner.feed(&format!("drill tagged {words}"), input).done().out;
    said.lines().filter_map(|line| line.strip_suffix('?')).map(str::to_owned).collect()
}

#[track_caller]
fn check_filter(words: &str, expected: &[&str]) {
    let mut ids = asked_of(&tagged(), &format!("{words} --now 2027-02-01T09:00"), "a\na\na\na\n");
    ids.sort();
    assert_eq!(ids, expected, "{words}");
}

#[test]
fn filters_keep_the_concepts_with_an_item_that_fits() {
    check_filter("", &["q1", "q2", "q4"]);
    check_filter("--task 1.2", &["q2"]);
    check_filter("--tag tcp", &["q1", "q4"]);
    check_filter("--tag tcp --domain net", &["q1"]);
    check_filter("--tag tcp --tag routes", &["q1", "q2", "q4"]);
    check_filter("--skill scenario", &["q2"]);
    check_filter("--skill compare --skill recall", &["q1", "q4"]);
}

#[test]
fn an_unknown_name_in_a_filter_is_refused_with_what_was_probably_meant() {
    let learner = tagged();
    refused(learner.say("drill tagged --tag port"), 1, "the deck has no tag `port`; did you mean `ports`?");
    refused(learner.say("drill tagged --task 9"), 1, "the deck has no task `9`; it has 1.1, 1.2");
    refused(learner.say("drill tagged --skill recal"), 2, "recall");
}

#[test]
fn a_cram_asks_everything_again_until_it_is_known_and_moves_no_card() {
    let learner = tagged();
    assert_eq!(asked_of(&learner, "--new 1 --now 2027-02-01T09:00", "a\n"), ["q1"]);
    let crammed = learner.feed("drill tagged --cram --json --now 2027-02-01T10:00", "b\na\na\na\n").done().value();
    assert_eq!((crammed["n_done"].as_u64(), crammed["n_right"].as_u64()), (Some(4), Some(3)));
    assert_eq!(crammed["moved"]["n_met"], 0);
    let said = learner.feed("drill tagged --cram --now 2027-02-01T10:00", "").done().out;
    assert!(said.contains("Cramming: no card moves. 3 to go."), "{said}");
    let today = learner.json("drill tagged --new 0 --now 2027-02-02T09:00", "");
    assert_eq!(today["n_due_left"], 1);
    let crammed = learner.feed("drill tagged --cram --json --now 2027-02-02T10:00", "a\na\na\n").done().value();
    assert_eq!(crammed["next"], "drill", "what is due is due after a cram, too");
}

#[test]
fn review_ahead_leaves_right_cards_where_they_are_and_lapses_wrong_ones() {
    let learner = tagged();
    asked_of(&learner, "--now 2027-02-01T09:00", "a\na\na\n");
    asked_of(&learner, "--now 2027-02-02T09:00", "a\na\na\n");
    // Due on the 8th.
    assert!(asked_of(&learner, "--now 2027-02-04T09:00", "").is_empty());
    assert!(asked_of(&learner, "--ahead 3 --now 2027-02-04T09:00", "a\n").is_empty());
    let said = learner.feed("drill tagged --ahead 4 --now 2027-02-04T10:00", "a\nb\na\na\n").done().out;
    assert!(said.contains("Due in 4 days"), "{said}");
    assert!(said.contains("It comes back in 4 days."), "{said}");
    assert!(said.contains("1 was forgotten."), "{said}");
    let again = learner.json("drill tagged --ahead 4 --now 2027-02-04T11:00", "");
    assert_eq!(again["n_extra_left"], 0, "what was answered today does not come early again");
}

#[test]
fn a_drill_by_the_minute_brings_what_is_worth_the_most() {
    let learner = tagged();
    let ids = asked_of(&learner, "--minutes 1 --now 2027-02-01T09:00", "a\na\na\n");
    assert_eq!(ids.len(), 3);
    // Law has one concept for 30 %, Net two for 70 %.
    let said = learner.feed("drill tagged --minutes 20 --now 2027-02-08T09:00", "").done().out;
    assert!(said.contains("Due 6 days ago; Net is 70 % of the deck: worth "), "{said}");
    let left = learner.json("drill tagged --minutes 20 --now 2027-02-08T09:00", "");
    assert_eq!((left["n_due_left"].as_u64(), left["seconds_left"].as_u64().is_some()), (Some(3), true));
}

#[test]
fn what_was_wrong_is_still_due_when_a_drill_by_the_minute_is_left() {
    let learner = tagged();
    let said = learner.feed("drill tagged --minutes 1 --now 2027-02-01T09:00", "b\n").done().out;
    assert!(said.contains("1 card is still due today."), "{said}");
}

#[test]
fn of_more_than_a_days_reviews_the_rest_waits_and_its_cost_is_said() {
    let learner = owner(&NO_EXAM);
    learner.say("config reviews_a_day 4").done();
    drill(&learner, "drill plain --new 9 --now 2027-02-01T09:00", right);
    let first = drill(&learner, "drill plain --new 0 --now 2027-02-02T09:00", right);
    assert_eq!(first.ids.len(), 4);
    assert!(first.summary.contains("5 due cards wait; never shown, that would cost about "), "{}", first.summary);
    assert!(drill(&learner, "drill plain --new 0 --now 2027-02-02T10:00", right).ids.is_empty());
    assert_eq!(drill(&learner, "drill plain --new 0 --now 2027-02-03T09:00", right).ids.len(), 4);
}

#[test]
fn towards_the_exam_fewer_concepts_are_new_and_on_a_day_off_none() {
    let learner = owner(&NO_EXAM);
    let n_new = |now: &str| learner.json(&format!("drill plain --now {now}T09:00"), "")["n_new_left"].as_u64();
    assert_eq!(n_new("2027-02-01"), Some(10));
    learner.say("config exam_date 2027-02-08 --deck plain --now 2027-02-01T09:00").done();
    assert_eq!(n_new("2027-02-01"), Some(6));
    learner.say("config days_off mon --deck plain --now 2027-02-01T09:00").done();
    assert_eq!((n_new("2027-02-01"), n_new("2027-02-07")), (Some(0), Some(0)));
}

#[test]
fn study_days_in_a_row_are_counted() {
    let learner = owner(&NO_EXAM);
    for day in ["2027-02-01", "2027-02-02", "2027-02-03"] {
        drill(&learner, &format!("drill plain --new 1 --now {day}T09:00"), right);
    }
    let streak =
        |now: &str| learner.json(&format!("drill plain --new 0 --now {now}T10:00"), "")["streak_days"].as_u64();
    assert_eq!((streak("2027-02-03"), streak("2027-02-04"), streak("2027-02-05")), (Some(3), Some(3), Some(0)));
}

#[test]
fn the_summary_as_json_counts_what_was_done_and_what_is_left() {
    let learner = owner(&THREE_FORMS);
    let said = learner.feed("drill bank --new 5 --json --now 2027-02-01T09:00", "a\na\na\n").done();
    let summary = said.value();
    let shown: Vec<&str> = said.err.lines().filter_map(asked).collect();
    assert_eq!(shown.len(), 4);
    let n_right = shown[..3].iter().filter(|id| key_of(id) == "a").count();
    let count = |name: &str| summary[name].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a count");
    assert_eq!((count("schema"), count("n_done"), count("n_right")), (1, 3, n_right));
    assert_eq!((count("n_due_left"), count("n_repeats_left"), count("n_new_left")), (0, 3 - n_right, 2));
    assert_eq!((count("n_due_tomorrow"), count("n_kept_for_mocks")), (3, 10));
}

#[test]
fn what_was_taken_back_has_moved_nothing() {
    let learner = owner(&NO_EXAM);
    let moved = |input: &str| {
        let summary = learner.json("drill plain --new 2 --now 2027-02-01T09:00", input);
        (summary["moved"]["n_met"].as_u64(), summary["points_gained"].as_f64().expect("points"))
    };
    assert_eq!(moved("b\nundo\n"), (Some(0), 0.0));
    let (n_met, points) = moved("a\nb\n");
    assert!(n_met == Some(2) && points > 0.0, "{n_met:?}, {points}");
}

#[test]
fn the_summary_says_what_suggests_itself_next() {
    let learner = owner(&THREE_FORMS);
    let next = |words: &str, input: &str| learner.json(words, input)["next"].as_str().map(str::to_owned);
    assert_eq!(next("drill bank --new 1 --now 2027-02-01T09:00", "b\na\n").as_deref(), Some("mock"));
    assert_eq!(next("drill bank --new 1 --now 2027-02-02T09:00", "").as_deref(), Some("drill"));
    learner.feed("exam bank --now 2027-02-02T10:00", "a\nleave\n").done();
    assert_eq!(next("drill bank --new 1 --now 2027-02-02T10:05", "").as_deref(), Some("resume"));
}

#[test]
fn from_64_answers_on_the_summary_shows_what_predictions_were_worth() {
    let learner = owner(&NO_EXAM);
    let summary = |day: &str| drill(&learner, &format!("drill plain --new 22 --now 2027-{day}T09:00"), right).summary;
    let first = summary("02-01");
    assert!(!first.contains("Recall, predicted") && !first.contains("Too few data"), "{first}");
    let second = summary("02-02");
    assert!(second.contains("Too few data to tell how well recall is predicted: 22 of 64 answers."), "{second}");
    summary("02-08");
    // Beside first meetings, 22 answers on the second day, 30 on the third and 30 now.
    let fourth = summary("02-24");
    assert!(fourth.contains("\n\n  Recall, predicted before the answer and observed\n  Last 82: "), "{fourth}");
}

#[test]
fn by_lines_the_drill_begins_with_the_row_of_days_and_how_domains_stand() {
    let learner = owner(&THREE_FORMS);
    let begin = |words: &str, input: &str| learner.feed(&format!("drill bank {words}"), input).done().out;
    let first = begin("--new 2 --now 2027-02-01T09:00", "a\na\n");
    assert!(first.starts_with("\nAbout "), "{first}");
    begin("--new 1 --now 2027-02-02T09:00", "a\na\n");
    let third = begin("--minutes 5 --now 2027-02-03T09:00", "");
    assert!(third.starts_with("2 study days in a row.\nRight lately: net "), "{third}");
    assert!(third.contains(" points a minute. 5 min left.\n"), "{third}");
}

#[test]
fn intervals_over_days_are_those_of_sm2() {
    let learner = Learner::new();
    let deck = "title: Four\nquestions:\n  - {id: q1, stem: One?, right: y, wrong: [n], shuffle: false}\n  \
                - {id: q2, stem: Two?, right: y, wrong: [n], shuffle: false}\n  \
                - {id: q3, stem: Three?, right: y, wrong: [n], shuffle: false}\n  - {id: z1, front: Four?, back: 4}\n";
    let path = learner.write("four.yaml", deck);
    learner.say(&format!("deck show {path}")).done();
    let check = |day: &str, input: &str, expected: &str| {
        let said = learner.feed(&format!("drill four --now {day}T09:00"), input).done().out;
        let said: Vec<&str> =
            said.lines().filter_map(|line| line.strip_prefix("It comes ")?.strip_suffix('.')).collect();
        assert_eq!(said.join(", "), expected, "on {day}");
    };
    check("2027-02-01", "a\na\na\ngood\n", "back tomorrow, back tomorrow, back tomorrow, back tomorrow");
    check("2027-02-01", "", "");
    check("2027-02-02", "a\na\na\ngood\n", "back in 6 days, back in 6 days, back in 6 days, back in 6 days");
    check("2027-02-07", "", "");
    // Ease 2.50; the flashcard's rises to 2.60 for next time.
    check("2027-02-08", "a\na\na\neasy\n", "back in 15 days, back in 15 days, back in 15 days, back in 15 days");
    // Two days late. A wrong answer starts again, a guess takes 14 hundredths of ease for the next time.
    let late =
        "again today, again today, again today, back in 39 days, back tomorrow, back in 38 days, back in 38 days";
    check("2027-02-25", "b\na guess\na unsure\ngood\na\na\na\n", late);
}

#[test]
fn a_drill_tells_nothing_about_an_open_exam() {
    let learner = owner(&NO_EXAM);
    let opened = learner.feed("exam plain --questions 6 --now 2027-02-01T09:00", "a\na\na\n").done().out;
    let in_exam: Vec<&str> = opened.lines().filter_map(asked).collect();
    assert_eq!(in_exam.len(), 4);
    let drilled = drill(&learner, "drill plain --new 30 --now 2027-02-01T09:05", right);
    let told: Vec<&String> = drilled.ids.iter().filter(|id| in_exam.contains(&id.as_str())).collect();
    assert!(told.is_empty(), "told the answers to {told:?}");
    // All six of the form wait, shown or not.
    assert_eq!(drilled.ids.len(), 24);
    assert!(drilled.summary.contains("The questions of the open exam wait until it ends."), "{}", drilled.summary);
    learner.feed("exam plain --now 2027-02-01T09:10", "submit\n").done();
    assert_eq!(drill(&learner, "drill plain --new 30 --now 2027-02-02T09:00", right).ids.len(), 30);
}

#[test]
fn a_piped_line_that_is_no_answer_ends_the_drill_and_keeps_what_was_answered() {
    let learner = owner(&NO_EXAM);
    let said = learner.feed("drill plain --new 3 --now 2027-02-01T09:00", "a\nmaybe\nb\n");
    refused(said, 2, "line 2 of the input is no answer: maybe");
    let today = learner.json("drill plain --new 3 --now 2027-02-01T09:01", "");
    assert_eq!((today["n_new_left"].as_u64(), today["n_due_tomorrow"].as_u64()), (Some(2), Some(1)));
}
