//! Opening an item in the editor that a person prefers, and going on with what the deck says then.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

use crate::app::{AppError, DrillSession};
use crate::base::{ItemId, SafeText};
use crate::cli::context::Face;
use crate::cli::output::{Talk, shown};
use crate::config;
use crate::deck::Severity;

/// Opens an item's file at its line in `$VISUAL` or `$EDITOR`, waits, and reads the deck again. Returns what came of it,
/// as a sentence.
///
/// # Errors
/// Says in words why nothing was edited, or why the deck can no longer be read; the drill goes on with what it has.
pub(in crate::cli) fn edit(
    session: &mut DrillSession,
    item: &ItemId,
    face: Face,
    talk: Talk,
) -> anyhow::Result<&'static str> {
    let place = session.place_of(item)?;
    open_in_editor(&place.path, place.line, face, talk)?;
    match session.read_again() {
        Ok(true) => Ok("The deck is read again."),
        Ok(false) => Ok("The deck is as it was."),
        Err(error) => bail!("the drill keeps the old deck: {}", why(&error)),
    }
}

/// Opens a file at a line, from 1, in `$VISUAL` or `$EDITOR`, and waits until the editor ends.
///
/// # Errors
/// Says in words that there is no editor, or that it failed.
pub(in crate::cli) fn open_in_editor(path: &Path, line: u32, face: Face, talk: Talk) -> anyhow::Result<()> {
    let Some(editor) = config::editor() else { bail!("set VISUAL or EDITOR to your editor first") };
    let Some((program, arguments)) = command_line(&editor, path, line) else {
        bail!("VISUAL or EDITOR is no command: {}", SafeText::one_line(&editor))
    };
    let mut command = Command::new(&program);
    command.args(arguments);
    if face == Face::Pipe {
        // What is piped in is for this program.
        command.stdin(Stdio::null());
    }
    if talk == Talk::Stderr {
        command.stdout(io::stderr());
    }
    let name = shown(Path::new(&program));
    let status = command.status().with_context(|| format!("the editor {name} cannot be started"))?;
    if !status.success() {
        bail!("the editor {name} failed ({status})");
    }
    Ok(())
}

/// The program and its arguments, without a shell: the words of `editor` as one would split them, then the place.
fn command_line(editor: &str, path: &Path, line: u32) -> Option<(String, Vec<OsString>)> {
    let mut words = shlex::split(editor)?.into_iter();
    let program = words.next()?;
    let mut arguments: Vec<OsString> = words.map(OsString::from).collect();
    let path = path.as_os_str();
    let with_line = || {
        let mut word = path.to_owned();
        word.push(format!(":{line}"));
        word
    };
    match Path::new(&program).file_name().and_then(|name| name.to_str()) {
        Some("code" | "code-insiders" | "codium" | "cursor") => arguments.extend(["--goto".into(), with_line()]),
        Some("hx" | "helix" | "subl" | "zed" | "zeditor") => arguments.push(with_line()),
        // vi, nano, emacs and most of the others.
        _ => arguments.extend([format!("+{line}").into(), path.to_owned()]),
    }
    Some((program, arguments))
}

/// Why a deck cannot be read, in a line.
fn why(error: &AppError) -> String {
    let AppError::BadDeck { findings, .. } = error else {
        return SafeText::one_line(&error.to_string()).to_string();
    };
    let first = findings.iter().find(|finding| finding.severity == Severity::Error);
    first.map_or_else(
        || error.to_string(),
        |finding| {
            // The folder is known; its name would push the reason out of sight.
            let file = finding.path.rsplit('/').next().unwrap_or(&finding.path);
            format!("{file}:{}:{}: {}", finding.line, finding.column, finding.message)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(editor: &str, expected: &[&str]) {
        let found = command_line(editor, Path::new("/my decks/a.yaml"), 12).map(|(program, arguments)| {
            let arguments = arguments.into_iter().map(|word| word.into_string().expect("UTF-8"));
            std::iter::once(program).chain(arguments).collect::<Vec<_>>()
        });
        assert_eq!(found.unwrap_or_default(), expected);
    }

    #[test]
    fn the_editor_is_split_as_a_shell_would_and_gets_the_line_in_its_way() {
        check("vim", &["vim", "+12", "/my decks/a.yaml"]);
        check("emacsclient -t -a ''", &["emacsclient", "-t", "-a", "", "+12", "/my decks/a.yaml"]);
        check("'/opt/my editor/ed' -x", &["/opt/my editor/ed", "-x", "+12", "/my decks/a.yaml"]);
        check("code --wait", &["code", "--wait", "--goto", "/my decks/a.yaml:12"]);
        check("/usr/bin/hx", &["/usr/bin/hx", "/my decks/a.yaml:12"]);
        check("vim; rm -r $HOME", &["vim;", "rm", "-r", "$HOME", "+12", "/my decks/a.yaml"]);
        check("vim 'half", &[]);
        check("  ", &[]);
    }
}
