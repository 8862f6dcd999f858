//! Copies of decks in the data directory: `decks/NAME/`, each with the files of one deck under their own names.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Component, Path, PathBuf};

use crate::store::{Store, StoreError};

/// The folder of the copies below the data directory.
pub(in crate::store) const COPIES: &str = "decks";

/// Copies of the same name that may lie side by side until the older ones are dropped.
const MAX_COPIES: usize = 1_000;

/// The files of a deck that is to be copied.
#[derive(Debug, Clone, Copy)]
pub enum DeckFiles<'f> {
    /// One file: its name and bytes.
    File(&'f str, &'f [u8]),
    /// The folder's name, and the name and bytes of each of its files.
    Folder(&'f str, &'f [(&'f str, &'f [u8])]),
}

impl Store {
    /// Writes a copy of a deck's files into the data directory, in a new folder that is named after `stem`; returns the
    /// path of the copied file or folder. The copy is whole or not there. Nothing that is there is touched.
    ///
    /// # Errors
    /// [`StoreError::File`] if the system refuses, or a name is more than one part of a path.
    pub fn keep_copy(&self, stem: &str, files: DeckFiles<'_>) -> Result<PathBuf, StoreError> {
        let decks = self.data_dir().join(COPIES);
        let refused = |source| StoreError::File { path: decks.clone(), source };
        DirBuilder::new().recursive(true).mode(0o700).create(&decks).map_err(refused)?;
        let (new, kept) = free_places(&decks, part(stem).map_err(refused)?).map_err(refused)?;
        let written = write_copy(&new, files).and_then(|below| {
            fs::rename(&new, &kept)?;
            File::open(&decks)?.sync_all()?;
            Ok(kept.join(below))
        });
        written.map_err(|source| {
            // Half a copy is of no use; where it cannot be removed, nobody reads it.
            let _left = fs::remove_dir_all(&new);
            StoreError::File { path: new.clone(), source }
        })
    }

    /// Tells whether the path is that of a copy in the data directory.
    pub fn is_copy(&self, path: &Path) -> bool {
        self.copy_folder(path).is_some()
    }

    /// Removes a copy from the data directory; any other path is left alone.
    ///
    /// # Errors
    /// [`StoreError::File`] if the system refuses.
    pub fn drop_copy(&self, path: &Path) -> Result<(), StoreError> {
        let Some(folder) = self.copy_folder(path) else { return Ok(()) };
        match fs::remove_dir_all(&folder) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(StoreError::File { path: folder, source }),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// The folder of the copy that the path leads into.
    fn copy_folder(&self, path: &Path) -> Option<PathBuf> {
        let decks = self.data_dir().join(COPIES);
        let mut below = path.strip_prefix(&decks).ok()?.components();
        let (Some(Component::Normal(name)), Some(Component::Normal(_)), None) =
            (below.next(), below.next(), below.next())
        else {
            return None;
        };
        Some(decks.join(name))
    }
}

/// Two places that are free: one to write at, and one to move to when all is written.
fn free_places(decks: &Path, stem: &OsStr) -> io::Result<(PathBuf, PathBuf)> {
    let named = |number: usize| {
        let mut name = stem.to_owned();
        if number > 1 {
            name.push(format!("-{number}"));
        }
        decks.join(name)
    };
    let is_free = |path: &PathBuf| path.symlink_metadata().is_err();
    let kept = (1..=MAX_COPIES).map(named).find(is_free).ok_or(io::ErrorKind::AlreadyExists)?;
    let mut new = std::ffi::OsString::from(format!(".new-{}-", std::process::id()));
    new.push(kept.file_name().unwrap_or_default());
    Ok((decks.join(new), kept))
}

/// Writes the files below `folder`, which is made, and returns the deck's path below it.
fn write_copy<'f>(folder: &Path, files: DeckFiles<'f>) -> io::Result<&'f Path> {
    let make = |folder: &Path| DirBuilder::new().mode(0o700).create(folder);
    make(folder)?;
    match files {
        DeckFiles::File(name, bytes) => {
            write_file(&folder.join(part(name)?), bytes)?;
            File::open(folder)?.sync_all()?;
            Ok(Path::new(name))
        }
        DeckFiles::Folder(name, files) => {
            let inner = folder.join(part(name)?);
            make(&inner)?;
            for (name, bytes) in files {
                write_file(&inner.join(part(name)?), bytes)?;
            }
            File::open(&inner)?.sync_all()?;
            File::open(folder)?.sync_all()?;
            Ok(Path::new(name))
        }
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A name that is one part of a path and leads nowhere else.
fn part(name: &str) -> io::Result<&OsStr> {
    let mut components = Path::new(name).components();
    match (components.next(), components.next()) {
        (Some(Component::Normal(part)), None) if part == name => Ok(part),
        _ => Err(io::Error::new(io::ErrorKind::InvalidInput, "a name leads out of its folder")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().expect("a directory for the test");
        let store = Store::open(&dir.path().join("data")).expect("opens");
        (dir, store)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_copy_is_whole_and_of_its_own() {
        let (_dir, store) = store();
        let one = store.keep_copy("net", DeckFiles::File("net.yaml", b"one")).expect("copies");
        let two = store.keep_copy("net", DeckFiles::Folder("net", &[("deck.yaml", b"two"), ("a.yaml", b"a")]));
        let two = two.expect("copies");
        assert_eq!(fs::read_to_string(&one).expect("reads"), "one");
        assert_eq!(names(&two), ["a.yaml", "deck.yaml"]);
        assert!(store.is_copy(&one) && store.is_copy(&two));
        assert_eq!(names(&store.data_dir().join(COPIES)), ["net", "net-2"]);
        store.drop_copy(&one).expect("removes");
        store.drop_copy(&one).expect("is gone already");
        assert_eq!(names(&store.data_dir().join(COPIES)), ["net-2"]);
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused_and_leave_nothing() {
        let (dir, store) = store();
        for name in ["..", "../out.yaml", "/etc/out.yaml", "a/b.yaml", "", ".", "a/", "./a"] {
            assert!(store.keep_copy("net", DeckFiles::File(name, b"x")).is_err(), "{name:?} was taken");
            assert!(store.keep_copy(name, DeckFiles::File("net.yaml", b"x")).is_err(), "{name:?} was taken");
            assert!(store.keep_copy("net", DeckFiles::Folder("net", &[(name, b"x")])).is_err(), "{name:?} was taken");
        }
        assert_eq!(names(&store.data_dir().join(COPIES)), [""; 0]);
        assert_eq!(names(dir.path()), ["data"]);
    }

    #[test]
    fn only_a_copy_can_be_dropped() {
        let (dir, store) = store();
        let outside = dir.path().join("deck.yaml");
        fs::write(&outside, "mine").expect("writes");
        let decks = store.data_dir().join(COPIES);
        for path in [outside.clone(), decks.clone(), decks.join(".."), decks.join("../cutscore.db")] {
            assert!(!store.is_copy(&path), "{}", path.display());
            store.drop_copy(&path).expect("leaves it alone");
        }
        assert!(outside.exists() && store.data_dir().join("cutscore.db").exists());
    }
}
