//! What can be typed.

use std::path::PathBuf;
use std::sync::LazyLock;

use chrono::{DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};

use crate::app::sqlite_version;
use crate::cli::data_args::DataCommand;
use crate::cli::deck_args::{CheckArgs, NewDeckArgs, SearchArgs};
use crate::cli::manual_args::{CompletionsArgs, ManArgs};
use crate::cli::result_args::{ConfigArgs, HistoryArgs, ResultCommand};
use crate::exam::ExtraTime;

/// Sit honest mock exams, and drill what you missed
///
/// Without a command it says what to do today.
#[derive(Debug, Parser)]
#[command(name = "cutscore", version = version(), max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// What to do; without one, what to do today.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct Common {
    /// Write JSON to standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// Use lines instead of screens (the default when input or output is no terminal)
    #[arg(long, global = true)]
    pub plain: bool,
    /// Keep all data in this directory [default: cutscore in the XDG data directory]
    #[arg(long, global = true, value_name = "DIR", env = "CUTSCORE_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// Set the clock; writes only with a data directory named outright (2027-02-01, 2027-02-01T09:30, RFC 3339)
    #[arg(long, global = true, value_name = "TIME", env = "CUTSCORE_NOW", value_parser = parse_now)]
    pub now: Option<DateTime<FixedOffset>>,
    /// Let all chance follow from this number
    #[arg(long, global = true, value_name = "N", env = "CUTSCORE_SEED")]
    pub seed: Option<u64>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sit a full timed mock exam, or go on with the open one
    Exam(ExamArgs),
    /// Review what is due today
    Drill(DrillArgs),
    /// Show what each day until the exam brings, and what that is worth; set date, minutes and days off
    Plan(PlanArgs),
    /// Show how study went, what falls due, and how well recall was foretold
    Progress(DeckArgs),
    /// Show the score report of a sitting
    Report(ReportArgs),
    /// Record the results of real exams, and show what they point to
    #[command(subcommand)]
    Result(ResultCommand),
    /// List sittings, drills and real exams
    History(HistoryArgs),
    /// Take back the newest of today's answers in the drill, sendings to it, suspensions, burials and notes
    Undo(DeckArgs),
    /// Bring back what was taken back last, unless something new was done since
    Redo(DeckArgs),
    /// List cards, show one, and leave some out of the drill
    #[command(subcommand)]
    Card(CardCommand),
    /// List, check and show decks
    #[command(subcommand)]
    Deck(DeckCommand),
    /// Draw and print forms, and show what right answers on one are worth
    #[command(subcommand)]
    Form(FormCommand),
    /// Difficulties from many learners' responses
    #[command(subcommand)]
    Cohort(CohortCommand),
    /// Show the working behind a number
    #[command(subcommand)]
    Explain(ExplainCommand),
    /// Care for the data
    #[command(subcommand)]
    Data(DataCommand),
    /// Show the settings, or change one
    Config(ConfigArgs),
    /// Print what makes a shell complete commands and options
    ///
    /// For bash: cutscore completions bash > ~/.local/share/bash-completion/completions/cutscore
    Completions(CompletionsArgs),
    /// Print the manual page of a command
    ///
    /// To read it: cutscore man drill | man -l -
    Man(ManArgs),
}

/// A deck.
#[derive(Debug, Args)]
pub struct DeckArgs {
    /// A deck's id, file or folder [default: clf-c02]
    #[arg(value_name = "DECK")]
    pub deck: Option<String>,
}

/// The arguments of `exam`.
#[derive(Debug, Args)]
pub struct ExamArgs {
    /// The deck.
    #[command(flatten)]
    pub deck: DeckArgs,
    /// Ask only about this domain
    #[arg(long, value_name = "ID")]
    pub domain: Option<String>,
    /// Ask this many questions
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub questions: Option<u32>,
    /// Allow this many minutes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_440))]
    pub minutes: Option<u32>,
    /// Take a ten-minute taste
    #[arg(long, conflicts_with_all = ["domain", "questions", "minutes", "extra_time", "practice"])]
    pub taste: bool,
    /// Add time that you have at the real exam too: minutes (30) or a multiple of the usual time (1.5x)
    #[arg(long, value_name = "TIME")]
    pub extra_time: Option<ExtraTime>,
    /// Practise: feedback after each answer, and a clock that can be stopped; never evidence. An open sitting goes on so
    #[arg(long)]
    pub practice: bool,
    /// Abandon the open sitting first; it keeps no score
    #[arg(long)]
    pub abandon: bool,
}

/// The arguments of `drill`.
#[derive(Debug, Args)]
pub struct DrillArgs {
    /// The deck.
    #[command(flatten)]
    pub deck: DeckArgs,
    /// Drill only this domain; may be repeated
    #[arg(long, value_name = "ID")]
    pub domain: Vec<String>,
    /// Drill only this task; may be repeated
    #[arg(long, value_name = "ID")]
    pub task: Vec<String>,
    /// Drill only what has this tag; may be repeated
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Drill only what demands this; may be repeated
    #[arg(long, value_name = "SKILL")]
    pub skill: Vec<SkillArg>,
    /// Drill only this item, or these: ids, apart by commas; may be repeated
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub item: Vec<String>,
    /// Bring at most this many new concepts today
    #[arg(long, value_name = "N")]
    pub new: Option<u32>,
    /// Bring what is worth the most in this many minutes, and show no further card after them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_440))]
    pub minutes: Option<u32>,
    /// After what is due, bring what falls due in this many days; right answers before the day leave the card as it is
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=365))]
    pub ahead: Option<u32>,
    /// Go through everything, due or not; no card moves
    #[arg(long, conflicts_with_all = ["ahead", "new"])]
    pub cram: bool,
    /// Open the reserve of unseen questions; later mocks can then no longer be all fresh
    #[arg(long)]
    pub open_reserve: bool,
    /// Make an item due in the drill, and end; `undo` takes it back
    #[arg(long, value_name = "ID", conflicts_with_all = ["domain", "task", "tag", "skill", "item", "new", "minutes", "ahead", "cram", "open_reserve"])]
    pub send: Option<String>,
}

/// The arguments of `plan`.
#[derive(Debug, Args)]
pub struct PlanArgs {
    /// The deck.
    #[command(flatten)]
    pub deck: DeckArgs,
    /// Set the day of the exam
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub exam_date: Option<NaiveDate>,
    /// Set the minutes of study on a study day [default: 20]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_440))]
    pub minutes: Option<u32>,
    /// Set the days without study: weekdays and dates, as in sat,sun,2026-12-24
    #[arg(long, value_name = "DAYS")]
    pub days_off: Option<String>,
    /// Take a setting away
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub clear: Vec<ClearArg>,
    /// Show the plan and record nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write the plan to FILE as a calendar; its events last all day
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
    /// Replace a file that is no calendar of this program
    #[arg(long, requires = "ics")]
    pub force: bool,
}

/// Settings of a plan that can be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClearArg {
    /// The day of the exam
    ExamDate,
    /// The minutes a day
    Minutes,
    /// The days off
    DaysOff,
}

/// What an item demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SkillArg {
    /// Knowing a fact
    Recall,
    /// Telling two things apart
    Compare,
    /// Deciding in a situation
    Scenario,
}

/// The arguments of `report`.
#[derive(Debug, Default, Args)]
pub struct ReportArgs {
    /// The sitting's number [default: the newest that ended]
    #[arg(value_name = "SITTING")]
    pub sitting: Option<u32>,
    /// Add what lies below the first page: domains in detail, what the result points to, what next
    #[arg(long)]
    pub more: bool,
    /// Show only what the report of a real exam shows
    #[arg(long, conflicts_with_all = ["more", "items", "walk", "filter"])]
    pub authentic: bool,
    /// Which questions stand in it.
    #[command(flatten)]
    pub questions: QuestionArgs,
    /// The report as a file.
    #[command(flatten)]
    pub page: PageArgs,
}

/// The questions of a report.
#[derive(Debug, Default, Args)]
pub struct QuestionArgs {
    /// Add every question with its right answer, the reasons and how it was worked on
    #[arg(long)]
    pub items: bool,
    /// Walk through the questions on the screen; without a screen the same as --items
    #[arg(long)]
    pub walk: bool,
    /// Keep only these questions; without --walk it means --items
    #[arg(long, value_name = "WHICH")]
    pub filter: Option<FilterArg>,
}

/// The file of a report.
#[derive(Debug, Default, Args)]
pub struct PageArgs {
    /// Write the whole report to FILE as one HTML page that needs nothing else; --items adds the questions
    #[arg(long, value_name = "FILE", conflicts_with = "walk")]
    pub html: Option<PathBuf>,
    /// Replace a file that is there already
    #[arg(long, requires = "html")]
    pub force: bool,
}

/// Which questions of a sitting are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FilterArg {
    /// All of them
    All,
    /// Those without a right answer, blank ones too
    Wrong,
    /// Those that were marked as a guess
    Guessed,
    /// Those that are flagged
    Flagged,
    /// Those that are reported as doubtful
    Doubtful,
}

/// The commands about decks.
#[derive(Debug, Subcommand)]
pub enum DeckCommand {
    /// Write a new deck to start from; on a terminal it asks what no option says
    New(NewDeckArgs),
    /// List the decks that can be named by id
    List,
    /// Find what is wrong with decks
    Check(CheckArgs),
    /// Write missing ids into a deck's files; comments and order stay
    Ids {
        /// The deck's file or folder, or an id
        #[arg(value_name = "DECK")]
        deck: String,
    },
    /// Count what a deck covers: tasks by skill and difficulty, the forms it holds, where keys stand
    Stats {
        /// The deck's file or folder, or an id
        #[arg(value_name = "DECK", default_value = "clf-c02")]
        deck: String,
    },
    /// Print the JSON Schema of deck files, for editors
    Schema,
    /// Explain the rules of `check`, each with an example
    Rules {
        /// Explain this rule only
        #[arg(value_name = "CODE")]
        code: Option<String>,
    },
    /// Show what a deck covers, or one of its items
    Show {
        /// The deck.
        #[command(flatten)]
        deck: DeckArgs,
        /// Show this item with its key
        #[arg(long, value_name = "ID")]
        item: Option<String>,
    },
    /// Add a deck, so that it can be named by its id; it stays where it is unless it is copied
    Add {
        /// The deck's file or folder
        #[arg(value_name = "PATH")]
        path: PathBuf,
        /// Copy it into the data directory
        #[arg(long)]
        copy: bool,
        /// Let it take the place of the deck that has its id
        #[arg(long)]
        replace: bool,
    },
    /// Remove a deck from those that are named by id; what was learned stays, and so do files outside the data directory
    Remove {
        /// The deck's id
        #[arg(value_name = "ID")]
        deck: String,
    },
    /// Edit an item in `$VISUAL` or `$EDITOR`; the deck's file changes only when it reads
    #[command(allow_missing_positional = true)]
    Edit {
        /// A deck's id, file or folder [default: the usual deck]
        #[arg(value_name = "DECK")]
        deck: Option<String>,
        /// The item's id
        #[arg(value_name = "ITEM")]
        item: String,
    },
    /// Find items by words in any form; `balanc*` finds all that begins so
    Search(SearchArgs),
    /// Decks from and for other programs.
    #[command(flatten)]
    Exchange(crate::cli::exchange_args::ExchangeCommand),
    /// Report an item as doubtful, so that `deck check` names it
    Doubt {
        /// The deck.
        #[command(flatten)]
        deck: DeckArgs,
        /// The item
        #[arg(long, value_name = "ID")]
        item: String,
        /// Say what is wrong with it
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// Withdraw the report
        #[arg(long, conflicts_with = "reason")]
        withdraw: bool,
    },
}

/// The commands about cards.
#[derive(Debug, Subcommand)]
pub enum CardCommand {
    /// List the cards of a deck
    List {
        /// The deck.
        #[command(flatten)]
        deck: DeckArgs,
        /// List only those that are suspended
        #[arg(long)]
        suspended: bool,
        /// List only leeches: those that were forgotten eight times or more
        #[arg(long)]
        leeches: bool,
        /// List only those that are due today
        #[arg(long)]
        due: bool,
    },
    /// Show a card: its memory, the notes on it, and what was taken for right
    Show(CardArgs),
    /// Leave a card out of the drill until `unsuspend`
    Suspend(CardArgs),
    /// Bring a suspended card in the drill again
    Unsuspend(CardArgs),
    /// Leave a card out of the drill until the next study day
    Bury(CardArgs),
    /// Write a note on an item; it is shown in the drill after the answer
    Note {
        /// The card.
        #[command(flatten)]
        card: CardArgs,
        /// The note; an empty one is taken away
        #[arg(long, value_name = "TEXT")]
        text: String,
    },
}

/// A card.
#[derive(Debug, Args)]
pub struct CardArgs {
    /// The deck.
    #[command(flatten)]
    pub deck: DeckArgs,
    /// An item, or the concept that it tests
    #[arg(long, value_name = "ID")]
    pub item: String,
}

/// The commands about forms.
#[derive(Debug, Subcommand)]
pub enum FormCommand {
    /// Draw parallel forms that share no question; nothing is recorded
    Draw {
        /// The deck.
        #[command(flatten)]
        deck: DeckArgs,
        /// Draw this many forms
        #[arg(long, value_name = "K", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=100))]
        count: u16,
    },
    /// Print forms as HTML, each with its key in a file of its own; nothing is recorded
    ///
    /// Without `--form`, full forms are drawn that share no question. A single one is the form that an exam would get
    /// from the same `--seed`.
    Print(PrintArgs),
    /// Show what each number of right answers on a named form is worth
    Table {
        /// The deck.
        #[command(flatten)]
        deck: DeckArgs,
        /// The form's name in the deck
        #[arg(long, value_name = "NAME")]
        form: String,
    },
}

/// The arguments of `form print`.
#[derive(Debug, Args)]
pub struct PrintArgs {
    /// The deck.
    #[command(flatten)]
    pub deck: DeckArgs,
    /// The form's name in the deck [default: draw one]
    #[arg(long, value_name = "NAME")]
    pub form: Option<String>,
    /// How many forms to draw
    #[arg(long, value_name = "K", default_value_t = 1, conflicts_with = "form", value_parser = clap::value_parser!(u16).range(1..=100))]
    pub count: u16,
    /// Write the questions to FILE and the key beside it: `mock.html` gets `mock-key.html` [default: form-CODE.html]
    ///
    /// CODE stands on the questions and on the key. Of several forms, the second goes to `mock-2.html`, and so on.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Replace files that are there already
    #[arg(long)]
    pub force: bool,
}

/// The commands about groups of learners.
#[derive(Debug, Subcommand)]
pub enum CohortCommand {
    /// Score every learner's sittings on a deck's scale, with the probability of passing its exam
    Report(GroupReportArgs),
    /// Calibrate items: difficulty, share right, discrimination, choices that do not work, learners in doubt
    Calibrate(CalibrateArgs),
}

/// The arguments of `cohort report`.
#[derive(Debug, Args)]
pub struct GroupReportArgs {
    /// The deck that the items belong to: an id, file or folder
    #[arg(value_name = "DECK")]
    pub deck: String,
    /// CSV with the columns learner, item, correct (0 or 1), and sitting, form, choice, seconds, at where known; `-` reads
    /// standard input. A form is one that the deck names; its items without a row were omitted. Without a form the rows
    /// are the form
    #[arg(value_name = "RESPONSES.csv")]
    pub responses: PathBuf,
}

/// The arguments of `cohort calibrate`.
#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// CSV with the columns learner, item, correct (0 or 1), and sitting, form, choice, seconds, at where known; `-` reads
    /// standard input
    #[arg(value_name = "RESPONSES.csv")]
    pub responses: PathBuf,
    /// The model
    #[arg(long, value_name = "MODEL", default_value = "rasch")]
    pub model: CalibrationModel,
    /// The deck that the items belong to: an id, file or folder
    #[arg(long, value_name = "DECK")]
    pub deck: Option<String>,
    /// Write the deck's difficulties as the responses move them to this file
    #[arg(long, value_name = "FILE", requires = "deck")]
    pub write_difficulty: Option<PathBuf>,
}

/// The models that can be calibrated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CalibrationModel {
    /// One slope for all items
    Rasch,
}

/// The commands that explain.
#[derive(Debug, Subcommand)]
pub enum ExplainCommand {
    /// Walk a new card through grades from 0 to 5
    Sm2 {
        /// The grades in order
        #[arg(required = true, value_name = "GRADE", value_parser = clap::value_parser!(u8).range(0..=5))]
        grades: Vec<u8>,
    },
    /// Show how the score of a sitting came about, step by step
    Score {
        /// The sitting's number [default: the newest that ended]
        #[arg(value_name = "SITTING")]
        sitting: Option<u32>,
    },
    /// Show how probable it is to pass, and everything that this rests on
    Ready {
        /// The deck.
        #[command(flatten)]
        deck: DeckArgs,
        /// Take the exam on this day [default: today]
        #[arg(long, value_name = "YYYY-MM-DD")]
        date: Option<NaiveDate>,
    },
}

/// The version of the program, the commit that a release was built from, and the SQLite that is built in.
fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let commit = option_env!("CUTSCORE_COMMIT").map(|commit| format!("commit {commit}, ")).unwrap_or_default();
        format!("{} ({commit}SQLite {})", env!("CARGO_PKG_VERSION"), sqlite_version())
    });
    &VERSION
}

/// Reads a date, a local time or an RFC 3339 time; what carries no offset is the learner's own time.
fn parse_now(text: &str) -> Result<DateTime<FixedOffset>, String> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Ok(time);
    }
    let formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    let local = formats
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .or_else(|| text.parse::<NaiveDate>().ok().map(|date| date.and_time(noon)))
        .ok_or("write a date such as 2027-02-01 or a time such as 2027-02-01T09:30")?;
    // Where the clocks go back, the earlier of the two; where they go forward, there is no such time.
    let time = Local.from_local_datetime(&local).earliest().ok_or("the clocks skip this time here")?;
    Ok(time.fixed_offset())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_clock_takes_dates_and_times() {
        let time = parse_now("2027-02-01T09:30:00+01:00").expect("RFC 3339");
        assert_eq!(time.to_rfc3339(), "2027-02-01T09:30:00+01:00");
        assert_eq!(parse_now("2027-02-01").expect("a date").naive_local().to_string(), "2027-02-01 12:00:00");
        assert_eq!(parse_now("2027-02-01T09:30").expect("a time").naive_local().to_string(), "2027-02-01 09:30:00");
        assert!(parse_now("soon").is_err());
    }
}
