//! What a durable answer costs beside a bare row of SQLite, and how much it writes.
//!
//! Run with `cargo bench --bench answers`. Ten thousand due cards are answered one after the other, each answer followed by
//! a row that SQLite alone commits with the same durability (WAL, FULL) in the same directory, by a commit of SQLite alone
//! that changes as many pages as an answer does, and by what the program does while the person reads. Bytes are those that
//! the kernel counted for this process (`/proc/self/io`).

mod bare;
mod large;

use std::fs;
use std::time::{Duration, Instant};

use bare::{bare_row, bare_table};
use cutscore::app::{App, Course, DrillRequest, PinnedClock};
use cutscore::base::Seed;
use cutscore::deck::{Answer, ItemBody};
use cutscore::exam::Confidence;
use large::{Outcome, history, stamp};
use rusqlite::Connection;

const N_ANSWERS: usize = 10_000;
/// Pages that an answer to a due card changes in the median: the event, the exposure, the answer, the events of the card,
/// the card, and two of the index by due date.
const N_PAGES: i64 = 7;

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn main() -> Outcome<()> {
    let (data_dir, [_, last_due]) = history(N_ANSWERS, None)?;
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    for name in ["cutscore.db", "cutscore.head"] {
        fs::copy(data_dir.join(name), dir.path().join(name))?;
    }
    let bare = bare_table(dir.path())?;
    fill_pages(&bare)?;
    let clock = PinnedClock::new(stamp(last_due).at.fixed_offset());
    let mut app = App::open(dir.path(), Box::new(clock), Some(Seed(1)))?;
    let deck = app.open_deck(Some("large"))?;
    let request = DrillRequest { n_new: Some(0), course: Course::Today, ..DrillRequest::default() };
    let mut session = app.start_drill(&deck, &request)?;
    let (mut answers, mut rows, mut pages, mut advances) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut bytes, mut bytes_resting) = (Vec::new(), 0);
    while let Some(card) = session.card() {
        let ItemBody::Question(question) = &card.body else { return Err("all cards are questions".into()) };
        let answer: Answer = question.key().into();
        let before = bytes_written()?;
        let began = Instant::now();
        session.answer(answer, Confidence::Unstated)?;
        answers.push(began.elapsed());
        bytes.push(bytes_written()? - before);
        let began = Instant::now();
        bare_row(&bare)?;
        rows.push(began.elapsed());
        let began = Instant::now();
        bare_pages(&bare)?;
        pages.push(began.elapsed());
        let before = bytes_written()?;
        session.rest()?;
        bytes_resting += bytes_written()? - before;
        if answers.len() % 256 == 0 {
            bare.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(()))?;
        }
        let began = Instant::now();
        session.advance()?;
        advances.push(began.elapsed());
    }
    let n = answers.len();
    let ratio = |share: f64| micros(quantile(&mut answers.clone(), share)) / micros(quantile(&mut rows.clone(), share));
    println!(
        "{n} answers: p50 {:.0} µs, {:.2} times a bare row (goal 1.3); p99 {:.0} µs, {:.2} times (goal 2)",
        micros(quantile(&mut answers.clone(), 0.5)),
        ratio(0.5),
        micros(quantile(&mut answers.clone(), 0.99)),
        ratio(0.99),
    );
    let p50 = |times: &[Duration]| micros(quantile(&mut times.to_vec(), 0.5));
    println!(
        "SQLite alone: p50 {:.0} µs for a row, {:.2} times as much for {N_PAGES} pages; an answer takes {:.2} times those",
        p50(&rows),
        p50(&pages) / p50(&rows),
        p50(&answers) / p50(&pages),
    );
    bytes.sort_unstable();
    println!("bytes written by an answer: {} in the median (goal 16384), {} at most", bytes[n / 2], bytes[n - 1]);
    println!("bytes written at rest: {} an answer", bytes_resting / u64::try_from(n)?);
    println!("from an answer to the next card: p50 {:.0} µs", micros(quantile(&mut advances, 0.5)));
    Ok(())
}

/// Adds rows that fill a page each.
fn fill_pages(bare: &Connection) -> Outcome<()> {
    bare.execute_batch(
        "create table page (number integer primary key, n integer not null, body blob not null) strict;
         with recursive number(n) as (select 0 union all select n + 1 from number where n < 6)
         insert into page select n, 0, zeroblob(1500) from number;",
    )?;
    Ok(())
}

/// Rows that fill a page each are changed in one commit.
fn bare_pages(bare: &Connection) -> Outcome<()> {
    let n_changed = bare.prepare_cached("update page set n = n + 1")?.execute([])?;
    if i64::try_from(n_changed)? == N_PAGES { Ok(()) } else { Err("each page has a row".into()) }
}

fn bytes_written() -> Outcome<u64> {
    let counts = fs::read_to_string("/proc/self/io")?;
    let line = counts.lines().find_map(|line| line.strip_prefix("wchar: ")).ok_or("the kernel counts bytes")?;
    Ok(line.trim().parse()?)
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list"
)]
fn quantile(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * share) as usize]
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}
