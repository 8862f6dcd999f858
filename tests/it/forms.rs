//! Drawing parallel forms from the command line.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Bank, DrawnForm, Learner, refused};

/// Enough for three forms, each of 6 + 4 scored and 2 unscored items.
const EXAM: &str = "exam: {minutes: 20, items: {scored: 10, unscored: 2}}\n";
const THREE_FORMS: Bank = Bank { id: "three", exam: EXAM, domains: &[("net", 60, 22), ("law", 40, 15)] };

/// Ids of a drawn form's items in a domain and role.
fn ids(form: &Value, domain: &str, scored: bool) -> Vec<String> {
    let items = form["items"].as_array().expect("items").iter();
    let wanted = items.filter(|item| item["domain"] == domain && item["scored"] == scored);
    wanted.map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

/// Scored and unscored items of `net` and of `law` in each form.
fn counts(drawn: &Value) -> Vec<[usize; 4]> {
    let of_form = |form: &Value| {
        [("net", true), ("law", true), ("net", false), ("law", false)]
            .map(|(domain, scored)| ids(form, domain, scored).len())
    };
    drawn["forms"].as_array().expect("forms").iter().map(of_form).collect()
}

#[track_caller]
fn check_are_disjoint(drawn: &Value) {
    let forms = drawn["forms"].as_array().expect("forms").iter();
    let items: Vec<&str> = forms
        .flat_map(|form| form["items"].as_array().expect("items"))
        .map(|item| item["id"].as_str().expect("an id"))
        .collect();
    assert_eq!(items.iter().collect::<BTreeSet<_>>().len(), items.len());
}

/// A deck whose difficulties spread, with two variants of each concept, the exam taking `n_scored` items.
fn spread_deck(n_items: usize, n_scored: usize) -> String {
    let mut text = format!("id: spread\nexam: {{items: {n_scored}, guessing: 0.25}}\nquestions:\n");
    for idx in 0..n_items {
        let difficulty = (idx * 37 % n_items) * 400 / n_items;
        text.push_str(&format!(
            "  - {{id: q-{idx}, concept: c-{}, difficulty: {}.{:02}, stem: Which {idx}?, right: a, wrong: [b, c, d]}}\n",
            idx / 2,
            difficulty / 100,
            difficulty % 100,
        ));
    }
    text
}

#[test]
fn forms_have_the_counts_of_the_blueprint_and_share_no_item() {
    let learner = Learner::new();
    let path = learner.write("three.yaml", &THREE_FORMS.yaml());
    let drawn = learner.json(&format!("form draw {path} --count 3 --seed 5"), "");
    assert_eq!(counts(&drawn), [[6, 4, 1, 1]; 3]);
    check_are_disjoint(&drawn);
    assert_eq!((&drawn["shortfall"], &drawn["seed"]), (&Value::Null, &Value::from(5)));
    assert_eq!(drawn["forms"][0]["missing"], Value::Array(Vec::new()));
    let again = learner.json("form draw three --count 3 --seed 5", "");
    assert_eq!(drawn, again);
    assert_ne!(drawn["forms"], learner.json("form draw three --count 3 --seed 6", "")["forms"]);
}

#[test]
fn a_single_form_is_the_one_that_an_exam_gets() {
    let learner = Learner::new();
    let path = learner.write("three.yaml", &THREE_FORMS.yaml());
    let drawn = learner.json(&format!("form draw {path} --seed 8"), "");
    let sat = DrawnForm::from_report(&learner.json("exam three --seed 8", "-\n".repeat(12).as_str()));
    let drawn: Vec<&str> =
        drawn["forms"][0]["items"].as_array().expect("items").iter().filter_map(|item| item["id"].as_str()).collect();
    assert_eq!(drawn, sat.items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>());
}

#[test]
fn forms_are_parallel_and_keep_variants_apart() {
    let learner = Learner::new();
    let path = learner.write("spread.yaml", &spread_deck(120, 30));
    let drawn = learner.json(&format!("form draw {path} --count 3 --seed 1"), "");
    let forms = drawn["forms"].as_array().expect("forms");
    let theta_cut = {
        // The raw cut of a form is what its curves expect at the ability that expects 70 % of the bank.
        let share = |theta: f64| (0..120).map(|idx| p_right(theta, idx)).sum::<f64>() / 120.0;
        let (mut low, mut high) = (-10.0_f64, 10.0);
        for _ in 0..100 {
            let middle = f64::midpoint(low, high);
            if share(middle) < 0.7 { low = middle } else { high = middle }
        }
        low
    };
    for form in forms {
        let items: Vec<usize> =
            ids(form, "all", true).iter().map(|id| id[2..].parse().expect("an id of the deck")).collect();
        assert_eq!(items.len(), 30);
        assert_eq!(items.iter().map(|idx| idx / 2).collect::<BTreeSet<_>>().len(), 30);
        let expects = |theta: f64| items.iter().map(|idx| p_right(theta, *idx)).sum::<f64>();
        let wants = |theta: f64| (0..120).map(|idx| p_right(theta, idx)).sum::<f64>() / 4.0;
        let distances = [-0.5, 0.0, 0.5].map(|logits| (expects(theta_cut + logits) - wants(theta_cut + logits)).abs());
        let deviation = distances.into_iter().fold(0.0, f64::max);
        let close = |name: &str, expected: f64| (form[name].as_f64().expect("a number") - expected).abs() < 1e-6;
        assert!(close("raw_cut", expects(theta_cut)), "{} {}", form["raw_cut"], expects(theta_cut));
        assert!(close("deviation", deviation) && deviation < 0.012, "{} {deviation}", form["deviation"]);
    }
}

/// The curve of an item of [`spread_deck`] with 120 items.
fn p_right(theta: f64, idx: usize) -> f64 {
    let hundredths = u32::try_from((idx * 37 % 120) * 400 / 120).expect("a small number");
    0.25 + 0.75 / (1.0 + (f64::from(hundredths) / 100.0 - theta).exp())
}

#[test]
fn a_bank_that_is_too_small_gives_what_it_has_and_says_what_is_missing() {
    let learner = Learner::new();
    let path = learner.write("three.yaml", &THREE_FORMS.yaml());
    let words = format!("form draw {path} --count 4 --seed 5");
    let drawn = learner.json(&words, "");
    // 22 items of `net` and 15 of `law` for 4 × 7 and 4 × 5.
    assert_eq!(counts(&drawn), [[6, 4, 0, 0], [6, 4, 0, 0], [6, 4, 0, 0], [4, 3, 0, 0]]);
    check_are_disjoint(&drawn);
    let missing: Vec<String> =
        drawn["forms"].as_array().expect("forms").iter().map(|form| form["missing"].to_string()).collect();
    let one_each = r#"[{"domain":"net","n":1},{"domain":"law","n":1}]"#;
    assert_eq!(missing, [one_each, one_each, one_each, r#"[{"domain":"net","n":3},{"domain":"law","n":2}]"#]);
    let missing = serde_json::json!([{"domain": "net", "n": 6}, {"domain": "law", "n": 5}]);
    assert_eq!(drawn["shortfall"], serde_json::json!({"n_asked": 4, "n_whole": 3, "missing": missing}));
    let text = learner.say(&words).done().out;
    assert!(
        text.contains("The bank holds 3 whole forms only.\nFor 4 it lacks questions: 6 in net, 5 in law.\n"),
        "{text}"
    );
    assert!(text.contains("\n  It lacks 3 in net, 2 in law.\n"), "{text}");
}

#[test]
fn unseen_items_come_first() {
    let learner = Learner::new();
    let path = learner.write("three.yaml", &THREE_FORMS.yaml());
    let sat = DrawnForm::from_report(&learner.json(&format!("exam {path} --seed 8"), "-\n".repeat(12).as_str()));
    let seen: BTreeSet<String> = sat.items.iter().map(|item| item.id.clone()).collect();
    let drawn = learner.json("form draw three --count 2 --seed 9", "");
    for form in drawn["forms"].as_array().expect("forms") {
        for item in form["items"].as_array().expect("items") {
            assert!(!seen.contains(item["id"].as_str().expect("an id")), "{item}");
        }
    }
}

#[test]
fn drawing_a_form_records_nothing() {
    let learner = Learner::new();
    let path = learner.write("three.yaml", &THREE_FORMS.yaml());
    learner.say(&format!("form draw {path} --count 2")).done();
    assert_eq!(learner.json("history", "")["sittings"], Value::Array(Vec::new()));
    assert_eq!(learner.json("data rebuild", "")["events"], 0);
}

#[test]
fn forms_are_drawn_from_decks_with_an_exam_only() {
    let learner = Learner::new();
    let path = learner.write("six.yaml", include_str!("../../decks/examples/six-lines.yaml"));
    refused(learner.say(&format!("form draw {path}")), 1, "has no `exam:` section");
    refused(learner.say("form draw --count 0"), 2, "--count");
}
