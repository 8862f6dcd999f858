//! What the drill finds its cards by: it follows every event, and a rebuild finds it as it was.

use std::collections::{BTreeMap, BTreeSet};

use cutscore::base::{ConceptId, ContentHash, DomainId, StudyDay};
use cutscore::deck::{Deck, Domain, Flashcard, Item, ItemBody, ItemFacts, ItemNotes, Outline, Status, Weight};
use cutscore::exam::Ending;
use cutscore::review::Grade;
use cutscore::store::{Event, Foresight, Millionths, RevisionId, Scope, Stamp, Store};
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
    let item = |number: usize| {
        let body = body(number);
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
    };
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
        let revision = store.index_deck(files, &bank()).expect("indexes");
        prop_assert_eq!(&seen(&store, revision, today), &before);
    }
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
