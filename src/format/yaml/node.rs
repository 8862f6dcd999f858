//! A value with its place.

use std::borrow::Cow;

use granit_parser::{Marker, Span as ParserSpan};

/// A stretch of a file. Files are at most 64 MiB, so every number fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) struct Span {
    /// The line, from 1.
    pub(in crate::format) line: u32,
    /// The column in characters, from 1.
    pub(in crate::format) column: u32,
    /// The first byte, not counting a byte order mark.
    pub(in crate::format) start: u32,
    /// The byte after the last.
    pub(in crate::format) end: u32,
}

/// The key of a mapping's entry.
#[derive(Debug)]
pub(in crate::format) struct Key<'a> {
    pub(in crate::format) name: Cow<'a, str>,
    pub(in crate::format) span: Span,
}

/// A value as it is written: numbers and words such as `no` are text until somebody asks for more.
#[derive(Debug)]
pub(in crate::format) enum Value<'a> {
    /// Nothing after the key or dash.
    Empty,
    /// Something that no deck may have and that was reported.
    Refused,
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Mapping(Vec<(Key<'a>, Node<'a>)>),
}

/// A value and its place.
#[derive(Debug)]
pub(in crate::format) struct Node<'a> {
    pub(in crate::format) value: Value<'a>,
    /// Where the value begins; that of a block mapping is its first key.
    pub(in crate::format) span: Span,
}

impl Span {
    /// The beginning of a file.
    pub(in crate::format) const START: Span = Span { line: 1, column: 1, start: 0, end: 0 };

    pub(super) fn of(span: ParserSpan) -> Span {
        let end = span.end.byte_offset().map_or(0, number);
        Span { end, ..Span::at(span.start) }
    }

    pub(super) fn at(marker: Marker) -> Span {
        let start = marker.byte_offset().map_or(0, number);
        Span { line: number(marker.line()), column: number(marker.col()) + 1, start, end: start }
    }

    /// Tells whether the span covers nothing.
    pub(super) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl Default for Span {
    fn default() -> Span {
        Span::START
    }
}

pub(super) fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX - 1)
}

impl Value<'_> {
    /// Names the kind of value for a message.
    pub(in crate::format) fn kind(&self) -> &'static str {
        match self {
            Value::Empty | Value::Refused => "nothing",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }
}
