//! How findings, their evidence and the outlook of a next attempt are said.

use crate::deck::{InsightKind, Levels, Skill};
use crate::plan::{Evidence, Finding, Outlook, Overconfidence, Strength, StudyTime};
use crate::render::words::{percent, probability_words, whole};
use crate::render::{ExitTest, ReportResult, Retake, ScoreSheet};

/// Names what an insight is about, and whether it fits in part only.
pub(in crate::render) fn kind_words(finding: &Finding) -> String {
    let kind = match finding.insight.kind {
        InsightKind::RedFlag => "Red flag",
        InsightKind::Pattern => "Pattern",
        InsightKind::Belief => "Often believed otherwise",
        InsightKind::ChanceHigh | InsightKind::ChanceLow => "Rule of thumb",
    };
    match finding.strength {
        Strength::Fully => kind.to_owned(),
        Strength::Partly => format!("{kind}, in part"),
    }
}

/// Says what a finding rests on, in brackets that stand after it.
pub(in crate::render) fn evidence_words(finding: &Finding, sheet: &ScoreSheet, levels: &Levels) -> String {
    let mut words: Vec<String> = Vec::new();
    for piece in finding.evidence.iter().flat_map(|evidence| piece_words(evidence, sheet, levels)) {
        if !words.contains(&piece) {
            words.push(piece);
        }
    }
    if words.is_empty() {
        words.push("no domain is at the highest level".to_owned());
    }
    format!("({})", words.join("; "))
}

fn piece_words(evidence: &Evidence, sheet: &ScoreSheet, levels: &Levels) -> Vec<String> {
    let share = |idx: &usize| format!("{} {}", title(sheet, *idx), share_words(sheet, *idx));
    match evidence {
        Evidence::Outcome => Vec::new(),
        Evidence::AboveCut(points) if *points < 0.0 => vec![format!("{} points below the cut", whole(-points))],
        Evidence::AboveCut(points) => vec![format!("{} points above the cut", whole(*points))],
        Evidence::Domains { domain_idxs } => by_level(domain_idxs, sheet, levels),
        Evidence::Ahead { higher_idxs, lower_idxs } => {
            let [higher, lower] =
                [higher_idxs, lower_idxs].map(|idxs| idxs.iter().map(share).collect::<Vec<_>>().join(", "));
            vec![format!("expected shares: {higher} against {lower}")]
        }
        Evidence::Overconfident(found) => vec![expected_words(*found)],
        Evidence::Skills(gap) => {
            let [first, second] = [gap.stronger, gap.weaker].map(skill_words);
            vec![format!(
                "{first} {} of {} right, {second} {} of {}: {} apart within domains",
                gap.of_stronger.n_right,
                gap.of_stronger.n,
                gap.of_weaker.n_right,
                gap.of_weaker.n,
                percent(gap.difference),
            )]
        }
    }
}

/// The domains under the label that each has, in the order of the labels.
fn by_level(domain_idxs: &[usize], sheet: &ScoreSheet, levels: &Levels) -> Vec<String> {
    let of_level = |label: &str| {
        let own = domain_idxs.iter().filter(|idx| level_label(sheet, levels, **idx) == label);
        let titles: Vec<&str> = own.map(|idx| title(sheet, *idx)).collect();
        (!titles.is_empty()).then(|| format!("{label}: {}", titles.join(" · ")))
    };
    levels.all().iter().filter_map(|level| of_level(&level.label)).collect()
}

fn title(sheet: &ScoreSheet, domain_idx: usize) -> &str {
    sheet.domains.get(domain_idx).map_or("", |domain| domain.title.as_str())
}

fn level_label<'l>(sheet: &ScoreSheet, levels: &'l Levels, domain_idx: usize) -> &'l str {
    let ReportResult::Scored { report, .. } = &sheet.result else { return "" };
    let result = report.domains.iter().find(|result| result.domain_idx == domain_idx);
    result.and_then(|result| levels.all().get(result.level_idx)).map_or("", |level| level.label.as_str())
}

fn share_words(sheet: &ScoreSheet, domain_idx: usize) -> String {
    let ReportResult::Scored { report, .. } = &sheet.result else { return String::new() };
    let result = report.domains.iter().find(|result| result.domain_idx == domain_idx);
    result.map(|result| percent(result.share)).unwrap_or_default()
}

fn skill_words(skill: Skill) -> &'static str {
    match skill {
        Skill::Recall => "recall",
        Skill::Compare => "comparing",
        Skill::Scenario => "scenarios",
    }
}

fn expected_words(found: Overconfidence) -> String {
    format!("{} of {} right where {:.1} were expected", found.n_right, found.n_answers, found.n_expected)
}

/// Says how far what was said lies from what was right.
pub(in crate::render) fn overconfidence_words(found: Overconfidence) -> String {
    let excess = found.excess();
    let side = if excess < 0.0 { "less sure than right" } else { "surer than right" };
    format!("By what you said, {}: {} {side}.", expected_words(found), percent(excess.abs()))
}

/// Names an outlook.
pub(in crate::render) fn outlook_words(outlook: Outlook) -> &'static str {
    match outlook {
        Outlook::Low => "low",
        Outlook::Uncertain => "uncertain",
        Outlook::High => "high",
    }
}

/// Says how long to study.
pub(in crate::render) fn study_time_words(time: StudyTime) -> &'static str {
    match time {
        StudyTime::TwoToThreeWeeks => "2 to 3 weeks",
        StudyTime::SixToEightWeeks => "6 to 8 weeks",
        StudyTime::Months => "months",
    }
}

/// Says the computed probability beside the rules of thumb, and which of the two counts if they disagree.
pub(in crate::render) fn p_pass_words(retake: &Retake) -> String {
    let Some(p_pass) = retake.p_pass else {
        return "Computed: nothing, since this sitting is no evidence.".to_owned();
    };
    let disagrees = match retake.rules.outlook {
        Outlook::High => p_pass < 0.5,
        Outlook::Low => 0.5 <= p_pass,
        Outlook::Uncertain => false,
    };
    let trust = if disagrees { " Where the two disagree, trust the computed one." } else { "" };
    let words = probability_words(p_pass);
    format!("Computed from this sitting alone: P(pass) {words} with what you knew that day.{trust}")
}

/// The command that starts an exit test.
pub(in crate::render) fn command_of(sheet: &ScoreSheet, test: ExitTest) -> String {
    let domain = sheet.domains.get(test.domain_idx).map_or("", |domain| domain.id.as_str());
    format!("cutscore exam{} --domain {domain} --questions {}", sheet.deck_argument, test.n_items)
}
