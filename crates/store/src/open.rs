//! Opening a data directory, and the connections to its database.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::lock::DirectoryLock;
use crate::{SecretKeys, StoreError, api_key, seal};

/// The version of the tables; `PRAGMA user_version` carries it.
const SCHEMA: u32 = 6;
/// What each version of the tables added.
const STEPS: [&str; SCHEMA as usize] = [
    include_str!("schema.sql"),
    include_str!("schema-2.sql"),
    include_str!("schema-3.sql"),
    include_str!("schema-4.sql"),
    include_str!("schema-5.sql"),
    include_str!("schema-6.sql"),
];
/// Readers kept open between calls; more are opened when all are busy.
const IDLE_READERS: usize = 8;

/// The embedded store of one data directory. Shareable between threads; every call blocks.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    pub(crate) keys: SecretKeys,
    // Last, so that the directory is released after the connections are closed.
    _lock: DirectoryLock,
}

impl Store {
    /// Opens the store in this directory, creating both when missing, and holds the directory for this process. The key of
    /// its secrets is a file in the directory, made when there is none.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another process holds it, [`StoreError::Newer`] when a newer program wrote it,
    /// [`StoreError::UnknownSecretKey`] when its secrets need another key.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        Self::open_with(directory, None)
    }

    /// The same with keys that are kept elsewhere.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(directory: &Path, keys: Option<SecretKeys>) -> Result<Self, StoreError> {
        // A directory made here is for its owner alone: it may hold the key, and it holds all code.
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(directory)
            .map_err(|source| StoreError::Io { path: directory.to_owned(), source })?;
        let lock = DirectoryLock::acquire(directory)?;
        let path = directory.join("stagedoor.db");
        let mut writer = Connection::open(&path)?;
        prepare(&mut writer)?;
        let needed = seal::keys_in_use(&writer)?;
        let keys = keys.map_or_else(|| SecretKeys::of_directory(directory, &needed), Ok)?;
        keys.require(&needed)?;
        seal::seal_all(&mut writer, &keys)?;
        api_key::digest_all(&mut writer, &keys)?;
        Ok(Self { path, writer: Mutex::new(writer), readers: Mutex::default(), keys, _lock: lock })
    }

    /// The keys of this store's secrets, to derive others from.
    #[must_use]
    pub fn secret_keys(&self) -> &SecretKeys {
        &self.keys
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        // A panic rolls its transaction back, so the connection stays usable.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `work` on one consistent state of the database.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = match self.idle().pop() {
            Some(connection) => connection,
            None => self.reader()?,
        };
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
        let result = work(&transaction);
        transaction.finish()?;
        let mut idle = self.idle();
        if idle.len() < IDLE_READERS {
            idle.push(connection);
        }
        result
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reader(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.execute_batch("PRAGMA mmap_size=268435456;")?;
        plan_once(&connection)?;
        Ok(connection)
    }
}

/// Else a kept statement is planned anew at each call that gives it values of columns by which an index is partial.
fn plan_once(connection: &Connection) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn prepare(writer: &mut Connection) -> Result<(), StoreError> {
    plan_once(writer)?;
    // FULL makes every commit in WAL mode wait for the disk: acknowledged means durable. A cache of 16 MB keeps imports of
    // many keys from writing each page again and again, and what a statement could undo need not be on disk.
    writer.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;",
    )?;
    let found: u32 = writer.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match found {
        SCHEMA => Ok(()),
        older if older < SCHEMA => migrate(writer, &STEPS[older as usize..]),
        newer => Err(StoreError::Newer(newer)),
    }
}

/// Brings the tables to today's version, wholly or not at all.
fn migrate(writer: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in steps {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", SCHEMA)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus::RePrepare;

    use super::Store;
    use crate::StoreError;

    #[test]
    fn a_statement_is_planned_once_whatever_values_it_gets() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(directory.path()).unwrap();
        let plans = |connection: &rusqlite::Connection| -> Result<i32, StoreError> {
            let mut statement = connection
                .prepare("SELECT body FROM document WHERE account = ?1 AND owner = ?2 AND kind = ?3")?;
            for kind in ["api_key", "usage_plan", "usage_plan_key", "stage"] {
                assert!(!statement.exists(["1", "2", kind])?);
            }
            Ok(statement.get_status(RePrepare))
        };
        assert_eq!(store.read(plans).unwrap(), 0);
        assert_eq!(plans(&store.writer()).unwrap(), 0);
    }
}
