//! The usage ledger: how many calls each key of a usage plan has had, by day, beside the documents and their log.
//!
//! In: rows, many at a time. Out: rows. A batch is one transaction, durable when the call returns. It must not know quotas,
//! or what a count is made of.

use rusqlite::{Statement, params};
use stagedoor_base::Scope;

use crate::{Store, StoreError};

/// One row: a key's day in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// Days since 1970-01-01.
    pub day: u32,
    pub used: u64,
    /// Calls granted beyond the quota; fewer than none when some were taken away.
    pub granted: i64,
}

/// Whose rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageOf<'u> {
    pub scope: &'u Scope,
    pub plan: &'u str,
    pub key: &'u str,
}

impl Store {
    /// For each of these, its rows of these days, both ends included, in the order of days.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn usage(&self, asked: &[(UsageOf<'_>, u32, u32)]) -> Result<Vec<Vec<Usage>>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT day, used, granted FROM usage
                 WHERE account = ?1 AND region = ?2 AND plan = ?3 AND key = ?4 AND day BETWEEN ?5 AND ?6
                 ORDER BY day",
            )?;
            asked.iter().map(|(of, from, to)| rows(&mut statement, *of, *from, *to)).collect()
        })
    }

    /// Puts rows in the place of those of the same key and day: all or none.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn set_usage<'u>(
        &self,
        rows: impl IntoIterator<Item = (UsageOf<'u>, Usage)>,
    ) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        {
            let mut statement = transaction.prepare_cached(
                "INSERT OR REPLACE INTO usage (account, region, plan, key, day, used, granted)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?;
            for (UsageOf { scope, plan, key }, Usage { day, used, granted }) in rows {
                let used = i64::try_from(used).unwrap_or(i64::MAX);
                let (account, region) = (scope.account.as_str(), scope.region.as_str());
                statement.execute(params![account, region, plan, key, day, used, granted])?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Forgets all rows of a key in a plan; of all its keys when none is named.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn forget_usage(&self, scope: &Scope, plan: &str, key: Option<&str>) -> Result<(), StoreError> {
        // Two statements: one with an OR would pass over all keys of the plan.
        let sql = match key {
            Some(_) => "DELETE FROM usage WHERE account = ?1 AND region = ?2 AND plan = ?3 AND key = ?4",
            None => "DELETE FROM usage WHERE account = ?1 AND region = ?2 AND plan = ?3 AND ?4 IS NULL",
        };
        let (account, region) = (scope.account.as_str(), scope.region.as_str());
        self.writer().prepare_cached(sql)?.execute(params![account, region, plan, key])?;
        Ok(())
    }

    /// Forgets all rows of days before this one.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn forget_usage_before(&self, day: u32) -> Result<(), StoreError> {
        self.writer().prepare_cached("DELETE FROM usage WHERE day < ?1")?.execute([day])?;
        Ok(())
    }

    /// Forgets all rows.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn clear_usage(&self) -> Result<(), StoreError> {
        self.writer().execute("DELETE FROM usage", [])?;
        Ok(())
    }
}

fn rows(
    statement: &mut Statement<'_>,
    UsageOf { scope, plan, key }: UsageOf<'_>,
    from: u32,
    to: u32,
) -> Result<Vec<Usage>, StoreError> {
    let of = params![scope.account.as_str(), scope.region.as_str(), plan, key, from, to];
    let rows = statement
        .query_map(of, |row| Ok(Usage { day: row.get(0)?, used: row.get(1)?, granted: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
