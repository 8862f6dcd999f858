//! Reading a store where nothing can be written: another's, one on a read-only disk, a copy for keeping.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::store::StoreError;
use crate::store::connection::HELD;

/// Opens the database at `path` without writing anything beside it, as SQLite otherwise does even to read.
pub(in crate::store) fn open(data_dir: &Path, path: &Path) -> Result<Connection, StoreError> {
    // What stands in a log file is read with the shared memory that lies beside it. Without one, the database is all there is.
    let has_log = fs::metadata(data_dir.join(HELD[1])).is_ok_and(|log| log.len() > 0);
    // Every byte by its number, so that none means anything in the address.
    let mut address = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        address.push_str(&format!("%{byte:02x}"));
    }
    address.push_str(if has_log { "?mode=ro" } else { "?immutable=1" });
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(address, flags)?;
    db.execute_batch("pragma trusted_schema = off")?;
    Ok(db)
}
