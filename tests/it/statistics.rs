//! Statistics: what they are read from.

use chrono::TimeDelta;
use cutscore::store::{Event, SittingScore, Stamp, Store};
use rusqlite::Connection;
use serde_json::Value;

use crate::support::{Bank, Learner, drill, key_of};

const BANK: Bank =
    Bank { id: "bank", exam: "exam:\n  minutes: 30\n  items: 10\n", domains: &[("net", 60, 36), ("sec", 40, 24)] };

/// What the program says of study, as JSON.
fn statistics(learner: &Learner) -> Vec<String> {
    let now = "--now 2027-01-03T12:00";
    let commands = ["progress bank", "plan bank --minutes 25 --exam-date 2027-02-01 --dry-run", "config"];
    commands.iter().map(|words| learner.json(&format!("{words} {now}"), "").to_string()).collect()
}

#[test]
fn statistics_follow_from_folds_and_never_from_the_reviews_in_the_log() {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", &BANK.yaml());
    for now in ["2027-01-01T09:00", "2027-01-02T09:00"] {
        drill(&learner, &format!("drill {path} --new 12 --open-reserve --now {now}"), |id, n_before| {
            let is_known = n_before > 0 || id.ends_with(['1', '3', '5']);
            if is_known { key_of(id).to_owned() } else { "-".to_owned() }
        });
    }
    let expected = statistics(&learner);
    assert!(expected[0].contains("\"n_cards\":24"), "the drills were counted: {}", expected[0]);
    assert_eq!(with_events_unreadable(&learner, &[9], || statistics(&learner)), expected);
}

/// Does `work` while no event of these kinds can be read.
fn with_events_unreadable<T>(learner: &Learner, kinds: &[u8], work: impl Fn() -> T) -> T {
    let db = Connection::open(learner.data_dir().join("cutscore.db")).expect("opens");
    let kinds: Vec<String> = kinds.iter().map(u8::to_string).collect();
    let of_kinds = format!("kind in ({})", kinds.join(", "));
    let bodies: Vec<(i64, Vec<u8>)> = {
        let mut statement = db.prepare(&format!("select seq, body from event where {of_kinds}")).expect("reads");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("reads");
        rows.collect::<Result<_, _>>().expect("reads")
    };
    assert!(!bodies.is_empty());
    db.execute(&format!("update event set body = x'00' where {of_kinds}"), []).expect("none can be read any more");
    let done = work();
    for (seq, body) in bodies {
        db.execute("update event set body = ? where seq = ?", (body, seq)).expect("puts it back");
    }
    done
}

/// A learner with sittings of every sort that a list has to tell apart, the oldest first.
fn sat() -> Learner {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", &BANK.yaml());
    let answers = "a\nb\n".repeat(5);
    learner.feed(&format!("exam {path} --seed 1 --now 2027-01-01T09:00"), &answers).done();
    learner.feed("exam bank --seed 2 --extra-time 15 --now 2027-01-02T09:00", &answers).done();
    learner.feed("exam bank --seed 3 --practice --now 2027-01-03T09:00", "a\npause\nback\nb\nsubmit\nsubmit\n").done();
    learner.feed("exam bank --seed 4 --now 2027-01-04T09:00", "a\na\nabandon\nyes\n").done();
    learner.feed("exam bank --seed 5 --questions 4 --now 2027-01-05T09:00", &answers).done();
    // Five answers, and the others after a break that is too long.
    learner.feed("exam bank --seed 6 --now 2027-01-06T09:00:00", &"a\n".repeat(5)).done();
    learner.feed("exam bank --now 2027-01-06T09:13:00", &"a\n".repeat(5)).done();
    // Left until its time ran out.
    learner.feed("exam bank --seed 7 --now 2027-01-07T09:00:00", "a\na\n").done();
    learner.say("exam bank --now 2027-01-08T08:00").done();
    learner.feed("exam bank --seed 8 --now 2027-01-08T09:00:00", &answers).done();
    learner
}

#[test]
fn what_sittings_came_to_is_kept_and_never_read_from_the_log_again() {
    let learner = sat();
    let statistics = || {
        ["history bank", "progress bank", "explain ready bank"]
            .map(|words| learner.json(&format!("{words} --now 2027-01-09T12:00"), "").to_string())
    };
    let expected = statistics();
    // All events of sittings, but for the scale that was frozen.
    assert_eq!(with_events_unreadable(&learner, &[3, 4, 5, 6, 7, 8, 15, 16, 17], statistics), expected);
}

#[test]
fn what_is_kept_of_a_sitting_is_what_scoring_it_again_gives() {
    let learner = sat();
    let mut store = Store::open(&learner.data_dir()).expect("opens");
    let sittings = store.sittings().expect("reads");
    let deck = sittings[0].deck.clone();
    let doubted = store.load_sitting(1).expect("reads").start.items[0].form_item.item.clone();
    let before: Vec<SittingScore> = sittings.iter().map(|row| store.sitting_score(row).expect("reads")).collect();
    let doubt = Event::Doubted { deck, item: doubted, reason: "two keys".to_owned() };
    let at = sittings[0].started_at + TimeDelta::days(1);
    store.append(Stamp { at, study_day: sittings[0].study_day.plus(1) }, &[doubt]).expect("appends");
    assert!(store.rebuild().expect("rebuilds").differing.is_empty());
    for (row, before) in sittings.iter().zip(&before) {
        let kept = store.sitting_score(row).expect("reads");
        assert_eq!((&kept, &kept), (before, &store.score_again(row.number).expect("scores")), "sitting {}", row.number);
    }
    let n_results = before.iter().filter(|score| score.result.is_some()).count();
    assert_eq!((sittings.len(), n_results), (8, 7), "all but the abandoned one have a result");
    drop(store);

    // Lists say what the report of each says.
    let listed = learner.json("history bank --now 2027-01-09T12:00", "");
    let ready = learner.json("explain ready bank --now 2027-01-09T12:00", "");
    for (listed, ready) in list(&listed["sittings"]).iter().zip(list(&ready["sittings"])) {
        let number = &listed["sitting"];
        let report = learner.json(&format!("report {number} --now 2027-01-09T12:00"), "");
        assert_eq!((&listed["scaled"], &listed["pass"]), (&report["score"]["scaled"], &report["score"]["pass"]));
        assert_eq!((&ready["sitting"], &ready["raw"]), (number, &report["score"]["raw"]));
        assert_eq!(ready["not_counted_because"], report["not_evidence_because"], "sitting {number}");
    }
}

#[test]
fn an_open_exam_tells_nothing_of_its_answers() {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", &BANK.yaml());
    learner.feed(&format!("exam {path} --now 2027-01-01T09:00"), "a\nb\nc\n").done();
    let sitting = &learner.json("explain ready bank --now 2027-01-01T09:05", "")["sittings"][0];
    assert_eq!((&sitting["raw"], &sitting["right_on_fresh"]), (&Value::Null, &0.into()), "{sitting}");
    assert_eq!(sitting["not_counted_because"], serde_json::json!(["it is still open"]));
}

#[test]
fn what_is_due_today_is_one_number_on_all_screens() {
    let learner = Learner::new();
    // Wrong answers come again on the same day, though their cards are due tomorrow.
    learner.feed("drill --new 3 --seed 1 --now 2027-01-01T09:00", "-\n-\nq\n").done();
    assert_eq!(n_due(&learner, "2027-01-01T10:00"), [2, 2]);
    assert_eq!(n_due(&learner, "2027-01-02T10:00"), [2, 2]);
    let progress = learner.json("progress --now 2027-01-01T10:00", "");
    let by_day: Vec<Option<u64>> = list(&progress["due"]).iter().map(|day| day["n"].as_u64()).collect();
    assert_eq!(by_day[..2], [Some(2), Some(0)], "each card is counted on one day");
    let cards = learner.json("card list --now 2027-01-01T10:00", "");
    let concept = list(&cards["cards"]).iter().find(|card| !card["due"].is_null()).expect("a card");
    let item = concept["items"][0].as_str().expect("an item");
    learner.say(&format!("card suspend --item {item} --now 2027-01-01T11:00")).done();
    assert_eq!(n_due(&learner, "2027-01-01T12:00"), [1, 1], "a suspended card is not due");
    learner.say(&format!("card unsuspend --item {item} --now 2027-01-02T08:00")).done();
    learner.say("config reviews_a_day 1").done();
    assert_eq!(n_due(&learner, "2027-01-02T12:00"), [1, 1], "no more come back than the limit lets");
}

/// Cards that are due today, by the first screen and by `progress`.
fn n_due(learner: &Learner, now: &str) -> [u64; 2] {
    let (first, progress) =
        (learner.json(&format!("--now {now}"), ""), learner.json(&format!("progress --now {now}"), ""));
    [&first["n_due"], &progress["due"][0]["n"]].map(|n| n.as_u64().expect("a number"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}
