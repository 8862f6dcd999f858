//! A small model of the store: whatever happens, in whatever order, both agree, and so does a rebuilt store.

use std::collections::BTreeMap;
use std::time::Duration;

use cutscore::base::{ConceptId, DomainId, ItemId, StudyDay};
use cutscore::deck::{Doubt, Fee, Outcome};
use cutscore::exam::{Ending, Happening, Mark, Moment, RealResult, Sitting, SittingKind, ToldLevel};
use cutscore::review::{Card, Evidence, Grade, MockOutcome, after};
use cutscore::store::{Event, Examined, Seq, SetAside, SettingName, SittingId, SittingStart, Stamp, Store};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tempfile::TempDir;

use crate::support::tried;

use super::steps::{Step, What, step};
use super::{
    ANSWER_TIME, TODAY, anchor, concept_of, deck, directory, frozen, instant, item, killed_copy, n_events, open,
    reference, review, revision, setting, start_of,
};

/// What one event says about an item or its concept.
struct Said {
    seq: Option<Seq>, // of what can be taken back
    day: StudyDay,
    number: usize,
    what: What,
    is_undone: bool,
}

struct ModelSitting {
    id: SittingId,
    start: SittingStart,
    sitting: Sitting,
    anchor_secs: u64,
    elapsed: Duration,
    ending: Option<Ending>,
    moments: Vec<Moment>,
}

/// The store and what it should hold.
struct Lab {
    dir: TempDir,
    store: Option<Store>,
    today: StudyDay,
    secs: u64,
    n_events: u64,
    rollover: Option<String>,
    is_reserve_open: bool,
    n_shown: BTreeMap<ItemId, u32>,
    said: Vec<Said>,
    /// What was done today, the newest last, and what was taken back of it, the newest last.
    done: Vec<Seq>,
    undone: Vec<Seq>,
    doubts: BTreeMap<ItemId, Doubt>,
    sittings: Vec<ModelSitting>,
}

impl Lab {
    fn new() -> Lab {
        let dir = directory();
        let store = Some(open(dir.path()));
        Lab {
            dir,
            store,
            today: TODAY,
            secs: 0,
            n_events: 0,
            rollover: None,
            is_reserve_open: false,
            n_shown: BTreeMap::new(),
            said: Vec::new(),
            done: Vec::new(),
            undone: Vec::new(),
            doubts: BTreeMap::new(),
            sittings: Vec::new(),
        }
    }

    fn store(&mut self) -> &mut Store {
        self.store.as_mut().expect("it is only away while it is opened again")
    }

    fn append(&mut self, events: &[Event]) -> Vec<Seq> {
        self.n_events += u64::try_from(events.len()).expect("few");
        let at = instant(i64::try_from(self.secs).expect("a short test"));
        let stamp = Stamp { at, study_day: self.today };
        self.store().append(stamp, events).expect("appends")
    }

    fn take(&mut self, step: &Step) {
        self.secs += 7;
        match step {
            Step::Start { n_items } => self.start(*n_items),
            Step::Show { sitting, position } => self.show(*sitting, *position),
            Step::Mark { sitting, position, mark } => self.mark(*sitting, *position, mark.clone()),
            Step::Note { sitting, position, note } => self.note(*sitting, *position, note),
            Step::Check { sitting, position } => self.check(*sitting, *position),
            Step::BecomePractice { sitting } => self.become_practice(*sitting),
            Step::Resume { sitting } => self.resume(*sitting),
            Step::End { sitting, ending } => self.end(*sitting, *ending),
            Step::Review { number, grade } => self.review(*number, *grade),
            Step::Undo => {
                if let Some(seq) = self.done.pop() {
                    self.undo(seq);
                }
            }
            Step::UndoAny { said } => self.undo_any(*said),
            Step::Redo => self.redo(),
            Step::Say { number, what } => self.say(*number, what.clone()),
            Step::AddResult { days_ago, score, level } => self.add_result(*days_ago, *score, *level),
            Step::RemoveResult { chosen } => self.remove_result(*chosen),
            Step::Doubt { number, reason } => {
                self.append(&[Event::Doubted { deck: deck(), item: item(*number), reason: reason.clone() }]);
                self.doubts.insert(item(*number), Doubt { since: self.today, reason: reason.clone() });
            }
            Step::WithdrawDoubt { number } => {
                self.append(&[Event::DoubtWithdrawn { deck: deck(), item: item(*number) }]);
                self.doubts.remove(&item(*number));
            }
            Step::SetRollover { hour } => {
                self.append(&[setting(&hour.to_string())]);
                self.rollover = Some(hour.to_string());
            }
            Step::OpenReserve => {
                self.append(&[Event::ReserveOpened { deck: deck() }]);
                self.is_reserve_open = true;
            }
            Step::Sleep => {
                self.today = self.today.plus(1);
                self.done.clear();
                self.undone.clear();
            }
            Step::Checkpoint => self.store().checkpoint().expect("writes"),
            Step::Reopen => {
                self.store = None;
                self.store = Some(open(self.dir.path()));
            }
            Step::Kill => {
                let left = killed_copy(self.dir.path());
                self.store = Some(open(left.path()));
                self.dir = left;
            }
            Step::Rebuild => {
                let expected = self.n_events;
                assert_eq!(n_events(self.store()), expected);
            }
        }
    }

    fn review(&mut self, number: usize, grade: Grade) {
        *self.n_shown.entry(item(number)).or_default() += 1;
        let what = What::Answer { is_right: grade.is_pass(), evidence: Some(Evidence::Drill(grade)) };
        self.record(&review(number, grade), number, what);
    }

    fn say(&mut self, number: usize, what: What) {
        let (deck, item, concept) = (deck(), item(number), concept_of(number));
        let event = match &what {
            What::Answer { .. } => unreachable!("answers are reviews"),
            What::Result(_) | What::Removal(_) => unreachable!("they are about no item"),
            What::Sending => Event::SentToDrill { deck, item, concept },
            What::Suspension => Event::Suspended { deck, item, concept },
            What::Unsuspension => Event::Unsuspended { deck, item, concept },
            What::Burial => Event::Buried { deck, item, concept },
            What::Note(note) => Event::CardNoted { deck, item, note: note.clone() },
        };
        self.record(&event, number, what);
    }

    fn add_result(&mut self, days_ago: i32, score: Option<u16>, has_level: bool) {
        let told = if has_level { ToldLevel::Meets } else { ToldLevel::Labelled("Competent".to_owned()) };
        let result = RealResult {
            taken_on: StudyDay::from_number(self.today.number() - days_ago),
            score: score.map(f64::from),
            outcome: if score.is_some_and(|score| 700 <= score) { Outcome::Passed } else { Outcome::Failed },
            levels: vec![(DomainId::new("net").expect("an id"), told)],
            cost: has_level.then(|| Fee::parse("99.50 USD").expect("an amount")),
        };
        let event = Event::ResultRecorded { deck: deck(), result: Box::new(result.clone()) };
        self.record(&event, 0, What::Result(result));
    }

    fn remove_result(&mut self, chosen: usize) {
        let standing = self.standing_results();
        let Some((taken_on, ..)) = standing.get(chosen % standing.len().max(1)).copied() else { return };
        self.record(&Event::ResultRemoved { deck: deck(), taken_on }, 0, What::Removal(taken_on));
    }

    /// The results that stand, with their days and places, in the order of these.
    fn standing_results(&self) -> Vec<(StudyDay, Seq, &RealResult)> {
        let said = || self.said.iter().filter(|said| !said.is_undone);
        let is_removed = |day, seq| {
            said().any(|own| own.seq > Some(seq) && matches!(own.what, What::Removal(removed) if removed == day))
        };
        let mut standing: Vec<(StudyDay, Seq, &RealResult)> = said()
            .filter_map(|said| match (&said.what, said.seq) {
                (What::Result(result), Some(seq)) if !is_removed(result.taken_on, seq) => {
                    Some((result.taken_on, seq, result))
                }
                _ => None,
            })
            .collect();
        standing.sort_by_key(|(day, seq, _)| (*day, *seq));
        standing
    }

    /// Records something new that can be taken back.
    fn record(&mut self, event: &Event, number: usize, what: What) {
        let seq = self.append(std::slice::from_ref(event))[0];
        self.said.push(Said { seq: Some(seq), day: self.today, number, what, is_undone: false });
        self.done.push(seq);
        self.undone.clear();
    }

    /// Takes something back, of today or not.
    fn undo(&mut self, seq: Seq) {
        self.append(&[Event::Undone { event: seq }]);
        let today = self.today;
        let said = self.said_at(seq);
        said.is_undone = true;
        if said.day == today {
            self.undone.push(seq);
        }
        self.done.retain(|own| *own != seq);
    }

    fn undo_any(&mut self, chosen: usize) {
        let standing = self.said.iter().filter(|own| !own.is_undone);
        let standing: Vec<Seq> = standing.filter_map(|own| own.seq).collect();
        if let Some(seq) = standing.get(chosen % standing.len().max(1)) {
            self.undo(*seq);
        }
    }

    fn redo(&mut self) {
        let Some(seq) = self.undone.pop() else { return };
        self.append(&[Event::Redone { event: seq }]);
        self.said_at(seq).is_undone = false;
        self.done.push(seq);
        self.done.sort();
    }

    fn said_at(&mut self, seq: Seq) -> &mut Said {
        self.said.iter_mut().rfind(|own| own.seq == Some(seq)).expect("it was said")
    }

    /// The open sitting that a number chooses.
    fn open_sitting(&self, chosen: usize) -> Option<usize> {
        let open: Vec<usize> = (0..self.sittings.len()).filter(|at| self.sittings[*at].ending.is_none()).collect();
        open.get(chosen % open.len().max(1)).copied()
    }

    fn start(&mut self, n_items: usize) {
        let start = start_of(n_items);
        let is_first = self.sittings.is_empty();
        self.n_events += if is_first { 3 } else { 2 };
        let at = instant(i64::try_from(self.secs).expect("a short test"));
        let stamp = Stamp { at, study_day: self.today };
        let id = self.store().start_sitting(stamp, is_first.then(frozen), start.clone()).expect("starts");
        let mut sitting = Sitting::new(start.form());
        sitting.show(0);
        *self.n_shown.entry(item(0)).or_default() += 1;
        let (anchor_secs, elapsed, ending) = (0, Duration::ZERO, None);
        let moments = vec![Moment { at: elapsed, what: Happening::Shown(0) }];
        self.sittings.push(ModelSitting { id, start, sitting, anchor_secs, elapsed, ending, moments });
    }

    fn show(&mut self, chosen: usize, position: usize) {
        let Some(at) = self.open_sitting(chosen) else { return };
        let elapsed = Duration::from_secs(self.secs);
        let model = &mut self.sittings[at];
        let position = position % model.sitting.n_items();
        if !model.sitting.is_reached(position) {
            *self.n_shown.entry(item(position)).or_default() += 1;
        }
        model.sitting.show(position);
        model.elapsed = elapsed;
        model.moments.push(Moment { at: elapsed, what: Happening::Shown(position) });
        let sitting = model.id;
        self.append(&[Event::ItemShown { sitting, position, elapsed }]);
    }

    fn mark(&mut self, chosen: usize, position: usize, mark: Mark) {
        let Some(at) = self.open_sitting(chosen) else { return };
        let elapsed = Duration::from_secs(self.secs);
        let model = &mut self.sittings[at];
        let position = position % model.sitting.n_items();
        model.sitting.mark(position, mark.clone());
        model.elapsed = elapsed;
        model.moments.push(Moment { at: elapsed, what: Happening::Marked(position, mark.clone()) });
        let sitting = model.id;
        self.append(&[Event::ItemMarked { sitting, position, mark, elapsed }]);
    }

    fn note(&mut self, chosen: usize, position: usize, note: &str) {
        let Some(at) = self.open_sitting(chosen) else { return };
        let elapsed = Duration::from_secs(self.secs);
        let model = &mut self.sittings[at];
        let position = position % model.sitting.n_items();
        model.sitting.note(position, note);
        model.elapsed = elapsed;
        model.moments.push(Moment { at: elapsed, what: Happening::Touched(position) });
        let sitting = model.id;
        self.append(&[Event::ItemNoted { sitting, position, note: note.to_owned(), elapsed }]);
    }

    fn check(&mut self, chosen: usize, position: usize) {
        let Some(at) = self.open_sitting(chosen) else { return };
        let elapsed = Duration::from_secs(self.secs);
        let model = &mut self.sittings[at];
        let position = position % model.sitting.n_items();
        model.sitting.check(position);
        model.elapsed = elapsed;
        model.moments.push(Moment { at: elapsed, what: Happening::Touched(position) });
        let sitting = model.id;
        self.append(&[Event::ItemChecked { sitting, position, elapsed }]);
    }

    fn become_practice(&mut self, chosen: usize) {
        let Some(at) = self.open_sitting(chosen) else { return };
        let model = &mut self.sittings[at];
        model.start.kind = SittingKind::Practice;
        let sitting = model.id;
        self.append(&[Event::SittingBecamePractice { sitting }]);
    }

    fn resume(&mut self, chosen: usize) {
        let Some(at) = self.open_sitting(chosen) else { return };
        let model = &mut self.sittings[at];
        (model.anchor_secs, model.elapsed) = (self.secs, Duration::from_secs(self.secs));
        model.moments.push(Moment { at: model.elapsed, what: Happening::Resumed });
        let event = Event::SittingResumed { sitting: model.id, anchor: anchor(self.secs) };
        self.append(&[event]);
    }

    /// Ends a sitting; one that counts says something about every item that was shown, and moves the card of a concept
    /// once.
    fn end(&mut self, chosen: usize, ending: Ending) {
        let Some(at) = self.open_sitting(chosen) else { return };
        let elapsed = Duration::from_secs(self.secs);
        let model = &mut self.sittings[at];
        (model.ending, model.elapsed) = (Some(ending), elapsed);
        model.moments.push(Moment { at: elapsed, what: Happening::Ended(ending) });
        let sitting = model.id;
        let mut events = vec![Event::SittingEnded { sitting, ending, elapsed }];
        let counts = matches!(ending, Ending::Submitted | Ending::TimeUp);
        let outcomes = [MockOutcome::WrongAndSure, MockOutcome::Sure, MockOutcome::Wrong, MockOutcome::Shaky];
        for number in (0..model.sitting.n_items()).filter(|position| counts && model.sitting.is_reached(*position)) {
            let outcome = (number < 4).then_some(outcomes[number % 4]);
            let is_right = number % 2 == 1;
            let (item, concept) = (item(number), concept_of(number));
            events.push(Event::Examined(Examined { sitting, deck: deck(), item, concept, is_right, outcome }));
            let what = What::Answer { is_right, evidence: outcome.map(Evidence::Mock) };
            self.said.push(Said { seq: None, day: self.today, number, what, is_undone: false });
        }
        self.append(&events);
    }

    /// Holds the store against the model.
    fn compare(&mut self) {
        self.compare_cards_and_exposures();
        self.compare_care();
        self.compare_results();
        self.compare_sittings();
        let (rollover, is_open) = (self.rollover.clone(), self.is_reserve_open);
        assert_eq!(self.store().setting(SettingName::RolloverHour).expect("reads"), rollover);
        assert_eq!(self.store().is_reserve_open(&deck()).expect("reads"), is_open);
    }

    fn compare_cards_and_exposures(&mut self) {
        let mut cards: BTreeMap<ConceptId, Card> = BTreeMap::new();
        let mut last_right: BTreeMap<ItemId, bool> = BTreeMap::new();
        for said in self.said.iter().filter(|said| !said.is_undone) {
            if let What::Answer { is_right, .. } = said.what {
                last_right.insert(item(said.number), is_right);
            }
            let concept = concept_of(said.number);
            let card = said.what.evidence().map(|evidence| after(cards.get(&concept).copied(), evidence, said.day));
            if let Some(Some(card)) = card {
                cards.insert(concept, card);
            }
        }
        let mut by_day: BTreeMap<StudyDay, usize> = BTreeMap::new();
        let is_review = |said: &&Said| said.seq.is_some() && matches!(said.what, What::Answer { .. });
        for said in self.said.iter().filter(|said| !said.is_undone).filter(is_review) {
            *by_day.entry(said.day).or_default() += 1;
        }
        let of_today = self.said.iter().filter(|said| !said.is_undone && said.day == self.today);
        let sendings = of_today.filter(|said| matches!(said.what, What::Sending));
        let sent: BTreeMap<ItemId, Seq> = sendings.filter_map(|said| Some((item(said.number), said.seq?))).collect();
        let doubts = self.doubts.clone();
        let (today, n_shown) = (self.today, self.n_shown.clone());
        let store = self.store();
        let mut due: BTreeMap<StudyDay, usize> = BTreeMap::new();
        for card in cards.values() {
            *due.entry(card.due).or_default() += 1;
        }
        assert_eq!(store.cards_by_due_day(&deck()).expect("counts"), due);
        let stored = store.cards(&deck()).expect("reads");
        assert_eq!(stored.into_iter().map(|row| (row.concept, row.card)).collect::<BTreeMap<_, _>>(), cards);
        let exposures = store.exposures(&deck()).expect("reads");
        assert_eq!(exposures.iter().map(|(id, own)| (id.clone(), own.n_shown)).collect::<BTreeMap<_, _>>(), n_shown);
        let stored = exposures.into_iter().filter_map(|(id, own)| Some((id, own.last_right?)));
        assert_eq!(stored.collect::<BTreeMap<_, _>>(), last_right);
        let n_today = by_day.get(&today).copied().unwrap_or(0);
        assert_eq!(store.n_reviews_on(&deck(), today).expect("counts"), n_today);
        assert_eq!(
            store.answer_time_on(&deck(), today).expect("adds"),
            ANSWER_TIME * u32::try_from(n_today).expect("few")
        );
        assert_eq!(store.reviews_by_day(&deck()).expect("counts"), by_day);
        assert_eq!(store.sent_on(&deck(), today).expect("reads"), sent);
        assert_eq!(store.doubts().expect("reads").remove(&deck()).unwrap_or_default(), doubts);
    }

    fn compare_care(&mut self) {
        let (mut aside, mut notes) = (BTreeMap::new(), BTreeMap::new());
        let mut buried = BTreeMap::new();
        for said in self.said.iter().filter(|said| !said.is_undone) {
            let concept = concept_of(said.number);
            match &said.what {
                What::Suspension => drop(aside.entry(concept).or_insert(SetAside::Suspended { since: said.day })),
                What::Unsuspension => drop(aside.remove(&concept)),
                What::Burial if said.day == self.today => drop(buried.insert(concept, SetAside::Buried)),
                What::Note(note) => drop(notes.insert(item(said.number), note.clone())),
                What::Burial | What::Answer { .. } | What::Sending | What::Result(_) | What::Removal(_) => {}
            }
        }
        buried.extend(aside);
        notes.retain(|_, note| !note.is_empty());
        let (today, done, undone) = (self.today, self.done.last().copied(), self.undone.last().copied());
        let store = self.store();
        assert_eq!(store.set_aside(&deck(), today).expect("reads"), buried);
        assert_eq!(store.note(&deck(), &item(1)).expect("reads"), notes.get(&item(1)).cloned().unwrap_or_default());
        assert_eq!(store.notes(&deck()).expect("reads"), notes);
        assert_eq!(store.next_undo(&deck(), today).expect("reads").map(|own| own.seq), done);
        assert_eq!(store.next_redo(&deck(), today).expect("reads").map(|own| own.seq), undone);
    }

    fn compare_results(&mut self) {
        let standing: Vec<(Seq, RealResult)> =
            self.standing_results().into_iter().map(|(_, seq, result)| (seq, result.clone())).collect();
        let store = self.store();
        let stored = store.results(&deck()).expect("reads").into_iter().map(|own| (own.seq, own.result));
        assert_eq!(stored.collect::<Vec<_>>(), standing);
        let newest = store.newest_result(&deck()).expect("reads").map(|own| own.seq);
        assert_eq!(newest, standing.last().map(|(seq, _)| *seq));
    }

    fn compare_sittings(&mut self) {
        let store = self.store.as_ref().expect("it is open");
        let rows = store.sittings().expect("reads");
        assert_eq!(rows.len(), self.sittings.len());
        // One that is never ended is read from the whole log after it, so of many only some are.
        let every = 1 + rows.len() / 100;
        for (row, model) in rows.iter().rev().zip(&self.sittings).step_by(every) {
            let stored = store.load_sitting(row.number).expect("reads");
            assert_eq!((row.id, row.ending, row.elapsed), (model.id, model.ending, model.elapsed));
            assert_eq!((&stored.start, &stored.sitting), (&model.start, &model.sitting));
            assert_eq!(store.moments(stored.row.id).expect("reads"), model.moments);
            assert_eq!(stored.anchor, anchor(model.anchor_secs));
        }
        let newest_open = self.sittings.iter().rev().find(|model| model.ending.is_none()).map(|model| model.id);
        assert_eq!(store.open_sitting(Some(&deck())).expect("reads").map(|row| row.id), newest_open);
        let expected = (!self.sittings.is_empty()).then(reference);
        assert_eq!(store.frozen_reference(&deck(), revision()).expect("reads"), expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_store_and_a_rebuilt_one_hold_what_the_model_says(
        steps in prop::collection::vec(step(8), 1..60),
    ) {
        let mut lab = Lab::new();
        for step in &steps {
            lab.take(step);
        }
        lab.compare();
        lab.take(&Step::Rebuild);
        lab.compare();
        lab.take(&Step::Kill);
        lab.take(&Step::Reopen);
        lab.compare();
        tried("model", steps.len(), 0);
    }
}

/// How many steps a long life has; `CUTSCORE_MODEL_STEPS` sets another number.
const LONG_LIFE: usize = 600;

#[test]
#[expect(clippy::disallowed_methods, reason = "how long a test may take is said in the environment")]
fn after_a_long_life_the_store_and_a_rebuilt_one_hold_what_the_model_says() {
    let n_steps = std::env::var("CUTSCORE_MODEL_STEPS").ok().and_then(|n| n.parse().ok()).unwrap_or(LONG_LIFE);
    let (mut lab, mut runner) = (Lab::new(), TestRunner::deterministic());
    let step = step(800);
    for number in 1..=n_steps {
        let step = step.new_tree(&mut runner).expect("a step").current();
        // These take the longer the longer a life was.
        if number % 50 != 0 && matches!(step, Step::Rebuild | Step::Kill) {
            continue;
        }
        lab.take(&step);
        if number % 1_000 == 0 {
            lab.compare_cards_and_exposures();
            lab.compare_care();
        }
    }
    lab.compare();
    lab.take(&Step::Rebuild);
    lab.compare();
    tried("model", n_steps, 0);
}
