//! From the files of a deck to the deck and the places of its parts.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{DeckId, DomainId, ItemId};
use crate::deck::{Blueprint, CreditRule, Deck, Domain, Guessing, Levels, Outline, Weight};
use crate::format::SourceFile;
use crate::format::finding::{Findings, Log};
use crate::format::rules::{BAD_VALUE, MISSING, NO_QUESTIONS, TOO_LARGE, UNKNOWN_NAME, WRONG_SHAPE};
use crate::format::source::MAX_DECK_BYTES;
use crate::format::suggest::{did_you_mean, quoted};
use crate::format::v1::exam::ExamDraft;
use crate::format::v1::fields::{Fields, Placed};
use crate::format::v1::header::{Completeness, Defaults, DomainSpans, Header, defaults, header, no_header};
use crate::format::v1::item::{ItemDraft, ItemSpans, item};
use crate::format::v1::measured::MeasuredItems;
use crate::format::v1::resolve::{OutlineIndex, Seen, Setting, check_defaults, items, say_lone_enemies};
use crate::format::v1::stimuli::Stimuli;
use crate::format::v1::{insights, sections};
use crate::format::yaml::{Part, Reach, Span, read_document, text_of};

/// Reads the files of a deck and looks up what they name. `None` if there is nothing to go on with.
pub(in crate::format) fn locate(sources: &[SourceFile], findings: &mut Findings) -> Option<Located> {
    let n_bytes: usize = sources.iter().map(|source| source.bytes.len()).sum();
    if n_bytes > MAX_DECK_BYTES {
        let message = format!("the files of the deck are larger than {} MiB together", MAX_DECK_BYTES >> 20);
        findings.in_file(0).say(&TOO_LARGE, Span::START, message, "split the deck into several decks");
        return None;
    }
    let files = read_files(sources, findings);
    assemble(files, sources, findings)
}

/// Finds where an item begins: the place of its file among the sources, and the line, from 1. `None` if it is not
/// there, or cannot be told for errors in the files.
pub fn line_of_item(sources: &[SourceFile], item: &ItemId) -> Option<(usize, u32)> {
    let located = locate(sources, &mut Findings::about(sources))?;
    let at = located.deck.items.iter().position(|own| own.facts.id == *item)?;
    let spans = located.items.get(at)?;
    Some((spans.file_idx, spans.whole.line))
}

/// What all files say, before anything is looked up.
#[derive(Default)]
struct Files {
    header: Header,
    drafts: Vec<ItemDraft>,
    /// One for each file.
    defaults: Vec<Defaults>,
    /// How far the first file was read, and the worst of all files.
    main: Option<Reach>,
    worst: Option<Reach>,
}

fn read_files(sources: &[SourceFile], findings: &mut Findings) -> Files {
    let mut files = Files::default();
    for (file_idx, source) in sources.iter().enumerate() {
        let mut log = findings.in_file(file_idx);
        let reach = read_file(source, &mut files, &mut log);
        files.main = files.main.or(Some(reach));
        files.worst = files.worst.max(Some(reach));
        // Keeps the list in step with the files, whatever became of this one.
        files.defaults.resize_with(file_idx + 1, Defaults::default);
    }
    files
}

fn read_file(source: &SourceFile, files: &mut Files, log: &mut Log<'_>) -> Reach {
    let Some(text) = text_of(&source.bytes, log) else { return Reach::Broken };
    let mut entries = Vec::new();
    let drafts = &mut files.drafts;
    let reach = read_document(text, "questions", log, &mut |part, log: &mut Log<'_>| match part {
        Part::Entry(key, node) if key.name == "questions" => {
            let help = "write one entry `- stem: ..` for each question";
            log.say(&WRONG_SHAPE, key.span, format!("`questions` is a list, not {}", node.value.kind()), help);
        }
        Part::Entry(key, node) => entries.push((key, node)),
        Part::Element(node) => drafts.extend(item(node, log)),
    });
    let mut fields = Fields::new(Span::START, entries);
    files.defaults.push(defaults(&mut fields, log));
    if log.file_idx() == 0 {
        files.header = header(fields, log);
    } else {
        no_header(fields, log);
    }
    reach
}

/// A deck and where its parts stand.
pub(in crate::format) struct Located {
    pub(in crate::format) deck: Deck,
    pub(in crate::format) items: Vec<ItemSpans>,
    pub(super) domains: Vec<DomainSpans>,
}

/// Looks up what items and forms name. `None` only if a name for the deck cannot be made.
fn assemble(files: Files, sources: &[SourceFile], findings: &mut Findings) -> Option<Located> {
    let Files { mut header, drafts, mut defaults, main, worst } = files;
    let measured = MeasuredItems::of(&mut defaults, findings);
    let stimuli = Stimuli::of(&mut defaults, findings);
    if drafts.is_empty() && findings.counts().n_errors == 0 {
        let help = "add `questions:` and a list of questions";
        findings.in_file(0).say(&NO_QUESTIONS, Span::START, "the deck has no questions", help);
    }
    let id = match header.id.take() {
        Some(id) => id,
        None => DeckId::new(&stem_of(sources)).ok()?,
    };
    let title = header.title.take().unwrap_or_else(|| id.to_string());
    let mut domains = std::mem::take(&mut header.domains);
    if domains.is_empty() {
        domains.push(Domain {
            id: DomainId::new("all").ok()?,
            title: title.clone(),
            weight: Weight::exact(1.0),
            tasks: Vec::new(),
        });
    }
    let exam = header.exam.take();
    let domains_known = main == Some(Reach::All) && header.domains_state == Completeness::Whole;
    let setting = Setting {
        outline: &OutlineIndex::of(&domains),
        domains_known,
        guessing: exam.as_ref().map_or(Guessing::ByChoices, |exam| exam.blueprint.guessing),
        credit: exam.as_ref().map_or(CreditRule::AllOrNothing, |exam| exam.blueprint.credit),
        defaults: &defaults,
        measured: &measured,
    };
    if setting.domains_known {
        for (file_idx, defaults) in defaults.iter().enumerate() {
            check_defaults(defaults, &setting, &mut findings.in_file(file_idx));
        }
    }
    let items = items(drafts, &setting, stimuli, findings);
    if worst == Some(Reach::All) {
        items.stimuli.say_unused(findings);
        say_lone_enemies(&items, findings);
        measured.say_stale(|id| items.seen.contains_key(id), items.seen.keys(), findings);
    }

    let known = KnownItems { seen: &items.seen, are_all: worst == Some(Reach::All) };
    let mut log = findings.in_file(0);
    let mut forms = BTreeMap::new();
    for (name, ids) in std::mem::take(&mut header.forms) {
        forms.insert(name.value, form(ids, name.span, &known, &mut log));
    }
    let exam = exam.map(|exam| settled(exam, &domains, domains_known, &known, &mut log));
    let levels = exam.as_ref().map_or_else(Levels::default, |exam| exam.levels.clone());
    // Domains that did not read well are not missed a second time.
    let drafts = if domains_known { std::mem::take(&mut header.insights) } else { Vec::new() };
    let insights = insights::resolved(drafts, &domains, &levels, &mut log);
    let outline = Outline { id, title, guide: header.guide, exam, domains, forms, insights };
    let deck = Deck { outline, items: items.items, stale_terms: header.stale_terms };
    Some(Located { deck, items: items.spans, domains: header.domain_spans })
}

/// Looks up what an exam names.
fn settled(
    exam: ExamDraft,
    domains: &[Domain],
    domains_known: bool,
    known: &KnownItems<'_>,
    log: &mut Log<'_>,
) -> Blueprint {
    let ExamDraft { mut blueprint, reference_form, decision, sections } = exam;
    blueprint.reference_form = reference_form.map(|ids| form(ids.value, ids.span, known, log));
    // Domains that did not read well are not missed a second time.
    if let Some(draft) = decision.filter(|_| domains_known) {
        blueprint.decision = draft.resolve(domains, log).unwrap_or_default();
    }
    let n_items = blueprint.n_scored + blueprint.n_unscored;
    if let Some(own) = sections.filter(|_| domains_known) {
        blueprint.sections = sections::checked(own, n_items, domains, log);
    }
    blueprint
}

/// The ids of the deck's items.
struct KnownItems<'i> {
    seen: &'i BTreeMap<ItemId, Seen>,
    /// Whether every file was read to its end.
    are_all: bool,
}

/// Holds the ids of a form against the items.
fn form(ids: Vec<Placed<ItemId>>, span: Span, known: &KnownItems<'_>, log: &mut Log<'_>) -> Vec<ItemId> {
    if ids.is_empty() {
        log.say(&MISSING, span, "a form has at least one item", "list the ids of its items");
    }
    let mut in_form = BTreeSet::new();
    for id in &ids {
        let name = id.value.as_str();
        match known.seen.get(&id.value) {
            None if known.are_all => {
                let help = if log.is_full() {
                    String::new()
                } else {
                    did_you_mean(name, known.seen.keys().map(ItemId::as_str), || "name an item of this deck".to_owned())
                };
                log.say(&UNKNOWN_NAME, id.span, format!("there is no item {}", quoted(name)), help);
            }
            Some(Seen { kind: Some(kind), .. }) if !kind.is_exam_item() => {
                let message = format!("item {} is a flashcard", quoted(name));
                log.say(&BAD_VALUE, id.span, message, "a form holds questions");
            }
            _ => {}
        }
        if !in_form.insert(&id.value) {
            log.say(
                &BAD_VALUE,
                id.span,
                format!("item {} stands in the form twice", quoted(name)),
                "remove one of the two",
            );
        }
    }
    ids.into_iter().map(|id| id.value).collect()
}

/// Makes an id of the first file's name, or of its folder's if the file is `deck.yaml`.
fn stem_of(sources: &[SourceFile]) -> String {
    let name = sources.first().map_or("", |source| source.name.as_str());
    let mut parts = name.rsplit(['/', '\\']);
    let file = parts.next().unwrap_or_default();
    let stem = match file {
        "deck.yaml" => parts.next().unwrap_or("deck"),
        _ => file.rsplit_once('.').map_or(file, |(stem, _)| stem),
    };
    let words = stem.split(|c: char| !c.is_alphanumeric() && !"_.+".contains(c)).filter(|word| !word.is_empty());
    let id: String = words.collect::<Vec<_>>().join("-").chars().take(96).collect();
    if id.is_empty() { "deck".to_owned() } else { id }
}
