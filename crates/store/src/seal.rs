//! The keys with which a store opens, and documents that are not sealed as today's should be.
//!
//! In: the database and the keys given. Out: the keys to use, after every secret document is sealed with the current one.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::secret::{Place, is_sealed, key_of};
use crate::{Kind, SecretKeys, StoreError};

/// The stored names of the kinds that are sealed, as an SQL list.
fn secret_kinds() -> String {
    let names: Vec<String> =
        Kind::ALL.iter().filter(|kind| kind.is_secret()).map(|kind| format!("'{}'", kind.as_str())).collect();
    names.join(", ")
}

/// A document as it lies in the table.
struct Stored {
    account: String,
    region: String,
    owner: String,
    kind: String,
    id: String,
    body: String,
}

/// Documents that are sealed anew at a time.
const BATCH: usize = 10_000;

/// The ids of the keys that documents are sealed with. The index `document_secret` knows the beginning of each; of those that
/// begin alike, which may be a million, one is looked at.
pub(crate) fn keys_in_use(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let sql = format!(
        "SELECT substr(body, 1, 17) FROM document
         WHERE kind IN ({}) AND substr(body, 1, 17) > ?1 ORDER BY substr(body, 1, 17) LIMIT 1",
        secret_kinds()
    );
    let mut next = connection.prepare(&sql)?;
    let (mut seal, mut ids) = (String::new(), Vec::new());
    while let Some(found) = next.query_row([&seal], |row| row.get::<_, String>(0)).optional()? {
        ids.extend(key_of(&format!("{found}:")).map(str::to_owned));
        seal = found;
    }
    Ok(ids)
}

/// Seals what is not sealed with the current key. What is overwritten is erased from the file.
pub(crate) fn seal_all(writer: &mut Connection, keys: &SecretKeys) -> Result<(), StoreError> {
    let today = keys.seal_of_today();
    if stale(writer, &today, 1)?.is_empty() {
        return Ok(());
    }
    writer.execute_batch("PRAGMA secure_delete=ON;")?;
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut had_plain_text = false;
    loop {
        let batch = stale(&transaction, &today, BATCH)?;
        if batch.is_empty() {
            break;
        }
        had_plain_text |= batch.iter().any(|stored| !is_sealed(&stored.body));
        for stored in &batch {
            seal_again(&transaction, keys, stored)?;
        }
    }
    transaction.commit()?;
    // Pages that were freed earlier may hold older versions of the same texts.
    let rewrite = if had_plain_text { "VACUUM;" } else { "" };
    writer.execute_batch(&format!("{rewrite} PRAGMA wal_checkpoint(TRUNCATE); PRAGMA secure_delete=OFF;"))?;
    Ok(())
}

fn seal_again(connection: &Connection, keys: &SecretKeys, stored: &Stored) -> Result<(), StoreError> {
    let Stored { account, region, owner, kind, id, body } = stored;
    let named = Kind::parse(kind).ok_or_else(|| StoreError::Corrupt(format!("unknown kind {kind}")))?;
    let place = Place { account, region, owner, kind: named, id };
    let json = if is_sealed(body) { keys.open(place, body)? } else { body.clone() };
    let sql = "UPDATE document SET body = ?6
               WHERE account = ?1 AND region = ?2 AND owner = ?3 AND kind = ?4 AND id = ?5";
    let sealed = keys.seal(place, &json)?;
    connection.prepare_cached(sql)?.execute(params![account, region, owner, kind, id, sealed])?;
    Ok(())
}

/// Some documents that are not sealed with today's key; none when all are.
fn stale(connection: &Connection, today: &str, most: usize) -> Result<Vec<Stored>, StoreError> {
    let mut found = Vec::new();
    // Two ranges of the index: between them lie the documents that need nothing, which may be a million.
    for side in ["<", ">"] {
        let sql = format!(
            "SELECT account, region, owner, kind, id, body FROM document
             WHERE kind IN ({}) AND substr(body, 1, 17) {side} ?1 LIMIT ?2",
            secret_kinds()
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![today, most as i64])?;
        while let Some(row) = rows.next()? {
            found.push(Stored {
                account: row.get(0)?,
                region: row.get(1)?,
                owner: row.get(2)?,
                kind: row.get(3)?,
                id: row.get(4)?,
                body: row.get(5)?,
            });
        }
    }
    Ok(found)
}
