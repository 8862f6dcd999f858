//! Names that occur again and again, kept once.

use std::collections::HashMap;

/// Longest name in bytes.
pub(super) const MAX_NAME: usize = 200;

/// Gives each name a number, in the order in which they come.
#[derive(Debug, Default)]
pub(super) struct Names {
    places: HashMap<Box<str>, u32>,
    latest: Vec<u8>, // rows that belong together share names, so this is often asked again
    latest_place: u32,
}

impl Names {
    /// Returns the place of a name, or what is wrong with it.
    pub(super) fn place(&mut self, name: &[u8]) -> Result<u32, &'static str> {
        if self.latest == name && !self.places.is_empty() {
            return Ok(self.latest_place);
        }
        let text = str::from_utf8(name).map_err(|_| "is not UTF-8")?;
        let place = match self.places.get(text) {
            Some(place) => *place,
            None if text.len() > MAX_NAME => return Err("is longer than 200 bytes"),
            None => {
                let place = u32::try_from(self.places.len()).map_err(|_| "is one name too many")?;
                self.places.insert(text.into(), place);
                place
            }
        };
        self.latest.clear();
        self.latest.extend_from_slice(name);
        self.latest_place = place;
        Ok(place)
    }

    /// Returns the names by their places.
    pub(super) fn into_list(self) -> Vec<String> {
        let mut names: Vec<_> = self.places.into_iter().collect();
        names.sort_unstable_by_key(|(_, place)| *place);
        names.into_iter().map(|(name, _)| name.into_string()).collect()
    }
}
