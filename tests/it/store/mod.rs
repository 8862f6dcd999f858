//! The promises of the store, tested through what it offers to others.

mod backup;
mod cost;
mod damage;
mod drill_index;
mod exchange;
mod faults;
mod history;
mod migration;
mod model;
mod sharing;
mod steps;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use cutscore::base::{ConceptId, ContentHash, DeckId, DomainId, ItemId, Seed, StudyDay};
use cutscore::deck::{
    Ask, Choice, ChoiceSet, CreditRule, Decision, Deck, Domain, Item, ItemBody, ItemFacts, ItemKind, ItemNotes, Levels,
    Outline, Question, Scale, ShuffleChoices, Status, Weight,
};
use cutscore::exam::{Anchor, ClockReading, Confidence, Ending, FormItem, ItemRole, Mark, SinceBoot, SittingKind};
use cutscore::review::{Card, EaseFactor, Grade, Memory, MockOutcome, Rating};
use cutscore::score::{CurveGroup, CurveModel, ItemCurve, Reference, ReferenceDomain, ReferenceParts};
use cutscore::store::{
    CardImported, DeckSettingName, Event, Examined, Foresight, PinnedDomain, PinnedItem, Response, Review,
    ReviewImported, SettingName, SittingStart, Stamp, Store,
};
use tempfile::TempDir;

const TODAY: StudyDay = StudyDay::from_number(20_000);

/// How long each answer in the drill took.
const ANSWER_TIME: Duration = Duration::from_secs(4);

fn directory() -> TempDir {
    tempfile::tempdir().expect("a directory for the test")
}

fn open(dir: &Path) -> Store {
    Store::open(dir).unwrap_or_else(|error| panic!("{error}"))
}

fn deck() -> DeckId {
    DeckId::new("test").expect("an id")
}

fn item(number: usize) -> ItemId {
    ItemId::new(&format!("q{number}")).expect("an id")
}

/// The concept of an item; 0 and 4 are variants of each other, 1 and 5, and so on; then 8 and 12, 9 and 13.
fn concept_of(number: usize) -> ConceptId {
    ConceptId::new(&format!("c{}", number / 8 * 4 + number % 4)).expect("an id")
}

fn instant(secs: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000 + secs, 0).expect("a time of the calendar")
}

fn stamp(secs: i64) -> Stamp {
    Stamp { at: instant(secs), study_day: TODAY }
}

fn anchor(elapsed_secs: u64) -> Anchor {
    let since_boot = SinceBoot { boot_id: 77, passed: Duration::from_secs(500 + elapsed_secs) };
    let reading = ClockReading { wall: instant(0), since_boot: Some(since_boot) };
    Anchor { elapsed: Duration::from_secs(elapsed_secs), reading }
}

/// A form of the items 0 to `n_items` − 1.
fn start_of(n_items: usize) -> SittingStart {
    let pinned = |number: usize| PinnedItem {
        form_item: FormItem {
            item: item(number),
            content: ContentHash::of(&[1]),
            domain_idx: 0,
            kind: ItemKind::MultipleChoice { n_choices: 4 },
            role: ItemRole::Scored,
            choice_order: vec![3, 1, 0, 2],
        },
        concept: concept_of(number),
        curve: ItemCurve::FLAT,
        is_fresh: true,
    };
    SittingStart {
        deck: deck(),
        revision: revision(),
        kind: SittingKind::Mock,
        seed: Seed(7),
        limit: Some(Duration::from_mins(90)),
        extra_time: None,
        sections: Vec::new(),
        scale: Some(Scale::default()),
        decision: Decision::default(),
        credit: CreditRule::AllOrNothing,
        levels: Levels::default(),
        title: "A deck".to_owned(),
        domains: vec![PinnedDomain {
            id: DomainId::new("all").expect("an id"),
            title: "All".to_owned(),
            weight: Weight::exact(1.0),
        }],
        anchor: anchor(0),
        items: (0..n_items).map(pinned).collect(),
    }
}

fn revision() -> ContentHash {
    ContentHash::of(b"the files of the deck")
}

/// A scale without curves, cut at half.
fn reference() -> Reference {
    let flat = vec![CurveGroup { curve: ItemCurve::FLAT, n_items: 10 }];
    Reference::from_parts(ReferenceParts {
        model: CurveModel::NoCurves,
        domains: vec![ReferenceDomain { weight: 1.0, form: flat.clone(), bank: flat }],
        n_items: 10,
        theta_cut: 0.0,
        cut_share: 0.5,
    })
    .expect("a scale")
}

fn frozen() -> Event {
    Event::ReferenceFrozen { deck: deck(), revision: revision(), reference: reference() }
}

fn review(number: usize, grade: Grade) -> Event {
    let response = if number.is_multiple_of(2) {
        let answer = ChoiceSet::only(number % 4).into();
        Response::Answer { answer, confidence: Confidence::Sure, n_wanted: 1, is_right: grade.is_pass() }
    } else {
        Response::Recall(Rating::Good)
    };
    Event::Reviewed(Box::new(Review {
        deck: deck(),
        item: item(number),
        concept: concept_of(number),
        content: ContentHash::of(&[2]),
        response,
        answer_ms: u64::try_from(ANSWER_TIME.as_millis()).expect("a few seconds"),
        grade,
        foresight: Foresight::None,
    }))
}

/// A review in another program, and where its card then stood.
fn learnt_elsewhere(number: usize, days_ago: i32) -> (ReviewImported, CardImported) {
    let (item, concept) = (item(number), concept_of(number));
    let study_day = StudyDay::from_number(TODAY.number() - days_ago);
    let memory = Memory { repetition: 3, interval_days: 12, ease: EaseFactor::from_hundredths(230) };
    let card =
        Card { memory, due: TODAY, n_lapses: 1, last_review: Some(study_day), introduced_on: None, repeat_on: None };
    let review = ReviewImported {
        deck: deck(),
        item: item.clone(),
        concept: concept.clone(),
        at_ms: i64::from(study_day.number()) * 86_400_000,
        study_day,
        answer_ms: 7_000,
        grade: Grade::Four,
    };
    (review, CardImported { deck: deck(), item, concept, card })
}

fn setting(value: &str) -> Event {
    Event::SettingChanged { name: SettingName::RolloverHour, value: value.to_owned() }
}

/// A question with four choices.
fn question_body(number: usize) -> ItemBody {
    let choice = |idx: usize| Choice { text: format!("{number}-{idx}"), is_key: idx == 0, why: None };
    let choices = (0..4).map(choice).collect();
    let ask = Ask::Choices { choices, shuffle: ShuffleChoices::Yes };
    ItemBody::Question(Question { stimulus: None, stem: format!("Number {number}?"), ask, refs: Vec::new() })
}

/// A deck of one item.
fn deck_of(body: ItemBody) -> Deck {
    let kind = body.kind();
    let (id, concept) = (item(0), concept_of(0));
    let facts = ItemFacts {
        id,
        concept,
        domain_idx: 0,
        task: None,
        kind,
        difficulty: None,
        skill: None,
        status: Status::Live,
        stimulus: None,
        enemies: Vec::new(),
    };
    let domain = Domain {
        id: DomainId::new("all").expect("an id"),
        title: "All".to_owned(),
        weight: Weight::exact(1.0),
        tasks: Vec::new(),
    };
    let outline = Outline {
        id: deck(),
        title: "Test".to_owned(),
        guide: None,
        exam: None,
        domains: vec![domain],
        forms: BTreeMap::new(),
        insights: Vec::new(),
    };
    Deck { outline, items: vec![Item { facts, body, notes: ItemNotes::default() }], stale_terms: Vec::new() }
}

/// Appends events of every kind, and returns how many.
fn some_of_everything(store: &mut Store) -> u64 {
    let sitting = store.start_sitting(stamp(0), Some(frozen()), start_of(3)).expect("starts");
    let mark = Mark { answer: ChoiceSet::only(2).into(), is_flagged: true, ..Mark::default() };
    let elapsed = Duration::from_secs(30);
    let examined = Examined {
        sitting,
        deck: deck(),
        item: item(0),
        concept: concept_of(0),
        is_right: false,
        outcome: Some(MockOutcome::Wrong),
    };
    let events = [
        Event::ItemMarked { sitting, position: 0, mark, elapsed },
        Event::ItemShown { sitting, position: 1, elapsed },
        Event::SittingResumed { sitting, anchor: anchor(40) },
        Event::SittingEnded { sitting, ending: Ending::Submitted, elapsed: Duration::from_mins(1) },
        Event::Examined(examined),
        setting("5"),
        Event::DeckSettingChanged { deck: deck(), name: DeckSettingName::DaysOff, value: "sat".to_owned() },
        review(6, Grade::Four),
        Event::ReserveOpened { deck: deck() },
        Event::SentToDrill { deck: deck(), item: item(2), concept: concept_of(2) },
        Event::Doubted { deck: deck(), item: item(2), reason: "two keys".to_owned() },
        Event::Doubted { deck: deck(), item: item(3), reason: String::new() },
        Event::DoubtWithdrawn { deck: deck(), item: item(3) },
        Event::Suspended { deck: deck(), item: item(1), concept: concept_of(1) },
        Event::Unsuspended { deck: deck(), item: item(1), concept: concept_of(1) },
        Event::CardNoted { deck: deck(), item: item(2), note: "compare with q3".to_owned() },
        Event::Buried { deck: deck(), item: item(2), concept: concept_of(2) },
        Event::ReviewImported(Box::new(learnt_elsewhere(3, 5).0)),
        Event::CardImported(Box::new(learnt_elsewhere(3, 5).1)),
    ];
    for (event, secs) in events.iter().zip(1..) {
        store.append(stamp(secs), std::slice::from_ref(event)).expect("appends");
    }
    let newest = store.next_undo(&deck(), TODAY).expect("reads").expect("there is one");
    for event in [Event::Undone { event: newest.seq }, Event::Redone { event: newest.seq }] {
        store.append(stamp(99), &[event]).expect("appends");
    }
    3 + 19 + 2
}

/// Copies what a process would leave behind if it were killed now: all files but the shared memory.
fn killed_copy(dir: &Path) -> TempDir {
    let copy = directory();
    for name in ["cutscore.db", "cutscore.db-wal", "cutscore.head"] {
        if dir.join(name).exists() {
            fs::copy(dir.join(name), copy.path().join(name)).expect("copies");
        }
    }
    copy
}

/// Folds the log again, and says how many events it holds.
#[track_caller]
fn n_events(store: &mut Store) -> u64 {
    let rebuilt = store.rebuild().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(rebuilt.differing, [""; 0], "the state was not what the log says");
    rebuilt.n_events
}
