//! Stimuli, enemies, status, provenance, stale terms and insights.

use super::{deck_of, file, said, source};
use crate::base::Share;
use crate::deck::{Condition, Deck, InsightKind, ItemBody, Outcome, Severity, Skill, Staleness, Status};
use crate::format::read_deck;

#[track_caller]
fn check(yaml: &str, expected: &[&str]) {
    let sources = source(yaml);
    assert_eq!(said(&sources, &read_deck(&sources), Severity::Warning), expected);
}

/// A deck with a header and two sound questions, the second with something added.
fn with(header: &str, added: &str) -> String {
    format!(
        "{header}questions:\n- {{id: a, stem: Is it?, right: yes, wrong: [no]}}\n\
         - {{id: b, stem: Was it?, right: yes, wrong: [no]{added}}}\n"
    )
}

fn stimulus_of(deck: &Deck, item_idx: usize) -> Option<&str> {
    match &deck.items[item_idx].body {
        ItemBody::Question(question) => question.stimulus.as_deref(),
        ItemBody::Flashcard(_) | ItemBody::Cloze(_) => None,
    }
}

#[test]
fn a_stimulus_is_written_once_and_read_above_every_stem_that_names_it() {
    let yaml = "stimuli: {bakery: A bakery grows.}\nquestions:\n\
                - {id: a, stimulus: bakery, stem: What comes first?, right: yes, wrong: [no]}\n\
                - {id: b, stimulus: bakery, stem: What comes next?, accept: yes}\n\
                - {id: c, stem: What comes last?, right: yes, wrong: [no]}\n";
    let deck = deck_of(&source(yaml));
    assert_eq!([0, 1, 2].map(|idx| stimulus_of(&deck, idx)), [Some("A bakery grows."), Some("A bakery grows."), None]);
    assert_eq!(deck.items[0].body.prompt(), "A bakery grows.\n\nWhat comes first?");
    assert_eq!(deck.items[0].facts.stimulus, deck.items[1].facts.stimulus);
    // The text may stand in another file than the questions.
    let files = [file("deck.yaml", with("", ", stimulus: shop")), file("z.yaml", "stimuli: {shop: A shop.}\n")];
    assert_eq!(stimulus_of(&deck_of(&files), 1), Some("A shop."));
}

#[test]
fn a_stimulus_has_a_name_of_its_own_and_questions() {
    check(&with("stimuli: {shop: A shop.}\n", ""), &["1:11 D025 no question has the stimulus `shop`"]);
    check(
        &with("stimuli: {shop: A shop.}\n", ", stimulus: shpo"),
        &["1:11 D025 no question has the stimulus `shop`", "4:61 D014 there is no stimulus `shpo`"],
    );
    check(
        "stimuli: {shop: A shop.}\nquestions:\n- {id: a, stimulus: shop, front: a, back: b}\n",
        &["3:21 D010 a card has no stimulus"],
    );
}

#[test]
fn enemies_are_items_or_groups_that_others_name() {
    let deck = deck_of(&source(with("", ", enemies: [a]")));
    assert_eq!(deck.items[1].facts.enemies.iter().map(ToString::to_string).collect::<Vec<_>>(), ["a"]);
    check(&with("", ", enemies: a"), &[]);
    check(&with("", ", enemies: vpc"), &["3:60 D026 the enemy `vpc` is no item, and no other item names it"]);
    let shared = "questions:\n- {id: a, enemies: vpc, stem: Is it?, right: yes, wrong: [no]}\n\
                  - {id: b, enemies: vpc, stem: Was it?, right: yes, wrong: [no]}\n";
    check(shared, &[]);
}

#[test]
fn status_and_notes_are_read() {
    let added = ", status: draft, tags: [x], author: Ada, source: own work, reviewed: 2026-11-22, guide: v1.2";
    let deck = deck_of(&source(with("tags: y\n", added)));
    let item = &deck.items[1];
    assert_eq!((deck.items[0].facts.status, item.facts.status), (Status::Live, Status::Draft));
    assert_eq!(
        (item.notes.tags.clone(), deck.items[0].notes.tags.clone()),
        (vec!["x".into(), "y".into()], vec!["y".into()])
    );
    assert_eq!((item.notes.authors.clone(), item.notes.source.as_deref()), (vec!["Ada".into()], Some("own work")));
    assert_eq!(item.notes.reviewed.map(|date| date.to_string()), Some("2026-11-22".to_owned()));
    assert_eq!(item.notes.guide.as_deref(), Some("v1.2"));
    check(&with("", ", status: reitred"), &["3:59 D010 `reitred` is no value of `status`"]);
    check(&with("", ", reviewed: soon"), &["3:61 D010 `reviewed` is a date such as 2026-10-04, not `soon`"]);
}

#[test]
fn stale_terms_have_a_severity() {
    let deck = deck_of(&source(with("stale_terms: [{term: Old, replacement: New, severity: renamed}]\n", "")));
    let term = &deck.stale_terms[0];
    assert_eq!((term.term.as_str(), term.replacement.as_deref(), term.kind), ("Old", Some("New"), Staleness::Renamed));
    check(&with("stale_terms: [{term: Old}]\n", ""), &["1:15 D009 a stale term needs `severity`"]);
    check(&with("stale_terms: [{term: Old, severity: gone}]\n", ""), &["1:37 D010 `gone` is no value of `severity`"]);
}

const INSIGHTS: &str = "\
domains: [{id: concepts}, {id: security}, {id: technology}]
domain: concepts
exam: {items: 1}
insights:
  - id: theory
    when:
      - {domains: [concepts], level: [Competent, Proficient]}
      - {domains: others, level: Needs Improvement, at_least: 1}
      - {passed: false}
    says: Theory without application.
    advice: More scenarios.
  - id: memorized
    when:
      - {stronger: recall, weaker: scenario, by: 0.15}
      - {overconfidence: 0.1}
    says: Facts, not decisions.
  - id: close
    when:
      - {distance: {from: -100, to: 0}}
      - {higher: [security, technology], lower: concepts, by: 0.2}
      - {domains: all, share: {to: 0.8}}
      - {domains: all, level: Proficient, at_most: 0}
    says: Close.
    kind: chance-high
";

#[test]
fn insights_say_when_they_hold() {
    let deck = deck_of(&source(with(INSIGHTS, "")));
    let share = |value| Share::new(value).expect("a share");
    let [theory, memorized, close] = deck.outline.insights.as_slice() else { panic!("three insights") };
    assert_eq!((theory.id.as_str(), theory.advice.as_deref()), ("theory", Some("More scenarios.")));
    assert_eq!((theory.kind, close.kind), (InsightKind::Pattern, InsightKind::ChanceHigh));
    assert_eq!(
        theory.when,
        [
            Condition::Levels { domains: vec![0], levels: vec![1, 2], at_least: 1, at_most: 1 },
            Condition::Levels { domains: vec![1, 2], levels: vec![0], at_least: 1, at_most: 2 },
            Condition::Outcome(Outcome::Failed),
        ]
    );
    assert_eq!(
        memorized.when,
        [
            Condition::Skills { stronger: Skill::Recall, weaker: Skill::Scenario, by: share(0.15) },
            Condition::Overconfidence { by: share(0.1) },
        ]
    );
    assert_eq!(
        close.when,
        [
            Condition::Distance { from: -100, to: 0 },
            Condition::Contrast { higher: vec![1, 2], lower: vec![0], by: share(0.2) },
            Condition::Shares { domains: vec![0, 1, 2], from: share(0.0), to: share(0.8) },
            Condition::Levels { domains: vec![0, 1, 2], levels: vec![2], at_least: 0, at_most: 0 },
        ]
    );
}

#[test]
fn insights_name_domains_levels_and_numbers_that_can_be() {
    let check_when = |when: &str, expected: &[&str]| {
        check(&with(&format!("insights: [{{id: x, says: y, when: [{{{when}}}]}}]\n"), ""), expected);
    };
    check_when("passed: true", &[]);
    check_when("domains: all, level: Competnt", &["1:58 D014 there is no level `Competnt`"]);
    check_when("domains: [al], level: Competent", &["1:47 D014 there is no domain `al`"]);
    check_when("domains: all", &["1:36 D009 a condition on domains has `domains` and `level` or `share`"]);
    check_when("passed: true, overconfidence: 0.1", &["1:36 D017 a condition says one thing"]);
    check_when("domain: all", &["1:37 D007 unknown key `domain` in a condition"]);
    check_when("distance: {from: 5, to: 1}", &["1:47 D010 `distance` ends before it begins"]);
    check_when("domains: all, level: Competent, at_least: 2", &["1:36 D010 no 2 to 1 of 1 domains can be counted"]);
    check(&with("insights: [{id: x, says: y, when: []}]\n", ""), &["1:35 D009 `when` has no condition"]);
}
