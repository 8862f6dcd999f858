//! Moodle's GIFT.

use crate::base::ItemId;
use crate::deck::{Arrangement, Ask, Choice, ItemBody, Question, ShuffleChoices, Slot, TypedAnswer};
use crate::exchange::collect::{Collector, Draft};
use crate::exchange::gift_text::{Block, blocks, find_plain, plain, split_plain};
use crate::exchange::imported::Origin;
use crate::exchange::prose::{explain, prose, true_or_false};

/// What a question with a gap has in its place.
const GAP: &str = "_____";

/// Weights this close to 100 percent are whole.
const SAME: f64 = 0.01;

/// Reads a file.
pub(in crate::exchange) fn read(text: &str, collector: &mut Collector<'_>) {
    let mut category = Vec::new();
    for block in blocks(text) {
        match block {
            Block::Category(path) => category = path,
            Block::Question { line, text, tags, id } => {
                let origin = Origin::line(line);
                match question(&text, &origin, collector) {
                    Ok((name, body)) => {
                        let mut draft = Draft::new(origin, ItemBody::Question(body));
                        draft.name = id.or(name);
                        draft.category.clone_from(&category);
                        draft.tags = tags;
                        collector.add(draft);
                    }
                    Err(reason) => collector.skip(&origin, &text, reason),
                }
            }
        }
    }
}

/// How the texts of a question are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Markup {
    Any,
    AsIs,
}

/// Reads texts of one question.
struct Reader<'r, 'p> {
    markup: Markup,
    origin: &'r Origin,
    collector: &'r mut Collector<'p>,
}

impl Reader<'_, '_> {
    fn text(&mut self, raw: &str) -> String {
        let text = plain(raw.trim());
        match self.markup {
            Markup::AsIs => text,
            Markup::Any => prose(&text, self.origin, self.collector),
        }
    }

    fn some_text(&mut self, raw: &str) -> Option<String> {
        Some(self.text(raw)).filter(|text| !text.is_empty())
    }
}

fn question(block: &str, origin: &Origin, collector: &mut Collector<'_>) -> Result<(Option<String>, Question), String> {
    let block = block.trim();
    let (name, rest) = match block.strip_prefix("::").and_then(|rest| Some((rest, find_plain(rest, "::")?))) {
        Some((rest, end)) => (Some(plain(&rest[..end])), rest[end + 2..].trim_start()),
        None => (None, block),
    };
    let (markup, rest) = markup(rest);
    let Some(open) = find_plain(rest, "{") else { return Err("a description asks nothing".to_owned()) };
    let close = last_plain_brace(rest).filter(|close| *close > open).ok_or("a brace is not closed")?;
    let (before, inner, after) = (&rest[..open], rest[open + 1..close].trim(), rest[close + 1..].trim());
    let mut reader = Reader { markup, origin, collector };
    let gap = if after.is_empty() { String::new() } else { format!(" {GAP} {after}") };
    let stem = reader.text(&format!("{}{gap}", before.trim()));
    let (inner, general) = match find_plain(inner, "####") {
        Some(at) => (inner[..at].trim(), reader.some_text(&inner[at + 4..])),
        None => (inner, None),
    };
    let ask = ask(inner, general, &mut reader)?;
    // A name that only repeats the question is none.
    let name = name.filter(|name| ItemId::new(name.trim()).is_ok() || !stem.starts_with(name.trim()));
    Ok((name, Question { stimulus: None, stem, ask, refs: Vec::new() }))
}

fn markup(text: &str) -> (Markup, &str) {
    for (word, markup) in
        [("[html]", Markup::Any), ("[moodle]", Markup::Any), ("[plain]", Markup::AsIs), ("[markdown]", Markup::AsIs)]
    {
        if let Some(rest) = text.strip_prefix(word) {
            return (markup, rest.trim_start());
        }
    }
    (Markup::Any, text)
}

fn last_plain_brace(text: &str) -> Option<usize> {
    text.match_indices('}').map(|(at, _)| at).rfind(|at| !is_escaped(text, *at))
}

fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

fn ask(inner: &str, general: Option<String>, reader: &mut Reader<'_, '_>) -> Result<Ask, String> {
    if inner.is_empty() {
        return Err("an essay has no right answer".to_owned());
    }
    if let Some(number) = inner.strip_prefix('#') {
        return numerical(number, general, reader);
    }
    if let Some(ask) = truth(inner, general.clone(), reader) {
        return Ok(ask);
    }
    let answers: Vec<Entry<'_>> = split_plain(inner).into_iter().map(Entry::read).collect::<Result<_, _>>()?;
    if answers.is_empty() {
        return Err("the answers are not marked with `=` or `~`".to_owned());
    }
    if answers.iter().any(|entry| find_plain(entry.text, "->").is_some()) {
        return matching(&answers, general, reader);
    }
    if answers.iter().all(|entry| entry.is_right) {
        return typed(&answers, general, reader);
    }
    Ok(choices(&answers, general, reader))
}

/// One answer as it is written.
struct Entry<'t> {
    is_right: bool,
    weight: Option<f64>,
    text: &'t str,
    feedback: Option<&'t str>,
}

impl<'t> Entry<'t> {
    fn read(raw: &'t str) -> Result<Entry<'t>, String> {
        let is_right = raw.starts_with('=');
        let rest = raw[1..].trim();
        let (weight, rest) = match rest.strip_prefix('%').and_then(|rest| rest.split_once('%')) {
            Some((number, rest)) => {
                let weight = number.trim().parse().ok().filter(|weight: &f64| weight.is_finite());
                (Some(weight.ok_or_else(|| format!("the weight `{number}` is no number"))?), rest.trim())
            }
            None => (None, rest),
        };
        let (text, feedback) = match find_plain(rest, "#") {
            Some(at) => (rest[..at].trim(), Some(rest[at + 1..].trim())),
            None => (rest, None),
        };
        Ok(Entry { is_right, weight, text, feedback })
    }

    fn is_whole(&self) -> bool {
        self.weight.is_none_or(|weight| (weight - 100.0).abs() < SAME)
    }
}

/// `{T}` or `{FALSE#why not#why}`: first what is said to a wrong answer.
fn truth(inner: &str, general: Option<String>, reader: &mut Reader<'_, '_>) -> Option<Ask> {
    let mut parts = Vec::new();
    let mut rest = inner;
    while let Some(at) = find_plain(rest, "#").filter(|_| parts.len() < 2) {
        parts.push(&rest[..at]);
        rest = &rest[at + 1..];
    }
    parts.push(rest);
    let is_true = match parts[0].trim().to_ascii_uppercase().as_str() {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => return None,
    };
    let wrong = parts.get(1).and_then(|text| reader.some_text(text));
    let right = parts.get(2).and_then(|text| reader.some_text(text));
    let mut choices = true_or_false(is_true, right, wrong);
    explain(&mut choices, general);
    Some(Ask::Choices { choices, shuffle: ShuffleChoices::No })
}

fn choices(answers: &[Entry<'_>], general: Option<String>, reader: &mut Reader<'_, '_>) -> Ask {
    let has_whole = answers.iter().any(|entry| entry.is_right && entry.is_whole());
    let mut n_partly = 0;
    let mut all: Vec<Choice> = Vec::with_capacity(answers.len());
    for entry in answers {
        let is_positive = entry.weight.is_some_and(|weight| weight > SAME);
        let is_key = entry.is_right || (is_positive && !has_whole);
        n_partly += usize::from(is_positive && !is_key);
        all.push(Choice {
            text: reader.text(entry.text),
            is_key,
            why: entry.feedback.and_then(|text| reader.some_text(text)),
        });
    }
    if n_partly > 0 {
        let reason = "a choice that earned a part of the point counts as wrong";
        reader.collector.notice(reader.origin, &all[0].text, reason);
    }
    explain(&mut all, general);
    Ask::Choices { choices: all, shuffle: ShuffleChoices::Yes }
}

fn typed(answers: &[Entry<'_>], general: Option<String>, reader: &mut Reader<'_, '_>) -> Result<Ask, String> {
    let mut accept = Vec::new();
    let mut why = general;
    for entry in answers {
        if entry.text == "*" {
            continue;
        }
        if entry.text.replace("\\*", "").contains('*') {
            return Err("the answer is a pattern with `*`, which decks do not have".to_owned());
        }
        let text = plain(&entry.text.replace("\\*", "*"));
        if entry.is_whole() {
            accept.push(text);
            why = why.or_else(|| entry.feedback.and_then(|text| reader.some_text(text)));
        } else {
            reader.collector.notice(reader.origin, &text, "an answer that earned a part of the point is left out");
        }
    }
    Ok(Ask::Typed(TypedAnswer { accept, shown: None, why }))
}

fn numerical(inner: &str, general: Option<String>, reader: &mut Reader<'_, '_>) -> Result<Ask, String> {
    let inner = inner.trim();
    let (text, feedback) = match (inner.starts_with('='), find_plain(inner, "#")) {
        (true, _) => {
            let answers: Vec<Entry<'_>> = split_plain(inner).into_iter().map(Entry::read).collect::<Result<_, _>>()?;
            let whole: Vec<&Entry<'_>> = answers.iter().filter(|entry| entry.is_right && entry.is_whole()).collect();
            match whole.as_slice() {
                [only] => (only.text, only.feedback),
                _ => return Err("several numbers are right, which decks do not have".to_owned()),
            }
        }
        (false, Some(at)) => (&inner[..at], Some(&inner[at + 1..])),
        (false, None) => (inner, None),
    };
    let number = match text.split_once(':') {
        Some((number, tolerance)) if tolerance.trim().parse() == Ok(0.0) => number,
        None if !text.contains("..") => text,
        _ => return Err("a number with a tolerance or a range is right, which decks do not have".to_owned()),
    };
    let number = number.trim();
    if number.parse::<f64>().is_err() {
        return Err(format!("`{number}` is no number"));
    }
    let why = general.or_else(|| feedback.and_then(|text| reader.some_text(text)));
    Ok(Ask::Typed(TypedAnswer { accept: vec![number.to_owned()], shown: None, why }))
}

fn matching(answers: &[Entry<'_>], general: Option<String>, reader: &mut Reader<'_, '_>) -> Result<Ask, String> {
    let (mut slots, mut extra) = (Vec::new(), Vec::new());
    for entry in answers {
        let at = find_plain(entry.text, "->").ok_or("a pair has no `->`")?;
        let (left, right) = (reader.text(&entry.text[..at]), reader.text(&entry.text[at + 2..]));
        if left.is_empty() {
            extra.push(right);
        } else {
            slots.push(Slot { label: Some(left), key: right, why: None });
        }
    }
    Ok(Ask::Arrangement(Arrangement { slots, extra, why: general }))
}
