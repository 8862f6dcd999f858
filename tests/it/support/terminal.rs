//! A person at a terminal: sees the screen, presses keys, clicks on words.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

/// A program on a terminal of its own. Whatever happens, it does not outlive the test.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    parser: Arc<Mutex<vt100::Parser>>,
    pair: Box<dyn portable_pty::MasterPty + Send>,
}

const ROWS: NonZeroU16 = NonZeroU16::new(24).expect("more than nothing");
const COLUMNS: NonZeroU16 = NonZeroU16::new(80).expect("more than nothing");
/// Patience with one screen, for machines that have much else to do.
const PATIENCE: Duration = Duration::from_mins(1);

impl Terminal {
    /// Starts the program with `args` in a window of 80×24, at home in `home`.
    pub(crate) fn start(home: &Path, args: &[&str]) -> Terminal {
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal for the test");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cutscore"));
        command.env_clear();
        for (name, value) in
            [("HOME", home.to_str().expect("a path in UTF-8")), ("TZ", "UTC"), ("TERM", "xterm-256color")]
        {
            command.env(name, value);
        }
        command.cwd(home);
        command.args(args);
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let parser = Arc::new(Mutex::new(vt100::Parser::new(ROWS, COLUMNS, 0)));
        let mut reader = pair.master.try_clone_reader().expect("the terminal can be read");
        let seen = Arc::clone(&parser);
        thread::spawn(move || {
            let mut buffer = [0; 8_192];
            while let Ok(n_bytes @ 1..) = reader.read(&mut buffer) {
                seen.lock().expect("nobody panics with it").process(&buffer[..n_bytes]);
            }
        });
        let writer = pair.master.take_writer().expect("the terminal can be written");
        Terminal { child, writer, parser, pair: pair.master }
    }

    /// What the screen shows now.
    pub(crate) fn screen(&self) -> String {
        self.parser.lock().expect("nobody panics with it").screen().contents()
    }

    /// Gives the window another size.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        let cells = |n: u16| NonZeroU16::new(n).expect("a window has cells");
        let mut parser = self.parser.lock().expect("nobody panics with it");
        parser.screen_mut().set_size(cells(rows), cells(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.pair.resize(size).expect("the window changes");
    }

    /// Presses keys, as the terminal sends them.
    pub(crate) fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("the terminal takes keys");
        self.writer.flush().expect("the terminal takes keys");
    }

    /// Waits until the screen is as wanted; returns it.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, is_so: impl Fn(&str) -> bool) -> String {
        #[expect(clippy::disallowed_methods, reason = "patience is measured on the tester's clock")]
        let start = Instant::now();
        loop {
            let screen = self.screen();
            if is_so(&screen) {
                return screen;
            }
            assert!(start.elapsed() < PATIENCE, "{what} did not come:\n{screen}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until `words` show; returns the screen.
    #[track_caller]
    pub(crate) fn wait_for(&self, words: &str) -> String {
        self.wait_until(words, |screen| screen.contains(words))
    }

    /// Clicks on the first place of `words` on the screen.
    #[track_caller]
    pub(crate) fn click(&mut self, words: &str) {
        let screen = self.wait_for(words);
        let row = screen.lines().position(|line| line.contains(words)).expect("they show");
        let line = screen.lines().nth(row).expect("the row");
        let column = line[..line.find(words).expect("they show")].chars().count();
        self.press(&format!("\u{1b}[<0;{};{}M", column + 1, row + 1));
    }

    /// Waits for the end of the program; returns its exit code.
    pub(crate) fn end(mut self) -> u32 {
        self.child.wait().expect("the program ends").exit_code()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}
