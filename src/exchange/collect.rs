//! Gathers what a reader finds into a deck that stands up to every check, and remarks on what it had to leave or change.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{ConceptId, ContentHash, DeckId, DomainId, ItemId, TaskId};
use crate::deck::{
    Deck, Difficulty, Domain, Item, ItemBody, ItemFacts, ItemNotes, Outline, Severity, Skill, Status, Task, Weight,
    lint_items,
};
use crate::exchange::imported::{History, Imported, Origin, PastCard, PastReview, Remark, first_words};
use crate::exchange::tidy::tidied;

/// An item as a reader found it.
#[derive(Debug, Clone)]
pub(in crate::exchange) struct Draft {
    pub(in crate::exchange) origin: Origin,
    /// The name that the file gives it; need not be an id.
    pub(in crate::exchange) name: Option<String>,
    /// From the widest to the narrowest.
    pub(in crate::exchange) category: Vec<String>,
    pub(in crate::exchange) tags: Vec<String>,
    pub(in crate::exchange) concept: Option<String>,
    pub(in crate::exchange) difficulty: Option<Difficulty>,
    pub(in crate::exchange) skill: Option<Skill>,
    pub(in crate::exchange) status: Status,
    pub(in crate::exchange) body: ItemBody,
}

impl Draft {
    pub(in crate::exchange) fn new(origin: Origin, body: ItemBody) -> Draft {
        Draft {
            origin,
            name: None,
            category: Vec::new(),
            tags: Vec::new(),
            concept: None,
            difficulty: None,
            skill: None,
            status: Status::Live,
            body,
        }
    }
}

/// Items between two words about progress.
const ITEMS_A_WORD: usize = 1_000;

/// Most items of a file.
const MAX_ITEMS: usize = 1_000_000;

/// Hears how many items were found.
pub(in crate::exchange) type Progress<'p> = &'p mut dyn FnMut(usize);

/// A deck that grows.
pub(in crate::exchange) struct Collector<'p> {
    items: Vec<Item>,
    history: History,
    skipped: Vec<Remark>,
    notices: Vec<Remark>,
    /// Where each id was first given.
    origins: BTreeMap<ItemId, Origin>,
    categories: Categories,
    title: Option<String>,
    on_progress: Progress<'p>,
}

impl<'p> Collector<'p> {
    pub(in crate::exchange) fn new(on_progress: Progress<'p>) -> Collector<'p> {
        Collector {
            items: Vec::new(),
            history: History::default(),
            skipped: Vec::new(),
            notices: Vec::new(),
            origins: BTreeMap::new(),
            categories: Categories::default(),
            title: None,
            on_progress,
        }
    }

    /// Names the deck as the file does; the first name holds.
    pub(in crate::exchange) fn title(&mut self, title: &str) {
        if self.title.is_none() && !title.trim().is_empty() {
            self.title = Some(title.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    pub(in crate::exchange) fn skip(&mut self, origin: &Origin, what: &str, reason: impl Into<String>) {
        let remark = Remark { origin: origin.clone(), what: first_words(what), reason: reason.into() };
        self.skipped.push(remark);
    }

    pub(in crate::exchange) fn notice(&mut self, origin: &Origin, what: &str, reason: impl Into<String>) {
        let remark = Remark { origin: origin.clone(), what: first_words(what), reason: reason.into() };
        self.notices.push(remark);
    }

    pub(in crate::exchange) fn notices(&mut self, remarks: Vec<Remark>) {
        self.notices.extend(remarks);
    }

    pub(in crate::exchange) fn past_review(&mut self, review: PastReview) {
        self.history.reviews.push(review);
    }

    pub(in crate::exchange) fn past_card(&mut self, card: PastCard) {
        self.history.cards.push(card);
    }

    /// Adds an item, or says why it cannot be one. Returns the id that it got.
    pub(in crate::exchange) fn add(&mut self, draft: Draft) -> Option<ItemId> {
        let what = draft.body.prompt();
        if self.items.len() >= MAX_ITEMS {
            self.skip(&draft.origin, &what, format!("a file may have {MAX_ITEMS} items"));
            return None;
        }
        let (body, changes) = match tidied(draft.body) {
            Ok(tidy) => tidy,
            Err(reason) => {
                self.skip(&draft.origin, &what, reason);
                return None;
            }
        };
        let id = match self.id_for(draft.name.as_deref(), &body) {
            Ok(id) => id,
            Err(first) => {
                let reason = format!("the same question with the same key stands at {first} already");
                self.skip(&draft.origin, &what, reason);
                return None;
            }
        };
        let concept = draft.concept.as_deref().and_then(|name| ConceptId::new(&slug(name)?).ok());
        let own = ConceptId::new(id.as_str()).ok();
        let tags: Vec<String> = draft.tags.iter().map(|tag| first_line(tag)).filter(|tag| !tag.is_empty()).collect();
        let item = Item {
            facts: ItemFacts {
                concept: concept.or(own)?,
                domain_idx: 0,
                task: None,
                kind: body.kind(),
                difficulty: draft.difficulty,
                skill: draft.skill,
                id: id.clone(),
                status: draft.status,
                stimulus: None,
                enemies: Vec::new(),
            },
            body,
            notes: ItemNotes { tags, ..ItemNotes::default() },
        };
        // Of what `deck check` would refuse, only the number that a stem asks for is not in order by now.
        let breaches = if may_ask_for_a_number(&what) { lint_items(std::slice::from_ref(&item)) } else { Vec::new() };
        if let Some(breach) = breaches.into_iter().find(|breach| breach.rule.severity == Severity::Error) {
            self.skip(&draft.origin, &what, breach.message);
            return None;
        }
        for change in changes {
            self.notice(&draft.origin, &what, change);
        }
        self.origins.insert(id.clone(), draft.origin);
        self.categories.place(&draft.category);
        self.items.push(item);
        if self.items.len().is_multiple_of(ITEMS_A_WORD) {
            (self.on_progress)(self.items.len());
        }
        Some(id)
    }

    /// The id that a name makes; without one, an id made of question and key. `Err` if that stands in the deck already.
    fn id_for(&self, name: Option<&str>, body: &ItemBody) -> Result<ItemId, String> {
        let named = name.and_then(|name| ItemId::new(name.trim()).ok().or_else(|| ItemId::new(&slug(name)?).ok()));
        let Some(first) = named else {
            let derived = derived_id(body);
            return match self.origins.get(&derived) {
                None => Ok(derived),
                Some(origin) if origin.line > 0 => Err(format!("line {origin}")),
                Some(origin) => Err(format!("another place of the file {origin}").trim_end().to_owned()),
            };
        };
        let mut id = first.clone();
        let mut number = 2;
        while self.origins.contains_key(&id) {
            let Ok(next) = ItemId::new(&format!("{first}-{number}")) else { return Ok(derived_id(body)) };
            id = next;
            number += 1;
        }
        Ok(id)
    }

    /// Returns the deck; `name` is that of the file, without its ending.
    pub(in crate::exchange) fn finish(mut self, name: &str) -> Imported {
        let title = self.title.take().unwrap_or_else(|| first_line(name));
        let title = if title.is_empty() { "Imported".to_owned() } else { title };
        let id = slug(name).and_then(|id| DeckId::new(&id).ok());
        #[expect(clippy::expect_used, reason = "the word is an id")]
        let id = id.unwrap_or_else(|| DeckId::new("imported").expect("letters alone are an id"));
        let (domains, places) = self.categories.into_domains(&title);
        for (item, (domain_idx, task)) in self.items.iter_mut().zip(places) {
            item.facts.domain_idx = domain_idx;
            item.facts.task = task;
        }
        let outline =
            Outline { id, title, guide: None, exam: None, domains, forms: BTreeMap::new(), insights: Vec::new() };
        Imported {
            deck: Deck { outline, items: self.items, stale_terms: Vec::new() },
            history: self.history,
            skipped: self.skipped,
            notices: self.notices,
        }
    }
}

/// Categories in the order in which they come: the widest is a domain, what it is divided into are tasks.
#[derive(Default)]
struct Categories {
    domains: Vec<(String, Vec<String>)>,
    places: Vec<Option<(usize, Option<usize>)>>,
}

/// What items without a category belong to beside others that have one.
const UNCATEGORISED: &str = "Uncategorised";

impl Categories {
    fn place(&mut self, path: &[String]) {
        let path: Vec<String> = path.iter().map(|part| first_line(part)).filter(|part| !part.is_empty()).collect();
        let Some((domain, rest)) = path.split_first() else {
            self.places.push(None);
            return;
        };
        let domain_idx = place_of(&mut self.domains, |(own, _)| own == domain, || (domain.clone(), Vec::new()));
        let task = (!rest.is_empty()).then(|| rest.join(" / "));
        let task_idx = task.map(|task| place_of(&mut self.domains[domain_idx].1, |own| *own == task, || task.clone()));
        self.places.push(Some((domain_idx, task_idx)));
    }

    /// Gives those without a category a domain of their own, which stands where the first of them does.
    fn place_the_rest(&mut self, first: usize) {
        let known = self.domains.iter().position(|(own, _)| own == UNCATEGORISED);
        let others = known.unwrap_or_else(|| {
            let before = self.places[..first].iter().flatten().map(|(domain_idx, _)| domain_idx + 1).max();
            let at = before.unwrap_or(0);
            self.domains.insert(at, (UNCATEGORISED.to_owned(), Vec::new()));
            for (domain_idx, _) in self.places.iter_mut().flatten().filter(|(domain_idx, _)| at <= *domain_idx) {
                *domain_idx += 1;
            }
            at
        });
        for place in &mut self.places {
            place.get_or_insert((others, None));
        }
    }

    /// Returns the domains, and the domain and task of each item.
    fn into_domains(mut self, title: &str) -> (Vec<Domain>, Vec<(usize, Option<TaskId>)>) {
        if self.domains.is_empty() {
            self.domains.push((title.to_owned(), Vec::new()));
        } else if let Some(first) = self.places.iter().position(Option::is_none) {
            self.place_the_rest(first);
        }
        let mut taken = BTreeSet::new();
        let is_whole = self.places.iter().all(Option::is_none);
        let mut domains = Vec::new();
        for (name, tasks) in self.domains {
            let id = if is_whole { "all".to_owned() } else { free_id(&name, "domain", &mut taken) };
            let task = |title: String| {
                let id = free_id(&title, "task", &mut taken);
                Some(Task { id: TaskId::new(&id).ok()?, title })
            };
            let tasks = tasks.into_iter().filter_map(task).collect();
            domains.extend(DomainId::new(&id).ok().map(|id| Domain {
                id,
                title: name,
                weight: Weight::exact(1.0),
                tasks,
            }));
        }
        let task_id = |(domain_idx, task_idx): (usize, Option<usize>)| {
            let task = task_idx.and_then(|task_idx| Some(domains.get(domain_idx)?.tasks.get(task_idx)?.id.clone()));
            (domain_idx, task)
        };
        let places = self.places.into_iter().map(|place| place.map_or((0, None), task_id)).collect();
        (domains, places)
    }
}

/// Tells whether a stem may end with a cue such as "(Choose TWO.)".
fn may_ask_for_a_number(stem: &str) -> bool {
    let has = |word: &[u8]| stem.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    has(b"choose ") || has(b"select ")
}

/// The place of the entry that is meant, which is added if it is not there. The newest is looked at first, since items
/// of one category stand together.
fn place_of<T>(list: &mut Vec<T>, is_meant: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> usize {
    list.iter().rposition(is_meant).unwrap_or_else(|| {
        list.push(make());
        list.len() - 1
    })
}

fn free_id(name: &str, otherwise: &str, taken: &mut BTreeSet<String>) -> String {
    let first = slug(name).unwrap_or_else(|| otherwise.to_owned());
    let mut id = first.clone();
    let mut number = 2;
    while !taken.insert(id.clone()) {
        id = format!("{first}-{number}");
        number += 1;
    }
    id
}

/// Longest id that is made of a name.
const MAX_SLUG: usize = 60;

/// Makes an id of a name: its letters and digits in lower case, dashes between. `None` if nothing is left.
pub(in crate::exchange) fn slug(name: &str) -> Option<String> {
    let mut id = String::new();
    let mut n_chars = 0;
    for c in name.chars() {
        if n_chars >= MAX_SLUG {
            break;
        }
        if c.is_alphanumeric() || (c == '.' && !id.is_empty() && !id.ends_with(['-', '.'])) {
            id.extend(c.to_lowercase().filter(|c| c.is_alphanumeric() || *c == '.'));
            n_chars += 1;
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
            n_chars += 1;
        }
    }
    let id = id.trim_end_matches(['-', '.']).to_owned();
    (!id.is_empty()).then_some(id)
}

/// Names an item after what it says.
fn derived_id(body: &ItemBody) -> ItemId {
    let hash = ContentHash::of(crate::exchange::tidy::content(body).as_bytes()).to_string();
    #[expect(clippy::expect_used, reason = "hexadecimal digits are letters and digits")]
    ItemId::new(&format!("q-{}", &hash[..12])).expect("a short word of digits is an id")
}

fn first_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
