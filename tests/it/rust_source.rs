//! Rust source as the rules of the house see it: code apart from comments and texts, the paths it names, its functions.

/// A source text taken apart. Lines keep their numbers in each part.
#[derive(Debug, Default)]
pub(crate) struct RustSource {
    /// The code; comments, texts and characters are left out.
    pub(crate) code: String,
    /// The comments.
    pub(crate) comments: String,
    /// The contents of texts, as they are written.
    pub(crate) texts: Vec<String>,
}

/// A function and its size.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: String,
    /// Lines of code between its braces, without blank ones and comments.
    pub(crate) n_lines: usize,
}

impl RustSource {
    /// Takes `text` apart.
    pub(crate) fn parse(text: &str) -> RustSource {
        let mut source = RustSource::default();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let after_word = source.code.ends_with(is_word);
            let length = if rest.starts_with("//") {
                let length = rest.find('\n').unwrap_or(rest.len());
                source.comments.push_str(&rest[..length]);
                length
            } else if rest.starts_with("/*") {
                let length = block_comment(rest);
                source.comments.push_str(&rest[..length]);
                source.code.extend(rest[..length].chars().filter(|c| *c == '\n'));
                length
            } else if let Some((length, content)) = literal(rest, after_word) {
                source.texts.extend(content.map(str::to_owned));
                source.code.push('"');
                source.code.extend(rest[..length].chars().filter(|c| *c == '\n'));
                length
            } else {
                source.code.push(first);
                if first == '\n' {
                    source.comments.push('\n');
                }
                first.len_utf8()
            };
            rest = &rest[length..];
        }
        source
    }

    /// Returns every path that the code names, groups spelt out: `use std::{env, fs::File}` names two. Macros keep
    /// their `!`. What follows a dot is a field or a method and names nothing.
    pub(crate) fn paths(&self) -> Vec<Vec<String>> {
        paths_in(&self.code)
    }

    /// Returns every path that the comments name.
    pub(crate) fn paths_in_comments(&self) -> Vec<Vec<String>> {
        paths_in(&self.comments)
    }

    /// Returns the functions that have a body, inner ones too.
    pub(crate) fn functions(&self) -> Vec<Function> {
        let starts = self.code.match_indices("fn ").filter(|(at, _)| !self.code[..*at].ends_with(is_word));
        starts.filter_map(|(at, word)| function(&self.code[at + word.len()..])).collect()
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// Returns the length of the text or character at the start of `rest`, and the content of a text.
fn literal(rest: &str, after_word: bool) -> Option<(usize, Option<&str>)> {
    let prefix = ["br", "cr", "r", "b", "c", ""].into_iter().find(|prefix| {
        rest.starts_with(prefix)
            && rest[prefix.len()..].starts_with(['"', '#', '\''])
            && (prefix.is_empty() || !after_word)
    })?;
    let body = &rest[prefix.len()..];
    if prefix.ends_with('r') {
        let n_hashes = body.len() - body.trim_start_matches('#').len();
        let content = body[n_hashes..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(n_hashes));
        let length = content.find(&end)?;
        return Some((prefix.len() + n_hashes + 1 + length + end.len(), Some(&content[..length])));
    }
    if let Some(content) = body.strip_prefix('"') {
        let length = unescaped(content, '"');
        return Some((prefix.len() + 1 + length + 1, content.get(..length)));
    }
    let content = body.strip_prefix('\'')?;
    let mut chars = content.chars();
    match (chars.next()?, chars.next()?) {
        ('\\', _) => Some((prefix.len() + 1 + unescaped(content, '\'') + 1, None)),
        (only, '\'') => Some((prefix.len() + 1 + only.len_utf8() + 1, None)),
        _ => None, // a lifetime
    }
}

/// Returns where `end` stands in `content` without a backslash before it.
fn unescaped(content: &str, end: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in content.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if c == end => return at,
            _ => {}
        }
    }
    content.len().saturating_sub(1)
}

fn paths_in(code: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let mut at = 0;
    while let Some(first) = code[at..].chars().next() {
        let before = &code[..at];
        let is_member = before.ends_with('.') && !before.ends_with("..");
        if is_word(first) && first.is_ascii_digit() || is_word(first) && is_member {
            at += word(&code[at..]).len();
        } else if is_word(first) {
            at += branches(&code[at..], &[], &mut paths);
        } else {
            at += first.len_utf8();
        }
    }
    paths
}

fn word(text: &str) -> &str {
    &text[..text.find(|c| !is_word(c)).unwrap_or(text.len())]
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Reads the tree of paths at the start of `text` and returns its length.
fn branches(text: &str, stem: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let name = word(text);
    let mut path = stem.to_vec();
    path.push(name.to_owned());
    let mut at = name.len();
    if text[at..].starts_with('!') && !text[at..].starts_with("!=") {
        path.pop();
        path.push(format!("{name}!"));
        paths.push(path);
        return at + 1;
    }
    let Some(tail) = text[at..].strip_prefix("::") else {
        paths.push(path);
        return at;
    };
    at += 2;
    match tail.chars().next() {
        Some(c) if is_word(c) => at + branches(tail, &path, paths),
        Some('*') => {
            path.push("*".to_owned());
            paths.push(path);
            at + 1
        }
        Some('{') => {
            at += 1;
            loop {
                at += blanks(&text[at..]);
                match text[at..].chars().next() {
                    None => return at,
                    Some('}') => return at + 1,
                    Some('*') => {
                        paths.push([path.as_slice(), &["*".to_owned()]].concat());
                        at += 1;
                    }
                    Some(c) if is_word(c) => {
                        at += branches(&text[at..], &path, paths);
                        let rename = &text[at + blanks(&text[at..])..];
                        if let Some(rename) = rename.strip_prefix("as ") {
                            at = text.len() - rename.len() + word(rename).len();
                        }
                    }
                    Some(c) => at += c.len_utf8(),
                }
            }
        }
        _ => {
            paths.push(path);
            at
        }
    }
}

/// Reads a function from its name on; `None` if it has no body.
fn function(text: &str) -> Option<Function> {
    let name = word(text).to_owned();
    let (mut depth, mut start) = (0_i32, None);
    for (at, c) in text.char_indices() {
        match c {
            ';' if depth == 0 && start.is_none() => return None,
            '{' if depth == 0 => {
                start = Some(at + 1);
                depth = 1;
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' => depth -= 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    let body = &text[start?..at];
                    let n_lines = body.lines().filter(|line| !line.trim().is_empty()).count();
                    return (!name.is_empty()).then_some(Function { name, n_lines });
                }
            }
            _ => {}
        }
    }
    None
}

#[track_caller]
fn check_paths(text: &str, expected: &[&str]) {
    let paths: Vec<String> = RustSource::parse(text).paths().iter().map(|path| path.join("::")).collect();
    assert_eq!(paths, expected);
}

#[test]
fn paths_are_spelt_out() {
    check_paths("crate::deck::Deck", &["crate::deck::Deck"]);
    check_paths(
        "std::{fs, env::{self, var as read}, io::*}",
        &["std::fs", "std::env::self", "std::env::var", "std::io::*"],
    );
    check_paths("println!(x != y)", &["println!", "x", "y"]);
    check_paths("store.db().open::<File>(1.0, ..Deck::new())", &["store", "File", "Deck::new"]);
}

#[test]
fn comments_and_texts_name_nothing() {
    check_paths("a // std::fs\n/* b /* c */ d */ e", &["a", "e"]);
    check_paths(r##"f("std::fs \" g", b"h", r#"i " j"#, 'k', '\'', '"')"##, &["f"]);
    check_paths("fn f<'a>(x: &'a str) {}", &["fn", "f", "a", "x", "a", "str"]);
    assert_eq!(
        RustSource::parse("//! See [`crate::plan`].").paths_in_comments(),
        [["See"].as_slice(), &["crate", "plan"]]
    );
    assert_eq!(RustSource::parse(r##"f("one", r#"two"#, 'c')"##).texts, ["one", "two"]);
}

#[track_caller]
fn check_functions(text: &str, expected: &[(&str, usize)]) {
    let functions = RustSource::parse(text).functions();
    let found: Vec<_> = functions.iter().map(|function| (function.name.as_str(), function.n_lines)).collect();
    assert_eq!(found, expected);
}

#[test]
fn functions_are_measured_by_their_lines_of_code() {
    check_functions("fn a() -> [u8; 2] {\n    // why\n\n    b();\n    \"}\"\n}\nfn c();", &[("a", 2)]);
    check_functions("fn a(f: impl Fn(u8)) {\n    fn b() {\n        1\n    }\n    b()\n}", &[("a", 4), ("b", 1)]);
    check_functions("const X: &str = \"fn d() {}\";", &[]);
}
