//! What a report says below its first page: domains in detail, how sure was sure, what the result points to, what next.

use crate::deck::{InsightKind, Levels, ReportedScale};
use crate::exam::Confidence;
use crate::plan::{Confusion, DOMAIN_SHARES, Finding, RetakeOutlook, needed_elsewhere};
use crate::render::analysis::{count, ratio};
use crate::render::diagnosis_words::{
    NamedDomain, command_of, contrast_command, evidence_words, kind_words, lowest_weight_words, named_domains,
    outlook_words, overconfidence_words, p_pass_words, study_time_words,
};
use crate::render::section::{Bar, Head, Part, Section, Table};
use crate::render::words::percent;
use crate::render::{Analysis, ConfidenceRow, ReportResult, ScoreSheet, plural};
use crate::score::{ScoreReport, Subject, UNLIKELY_PATTERN};

/// Most pairs that a report names.
const MOST_CONFUSIONS: usize = 5;

/// Returns the sections below the first page of a report; none without a score.
pub(in crate::render) fn more_sections(sheet: &ScoreSheet) -> Vec<Section> {
    let ReportResult::Scored { report, levels } = &sheet.result else { return Vec::new() };
    let mut sections = vec![brought(sheet, report)];
    sections.extend(sureness(sheet));
    if let Some(analysis) = &sheet.analysis {
        let domains = named_domains(sheet, levels);
        sections.extend(points_to(&analysis.findings, &domains));
        sections.extend(confused(sheet, analysis));
        sections.extend(what_if(sheet, report, analysis));
        sections.extend(next_attempt(sheet, analysis, levels, &domains));
    }
    sections.push(conventions());
    sections
}

/// Writes points of a scale with their sign: `−62`, `+14`, `0`.
pub(in crate::render) fn signed_points(points: f64, scale: ReportedScale) -> String {
    let steps = (points / scale.step()).round();
    let value = steps * scale.step();
    let decimals = usize::from(scale.step() < 1.0);
    match steps {
        ..0.0 => format!("−{:.decimals$}", -value),
        0.0 => "0".to_owned(),
        _ => format!("+{value:.decimals$}"),
    }
}

/// Writes a share as percent with one decimal: `78.6 %`.
pub(in crate::render) fn exact_percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// Names above numbers.
fn heads(first: &'static str, numbers: &[&'static str]) -> Vec<Head> {
    [Head::Words(first)].into_iter().chain(numbers.iter().copied().map(Head::Numbers)).collect()
}

fn brought(sheet: &ScoreSheet, report: &ScoreReport) -> Section {
    let (mut rows, mut bars) = (Vec::new(), Vec::new());
    for (result, impact) in report.domains.iter().zip(&report.impacts) {
        let Some(domain) = sheet.domains.get(result.domain_idx) else { continue };
        rows.push(vec![
            domain.title.clone(),
            percent(domain.weight),
            format!("{} of {}", result.raw, result.n_items),
            format!("{:.1}", impact.raw_cut),
            signed_points(impact.points, report.scale),
        ]);
        let n_items = count(result.n_items);
        bars.push(Bar { share: result.raw.value() / n_items, mark: impact.raw_cut / n_items });
    }
    let heads = heads("Domain", &["Weight", "Right", "Needed", "Points"]);
    let says = "Needed is what a barely passing candidate gets there, marked in the bar. The points add up to the \
                distance from the cut.";
    Section {
        title: "What each domain brought",
        parts: vec![Part::Table(Table { heads, rows, bars }), Part::Says(says.to_owned())],
    }
}

fn sureness(sheet: &ScoreSheet) -> Option<Section> {
    let mut parts = Vec::new();
    let calibration = sheet.calibration();
    if !calibration.is_empty() {
        let rows = calibration.iter().map(|row| {
            let share = ratio(row.n_right, row.n_answers);
            vec![said(row).to_owned(), row.n_right.to_string(), row.n_answers.to_string(), percent(share)]
        });
        let heads = heads("You said", &["Right", "Answers", "Share"]);
        parts.push(Part::Table(Table { heads, rows: rows.collect(), bars: Vec::new() }));
    }
    if let Some(guesses) = sheet.guesses() {
        parts.push(Part::Says(format!(
            "Of {}, {} came out right; blind choice gets {:.1} of them. What luck gave once it may take the next time.",
            plural(guesses.n_answers, "guess", "guesses"),
            guesses.n_right,
            guesses.n_by_chance,
        )));
    }
    let analysis = sheet.analysis.as_ref();
    parts.extend(analysis.and_then(|own| own.overconfidence).map(|found| Part::Says(overconfidence_words(found))));
    if analysis.and_then(|own| own.pattern_fit).is_some_and(|fit| fit < UNLIKELY_PATTERN) {
        let says = "Hard questions were right and easier ones wrong, more often than one learner in 200 shows it: a sign \
                    of lucky guesses, or of gaps in the basics.";
        parts.push(Part::Says(says.to_owned()));
    }
    (!parts.is_empty()).then_some(Section { title: "How sure you were", parts })
}

fn said(row: &ConfidenceRow) -> &'static str {
    match row.confidence {
        Confidence::Sure => "sure",
        Confidence::Unsure => "unsure",
        Confidence::Guess => "guess",
        Confidence::Unstated => "nothing",
    }
}

/// Tells what a result points to, but for rules of thumb about the next attempt.
pub(in crate::render) fn points_to(findings: &[Finding], domains: &[NamedDomain]) -> Option<Section> {
    let is_told = |finding: &&Finding| match finding.insight.kind {
        InsightKind::RedFlag | InsightKind::Pattern | InsightKind::Belief => true,
        // They stand with the outlook.
        InsightKind::ChanceHigh | InsightKind::ChanceLow => false,
    };
    let mut parts = Vec::new();
    for finding in findings.iter().filter(is_told) {
        parts.push(Part::Says(format!("{}: {}", kind_words(finding), finding.insight.says)));
        parts.push(Part::Detail(evidence_words(finding, domains)));
        parts.extend(finding.insight.advice.clone().map(Part::Detail));
    }
    (!parts.is_empty()).then_some(Section { title: "What this points to", parts })
}

fn confused(sheet: &ScoreSheet, analysis: &Analysis) -> Option<Section> {
    let mut parts = Vec::new();
    for pair in analysis.confusions.iter().take(MOST_CONFUSIONS) {
        let Confusion { chosen, right, items } = &pair.confusion;
        let times = plural(items.len(), "question", "questions");
        parts.push(Part::Says(format!("“{chosen}” for “{right}” ({times})")));
        parts.extend(contrast_command(sheet, pair).map(Part::Command));
    }
    if parts.is_empty() {
        return None;
    }
    let says = "What you chose, and what was right. Each command drills questions to which one of the two is the answer; \
                no card moves.";
    parts.insert(0, Part::Says(says.to_owned()));
    Some(Section { title: "Taken for each other", parts })
}

fn what_if(sheet: &ScoreSheet, report: &ScoreReport, analysis: &Analysis) -> Option<Section> {
    let total_alone = report.requirements.iter().all(|requirement| requirement.need.subject == Subject::Total);
    if !total_alone || sheet.domains.len() < 2 {
        return None;
    }
    let cell = |weight: f64, share: f64| match needed_elsewhere(weight, share, analysis.cut_share) {
        needed if needed <= 0.0 => "nothing".to_owned(),
        needed if 1.0 < needed => "too much".to_owned(),
        needed => exact_percent(needed),
    };
    let mut parts = vec![Part::Says("Right answers that all other domains need together, if one stays at".to_owned())];
    let open = sheet.domains.iter().filter(|domain| 0.0 < domain.weight && domain.weight < 1.0);
    let rows = open.map(|domain| {
        let cells = DOMAIN_SHARES.iter().map(|share| cell(domain.weight, *share));
        [domain.title.clone()].into_iter().chain(cells).collect()
    });
    let heads = heads("Domain", &["0 %", "40 %", "50 %", "60 %"]);
    parts.push(Part::Table(Table { heads, rows: rows.collect(), bars: Vec::new() }));
    let says = "Only the total decides. That a weak domain fails the exam by itself is often said and not so: this is \
                the arithmetic.";
    parts.push(Part::Says(says.to_owned()));
    Some(Section { title: "If one domain stays weak", parts })
}

fn next_attempt(sheet: &ScoreSheet, analysis: &Analysis, levels: &Levels, domains: &[NamedDomain]) -> Option<Section> {
    let mut parts = Vec::new();
    if let Some(retake) = &analysis.retake {
        parts.extend(outlook(&retake.rules, domains));
        parts.push(Part::Says(p_pass_words(retake)));
        parts.extend(lowest_weight_words(analysis.lowest_weight, levels).map(Part::Says));
        parts.push(Part::Says(format!("Courses advise {} of study from here.", study_time_words(retake.time))));
    }
    for test in sheet.exit_tests() {
        let Some(domain) = sheet.domains.get(test.domain_idx) else { continue };
        parts.push(Part::Says(format!(
            "{} is done when {} of {} new questions are right:",
            domain.title, test.n_needed, test.n_items,
        )));
        parts.push(Part::Command(command_of(sheet, test)));
    }
    (!parts.is_empty()).then_some(Section { title: "Before the next attempt", parts })
}

/// Tells what rules of thumb say of a next attempt.
pub(in crate::render) fn outlook(rules: &RetakeOutlook, domains: &[NamedDomain]) -> Vec<Part> {
    let mut parts = vec![Part::Says(format!("Outlook by rules of thumb: {}.", outlook_words(rules.outlook)))];
    for (sign, found) in [("For it", &rules.signs_for), ("Against it", &rules.signs_against)] {
        for finding in found {
            let evidence = evidence_words(finding, domains);
            parts.push(Part::Detail(format!("{sign}: {} {evidence}", finding.insight.says)));
        }
    }
    parts
}

fn conventions() -> Section {
    let says = "Conventions of cutscore, not of any examination programme: the levels and where they begin; an answer \
                that is called sure is expected to be right with 95 %, an unsure one with 60 %, a guess as blind choice \
                is; domains are called ahead, patterns unlikely and outlooks high or low by the deck's rules.";
    Section { title: "Conventions", parts: vec![Part::Says(says.to_owned())] }
}
