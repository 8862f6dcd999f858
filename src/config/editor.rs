//! The editor that the learner prefers.

/// Returns the command of `$VISUAL`, or else of `$EDITOR`, as it is written there; `None` where both are empty.
#[expect(clippy::disallowed_methods, reason = "the editor stands in the environment only")]
pub fn editor() -> Option<String> {
    ["VISUAL", "EDITOR"].iter().filter_map(|name| std::env::var(name).ok()).find(|command| !command.trim().is_empty())
}
