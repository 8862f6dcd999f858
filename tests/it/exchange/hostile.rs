//! Files that were made to do harm: what comes of them is an error or a short list, in bounded time and memory.

use std::io::{Cursor, Write as _};

use cutscore::deck::ItemBody;
use cutscore::exchange::{ImportError, ImportFormat, import_deck};
use rusqlite::Connection;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::exchange::anki_package::{collection_of, package_of, zipped};
use crate::exchange::imported;
use crate::support::{Learner, tried};

fn refused(bytes: &[u8]) -> ImportError {
    tried("archives", 1, 0);
    import_deck("bank", bytes, None, &mut |_| {})
        .map(|imported| imported.deck.items.len())
        .expect_err("nothing good can come of it")
}

#[track_caller]
fn check(bytes: &[u8], reason: &str) {
    let error = refused(bytes).to_string();
    assert!(error.contains(reason), "{error}");
}

const ITEM: &[u8] = b"<assessmentItem identifier=\"a\"/>";

#[test]
fn names_that_lead_out_of_a_package_are_refused() {
    for name in ["../item.xml", "a/../../item.xml", "/etc/item.xml", "C:\\item.xml", "a\\..\\item.xml"] {
        check(&zipped(&[(name, ITEM)]), "leads out of the package");
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("item.xml", "/etc/passwd", SimpleFileOptions::default()).expect("a link");
    check(&zip.finish().expect("a package").into_inner(), "is a link");
}

#[test]
fn two_entries_of_one_name_are_refused() {
    check(&zipped(&[("a.xml", ITEM), ("A.xml", ITEM)]), "two entries are called");
    // The same name twice, which a writer would refuse: the second name is changed in the bytes.
    let mut bytes = zipped(&[("one.xml", ITEM), ("two.xml", ITEM)]);
    while let Some(at) = bytes.windows(7).position(|window| window == b"two.xml") {
        bytes[at..at + 7].copy_from_slice(b"one.xml");
    }
    check(&bytes, "two entries");
}

#[test]
fn entries_that_overlap_are_refused() {
    let mut bytes = zipped(&[("one.xml", ITEM), ("two.xml", ITEM)]);
    // The second entry of the list points at the first one's place.
    let second = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").expect("a list");
    bytes[second + 42..second + 46].copy_from_slice(&[0, 0, 0, 0]);
    refused(&bytes);
}

#[test]
fn what_comes_out_of_an_entry_is_what_counts() {
    // 65 MiB of blanks in 65 KB: more than a file of a package may have.
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("item.xml", SimpleFileOptions::default()).expect("an entry");
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..65 {
        zip.write_all(&blanks).expect("its bytes");
    }
    let bytes = zip.finish().expect("a package").into_inner();
    assert!(bytes.len() < 1 << 20);
    check(&bytes, "has more than 64 MiB");
}

#[test]
fn entities_do_not_grow() {
    let mut text = "<?xml version=\"1.0\"?><!DOCTYPE quiz [<!ENTITY a \"aaaaaaaaaa\">".to_owned();
    for (name, other) in [("b", "a"), ("c", "b"), ("d", "c"), ("e", "d")] {
        text.push_str(&format!("<!ENTITY {name} \"{}\">", format!("&{other};").repeat(10)));
    }
    text.push_str("<!ENTITY x SYSTEM \"file:///etc/passwd\">]><quiz><question type=\"truefalse\"><questiontext><text>&e; &x;</text>");
    text.push_str("</questiontext><answer fraction=\"100\"><text>true</text></answer></question></quiz>");
    let imported = import_deck("bank", text.as_bytes(), None, &mut |_| {}).expect("a quiz");
    assert_eq!(imported.deck.items[0].body.prompt(), "&e; &x;");
}

#[test]
fn depth_and_size_of_elements_are_bounded() {
    check(format!("<quiz><question>{}", "<a>".repeat(100_000)).as_bytes(), "nested more than 128 deep");
    check(format!("<quiz><question/>{}", "<quiz>".repeat(100_000)).as_bytes(), "nested more than 128 deep");
    check(format!("<quiz><question>{}</question></quiz>", "<a/>".repeat(200_000)).as_bytes(), "more than 100000 parts");
    check(b"<quiz><question type=\"essay\"></quiz>", "not well-formed");
}

#[test]
fn a_collection_that_would_run_for_ever_is_stopped() {
    // A table that is a view over itself many times would take years; views are off.
    let bytes = collection_of("basic | D |  | a | b");
    let path = tempfile::NamedTempFile::new().expect("a file for the test");
    std::fs::write(path.path(), &bytes).expect("its bytes");
    let db = Connection::open(path.path()).expect("the collection");
    db.execute_batch(
        "alter table notes rename to n;
         create view notes as with recursive r(i) as (select 1 union all select i + 1 from r where i < 1000000000000)
             select n.*, i from n, r;",
    )
    .expect("a view");
    drop(db);
    let bytes = std::fs::read(path.path()).expect("the collection");
    check(&bytes, "the collection cannot be read");
}

#[test]
fn a_broken_collection_is_refused() {
    let mut bytes = collection_of("basic | D |  | a | b");
    bytes[100..200].fill(0xff);
    check(&bytes, "the collection cannot be read");
    check(&zipped(&[("collection.anki2", b"no database")]), "the collection cannot be read");
    check(&zipped(&[("collection.anki21b", b"\x28\xb5\x2f\xfd\xff\xff\xff\xff\xff")]), "cannot be unpacked");
    check(&zipped(&[("collection.anki3", b"")]), "has no collection");
    assert!(import_deck("bank", &package_of(""), None, &mut |_| {}).is_ok_and(|none| none.deck.items.is_empty()));
}

#[test]
fn long_odd_texts_take_time_in_proportion() {
    let n = 60_000;
    let hostile = [
        ("<".repeat(n), ImportFormat::Gift),
        ("{".repeat(n), ImportFormat::Gift),
        ("a {\n\n".repeat(n / 4), ImportFormat::Gift),
        ("=~#->::".repeat(n / 7), ImportFormat::Gift),
        (format!("q {{={}}}", "<b>".repeat(n / 3)), ImportFormat::Gift),
        (format!("q {{={}}}", "&#x".repeat(n / 3)), ImportFormat::Gift),
        (format!("q {{={}~b}}", "<a href='".repeat(n / 9)), ImportFormat::Gift),
        ("1. q\n".repeat(n / 5), ImportFormat::Markdown),
        (format!("1. q\n{}Answer: A\n", "A. ".repeat(n / 3)), ImportFormat::Markdown),
        (format!("1. q\nA. a\nB. b\nAnswer: A\n{}", "1. x\n".repeat(n / 5)), ImportFormat::Markdown),
        (format!("1. {}\nA. a\nB. b\nAnswer: A\n", "![".repeat(n / 2)), ImportFormat::Markdown),
        ("A. x\n".repeat(n / 5), ImportFormat::Aiken),
        (format!("question,answer\n\"{}", "a,\n".repeat(n / 3)), ImportFormat::Csv),
        (format!("question,a,b,answer\n{}", ",".repeat(n)), ImportFormat::Csv),
    ];
    for (text, format) in hostile {
        // That each of them ends at all within the patience of a test is what is held here.
        let _any = import_deck("bank", text.as_bytes(), Some(format), &mut |_| {});
    }
}

#[test]
fn no_field_of_a_table_is_a_formula_for_a_spreadsheet_and_every_text_comes_back() {
    for start in ["=", "+", "-", "@", "\t", "\r"] {
        let text = format!("{start}cmd|' /C calc'!A0");
        let quoted = serde_json::to_string(&text).expect("a text");
        let deck = format!(
            "title: {quoted}\ndomains: [{{id: d, title: {quoted}}}]\nquestions:\n\
             - {{id: a, stem: {quoted}, right: {quoted}, wrong: [b], tags: [t], refs: [{quoted}]}}\n\
             - {{id: b, front: {quoted}, back: {quoted}, concept: c}}\n\
             - {{id: c, stem: {quoted}, accept: [{quoted}]}}\n"
        );
        let learner = Learner::new();
        let path = learner.write("deck.yaml", &deck);
        let table = learner.home().join("deck.csv");
        learner.say(&format!("deck export {path} --format csv --out {}", table.display())).done();
        let bytes = std::fs::read(&table).expect("a table");
        for record in csv::Reader::from_reader(bytes.as_slice()).records() {
            for field in &record.expect("a row") {
                assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{start:?}: {field:?}");
                tried("formulas", 1, 0);
            }
        }
        let back = imported(&bytes, Some(ImportFormat::Csv));
        let front = back.deck.items.iter().filter_map(|item| match &item.body {
            ItemBody::Flashcard(card) => Some(card.front.as_str()),
            _ => None,
        });
        assert_eq!(front.collect::<Vec<_>>(), [text.trim()], "{start:?}");
    }
}

#[test]
fn words_that_look_like_sql_are_words() {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", "id: plain\nquestions: [{id: a, front: plain, back: b}]\n");
    learner.say(&format!("deck show {path}")).done();
    for words in [
        "'",
        "';drop/**/table/**/event;--",
        "\"",
        "plain\"*",
        "NEAR(",
        "a:b",
        "*",
        "-plain",
        "%",
        "plain'OR'1",
        "^",
        "((",
    ] {
        let said = crate::support::run(&mut learner.command(&["deck", "search", "plain", words]), b"");
        assert!((0..=2).contains(&said.code), "{words}: {}", said.err);
        assert!(!said.err.contains("the database"), "{words}: {}", said.err);
        let said = crate::support::run(
            &mut learner.command(&["deck", "doubt", "plain", "--item", "a", &format!("--reason={words}")]),
            b"",
        );
        assert_eq!(said.code, 0, "{words}: {}", said.err);
        tried("sql", 2, 0);
    }
    assert!(learner.say("data check").done().out.contains("all is well"));
}
