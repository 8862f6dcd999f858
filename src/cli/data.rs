//! `cutscore data`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, stdin, stdout};
use std::path::Path;

use serde_json::json;

use crate::app::App;
use crate::base::SafeText;
use crate::cli::args::Common;
use crate::cli::context::{Context, clock_of, place_of};
use crate::cli::data_args::{BackupArgs, DataCommand, ExportArgs};
use crate::cli::error::CliError;
use crate::cli::output::{Talk, refuse_existing, shown, write_json, write_out, write_whole};
use crate::render::{SCHEMA, plural};

/// Cares for what is kept. A restore opens nothing of it, since it may be damaged; a check of nothing makes nothing.
pub(in crate::cli) fn run(common: &Common, command: &DataCommand) -> Result<(), CliError> {
    let data_dir = place_of(common)?.data_dir;
    match command {
        DataCommand::Restore { file } => restore(common, &data_dir, file),
        DataCommand::Check if !App::has_data(&data_dir) => {
            Err(CliError::NotFound(format!("nothing is kept in {}", shown(&data_dir))))
        }
        DataCommand::Check => check(&Context::new(common)?),
        DataCommand::Backup(args) => back_up(&Context::new(common)?, args),
        DataCommand::Export(args) => export(&Context::new(common)?, args),
        DataCommand::Import { file } => import(&mut Context::new(common)?, file),
        DataCommand::Rebuild => rebuild(&mut Context::new(common)?),
    }
}

/// Checks all that is kept.
fn check(context: &Context) -> Result<(), CliError> {
    let checked = context.app.check_data()?;
    let damage: Vec<String> = checked.damage.iter().map(ToString::to_string).collect();
    if context.json {
        write_json(&json!({
            "schema": SCHEMA, "events": checked.n_events, "contents": checked.n_contents, "damage": damage,
        }))?;
    }
    if !damage.is_empty() {
        return Err(CliError::Damage(damage));
    }
    if context.json {
        return Ok(());
    }
    let contents = plural(usize::try_from(checked.n_contents).unwrap_or(usize::MAX), "text", "texts");
    write_out(&format!("{} and {contents} of items checked; all is well.\n", events(checked.n_events)))
}

/// Writes a backup.
fn back_up(context: &Context, args: &BackupArgs) -> Result<(), CliError> {
    let backup = match &args.to {
        Some(path) => {
            refuse_existing(path, args.force)?;
            context.app.back_up_to(path)?
        }
        None => context.app.back_up()?,
    };
    if context.json {
        let path = backup.path.to_string_lossy();
        return write_json(&json!({"schema": SCHEMA, "path": path, "events": backup.n_events}));
    }
    write_out(&format!("{} backed up to {}\n", events(backup.n_events), shown(&backup.path)))
}

/// Sees to it that there is a backup of this week. What keeps it from being written is told, and stops nothing.
pub(in crate::cli) fn back_up_if_due(context: &Context) -> Result<(), CliError> {
    match context.app.back_up_if_due() {
        Ok(_) => Ok(()),
        Err(error) => {
            let why = SafeText::one_line(&CliError::from(error).to_string());
            Talk::Stderr.say_line(&format!("note: the weekly backup was not written: {why}"))
        }
    }
}

/// Puts a backup in the place of what is kept.
fn restore(common: &Common, data_dir: &Path, file: &Path) -> Result<(), CliError> {
    let restored = App::restore(data_dir, file, clock_of(common).as_ref())?;
    if common.json {
        let replaced = restored.replaced.map(|path| path.to_string_lossy().into_owned());
        return write_json(&json!({"schema": SCHEMA, "events": restored.n_events, "replaced": replaced}));
    }
    let mut text = format!("{} restored from {}\n", events(restored.n_events), shown(file));
    if let Some(replaced) = &restored.replaced {
        text.push_str(&format!("what was there is kept in {}\n", shown(replaced)));
    }
    write_out(&text)
}

/// Writes everything that happened as lines of JSON.
fn export(context: &Context, args: &ExportArgs) -> Result<(), CliError> {
    let exported = match &args.to {
        Some(path) => {
            refuse_existing(path, args.force)?;
            write_whole(path, |file| Ok(context.app.export_data(&mut BufWriter::new(file))?))?
        }
        None => context.app.export_data(&mut BufWriter::new(stdout().lock()))?,
    };
    let texts = plural(usize::try_from(exported.n_contents).unwrap_or(usize::MAX), "text", "texts");
    Talk::Stderr.say_line(&format!("{} and {texts} of items exported", events(exported.n_events)))
}

/// Takes in what was exported, here or on another device.
fn import(context: &mut Context, file: &Path) -> Result<(), CliError> {
    let unreadable = |source| CliError::Unreadable { path: shown(file), source };
    let mut input: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(stdin().lock())
    } else {
        let opened = File::open(file).and_then(|file| {
            if file.metadata()?.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { Ok(file) }
        });
        Box::new(BufReader::new(opened.map_err(unreadable)?))
    };
    let imported = context.app.import_data(input.as_mut())?;
    if context.json {
        return write_json(&json!({
            "schema": SCHEMA, "new": imported.n_new, "known": imported.n_known, "contents": imported.n_contents,
        }));
    }
    let known = imported.n_known;
    write_out(&format!("{} imported; {known} were here already\n", events(imported.n_new)))
}

/// Folds the log again.
fn rebuild(context: &mut Context) -> Result<(), CliError> {
    let rebuilt = context.app.rebuild()?;
    if context.json {
        let is_identical = rebuilt.differing.is_empty();
        return write_json(&json!({
            "schema": SCHEMA, "events": rebuilt.n_events, "identical": is_identical, "differing": rebuilt.differing,
        }));
    }
    let events = rebuilt.n_events;
    if rebuilt.differing.is_empty() {
        write_out(&format!("{events} events checked and folded again; the state is identical.\n"))
    } else {
        let tables = rebuilt.differing.join(", ");
        write_out(&format!("{events} events checked and folded again; these were mended: {tables}\n"))
    }
}

fn events(n_events: u64) -> String {
    plural(usize::try_from(n_events).unwrap_or(usize::MAX), "event", "events")
}
