//! The exam engine: drawing forms, and the sitting of one as a state machine. Pure.

mod clock;
mod form;
mod sitting;

pub use clock::{Anchor, ClockReading, Heartbeat, SinceBoot};
pub use form::{Form, FormItem, ItemRole, draw_choice_order};
pub use sitting::{Confidence, Ending, ItemStatus, Mark, Sitting, SittingKind, Tally};
//! Drawing forms from a bank. Pure.

mod assembly;
mod freshest;

pub use assembly::{Candidate, DEFAULT_PROPOSALS, Request, Selection, assemble};
