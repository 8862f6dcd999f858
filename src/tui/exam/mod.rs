//! The exam room, after the delivery drivers of real exams.

mod ask;
mod desk;
mod field;
mod help;
mod keymap;
mod lists;
mod movement;
mod navigator;
mod note;
mod practice;
mod review;
mod room;
mod run;
mod update;
mod view;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod type_tests;

pub use desk::{ExamDesk, ExamExit, RoomHabits};
pub(crate) use keymap::main_keys;
pub use run::sit_exam;
