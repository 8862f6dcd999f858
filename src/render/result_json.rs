//! The results of real exams as JSON.

use serde_json::{Value, json};

use crate::deck::{Fee, Outcome};
use crate::exam::RealResult;
use crate::render::analysis_json::{findings_json, study_time_name};
use crate::render::diagnosis_words::outlook_words;
use crate::render::json::{SCHEMA, number, scale_json};
use crate::render::ready::readiness_name;
use crate::render::result::named_domains;
use crate::render::{Ledger, NextAttempt, ResultDomain, ResultList, ResultRow, ResultSheet};

/// Returns the attempts, the oldest first.
pub fn result_list_json(list: &ResultList) -> Value {
    let attempt = |row: &ResultRow| {
        let mut fields = result_fields(row.number, &row.result);
        fields["domains"] = domains_json(&row.domains);
        fields
    };
    json!({
        "schema": SCHEMA,
        "deck": list.deck,
        "title": list.title,
        "scale": scale_json(list.scale),
        "attempts": list.attempts.iter().map(attempt).collect::<Vec<_>>(),
        "attempts_allowed": null,
        "earliest_retake": list.earliest.map(|day| day.to_string()),
        "costs": costs_json(&list.ledger),
    })
}

/// Returns what one result points to.
pub fn result_json(sheet: &ResultSheet) -> Value {
    let mut fields = result_fields(sheet.number, &sheet.result);
    fields["schema"] = json!(SCHEMA);
    fields["deck"] = json!(sheet.deck);
    fields["title"] = json!(sheet.title);
    fields["scale"] = scale_json(sheet.scale);
    fields["points_above_cut"] = json!(sheet.result.score.map(|score| number(score - sheet.scale.passing())));
    fields["domains"] = domains_json(&sheet.domains);
    fields["findings"] = findings_json(&sheet.findings, &named_domains(sheet));
    fields["retake"] = json!(sheet.next.as_ref().map(|next| next_json(sheet, next)));
    fields["exam_date"] = json!(sheet.exam_day.map(|day| day.to_string()));
    fields["costs"] = costs_json(&sheet.ledger);
    fields
}

fn result_fields(nth: usize, result: &RealResult) -> Value {
    json!({
        "attempt": nth,
        "date": result.taken_on.to_string(),
        "score": result.score.map(number),
        "pass": result.outcome == Outcome::Passed,
        "cost": result.cost.as_ref().map(Fee::to_string),
    })
}

fn domains_json(domains: &[ResultDomain]) -> Value {
    let domain = |own: &ResultDomain| {
        json!({
            "id": own.id,
            "title": own.title,
            "weight": own.weight,
            "level": own.told.as_ref().map(ToString::to_string),
            "level_before": own.before.as_ref().map(ToString::to_string),
        })
    };
    domains.iter().map(domain).collect()
}

fn next_json(sheet: &ResultSheet, next: &NextAttempt) -> Value {
    let domains = named_domains(sheet);
    json!({
        "outlook": outlook_words(next.rules.outlook),
        "signs_for": findings_json(&next.rules.signs_for, &domains),
        "signs_against": findings_json(&next.rules.signs_against, &domains),
        "study_time": study_time_name(next.time),
        "wait_days": next.wait_days,
        "earliest": next.days.earliest.to_string(),
        "advised_from": next.days.advised_from.to_string(),
        "advised_to": next.days.advised_to.map(|day| day.to_string()),
        "lowest_level_weight": next.lowest_weight,
        "p_pass": next.readiness.map(|(p_pass, _)| p_pass),
        "readiness": next.readiness.map(|(_, label)| readiness_name(label)),
    })
}

fn costs_json(ledger: &Ledger) -> Value {
    json!({
        "attempts": ledger.n_attempts,
        "unpriced": ledger.n_unpriced,
        "paid": ledger.paid.iter().map(Fee::to_string).collect::<Vec<_>>(),
        "next": ledger.next.as_ref().map(Fee::to_string),
        "expected_loss": ledger.expected_loss.as_ref().map(Fee::to_string),
    })
}
