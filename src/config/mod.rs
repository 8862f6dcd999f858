//! Where things are on this machine, and what the learner prefers.

mod paths;
mod preferences;

pub use paths::{Paths, PathsError};
pub use preferences::{Preferences, PreferencesError, ThemeName};
