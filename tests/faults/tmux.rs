//! A hostile deck inside a real terminal: its title, its window and its clipboard stay as they are.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::scene::data_dir;
use crate::support::{hostile_deck, tried};

/// A terminal in which everything is allowed that an attack could want.
struct Tmux {
    home: tempfile::TempDir,
}

impl Tmux {
    fn new() -> Tmux {
        let tmux = Tmux { home: tempfile::tempdir().expect("a directory for the test") };
        fs::write(tmux.home.path().join("hostile.yaml"), hostile_deck()).expect("writes a file for the test");
        tmux.say(&["new-session", "-d", "-s", "room", "-n", "quiet", "-x", "100", "-y", "30", "sh"]);
        for (option, value) in
            [("set-clipboard", "on"), ("allow-rename", "on"), ("allow-passthrough", "on"), ("remain-on-exit", "off")]
        {
            tmux.say(&["set-option", "-g", option, value]);
        }
        tmux.say(&["select-pane", "-t", "room", "-T", "quiet"]);
        tmux.say(&["set-buffer", "quiet"]);
        tmux
    }

    fn say(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("tmux");
        command.args(["-f", "/dev/null", "-S"]).arg(self.home.path().join("socket")).args(arguments);
        command
            .env_clear()
            .env("PATH", crate::under::PATHS)
            .env("HOME", self.home.path())
            .env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8").current_dir(self.home.path()).stdin(Stdio::null());
        let output = command.output().expect("tmux");
        assert!(output.status.success(), "tmux {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    /// Types keys, as tmux names them.
    fn press(&self, keys: &[&str]) {
        self.say(&[&["send-keys", "-t", "room"], keys].concat());
    }

    fn screen(&self) -> String {
        self.say(&["capture-pane", "-p", "-t", "room"])
    }

    #[track_caller]
    fn wait_for(&self, text: &str) {
        for _ in 0..600 {
            if self.screen().contains(text) {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        panic!("`{text}` is not on the screen:\n{}", self.screen());
    }

    /// Runs a line of the shell to its end.
    #[track_caller]
    fn run(&self, line: &str, number: usize) {
        let done = format!("done-{number}");
        self.press(&["-l", &format!("clear; {line}; echo; echo do''ne-{number}")]);
        self.press(&["Enter"]);
        self.wait_for(&done);
    }

    /// What an attack would have changed.
    fn marks(&self) -> [String; 3] {
        let format = |format: &str| self.say(&["display-message", "-p", "-t", "room", format]);
        [format("#{pane_title}"), format("#{window_name}"), self.say(&["show-buffer"])]
    }

    #[track_caller]
    fn check_quiet(&self, what: &str) {
        assert_eq!(self.marks(), ["quiet"; 3], "{what}");
        tried("tmux", 1, 0);
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let socket = self.home.path().join("socket");
        let _ended = Command::new("tmux").arg("-S").arg(socket).arg("kill-server").status();
    }
}

fn program(home: &Path) -> String {
    format!("'{}' --data-dir '{}'", env!("CARGO_BIN_EXE_cutscore"), data_dir(home).display())
}

#[test]
fn no_command_on_a_hostile_deck_changes_title_window_or_clipboard() {
    let tmux = Tmux::new();
    let program = program(tmux.home.path());
    let commands = [
        "deck check hostile.yaml",
        "deck show hostile.yaml",
        "deck show hostile --item p",
        "deck search hostile e",
        "deck list",
        "deck stats hostile",
        "exam hostile --plain < answers",
        "report 1",
        "report 1 --items",
        "report 1 --json",
        "explain score 1",
        "form table hostile",
        "drill hostile --plain < answers",
        "history",
        "progress hostile",
        "plan hostile",
        "deck check no-such-$(printf '\\033]0;owned\\007').yaml",
    ];
    fs::write(tmux.home.path().join("answers"), "a\na\na\na\nsubmit\n").expect("writes a file for the test");
    for (number, words) in commands.into_iter().enumerate() {
        tmux.run(&format!("{program} {words} | cat"), number);
        tmux.check_quiet(words);
    }
}

#[test]
fn no_screen_of_a_hostile_deck_changes_title_window_or_clipboard() {
    let tmux = Tmux::new();
    let program = program(tmux.home.path());
    tmux.press(&["-l", &format!("clear; {program} exam hostile.yaml")]);
    tmux.press(&["Enter"]);
    tmux.wait_for("Start");
    tmux.check_quiet("the first screen");
    tmux.press(&["s"]);
    for question in 1..=4 {
        tmux.wait_for(&format!("Question {question} of 4"));
        tmux.press(&["a", "m", "n"]);
        tmux.check_quiet("a question");
    }
    // Behind the last question.
    tmux.wait_for("Review");
    tmux.check_quiet("the review");
    tmux.press(&["e"]);
    tmux.wait_for("End and score?");
    tmux.press(&["y"]);
    tmux.wait_for("scaled score");
    tmux.check_quiet("the report");
    tmux.press(&["q"]);
    for words in ["drill hostile --open-reserve", "deck walk hostile", ""] {
        tmux.press(&["-l", &format!("clear; {program} {words}")]);
        tmux.press(&["Enter"]);
        sleep(Duration::from_secs(2));
        tmux.press(&["a", "b", "?"]);
        sleep(Duration::from_secs(1));
        tmux.check_quiet(words);
        tmux.press(&["Escape", "q", "C-c"]);
        sleep(Duration::from_secs(1));
    }
}

#[test]
fn an_attack_that_gets_through_is_noticed() {
    let tmux = Tmux::new();
    tmux.run(r"printf '\033]0;owned\007\033]52;c;aGk=\007\033kowned\033\\'", 0);
    assert_eq!(tmux.marks(), ["owned", "owned", "hi"]);
}
