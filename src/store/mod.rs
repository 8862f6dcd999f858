//! The store: an append-only log of events in SQLite, and the state that is folded from it.
//!
//! The log is the truth. Cards, sittings, exposures and settings are folds of it, kept in the same transaction as the
//! event that moves them; [`Store::rebuild`] folds the whole log again and must arrive at the same state. Deck
//! contents are indexed here too, by hash, so that an unchanged deck is never read twice and a drawn form can always
//! show what it pinned.

mod answer_row;
mod answers;
mod backup;
mod cards;
mod care;
mod check;
mod concepts;
mod conditions;
mod connection;
mod content;
mod deck_copies;
mod deck_index;
mod deck_places;
mod error;
mod event;
mod exchange;
mod exposures;
mod facts_row;
mod fold;
mod head;
mod imported;
mod indexing;
mod insight_row;
mod json;
mod kind_row;
mod lock;
mod log;
mod notes;
mod outline_row;
mod pinned_record;
mod queue;
mod read_only;
mod rebuild;
mod record;
mod remarks;
mod restore;
mod results;
mod scores;
mod search;
mod settings;
mod shortlist;
mod sittings;
mod undo;

pub use answers::{DrillDay, ItemClass, NewestAnswer, median_times};
pub use backup::Backup;
pub use cards::{CardRow, StoredReview};
pub use care::SetAside;
pub use check::Checked;
pub use concepts::DomainSize;
pub use connection::{Store, sqlite_version};
pub use deck_copies::DeckFiles;
pub use deck_index::{IndexedItem, RevisionId};
pub use deck_places::IndexedSize;
pub use error::StoreError;
pub use event::{
    Event, Examined, Foresight, Millionths, PinnedDomain, PinnedItem, Response, Review, Seq, SittingId, SittingStart,
    Stamp,
};
pub use exchange::{Exported, Imported};
pub use exposures::Exposure;
pub use imported::{AlreadyImported, CardImported, ReviewImported};
pub use lock::SittingLock;
pub use queue::{ConceptRow, Scope, Variant};
pub use rebuild::Rebuilt;
pub use restore::Restored;
pub use results::StoredResult;
pub use scores::{DomainLevel, SittingResult, SittingScore};
pub use search::{Excerpt, FoundItem, SearchQuery, SearchResult};
pub use settings::{DeckSettingName, SettingName};
pub use sittings::{SittingRow, StoredSitting};
pub use undo::{Undoable, UndoableKind};
