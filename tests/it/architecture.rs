//! The shape of the source tree: who may name whom, what stays out of the pure floors, and how long things get.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use crate::rust_source::RustSource;

/// Each module of `src`, the lowest floor first, and every module that it names. A new edge is a change of design.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("deck", &["base"]),
    ("exam", &["base", "deck"]),
    ("score", &["base", "deck"]),
    ("review", &["base", "exam"]),
    ("plan", &["base", "deck", "exam", "review"]),
    ("store", &["base", "deck", "exam", "score", "review"]),
    ("format", &["base", "deck"]),
    ("exchange", &["base", "deck"]),
    ("render", &["base", "deck", "exam", "score", "review", "plan"]),
    ("config", &[]),
    ("app", &["base", "deck", "exam", "score", "review", "plan", "store", "format", "exchange", "render"]),
    ("tui", &["base", "deck", "exam", "review", "app"]),
    ("cli", &["base", "deck", "exam", "review", "format", "exchange", "render", "config", "app", "tui"]),
];

/// Floors without files, clock, chance of their own, environment, printing, SQL or YAML.
const PURE: &[&str] = &["base", "deck", "exam", "score", "review", "plan"];

/// What no pure floor names. Hash maps are among it since their order is drawn afresh in each run.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant",
    "chrono::Local",
    "Local::now",
    "Utc::now",
    "rand::rng",
    "rand::random",
    "rand::make_rng",
    "SysRng",
    "ThreadRng",
    "HashMap",
    "HashSet",
    "rusqlite",
    "rustix",
    "serde",
    "serde_json",
    "serde_yaml",
    "granit_parser",
    "postcard",
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
    "dbg!",
];

/// Crates that one module keeps to itself.
const CONFINED: &[(&str, &str)] = &[
    ("rusqlite", "store"),
    ("postcard", "store"),
    ("granit_parser", "format"),
    ("serde_yaml", "config"),
    ("zip", "exchange"),
    ("quick_xml", "exchange"),
    ("ruzstd", "exchange"),
    ("annotate_snippets", "format"),
    ("etcetera", "config"),
    ("ratatui", "tui"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("clap_mangen", "cli"),
];

/// How SQL begins and goes on.
const SQL: &[(&str, &str)] = &[
    ("select ", " from "),
    ("insert into ", ""),
    ("update ", " set "),
    ("delete from ", ""),
    ("create table ", ""),
    ("create index ", ""),
    ("pragma ", ""),
];

const MAX_FILE_LINES: usize = 600;
const MAX_FUNCTION_LINES: usize = 60;

/// A Rust file of the tree.
struct File {
    path: String, // below the package, with `/`
    text: String,
    source: RustSource,
}

impl File {
    fn new(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned(), source: RustSource::parse(text) }
    }

    /// The module of `src` that the file belongs to; `lib` and `main` are the roots.
    fn module(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        below.split('/').next().unwrap_or(below).trim_end_matches(".rs")
    }

    fn is_root(&self) -> bool {
        matches!(self.path.as_str(), "src/lib.rs" | "src/main.rs")
    }

    /// The modules of this crate that the file names, in code or in links of its documentation.
    fn named_modules(&self) -> BTreeSet<String> {
        let paths = self.source.paths().into_iter().chain(self.source.paths_in_comments());
        let own = paths.filter(|path| path.len() > 1 && matches!(path[0].as_str(), "crate" | "cutscore"));
        own.map(|path| path[1].clone()).collect()
    }
}

/// Says what a file does wrong.
type Rule = fn(&File) -> Vec<String>;

fn floors(file: &File) -> Vec<String> {
    let module = file.module();
    let Some((_, may_know)) = MAY_KNOW.iter().find(|(name, _)| *name == module) else {
        return if file.is_root() { Vec::new() } else { vec![format!("`{module}` has no row in the table")] };
    };
    let is_open = |named: &String| named != module && !may_know.contains(&named.as_str());
    file.named_modules().iter().filter(|named| is_open(named)).map(|named| format!("must not name `{named}`")).collect()
}

/// `super` must not be a way around the table.
fn no_climbing(file: &File) -> Vec<String> {
    let is_top = file.path == format!("src/{}/mod.rs", file.module()) || file.path.matches('/').count() == 1;
    let climbs = |path: &Vec<String>| path[0] == "super" && (is_top || path.get(1).is_some_and(|next| next == "super"));
    let climbing = file.source.paths().into_iter().filter(climbs);
    climbing.map(|path| format!("climbs by `{}`, name it by `crate::`", path.join("::"))).collect()
}

fn purity(file: &File) -> Vec<String> {
    let named = if PURE.contains(&file.module()) { file.source.paths() } else { Vec::new() };
    let is_named = |impure: &&&str| {
        let wanted: Vec<&str> = impure.split("::").collect();
        named.iter().any(|path| path.windows(wanted.len()).any(|part| part == wanted))
    };
    IMPURE.iter().filter(is_named).map(|impure| format!("is pure and must not name `{impure}`")).collect()
}

/// Folders that may use what is confined to another module: Anki's collections are databases of their own, which are
/// read from memory and written to it, and have nothing to do with the learner's.
const FOREIGN_DATABASES: &[&str] = &["src/exchange/anki/"];

fn is_foreign_database(file: &File) -> bool {
    FOREIGN_DATABASES.iter().any(|folder| file.path.starts_with(folder))
}

fn confinement(file: &File) -> Vec<String> {
    let named: BTreeSet<String> = file.source.paths().into_iter().map(|path| path[0].clone()).collect();
    let is_allowed = |name: &str| name == "rusqlite" && is_foreign_database(file);
    let strays =
        CONFINED.iter().filter(|(name, home)| named.contains(*name) && file.module() != *home && !is_allowed(name));
    strays.map(|(name, home)| format!("must not name `{name}`, which belongs to `{home}`")).collect()
}

fn sql_stays_in_store(file: &File) -> Vec<String> {
    let is_sql =
        |text: &&String| SQL.iter().any(|(start, later)| text.trim_start().starts_with(start) && text.contains(later));
    let may_hold_sql = file.module() == "store" || is_foreign_database(file);
    let found = file.source.texts.iter().filter(|_| !may_hold_sql).filter(is_sql);
    found.map(|text| format!("holds SQL: {text:?}")).collect()
}

fn purpose_comes_first(file: &File) -> Vec<String> {
    if file.text.starts_with("//! ") { Vec::new() } else { vec!["must begin with a `//!` line".to_owned()] }
}

fn files_stay_small(file: &File) -> Vec<String> {
    let n_lines = file.text.lines().count();
    if n_lines <= MAX_FILE_LINES { Vec::new() } else { vec![format!("has {n_lines} lines")] }
}

fn functions_stay_small(file: &File) -> Vec<String> {
    let functions = file.source.functions();
    let long = functions.iter().filter(|function| function.n_lines > MAX_FUNCTION_LINES);
    long.map(|function| format!("`{}` has {} lines of code", function.name, function.n_lines)).collect()
}

/// A `mod.rs` holds `mod` and `pub use`; one of a folder of tests may also hold what its tests share.
fn mod_files_hold_no_logic(file: &File) -> Vec<String> {
    if !file.path.ends_with("/mod.rs") || file.path.contains("/tests/") {
        return Vec::new();
    }
    let is_listing = |item: &str| {
        let item = item.strip_prefix("pub").unwrap_or(item).trim_start();
        let item = if item.starts_with('(') { item.split_once(')').map_or("", |(_, item)| item) } else { item };
        let item = item.trim_start();
        item.starts_with("mod ") && !item.contains('{') || item.starts_with("use ")
    };
    let code = file.source.code.lines().filter(|line| !line.trim_start().starts_with("#[")).collect::<Vec<_>>();
    let items = code.join(" ");
    let stray = items.split(';').map(str::trim).filter(|item| !item.is_empty() && !is_listing(item));
    stray.map(|item| format!("holds more than `mod` and `pub use`: {item:.40}")).collect()
}

/// The files below `folder` with one of the extensions, in order.
fn paths_below(folder: &str, extension: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for entry in fs::read_dir(root.join(folder)).into_iter().flatten() {
        let entry = entry.expect("a folder of the package can be read");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            paths.extend(paths_below(&path, extension));
        } else if Path::new(&path).extension().is_some_and(|own| own == extension) {
            paths.push(path);
        }
    }
    paths.sort();
    paths
}

/// All files of `src` and `tests`, read once for all rules.
static TREE: LazyLock<Vec<File>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &String| fs::read_to_string(root.join(path)).expect("a file of the package can be read");
    ["src", "tests"]
        .iter()
        .flat_map(|folder| paths_below(folder, "rs"))
        .map(|path| File::new(&path, &read(&path)))
        .collect()
});

fn files_below(folder: &str) -> Vec<&'static File> {
    TREE.iter().filter(|file| file.path.starts_with(folder)).collect()
}

#[track_caller]
fn check_tree(folders: &[&str], rule: Rule) {
    let files: Vec<&File> = folders.iter().flat_map(|folder| files_below(folder)).collect();
    let said = |file: &File| rule(file).into_iter().map(|breach| format!("{} {breach}", file.path)).collect::<Vec<_>>();
    let breaches: Vec<String> = files.iter().flat_map(|file| said(file)).collect();
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
    assert!(!files.is_empty());
}

/// Shows what `rule` says of a small file.
#[track_caller]
fn check(rule: Rule, path: &str, text: &str, expected: &[&str]) {
    assert_eq!(rule(&File::new(path, text)), expected);
}

#[test]
fn modules_name_only_what_the_table_allows() {
    check_tree(&["src"], floors);
    check(floors, "src/score/bank.rs", "use crate::{base::Seed, deck::{Deck, Item}};", &[]);
    check(floors, "src/score/bank.rs", "use crate::{base::Seed, plan::weakness};", &["must not name `plan`"]);
    check(floors, "src/score/bank.rs", "fn f() -> crate::store::Store {}", &["must not name `store`"]);
    check(floors, "src/score/bank.rs", "use crate::*;", &["must not name `*`"]);
    check(floors, "src/score/bank.rs", "//! Used by [`crate::app::App`].", &["must not name `app`"]);
    check(floors, "src/score/bank.rs", "use cutscore::tui;", &["must not name `tui`"]);
    check(floors, "src/attic/mod.rs", "mod junk;", &["`attic` has no row in the table"]);
    check(floors, "src/lib.rs", "//! See [`crate::app`].", &[]);
}

#[test]
fn every_edge_of_the_table_leads_down_and_is_used() {
    let files = files_below("src");
    for (row, (module, may_know)) in MAY_KNOW.iter().enumerate() {
        let own: Vec<&&File> = files.iter().filter(|file| file.module() == *module).collect();
        let named: BTreeSet<String> = own.iter().flat_map(|file| file.named_modules()).collect();
        for known in *may_know {
            assert!(MAY_KNOW[..row].iter().any(|(lower, _)| lower == known), "`{known}` is not below `{module}`");
            assert!(own.is_empty() || named.contains(*known), "`{module}` may name `{known}`, but does not");
        }
    }
}

#[test]
fn nobody_climbs_out_of_a_module_by_super() {
    check_tree(&["src"], no_climbing);
    check(no_climbing, "src/score/bank.rs", "use super::Curve;", &[]);
    let breach = "climbs by `super::super::plan::weakness`, name it by `crate::`";
    check(no_climbing, "src/score/bank.rs", "use super::super::plan::weakness;", &[breach]);
    let breach = "climbs by `super::store`, name it by `crate::`";
    check(no_climbing, "src/score/mod.rs", "pub use super::store;", &[breach]);
}

#[test]
fn the_lower_floors_are_pure() {
    check_tree(&["src"], purity);
    check(purity, "src/store/log.rs", "use std::fs;", &[]);
    check(purity, "src/plan/today.rs", "use std::{fmt, fs};", &["is pure and must not name `std::fs`"]);
    check(purity, "src/exam/clock.rs", "let now = chrono::Utc::now();", &["is pure and must not name `Utc::now`"]);
    check(purity, "src/exam/clock.rs", "use std::time::{Duration, Instant};", &["is pure and must not name `Instant`"]);
    check(purity, "src/deck/item.rs", "#[derive(serde::Serialize)]", &["is pure and must not name `serde`"]);
    check(purity, "src/review/sm2.rs", "println!(\"{card}\");", &["is pure and must not name `println!`"]);
    check(purity, "src/base/seed.rs", "let word = rand::random();", &["is pure and must not name `rand::random`"]);
    check(purity, "src/base/seed.rs", "// std::fs is for others\nlet s = \"std::env\";", &[]);
}

#[test]
fn what_one_module_is_for_is_found_nowhere_else() {
    check_tree(&["src"], confinement);
    check(confinement, "src/store/log.rs", "use rusqlite::Connection;", &[]);
    check(confinement, "src/exchange/anki/write.rs", "use rusqlite::Connection;", &[]);
    let breach = "must not name `rusqlite`, which belongs to `store`";
    check(confinement, "src/app/exam.rs", "use rusqlite::Connection;", &[breach]);
    let breach = "must not name `ratatui`, which belongs to `tui`";
    check(confinement, "src/cli/exam.rs", "fn draw(frame: &mut ratatui::Frame) {}", &[breach]);
    let breach = "must not name `clap`, which belongs to `cli`";
    check(confinement, "src/main.rs", "use clap::Parser;", &[breach]);
}

#[test]
fn sql_is_written_in_store_alone() {
    check_tree(&["src"], sql_stays_in_store);
    let stray: Vec<String> =
        paths_below("src", "sql").into_iter().filter(|path| !path.starts_with("src/store/")).collect();
    assert_eq!(stray, [""; 0]);
    check(sql_stays_in_store, "src/store/log.rs", "db.execute(\"delete from card\")", &[]);
    check(sql_stays_in_store, "src/exchange/anki/write.rs", "db.execute(\"delete from card\")", &[]);
    check(
        sql_stays_in_store,
        "src/app/exam.rs",
        "db.execute(\"delete from card\")",
        &["holds SQL: \"delete from card\""],
    );
    check(sql_stays_in_store, "src/app/exam.rs", "f(\"select a deck\")", &[]);
}

#[test]
fn every_file_says_first_what_it_is_for() {
    check_tree(&["src", "tests"], purpose_comes_first);
    check(purpose_comes_first, "src/base/id.rs", "//! Names.\n", &[]);
    check(purpose_comes_first, "src/base/id.rs", "use std::fmt;\n", &["must begin with a `//!` line"]);
}

#[test]
fn no_file_is_too_long_to_read() {
    check_tree(&["src", "tests"], files_stay_small);
    check(files_stay_small, "src/base/id.rs", &"\n".repeat(600), &[]);
    check(files_stay_small, "src/base/id.rs", &"\n".repeat(601), &["has 601 lines"]);
}

#[test]
fn no_function_is_too_long_to_read() {
    check_tree(&["src", "tests"], functions_stay_small);
    let function = |n_lines| format!("fn f() {{\n{}}}", "    g();\n".repeat(n_lines));
    check(functions_stay_small, "src/base/id.rs", &function(60), &[]);
    check(functions_stay_small, "src/base/id.rs", &function(61), &["`f` has 61 lines of code"]);
}

#[test]
fn a_mod_file_lists_and_does_nothing() {
    check_tree(&["src"], mod_files_hold_no_logic);
    let listing = "//! Docs.\n\nmod a;\n#[cfg(test)]\nmod b;\n\npub use a::{C,\n    d};\npub(super) use b::E;\n";
    check(mod_files_hold_no_logic, "src/base/mod.rs", listing, &[]);
    let breach = "holds more than `mod` and `pub use`: fn f() {}";
    check(mod_files_hold_no_logic, "src/base/mod.rs", "mod a;\nfn f() {}", &[breach]);
    let breach = "holds more than `mod` and `pub use`: mod a { fn f() {} }";
    check(mod_files_hold_no_logic, "src/base/mod.rs", "mod a { fn f() {} }", &[breach]);
    check(mod_files_hold_no_logic, "src/base/id.rs", "fn f() {}", &[]);
}

/// The test files that no `mod` line brings in, among `files` of `tests/it`.
fn undeclared<'a>(files: &[&'a File]) -> Vec<&'a str> {
    let is_declared = |file: &File| {
        let below = file.path.trim_end_matches("/mod.rs").trim_end_matches(".rs");
        let (folder, name) = below.rsplit_once('/').unwrap_or(("", below));
        let parents = [format!("{folder}/main.rs"), format!("{folder}/mod.rs"), format!("{folder}.rs")];
        let line = format!("mod {name};");
        files.iter().any(|file| parents.contains(&file.path) && file.source.code.contains(&line))
    };
    files
        .iter()
        .filter(|file| file.path != "tests/it/main.rs" && !is_declared(file))
        .map(|file| file.path.as_str())
        .collect()
}

#[test]
fn every_test_file_is_run() {
    assert_eq!(undeclared(&files_below("tests/it")), [""; 0]);
    let files = [
        ("tests/it/main.rs", "mod a;\nmod cli;\n// mod forgotten;"),
        ("tests/it/a.rs", ""),
        ("tests/it/forgotten.rs", ""),
        ("tests/it/cli/mod.rs", "mod plain;"),
        ("tests/it/cli/plain.rs", ""),
        ("tests/it/cli/colour.rs", ""),
    ];
    let files: Vec<File> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    assert_eq!(undeclared(&files.iter().collect::<Vec<_>>()), ["tests/it/forgotten.rs", "tests/it/cli/colour.rs"]);
}
