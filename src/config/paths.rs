//! The directories of the data and of the preferences, after the XDG base directory specification.

use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

/// Where this program keeps its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The store.
    pub data_dir: PathBuf,
    /// The file of preferences; it need not exist. `None` where no home directory is known.
    pub preferences: Option<PathBuf>,
}

/// Says that no place for the data is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no place for the data is known: set HOME, or name a directory with --data-dir")]
pub struct PathsError;

impl Paths {
    /// Finds the directories; `data_dir` names the data directory outright.
    ///
    /// # Errors
    /// [`PathsError`] if no home directory is known and no data directory is named.
    pub fn find(data_dir: Option<&Path>) -> Result<Paths, PathsError> {
        let base = Xdg::new().ok();
        let preferences = base.as_ref().map(|base| base.config_dir().join("cutscore").join("config.yaml"));
        let data_dir = match (data_dir, base) {
            (Some(named), _) => named.to_owned(),
            (None, Some(base)) => base.data_dir().join("cutscore"),
            (None, None) => return Err(PathsError),
        };
        Ok(Paths { data_dir, preferences })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_data_directory_is_taken_as_it_is() {
        let found = Paths::find(Some(Path::new("here"))).expect("a named directory needs no home");
        assert_eq!(found.data_dir, Path::new("here"));
    }
}
