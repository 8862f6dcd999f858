//! The learner's preferences: a small YAML file. One key of it can be changed; comments and the other keys stay.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// What the file of preferences may say. Every key may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// The deck that is meant when none is named: an id or a path.
    #[serde(default)]
    pub deck: Option<String>,
    /// Whether the line mode is used on a terminal too.
    #[serde(default)]
    pub plain: bool,
    /// The colours of the screens.
    #[serde(default)]
    pub theme: ThemeName,
    /// Minutes left at which an exam warns; an empty list for no warnings.
    #[serde(default)]
    pub warnings: Option<Vec<u32>>,
}

/// Sets of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeName {
    /// For a dark background.
    #[default]
    Dark,
    /// For a light background.
    Light,
    /// White on black, with nothing dimmed.
    HighContrast,
    /// No colours: bold, underlined and reversed text alone.
    None,
}

/// Why the file of preferences cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PreferencesError {
    /// It is there and cannot be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// It cannot be written.
    #[error("cannot write {}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// It is not YAML of the right keys.
    #[error("{}: {message}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong and where.
        message: String,
    },
}

/// A key of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreferenceName {
    /// The deck that is meant when none is named.
    Deck,
    /// Whether the line mode is used on a terminal too.
    Plain,
    /// The colours of the screens.
    Theme,
    /// Minutes left at which an exam warns.
    Warnings,
}

impl PreferenceName {
    /// All keys.
    pub const ALL: [PreferenceName; 4] =
        [PreferenceName::Deck, PreferenceName::Plain, PreferenceName::Theme, PreferenceName::Warnings];

    /// Returns the name in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            PreferenceName::Deck => "deck",
            PreferenceName::Plain => "plain",
            PreferenceName::Theme => "theme",
            PreferenceName::Warnings => "warnings",
        }
    }
}

impl ThemeName {
    /// Returns the name in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            ThemeName::Dark => "dark",
            ThemeName::Light => "light",
            ThemeName::HighContrast => "high-contrast",
            ThemeName::None => "none",
        }
    }
}

/// Returns the text of a file of preferences with one key set to `value`, as YAML writes it, or taken away. All other lines
/// stay as they are.
fn with_key(text: &str, name: PreferenceName, value: Option<&str>) -> String {
    let key = format!("{}:", name.as_str());
    let (mut lines, mut is_own) = (Vec::new(), false);
    for line in text.lines() {
        // What belongs to a key is indented below it, or begins with a dash.
        is_own = line.starts_with(&key) || (is_own && line.starts_with([' ', '-']));
        if !is_own {
            lines.push(line.to_owned());
        }
    }
    lines.extend(value.map(|value| format!("{key} {value}")));
    lines.into_iter().map(|line| line + "\n").collect()
}

impl Preferences {
    /// Changes a key of the file, or takes it away, and returns what the file then says. A file that would not read is not
    /// written; the folder is made if it is not there.
    ///
    /// # Errors
    /// [`PreferencesError`] if the file cannot be read or written, or would not read with the value.
    pub fn change(path: &Path, name: PreferenceName, value: Option<&str>) -> Result<Preferences, PreferencesError> {
        let before = match fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            read => read.map_err(|source| PreferencesError::Unreadable { path: path.to_owned(), source })?,
        };
        let text = with_key(&before, name, value);
        let preferences = Preferences::parse(&text)
            .map_err(|message| PreferencesError::Malformed { path: path.to_owned(), message })?;
        let beside = path.with_extension("yaml.new");
        let write = || {
            fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
            fs::write(&beside, &text)?;
            fs::rename(&beside, path)
        };
        write().map_err(|source| PreferencesError::Unwritable { path: path.to_owned(), source })?;
        Ok(preferences)
    }

    /// Reads the file; a file that is not there prefers nothing.
    pub fn read(path: &Path) -> Result<Preferences, PreferencesError> {
        match fs::read_to_string(path) {
            Ok(text) => Preferences::parse(&text)
                .map_err(|message| PreferencesError::Malformed { path: path.to_owned(), message }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Preferences::default()),
            Err(source) => Err(PreferencesError::Unreadable { path: path.to_owned(), source }),
        }
    }

    fn parse(text: &str) -> Result<Preferences, String> {
        if text.trim().is_empty() {
            return Ok(Preferences::default());
        }
        serde_yaml::from_str(text).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_may_be_left_out_but_not_invented() {
        assert_eq!(Preferences::parse(""), Ok(Preferences::default()));
        let preferred = Preferences { deck: Some("./my.yaml".to_owned()), plain: true, ..Preferences::default() };
        assert_eq!(Preferences::parse("deck: ./my.yaml\nplain: true\n"), Ok(preferred));
        let room = Preferences::parse("theme: high-contrast\nwarnings: [20, 2]\n").expect("both are keys");
        assert_eq!((room.theme, room.warnings), (ThemeName::HighContrast, Some(vec![20, 2])));
        assert!(Preferences::parse("theme: sepia\n").is_err());
        let message = Preferences::parse("deck: a\ncolour: red\n").expect_err("there is no such key");
        assert!(message.contains("colour") && message.contains('2'), "{message}");
    }

    #[test]
    fn one_key_changes_and_comments_and_the_others_stay() {
        let dir = tempfile::tempdir().expect("a directory for the test");
        let path = dir.path().join("cutscore/config.yaml");
        let change = |name, value| Preferences::change(&path, name, value);
        let read = || fs::read_to_string(&path).expect("reads");
        change(PreferenceName::Theme, Some("light")).expect("makes the file");
        assert_eq!(read(), "theme: light\n");
        fs::write(&path, "# mine\nwarnings:\n  - 20\n- 2\nplain: true # for the reader\n").expect("writes");
        let found = change(PreferenceName::Warnings, Some("[10]")).expect("a list");
        assert_eq!((found.warnings, found.plain), (Some(vec![10]), true));
        assert_eq!(read(), "# mine\nplain: true # for the reader\nwarnings: [10]\n");
        assert!(matches!(change(PreferenceName::Plain, Some("maybe")), Err(PreferencesError::Malformed { .. })));
        assert!(change(PreferenceName::Theme, Some("light\nplain: false")).is_err(), "a key stands twice");
        change(PreferenceName::Warnings, None).expect("takes it away");
        assert_eq!(read(), "# mine\nplain: true # for the reader\n");
    }

    #[test]
    fn a_missing_file_prefers_nothing() {
        let read = Preferences::read(Path::new("/nowhere/config.yaml")).expect("a missing file is fine");
        assert_eq!(read, Preferences::default());
    }
}
