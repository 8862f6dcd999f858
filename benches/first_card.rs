//! How long a start of the program takes until the first due card is drawn, by the number of cards in the store.
//!
//! Run with `cargo bench --bench first_card`. Each card has ten reviews; the largest store takes some minutes to be made,
//! once. Times are the wall clock's, from the start of the process to the reading of the card's text in a terminal.

mod large;

use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use large::{Outcome, history};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const ROUNDS: usize = 31;
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const PROGRAM: &str = env!("CARGO_BIN_EXE_cutscore");
/// A word of every stem; the screen leaves out the blanks between words.
const STEM: &str = "number";

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() -> Outcome<()> {
    let mut medians = Vec::new();
    for n_cards in SIZES {
        let (data_dir, [today, _]) = history(n_cards, None)?;
        let now = format!("{today}T12:00");
        let plain = ["drill", "large", "--now", &now];
        let by_minute = ["drill", "large", "--minutes", "20", "--now", &now];
        let first_of_day = time_until(&data_dir, &by_minute, STEM)?;
        let (mut version, mut card, mut minutes) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            version.push(time_until(&data_dir, &["--version"], "cutscore ")?);
            card.push(time_until(&data_dir, &plain, STEM)?);
            minutes.push(time_until(&data_dir, &by_minute, STEM)?);
        }
        let (version, card, minutes) = (median(version), median(card), median(minutes));
        println!(
            "{n_cards:>7} cards: first due card {:.2} ms (goal 10), {:.1} times `--version` of {:.2} ms (goal 5); with \
             --minutes {:.2} ms, the first on a day {:.1} ms",
            millis(card),
            card.as_secs_f64() / version.as_secs_f64(),
            millis(version),
            millis(minutes),
            millis(first_of_day),
        );
        medians.push(card.as_secs_f64());
    }
    let growth = (medians[2] / medians[0]).log10() / 2.0;
    println!("growth from {} to {} cards: exponent {growth:.3} (goal at most .1)", SIZES[0], SIZES[2]);
    Ok(())
}

/// Runs the program in a terminal and returns the time until `text` was written.
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn time_until(data_dir: &Path, args: &[&str], text: &str) -> Outcome<Duration> {
    let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 })?;
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(args);
    command.env("CUTSCORE_DATA_DIR", data_dir);
    command.env("TERM", "xterm-256color");
    let mut reader = pty.master.try_clone_reader()?;
    let began = Instant::now();
    let mut child = pty.slave.spawn_command(command)?;
    let mut seen = Vec::new();
    let mut buffer = [0; 8192];
    let elapsed = loop {
        let n_read = reader.read(&mut buffer)?;
        seen.extend_from_slice(&buffer[..n_read]);
        if String::from_utf8_lossy(&seen).contains(text) {
            break began.elapsed();
        }
        if n_read == 0 {
            return Err(format!("the program ended before it wrote {text:?}").into());
        }
    };
    child.kill()?;
    child.wait()?;
    Ok(elapsed)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
