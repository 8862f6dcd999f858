//! `cutscore deck new`.

use std::fs::create_dir_all;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::base::{DeckId, DomainId, SafeText, Share, file_stem};
use crate::cli::args::Common;
use crate::cli::deck_args::NewDeckArgs;
use crate::cli::error::CliError;
use crate::cli::output::{Existing, display_path, path_word, shown, write_files, write_json, write_out};
use crate::cli::person::Person;
use crate::format::{FirstQuestion, SCHEMA_FILE, Scaffold, ScaffoldDomain, ScaffoldExam, deck_schema};
use crate::render::SCHEMA;

/// What a deck gets unless something else is said.
const USUAL_TITLE: &str = "My deck";
const USUAL_ITEMS: usize = 20;
const USUAL_CUT: &str = "70";

/// Most domains of a deck that is begun here; more can be written into the file.
const MAX_DOMAINS: usize = 50;

/// Most wrong answers to the first question.
const MAX_WRONG: usize = 25;

/// Writes a new deck to start from, after asking a person at a terminal what no option says.
pub(in crate::cli) fn run(common: &Common, args: &NewDeckArgs) -> Result<(), CliError> {
    let mut person = Person::of(common.json);
    let scaffold = wanted(args, &mut person)?;
    let (is_folder, path) = place(args, &scaffold.id);
    let named = path_word(&path);
    let files: Vec<(PathBuf, String)> = if is_folder {
        scaffold.folder(&named).into_iter().map(|(name, text)| (path.join(name), text)).collect()
    } else {
        vec![(path.clone(), scaffold.file(&named))]
    };
    let folder = if is_folder { Some(path.as_path()) } else { path.parent() };
    if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
        create_dir_all(folder).map_err(|source| CliError::Unwritable { path: shown(folder), source })?;
    }
    write_files(&files, if args.force { Existing::Replace } else { Existing::Keep })?;
    write_schema(&folder.unwrap_or(Path::new("")).join(SCHEMA_FILE))?;
    if common.json {
        let names: Vec<_> = files.iter().map(|(path, _)| path.to_string_lossy()).collect();
        return write_json(&json!({"schema": SCHEMA, "id": scaffold.id.as_str(), "path": path, "files": names}));
    }
    let mut text = format!("\nWrote {}", SafeText::one_line(&display_path(&path)));
    if is_folder {
        text.push_str(&format!(" with {} files", files.len()));
    }
    text.push_str("; it has a few examples to change or delete.\n\n");
    text.push_str("Next: have it checked whenever you save it, and sit its exam.\n\n");
    text.push_str(&format!("  cutscore deck check {named} --watch\n  cutscore exam {named}\n"));
    write_out(&text)
}

/// Writes the schema that the deck's first line names, unless it is there.
fn write_schema(path: &Path) -> Result<(), CliError> {
    match write_files(&[(path.to_owned(), format!("{:#}\n", deck_schema()))], Existing::Keep) {
        Err(CliError::FileExists { .. }) => Ok(()),
        written => written,
    }
}

/// What the new deck is to hold.
fn wanted(args: &NewDeckArgs, person: &mut Person) -> Result<Scaffold, CliError> {
    person.tell("A new deck. Enter takes what stands in brackets; all can be changed in the file.\n\n")?;
    let stem = args.path.as_ref().and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy().into_owned());
    let usual = args.id.as_deref().or(stem.as_deref()).filter(|name| *name != "deck").unwrap_or(USUAL_TITLE);
    let title = person.ask(("--title", "Title"), args.title.as_deref(), usual, read_title)?;
    let usual = file_stem(stem.as_deref().filter(|stem| *stem != "deck").unwrap_or(&title)).to_lowercase();
    let id = person.ask(("--id", "Id, for ever"), args.id.as_deref(), &usual, |text| {
        DeckId::new(text).map_err(|error| error.to_string())
    })?;
    let usual = USUAL_ITEMS.to_string();
    let question = ("--items", "Questions in an exam, or `none`: all, without a clock");
    let items = person.ask(question, args.items.as_deref(), &usual, |text| read_number(text, 10_000))?;
    let exam = match items {
        None => None,
        Some(n_items) => {
            let usual = n_items.to_string();
            let question = ("--minutes", "Minutes for it, or `none`");
            let minutes = person.ask(question, args.minutes.as_deref(), &usual, |text| read_number(text, 10_080))?;
            let question = ("--cut", "Percent of right answers that passes, or `none`");
            let cut = person.ask(question, args.cut.as_deref(), USUAL_CUT, read_cut)?;
            Some(ScaffoldExam { n_items, minutes: minutes.and_then(|minutes| u32::try_from(minutes).ok()), cut })
        }
    };
    let question = ("--domains", "Parts with weights, such as net:40,sec:60, or `none`");
    let domains = person.ask(question, args.domains.as_deref(), "none", read_domains)?;
    let first = first_question(person)?;
    Ok(Scaffold { id, title, exam, domains, first })
}

/// Asks for a first question; an empty line means that the examples are enough.
fn first_question(person: &mut Person) -> Result<Option<FirstQuestion>, CliError> {
    let stem = person.ask_text("A first question, or Enter for examples only")?;
    if stem.is_empty() {
        return Ok(None);
    }
    let mut right = String::new();
    while right.is_empty() {
        right = person.ask_text("  Its right answer")?;
    }
    let mut wrong: Vec<String> = Vec::new();
    while wrong.len() < MAX_WRONG {
        let number = wrong.len() + 1;
        let end = if wrong.is_empty() { "" } else { ", or Enter for no more" };
        let text = person.ask_text(&format!("  Wrong answer {number}{end}"))?;
        if text.is_empty() && !wrong.is_empty() {
            break;
        }
        if text == right || wrong.contains(&text) {
            person.tell("  That is there already.\n")?;
        } else if !text.is_empty() {
            wrong.push(text);
        }
    }
    let why = person.ask_text("  Why is it right, or Enter to say it later")?;
    Ok(Some(FirstQuestion { stem, right, wrong, why }))
}

fn read_title(text: &str) -> Result<String, String> {
    let title = SafeText::one_line(text).to_string();
    if title.is_empty() { Err("a title has at least one letter".to_owned()) } else { Ok(title) }
}

/// A number from 1 to `most`; `none` and 0 are none.
fn read_number(text: &str, most: usize) -> Result<Option<usize>, String> {
    match text.parse() {
        _ if is_none(text) => Ok(None),
        Ok(0) => Ok(None),
        Ok(number) if number <= most => Ok(Some(number)),
        Ok(_) | Err(_) => Err(format!("write a number from 1 to {most}, or `none`")),
    }
}

/// A share, as `70`, `70%` or `0.7`.
fn read_cut(text: &str) -> Result<Option<Share>, String> {
    if is_none(text) {
        return Ok(None);
    }
    let number: Option<f64> = text.trim_end_matches('%').trim_end().parse().ok();
    let share = number.map(|number| if number < 1.0 && !text.ends_with('%') { number } else { number / 100.0 });
    let share = share.filter(|share| *share > 0.0 && *share < 1.0).and_then(|share| Share::new(share).ok());
    share.map(Some).ok_or_else(|| "write a number of percent between 0 and 100, or `none`".to_owned())
}

/// Names with weights, as `net:40,sec:60`; a name without a weight weighs 1.
fn read_domains(text: &str) -> Result<Vec<ScaffoldDomain>, String> {
    let mut domains: Vec<ScaffoldDomain> = Vec::new();
    if is_none(text) {
        return Ok(domains);
    }
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (title, weight) = match part.rsplit_once(':') {
            None => (part, Some(1.0)),
            Some((title, weight)) => (title.trim(), weight.trim().parse().ok()),
        };
        let weight: f64 = weight
            .filter(|weight| (0.0..=1e6).contains(weight))
            .ok_or_else(|| format!("the weight of {} is a number such as 40", SafeText::one_line(title)))?;
        let name = DomainId::new(title).map_or_else(|_| file_stem(title).to_lowercase(), |id| id.to_string());
        let id = DomainId::new(&name).map_err(|error| error.to_string())?;
        if domains.iter().any(|domain| domain.id == id) {
            return Err(format!("`{id}` stands there twice"));
        }
        domains.push(ScaffoldDomain { id, title: SafeText::one_line(title).to_string(), weight });
    }
    if domains.len() > MAX_DOMAINS {
        return Err(format!("at most {MAX_DOMAINS} parts; write more into the file"));
    }
    Ok(domains)
}

fn is_none(text: &str) -> bool {
    ["none", "no", "-"].contains(&text.to_lowercase().as_str())
}

/// Where the deck goes, and whether that is a folder.
fn place(args: &NewDeckArgs, id: &DeckId) -> (bool, PathBuf) {
    match &args.path {
        None => {
            let stem = file_stem(id.as_str());
            (args.folder, PathBuf::from(if args.folder { stem } else { format!("{stem}.yaml") }))
        }
        Some(path) => {
            let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
            (args.folder || (!args.single_file && !is_yaml), path.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_domains(text: &str, expected: Result<&[(&str, &str, f64)], &str>) {
        let found = read_domains(text);
        let found = found.as_ref().map(|domains| {
            let parts = domains.iter().map(|domain| (domain.id.as_str(), domain.title.as_str(), domain.weight));
            parts.collect::<Vec<_>>()
        });
        match (found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected),
            (Err(why), Err(expected)) => assert!(why.contains(expected), "{why}"),
            (found, expected) => panic!("{found:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn domains_are_names_with_weights() {
        check_domains("net:40,sec:60", Ok(&[("net", "net", 40.0), ("sec", "sec", 60.0)]));
        check_domains(
            " Access control : 2.5 , net ",
            Ok(&[("access-control", "Access control", 2.5), ("net", "net", 1.0)]),
        );
        check_domains("none", Ok(&[]));
        check_domains("net:heavy", Err("the weight of net"));
        check_domains("net:-1", Err("the weight of net"));
        check_domains("net:1,net:2", Err("`net` stands there twice"));
    }

    #[test]
    fn the_cut_is_percent_or_a_share() {
        let share = |text| read_cut(text).map(|cut| cut.map(Share::value));
        assert_eq!(
            [share("70"), share("70 %"), share("0.7"), share("0.5%")],
            [0.7, 0.7, 0.7, 0.005].map(|cut| Ok(Some(cut)))
        );
        assert_eq!(share("none"), Ok(None));
        for refused in ["0", "100", "-3", "much", "NaN"] {
            assert!(share(refused).is_err(), "{refused} was taken");
        }
    }

    #[track_caller]
    fn check_place(path: Option<&str>, flag: &str, expected: (bool, &str)) {
        let args = NewDeckArgs {
            path: path.map(PathBuf::from),
            single_file: flag == "single",
            folder: flag == "folder",
            ..NewDeckArgs::default()
        };
        let id = DeckId::new("../nets/1").expect("an id");
        assert_eq!(place(&args, &id), (expected.0, PathBuf::from(expected.1)));
    }

    #[test]
    fn a_deck_goes_where_it_is_told_and_never_where_only_its_id_leads() {
        check_place(None, "", (false, "nets-1.yaml"));
        check_place(None, "folder", (true, "nets-1"));
        check_place(Some("a/b.yaml"), "", (false, "a/b.yaml"));
        check_place(Some("a/b"), "", (true, "a/b"));
        check_place(Some("a/b"), "single", (false, "a/b"));
    }
}
