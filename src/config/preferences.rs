//! The learner's preferences: a small YAML file that is read and never written.

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
    /// It is not YAML of the right keys.
    #[error("{}: {message}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong and where.
        message: String,
    },
}

impl Preferences {
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
    fn a_missing_file_prefers_nothing() {
        let read = Preferences::read(Path::new("/nowhere/config.yaml")).expect("a missing file is fine");
        assert_eq!(read, Preferences::default());
    }
}
