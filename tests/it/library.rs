//! A library of one's own: new decks, decks that are added and removed, search, edits and watched checks.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Bank, Conversation, Learner, Said, refused, run};

const TIMED: Bank =
    Bank { id: "timed", exam: "exam:\n  minutes: 30\n  items: 6\n", domains: &[("net", 60, 6), ("sec", 40, 6)] };

/// Files and folders below `folder`, in order.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.is_symlink() {
            found.extend(below(&path));
        }
        found.push(path);
    }
    found.sort();
    found
}

/// Writes an editor that does what the shell lines say; its file is `$2`, its line `$1`.
fn editor(learner: &Learner, lines: &str) -> String {
    let path = learner.write("editor.sh", &format!("#!/bin/sh\nset -e\n{lines}\n"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("a program");
    path
}

/// Runs a command with an editor and `input`.
fn with_editor(learner: &Learner, words: &[&str], editor: &str, input: &str) -> Said {
    run(learner.command(words).env("VISUAL", editor), input.as_bytes())
}

#[test]
fn a_new_deck_has_no_errors_and_no_warnings_and_can_be_sat() {
    let learner = Learner::new();
    for words in ["new net.yaml", "new net --domains net:40,sec:60", "new --id own --items none", "new --id f --folder"]
    {
        let made = learner.json(&format!("deck {words}"), "");
        let path = made["path"].as_str().expect("a path").to_owned();
        let check = learner.json(&format!("deck check ./{path}"), "");
        assert_eq!((check["errors"].as_u64(), check["warnings"].as_u64()), (Some(0), Some(0)), "{words}: {check}");
        let report = learner.json(&format!("exam ./{path} --now 2027-02-01T09:00"), &"-\n".repeat(4));
        assert_eq!(report["n_items"].as_u64(), Some(4), "{words}: {report}");
    }
    let schema = learner.json("deck schema", "");
    let beside = fs::read_to_string(learner.home().join("cutscore.schema.json")).expect("the schema beside the deck");
    assert_eq!(serde_json::from_str::<Value>(&beside).expect("JSON"), schema);
    let said = learner.say("deck new again.yaml").done().out;
    assert!(said.contains("cutscore deck check ./again.yaml") && said.contains("cutscore exam ./again.yaml"), "{said}");
}

#[test]
fn a_new_deck_holds_what_its_options_say() {
    let learner = Learner::new();
    let options =
        ["deck", "new", "--title", "Nets: a \"first\" # look", "--items", "3", "--minutes", "7", "--cut", "65"];
    let options = [&options[..], &["--domains", "net:40,Access control:60", "--id", "nets/1"]].concat();
    run(&mut learner.command(&options), b"").done();
    let shown = learner.json("deck show ./nets-1.yaml", "");
    assert_eq!((shown["id"].as_str(), shown["title"].as_str()), (Some("nets/1"), Some("Nets: a \"first\" # look")));
    assert_eq!(
        (shown["domains"][1]["id"].as_str(), &shown["domains"][1]["weight"]),
        (Some("access-control"), &60.0.into())
    );
    let text = learner.say("deck show ./nets-1.yaml").done().out;
    assert!(text.contains("3 scored and 0 unscored questions, 7 minutes"), "{text}");
    for (words, why) in [
        ("--items many", "--items: write a number from 1 to 10000"),
        ("--cut 100", "--cut: write a number of percent"),
        ("--id ../..\u{1b}", "--id: an id is made of"),
        ("--domains a:b", "--domains: the weight of a"),
    ] {
        refused(learner.say(&format!("deck new other.yaml {words}")), 2, why);
    }
    assert!(!learner.home().join("other.yaml").exists());
}

#[test]
fn a_new_deck_overwrites_nothing_unless_it_is_forced() {
    let learner = Learner::new();
    let path = learner.write("mine.yaml", "my own words");
    refused(learner.say("deck new mine.yaml"), 1, "mine.yaml is there already");
    fs::create_dir(learner.home().join("mine")).expect("a folder");
    learner.write("mine/deck.yaml", "my own words");
    refused(learner.say("deck new mine"), 1, "deck.yaml is there already");
    assert!(!learner.home().join("mine/questions.yaml").exists());
    symlink("/nowhere/to/be/found", learner.home().join("link.yaml")).expect("a link");
    refused(learner.say("deck new link.yaml"), 1, "link.yaml is there already");
    assert_eq!(fs::read_to_string(&path).expect("reads"), "my own words");
    learner.say("deck new mine.yaml --force").done();
    assert!(fs::read_to_string(&path).expect("reads").contains("questions:"));
}

#[test]
fn a_title_and_an_id_that_attack_stay_text_and_in_the_folder() {
    let learner = Learner::new();
    let attack = "\u{1b}]0;owned\u{7}\"\nquestions: []\n\u{202e}";
    let said = run(&mut learner.command(&["deck", "new", "--title", attack, "--id", "../../etc/own"]), b"").done();
    let is_harmful = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!said.all().contains(is_harmful), "{:?}", said.all());
    let yaml = fs::read_to_string(learner.home().join("etc-own.yaml")).expect("a file here");
    assert!(!yaml.contains(is_harmful), "{yaml:?}");
    let shown = learner.json("deck show ./etc-own.yaml", "");
    assert_eq!(shown["id"].as_str(), Some("../../etc/own"));
    assert!(shown["title"].as_str().expect("a title").starts_with("␛]0;owned␇\" questions: []"), "{shown}");
    // As a copy it stays in the data directory, too.
    let copy = learner.json("deck add etc-own.yaml --copy", "");
    assert!(Path::new(copy["path"].as_str().expect("a path")).starts_with(learner.data_dir().join("decks/etc-own")));
    assert_eq!(learner.json("deck show ../../etc/own", "")["id"].as_str(), Some("../../etc/own"));
}

#[test]
fn a_deck_that_was_added_is_named_by_its_id_everywhere() {
    let learner = Learner::new();
    let path = learner.write("my-bank.yaml", &TIMED.yaml());
    let added = learner.json("deck add my-bank.yaml", "");
    assert_eq!((added["id"].as_str(), added["path"].as_str()), (Some("timed"), Some(path.as_str())));
    assert_eq!(learner.json("exam timed", &"a\n".repeat(6))["n_items"].as_u64(), Some(6));
    learner.say("drill timed").done();
    let listed = learner.json("deck list", "")["decks"][1].clone();
    assert_eq!(
        (&listed["questions"], &listed["copied"], listed["files"].as_str()),
        (&12.into(), &false.into(), Some("unchanged"))
    );
    fs::write(&path, TIMED.yaml().replace("net-03", "net-33")).expect("writes");
    assert_eq!(learner.json("deck list", "")["decks"][1]["files"].as_str(), Some("changed"));
    fs::remove_file(&path).expect("removes");
    assert_eq!(learner.json("deck list", "")["decks"][1]["files"].as_str(), Some("gone"));
    assert!(learner.say("deck list").done().out.contains("the file is gone"));
}

#[test]
fn a_copy_needs_its_original_no_more_and_goes_with_the_deck() {
    let learner = Learner::new();
    let path = learner.write("timed.yaml", &TIMED.yaml());
    let copy = learner.json("deck add timed.yaml --copy", "");
    let copy = PathBuf::from(copy["path"].as_str().expect("a path"));
    assert!(copy.starts_with(learner.data_dir().join("decks")) && copy.ends_with("timed/timed.yaml"), "{copy:?}");
    fs::remove_file(&path).expect("removes");
    assert_eq!(learner.json("exam timed", &"a\n".repeat(6))["n_items"].as_u64(), Some(6));
    // To look at a deck with the same id takes nothing away from the copy.
    learner.write("timed.yaml", &TIMED.yaml().replace("Bank timed", "Another"));
    learner.say("deck show ./timed.yaml").done();
    assert_eq!(learner.json("deck show timed", "")["title"].as_str(), Some("Bank timed"));
    let removed = learner.json("deck remove timed", "");
    assert_eq!(removed["copy_deleted"].as_bool(), Some(true));
    assert!(!copy.exists() && below(&learner.data_dir().join("decks")).is_empty());
    refused(learner.say("exam timed"), 1, "there is no deck `timed`");
    refused(learner.say("deck remove timed"), 1, "there is no deck `timed`");
    // What was learned is there when the deck comes back.
    learner.say("deck add timed.yaml").done();
    assert!(learner.say("history").done().out.contains("timed"), "{}", learner.say("history").out);
    assert!(path.ends_with("timed.yaml") && Path::new(&path).exists());
}

#[test]
fn a_folder_is_copied_whole_under_its_own_name() {
    let learner = Learner::new();
    learner.say("deck new bank --title Bank --domains a:1,b:1").done();
    let deck = fs::read_to_string(learner.home().join("bank/deck.yaml")).expect("reads");
    // Without an id a deck is named after its folder.
    let deck: String = deck.lines().filter(|line| !line.starts_with("id:")).flat_map(|line| [line, "\n"]).collect();
    learner.write("bank/deck.yaml", &deck);
    let original = learner.json("deck show ./bank", "");
    learner.json("deck add bank --copy", "");
    fs::remove_dir_all(learner.home().join("bank")).expect("removes");
    assert_eq!(learner.json("deck show bank", ""), original);
}

#[test]
fn an_id_that_is_taken_is_said_to_be() {
    let learner = Learner::new();
    let one = learner.write("one.yaml", &TIMED.yaml());
    let two = learner.write("two.yaml", &TIMED.yaml().replace("Bank timed", "Second"));
    learner.say("deck add one.yaml").done();
    refused(learner.say("deck add two.yaml"), 1, &format!("the deck `timed` is at {one}"));
    learner.say("deck add one.yaml").done();
    let replaced = learner.json("deck add two.yaml --replace --copy", "");
    assert_eq!(replaced["replaced"].as_str(), Some(one.as_str()));
    assert_eq!(learner.json("deck show timed", "")["title"].as_str(), Some("Second"));
    // A copy that is replaced goes.
    learner.json("deck add one.yaml --replace --copy", "");
    let copies = below(&learner.data_dir().join("decks")).into_iter().filter(|path| path.is_file()).count();
    assert_eq!((copies, learner.json("deck show timed", "")["title"].as_str()), (1, Some("Bank timed")));
    assert!(Path::new(&one).exists() && Path::new(&two).exists());
    learner.write("theirs.yaml", &TIMED.yaml().replace("id: timed", "id: clf-c02"));
    refused(learner.say("deck add theirs.yaml --replace"), 1, "the deck `clf-c02` comes with the program");
    refused(learner.say("deck remove clf-c02"), 1, "comes with the program");
}

#[test]
fn a_copy_follows_no_links_and_takes_no_broken_or_huge_deck() {
    let learner = Learner::new();
    let secret = learner.write("secret.txt", "id: secret\nquestions:\n  - {stem: S?, right: a, wrong: [b]}\n");
    symlink(&secret, learner.home().join("link.yaml")).expect("a link");
    refused(learner.say("deck add link.yaml --copy"), 3, "link.yaml is a symbolic link");
    fs::create_dir(learner.home().join("bank")).expect("a folder");
    learner.write("bank/deck.yaml", "id: bank\nquestions:\n  - {stem: Q?, right: a, wrong: [b]}\n");
    symlink(&secret, learner.home().join("bank/more.yaml")).expect("a link");
    refused(learner.say("deck add bank --copy"), 3, "more.yaml is a symbolic link");
    learner.write("broken.yaml", "questions: [");
    let broken = learner.say("deck add broken.yaml --copy").with_code(3);
    assert!(broken.err.contains("D003"), "{}", broken.err);
    let huge = fs::File::create(learner.home().join("huge.yaml")).expect("a file");
    huge.set_len((64 << 20) + 1).expect("a hole");
    refused(learner.say("deck add huge.yaml --copy"), 3, "too large");
    refused(learner.say("deck add /dev/zero"), 3, "neither a file nor a folder");
    refused(learner.say("deck add nothing.yaml"), 1, "no file or folder");
    assert!(below(&learner.data_dir().join("decks")).is_empty());
    assert_eq!(learner.json("deck list", "")["decks"].as_array().map(Vec::len), Some(1));
}

/// The ids that a search finds, in order.
fn found(learner: &Learner, words: &str) -> Vec<String> {
    let result = learner.say(&format!("--json deck search {words}")).done().value();
    let found = result["found"].as_array().expect("a list");
    assert!(result["n_found"].as_u64().expect("a number") >= found.len() as u64);
    found
        .iter()
        .map(|found| {
            format!("{}/{}", found["deck"].as_str().expect("a deck"), found["item"].as_str().expect("an item"))
        })
        .collect()
}

const BIRDS: &str = "id: birds\ndomains: [{id: water, weight: 1, tasks: [{id: '1', title: Ducks}]}, {id: air, weight: 2}]\nquestions:
  - {id: swim, task: '1', stem: Which bird is swimming?, choices: [{text: Duck, correct: true, why: It has paddling feet.}, Wren]}
  - {id: fly, domain: air, tags: [odd, 'two words'], stem: Which bird flies backwards?, right: Hummingbird, wrong: [Penguin, Duck]}
  - {id: typed, domain: air, stem: Who sings at night?, accept: nightingale}
  - {id: card, domain: air, front: What is a young swan called?, back: a cygnet}
  - {id: blank, domain: air, cloze: 'The {{albatross}} glides.'}
";

#[test]
fn items_are_found_by_words_of_all_their_texts() {
    let learner = Learner::new();
    learner.write("birds.yaml", BIRDS);
    learner.say("deck add birds.yaml").done();
    assert_eq!(found(&learner, "swim bird"), ["birds/swim"]);
    assert_eq!(found(&learner, "paddling"), ["birds/swim"]);
    assert_eq!(found(&learner, "duck"), ["birds/fly", "birds/swim"]);
    assert_eq!(found(&learner, "nightingale"), ["birds/typed"]);
    assert_eq!(found(&learner, "CYGNET"), ["birds/card"]);
    assert_eq!(found(&learner, "albat*"), ["birds/blank"]);
    assert_eq!(found(&learner, "duck --domain air"), ["birds/fly"]);
    assert_eq!(found(&learner, "duck --task 1"), ["birds/swim"]);
    assert_eq!(found(&learner, "duck --tag odd"), ["birds/fly"]);
    assert_eq!(found(&learner, "duck --deck clf-c02"), [""; 0]);
    assert_eq!(found(&learner, "duck --limit 1").len(), 1);
    let in_air = ["birds/fly", "birds/typed", "birds/card", "birds/blank"];
    assert_eq!(found(&learner, "--deck birds --domain air"), in_air);
    assert_eq!(found(&learner, "--tag odd"), ["birds/fly"]);
    assert_eq!(found(&learner, "--tag odd --domain water"), [""; 0]);
    assert_eq!(found(&learner, "--deck birds --task 1"), ["birds/swim"]);
    assert!(learner.say("deck search --tag even").done().out.contains("There is no such item."));
    assert!(learner.say("deck search --tag odd").done().out.contains("birds fly\n    Which bird flies backwards?\n"));
    refused(learner.say("deck search"), 2, "WORDS");
    for nothing in ["zebra", "\"", "NEAR(zebra", "prompt:swim", "-duck*x", "*"] {
        assert_eq!(found(&learner, &format!("-- {nothing}")), [""; 0], "{nothing}");
    }
    let text = learner.say("deck search backwards --color always").done().out;
    assert!(text.contains("birds fly\n    Which bird flies \u{1b}[1mbackwards\u{1b}[0m?\n"), "{text}");
    assert!(learner.say("deck search zebra").done().out.contains("No item has these words."));
    assert!(learner.say("deck search bird --limit 1").done().out.contains("2 items found"));
}

#[test]
fn the_full_text_follows_the_deck() {
    let learner = Learner::new();
    learner.write("birds.yaml", BIRDS);
    learner.say("deck add birds.yaml").done();
    learner.write("birds.yaml", &BIRDS.replace("paddling feet", "a beak").replace("Penguin", "Kiwi"));
    assert_eq!(found(&learner, "paddling"), ["birds/swim"], "what was read last is searched");
    assert_eq!(found(&learner, "kiwi --deck birds"), ["birds/fly"]);
    assert_eq!(found(&learner, "paddling"), [""; 0]);
    // A second deck with the same items, and the first one gone.
    learner.write("other.yaml", &BIRDS.replace("id: birds", "id: other"));
    learner.say("deck add other.yaml").done();
    assert_eq!(found(&learner, "cygnet"), ["birds/card", "other/card"]);
    learner.say("deck remove birds").done();
    assert_eq!(found(&learner, "cygnet"), ["other/card"]);
    learner.say("deck remove other").done();
    assert_eq!(found(&learner, "cygnet"), [""; 0]);
}

#[test]
fn a_search_tells_of_an_open_exam_only_what_its_candidate_sees() {
    let learner = Learner::new();
    learner.write("birds.yaml", &BIRDS.replace("questions:", "exam: {items: 3, minutes: 9}\nquestions:"));
    learner.say("deck add birds.yaml").done();
    assert_eq!(found(&learner, "nightingale"), ["birds/typed"]);
    learner.say("exam birds --now 2027-02-01T09:00").done();
    assert_eq!((found(&learner, "nightingale"), found(&learner, "paddling")), (vec![], vec![]));
    assert_eq!(found(&learner, "swimming duck"), ["birds/swim"]);
    assert_eq!(found(&learner, "cygnet"), ["birds/card"]);
    let said = learner.say("deck search duck").done().out;
    assert!(!said.contains("right") && !said.contains("paddling"), "{said}");
    refused(learner.say("deck show birds --item swim"), 1, "stands in an exam that is open");
    // Another wording in the file changes nothing of that.
    learner.write("birds.yaml", &BIRDS.replace("paddling feet", "zygodactyl feet"));
    learner.say("deck add birds.yaml").done();
    assert_eq!(found(&learner, "zygodactyl"), [""; 0]);
    learner.feed("exam birds --now 2027-02-01T09:01", &"-\n".repeat(3)).done();
    assert_eq!(found(&learner, "zygodactyl"), ["birds/swim"]);
    learner.say("deck show birds --item swim").done();
}

#[test]
fn an_item_is_edited_on_a_copy_at_its_line() {
    let learner = Learner::new();
    let path = learner.write("timed.yaml", &TIMED.yaml());
    learner.say("deck add timed.yaml").done();
    let line = 1 + TIMED.yaml().lines().position(|line| line.contains("id: net-02")).expect("the item");
    let script = editor(
        &learner,
        &format!("test \"$1\" = +{line}\ntest \"$2\" != {path}\nsed -i 's/What does net-02/What did net-02/' \"$2\""),
    );
    let said = with_editor(&learner, &["deck", "edit", "timed", "net-02"], &script, "").done();
    assert!(said.out.ends_with("Saved.\n"), "{}", said.out);
    assert_eq!(learner.json("deck show timed --item net-02", "")["stem"].as_str(), Some("What did net-02 ask?"));
    let nothing = with_editor(&learner, &["deck", "edit", "timed", "net-02"], "true", "").done();
    assert_eq!(nothing.out, "The file is as it was.\n");
    let names: Vec<PathBuf> =
        fs::read_dir(learner.home()).expect("reads").map(|entry| entry.expect("an entry").path()).collect();
    assert!(!names.iter().any(|path| path.to_string_lossy().contains(".edit-")), "{names:?}");
}

#[test]
fn an_edit_that_breaks_the_deck_changes_nothing_and_loses_nothing() {
    let learner = Learner::new();
    let path = learner.write("timed.yaml", &TIMED.yaml());
    let script = editor(&learner, "sed -i 's/stem: What does net-02/stm: What does net-02/' \"$2\"");
    let said = with_editor(&learner, &["deck", "edit", "./timed.yaml", "net-02"], &script, "").with_code(3);
    assert_eq!(fs::read_to_string(&path).expect("reads"), TIMED.yaml());
    assert!(said.out.contains("did you mean") || said.out.contains("D007"), "{}", said.out);
    let kept = said.out.lines().find_map(|line| line.strip_prefix("What you wrote is kept in ")).expect("a place");
    assert!(fs::read_to_string(kept).expect("reads").contains("stm: What does net-02"));
    // The deck still reads, and the draft is no part of it.
    assert_eq!(learner.json("deck check ./timed.yaml", "")["errors"].as_u64(), Some(0));
}

#[test]
fn an_editor_that_fails_or_is_not_there_changes_nothing() {
    let learner = Learner::new();
    let path = learner.write("timed.yaml", &TIMED.yaml());
    let words = ["deck", "edit", path.as_str(), "net-02"];
    refused(run(&mut learner.command(&words), b""), 1, "set VISUAL or EDITOR");
    refused(with_editor(&learner, &words, "false", ""), 1, "failed");
    refused(with_editor(&learner, &words, "/no/such/editor", ""), 1, "cannot be started");
    refused(with_editor(&learner, &words, "vi 'half", ""), 1, "is no command");
    refused(with_editor(&learner, &["deck", "edit", path.as_str(), "net-99"], "true", ""), 1, "no item `net-99`");
    refused(with_editor(&learner, &["deck", "edit", "anything"], "true", ""), 1, "comes with the program");
    // Somebody else writes the file meanwhile.
    let script = editor(&learner, &format!("echo '# theirs' >> {path}\necho '# mine' >> \"$2\""));
    let said = with_editor(&learner, &words, &script, "");
    refused(said, 1, "changed by another program");
    assert!(fs::read_to_string(&path).expect("reads").ends_with("# theirs\n"));
}

#[test]
fn a_watched_check_goes_on_through_changes_new_files_and_a_deck_that_is_gone() {
    let learner = Learner::new();
    learner.say("deck new bank --title Bank").done();
    let mut watch = Conversation::start(learner.command(&["deck", "check", "./bank", "--watch"]));
    watch.wait_for("Watching 2 files");
    learner.write("bank/more.yaml", "questions:\n  - {id: extra, stem: Extra?, right: yes}\n");
    let said = watch.wait_for("Watching 3 files");
    assert!(said.contains("item `extra`") && said.contains("1 error"), "{said}");
    learner.write("bank/more.yaml", "questions:\n  - {id: extra, stem: Extra?, right: yes, wrong: [no]}\n");
    assert!(watch.wait_for("Watching 3 files").contains("0 errors"));
    fs::remove_dir_all(learner.home().join("bank")).expect("removes");
    watch.wait_for("Waiting for it");
    learner.say("deck new bank --title Bank").done();
    watch.wait_for("Watching 2 files");
    watch.interrupt();
    assert_eq!(watch.end().0, Some(0));
    refused(learner.say("deck check ./bank --watch --json"), 2, "cannot be used with");
}

#[test]
fn numbers_of_a_listing_are_those_of_the_deck() {
    let learner = Learner::new();
    learner.write("birds.yaml", BIRDS);
    learner.say("deck add birds.yaml").done();
    let listed: Value = learner.json("deck list", "")["decks"][1].clone();
    assert_eq!((listed["questions"].as_u64(), listed["flashcards"].as_u64()), (Some(3), Some(2)));
}
