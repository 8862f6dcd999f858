//! What is kept and told of study: history, progress over sittings, the working of a score, settings, the first page.

use serde_json::{Value, json};

use crate::support::{Bank, Conversation, Learner, asked, drill, key_of, refused};

const SIX_FORMS: Bank =
    Bank { id: "bank", exam: "exam:\n  minutes: 30\n  items: 10\n", domains: &[("net", 50, 30), ("sec", 50, 30)] };

fn owner() -> Learner {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", &SIX_FORMS.yaml());
    learner.say(&format!("deck show {path}")).done();
    learner
}

/// Sits a mock; right are the first `n_right` questions of each domain.
fn sit(learner: &Learner, now: &str, n_right: [usize; 2]) {
    let mut room = Conversation::start(learner.command(&["exam", "bank", "--now", now]));
    let mut n_asked = [0, 0];
    for _ in 0..10 {
        let said = room.wait_for("\nd) d of");
        let id = asked(&said).expect("a question of the bank");
        let domain = usize::from(id.starts_with("sec"));
        n_asked[domain] += 1;
        room.type_line(if n_asked[domain] <= n_right[domain] { key_of(id) } else { "-" });
    }
    assert_eq!(room.end().0, Some(0));
}

#[test]
fn history_has_sittings_drills_and_real_exams_of_one_deck_or_all() {
    let learner = owner();
    let other = learner.write("other.yaml", "questions: [{stem: Why?, right: Because, wrong: [Never]}]\n");
    sit(&learner, "2027-02-01T09:00", [5, 4]);
    drill(&learner, "drill bank --new 2 --now 2027-02-03T09:00", |id, _| key_of(id).to_owned());
    learner.say("result add bank --date 2027-02-05 --score 650 --now 2027-02-06T09:00").done();
    learner.feed(&format!("exam {other} --now 2027-02-07T09:00"), "a\n").done();
    let text = learner.say("history --now 2027-02-08T09:00").done().out;
    let days: Vec<&str> = text.lines().map(|line| &line[..10]).collect();
    assert_eq!(days, ["2027-02-07", "2027-02-05", "2027-02-03", "2027-02-01"], "{text}");
    for words in ["real exam, attempt 1: 650 FAIL", "drill: 3 answers, 3 right", "sitting 1: mock, 9"] {
        assert!(text.contains(words), "`{words}` is not in {text}");
    }
    let own = learner.json("history bank --now 2027-02-08T09:00", "");
    assert_eq!(own["sittings"].as_array().map(Vec::len), Some(1));
    assert_eq!((&own["sittings"][0]["pass"], &own["results"][0]["pass"]), (&true.into(), &false.into()));
    assert_eq!(own["drills"], json!([{"study_day": "2027-02-03", "deck": "bank", "n": 3, "n_right": 3}]));
    assert_eq!(learner.json("history nets --now 2027-02-08T09:00", "")["sittings"], json!([]));
}

#[test]
fn progress_tracks_levels_readiness_sittings_and_where_the_drill_went() {
    let learner = owner();
    let progress = |now: &str| learner.json(&format!("progress bank --now {now}"), "");
    let none = progress("2027-01-01T09:00");
    assert_eq!((&none["readiness"], &none["sittings"], &none["weak_domains"]), (&json!([]), &json!([]), &Value::Null));

    sit(&learner, "2027-02-01T09:00", [5, 0]);
    let first = progress("2027-02-01T12:00");
    let (net, sec) = (&first["levels"][0]["points"][0], &first["levels"][1]["points"][0]);
    assert_eq!((&net["sitting"], &sec["level"]), (&1.into(), &"Needs Improvement".into()));
    let bounds = |point: &Value| [&point["interval"][0], &point["share"], &point["interval"][1]].map(Value::as_f64);
    assert!(bounds(net).is_sorted() && bounds(sec).is_sorted(), "{first}");
    assert_eq!(first["weak_domains"]["domains"], json!(["sec"]));
    assert!(first["weak_domains"]["share"].is_null(), "nothing was drilled yet");

    let right = |id: &str, _: usize| key_of(id).to_owned();
    let net = drill(&learner, "drill bank --domain net --new 3 --now 2027-02-02T09:00", right).ids.len();
    let sec = drill(&learner, "drill bank --domain sec --new 2 --now 2027-02-02T10:00", right).ids.len();
    let weak = &progress("2027-02-02T12:00")["weak_domains"];
    assert_eq!((&weak["n_drilled"], &weak["n_in_weak"]), (&(net + sec).into(), &sec.into()));
    sit(&learner, "2027-02-05T09:00", [5, 5]);
    let text = learner.say("progress bank --now 2027-02-06T09:00").done().out;
    assert!(text.contains("P(pass) after each sitting that counts, and today"), "{text}");
    let second = progress("2027-02-06T09:00");
    let p: Vec<f64> =
        second["readiness"].as_array().expect("a list").iter().filter_map(|own| own["p_pass"].as_f64()).collect();
    assert!(p.len() == 3 && p[0] < p[1], "two sittings and today: {second}");
    assert_eq!(second["levels"][1]["points"].as_array().map(Vec::len), Some(2));
    let counted: Vec<&Value> =
        second["sittings"].as_array().expect("a list").iter().map(|own| &own["counted"]).collect();
    assert_eq!(counted, [true, true]);

    learner.say("result add bank --date 2027-02-02 --score 650 --level sec=ni --now 2027-02-06T09:00").done();
    learner.say("result add bank --date 2027-02-06 --failed --level sec=ni,net=meets --now 2027-02-06T12:00").done();
    let weak = &progress("2027-02-06T13:00")["weak_domains"];
    assert_eq!((&weak["since"], &weak["domains"]), (&"2027-02-06".into(), &json!(["sec"])));
    let drilled =
        drill(&learner, "drill bank --domain sec --new 1 --now 2027-02-07T09:00", |id, _| key_of(id).to_owned());
    let weak = &progress("2027-02-07T13:00")["weak_domains"];
    assert_eq!((&weak["n_drilled"], &weak["share"]), (&drilled.ids.len().into(), &json!(1.0)));
}

#[test]
fn a_mock_that_does_not_count_says_why_in_progress() {
    let learner = owner();
    learner.feed("exam bank --questions 4 --now 2027-02-01T09:00", &"a\n".repeat(4)).done();
    let sitting = &learner.json("progress bank --now 2027-02-02T09:00", "")["sittings"][0];
    assert_eq!(sitting["counted"], false);
    assert_eq!(sitting["not_counted_because"], json!(["it was not a full form under the exam's time limit"]));
}

#[test]
fn the_working_of_a_score_has_the_figures_of_its_report() {
    let learner = owner();
    refused(learner.say("explain score"), 1, "no sitting has ended yet");
    sit(&learner, "2027-02-01T09:00", [5, 3]);
    let report = learner.json("report", "");
    let working = learner.json("explain score", "");
    for field in ["raw_cut", "theta", "share", "scaled_exact", "scaled", "pass", "csem"] {
        assert_eq!(working[field], report["score"][field], "{field}");
    }
    let number = |field: &str| working[field].as_f64().expect("a number");
    let (share, cut) = (number("share"), number("cut_share"));
    let by_hand = 700.0 + 300.0 * (share - cut) / (1.0 - cut);
    assert!((number("scaled_exact") - by_hand).abs() < 1e-9, "{working}");
    let text = learner.say("explain score 1").done().out;
    let formula = format!("= {:.2}", number("scaled_exact"));
    assert!(text.contains("700 + (1000 - 700) x (") && text.contains(&formula), "{text}");
    assert!(text.contains("You got 8 of 10 counting questions"), "{text}");
    refused(learner.say("explain score 7"), 1, "there is no sitting 7");
}

#[test]
fn every_setting_is_listed_with_its_default_and_meaning_and_goes_back_to_it() {
    let learner = owner();
    let all = learner.json("config", "");
    let names: Vec<&String> = all["settings"].as_object().expect("a map").keys().collect();
    let expected = [
        "days_off",
        "deck",
        "exam_date",
        "minutes_a_day",
        "new_a_day",
        "plain",
        "reviews_a_day",
        "rollover_hour",
        "theme",
        "warnings",
    ];
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(sorted, expected);
    assert_eq!(all["settings"], all["defaults"], "nothing is set yet");
    assert!(names.iter().all(|name| all["meanings"][name.as_str()].as_str().is_some_and(|words| words.len() > 20)));
    for (name, value) in [
        ("new_a_day", "3"),
        ("minutes_a_day", "25"),
        ("theme", "light"),
        ("warnings", "20,2"),
        ("plain", "true"),
        ("deck", "bank"),
    ] {
        let set = learner.json(&format!("config {name} {value} --now 2027-02-01T09:00"), "");
        assert_eq!(set["settings"][name], value);
        assert_eq!(learner.json(&format!("config {name} --now 2027-02-01T09:00"), "")["settings"][name], value);
    }
    assert_eq!(learner.json("deck show", "")["id"], "bank", "the preferred deck is meant");
    let text = learner.say("config theme").done().out;
    assert!(text.contains("theme = light  (default dark)"), "{text}");
    for name in ["new_a_day", "minutes_a_day", "theme", "warnings", "plain", "deck"] {
        let reset = learner.json(&format!("config {name} --reset --deck bank"), "");
        assert_eq!(reset["settings"][name], reset["defaults"][name]);
    }
    let file = learner.home().join(".config/cutscore/config.yaml");
    assert_eq!(std::fs::read_to_string(file).expect("reads"), "", "what is the default needs no line");
    refused(learner.say("config theme sepia"), 2, "config.yaml");
    refused(learner.say("config plain maybe"), 2, "config.yaml");
    assert_eq!(learner.json("config theme", "")["settings"]["theme"], "dark", "a refused value changes nothing");
}

#[test]
fn the_first_page_tells_the_next_mock_the_trend_and_how_the_exam_went() {
    let learner = owner();
    let today = |now: &str| learner.json(&format!("--now {now}"), "");
    learner.say("config deck bank").done();
    sit(&learner, "2027-02-01T09:00", [3, 2]);
    sit(&learner, "2027-02-03T09:00", [5, 5]);
    learner.say("plan --exam-date 2027-02-20 --now 2027-02-03T12:00").done();
    let page = today("2027-02-04T09:00");
    assert_eq!((&page["days_to_exam"], page["trend"].as_array().map(Vec::len)), (&16.into(), Some(3)));
    let mock = page["next_mock"].as_str().expect("a mock is planned");
    assert!(("2027-02-04".."2027-02-20").contains(&mock), "{mock}");
    let text = learner.say("--now 2027-02-03T13:00").done().out;
    assert!(text.contains("up ") && text.contains(" points since 2027-02-01."), "{text}");

    assert_eq!(today("2027-02-22T09:00")["exam_without_result"], "2027-02-20");
    let text = learner.say("--now 2027-02-22T09:00").done().out;
    assert!(text.contains("The exam was on 2027-02-20. `cutscore result add`"), "{text}");
    learner.say("result add --date 2027-02-20 --score 640 --now 2027-02-22T10:00").done();
    let page = today("2027-02-22T11:00");
    assert!(page["exam_without_result"].is_null(), "{page}");
    assert_eq!(page["newest_result"], json!({"date": "2027-02-20", "pass": false, "earliest_retake": "2027-03-06"}));
    let text = learner.say("--now 2027-02-22T11:00").done().out;
    assert!(text.contains("the next is allowed from 2027-03-06 on"), "{text}");
}
