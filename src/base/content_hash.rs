//! The fingerprint by which an item's content is pinned.

use std::fmt;

/// The first 16 bytes of the BLAKE3 hash of some canonical bytes.
///
/// 128 bits keep an accidental collision out of reach (about 10⁻²⁶ for a million items) at half the space.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 16]);

impl ContentHash {
    /// Hashes `canonical` bytes.
    pub fn of(canonical: &[u8]) -> ContentHash {
        let mut cut = [0; 16];
        cut.copy_from_slice(&blake3::hash(canonical).as_bytes()[..16]);
        ContentHash(cut)
    }

    /// Takes bytes that [`ContentHash::as_bytes`] gave earlier.
    pub fn from_bytes(bytes: [u8; 16]) -> ContentHash {
        ContentHash(bytes)
    }

    /// Returns the 16 bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_head_of_blake3() {
        // BLAKE3 of the empty input, from the reference test vectors of the BLAKE3 paper (O'Connor et al. 2020).
        assert_eq!(ContentHash::of(b"").to_string(), "af1349b9f5f9a1a6a0404dea36dcc949");
    }

    #[test]
    fn bytes_round_trip() {
        let hash = ContentHash::of(b"stem and key");
        assert_eq!(ContentHash::from_bytes(*hash.as_bytes()), hash);
    }
}
