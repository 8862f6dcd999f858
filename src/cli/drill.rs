//! `cutscore drill`.

use serde_json::json;

use crate::app::{Course, DrillFilter, DrillRequest, OpenDeck};
use crate::base::{ItemId, TaskId};
use crate::cli::args::{DrillArgs, SkillArg};
use crate::cli::context::{Context, Face};
use crate::cli::drill_summary::{summary_json, summary_lines, summary_text};
use crate::cli::error::CliError;
use crate::cli::exam::domain_id;
use crate::cli::output::{write_json, write_out};
use crate::cli::plain_drill;
use crate::cli::screens::{CardDesk, open_console};
use crate::deck::Skill;
use crate::render::{SCHEMA, days_ahead};
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
    on_deck(context, &deck, &request(args)?)
}

fn request(args: &DrillArgs) -> Result<DrillRequest, CliError> {
    let skill = |skill: &SkillArg| match skill {
        SkillArg::Recall => Skill::Recall,
        SkillArg::Compare => Skill::Compare,
        SkillArg::Scenario => Skill::Scenario,
    };
    let filter = DrillFilter {
        domains: args.domain.iter().map(|id| domain_id(id)).collect::<Result<_, _>>()?,
        tasks: args.task.iter().map(|id| task_id(id)).collect::<Result<_, _>>()?,
        tags: args.tag.clone(),
        skills: args.skill.iter().map(skill).collect(),
        items: args.item.iter().map(|id| item_id(id)).collect::<Result<_, _>>()?,
    };
    let course = match (args.cram, args.ahead) {
        (true, _) => Course::Cram,
        (false, Some(n_days)) => Course::Ahead(n_days),
        (false, None) => Course::Today,
    };
    let n_new = args.new.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    Ok(DrillRequest { filter, n_new, minutes: args.minutes, course })
}

fn task_id(text: &str) -> Result<TaskId, CliError> {
    TaskId::new(text).map_err(|error| CliError::Usage(format!("--task: {error}")))
}

fn item_id(text: &str) -> Result<ItemId, CliError> {
    ItemId::new(text).map_err(|error| CliError::Usage(format!("--item: {error}")))
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
            match exit {
                DrillExit::Finished => {
                    let lines = summary_lines(&session.summary()?);
                    read_page(&mut console, "The drill is over", &lines).map_err(CliError::Screen)?;
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
