//! The exam engine: planning and drawing forms, and the sitting of one as a state machine. Pure.

mod assembly;
mod clock;
mod evidence;
mod form;
mod freshest;
mod parallel;
mod request;
mod shortlist;
mod sitting;

pub use assembly::{Candidate, DEFAULT_PROPOSALS, Request, Selection, assemble, assemble_forms, whole_forms};
pub use clock::{Anchor, ClockReading, Heartbeat, SinceBoot};
pub use evidence::{Conditions, MOST_TIME_AWAY, NoEvidence};
pub use form::{Form, FormItem, ItemRole, draw_choice_order};
pub use request::{ExamPlan, ExamRequest, PlanError, Scope, plan_exam};
pub use sitting::{Confidence, Ending, ItemStatus, Mark, Sitting, SittingKind, Tally};
