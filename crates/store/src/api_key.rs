//! API keys: each a unit of its own, found by its id, or by its value through a keyed digest; listed newest first.
//!
//! In: keys, values, positions. Out: keys. It must not know plans, or who sends a value.

use std::ops::ControlFlow;

use aws_lc_rs::hmac;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use stagedoor_base::{ApiKeyId, Scope};
use stagedoor_model::ApiKey;

use crate::change::{Expected, Write};
use crate::codec::decode;
use crate::log::scope;
use crate::read::Reader;
use crate::secret::Place;
use crate::usage_plan::Which;
use crate::{Change, Kind, Owner, SecretKeys, Store, StoreError, Versioned};

/// Where a list of keys goes on: keys made later stand before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPosition(pub i64);

/// What stands for a value in the index: only who has the secret key can make it, or try values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ValueDigest([u8; 16]);

impl ValueDigest {
    pub(crate) fn of(secret: &hmac::Key, value: &str) -> Self {
        let mut digest = [0; 16];
        digest.copy_from_slice(&hmac::sign(secret, value.as_bytes()).as_ref()[..16]);
        Self(digest)
    }

    fn as_number(&self) -> u128 {
        u128::from_be_bytes(self.0)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Change {
    /// A new API key. Refused as a conflict when one with this id exists, as taken when another has its value.
    pub fn create_api_key(scope: &Scope, key: &ApiKey) -> Self {
        Self::write_api_key(scope, key, Expected::Absent)
    }

    /// Replaces an API key.
    pub fn update_api_key(scope: &Scope, key: &ApiKey) -> Self {
        Self::write_api_key(scope, key, Expected::Present)
    }

    /// Deletes an API key. That it was in plans is their units' to forget.
    pub fn delete_api_key(scope: &Scope, key: &ApiKeyId) -> Self {
        let mut change = Self::new(scope, Owner::ApiKey(key.clone()), Expected::Present);
        change.writes.push(Write::DeleteUnit { kind: Kind::ApiKey, id: key.to_string() });
        change
    }

    fn write_api_key(scope: &Scope, key: &ApiKey, expected: Expected) -> Self {
        let mut change = Self::new(scope, Owner::ApiKey(key.id.clone()), expected);
        change.put(Kind::ApiKey, key.id.as_str(), key);
        change.writes.push(Write::KeyRow {
            id: key.id.to_string(),
            value: key.value.clone(),
            enabled: key.enabled,
            declared: key.declared_in.is_some(),
        });
        change
    }
}

/// What calls need of an API key. Its value stays sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    pub id: ApiKeyId,
    /// What [`Store::value_digests`] makes of its value.
    pub digest: u128,
    pub enabled: bool,
}

impl Store {
    /// What makes the digests of API keys' values: who holds no value can tell by them who sends it.
    pub fn value_digests(&self) -> impl Fn(&str) -> u128 + Send + Sync + use<> {
        let secret = self.keys.values().clone();
        move |value| ValueDigest::of(&secret, value).as_number()
    }

    /// An API key.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn api_key(&self, scope: &Scope, key: &ApiKeyId) -> Result<Option<Versioned<ApiKey>>, StoreError> {
        self.read_in(scope, |reader| reader.api_key(key))
    }

    /// The API key that has this value.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn api_key_by_value(&self, scope: &Scope, value: &str) -> Result<Option<ApiKey>, StoreError> {
        Ok(self.api_keys_by_value(scope, [value])?.pop())
    }

    /// The API keys that have one of these values.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn api_keys_by_value<'v>(
        &self,
        scope: &Scope,
        values: impl IntoIterator<Item = &'v str>,
    ) -> Result<Vec<ApiKey>, StoreError> {
        self.read_in(scope, |reader| {
            let sql = "SELECT id FROM api_key WHERE account = ?1 AND region = ?2 AND digest = ?3";
            let (account, region) = reader.key();
            let mut statement = reader.connection.prepare_cached(sql)?;
            let mut found = Vec::new();
            for value in values {
                let digest = ValueDigest::of(self.keys.values(), value);
                let id = statement
                    .query_row(params![account, region, digest.as_bytes()], |row| row.get::<_, String>(0))
                    .optional()?;
                if let Some(id) = id {
                    found.extend(reader.api_key(&ApiKeyId::from(id))?.map(|key| key.value));
                }
            }
            Ok(found)
        })
    }

    /// How many API keys a scope has.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn api_key_count(&self, scope: &Scope) -> Result<usize, StoreError> {
        self.read_in(scope, |reader| {
            let sql = "SELECT count FROM api_key_count WHERE account = ?1 AND region = ?2";
            let (account, region) = reader.key();
            let mut statement = reader.connection.prepare_cached(sql)?;
            let count = statement.query_row([account, region], |row| row.get::<_, i64>(0)).optional()?;
            Ok(usize::try_from(count.unwrap_or_default()).unwrap_or_default())
        })
    }

    /// Visits the API keys of a scope, newest first, from behind a position on, until the visitor breaks off.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn api_keys(
        &self,
        scope: &Scope,
        after: Option<KeyPosition>,
        mut visit: impl FnMut(KeyPosition, ApiKey) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.read_in(scope, |reader| {
            let sql =
                "SELECT serial, version, body, id FROM api_key JOIN document USING (account, region, id)
                       WHERE account = ?1 AND region = ?2 AND serial < ?3
                         AND owner = 'api_key/' || id AND kind = 'api_key' ORDER BY serial DESC";
            let (account, region) = reader.key();
            let before = after.map_or(i64::MAX, |KeyPosition(serial)| serial);
            let mut statement = reader.connection.prepare_cached(sql)?;
            let mut rows = statement.query(params![account, region, before])?;
            while let Some(row) = rows.next()? {
                let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
                let key = opened(&self.keys, scope, text(3)?, row.get(1)?, text(2)?)?;
                if visit(KeyPosition(row.get(0)?), key).is_break() {
                    break;
                }
            }
            Ok(())
        })
    }
}

impl Reader<'_> {
    pub(crate) fn api_key(&self, key: &ApiKeyId) -> Result<Option<Versioned<ApiKey>>, StoreError> {
        self.versioned(&Owner::ApiKey(key.clone()), Kind::ApiKey, key.as_str())
    }
}

/// The rows of the API keys of every scope; their sealed documents are not read.
pub(crate) fn rows(
    connection: &Connection,
    which: Which,
    mut visit: impl FnMut(Scope, KeyRow),
) -> Result<(), StoreError> {
    let condition = match which {
        Which::All => "",
        Which::Declared => "WHERE declared",
    };
    let sql = format!("SELECT account, region, id, digest, enabled FROM api_key {condition} ORDER BY serial");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
        let digest = ValueDigest(row.get(3)?).as_number();
        let key = KeyRow { id: ApiKeyId::from(id), digest, enabled: row.get(4)? };
        visit(scope(row, 0)?, key);
    }
    Ok(())
}

/// Every API key of every scope.
fn all(
    connection: &Connection,
    keys: &SecretKeys,
    mut visit: impl FnMut(Scope, ApiKey) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare(
        "SELECT account, region, id, version, body FROM api_key JOIN document USING (account, region, id)
         WHERE owner = 'api_key/' || id AND kind = 'api_key' ORDER BY serial",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
        let scope = scope(row, 0)?;
        let key = opened(keys, &scope, text(2)?, row.get(3)?, text(4)?)?;
        visit(scope, key)?;
    }
    Ok(())
}

fn opened(
    keys: &SecretKeys,
    scope: &Scope,
    id: &str,
    version: u32,
    body: &str,
) -> Result<ApiKey, StoreError> {
    let owner = Owner::ApiKey(ApiKeyId::from(id)).to_string();
    let (account, region) = (scope.account.as_str(), scope.region.as_str());
    decode(keys, Place { account, region, owner: &owner, kind: Kind::ApiKey, id }, version, body)
}

/// Makes all rows anew when the secret key is another than their digests were made with, or what they hold is.
pub(crate) fn digest_all(writer: &mut Connection, keys: &SecretKeys) -> Result<(), StoreError> {
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let made_with: Option<String> =
        transaction.query_row("SELECT secret FROM api_key_digest", [], |row| row.get(0)).optional()?;
    if made_with.as_deref() == Some(keys.current()) {
        return Ok(());
    }
    digest_anew(&transaction, keys)?;
    transaction.execute("DELETE FROM api_key_digest", [])?;
    transaction.execute("INSERT INTO api_key_digest (secret) VALUES (?1)", [keys.current()])?;
    transaction.commit()?;
    Ok(())
}

fn digest_anew(transaction: &Transaction<'_>, keys: &SecretKeys) -> Result<(), StoreError> {
    let mut update = transaction.prepare(
        "UPDATE api_key SET digest = ?4, enabled = ?5, declared = ?6 WHERE account = ?1 AND region = ?2 AND id = ?3",
    )?;
    all(transaction, keys, |scope, key| {
        let digest = ValueDigest::of(keys.values(), key.value.expose());
        let (account, region) = (scope.account.as_str(), scope.region.as_str());
        let (id, declared) = (key.id.as_str(), key.declared_in.is_some());
        update.execute(params![account, region, id, digest.as_bytes(), key.enabled, declared])?;
        Ok(())
    })
}
