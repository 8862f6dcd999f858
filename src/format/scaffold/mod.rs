//! A new deck to start from: comments that teach the format, and examples that ask about it.

mod examples;
mod write;

pub use write::{FirstQuestion, SCHEMA_FILE, Scaffold, ScaffoldDomain, ScaffoldExam};
