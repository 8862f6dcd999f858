//! The screens.
//!
//! Each screen is a loop of key → message → `update(&mut model, message)` → effects → `view(&model, frame)`. Models
//! and updates are pure; the effects of a screen run in one place, against a *desk* that the caller implements:
//! [`ExamDesk`] for the exam room, [`DrillDesk`] for the drill, [`WalkDesk`] for the walk through a
//! report. Time comes from the desk, never from a clock of the screen's own.

mod answer_field;
mod chrome;
mod console;
mod dialog;
mod drill;
mod exam;
mod keys;
mod markdown;
mod menu;
mod note_box;
mod page;
mod placing;
#[cfg(test)]
mod portrait;
mod question_page;
mod scene;
mod scroll;
mod start;
mod text_field;
mod text_line;
mod theme;
mod walk;
mod wrap;

pub use console::Console;
pub use drill::{DrillDesk, DrillExit, drill};
pub use exam::{ExamDesk, ExamExit, RoomHabits, sit_exam};
pub use menu::{Menu, MenuChoice, menu};
pub use page::{AfterReport, read_page, read_report};
pub use start::{Briefing, Resumption, Start, ask_to_resume, ask_to_start};
pub use text_line::{TextLine, Tone};
pub use theme::Theme;
pub use walk::{WalkDesk, WalkItem, walk};
