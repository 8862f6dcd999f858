//! The score report as plain text, one screen of 80 columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::base::SafeText;
use crate::deck::{Levels, Scale, TotalRule};
use crate::exam::{Ending, SittingKind};
use crate::render::analysis::ratio;
use crate::render::more::{more_sections, signed_points};
use crate::render::section::{Head, Table, section_text, table_lines};
use crate::render::words::{no_evidence_words, percent, whole};
use crate::render::work::work_words;
use crate::render::{DomainRow, ReportResult, ScoreSheet, clock, passing_words, plural, range_words, score_words};
use crate::score::{Band, DomainImpact, DomainResult, Outcome, Requirement, ScoreNote, ScoreReport, Subject};

/// Columns that a report takes at most: a page of an 80-column screen.
pub(in crate::render) const WIDTH: usize = 77;

/// What stands on the first page, whatever form it takes.
pub(in crate::render) struct FirstPage {
    /// Which sitting it is.
    pub(in crate::render) sitting: String,
    /// The verdict, if there is a score.
    pub(in crate::render) verdict: Option<Verdict>,
    /// What had to be met, unless the total alone decides.
    pub(in crate::render) requirements: Option<Table>,
    /// How the result came about.
    pub(in crate::render) result: Vec<String>,
    /// The domains, if they have results.
    pub(in crate::render) domains: Option<Table>,
    /// Conventions, time, pace and the next step.
    pub(in crate::render) notes: Vec<String>,
}

/// A verdict with its score.
pub(in crate::render) struct Verdict {
    /// `PASS`, `FAIL` or `ESTIMATE`.
    pub(in crate::render) word: &'static str,
    /// The score on its scale, with what passes.
    pub(in crate::render) score: String,
    /// Both bands.
    pub(in crate::render) likely: String,
    /// What is not met, if more than the total decides.
    pub(in crate::render) unmet: Vec<String>,
}

/// Puts the first page of a report together.
pub(in crate::render) fn first_page(sheet: &ScoreSheet) -> FirstPage {
    let mut page = FirstPage {
        sitting: sitting_words(sheet),
        verdict: None,
        requirements: None,
        result: Vec::new(),
        domains: None,
        notes: Vec::new(),
    };
    match &sheet.result {
        ReportResult::None => page.result.push(no_result(sheet)),
        ReportResult::Counted { n_right } => {
            page.result.extend(counted(sheet, *n_right));
            page.result.extend(freshness(sheet));
            page.domains = (sheet.domains.len() > 1).then(|| counted_domains(sheet));
        }
        ReportResult::Scored { report, levels } => {
            page.verdict = Some(verdict(sheet, report));
            let n_unscored = sheet.items.len() - sheet.n_scored();
            if total_alone_decides(report) {
                page.result.push(needed(report, n_unscored));
            } else {
                page.requirements = Some(requirements(sheet, report));
                page.result.extend((n_unscored > 0).then(|| format!("{n_unscored} more did not count.")));
            }
            page.result.extend(freshness(sheet));
            page.domains = Some(domain_table(sheet, report, levels));
            page.notes.extend(conventions(sheet, report, levels));
        }
    }
    page.notes.push(time_used(sheet));
    page.notes.extend(work_words(sheet));
    page.notes.extend(next_step(sheet));
    page
}

/// Writes the first page of the report of a sitting, and where the rest is found.
pub fn report_text(sheet: &ScoreSheet) -> String {
    let more = match sheet.result {
        ReportResult::Scored { .. } => format!("  More: `cutscore report {} --more`\n", sheet.number),
        ReportResult::None | ReportResult::Counted { .. } => String::new(),
    };
    first_page_text(sheet) + &more
}

/// Writes the whole report of a sitting but for its questions: the first page, and below it the domains in detail, what
/// the result points to, what next.
pub fn full_report_text(sheet: &ScoreSheet) -> String {
    first_page_text(sheet) + &section_text(&more_sections(sheet))
}

fn first_page_text(sheet: &ScoreSheet) -> String {
    let page = first_page(sheet);
    let indented = |lines: &[String]| lines.iter().map(|line| format!("  {line}")).collect::<Vec<_>>();
    let mut lines = vec![SafeText::one_line(&sheet.title).to_string(), page.sitting, String::new()];
    if let Some(verdict) = &page.verdict {
        lines.push(format!("  {}   {}", verdict.word, verdict.score));
        lines.push(format!("         {}", verdict.likely));
        lines.extend(verdict.unmet.iter().map(|title| format!("         not met: {}", fitted(title, 60).trim_end())));
        lines.push(String::new());
    }
    lines.extend(page.requirements.iter().flat_map(table_lines));
    lines.extend(indented(&page.result));
    if let Some(domains) = &page.domains {
        lines.push(String::new());
        lines.extend(table_lines(domains));
    }
    lines.push(String::new());
    lines.extend(indented(&page.notes));
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n") + "\n"
}

fn sitting_words(sheet: &ScoreSheet) -> String {
    let kind = match sheet.kind {
        SittingKind::Mock => "mock exam",
        SittingKind::Partial => "partial exam",
        SittingKind::Taste => "taste",
        SittingKind::Practice => "practice",
    };
    let date = sheet.started_at.format("%Y-%m-%d %H:%M");
    format!("Sitting {}, {kind}, {date}", sheet.number)
}

fn no_result(sheet: &ScoreSheet) -> String {
    match sheet.ending {
        None => "This sitting is still open; it has no score yet.".to_owned(),
        Some(_) => "This sitting was abandoned. It has no score, and it moved no card.".to_owned(),
    }
}

fn counted(sheet: &ScoreSheet, n_right: usize) -> Vec<String> {
    let n_items = sheet.n_scored();
    vec![
        format!("{n_right} of {n_items} right ({})", percent(ratio(n_right, n_items))),
        "This deck has no `exam:` section, so there is no scale and nothing to pass.".to_owned(),
    ]
}

fn counted_domains(sheet: &ScoreSheet) -> Table {
    let row = |domain: &DomainRow| vec![domain.title.clone(), format!("{} of {}", domain.n_right, domain.n_items)];
    let heads = vec![Head::Words("Domain"), Head::Numbers("Right")];
    Table { heads, rows: sheet.domains.iter().map(row).collect(), bars: Vec::new() }
}

fn verdict(sheet: &ScoreSheet, report: &ScoreReport) -> Verdict {
    let word = match (sheet.kind, report.outcome) {
        (SittingKind::Mock, Outcome::Pass) => "PASS",
        (SittingKind::Mock, Outcome::Fail) => "FAIL",
        // Too little for a verdict.
        (SittingKind::Partial | SittingKind::Taste | SittingKind::Practice, _) => "ESTIMATE",
    };
    let band = |band: Band| format!("{} to {}", whole(band.low), whole(band.high));
    let likely = format!("likely {} (68 %), almost surely {} (95 %)", band(report.band), band(report.band95));
    let mut unmet = Vec::new();
    if !total_alone_decides(report) {
        let missed = report.requirements.iter().filter(|requirement| !requirement.is_met);
        unmet.extend(missed.map(|requirement| subject_title(sheet, requirement).to_owned()));
    }
    Verdict { word, score: score_line(report), likely, unmet }
}

/// The score on its scale, with what passes.
fn score_line(report: &ScoreReport) -> String {
    let scale = report.scale;
    let is_decisive = report.requirements.iter().any(|requirement| requirement.need.subject == Subject::Total);
    let passing = passing_words(scale, if is_decisive { TotalRule::Decides } else { TotalRule::DecidesNothing });
    let score = score_words(report.scaled.value(), scale);
    match scale.scale() {
        Scale::Fixed(_) => format!("scaled score {score} (scale {}, {passing})", range_words(scale)),
        Scale::Percent | Scale::Points => format!("score {score} ({passing})"),
    }
}

fn total_alone_decides(report: &ScoreReport) -> bool {
    report.requirements.iter().all(|requirement| requirement.need.subject == Subject::Total)
}

fn subject_title<'s>(sheet: &'s ScoreSheet, requirement: &Requirement) -> &'s str {
    match requirement.need.subject {
        Subject::Total => "Total",
        Subject::Domain { domain_idx } => sheet.domains.get(domain_idx).map_or("", |domain| domain.title.as_str()),
    }
}

/// Every requirement of this form with what was got.
fn requirements(sheet: &ScoreSheet, report: &ScoreReport) -> Table {
    let needed = |requirement: &Requirement| match requirement.need.subject {
        // There it matters which answers are right, and not only how many.
        Subject::Total if report.notes.contains(&ScoreNote::WeightedByDomain) => "by weight".to_owned(),
        Subject::Total | Subject::Domain { .. } => {
            format!("{} of {}", requirement.need.raw_needed, requirement.need.n_items)
        }
    };
    let row = |requirement: &Requirement| {
        let met = if requirement.is_met { "met" } else { "not met" };
        let title = subject_title(sheet, requirement).to_owned();
        vec![title, needed(requirement), requirement.raw.to_string(), met.to_owned()]
    };
    let heads =
        vec![Head::Words("All of these must be met"), Head::Numbers("Needed"), Head::Numbers("Got"), Head::Words("")];
    Table { heads, rows: report.requirements.iter().map(row).collect(), bars: Vec::new() }
}

/// What this form asked for. A form weighted by domain has no whole number of right answers that passes it.
fn needed(report: &ScoreReport, n_unscored: usize) -> String {
    let (raw, n_scored) = (report.raw, report.n_scored);
    let unscored = if n_unscored > 0 { format!(" {n_unscored} more did not count.") } else { String::new() };
    if report.notes.contains(&ScoreNote::WeightedByDomain) {
        format!("You got {raw} of {n_scored}; domains count by weight, so no single number passes.{unscored}")
    } else {
        format!("You needed {} of {n_scored} on this form and got {raw}.{unscored}", report.raw_needed)
    }
}

fn freshness(sheet: &ScoreSheet) -> Option<String> {
    let fresh = sheet.freshness;
    (fresh.n_seen > 0).then(|| {
        let seen = format!("{} of {} seen before", fresh.n_seen, fresh.n_seen + fresh.n_fresh);
        match fresh.n_fresh {
            0 => format!("{seen}."),
            n_fresh => format!("{seen}; on the {n_fresh} fresh ones: {}.", fresh.n_fresh_right),
        }
    })
}

fn domain_table(sheet: &ScoreSheet, report: &ScoreReport, levels: &Levels) -> Table {
    let row = |(result, impact): (&DomainResult, &DomainImpact)| {
        let domain = sheet.domains.get(result.domain_idx)?;
        let right = format!("{} of {}", result.raw, result.n_items);
        let points = signed_points(impact.points, report.scale);
        Some(vec![domain.title.clone(), right, points, level_words(result, levels)])
    };
    let heads = vec![
        Head::Words("Domain"),
        Head::Numbers("Right"),
        Head::Numbers("Points"),
        Head::Words("Level (decides nothing)"),
    ];
    Table { heads, rows: report.domains.iter().zip(&report.impacts).filter_map(row).collect(), bars: Vec::new() }
}

/// Names the most probable level, or the two between which the answers leave it.
pub(in crate::render) fn level_words(result: &DomainResult, levels: &Levels) -> String {
    let label = |idx: usize| levels.all().get(idx).map(|level| SafeText::one_line(&level.label)).unwrap_or_default();
    match result.runner_up_idx {
        Some(runner_up) if result.is_between_levels() => {
            let (low, high) = (result.level_idx.min(runner_up), result.level_idx.max(runner_up));
            let questions = plural(result.n_items, "question", "questions");
            format!("between {} and {} ({questions})", label(low), label(high))
        }
        Some(_) | None => format!("{} ({})", label(result.level_idx), percent(result.level_probability)),
    }
}

fn conventions(sheet: &ScoreSheet, report: &ScoreReport, levels: &Levels) -> Vec<String> {
    let named: Vec<String> = levels
        .all()
        .iter()
        .filter(|level| level.from.value() > 0.0)
        .map(|level| format!("{} from {}", SafeText::one_line(&level.label), percent(level.from.value())))
        .collect();
    let mut lines = Vec::new();
    if !named.is_empty() {
        lines.push(format!("Levels are a convention: {}.", named.join(", ")));
    }
    lines.extend(report.notes.iter().map(|note| note_words(note, &sheet.domains)));
    lines
}

/// Says what is out of the ordinary behind a score.
pub(in crate::render) fn note_words(note: &ScoreNote, domains: &[DomainRow]) -> String {
    match note {
        ScoreNote::DifficultyAssumed { n_items } => {
            let questions = plural(*n_items, "question", "questions");
            format!("No difficulty is stated for {questions}; that of the domain was assumed.")
        }
        ScoreNote::NoCurves => "No difficulty is stated, so forms are not equated: each counts as it is.".to_owned(),
        ScoreNote::ChanceIgnored => "The cut is no higher than guessing gives, so guessing was left out.".to_owned(),
        ScoreNote::WeightedByDomain => "The mix of domains is not the exam's, so each counts by its weight.".to_owned(),
        ScoreNote::DomainsMissing { domain_idxs } => {
            let titles: Vec<String> = domain_idxs
                .iter()
                .filter_map(|idx| domains.get(*idx))
                .map(|domain| SafeText::one_line(&domain.title).to_string())
                .collect();
            format!("Not asked, so not in the score: {}.", titles.join(", "))
        }
    }
}

fn time_used(sheet: &ScoreSheet) -> String {
    let mut parts = vec![match sheet.limit {
        Some(limit) => format!("Time {} of {}", clock(sheet.elapsed), clock(limit)),
        None => format!("Time {}", clock(sheet.elapsed)),
    }];
    parts.extend(sheet.extra_time.map(|extra| format!("{} of it extra time", clock(extra))));
    let tally = sheet.tally;
    let counts = [
        (tally.n_blank, "left blank"),
        (tally.n_incomplete, "incomplete"),
        (tally.n_not_reached, "not reached"),
        (tally.n_flagged, "flagged"),
    ];
    parts.extend(counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
    format!("{}.", parts.join(", "))
}

fn next_step(sheet: &ScoreSheet) -> Vec<String> {
    let mut lines = Vec::new();
    let reasons: Vec<String> = sheet.no_evidence_because().into_iter().map(no_evidence_words).collect();
    if sheet.result != ReportResult::None && !reasons.is_empty() {
        lines.push(format!("No evidence of readiness: {}.", reasons.join("; ")));
    }
    match sheet.ending {
        Some(Ending::Submitted | Ending::TimeUp) => lines.push(match sheet.n_to_drill() {
            0 => "Nothing was missed or in doubt, so this sitting leaves nothing to drill.".to_owned(),
            n => {
                let deck = &sheet.deck_argument;
                format!("From tomorrow, `cutscore drill{deck}` brings back the {n} missed or doubted.")
            }
        }),
        Some(Ending::Unattended) => lines.push("  Nobody was there at the end, so no card was moved.".to_owned()),
        Some(Ending::Abandoned) | None => {}
    }
    lines
}

/// Cuts or fills `text` to `width` columns.
pub(in crate::render) fn fitted(text: &str, width: usize) -> String {
    let safe = SafeText::one_line(text);
    let full = UnicodeWidthStr::width(safe.as_str());
    if full <= width {
        return format!("{safe}{}", " ".repeat(width - full));
    }
    let (mut cut, mut used) = (String::new(), 0);
    for c in safe.as_str().chars() {
        let columns = c.width().unwrap_or(0);
        if used + columns + 1 > width {
            break;
        }
        used += columns;
        cut.push(c);
    }
    format!("{cut}…{}", " ".repeat(width - used - 1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::*;
    use crate::base::{ConceptId, DeckId, ItemId, Share};
    use crate::deck::{Ask, Choice, Credit, Decision, Question, ShuffleChoices, Weight};
    use crate::exam::{AnswerChanges, Confidence, ItemRole, ItemWork, Mark, Tally};
    use crate::render::{Freshness, ItemRow};
    use crate::score::{DifficultySource, ItemCurve};

    /// A form of two domains with ten items each, `n_right` of each answered rightly, and one item that does not count.
    fn sheet(n_right: usize, ending: Option<Ending>) -> ScoreSheet {
        let choice = |text: &str, is_key: bool| Choice { text: text.to_owned(), is_key, why: None };
        let question = Question {
            stimulus: None,
            stem: "Which?".to_owned(),
            ask: Ask::Choices {
                choices: vec![choice("this", true), choice("that", false)],
                shuffle: ShuffleChoices::Yes,
            },
            refs: Vec::new(),
        };
        let item = |idx: usize| {
            let is_right = idx / 2 < n_right;
            ItemRow {
                item: ItemId::new(&format!("q{idx}")).expect("a good id"),
                concept: ConceptId::new(&format!("q{idx}")).expect("a good id"),
                domain_idx: idx % 2,
                role: if idx < 20 { ItemRole::Scored } else { ItemRole::Unscored },
                question: question.clone(),
                choice_order: vec![1, 0],
                mark: Mark::default().picked(usize::from(!is_right), 1),
                note: String::new(),
                is_reached: true,
                is_right,
                credit: Credit::whole(is_right),
                work: ItemWork { spent: Duration::from_secs(50), ..ItemWork::default() },
                doubt: None,
                is_sent: false,
                due: None,
            }
        };
        let domain = |title: &str| DomainRow {
            id: title.to_lowercase(),
            title: title.to_owned(),
            weight: 0.5,
            n_right,
            n_items: 10,
        };
        ScoreSheet {
            number: 3,
            deck: DeckId::new("test").expect("a good id"),
            deck_argument: " test".to_owned(),
            title: "A test\u{1b}[31m of reports".to_owned(),
            kind: SittingKind::Mock,
            seed: 7,
            started_at: chrono::DateTime::parse_from_rfc3339("2027-02-01T09:00:00+01:00").expect("a time"),
            ending,
            elapsed: Duration::from_secs(1_050),
            limit: Some(Duration::from_mins(20)),
            extra_time: None,
            items: (0..21).map(item).collect(),
            tally: Tally { n_answered: 21, ..Tally::default() },
            domains: vec![domain("Storage"), domain("Networks")],
            freshness: Freshness { n_seen: 2, n_fresh: 18, n_fresh_right: 13 },
            away: Duration::ZERO,
            result: ReportResult::None,
            analysis: None,
        }
    }

    fn scored(n_right: usize) -> ScoreSheet {
        scored_by(n_right, Scale::default(), Decision::default())
    }

    fn scored_by(n_right: usize, scale: Scale, decision: Decision) -> ScoreSheet {
        use crate::score::{
            CurveGroup, CurveModel, Reference, ReferenceDomain, ReferenceParts, ScoredItem, ScoringRules, score_sitting,
        };
        let mut sheet = sheet(n_right, Some(Ending::Submitted));
        let curve = ItemCurve::new(0.0, 0.0, 0.0, DifficultySource::Stated).expect("a curve");
        let group = vec![CurveGroup { curve, n_items: 10 }];
        let domain = ReferenceDomain { weight: 1.0, form: group.clone(), bank: group };
        let reference = Reference::from_parts(ReferenceParts {
            model: CurveModel::Full,
            domains: vec![domain.clone(), domain],
            n_items: 20,
            theta_cut: (0.7_f64 / 0.3).ln(),
            cut_share: 0.7,
        });
        let rules = ScoringRules { scale, decision, levels: Levels::default(), weights: vec![Weight::exact(1.0); 2] };
        let items: Vec<ScoredItem> = sheet.items[..20]
            .iter()
            .map(|item| ScoredItem { domain_idx: item.domain_idx, curve, credit: item.credit })
            .collect();
        let report = score_sitting(&reference.expect("a reference"), &rules, &items).expect("a score");
        sheet.result = ReportResult::Scored { report: Box::new(report), levels: rules.levels };
        sheet
    }

    #[test]
    fn a_report_says_verdict_band_need_domains_pace_and_next_step() {
        insta::assert_snapshot!(report_text(&scored(7)), @"
        A test␛[31m of reports
        Sitting 3, mock exam, 2027-02-01 09:00

          PASS   scaled score 700 (scale 100 to 1000, 700 passes)
                 likely 584 to 811 (68 %), almost surely 492 to 881 (95 %)

          You needed 14 of 20 on this form and got 14. 1 more did not count.
          2 of 20 seen before; on the 18 fresh ones: 13.

          Domain      Right  Points  Level (decides nothing)
          Storage   7 of 10       0  Competent (67 %)
          Networks  7 of 10       0  Competent (67 %)

          Levels are a convention: Competent from 60 %, Proficient from 80 %.
          Time 17:30 of 20:00.
          Median 50 s a question.
          From tomorrow, `cutscore drill test` brings back the 7 missed or doubted.
          More: `cutscore report 3 --more`
        ");
    }

    /// Both domains need the share, and the total what `total` says.
    fn minimums_of(share: f64, total: TotalRule, scale: Scale) -> ScoreSheet {
        let share = Share::new(share).expect("a share");
        let decision = Decision::new(total, BTreeMap::from([(0, share), (1, share)])).expect("a decision");
        scored_by(9, scale, decision)
    }

    #[test]
    fn a_hybrid_report_names_what_is_not_met() {
        insta::assert_snapshot!(report_text(&minimums_of(0.95, TotalRule::Decides, Scale::Percent)), @"
        A test␛[31m of reports
        Sitting 3, mock exam, 2027-02-01 09:00

          FAIL   score 90 % (70 % passes)
                 likely 78 to 96 (68 %), almost surely 68 to 99 (95 %)
                 not met: Storage
                 not met: Networks

          All of these must be met    Needed  Got
          Total                     14 of 20   18  met
          Storage                   10 of 10    9  not met
          Networks                  10 of 10    9  not met
          1 more did not count.
          2 of 20 seen before; on the 18 fresh ones: 13.

          Domain      Right  Points  Level (decides nothing)
          Storage   9 of 10     +10  Proficient (67 %)
          Networks  9 of 10     +10  Proficient (67 %)

          Levels are a convention: Competent from 60 %, Proficient from 80 %.
          Time 17:30 of 20:00.
          Median 50 s a question.
          From tomorrow, `cutscore drill test` brings back the 3 missed or doubted.
          More: `cutscore report 3 --more`
        ");
    }

    #[test]
    fn a_conjunctive_report_says_that_the_total_decides_nothing() {
        insta::assert_snapshot!(report_text(&minimums_of(0.5, TotalRule::DecidesNothing, Scale::Points)), @"
        A test␛[31m of reports
        Sitting 3, mock exam, 2027-02-01 09:00

          PASS   score 18 of 20 points (the domains decide)
                 likely 16 to 19 (68 %), almost surely 14 to 20 (95 %)

          All of these must be met   Needed  Got
          Storage                   5 of 10    9  met
          Networks                  5 of 10    9  met
          1 more did not count.
          2 of 20 seen before; on the 18 fresh ones: 13.

          Domain      Right  Points  Level (decides nothing)
          Storage   9 of 10      +2  Proficient (67 %)
          Networks  9 of 10      +2  Proficient (67 %)

          Levels are a convention: Competent from 60 %, Proficient from 80 %.
          Time 17:30 of 20:00.
          Median 50 s a question.
          From tomorrow, `cutscore drill test` brings back the 3 missed or doubted.
          More: `cutscore report 3 --more`
        ");
    }

    #[test]
    fn a_report_says_how_the_items_were_worked_on() {
        let mut sheet = scored(7);
        for (idx, item) in sheet.items.iter_mut().enumerate() {
            item.work.spent = Duration::from_secs(if idx % 2 == 1 { 71 } else { 40 });
            item.work.changes = match idx {
                0 => AnswerChanges { n_to_right: 2, n_to_wrong: 1, n_between_wrong: 0 },
                19 | 20 => AnswerChanges { n_to_right: 0, n_to_wrong: 0, n_between_wrong: 1 },
                _ => AnswerChanges::default(),
            };
            item.mark.confidence = match idx {
                0..4 => Confidence::Sure,
                10..18 => Confidence::Guess,
                20 => Confidence::Unsure,
                _ => Confidence::Unstated,
            };
        }
        let said = work_words(&sheet);
        assert_eq!(said[0], "Median 40 s a question; slowest: Networks (71 s).");
        assert_eq!(said[1], "You changed answers 4 times: 2 to right, 1 to wrong, 1 between wrong ones.");
        assert_eq!(said[2], "Right when sure 4 of 4, guessing 4 of 8, not said 6 of 8.");
        sheet.items.truncate(3);
        assert_eq!(sheet.pace().expect("three were shown").slowest, None, "two items say nothing of a domain");
        sheet.result = ReportResult::None;
        assert_eq!(work_words(&sheet).len(), 1, "what was right stays unsaid while a sitting is open");
    }

    #[test]
    fn no_report_is_wider_than_a_terminal() {
        for n_right in 0..=10 {
            for line in report_text(&scored(n_right)).lines() {
                assert!(UnicodeWidthStr::width(line) <= WIDTH, "{line}");
            }
        }
    }

    #[test]
    fn a_sitting_without_result_says_so() {
        let words = |ending| report_text(&sheet(7, ending));
        assert!(words(None).contains("still open"));
        assert!(words(Some(Ending::Abandoned)).contains("It has no score, and it moved no card."));
    }

    #[test]
    fn a_deck_without_an_exam_is_counted() {
        let mut sheet = sheet(7, Some(Ending::Submitted));
        sheet.result = ReportResult::Counted { n_right: 14 };
        let text = report_text(&sheet);
        assert!(text.contains("14 of 20 right (70 %)") && !text.contains("scaled"), "{text}");
    }
}
