//! Tells a release which commit it is built from; `cutscore --version` says it.
//!
//! A build for tests is not told, since each commit would build it anew. Nor is one without git or outside of a
//! repository of its own, as from an archive.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a build script is told by the environment, and tells cargo by its output"
)]

use std::env;
use std::process::Command;

/// What the program is made of. Anything else may change without a word.
const SOURCES: [&str; 4] = ["src", "decks", "Cargo.toml", "Cargo.lock"];

fn main() {
    println!("cargo::rerun-if-changed=.ci/commit.rs");
    if env::var("PROFILE").as_deref() != Ok("release") {
        return;
    }
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    let is_own = git(&["rev-parse", "--show-prefix"]).is_some_and(|prefix| prefix.is_empty());
    let Some(commit) = is_own.then(|| git(&["rev-parse", "--short=10", "HEAD"])).flatten() else { return };
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo::rerun-if-changed={log}");
    }
    let mut status = vec!["status", "--porcelain", "--"];
    status.extend(SOURCES);
    let changed = if git(&status).is_none_or(|files| files.is_empty()) { "" } else { " with changes" };
    println!("cargo::rustc-env=CUTSCORE_COMMIT={commit}{changed}");
}

/// What a command of git says; `None` if it fails.
fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}
