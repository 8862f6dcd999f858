//! The ground floor: small checked values that every other floor speaks in. Pure.

mod apportion;
mod content_hash;
mod file_stem;
mod id;
mod safe_text;
mod seed;
mod share;
mod study_day;

pub use apportion::{apportion, apportion_within};
pub use content_hash::ContentHash;
pub use file_stem::file_stem;
pub use id::{ConceptId, DeckId, DomainId, IdError, ItemId, StimulusId, TaskId};
pub use safe_text::SafeText;
pub use seed::{GENERATOR, Seed};
pub use share::{Share, ShareError};
pub use study_day::{Rollover, StudyDay};
