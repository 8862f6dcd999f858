//! What can keep responses from being calibrated.

/// Why there are no difficulties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalibrationError {
    /// No item was answered rightly by some and wrongly by others.
    #[error("there is no item that some learners got right and others wrong, so there is nothing to calibrate")]
    NothingToFit,
    /// Learners who do well on some items do no better on others.
    #[error("the learners do not differ in ability as far as these responses show, so difficulties have no scale")]
    NoSpread,
}
