//! A disk that forgets, when the power goes, what it was not told to keep.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rand::RngExt;
use rand::rngs::ChaCha8Rng;

use crate::trace::Call;

/// Files and directories as the program sees them, and which part of that is sure to be there after a power cut.
#[derive(Debug, Default)]
pub(crate) struct Disk {
    files: Vec<Inode>,
    names: Names,
    sure_names: Names,
    changed_names: Vec<NameChange>,
}

/// What a name stands for: a file by its place among all, or a directory.
type Names = BTreeMap<PathBuf, Option<usize>>;

/// The contents of a file that are sure, and what was done to them since.
#[derive(Debug, Default)]
struct Inode {
    sure: Vec<u8>,
    changes: Vec<Change>,
}

#[derive(Debug, Clone)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Truncate { length: usize },
}

#[derive(Debug, Clone)]
enum NameChange {
    Set { path: PathBuf, what: Option<usize> },
    Remove { path: PathBuf },
    Rename { from: PathBuf, to: PathBuf },
}

/// What becomes of the changes that nobody brought to the disk.
#[derive(Debug)]
pub(crate) enum Fate {
    /// None is there.
    Dropped,
    /// All are there, as after a kill of the program alone.
    Kept,
    /// Some are there, and of those that are there some blocks of 512 bytes.
    Torn(Box<ChaCha8Rng>),
}

/// The least that a disk writes at once, in bytes.
const BLOCK: usize = 512;

impl Disk {
    /// A disk that surely holds these directories and files.
    pub(crate) fn holding(directories: &[&Path], files: &[&Path]) -> Disk {
        let mut disk = Disk::default();
        for path in directories {
            disk.take(&Call::MakeDirectory { path: path.to_path_buf() });
        }
        for path in files {
            disk.take(&Call::Open { path: path.to_path_buf(), is_emptied: false });
            let bytes = fs::read(path).expect("a file of the disk");
            disk.take(&Call::Write { path: path.to_path_buf(), offset: Some(0), bytes });
            disk.sync(path);
        }
        for path in directories.iter().filter_map(|path| path.parent()).chain(directories.iter().copied()) {
            disk.sync(path);
        }
        disk
    }

    /// Does what a call of the program did.
    pub(crate) fn take(&mut self, call: &Call) {
        match call {
            Call::Write { path, offset, bytes } => {
                if let Some(file) = self.file(path) {
                    let offset = offset.unwrap_or_else(|| file.now().len());
                    file.changes.push(Change::Write { offset, bytes: bytes.clone() });
                }
            }
            Call::Truncate { path, length } => {
                if let Some(file) = self.file(path) {
                    file.changes.push(Change::Truncate { length: *length });
                }
            }
            Call::Sync { path } => self.sync(path),
            Call::Open { path, is_emptied } => match self.file(path) {
                Some(file) if *is_emptied => file.changes.push(Change::Truncate { length: 0 }),
                Some(_) => {}
                None => {
                    self.files.push(Inode::default());
                    let what = Some(self.files.len() - 1);
                    self.rename(NameChange::Set { path: path.clone(), what });
                }
            },
            Call::MakeDirectory { path } => self.rename(NameChange::Set { path: path.clone(), what: None }),
            Call::Remove { path } => self.rename(NameChange::Remove { path: path.clone() }),
            Call::Rename { from, to } => self.rename(NameChange::Rename { from: from.clone(), to: to.clone() }),
            Call::Say { .. } => {}
        }
    }

    fn file(&mut self, path: &Path) -> Option<&mut Inode> {
        let place = (*self.names.get(path)?)?;
        self.files.get_mut(place)
    }

    fn rename(&mut self, change: NameChange) {
        change.apply(&mut self.names);
        self.changed_names.push(change);
    }

    /// Brings a file to the disk, or the names in a directory. The name of a file is no part of it.
    fn sync(&mut self, path: &Path) {
        if let Some(file) = self.file(path) {
            file.sure = file.now();
            file.changes.clear();
            return;
        }
        let is_here = |change: &mut NameChange| change.path().parent() == Some(path);
        for change in self.changed_names.extract_if(.., is_here) {
            change.apply(&mut self.sure_names);
        }
    }

    /// Writes what is there after a power cut; files below `from` go below `to`.
    pub(crate) fn cut_power(&self, mut fate: Fate, from: &Path, to: &Path) {
        let mut names = self.sure_names.clone();
        for change in self.changed_names.iter().filter(|_| fate.keeps()) {
            change.apply(&mut names);
        }
        let directories: BTreeSet<&Path> =
            names.iter().filter(|(_, what)| what.is_none()).map(|(path, _)| path.as_path()).collect();
        for (path, what) in &names {
            // What lies in a directory that is not there is not there either.
            let is_there = path.ancestors().skip(1).take_while(|own| *own != from).all(|own| directories.contains(own));
            let Some(place) = path.strip_prefix(from).ok().filter(|_| is_there) else { continue };
            match what {
                None => fs::create_dir(to.join(place)).expect("a directory of the disk"),
                Some(file) => {
                    fs::write(to.join(place), self.files[*file].after(&mut fate)).expect("a file of the disk");
                }
            }
        }
    }
}

impl NameChange {
    /// The name that is changed, by which its directory is known.
    fn path(&self) -> &Path {
        match self {
            NameChange::Set { path, .. } | NameChange::Remove { path } | NameChange::Rename { to: path, .. } => path,
        }
    }

    fn apply(&self, names: &mut Names) {
        match self {
            NameChange::Set { path, what } => {
                names.insert(path.clone(), *what);
            }
            NameChange::Remove { path } => {
                names.remove(path);
            }
            NameChange::Rename { from, to } => {
                if let Some(what) = names.remove(from) {
                    names.insert(to.clone(), what);
                }
            }
        }
    }
}

impl Inode {
    fn now(&self) -> Vec<u8> {
        self.after(&mut Fate::Kept)
    }

    fn after(&self, fate: &mut Fate) -> Vec<u8> {
        let mut content = self.sure.clone();
        for change in &self.changes {
            match change {
                Change::Truncate { length } if fate.keeps() => content.resize(*length, 0),
                Change::Truncate { .. } => {}
                Change::Write { offset, bytes } => {
                    let first = BLOCK - offset % BLOCK;
                    let (head, rest) = bytes.split_at(first.min(bytes.len()));
                    let mut at = *offset;
                    for block in std::iter::once(head).chain(rest.chunks(BLOCK)) {
                        let end = at + block.len();
                        if fate.keeps() {
                            content.resize(content.len().max(end), 0);
                            content[at..end].copy_from_slice(block);
                        }
                        at = end;
                    }
                }
            }
        }
        content
    }
}

impl Fate {
    fn keeps(&mut self) -> bool {
        match self {
            Fate::Dropped => false,
            Fate::Kept => true,
            Fate::Torn(rng) => rng.random_range(0..2) == 0,
        }
    }
}
