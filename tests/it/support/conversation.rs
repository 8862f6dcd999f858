//! A program that is running: lines go in while what it says is read.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// A running program. Whatever happens, it does not outlive the conversation.
pub(crate) struct Conversation {
    child: Child,
    input: Option<ChildStdin>,
    chunks: Receiver<Vec<u8>>,
    heard: String,
}

/// Patience with one answer, for machines that have much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

impl Conversation {
    /// Starts a program.
    pub(crate) fn start(mut command: Command) -> Conversation {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let input = child.stdin.take();
        let mut output = child.stdout.take().expect("a piped output");
        let (sender, chunks) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = [0; 8_192];
            while let Ok(n_bytes @ 1..) = output.read(&mut buffer) {
                if sender.send(buffer[..n_bytes].to_vec()).is_err() {
                    break;
                }
            }
        });
        Conversation { child, input, chunks, heard: String::new() }
    }

    /// Types a line.
    pub(crate) fn type_line(&mut self, line: &str) {
        let input = self.input.as_mut().expect("the input is open");
        input.write_all(format!("{line}\n").as_bytes()).expect("the program listens");
    }

    /// Waits until the program has said `words`; returns all it said since the last wait.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, words: &str) -> String {
        let heard = self.hear(words);
        heard.unwrap_or_else(|rest| panic!("the program ended without saying `{words}`: {rest}"))
    }

    /// Waits until the program has said `words`, or has ended without them: then what it said last is the error.
    #[track_caller]
    pub(crate) fn hear(&mut self, words: &str) -> Result<String, String> {
        while !self.heard.contains(words) {
            match self.chunks.recv_timeout(PATIENCE) {
                Ok(chunk) => self.heard.push_str(&String::from_utf8(chunk).expect("the program writes UTF-8")),
                Err(RecvTimeoutError::Disconnected) => return Err(std::mem::take(&mut self.heard)),
                Err(RecvTimeoutError::Timeout) => panic!("`{words}` was not said in time: {}", self.heard),
            }
        }
        Ok(std::mem::take(&mut self.heard))
    }

    /// Returns what the program says within `patience`, which may be nothing.
    pub(crate) fn listen(&mut self, patience: Duration) -> String {
        match self.chunks.recv_timeout(patience) {
            Ok(chunk) => String::from_utf8(chunk).expect("the program writes UTF-8"),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => String::new(),
        }
    }

    /// Kills the program: nothing of it runs any more when this returns.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("the program can be killed");
        self.child.wait().expect("the program ends");
    }

    /// Ends the input and waits; returns the exit code and what was said since the last wait.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        drop(self.input.take());
        while let Ok(chunk) = self.chunks.recv_timeout(PATIENCE) {
            self.heard.push_str(&String::from_utf8(chunk).expect("the program writes UTF-8"));
        }
        let status = self.child.wait().expect("the program ends");
        (status.code(), std::mem::take(&mut self.heard))
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}
