//! Looks up what items name, and fills in what they leave to the file or the deck.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::{ConceptId, DomainId, ItemId, TaskId};
use crate::deck::{CreditRule, Difficulty, Domain, Guessing, Item, ItemBody, ItemFacts, ItemKind};
use crate::format::finding::{FilePlace, Findings, Log};
use crate::format::rules::{CONFLICT, ID_TWICE, LONE_ENEMY, MISSING, NO_IDS, UNKNOWN_NAME};
use crate::format::suggest::{did_you_mean, quoted};
use crate::format::v1::fields::Placed;
use crate::format::v1::header::Defaults;
use crate::format::v1::item::{ItemDraft, ItemSpans, derived_id, say_no_better_than_chance};
use crate::format::v1::measured::MeasuredItems;
use crate::format::v1::stimuli::Stimuli;
use crate::format::yaml::Span;

/// What items are held against.
pub(super) struct Setting<'s> {
    pub(super) outline: &'s OutlineIndex<'s>,
    /// Whether the deck's own list of domains could be read; if not, names are not looked up in it.
    pub(super) domains_known: bool,
    pub(super) guessing: Guessing,
    pub(super) credit: CreditRule,
    /// The defaults of each file.
    pub(super) defaults: &'s [Defaults],
    /// What was measured; it comes before what an item or its file says.
    pub(super) measured: &'s MeasuredItems,
}

/// Finds domains and tasks by name.
pub(super) struct OutlineIndex<'s> {
    domains: &'s [Domain],
    idx_of_domain: BTreeMap<&'s DomainId, usize>,
    domain_idx_of_task: BTreeMap<&'s TaskId, usize>,
}

impl<'s> OutlineIndex<'s> {
    pub(super) fn of(domains: &'s [Domain]) -> OutlineIndex<'s> {
        let numbered = || domains.iter().enumerate();
        OutlineIndex {
            domains,
            idx_of_domain: numbered().map(|(idx, domain)| (&domain.id, idx)).collect(),
            domain_idx_of_task: numbered()
                .flat_map(|(idx, domain)| domain.tasks.iter().map(move |task| (&task.id, idx)))
                .collect(),
        }
    }
}

/// The items that read well, where they stand, and every id that was seen.
#[derive(Default)]
pub(super) struct Resolved {
    pub(super) items: Vec<Item>,
    pub(super) spans: Vec<ItemSpans>,
    pub(super) seen: BTreeMap<ItemId, Seen>,
    pub(super) stimuli: Stimuli,
    /// The names under `enemies`, each with its place and the item that says it.
    pub(super) enemies: Vec<(ItemId, FilePlace, ItemId)>,
}

/// Where an id was first seen, and what it names; `None` if that did not read well.
pub(super) struct Seen {
    place: FilePlace,
    pub(super) kind: Option<ItemKind>,
}

/// Turns drafts into items, in their order.
pub(super) fn items(
    drafts: Vec<ItemDraft>,
    setting: &Setting<'_>,
    stimuli: Stimuli,
    findings: &mut Findings,
) -> Resolved {
    let mut all = Resolved { stimuli, ..Resolved::default() };
    let mut without_id: Option<(FilePlace, usize)> = None;
    for draft in drafts {
        if draft.id.is_none() {
            let place = FilePlace { file_idx: draft.file_idx, span: draft.spans.whole };
            without_id = Some(without_id.map_or((place, 1), |(first, n)| (first, n + 1)));
        }
        let mut log = findings.in_file(draft.file_idx);
        if log.is_hopeless() {
            break;
        }
        item(draft, setting, &mut all, &mut log);
    }
    if let Some((place, n_items)) = without_id {
        let message = match n_items {
            1 => "one item has no `id`".to_owned(),
            n => format!("{n} items have no `id`, this is the first"),
        };
        let help = "add `id:`; without one, editing the question or its key starts a new history";
        findings.in_file(place.file_idx).say(&NO_IDS, place.span, message, help);
    }
    all
}

fn item(draft: ItemDraft, setting: &Setting<'_>, all: &mut Resolved, log: &mut Log<'_>) {
    let id_is_given = draft.id.is_some();
    let id_span = draft.id.as_ref().map_or(draft.spans.whole, |id| id.span);
    let id = draft.id.as_ref().map(|id| id.value.clone());
    let id = id.or_else(|| draft.body.as_ref().and_then(derived_id));
    log.about_item(id.as_ref().filter(|_| id_is_given).map(ItemId::as_str));

    let place = place_in_outline(&draft, setting, log);
    let kind = draft.body.as_ref().map(ItemBody::kind);
    let difficulty = draft.difficulty.or(match &draft.angoff {
        Some(angoff) => {
            let chance = kind.map_or(0.0, |kind| setting.credit.guessing(setting.guessing, kind).chance(kind));
            if angoff.value.value() <= chance {
                say_no_better_than_chance(angoff, chance, log);
            }
            Some(Difficulty::Angoff(angoff.value))
        }
        None => setting.defaults.get(draft.file_idx).and_then(|defaults| defaults.difficulty),
    });
    let Some(id) = id else { return };
    let difficulty = setting.measured.difficulty(&id).or(difficulty);
    let here = FilePlace { file_idx: draft.file_idx, span: id_span };
    match all.seen.entry(id.clone()) {
        Entry::Occupied(first) => say_id_twice(&id, id_is_given, id_span, first.get().place, log),
        Entry::Vacant(vacant) => {
            vacant.insert(Seen { place: here, kind });
        }
    }
    let (Some((domain_idx, task)), Some(mut body), Some(kind)) = (place, draft.body, kind) else { return };
    if let Some(stimulus) = &draft.stimulus {
        all.stimuli.give(stimulus, &mut body, log);
    }
    let said = draft
        .enemies
        .iter()
        .map(|enemy| (enemy.value.clone(), FilePlace { file_idx: draft.file_idx, span: enemy.span }, id.clone()));
    all.enemies.extend(said);
    // Both kinds of ids allow the same words, so an item's id is always a concept's.
    let Some(concept) = draft.concept.or_else(|| ConceptId::new(id.as_str()).ok()) else { return };
    let skill = draft.skill.or_else(|| setting.defaults.get(draft.file_idx).and_then(|defaults| defaults.skill));
    let facts = ItemFacts {
        id,
        concept,
        domain_idx,
        task,
        kind,
        difficulty,
        skill,
        status: draft.status,
        stimulus: draft.stimulus.map(|stimulus| stimulus.value),
        enemies: draft.enemies.into_iter().map(|enemy| enemy.value).collect(),
    };
    let mut notes = draft.notes;
    if let Some(defaults) = setting.defaults.get(draft.file_idx) {
        notes.tags.extend(defaults.tags.iter().filter(|tag| !notes.tags.contains(tag)).cloned().collect::<Vec<_>>());
    }
    all.items.push(Item { facts, body, notes });
    all.spans.push(draft.spans);
}

/// Reports names under `enemies` that are neither an item's id nor said by another item.
pub(super) fn say_lone_enemies(all: &Resolved, findings: &mut Findings) {
    let mut said_by: BTreeMap<&ItemId, &ItemId> = BTreeMap::new();
    let mut shared: BTreeSet<&ItemId> = BTreeSet::new();
    for (enemy, _, item) in &all.enemies {
        if said_by.insert(enemy, item).is_some_and(|other| other != item) {
            shared.insert(enemy);
        }
    }
    for (enemy, place, _) in all.enemies.iter().filter(|(enemy, ..)| !shared.contains(enemy)) {
        if all.seen.contains_key(enemy) {
            continue;
        }
        let names = all.seen.keys().chain(shared.iter().copied()).map(ItemId::as_str);
        let help =
            did_you_mean(enemy.as_str(), names, || "name an item, or a group that other items name too".to_owned());
        let message = format!("the enemy {} is no item, and no other item names it", quoted(enemy.as_str()));
        findings.in_file(place.file_idx).say(&LONE_ENEMY, place.span, message, help);
    }
}

fn say_id_twice(id: &ItemId, id_is_given: bool, span: Span, first: FilePlace, log: &mut Log<'_>) {
    let first = log.pointer(first);
    if id_is_given {
        log.say(
            &ID_TWICE,
            span,
            format!("there is another item `{id}`"),
            format!("the first is at {first}; rename one of them"),
        );
    } else {
        let message = "an item with the same question and key stands in the deck already";
        log.say(&ID_TWICE, span, message, format!("the first is at {first}; remove one, or give both an `id`"));
    }
}

/// The domain and task of an item: its own task, its own domain, its file's task, its file's domain, or the only one.
fn place_in_outline(draft: &ItemDraft, setting: &Setting<'_>, log: &mut Log<'_>) -> Option<(usize, Option<TaskId>)> {
    if !setting.domains_known {
        return Some((0, None));
    }
    let defaults = setting.defaults.get(draft.file_idx)?;
    let own_domain = match &draft.domain {
        Some(domain) => Some(domain_idx(domain, setting, log)?),
        None => None,
    };
    if let Some(task) = &draft.task {
        let of_task = task_idx(task, setting, log)?;
        if own_domain.is_some_and(|own| own != of_task) {
            let message = format!("task `{}` belongs to domain `{}`", task.value, setting.outline.domains[of_task].id);
            log.say(&CONFLICT, task.span, message, "remove `domain`; the task implies it");
        }
        return Some((of_task, Some(task.value.clone())));
    }
    // A file's defaults are checked once, where they stand.
    let file_task = defaults.task.as_ref().and_then(|task| {
        let of_task = *setting.outline.domain_idx_of_task.get(&task.value)?;
        Some((of_task, Some(task.value.clone())))
    });
    let file_domain = || {
        let domain = defaults.domain.as_ref()?;
        setting.outline.idx_of_domain.get(&domain.value).map(|idx| (*idx, None))
    };
    match own_domain {
        Some(own) => Some(file_task.filter(|(of_task, _)| *of_task == own).unwrap_or((own, None))),
        None => file_task.or_else(file_domain).or_else(|| the_only_domain(draft, defaults, setting, log)),
    }
}

fn the_only_domain(
    draft: &ItemDraft,
    defaults: &Defaults,
    setting: &Setting<'_>,
    log: &mut Log<'_>,
) -> Option<(usize, Option<TaskId>)> {
    if setting.outline.domains.len() == 1 {
        return Some((0, None));
    }
    // A default that names nothing was reported where it stands.
    if defaults.task.is_none() && defaults.domain.is_none() {
        let message = "the item belongs to no domain";
        log.say(&MISSING, draft.spans.whole, message, "add `task:` or `domain:` to the item or once to its file");
    }
    None
}

/// Checks the names in a file's defaults.
pub(super) fn check_defaults(defaults: &Defaults, setting: &Setting<'_>, log: &mut Log<'_>) {
    let domain = defaults.domain.as_ref().and_then(|domain| domain_idx(domain, setting, log));
    let of_task = defaults.task.as_ref().and_then(|task| task_idx(task, setting, log).map(|idx| (task, idx)));
    if let (Some(domain), Some((task, of_task))) = (domain, of_task)
        && domain != of_task
    {
        let message = format!("task `{}` belongs to domain `{}`", task.value, setting.outline.domains[of_task].id);
        log.say(&CONFLICT, task.span, message, "remove `domain`; the task implies it");
    }
}

fn domain_idx(domain: &Placed<DomainId>, setting: &Setting<'_>, log: &mut Log<'_>) -> Option<usize> {
    let found = setting.outline.idx_of_domain.get(&domain.value).copied();
    if found.is_none() {
        let names = setting.outline.domains.iter().map(|known| known.id.as_str());
        let help = did_you_mean(domain.value.as_str(), names, || "declare it under `domains` of the deck".to_owned());
        log.say(&UNKNOWN_NAME, domain.span, format!("there is no domain {}", quoted(domain.value.as_str())), help);
    }
    found
}

fn task_idx(task: &Placed<TaskId>, setting: &Setting<'_>, log: &mut Log<'_>) -> Option<usize> {
    let found = setting.outline.domain_idx_of_task.get(&task.value).copied();
    if found.is_none() {
        let tasks = setting.outline.domains.iter().flat_map(|domain| &domain.tasks);
        let help = did_you_mean(task.value.as_str(), tasks.map(|known| known.id.as_str()), || {
            "declare it under `tasks` of a domain".to_owned()
        });
        log.say(&UNKNOWN_NAME, task.span, format!("there is no task {}", quoted(task.value.as_str())), help);
    }
    found
}
