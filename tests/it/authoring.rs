//! What an author has beside an editor: repairs, ids, rules, statistics and the schema.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::support::{Learner, refused};

const ROUGH: &str = "# mine\nquestions:\n  - stem: Which methods change nothing?   # a remark\n    right: [GET, HEAD]\n    \
                     wrong: [POST, PUT]  \n  - {front: a, back: b}\n";

#[test]
fn fix_repairs_what_needs_no_judgement_and_shows_it() {
    let learner = Learner::new();
    let path = learner.write("rough.yaml", ROUGH);
    let said = learner.say(&format!("deck check {path} --fix")).done().out;
    assert!(said.contains("rough.yaml:3\n-   - stem: Which methods change nothing?"), "{said}");
    assert!(said.contains("+   - id: q-") && said.contains("+     wrong: [POST, PUT]\n"), "{said}");
    let text = fs::read_to_string(learner.home().join("rough.yaml")).expect("the deck");
    assert!(text.starts_with("# mine\nquestions:\n  - id: q-"), "{text}");
    assert!(text.contains("    stem: Which methods change nothing? (Choose TWO.)   # a remark\n"), "{text}");
    assert!(text.contains("  - {id: q-") && text.contains("wrong: [POST, PUT]\n"), "{text}");
    let again = learner.say(&format!("deck check {path} --fix")).done().out;
    assert!(!again.contains("\n+ "), "{again}");
    let names: Vec<_> =
        fs::read_dir(learner.home()).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().ends_with(".new")), "{names:?}");
}

#[test]
fn written_ids_keep_the_history_of_their_items() {
    let learner = Learner::new();
    let yaml = "questions:\n- stem: Which port is it?\n  right: 443\n  wrong: [80, 22]\n\
                - {stem: Which port was it?, right: 25, wrong: [80, 22]}\n";
    let path = learner.write("ports.yaml", yaml);
    let first = learner.json(&format!("drill {path} --now 2027-02-02T09:00"), "a\na\na\na\na\na\na\na\n");
    assert_eq!(first["n_new_left"], 0);
    let said = learner.say(&format!("deck ids {path}")).done().out;
    assert!(said.ends_with("2 ids written. Each item keeps its history.\n"), "{said}");
    let text = fs::read_to_string(learner.home().join("ports.yaml")).expect("the deck");
    assert!(text.contains("\n- id: q-") && text.contains("\n- {id: q-"), "{text}");
    // Both were new once; now neither is.
    let second = learner.json(&format!("drill {path} --now 2027-02-02T10:00"), "");
    assert_eq!(second["n_new_left"], 0);
    assert_eq!(learner.json(&format!("deck ids {path}"), "")["ids_written"], 0);
    refused(learner.say("deck ids clf-c02"), 2, "has no files to be changed");
}

#[test]
fn several_decks_are_held_against_each_other() {
    let learner = Learner::new();
    let deck = |right: &str, wrong: &str| {
        format!("questions:\n- {{id: a, stem: Which port does HTTPS use?, right: {right}, wrong: [{wrong}, 22]}}\n")
    };
    let (one, two) = (learner.write("one.yaml", &deck("443", "80")), learner.write("two.yaml", &deck("80", "443")));
    let check = learner.json(&format!("deck check {one} {two}"), "");
    let codes: Vec<&str> =
        check["findings"].as_array().expect("findings").iter().filter_map(|finding| finding["code"].as_str()).collect();
    assert!(codes.contains(&"D308"), "{codes:?}");
    assert_eq!(learner.json(&format!("deck check {one}"), "")["warnings"], 0);
    // A deck that was opened before can be named by its id beside a path.
    learner.json(&format!("deck show {two}"), "");
    assert_eq!(learner.json(&format!("deck check {one} two"), "")["warnings"], check["warnings"]);
}

#[test]
fn an_old_guide_is_told_by_the_day() {
    let learner = Learner::new();
    let path = learner.write("old.yaml", "guide: {as_of: 2026-01-31}\nquestions:\n- {id: a, front: a, back: b}\n");
    let n_warnings = |now: &str| learner.json(&format!("deck check {path} --now {now}"), "")["warnings"].as_u64();
    assert_eq!(
        (n_warnings("2026-12-31"), n_warnings("2027-03-01"), n_warnings("2025-01-01")),
        (Some(0), Some(1), Some(1))
    );
}

#[test]
fn a_rule_that_is_broken_often_is_shown_thrice_and_then_listed() {
    let learner = Learner::new();
    let questions: Vec<String> =
        (0..30).map(|n| format!("- {{id: q{n}, stem: What is {n}?, right: x{n}, wrong: [y{n}]}}\n")).collect();
    let path = learner.write("many.yaml", &format!("questions:\n{}", questions.concat()));
    let said = learner.say(&format!("deck check {path}")).done().out;
    assert_eq!(said.matches("= help:").count(), 3, "{said}");
    assert!(said.contains("advice[D201]: 27 more\n") && said.contains("  and 7 more; --json lists them\n"), "{said}");
    let check = learner.json(&format!("deck check {path}"), "");
    assert_eq!(check["findings"].as_array().map(Vec::len), Some(30));
}

#[test]
fn rules_are_explained_one_by_one() {
    let learner = Learner::new();
    let said = learner.say("deck rules d204").done().out;
    assert!(said.starts_with("## D204: ") && said.contains("Not so:") && said.contains("But so:"), "{said}");
    refused(learner.say("deck rules D999"), 1, "there is no rule `D999`");
}

const SPREAD: &str = "\
exam: {items: 2}
domains:
  - {id: web, weight: 50, tasks: [{id: \"1.1\"}, {id: \"1.2\"}]}
  - {id: mail, weight: 50}
questions:
  - {id: a, task: \"1.1\", difficulty: easy, skill: recall, stem: Which port is it?, right: 443, wrong: [80, 22]}
  - {id: b, task: \"1.1\", enemies: a, difficulty: 0.5, stem: Which port was it?, right: 443, wrong: [80, 22]}
  - {id: c, domain: mail, status: draft, stem: Which port will it be?, right: 25, wrong: [80, 22]}
  - {id: d, domain: mail, stem: Which port can it be?, right: 25, wrong: [80, 22]}
  - {id: e, domain: mail, front: SMTP, back: Mail}
";

#[test]
fn statistics_count_tasks_skills_difficulties_and_forms() {
    let learner = Learner::new();
    let path = learner.write("spread.yaml", SPREAD);
    let stats = learner.json(&format!("deck stats {path}"), "");
    let (web, mail) = (&stats["domains"][0], &stats["domains"][1]);
    assert_eq!(web["counts"]["exam_items"], 2);
    assert_eq!(web["counts"]["difficulties"], json!({"easy": 1, "medium": 0, "hard": 0, "number": 1, "unstated": 0}));
    assert_eq!((&web["tasks"][1]["task"], &web["tasks"][1]["counts"]["exam_items"]), (&json!("1.2"), &json!(0)));
    assert_eq!((&web["concepts"], &mail["concepts"], &stats["forms"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!(stats["status"], json!({"live": 4, "draft": 1, "retired": 0, "disputed": 0}));
    let text = learner.say(&format!("deck stats {path}")).done().out;
    assert!(text.contains("The bank holds 1 form without a common concept or enemy.\n"), "{text}");
    assert!(text.contains("Not in use: 1 drafts, 0 retired, 0 disputed.\n"), "{text}");
}

/// Says where a value breaks a schema, as far as the schema of decks goes.
fn breaches(schema: &Value, value: &Value, place: &str) -> Vec<String> {
    if let Some(shapes) = schema.get("anyOf").and_then(Value::as_array) {
        let all: Vec<Vec<String>> = shapes.iter().map(|shape| breaches(shape, value, place)).collect();
        return if all.iter().any(Vec::is_empty) { Vec::new() } else { all.concat() };
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return if words.contains(value) { Vec::new() } else { vec![format!("{place}: {value} is no such word")] };
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    let own = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !(types.contains(&own) || (own == "integer" && types.contains(&"number"))) {
        return vec![format!("{place}: {own} instead of {types:?}")];
    }
    let number = value.as_f64();
    let is_within = |end: &str, fits: fn(f64, f64) -> bool| match (number, schema.get(end).and_then(Value::as_f64)) {
        (Some(number), Some(end)) => fits(number, end),
        _ => true,
    };
    if !(is_within("minimum", |n, end| n >= end) && is_within("maximum", |n, end| n <= end)) {
        return vec![format!("{place}: {value} is out of range")];
    }
    match value {
        Value::Array(values) => {
            let of = |(idx, value)| breaches(&schema["items"], value, &format!("{place}[{idx}]"));
            values.iter().enumerate().flat_map(of).collect()
        }
        Value::Object(fields) => {
            let none = Map::new();
            let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
            let of = |(name, value): (&String, &Value)| match known.get(name) {
                Some(schema) => breaches(schema, value, &format!("{place}.{name}")),
                None if schema["additionalProperties"] == json!(false) => vec![format!("{place}: unknown key {name}")],
                None => breaches(&schema["additionalProperties"], value, &format!("{place}.{name}")),
            };
            fields.iter().flat_map(of).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn every_example_and_the_embedded_deck_keep_to_the_schema() {
    let learner = Learner::new();
    let schema = learner.json("deck schema", "");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let decks = Path::new(env!("CARGO_MANIFEST_DIR")).join("decks");
    let mut n_files = 0;
    for folder in ["examples", "clf-c02"] {
        for entry in fs::read_dir(decks.join(folder)).expect("a folder").flatten() {
            if entry.path().extension().is_some_and(|extension| extension == "yaml") {
                let text = fs::read_to_string(entry.path()).expect("a file");
                let deck: Value = serde_yaml::from_str(&text).expect("YAML");
                assert_eq!(breaches(&schema, &deck, &entry.path().display().to_string()), Vec::<String>::new());
                n_files += 1;
            }
        }
    }
    assert!(n_files > 20);
    let wrong = json!({"questions": [{"stem": "Is it?", "right": "yes", "wrong": ["no"], "dificulty": "easy"}]});
    assert!(!breaches(&schema, &wrong, "deck").is_empty());
}
