//! Bringing together what was done on several devices.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use cutscore::base::StudyDay;
use cutscore::exam::Ending;
use cutscore::review::Grade;
use cutscore::store::{Event, Imported, SettingName, Stamp, Store, StoreError};
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

use super::{
    TODAY, concept_of, deck, directory, frozen, instant, item, n_events, open, review, setting, some_of_everything,
    start_of,
};

/// When all of it is imported.
fn now() -> DateTime<Utc> {
    instant(100_000_000)
}

fn export(store: &Store) -> String {
    let mut lines = Vec::new();
    store.export(&mut lines).expect("exports");
    String::from_utf8(lines).expect("text")
}

fn import(store: &mut Store, lines: &str) -> Result<Imported, StoreError> {
    store.import(&mut lines.as_bytes(), now())
}

/// A store of a device of its own.
struct Device {
    dir: TempDir,
    store: Store,
    secs: i64,
}

impl Device {
    fn new() -> Device {
        let dir = directory();
        let store = open(dir.path());
        Device { dir, store, secs: 0 }
    }

    fn append(&mut self, event: Event) {
        let stamp = Stamp { at: instant(self.secs), study_day: today_at(self.secs) };
        self.store.append(stamp, &[event]).expect("appends");
    }
}

fn today_at(secs: i64) -> StudyDay {
    TODAY.plus(u32::try_from(secs / 100).expect("time goes on"))
}

/// What is done on one of the devices.
#[derive(Debug, Clone)]
enum Step {
    Wait { device: usize, secs: i64 },
    Review { device: usize, number: usize, grade: Grade },
    Undo { device: usize },
    Redo { device: usize },
    Note { device: usize, number: usize, note: String },
    Bury { device: usize, number: usize },
    Suspend { device: usize, number: usize },
    Set { device: usize, hour: u8 },
    Sit { device: usize, n_items: usize },
    Sync { from: usize, to: usize },
}

const N_DEVICES: usize = 3;

fn step() -> impl Strategy<Value = Step> {
    let (device, number) = (|| 0..N_DEVICES, || 0_usize..6);
    let grade = (0_u8..6).prop_map(|number| Grade::from_number(number).expect("0 to 5"));
    prop_oneof![
        4 => (device(), 0_i64..60).prop_map(|(device, secs)| Step::Wait { device, secs }),
        8 => (device(), number(), grade).prop_map(|(device, number, grade)| Step::Review { device, number, grade }),
        3 => device().prop_map(|device| Step::Undo { device }),
        2 => device().prop_map(|device| Step::Redo { device }),
        2 => (device(), number(), "[a-z]{0,3}").prop_map(|(device, number, note)| Step::Note { device, number, note }),
        1 => (device(), number()).prop_map(|(device, number)| Step::Bury { device, number }),
        1 => (device(), number()).prop_map(|(device, number)| Step::Suspend { device, number }),
        1 => (device(), 0_u8..24).prop_map(|(device, hour)| Step::Set { device, hour }),
        2 => (device(), 1_usize..4).prop_map(|(device, n_items)| Step::Sit { device, n_items }),
        2 => (device(), device()).prop_map(|(from, to)| Step::Sync { from, to }),
    ]
}

fn take(devices: &mut [Device], step: &Step) {
    match step.clone() {
        Step::Wait { device, secs } => devices[device].secs += secs,
        Step::Review { device, number, grade } => devices[device].append(review(number, grade)),
        Step::Undo { device } => {
            let own = &mut devices[device];
            if let Some(next) = own.store.next_undo(&deck(), today_at(own.secs)).expect("reads") {
                own.append(Event::Undone { event: next.seq });
            }
        }
        Step::Redo { device } => {
            let own = &mut devices[device];
            if let Some(next) = own.store.next_redo(&deck(), today_at(own.secs)).expect("reads") {
                own.append(Event::Redone { event: next.seq });
            }
        }
        Step::Note { device, number, note } => {
            devices[device].append(Event::CardNoted { deck: deck(), item: item(number), note });
        }
        Step::Bury { device, number } => {
            devices[device].append(Event::Buried { deck: deck(), item: item(number), concept: concept_of(number) });
        }
        Step::Suspend { device, number } => {
            devices[device].append(Event::Suspended { deck: deck(), item: item(number), concept: concept_of(number) });
        }
        Step::Set { device, hour } => devices[device].append(setting(&hour.to_string())),
        Step::Sit { device, n_items } => {
            let own = &mut devices[device];
            let stamp = Stamp { at: instant(own.secs), study_day: today_at(own.secs) };
            let sitting = own.store.start_sitting(stamp, Some(frozen()), start_of(n_items)).expect("starts");
            let elapsed = std::time::Duration::from_mins(1);
            own.append(Event::SittingEnded { sitting, ending: Ending::Submitted, elapsed });
        }
        Step::Sync { from, to } => sync(devices, from, to),
    }
}

fn sync(devices: &mut [Device], from: usize, to: usize) {
    let lines = export(&devices[from].store);
    import(&mut devices[to].store, &lines).unwrap_or_else(|error| panic!("{error}"));
}

/// All that a learner can see of a store, but for the names of devices.
fn seen(store: &Store) -> String {
    let today = TODAY.plus(3);
    let sittings = store.sittings().expect("reads");
    let sittings: Vec<_> = sittings.iter().map(|row| (row.number, row.started_at, row.ending, row.elapsed)).collect();
    format!(
        "{sittings:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        store.cards(&deck()).expect("reads"),
        store.exposures(&deck()).expect("reads"),
        store.reviews_by_day(&deck()).expect("reads"),
        store.notes(&deck()).expect("reads"),
        store.set_aside(&deck(), today).expect("reads"),
        store.setting(SettingName::RolloverHour).expect("reads"),
        store.next_undo(&deck(), today).expect("reads"),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn devices_that_exchange_what_was_done_end_up_with_one_log_in_whatever_order_it_comes(
        steps in prop::collection::vec(step(), 1..40),
        order in Just((0..N_DEVICES).flat_map(|from| (0..N_DEVICES).map(move |to| (from, to))).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let mut devices: Vec<Device> = (0..N_DEVICES).map(|_| Device::new()).collect();
        for step in &steps {
            take(&mut devices, step);
        }
        // Twice, since what comes first may not have heard of all yet.
        for (from, to) in order.iter().chain(&order) {
            sync(&mut devices, *from, *to);
        }
        let (log, state) = (export(&devices[0].store), seen(&devices[0].store));
        for device in &mut devices {
            prop_assert_eq!(&export(&device.store), &log);
            prop_assert_eq!(seen(&device.store), state.as_str());
            let again = import(&mut device.store, &log).expect("imports");
            prop_assert_eq!((again.n_new, again.n_contents), (0, 0));
            n_events(&mut device.store);
        }
    }

    #[test]
    fn a_byte_that_changed_is_refused_with_its_line_or_leaves_a_log_that_folds(place in any::<usize>(), bit in 0_u32..7) {
        let (mut from, mut to) = (Device::new(), Device::new());
        some_of_everything(&mut from.store);
        to.append(review(1, Grade::Four));
        let mut lines = export(&from.store).into_bytes();
        let place = place % lines.len();
        lines[place] ^= 1 << bit;
        let before = export(&to.store);
        match to.store.import(&mut lines.as_slice(), now()) {
            Err(StoreError::BadLine { line, .. }) => {
                let n_lines = u64::try_from(lines.split(|byte| *byte == b'\n').count()).expect("few");
                prop_assert!((1..=n_lines).contains(&line), "line {line} of {n_lines}");
                prop_assert_eq!(export(&to.store), before);
            }
            Err(error) => prop_assert!(false, "{}", error),
            Ok(_) => {}
        }
        n_events(&mut to.store);
    }
}

#[test]
fn a_backup_and_an_export_hold_the_texts_that_a_form_pinned() {
    let (mut from, mut to) = (Device::new(), Device::new());
    let deck = super::deck_of(super::question_body(1));
    let revision = from.store.index_deck(cutscore::base::ContentHash::of(b"files"), &deck).expect("indexes");
    let content = from.store.indexed_items(revision).expect("reads")[0].content;
    let Event::Reviewed(review) = review(0, Grade::Four) else { panic!("a review") };
    from.append(Event::Reviewed(Box::new(cutscore::store::Review { content, ..*review })));
    let lines = export(&from.store);
    assert_eq!(import(&mut to.store, &lines).expect("imports"), Imported { n_new: 1, n_known: 0, n_contents: 1 });
    assert_eq!(to.store.content(content).expect("reads"), super::question_body(1));
}

/// The lines of an export of three events; one takes back the one before it.
fn three() -> Vec<Value> {
    let mut device = Device::new();
    device.append(setting("5"));
    device.append(review(0, Grade::Four));
    let next = device.store.next_undo(&deck(), TODAY).expect("reads").expect("the review");
    device.append(Event::Undone { event: next.seq });
    export(&device.store).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Changes one line of [`three`] and checks that nothing of it comes in.
#[track_caller]
fn check_refused(change: impl Fn(&mut Vec<Value>), line: u64, why: &str) {
    let mut values = three();
    change(&mut values);
    let lines: String = values.iter().flat_map(|value| [value.to_string(), "\n".to_owned()]).collect();
    check_lines_refused(lines.as_bytes(), line, why);
}

#[track_caller]
fn check_lines_refused(lines: &[u8], line: u64, why: &str) {
    let mut device = Device::new();
    device.append(review(3, Grade::Two));
    let before = (export(&device.store), seen(&device.store));
    match device.store.import(&mut &*lines, now()) {
        Err(StoreError::BadLine { line: found, what }) => {
            assert_eq!(found, line, "{what}");
            assert!(what.contains(why), "`{why}` is not in: {what}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!((export(&device.store), seen(&device.store)), before);
    assert_eq!(n_events(&mut device.store), 1);
}

#[test]
fn lines_that_cannot_have_been_exported_are_refused_by_number_and_nothing_changes() {
    let set = |at: usize, key: &'static str, value: Value| {
        move |lines: &mut Vec<Value>| lines[at]["event"][key] = value.clone()
    };
    check_refused(|lines| drop(lines.remove(0)), 1, "heading is missing");
    check_refused(|lines| lines.insert(1, lines[0].clone()), 2, "second heading");
    check_refused(|lines| lines[0]["cutscore"]["version"] = 9.into(), 1, "version 9");
    check_refused(|lines| drop(lines.pop()), 4, "the end is missing");
    check_refused(|lines| lines[2] = Value::Null, 3, "no line of an export");
    check_refused(set(1, "colour", "red".into()), 2, "unknown field `colour`");
    check_refused(set(1, "device", "00".into()), 2, "`device`");
    check_refused(set(1, "number", 0.into()), 2, "counts from 1");
    check_refused(set(1, "at", "yesterday".into()), 2, "`at`");
    check_refused(set(1, "at", "2100-01-01T00:00:00.000Z".into()), 2, "in the future");
    check_refused(set(1, "at", "1969-01-01T00:00:00.000Z".into()), 2, "before 1970");
    check_refused(set(1, "study_day", "9999-01-01".into()), 2, "in the future");
    check_refused(set(2, "at", "2020-01-01T00:00:00.000Z".into()), 3, "older than the event before it");
    check_refused(set(2, "item", "no id\u{1b}".into()), 3, "`item`");
    check_refused(set(2, "item", Value::Null), 3, "come together");
    check_refused(set(1, "kind", 250.into()), 2, "unknown kind");
    check_refused(set(1, "kind", 10.into()), 2, "told in another way");
    check_refused(set(1, "body", "0".into()), 2, "`body`");
    check_refused(set(1, "body", "01ff".into()), 2, "");
    check_refused(|lines| lines[1]["event"]["of"] = lines[3]["event"]["of"].clone(), 2, "either `body` or `of`");
    check_refused(|lines| lines[3]["event"]["of"]["number"] = 9.into(), 4, "not there, or comes later");
    check_refused(|lines| lines[3]["event"]["of"]["number"] = 3.into(), 4, "not there, or comes later");
    check_refused(|lines| lines[3]["event"]["of"]["number"] = 1.into(), 4, "can be taken back");
    check_refused(|lines| lines[2] = lines[1].clone(), 4, "earlier events of its device are missing");
    let without_first = |lines: &mut Vec<Value>| {
        lines.remove(1);
        lines[0]["cutscore"]["events"] = 2.into();
    };
    check_refused(without_first, 2, "earlier events of its device are missing");
    let content = serde_json::json!({"content": {"hash": "00".repeat(16), "body": "{}"}});
    check_refused(|lines| lines.insert(1, content.clone()), 2, "another hash");
    check_lines_refused(b"", 1, "heading is missing");
    check_lines_refused(b"\xff\xfe\n", 1, "no line of an export");
    check_lines_refused("[".repeat(100_000).as_bytes(), 1, "no line of an export");
}

#[test]
fn two_copies_of_one_store_that_both_went_on_are_told_apart() {
    let mut one = Device::new();
    one.append(setting("5"));
    let copy = directory();
    drop(one.store);
    let path = one.dir.path().to_owned();
    fs::copy(path.join("cutscore.db"), copy.path().join("cutscore.db")).expect("copies");
    let (mut one, mut other) = (open(&path), open(copy.path()));
    let stamp = |secs| Stamp { at: instant(secs), study_day: TODAY };
    one.append(stamp(1), &[review(0, Grade::Four)]).expect("appends");
    other.append(stamp(1), &[review(1, Grade::Four)]).expect("appends");
    let refused = import(&mut other, &export(&one)).expect_err("refuses").to_string();
    assert!(refused.starts_with("line 3: the device recorded another event"), "{refused}");
    assert_eq!(n_events(&mut other), 2);
}

#[test]
fn what_is_recorded_after_an_import_stands_behind_all_that_came() {
    let (mut early, mut late) = (Device::new(), Device::new());
    late.secs = 5_000;
    late.append(review(0, Grade::Four));
    let lines = export(&late.store);
    import(&mut early.store, &lines).expect("imports");
    early.append(review(0, Grade::One));
    let ahead = export(&early.store);
    import(&mut late.store, &ahead).expect("imports");
    assert_eq!(export(&late.store), ahead, "the answer that was given later is the later one everywhere");
    assert_eq!(late.store.exposures(&deck()).expect("reads")[&item(0)].last_right, Some(false));
}

#[test]
fn an_open_sitting_goes_on_after_an_import_that_moves_its_number() {
    let (mut phone, mut desk) = (Device::new(), Device::new());
    phone.store.start_sitting(super::stamp(0), Some(frozen()), start_of(2)).expect("starts");
    desk.secs = 50;
    let stamp = Stamp { at: instant(desk.secs), study_day: TODAY };
    let sitting = desk.store.start_sitting(stamp, Some(frozen()), start_of(2)).expect("starts");
    desk.store.beat(1, std::time::Duration::from_secs(33)).expect("beats");
    import(&mut desk.store, &export(&phone.store)).expect("imports");
    let open = desk.store.open_sitting(Some(&deck())).expect("reads").expect("it is open");
    assert_eq!((open.number, open.id), (2, sitting), "the other device's sitting is not this one's to go on with");
    let stored = desk.store.load_sitting(2).expect("reads");
    assert_eq!(stored.last_seen(), std::time::Duration::from_secs(33));
    assert_eq!(n_events(&mut desk.store), 6);
}

#[test]
fn nothing_is_imported_while_an_exam_is_sat() {
    let mut device = Device::new();
    let path: &Path = device.dir.path();
    let other = open(path);
    let lock = other.lock_sitting().expect("locks");
    assert!(matches!(import(&mut device.store, ""), Err(StoreError::SittingInUse)));
    drop(lock);
}
