//! Items that ask for more than a choice: ordering, matching, typed answers, texts with blanks.

use crate::deck::{Answer, Arrangement, Ask, ChoiceSet, Cloze, ClozeError, Question, Slot, TypedAnswer};
use crate::format::finding::Log;
use crate::format::rules::{BAD_VALUE, CLOZE as BLANKS, MISSING, N_CHOICES};
use crate::format::v1::fields::{Field, Fields, Placed};
use crate::format::v1::item::ItemSpans;
use crate::format::v1::keys::{CLOZE, ITEM, MATCHING, ORDERING, PAIR, PART, TYPED};
use crate::format::yaml::Span;

/// A slot as it is written, with the places of its label and of what belongs in it.
struct PlacedSlot {
    slot: Slot,
    label: Span,
    key: Span,
}

/// Reads an item with `order`.
pub(super) fn ordering(
    mut fields: Fields<'_>,
    refs: Vec<String>,
    spans: &mut ItemSpans,
    log: &mut Log<'_>,
) -> Option<Question> {
    let stem = stem(&mut fields, "an ordering question", spans, log);
    let field = fields.take("order", log)?;
    let span = field.key_span;
    let slots = every(field, part, log);
    let (extra, why) = extra_and_why(&mut fields, log);
    fields.finish("an ordering question", &[ORDERING, ITEM], log);
    let shape =
        Shape { span, what: "an ordering question", parts: "parts", example: "`order: [first, second, third]`" };
    arrangement(stem, (slots?, extra?), why, refs, &shape, spans, log)
}

/// Reads an item with `match`.
pub(super) fn matching(
    mut fields: Fields<'_>,
    refs: Vec<String>,
    spans: &mut ItemSpans,
    log: &mut Log<'_>,
) -> Option<Question> {
    let stem = stem(&mut fields, "a matching question", spans, log);
    let field = fields.take("match", log)?;
    let span = field.key_span;
    let slots = every(field, pair, log);
    let (extra, why) = extra_and_why(&mut fields, log);
    fields.finish("a matching question", &[MATCHING, ITEM], log);
    let example = "`match: [{left: EBS, right: blocks}, {left: S3, right: objects}]`";
    let shape = Shape { span, what: "a matching question", parts: "pairs", example };
    arrangement(stem, (slots?, extra?), why, refs, &shape, spans, log)
}

/// Reads an item with `accept`.
pub(super) fn typed(
    mut fields: Fields<'_>,
    refs: Vec<String>,
    spans: &mut ItemSpans,
    log: &mut Log<'_>,
) -> Option<Question> {
    let stem = stem(&mut fields, "a question with a typed answer", spans, log);
    let field = fields.take("accept", log)?;
    let span = field.span();
    let accept = field.list_or_one(log)?;
    if accept.is_empty() {
        log.say(
            &MISSING,
            span,
            "`accept` is an empty list",
            "list what is right, for example `accept: [443, port 443]`",
        );
    }
    let n_listed = accept.len();
    let accept: Vec<Placed<String>> = accept.into_iter().filter_map(|field| accepted(field, log)).collect();
    let shown = fields.take("answer", log).and_then(|field| field.text(log));
    let why = fields.take("why", log).and_then(|field| field.text(log));
    fields.finish("a question with a typed answer", &[TYPED, ITEM], log);
    if accept.is_empty() || accept.len() < n_listed {
        return None;
    }
    let (accept, accept_spans) = accept.into_iter().map(|text| (text.value, text.span)).unzip();
    spans.choices = accept_spans;
    Some(Question { stimulus: None, stem: stem?, ask: Ask::Typed(TypedAnswer { accept, shown, why }), refs })
}

/// Reads an item with `cloze`.
pub(super) fn cloze(
    mut fields: Fields<'_>,
    refs: Vec<String>,
    spans: &mut ItemSpans,
    log: &mut Log<'_>,
) -> Option<Cloze> {
    let text = fields.take("cloze", log).and_then(|field| field.placed_text(log));
    fields.finish("a text with blanks", &[CLOZE, ITEM], log);
    let Placed { value: text, span } = text?;
    spans.prompt = span;
    let message = match Cloze::check(&text) {
        Ok(()) => return Some(Cloze { text, refs }),
        Err(ClozeError::NoBlank) => "`cloze` has no blank",
        Err(ClozeError::NotClosed) => "a blank begins with `{{` and has no `}}`",
        Err(ClozeError::EmptyBlank) => "a blank has nothing in it to recall",
    };
    log.say(&BLANKS, span, message, "put what is to be recalled in double braces: `An {{EBS}} volume`");
    None
}

fn stem(fields: &mut Fields<'_>, what: &str, spans: &mut ItemSpans, log: &mut Log<'_>) -> Option<String> {
    let stem = fields.need("stem", what, log);
    spans.prompt = stem.as_ref().map_or(spans.whole, Field::span);
    stem.and_then(|field| field.text(log))
}

/// The elements of a list; `None` if one of them is wrong in itself.
fn every<T>(field: Field<'_>, read: fn(Field<'_>, &mut Log<'_>) -> Option<T>, log: &mut Log<'_>) -> Option<Vec<T>> {
    let n_listed = field.n_elements();
    let elements: Vec<T> = field.list(log)?.into_iter().filter_map(|field| read(field, log)).collect();
    (elements.len() == n_listed).then_some(elements)
}

/// A part of an order: its text alone, or a mapping.
fn part(field: Field<'_>, log: &mut Log<'_>) -> Option<PlacedSlot> {
    let (text, why) = if field.is_text() {
        (field.placed_text(log)?, None)
    } else {
        let mut fields = field.fields(log)?;
        let text = fields.need("text", "a part", log).and_then(|field| field.placed_text(log));
        let why = fields.take("why", log).and_then(|field| field.text(log));
        fields.finish("a part", &[PART], log);
        (text?, why)
    };
    let Placed { value: key, span } = text;
    Some(PlacedSlot { slot: Slot { label: None, key, why }, label: span, key: span })
}

/// A pair of a matching question.
fn pair(field: Field<'_>, log: &mut Log<'_>) -> Option<PlacedSlot> {
    let mut fields = field.fields(log)?;
    let left = fields.need("left", "a pair", log).and_then(|field| field.placed_text(log));
    let right = fields.need("right", "a pair", log).and_then(|field| field.placed_text(log));
    let why = fields.take("why", log).and_then(|field| field.text(log));
    fields.finish("a pair", &[PAIR], log);
    let (left, right) = (left?, right?);
    let slot = Slot { label: Some(left.value), key: right.value, why };
    Some(PlacedSlot { slot, label: left.span, key: right.span })
}

/// One text that is right.
fn accepted(field: Field<'_>, log: &mut Log<'_>) -> Option<Placed<String>> {
    let text = field.placed_text(log)?;
    if text.value.trim().chars().count() <= Answer::MAX_CHARS {
        return Some(text);
    }
    let message = format!("an accepted text is longer than {} characters", Answer::MAX_CHARS);
    log.say(&BAD_VALUE, text.span, message, "ask for something that can be typed in a line");
    None
}

/// The options that belong nowhere, `None` if one of them is wrong in itself, and the rationale.
fn extra_and_why(fields: &mut Fields<'_>, log: &mut Log<'_>) -> (Option<Vec<Placed<String>>>, Option<String>) {
    let extra = match fields.take("wrong", log) {
        None => Some(Vec::new()),
        Some(field) => field.list_or_one(log).and_then(|fields| {
            let texts: Vec<_> = fields.into_iter().map(|field| field.placed_text(log)).collect();
            texts.into_iter().collect()
        }),
    };
    (extra, fields.take("why", log).and_then(|field| field.text(log)))
}

/// How an arrangement is spoken of.
struct Shape {
    /// Where its parts stand.
    span: Span,
    what: &'static str,
    parts: &'static str,
    example: &'static str,
}

fn arrangement(
    stem: Option<String>,
    (slots, extra): (Vec<PlacedSlot>, Vec<Placed<String>>),
    why: Option<String>,
    refs: Vec<String>,
    shape: &Shape,
    spans: &mut ItemSpans,
    log: &mut Log<'_>,
) -> Option<Question> {
    let n_options = slots.len() + extra.len();
    let Shape { span, what, parts, example } = shape;
    if slots.len() < 2 {
        let message = format!("{what} has 2 {parts} or more, not {}", slots.len());
        log.say(&N_CHOICES, *span, message, format!("add {parts}, for example {example}"));
        return None;
    }
    if ChoiceSet::MAX_CHOICES < n_options {
        let message =
            format!("{what} has at most {} {parts} and `wrong` texts, not {n_options}", ChoiceSet::MAX_CHOICES);
        log.say(&N_CHOICES, *span, message, "split it into several questions");
        return None;
    }
    spans.labels = slots.iter().map(|slot| slot.label).collect();
    spans.choices = slots.iter().map(|slot| slot.key).chain(extra.iter().map(|text| text.span)).collect();
    let slots = slots.into_iter().map(|placed| placed.slot).collect();
    let extra = extra.into_iter().map(|text| text.value).collect();
    Some(Question { stimulus: None, stem: stem?, ask: Ask::Arrangement(Arrangement { slots, extra, why }), refs })
}
