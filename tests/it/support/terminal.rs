//! A person at a real terminal: keys and clicks go in, the screen is looked at.

use std::fs;
use std::io::{Read, Write};
use std::process::Command;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use vt100::{MouseProtocolMode, Screen};

use crate::support::Learner;

/// A running program with a terminal of its own. Whatever happens, it does not outlive the terminal.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    wires: Option<Wires>,
    emulator: vt100::Parser,
    modes_before: String,
    /// The newest bytes, as many as end a frame.
    newest: Vec<u8>,
}

/// What ties the test to the terminal.
struct Wires {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    chunks: Receiver<Vec<u8>>,
}

/// How a program in a terminal ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code; `None` if a signal ended it.
    pub(crate) code: Option<u32>,
    /// What stands on the first screen at the end.
    pub(crate) text: String,
}

/// Columns and rows.
pub(crate) type Size = (u16, u16);

/// Patience with one answer, for machines that have much else to do.
const PATIENCE: Duration = Duration::from_mins(1);

/// Frames end with a hidden cursor.
const END_OF_FRAME: &[u8] = b"\x1b[?25l";

impl Terminal {
    /// Starts the program in a terminal of this size, with the learner's data. `words` are its arguments.
    pub(crate) fn start(learner: &Learner, words: &str, size: Size) -> Terminal {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cutscore"));
        command.arg("--data-dir");
        command.arg(learner.data_dir());
        command.args(words.split_whitespace());
        Terminal::run(learner, command, size, &[])
    }

    /// Starts any command in a terminal of this size, at home with the learner.
    pub(crate) fn run(
        learner: &Learner,
        mut command: CommandBuilder,
        size: Size,
        environment: &[(&str, &str)],
    ) -> Terminal {
        command.env_clear();
        let usual = [("TZ", "UTC"), ("TERM", "xterm-256color")];
        for (name, value) in usual.iter().chain(environment) {
            command.env(name, value);
        }
        command.env("HOME", learner.home());
        command.cwd(learner.home());
        let pty = native_pty_system().openpty(pty_size(size)).expect("the system has terminals");
        let mut output = pty.master.try_clone_reader().expect("the terminal can be read");
        let keys = pty.master.take_writer().expect("the terminal can be typed at");
        let modes_before = modes(&*pty.master);
        let child = pty.slave.spawn_command(command).expect("the program starts");
        let (sender, chunks) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = [0; 8_192];
            while let Ok(n_bytes @ 1..) = output.read(&mut buffer) {
                if sender.send(buffer[..n_bytes].to_vec()).is_err() {
                    break;
                }
            }
        });
        let (rows, columns) = (size.1.try_into().expect("some rows"), size.0.try_into().expect("some columns"));
        Terminal {
            child,
            wires: Some(Wires { master: pty.master, keys, chunks }),
            emulator: vt100::Parser::new(rows, columns, 0),
            modes_before,
            newest: Vec::new(),
        }
    }

    /// Types keys, as the bytes that a terminal sends for them.
    pub(crate) fn press(&mut self, keys: &str) {
        let wires = self.wires.as_mut().expect("a terminal");
        wires.keys.write_all(keys.as_bytes()).and_then(|()| wires.keys.flush()).expect("the terminal takes keys");
    }

    /// Presses the left button of the mouse on the first place of the screen that shows `text`.
    #[track_caller]
    pub(crate) fn click(&mut self, text: &str) {
        let Some((column, row)) = self.place_of(text) else {
            panic!("`{text}` is not on the screen:\n{}", self.text())
        };
        let (column, row) = (column + 1, row + 1);
        self.press(&format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"));
    }

    /// The place of the first character of `text` on the screen, in cells from nought.
    fn place_of(&self, text: &str) -> Option<(u16, u16)> {
        let screen = self.emulator.screen();
        let (n_rows, n_columns) = screen.size();
        (0..n_rows.get()).find_map(|row| {
            let mut line = String::new();
            let mut columns = Vec::new();
            for column in 0..n_columns.get() {
                let cell = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation())?;
                let contents = if cell.has_contents() { cell.contents() } else { " " };
                columns.push((line.len(), column));
                line.push_str(&plain(contents));
            }
            let at = line.find(text)?;
            columns.iter().rfind(|(start, _)| *start <= at).map(|(_, column)| (*column, row))
        })
    }

    /// The text on the screen, without blanks at the ends of lines.
    pub(crate) fn text(&self) -> String {
        let contents = plain(&self.emulator.screen().contents());
        contents.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    /// The screen with all its cells.
    pub(crate) fn screen(&self) -> &Screen {
        self.emulator.screen()
    }

    /// Waits until a whole screen shows `text`.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, text: &str) -> String {
        self.wait_until(&format!("`{text}`"), |screen| screen.contains(text))
    }

    /// Waits until the text on the screen is as wished.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, wish: &str, is_so: impl Fn(&str) -> bool) -> String {
        let deadline = Deadline::new();
        loop {
            let text = self.text();
            if self.is_whole() && is_so(&text) {
                return text;
            }
            let wires = self.wires.as_ref().expect("a terminal");
            match wires.chunks.recv_timeout(deadline.left()) {
                Ok(chunk) => self.take(&chunk),
                Err(RecvTimeoutError::Timeout) => panic!("{wish} did not show in time:\n{text}"),
                Err(RecvTimeoutError::Disconnected) => panic!("the program ended without {wish}:\n{text}"),
            }
        }
    }

    /// Gives the program a moment, and takes what it wrote.
    pub(crate) fn give(&mut self, moment: Duration) {
        if let Ok(chunk) = self.wires.as_ref().expect("a terminal").chunks.recv_timeout(moment) {
            self.take(&chunk);
        }
    }

    /// Lets so much time go by while the program does what it does.
    pub(crate) fn let_pass(&mut self, time: Duration) {
        let deadline = Deadline::after(time);
        while !deadline.left().is_zero() {
            self.give(deadline.left());
        }
    }

    /// Gives the window another size.
    pub(crate) fn resize(&mut self, size: Size) {
        let wires = self.wires.as_ref().expect("a terminal");
        wires.master.resize(pty_size(size)).expect("the window changes");
        self.emulator.set_size(size.1.try_into().expect("some rows"), size.0.try_into().expect("some columns"));
    }

    /// Sends the program a signal, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.process_id().expect("a process");
        let status = Command::new("/bin/sh").arg("-c").arg(format!("kill -{name} {pid}")).status();
        assert!(status.expect("a shell").success(), "the signal cannot be sent");
    }

    /// Waits until the system says that the program is stopped.
    pub(crate) fn wait_until_stopped(&mut self) {
        let pid = self.child.process_id().expect("a process");
        let deadline = Deadline::new();
        loop {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("a process");
            if stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('T')) {
                return;
            }
            assert!(!deadline.left().is_zero(), "the program does not stop: {stat}");
            self.give(Duration::from_millis(5));
        }
    }

    /// Whether the terminal is as it was before the program: its modes, its screen, its mouse, its cursor.
    pub(crate) fn changes(&self) -> Vec<&'static str> {
        let screen = self.emulator.screen();
        let wires = self.wires.as_ref().expect("a terminal");
        [
            (modes(&*wires.master) != self.modes_before, "modes"),
            (screen.alternate_screen(), "second screen"),
            (screen.mouse_protocol_mode() != MouseProtocolMode::None, "mouse"),
            (screen.bracketed_paste(), "paste"),
            (screen.hide_cursor(), "cursor"),
        ]
        .into_iter()
        .filter_map(|(is_changed, name)| is_changed.then_some(name))
        .collect()
    }

    /// Waits until the terminal is as it was before the program.
    #[track_caller]
    pub(crate) fn wait_until_given_back(&mut self) {
        let deadline = Deadline::new();
        while !self.changes().is_empty() {
            assert!(!deadline.left().is_zero(), "the terminal is not given back: {:?}", self.changes());
            self.give(A_BIT);
        }
    }

    /// Kills the program; nothing of it runs any more when this returns. The screen stays as the person saw it last.
    pub(crate) fn kill(&mut self) {
        self.signal("KILL");
        self.wait();
        self.drain();
    }

    /// Waits until the program has ended by itself, and checks that it left the terminal as it was.
    #[track_caller]
    pub(crate) fn end(mut self) -> Ended {
        let status = self.wait();
        self.drain();
        assert_eq!(self.changes(), [""; 0], "the terminal was not given back:\n{}", self.text());
        let code = status.signal().is_none().then(|| status.exit_code());
        Ended { code, text: self.text() }
    }

    /// Takes the terminal away, as a closed window does, and waits until the program has ended.
    #[track_caller]
    pub(crate) fn vanish(mut self) -> ExitStatus {
        // The reader of the terminal lets go when there is something to read and nobody to tell; the screens write at
        // least once a second.
        self.wires = None;
        self.wait()
    }

    #[track_caller]
    fn wait(&mut self) -> ExitStatus {
        let deadline = Deadline::new();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status;
            }
            assert!(!deadline.left().is_zero(), "the program does not end:\n{}", self.text());
            // A program that waits for its output to be read would never end.
            let chunk = self.wires.as_ref().and_then(|wires| wires.chunks.recv_timeout(A_BIT).ok());
            match chunk {
                Some(chunk) => self.take(&chunk),
                None => thread::yield_now(),
            }
        }
    }

    /// Takes all that the program wrote before it ended.
    fn drain(&mut self) {
        while let Ok(chunk) = self.wires.as_ref().expect("a terminal").chunks.recv_timeout(PATIENCE) {
            self.take(&chunk);
        }
    }

    /// Whether no part of a frame is still to come.
    fn is_whole(&self) -> bool {
        !self.emulator.screen().alternate_screen() || self.newest == END_OF_FRAME
    }

    fn take(&mut self, chunk: &[u8]) {
        self.newest.extend(chunk);
        self.newest.drain(..self.newest.len().saturating_sub(END_OF_FRAME.len()));
        self.emulator.process(chunk);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// Between two looks at whether the program still runs.
const A_BIT: Duration = Duration::from_millis(5);

/// A moment after which a test gives up.
struct Deadline(Instant);

impl Deadline {
    fn new() -> Deadline {
        Deadline::after(PATIENCE)
    }

    #[expect(clippy::disallowed_methods, reason = "a test must end, however slow the machine is")]
    fn after(time: Duration) -> Deadline {
        Deadline(Instant::now() + time)
    }

    #[expect(clippy::disallowed_methods, reason = "a test must end, however slow the machine is")]
    fn left(&self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }
}

fn pty_size((columns, rows): Size) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// What `stty -a` would say, in some words.
fn modes(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().expect("a terminal has modes"))
}

/// Text in which a blank is a blank.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}
