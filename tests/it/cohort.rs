//! Groups of learners at the command line: responses from CSV, calibration and reports.

use std::fs;
use std::path::Path;

use cutscore::base::Seed;
use rand::RngExt;
use serde_json::Value;

use crate::support::{Bank, Learner, asked, key_of, refused};

/// Learners with their answers: who, the item, whether it is right, what was chosen, and in how many seconds.
struct Responses(String);

impl Responses {
    fn new() -> Responses {
        Responses("learner,sitting,form,item,correct,choice,seconds\n".to_owned())
    }

    fn add(&mut self, learner: &str, sitting: &str, form: &str, item: &str, is_right: bool) {
        self.0.push_str(&format!("{learner},{sitting},{form},{item},{},,\n", u8::from(is_right)));
    }
}

#[track_caller]
fn close(found: &Value, expected: f64, tolerance: f64) {
    let number = found.as_f64().unwrap_or_else(|| panic!("found {found}, expected {expected}"));
    assert!((number - expected).abs() <= tolerance, "found {number}, expected {expected}");
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// 1,000 people and 5 items; the file names its source.
const LSAT6: &str = include_str!("../data/lsat6.txt");

fn lsat6() -> Responses {
    let mut responses = Responses::new();
    let mut n_people = 0;
    for line in LSAT6.lines().filter(|line| !line.starts_with('#')) {
        let (pattern, n) = line.split_once(' ').expect("a pattern and a number");
        for _ in 0..n.parse().expect("a number") {
            n_people += 1;
            for (mark, item) in pattern.chars().zip(1..) {
                responses.add(&format!("p{n_people}"), "", "", &format!("item-{item}"), mark == '+');
            }
        }
    }
    responses
}

/// The marginal maximum likelihood solution (Bock & Aitkin 1981; `ltm` and `mirt` print the same), and the classical
/// statistics, which follow from the patterns by hand: p, point-biserial with the item removed, b in
/// thousandths.
#[test]
fn the_law_school_test_comes_out_as_published() {
    let learner = Learner::new();
    let path = learner.write("lsat6.csv", &lsat6().0);
    let found = learner.json(&format!("cohort calibrate {path} --model rasch"), "");
    assert_eq!((found["model"].as_str(), found["sd_theta"].as_f64()), (Some("rasch"), Some(1.0)));
    close(&found["log_likelihood"], -2_466.937_600, 1e-4);
    close(&found["alpha"], 0.2950, 1e-4);
    let expected = [
        (0.924, 0.1128, -3_615),
        (0.709, 0.1532, -1_322),
        (0.553, 0.1728, -318),
        (0.763, 0.1444, -1_730),
        (0.870, 0.1216, -2_780),
    ];
    let items = list(&found["items"]);
    assert_eq!(items.len(), expected.len());
    for ((item, (p, point_biserial, b)), number) in items.iter().zip(expected).zip(1..) {
        assert_eq!((item["item"].as_str(), item["n"].as_u64()), (Some(&*format!("item-{number}")), Some(1_000)));
        close(&item["p"], p, 1e-4);
        close(&item["point_biserial"], point_biserial, 1e-4);
        close(&item["a"], 0.7551, 2e-3);
        close(&item["b"], f64::from(b) / 1_000.0, 2e-3);
        assert!(item["se_b"].as_f64().is_some_and(|error| (0.05..0.5).contains(&error)), "{item}");
    }
    let text = learner.say(&format!("cohort calibrate {path}")).done().out;
    assert!(text.contains("1000 learners, 5 items, 5000 answers.\n"), "{text}");
    assert!(text.contains("log-likelihood -2466.9376, coefficient alpha 0.295."), "{text}");
}

/// 60 learners and 20 items of four choices. Able learners take `b` of the item `q19`, whose key says `a`; nobody takes
/// `d` of `q10`. Learner `l00` takes two seconds a question; `l59` misses the easiest ten and solves the others.
fn strange_group() -> String {
    let mut text = Responses::new().0;
    let mut rng = Seed(11).rng();
    for learner in 0..60_u32 {
        let ability = (f64::from(learner) - 30.0) / 15.0;
        for item in 0..20_u32 {
            let difficulty = (f64::from(item) - 9.5) / 5.0;
            let knows = rng.random::<f64>() < 1.0 / (1.0 + (difficulty - ability).exp());
            let (is_right, choice) = match (learner, item) {
                (59, _) => (item >= 10, if item >= 10 { "a" } else { "c" }),
                (_, 19) => (!knows && item % 2 == 1, if knows { "b" } else { "a" }),
                (_, 10) => (knows, if knows { "a" } else { ["b", "c"][(learner % 2) as usize] }),
                _ => (knows, if knows { "a" } else { ["b", "c", "d"][((learner + item) % 3) as usize] }),
            };
            let seconds = if learner == 0 { 2.0 } else { 30.0 + f64::from(item) };
            let right = u8::from(is_right);
            text.push_str(&format!("l{learner:02},1,,q{item:02},{right},{choice},{seconds}\n"));
        }
    }
    text
}

#[test]
fn distractors_rapid_guesses_and_unlikely_answers_are_pointed_at() {
    let learner = Learner::new();
    let path = learner.write("group.csv", &strange_group());
    let found = learner.json(&format!("cohort calibrate {path}"), "");
    let item = |name: &str| list(&found["items"]).iter().find(|item| item["item"] == name).expect("the item").clone();
    let choices: Vec<String> = list(&item("q10")["choices"]).iter().map(|own| own["choice"].to_string()).collect();
    assert_eq!(choices, ["\"a\"", "\"b\"", "\"c\""]);
    let shares: f64 = list(&item("q10")["choices"]).iter().filter_map(|own| own["share"].as_f64()).sum();
    assert!((shares - 1.0).abs() < 1e-12);
    assert_eq!(list(&item("q19")["choices"]).iter().filter(|own| own["key"] == true).count(), 1);
    let advice = item("q19")["advice"].to_string();
    assert!(advice.contains("check the key") && advice.contains("able learners take `b`"), "{advice}");
    assert!(list(&found["items"]).iter().all(|item| item["rapid"] == 1));
    let flagged: Vec<(&str, String)> = list(&found["learners_flagged"])
        .iter()
        .map(|own| (own["learner"].as_str().expect("a name"), own["flags"].to_string()))
        .collect();
    assert_eq!(flagged.first(), Some(&("l00", "[\"rapid\"]".to_owned())));
    assert!(flagged.contains(&("l59", "[\"unlikely\"]".to_owned())), "{flagged:?}");
    assert!(flagged.len() <= 5, "{flagged:?}");
}

#[test]
fn problems_of_responses_name_file_and_line() {
    let learner = Learner::new();
    let path = learner.write("bad.csv", "learner,item,correct\nann,net-00,1\nann,net-01,yes\n,net-01,1\n");
    let deck = learner.write("deck.yaml", &BANK.yaml());
    for command in [format!("cohort calibrate {path}"), format!("cohort report {deck} {path}")] {
        let said = learner.say(&command).with_code(3);
        let expected = format!("{path}:3: `correct` is 0 or 1, not `yes`\n{path}:4: `learner` is empty\n");
        assert!(said.err.starts_with(&expected), "{}", said.err);
    }
    let said = learner.feed("cohort calibrate -", "learner,item\n").with_code(3);
    assert!(said.err.starts_with("-:1: there is no column `correct`"), "{}", said.err);
    refused(learner.say(&format!("cohort report {deck} none.csv")), 1, "there is no file at none.csv");
}

/// Ten questions and an exam of all of them.
const BANK: Bank =
    Bank { id: "bank", exam: "exam:\n  minutes: 30\n  items: 10\n", domains: &[("net", 60, 6), ("sec", 40, 4)] };

fn deck_with_form() -> String {
    format!("forms:\n  short: [net-00, net-01, net-02, sec-00, sec-01]\n{}", BANK.yaml())
}

/// The report of learners on the bank.
fn report(responses: &Responses) -> Value {
    let learner = Learner::new();
    let deck = learner.write("deck.yaml", &deck_with_form());
    let path = learner.write("r.csv", &responses.0);
    learner.json(&format!("cohort report {deck} {path} --now 2027-02-01"), "")
}

fn learner_of<'v>(report: &'v Value, name: &str) -> &'v Value {
    list(&report["learners"]).iter().find(|own| own["learner"] == name).expect("the learner")
}

#[test]
fn what_a_named_form_asked_and_nobody_answered_is_wrong() {
    let mut responses = Responses::new();
    for (learner, n_answered) in [("ann", 5), ("bob", 3)] {
        for (idx, item) in ["net-00", "net-01", "net-02", "sec-00", "sec-01"].into_iter().enumerate() {
            if idx < n_answered {
                responses.add(learner, "m", "short", item, idx < 3);
            }
        }
    }
    responses.add("cis", "m", "", "net-00", true);
    responses.add("cis", "m", "", "net-01", true);
    responses.add("cis", "m", "", "net-02", true);
    let found = report(&responses);
    let sitting = |name: &str| learner_of(&found, name)["sittings"][0].clone();
    assert_eq!((sitting("ann")["raw"].as_u64(), sitting("ann")["n_scored"].as_u64()), (Some(3), Some(5)));
    assert_eq!(sitting("ann"), sitting("bob"));
    assert_eq!(learner_of(&found, "ann")["p_pass"], learner_of(&found, "bob")["p_pass"]);
    assert_eq!((sitting("cis")["raw"].as_u64(), sitting("cis")["scaled"].as_u64()), (Some(3), Some(1000)));
    assert_eq!(found["schema"], 1);
    let names = ["sitting", "raw", "scaled", "pass", "band", "domains"];
    assert!(names.iter().all(|name| sitting("bob").get(name).is_some()), "{found}");
    let domain = sitting("bob")["domains"][1].clone();
    assert_eq!(
        (domain["id"].as_str(), domain["right"].as_u64(), domain["n"].as_u64()),
        (Some("sec"), Some(0), Some(2))
    );
    assert!(["share", "level", "level_probability"].iter().all(|name| !domain[name].is_null()), "{domain}");
}

#[test]
fn later_showings_of_an_item_are_scored_and_tell_nothing_about_ability() {
    let sat = |n_sittings: u32| {
        let mut responses = Responses::new();
        for sitting in 0..n_sittings {
            for item in 0..6 {
                responses.add("ann", &format!("m{sitting}"), "", &format!("net-0{item}"), item < 3 || sitting > 0);
            }
        }
        report(&responses)
    };
    let (once, twice) = (sat(1), sat(2));
    assert_eq!(learner_of(&once, "ann")["p_pass"], learner_of(&twice, "ann")["p_pass"]);
    let sittings = list(&learner_of(&twice, "ann")["sittings"]);
    assert_eq!(sittings.iter().map(|own| own["raw"].as_u64()).collect::<Vec<_>>(), [Some(3), Some(6)]);
    assert_eq!(sittings.iter().map(|own| own["n_seen"].as_u64()).collect::<Vec<_>>(), [Some(0), Some(6)]);
    // Six right answers by heart leave the share where it is before any answer.
    assert!(sittings[1]["domains"][0]["share"].as_f64().is_some_and(|share| share < 0.75), "{sittings:?}");
    assert!(sittings[1]["domains"][0]["level"].is_string());
}

#[test]
fn a_group_of_one_is_told_what_the_learner_alone_is_told() {
    let learner = Learner::new();
    let deck = learner.write("deck.yaml", &BANK.yaml());
    let mut room = crate::support::Conversation::start(learner.command(&["exam", &deck, "--now", "2027-02-01T09:00"]));
    let mut responses = Responses::new();
    for position in 0..10 {
        let said = room.wait_for("\nd) d of");
        let item = asked(&said).expect("a question of the bank").to_owned();
        let is_right = position % 3 > 0;
        room.type_line(if is_right { key_of(&item) } else { "-" });
        responses.add("me", "1", "", &item, is_right);
    }
    assert_eq!(room.end().0, Some(0));
    let alone = learner.json("report", "");
    let ready = learner.json("explain ready bank --now 2027-02-01T20:00", "");
    let path = learner.write("me.csv", &responses.0);
    let group = learner.json(&format!("cohort report {deck} {path} --now 2027-02-01T20:00"), "");
    let me = learner_of(&group, "me");
    close(&me["p_pass"], ready["p_pass"].as_f64().expect("a probability"), 1e-12);
    let sitting = &me["sittings"][0];
    for name in ["raw", "scaled", "scaled_exact", "pass", "band"] {
        assert_eq!(sitting[name], alone["score"][name], "{name}");
    }
    for (found, expected) in list(&sitting["domains"]).iter().zip(list(&alone["domains"])) {
        for name in ["id", "right", "n", "share", "level", "level_probability"] {
            assert_eq!(found[name], expected[name], "{name}");
        }
    }
}

#[test]
fn forms_items_and_rows_that_do_not_fit_are_said() {
    let learner = Learner::new();
    let deck = learner.write("deck.yaml", &deck_with_form());
    let mut responses = Responses::new();
    responses.add("ann", "m", "long", "net-00", true);
    let path = learner.write("r.csv", &responses.0);
    refused(learner.say(&format!("cohort report {deck} {path}")), 1, "names no form `long`; it names short");
    let path = learner.write("r.csv", "learner,item,correct\nann,x,1\n");
    refused(learner.say(&format!("cohort report {deck} {path}")), 1, "no response is about an exam item of the deck");
    let mut responses = Responses::new();
    for item in ["net-00", "net-00", "net-05", "x"] {
        responses.add("ann\u{1b}[2J", "m", "short", item, true);
    }
    let path = learner.write("r.csv", &responses.0);
    let said = learner.say(&format!("cohort report {deck} {path}")).done();
    assert_eq!(said.err, "1 item is not in the deck `bank`, for example `x`.\n");
    assert!(said.out.contains("1 row is not about an item of the form: left out.\n"), "{}", said.out);
    assert!(said.out.contains("1 row is about an item that the same sitting has already: left out.\n"), "{}", said.out);
    assert!(!said.out.contains('\u{1b}'), "{}", said.out);
}

#[test]
fn an_instructor_reads_first_who_needs_help() {
    let learner = Learner::new();
    let deck = learner.write("deck.yaml", &BANK.yaml());
    let mut responses = Responses::new();
    for (name, n_right) in [("strong", 10), ("weak", 2), ("middling", 7)] {
        for item in 0..10 {
            let id = if item < 6 { format!("net-0{item}") } else { format!("sec-0{}", item - 6) };
            responses.add(name, "m1", "", &id, item < n_right);
        }
    }
    let path = learner.write("r.csv", &responses.0);
    let text = learner.say(&format!("cohort report {deck} {path} --now 2027-02-01")).done().out;
    let lines: Vec<&str> = text.lines().collect();
    let names: Vec<&str> = lines[9..].iter().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!((lines[1], lines[2]), ("3 learners, 3 sittings.", "2 of 3 passed their latest sitting (67 %)."));
    assert_eq!(names, ["Learner", "weak", "middling", "strong"], "{text}");
}

/// Forms of unlike difficulty and their raw-to-scaled tables from an independent implementation; the file tells more.
const SIMULATED: &str = include_str!("../data/equating_c25.txt");

/// A deck of these forms by name and difficulties, of which `REF` defines the scale.
fn simulated_deck(forms: &[(&str, Vec<f64>)]) -> String {
    let mut deck = "id: sim\nexam: {items: 65, guessing: 0.25, reference_form: [".to_owned();
    let ids = |form: &str| (0..65).map(|idx| format!("{form}-{idx}")).collect::<Vec<_>>().join(", ");
    deck.push_str(&format!("{}]}}\nforms:\n", ids("REF")));
    for (form, _) in forms {
        deck.push_str(&format!("  {form}: [{}]\n", ids(form)));
    }
    deck.push_str("questions:\n");
    for (form, difficulties) in forms {
        for (idx, b) in difficulties.iter().enumerate() {
            let id = format!("{form}-{idx}");
            deck.push_str(&format!("  - {{id: {id}, stem: {id}?, difficulty: {b:?}, right: w, wrong: [x, y, z]}}\n"));
        }
    }
    deck
}

/// 120 learners N(.67, .8²) who sit all three forms. What the score misses of the truth is near the limit of a test of 65
/// items (a root mean square of 47 points and 13 of 100 decisions), whatever the form.
#[test]
fn scores_of_a_group_are_as_near_the_truth_as_a_test_of_this_length_can_be() {
    const N_LEARNERS: u32 = 120;
    let numbers = |line: &str| line.split(' ').skip(1).filter_map(|word| word.parse().ok()).collect::<Vec<f64>>();
    let forms: Vec<(&str, Vec<f64>)> = ["REF", "EASY", "HARD"]
        .into_iter()
        .zip(SIMULATED.lines().filter(|line| line.starts_with("b ")).map(numbers))
        .collect();
    let p = |theta: f64, b: f64| 0.25 + 0.75 / (1.0 + (b - theta).exp());
    let share = |theta: f64| forms[0].1.iter().map(|b| p(theta, *b)).sum::<f64>() / 65.0;
    let deck = simulated_deck(&forms);
    let mut rng = Seed(20_261_122).rng();
    let mut responses = Responses::new();
    let mut thetas = Vec::new();
    for learner in 0..N_LEARNERS {
        let normal = (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0;
        let theta = 0.666 + 0.8 * normal;
        thetas.push(theta);
        for (form, difficulties) in &forms {
            for (idx, b) in difficulties.iter().enumerate() {
                let is_right = rng.random::<f64>() < p(theta, *b);
                responses.add(&format!("p{learner}"), form, form, &format!("{form}-{idx}"), is_right);
            }
        }
    }
    let learner = Learner::new();
    let deck = learner.write("sim.yaml", &deck);
    let path = learner.write("sim.csv", &responses.0);
    let found = learner.json(&format!("cohort report {deck} {path} --now 2027-02-01"), "");
    for (form_idx, (form, _)) in forms.iter().enumerate() {
        let tables: Vec<Vec<f64>> = SIMULATED.lines().filter(|line| line.starts_with("row ")).map(scaled_of).collect();
        let (mut squares, mut n_agreed) = (0.0, 0);
        for (own, theta) in list(&found["learners"]).iter().zip(&thetas) {
            let sitting = &own["sittings"][form_idx];
            assert_eq!(sitting["form"].as_str(), Some(*form));
            let raw = usize::try_from(sitting["raw"].as_u64().expect("a number")).expect("few");
            close(&sitting["scaled_exact"], tables[66 * form_idx + raw][0], 1e-3);
            let truth = share(*theta);
            let points = if truth < 0.7 { 100.0 + 600.0 * truth / 0.7 } else { 700.0 + 1000.0 * (truth - 0.7) };
            squares += (sitting["scaled_exact"].as_f64().expect("a number") - points).powi(2);
            n_agreed += u32::from(sitting["pass"].as_bool() == Some(truth >= 0.7));
        }
        let error = (squares / f64::from(N_LEARNERS)).sqrt();
        assert!(error < 55.0 && n_agreed >= 97, "{form}: {error}, {n_agreed} of {N_LEARNERS}");
    }
    let brier: f64 = list(&found["learners"])
        .iter()
        .zip(&thetas)
        .map(|(own, theta)| {
            (own["p_pass"].as_f64().expect("a number") - f64::from(u8::from(share(*theta) >= 0.7))).powi(2)
        })
        .sum();
    assert!(brier / f64::from(N_LEARNERS) < 0.1, "{brier}");
}

/// The scaled score of a line `row <raw> <theta or -> <share> <scaled> <csem or ->`.
fn scaled_of(line: &str) -> Vec<f64> {
    line.split(' ').nth(4).and_then(|word| word.parse().ok()).into_iter().collect()
}

/// The items of `difficulties:` as they were written: id, logits and error.
fn overlay(text: &str) -> Vec<(String, f64, f64)> {
    let number = |text: &str| text.trim_matches(['{', '}', ' ']).parse::<f64>().expect("a number");
    let entries = text.lines().filter(|line| line.starts_with("  \""));
    entries
        .map(|line| {
            let (id, rest) = line.split_once(": {logits: ").expect("an entry");
            let (logits, error) = rest.split_once(", error: ").expect("an error");
            (id.trim_matches(['"', ' ']).to_owned(), number(logits), number(error))
        })
        .collect()
}

#[test]
fn measured_difficulties_go_back_into_the_deck() {
    let learner = Learner::new();
    let stated = [-1.0, -0.5, 0.0, 0.5, 1.0, 1.5];
    let header = "id: deck\ntitle: Deck\nexam: {items: 6, guessing: none}\nforms: {A: [q0, q1, q2, q3, q4, q5]}\n";
    let questions = |difficulties: &[f64]| -> String {
        let question = |(idx, b): (usize, &f64)| {
            format!("  - {{id: q{idx}, stem: What is q{idx}?, difficulty: {b:?}, right: w, wrong: [x, y]}}\n")
        };
        difficulties.iter().enumerate().map(question).collect()
    };
    let file = learner.write("anchor", "");
    let folder = Path::new(&file).with_file_name("deck");
    fs::create_dir(&folder).expect("makes a folder");
    fs::write(folder.join("deck.yaml"), format!("{header}questions:\n{}", questions(&stated))).expect("writes");
    let deck = folder.to_str().expect("a path in UTF-8");

    // For these learners the order of the questions is another one.
    let mut rng = Seed(3).rng();
    let mut responses = Responses::new();
    for person in 0..400 {
        let theta = (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0;
        for (item, b) in [1.0, -1.0, 0.5, 0.0, 1.5, -0.5].into_iter().enumerate() {
            let is_right = rng.random::<f64>() < 1.0 / (1.0 + f64::exp(b - theta));
            responses.add(&format!("p{person}"), "m", "A", &format!("q{item}"), is_right);
        }
    }
    let path = learner.write("r.csv", &responses.0);
    let before = learner.json(&format!("form table {deck} --form A"), "");
    let measured = folder.join("measured.yaml");
    learner.say(&format!("cohort calibrate {path} --deck {deck} --write-difficulty {}", measured.display())).done();
    let found = overlay(&fs::read_to_string(&measured).expect("the file was written"));
    assert_eq!(found.iter().map(|(id, ..)| id.as_str()).collect::<Vec<_>>(), ["q0", "q1", "q2", "q3", "q4", "q5"]);
    let difficulties: Vec<f64> = found.iter().map(|(_, logits, _)| *logits).collect();
    assert!((difficulties.iter().sum::<f64>() - stated.iter().sum::<f64>()).abs() < 1e-3);
    assert!(difficulties[0] > difficulties[1] && difficulties[4] > difficulties[5], "{difficulties:?}");
    assert!(found.iter().all(|(_, _, error)| (0.05..0.3).contains(error)), "{found:?}");

    // The deck now is one whose authors state these numbers.
    let after = learner.json(&format!("form table {deck} --form A"), "");
    assert_ne!(before["theta_cut"], after["theta_cut"]);
    let plain = learner.write("plain.yaml", &format!("{header}questions:\n{}", questions(&difficulties)));
    assert_eq!(learner.json(&format!("form table {plain} --form A"), ""), after);
    // But it knows how sure they are, which widens the bands of reports.
    let width = |deck: &str| {
        let report = learner.json(&format!("cohort report {deck} {path} --now 2027-02-01"), "");
        let sittings = list(&report["learners"]).iter().map(|own| own["sittings"][0]["band"].clone());
        sittings.map(|band| band[1].as_f64().expect("an end") - band[0].as_f64().expect("an end")).sum::<f64>()
    };
    assert!(width(deck) > width(&plain) + 1.0);
    let check = learner.json(&format!("deck check {deck}"), "");
    assert_eq!((check["errors"].as_u64(), check["warnings"].as_u64()), (Some(0), Some(0)), "{check}");
}
