//! The keys of a deck and the defaults of a file.

use std::collections::BTreeSet;

use crate::base::{DeckId, DomainId, ItemId, StimulusId, TaskId};
use crate::deck::{Difficulty, Domain, Guide, Skill, StaleTerm, Task, Weight};
use crate::format::finding::Log;
use crate::format::rules::{BAD_VALUE, ID_TWICE, TOO_LARGE, VERSION, WRONG_FILE};
use crate::format::v1::exam::{ExamDraft, exam, ids};
use crate::format::v1::fields::{Field, Fields, Placed};
use crate::format::v1::insights::{InsightDraft, insights};
use crate::format::v1::item::{difficulty, skill};
use crate::format::v1::keys::{DECK_KEYS, DOMAIN, FILE_KEYS, GUIDE, Key, TASK};
use crate::format::v1::measured::{Measured, measured};
use crate::format::v1::stale_terms::stale_terms;
use crate::format::v1::stimuli::stimuli;
use crate::format::yaml::Span;

/// Largest weight of a domain; large enough for any scheme, small enough that sums stay exact.
const MAX_WEIGHT: f64 = 1e6;

/// Most domains of a deck; exams have four to ten.
const MAX_DOMAINS: usize = 1000;

/// What a file says once for all of its questions.
#[derive(Default)]
pub(super) struct Defaults {
    pub(super) domain: Option<Placed<DomainId>>,
    pub(super) task: Option<Placed<TaskId>>,
    pub(super) difficulty: Option<Difficulty>,
    pub(super) skill: Option<Skill>,
    pub(super) tags: Vec<String>,
    pub(super) stimuli: Vec<(Placed<StimulusId>, String)>,
    /// What was measured, for any item of the deck.
    pub(super) measured: Vec<Measured>,
}

/// A deck without its items, before names of items are looked up.
#[derive(Default)]
pub(super) struct Header {
    pub(super) id: Option<DeckId>,
    pub(super) title: Option<String>,
    pub(super) guide: Option<Guide>,
    pub(super) exam: Option<ExamDraft>,
    pub(super) domains: Vec<Domain>,
    pub(super) domains_state: Completeness,
    pub(super) domain_spans: Vec<DomainSpans>,
    pub(super) forms: Vec<(Placed<String>, Vec<Placed<ItemId>>)>,
    pub(super) stale_terms: Vec<StaleTerm>,
    pub(super) insights: Vec<InsightDraft>,
}

/// Whether all entries of a list read well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Completeness {
    #[default]
    Whole,
    /// What is missing was reported.
    Parts,
}

/// Where a domain and its tasks stand.
pub(super) struct DomainSpans {
    pub(super) domain: Span,
    pub(super) tasks: Vec<Span>,
}

/// Reads the keys that any file may have.
pub(super) fn defaults(fields: &mut Fields<'_>, log: &mut Log<'_>) -> Defaults {
    if let Some(version) = fields.take("cutscore", log) {
        let span = version.span();
        if version.text(log).is_some_and(|text| text != "1") {
            log.say(
                &VERSION,
                span,
                "the deck is written for another version of the format",
                "this version reads `cutscore: 1`",
            );
        }
    }
    Defaults {
        tags: fields.take("tags", log).map(|field| field.texts(log)).unwrap_or_default(),
        stimuli: fields.take("stimuli", log).map(|field| stimuli(field, log)).unwrap_or_default(),
        domain: fields.take("domain", log).and_then(|field| field.id(DomainId::new, log)),
        task: fields.take("task", log).and_then(|field| field.id(TaskId::new, log)),
        difficulty: fields.take("difficulty", log).and_then(|field| difficulty(field, log)),
        skill: fields.take("skill", log).and_then(|field| skill(field, log)),
        measured: fields.take("difficulties", log).map(|field| measured(field, log)).unwrap_or_default(),
    }
}

/// Reads the keys that describe the deck, and reports what is left.
pub(super) fn header(mut fields: Fields<'_>, log: &mut Log<'_>) -> Header {
    // Authors and licence are for people who open the file; they are checked for their form only.
    fields.take("authors", log).map(|field| field.texts(log));
    fields.take("license", log).map(|field| field.text(log));
    let mut header = Header {
        id: fields.take("id", log).and_then(|field| field.id(DeckId::new, log)).map(|id| id.value),
        title: fields.take("title", log).and_then(|field| field.text(log)),
        guide: fields.take("guide", log).and_then(|field| guide(field, log)),
        exam: fields.take("exam", log).and_then(|field| exam(field, log)),
        stale_terms: fields.take("stale_terms", log).map(|field| stale_terms(field, log)).unwrap_or_default(),
        insights: fields.take("insights", log).map(|field| insights(field, log)).unwrap_or_default(),
        ..Header::default()
    };
    if let Some(field) = fields.take("domains", log) {
        domains(field, &mut header, log);
    }
    if let Some(field) = fields.take("forms", log) {
        let entries = field.fields(log).map(Fields::into_entries).unwrap_or_default();
        for (name, node) in entries {
            let ids = Field::element("forms", node, log).map(|field| ids(field, log)).unwrap_or_default();
            let name = Placed { value: name.name.into_owned(), span: name.span };
            header.forms.push((name, ids));
        }
    }
    fields.finish("a deck", &[DECK_KEYS, FILE_KEYS], log);
    header
}

/// Reports keys of a file that is not the deck's first.
pub(super) fn no_header(mut fields: Fields<'_>, log: &mut Log<'_>) {
    for Key { name, .. } in DECK_KEYS {
        if let Some(span) = fields.key_span(name) {
            log.say(
                &WRONG_FILE,
                span,
                format!("`{name}` describes the whole deck"),
                "move it to the deck's first file, `deck.yaml`",
            );
            fields.drop_entry(name);
        }
    }
    fields.finish("a file of questions", &[FILE_KEYS], log);
}

fn guide(field: Field<'_>, log: &mut Log<'_>) -> Option<Guide> {
    let mut fields = field.fields(log)?;
    let as_of = fields.take("as_of", log).and_then(|field| field.date(log));
    let url = fields.take("url", log).and_then(|field| field.text(log));
    let revision = fields.take("revision", log).and_then(|field| field.text(log));
    fields.finish("`guide`", &[GUIDE], log);
    Some(Guide { as_of, url, revision })
}

fn domains(field: Field<'_>, header: &mut Header, log: &mut Log<'_>) {
    let span = field.span();
    let n_listed = field.n_elements();
    header.domains_state = Completeness::Parts;
    let Some(elements) = field.list(log) else { return };
    if elements.is_empty() {
        log.say(&BAD_VALUE, span, "`domains` is an empty list", "name a domain, or remove the key");
    }
    if n_listed > MAX_DOMAINS {
        let message = format!("the deck has {n_listed} domains; {MAX_DOMAINS} are the most");
        log.say(&TOO_LARGE, span, message, "put what belongs together into one domain, with tasks");
        return;
    }
    let mut domain_ids = BTreeSet::new();
    let mut task_ids = BTreeSet::new();
    for element in elements {
        let Some((domain, spans)) = domain(element, log) else { continue };
        if !domain_ids.insert(domain.id.clone()) {
            say_twice(log, "domain", domain.id.as_str(), spans.domain);
        }
        for (task, span) in domain.tasks.iter().zip(&spans.tasks) {
            if !task_ids.insert(task.id.clone()) {
                say_twice(log, "task", task.id.as_str(), *span);
            }
        }
        header.domains.push(domain);
        header.domain_spans.push(spans);
    }
    if header.domains.len() == n_listed {
        header.domains_state = Completeness::Whole;
    }
}

fn say_twice(log: &mut Log<'_>, what: &str, id: &str, span: Span) {
    log.say(&ID_TWICE, span, format!("there are two {what}s `{id}`"), "give each an id of its own");
}

fn domain(field: Field<'_>, log: &mut Log<'_>) -> Option<(Domain, DomainSpans)> {
    let mut fields = field.fields(log)?;
    let id = fields.need("id", "a domain", log).and_then(|field| field.id(DomainId::new, log));
    let title = fields.take("title", log).and_then(|field| field.text(log));
    let weight = fields.take("weight", log).map(|field| weight(field, log));
    let tasks = fields.take("tasks", log).and_then(|field| field.list(log)).unwrap_or_default();
    let tasks: Vec<(Task, Span)> = tasks.into_iter().filter_map(|field| task(field, log)).collect();
    fields.finish("a domain", &[DOMAIN], log);

    let Placed { value: id, span } = id?;
    let (tasks, task_spans) = tasks.into_iter().unzip();
    let title = title.unwrap_or_else(|| id.to_string());
    let domain = Domain { id, title, weight: weight.flatten().unwrap_or(Weight::exact(1.0)), tasks };
    Some((domain, DomainSpans { domain: span, tasks: task_spans }))
}

/// A number, or a range in percent such as `25-30`.
fn weight(field: Field<'_>, log: &mut Log<'_>) -> Option<Weight> {
    let number = |text: &str| text.trim().parse().ok().filter(|x| (0.0..=MAX_WEIGHT).contains(x));
    let range = |text: &str| {
        let (low, high) = text.split_once('-')?;
        Weight::range(number(low)?, number(high)?).ok()
    };
    let wanted = format!("a number from 0 to {MAX_WEIGHT}, or a range in percent such as 25-30");
    field.parsed(log, &wanted, |text| number(text).map(Weight::exact).or_else(|| range(text)))
}

fn task(field: Field<'_>, log: &mut Log<'_>) -> Option<(Task, Span)> {
    let mut fields = field.fields(log)?;
    let id = fields.need("id", "a task", log).and_then(|field| field.id(TaskId::new, log));
    let title = fields.take("title", log).and_then(|field| field.text(log));
    fields.finish("a task", &[TASK], log);
    let Placed { value: id, span } = id?;
    let title = title.unwrap_or_else(|| id.to_string());
    Some((Task { id, title }, span))
}
