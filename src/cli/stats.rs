//! `cutscore deck stats` and `deck schema`.

use serde_json::{Value, json};

use crate::base::SafeText;
use crate::cli::args::Common;
use crate::cli::check::sources_of;
use crate::cli::error::CliError;
use crate::cli::output::{Talk, write_json, write_out};
use crate::deck::{BankStats, Deck, DomainStats, Severity, Tally, bank_stats, letter_of};
use crate::format::{Colour, deck_schema, render_findings, usable_deck};
use crate::render::{SCHEMA, plural};

/// Writes the schema of deck files. It is JSON with or without `--json`.
pub(in crate::cli) fn schema() -> Result<(), CliError> {
    write_json(&deck_schema())
}

/// Shows what a bank holds.
pub(in crate::cli) fn stats(common: &Common, named: &str) -> Result<(), CliError> {
    let sources = sources_of(common, named)?;
    let deck = match usable_deck(&sources) {
        Ok(deck) => deck,
        Err(mut findings) => {
            findings.retain(|finding| finding.severity == Severity::Error);
            Talk::Stderr.say(&render_findings(&findings, &sources, Colour::Never))?;
            return Err(CliError::BadDeck);
        }
    };
    let stats = bank_stats(&deck);
    if common.json { write_json(&stats_json(&deck, &stats)) } else { write_out(&stats_text(&deck, &stats)) }
}

const HEAD: [&str; 11] = ["exam", "cards", "rec.", "comp.", "scen.", "-", "easy", "med.", "hard", "num.", "-"];

fn stats_text(deck: &Deck, stats: &BankStats) -> String {
    let mut text = format!("{}\n", SafeText::one_line(&deck.outline.title));
    text.push_str(&format!("\n{:<13}", ""));
    text.extend(HEAD.iter().map(|head| format!("{head:>6}")));
    text.push('\n');
    for (domain, own) in deck.outline.domains.iter().zip(&stats.domains) {
        text.push_str(&row(&shortened(domain.id.as_str()), &own.all));
        let has_tasks = own.tasks.iter().any(|(task, _)| task.is_some());
        for (task, tally) in own.tasks.iter().filter(|_| has_tasks) {
            let name = task.as_ref().map_or("no task".to_owned(), ToString::to_string);
            text.push_str(&row(&format!("  {}", shortened(&name)), tally));
        }
    }
    text.push_str("\nExam items by skill (recall, comparison, scenario) and by difficulty (a number is\nlogits or a share). A dash counts those that do not say.\n");
    if let Some(n_forms) = stats.n_forms {
        text.push('\n');
        for (domain, own) in deck.outline.domains.iter().zip(&stats.domains) {
            text.push_str(&format!("{:<13}{}\n", shortened(domain.id.as_str()), room(own)));
        }
        let forms = plural(n_forms, "form", "forms");
        text.push_str(&format!("The bank holds {forms} without a common concept or enemy.\n"));
    }
    text + &keys_text(stats)
}

fn room(own: &DomainStats) -> String {
    let per_form = own.n_per_form;
    let concepts = plural(own.n_groups, "concept", "concepts");
    format!("{concepts}, {per_form} in a form, weight {:.0} %", own.weight_share * 100.0)
}

fn keys_text(stats: &BankStats) -> String {
    let n_fixed: usize = stats.key_places.iter().sum();
    let n_single = n_fixed + stats.n_shuffled;
    let mut text = format!(
        "\n{} with one right choice: {} shuffled, in {} the longest choice is the key.\n",
        plural(n_single, "question", "questions"),
        stats.n_shuffled,
        stats.n_key_longest,
    );
    if n_fixed > 0 {
        let places = stats.key_places.iter().enumerate().map(|(place, n)| format!("{} {n}", letter_of(place)));
        text.push_str(&format!("In a fixed order, keys stand at {}.\n", places.collect::<Vec<_>>().join(", ")));
    }
    let [_, draft, retired, disputed] = stats.n_by_status;
    if draft + retired + disputed > 0 {
        text.push_str(&format!("Not in use: {draft} drafts, {retired} retired, {disputed} disputed.\n"));
    }
    text
}

fn row(name: &str, tally: &Tally) -> String {
    let counts = [tally.n_exam, tally.n_cards].into_iter().chain(tally.by_skill).chain(tally.by_difficulty);
    let mut line = format!("{name:<13}");
    line.extend(counts.map(|n| if n == 0 { format!("{:>6}", ".") } else { format!("{n:>6}") }));
    line + "\n"
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= 12 { name.to_owned() } else { name.chars().take(11).chain(['…']).collect() }
}

fn stats_json(deck: &Deck, stats: &BankStats) -> Value {
    let tally = |tally: &Tally| {
        json!({
            "exam_items": tally.n_exam,
            "flashcards": tally.n_cards,
            "skills": {
                "recall": tally.by_skill[0], "compare": tally.by_skill[1], "scenario": tally.by_skill[2],
                "unstated": tally.by_skill[3],
            },
            "difficulties": {
                "easy": tally.by_difficulty[0], "medium": tally.by_difficulty[1], "hard": tally.by_difficulty[2],
                "number": tally.by_difficulty[3], "unstated": tally.by_difficulty[4],
            },
        })
    };
    let domains = deck.outline.domains.iter().zip(&stats.domains).map(|(domain, own)| {
        let tasks = own
            .tasks
            .iter()
            .map(|(task, counts)| json!({"task": task.as_ref().map(ToString::to_string), "counts": tally(counts)}));
        json!({
            "domain": domain.id.as_str(),
            "counts": tally(&own.all),
            "tasks": tasks.collect::<Vec<_>>(),
            "concepts": own.n_groups,
            "per_form": own.n_per_form,
            "weight_share": own.weight_share,
        })
    });
    let [live, draft, retired, disputed] = stats.n_by_status;
    json!({
        "schema": SCHEMA,
        "deck": deck.outline.id.as_str(),
        "domains": domains.collect::<Vec<_>>(),
        "status": {"live": live, "draft": draft, "retired": retired, "disputed": disputed},
        "forms": stats.n_forms,
        "keys": {"fixed_places": stats.key_places, "shuffled": stats.n_shuffled, "longest": stats.n_key_longest},
    })
}
