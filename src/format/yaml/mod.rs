//! YAML as decks use it: small trees with the place of every value. Nothing outside this folder knows the parser.

mod document;
mod node;
mod syntax;

pub(super) use document::{Part, Reach, read_document};
pub(super) use node::{Key, Node, Span, Value};
pub(super) use syntax::{text_of, without_byte_order_mark};
