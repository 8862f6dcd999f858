//! A deck that tries to drive the terminal.

use crate::support::{ATTACK, Learner, Said, hostile_deck, tried};

/// Checks that nothing but text and newlines came out.
#[track_caller]
fn check_harmless(said: &Said, words: &str) {
    let all = said.all();
    let is_harmful = |c: &char| {
        (c.is_control() && *c != '\n') || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let found = all.chars().find(is_harmful).map(|c| format!("{c:?}"));
    assert_eq!(found, None, "in the output of `{words}`: {all:?}");
    tried("terminal-text", 1, 0);
}

#[test]
fn no_text_of_a_deck_drives_the_terminal() {
    let learner = Learner::new();
    let path = learner.write("hostile.yaml", &hostile_deck());
    // The deck is good, and what it attacks with is shown.
    assert_eq!(learner.json(&format!("deck check {path}"), "")["errors"], 0);
    assert!(learner.say(&format!("deck show {path}")).done().out.starts_with("Title ␛]0;owned␇␛]52;c;aGk=␇␛[2J"));
    let all_wrong = "flag\nb\nstrike a\nb\nsure\nb\nreview\nback\nshow\nb\nb\n";
    let check = format!("deck check {path}");
    let show = format!("deck show {path}");
    for (words, input) in [
        (check.as_str(), ""),
        (&show, ""),
        ("deck show hostile --item p", ""),
        ("deck show hostile --item card", ""),
        ("deck list", ""),
        ("form table hostile --form G", ""),
        ("exam hostile --now 2027-02-01T09:00", "b\nleave\n"),
        ("exam hostile --now 2027-02-01T09:01", all_wrong),
        ("report", ""),
        ("deck doubt hostile --item p --reason \u{1b}[2Jx", ""),
        ("drill hostile --send p --now 2027-02-01T09:02", ""),
        ("report --items", ""),
        (check.as_str(), ""),
        ("history", ""),
        ("drill hostile --now 2027-02-02T09:00", "a\nb\nshow\n\n\nundo\na\n"),
        ("drill hostile --now 2027-02-03T09:00", "\ngood\na\n\n\n"),
        ("undo hostile --now 2027-02-03T09:00", ""),
        ("exam hostile --domain nope", ""),
    ] {
        for as_json in ["", " --json"] {
            let words = format!("{words}{as_json}");
            let said = learner.feed(&words, input);
            assert!((0..=4).contains(&said.code), "{words}: {}", said.err);
            check_harmless(&said, &words);
        }
    }
    let home = learner.data_dir().parent().expect("a home").join(".config/cutscore");
    std::fs::create_dir_all(&home).expect("makes a folder");
    std::fs::write(home.join("config.yaml"), format!("deck: {path}\n")).expect("writes");
    check_harmless(&learner.say(""), "");
    check_harmless(&learner.say("--json"), "--json");
    std::fs::write(home.join("config.yaml"), format!("\"{ATTACK}\": {path}\n")).expect("writes");
    check_harmless(&learner.say("history"), "history");
    std::fs::remove_file(home.join("config.yaml")).expect("removes");
}

#[test]
fn messages_about_a_hostile_deck_are_harmless_too() {
    let learner = Learner::new();
    let raw = "\u{1b}]52;c;aGk=\u{7}\u{202e}";
    for (name, text) in [
        ("raw", format!("title: {raw}\nquestions: []\n")),
        ("id", format!("questions: [{{id: \"{ATTACK}\", stem: S?, right: x, wrong: [y]}}]\n")),
        ("key", format!("questions: [{{\"{ATTACK}\": 1, stem: S?, right: x, wrong: [y]}}]\n")),
        ("domain", format!("questions: [{{domain: \"{ATTACK}\", stem: S?, right: x, wrong: [y]}}]\n")),
        ("number", format!("questions: [{{choose: \"{ATTACK}\", stem: S?, right: x, wrong: [y]}}]\n")),
        ("deck-id", format!("id: \"{ATTACK}\"\nquestions: [{{stem: S?, right: x, wrong: [y]}}]\n")),
        ("anchor", format!("questions: &{raw} []\n")),
        ("tag", format!("questions: !{raw} []\n")),
        ("bidi", "questions: [{stem: \u{202e}S?, right: x, wrong: [y], wrongs: \u{2066}}]\n".to_owned()),
        ("syntax", format!("questions: [\"{ATTACK}\" {raw}\n")),
    ] {
        let path = learner.write(&format!("{name}.yaml"), &text);
        for words in ["deck check", "exam", "deck show"] {
            for as_json in ["", " --json"] {
                let words = format!("{words} {path}{as_json}");
                let said = learner.say(&words);
                check_harmless(&said, &words);
                assert!(matches!(said.code, 0 | 3), "{words}: {}", said.err);
            }
        }
    }
}

#[test]
fn names_from_the_command_line_and_the_file_system_are_harmless_too() {
    let learner = Learner::new();
    let raw = "\u{1b}]52;c;aGk=\u{7}\u{202e}";
    let deck = learner.write(&format!("deck{raw}.yaml"), include_str!("../../decks/examples/six-lines.yaml"));
    let bad = learner.write(&format!("bad{raw}.yaml"), "questions: [{stem: S?}]\n");
    let missing = format!("{bad}.missing");
    for args in [
        &["deck", "check", &deck][..],
        &["deck", "show", &deck],
        &["deck", "list"],
        &["deck", "list", "--json"],
        &["deck", "check", &bad],
        &["deck", "check", &bad, "--json"],
        &["exam", &bad],
        &["exam", &missing],
        &["exam", raw],
        &["exam", "--domain", raw],
        &["deck", "check", raw],
        &["deck", "show", "--item", raw],
        &["form", "table", "--form", raw],
        &["config", raw],
        &["config", "new_a_day", raw],
        &["--now", raw],
        &[raw],
        &["exam", raw, raw],
    ] {
        let said = crate::support::run(&mut learner.command(args), b"");
        check_harmless(&said, &format!("{args:?}"));
    }
    let said = learner.feed("exam --taste", &format!("a\n{raw}\n"));
    assert_eq!(said.code, 2);
    check_harmless(&said, "a line of an exam");
    check_harmless(&learner.feed("drill --open-reserve", &format!("{raw}\n")), "a line of a drill");
}
