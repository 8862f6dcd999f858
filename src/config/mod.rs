//! Where things are on this machine, and what the learner prefers.

mod editor;
mod paths;
mod preferences;

pub use editor::editor;
pub use paths::{Paths, PathsError};
pub use preferences::{PreferenceName, Preferences, PreferencesError, ThemeName};
