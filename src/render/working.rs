//! How a score came about, step by step, with the figures of one sitting.

use serde_json::{Value, json};

use crate::base::SafeText;
use crate::deck::ReportedScale;
use crate::render::json::{SCHEMA, number, scale_json};
use crate::render::section::{Part, Section, section_text};
use crate::render::{ReportResult, ScoreSheet, plural, score_words};
use crate::score::{Outcome, ScoreNote, ScoreReport};

/// A scored sitting with what its score rests on beside the answers.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreWorking {
    /// The report.
    pub sheet: ScoreSheet,
    /// The share of right answers of a barely passing candidate on the reference form, 0 to 1.
    pub cut_share: f64,
    /// The ability of that candidate, in logits.
    pub theta_cut: f64,
}

/// Writes the working of a score; `None` without one.
pub fn working_text(working: &ScoreWorking) -> Option<String> {
    let ScoreWorking { sheet, .. } = working;
    let ReportResult::Scored { report, .. } = &sheet.result else { return None };
    let sections = [
        on_the_form(sheet, report),
        carried_over(working, report),
        on_the_scale(working, report),
        Section { title: "What is taken for granted", parts: notes(report) },
    ];
    let title = SafeText::one_line(&sheet.title);
    Some(format!("{title}\nThe score of sitting {}, step by step\n{}", sheet.number, section_text(&sections)))
}

fn says(text: String) -> Part {
    Part::Says(text)
}

fn on_the_form(sheet: &ScoreSheet, report: &ScoreReport) -> Section {
    let n_unscored = sheet.items.len() - report.n_scored;
    let more =
        if n_unscored > 0 { format!(" {n_unscored} more were asked and count for nothing.") } else { String::new() };
    let mut parts = vec![
        says(format!(
            "You got {} of {} counting questions; what was left blank is wrong.{more}",
            report.raw, report.n_scored
        )),
        says(format!(
            "A barely passing candidate is expected to get {:.4} of exactly these questions. So {} were needed.",
            report.raw_cut, report.raw_needed,
        )),
    ];
    if (report.raw.value() - report.raw_weighted).abs() > 1e-9 {
        parts.push(says(format!(
            "The mix of domains is not the exam's, so each domain counts by its weight: {} right answers count as {:.2}.",
            report.raw, report.raw_weighted,
        )));
    }
    Section { title: "1  On this form", parts }
}

fn carried_over(working: &ScoreWorking, report: &ScoreReport) -> Section {
    let mut parts = Vec::new();
    match report.theta {
        Some(theta) => parts.push(says(format!(
            "The ability that expects your number of right answers here is {theta:.3} logits; a barely passing candidate \
             has {:.3}.",
            working.theta_cut,
        ))),
        None => parts.push(says(
            "No ability was looked for: the deck states no difficulties, or the answers lie at an end of the form. The \
             share of right answers is carried over as it is."
                .to_owned(),
        )),
    }
    parts.push(says(format!(
        "On the reference form that means {:.2} % right, where {:.2} % just pass. That form is the same for everybody, so \
         an easier form helps nobody.",
        100.0 * report.share,
        100.0 * working.cut_share,
    )));
    Section { title: "2  On the reference form", parts }
}

fn on_the_scale(working: &ScoreWorking, report: &ScoreReport) -> Section {
    let scale = report.scale;
    let mut parts = vec![
        says("Nothing right is the minimum, the cut is what passes, all right is the maximum, with straight lines between:".to_owned()),
        Part::Command(formula(scale, working.cut_share, report.share, report.scaled_exact)),
    ];
    let side = match report.outcome {
        Outcome::Pass => "at or above",
        Outcome::Fail => "below",
    };
    let verdict = match report.outcome {
        Outcome::Pass => "a pass",
        Outcome::Fail => "a fail",
    };
    let score = score_words(report.scaled.value(), scale);
    let total_alone = report.requirements.len() == 1;
    parts.push(says(if total_alone {
        format!("Before any rounding that is {side} {:.2}: {verdict}, reported as {score}.", scale.cut())
    } else {
        let n_met = report.requirements.iter().filter(|own| own.is_met).count();
        let needs = plural(report.requirements.len(), "requirement", "requirements");
        format!("{n_met} of {needs} met before any rounding: {verdict}, with {score}.")
    }));
    if let Some(csem) = report.csem {
        parts.push(says(format!("The standard error at this ability is {csem:.1} points.")));
    }
    let [band, band95] = [report.band, report.band95].map(|band| format!("{:.0} to {:.0}", band.low, band.high));
    parts.push(says(format!(
        "Owners of scores from {band} could well have got this number of right answers (68 %), those from {band95} with \
         more caution (95 %).",
    )));
    Section { title: "3  On the scale", parts }
}

/// The line on which the score lies, with its figures.
fn formula(scale: ReportedScale, cut_share: f64, share: f64, exact: f64) -> String {
    let (min, cut, max) = (scale.min(), scale.cut(), scale.max());
    if share < cut_share {
        format!("{min} + ({cut} - {min}) x {share:.4} / {cut_share:.4} = {exact:.2}")
    } else {
        format!("{cut} + ({max} - {cut}) x ({share:.4} - {cut_share:.4}) / (1 - {cut_share:.4}) = {exact:.2}")
    }
}

fn notes(report: &ScoreReport) -> Vec<Part> {
    let mut parts: Vec<Part> = report
        .notes
        .iter()
        .filter_map(|note| match note {
            ScoreNote::DifficultyAssumed { n_items } => {
                let items = plural(*n_items, "question has", "questions have");
                Some(says(format!("{items} a difficulty that nobody measured; the bands hold that doubt.")))
            }
            ScoreNote::ChanceIgnored => {
                Some(says("The cut is no higher than what guessing gives, so guessing was left out.".to_owned()))
            }
            ScoreNote::NoCurves | ScoreNote::WeightedByDomain | ScoreNote::DomainsMissing { .. } => None,
        })
        .collect();
    parts.push(says(
        "The real exam's questions and conversion are not public. Every formula, with its source and what is a \
         convention here, stands in docs/scoring.md."
            .to_owned(),
    ));
    parts
}

/// Returns the working of a score; `None` without one.
pub fn working_json(working: &ScoreWorking) -> Option<Value> {
    let ReportResult::Scored { report, .. } = &working.sheet.result else { return None };
    Some(json!({
        "schema": SCHEMA,
        "sitting": working.sheet.number,
        "deck": working.sheet.deck.as_str(),
        "raw": report.raw.value(),
        "raw_weighted": report.raw_weighted,
        "n_scored": report.n_scored,
        "raw_cut": report.raw_cut,
        "raw_needed": report.raw_needed.value(),
        "theta": report.theta,
        "theta_cut": working.theta_cut,
        "share": report.share,
        "cut_share": working.cut_share,
        "scale": scale_json(report.scale),
        "scaled_exact": report.scaled_exact,
        "scaled": number(report.scaled.value()),
        "pass": report.outcome == Outcome::Pass,
        "csem": report.csem,
        "band": [report.band.low, report.band.high],
        "band95": [report.band95.low, report.band95.high],
    }))
}
