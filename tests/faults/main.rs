//! Faults of the machine below the running program: `tests/slow/faults.sh` sees to the tools that they need, and runs them.

#[cfg(test)]
mod at_a_terminal;
#[cfg(test)]
mod clocks;
#[cfg(test)]
mod disk;
#[cfg(test)]
mod environment;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod hostile_decks;
#[cfg(test)]
mod kills;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod power_loss;
#[cfg(test)]
mod read_only;
#[cfg(test)]
mod scene;
#[cfg(test)]
#[expect(dead_code, unused_imports, reason = "the suites of tests/it use the rest")]
#[path = "../it/support/mod.rs"]
mod support;
#[cfg(test)]
mod tmux;
#[cfg(test)]
mod trace;
#[cfg(test)]
mod under;
