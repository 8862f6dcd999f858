//! Questions to a person at a terminal, for what no option of the command says.

use std::io::{IsTerminal, stdin, stdout};

use crate::base::SafeText;
use crate::cli::error::CliError;
use crate::cli::input::Lines;
use crate::cli::output::Talk;

/// Who can be asked, if anybody.
pub(in crate::cli) enum Person {
    /// A person at a terminal.
    Asked { lines: Lines, talk: Talk },
    /// Nobody: what no option says is as usual.
    Away,
}

impl Person {
    /// Finds out who is there; with JSON on standard output, a person at a terminal is asked on standard error.
    pub(in crate::cli) fn of(json: bool) -> Person {
        let talk = if json { Talk::Stderr } else { Talk::Stdout };
        if stdin().is_terminal() && (json || stdout().is_terminal()) {
            Person::Asked { lines: Lines::default(), talk }
        } else {
            Person::Away
        }
    }

    /// Says something to a person.
    pub(in crate::cli) fn tell(&self, text: &str) -> Result<(), CliError> {
        match self {
            Person::Asked { talk, .. } => talk.say(text),
            Person::Away => Ok(()),
        }
    }

    /// Asks until the answer can be read. `option` is what the command line said: it is not asked then. Where nobody
    /// can be asked and for an empty answer, `usual` holds.
    pub(in crate::cli) fn ask<T>(
        &mut self,
        (name, question): (&str, &str),
        option: Option<&str>,
        usual: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, CliError> {
        let usage = |why: String| CliError::Usage(format!("{name}: {why}"));
        if let Some(option) = option {
            return read(option.trim()).map_err(usage);
        }
        let Person::Asked { lines, talk } = self else { return read(usual).map_err(usage) };
        loop {
            talk.say(&format!("{question} [{}]: ", SafeText::one_line(usual)))?;
            let Some(line) = lines.next()? else { return Err(ended()) };
            match read(if line.is_empty() { usual } else { &line }) {
                Ok(answer) => return Ok(answer),
                Err(why) => talk.say_line(&format!("  {why}"))?,
            }
        }
    }

    /// Asks for a text that may be left out.
    pub(in crate::cli) fn ask_text(&mut self, question: &str) -> Result<String, CliError> {
        let Person::Asked { lines, talk } = self else { return Ok(String::new()) };
        talk.say(&format!("{question}: "))?;
        lines.next()?.ok_or_else(ended)
    }
}

fn ended() -> CliError {
    CliError::Usage("the input ended before the last answer; nothing was written".to_owned())
}
