//! The revision log: what changed, in order, so that a node can follow.

use rusqlite::{Row, params};
use stagedoor_base::{AccountId, Region, Scope};

use crate::{Kind, Owner, Revision, Store, StoreError};

/// How many revisions the log keeps; a follower further behind reads everything anew.
pub(crate) const KEPT_REVISIONS: u64 = 100_000;

/// What happened to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Created or replaced.
    Put,
    /// Deleted. The deletion of an API or function stands for everything below it.
    Delete,
}

/// One document's change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    pub revision: Revision,
    pub scope: Scope,
    pub owner: Owner,
    pub kind: Kind,
    pub id: String,
    pub operation: Operation,
}

/// What a follower must do to catch up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Log {
    /// Apply these, oldest first; always whole revisions.
    Entries(Vec<LogEntry>),
    /// The log no longer reaches back so far: read everything.
    Truncated,
}

impl Store {
    /// The newest committed revision.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn revision(&self) -> Result<Revision, StoreError> {
        self.read(|connection| {
            let newest = connection.query_row("SELECT newest FROM head", [], |row| row.get(0))?;
            Ok(Revision(newest))
        })
    }

    /// The changes after `since`, of at most `limit` revisions.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn log_since(&self, since: Revision, limit: u32) -> Result<Log, StoreError> {
        self.read(|connection| {
            let oldest: Option<u64> =
                connection.query_row("SELECT min(revision) FROM log", [], |row| row.get(0))?;
            let newest: u64 = connection.query_row("SELECT newest FROM head", [], |row| row.get(0))?;
            // Every revision has an entry, so a gap in front means pruned ones.
            if since.0 > newest || oldest.is_some_and(|oldest| oldest > since.0 + 1) {
                return Ok(Log::Truncated);
            }
            let mut statement = connection.prepare_cached(
                "SELECT revision, account, region, owner, kind, id, deleted FROM log
                 WHERE revision > ?1 AND revision <= ?1 + ?2 ORDER BY revision, position",
            )?;
            let mut rows = statement.query(params![since.0, limit])?;
            let mut entries = Vec::new();
            while let Some(row) = rows.next()? {
                entries.push(entry(row)?);
            }
            Ok(Log::Entries(entries))
        })
    }
}

fn entry(row: &Row<'_>) -> Result<LogEntry, StoreError> {
    let (owner, kind): (String, String) = (row.get(3)?, row.get(4)?);
    let unknown = |what: &str| StoreError::Corrupt(format!("log: unknown name {what}"));
    Ok(LogEntry {
        revision: Revision(row.get(0)?),
        scope: scope(row, 1)?,
        owner: Owner::parse(&owner).ok_or_else(|| unknown(&owner))?,
        kind: Kind::parse(&kind).ok_or_else(|| unknown(&kind))?,
        id: row.get(5)?,
        operation: if row.get(6)? { Operation::Delete } else { Operation::Put },
    })
}

/// The scope in two columns from `first` on.
pub(crate) fn scope(row: &Row<'_>, first: usize) -> Result<Scope, StoreError> {
    let (account, region): (String, String) = (row.get(first)?, row.get(first + 1)?);
    Ok(Scope { account: AccountId::from(account), region: Region::from(region) })
}
