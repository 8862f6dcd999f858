//! Real exams: what is recorded of them, what they point to, and what they change.

use serde_json::{Value, json};

use crate::support::{Bank, Learner, drill, key_of, refused};

const NOW: &str = "--now 2027-03-02T09:00";
const SIX_FORMS: Bank = Bank {
    id: "bank",
    exam: "exam:\n  minutes: 30\n  items: 10\n  retake: {wait_days: 30, fee: 80 EUR}\n",
    domains: &[("net", 50, 30), ("sec", 50, 30)],
};

fn owner(bank: &Bank) -> Learner {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", &bank.yaml());
    learner.say(&format!("deck show {path}")).done();
    learner
}

#[test]
fn a_report_on_paper_is_diagnosed_without_any_sitting() {
    let learner = Learner::new();
    let add = "result add --date 2027-03-01 --score 590 --level concepts=C,security=ni,technology=needs,billing=c";
    let found = learner.json(&format!("{add} {NOW}"), "");
    assert_eq!((&found["pass"], &found["points_above_cut"]), (&false.into(), &(-110).into()));
    let ids: Vec<&str> =
        found["findings"].as_array().expect("a list").iter().filter_map(|own| own["id"].as_str()).collect();
    assert_eq!(ids, ["parts-without-protection", "theory-without-use", "videos-only", "heavy-gaps"]);
    let retake = &found["retake"];
    assert_eq!((&retake["outlook"], &retake["study_time"]), (&"low".into(), &"months".into()));
    assert_eq!((&retake["earliest"], &retake["advised_from"]), (&"2027-03-15".into(), &"2027-04-26".into()));
    assert!(retake["advised_to"].is_null() && retake["p_pass"].is_null(), "{retake}");

    let text = learner.say(&format!("result show {NOW}")).done().out;
    let begins: Vec<Option<usize>> =
        ["Technology and Services (34 %", "Compliance (30 %", "After that, by level and weight: Cloud"]
            .iter()
            .map(|words| text.find(words))
            .collect();
    assert!(begins.iter().all(Option::is_some) && begins.is_sorted(), "the heaviest weak domain is first: {text}");
    for words in [
        "Attempt 1 on 2027-03-01: FAIL, 590 (110 below 700, which passes).",
        "Needs Improvement in 64 % of the exam by weight.",
        "Allowed from 2027-03-15 on, 14 days of the calendar after the exam.",
        "cutscore drill --domain security",
        "The next attempt costs 100 USD",
    ] {
        assert!(text.contains(words), "`{words}` is not in {text}");
    }
    for line in text.lines().filter(|line| line.trim().starts_with("cutscore ")) {
        let words = line.trim().strip_prefix("cutscore ").expect("a command");
        learner.feed(&format!("{words} --dry-run {NOW}"), "").with_code(if words.starts_with("plan") { 0 } else { 2 });
    }
}

#[test]
fn two_levels_say_no_more_than_they_do() {
    let learner = Learner::new();
    let add =
        "result add --date 2027-03-01 --score 680 --level concepts=meets,security=meets,technology=meets,billing=meets";
    let found = learner.json(&format!("{add} {NOW}"), "");
    let ids: Vec<&str> =
        found["findings"].as_array().expect("a list").iter().filter_map(|own| own["id"].as_str()).collect();
    // Neither "competent everywhere" nor a strong domain follows from it.
    assert_eq!(ids, ["competent-is-enough", "near-the-cut"]);
    assert_eq!(found["retake"]["study_time"], "2-3 weeks");
    assert_eq!(found["retake"]["advised_to"], "2027-03-22");
}

#[test]
fn after_a_pass_no_retake_is_spoken_of_and_the_rest_is_worth_strengthening() {
    let learner = Learner::new();
    let add = "result add --date 2027-03-01 --score 701 --level concepts=P,security=C,technology=P,billing=NI";
    let found = learner.json(&format!("{add} {NOW}"), "");
    assert_eq!((&found["pass"], &found["retake"]), (&true.into(), &Value::Null));
    assert!(found["costs"]["next"].is_null() && found["costs"]["paid"] == json!(["100 USD"]), "{found}");
    let text = learner.say(&format!("result show {NOW}")).done().out;
    assert!(text.contains("no other attempt is needed") && !text.contains("next attempt"), "{text}");
    let (billing, security) = (text.find("--domain billing"), text.find("--domain security"));
    assert!(billing.is_some() && billing < security && !text.contains("--domain technology"), "{text}");
}

#[test]
fn attempts_make_a_history_with_its_costs_in_the_order_of_their_days() {
    let learner = owner(&SIX_FORMS);
    let add = |words: &str| learner.json(&format!("result add bank {words} {NOW}"), "");
    assert_eq!(add("--date 2027-03-01 --score 650 --level net=C,sec=NI")["attempt"], 1);
    assert_eq!(add("--date 2027-01-10 --failed --level net=NI --cost none")["attempt"], 1);
    assert_eq!(add("--date 2026-11-30 --score 400 --cost 79.50EUR")["attempt"], 1);
    let list = learner.json(&format!("result list bank {NOW}"), "");
    let days: Vec<&str> =
        list["attempts"].as_array().expect("a list").iter().filter_map(|own| own["date"].as_str()).collect();
    assert_eq!(days, ["2026-11-30", "2027-01-10", "2027-03-01"]);
    assert!(list["attempts_allowed"].is_null());
    assert_eq!(list["earliest_retake"], "2027-03-31", "30 days, as the deck says");
    let costs = &list["costs"];
    assert_eq!((&costs["paid"], &costs["unpriced"]), (&json!(["159.50 EUR"]), &1.into()));
    assert_eq!((&costs["next"], &costs["expected_loss"]), (&"80 EUR".into(), &Value::Null));
    let newest = learner.json(&format!("result show {NOW} 3 bank"), "");
    assert_eq!(
        (&newest["domains"][0]["level_before"], &newest["domains"][0]["level"]),
        (&"Needs Improvement".into(), &"Competent".into())
    );
    assert!(learner.json(&format!("result show 2 bank {NOW}"), "")["retake"].is_null(), "another attempt followed");
}

#[test]
fn a_result_is_removed_and_brought_back_by_the_rules_of_the_log() {
    let learner = owner(&SIX_FORMS);
    learner.say(&format!("result add bank --date 2027-03-01 --score 650 {NOW}")).done();
    let n_attempts = || learner.json(&format!("result list bank {NOW}"), "")["attempts"].as_array().map(Vec::len);
    assert_eq!(learner.json(&format!("result remove 1 bank {NOW}"), "")["date"], "2027-03-01");
    assert_eq!(n_attempts(), Some(0));
    assert_eq!(learner.json(&format!("undo bank {NOW}"), "")["what"], "result_removal");
    assert_eq!(n_attempts(), Some(1));
    assert_eq!(learner.json(&format!("undo bank {NOW}"), "")["what"], "result");
    assert_eq!(n_attempts(), Some(0));
    assert_eq!(learner.json(&format!("redo bank {NOW}"), "")["what"], "result");
    assert_eq!(n_attempts(), Some(1));
    // A later day has nothing to take back, but removes as well.
    let later = "--now 2027-03-05T09:00";
    assert!(learner.json(&format!("undo bank {later}"), "")["what"].is_null());
    learner.say(&format!("result remove 1 bank {later}")).done();
    refused(learner.say(&format!("result show bank {later}")), 2, "invalid value 'bank'");
    refused(learner.say(&format!("result show 1 bank {later}")), 1, "no result of a real exam is recorded yet");
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_recorded() {
    let learner = owner(&SIX_FORMS);
    learner.write("plain.yaml", "questions: [{front: Why?, back: Because}]\n");
    let check =
        |words: &str, code: i32, reason: &str| refused(learner.say(&format!("result add {words} {NOW}")), code, reason);
    check("bank --score 750 --failed", 2, "750 is a pass where 700 passes");
    check("bank --score 650 --passed", 2, "650 is a fail where 700 passes");
    check("bank --score 1001", 2, "a score lies from 100 to 1000, not at 1001");
    check("bank", 2, "say whether it was a pass or a fail");
    check("bank --score 650 --date 2027-03-09", 2, "--date: 2027-03-09 is still to come");
    check("bank --score 650 --date 2027-02-29", 2, "--date: write a day such as");
    check("bank --score 650 --level nett=C", 2, "there is no domain `nett`; did you mean `net`?");
    check("bank --score 650 --level net=great", 2, "`great` is no level");
    check("bank --score 650 --level net", 2, "write `DOMAIN=LEVEL`");
    check("bank --score 650 --cost much", 2, "--cost: write an amount");
    check("bank --score 650 --next 2027-01-01", 2, "--next: 2027-01-01 has passed");
    check("./plain.yaml --failed", 1, "has no `exam:` section");
    assert_eq!(learner.json(&format!("result list bank {NOW}"), "")["attempts"], json!([]));
    learner.say(&format!("result add bank --date 2027-03-01 --score 650 {NOW}")).done();
    check("bank --date 2027-03-01 --score 650", 2, "the result of 2027-03-01 is recorded already");
}

#[test]
fn a_file_says_the_same_as_options_and_its_faults_have_places() {
    let learner = owner(&SIX_FORMS);
    let file = learner.write(
        "report.yaml",
        "date: 2027-03-01\nscore: 650\noutcome: fail\nlevels: {net: Competent, sec: NI}\ncost: 80 EUR\nnext: 2027-04-20\n",
    );
    let by_file = learner.json(&format!("result add bank --file {file} {NOW}"), "");
    learner.say(&format!("result remove 1 bank {NOW}")).done();
    let options = "--date 2027-03-01 --score 650 --level net=c --level sec=ni --next 2027-04-20";
    assert_eq!(by_file, learner.json(&format!("result add bank {options} {NOW}"), ""));
    assert_eq!(by_file["exam_date"], "2027-04-20");
    let plan = learner.json(&format!("plan bank {NOW}"), "");
    assert_eq!(plan["exam_date"], "2027-04-20", "the plan leads to the next attempt");

    let said = learner.feed(&format!("result add bank --file - {NOW}"), "date: 2027-03-01\nscroe: 650\n").with_code(3);
    assert!(said.err.contains(":2:1") && said.err.contains("did you mean `score`?"), "{}", said.err);
    refused(learner.feed(&format!("result add bank --file - {NOW}"), "date: yesterday\n"), 2, "date: write a day");
    refused(learner.say(&format!("result add bank --file none.yaml {NOW}")), 1, "none.yaml cannot be read");
    refused(learner.feed(&format!("result add bank --file - {NOW}"), &"#".repeat(70_000)), 2, "larger than 64 KiB");
}

#[test]
fn the_drill_brings_more_of_what_a_real_exam_called_weak() {
    let new_ids = |learner: &Learner| -> (usize, usize) {
        let ids = drill(learner, &format!("drill bank --new 10 {NOW}"), |_, _| "q".to_owned()).ids;
        assert_eq!(ids.len(), 1, "one card is looked at");
        let left = drill(learner, &format!("drill bank --new 10 {NOW}"), |id, n| match n {
            0 => key_of(id).to_owned(),
            _ => "q".to_owned(),
        });
        let of = |domain: &str| left.ids.iter().filter(|id| id.starts_with(domain)).count();
        (of("net"), of("sec"))
    };
    assert_eq!(new_ids(&owner(&SIX_FORMS)), (5, 5));
    let learner = owner(&SIX_FORMS);
    learner.say(&format!("result add bank --date 2027-03-01 --score 650 --level net=P,sec=NI {NOW}")).done();
    // Taken for 5 of 5 and 2 of 5 right: by Laplace's rule 1/7 against 4/7 are missed.
    assert_eq!(new_ids(&learner), (2, 8));
}

#[test]
fn an_old_guide_is_told_beside_a_real_result() {
    let learner = Learner::new();
    let guide = "guide: {as_of: 2026-01-15, url: https://example.org/guide}\n";
    let path = learner.write("old.yaml", &format!("{guide}{}", SIX_FORMS.yaml()));
    let add = |now: &str| learner.say(&format!("result add {path} --date 2027-01-10 --score 650 --now {now}"));
    let text = add("2027-01-12T09:00").done().out;
    assert!(!text.contains("was last held against"), "not a year yet: {text}");
    let later = learner.say("result show --now 2027-01-16T09:00 1 bank").done().out;
    assert!(
        later.contains("was last held against its guide on 2026-01-15") && later.contains("example.org/guide"),
        "{later}"
    );
}
