//! The keys with which a store opens, and documents that are not sealed as today's should be.
//!
//! In: the database and the keys given. Out: the keys to use, after every secret document is sealed with the current one.

use rusqlite::{Connection, TransactionBehavior, params};

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

/// The ids of the keys that documents are sealed with.
pub(crate) fn keys_in_use(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut ids: Vec<String> =
        stored(connection)?.iter().filter_map(|stored| key_of(&stored.body).map(str::to_owned)).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// Seals what is not sealed with the current key. What is overwritten is erased from the file.
pub(crate) fn seal_all(writer: &mut Connection, keys: &SecretKeys) -> Result<(), StoreError> {
    let mut stale = stored(writer)?;
    stale.retain(|stored| !keys.is_current(&stored.body));
    if stale.is_empty() {
        return Ok(());
    }
    let had_plain_text = stale.iter().any(|stored| !is_sealed(&stored.body));
    writer.execute_batch("PRAGMA secure_delete=ON;")?;
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for stored in &stale {
        let Stored { account, region, owner, kind, id, body } = stored;
        let named = Kind::parse(kind).ok_or_else(|| StoreError::Corrupt(format!("unknown kind {kind}")))?;
        let place = Place { account, region, owner, kind: named, id };
        let json = if is_sealed(body) { keys.open(place, body)? } else { body.clone() };
        transaction.execute(
            "UPDATE document SET body = ?6
             WHERE account = ?1 AND region = ?2 AND owner = ?3 AND kind = ?4 AND id = ?5",
            params![account, region, owner, kind, id, keys.seal(place, &json)?],
        )?;
    }
    transaction.commit()?;
    // Pages that were freed earlier may hold older versions of the same texts.
    let rewrite = if had_plain_text { "VACUUM;" } else { "" };
    writer.execute_batch(&format!("{rewrite} PRAGMA wal_checkpoint(TRUNCATE); PRAGMA secure_delete=OFF;"))?;
    Ok(())
}

fn stored(connection: &Connection) -> Result<Vec<Stored>, StoreError> {
    let sql = format!(
        "SELECT account, region, owner, kind, id, body FROM document WHERE kind IN ({})",
        secret_kinds()
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
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
    Ok(found)
}
