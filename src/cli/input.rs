//! Lines that are typed or piped in.

use std::io::{self, BufRead};

use crate::cli::error::CliError;

/// Longest line that is read, in bytes; commands are far shorter.
const MAX_LINE: usize = 4_096;

/// Standard input, line by line.
#[derive(Debug, Default)]
pub(in crate::cli) struct Lines {
    n_read: usize,
}

impl Lines {
    /// Returns the next line without its end and surrounding blanks; `None` at the end of the input.
    pub(in crate::cli) fn next(&mut self) -> Result<Option<String>, CliError> {
        let mut line = Vec::new();
        let mut stdin = io::stdin().lock();
        loop {
            let buffer = stdin.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let end = buffer.iter().position(|byte| *byte == b'\n');
            line.extend_from_slice(&buffer[..end.unwrap_or(buffer.len())]);
            let n_used = end.map_or(buffer.len(), |end| end + 1);
            stdin.consume(n_used);
            if line.len() > MAX_LINE {
                return Err(CliError::Usage(format!("line {} is longer than {MAX_LINE} bytes", self.n_read + 1)));
            }
            if end.is_some() {
                self.n_read += 1;
                return Ok(Some(trimmed(&line)));
            }
        }
        self.n_read += usize::from(!line.is_empty());
        Ok((!line.is_empty()).then(|| trimmed(&line)))
    }

    /// Returns the number of the line that was read last, from 1.
    pub(in crate::cli) fn n_read(&self) -> usize {
        self.n_read
    }
}

fn trimmed(line: &[u8]) -> String {
    String::from_utf8_lossy(line).trim().to_owned()
}
