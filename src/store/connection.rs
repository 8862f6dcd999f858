//! Opening the database: permissions, versions, migrations, and the check against the recorded head.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags, OptionalExtension, Row, Transaction, TransactionBehavior};

use crate::store::head::{self, Head};
use crate::store::{StoreError, backup, concepts, log, read_only, rebuild};

/// An open store. One process may hold several; SQLite keeps their writes apart.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    data_dir: PathBuf,
    device: i64,
    /// Whether the system failed a write or a sync. It tells so once, and nobody knows what of the files is on the disk.
    is_doubtful: bool,
}

/// "cuts" in ASCII: marks the file as ours in its header.
const APPLICATION_ID: i64 = 0x6375_7473;

/// Each step takes the schema from its place in the list to the next; a step that was released is never edited.
const MIGRATIONS: &[Migration] = &[
    Migration { sql: include_str!("schema/0001.sql"), folds: Folds::Stay },
    Migration { sql: include_str!("schema/0002.sql"), folds: Folds::Stay },
    Migration { sql: include_str!("schema/0003.sql"), folds: Folds::Stay },
    Migration { sql: include_str!("schema/0004.sql"), folds: Folds::Stay },
    Migration { sql: include_str!("schema/0005.sql"), folds: Folds::Anew },
    Migration { sql: include_str!("schema/0006.sql"), folds: Folds::Stay },
    Migration { sql: include_str!("schema/0007.sql"), folds: Folds::Stay },
    Migration { sql: include_str!("schema/0008.sql"), folds: Folds::Anew },
    Migration { sql: include_str!("schema/0009.sql"), folds: Folds::Anew },
    Migration { sql: include_str!("schema/0010.sql"), folds: Folds::Stay },
];

/// A step from one schema to the next.
struct Migration {
    sql: &'static str,
    folds: Folds,
}

/// What becomes of the folds in a step.
enum Folds {
    /// They hold as they are.
    Stay,
    /// They got another shape: after the last step, the log is folded again.
    Anew,
}

/// How long a writer waits between two looks at a lock that another one holds: about as long as a commit takes. All wait
/// alike, so that nobody is passed over; SQLite's own waits grow with each try, and the latest comer wins.
const TURN: Duration = Duration::from_millis(2);

/// How often a writer looks before it gives up: after about 10 s.
const MAX_LOOKS: i32 = 5_000;

/// Statements that stay prepared: all that a drill or an exam uses again and again.
const N_STATEMENTS: usize = 128;

/// Frames of the write-ahead log that are worth the waits for the disk which it takes to move them into the main file: those
/// of some hundred and forty answers.
const LONG_LOG: i64 = 1_000;

/// The files that a database consists of, the main one first.
pub(in crate::store) const HELD: [&str; 4] = ["cutscore.db", "cutscore.db-wal", "cutscore.db-shm", "cutscore.head"];

/// The first SQLite without the WAL-reset race, by which earlier ones can lose commits that were acknowledged.
const FIRST_SAFE_SQLITE: i32 = 3_051_003;

/// Returns the version of the SQLite that is in use, as in `3.51.3`.
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

impl Store {
    /// Opens the store in `data_dir`, and makes both if they are not there: directory 0700, files 0600.
    ///
    /// # Errors
    /// [`StoreError`] for a directory that cannot be used, a file that is no database of ours or of a newer version,
    /// an SQLite that can lose commits, and a database that ends before the head recorded beside it.
    pub fn open(data_dir: &Path) -> Result<Store, StoreError> {
        if rusqlite::version_number() < FIRST_SAFE_SQLITE {
            return Err(StoreError::OldSqlite { found: sqlite_version().to_owned() });
        }
        let path = data_dir.join(HELD[0]);
        check_presence(data_dir, &path)?;
        make_private(data_dir, &path)?;
        let (db, device) = match open_to_write(data_dir, &path) {
            Err(error) if is_unwritable(&error) => open_to_read(data_dir, &path)?,
            opened => opened?,
        };
        db.set_prepared_statement_cache_capacity(N_STATEMENTS);
        // Absolute, so that the paths of copies in it are told apart from others.
        let data_dir = std::path::absolute(data_dir).unwrap_or_else(|_| data_dir.to_owned());
        let store = Store { db, data_dir, device, is_doubtful: false };
        store.check_head()?;
        store.db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok(store)
    }

    /// Makes sure that something can be recorded.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`] where nothing can be written.
    pub fn need_writable(&self) -> Result<(), StoreError> {
        if self.db.is_readonly(MAIN_DB)? { Err(StoreError::ReadOnly) } else { Ok(()) }
    }

    /// Tells whether there is a store in `data_dir`, or what is left of one, and makes none.
    pub fn is_in(data_dir: &Path) -> bool {
        HELD.iter().any(|name| data_dir.join(name).exists())
    }

    /// Returns the directory of the store.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Moves what has been written into the main file once it is much. Call it while a person reads.
    pub fn rest(&mut self) -> Result<(), StoreError> {
        let read = |row: &Row| Ok(row.get::<_, i64>(1)? - row.get::<_, i64>(2)?);
        let n_frames = self.db.prepare_cached("pragma wal_checkpoint(noop)")?.query_row([], read)?;
        if n_frames < LONG_LOG { Ok(()) } else { self.checkpoint() }
    }

    /// Moves what has been written into the main file, as far as nobody else is in the way.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        let done = self.db.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(()));
        self.heed(done.map_err(StoreError::from))
    }

    /// Does `work` in one transaction that is on the disk when this returns.
    ///
    /// After a write or a sync that the system failed, the files are opened anew: what comes next builds on what can be
    /// read, and nothing is tried again on a handle that was told of it.
    pub(in crate::store) fn commit<T>(
        &mut self,
        work: impl FnOnce(&Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.is_doubtful {
            *self = Store::open(&self.data_dir)?;
        }
        let done = in_transaction(&mut self.db, work);
        self.heed(done)
    }

    /// Notes whether the system failed what was done. Then the files are left as they are, in closing too.
    fn heed<T>(&mut self, done: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(StoreError::Sqlite(error)) = &done
            && error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure)
        {
            self.is_doubtful = true;
            self.db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        }
        done
    }

    pub(in crate::store) fn db(&self) -> &Connection {
        &self.db
    }

    pub(in crate::store) fn db_mut(&mut self) -> &mut Connection {
        &mut self.db
    }

    pub(in crate::store) fn device(&self) -> i64 {
        self.device
    }

    fn check_head(&self) -> Result<(), StoreError> {
        let Some(recorded) = head::read(&self.data_dir) else { return Ok(()) };
        let newest = log::newest(&self.db)?;
        let found = newest.map_or(0, |newest| newest.seq);
        if found < recorded.seq {
            return Err(lost(&self.data_dir, found, recorded));
        }
        match log::chain_at(&self.db, recorded.seq)? {
            Some(chain) if chain == recorded.chain => Ok(()),
            Some(_) | None => Err(StoreError::BrokenChain { seq: recorded.seq }),
        }
    }
}

fn in_transaction<T>(
    db: &mut Connection,
    work: impl FnOnce(&Transaction) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = work(&tx)?;
    tx.commit()?;
    Ok(done)
}

/// Opens the database, makes it if it is not there, and brings it to this version.
fn open_to_write(data_dir: &Path, path: &Path) -> Result<(Connection, i64), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(path, flags)?;
    db.busy_handler(Some(wait_for_turn))?;
    // One plan for all that is bound: else SQLite prepares many a statement again with each use.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // Of a store that is refused nothing is moved: its `-wal` file may belong to the database that is missing here.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let device = patiently(|| {
        prepare(&mut db, data_dir, path)?;
        own_device(&db)
    })?;
    Ok((db, device))
}

fn is_unwritable(error: &StoreError) -> bool {
    match error {
        StoreError::ReadOnly => true,
        StoreError::Sqlite(error) => error.sqlite_error_code() == Some(ErrorCode::CannotOpen),
        _ => false,
    }
}

/// Opens the database for reports alone, which takes one of this version.
fn open_to_read(data_dir: &Path, path: &Path) -> Result<(Connection, i64), StoreError> {
    let db = read_only::open(data_dir, path)?;
    match version(&db, path)? {
        Some(version) if version == known_version() => {}
        Some(_) | None => return Err(StoreError::ReadOnly),
    }
    let device = own_device(&db)?;
    Ok((db, device))
}

/// SQLite asks here whether to look at a lock again.
fn wait_for_turn(n_looks: i32) -> bool {
    sleep(TURN);
    n_looks < MAX_LOOKS
}

/// Does what SQLite does not wait for by itself: a reader of a new database that wants to write is refused at once,
/// since two of them would wait for each other.
fn patiently<T>(mut work: impl FnMut() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let mut n_looks = 0;
    loop {
        match work() {
            Err(StoreError::Sqlite(error))
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && wait_for_turn(n_looks) =>
            {
                n_looks += 1;
            }
            result => return result,
        }
    }
}

fn lost(data_dir: &Path, found: u64, recorded: Head) -> StoreError {
    StoreError::LostEvents { found, recorded: recorded.seq, head: head::path(data_dir) }
}

/// Length of the header of a database. SQLite takes a file of one byte for an empty one.
const HEADER_BYTES: u64 = 100;

/// Refuses to make a database anew where a head says that there was one: SQLite would delete the `-wal` file that the
/// lost one may have left, and with it events that can still be saved.
fn check_presence(data_dir: &Path, path: &Path) -> Result<(), StoreError> {
    let is_there = fs::metadata(path).is_ok_and(|file| file.len() >= HEADER_BYTES);
    match head::read(data_dir) {
        Some(recorded) if !is_there => Err(lost(data_dir, 0, recorded)),
        Some(_) | None => Ok(()),
    }
}

fn make_private(data_dir: &Path, path: &Path) -> Result<(), StoreError> {
    make_folder(data_dir)?;
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_file() => Ok(()),
        Err(source) => Err(StoreError::File { path: path.to_owned(), source }),
    }
}

/// Makes the data directory if it is not there, for its owner alone. Its name is on the disk when this returns, and so are
/// those of the directories above it that were made too.
pub(in crate::store) fn make_folder(data_dir: &Path) -> Result<(), StoreError> {
    if data_dir.is_dir() {
        return Ok(());
    }
    let trouble = |source| StoreError::File { path: data_dir.to_owned(), source };
    let whole = std::path::absolute(data_dir).map_err(trouble)?;
    let new: Vec<&Path> = whole.ancestors().take_while(|folder| !folder.is_dir()).collect();
    DirBuilder::new().recursive(true).mode(0o700).create(&whole).map_err(trouble)?;
    let mut holders = new.into_iter().filter_map(Path::parent);
    holders.try_for_each(|folder| File::open(folder)?.sync_all()).map_err(trouble)
}

/// The newest schema that this program knows.
fn known_version() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The schema of a database of ours; `None` if there is nothing in it yet.
///
/// # Errors
/// [`StoreError::NotOurs`] and [`StoreError::TooNew`].
fn version(db: &Connection, path: &Path) -> Result<Option<i64>, StoreError> {
    let not_ours = || StoreError::NotOurs { path: path.to_owned() };
    // One statement, so that it sees one state of a database that another process may be making.
    let seen = db.query_row(
        "select application_id, user_version, (select count(*) from sqlite_schema)
         from pragma_application_id, pragma_user_version",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    );
    let (application, version, n_tables): (i64, i64, i64) = match seen {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => return Err(not_ours()),
        seen => seen?,
    };
    match (application, version) {
        (APPLICATION_ID, found) if found > known_version() => Err(StoreError::TooNew { found, known: known_version() }),
        (APPLICATION_ID, found) => Ok(Some(found)),
        (0, 0) if n_tables == 0 => Ok(None),
        _ => Err(not_ours()),
    }
}

fn prepare(db: &mut Connection, data_dir: &Path, path: &Path) -> Result<(), StoreError> {
    let found = version(db, path)?;
    if found.is_none() {
        db.execute_batch(&format!(
            "pragma page_size = 2048; pragma journal_mode = wal; pragma application_id = {APPLICATION_ID};"
        ))?;
    }
    db.execute_batch(
        "pragma synchronous = full; pragma foreign_keys = on; pragma trusted_schema = off;
         pragma wal_autocheckpoint = 0;",
    )?;
    let version = found.unwrap_or(0);
    if 0 < version && version < known_version() {
        backup::before_migration(db, data_dir, version)?;
    }
    migrate(db, version)
}

/// Checks that a database has the tables, indexes and views that its version has, and no others.
///
/// # Errors
/// [`StoreError::BadStructure`] names the first difference; [`StoreError::NotOurs`] and [`StoreError::TooNew`].
pub(in crate::store) fn check_schema(db: &Connection) -> Result<(), StoreError> {
    let sql = "select application_id, user_version from pragma_application_id, pragma_user_version";
    let (application, version): (i64, i64) = db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if application != APPLICATION_ID {
        return Err(StoreError::NotOurs { path: db.path().unwrap_or_default().into() });
    }
    let steps = usize::try_from(version).ok().and_then(|n_steps| MIGRATIONS.get(..n_steps));
    let steps = steps.ok_or(StoreError::TooNew { found: version, known: known_version() })?;
    let fresh = Connection::open_in_memory()?;
    steps.iter().try_for_each(|step| fresh.execute_batch(step.sql))?;
    let (expected, found) = (parts_of(&fresh)?, parts_of(db)?);
    let missing = expected.difference(&found).map(|part| format!("{part} is missing"));
    let strange = found.difference(&expected).map(|part| format!("{part} does not belong to it"));
    missing.chain(strange).next().map_or(Ok(()), |what| Err(StoreError::BadStructure { what }))
}

/// What a schema is made of, as in `table card`.
fn parts_of(db: &Connection) -> Result<BTreeSet<String>, StoreError> {
    let mut statement =
        db.prepare("select type || ' ' || name from sqlite_schema where name not like 'sqlite_stat%'")?;
    let parts = statement.query_map([], |row| row.get(0))?;
    Ok(parts.collect::<Result<_, _>>()?)
}

fn migrate(db: &mut Connection, from: i64) -> Result<(), StoreError> {
    if usize::try_from(from).is_ok_and(|n_done| n_done >= MIGRATIONS.len()) {
        return Ok(());
    }
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    let version: i64 = tx.query_row("pragma user_version", [], |row| row.get(0))?;
    let steps = MIGRATIONS.get(usize::try_from(version).unwrap_or(usize::MAX)..).unwrap_or_default();
    for step in steps {
        tx.execute_batch(step.sql)?;
    }
    if version > 0 && steps.iter().any(|step| matches!(step.folds, Folds::Anew)) {
        concepts::fill_all(&tx)?;
        rebuild::refold(&tx)?;
    }
    tx.execute_batch(&format!("pragma user_version = {}", MIGRATIONS.len()))?;
    tx.commit()?;
    Ok(())
}

/// The device that this store writes as, made on first use.
fn own_device(db: &Connection) -> Result<i64, StoreError> {
    let sql = "select id from device where is_own = 1";
    if let Some(id) = db.query_row(sql, [], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    db.execute("insert into device (name, is_own) values (randomblob(16), 1) on conflict do nothing", [])?;
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use rusqlite::StatementStatus;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    }

    #[test]
    fn a_new_store_is_private_to_its_owner() {
        let dir = tempfile::tempdir().expect("a directory for the test");
        let data_dir = dir.path().join("cutscore");
        let store = Store::open(&data_dir).expect("opens");
        assert_eq!((mode(store.data_dir()), mode(&data_dir.join("cutscore.db"))), (0o700, 0o600));
        let journal: String = store.db.query_row("pragma journal_mode", [], |row| row.get(0)).expect("reads");
        let synchronous: i64 = store.db.query_row("pragma synchronous", [], |row| row.get(0)).expect("reads");
        assert_eq!((journal.as_str(), synchronous), ("wal", 2));
    }

    #[test]
    fn a_statement_is_prepared_once_whatever_is_bound_to_it() {
        let dir = tempfile::tempdir().expect("a directory for the test");
        let store = Store::open(dir.path()).expect("opens");
        for deck in 0..3 {
            let sql = "select max(study_day) from review_day where deck = ?";
            let mut statement = store.db.prepare_cached(sql).expect("prepares");
            statement.exists([deck]).expect("reads");
            assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
        }
    }

    #[test]
    fn a_foreign_file_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().expect("a directory for the test");
        let path = dir.path().join("cutscore.db");
        fs::write(&path, "a shopping list, long enough to be read as a header ".repeat(10)).expect("writes");
        assert!(matches!(Store::open(dir.path()), Err(StoreError::NotOurs { .. })));
        assert!(fs::read_to_string(&path).expect("reads").starts_with("a shopping list"));
    }

    #[test]
    fn a_database_of_another_program_is_refused() {
        let dir = tempfile::tempdir().expect("a directory for the test");
        let db = Connection::open(dir.path().join("cutscore.db")).expect("opens");
        db.execute_batch("create table note (text text)").expect("writes");
        drop(db);
        assert!(matches!(Store::open(dir.path()), Err(StoreError::NotOurs { .. })));
    }

    #[test]
    fn a_database_of_a_later_version_is_refused() {
        let dir = tempfile::tempdir().expect("a directory for the test");
        let store = Store::open(dir.path()).expect("opens");
        store.db.execute_batch("pragma user_version = 99").expect("writes");
        drop(store);
        assert!(matches!(Store::open(dir.path()), Err(StoreError::TooNew { found: 99, .. })));
    }

    #[test]
    fn a_directory_in_place_of_the_database_is_refused() {
        let dir = tempfile::tempdir().expect("a directory for the test");
        fs::create_dir(dir.path().join("cutscore.db")).expect("makes a directory");
        assert!(matches!(Store::open(dir.path()), Err(StoreError::File { .. })));
    }
}
