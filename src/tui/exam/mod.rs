//! The exam room, after the delivery drivers of real exams.

mod ask;
mod desk;
mod help;
mod keymap;
mod lists;
mod navigator;
mod review;
mod room;
mod run;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use desk::{ExamDesk, ExamExit};
pub(crate) use keymap::main_keys;
pub use run::sit_exam;
