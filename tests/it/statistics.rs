//! Statistics: what they are read from.

use rusqlite::Connection;

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
    let db = Connection::open(learner.data_dir().join("cutscore.db")).expect("opens");
    let bodies: Vec<(i64, Vec<u8>)> = {
        let mut statement = db.prepare("select seq, body from event where kind = 9").expect("reads");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("reads");
        rows.collect::<Result<_, _>>().expect("reads")
    };
    db.execute("update event set body = x'00' where kind = 9", []).expect("no review can be read any more");
    let found = statistics(&learner);
    for (seq, body) in bodies {
        db.execute("update event set body = ? where seq = ?", (body, seq)).expect("puts it back");
    }
    assert_eq!(found, expected);
}
