//! One entry of `questions:`.

use crate::base::{ConceptId, ContentHash, DomainId, ItemId, Share, StimulusId, TaskId};
use crate::deck::{
    Ask, Choice, ChoiceSet, Difficulty, Effort, Flashcard, ItemBody, ItemNotes, Question, ShuffleChoices, Skill, Status,
};
use crate::format::finding::Log;
use crate::format::rules::{BAD_VALUE, CLIPPED, CONFLICT, KEY_FIRST, KEYS, MISSING, N_CHOICES};
use crate::format::v1::fields::{Field, Fields, Placed, Unknown};
use crate::format::v1::keys::{CHOICE, CLOZE, FLASHCARD, ITEM, MATCHING, ORDERING, QUESTION, TYPED};
use crate::format::v1::other_types::{cloze, matching, ordering, typed};
use crate::format::yaml::{Node, Span};

/// An item as its entry says it: defaults are not filled in and names are not looked up.
pub(super) struct ItemDraft {
    pub(super) file_idx: usize,
    pub(super) id: Option<Placed<ItemId>>,
    pub(super) concept: Option<ConceptId>,
    pub(super) domain: Option<Placed<DomainId>>,
    pub(super) task: Option<Placed<TaskId>>,
    pub(super) difficulty: Option<Difficulty>,
    /// The share of `angoff:`, which is held against the chance of guessing once the exam is known.
    pub(super) angoff: Option<Placed<Share>>,
    pub(super) skill: Option<Skill>,
    pub(super) status: Status,
    pub(super) stimulus: Option<Placed<StimulusId>>,
    pub(super) enemies: Vec<Placed<ItemId>>,
    pub(super) notes: ItemNotes,
    /// `None` if it was reported as wrong.
    pub(super) body: Option<ItemBody>,
    pub(super) spans: ItemSpans,
}

/// Where the parts of an item stand.
pub(in crate::format) struct ItemSpans {
    pub(in crate::format) file_idx: usize,
    pub(in crate::format) whole: Span,
    pub(in crate::format) prompt: Span,
    /// Whether the item says its id.
    pub(in crate::format) has_id: bool,
    /// Choices, options or accepted texts.
    pub(super) choices: Vec<Span>,
    /// What slots are matched by.
    pub(super) labels: Vec<Span>,
}

/// The types of items that one key makes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ItemType {
    Choice,
    Ordering,
    Matching,
    Typed,
    Flashcard,
    Cloze,
}

/// The keys that make an item what it is; those of choice questions last, since other types have one of them too.
const TYPE_KEYS: &[(&str, ItemType)] = &[
    ("order", ItemType::Ordering),
    ("match", ItemType::Matching),
    ("accept", ItemType::Typed),
    ("cloze", ItemType::Cloze),
    ("front", ItemType::Flashcard),
    ("back", ItemType::Flashcard),
    ("choices", ItemType::Choice),
    ("right", ItemType::Choice),
];

/// Farthest that a difficulty in logits may lie from 0.
pub(in crate::format) const MAX_LOGITS: f64 = 8.0;

pub(super) fn item(node: Node<'_>, log: &mut Log<'_>) -> Option<ItemDraft> {
    log.about_item(None);
    let mut fields = Fields::of(node, "an entry of `questions`", log)?;
    let id = fields.take("id", log).and_then(|field| field.id(ItemId::new, log));
    log.about_item(id.as_ref().map(|id| id.value.as_str()));

    let mut spans = ItemSpans {
        file_idx: log.file_idx(),
        whole: fields.span,
        prompt: fields.span,
        has_id: id.is_some(),
        choices: Vec::new(),
        labels: Vec::new(),
    };
    let difficulty_span = fields.key_span("difficulty");
    let angoff = fields.take("angoff", log).and_then(|field| angoff(field, log));
    if let (Some(_), Some(span)) = (&angoff, difficulty_span) {
        log.say(&CONFLICT, span, "an item has either `difficulty` or `angoff`", "keep the one that you trust");
    }
    let draft = ItemDraft {
        file_idx: log.file_idx(),
        concept: fields.take("concept", log).and_then(|field| field.id(ConceptId::new, log)).map(|id| id.value),
        domain: fields.take("domain", log).and_then(|field| field.id(DomainId::new, log)),
        task: fields.take("task", log).and_then(|field| field.id(TaskId::new, log)),
        difficulty: fields.take("difficulty", log).and_then(|field| difficulty(field, log)),
        angoff,
        skill: fields.take("skill", log).and_then(|field| skill(field, log)),
        status: fields.take("status", log).and_then(|field| status(field, log)).unwrap_or_default(),
        stimulus: fields.take("stimulus", log).and_then(|field| field.id(StimulusId::new, log)),
        enemies: fields.take("enemies", log).map(|field| enemies(field, log)).unwrap_or_default(),
        notes: notes(&mut fields, log),
        body: body(fields, &mut spans, log),
        id,
        spans,
    };
    log.about_item(None);
    Some(draft)
}

fn status(field: Field<'_>, log: &mut Log<'_>) -> Option<Status> {
    let words = [
        ("live", Status::Live),
        ("draft", Status::Draft),
        ("retired", Status::Retired),
        ("disputed", Status::Disputed),
    ];
    field.word(&words, "", |_| None, log)
}

fn enemies(field: Field<'_>, log: &mut Log<'_>) -> Vec<Placed<ItemId>> {
    let elements = field.list_or_one(log).unwrap_or_default();
    elements.into_iter().filter_map(|element| element.id(ItemId::new, log)).collect()
}

/// What an author notes of an item.
fn notes(fields: &mut Fields<'_>, log: &mut Log<'_>) -> ItemNotes {
    let mut texts = |name| fields.take(name, log).map(|field| field.texts(log)).unwrap_or_default();
    let (tags, authors) = (texts("tags"), texts("author"));
    ItemNotes {
        tags,
        authors,
        source: fields.take("source", log).and_then(|field| field.text(log)),
        reviewed: fields.take("reviewed", log).and_then(|field| field.date(log)),
        guide: fields.take("guide", log).and_then(|field| field.text(log)),
    }
}

/// Names an item without id after what it asks and what is right.
pub(super) fn derived_id(body: &ItemBody) -> Option<ItemId> {
    let mut parts: Vec<&str> = match body {
        ItemBody::Question(question) => match &question.ask {
            Ask::Choices { choices, .. } => {
                let mut keys: Vec<&str> =
                    choices.iter().filter(|choice| choice.is_key).map(|choice| choice.text.as_str()).collect();
                keys.sort_unstable();
                keys
            }
            // The order of the slots is part of the key.
            Ask::Arrangement(arrangement) => {
                let slots = arrangement.slots.iter();
                slots.flat_map(|slot| [slot.label.as_deref().unwrap_or(""), slot.key.as_str()]).collect()
            }
            Ask::Typed(typed) => typed.accept.iter().map(String::as_str).collect(),
        },
        ItemBody::Flashcard(card) => vec![card.back.as_str()],
        ItemBody::Cloze(cloze) => vec![cloze.text.as_str()],
    };
    let prompt = match body {
        // A shared text may be corrected without making other items of those that share it.
        ItemBody::Question(question) => question.stem.clone(),
        ItemBody::Flashcard(_) | ItemBody::Cloze(_) => body.prompt(),
    };
    parts.insert(0, &prompt);
    let hash = ContentHash::of(parts.join("\0").as_bytes()).to_string();
    ItemId::new(&format!("q-{}", &hash[..12])).ok()
}

/// A word, a level from 1 to 5 written without a point, or any other number as logits.
pub(super) fn difficulty(field: Field<'_>, log: &mut Log<'_>) -> Option<Difficulty> {
    let words = [
        ("easy", Difficulty::Effort(Effort::Easy)),
        ("medium", Difficulty::Effort(Effort::Medium)),
        ("hard", Difficulty::Effort(Effort::Hard)),
    ];
    let span = field.span();
    let found = field.word(&words, ", a level from 1 to 5 or a finite number of logits", number, log)?;
    let Difficulty::Logits(logits) = found else { return Some(found) };
    let clipped = logits.clamp(-MAX_LOGITS, MAX_LOGITS);
    if clipped < logits || logits < clipped {
        let message = format!("a difficulty of {logits} logits is taken as {clipped}");
        log.say(&CLIPPED, span, message, "no question is that far from all others; write a number from -8 to 8");
    }
    Some(Difficulty::Logits(clipped))
}

fn number(text: &str) -> Option<Difficulty> {
    let level = text.parse().ok().filter(|level| (1..=5_u8).contains(level)).map(Difficulty::Level);
    level.or_else(|| text.parse().ok().filter(|logits: &f64| logits.is_finite()).map(Difficulty::Logits))
}

fn angoff(field: Field<'_>, log: &mut Log<'_>) -> Option<Placed<Share>> {
    let span = field.span();
    let share = field.share(log, "a share between 0 and 1, for example 0.65", |share| 0.0 < share && share < 1.0);
    share.map(|value| Placed { value, span })
}

pub(super) fn skill(field: Field<'_>, log: &mut Log<'_>) -> Option<Skill> {
    let words = [("recall", Skill::Recall), ("compare", Skill::Compare), ("scenario", Skill::Scenario)];
    field.word(&words, "", |_| None, log)
}

fn body(mut fields: Fields<'_>, spans: &mut ItemSpans, log: &mut Log<'_>) -> Option<ItemBody> {
    let mut types = TYPE_KEYS.iter().filter(|(name, _)| fields.has(name));
    let first = types.next();
    if let Some((first_name, own)) = first
        && let Some((name, _)) = types.find(|(_, other)| other != own)
    {
        let span = fields.key_span(name).unwrap_or(spans.whole);
        let message = format!("`{first_name}` and `{name}` belong to different types of items");
        log.say(&CONFLICT, span, message, "keep the keys of one type, and make another item of the rest");
        return None;
    }
    let refs = fields.take("refs", log).map(|field| field.texts(log)).unwrap_or_default();
    match first.map_or(ItemType::Choice, |(_, own)| *own) {
        ItemType::Choice => question(fields, refs, spans, log).map(ItemBody::Question),
        ItemType::Ordering => ordering(fields, refs, spans, log).map(ItemBody::Question),
        ItemType::Matching => matching(fields, refs, spans, log).map(ItemBody::Question),
        ItemType::Typed => typed(fields, refs, spans, log).map(ItemBody::Question),
        ItemType::Flashcard => flashcard(fields, refs, spans, log).map(ItemBody::Flashcard),
        ItemType::Cloze => cloze(fields, refs, spans, log).map(ItemBody::Cloze),
    }
}

fn flashcard(mut fields: Fields<'_>, refs: Vec<String>, spans: &mut ItemSpans, log: &mut Log<'_>) -> Option<Flashcard> {
    let front = fields.need("front", "a flashcard", log);
    spans.prompt = front.as_ref().map_or(spans.whole, Field::span);
    let front = front.and_then(|field| field.text(log));
    let back = fields.need("back", "a flashcard", log).and_then(|field| field.text(log));
    fields.finish("a flashcard", &[FLASHCARD, ITEM], log);
    Some(Flashcard { front: front?, back: back?, refs })
}

fn question(mut fields: Fields<'_>, refs: Vec<String>, spans: &mut ItemSpans, log: &mut Log<'_>) -> Option<Question> {
    let stem = fields.take("stem", log);
    spans.prompt = stem.as_ref().map_or(spans.whole, Field::span);
    let had_stem = stem.is_some();
    let stem = stem.and_then(|field| field.text(log));
    let shuffle = fields.take("shuffle", log).map(|field| Placed { span: field.span(), value: field.truth(log) });
    let choose = fields.take("choose", log).and_then(|field| {
        let span = field.span();
        field.whole(1..=26, log).map(|value| Placed { value, span })
    });
    let choices = fields.take("choices", log);
    let short =
        ShortForm { right: fields.take("right", log), wrong: fields.take("wrong", log), why: fields.take("why", log) };
    let has_some = choices.is_some() || short.right.is_some();
    let unknown = fields.finish("a question", &[QUESTION, ORDERING, MATCHING, TYPED, CLOZE, FLASHCARD, ITEM], log);
    // A key with a typing error was reported; that its right name is missing goes without saying.
    if unknown == Unknown::None && !(had_stem && has_some) {
        let (message, help) = match (had_stem, has_some) {
            (true, _) => ("a question needs choices", "add `choices`, or `right` and `wrong`"),
            (false, true) => ("a question needs `stem`", "add `stem:` with the question"),
            (false, false) => {
                ("an item is a question or a flashcard", "add `stem` and `choices`, or `front` and `back`")
            }
        };
        log.say(&MISSING, spans.whole, message, help);
    }
    let shuffle = match shuffle {
        Some(Placed { value: Some(false), span }) => {
            if short.right.is_some() {
                let message = "without shuffling, the right answer of the short form always comes first";
                log.say(&KEY_FIRST, span, message, "write `choices` in the order you want");
            }
            ShuffleChoices::No
        }
        _ => ShuffleChoices::Yes,
    };
    let choices = match choices {
        Some(choices) => {
            short.say_beside_choices(log);
            long_form(choices, log)?
        }
        None => short.choices(log)?,
    };
    let (choices, choice_spans) = checked(choices, choose, spans.whole, log)?;
    spans.choices = choice_spans;
    Some(Question { stimulus: None, stem: stem?, ask: Ask::Choices { choices, shuffle }, refs })
}

/// The choices as `right` and `wrong`, with the rationale of the key.
struct ShortForm<'a> {
    right: Option<Field<'a>>,
    wrong: Option<Field<'a>>,
    why: Option<Field<'a>>,
}

impl ShortForm<'_> {
    fn say_beside_choices(&self, log: &mut Log<'_>) {
        for (field, help) in [
            (&self.right, "mark the right choice with `correct: true`"),
            (&self.wrong, "list the distractors under `choices`"),
            (&self.why, "write each choice as `{text: .., why: ..}`"),
        ] {
            if let Some(field) = field {
                log.say(
                    &CONFLICT,
                    field.key_span,
                    format!("`{}` and `choices` exclude each other", field.name()),
                    help,
                );
            }
        }
    }

    fn choices(self, log: &mut Log<'_>) -> Option<Vec<Placed<Choice>>> {
        let right = self.right?;
        let Some(wrong) = self.wrong else {
            log.say(&MISSING, right.key_span, "`right` needs `wrong`", "add `wrong:` with the distractors");
            return None;
        };
        let why = self.why.and_then(|field| field.text(log));
        let right: Vec<_> = right.list_or_one(log)?.into_iter().map(|field| field.placed_text(log)).collect();
        let wrong: Vec<_> = wrong.list_or_one(log)?.into_iter().map(|field| field.placed_text(log)).collect();
        let right = right.into_iter().map(|text| (text, true, why.clone()));
        let all = right.chain(wrong.into_iter().map(|text| (text, false, None)));
        all.map(|(text, is_key, why)| {
            text.map(|Placed { value: text, span }| Placed { value: Choice { text, is_key, why }, span })
        })
        .collect()
    }
}

/// The choices of `choices:`; `None` if one of them is wrong in itself.
fn long_form(field: Field<'_>, log: &mut Log<'_>) -> Option<Vec<Placed<Choice>>> {
    let n_listed = field.n_elements();
    let choices: Vec<_> = field.list(log)?.into_iter().filter_map(|field| choice(field, log)).collect();
    (choices.len() == n_listed).then_some(choices)
}

/// A choice: its text alone, or a mapping.
fn choice(field: Field<'_>, log: &mut Log<'_>) -> Option<Placed<Choice>> {
    if field.is_text() {
        let Placed { value: text, span } = field.placed_text(log)?;
        return Some(Placed { value: Choice { text, is_key: false, why: None }, span });
    }
    let mut fields = field.fields(log)?;
    let has_text = fields.has("text");
    let text = fields.take("text", log).and_then(|field| field.placed_text(log));
    let is_key = fields.take("correct", log).map(|field| field.truth(log));
    let why = fields.take("why", log).and_then(|field| field.text(log));
    let span = fields.span;
    let unknown = fields.finish("a choice", &[CHOICE], log);
    if !has_text && unknown == Unknown::None {
        log.say(&MISSING, span, "a choice needs `text`", "add `text:` with what the learner reads");
    }
    let Placed { value: text, span } = text?;
    Some(Placed { value: Choice { text, is_key: is_key.unwrap_or(Some(false))?, why }, span })
}

/// Holds the numbers of choices and keys against the rules.
fn checked(
    choices: Vec<Placed<Choice>>,
    choose: Option<Placed<u32>>,
    whole: Span,
    log: &mut Log<'_>,
) -> Option<(Vec<Choice>, Vec<Span>)> {
    let n_choices = choices.len();
    if !(2..=ChoiceSet::MAX_CHOICES).contains(&n_choices) {
        let message = format!("a question has 2 to {} choices, not {n_choices}", ChoiceSet::MAX_CHOICES);
        log.say(&N_CHOICES, whole, message, "add or remove choices");
        return None;
    }
    let n_keys = choices.iter().filter(|choice| choice.value.is_key).count();
    if n_keys == 0 {
        log.say(&KEYS, whole, "no choice is marked as right", "add `correct: true` to the right choice");
        return None;
    }
    if n_keys == n_choices {
        log.say(&KEYS, whole, "every choice is marked as right", "add a distractor");
        return None;
    }
    if let Some(choose) = choose.filter(|choose| usize::try_from(choose.value) != Ok(n_keys)) {
        let are = if n_keys == 1 { "choice is" } else { "choices are" };
        let message = format!("`choose` says {}, but {n_keys} {are} marked as right", choose.value);
        log.say(&KEYS, choose.span, message, "remove `choose`, or mark as many choices as it says");
    }
    Some(choices.into_iter().map(|choice| (choice.value, choice.span)).unzip())
}

/// Reports an Angoff share that blind guessing would reach.
pub(super) fn say_no_better_than_chance(angoff: &Placed<Share>, chance: f64, log: &mut Log<'_>) {
    let message =
        format!("an `angoff` of {} is no better than guessing, which gives {chance:.2}", angoff.value.value());
    log.say(&BAD_VALUE, angoff.span, message, "give the share of barely passing candidates who answer rightly");
}
