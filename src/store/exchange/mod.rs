//! The log as text, one line for each event: to read it elsewhere, and to bring together what was done on several devices.
//!
//! The log of a store is a function of its events: they stand in the order of time, device and number. So stores that hold
//! the same events hold the same log, down to the chain, whatever was imported first. The format is told in
//! `docs/data.md`.

mod export;
mod import;
mod line;

pub use export::Exported;
pub use import::Imported;
