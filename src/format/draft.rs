//! A copy of a deck's file that is edited in its place, and takes its place only when that is wished.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::format::LoadError;
use crate::format::source::load_file;

/// A copy of a deck's file, in a hidden folder beside it. It goes when the draft goes, unless it was put in place or is
/// to be left.
#[derive(Debug)]
pub struct Draft {
    original: PathBuf,
    folder: PathBuf,
    path: PathBuf,
    before: Vec<u8>,
    is_left: bool,
}

/// Why a draft cannot take the place of its file.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The file was changed since the draft was made.
    #[error("the file was changed by another program meanwhile")]
    ChangedMeanwhile,
    /// The draft or the file cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The draft cannot be made or put in place.
    #[error("the system refused to write")]
    Write(#[from] io::Error),
}

/// Drafts of one file that may lie beside it.
const MAX_DRAFTS: usize = 100;

impl Draft {
    /// Makes a copy of the file, with the same name, in a folder beside it. A symbolic link is followed first, so that it
    /// stays one.
    ///
    /// # Errors
    /// The file cannot be read, or nothing can be written beside it.
    pub fn beside(file: &Path) -> Result<Draft, DraftError> {
        let before = load_file(file)?.bytes.into_owned();
        let original = file.canonicalize()?;
        let name = original.file_name().unwrap_or(OsStr::new("deck.yaml"));
        let folder = new_folder(&original)?;
        let path = folder.join(name);
        let draft = Draft { path, folder, original, before, is_left: false };
        let mut copy = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft.path)?;
        copy.write_all(&draft.before)?;
        Ok(draft)
    }

    /// Returns the path of the copy.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns what the file held when the draft was made.
    pub fn before(&self) -> &[u8] {
        &self.before
    }

    /// Returns what the copy holds now.
    ///
    /// # Errors
    /// It is gone, no file any more, or larger than a deck's file may be.
    pub fn read(&self) -> Result<Vec<u8>, LoadError> {
        Ok(load_file(&self.path)?.bytes.into_owned())
    }

    /// Puts `bytes` in the place of the file, in one step: whoever reads it sees the old text or the new one.
    ///
    /// # Errors
    /// [`DraftError::ChangedMeanwhile`] if the file is not what it was; the draft stays as it is.
    pub fn put(&self, bytes: &[u8]) -> Result<(), DraftError> {
        if load_file(&self.original)?.bytes != self.before {
            return Err(DraftError::ChangedMeanwhile);
        }
        let new = self.folder.join("new");
        let permissions = fs::metadata(&self.original)?.permissions();
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new)?;
        file.write_all(bytes)?;
        file.set_permissions(permissions)?;
        file.sync_all()?;
        fs::rename(&new, &self.original)?;
        if let Some(folder) = self.original.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    /// Leaves the copy where it is, and returns its path.
    pub fn leave(mut self) -> PathBuf {
        self.is_left = true;
        self.path.clone()
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_left {
            // What cannot be removed is a hidden folder that nobody reads.
            let _left = fs::remove_dir_all(&self.folder);
        }
    }
}

/// Makes a folder beside the file that no other draft has; deck folders do not search it.
fn new_folder(original: &Path) -> io::Result<PathBuf> {
    let name = original.file_name().unwrap_or_default().to_string_lossy();
    let mut result = Err(io::Error::from(io::ErrorKind::AlreadyExists));
    for number in 1..=MAX_DRAFTS {
        let folder = original.with_file_name(format!(".{name}.edit-{number}"));
        match DirBuilder::new().mode(0o700).create(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => result = Err(error),
            Err(error) => return Err(error),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn deck() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let file = dir.path().join("deck.yaml");
        fs::write(&file, "old").expect("writes");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("a mode");
        (dir, file)
    }

    #[test]
    fn a_draft_takes_the_place_of_its_file_with_its_permissions_and_leaves_nothing() {
        let (dir, file) = deck();
        let draft = Draft::beside(&file).expect("a draft");
        fs::write(draft.path(), "new").expect("writes");
        assert_eq!(draft.path().file_name(), file.file_name());
        draft.put(&draft.read().expect("reads")).expect("takes its place");
        drop(draft);
        assert_eq!(fs::read_to_string(&file).expect("reads"), "new");
        assert_eq!(fs::metadata(&file).expect("is there").permissions().mode() & 0o777, 0o640);
        assert_eq!(names(dir.path()), ["deck.yaml"]);
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let (_dir, file) = deck();
        let draft = Draft::beside(&file).expect("a draft");
        fs::write(&file, "by another hand").expect("writes");
        assert!(matches!(draft.put(b"new"), Err(DraftError::ChangedMeanwhile)));
        assert_eq!(fs::read_to_string(&file).expect("reads"), "by another hand");
    }

    #[test]
    fn a_link_to_a_file_stays_a_link() {
        let (dir, file) = deck();
        let link = dir.path().join("link.yaml");
        symlink(&file, &link).expect("links");
        let draft = Draft::beside(&link).expect("a draft");
        draft.put(b"new").expect("takes its place");
        assert!(link.is_symlink() && fs::read_to_string(&file).expect("reads") == "new");
    }

    #[test]
    fn a_draft_that_is_left_is_found_where_it_says() {
        let (_dir, file) = deck();
        let draft = Draft::beside(&file).expect("a draft");
        fs::write(draft.path(), "new").expect("writes");
        let second = Draft::beside(&file).expect("another draft");
        assert_ne!(draft.path(), second.path());
        let path = draft.leave();
        assert_eq!(fs::read_to_string(path).expect("reads"), "new");
    }
}
