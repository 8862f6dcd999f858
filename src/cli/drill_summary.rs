//! What a drill leaves behind, as text and as JSON.

use serde_json::{Value, json};

use crate::app::{DrillProgress, DrillSummary, FirstStep, Moved};
use crate::base::SafeText;
use crate::cli::today::step_name;
use crate::render::{SCHEMA, plural, recall_chart, recall_json, too_few_words, wrapped};
use crate::tui::{TextLine, Tone};

/// Says what a drill leaves behind.
pub(in crate::cli) fn summary_text(summary: &DrillSummary) -> String {
    let domains: Vec<String> = domain_rows(summary).map(|(title, count)| format!("{title} {count}")).collect();
    let domains =
        if domains.is_empty() { Vec::new() } else { vec![format!("Right by domain: {}.", domains.join(", "))] };
    let [done, to_come, recall] = summary_parts(summary, domains);
    let said = [done, to_come].concat();
    let mut lines: Vec<String> = said.iter().flat_map(|line| wrapped(line, "", "  ")).collect();
    if !recall.is_empty() {
        lines.push(String::new());
        lines.extend(recall);
        lines.push(String::new());
    }
    lines.extend(wrapped(&next_line(summary.next), "", "  "));
    lines.join("\n") + "\n"
}

/// Says the same for a screen: in parts, the next step in sight whatever else does not fit.
pub(in crate::cli) fn summary_lines(summary: &DrillSummary) -> Vec<TextLine> {
    let longest = domain_rows(summary).map(|(title, _)| title.chars().count()).max().unwrap_or(0);
    let domains = domain_rows(summary).map(|(title, count)| format!("  {title:<longest$}  {count} right")).collect();
    let [mut done, to_come, recall] = summary_parts(summary, domains);
    let first = if done.is_empty() { String::new() } else { done.remove(0) };
    let mut lines = vec![TextLine::new(Tone::Title, format!("  {first}"))];
    let indented = |line: String| TextLine::from(format!("  {line}"));
    lines.extend(done.into_iter().map(indented));
    lines.push(TextLine::default());
    lines.extend(to_come.into_iter().map(indented));
    lines.extend([TextLine::default(), TextLine::new(Tone::Good, format!("  {}", next_line(summary.next)))]);
    if !recall.is_empty() {
        lines.push(TextLine::default());
        lines.extend(recall.into_iter().map(TextLine::from));
    }
    lines
}

/// What was done, what is to come, and what predictions were worth.
fn summary_parts(summary: &DrillSummary, domains: Vec<String>) -> [Vec<String>; 3] {
    let recall = recall_chart(&summary.predictions, summary.trust);
    [done_lines(summary, domains), lines_to_come(summary), recall]
}

/// The domains that were answered, if there are several, with how many answers of how many were right.
fn domain_rows(summary: &DrillSummary) -> impl Iterator<Item = (String, String)> {
    let several = if summary.domains.len() > 1 { summary.domains.as_slice() } else { &[] };
    several
        .iter()
        .map(|own| (SafeText::one_line(&own.title).to_string(), format!("{} of {}", own.n_right, own.n_answers)))
}

fn done_lines(summary: &DrillSummary, domains: Vec<String>) -> Vec<String> {
    let progress = summary.progress;
    let mut lines = Vec::new();
    lines.push(match progress.n_done {
        0 if progress.n_left() == 0 => "Nothing is due today.".to_owned(),
        0 => "Nothing was answered.".to_owned(),
        n_done => format!("{}, {} right.", plural(n_done, "answer", "answers"), progress.n_right),
    });
    lines.extend(domains);
    lines.extend(moved_line(summary));
    lines.extend(gain_line(summary));
    if progress.streak_days > 1 {
        lines.push(format!("{} study days in a row.", progress.streak_days));
    }
    lines
}

fn lines_to_come(summary: &DrillSummary) -> Vec<String> {
    let progress = summary.progress;
    let mut lines = Vec::new();
    let n_left = progress.n_due_left + progress.n_repeats_left;
    if n_left > 0 {
        lines.push(format!("{} still due today.", counted(n_left, "card is", "cards are")));
    }
    lines.extend(backlog_line(summary));
    lines.push(match summary.n_due_tomorrow {
        0 => "No card is due tomorrow.".to_owned(),
        n_due => format!("{} due tomorrow.", counted(n_due, "card is", "cards are")),
    });
    if summary.is_over_confident {
        lines.push("Recall was predicted too high lately, so cards came by due date.".to_owned());
    }
    lines.extend(too_few_words(&summary.predictions, summary.trust));
    if summary.n_in_exam > 0 {
        lines.push("The questions of the open exam wait until it ends.".to_owned());
    }
    if summary.n_kept_for_mocks > 0 {
        let questions = plural(summary.n_kept_for_mocks, "unseen question is", "unseen questions are");
        lines.push(format!("{questions} kept for your mocks; --open-reserve would spend them."));
    }
    lines
}

/// The one thing that suggests itself.
fn next_line(next: FirstStep) -> String {
    let next = match next {
        FirstStep::Resume => "go on with the open sitting, `cutscore exam`.",
        FirstStep::Drill => "go on with `cutscore drill`.",
        FirstStep::Mock => "a full mock, `cutscore exam`; only mocks can tell how likely you are to pass.",
        FirstStep::FirstRun | FirstStep::Rest => "that is all for today; `cutscore plan` shows the days ahead.",
    };
    format!("Next: {next}")
}

/// Says what the drill is expected to bring: less than nothing where what was forgotten weighs more.
fn gain_line(summary: &DrillSummary) -> Option<String> {
    let Moved { n_met, n_promoted, n_lapsed } = summary.moved;
    let when = summary.counts_in_days.map_or("on exam day".to_owned(), |n_days| format!("in {n_days} days"));
    (n_met + n_promoted + n_lapsed > 0).then(|| {
        let points = summary.points_gained;
        let points = if points.abs() < 0.05 { "under 0.1".to_owned() } else { format!("{points:+.1}") };
        format!("Expected from this drill {when}: {points} points of 100.")
    })
}

/// Says how many cards there are: `3 cards are`, or `More than 1000 cards are` where nobody counts further.
pub(in crate::cli) fn counted(n: usize, one: &str, many: &str) -> String {
    if n > DrillProgress::MOST_COUNTED {
        return format!("More than {} {many}", DrillProgress::MOST_COUNTED);
    }
    plural(n, one, many)
}

fn moved_line(summary: &DrillSummary) -> Option<String> {
    let moved = summary.moved;
    let parts = [
        (moved.n_met, plural(moved.n_met, "concept met", "concepts met")),
        (moved.n_promoted, plural(moved.n_promoted, "card went up", "cards went up")),
        (moved.n_lapsed, plural(moved.n_lapsed, "was forgotten", "were forgotten")),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect();
    (!parts.is_empty()).then(|| format!("{}.", parts.join(", ")))
}

/// Says what the due cards that are left cost if they never come.
fn backlog_line(summary: &DrillSummary) -> Option<String> {
    let backlog = summary.backlog;
    (backlog.n_cards > 0 && summary.progress.n_done > 0).then(|| {
        let cards = counted(backlog.n_cards, "due card waits", "due cards wait");
        let points = if backlog.points < 0.05 { "under 0.1".to_owned() } else { format!("{:.1}", backlog.points) };
        format!("{cards}; never shown, that would cost about {points} points of 100.")
    })
}

/// Returns what a drill leaves behind as JSON.
pub(in crate::cli) fn summary_json(summary: &DrillSummary) -> Value {
    let progress = summary.progress;
    let domains: Vec<Value> = summary
        .domains
        .iter()
        .map(|own| json!({"id": own.id.as_str(), "n_done": own.n_answers, "n_right": own.n_right}))
        .collect();
    json!({
        "schema": SCHEMA,
        "n_done": progress.n_done,
        "n_right": progress.n_right,
        "n_due_left": progress.n_due_left,
        "n_repeats_left": progress.n_repeats_left,
        "n_new_left": progress.n_new_left,
        "n_extra_left": progress.n_extra_left,
        "seconds_left": progress.time_left.map(|left| left.as_secs()),
        "streak_days": progress.streak_days,
        "domains": domains,
        "moved": {
            "n_met": summary.moved.n_met,
            "n_promoted": summary.moved.n_promoted,
            "n_lapsed": summary.moved.n_lapsed,
        },
        "points_gained": summary.points_gained,
        "n_due_tomorrow": summary.n_due_tomorrow,
        "backlog": {"n_cards": summary.backlog.n_cards, "points": summary.backlog.points},
        "is_over_confident": summary.is_over_confident,
        "recall": recall_json(&summary.predictions, summary.trust),
        "next": step_name(summary.next),
        "n_kept_for_mocks": summary.n_kept_for_mocks,
        "n_in_open_exam": summary.n_in_exam,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use chrono::DateTime;

    use super::*;
    use crate::app::{App, DrillRequest, PinnedClock};
    use crate::base::Seed;
    use crate::deck::{ChoiceSet, ItemBody};
    use crate::exam::Confidence;

    const DOMAINS: [&str; 4] =
        ["Cloud Concepts", "Security and Compliance", "Cloud Technology and Services", "Billing and Support"];

    /// What a drill of four domains leaves that ends after ten answers; of each domain, the first is wrong until it comes
    /// again.
    fn left() -> DrillSummary {
        let dir = tempfile::tempdir().expect("a directory for the test");
        let (mut domains, mut questions) = (String::new(), String::new());
        for (nth, title) in DOMAINS.iter().enumerate() {
            domains.push_str(&format!("  - {{id: d{nth}, title: {title}}}\n"));
            for place in 0..3 {
                let question = format!("id: q{nth}{place}, domain: d{nth}, stem: Which {nth} {place}?");
                questions.push_str(&format!("  - {{{question}, right: this, wrong: [that, neither]}}\n"));
            }
        }
        let path = dir.path().join("deck.yaml");
        fs::write(&path, format!("id: four\ndomains:\n{domains}questions:\n{questions}")).expect("writes");
        let now = DateTime::parse_from_rfc3339("2027-02-01T09:00:00Z").expect("a time");
        let clock = Box::new(PinnedClock::new(now));
        let mut app = App::open(&dir.path().join("data"), clock, Some(Seed(1))).expect("opens");
        let deck = app.open_deck(path.to_str()).expect("a deck");
        let request = DrillRequest { n_new: Some(12), ..DrillRequest::default() };
        let mut session = app.start_drill(&deck, &request).expect("a drill");
        let mut shown = BTreeSet::new();
        for _ in 0..10 {
            let card = session.card().expect("a card").clone();
            let ItemBody::Question(question) = &card.body else { panic!("a question") };
            let is_known = !shown.insert(card.item.clone()) || !card.item.as_str().ends_with('0');
            let key = question.key();
            let other = ChoiceSet::only((0..3).find(|choice| !key.contains(*choice)).expect("a wrong choice"));
            session.answer((if is_known { key } else { other }).into(), Confidence::Unstated).expect("answers");
            session.advance().expect("goes on");
        }
        session.summary().expect("a summary")
    }

    #[test]
    fn what_a_drill_of_several_domains_leaves_is_printed_in_lines_of_80_columns() {
        let text = summary_text(&left());
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        insta::assert_snapshot!(text, @r"
        10 answers, 6 right.
        Right by domain: Cloud Concepts 2 of 3, Security and Compliance 2 of 3, Cloud
          Technology and Services 1 of 2, Billing and Support 1 of 2.
        6 concepts met.
        Expected from this drill in 30 days: +2.2 points of 100.
        6 cards are due tomorrow.
        Next: go on with `cutscore drill`.
        ");
    }

    #[test]
    fn on_the_screen_each_domain_has_a_line() {
        let line = |line: &TextLine| line.spans.iter().map(|(_, text)| text.as_str()).collect::<String>();
        let lines: Vec<String> = summary_lines(&left()).iter().map(line).collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        10 answers, 6 right.
          Cloud Concepts                 2 of 3 right
          Security and Compliance        2 of 3 right
          Cloud Technology and Services  1 of 2 right
          Billing and Support            1 of 2 right
        6 concepts met.
        Expected from this drill in 30 days: +2.2 points of 100.

        6 cards are due tomorrow.

        Next: go on with `cutscore drill`.
        ");
    }
}
