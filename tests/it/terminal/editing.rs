//! Editing a card in the drill: the terminal goes to the editor and comes back.

use portable_pty::CommandBuilder;

use super::USUAL;
use crate::support::{Bank, Learner, Terminal};

const CARDS: Bank = Bank { id: "cards", exam: "", domains: &[("net", 1, 5)] };

/// Waits for a line `done`, whatever signals come, and changes the deck.
const EDITOR: &str = "trap 'echo interrupted' INT
for file; do :; done
echo \"EDITOR $1\"
while [ \"$line\" != done ]; do read -r line; echo \"TYPED $line\"; done
sed -i 's/ask?/want?/' \"$file\"
";

/// Answers the first card of a drill and opens it in `editor`.
#[track_caller]
fn edit(learner: &Learner, editor: &str) -> Terminal {
    let path = learner.write("cards.yaml", &CARDS.yaml());
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cutscore"));
    command.arg("--data-dir");
    command.arg(learner.data_dir());
    command.args(["--now", "2027-02-01T09:00", "drill", &path]);
    let mut drill = Terminal::run(learner, command, USUAL, &[("VISUAL", editor), ("PATH", "/usr/bin:/bin")]);
    drill.wait_for("What does net-00 ask?");
    drill.press("a\r");
    drill.wait_for("✓ Right");
    drill.press("E");
    drill
}

#[test]
fn the_terminal_goes_to_the_editor_and_comes_back() {
    let learner = Learner::new();
    let script = learner.write("editor.sh", EDITOR);
    let mut drill = edit(&learner, &format!("/bin/sh {script}"));
    drill.wait_for("EDITOR +6");
    drill.wait_until_given_back();
    // Ctrl+C is meant for the editor.
    drill.press("\x03");
    drill.wait_for("interrupted");
    drill.press("one\r");
    drill.wait_for("TYPED one");
    drill.press("done\r");
    let screen = drill.wait_for("The deck is read again.");
    assert!(screen.contains("What does net-00 want?") && screen.contains("✓ Right"), "{screen}");
    drill.press("n");
    drill.wait_for("What does net-01 want?");
    drill.press("b\r");
    drill.wait_for("✓ Right");
    drill.press("q");
    let ended = drill.end();
    assert!(ended.text.contains("2 answers, 2 right."), "{}", ended.text);
}

#[test]
fn an_editor_that_fails_gives_the_terminal_back_too() {
    let learner = Learner::new();
    for (editor, expected) in [("false", "× the editor false failed (exit status: 1)"), ("/no/ed", "cannot be started")]
    {
        let mut drill = edit(&learner, editor);
        drill.wait_for(expected);
        drill.press("u");
        drill.wait_for("The answer to `net-00` is taken back.");
        drill.press("q");
        drill.end();
    }
}
