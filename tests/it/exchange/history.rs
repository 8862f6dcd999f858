//! What was learnt in another program goes on here.

use chrono::DateTime;
use cutscore::app::{App, HistoryTaken, PinnedClock};
use cutscore::exchange::{deck_yaml, import_deck};

use crate::exchange::anki_package::package_of;

fn app_in(folder: &std::path::Path) -> App {
    let now = DateTime::parse_from_rfc3339("2023-12-20T12:00:00+01:00").expect("a time");
    App::open(folder, Box::new(PinnedClock::new(now)), None).expect("a store")
}

#[test]
fn reviews_and_cards_come_over_once_and_fold_the_same_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = package_of("basic | D |  | EC2 | Compute\nbasic | D |  | S3 | Storage");
    let imported = import_deck("aws", &bytes, None, &mut |_| {}).expect("a package");
    let path = folder.path().join("aws.yaml");
    std::fs::write(&path, deck_yaml(&imported.deck)).expect("a file");
    let data = folder.path().join("data");
    let mut app = app_in(&data);
    let deck = app.open_deck(Some(&path.to_string_lossy())).expect("the deck").outline.id;
    let take = |app: &mut App| app.take_history(&deck, &imported.deck.items, &imported.history).expect("a history");
    assert_eq!(take(&mut app), HistoryTaken { n_reviews: 6, n_cards: 2, n_known: 0 });
    assert_eq!(take(&mut app), HistoryTaken { n_reviews: 0, n_cards: 0, n_known: 8 });

    let rebuilt = app.rebuild().expect("the log is whole");
    assert_eq!(rebuilt.differing, [""; 0]);
    drop(app);
    let store = cutscore::store::Store::open(&data).expect("the store");
    let cards = store.cards(&deck).expect("cards");
    let wording: Vec<String> = cards
        .iter()
        .map(|row| {
            let memory = row.card.memory;
            format!(
                "{} rep {} interval {} ease {} due {} last {:?} lapses {}",
                row.concept,
                memory.repetition,
                memory.interval_days,
                memory.ease.hundredths(),
                row.card.due,
                row.card.last_review.map(|day| day.to_string()),
                row.card.n_lapses,
            )
        })
        .collect();
    // Made on 2023-11-14, due 40 days later; the last of three reviews was three days after.
    let expected =
        |id: &str| format!("{id} rep 2 interval 12 ease 230 due 2023-12-24 last Some(\"2023-11-17\") lapses 1");
    assert_eq!(wording, [expected("guid.211"), expected("guid.212")]);
    let exposures = store.exposures(&deck).expect("exposures");
    let shown: Vec<(u32, String, Option<bool>)> =
        exposures.values().map(|own| (own.n_shown, own.first_day.to_string(), own.last_right)).collect();
    assert_eq!(shown, vec![(3, "2023-11-15".to_owned(), Some(true)); 2]);
}
