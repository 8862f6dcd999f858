//! Zip packages: named entries, read into memory within limits. Nothing is written to disk.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::exchange::imported::ImportError;

/// Most entries of a package. A large collection has a file for every picture.
const MAX_ENTRIES: usize = 200_000;

/// Most bytes of a package.
const MAX_PACKAGE: usize = 2 << 30;

/// Most bytes that all entries together may come to.
const MAX_READ: usize = 1 << 30;

/// A package whose list of entries is in order.
pub(in crate::exchange) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
    n_left: usize, // bytes that may still be read
}

impl<'b> Package<'b> {
    /// Reads the list of entries.
    ///
    /// # Errors
    /// A name that leads out of the package, a link, two entries of one name, or entries that overlap, which is how a
    /// small package becomes endless.
    pub(in crate::exchange) fn open(bytes: &'b [u8]) -> Result<Package<'b>, ImportError> {
        if bytes.len() > MAX_PACKAGE {
            return Err(ImportError::too_large(format!("a package may have {} MiB", MAX_PACKAGE >> 20)));
        }
        let broken = |error: zip::result::ZipError| ImportError::broken(format!("the package cannot be read: {error}"));
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        if archive.len() > MAX_ENTRIES {
            return Err(ImportError::too_large(format!("a package may have {MAX_ENTRIES} entries")));
        }
        let mut known = BTreeSet::new();
        let mut names = Vec::with_capacity(archive.len());
        let mut ranges = Vec::with_capacity(archive.len());
        for idx in 0..archive.len() {
            let entry = archive.by_index_raw(idx).map_err(broken)?;
            let name = entry.name().map_err(broken)?.into_owned();
            if !is_safe(&name) {
                return Err(ImportError::broken(format!("the name of the entry `{name}` leads out of the package")));
            }
            if entry.is_symlink() {
                return Err(ImportError::broken(format!("the entry `{name}` is a link")));
            }
            let data = entry.data_start().unwrap_or_default();
            ranges.push((entry.header_start(), data.saturating_add(entry.compressed_size())));
            if !known.insert(name.to_ascii_lowercase()) {
                return Err(ImportError::broken(format!("two entries are called `{name}`")));
            }
            drop(entry);
            names.push(name);
        }
        // The reader keeps one entry of each name; the list at the end of the file tells how many there were.
        if n_listed(bytes).is_some_and(|n_listed| n_listed != archive.len()) {
            return Err(ImportError::broken("two entries have the same name"));
        }
        ranges.sort_unstable();
        if ranges.windows(2).any(|pair| pair[1].0 < pair[0].1) {
            return Err(ImportError::broken("two entries overlap"));
        }
        Ok(Package { archive, names, n_left: MAX_READ })
    }

    /// Returns the names of the entries in the order of their list.
    pub(in crate::exchange) fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns the bytes of an entry; `None` if there is no such one. What counts is what comes out of it, not what its
    /// header says.
    pub(in crate::exchange) fn read(&mut self, name: &str, limit: usize) -> Result<Option<Vec<u8>>, ImportError> {
        let limit = limit.min(self.n_left);
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(ImportError::broken(format!("the entry `{name}` cannot be read: {error}"))),
        };
        let mut bytes = Vec::new();
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        entry
            .take(most)
            .read_to_end(&mut bytes)
            .map_err(|error| ImportError::broken(format!("the entry `{name}` cannot be read: {error}")))?;
        if bytes.len() > limit {
            return Err(ImportError::too_large(format!("the entry `{name}` has more than {} MiB", limit >> 20)));
        }
        self.n_left -= bytes.len();
        Ok(Some(bytes))
    }
}

/// Returns the names of a package's entries.
pub(in crate::exchange) fn names(bytes: &[u8]) -> Result<Vec<String>, ImportError> {
    Ok(Package::open(bytes)?.names)
}

/// Tells whether a name stays within its package.
fn is_safe(name: &str) -> bool {
    let is_absolute = name.starts_with(['/', '\\']) || name.get(1..2) == Some(":");
    let climbs = name.split(['/', '\\']).any(|part| part == "..");
    !name.is_empty() && !is_absolute && !climbs && !name.contains('\0')
}

/// The number of entries that the record at the end of a package gives; `None` where it stands elsewhere.
fn n_listed(bytes: &[u8]) -> Option<usize> {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let number = tail.get(at + 10..at + 12)?;
    let n_listed = u16::from_le_bytes([number[0], number[1]]);
    (n_listed < u16::MAX).then(|| usize::from(n_listed))
}
