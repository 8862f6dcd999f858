//! Anki: collections, packages, notes and what was learnt of them.

mod collection;
mod note_types;
mod notes;
mod protobuf;
mod read;
mod sha1;
mod template;
mod write;

pub(in crate::exchange) use read::read;
pub(in crate::exchange) use write::write;
