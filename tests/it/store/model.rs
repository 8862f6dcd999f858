//! A small model of the store: whatever happens, in whatever order, both agree, and so does a rebuilt store.

use std::collections::BTreeMap;
use std::time::Duration;

use cutscore::base::{ConceptId, ItemId, StudyDay};
use cutscore::deck::{Answer, ChoiceSet, Doubt, Placement};
use cutscore::exam::{Confidence, Ending, Happening, Mark, Moment, Sitting, SittingKind};
use cutscore::review::{Card, Evidence, Grade, MockOutcome, after};
use cutscore::store::{Event, Examined, Seq, SettingName, SittingId, SittingStart, Stamp, Store};
use proptest::prelude::*;
use tempfile::TempDir;

use super::{
    TODAY, anchor, concept_of, deck, directory, frozen, instant, item, killed_copy, n_events, open, reference, review,
    revision, setting, start_of,
};

/// Something that a learner, or fate, does. Numbers that choose among things wrap around.
#[derive(Debug, Clone)]
enum Step {
    Start { n_items: usize },
    Show { sitting: usize, position: usize },
    Mark { sitting: usize, position: usize, mark: Mark },
    Note { sitting: usize, position: usize, note: String },
    Check { sitting: usize, position: usize },
    BecomePractice { sitting: usize },
    Resume { sitting: usize },
    End { sitting: usize, ending: Ending },
    Review { number: usize, grade: Grade },
    Undo { review: usize },
    Send { number: usize },
    Doubt { number: usize, reason: String },
    WithdrawDoubt { number: usize },
    SetRollover { hour: u8 },
    OpenReserve,
    Sleep,
    Checkpoint,
    Reopen,
    Kill,
    Rebuild,
}

fn mark() -> impl Strategy<Value = Mark> {
    let confidences = [Confidence::Unstated, Confidence::Sure, Confidence::Unsure, Confidence::Guess];
    let option = prop::option::of(0_usize..4);
    let answer = prop_oneof![
        2 => (0_u32..16).prop_map(|bits| ChoiceSet::from_bits(bits).into()),
        1 => prop::collection::vec(option, 0..4).prop_map(|slots| slots.into_iter().collect::<Placement>().into()),
        1 => "[a ]{0,3}".prop_map(|text| Answer::typed(&text)),
    ];
    (answer, 0_u32..16, any::<bool>(), prop::sample::select(confidences.to_vec())).prop_map(
        |(answer, struck, is_flagged, confidence)| Mark {
            answer,
            struck: ChoiceSet::from_bits(struck),
            is_flagged,
            confidence,
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    let endings = vec![Ending::Submitted, Ending::TimeUp, Ending::Unattended, Ending::Abandoned];
    let grade = (0_u8..6).prop_map(|number| Grade::from_number(number).expect("0 to 5"));
    prop_oneof![
        3 => (1_usize..6).prop_map(|n_items| Step::Start { n_items }),
        6 => (0_usize..9, 0_usize..9).prop_map(|(sitting, position)| Step::Show { sitting, position }),
        6 => (0_usize..9, 0_usize..9, mark()).prop_map(|(sitting, position, mark)| Step::Mark { sitting, position, mark }),
        2 => (0_usize..9, 0_usize..9, "[a-z ]{0,6}")
            .prop_map(|(sitting, position, note)| Step::Note { sitting, position, note }),
        2 => (0_usize..9, 0_usize..9).prop_map(|(sitting, position)| Step::Check { sitting, position }),
        1 => (0_usize..9).prop_map(|sitting| Step::BecomePractice { sitting }),
        2 => (0_usize..9).prop_map(|sitting| Step::Resume { sitting }),
        2 => (0_usize..9, prop::sample::select(endings)).prop_map(|(sitting, ending)| Step::End { sitting, ending }),
        8 => (0_usize..8, grade).prop_map(|(number, grade)| Step::Review { number, grade }),
        4 => (0_usize..9).prop_map(|review| Step::Undo { review }),
        3 => (0_usize..8).prop_map(|number| Step::Send { number }),
        2 => (0_usize..8, "[a-z ]{0,9}").prop_map(|(number, reason)| Step::Doubt { number, reason }),
        1 => (0_usize..8).prop_map(|number| Step::WithdrawDoubt { number }),
        1 => (0_u8..24).prop_map(|hour| Step::SetRollover { hour }),
        1 => Just(Step::OpenReserve),
        2 => Just(Step::Sleep),
        1 => Just(Step::Checkpoint),
        1 => Just(Step::Reopen),
        1 => Just(Step::Kill),
        1 => Just(Step::Rebuild),
    ]
}

/// What one event says about an item or its concept.
struct Said {
    seq: Option<Seq>, // of a review or sending that can be taken back
    day: StudyDay,
    number: usize,
    is_right: Option<bool>, // of an answer; a sending is none
    evidence: Option<Evidence>,
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
            Step::Undo { review } => {
                let reviews: Vec<usize> = (0..self.said.len()).filter(|at| self.said[*at].seq.is_some()).collect();
                if let Some(at) = reviews.get(review % reviews.len().max(1))
                    && let Some(seq) = self.said.remove(*at).seq
                {
                    self.append(&[Event::Undone { review: seq }]);
                }
            }
            Step::Send { number } => {
                let (item, concept) = (item(*number), concept_of(*number));
                let seqs = self.append(&[Event::SentToDrill { deck: deck(), item, concept }]);
                let (day, number, evidence) = (self.today, *number, Some(Evidence::Sent));
                self.said.push(Said { seq: Some(seqs[0]), day, number, is_right: None, evidence });
            }
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
            Step::Sleep => self.today = self.today.plus(1),
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
        let seqs = self.append(&[review(number, grade)]);
        *self.n_shown.entry(item(number)).or_default() += 1;
        let evidence = Some(Evidence::Drill(grade));
        let (day, is_right) = (self.today, Some(grade.is_pass()));
        self.said.push(Said { seq: Some(seqs[0]), day, number, is_right, evidence });
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
            let evidence = outcome.map(Evidence::Mock);
            self.said.push(Said { seq: None, day: self.today, number, is_right: Some(is_right), evidence });
        }
        self.append(&events);
    }

    /// Holds the store against the model.
    fn compare(&mut self) {
        self.compare_cards_and_exposures();
        self.compare_sittings();
        let (rollover, is_open) = (self.rollover.clone(), self.is_reserve_open);
        assert_eq!(self.store().setting(SettingName::RolloverHour).expect("reads"), rollover);
        assert_eq!(self.store().is_reserve_open(&deck()).expect("reads"), is_open);
    }

    fn compare_cards_and_exposures(&mut self) {
        let mut cards: BTreeMap<ConceptId, Card> = BTreeMap::new();
        let mut last_right: BTreeMap<ItemId, bool> = BTreeMap::new();
        for said in &self.said {
            if let Some(is_right) = said.is_right {
                last_right.insert(item(said.number), is_right);
            }
            let concept = concept_of(said.number);
            let card = said.evidence.map(|evidence| after(cards.get(&concept).copied(), evidence, said.day));
            if let Some(Some(card)) = card {
                cards.insert(concept, card);
            }
        }
        let newest = self.said.iter().rfind(|said| said.seq.is_some() && said.day == self.today);
        let undoable = newest.and_then(|said| said.seq);
        let sendings = self.said.iter().filter(|said| said.is_right.is_none() && said.day == self.today);
        let sent: BTreeMap<ItemId, Seq> = sendings.filter_map(|said| Some((item(said.number), said.seq?))).collect();
        let doubts = self.doubts.clone();
        let mut reviews = self.said.iter().filter(|said| said.seq.is_some() && said.is_right.is_some());
        let n_today = reviews.clone().filter(|said| said.day == self.today).count();
        let last = reviews.next_back().filter(|said| said.day == self.today).and_then(|said| said.seq);
        let (today, n_shown) = (self.today, self.n_shown.clone());
        let store = self.store();
        let stored = store.cards(&deck()).expect("reads");
        assert_eq!(stored.into_iter().map(|row| (row.concept, row.card)).collect::<BTreeMap<_, _>>(), cards);
        let exposures = store.exposures(&deck()).expect("reads");
        assert_eq!(exposures.iter().map(|(id, own)| (id.clone(), own.n_shown)).collect::<BTreeMap<_, _>>(), n_shown);
        let stored = exposures.into_iter().filter_map(|(id, own)| Some((id, own.last_right?)));
        assert_eq!(stored.collect::<BTreeMap<_, _>>(), last_right);
        assert_eq!(store.n_reviews_on(&deck(), today).expect("counts"), n_today);
        assert_eq!(store.last_review(&deck(), today).expect("reads").map(|review| review.seq), last);
        assert_eq!(store.last_undoable(&deck(), today).expect("reads").map(|undoable| undoable.seq), undoable);
        assert_eq!(store.sent_on(&deck(), today).expect("reads"), sent);
        assert_eq!(store.doubts().expect("reads").remove(&deck()).unwrap_or_default(), doubts);
    }

    fn compare_sittings(&mut self) {
        let store = self.store.as_ref().expect("it is open");
        let rows = store.sittings().expect("reads");
        assert_eq!(rows.len(), self.sittings.len());
        for (row, model) in rows.iter().rev().zip(&self.sittings) {
            let stored = store.load_sitting(row.number).expect("reads");
            assert_eq!((row.id, row.ending, row.elapsed), (model.id, model.ending, model.elapsed));
            assert_eq!((&stored.start, &stored.sitting), (&model.start, &model.sitting));
            assert_eq!(stored.moments, model.moments);
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
        steps in prop::collection::vec(step(), 1..60),
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
    }
}
