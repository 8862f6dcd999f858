//! The decks that can be named by id: adding, removing, listing and searching them.

use std::path::{Path, PathBuf};

use crate::app::decks::{EMBEDDED, full_path, hash_of, sources_of};
use crate::app::{App, AppError, OpenDeck};
use crate::base::{DeckId, ItemId, file_stem};
use crate::format::{SourceFile, load_sources, refuse_links, usable_deck};
use crate::store::{DeckFiles, SearchQuery, SearchResult};

/// A deck that can be named by id, and how its files are.
#[derive(Debug, Clone, PartialEq)]
pub struct LibraryEntry {
    /// The deck's name.
    pub id: DeckId,
    /// Its title, if it could be read once.
    pub title: Option<String>,
    /// The file or folder; `None` for the deck that comes with the program.
    pub path: Option<PathBuf>,
    /// Whether the path is that of a copy in the data directory.
    pub is_copy: bool,
    /// Items that can stand in an exam, when the deck was last read.
    pub n_questions: usize,
    /// Items that are only drilled.
    pub n_cards: usize,
    /// The files, against when they were last read.
    pub state: FilesState,
}

/// How the files of a deck are, against when they were last read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilesState {
    /// As they were.
    Unchanged,
    /// They hold something else, which is read when the deck is used next.
    Changed,
    /// They are not there any more.
    Gone,
    /// They are there, and cannot be read.
    Unreadable,
}

/// How the files of a deck come into the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// They stay where they are, and their place is noted.
    Reference,
    /// They are copied into the data directory.
    Copy,
}

/// What happens when another deck has the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// The new one is refused.
    Refuse,
    /// The new one takes its place.
    Replace,
}

/// A deck that was added.
#[derive(Debug, Clone)]
pub struct AddedDeck {
    /// The deck.
    pub deck: OpenDeck,
    /// Where its files are.
    pub path: PathBuf,
    /// The files that the id stood for before.
    pub replaced: Option<PathBuf>,
}

/// A deck that was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedDeck {
    /// Where its files are, or were if it was a copy.
    pub path: PathBuf,
    /// Whether a copy in the data directory was deleted.
    pub was_copy: bool,
}

impl App {
    /// Returns the decks that can be named by id, the one that comes with the program first.
    pub fn library(&mut self) -> Result<Vec<LibraryEntry>, AppError> {
        self.list_decks()?.into_iter().map(|listing| self.look_at(listing.id, listing.title, listing.path)).collect()
    }

    fn look_at(&self, id: DeckId, title: Option<String>, path: Option<PathBuf>) -> Result<LibraryEntry, AppError> {
        let size = self.store.indexed_size(&id)?;
        let state = match &path {
            None => FilesState::Unchanged,
            Some(path) => match load_sources(path) {
                Ok(sources) if size.is_some_and(|size| size.files == hash_of(&sources, path)) => FilesState::Unchanged,
                Ok(_) => FilesState::Changed,
                Err(_) if !path.exists() => FilesState::Gone,
                Err(_) => FilesState::Unreadable,
            },
        };
        let is_copy = path.as_ref().is_some_and(|path| self.store.is_copy(path));
        let (n_questions, n_cards) = size.map_or((0, 0), |size| (size.n_questions, size.n_cards));
        Ok(LibraryEntry { id, title, path, is_copy, n_questions, n_cards, state })
    }

    /// Returns the files of the deck that is named, and their place.
    ///
    /// # Errors
    /// [`AppError::NoFile`] for the deck that comes with the program, [`AppError::UnknownDeck`] and
    /// [`AppError::Load`] otherwise. Errors in the deck are none.
    pub fn deck_files(&self, named: Option<&str>) -> Result<(PathBuf, Vec<SourceFile>), AppError> {
        let (sources, path) = sources_of(named, &self.store.deck_sources()?)?;
        let path = path.ok_or_else(|| AppError::NoFile { deck: EMBEDDED.to_owned() })?;
        Ok((path, sources))
    }

    /// Adds the deck at `path`, so that it can be named by its id.
    ///
    /// # Errors
    /// The deck cannot be read or has errors; its id is that of another deck that is there; for a copy, a file is a
    /// symbolic link.
    pub fn add_deck(&mut self, path: &Path, keeping: Keeping, clash: Clash) -> Result<AddedDeck, AppError> {
        let path = full_path(path);
        if keeping == Keeping::Copy {
            refuse_links(&path)?;
        }
        let sources = load_sources(&path)?;
        let deck = match usable_deck(&sources) {
            Ok(deck) => deck,
            Err(findings) => return Err(AppError::BadDeck { findings, sources }),
        };
        let id = deck.outline.id.clone();
        if id.as_str() == EMBEDDED {
            return Err(AppError::IdTaken { id: id.to_string(), by: "comes with the program".to_owned() });
        }
        let before = self.store.deck_sources()?.remove(&id).filter(|before| *before != path);
        if let Some(other) = before.as_ref().filter(|other| other.exists() && clash == Clash::Refuse) {
            return Err(AppError::IdTaken { id: id.to_string(), by: format!("is at {}", other.display()) });
        }
        let place = match keeping {
            Keeping::Reference if path.to_str().is_none() => return Err(AppError::PathNotText { path }),
            Keeping::Reference => path,
            Keeping::Copy => self.copy(&id, &path, &sources)?,
        };
        let revision = hash_of(&sources, &place);
        if self.store.revision(revision)?.is_none() {
            self.store.index_deck(revision, &deck)?;
        }
        self.store.set_deck_source(&id, &place)?;
        if let Some(before) = before.as_ref().filter(|before| **before != place) {
            self.store.drop_copy(before)?;
        }
        let deck = self.open_deck(Some(id.as_str()))?;
        Ok(AddedDeck { deck, path: place, replaced: before })
    }

    /// Copies files that were read from `path` into the data directory.
    fn copy(&self, id: &DeckId, path: &Path, sources: &[SourceFile]) -> Result<PathBuf, AppError> {
        let name_of = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let names: Vec<String> = sources.iter().map(|source| name_of(Path::new(&source.name))).collect();
        let stem = file_stem(id.as_str());
        // A deck without an id is named after its file or folder, so that keeps its name.
        let folder = if path.is_dir() {
            path.canonicalize().map_or_else(|_| name_of(path), |path| name_of(&path))
        } else {
            String::new()
        };
        let files: Vec<(&str, &[u8])> =
            names.iter().map(String::as_str).zip(sources.iter().map(|source| source.bytes.as_ref())).collect();
        let copied = match files.first() {
            Some((name, bytes)) if folder.is_empty() => self.store.keep_copy(&stem, DeckFiles::File(name, bytes)),
            _ => self.store.keep_copy(&stem, DeckFiles::Folder(&folder, &files)),
        };
        Ok(copied?)
    }

    /// Removes a deck from those that can be named by id, and its copy if there is one. Files outside the data directory
    /// stay, and so does everything that was learned.
    ///
    /// # Errors
    /// [`AppError::UnknownDeck`] if no deck was added or opened under the id, [`AppError::NoFile`] for the deck that
    /// comes with the program.
    pub fn remove_deck(&mut self, named: &str) -> Result<RemovedDeck, AppError> {
        let known = self.store.deck_sources()?;
        let found = DeckId::new(named).ok().and_then(|id| Some((known.get(&id)?.clone(), id)));
        let Some((path, id)) = found else {
            let named = named.to_owned();
            return Err(if named == EMBEDDED {
                AppError::NoFile { deck: named }
            } else {
                AppError::UnknownDeck { named }
            });
        };
        self.store.forget_deck(&id)?;
        let was_copy = self.store.is_copy(&path);
        self.store.drop_copy(&path)?;
        Ok(RemovedDeck { path, was_copy })
    }

    /// Searches the decks that were read, as they are indexed; see [`Store::search`](crate::store::Store::search).
    pub fn search(&self, query: &SearchQuery) -> Result<SearchResult, AppError> {
        Ok(self.store.search(query)?)
    }

    /// Tells whether the item stands in a sitting that is open, so that its key is not to be told.
    pub fn is_asked_now(&self, deck: &DeckId, item: &ItemId) -> Result<bool, AppError> {
        Ok(self.store.open_items()?.get(deck).is_some_and(|items| items.contains(item)))
    }
}
