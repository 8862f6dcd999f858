//! The exam engine: planning and drawing forms, the sitting of one as a state machine, and how it was
//! worked on. Pure.

mod assembly;
mod clock;
mod evidence;
mod extra_time;
mod form;
mod freshest;
mod item_filter;
mod parallel;
mod real_result;
mod request;
mod section;
mod shortlist;
mod sitting;
mod together;
mod warnings;
mod work;

pub use assembly::{Candidate, DEFAULT_PROPOSALS, Request, Selection, assemble, assemble_forms, whole_forms};
pub use clock::{Anchor, ClockReading, Heartbeat, SinceBoot};
pub use evidence::{Conditions, MOST_TIME_AWAY, NoEvidence};
pub use extra_time::{ExtraTime, ExtraTimeError};
pub use form::{Form, FormItem, ItemRole, draw_choice_order};
pub use item_filter::ItemFilter;
pub use real_result::{RealResult, ToldLevel};
pub use request::{ExamPlan, ExamRequest, PlanError, Purpose, Scope, plan_exam};
pub use section::{Section, split_into_sections};
pub use sitting::{Confidence, Ending, ItemStatus, MAX_NOTE_CHARS, Mark, Sitting, SittingKind, Tally};
pub use together::together;
pub use warnings::{USUAL_WARNINGS, Warnings};
pub use work::{AnswerChanges, Happening, ItemWork, Moment, SittingWork, retrace, time_away};
