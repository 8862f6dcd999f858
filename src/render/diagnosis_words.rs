//! How findings, their evidence and the outlook of a next attempt are said.

use std::collections::BTreeMap;

use crate::base::ItemId;
use crate::deck::{InsightKind, Levels, Skill};
use crate::plan::{Evidence, Finding, Outlook, Overconfidence, Strength, StudyTime};
use crate::render::words::{percent, probability_words, whole};
use crate::render::{ConfusedPair, DomainRow, ExitTest, ReportResult, Retake, ScoreSheet};

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

/// A domain as evidence names it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::render) struct NamedDomain {
    pub(in crate::render) title: String,
    /// Place and label of its level; `None` if it is not known.
    pub(in crate::render) level: Option<(usize, String)>,
    /// The expected share of right answers; `None` where only levels are known.
    pub(in crate::render) share: Option<f64>,
}

/// Names the domains of a scored sitting.
pub(in crate::render) fn named_domains(sheet: &ScoreSheet, levels: &Levels) -> Vec<NamedDomain> {
    let ReportResult::Scored { report, .. } = &sheet.result else { return Vec::new() };
    let named = |(domain_idx, domain): (usize, &DomainRow)| {
        let result = report.domains.iter().find(|result| result.domain_idx == domain_idx);
        let level = result.and_then(|result| Some((result.level_idx, levels.all().get(result.level_idx)?)));
        NamedDomain {
            title: domain.title.clone(),
            level: level.map(|(place, level)| (place, level.label.clone())),
            share: result.map(|result| result.share),
        }
    };
    sheet.domains.iter().enumerate().map(named).collect()
}

/// Says what a finding rests on, in brackets that stand after it.
pub(in crate::render) fn evidence_words(finding: &Finding, domains: &[NamedDomain]) -> String {
    let mut words: Vec<String> = Vec::new();
    for piece in finding.evidence.iter().flat_map(|evidence| piece_words(evidence, domains)) {
        if !words.contains(&piece) {
            words.push(piece);
        }
    }
    if words.is_empty() {
        words.push("no domain is at the highest level".to_owned());
    }
    format!("({})", words.join("; "))
}

fn piece_words(evidence: &Evidence, domains: &[NamedDomain]) -> Vec<String> {
    let named = |idxs: &[usize]| -> Vec<&NamedDomain> { idxs.iter().filter_map(|idx| domains.get(*idx)).collect() };
    let shares = |idxs: &[usize]| -> String {
        let share = |domain: &&NamedDomain| domain.share.map(|share| format!("{} {}", domain.title, percent(share)));
        named(idxs).iter().filter_map(share).collect::<Vec<_>>().join(", ")
    };
    match evidence {
        Evidence::Outcome => Vec::new(),
        Evidence::AboveCut(points) if *points < 0.0 => vec![format!("{} points below the cut", whole(-points))],
        Evidence::AboveCut(points) => vec![format!("{} points above the cut", whole(*points))],
        Evidence::Domains { domain_idxs } => by_level(named(domain_idxs)),
        Evidence::Ahead { higher_idxs, lower_idxs } => match (shares(higher_idxs), shares(lower_idxs)) {
            (higher, lower) if higher.is_empty() || lower.is_empty() => Vec::new(), // the levels are told already
            (higher, lower) => vec![format!("expected shares: {higher} against {lower}")],
        },
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

/// The domains under the label that each has, in the order of the levels.
fn by_level(domains: Vec<&NamedDomain>) -> Vec<String> {
    let mut titles: BTreeMap<&(usize, String), Vec<&str>> = BTreeMap::new();
    for domain in domains {
        if let Some(level) = &domain.level {
            titles.entry(level).or_default().push(&domain.title);
        }
    }
    titles.into_iter().map(|((_, label), titles)| format!("{label}: {}", titles.join(" · "))).collect()
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

/// Says how much of the exam the domains at the lowest level are; nothing if there are none.
pub(in crate::render) fn lowest_weight_words(lowest_weight: f64, levels: &Levels) -> Option<String> {
    let label = &levels.all().first()?.label;
    (0.0 < lowest_weight).then(|| format!("{label} in {} of the exam by weight.", percent(lowest_weight)))
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

/// The command that drills two things side by side; `None` if the deck has no question to which one of them is the answer.
pub(in crate::render) fn contrast_command(sheet: &ScoreSheet, pair: &ConfusedPair) -> Option<String> {
    let items: Vec<&str> = pair.contrast.iter().map(ItemId::as_str).collect();
    let deck = &sheet.deck_argument;
    (!items.is_empty()).then(|| format!("cutscore drill{deck} --cram --item {}", items.join(",")))
}

/// The command that starts an exit test.
pub(in crate::render) fn command_of(sheet: &ScoreSheet, test: ExitTest) -> String {
    let domain = sheet.domains.get(test.domain_idx).map_or("", |domain| domain.id.as_str());
    format!("cutscore exam{} --domain {domain} --questions {}", sheet.deck_argument, test.n_items)
}
