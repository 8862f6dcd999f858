//! Timed mock exams with an honest equated score, and spaced review of what was missed.
//!
//! The library holds everything that the `cutscore` program does. Its floors, low to high:
//! [`base`] · [`deck`] · engines ([`exam`], [`score`], [`review`]) · [`plan`] · edges ([`store`], [`mod@format`],
//! [`exchange`], [`render`], [`config`]) · [`app`] · faces ([`cli`], [`tui`]). A module names only lower floors, and everything
//! below `store` is pure: no files, no clock, no chance of its own, no printing.

pub mod app;
pub mod base;
pub mod cli;
pub mod config;
pub mod deck;
pub mod exam;
pub mod exchange;
pub mod format;
pub mod plan;
pub mod render;
pub mod review;
pub mod score;
pub mod store;
pub mod tui;
