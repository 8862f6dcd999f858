//! XML as trees of a bounded size, one for each element that is asked for.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::exchange::entities::reference;
use crate::exchange::escape::escape_xml;
use crate::exchange::imported::ImportError;

/// Deepest nesting of elements.
const MAX_DEPTH: usize = 128;

/// Most elements and texts within one element that is asked for.
const MAX_NODES: usize = 100_000;

/// An element with everything in it. Names are without prefix, in lower case, without `-` and a leading `qti`.
#[derive(Debug, Clone, Default)]
pub(in crate::exchange) struct Element {
    pub(in crate::exchange) name: String,
    pub(in crate::exchange) attributes: Vec<(String, String)>,
    pub(in crate::exchange) children: Vec<Node>,
    /// The line on which it begins.
    pub(in crate::exchange) line: usize,
}

#[derive(Debug, Clone)]
pub(in crate::exchange) enum Node {
    Element(Element),
    Text(String),
}

/// The elements around the one that is looked at: their names and titles.
pub(in crate::exchange) type Surroundings = [(String, Option<String>)];

impl Element {
    pub(in crate::exchange) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(in crate::exchange) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Returns the first child of a name.
    pub(in crate::exchange) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|child| child.name == name)
    }

    pub(in crate::exchange) fn children_named<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.elements().filter(move |child| child.name == name)
    }

    /// Returns all elements of a name within this one, in the order of the file; not those within another of the name.
    pub(in crate::exchange) fn all<'e>(&'e self, name: &str) -> Vec<&'e Element> {
        let mut found = Vec::new();
        let mut waiting: Vec<&Element> = self.elements().collect();
        waiting.reverse();
        while let Some(element) = waiting.pop() {
            if element.name == name {
                found.push(element);
            } else {
                let at = waiting.len();
                waiting.extend(element.elements());
                waiting[at..].reverse();
            }
        }
        found
    }

    /// Returns the first element of a name within this one.
    pub(in crate::exchange) fn first(&self, name: &str) -> Option<&Element> {
        self.all(name).into_iter().next()
    }

    /// Returns all texts within, one after another.
    pub(in crate::exchange) fn text(&self) -> String {
        let mut text = String::new();
        self.write_text(&mut text);
        text
    }

    fn write_text(&self, text: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.write_text(text),
                Node::Text(own) => text.push_str(own),
            }
        }
    }

    /// Returns what is within as HTML; elements for which `leave_out` holds are not in it.
    pub(in crate::exchange) fn html(&self, leave_out: &dyn Fn(&Element) -> bool) -> String {
        let mut html = String::new();
        self.write_html(&mut html, leave_out);
        html
    }

    fn write_html(&self, html: &mut String, leave_out: &dyn Fn(&Element) -> bool) {
        for node in &self.children {
            match node {
                Node::Text(text) => html.push_str(&escape_xml(text)),
                Node::Element(element) if leave_out(element) => {}
                Node::Element(element) => {
                    html.push_str(&format!("<{}", element.name));
                    for (name, value) in &element.attributes {
                        html.push_str(&format!(" {name}=\"{}\"", escape_xml(value)));
                    }
                    html.push('>');
                    element.write_html(html, leave_out);
                    if !element.children.is_empty() || !matches!(element.name.as_str(), "br" | "img" | "hr") {
                        html.push_str(&format!("</{}>", element.name));
                    }
                }
            }
        }
    }
}

/// Walks a file and hands over each element whose name is in `wanted`, unless it stands within another such.
///
/// References to entities are characters only for the names that HTML has; what a file declares itself is never looked
/// at, so nothing grows.
///
/// # Errors
/// What is not well-formed, nested too deeply, or holds too much.
pub(in crate::exchange) fn walk(
    text: &str,
    wanted: &[&str],
    take: &mut dyn FnMut(&Surroundings, &Element),
) -> Result<(), ImportError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    reader.config_mut().check_end_names = true;
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut tree = Tree { wanted, take, around: Vec::new(), open: Vec::new(), n_nodes: 0 };
    loop {
        let line = lines.at(usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX));
        let broken = |error: quick_xml::Error| format!("line {line}: the XML is not well-formed: {error}");
        match reader.read_event().map_err(|error| ImportError::broken(broken(error)))? {
            Event::Eof => break,
            event => tree.grow(event, line)?,
        }
    }
    if tree.open.is_empty() && tree.around.is_empty() {
        Ok(())
    } else {
        Err(ImportError::broken("the XML ends in the middle of an element"))
    }
}

/// The element that is read, and what is around it.
struct Tree<'t> {
    wanted: &'t [&'t str],
    take: &'t mut dyn FnMut(&Surroundings, &Element),
    around: Vec<(String, Option<String>)>,
    open: Vec<Element>,
    n_nodes: usize,
}

impl Tree<'_> {
    fn grow(&mut self, event: Event<'_>, line: usize) -> Result<(), ImportError> {
        if self.around.len() + self.open.len() > MAX_DEPTH {
            return Err(ImportError::too_large(format!("line {line}: elements are nested more than {MAX_DEPTH} deep")));
        }
        self.n_nodes += usize::from(!self.open.is_empty());
        if self.n_nodes > MAX_NODES {
            return Err(ImportError::too_large(format!("line {line}: an item has more than {MAX_NODES} parts")));
        }
        match event {
            Event::Start(start) => {
                let element = element_of(&start, line);
                if self.open.is_empty() && !self.wanted.contains(&element.name.as_str()) {
                    let title = element.attribute("title").map(str::to_owned);
                    self.around.push((element.name, title));
                } else {
                    self.open.push(element);
                }
            }
            Event::Empty(start) => self.close(element_of(&start, line)),
            Event::End(_) => match self.open.pop() {
                Some(element) => self.close(element),
                None => {
                    self.around.pop();
                }
            },
            Event::Text(words) => self.text(&words.into_inner()),
            Event::CData(words) => self.text(&words.into_inner()),
            Event::GeneralRef(name) => {
                let written = format!("&{};", name.into_inner());
                let found = reference(&written).map(|(c, _)| c.to_string());
                self.text(&found.unwrap_or(written));
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn close(&mut self, element: Element) {
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(Node::Element(element));
            return;
        }
        self.n_nodes = 0;
        if self.wanted.contains(&element.name.as_str()) {
            (self.take)(&self.around, &element);
        }
    }

    fn text(&mut self, words: &str) {
        let Some(parent) = self.open.last_mut() else { return };
        match parent.children.last_mut() {
            Some(Node::Text(text)) => text.push_str(words),
            _ => parent.children.push(Node::Text(words.to_owned())),
        }
    }
}

fn element_of(start: &BytesStart<'_>, line: usize) -> Element {
    let mut attributes = Vec::new();
    // An attribute that is not well-formed says nothing.
    for attribute in start.attributes().with_checks(false).flatten() {
        let name = normalised(attribute.key.local_name().as_ref());
        attributes.push((name, unescaped(&attribute.value)));
    }
    Element { name: normalised(start.local_name().as_ref()), attributes, children: Vec::new(), line }
}

fn normalised(name: &str) -> String {
    let name: String = name.chars().filter(|c| *c != '-').map(|c| c.to_ascii_lowercase()).collect();
    name.strip_prefix("qti").filter(|rest| !rest.is_empty()).map_or(name.clone(), str::to_owned)
}

fn unescaped(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, n_bytes) = reference(rest).unwrap_or(('&', 1));
        plain.push(c);
        rest = &rest[n_bytes..];
    }
    plain + rest
}

/// Counts lines as far as they are asked for.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn at(&mut self, place: usize) -> usize {
        let place = place.clamp(self.at, self.text.len());
        self.line += self.text.as_bytes()[self.at..place].split(|byte| *byte == b'\n').count() - 1;
        self.at = place;
        self.line
    }
}
