//! What strace wrote down, read as changes of a disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One thing that the program did, and the system did for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Call {
    /// Bytes went into a file; without a place, behind all that is in it.
    Write { path: PathBuf, offset: Option<usize>, bytes: Vec<u8> },
    /// A file was cut or stretched to a length.
    Truncate { path: PathBuf, length: usize },
    /// A file or directory was brought to the disk.
    Sync { path: PathBuf },
    /// A file was opened that may be new; if not, it is emptied if that was asked for.
    Open { path: PathBuf, is_emptied: bool },
    /// A directory was made.
    MakeDirectory { path: PathBuf },
    /// A name was taken away.
    Remove { path: PathBuf },
    /// A file got another name.
    Rename { from: PathBuf, to: PathBuf },
    /// Something was said on standard output.
    Say { text: String },
}

/// Reads the calls that had an effect, in order.
pub(crate) fn calls(trace: &str) -> Vec<Call> {
    trace.lines().filter_map(call).collect()
}

fn call(line: &str) -> Option<Call> {
    assert!(!line.contains("<unfinished"), "calls of two threads are mixed: {line}");
    let (_, line) = line.split_once(' ')?;
    let (name, rest) = line.trim_start().split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    let arguments = arguments.trim_end().strip_suffix(')')?;
    if result.starts_with(['-', '?']) {
        return None;
    }
    let texts: Vec<Vec<u8>> = arguments.split('"').skip(1).step_by(2).map(bytes).collect();
    let named = |at: usize| texts.get(at).map(|name| path(name.clone()));
    let number = || arguments.rsplit(", ").next().and_then(|number| number.parse().ok());
    // The file of a descriptor; one that has no name any more is lost with the program.
    let open_file = || {
        let name = bytes(arguments.split_once('<')?.1.split_once('>')?.0);
        let is_gone = arguments.split_once('>')?.1.starts_with("(deleted)");
        (!is_gone).then(|| path(name))
    };
    Some(match name {
        "pwrite64" => Call::Write { path: open_file()?, offset: Some(number()?), bytes: texts.into_iter().next()? },
        "write" if arguments.starts_with("1<") => {
            Call::Say { text: String::from_utf8(texts.into_iter().next()?).ok()? }
        }
        "write" if arguments.starts_with("2<") => return None,
        "write" => Call::Write { path: open_file()?, offset: None, bytes: texts.into_iter().next()? },
        "fsync" | "fdatasync" => Call::Sync { path: open_file()? },
        "ftruncate" => Call::Truncate { path: open_file()?, length: number()? },
        "openat" if arguments.contains("O_CREAT") => {
            Call::Open { path: named(0)?, is_emptied: arguments.contains("O_TRUNC") }
        }
        "openat" => return None,
        "mkdir" => Call::MakeDirectory { path: named(0)? },
        "unlink" => Call::Remove { path: named(0)? },
        "rename" => Call::Rename { from: named(0)?, to: named(1)? },
        other => panic!("{other} is not understood: {line}"),
    })
}

fn path(name: Vec<u8>) -> PathBuf {
    Path::new(&String::from_utf8(name).expect("a path in UTF-8")).to_owned()
}

/// Reads bytes that are written as `\x2f\x74`.
fn bytes(text: &str) -> Vec<u8> {
    let codes = text.split("\\x").skip(1);
    codes.map(|code| u8::from_str_radix(&code[..2], 16).expect("strace -xx writes every byte as a number")).collect()
}

/// How often a database or its log was synced by a handle after the system had refused to sync it there: what was written
/// before is then taken for kept, and is not.
pub(crate) fn n_syncs_after_failure(trace: &str) -> usize {
    let mut failed = BTreeSet::new();
    let mut n_syncs = 0;
    for line in trace.lines().filter(|line| !line.contains(BACKUPS)) {
        let Some((call, rest)) = line.split_once(' ').and_then(|(_, line)| line.trim_start().split_once('(')) else {
            continue;
        };
        let handle = match call {
            // What is opened gets a number that was free, and a new handle with it.
            "openat" => rest.rsplit(" = ").next().unwrap_or_default(),
            _ => rest,
        };
        let handle = handle.split('<').next().unwrap_or_default().to_owned();
        match call {
            "openat" => drop(failed.remove(&handle)),
            "fsync" | "fdatasync" => {
                n_syncs += usize::from(failed.contains(&handle));
                if line.contains("(INJECTED)") {
                    failed.insert(handle);
                }
            }
            _ => {}
        }
    }
    n_syncs
}

/// `backups`, as strace writes it.
const BACKUPS: &str = r"\x62\x61\x63\x6b\x75\x70\x73";

#[test]
fn a_sync_after_a_refused_one_is_counted_unless_the_file_was_opened_anew() {
    let refused = r"7 fsync(3<\x61>) = -1 EIO (Input/output error) (INJECTED)";
    let good = r"7 fsync(3<\x61>) = 0";
    let opened = r#"7 openat(AT_FDCWD<\x2f>, "\x61", O_RDWR) = 3<\x61>"#;
    for (lines, expected) in [
        (vec![good, refused], 0),
        (vec![refused, good], 1),
        (vec![refused, refused, good], 2),
        (vec![refused, opened, good], 0),
    ] {
        assert_eq!(n_syncs_after_failure(&lines.join("\n")), expected, "{lines:?}");
    }
}

#[test]
fn a_trace_is_read_as_what_it_did() {
    let trace = r#"7 openat(AT_FDCWD<\x2f>, "\x2f\x61", O_RDWR|O_CREAT|O_CLOEXEC, 0600) = 3<\x2f\x61>
7 pwrite64(3<\x2f\x61>, "\x01\xff", 2, 512) = 2
7 fsync(3<\x2f\x61>)                       = 0
7 fsync(3<\x2f\x61>)                       = -1 EIO (Input/output error) (INJECTED)
7 ftruncate(3<\x2f\x61>, 7)                = 0
7 unlink("\x2f\x61")                       = 0
7 fsync(3<\x2f\x61>(deleted))              = 0
7 write(1<\x70\x69\x70\x65>, "\x6f\x6b", 2) = 2
7 openat(AT_FDCWD<\x2f>, "\x2f\x62", O_RDONLY) = -1 ENOENT (No such file or directory)
7 +++ exited with 0 +++
"#;
    let file = || PathBuf::from("/a");
    let expected = [
        Call::Open { path: file(), is_emptied: false },
        Call::Write { path: file(), offset: Some(512), bytes: vec![1, 255] },
        Call::Sync { path: file() },
        Call::Truncate { path: file(), length: 7 },
        Call::Remove { path: file() },
        Call::Say { text: "ok".to_owned() },
    ];
    assert_eq!(calls(trace), expected);
}
