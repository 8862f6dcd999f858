//! A learner at the command line: one data directory, and the program run in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::tried;

/// A learner with an empty data directory of their own.
///
/// When the learner goes, the log is folded again and must give the very state that the commands left.
pub(crate) struct Learner {
    dir: TempDir,
}

/// What a run of the program said.
#[derive(Debug)]
pub(crate) struct Said {
    /// The exit code; -1 if a signal ended it.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Learner {
    pub(crate) fn new() -> Learner {
        Learner { dir: tempfile::tempdir().expect("a directory for the test") }
    }

    /// Where the learner is at home.
    pub(crate) fn home(&self) -> &Path {
        self.dir.path()
    }

    /// The data directory that every command gets.
    pub(crate) fn data_dir(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// Writes a file that belongs to the learner, and returns its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.dir.path().join(name);
        fs::write(&path, text).expect("writes a file for the test");
        path.to_str().expect("a path in UTF-8").to_owned()
    }

    /// The command with the data directory and nothing of the tester's environment.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = bare_command(self.dir.path());
        command.arg("--data-dir").arg(self.data_dir()).args(args);
        command
    }

    /// Runs the program without input. `words` are the arguments, apart by blanks.
    pub(crate) fn say(&self, words: &str) -> Said {
        self.feed(words, "")
    }

    /// Runs the program with `input` piped into it.
    pub(crate) fn feed(&self, words: &str, input: &str) -> Said {
        run(&mut self.command(&split(words)), input.as_bytes())
    }

    /// Runs the program with `--json` and `input`, which must succeed, and reads its one JSON document.
    pub(crate) fn json(&self, words: &str, input: &str) -> Value {
        self.feed(&format!("{words} --json"), input).done().value()
    }
}

impl Drop for Learner {
    fn drop(&mut self) {
        if !thread::panicking() {
            let rebuilt = self.json("data rebuild", "");
            assert_eq!(rebuilt["identical"], true, "the log folds to another state: {rebuilt}");
            tried("rebuild", 1, 0);
        }
    }
}

impl Said {
    /// The run, which must have ended with exit code 0.
    #[track_caller]
    pub(crate) fn done(self) -> Said {
        self.with_code(0)
    }

    /// The run, which must have ended with this exit code.
    #[track_caller]
    pub(crate) fn with_code(self, code: i32) -> Said {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// Standard output as one JSON document.
    #[track_caller]
    pub(crate) fn value(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in: {}\n{}", self.out, self.err))
    }

    /// Everything that was said, standard output first.
    pub(crate) fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

/// Checks that a command ends with this exit code and says why in words that hold `reason`.
#[track_caller]
pub(crate) fn refused(said: Said, code: i32, reason: &str) {
    let said = said.with_code(code);
    assert!(said.err.contains(reason), "`{reason}` is not in: {}", said.err);
}

/// The program without arguments, its home in `home`, in universal time.
pub(crate) fn bare_command(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cutscore"));
    command.env_clear().env("HOME", home).env("TZ", "UTC").current_dir(home);
    command
}

/// Runs a command to its end with `input` piped into it.
pub(crate) fn run(command: &mut Command, input: &[u8]) -> Said {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a piped input");
    let input = input.to_owned();
    // Beside the reading, so that neither side waits for a full pipe.
    let writer = thread::spawn(move || {
        // A program that wants no more input closes its end.
        let _unheard = stdin.write_all(&input);
    });
    let Output { status, stdout, stderr } = child.wait_with_output().expect("the program ends");
    writer.join().expect("the input is written");
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    Said { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
}

/// Arguments apart by blanks; a path with blanks cannot be said this way.
fn split(words: &str) -> Vec<&str> {
    words.split_whitespace().collect()
}
