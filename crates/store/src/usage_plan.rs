//! Usage plans and the keys in them: a plan is a unit, and each of its keys a document there, so that a plan of a million
//! keys is no large document.
//!
//! In: plans, keys, positions. Out: the same. It must not know what a plan allows.

use std::ops::ControlFlow;

use rusqlite::{Connection, OptionalExtension, params};
use stagedoor_base::{ApiKeyId, Scope, UsagePlanId};
use stagedoor_model::{ApiKey, UsagePlan, UsagePlanKey};

use crate::change::{Expected, Write};
use crate::codec::decode_plain;
use crate::log::scope;
use crate::{Change, KeyRow, Kind, Owner, Revision, Store, StoreError, Versioned, api_key};

/// Where a list of a plan's keys goes on: keys added later stand before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanKeyPosition {
    /// The revision in which the key was added.
    pub added: i64,
    pub key: String,
}

/// Something that a starting node needs to know to meter calls.
#[derive(Debug, Clone, PartialEq)]
pub enum Metered {
    Plan(UsagePlan),
    Key(KeyRow),
    /// A key that is in a plan.
    PlanKey(UsagePlanId, ApiKeyId),
}

/// Which keys are visited, and which of those in plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    All,
    /// Those that a file declares.
    Declared,
}

impl Change {
    /// A new usage plan. Refused as a conflict when one with this id exists.
    pub fn create_usage_plan(scope: &Scope, plan: &UsagePlan) -> Self {
        let mut change = Self::new(scope, Owner::UsagePlan(plan.id.clone()), Expected::Absent);
        change.put(Kind::UsagePlan, plan.id.as_str(), plan);
        change
    }

    /// An empty change of an existing plan, to add keys to, or take them away.
    pub fn of_usage_plan(scope: &Scope, plan: &UsagePlanId) -> Self {
        Self::new(scope, Owner::UsagePlan(plan.clone()), Expected::Present)
    }

    /// Deletes a plan; its keys stay, and are no longer in it.
    pub fn delete_usage_plan(scope: &Scope, plan: &UsagePlanId) -> Self {
        let mut change = Self::of_usage_plan(scope, plan);
        change.writes.push(Write::DeleteUnit { kind: Kind::UsagePlan, id: plan.to_string() });
        change
    }

    /// Replaces a plan's own fields.
    pub fn put_usage_plan(mut self, plan: &UsagePlan) -> Self {
        self.put(Kind::UsagePlan, plan.id.as_str(), plan);
        self
    }

    /// Adds a key to the plan.
    pub fn put_plan_key(mut self, key: &UsagePlanKey) -> Self {
        self.put(Kind::UsagePlanKey, key.key.as_str(), key);
        self
    }

    /// Takes a key out of the plan.
    pub fn delete_plan_key(mut self, key: &ApiKeyId) -> Self {
        self.delete(Kind::UsagePlanKey, key.as_str());
        self
    }
}

impl Store {
    /// A usage plan.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn usage_plan(
        &self,
        scope: &Scope,
        plan: &UsagePlanId,
    ) -> Result<Option<Versioned<UsagePlan>>, StoreError> {
        self.read_in(scope, |reader| {
            reader.versioned(&Owner::UsagePlan(plan.clone()), Kind::UsagePlan, plan.as_str())
        })
    }

    /// All usage plans of a scope in the order of their creation.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn usage_plans(&self, scope: &Scope) -> Result<Vec<UsagePlan>, StoreError> {
        self.read_in(scope, |reader| reader.roots("usage_plan/", Kind::UsagePlan))
    }

    /// A key in a plan, with the plan's revision.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn usage_plan_key(
        &self,
        scope: &Scope,
        plan: &UsagePlanId,
        key: &ApiKeyId,
    ) -> Result<Option<Versioned<UsagePlanKey>>, StoreError> {
        let owner = Owner::UsagePlan(plan.clone());
        self.read_in(scope, |reader| reader.versioned(&owner, Kind::UsagePlanKey, key.as_str()))
    }

    /// The plans that a key is in, by id.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn plans_of_key(&self, scope: &Scope, key: &ApiKeyId) -> Result<Vec<UsagePlanId>, StoreError> {
        self.read_in(scope, |reader| {
            let sql = "SELECT owner FROM document
                       WHERE account = ?1 AND region = ?2 AND id = ?3 AND kind = 'usage_plan_key' ORDER BY owner";
            let (account, region) = reader.key();
            let mut statement = reader.connection.prepare_cached(sql)?;
            let owners = statement
                .query_map([account, region, key.as_str()], |row| row.get::<_, String>(0))?
                .collect::<Result<Vec<_>, _>>()?;
            Ok(owners.iter().filter_map(|owner| plan_of(owner)).collect())
        })
    }

    /// A key that is in both plans.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn key_of_both(
        &self,
        scope: &Scope,
        one: &UsagePlanId,
        other: &UsagePlanId,
    ) -> Result<Option<ApiKeyId>, StoreError> {
        self.read_in(scope, |reader| {
            let sql =
                "SELECT one.id FROM document AS one JOIN document AS other USING (account, region, kind, id)
                       WHERE account = ?1 AND region = ?2 AND kind = 'usage_plan_key'
                         AND one.owner = ?3 AND other.owner = ?4 LIMIT 1";
            let owner = |plan: &UsagePlanId| Owner::UsagePlan(plan.clone()).to_string();
            let (account, region) = reader.key();
            let mut statement = reader.connection.prepare_cached(sql)?;
            let found = statement
                .query_row(params![account, region, owner(one), owner(other)], |row| row.get::<_, String>(0));
            Ok(found.optional()?.map(ApiKeyId::from))
        })
    }

    /// Visits the keys of a plan, those added last first, from behind a position on, until the visitor breaks off.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn usage_plan_keys(
        &self,
        scope: &Scope,
        plan: &UsagePlanId,
        after: Option<&PlanKeyPosition>,
        mut visit: impl FnMut(PlanKeyPosition, ApiKey) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.read_in(scope, |reader| {
            let sql = "SELECT created, id FROM document
                       WHERE account = ?1 AND region = ?2 AND owner = ?3 AND kind = 'usage_plan_key'
                         AND (created, id) < (?4, ?5) ORDER BY created DESC, id DESC";
            let (account, region) = reader.key();
            let owner = Owner::UsagePlan(plan.clone()).to_string();
            let (added, id) = after.map_or((i64::MAX, ""), |after| (after.added, after.key.as_str()));
            let mut statement = reader.connection.prepare_cached(sql)?;
            let mut rows = statement.query(params![account, region, owner, added, id])?;
            while let Some(row) = rows.next()? {
                let position = PlanKeyPosition { added: row.get(0)?, key: row.get(1)? };
                let key = reader.api_key(&ApiKeyId::from(position.key.as_str()))?;
                if key.is_some_and(|key| visit(position, key.value).is_break()) {
                    break;
                }
            }
            Ok(())
        })
    }

    /// Calls `visit` for every plan, then every API key, then every key in a plan, of every scope; the revision all of it was
    /// read at.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn for_each_metered(
        &self,
        which: Which,
        mut visit: impl FnMut(Scope, Metered),
    ) -> Result<Revision, StoreError> {
        self.read(|connection| {
            plans(connection, &mut visit)?;
            api_key::rows(connection, which, |scope, key| visit(scope, Metered::Key(key)))?;
            plan_keys(connection, which, &mut visit)?;
            let newest = connection.query_row("SELECT newest FROM head", [], |row| row.get(0))?;
            Ok(Revision(newest))
        })
    }
}

fn plan_of(owner: &str) -> Option<UsagePlanId> {
    match Owner::parse(owner) {
        Some(Owner::UsagePlan(plan)) => Some(plan),
        _ => None,
    }
}

fn plans(connection: &Connection, visit: &mut impl FnMut(Scope, Metered)) -> Result<(), StoreError> {
    let sql = "SELECT account, region, version, body FROM document WHERE kind = 'usage_plan'";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let body = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
        let plan = decode_plain(Kind::UsagePlan, row.get(2)?, body)?;
        visit(scope(row, 0)?, Metered::Plan(plan));
    }
    Ok(())
}

/// By an index, which holds all that is asked: the documents are not read.
fn plan_keys(
    connection: &Connection,
    which: Which,
    visit: &mut impl FnMut(Scope, Metered),
) -> Result<(), StoreError> {
    let condition = match which {
        Which::All => "",
        Which::Declared => "AND json_extract(body, '$.declared_in') IS NOT NULL",
    };
    let sql =
        format!("SELECT account, region, owner, id FROM document WHERE kind = 'usage_plan_key' {condition}");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
        if let Some(plan) = plan_of(text(2)?) {
            visit(scope(row, 0)?, Metered::PlanKey(plan, ApiKeyId::from(text(3)?)));
        }
    }
    Ok(())
}
