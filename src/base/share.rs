//! A part of a whole.

/// A number from 0 to 1, both included.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Share(f64);

/// Says that a number is not a share.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("a share lies between 0 and 1, not at {found}")]
pub struct ShareError {
    /// The number that was refused.
    pub found: f64,
}

impl Share {
    /// Takes a number from 0 to 1.
    ///
    /// # Errors
    /// [`ShareError`] for anything else, NaN included.
    pub fn new(value: f64) -> Result<Share, ShareError> {
        if (0.0..=1.0).contains(&value) { Ok(Share(value)) } else { Err(ShareError { found: value }) }
    }

    /// Returns the number, 0 to 1.
    pub fn value(self) -> f64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_from_zero_to_one_are_shares() {
        assert_eq!(Share::new(0.7).map(Share::value), Ok(0.7));
        assert!(Share::new(1.0).is_ok() && Share::new(0.0).is_ok());
        for refused in [-0.01, 1.01, f64::NAN, f64::INFINITY] {
            assert!(Share::new(refused).is_err(), "{refused} was taken");
        }
    }
}
