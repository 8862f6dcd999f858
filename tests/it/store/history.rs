//! What the log keeps, and what can be taken back.

use cutscore::base::StudyDay;
use cutscore::review::{Card, Evidence, Grade, after};
use cutscore::store::{DeckSettingName, Event, ReviewImported, SettingName, Stamp, Store};
use rusqlite::Connection;

use super::{
    TODAY, concept_of, deck, directory, instant, item, learnt_elsewhere, n_events, open, review, setting,
    some_of_everything, stamp,
};

fn card(store: &Store, number: usize) -> Option<Card> {
    store.card(&deck(), &concept_of(number)).expect("reads")
}

#[test]
fn a_store_that_is_opened_again_holds_what_it_held() {
    let dir = directory();
    let n_appended = some_of_everything(&mut open(dir.path()));
    let mut store = open(dir.path());
    assert_eq!(n_events(&mut store), n_appended);
    assert_eq!(store.setting(SettingName::RolloverHour).expect("reads").as_deref(), Some("5"));
    assert_eq!(store.deck_setting(&deck(), DeckSettingName::DaysOff).expect("reads").as_deref(), Some("sat"));
    assert!(store.is_reserve_open(&deck()).expect("reads"));
    assert_eq!(store.sittings().expect("reads").len(), 1);
}

#[test]
fn taking_a_review_back_restores_the_card() {
    let dir = directory();
    let mut store = open(dir.path());
    store.append(stamp(0), &[review(0, Grade::Four)]).expect("appends");
    let before = card(&store, 0);
    let seqs = store.append(stamp(1), &[review(0, Grade::Zero), review(1, Grade::Five)]).expect("appends");
    assert_ne!(card(&store, 0), before);
    for seq in seqs {
        store.append(stamp(2), &[Event::Undone { event: seq }]).expect("appends");
    }
    assert_eq!((card(&store, 0), card(&store, 1)), (before, None));
    assert_eq!(store.n_reviews_on(&deck(), TODAY).expect("counts"), 1);
}

#[test]
fn taking_back_an_earlier_review_leaves_the_later_ones_in_force() {
    let dir = directory();
    let mut store = open(dir.path());
    let seqs = store.append(stamp(0), &[review(0, Grade::Zero)]).expect("appends");
    let later = Stamp { study_day: TODAY.plus(1), ..stamp(90_000) };
    store.append(later, &[review(4, Grade::Four)]).expect("appends");
    store.append(later, &[Event::Undone { event: seqs[0] }, Event::Undone { event: seqs[0] }]).expect("appends");
    assert_eq!(card(&store, 0), after(None, Evidence::Drill(Grade::Four), TODAY.plus(1)));
}

#[test]
fn an_answer_that_was_taken_back_is_no_longer_the_newest() {
    let dir = directory();
    let mut store = open(dir.path());
    let last_right = |store: &Store, number: usize| {
        store.exposures(&deck()).expect("reads").get(&item(number)).expect("it was shown").last_right
    };
    store.append(stamp(0), &[review(0, Grade::Four)]).expect("appends");
    let seqs = store.append(stamp(1), &[review(0, Grade::Zero), review(1, Grade::Five)]).expect("appends");
    assert_eq!((last_right(&store, 0), last_right(&store, 1)), (Some(false), Some(true)));
    for seq in seqs {
        store.append(stamp(2), &[Event::Undone { event: seq }]).expect("appends");
    }
    assert_eq!((last_right(&store, 0), last_right(&store, 1)), (Some(true), None));
    store.append(stamp(3), &[review(1, Grade::Zero)]).expect("appends");
    assert_eq!(n_events(&mut store), 6);
}

#[test]
fn an_answer_that_is_taken_back_leaves_what_another_program_said() {
    let dir = directory();
    let mut store = open(dir.path());
    let past = |number: usize, days_ago: i32, grade| {
        let (review, _) = learnt_elsewhere(number, days_ago);
        Event::ReviewImported(Box::new(ReviewImported { grade, ..review }))
    };
    let (_, imported) = learnt_elsewhere(1, 3);
    store
        .append(
            stamp(0),
            &[
                past(1, 40, Grade::Four),
                past(1, 3, Grade::One),
                Event::CardImported(Box::new(imported.clone())),
                past(2, 5, Grade::Four),
            ],
        )
        .expect("appends");
    let shown = |store: &Store, number: usize| {
        let exposures = store.exposures(&deck()).expect("reads");
        let own = exposures.get(&item(number)).expect("it was shown");
        (own.n_shown, TODAY.number() - own.first_day.number(), own.last_right)
    };
    assert_eq!((shown(&store, 1), card(&store, 1)), ((2, 40, Some(false)), Some(imported.card)));
    assert_eq!((shown(&store, 2), card(&store, 2)), ((1, 5, Some(true)), None));
    let seqs = store.append(stamp(1), &[review(1, Grade::Five), review(2, Grade::Zero)]).expect("appends");
    assert_eq!((shown(&store, 1).2, shown(&store, 2).2), (Some(true), Some(false)));
    assert_ne!(card(&store, 1), Some(imported.card));
    for seq in seqs {
        store.append(stamp(2), &[Event::Undone { event: seq }]).expect("appends");
    }
    assert_eq!((shown(&store, 1), card(&store, 1)), ((3, 40, Some(false)), Some(imported.card)));
    assert_eq!((shown(&store, 2), card(&store, 2)), ((2, 5, Some(true)), None));
    // What came from elsewhere is no study here, and nothing that undo takes back.
    assert_eq!(store.next_undo(&deck(), TODAY).expect("reads"), None);
    assert!(store.review_days(&deck()).expect("reads").is_empty());
    assert_eq!(n_events(&mut store), 8);
}

#[test]
fn only_what_was_done_in_the_drill_or_for_it_can_be_taken_back() {
    let dir = directory();
    let mut store = open(dir.path());
    let seqs = store.append(stamp(0), &[setting("5")]).expect("appends");
    let error = store.append(stamp(1), &[review(0, Grade::Four), Event::Undone { event: seqs[0] }]);
    let expected = "event 1 cannot be read: only what was done in the drill or for it can be taken back";
    assert_eq!(error.expect_err("refuses").to_string(), expected);
    assert_eq!((card(&store, 0), n_events(&mut store)), (None, 1));
}

#[test]
fn time_never_runs_backwards_in_the_log() {
    let dir = directory();
    let mut store = open(dir.path());
    for secs in [100, 40, 200, -9, 201] {
        store
            .append(Stamp { at: instant(secs), study_day: StudyDay::from_number(1) }, &[setting("x")])
            .expect("appends");
    }
    let db = Connection::open(dir.path().join("cutscore.db")).expect("opens");
    let mut statement = db.prepare("select at from event order by seq").expect("prepares");
    let times = statement.query_map([], |row| row.get::<_, i64>(0)).expect("reads");
    let times: Vec<i64> = times.map(|ms| ms.expect("reads") / 1_000 - instant(0).timestamp()).collect();
    assert_eq!(times, [100, 100, 200, 200, 201]);
}

#[test]
fn a_rebuild_names_the_tables_that_had_gone_astray_and_mends_them() {
    let dir = directory();
    let mut store = open(dir.path());
    some_of_everything(&mut store);
    let before = store.cards(&deck()).expect("reads");
    let db = Connection::open(dir.path().join("cutscore.db")).expect("opens");
    db.execute_batch("update card set due = due + 7; delete from exposure").expect("writes");
    assert_eq!(store.rebuild().expect("rebuilds").differing, ["exposure", "card"]);
    assert_eq!(store.cards(&deck()).expect("reads"), before);
    assert_eq!(store.rebuild().expect("rebuilds").differing, [""; 0]);
}

#[test]
fn of_many_answers_to_a_concept_the_newest_are_returned() {
    let dir = directory();
    let mut store = open(dir.path());
    let seqs = store.append(stamp(0), &[0, 4, 0, 1].map(|number| review(number, Grade::Zero))).expect("appends");
    store.append(stamp(1), &[Event::Undone { event: seqs[2] }]).expect("appends");
    let newest = |n_most| {
        let reviews = store.reviews_of(&deck(), &concept_of(0), n_most).expect("reads");
        reviews.into_iter().map(|own| own.seq).collect::<Vec<_>>()
    };
    assert_eq!((newest(1), newest(9)), (vec![seqs[1]], vec![seqs[1], seqs[0]]));
}
