//! Ctrl-C while something else has the terminal, or while the program waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

use crate::cli::error::CliError;

/// As long as it lives, Ctrl-C only says that it came.
pub(in crate::cli) struct Interrupts {
    acts_by_default: Arc<AtomicBool>,
    has_come: Arc<AtomicBool>,
}

impl Interrupts {
    /// Begins to watch.
    pub(in crate::cli) fn watch() -> Result<Interrupts, CliError> {
        let interrupts = Interrupts { acts_by_default: Arc::default(), has_come: Arc::default() };
        flag::register_conditional_default(SIGINT, Arc::clone(&interrupts.acts_by_default))?;
        flag::register(SIGINT, Arc::clone(&interrupts.has_come))?;
        Ok(interrupts)
    }

    /// Tells whether Ctrl-C has come.
    pub(in crate::cli) fn has_come(&self) -> bool {
        self.has_come.load(Ordering::SeqCst)
    }
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        self.acts_by_default.store(true, Ordering::SeqCst);
    }
}
