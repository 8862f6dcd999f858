//! The screens.
//!
//! Each screen is a loop of key → message → `update(&mut model, message)` → effects → `view(&model, frame)`. Models
//! and updates are pure; the effects of a screen run in one place, against a *desk* that the caller implements:
//! [`ExamDesk`] for the exam room. Time comes from the desk, never from a clock of the screen's own.

mod chrome;
mod console;
mod dialog;
mod exam;
mod keys;
mod markdown;
mod question_page;
mod scene;
mod scroll;
mod theme;
mod wrap;

pub use console::Console;
pub use exam::{ExamDesk, ExamExit, sit_exam};
pub use theme::Theme;
