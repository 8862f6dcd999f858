//! SQLite alone, as durable as the store: what every commit on a disk costs.

use rusqlite::Connection;
use std::path::Path;

/// Length of a row of the log with its chain.
const ROW: [u8; 90] = [7; 90];

/// Makes a table of rows in a directory.
pub(crate) fn bare_table(dir: &Path) -> rusqlite::Result<Connection> {
    let bare = Connection::open(dir.join("bare.db"))?;
    bare.execute_batch(
        "pragma page_size = 2048; pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 0;
         create table row (seq integer primary key, body blob not null) strict;",
    )?;
    Ok(bare)
}

/// Commits a row.
pub(crate) fn bare_row(bare: &Connection) -> rusqlite::Result<()> {
    bare.prepare_cached("insert into row (body) values (?)")?.execute([&ROW[..]])?;
    Ok(())
}
