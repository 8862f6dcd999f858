//! The drill: one card at a time, with the reason why after each answer.

mod desk;
mod domain_bar;
mod keymap;
mod model;
mod pages;
mod run;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use desk::{DrillDesk, DrillExit};
pub(crate) use model::Page;
pub(crate) use pages::feedback_page;
pub use run::drill;
