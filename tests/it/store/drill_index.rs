//! What the drill finds its cards by: it follows every event, and a rebuild finds it as it was.

use std::collections::{BTreeMap, BTreeSet};

use cutscore::base::{ConceptId, ContentHash, DomainId, StudyDay};
use cutscore::deck::{Deck, Domain, Flashcard, Item, ItemBody, ItemFacts, ItemNotes, Outline, Status, Weight};
use cutscore::exam::Ending;
use cutscore::review::Grade;
use cutscore::store::{Event, Foresight, FoundItem, Millionths, RevisionId, Scope, SearchQuery, Stamp, Store};
use proptest::prelude::*;

use super::{
    TODAY, concept_of, deck, directory, instant, item, learnt_elsewhere, open, question_body, review, start_of,
};

/// Items 0 to 7 in two domains: questions, but for the last two, which are flashcards.
fn bank() -> Deck {
    let domain = |name: &str| Domain {
        id: DomainId::new(name).expect("an id"),
        title: name.to_owned(),
        weight: Weight::exact(1.0),
        tasks: Vec::new(),
    };
    let body = |number: usize| match number {
        6.. => ItemBody::Flashcard(Flashcard { front: format!("{number}"), back: "b".to_owned(), refs: Vec::new() }),
        _ => question_body(number),
    };
    let item = |number: usize| item_with(number, body(number));
    let outline = Outline {
        id: deck(),
        title: "Test".to_owned(),
        guide: None,
        exam: None,
        domains: vec![domain("one"), domain("two")],
        forms: BTreeMap::new(),
        insights: Vec::new(),
    };
    Deck { outline, items: (0..8).map(item).collect(), stale_terms: Vec::new() }
}

fn item_with(number: usize, body: ItemBody) -> Item {
    let facts = ItemFacts {
        id: item(number),
        concept: concept_of(number),
        domain_idx: usize::from(number % 4 > 1),
        task: None,
        kind: body.kind(),
        difficulty: None,
        skill: None,
        status: Status::Live,
        stimulus: None,
        enemies: Vec::new(),
    };
    Item { facts, body, notes: ItemNotes::default() }
}

/// What an author may do to a deck.
#[derive(Debug, Clone)]
enum Edit {
    Drop { at: usize },
    Insert { at: usize, number: usize },
    Reword { at: usize, number: usize },
    Retire { at: usize },
    Move { at: usize },
    Rename { at: usize, concept: usize },
    Tag { at: usize },
    Retitle,
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = || 0_usize..9;
    prop_oneof![
        2 => at().prop_map(|at| Edit::Drop { at }),
        2 => (at(), 8_usize..20).prop_map(|(at, number)| Edit::Insert { at, number }),
        2 => (at(), 8_usize..20).prop_map(|(at, number)| Edit::Reword { at, number }),
        1 => at().prop_map(|at| Edit::Retire { at }),
        1 => at().prop_map(|at| Edit::Move { at }),
        1 => (at(), 0_usize..9).prop_map(|(at, concept)| Edit::Rename { at, concept }),
        1 => at().prop_map(|at| Edit::Tag { at }),
        1 => Just(Edit::Retitle),
    ]
}

impl Edit {
    /// Makes the change, where there is something to change.
    fn make(&self, deck: &mut Deck) {
        let items = &mut deck.items;
        match *self {
            Edit::Retitle => deck.outline.title.push('!'),
            Edit::Insert { at, number } if items.iter().all(|own| own.facts.id != item(number)) => {
                items.insert(at.min(items.len()), item_with(number, question_body(number)));
            }
            Edit::Drop { at } if at < items.len() => drop(items.remove(at)),
            Edit::Reword { at, number } if at < items.len() => {
                items[at].body = question_body(number);
                items[at].facts.kind = items[at].body.kind();
            }
            Edit::Retire { at } if at < items.len() => items[at].facts.status = Status::Retired,
            Edit::Move { at } if at < items.len() => items[at].facts.domain_idx ^= 1,
            Edit::Rename { at, concept } if at < items.len() => items[at].facts.concept = concept_of(concept),
            Edit::Tag { at } if at < items.len() => items[at].notes.tags.push("tagged".to_owned()),
            _ => {}
        }
    }
}

fn scope(revision: RevisionId) -> Scope {
    Scope::new(&deck(), revision, &BTreeSet::new(), None)
}

/// All that a drill sees of a store.
fn seen(store: &Store, revision: RevisionId, today: StudyDay) -> String {
    let scope = scope(revision);
    let sizes = store.domain_sizes(revision, 2).expect("reads");
    let unmet: Vec<_> = [(0, true), (0, false), (1, true), (1, false)]
        .into_iter()
        .map(|(domain_idx, is_open)| store.unmet(&scope, domain_idx, is_open, 9).expect("reads"))
        .collect();
    let due = store.due_between(&scope, None, today, today, 9).expect("reads");
    let repeats = store.repeats(&scope, today).expect("reads");
    let answers = store.newest_answers(&deck(), revision, 50).expect("reads");
    let n_due = store.n_due(&scope, None, today, today, 9).expect("counts");
    assert_eq!(n_due, due.len());
    format!("{sizes:?} {unmet:?} {due:?} {repeats:?} {answers:?}")
}

#[derive(Debug, Clone)]
enum Step {
    Review { number: usize, grade: u8 },
    Undo,
    Redo,
    Cram { number: usize },
    Import { number: usize, days_ago: i32 },
    Sit,
    Sleep,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0_usize..8, 0_u8..6).prop_map(|(number, grade)| Step::Review { number, grade }),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        1 => (0_usize..8).prop_map(|number| Step::Cram { number }),
        1 => (0_usize..8, 0_i32..9).prop_map(|(number, days_ago)| Step::Import { number, days_ago }),
        1 => Just(Step::Sit),
        2 => Just(Step::Sleep),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_drill_sees_is_the_same_after_a_rebuild_and_after_indexing_anew(steps in prop::collection::vec(step(), 1..40)) {
        let dir = directory();
        let mut store = open(dir.path());
        let files = ContentHash::of(b"files");
        let revision = store.index_deck(files, &bank()).expect("indexes");
        let mut today = TODAY;
        for (secs, step) in (1..).zip(&steps) {
            let stamp = Stamp { at: instant(secs), study_day: today };
            let event = match step {
                Step::Review { number, grade } => review(*number, Grade::from_number(*grade).expect("0 to 5")),
                Step::Undo => match store.next_undo(&deck(), today).expect("reads") {
                    Some(last) => Event::Undone { event: last.seq },
                    None => continue,
                },
                Step::Redo => match store.next_redo(&deck(), today).expect("reads") {
                    Some(last) => Event::Redone { event: last.seq },
                    None => continue,
                },
                Step::Cram { number } => Event::Crammed { deck: deck(), item: item(*number), is_right: false },
                Step::Import { number, days_ago } => {
                    let (review, card) = learnt_elsewhere(*number, *days_ago);
                    store.append(stamp, &[Event::ReviewImported(Box::new(review))]).expect("appends");
                    Event::CardImported(Box::new(card))
                }
                Step::Sit => {
                    let sitting = store.start_sitting(stamp, None, start_of(3)).expect("starts");
                    Event::SittingEnded { sitting, ending: Ending::Abandoned, elapsed: std::time::Duration::ZERO }
                }
                Step::Sleep => {
                    today = today.plus(1);
                    continue;
                }
            };
            store.append(stamp, &[event]).expect("appends");
        }
        let before = seen(&store, revision, today);
        prop_assert!(store.rebuild().expect("rebuilds").differing.is_empty());
        prop_assert_eq!(&seen(&store, revision, today), &before);
        store.forget_deck(&deck()).expect("forgets");
        let revision = store.index_deck(files, &bank()).expect("indexes");
        prop_assert_eq!(&seen(&store, revision, today), &before);
    }

    #[test]
    fn a_deck_that_was_edited_is_indexed_as_if_it_were_new(
        reviews in prop::collection::vec(0_usize..20, 0..6),
        edits in prop::collection::vec(prop::collection::vec(edit(), 0..4), 1..6),
    ) {
        let dir = directory();
        let mut store = open(dir.path());
        let mut bank = bank();
        let mut revision = store.index_deck(ContentHash::of(b"files"), &bank).expect("indexes");
        for (secs, number) in (1..).zip(reviews) {
            let stamp = Stamp { at: instant(secs), study_day: TODAY };
            store.append(stamp, &[review(number, Grade::Four)]).expect("appends");
        }
        for (n_saved, edits) in edits.iter().enumerate() {
            for edit in edits {
                edit.make(&mut bank);
            }
            let files = ContentHash::of(format!("saved {n_saved}").as_bytes());
            revision = store.index_deck(files, &bank).expect("indexes");
        }
        let by_difference = all_seen(&store, revision, &bank);
        let sittings = seen(&store, revision, TODAY);
        store.forget_deck(&deck()).expect("forgets");
        prop_assert_eq!(found(&store), Vec::new());
        let revision = store.index_deck(ContentHash::of(b"new"), &bank).expect("indexes");
        prop_assert_eq!(all_seen(&store, revision, &bank), by_difference);
        prop_assert_eq!(seen(&store, revision, TODAY), sittings);
    }
}

/// What a search finds for the words of the bank.
fn found(store: &Store) -> Vec<FoundItem> {
    let words = ["number", "b"].map(str::to_owned).into_iter().chain((0..20).map(|number| number.to_string()));
    let by_word = words.map(|word| SearchQuery { words: vec![word], ..SearchQuery::default() });
    let tag = Some("tagged".to_owned());
    let by_place = [SearchQuery { tag, ..SearchQuery::default() }, SearchQuery::default()];
    let mut all = Vec::new();
    for query in by_word.chain(by_place) {
        let query = SearchQuery { limit: 99, ..query };
        let mut found = store.search(&query).expect("searches").found;
        found.sort_by(|one, other| one.item.cmp(&other.item));
        all.extend(found);
    }
    all
}

/// The items of a revision, which must be those of the deck, and what a search finds.
fn all_seen(store: &Store, revision: RevisionId, bank: &Deck) -> String {
    let items = store.indexed_items(revision).expect("reads");
    for (indexed, item) in items.iter().zip(&bank.items) {
        assert_eq!((&indexed.facts, &indexed.tags), (&item.facts, &item.notes.tags));
        assert_eq!(store.content(indexed.content).expect("reads"), item.body);
    }
    assert_eq!(items.len(), bank.items.len());
    format!("{:?}", found(store))
}

#[test]
fn hidden_concepts_and_those_out_of_scope_are_not_found() {
    let dir = directory();
    let mut store = open(dir.path());
    let revision = store.index_deck(ContentHash::of(b"files"), &bank()).expect("indexes");
    let names = |numbers: &[usize]| numbers.iter().map(|number| concept_of(*number)).collect::<BTreeSet<ConceptId>>();
    let found = |scope: &Scope| store.concepts_from(scope, 0, 9).expect("reads").into_iter().map(|row| row.concept);
    assert_eq!(found(&scope(revision)).count(), 4);
    let hidden = Scope::new(&deck(), revision, &names(&[1, 2]), None);
    assert_eq!(found(&hidden).collect::<BTreeSet<_>>(), names(&[0, 3]));
    let only = Scope::new(&deck(), revision, &names(&[1]), Some(&names(&[1, 2])));
    assert_eq!(found(&only).collect::<BTreeSet<_>>(), names(&[2]));
}

#[test]
fn what_was_expected_of_an_answer_is_kept_until_the_answer_is_taken_back() {
    let dir = directory();
    let mut store = open(dir.path());
    let revision = store.index_deck(ContentHash::of(b"files"), &bank()).expect("indexes");
    let [recall, chance, p_right] = [0.8, 0.25, 0.123_456_7].map(Millionths::of);
    let expected = Foresight::Recall { recall, chance, p_right };
    let Event::Reviewed(mut answered) = review(1, Grade::Four) else { panic!("a review") };
    answered.foresight = expected;
    store.append(Stamp { at: instant(1), study_day: TODAY }, &[Event::Reviewed(answered)]).expect("appends");
    let newest = store.newest_answers(&deck(), revision, 5).expect("reads");
    assert_eq!((newest.len(), newest[0].foresight, newest[0].domain_idx), (1, expected, Some(0)));
    assert_eq!(p_right.count(), 123_457);
    let last = store.next_undo(&deck(), TODAY).expect("reads").expect("there is one");
    store.append(Stamp { at: instant(2), study_day: TODAY }, &[Event::Undone { event: last.seq }]).expect("appends");
    assert!(store.newest_answers(&deck(), revision, 5).expect("reads").is_empty());
    store.append(Stamp { at: instant(3), study_day: TODAY }, &[Event::Redone { event: last.seq }]).expect("appends");
    assert_eq!(store.newest_answers(&deck(), revision, 5).expect("reads"), newest);
}
