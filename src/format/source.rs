//! Finding the files of a deck.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::base::SafeText;

/// One file of a deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The name as findings show it.
    pub name: String,
    /// The bytes as they are in the file.
    pub bytes: Cow<'static, [u8]>,
}

/// Most bytes of one file of a deck: about 40,000 questions with rationales.
pub const MAX_FILE_BYTES: usize = 64 << 20;

/// Most bytes of all files of a deck together.
pub(super) const MAX_DECK_BYTES: usize = 512 << 20;

/// Most files of a deck.
const MAX_FILES: usize = 10_000;

/// The file of a folder that describes the deck.
pub const MAIN_FILE: &str = "deck.yaml";

/// Says why the files of a deck could not be gathered.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is nothing at the path.
    #[error("there is no file or folder at {}", shown(path))]
    NotFound {
        /// The path as it was given.
        path: PathBuf,
    },
    /// The folder has no `deck.yaml`.
    #[error("the folder {} has no `deck.yaml`", shown(folder))]
    NoMainFile {
        /// The folder.
        folder: PathBuf,
    },
    /// The path leads to a device, a pipe or a socket.
    #[error("{} is neither a file nor a folder", shown(path))]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// A file or the whole deck is larger than a deck may be.
    #[error("{} is too large: a file may have {} MiB and a deck {} MiB", shown(path), MAX_FILE_BYTES >> 20, MAX_DECK_BYTES >> 20)]
    TooLarge {
        /// The file, or the folder of the deck.
        path: PathBuf,
    },
    /// The folder has more files than a deck may have.
    #[error("the folder {} has more than {MAX_FILES} deck files", shown(folder))]
    TooManyFiles {
        /// The folder.
        folder: PathBuf,
    },
    /// The path is a symbolic link, which a copy would have to follow out of the deck.
    #[error("{} is a symbolic link; a deck is copied from the files themselves", shown(path))]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// The system refused to read.
    #[error("{} cannot be read", shown(path))]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

/// Gathers the files of the deck at `path`: the file itself, or `deck.yaml` of the folder and then its other `*.yaml`
/// files sorted by name. Subfolders are not searched.
///
/// # Errors
/// [`LoadError`] names the path that is missing, unreadable, too large or not a deck.
pub fn load_sources(path: &Path) -> Result<Vec<SourceFile>, LoadError> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, error))?;
    if !metadata.is_dir() {
        return Ok(vec![load_file(path)?]);
    }
    // A folder given as `.` gets its own name, since a deck without an id is named after its folder.
    let folder = match path.file_name() {
        Some(_) => path.to_path_buf(),
        None => path.canonicalize().map_err(|error| unreadable(path, error))?,
    };
    let mut sources = Vec::new();
    let mut n_bytes = 0_usize;
    for path in deck_files(&folder)? {
        let source = load_file(&path)?;
        n_bytes += source.bytes.len();
        if n_bytes > MAX_DECK_BYTES {
            return Err(LoadError::TooLarge { path: folder });
        }
        sources.push(source);
    }
    Ok(sources)
}

/// Refuses a deck of which a file or the folder is a symbolic link.
///
/// # Errors
/// [`LoadError::Link`] names it; other errors as in [`load_sources`].
pub fn refuse_links(path: &Path) -> Result<(), LoadError> {
    let refuse = |path: &Path| match path.symlink_metadata() {
        Ok(found) if found.is_symlink() => Err(LoadError::Link { path: path.to_owned() }),
        Ok(_) => Ok(()),
        Err(error) => Err(unreadable(path, error)),
    };
    refuse(path)?;
    if !path.is_dir() {
        return Ok(());
    }
    deck_files(path)?.iter().try_for_each(|file| refuse(file))
}

/// What tells whether a file was changed: its path, and its length, time and place on the disk.
pub type FileStamp = (PathBuf, u64, Option<SystemTime>, u64);

/// Returns the stamps of the files of the deck at `path`, without reading them.
///
/// # Errors
/// [`LoadError`] names the path that is missing or not a deck.
pub fn deck_stamps(path: &Path) -> Result<Vec<FileStamp>, LoadError> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, error))?;
    let files = if metadata.is_dir() { deck_files(path)? } else { vec![path.to_owned()] };
    let stamp = |file: PathBuf| match fs::metadata(&file) {
        Ok(found) => Ok((file, found.len(), found.modified().ok(), found.ino())),
        Err(error) => Err(unreadable(&file, error)),
    };
    files.into_iter().map(stamp).collect()
}

/// Returns sizes, times and inodes of the files that [`load_sources`] would read, as one text: while it stays the same, so
/// do the files. `None` where that cannot be told: something is missing, or the file system keeps whole seconds only.
pub fn source_stamp(path: &Path) -> Option<String> {
    let files = if fs::metadata(path).ok()?.is_dir() { deck_files(path).ok()? } else { vec![path.to_path_buf()] };
    let mut stamp = String::new();
    for file in files {
        let metadata = fs::metadata(&file).ok()?;
        if metadata.mtime_nsec() == 0 || metadata.ctime_nsec() == 0 {
            return None;
        }
        let name = file.file_name()?.to_string_lossy().into_owned();
        let (modified, changed) =
            ((metadata.mtime(), metadata.mtime_nsec()), (metadata.ctime(), metadata.ctime_nsec()));
        stamp.push_str(&format!("{name} {} {} {modified:?} {changed:?}\n", metadata.ino(), metadata.len()));
    }
    Some(stamp)
}

/// The paths of a folder's deck files, the main file first.
fn deck_files(folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let mut others = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
        let path = entry.map_err(|error| unreadable(folder, error))?.path();
        let is_yaml = path.extension().is_some_and(|extension| extension == "yaml");
        if is_yaml && path.is_file() && path.file_name().is_some_and(|name| name != MAIN_FILE) {
            others.push(path);
        }
        if others.len() > MAX_FILES {
            return Err(LoadError::TooManyFiles { folder: folder.to_path_buf() });
        }
    }
    others.sort();
    let main = folder.join(MAIN_FILE);
    if !main.is_file() {
        return Err(LoadError::NoMainFile { folder: folder.to_path_buf() });
    }
    others.insert(0, main);
    Ok(others)
}

/// Reads one file of a deck, within the limits of one.
pub(super) fn load_file(path: &Path) -> Result<SourceFile, LoadError> {
    // A pipe is refused before it is opened: opening one waits for a writer.
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, error))?;
    if !metadata.is_file() {
        return Err(LoadError::NotAFile { path: path.to_path_buf() });
    }
    let limit = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| unreadable(path, error))?;
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, error))?;
    if bytes.len() > MAX_FILE_BYTES {
        return Err(LoadError::TooLarge { path: path.to_path_buf() });
    }
    Ok(SourceFile { name: path.to_string_lossy().into_owned(), bytes: Cow::Owned(bytes) })
}

fn unreadable(path: &Path, source: io::Error) -> LoadError {
    match source.kind() {
        io::ErrorKind::NotFound => LoadError::NotFound { path: path.to_path_buf() },
        _ => LoadError::Unreadable { path: path.to_path_buf(), source },
    }
}

fn shown(path: &Path) -> SafeText {
    SafeText::one_line(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(files: &[&str], expected: Result<&[&str], &str>) {
        let folder = tempfile::tempdir().expect("a folder for the test");
        for file in files {
            fs::write(folder.path().join(file), "questions: []").expect("a file for the test");
        }
        let loaded = load_sources(folder.path());
        let names = loaded
            .as_ref()
            .map(|sources| sources.iter().filter_map(|source| source.name.rsplit('/').next()).collect::<Vec<_>>());
        match (names, expected) {
            (Ok(names), Ok(expected)) => assert_eq!(names, expected),
            (Err(error), Err(expected)) => assert!(error.to_string().contains(expected), "{error}"),
            (names, expected) => panic!("{names:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn a_folder_is_its_deck_file_and_then_the_others_by_name() {
        check(&["b.yaml", "deck.yaml", "a.yaml", "notes.md"], Ok(&["deck.yaml", "a.yaml", "b.yaml"]));
        check(&["b.yaml"], Err("has no `deck.yaml`"));
    }

    #[test]
    fn a_path_that_is_not_there_is_named_without_its_control_characters() {
        let error = load_sources(Path::new("no/such\u{1b}[31m.yaml")).expect_err("nothing is there");
        assert_eq!(error.to_string(), "there is no file or folder at no/such␛[31m.yaml");
    }

    #[test]
    fn a_device_is_not_read() {
        let error = load_sources(Path::new("/dev/zero")).expect_err("a device is no deck");
        assert_eq!(error.to_string(), "/dev/zero is neither a file nor a folder");
    }
}
