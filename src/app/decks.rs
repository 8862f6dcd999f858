//! Finding, reading and indexing decks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::app::{App, AppError};
use crate::base::{ContentHash, DeckId};
use crate::deck::Outline;
use crate::format::{SourceFile, embedded_deck, load_sources, source_stamp, usable_deck};
use crate::store::{IndexedItem, RevisionId};

/// A deck that is indexed and ready for use.
#[derive(Debug, Clone)]
pub struct OpenDeck {
    /// What the deck covers.
    pub outline: Outline,
    /// Hash of the deck's files.
    pub revision: ContentHash,
    pub(in crate::app) index: RevisionId,
    /// Where its files are; `None` for the deck that comes with the program.
    pub(in crate::app) path: Option<PathBuf>,
}

/// A deck in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct DeckListing {
    /// The deck's name.
    pub id: DeckId,
    /// Its title, if it could be read.
    pub title: Option<String>,
    /// The file or folder; `None` for the deck that comes with the program.
    pub path: Option<PathBuf>,
}

/// The id of the deck that comes with the program.
pub(in crate::app) const EMBEDDED: &str = "clf-c02";

impl App {
    /// Opens the deck that is named: by an id, by a path, or not at all for the default deck.
    ///
    /// Files that look from outside as they did are not read. Others are hashed; only when the hash is new are they parsed
    /// and indexed.
    ///
    /// # Errors
    /// [`AppError::UnknownDeck`], [`AppError::Load`] and [`AppError::BadDeck`] say what is wrong with the name, the
    /// files and their content.
    pub fn open_deck(&mut self, named: Option<&str>) -> Result<OpenDeck, AppError> {
        let known = self.store.deck_sources()?;
        let place = place_of(named, &known)?;
        let path = place.as_deref().map(full_path);
        let (revision, index, outline) = match self.unchanged(path.as_deref())? {
            Some(indexed) => indexed,
            None => self.read_deck_at(place.as_deref())?,
        };
        // A deck that was moved is known by its content and has a new place; one that was copied stays where it is.
        let is_kept = |known: &PathBuf| self.store.is_copy(known) && known.exists();
        let known = known.get(&outline.id);
        if let Some(path) = path.as_ref().filter(|path| known != Some(path) && !known.is_some_and(is_kept)) {
            self.store.set_deck_source(&outline.id, path)?;
        }
        Ok(OpenDeck { outline, revision, index, path })
    }

    /// Returns the deck at a place whose files look as they did when they were read.
    fn unchanged(&self, path: Option<&Path>) -> Result<Option<(ContentHash, RevisionId, Outline)>, AppError> {
        let Some((path, stamp)) = path.and_then(|path| Some((path, source_stamp(path)?))) else { return Ok(None) };
        let Some(revision) = self.store.stamped_files(path, &stamp)? else { return Ok(None) };
        Ok(self.store.revision(revision)?.map(|(index, outline)| (revision, index, outline)))
    }

    /// Hashes the files of the deck at a place, or of the one that comes with the program, and reads them if they are new.
    fn read_deck_at(&mut self, place: Option<&Path>) -> Result<(ContentHash, RevisionId, Outline), AppError> {
        // Before the files are read: what changes later has another stamp.
        let stamp = place.and_then(source_stamp);
        let sources = place.map_or_else(|| Ok(embedded_deck()), load_sources)?;
        let path = place.map(full_path);
        let revision = hash_of(&sources, path.as_deref().unwrap_or(Path::new(EMBEDDED)));
        let (index, outline) = if let Some(indexed) = self.store.revision(revision)? {
            indexed
        } else {
            let deck = match usable_deck(&sources) {
                Ok(deck) => deck,
                Err(findings) => return Err(AppError::BadDeck { findings, sources }),
            };
            (self.store.index_deck(revision, &deck)?, deck.outline)
        };
        if let (Some(path), Some(stamp)) = (path, stamp) {
            self.store.keep_stamp(&path, &stamp, revision)?;
        }
        Ok((revision, index, outline))
    }

    /// Returns the decks that can be named by id: the embedded one and those that were opened from files before.
    pub fn list_decks(&mut self) -> Result<Vec<DeckListing>, AppError> {
        let embedded = self.open_deck(None)?.outline;
        let mut listings = vec![DeckListing { id: embedded.id, title: Some(embedded.title), path: None }];
        for (id, path) in self.store.deck_sources()? {
            let title = self.store.outline_of(&id)?.map(|outline| outline.title);
            listings.push(DeckListing { id, title, path: Some(path) });
        }
        Ok(listings)
    }

    /// Returns the id of the deck that is named, by what is known of it without its files: they may be gone or broken.
    pub fn known_deck(&self, named: Option<&str>) -> Result<Option<DeckId>, AppError> {
        let named = named.unwrap_or(EMBEDDED);
        let path = full_path(Path::new(named));
        let by_path = self.store.deck_sources()?.into_iter().find(|(_, known)| *known == path).map(|(id, _)| id);
        Ok(by_path.or_else(|| DeckId::new(named).ok()))
    }

    /// Returns the items of a deck in its order.
    pub fn items_of(&self, deck: &OpenDeck) -> Result<Vec<IndexedItem>, AppError> {
        Ok(self.store.indexed_items(deck.index)?)
    }
}

/// The place of the deck that is named; `None` for the one that comes with the program.
fn place_of(named: Option<&str>, known: &BTreeMap<DeckId, PathBuf>) -> Result<Option<PathBuf>, AppError> {
    let Some(named) = named.filter(|named| *named != EMBEDDED) else { return Ok(None) };
    let path = Path::new(named);
    let known = DeckId::new(named).ok().and_then(|id| known.get(&id));
    match known.filter(|_| !path.exists()) {
        Some(known) => Ok(Some(known.clone())),
        None if path.exists() || looks_like_path(named) => Ok(Some(path.to_owned())),
        None => Err(AppError::UnknownDeck { named: named.to_owned() }),
    }
}

/// The files of the deck that is named and, unless it comes with the program, their place.
pub(in crate::app) fn sources_of(
    named: Option<&str>,
    known: &BTreeMap<DeckId, PathBuf>,
) -> Result<(Vec<SourceFile>, Option<PathBuf>), AppError> {
    let place = place_of(named, known)?;
    let sources = place.as_deref().map_or_else(|| Ok(embedded_deck()), load_sources)?;
    Ok((sources, place.as_deref().map(full_path)))
}

pub(in crate::app) fn full_path(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn looks_like_path(named: &str) -> bool {
    let extension = Path::new(named).extension();
    named.contains('/') || extension.is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// The hash of a deck: its own name, from which its id may come, and its files' names and contents, each led by its
/// length.
pub(in crate::app) fn hash_of(sources: &[SourceFile], path: &Path) -> ContentHash {
    let mut hasher = blake3::Hasher::new();
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    hasher.update(&u64_len(name)).update(name);
    for source in sources {
        let name = Path::new(&source.name).file_name().unwrap_or_default();
        for field in [name.as_encoded_bytes(), &source.bytes] {
            hasher.update(&u64_len(field)).update(field);
        }
    }
    let mut cut = [0; 16];
    cut.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    ContentHash::from_bytes(cut)
}

fn u64_len(field: &[u8]) -> [u8; 8] {
    u64::try_from(field.len()).unwrap_or(u64::MAX).to_le_bytes()
}
