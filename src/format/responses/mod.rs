//! Responses of many learners as CSV: `learner,item,correct`, and `sitting,form,choice,seconds,at` where known.
//!
//! The file is streamed: what is kept of a row are 16 bytes. Every problem is reported with its line.

mod header;
mod names;
mod problem;
mod read;
mod record;
mod table;

pub use problem::{ResponseProblem, ResponsesError};
pub use read::read_responses;
pub use table::{ResponseSitting, ResponseTable};
