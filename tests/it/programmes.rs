//! Programmes of other kinds: the example decks decide as their rule says.

use serde_json::Value;

use crate::support::{DrawnForm, DrawnItem, Learner};

const BOAT: &str = include_str!("../../decks/examples/boat-licence.yaml");
const FIRST_AID: &str = include_str!("../../decks/examples/first-aid-instructor.yaml");
const OFFICE: &str = include_str!("../../decks/examples/office-basics.yaml");

const SEED: u32 = 3;

/// The form that the seed draws from a deck.
fn form_of(deck: &str) -> DrawnForm {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", deck);
    DrawnForm::from_report(&learner.json(&format!("exam {path} --seed {SEED}"), &"-\n".repeat(20)))
}

/// Sits that form, with right answers where `is_right` says so and blanks elsewhere. Returns the report as JSON and as
/// text.
fn sit(deck: &str, form: &DrawnForm, is_right: impl Fn(usize, &DrawnItem) -> bool) -> (Value, String) {
    let answer = |(position, item): (usize, &DrawnItem)| {
        if is_right(position, item) { item.key.clone() } else { "-".to_owned() }
    };
    let answers: Vec<String> = form.items.iter().enumerate().map(answer).collect();
    sit_with(deck, &(answers.join("\n") + "\n"))
}

fn sit_with(deck: &str, answers: &str) -> (Value, String) {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", deck);
    let report = learner.json(&format!("exam {path} --seed {SEED}"), answers);
    (report, learner.say("report").done().out)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn requirements(report: &Value) -> &[Value] {
    report["score"]["requirements"].as_array().map(Vec::as_slice).expect("requirements")
}

/// The domains whose minimum is not met; the total is `total`.
fn unmet(report: &Value) -> Vec<&str> {
    let missed = requirements(report).iter().filter(|requirement| requirement["met"] == false);
    missed.map(|requirement| requirement["domain"].as_str().unwrap_or("total")).collect()
}

#[test]
fn the_boat_licence_passes_from_its_percent_on_and_says_percent() {
    let form = form_of(BOAT);
    let needed = number(&sit(BOAT, &form, |_, _| true).0["score"]["raw_needed"]);
    let mut last = -1.0;
    for n_right in 0..=10_u32 {
        let (report, text) = sit(BOAT, &form, |position, _| position < usize::try_from(n_right).expect("few"));
        let score = &report["score"];
        let is_pass = f64::from(n_right) >= needed;
        assert_eq!((score["pass"].as_bool(), number(&score["scaled"]) >= 75.0), (Some(is_pass), is_pass));
        assert!(number(&score["scaled_exact"]) > last);
        last = number(&score["scaled_exact"]);
        let verdict = if is_pass { "PASS" } else { "FAIL" };
        assert!(text.contains(&format!("{verdict}   score {} % (75 % passes)", score["scaled"])), "{text}");
    }
    assert!((last - 100.0).abs() < 1e-9);
}

#[test]
fn a_first_aid_instructor_who_fails_one_section_fails_whatever_the_total() {
    let form = form_of(FIRST_AID);
    let (report, text) = sit(FIRST_AID, &form, |_, item| item.domain != "teaching");
    assert_eq!((report["score"]["pass"].as_bool(), unmet(&report)), (Some(false), vec!["teaching"]));
    assert!(text.contains("FAIL") && text.contains("not met: Teaching a skill"), "{text}");
    assert!(text.contains("points (the domains decide)"), "{text}");
}

#[test]
fn a_first_aid_instructor_passes_with_enough_in_each_section_though_the_total_is_below_the_cut() {
    let form = form_of(FIRST_AID);
    // In each section just what it needs: six of nine, where the total would need seven.
    let mut n_right = std::collections::BTreeMap::new();
    let right: Vec<bool> = form
        .items
        .iter()
        .map(|item| {
            let n: &mut usize = n_right.entry(item.domain.clone()).or_default();
            *n += 1;
            *n <= 2
        })
        .collect();
    let (report, text) = sit(FIRST_AID, &form, |position, _| right[position]);
    let score = &report["score"];
    assert!(number(&score["scaled"]) < number(&score["scale"]["cut"]), "{score}");
    assert_eq!((score["pass"].as_bool(), requirements(&report).len()), (Some(true), 3));
    assert!(text.contains("PASS"), "{text}");
}

#[test]
fn one_of_two_right_choices_gives_half_a_point() {
    let form = form_of(FIRST_AID);
    let n_keys = |item: &DrawnItem| item.key.split(' ').count();
    assert!(form.items.iter().any(|item| n_keys(item) > 1), "the seed draws an item with several right choices");
    // The first right choice alone, everywhere.
    let first_keys: Vec<&str> = form.items.iter().map(|item| item.key.split(' ').next().unwrap_or("-")).collect();
    let (report, _) = sit_with(FIRST_AID, &(first_keys.join("\n") + "\n"));
    let credits: f64 = report["items"].as_array().expect("items").iter().map(|item| number(&item["credit"])).sum();
    let expected: f64 = form.items.iter().map(|item| 1.0 / f64::from(u32::try_from(n_keys(item)).expect("few"))).sum();
    assert!((number(&report["score"]["raw"]) - expected).abs() < 1e-9 && (credits - expected).abs() < 1e-9);
    // What is not all right stays wrong for the drill.
    let n_wrong = report["items"].as_array().expect("items").iter().filter(|item| item["right"] == false).count();
    assert_eq!(n_wrong, form.items.iter().filter(|item| n_keys(item) > 1).count());
}

#[test]
fn the_office_exam_needs_both_its_total_and_its_minimum() {
    let form = form_of(OFFICE);
    let judged = |is_right: &dyn Fn(usize, &DrawnItem) -> bool| {
        let (report, text) = sit(OFFICE, &form, is_right);
        let unmet: Vec<String> = unmet(&report).into_iter().map(str::to_owned).collect();
        assert_eq!(report["score"]["pass"].as_bool(), Some(unmet.is_empty()), "{text}");
        (unmet, number(&report["score"]["scaled"]), text)
    };
    let (unmet, scaled, _) = judged(&|_, _| true);
    assert_eq!((unmet.len(), scaled.to_bits()), (0, 1000.0_f64.to_bits()));
    let (unmet, scaled, text) = judged(&|_, item| item.domain != "sharing");
    assert!(unmet == ["sharing"] && scaled >= 700.0, "{unmet:?} {scaled}");
    assert!(text.contains("FAIL") && text.contains("not met: Files and sharing"), "{text}");
    let (unmet, scaled, text) = judged(&|_, item| item.domain != "sheets");
    assert!(unmet == ["total"] && scaled < 700.0, "{unmet:?} {scaled}");
    assert!(text.contains("not met: Total"), "{text}");
}

#[test]
fn a_form_keeps_ranges_of_weights_and_the_deck_shows_them() {
    let form = form_of(OFFICE);
    let n_in = ["documents", "sheets", "sharing"].map(|domain| form.n_in(domain, true));
    assert_eq!(n_in, [4, 4, 2]);
    let learner = Learner::new();
    let path = learner.write("office.yaml", OFFICE);
    assert!(learner.say(&format!("deck show {path}")).done().out.contains("Documents (documents), weight 30-40"));
    let shown = learner.json(&format!("deck show {path}"), "");
    assert_eq!((number(&shown["domains"][0]["weight"]), &shown["domains"][0]["weight_range"][1]), (35.0, &40.0.into()));
}

#[test]
fn a_form_table_tells_what_each_domain_needs() {
    let learner = Learner::new();
    let forms = "forms: {A: [crossing, head-on, overtaking, sidelights, short-blasts, petrol-fumes]}\n";
    let deck = BOAT.replace("  scale: percent\n", "  scale: percent\n  decision: {domains: {signals: 0.5}}\n");
    let path = learner.write("boat.yaml", &format!("{deck}{forms}"));
    let table = learner.json(&format!("form table {path} --form A"), "");
    let needs = table["requirements"].as_array().expect("requirements");
    assert_eq!(needs.iter().map(|need| need["domain"].as_str()).collect::<Vec<_>>(), [None, Some("signals")]);
    assert_eq!((needs[1]["n"].as_u64(), needs[1]["raw_needed"].as_u64()), (Some(2), Some(2)));
    assert_eq!(
        (table["scale"]["unit"].as_str(), number(&table["rows"][6]["scaled"]).round()),
        (Some("percent"), 100.0)
    );
    let text = learner.say(&format!("form table {path} --form A")).done().out;
    assert!(text.contains("Lights and sounds: 2 of 2 needed"), "{text}");
}

#[test]
fn readiness_follows_the_rule_of_the_decision() {
    let learner = Learner::new();
    let path = learner.write("office.yaml", OFFICE);
    let ready = learner.json(&format!("explain ready {path}"), "");
    assert_eq!(ready["exam"]["total_decides"], true);
    assert_eq!(ready["exam"]["minimums"][0]["domain"], "sharing");
    let without =
        learner.write("plain.yaml", &OFFICE.replace("  decision: {total: true, domains: {sharing: 0.5}}\n", ""));
    let plain = learner.json(&format!("explain ready {without}"), "");
    assert!(number(&ready["p_pass"]) < number(&plain["p_pass"]));
    assert!(learner.say(&format!("explain ready {path}")).done().out.contains("of 2 in Files and sharing."));
}

const ORDERS: &str = "\
title: Orders
exam: {items: 2, credit: per-choice}
questions:
  - {id: seasons, stem: Order the seasons of a year., order: [Winter, Spring, Summer, Autumn]}
  - {id: meals, stem: Order the meals of a day., order: [Breakfast, Lunch, Tea, Dinner]}
";

#[test]
fn an_order_that_is_half_right_earns_half_its_point() {
    let form = form_of(ORDERS);
    let half_right = |item: &DrawnItem| {
        let letters: Vec<&str> = item.key.split(' ').collect();
        format!("{} {} {} {}\n", letters[1], letters[0], letters[2], letters[3])
    };
    let (report, text) = sit_with(ORDERS, &form.items.iter().map(half_right).collect::<String>());
    let credits: Vec<f64> =
        report["items"].as_array().expect("items").iter().map(|item| number(&item["credit"])).collect();
    assert_eq!((credits, number(&report["score"]["raw"])), (vec![0.5, 0.5], 1.0), "{text}");
    let (report, _) = sit(ORDERS, &form, |_, _| true);
    assert!((number(&report["score"]["raw"]) - 2.0).abs() < 1e-12);
}
