//! What a drill leaves behind, as text and as JSON.

use serde_json::{Value, json};

use crate::app::{DrillProgress, DrillSummary};
use crate::base::SafeText;
use crate::render::{SCHEMA, plural};

/// Says what a drill leaves behind.
pub(in crate::cli) fn summary_text(summary: &DrillSummary) -> String {
    let progress = summary.progress;
    let n_left = progress.n_due_left + progress.n_repeats_left;
    let mut lines = Vec::new();
    if progress.n_done == 0 && progress.n_left() == 0 {
        lines.push("Nothing is due today.".to_owned());
    } else {
        let answers = plural(progress.n_done, "answer", "answers");
        lines.push(format!("{answers}, {} right.", progress.n_right));
    }
    if summary.domains.len() > 1 {
        let own = summary
            .domains
            .iter()
            .map(|own| format!("{} {} of {}", SafeText::one_line(&own.title), own.n_right, own.n_done));
        lines.push(format!("Right by domain: {}.", own.collect::<Vec<_>>().join(", ")));
    }
    lines.extend(moved_line(summary));
    if n_left > 0 {
        lines.push(format!("{} still due today.", left_words(&progress)));
    }
    lines.extend(backlog_line(summary));
    lines.push(format!("{} due tomorrow.", plural(summary.n_due_tomorrow, "card is", "cards are")));
    if progress.streak_days > 1 {
        lines.push(format!("{} study days in a row.", progress.streak_days));
    }
    if summary.is_over_confident {
        lines.push("Recall was predicted too high lately, so cards came by due date.".to_owned());
    }
    if summary.n_in_exam > 0 {
        lines.push("The questions of the open exam wait until it ends.".to_owned());
    }
    if summary.n_kept_for_mocks > 0 {
        let questions = plural(summary.n_kept_for_mocks, "unseen question is", "unseen questions are");
        lines.push(format!("{questions} kept for your mocks; --open-reserve would spend them."));
    }
    lines.join("\n") + "\n"
}

/// Says how many cards are left to be drilled: `3 cards are`, or `more than 1000 cards are` where nobody counts further.
fn left_words(progress: &DrillProgress) -> String {
    let n_left = progress.n_due_left + progress.n_repeats_left;
    if progress.n_due_left >= DrillProgress::MOST_COUNTED {
        return format!("more than {} cards are", DrillProgress::MOST_COUNTED);
    }
    plural(n_left, "card is", "cards are")
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
        let cards = plural(backlog.n_cards, "due card waits", "due cards wait");
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
        .map(|own| json!({"id": own.id.as_str(), "n_done": own.n_done, "n_right": own.n_right}))
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
        "n_due_tomorrow": summary.n_due_tomorrow,
        "backlog": {"n_cards": summary.backlog.n_cards, "points": summary.backlog.points},
        "is_over_confident": summary.is_over_confident,
        "n_kept_for_mocks": summary.n_kept_for_mocks,
        "n_in_open_exam": summary.n_in_exam,
    })
}
