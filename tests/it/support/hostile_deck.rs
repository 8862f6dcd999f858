//! A deck that tries to drive the terminal.

/// Sets the title, writes the clipboard, and turns the reading direction; written so that YAML reads the characters.
pub(crate) const ATTACK: &str = r"\e]0;owned\a\e]52;c;aGk=\a\e[2J\x9b31m\u202Eright\u202C\u2066\u200B\x7f\b\x0c\0";

/// A deck whose every text attacks.
pub(crate) fn hostile_deck() -> String {
    let question = |id: &str| {
        format!(
            r#"
  - id: {id}
    stem: "{id} {ATTACK}?"
    shuffle: false
    choices:
      - {{text: "yes {ATTACK}", correct: true, why: "why {ATTACK}"}}
      - {{text: "no {ATTACK}", why: "not {ATTACK}"}}
    refs: ["https://{ATTACK}"]"#
        )
    };
    let questions = ["p", "q", "r", "s"].map(question).concat();
    format!(
        r#"id: hostile
title: "Title {ATTACK}"
guide: {{url: "{ATTACK}"}}
exam:
  items: 4
  minutes: 5
  retake: {{wait_days: 1, fee: "{ATTACK}"}}
  levels: {{"Low {ATTACK}": 0, "High {ATTACK}": 0.5}}
domains: [{{id: d, title: "Domain {ATTACK}", tasks: [{{id: "1", title: "Task {ATTACK}"}}]}}]
forms: {{"F {ATTACK}": [p, q]}}
questions:{questions}
  - {{id: card, front: "front {ATTACK}", back: "back {ATTACK}"}}
"#
    )
}
