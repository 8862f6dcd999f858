//! A panic while the program has the terminal: it is given back before anything is said.

use cutscore::tui::{Console, Menu, MenuChoice, TextLine, Theme, menu};
use portable_pty::CommandBuilder;

use super::USUAL;
use crate::support::{Learner, Terminal};

/// Says to the test below that it runs in a terminal of its own, where its panic is looked at.
const IS_INSIDE: &str = "CUTSCORE_PANIC_INSIDE";

/// Has a bug once the person at the terminal says so.
#[expect(clippy::print_stderr, reason = "the words of the panic are looked for on the screen")]
fn panic_at_the_terminal() {
    // The hook ends the program, as the program's own does: what is to be put right must be put right before.
    std::panic::set_hook(Box::new(|panic| {
        eprintln!("{panic}");
        std::process::exit(70);
    }));
    let mut console = Console::open(Theme::without_colour()).expect("a terminal");
    let choice = MenuChoice { key: 'g', label: "Go on".to_owned(), note: String::new() };
    let shown = Menu { title: "A bug".to_owned(), lines: vec![TextLine::from("It waits.")], choices: vec![choice] };
    let chosen = menu(&mut console, &shown).expect("a terminal");
    panic!("a bug after choice {chosen:?}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the environment tells whether this is the run that panics")]
fn a_panic_gives_the_terminal_back_before_it_is_told() {
    if std::env::var_os(IS_INSIDE).is_some() {
        panic_at_the_terminal();
    }
    let learner = Learner::new();
    let mut command = CommandBuilder::new(std::env::current_exe().expect("this program"));
    let module = module_path!().split_once("::").map_or("", |(_, module)| module);
    let name = format!("{module}::a_panic_gives_the_terminal_back_before_it_is_told");
    command.args([name.as_str(), "--exact", "--nocapture", "--test-threads=1"]);
    let mut terminal = Terminal::run(&learner, command, USUAL, &[(IS_INSIDE, "yes")]);
    terminal.wait_for("It waits.");
    assert_eq!(terminal.changes().len(), 5, "{:?}", terminal.changes());
    terminal.press("g");
    let ended = terminal.end();
    assert_eq!(ended.code, Some(70), "{}", ended.text);
    assert!(ended.text.contains("a bug after choice Some(0)"), "{}", ended.text);
}
