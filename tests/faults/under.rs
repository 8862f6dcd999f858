//! The program under strace, which writes down what it asks of the system, and can have the system fail it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{Said, run};

/// The calls by which the program changes something that outlives it, or says something.
pub(crate) const CALLS: [&str; 9] =
    ["pwrite64", "write", "fsync", "fdatasync", "ftruncate", "openat", "unlink", "rename", "mkdir"];

/// Where tools are.
pub(crate) const PATHS: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The same command as the argument of a tool.
pub(crate) fn under(tool: &[&str], command: &Command) -> Command {
    let mut outer = Command::new(tool[0]);
    outer.args(&tool[1..]).arg(command.get_program()).args(command.get_args());
    outer.env_clear().env("PATH", PATHS);
    outer.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if let Some(folder) = command.get_current_dir() {
        outer.current_dir(folder);
    }
    outer
}

/// Runs a command under strace with `input`; returns what it said, and the calls of [`CALLS`] that it made.
///
/// `injection` is what strace is to do to it, as in `fsync:error=EIO:when=3`.
pub(crate) fn straced(command: &Command, input: &str, injection: Option<&str>, trace: &Path) -> (Said, String) {
    let calls = format!("trace={}", CALLS.join(","));
    let path = trace.to_str().expect("a path in UTF-8");
    let mut tool = vec!["strace", "-f", "-y", "-xx", "-s", "1000000", "-o", path, "-e", &calls];
    let inject = injection.map(|injection| format!("inject={injection}"));
    if let Some(inject) = &inject {
        tool.extend(["-e", inject]);
    }
    let said = run(&mut under(&tool, command), input.as_bytes());
    let trace = fs::read_to_string(trace).unwrap_or_else(|error| panic!("strace does not work: {error}: {}", said.err));
    (said, trace)
}
