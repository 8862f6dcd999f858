//! `cutscore man` and `cutscore completions`: what a package installs beside the program.

use clap::CommandFactory;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::cli::args::Cli;
use crate::cli::error::CliError;
use crate::cli::manual_args::{CompletionsArgs, ManArgs};
use crate::cli::output::{Existing, write_files, write_out};

/// What a program that calls this one is told.
const EXIT_STATUS: &[(&str, &str)] = &[
    ("0", "Done. A mock exam that was failed is done, too, and so is a drill with nothing due."),
    ("1", "It cannot be met: there is no such file, deck, item or sitting."),
    ("2", "The command line, or the file of preferences, does not read."),
    ("3", "A deck or a file to be imported has errors."),
    ("4", "The data, a file or the screen cannot be read or written."),
    ("70", "A bug of this program. What was said to be saved is saved."),
];

/// Where things are kept.
const FILES: &[(&str, &str)] = &[
    (
        "$XDG_DATA_HOME/cutscore",
        "What was learned, the decks that were copied, and backups. ~/.local/share by default.",
    ),
    ("$XDG_CONFIG_HOME/cutscore/config.yaml", "Preferences of the screen. ~/.config by default."),
];

/// Prints the page of a command, or writes all pages to a folder.
///
/// # Errors
/// [`CliError::NotFound`] for a command that there is not, [`CliError::FileExists`] for a page that is there already.
pub(in crate::cli) fn man(args: &ManArgs) -> Result<(), CliError> {
    let mut program = Cli::command();
    program.build();
    if let Some(folder) = &args.to {
        let existing = if args.force { Existing::Replace } else { Existing::Keep };
        let named = |one: &clap::Command| Ok((folder.join(Man::new(one.clone()).get_filename()), page(one)?));
        let pages: Vec<_> = family(&program).into_iter().map(named).collect::<Result<_, CliError>>()?;
        return write_files(&pages, existing);
    }
    let mut command = &program;
    for name in &args.command {
        command = command
            .find_subcommand(name)
            .ok_or_else(|| CliError::NotFound(format!("there is no command `{}`", args.command.join(" "))))?;
    }
    write_out(&page(command)?)
}

/// Prints what makes a shell complete commands and options.
pub(in crate::cli) fn completions(args: &CompletionsArgs) -> Result<(), CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "cutscore", &mut script);
    write_out(&String::from_utf8_lossy(&script))
}

/// A command and all below it.
fn family(command: &clap::Command) -> Vec<&clap::Command> {
    let below = command.get_subcommands().filter(|one| !one.is_hide_set()).flat_map(family);
    std::iter::once(command).chain(below).collect()
}

/// The manual page of a command, in the language of `man`.
fn page(command: &clap::Command) -> Result<String, CliError> {
    let man = Man::new(command.clone()).source(concat!("cutscore ", env!("CARGO_PKG_VERSION"))).manual("cutscore");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let mut rest = Roff::new();
    if command.get_name() == "cutscore" {
        list(&mut rest, "EXIT STATUS", EXIT_STATUS);
        list(&mut rest, "FILES", FILES);
    } else {
        rest.control("SH", ["SEE ALSO"]);
        rest.text([bold("cutscore"), roman("(1)")]);
    }
    rest.to_writer(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

fn list(roff: &mut Roff, heading: &str, entries: &[(&str, &str)]) {
    roff.control("SH", [heading]);
    for (term, meaning) in entries {
        roff.control("TP", []);
        roff.text([bold(*term)]);
        roff.text([roman(*meaning)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The manual page of a command.
    fn rendered(names: &[&str]) -> String {
        let mut program = Cli::command();
        program.build();
        let command = names.iter().fold(&program, |command, name| command.find_subcommand(name).expect("a command"));
        page(command).expect("a page")
    }

    #[test]
    fn each_command_has_a_page_with_its_options() {
        assert!(rendered(&[]).contains("EXIT STATUS"));
        assert!(rendered(&["drill"]).contains("\\-\\-minutes"));
        assert!(rendered(&["data", "backup"]).contains("\\-\\-to"));
    }

    #[test]
    fn the_exit_codes_of_the_page_are_those_of_the_program() {
        let codes: Vec<_> = EXIT_STATUS.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, ["0", "1", "2", "3", "4", "70"]);
        assert_eq!(CliError::NotFound(String::new()).exit_code(), 1);
        assert_eq!(CliError::BadDeck.exit_code(), 3);
    }
}
