//! A program that is running: lines go in while what it says is read.

use std::io::{ErrorKind, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// A running program. Whatever happens, it does not outlive the conversation.
pub(crate) struct Conversation {
    child: Child,
    input: Option<ChildStdin>,
    chunks: Receiver<Vec<u8>>,
    heard: Vec<u8>,
}

/// Patience with one answer, for machines that have much else to do.
const PATIENCE: Duration = Duration::from_mins(1);

impl Conversation {
    /// Starts a program.
    pub(crate) fn start(mut command: Command) -> Conversation {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().expect("the program starts");
        let input = child.stdin.take();
        let output = child.stdout.take().expect("a piped output");
        let (sender, chunks) = mpsc::channel();
        thread::spawn(move || pass_on(output, &sender));
        Conversation { child, input, chunks, heard: Vec::new() }
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
        while !String::from_utf8_lossy(&self.heard).contains(words) {
            match self.chunks.recv_timeout(PATIENCE) {
                Ok(chunk) => self.heard.extend(chunk),
                Err(RecvTimeoutError::Disconnected) => return Err(self.take_heard()),
                Err(RecvTimeoutError::Timeout) => panic!("`{words}` was not said in time: {}", self.take_heard()),
            }
        }
        Ok(self.take_heard())
    }

    /// Gives the program a moment to go on, and hears what it says.
    pub(crate) fn give(&mut self, moment: Duration) {
        if let Ok(chunk) = self.chunks.recv_timeout(moment) {
            self.heard.extend(chunk);
        }
    }

    /// Presses Ctrl-C, as far as the program can tell.
    pub(crate) fn interrupt(&self) {
        let status = Command::new("/bin/sh").arg("-c").arg(format!("kill -INT {}", self.child.id())).status();
        assert!(status.expect("a shell").success(), "the signal cannot be sent");
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
            self.heard.extend(chunk);
        }
        let status = self.child.wait().expect("the program ends");
        (status.code(), self.take_heard())
    }

    fn take_heard(&mut self) -> String {
        String::from_utf8(std::mem::take(&mut self.heard)).expect("the program writes UTF-8")
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// Passes what a program says on until it ends.
fn pass_on(mut output: ChildStdout, listener: &Sender<Vec<u8>>) {
    let mut buffer = [0; 8_192];
    loop {
        match output.read(&mut buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Ok(n_bytes @ 1..) if listener.send(buffer[..n_bytes].to_vec()).is_ok() => {}
            Ok(_) | Err(_) => break,
        }
    }
}
