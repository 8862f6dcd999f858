//! What every command needs: the program, and how to talk.

use std::io::{IsTerminal, stdin, stdout};
use std::path::PathBuf;

use clap::ColorChoice;

use crate::app::{App, Clock, IndexedItem, OpenDeck, PinnedClock, SystemClock};
use crate::base::{DeckId, SafeText, Seed};
use crate::cli::args::Common;
use crate::cli::error::CliError;
use crate::cli::output::Talk;
use crate::config::{Paths, PathsError, Preferences, ThemeName};
use crate::deck::Doubts;
use crate::exam::USUAL_WARNINGS;
use crate::format::SourceFile;
use crate::tui::Theme;

/// How the program talks with its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Face {
    /// Screens on a terminal.
    Screens,
    /// Lines, typed by a person who can be asked.
    Lines,
    /// Lines from a pipe or a file: nothing is asked.
    Pipe,
}

/// What every command needs.
pub(in crate::cli) struct Context {
    pub(in crate::cli) app: App,
    pub(in crate::cli) face: Face,
    pub(in crate::cli) json: bool,
    pub(in crate::cli) use_color: bool,
    pub(in crate::cli) theme: Theme,
    /// Minutes left at which an exam warns.
    pub(in crate::cli) warnings: Vec<u32>,
    /// What the file of preferences says, and where it is.
    pub(in crate::cli) preferences: Preferences,
    pub(in crate::cli) preferences_path: Option<PathBuf>,
}

impl Context {
    pub(in crate::cli) fn new(common: &Common) -> Result<Context, CliError> {
        let paths = place_of(common)?;
        let preferences = match &paths.preferences {
            Some(file) => Preferences::read(file)?,
            None => Preferences::default(),
        };
        let app = App::open(&paths.data_dir, clock_of(common), common.seed.map(Seed))?;
        let face = match (stdin().is_terminal(), stdout().is_terminal()) {
            (false, _) => Face::Pipe,
            (true, true) if !common.plain && !preferences.plain && !common.json && !is_dumb() => Face::Screens,
            (true, _) => Face::Lines,
        };
        let use_color = use_color(common);
        let theme = theme(common, preferences.theme);
        let warnings = preferences.warnings.clone().unwrap_or_else(|| USUAL_WARNINGS.to_vec());
        let preferences_path = paths.preferences;
        Ok(Context { app, face, json: common.json, use_color, theme, warnings, preferences, preferences_path })
    }

    pub(in crate::cli) fn open_deck(&mut self, named: Option<&str>) -> Result<OpenDeck, CliError> {
        Ok(self.app.open_deck(named.or(self.preferences.deck.as_deref()))?)
    }

    /// Returns the id of the deck that is named, whatever became of the deck's files.
    pub(in crate::cli) fn known_deck(&self, named: Option<&str>) -> Result<Option<DeckId>, CliError> {
        Ok(self.app.known_deck(named.or(self.preferences.deck.as_deref()))?)
    }

    /// Returns the files of the deck that is named, and their place.
    pub(in crate::cli) fn deck_files(&self, named: Option<&str>) -> Result<(PathBuf, Vec<SourceFile>), CliError> {
        Ok(self.app.deck_files(named.or(self.preferences.deck.as_deref()))?)
    }

    /// Returns the item of a deck that is named by its id.
    pub(in crate::cli) fn item_of(&self, deck: &OpenDeck, id: &str) -> Result<IndexedItem, CliError> {
        let found = self.app.items_of(deck)?.into_iter().find(|item| item.facts.id.as_str() == id);
        found.ok_or_else(|| CliError::NotFound(format!("the deck has no item `{}`", SafeText::one_line(id))))
    }

    /// Where the words of a line-mode conversation go.
    pub(in crate::cli) fn talk(&self) -> Talk {
        if self.json { Talk::Stderr } else { Talk::Stdout }
    }
}

/// Returns where the learner's files are. A clock that is set needs a place of its own.
pub(in crate::cli) fn place_of(common: &Common) -> Result<Paths, CliError> {
    if common.now.is_some() && common.data_dir.is_none() {
        let message = "--now sets the clock, so it needs --data-dir to keep your own history apart";
        return Err(CliError::Usage(message.to_owned()));
    }
    Ok(Paths::find(common.data_dir.as_deref())?)
}

/// Returns the clock, as it was set or the system's.
pub(in crate::cli) fn clock_of(common: &Common) -> Box<dyn Clock> {
    match common.now {
        Some(now) => Box::new(PinnedClock::new(now)),
        None => Box::new(SystemClock),
    }
}

/// Tells whether output may carry colours.
pub(in crate::cli) fn use_color(common: &Common) -> bool {
    match common.color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => anstream::AutoStream::choice(&stdout()) != anstream::ColorChoice::Never,
    }
}

/// Returns the styles of the screens.
fn theme(common: &Common, name: ThemeName) -> Theme {
    match (use_color(common), name) {
        (true, ThemeName::Dark) => Theme::dark(),
        // Asked for on the command line, colours show even where none are preferred.
        (true, ThemeName::None) if common.color == ColorChoice::Always => Theme::dark(),
        (true, ThemeName::Light) => Theme::light(),
        (true, ThemeName::HighContrast) => Theme::high_contrast(),
        (false, _) | (true, ThemeName::None) => Theme::without_colour(),
    }
}

/// Returns the items that were reported as doubtful. Where nothing was ever kept there are none, and nothing is made. A
/// record that cannot be read is said to be, and keeps no author from checking a deck.
pub(in crate::cli) fn known_doubts(common: &Common) -> Result<Doubts, CliError> {
    let paths = match Paths::find(common.data_dir.as_deref()) {
        Ok(paths) if App::has_data(&paths.data_dir) => paths,
        Ok(_) | Err(PathsError) => return Ok(Doubts::new()),
    };
    match App::open(&paths.data_dir, Box::new(SystemClock), None).and_then(|app| app.doubts()) {
        Ok(doubts) => Ok(doubts),
        Err(error) => {
            let why = SafeText::one_line(&error.to_string());
            Talk::Stderr.say_line(&format!("note: items reported as doubtful are not told: {why}"))?;
            Ok(Doubts::new())
        }
    }
}

/// A terminal that cannot place the cursor gets lines.
#[expect(clippy::disallowed_methods, reason = "what kind of terminal it is stands in the environment only")]
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_none_or(|term| term == "dumb" || term.is_empty())
}
