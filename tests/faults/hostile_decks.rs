//! Decks that are made to cost time and memory, and decks that are merely huge, read with little of both.

use std::fs;
use std::process::Command;

use cutscore::review::Grade;
use cutscore::store::Store;

use crate::scene::data_dir;
use crate::support::{Said, bare_command, n_times, run, tried};
use crate::under::under;

/// What the program and its libraries take of the address space before they do anything, in MiB.
const ITSELF: usize = 48;

/// Runs `deck check` on a text within so many MiB and seconds of computing.
fn check_within(text: &[u8], mebibytes: usize, seconds: usize) -> Said {
    let home = tempfile::tempdir().expect("a directory for the test");
    let deck = home.path().join("deck.yaml");
    fs::write(&deck, text).expect("writes a file for the test");
    let mut command: Command = bare_command(home.path());
    command.arg("--data-dir").arg(data_dir(home.path())).args(["deck", "check", "deck.yaml"]);
    let (space, time) = (format!("--as={}", (ITSELF + mebibytes) << 20), format!("--cpu={seconds}"));
    run(&mut under(&["prlimit", &space, &time], &command), b"")
}

/// Checks that a text is refused with the place of what is wrong, in under a second and 64 MiB.
#[track_caller]
fn refused(text: impl AsRef<[u8]>, what: &str) {
    let said = check_within(text.as_ref(), 64, 1);
    assert_eq!(said.code, 3, "{what}: {}", said.err);
    let all = said.all();
    assert!(all.contains("deck.yaml:") && all.len() < 400_000, "{what}: {all}");
    tried("yaml", 1, 0);
}

fn many(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).map(line).collect::<Vec<_>>().concat()
}

#[test]
fn yaml_that_is_made_to_cost_is_refused_within_a_second_and_64_mebibytes() {
    refused("[".repeat(400_000), "lists in lists");
    refused("{a: ".repeat(200_000), "mappings in mappings");
    refused("- ".repeat(200_000), "blocks in blocks");
    refused("? ".repeat(200_000), "keys in keys");
    refused(many(400, |n| format!("{}a:\n", " ".repeat(n))), "stairs");
    refused(format!("questions:\n- stem: {}{}\n", "[".repeat(100_000), "]".repeat(100_000)), "closed lists in lists");
    let layer = |n: usize| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n.saturating_sub(1)); 10].join(", "));
    refused(many(30, layer), "aliases of aliases");
    refused(many(20_000, |n| format!("- &a{n} {{front: a}}\n")), "anchors");
    refused("base: &b {front: x}\nquestions:\n- {<<: *b, back: y}\n", "a merge key");
    refused(many(20_000, |_| "k: v\n".to_owned()), "one key many times");
    refused(many(20_000, |n| format!("k{n}: v\n")), "unknown keys");
    refused(format!("questions: [{{{}}}]\n", many(20_000, |n| format!("k{n}: 1, "))), "unknown keys of an entry");
    refused("questions: [{front: a, back: b, difficulty: 1e400}]\n", "a number beyond all numbers");
    refused(
        format!("questions: [{{front: a, back: b, difficulty: {}}}]\n", "9".repeat(500_000)),
        "half a million digits",
    );
    refused("title: a\0b\n", "NUL");
    refused("\u{feff}title: a".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(), "UTF-16");
    refused("title: a\n\u{feff}questions: []\n", "a second byte order mark");
    refused("questions:\n\t- front: a\n", "a tab");
    refused("questions: !!python/object:os.system [ls]\n", "a tag");
    refused("questions: !<tag:yaml.org,2002:binary> aGk=\n", "a binary tag");
    refused(format!("questions:\n- {}a", "\t".repeat(100_000)), "many tabs");
    refused(format!("questions: [{{front: a, back: b, {}: c}}]\n", "k".repeat(1_000_000)), "a long key");
    refused(format!("questions: [\"{}\n", "\\x41".repeat(200_000)), "an open text");
    refused("---\nquestions: []\n".repeat(20_000), "many documents");
    refused(
        format!("questions: [{{stem: x, right: b, wrong: [{}]}}]\n", vec!["a"; 10_000].join(", ")),
        "10,000 choices",
    );
    let tags = "a, ".repeat(1_000_000);
    refused(format!("questions: [{{front: a, back: b, tags: [{tags}]}}]\n"), "a million tags");
    refused(format!("%YAML 9.9\n{}questions: []\n", "%TAG ! tag:x:\n".repeat(10_000)), "directives");
}

#[test]
fn line_ends_of_other_systems_and_a_byte_order_mark_are_no_attack() {
    for text in ["questions:\r\n- {front: a, back: b, id: c}\r\n", "\u{feff}questions: [{front: a, back: b, id: c}]\n"]
    {
        let said = check_within(text.as_bytes(), 64, 1);
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
        tried("yaml", 1, 0);
    }
}

#[test]
fn what_is_huge_takes_time_and_memory_in_proportion_or_is_refused() {
    let said = check_within(format!("questions: [{{front: {}, back: b}}]\n", "x".repeat(100 << 20)).as_bytes(), 128, 5);
    assert!(said.code == 3 && said.err.contains("too large"), "a text of 100 MiB: {}", said.err);
    tried("huge", 1, 0);
    // A file has at most 64 MiB, so a larger deck comes in several. What an item takes is what this holds.
    let n_items: usize = n_times(20_000, 1_000_000);
    let deck = format!("questions:\n{}", many(n_items, |n| format!("- {{id: i{n}, front: front {n}, back: b}}\n")));
    let said = check_within(deck.as_bytes(), 64 + n_items * 2 / 1_000, n_times(20, 600));
    assert_eq!(said.code, 0, "{n_items} items: {}{}", said.out, said.err);
    tried("huge", n_items, 0);
}

#[test]
fn a_long_log_is_opened_and_told_of_in_bounded_memory() {
    let n_events: i64 = n_times(4_000, 1_000_000);
    let home = tempfile::tempdir().expect("a directory for the test");
    let data = data_dir(home.path());
    let mut store = Store::open(&data).expect("opens");
    let events: Vec<_> = (0..1_000).map(|n| crate::scene::review(n, Grade::Four)).collect();
    for _ in 0..n_events / 1_000 {
        store.append(crate::scene::stamp(), &events).expect("appends");
        store.checkpoint().expect("writes");
    }
    drop(store);
    for words in ["history", "--json"] {
        let mut command: Command = bare_command(home.path());
        command.arg("--data-dir").arg(&data).arg(words);
        let space = format!("--as={}", (ITSELF + 64) << 20);
        let said = run(&mut under(&["prlimit", &space, "--cpu=10"], &command), b"");
        assert_eq!(said.code, 0, "{words} of {n_events} events: {}", said.err);
    }
    tried("huge", usize::try_from(n_events).expect("some"), 0);
}
