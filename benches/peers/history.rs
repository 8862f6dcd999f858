//! Writes reviews into a store as drills would have, many at once; the comparison with other programs starts from them.
//!
//! `cargo bench --profile dev --bench history -- DECK DATA_DIR < REVIEWS`. A review is a line with its day as YYYY-MM-DD, the
//! number of the item in the deck, from 0, and the grade, 4 or 1; the lines are in the order of the days.

use std::error::Error;
use std::io::{BufRead, stdin};
use std::path::Path;

use chrono::{NaiveDate, TimeDelta};
use cutscore::app::{App, IndexedItem, SystemClock};
use cutscore::base::{DeckId, Seed, StudyDay};
use cutscore::deck::ChoiceSet;
use cutscore::exam::Confidence;
use cutscore::review::Grade;
use cutscore::store::{Event, Foresight, Millionths, Response, Review, Stamp, Store};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Reviews of one transaction.
const N_AT_ONCE: usize = 10_000;
const ANSWER_MS: u64 = 8_000;

fn main() -> Outcome<()> {
    // Cargo adds an option of its own to those of a bench.
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [deck, data_dir] = &args[..] else { return Err("history DECK DATA_DIR < REVIEWS".into()) };
    let data_dir = Path::new(data_dir);
    let mut app = App::open(data_dir, Box::new(SystemClock), Some(Seed(1)))?;
    let open = app.open_deck(Some(deck))?;
    let items = app.items_of(&open)?;
    drop(app);
    let mut is_known = vec![false; items.len()];
    let mut store = Store::open(data_dir)?;
    let reviews = stdin().lock().lines().map(|line| past_review(&line?)).collect::<Outcome<Vec<_>>>()?;
    for of_day in reviews.chunk_by(|a, b| a.0 == b.0) {
        for some in of_day.chunks(N_AT_ONCE) {
            let mut events = Vec::new();
            for (_, item_idx, grade) in some {
                let item = items.get(*item_idx).ok_or("an item that the deck does not have")?;
                let is_first = !std::mem::replace(&mut is_known[*item_idx], true);
                events.push(review(&open.outline.id, item, *grade, is_first));
            }
            store.append(noon(of_day[0].0)?, &events)?;
        }
        store.checkpoint()?;
    }
    Ok(())
}

/// Reads a line: the day, the item and the grade.
fn past_review(line: &str) -> Outcome<(StudyDay, usize, Grade)> {
    let mut words = line.split(' ');
    let mut next = || words.next().ok_or("a review is a day, an item and a grade");
    let day = StudyDay::from_date(next()?.parse::<NaiveDate>()?);
    Ok((day, next()?.parse()?, if next()? == "1" { Grade::One } else { Grade::Four }))
}

fn review(deck: &DeckId, item: &IndexedItem, grade: Grade, is_first: bool) -> Event {
    let [recall, chance, p_right] = [0.85, 0.25, 0.89].map(Millionths::of);
    Event::Reviewed(Box::new(Review {
        deck: deck.clone(),
        item: item.facts.id.clone(),
        concept: item.facts.concept.clone(),
        content: item.content,
        response: Response::Answer {
            answer: ChoiceSet::only(0).into(),
            confidence: Confidence::Unstated,
            n_wanted: 1,
            is_right: grade.is_pass(),
        },
        answer_ms: ANSWER_MS,
        grade,
        foresight: if is_first { Foresight::First } else { Foresight::Recall { recall, chance, p_right } },
    }))
}

fn noon(day: StudyDay) -> Outcome<Stamp> {
    let midnight = day.date().and_hms_opt(0, 0, 0).ok_or("a day has a beginning")?.and_utc();
    Ok(Stamp { at: midnight + TimeDelta::hours(12), study_day: day })
}
