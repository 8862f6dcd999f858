//! A learner with a long history: a deck of any size, and ten reviews of each of its items.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use cutscore::app::{App, IndexedItem, SystemClock};
use cutscore::base::{DeckId, Seed, StudyDay};
use cutscore::deck::ChoiceSet;
use cutscore::exam::Confidence;
use cutscore::review::{Card, Evidence, Grade, after};
use cutscore::store::{Event, Foresight, Millionths, Response, Review, Stamp, Store};
use rand::{Rng, RngExt};

pub(crate) type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const N_REVIEWS: u32 = 10;
const FIRST_DAY: StudyDay = StudyDay::from_number(20_000);

/// A data directory, and the days on which a fifth of the cards and all of them are due.
pub(crate) type History = (PathBuf, [StudyDay; 2]);

/// What a learner did before the reviews.
pub(crate) struct Before {
    /// What the history is called.
    pub(crate) name: &'static str,
    /// The line of the deck's exam.
    pub(crate) exam: &'static str,
    /// Does it, in a data directory with a deck.
    pub(crate) live: fn(&Path, &Path) -> Outcome<()>,
}

/// Returns the history of a learner with `n_cards` cards, made on first use and kept below the target directory.
pub(crate) fn history(n_cards: usize, before: Option<&Before>) -> Outcome<History> {
    let name = before.map_or("history", |before| before.name);
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{n_cards}"));
    let (data_dir, days) = (home.join("data"), home.join("days"));
    if !days.exists() {
        if home.exists() {
            fs::remove_dir_all(&home)?;
        }
        fs::create_dir_all(&home)?;
        let path = home.join("large.yaml");
        fs::write(&path, deck(n_cards, before.map_or("", |before| before.exam)))?;
        if let Some(before) = before {
            (before.live)(&data_dir, &path)?;
        }
        let (today, last_due) = study(&data_dir, &path)?;
        fs::write(&days, format!("{} {}", today.number(), last_due.number()))?;
    }
    let text = fs::read_to_string(&days)?;
    let (today, last_due) = text.split_once(' ').ok_or("two days")?;
    let day = |text: &str| Ok::<_, Box<dyn Error + Send + Sync>>(StudyDay::from_number(text.trim().parse()?));
    Ok((data_dir, [day(today)?, day(last_due)?]))
}

fn deck(n_items: usize, exam: &str) -> String {
    let mut text = format!("id: large\ntitle: Large\n{exam}domains:\n");
    for (domain, weight) in [("compute", 40), ("storage", 30), ("network", 20), ("billing", 10)] {
        text.push_str(&format!("  - {{id: {domain}, title: About {domain}, weight: {weight}}}\n"));
    }
    text.push_str("questions:\n");
    for idx in 0..n_items {
        let domain = ["compute", "storage", "network", "billing"][idx % 4];
        text.push_str(&format!(
            "  - {{id: q{idx:06}, domain: {domain}, stem: Which of these is number {idx}?, right: r{idx}, wrong: [a{idx}, b{idx}, c{idx}]}}\n"
        ));
    }
    text
}

/// Reviews every card ten times, each time on the day on which it is due.
fn study(data_dir: &Path, deck: &Path) -> Outcome<(StudyDay, StudyDay)> {
    let mut app = App::open(data_dir, Box::new(SystemClock), Some(Seed(1)))?;
    let open = app.open_deck(deck.to_str())?;
    let items = app.items_of(&open)?;
    let id = open.outline.id.clone();
    drop(app);
    let mut rng = Seed(2).rng();
    let mut reviews: Vec<(StudyDay, usize, Grade, u32)> = Vec::new();
    let mut due = Vec::new();
    for item_idx in 0..items.len() {
        let (mut card, mut day): (Option<Card>, StudyDay) = (None, FIRST_DAY.plus(rng.random_range(0..200)));
        for nth in 0..N_REVIEWS {
            let grade = if rng.random::<f64>() < 0.8 { Grade::Four } else { Grade::One };
            card = after(card, Evidence::Drill(grade), day).map(|card| Card { repeat_on: None, ..card });
            reviews.push((day, item_idx, grade, nth));
            day = card.map_or(day, |card| card.due);
        }
        due.push(day);
    }
    reviews.sort_by_key(|(day, item_idx, ..)| (*day, *item_idx));
    let mut store = Store::open(data_dir)?;
    for of_day in reviews.chunk_by(|a, b| a.0 == b.0) {
        let events: Vec<Event> =
            of_day.iter().map(|(_, idx, grade, nth)| review(&id, &items[*idx], *grade, *nth, &mut rng)).collect();
        store.append(stamp(of_day[0].0), &events)?;
        store.checkpoint()?;
    }
    due.sort_unstable();
    let newest = reviews.last().map_or(FIRST_DAY, |(day, ..)| *day);
    let fifth = due.get(due.len() / 5).copied().unwrap_or(FIRST_DAY);
    Ok((fifth.max(newest), due.last().copied().unwrap_or(FIRST_DAY).max(newest)))
}

fn review(deck: &DeckId, item: &IndexedItem, grade: Grade, nth: u32, rng: &mut impl Rng) -> Event {
    let answer = ChoiceSet::only(0).into();
    let [recall, chance, p_right] = [0.85, 0.25, 0.89].map(Millionths::of);
    Event::Reviewed(Box::new(Review {
        deck: deck.clone(),
        item: item.facts.id.clone(),
        concept: item.facts.concept.clone(),
        content: item.content,
        response: Response::Answer { answer, confidence: Confidence::Sure, n_wanted: 1, is_right: grade.is_pass() },
        answer_ms: rng.random_range(5_000..40_000),
        grade,
        foresight: if nth == 0 { Foresight::First } else { Foresight::Recall { recall, chance, p_right } },
    }))
}

/// Noon of a study day.
pub(crate) fn stamp(day: StudyDay) -> Stamp {
    let midnight: DateTime<Utc> = day.date().and_hms_opt(0, 0, 0).unwrap_or_default().and_utc();
    Stamp { at: midnight + TimeDelta::hours(12), study_day: day }
}
