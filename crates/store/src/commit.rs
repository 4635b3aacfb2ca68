//! Committing: one transaction, one revision, one wait for the disk.

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use crate::api_key::ValueDigest;
use crate::change::{Expected, Write};
use crate::codec::ENCODING;
use crate::log::KEPT_REVISIONS;
use crate::secret::Place;
use crate::{Change, Kind, Owner, Revision, SecretKeys, Store, StoreError};

impl Store {
    /// Makes the change durable. A change that writes nothing returns the newest revision and leaves no trace.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the unit is not as the change expects; then nothing was written.
    pub fn commit(&self, change: Change) -> Result<Revision, StoreError> {
        self.commit_all([change])
    }

    /// Makes changes of several units durable together, all in one revision, or none of them.
    ///
    /// # Errors
    /// As [`Store::commit`], when one of the units is not as its change expects; [`StoreError::ValueTaken`] when an API key
    /// would have another's value.
    pub fn commit_all(&self, changes: impl IntoIterator<Item = Change>) -> Result<Revision, StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let newest: u64 = transaction.query_row("SELECT newest FROM head", [], |row| row.get(0))?;
        let (revision, mut position) = (newest + 1, 0);
        for change in changes {
            check(&transaction, &change)?;
            if !change.is_empty() {
                let commit =
                    Commit { transaction: &transaction, change, revision, position, keys: &self.keys };
                position = commit.run()?;
            }
        }
        if position == 0 {
            return Ok(Revision(newest));
        }
        transaction.execute("UPDATE head SET newest = ?1", [revision])?;
        let forgotten = revision.saturating_sub(KEPT_REVISIONS);
        transaction.execute("DELETE FROM log WHERE revision <= ?1", [forgotten])?;
        transaction.commit()?;
        Ok(Revision(revision))
    }
}

fn check(transaction: &Transaction<'_>, change: &Change) -> Result<(), StoreError> {
    let found = transaction
        .prepare_cached("SELECT revision FROM unit WHERE account = ?1 AND region = ?2 AND owner = ?3")?
        .query_row(
            params![change.scope.account.as_str(), change.scope.region.as_str(), change.owner.to_string()],
            |row| row.get(0).map(Revision),
        )
        .optional()?;
    let expected = match (change.expected, found) {
        (Expected::Absent, None) | (Expected::Present, Some(_)) => return Ok(()),
        (Expected::Present, None) if change.owner.always_exists() => return Ok(()),
        (Expected::At(expected), Some(found)) if expected == found => return Ok(()),
        // Revision 0 is what such a unit is read at before anything was written to it.
        (Expected::At(Revision(0)), None) if change.owner.always_exists() => return Ok(()),
        (Expected::At(expected), _) => Some(expected),
        (Expected::Absent | Expected::Present, _) => None,
    };
    Err(StoreError::Conflict { expected, found })
}

struct Commit<'a> {
    transaction: &'a Transaction<'a>,
    keys: &'a SecretKeys,
    change: Change,
    revision: u64,
    /// Of the first write in the revision.
    position: usize,
}

impl Commit<'_> {
    /// Writes everything; the position of what comes next.
    fn run(&self) -> Result<usize, StoreError> {
        self.touch_unit()?;
        for (position, write) in self.change.writes.iter().enumerate() {
            self.write(self.position + position, write)?;
        }
        if matches!(self.change.owner, Owner::Function(_) | Owner::Layer(_)) {
            self.execute(
                "DELETE FROM blob WHERE sha256 NOT IN (SELECT blob FROM document WHERE blob IS NOT NULL)
                                    AND sha256 NOT IN (SELECT sha256 FROM blob_use)",
                [],
            )?;
        }
        Ok(self.position + self.change.writes.len())
    }

    fn write(&self, position: usize, write: &Write) -> Result<(), StoreError> {
        match write {
            Write::Put { kind, id, body, blob, uses } => {
                self.put(*kind, id, body, blob.as_deref())?;
                self.note_uses(*kind, id, uses)?;
                self.log(position, *kind, id, false)
            }
            Write::Delete { kind, id } => {
                self.delete(*kind, id)?;
                self.log(position, *kind, id, true)
            }
            Write::DeleteUnit { kind, id } => {
                self.delete_unit()?;
                self.delete_key_row(*kind, id)?;
                self.log(position, *kind, id, true)
            }
            Write::Snapshot { deployment, snapshot } => {
                let (account, region, owner) = self.key();
                self.execute(
                    "INSERT OR REPLACE INTO snapshot (account, region, owner, id, version, body)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![account, region, owner, deployment, snapshot.version, snapshot.bytes],
                )
            }
            Write::KeyRow { id, value, enabled, declared } => {
                self.put_key_row(id, value.expose(), *enabled, *declared)
            }
            Write::Blob { sha256, bytes } => self
                .execute("INSERT OR IGNORE INTO blob (sha256, body) VALUES (?1, ?2)", params![sha256, bytes]),
        }
    }

    fn touch_unit(&self) -> Result<(), StoreError> {
        let (account, region, owner) = self.key();
        self.execute(
            "INSERT INTO unit (account, region, owner, created, revision) VALUES (?1, ?2, ?3, ?4, ?4)
             ON CONFLICT DO UPDATE SET revision = excluded.revision",
            params![account, region, owner, self.revision],
        )
    }

    fn put(&self, kind: Kind, id: &str, body: &str, blob: Option<&str>) -> Result<(), StoreError> {
        let (account, region, owner) = self.key();
        let body = self.keys.seal(Place { account, region, owner: &owner, kind, id }, body)?;
        self.execute(
            "INSERT INTO document (account, region, owner, kind, id, created, version, blob, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (account, region, owner, kind, id) DO UPDATE SET version = excluded.version, blob = excluded.blob, body = excluded.body",
            params![account, region, owner, kind.as_str(), id, self.revision, ENCODING, blob, body],
        )
    }

    /// What blobs a document names beside its own. Only functions do.
    fn note_uses(&self, kind: Kind, id: &str, uses: &[String]) -> Result<(), StoreError> {
        if !matches!(kind, Kind::Function | Kind::FunctionVersion) {
            return Ok(());
        }
        let (account, region, owner) = self.key();
        self.execute(
            "DELETE FROM blob_use WHERE account = ?1 AND region = ?2 AND owner = ?3 AND kind = ?4 AND id = ?5",
            params![account, region, owner, kind.as_str(), id],
        )?;
        for sha256 in uses {
            self.execute(
                "INSERT OR IGNORE INTO blob_use (account, region, owner, kind, id, sha256)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![account, region, owner, kind.as_str(), id, sha256],
            )?;
        }
        Ok(())
    }

    fn delete(&self, kind: Kind, id: &str) -> Result<(), StoreError> {
        let (account, region, owner) = self.key();
        self.execute(
            "DELETE FROM document WHERE account = ?1 AND region = ?2 AND owner = ?3 AND kind = ?4 AND id = ?5",
            params![account, region, owner, kind.as_str(), id],
        )?;
        self.note_uses(kind, id, &[])?;
        if kind != Kind::Deployment {
            return Ok(());
        }
        self.execute(
            "DELETE FROM snapshot WHERE account = ?1 AND region = ?2 AND owner = ?3 AND id = ?4",
            params![account, region, owner, id],
        )
    }

    fn delete_unit(&self) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM document WHERE account = ?1 AND region = ?2 AND owner = ?3",
            "DELETE FROM snapshot WHERE account = ?1 AND region = ?2 AND owner = ?3",
            "DELETE FROM blob_use WHERE account = ?1 AND region = ?2 AND owner = ?3",
            "DELETE FROM unit WHERE account = ?1 AND region = ?2 AND owner = ?3",
        ] {
            let (account, region, owner) = self.key();
            self.execute(sql, params![account, region, owner])?;
        }
        Ok(())
    }

    /// Makes an API key findable. Its place in the order of keys stays.
    fn put_key_row(&self, id: &str, value: &str, enabled: bool, declared: bool) -> Result<(), StoreError> {
        let (account, region, _) = self.key();
        let digest = ValueDigest::of(self.keys.values(), value);
        let put = self.execute(
            "INSERT INTO api_key (account, region, id, digest, enabled, declared) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (account, region, id) DO UPDATE
             SET digest = excluded.digest, enabled = excluded.enabled, declared = excluded.declared",
            params![account, region, id, digest.as_bytes(), enabled, declared],
        );
        put.map_err(|error| if is_taken(&error) { StoreError::ValueTaken } else { error })
    }

    fn delete_key_row(&self, kind: Kind, id: &str) -> Result<(), StoreError> {
        if kind != Kind::ApiKey {
            return Ok(());
        }
        let (account, region, _) = self.key();
        self.execute(
            "DELETE FROM api_key WHERE account = ?1 AND region = ?2 AND id = ?3",
            params![account, region, id],
        )
    }

    fn log(&self, position: usize, kind: Kind, id: &str, deleted: bool) -> Result<(), StoreError> {
        let (account, region, owner) = self.key();
        self.execute(
            "INSERT INTO log (revision, position, account, region, owner, kind, id, deleted)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![self.revision, position as u64, account, region, owner, kind.as_str(), id, deleted],
        )
    }

    fn key(&self) -> (&str, &str, String) {
        (self.change.scope.account.as_str(), self.change.scope.region.as_str(), self.change.owner.to_string())
    }

    fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), StoreError> {
        self.transaction.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }
}

/// Whether a row was refused because another has what must be unique.
fn is_taken(error: &StoreError) -> bool {
    let StoreError::Sqlite(rusqlite::Error::SqliteFailure(failure, _)) = error else { return false };
    failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
}
