//! A report that shows only what the report of a real exam shows: the score, pass or fail, and two levels by domain.

use serde_json::{Value, json};

use crate::base::SafeText;
use crate::render::json::{SCHEMA, number, scale_json};
use crate::render::section::{Head, Part, Section, Table, section_text};
use crate::render::words::percent;
use crate::render::{ReportResult, ScoreSheet, score_words};
use crate::score::{DomainImpact, Outcome, ScoreReport};

/// How a domain went, in the two levels of a real report.
fn level(impact: &DomainImpact) -> &'static str {
    if impact.is_met() { "Meets competencies" } else { "Needs improvement" }
}

/// Writes what a real report shows; `None` without a score.
pub fn authentic_text(sheet: &ScoreSheet) -> Option<String> {
    let sections = authentic_sections(sheet)?;
    Some(format!("{}\n{}", SafeText::one_line(&sheet.title), section_text(&sections)))
}

/// Returns the sections of such a report; `None` without a score.
pub(in crate::render) fn authentic_sections(sheet: &ScoreSheet) -> Option<Vec<Section>> {
    let ReportResult::Scored { report, .. } = &sheet.result else { return None };
    let verdict = match report.outcome {
        Outcome::Pass => "PASS",
        Outcome::Fail => "FAIL",
    };
    let score = score_words(report.scaled.value(), report.scale);
    let passing = score_words(report.scale.passing(), report.scale);
    let date = sheet.started_at.format("%Y-%m-%d");
    let says = "A real report tells no questions, no percentages and no band. The levels decide nothing: only the total \
                does.";
    Some(vec![
        Section {
            title: "Score report",
            parts: vec![
                Part::Says(format!("{verdict}: {score}. It takes {passing} to pass.")),
                Part::Says(format!("Date of the exam: {date}")),
            ],
        },
        Section {
            title: "Performance by domain",
            parts: vec![Part::Table(domain_table(sheet, report)), Part::Says(says.to_owned())],
        },
    ])
}

fn domain_table(sheet: &ScoreSheet, report: &ScoreReport) -> Table {
    let row = |impact: &DomainImpact| {
        let domain = sheet.domains.get(impact.domain_idx)?;
        Some(vec![domain.title.clone(), percent(domain.weight), level(impact).to_owned()])
    };
    let rows = report.impacts.iter().filter_map(row).collect();
    let heads = vec![Head::Words("Domain"), Head::Numbers("Weight"), Head::Words("Level")];
    Table { heads, rows, bars: Vec::new() }
}

/// Returns such a report as JSON; `None` without a score.
pub fn authentic_json(sheet: &ScoreSheet) -> Option<Value> {
    let ReportResult::Scored { report, .. } = &sheet.result else { return None };
    let domain = |impact: &DomainImpact| {
        let row = sheet.domains.get(impact.domain_idx)?;
        Some(json!({"id": row.id, "title": row.title, "weight": row.weight, "level": level(impact)}))
    };
    Some(json!({
        "schema": SCHEMA,
        "authentic": true,
        "sitting": sheet.number,
        "deck": sheet.deck.as_str(),
        "title": sheet.title,
        "date": sheet.started_at.format("%Y-%m-%d").to_string(),
        "pass": report.outcome == Outcome::Pass,
        "scaled": number(report.scaled.value()),
        "scale": scale_json(report.scale),
        "domains": report.impacts.iter().filter_map(domain).collect::<Vec<_>>(),
    }))
}
