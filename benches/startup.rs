//! How fast the program is there, and what starting an exam costs.
//!
//! Run with `cargo bench --bench startup`. Prints ratios and counts: absolute times drift with the machine.

use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use cutscore::app::{App, SystemClock};
use cutscore::base::Seed;
use cutscore::exam::{Ending, ExamRequest, Scope};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rustix::time::{ClockId, clock_gettime};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const ROUNDS: usize = 41;
const PROGRAM: &str = env!("CARGO_BIN_EXE_cutscore");

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() -> Outcome<()> {
    let dir = tempfile::tempdir()?;
    use_once(dir.path())?;
    let mut version = Vec::new();
    let mut start = Vec::new();
    for _ in 0..ROUNDS {
        version.push(time_until(dir.path(), &["--version"], "cutscore ")?);
        start.push(time_until(dir.path(), &["exam"], "90 minutes")?);
    }
    let (version, start) = (median(version), median(start));
    println!(
        "start screen of a used data directory: {:.2} ms, `--version`: {:.2} ms, ratio {:.2} (goal at most 3)",
        millis(start),
        millis(version),
        start.as_secs_f64() / version.as_secs_f64(),
    );

    let mut costs = Vec::new();
    let mut commits = Vec::new();
    for round in 0..11 {
        let (cpu, n_commits) = start_exam(dir.path(), round)?;
        costs.push(cpu);
        commits.push(n_commits);
    }
    let most = commits.iter().max().copied().unwrap_or(0);
    println!(
        "from confirm to the first question: {:.1} ms of CPU in the median, {most} commit at most (goals 20 ms and 1)",
        millis(median(costs)),
    );
    Ok(())
}

/// Makes the data directory one that was used before.
fn use_once(data_dir: &Path) -> Outcome<()> {
    let mut app = App::open(data_dir, Box::new(SystemClock), Some(Seed(1)))?;
    let deck = app.open_deck(None)?;
    let request = ExamRequest::of(Scope::Full);
    app.start_exam(&deck, &request)?.end(Ending::Submitted)?;
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

/// Starts an exam and returns the CPU time and the commits that it took.
fn start_exam(data_dir: &Path, round: u64) -> Outcome<(Duration, usize)> {
    let mut app = App::open(data_dir, Box::new(SystemClock), Some(Seed(round)))?;
    let deck = app.open_deck(None)?;
    let request = ExamRequest::of(Scope::Full);
    app.plan_exam(&deck, &request)?;
    let before = commits(data_dir);
    let began = cpu_time();
    let room = app.start_exam(&deck, &request)?;
    assert!(!room.question(0).stem.is_empty(), "the first question has no stem");
    let cpu = cpu_time().saturating_sub(began);
    let n_commits = commits(data_dir) - before;
    room.end(Ending::Abandoned)?;
    Ok((cpu, n_commits))
}

fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Counts the commits in the write-ahead log: frames whose header names the size of the database after the commit.
/// (SQLite file format, section 4.1: a 32-byte header, then frames of 24 bytes and a page each.)
fn commits(data_dir: &Path) -> usize {
    let wal = fs::read(data_dir.join("cutscore.db-wal")).unwrap_or_default();
    let word =
        |at: usize| wal.get(at..at + 4).map_or(0, |bytes| bytes.iter().fold(0, |n, byte| n << 8 | usize::from(*byte)));
    let frame = 24 + word(8);
    let salts = |at: usize| wal.get(at..at + 8);
    let frames = (32..wal.len().saturating_sub(frame - 1)).step_by(frame);
    // Frames whose salts differ from the header's were left over from before the last checkpoint.
    frames.filter(|at| salts(at + 8) == salts(16) && word(at + 4) != 0).count()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
