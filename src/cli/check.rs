//! `cutscore deck check`, `deck ids` and `deck rules`.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde_json::json;

use crate::app::AppError;
use crate::base::SafeText;
use crate::cli::args::Common;
use crate::cli::context::{Context, clock_of, known_doubts, use_color};
use crate::cli::deck_args::CheckArgs;
use crate::cli::deck_watch::watch;
use crate::cli::error::CliError;
use crate::cli::output::{Talk, shown, write_json, write_out};
use crate::format::{
    CheckSetting, Colour, FindingCounts, LocatedFinding, Reading, Repair, Repaired, SourceFile, check_decks,
    embedded_deck, load_sources, render_findings, repair, rules_page,
};
use crate::render::{SCHEMA, plural};

/// The files of a deck, and whether they can be written.
struct Checked {
    sources: Vec<SourceFile>,
    place: DeckPlace,
}

/// Where a deck's files are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DeckPlace {
    /// On the disk.
    Files,
    /// In the program.
    Embedded,
}

/// Tells whether a deck is named by a path. A path is read as it stands; an id is that of the embedded deck or of one
/// that was opened before.
fn is_path(deck: &str) -> bool {
    Path::new(deck).exists() || deck.contains('/')
}

/// Finds what is wrong with decks. An author's check of files needs no data directory, and makes none.
pub(in crate::cli) fn check(common: &Common, args: &CheckArgs) -> Result<(), CliError> {
    if !args.watch {
        return check_once(common, args);
    }
    let places: Result<Vec<PathBuf>, CliError> = args.decks.iter().map(|deck| place_of(common, deck)).collect();
    watch(&places?, || check_once(common, args))
}

/// Returns the file or folder of the deck that is named.
fn place_of(common: &Common, deck: &str) -> Result<PathBuf, CliError> {
    if is_path(deck) { Ok(PathBuf::from(deck)) } else { Ok(Context::new(common)?.deck_files(Some(deck))?.0) }
}

fn check_once(common: &Common, args: &CheckArgs) -> Result<(), CliError> {
    let (mut decks, doubts) = if args.decks.iter().all(|deck| is_path(deck)) {
        let decks: Result<Vec<Checked>, CliError> = args.decks.iter().map(|path| from_path(path)).collect();
        (decks?, known_doubts(common)?)
    } else {
        let mut context = Context::new(common)?;
        let decks: Result<Vec<Checked>, CliError> = args.decks.iter().map(|deck| named(&mut context, deck)).collect();
        (decks?, context.app.doubts()?)
    };
    let mut diff = String::new();
    if args.fix {
        for deck in &mut decks {
            diff.push_str(&mend(deck, &[Repair::Ids, Repair::Cues, Repair::Blanks])?.diff);
        }
        if common.json {
            Talk::Stderr.say(&diff)?;
        }
    }
    let setting = CheckSetting { doubts, today: Some(today(common)) };
    let sources: Vec<Vec<SourceFile>> = decks.into_iter().map(|deck| deck.sources).collect();
    let readings = check_decks(&sources, &setting);
    let counts = readings.iter().fold(FindingCounts::default(), |sum, reading| sum.plus(reading.counts));
    if common.json {
        let findings: Vec<&LocatedFinding> = readings.iter().flat_map(|reading| &reading.findings).collect();
        write_json(&json!({
            "schema": SCHEMA,
            "errors": counts.n_errors,
            "warnings": counts.n_warnings,
            "advice": counts.n_advice,
            "findings": findings,
        }))?;
    } else {
        let colour = if use_color(common) { Colour::Always } else { Colour::Never };
        write_out(&(diff + &report(&readings, &sources, counts, colour)))?;
    }
    if counts.n_errors > 0 { Err(CliError::BadDeck) } else { Ok(()) }
}

/// Returns the files of the deck that is named.
pub(in crate::cli) fn sources_of(common: &Common, deck: &str) -> Result<Vec<SourceFile>, CliError> {
    Ok(one(common, deck)?.sources)
}

/// The deck at a path, or the one with the id.
fn one(common: &Common, deck: &str) -> Result<Checked, CliError> {
    if is_path(deck) { from_path(deck) } else { named(&mut Context::new(common)?, deck) }
}

/// Writes missing ids into the files of a deck.
pub(in crate::cli) fn write_ids(common: &Common, deck: &str) -> Result<(), CliError> {
    let mut deck = one(common, deck)?;
    let Repaired { diff, n_repairs, .. } = mend(&mut deck, &[Repair::Ids])?;
    if common.json {
        return write_json(&json!({"schema": SCHEMA, "ids_written": n_repairs}));
    }
    let end = if n_repairs == 0 { "Every item has an id." } else { "Each item keeps its history." };
    write_out(&format!("{diff}{} written. {end}\n", plural(n_repairs, "id", "ids")))
}

/// Prints the rules as Markdown.
pub(in crate::cli) fn rules(code: Option<&str>) -> Result<(), CliError> {
    let page = rules_page(code).ok_or_else(|| {
        let code = SafeText::one_line(code.unwrap_or_default());
        CliError::NotFound(format!("there is no rule `{code}`; `cutscore deck rules` lists them"))
    })?;
    write_out(&page)
}

fn report(readings: &[Reading], sources: &[Vec<SourceFile>], counts: FindingCounts, colour: Colour) -> String {
    let mut text = String::new();
    let mut n_listed = 0;
    for (reading, sources) in readings.iter().zip(sources) {
        text.push_str(&render_findings(&reading.findings, sources, colour));
        n_listed += reading.findings.len();
    }
    let n_hidden = counts.n_errors + counts.n_warnings + counts.n_advice - n_listed;
    if n_hidden > 0 {
        text.push_str(&format!("{} not shown.\n", plural(n_hidden, "more finding is", "more findings are")));
    }
    text.push_str(&format!(
        "{}, {}, {} of advice.\n",
        plural(counts.n_errors, "error", "errors"),
        plural(counts.n_warnings, "warning", "warnings"),
        plural(counts.n_advice, "piece", "pieces"),
    ));
    text
}

fn from_path(path: &str) -> Result<Checked, CliError> {
    let sources = load_sources(Path::new(path)).map_err(AppError::from)?;
    Ok(Checked { sources, place: DeckPlace::Files })
}

fn named(context: &mut Context, deck: &str) -> Result<Checked, CliError> {
    if is_path(deck) {
        return from_path(deck);
    }
    let listings = context.app.list_decks()?;
    let listing = listings.into_iter().find(|listing| listing.id.as_str() == deck);
    match listing.map(|listing| listing.path) {
        Some(None) => Ok(Checked { sources: embedded_deck(), place: DeckPlace::Embedded }),
        Some(Some(path)) => from_path(&path.to_string_lossy()),
        None => Err(CliError::NotFound(format!("there is no deck `{}`", SafeText::one_line(deck)))),
    }
}

/// Repairs the files of a deck on the disk; a deck with errors, and the one in the program, are left alone.
fn mend(deck: &mut Checked, repairs: &[Repair]) -> Result<Repaired, CliError> {
    if deck.place == DeckPlace::Embedded {
        return Err(CliError::Usage("the deck that comes with the program has no files to be changed".to_owned()));
    }
    let repaired = repair(&deck.sources, repairs).unwrap_or_default();
    for (file_idx, bytes) in &repaired.files {
        let source = &mut deck.sources[*file_idx];
        let path = PathBuf::from(&source.name);
        replace(&path, bytes).map_err(|source| CliError::Unwritable { path: shown(&path), source })?;
        source.bytes = bytes.clone().into();
    }
    Ok(repaired)
}

/// Puts new bytes in the place of a file: whole, or not at all. A link stays a link, and the file keeps its permissions.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = path.canonicalize()?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(bytes)?;
        file.set_permissions(fs::metadata(&path)?.permissions())?;
        file.sync_all()?;
        fs::rename(&beside, &path)
    })();
    if written.is_err() {
        // What failed is told; a leftover beside the file is less than that.
        let _left = fs::remove_file(&beside);
    }
    written
}

fn today(common: &Common) -> NaiveDate {
    let clock = clock_of(common);
    clock.local(clock.reading().wall).date_naive()
}
