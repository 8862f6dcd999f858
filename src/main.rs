//! The `cutscore` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    cutscore::cli::run()
}
