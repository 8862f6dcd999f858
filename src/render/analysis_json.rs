//! What a sitting points to, as JSON.

use serde_json::{Map, Value, json};

use crate::base::ItemId;
use crate::deck::Levels;
use crate::plan::{Confusion, DOMAIN_SHARES, Finding, Strength, StudyTime, needed_elsewhere};
use crate::render::diagnosis_words::{
    NamedDomain, command_of, contrast_command, evidence_words, named_domains, outlook_words,
};
use crate::render::json::put;
use crate::render::{Analysis, ConfusedPair, ExitTest, Retake, ScoreSheet};

/// Puts in guesses, overconfidence, findings, confusions, what-if, exit tests and the outlook of a next attempt.
pub(in crate::render) fn put_analysis(
    fields: &mut Map<String, Value>,
    sheet: &ScoreSheet,
    analysis: &Analysis,
    levels: &Levels,
) {
    let guesses = sheet
        .guesses()
        .map(|own| json!({"n": own.n_answers, "right": own.n_right, "right_by_chance": own.n_by_chance}));
    let overconfidence = analysis.overconfidence.map(
        |own| json!({"n": own.n_answers, "right": own.n_right, "expected": own.n_expected, "excess": own.excess()}),
    );
    let confusion = |pair: &ConfusedPair| {
        let Confusion { chosen, right, items } = &pair.confusion;
        let items: Vec<&str> = items.iter().map(ItemId::as_str).collect();
        json!({"chosen": chosen, "right": right, "items": items, "command": contrast_command(sheet, pair)})
    };
    put(fields, "guesses", json!(guesses));
    put(fields, "overconfidence", json!(overconfidence));
    put(fields, "pattern_fit", json!(analysis.pattern_fit));
    let domains = named_domains(sheet, levels);
    put(fields, "findings", findings_json(&analysis.findings, &domains));
    put(fields, "confusions", analysis.confusions.iter().map(confusion).collect());
    put(fields, "what_if", what_if_json(sheet, analysis.cut_share));
    put(fields, "lowest_level_weight", json!(analysis.lowest_weight));
    put(fields, "exit_tests", sheet.exit_tests().into_iter().filter_map(|test| exit_test(sheet, test)).collect());
    put(fields, "retake", json!(analysis.retake.as_ref().map(|retake| retake_json(retake, &domains))));
}

/// Returns findings with their evidence.
pub(in crate::render) fn findings_json(findings: &[Finding], domains: &[NamedDomain]) -> Value {
    let finding = |finding: &Finding| {
        json!({
            "id": finding.insight.id,
            "kind": finding.insight.kind.as_str(),
            "in_full": finding.strength == Strength::Fully,
            "says": finding.insight.says,
            "advice": finding.insight.advice,
            "evidence": evidence_words(finding, domains),
        })
    };
    findings.iter().map(finding).collect()
}

/// Shares needed elsewhere, unbounded: above 1 nothing is enough.
fn what_if_json(sheet: &ScoreSheet, cut_share: f64) -> Value {
    let open = sheet.domains.iter().filter(|domain| 0.0 < domain.weight && domain.weight < 1.0);
    open.map(|domain| {
        let needed = DOMAIN_SHARES.iter().map(
            |share| json!({"share": share, "needed_elsewhere": needed_elsewhere(domain.weight, *share, cut_share)}),
        );
        json!({"domain": domain.id, "if": needed.collect::<Vec<_>>()})
    })
    .collect()
}

fn exit_test(sheet: &ScoreSheet, test: ExitTest) -> Option<Value> {
    let domain = sheet.domains.get(test.domain_idx)?;
    let command = command_of(sheet, test);
    Some(json!({"domain": domain.id, "questions": test.n_items, "right_needed": test.n_needed, "command": command}))
}

/// Names how long to study.
pub(in crate::render) fn study_time_name(time: StudyTime) -> &'static str {
    match time {
        StudyTime::TwoToThreeWeeks => "2-3 weeks",
        StudyTime::SixToEightWeeks => "6-8 weeks",
        StudyTime::Months => "months",
    }
}

fn retake_json(retake: &Retake, domains: &[NamedDomain]) -> Value {
    json!({
        "outlook": outlook_words(retake.rules.outlook),
        "signs_for": findings_json(&retake.rules.signs_for, domains),
        "signs_against": findings_json(&retake.rules.signs_against, domains),
        "study_time": study_time_name(retake.time),
        "p_pass": retake.p_pass,
    })
}
