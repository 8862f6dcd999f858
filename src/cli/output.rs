//! Where words go: results to standard output, everything else to standard error.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::base::SafeText;
use crate::cli::error::CliError;

/// Where the words of a line-mode conversation go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Talk {
    /// To standard output, with the result.
    Stdout,
    /// To standard error: standard output is kept for JSON.
    Stderr,
}

impl Talk {
    /// Says something, and sees to it that it is seen at once.
    pub(in crate::cli) fn say(self, text: &str) -> Result<(), CliError> {
        match self {
            Talk::Stdout => write_out(text),
            Talk::Stderr => {
                let mut stderr = io::stderr().lock();
                stderr.write_all(text.as_bytes())?;
                Ok(stderr.flush()?)
            }
        }
    }

    /// Says something and ends the line.
    pub(in crate::cli) fn say_line(self, text: &str) -> Result<(), CliError> {
        self.say(&format!("{text}\n"))
    }
}

/// Writes a result.
pub(in crate::cli) fn write_out(text: &str) -> Result<(), CliError> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    Ok(stdout.flush()?)
}

/// What happens to a file that stands where one is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Existing {
    /// It stays, and writing is refused.
    Keep,
    /// It is replaced.
    Replace,
}

/// Writes files that the learner asked for; none if one of them is there already and is to be kept.
pub(in crate::cli) fn write_files(files: &[(PathBuf, impl AsRef<[u8]>)], existing: Existing) -> Result<(), CliError> {
    if existing == Existing::Keep
        && let Some((path, _)) = files.iter().find(|(path, _)| path.symlink_metadata().is_ok())
    {
        return Err(CliError::FileExists { path: shown(path) });
    }
    for (path, content) in files {
        let mut options = OpenOptions::new();
        match existing {
            Existing::Keep => options.write(true).create_new(true),
            Existing::Replace => options.write(true).create(true).truncate(true),
        };
        let written = options.open(path).and_then(|mut file| file.write_all(content.as_ref()));
        written.map_err(|source| CliError::Unwritable { path: shown(path), source })?;
    }
    Ok(())
}

/// Refuses a file that is there already, unless it is to be replaced.
pub(in crate::cli) fn refuse_existing(path: &Path, is_forced: bool) -> Result<(), CliError> {
    if !is_forced && path.symlink_metadata().is_ok() { Err(CliError::FileExists { path: shown(path) }) } else { Ok(()) }
}

/// Puts what `write` writes in the place of a file: whole, or not at all.
pub(in crate::cli) fn write_whole<T>(
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let unwritable = |source| CliError::Unwritable { path: shown(path), source };
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}", std::process::id()));
    let beside = directory.join(name);
    let mut file = OpenOptions::new().write(true).create_new(true).open(&beside).map_err(unwritable)?;
    let written = write(&mut file).and_then(|written| {
        file.sync_all().and_then(|()| fs::rename(&beside, path)).map_err(unwritable)?;
        Ok(written)
    });
    if written.is_err() {
        // What is left of a failed attempt is of no use to anybody.
        let _gone = fs::remove_file(&beside);
    }
    written
}

/// Returns a path as it may be shown.
pub(in crate::cli) fn shown(path: &Path) -> SafeText {
    SafeText::one_line(&path.to_string_lossy())
}

/// Returns a text as a shell takes it for one word.
pub(in crate::cli) fn shell_word(text: &str) -> String {
    shlex::try_quote(text).map_or_else(|_| text.to_owned(), Into::into)
}

/// A path as it is shown: one from here begins with a dot.
pub(in crate::cli) fn display_path(path: &Path) -> String {
    let text = path.to_string_lossy();
    let is_led = path.is_absolute() || text.starts_with('.');
    if is_led { text.into_owned() } else { format!("./{text}") }
}

/// A path as a command takes it.
pub(in crate::cli) fn path_word(path: &Path) -> String {
    shell_word(SafeText::one_line(&display_path(path)).as_str())
}

/// Writes a result as JSON. Characters that a terminal would obey or hide are written as escapes, which say the same.
pub(in crate::cli) fn write_json(value: &Value) -> Result<(), CliError> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::other)?;
    let mut safe = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if c == '\n' || is_plain(c) {
            safe.push(c);
        } else {
            // Only texts hold such characters, and texts may hold escapes.
            safe.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    safe.push('\n');
    write_out(&safe)
}

fn is_plain(c: char) -> bool {
    let is_usual_ascii = c == ' ' || c.is_ascii_graphic();
    is_usual_ascii || SafeText::new(c.encode_utf8(&mut [0; 4])).as_str().chars().eq([c])
}
