//! Each rule of item writing on its own example.

use chrono::NaiveDate;

use super::source;
use crate::deck::{RULES, Rule, Severity};
use crate::format::rules_page::questions;
use crate::format::{CheckSetting, check_deck, rules_page, usable_deck};

/// What examples leave out for brevity: ids, rationales, a second form.
const BESIDE: [&str; 3] = ["D020", "D201", "D309"];

/// The codes that an example breaks, each once.
fn broken(yaml: &str) -> Vec<&'static str> {
    let today = NaiveDate::from_ymd_opt(2026, 12, 1);
    let reading = check_deck(&source(questions(yaml)), &CheckSetting { today, ..CheckSetting::default() });
    let mut codes: Vec<&str> = reading.findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The codes beside the rule's own that count.
fn others<'c>(rule: &Rule, codes: &[&'c str]) -> Vec<&'c str> {
    codes.iter().copied().filter(|code| *code != rule.code && !BESIDE.contains(code)).collect()
}

#[test]
fn every_bad_example_breaks_its_rule_alone_and_no_good_one_breaks_any() {
    let mut faults = Vec::new();
    for rule in RULES {
        let Some(example) = rule.example else { continue };
        let (bad, good) = (broken(example.bad), broken(example.good));
        if !bad.contains(&rule.code) || !others(rule, &bad).is_empty() {
            faults.push(format!("{} bad: {bad:?}", rule.code));
        }
        if good.contains(&rule.code) || !others(rule, &good).is_empty() {
            faults.push(format!("{} good: {good:?}", rule.code));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn a_deck_is_used_unless_it_breaks_a_rule_that_is_an_error() {
    let differing = |yaml: &str| {
        let sources = source(questions(yaml));
        usable_deck(&sources).ok() != check_deck(&sources, &CheckSetting::default()).deck
    };
    let more = [
        "- {stem: Put them in order., order: [one, two, one]}\n",
        "- {stem: Match them., match: [{left: a, right: one}, {left: a, right: two}]}\n",
        "- {stem: Match them., match: [{left: a, right: one}, {left: b, right: one}]}\n",
        "- {stem: Which? (Choose TWO.), right: a, wrong: [b, b], status: retired}\n",
    ];
    let examples = RULES.iter().filter_map(|rule| rule.example).flat_map(|example| [example.bad, example.good]);
    let faults: Vec<&str> = examples.chain(more).filter(|yaml| differing(yaml)).collect();
    assert_eq!(faults, Vec::<&str>::new());
    let are_used = more.map(|yaml| usable_deck(&source(questions(yaml))).is_ok());
    assert_eq!(are_used, [false, false, false, true]);
}

#[test]
fn every_rule_has_an_example_but_those_whose_breach_stands_in_no_deck() {
    let without: Vec<&str> = RULES.iter().filter(|rule| rule.example.is_none()).map(|rule| rule.code).collect();
    assert_eq!(without, ["D203", "D308"]);
    assert!(RULES.iter().all(|rule| rule.severity != Severity::Error || rule.code < "D200"));
}

#[test]
fn the_page_of_rules_is_what_the_program_prints() {
    let page = rules_page(None).expect("a page");
    let kept = include_str!("../../../docs/lint.md");
    assert!(page == kept, "docs/lint.md is not what `cutscore deck rules` prints");
    assert!(rules_page(Some("d204")).is_some_and(|rule| rule.starts_with("## D204: the key")));
    assert_eq!(rules_page(Some("D999")), None);
}
