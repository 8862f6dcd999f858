//! The score report as plain text, one screen of 80 columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::base::SafeText;
use crate::deck::{Levels, Scale};
use crate::exam::{Ending, SittingKind};
use crate::render::words::{percent, whole};
use crate::render::{DomainRow, ReportResult, ScoreSheet, clock, plural};
use crate::score::{Band, DomainResult, Outcome, ScoreNote, ScoreReport};

/// Columns that a report takes at most.
const WIDTH: usize = 80;

/// Writes the report of a sitting.
pub fn report_text(sheet: &ScoreSheet) -> String {
    let mut lines = heading(sheet);
    lines.push(String::new());
    match &sheet.result {
        ReportResult::None => lines.push(no_result(sheet)),
        ReportResult::Counted { n_right } => lines.extend(counted(sheet, *n_right)),
        ReportResult::Scored { report, scale, levels } => lines.extend(scored(sheet, report, *scale, levels)),
    }
    lines.push(String::new());
    lines.push(pace(sheet));
    lines.extend(next_step(sheet));
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n") + "\n"
}

fn heading(sheet: &ScoreSheet) -> Vec<String> {
    let kind = match sheet.kind {
        SittingKind::Mock => "mock exam",
        SittingKind::Partial => "partial exam",
        SittingKind::Taste => "taste",
    };
    let date = sheet.started_at.format("%Y-%m-%d %H:%M");
    vec![SafeText::one_line(&sheet.title).to_string(), format!("Sitting {}, {kind}, {date}", sheet.number)]
}

fn no_result(sheet: &ScoreSheet) -> String {
    match sheet.ending {
        None => "  This sitting is still open; it has no score yet.".to_owned(),
        Some(_) => "  This sitting was abandoned. It has no score, and it moved no card.".to_owned(),
    }
}

fn counted(sheet: &ScoreSheet, n_right: usize) -> Vec<String> {
    let n_items = sheet.n_scored();
    let mut lines = vec![
        format!("  {n_right} of {n_items} right ({})", percent(ratio(n_right, n_items))),
        "  This deck has no `exam:` section, so there is no scale and nothing to pass.".to_owned(),
    ];
    lines.extend(freshness(sheet));
    if sheet.domains.len() > 1 {
        lines.push(String::new());
        let row = |domain: &DomainRow| {
            format!("  {}  {:>2} of {:<2} right", fitted(&domain.title, 34), domain.n_right, domain.n_items)
        };
        lines.extend(sheet.domains.iter().map(row));
    }
    lines
}

fn scored(sheet: &ScoreSheet, report: &ScoreReport, scale: Scale, levels: &Levels) -> Vec<String> {
    let verdict = match (sheet.kind, report.outcome) {
        (SittingKind::Mock, Outcome::Pass) => "PASS",
        (SittingKind::Mock, Outcome::Fail) => "FAIL",
        // Too little for a verdict.
        (SittingKind::Partial | SittingKind::Taste, _) => "ESTIMATE",
    };
    let band = |band: Band| format!("{} to {}", whole(band.low), whole(band.high));
    let (min, cut, max) = (scale.min(), scale.cut(), scale.max());
    let mut lines = vec![
        format!("  {verdict}   scaled score {} (scale {min} to {max}, {cut} passes)", report.scaled.points()),
        format!("         likely {} (68 %), almost surely {} (95 %)", band(report.band), band(report.band95)),
        String::new(),
        needed(report),
    ];
    let n_unscored = sheet.items.len() - sheet.n_scored();
    if n_unscored > 0 {
        let questions = plural(n_unscored, "more question", "more questions");
        lines.push(format!("  {questions} counted for nothing, as on the real exam."));
    }
    lines.extend(freshness(sheet));
    lines.push(String::new());
    lines.extend(domain_table(sheet, &report.domains, levels));
    lines.push(String::new());
    lines.extend(conventions(sheet, report, levels));
    lines
}

/// What this form asked for. A form weighted by domain has no whole number of right answers that passes it.
fn needed(report: &ScoreReport) -> String {
    let (raw, n_scored) = (report.raw, report.n_scored);
    if report.notes.contains(&ScoreNote::WeightedByDomain) {
        format!("  You got {raw} of {n_scored}; domains count by weight, so no single number passes.")
    } else {
        format!("  You needed {} of {n_scored} on this form and got {raw}.", report.raw_needed)
    }
}

fn freshness(sheet: &ScoreSheet) -> Option<String> {
    let fresh = sheet.freshness;
    (fresh.n_seen > 0).then(|| {
        let seen = format!("  {} of {} seen before", fresh.n_seen, fresh.n_seen + fresh.n_fresh);
        match fresh.n_fresh {
            0 => format!("{seen}."),
            n_fresh => format!("{seen}; on the {n_fresh} fresh ones: {}.", fresh.n_fresh_right),
        }
    })
}

fn domain_table(sheet: &ScoreSheet, results: &[DomainResult], levels: &Levels) -> Vec<String> {
    let mut lines = vec![format!("  {:<30} {:>6} {:>8}  Level", "Domain", "Weight", "Right")];
    for result in results {
        let Some(domain) = sheet.domains.get(result.domain_idx) else { continue };
        let right = format!("{} of {}", result.n_right, result.n_items);
        let row = format!("  {} {:>6} {right:>8}  ", fitted(&domain.title, 30), percent(domain.weight));
        let level = level_words(result, levels);
        if UnicodeWidthStr::width(row.as_str()) + UnicodeWidthStr::width(level.as_str()) <= WIDTH {
            lines.push(format!("{row}{level}"));
        } else {
            lines.push(row);
            lines.push(format!("      {level}"));
        }
    }
    lines
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
        lines.push("  Levels decide nothing; only the total passes or fails. By this deck's".to_owned());
        lines.push(format!("  convention: {} of the bank.", named.join(", ")));
    }
    lines.extend(report.notes.iter().map(|note| format!("  {}", note_words(note, &sheet.domains))));
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

fn pace(sheet: &ScoreSheet) -> String {
    let mut parts = vec![match sheet.limit {
        Some(limit) => format!("  Time {} of {}", clock(sheet.elapsed), clock(limit)),
        None => format!("  Time {}", clock(sheet.elapsed)),
    }];
    let n_shown = sheet.items.iter().filter(|item| item.is_reached).count();
    if let Some(secs) = sheet.elapsed.as_secs().checked_div(u64::try_from(n_shown).unwrap_or(0)) {
        parts.push(format!("{secs} s a question"));
    }
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
    let reasons = sheet.not_evidence_because();
    if sheet.result != ReportResult::None && !reasons.is_empty() {
        lines.push(format!("  No evidence of readiness: {}.", reasons.join("; ")));
    }
    match sheet.ending {
        Some(Ending::Submitted | Ending::TimeUp) => lines.push(match sheet.n_to_drill() {
            0 => "  Nothing was missed or in doubt, so this sitting leaves nothing to drill.".to_owned(),
            n => {
                let questions = plural(n, "question", "questions");
                let deck = SafeText::one_line(&sheet.deck_argument);
                format!("  From tomorrow on, `cutscore drill{deck}` brings back {questions}, missed or doubted.")
            }
        }),
        Some(Ending::Unattended) => lines.push("  Nobody was there at the end, so no card was moved.".to_owned()),
        Some(Ending::Abandoned) | None => {}
    }
    lines
}

/// Cuts or fills `text` to `width` columns.
fn fitted(text: &str, width: usize) -> String {
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

fn ratio(n: usize, of: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of exam items are far below 2^52")]
    let real = |n: usize| n as f64;
    if of == 0 { 0.0 } else { real(n) / real(of) }
}
