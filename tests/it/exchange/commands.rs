//! `cutscore deck import` and `cutscore deck export` as they are typed.

use std::fs;

use serde_json::Value;

use crate::exchange::anki_package::package_of;
use crate::support::{Learner, refused};

/// A list as it grows over the years: two good questions, and three that cannot come over.
const LIST: &str = "\
# Networking

## Ports

1. Which port has HTTPS?
   - A. 80
   - B. 443

   <details><summary>Answer</summary>

   **B**. HTTPS is HTTP over TLS.

   </details>

1. Which has no key?
   - A. this
   - B. that

1. Whose key is beyond its choices?
   - A. this
   - B. that

   Answer: D

## Names

### What does the picture show?
![the tree](tree.png)
- [ ] a cache
- [x] a zone

3. Tell about DNS.
";

fn lines(remarks: &Value) -> Vec<(u64, &str)> {
    let remarks = remarks.as_array().expect("a list");
    remarks
        .iter()
        .map(|own| (own["line"].as_u64().unwrap_or(0), own["reason"].as_str().unwrap_or("no reason")))
        .collect()
}

#[test]
fn an_import_names_what_it_skips_by_line_and_reason_and_the_rest_has_no_errors() {
    let learner = Learner::new();
    learner.write("net.md", LIST);
    let report = learner.json("deck import net.md", "");
    assert_eq!((report["items"].as_u64(), report["format"].as_str()), (Some(2), Some("Markdown")), "{report}");
    let skipped =
        [(15, "no answer is given"), (19, "the answer `D` is none of its 2 choices"), (32, "no choices follow")];
    assert_eq!(lines(&report["skipped"]), skipped);
    assert_eq!(lines(&report["notes"]), [(27, "a picture is not brought over; the name stands in brackets")]);
    let check = learner.json("deck check ./net.yaml", "");
    assert_eq!(check["errors"].as_u64(), Some(0), "{check}");
    let yaml = fs::read_to_string(learner.home().join("net.yaml")).expect("the deck");
    assert!(yaml.contains("HTTPS is HTTP over TLS."), "{yaml}");
}

#[test]
fn the_report_of_an_import_fits_a_window_and_says_what_to_type_next() {
    let learner = Learner::new();
    learner.write("net.md", LIST);
    let said = learner.say("deck import net.md").done().out;
    let expected = "\
2 items in net.md, read as Markdown.

3 items are skipped:
  net.md:15: Which has no key?
      no answer is given
  net.md:19: Whose key is beyond its choices?
      the answer `D` is none of its 2 choices
  net.md:32: Tell about DNS.
      no choices follow

1 change:
  net.md:27: What does the picture show? [image: the tree]
      a picture is not brought over; the name stands in brackets

The deck is in net.yaml

  cutscore deck check ./net.yaml
  cutscore drill ./net.yaml
";
    assert_eq!(said, expected);
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let learner = Learner::new();
    learner.write("net.md", LIST);
    let mut dry = learner.json("deck import net.md --dry-run", "");
    assert!(!learner.home().join("net.yaml").exists());
    assert_eq!(dry["out"], Value::Null);
    let wet = learner.json("deck import net.md", "");
    dry["out"] = wet["out"].clone();
    assert_eq!(dry, wet);
}

#[test]
fn an_import_overwrites_nothing_unless_it_is_forced() {
    let learner = Learner::new();
    learner.write("net.md", LIST);
    let path = learner.write("mine.yaml", "my own words");
    refused(learner.say("deck import net.md --out mine.yaml"), 1, "mine.yaml is there already");
    assert_eq!(fs::read_to_string(&path).expect("reads"), "my own words");
    learner.say("deck import net.md --out mine.yaml --force").done();
    assert!(fs::read_to_string(&path).expect("reads").contains("443"));
}

#[test]
fn what_cannot_be_imported_is_said_and_has_an_exit_code_of_its_own() {
    let learner = Learner::new();
    learner.write("prose.txt", "Nothing but prose stands here.\n");
    learner.write("none.md", "1. Which has no key?\n   - A. this\n   - B. that\n");
    learner.write("broken.apkg", "PK\u{3}\u{4}and no more");
    refused(learner.say("deck import nowhere.gift"), 1, "there is no file at nowhere.gift");
    refused(learner.say("deck import prose.txt"), 3, "name it with --format");
    refused(learner.say("deck import prose.txt --format lotus"), 2, "--format");
    let said = learner.say("deck import none.md").with_code(3);
    assert!(said.out.contains("none.md:1: Which has no key?\n      no answer is given"), "{}", said.out);
    assert!(said.out.contains("Nothing is written.") && said.err.contains("nothing could be imported"));
    assert_eq!(learner.say("deck import broken.apkg").code, 3);
    assert!(!learner.home().join("none.yaml").exists());
}

#[test]
fn what_a_deck_holds_goes_out_in_each_format_and_losses_are_named() {
    let learner = Learner::new();
    learner.write("every.yaml", include_str!("../../data/every_type.yaml"));
    for (format, file, n_items, n_losses) in [
        ("yaml", "out.yaml", 8, 0),
        ("json", "out.json", 8, 0),
        ("csv", "out.csv", 8, 0),
        ("apkg", "out.apkg", 8, 1),
        ("gift", "out.gift", 5, 6),
        ("qti", "out.zip", 6, 3),
        ("markdown", "out.md", 3, 7),
    ] {
        let report = learner.json(&format!("deck export ./every.yaml --format {format} --out {file}"), "");
        let lost = report["lost"].as_array().expect("a list").len();
        assert_eq!((report["items"].as_u64(), lost), (Some(n_items), n_losses), "{format}: {report}");
        if format != "json" && format != "yaml" {
            let back = learner.json(&format!("deck import {file} --out {format}.back.yaml"), "");
            assert_eq!(back["items"], report["items"], "{format}");
            let check = learner.json(&format!("deck check ./{format}.back.yaml"), "");
            assert_eq!((lines(&back["skipped"]), check["errors"].as_u64()), (Vec::new(), Some(0)), "{format}: {back}");
        }
    }
    let said = learner.say("deck export ./every.yaml --format markdown --out again.md").done().out;
    let expected = "\
3 items to again.md

  a question list does not say that the order of choices is fixed
      two, true

  a question list holds questions with choices; it is left out
      three, four, five and 2 more
";
    assert_eq!(said, expected);
    refused(learner.say("deck export ./every.yaml --format csv --out out.csv"), 1, "out.csv is there already");
    refused(learner.say("deck export ./nowhere.yaml --format csv --out other.csv"), 1, "nowhere.yaml");
}

#[test]
fn what_was_learnt_in_anki_goes_on_here_and_is_taken_over_once() {
    let learner = Learner::new();
    let bytes = package_of("basic | D |  | EC2 | Compute\nbasic | D |  | S3 | Storage");
    fs::write(learner.home().join("aws.apkg"), bytes).expect("a file");
    let history = |words: &str| {
        learner.json(&format!("deck import aws.apkg --now 2023-12-24T09:00 {words}"), "")["history"].clone()
    };
    assert_eq!(history("--no-history --out other.yaml"), Value::Null);
    assert_eq!(history(""), serde_json::json!({"reviews": 6, "cards": 2, "known": 0}));
    assert_eq!(history("--force"), serde_json::json!({"reviews": 0, "cards": 0, "known": 8}));
    // Both are due on that day, as they were there; the day before they were not.
    let left = |now: &str| learner.json(&format!("drill ./aws.yaml --now {now}"), "")["n_due_left"].clone();
    assert_eq!(left("2023-12-24T10:00"), 2);
}
