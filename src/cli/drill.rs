//! `cutscore drill`.

use serde_json::json;

use crate::app::{DrillRequest, DrillSummary, OpenDeck};
use crate::cli::args::DrillArgs;
use crate::cli::context::{Context, Face};
use crate::cli::error::CliError;
use crate::cli::exam::domain_id;
use crate::cli::output::{write_json, write_out};
use crate::cli::plain_drill;
use crate::cli::screens::{CardDesk, open_console, summary_lines};
use crate::render::{SCHEMA, days_ahead, plural};
use crate::tui::{self, DrillExit, read_page};

/// Drills what is due today.
pub(in crate::cli) fn run(context: &mut Context, args: &DrillArgs) -> Result<(), CliError> {
    let deck = context.open_deck(args.deck.deck.as_deref())?;
    if let Some(item) = &args.send {
        return send(context, &deck, item);
    }
    if args.open_reserve {
        context.app.open_reserve(&deck)?;
    }
    let request = DrillRequest {
        domain: args.domain.as_deref().map(domain_id).transpose()?,
        n_new: args.new.map(|n| usize::try_from(n).unwrap_or(usize::MAX)),
        minutes: args.minutes,
    };
    on_deck(context, &deck, &request)
}

/// Drills what is due today of an open deck.
pub(in crate::cli) fn on_deck(context: &mut Context, deck: &OpenDeck, request: &DrillRequest) -> Result<(), CliError> {
    let (face, talk, theme) = (context.face, context.talk(), context.theme);
    let mut session = context.app.start_drill(deck, request)?;
    let has_cards = session.card().is_some();
    match face {
        Face::Screens if has_cards => {
            let mut console = open_console(theme)?;
            let exit =
                tui::drill(&mut console, &mut CardDesk { session: &mut session, talk }).map_err(CliError::Screen)?;
            let text = summary_text(&session.summary()?);
            match exit {
                DrillExit::Finished => {
                    read_page(&mut console, "Drill", &summary_lines(&text)).map_err(CliError::Screen)?;
                }
                DrillExit::Left => {}
            }
        }
        Face::Screens | Face::Lines | Face::Pipe => plain_drill::drill(&mut session, face, talk)?,
    }
    let summary = session.summary()?;
    if context.json { write_json(&summary_json(&summary)) } else { write_out(&summary_text(&summary)) }
}

/// Makes the concept of an item due.
fn send(context: &mut Context, deck: &OpenDeck, item: &str) -> Result<(), CliError> {
    let facts = context.item_of(deck, item)?.facts;
    let due = context.app.send_to_drill(&deck.outline.id, &facts.id, &facts.concept)?;
    if context.json {
        return write_json(&json!({"schema": SCHEMA, "sent": facts.id.as_str(), "due": due.to_string()}));
    }
    let when = days_ahead(due.days_since(context.app.today()));
    write_out(&format!("`{}` is sent to the drill: due {when}. `cutscore undo` takes it back.\n", facts.id))
}

/// Says what a drill leaves behind.
pub(in crate::cli) fn summary_text(summary: &DrillSummary) -> String {
    let progress = summary.progress;
    let n_left = progress.n_due_left + progress.n_repeats_left;
    let mut lines = Vec::new();
    if progress.n_done == 0 && n_left + progress.n_new_left == 0 {
        lines.push("Nothing is due today.".to_owned());
    } else {
        let answers = plural(progress.n_done, "answer", "answers");
        lines.push(format!("{answers}, {} right.", progress.n_right));
    }
    if n_left > 0 {
        lines.push(format!("{} still due today.", plural(n_left, "card is", "cards are")));
    }
    lines.push(format!("{} due tomorrow.", plural(summary.n_due_tomorrow, "card is", "cards are")));
    if summary.n_in_exam > 0 {
        lines.push("The questions of the open exam wait until it ends.".to_owned());
    }
    if summary.n_kept_for_mocks > 0 {
        let questions = plural(summary.n_kept_for_mocks, "unseen question is", "unseen questions are");
        lines.push(format!("{questions} kept for your mocks; --open-reserve would spend them."));
    }
    lines.join("\n") + "\n"
}

fn summary_json(summary: &DrillSummary) -> serde_json::Value {
    let progress = summary.progress;
    json!({
        "schema": SCHEMA,
        "n_done": progress.n_done,
        "n_right": progress.n_right,
        "n_due_left": progress.n_due_left,
        "n_repeats_left": progress.n_repeats_left,
        "n_new_left": progress.n_new_left,
        "n_due_tomorrow": summary.n_due_tomorrow,
        "n_kept_for_mocks": summary.n_kept_for_mocks,
        "n_in_open_exam": summary.n_in_exam,
    })
}
