//! What the deck that comes with the program says of twenty learners.

use std::collections::BTreeMap;

use cutscore::deck::{InsightKind, Outline, Skill};
use cutscore::format::{embedded_deck, read_deck};
use cutscore::plan::{
    DomainSign, Outlook, Overconfidence, RightOf, Signs, Strength, StudyTime, findings, retake_outlook, study_time,
};

fn outline() -> Outline {
    read_deck(&embedded_deck()).deck.expect("the deck that comes with the program").outline
}

/// A learner in words: the levels of the four domains (`N` needs improvement, `C` competent, `P` proficient), then any of
/// `+60` or `-60` (points from the cut), `over .20` (overconfidence), `recall .30` (how far recall is ahead of scenarios).
/// Without points, the learner has only the levels of a report on paper, which is a fail.
fn signs(outline: &Outline, words: &str) -> Signs {
    let words: Vec<&str> = words.split_whitespace().collect();
    let (levels, rest) = words.split_at(4);
    let points: Option<f64> =
        rest.iter().find(|word| word.starts_with(['+', '-'])).map(|word| word.parse().expect("a number"));
    let after = |name: &str| -> Option<f64> {
        let place = rest.iter().position(|word| *word == name)?;
        Some(rest[place + 1].parse().expect("a number"))
    };
    let total: f64 = outline.weights().iter().map(|weight| weight.middle()).sum();
    let sign = |(level, domain): (&&str, &cutscore::deck::Domain)| {
        let (level_idx, share) = match *level {
            "N" => (0, 0.45),
            "C" => (1, 0.68),
            _ => (2, 0.86),
        };
        let weight = domain.weight.middle() / total;
        Some(DomainSign { weight, level_idx, highest_idx: level_idx, share: points.map(|_| share) })
    };
    let skills = after("recall").map(|ahead| {
        let right = |share: f64| RightOf { n_right: [6, 9][usize::from(0.75 < share)], n: 10 };
        BTreeMap::from([(Skill::Recall, right(0.6 + ahead)), (Skill::Scenario, right(0.6))])
    });
    Signs {
        is_pass: points.is_some_and(|points| 0.0 <= points),
        points_above_cut: points,
        domains: levels.iter().zip(&outline.domains).map(sign).collect(),
        overconfidence: after("over").map(|excess| Overconfidence {
            n_answers: 40,
            n_right: 20,
            n_expected: 20.0 + 40.0 * excess,
        }),
        skills: skills.into_iter().collect(),
    }
}

/// `expected` are the names of the insights that hold in the deck's order, those that hold in part in brackets.
#[track_caller]
fn check(learner: &str, expected: &str) {
    let outline = outline();
    let found = findings(&outline.insights, &signs(&outline, learner));
    let name = |finding: &cutscore::plan::Finding| match (finding.strength, finding.insight.kind) {
        // Of a rule of thumb, one of several domains is all that it asks for.
        (Strength::Partly, InsightKind::RedFlag | InsightKind::Pattern) => format!("({})", finding.insight.id),
        _ => finding.insight.id.clone(),
    };
    let found: Vec<String> = found.iter().map(name).collect();
    assert_eq!(found.join(" "), expected, "{learner}");
}

#[test]
fn a_learner_who_is_weak_in_one_domain_is_told_which_beliefs_to_drop() {
    check("C C C N -30", "close-is-nearly-there small-domain one-gap near-the-cut");
    check("C N C C -60", "close-is-nearly-there one-gap near-the-cut");
    check("C N P C -15", "close-is-nearly-there technical-people-pass one-gap near-the-cut heavy-strength");
}

#[test]
fn weak_heavy_domains_are_services_without_their_protection() {
    check("C N N C -120", "parts-without-protection (theory-without-use) videos-only heavy-gaps");
    check("N N N N -300", "parts-without-protection small-domain three-gaps heavy-gaps far-below");
}

#[test]
fn theory_without_use_is_told_in_full_and_in_part() {
    check(
        "P N N N -250",
        "parts-without-protection theory-without-use videos-only small-domain three-gaps heavy-gaps far-below",
    );
    check("C N C N -110", "(theory-without-use) small-domain");
}

#[test]
fn ways_of_preparing_are_told_apart() {
    check("P C C C -20", "videos-only competent-is-enough near-the-cut");
    check(
        "N C P N -40",
        "(no-business-view) hands-on-only close-is-nearly-there small-domain technical-people-pass near-the-cut \
         heavy-strength",
    );
    check("C P P N +50", "no-business-view");
    check("N C N C -130 over .22 recall .30", "learned-by-heart");
    check("C C C C -25", "broad-not-deep generic-questions competent-is-enough near-the-cut");
    check("C C C C -45 over -.20", "broad-not-deep generic-questions competent-is-enough near-the-cut");
}

#[test]
fn what_is_not_known_is_not_told() {
    check("N C N C -130 recall .30", "");
    check("N C N C -130 over .22", "");
    check("C N N N", "parts-without-protection theory-without-use videos-only small-domain three-gaps heavy-gaps");
}

#[test]
fn those_who_passed_hear_little() {
    check("C C C C +5 over -.05", "generic-questions");
    check("C C P C +60", "");
    check("P P C P +90 over .20", "");
    check("P P P P +300", "");
}

#[track_caller]
fn check_outlook(learner: &str, outlook: Outlook, time: StudyTime) {
    let outline = outline();
    let signs = signs(&outline, learner);
    let found = retake_outlook(&findings(&outline.insights, &signs));
    assert_eq!((found.outlook, study_time(&signs)), (outlook, time), "{learner}");
}

#[test]
fn the_outlook_of_a_retake_follows_the_rules_of_thumb_and_is_uncertain_where_they_clash_or_end() {
    use Outlook::{High, Low, Uncertain};
    use StudyTime::{Months, SixToEightWeeks, TwoToThreeWeeks};
    check_outlook("C C C N -30", High, TwoToThreeWeeks);
    check_outlook("C N C C -60", High, TwoToThreeWeeks);
    check_outlook("N C P N -40", High, SixToEightWeeks);
    check_outlook("P C C C -20", High, TwoToThreeWeeks);
    check_outlook("C N N C -120", Low, Months);
    check_outlook("P N N N -250", Low, Months);
    check_outlook("C N N N", Low, Months);
    // Two gaps and 100 to 150 points below: no rule speaks.
    check_outlook("C N C N -110", Uncertain, SixToEightWeeks);
    check_outlook("N C N C -130", Uncertain, SixToEightWeeks);
    // A strong heavy domain beside three gaps: two rules clash.
    check_outlook("N P N N -160", Uncertain, Months);
    check("N P N N -160", "small-domain heavy-strength three-gaps far-below");
}
