//! What is wrong with a file of responses.

use std::fmt;
use std::io;

use crate::base::SafeText;

/// Problems that are kept; the rest are only counted.
const MAX_KEPT: usize = 100;

/// Why a file of responses cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ResponsesError {
    /// The system refused to read.
    #[error("the responses cannot be read")]
    Unreadable(#[from] io::Error),
    /// The file has problems.
    #[error("the responses have {}", if *n_problems == 1 { "a problem".to_owned() } else { format!("{n_problems} problems") })]
    Problems {
        /// The first of them, in the order of the lines.
        problems: Vec<ResponseProblem>,
        /// How many there are.
        n_problems: usize,
    },
}

/// Something wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseProblem {
    /// The file. Safe for a terminal and on one line.
    pub path: SafeText,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong and what to do. Safe for a terminal and on one line.
    pub message: SafeText,
}

impl fmt::Display for ResponseProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Gathers the problems of a file.
#[derive(Debug)]
pub(super) struct Problems {
    path: SafeText,
    kept: Vec<ResponseProblem>,
    n_all: usize,
}

impl Problems {
    pub(super) fn of(path: &str) -> Problems {
        Problems { path: SafeText::one_line(path), kept: Vec::new(), n_all: 0 }
    }

    pub(super) fn say(&mut self, line: u64, message: impl AsRef<str>) {
        self.n_all += 1;
        if self.kept.len() < MAX_KEPT {
            let (path, message) = (self.path.clone(), SafeText::one_line(message.as_ref()));
            self.kept.push(ResponseProblem { path, line, message });
        }
    }

    /// Returns `table` if nothing is wrong.
    pub(super) fn none_or<T>(self, table: T) -> Result<T, ResponsesError> {
        match self.n_all {
            0 => Ok(table),
            n_problems => Err(ResponsesError::Problems { problems: self.kept, n_problems }),
        }
    }
}
