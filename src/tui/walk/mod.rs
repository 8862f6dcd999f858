//! The walk through the questions of a sitting that has ended: what was chosen, what is right, and why.

mod desk;
mod keymap;
mod model;
mod run;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use desk::{WalkDesk, WalkItem};
pub use run::walk;
