//! How long a key takes to its finished frame, and how many bytes the frame takes, in a real terminal of 120×40.
//!
//! Run with `cargo bench --bench screens`. The question has a stem of 20 kB. Times are the wall clock's, from the
//! writing of the key to the reading of the frame's last byte; a key that records something waits for the disk, and each is
//! followed by a row that SQLite alone commits as durably on the same disk.

mod bare;

use std::error::Error;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use bare::{bare_row, bare_table};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const ROUNDS: usize = 200;
/// Frames end with a hidden cursor.
const END_OF_FRAME: &[u8] = b"\x1b[?25l";
/// Silence after which nothing more is taken to come.
const SILENCE: Duration = Duration::from_millis(30);
const PATIENCE: Duration = Duration::from_secs(30);
/// The goal from a key to its frame.
const GOAL_MILLIS: f64 = 5.0;

/// What two keys do that are pressed by turns.
struct Kind {
    name: &'static str,
    keys: [&'static str; 2],
    /// Silence before each key.
    pause: Duration,
    n_rounds: usize,
    is_recorded: bool,
}

/// Keys that change only what shows.
const fn shown(name: &'static str, keys: [&'static str; 2]) -> Kind {
    Kind { name, keys, pause: SILENCE, n_rounds: ROUNDS, is_recorded: false }
}

/// Keys that are recorded, one and the other, and wait for the disk.
const fn recorded(name: &'static str, pause: Duration) -> Kind {
    Kind { name, keys: ["a", "b"], pause, n_rounds: ROUNDS, is_recorded: true }
}

const KINDS: [Kind; 7] = [
    shown("scroll by a page", ["\x1b[6~", "\x1b[5~"]),
    shown("to the end and the top", ["\x1b[F", "\x1b[H"]),
    shown("open and close the navigator", ["g", "\x1b"]),
    shown("open and close the review", ["r", "\x1b"]),
    shown("open and close the help", ["?", "\x1b"]),
    // While the person reads, the store makes room for the next write; in a burst it has none.
    recorded("choose, then read; recorded", Duration::from_millis(500)),
    recorded("choose in a burst; recorded", SILENCE),
];

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() -> Outcome<()> {
    let dir = tempfile::tempdir()?;
    let deck = dir.path().join("long.yaml");
    let n_bytes = write_deck(&deck)?;
    let mut room = Room::open(dir.path(), &deck)?;
    println!("stem of {n_bytes} bytes, window 120×40, the first frame of the question {} bytes", room.n_first);
    println!("{:<29} {:>7} {:>7} {:>7} ms {:>7} {:>7} bytes", "", "least", "median", "largest", "median", "largest");
    let bare = bare_table(dir.path())?;
    for Kind { name, keys, pause, n_rounds, is_recorded } in KINDS {
        let (mut frames, mut commits) = (Vec::new(), Vec::new());
        for round in 0..n_rounds {
            frames.push(room.press(keys[round % 2], pause)?);
            if is_recorded {
                commits.push(time_of_row(&bare)?);
            }
        }
        let millis = sorted_millis(frames.iter().map(|frame| frame.time));
        let mut sizes: Vec<usize> = frames.iter().map(|frame| frame.n_bytes).collect();
        sizes.sort_unstable();
        let (median, last) = (n_rounds / 2, n_rounds - 1);
        let n_slow = millis.iter().filter(|time| GOAL_MILLIS < **time).count();
        println!(
            "{name:<29} {:>7.2} {:>7.2} {:>7.2}    {:>7} {:>7}   {n_slow} of {n_rounds} above {GOAL_MILLIS} ms",
            millis[0], millis[median], millis[last], sizes[median], sizes[last],
        );
        if is_recorded {
            let commits = sorted_millis(commits.into_iter());
            let high = n_rounds * 99 / 100;
            println!(
                "{:<29} p50 {:.2} ms, {:.2} above a bare commit (goal .4); p99 {:.2} ms, {:.2} above (goal 1)",
                "",
                millis[median],
                millis[median] - commits[median],
                millis[high],
                millis[high] - commits[high],
            );
        }
    }
    room.child.kill()?;
    room.child.wait()?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn time_of_row(bare: &rusqlite::Connection) -> Outcome<Duration> {
    let began = Instant::now();
    bare_row(bare)?;
    Ok(began.elapsed())
}

fn sorted_millis(times: impl Iterator<Item = Duration>) -> Vec<f64> {
    let mut millis: Vec<f64> = times.map(|time| time.as_secs_f64() * 1_000.0).collect();
    millis.sort_by(f64::total_cmp);
    millis
}

/// Writes a deck of one long question; returns the bytes of its stem.
fn write_deck(path: &Path) -> Outcome<usize> {
    let sentence =
        "A bakery moves its order book to the **cloud**, line by line, and asks what `uptime` it can promise. ";
    let paragraph = sentence.repeat(8);
    let stem: Vec<&str> = (0..25).map(|_| paragraph.trim()).collect();
    let stem = stem.join("\n\n");
    let indented = stem.replace("\n\n", "\n\n      ");
    let text = format!(
        "id: long\nexam: {{items: 1, minutes: 90}}\nquestions:\n  - id: bakery\n    stem: |\n      {indented}\n    \
         right: All of it\n    wrong: [None of it, Half of it, A third of it]\n"
    );
    fs::write(path, text)?;
    Ok(stem.len())
}

/// The exam room in a terminal.
struct Room {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    chunks: Receiver<(Instant, Vec<u8>)>,
    /// Bytes of the first frame of the question.
    n_first: usize,
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

/// What followed a key.
struct Frame {
    time: Duration,
    n_bytes: usize,
}

impl Room {
    #[expect(clippy::disallowed_methods, reason = "a bench measures time")]
    fn open(data_dir: &Path, deck: &Path) -> Outcome<Room> {
        let pty = native_pty_system().openpty(PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 })?;
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cutscore"));
        command.arg("--data-dir");
        command.arg(data_dir);
        command.arg("exam");
        command.arg(deck);
        command.env("TERM", "xterm-256color");
        let child = pty.slave.spawn_command(command)?;
        let mut output = pty.master.try_clone_reader()?;
        let keys = pty.master.take_writer()?;
        let (sender, chunks) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(n_bytes @ 1..) = output.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..n_bytes].to_vec())).is_err() {
                    break;
                }
            }
        });
        let mut room = Room { child, keys, chunks, n_first: 0, _master: pty.master };
        room.next_frame()?;
        room.n_first = room.press("s", SILENCE)?.n_bytes;
        Ok(room)
    }

    /// Presses a key in a moment of silence and waits for its frame.
    #[expect(clippy::disallowed_methods, reason = "a bench measures time")]
    fn press(&mut self, key: &str, pause: Duration) -> Outcome<Frame> {
        let rested = Instant::now() + pause;
        while Instant::now() < rested || self.chunks.recv_timeout(SILENCE).is_ok() {
            // The clock draws a frame each second.
            while self.chunks.recv_timeout(rested.saturating_duration_since(Instant::now())).is_ok() {}
        }
        let began = Instant::now();
        self.keys.write_all(key.as_bytes())?;
        self.keys.flush()?;
        let (at, n_bytes) = self.next_frame()?;
        Ok(Frame { time: at.saturating_duration_since(began), n_bytes })
    }

    /// Waits for the end of a frame; returns when it was read, and the bytes up to it.
    fn next_frame(&mut self) -> Outcome<(Instant, usize)> {
        let mut seen = Vec::new();
        loop {
            match self.chunks.recv_timeout(PATIENCE) {
                Ok((at, chunk)) => {
                    seen.extend(chunk);
                    if seen.ends_with(END_OF_FRAME) {
                        return Ok((at, seen.len()));
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Err("no frame came in time".into()),
                Err(RecvTimeoutError::Disconnected) => return Err(String::from_utf8_lossy(&seen).into()),
            }
        }
    }
}
