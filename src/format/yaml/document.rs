//! Reads one file entry by entry, and one long list element by element.

use std::borrow::Cow;
use std::collections::HashSet;

use granit_parser::{Event, Marker, Parser, ScanError, StrInput};

use crate::format::finding::Log;
use crate::format::rules::{KEY_TWICE, MISSING, NOT_PLAIN, TOO_LARGE, WRONG_SHAPE};
use crate::format::suggest::quoted;
use crate::format::yaml::syntax::{MAX_DEPTH, report};
use crate::format::yaml::{Key, Node, Span, Value};

/// A part of a file, handed over as soon as it is read.
pub(in crate::format) enum Part<'a> {
    /// An entry of the file's mapping.
    Entry(Key<'a>, Node<'a>),
    /// An element of the streamed list.
    Element(Node<'a>),
}

/// How far a file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::format) enum Reach {
    /// To its end.
    All,
    /// To a syntax error or a limit.
    Broken,
}

/// Most values in memory at a time. An item has about 20, the outline of a large deck some thousands.
const MAX_HELD_VALUES: usize = 100_000;

/// Up to this many keys, comparing each with each is quicker than a set.
const FEW_KEYS: usize = 16;

/// Reads `text` and hands its parts to `visit`; of the list under the key `streamed`, only one element is in memory
/// at a time. What is not YAML, or not the plain YAML that decks are written in, goes to `log`.
pub(in crate::format) fn read_document<'a>(
    text: &'a str,
    streamed: &str,
    log: &mut Log<'_>,
    visit: &mut impl FnMut(Part<'a>, &mut Log<'_>),
) -> Reach {
    let options = granit_parser::options! {
        emit_anchor_events: true,
        emit_comments: false,
        emit_unresolved_aliases: true,
        disallow_directives: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut reader = Reader { parser: Parser::new_from_str_with_options(text, options), log, n_held: 0 };
    match reader.document(streamed, visit) {
        Ok(()) => Reach::All,
        Err(Stop::Syntax(error)) => {
            report(&error, reader.log);
            Reach::Broken
        }
        Err(Stop::TooManyValues(span)) => {
            let message = format!("more than {MAX_HELD_VALUES} values stand in one entry");
            reader.log.say(&TOO_LARGE, span, message, "a question is far smaller; check the brackets");
            Reach::Broken
        }
        Err(Stop::Hopeless) => Reach::Broken,
    }
}

/// Why reading ends before the file does.
enum Stop {
    Syntax(ScanError),
    TooManyValues(Span),
    /// So many errors were found that the rest of the file would only add to their number.
    Hopeless,
}

impl From<ScanError> for Stop {
    fn from(error: ScanError) -> Stop {
        Stop::Syntax(error)
    }
}

struct Reader<'a, 'l, 'f> {
    parser: Parser<'a, StrInput<'a>>,
    log: &'l mut Log<'f>,
    /// Values in memory: those of the file's entries and of one element of the streamed list.
    n_held: usize,
}

impl<'a> Reader<'a, '_, '_> {
    fn document(&mut self, streamed: &str, visit: &mut impl FnMut(Part<'a>, &mut Log<'_>)) -> Result<(), Stop> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(..), _) => {}
                (Event::StreamEnd | Event::DocumentEnd, _) => {
                    self.log.say(
                        &MISSING,
                        Span::START,
                        "the file is empty",
                        "write `questions:` and a list of questions",
                    );
                    return Ok(());
                }
                (Event::MappingStart(..), _) => break,
                (event, span) => {
                    let node = self.node(event, span)?;
                    let message = format!("a deck file holds keys and values, not {}", node.value.kind());
                    self.log.say(&WRONG_SHAPE, node.span, message, "begin with `questions:` and a list of questions");
                    return Ok(());
                }
            }
        }
        self.entries(streamed, visit)?;
        loop {
            match self.next()? {
                (Event::DocumentStart(..), span) => {
                    self.log.say(
                        &NOT_PLAIN,
                        span,
                        "a deck file is one document",
                        "put what follows into a file of its own",
                    );
                    return Ok(());
                }
                (Event::StreamEnd, _) => return Ok(()),
                _ => {}
            }
        }
    }

    /// The entries of the file's own mapping, up to its end.
    fn entries(&mut self, streamed: &str, visit: &mut impl FnMut(Part<'a>, &mut Log<'_>)) -> Result<(), Stop> {
        let mut seen = HashSet::new();
        while let Some(key) = self.key()? {
            let (event, span) = self.next()?;
            if !seen.insert(key.name.clone()) {
                self.say_key_twice(&key);
                self.node(event, span)?;
                continue;
            }
            if key.name != streamed || !matches!(event, Event::SequenceStart(..)) {
                let node = self.node(event, span)?;
                visit(Part::Entry(key, node), self.log);
                continue;
            }
            self.streamed_list(visit)?;
        }
        Ok(())
    }

    /// Hands over the elements of a list, each when the next one has begun: a slip in the indentation cuts an element
    /// short before it is noticed, and nobody should be told what the torn element lacks.
    fn streamed_list(&mut self, visit: &mut impl FnMut(Part<'a>, &mut Log<'_>)) -> Result<(), Stop> {
        let n_held = self.n_held;
        let mut whole = None;
        loop {
            let next = self.next()?;
            if let Some(element) = whole.take() {
                visit(Part::Element(element), self.log);
                self.n_held = n_held;
            }
            if self.log.is_hopeless() {
                return Err(Stop::Hopeless);
            }
            match next {
                (Event::SequenceEnd, _) => return Ok(()),
                (event, span) => whole = Some(self.node(event, span)?),
            }
        }
    }

    /// The node that begins with `event`. The parser's own limits bound the depth.
    fn node(&mut self, event: Event<'a>, span: Span) -> Result<Node<'a>, Stop> {
        self.n_held += 1;
        if self.n_held > MAX_HELD_VALUES {
            return Err(Stop::TooManyValues(span));
        }
        let value = match event {
            Event::Scalar(text, ..) if span.is_empty() && text == "~" => Value::Empty,
            Event::Scalar(text, ..) => Value::Text(text),
            Event::SequenceStart(..) => Value::List(self.elements()?),
            Event::MappingStart(..) => {
                let entries = self.mapping()?;
                let first = entries.first().map_or(span, |(key, _): &(Key<'_>, _)| key.span);
                let span = if span.is_empty() { first } else { span };
                return Ok(Node { value: Value::Mapping(entries), span });
            }
            // Aliases were reported on the way; nothing else begins a node.
            _ => Value::Refused,
        };
        Ok(Node { value, span })
    }

    fn elements(&mut self) -> Result<Vec<Node<'a>>, Stop> {
        let mut nodes = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(nodes),
                (event, span) => nodes.push(self.node(event, span)?),
            }
        }
    }

    fn mapping(&mut self) -> Result<Vec<(Key<'a>, Node<'a>)>, Stop> {
        let mut entries: Vec<(Key<'a>, Node<'a>)> = Vec::new();
        let mut seen: HashSet<Cow<'a, str>> = HashSet::new();
        while let Some(key) = self.key()? {
            let (event, span) = self.next()?;
            let node = self.node(event, span)?;
            let is_new = if entries.len() < FEW_KEYS {
                entries.iter().all(|(other, _)| other.name != key.name)
            } else {
                if seen.is_empty() {
                    seen.extend(entries.iter().map(|(other, _)| other.name.clone()));
                }
                seen.insert(key.name.clone())
            };
            if is_new {
                entries.push((key, node));
            } else {
                self.say_key_twice(&key);
            }
        }
        Ok(entries)
    }

    /// The next key of a mapping, or `None` at the mapping's end. Entries whose key is no text are left out.
    fn key(&mut self) -> Result<Option<Key<'a>>, Stop> {
        loop {
            match self.next()? {
                (Event::MappingEnd, _) => return Ok(None),
                (Event::Scalar(name, ..), span) if name == "<<" => {
                    self.log.say(&NOT_PLAIN, span, "a deck has no merge keys", "write the entries out");
                }
                (Event::Scalar(name, ..), span) => return Ok(Some(Key { name, span })),
                (event, span) => {
                    let key = self.node(event, span)?;
                    self.log.say(
                        &WRONG_SHAPE,
                        key.span,
                        format!("a key is a word, not {}", key.value.kind()),
                        "put text with braces or brackets in double quotes",
                    );
                }
            }
            let (event, span) = self.next()?;
            self.node(event, span)?;
        }
    }

    fn say_key_twice(&mut self, key: &Key<'_>) {
        let message = format!("the key {} stands here a second time", quoted(&key.name));
        self.log.say(&KEY_TWICE, key.span, message, "keep one of the two");
    }

    /// The next event; what plain YAML does without is reported here, once for all places.
    fn next(&mut self) -> Result<(Event<'a>, Span), Stop> {
        loop {
            let end = || Err(ScanError::new(Marker::default(), "the file ends too early"));
            let (event, parser_span) = self.parser.next_event().unwrap_or_else(end)?;
            let span = Span::of(parser_span);
            match &event {
                Event::Anchor(..) => {
                    self.log.say(
                        &NOT_PLAIN,
                        span,
                        "a deck has no anchors",
                        "delete the word that begins with `&`, or put the text in double quotes",
                    );
                    continue;
                }
                Event::Alias(_) | Event::UnresolvedAlias(_) => {
                    self.log.say(
                        &NOT_PLAIN,
                        span,
                        "a deck has no aliases",
                        "write the value out, or put text that begins with `*` in double quotes",
                    );
                }
                Event::Scalar(.., Some(_)) | Event::SequenceStart(.., Some(_)) | Event::MappingStart(.., Some(_)) => {
                    let tag = parser_span.tag_span().map_or(span, Span::of);
                    self.log.say(
                        &NOT_PLAIN,
                        tag,
                        "a deck has no tags",
                        "delete the word that begins with `!`, or put the text in double quotes",
                    );
                }
                _ => {}
            }
            return Ok((event, span));
        }
    }
}
