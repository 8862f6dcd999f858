//! The use cases: one function for each thing a person does. Owns the store, the clock and the source of chance.

mod clock;
mod cohort;
mod decks;
mod draw;
mod drill;
mod drill_pool;
mod error;
mod exam;
mod forms;
mod group;
mod group_papers;
mod ready;
mod remarks;
mod report;
mod settings;
mod today;
mod workspace;

pub use clock::{Clock, PinnedClock, SystemClock, fresh_seed};
pub use cohort::{CohortProgress, calibrate_cohort, read_cohort};
pub use decks::{DeckListing, OpenDeck};
pub use drill::{DrillCard, DrillProgress, DrillRequest, DrillSession, DrillSummary, Feedback, Occasion};
pub use error::AppError;
pub use exam::{OpenSitting, SittingAtRest};
pub use forms::FormsToPrint;
pub use settings::StudySettings;
pub use today::{FirstStep, Today};
pub use workspace::App;

pub use crate::store::{DeckSettingName, IndexedItem, SettingName, SittingRow, StoreError, Undoable, UndoableKind};
