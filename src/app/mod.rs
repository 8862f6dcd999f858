//! The use cases: one function for each thing a person does. Owns the store, the clock and the source of chance.

mod analysis;
mod appraiser;
mod card_care;
mod clock;
mod cohort;
mod data;
mod decks;
mod draw;
mod drill;
mod drill_queue;
mod drill_reason;
mod drill_scope;
mod drill_session;
mod edit;
mod error;
mod exam;
mod forms;
mod group;
mod group_papers;
mod history;
mod library;
mod past;
mod progress;
mod ready;
mod remarks;
mod report;
mod results;
mod settings;
mod study_plan;
mod today;
mod trajectory;
mod undo;
mod workspace;

pub use card_care::{CardCare, CardListing, Confusion, Leech, confusion_words};
pub use clock::{Clock, PinnedClock, SystemClock, fresh_seed};
pub use cohort::{CohortProgress, calibrate_cohort, read_cohort};
pub use decks::{DeckListing, OpenDeck};
pub use drill::{
    Course, DomainCount, DrillCard, DrillFilter, DrillProgress, DrillRequest, DrillSummary, Feedback, Moved, Occasion,
};
pub use drill_session::DrillSession;
pub use edit::ItemPlace;
pub use error::AppError;
pub use exam::{OpenSitting, SittingAtRest};
pub use forms::FormsToPrint;
pub use library::{AddedDeck, Clash, FilesState, Keeping, LibraryEntry, RemovedDeck};
pub use past::HistoryTaken;
pub use settings::StudySettings;
pub use study_plan::USUAL_MINUTES;
pub use today::{FirstStep, Today};
pub use undo::{Change, NOTHING_TO_REDO, NOTHING_TO_UNDO, OnScreen};
pub use workspace::App;

pub use crate::store::{
    DeckSettingName, Excerpt, FoundItem, IndexedItem, SearchQuery, SearchResult, SetAside, SettingName, SittingRow,
    StoreError, Undoable, UndoableKind, sqlite_version,
};
