//! `ImportApiKeys`: many keys from one CSV file, all in one revision.
//!
//! In: the file. Out: the ids of its keys, and what was wrong with the rest. Warnings name lines, never values.

mod csv;

use std::collections::{BTreeMap, HashMap};
use std::sync::PoisonError;

use stagedoor_base::{ApiKeyId, UsagePlanId};
use stagedoor_model::{ApiKey, Map, SecretText, UsagePlan, UsagePlanKey};
use stagedoor_store::Change;
use stagedoor_wire::apigateway as wire;

use self::csv::Row;
use super::{ID_CHARS, check, check_total};
use crate::ApiError;
use crate::context::Context;
use crate::usage_plan::stage_in_both;

/// How many warnings the refusal of a file names.
const NAMED: usize = 5;

/// `ImportApiKeys`.
pub(crate) fn import_api_keys(
    ctx: &Context,
    request: wire::ImportApiKeysRequest,
) -> Result<wire::ApiKeyIds, ApiError> {
    if request.format != "csv" {
        return Err(ApiError::bad_request("Invalid format specified, must be csv"));
    }
    let file = csv::read(&request.body).map_err(ApiError::BadRequest)?;
    let _alone = ctx.metering.lock().unwrap_or_else(PoisonError::into_inner);
    ctx.retrying(|| {
        let mut import = Import::new(ctx, &file)?;
        file.rows.iter().try_for_each(|row| import.take(row))?;
        if request.fail_on_warnings == Some(true) && !import.warnings.is_empty() {
            return Err(ApiError::BadRequest(refusal(&import.warnings)));
        }
        import.commit()
    })
}

fn refusal(warnings: &[String]) -> String {
    let named = warnings.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("; ");
    let more = warnings.len().saturating_sub(NAMED);
    let rest = if more == 0 { String::new() } else { format!("; and {more} more") };
    format!("Nothing was imported: {named}{rest}")
}

/// A key of the file, and the plans it is to be in.
#[derive(Clone)]
struct Imported {
    key: ApiKey,
    is_new: bool,
    /// Those it was in already included.
    plans: Vec<UsagePlanId>,
    joins: Vec<UsagePlanId>,
}

struct Import<'a> {
    ctx: &'a Context,
    plans: HashMap<String, UsagePlan>,
    /// Stored keys by value.
    known: HashMap<String, ApiKey>,
    /// Ids of new keys, the least last. Keys that are written in the order of their ids lie beside each other, which is what
    /// makes a large import fast.
    ids: Vec<String>,
    keys: Vec<Imported>,
    /// By value: a later row about the same key overwrites an earlier one.
    places: HashMap<String, usize>,
    warnings: Vec<String>,
}

impl<'a> Import<'a> {
    fn new(ctx: &'a Context, file: &csv::File) -> Result<Self, ApiError> {
        let plans = ctx.store.usage_plans(&ctx.scope)?;
        let known =
            ctx.store.api_keys_by_value(&ctx.scope, file.rows.iter().map(|row| row.value.as_str()))?;
        let mut ids: Vec<String> = file.rows.iter().map(|_| ctx.new_id(ID_CHARS)).collect();
        ids.sort_unstable_by(|one, other| other.cmp(one));
        Ok(Self {
            ctx,
            plans: plans.into_iter().map(|plan| (plan.id.to_string(), plan)).collect(),
            known: known.into_iter().map(|key| (key.value.expose().to_owned(), key)).collect(),
            ids,
            keys: Vec::new(),
            places: HashMap::new(),
            warnings: file.warnings.clone(),
        })
    }

    /// Takes a row, or notes what is wrong with it.
    fn take(&mut self, row: &Row) -> Result<(), ApiError> {
        let place = match self.places.get(&row.value) {
            Some(place) => *place,
            None => self.keys.len(),
        };
        let mut imported = match self.keys.get(place) {
            Some(known) => known.clone(),
            None => self.known_or_new(row)?,
        };
        match self.overwrite(&mut imported, row) {
            Ok(()) if place == self.keys.len() => {
                self.places.insert(row.value.clone(), place);
                self.keys.push(imported);
            }
            Ok(()) => self.keys[place] = imported,
            Err(wrong) => self.warnings.push(format!("Line {}: {wrong}", row.line)),
        }
        Ok(())
    }

    fn known_or_new(&mut self, row: &Row) -> Result<Imported, ApiError> {
        if let Some(known) = self.known.get(&row.value) {
            let plans = self.ctx.store.plans_of_key(&self.ctx.scope, &known.id)?;
            return Ok(Imported { key: known.clone(), is_new: false, plans, joins: Vec::new() });
        }
        let key = ApiKey {
            id: ApiKeyId::from(self.ids.pop().unwrap_or_else(|| self.ctx.new_id(ID_CHARS))),
            value: SecretText::from(row.value.clone()),
            name: None,
            description: None,
            customer_id: None,
            enabled: true,
            stage_keys: Vec::new(),
            tags: Map::new(),
            created: self.ctx.now,
            last_updated: self.ctx.now,
            declared_in: None,
        };
        Ok(Imported { key, is_new: true, plans: Vec::new(), joins: Vec::new() })
    }

    fn overwrite(&self, imported: &mut Imported, row: &Row) -> Result<(), ApiError> {
        self.ctx.refuse_declared(imported.key.declared_in.as_deref())?;
        let key = &mut imported.key;
        key.name.clone_from(&row.name);
        key.description.clone_from(&row.description);
        key.enabled = row.enabled;
        key.last_updated = self.ctx.now;
        check(key)?;
        row.plans.iter().try_for_each(|plan| self.join(imported, plan))
    }

    fn join(&self, imported: &mut Imported, id: &str) -> Result<(), ApiError> {
        let Some(plan) = self.plans.get(id) else {
            return Err(ApiError::BadRequest(format!("Invalid Usage Plan ID specified: {id}")));
        };
        if imported.plans.contains(&plan.id) {
            return Ok(());
        }
        if imported.plans.len() >= self.ctx.limits.plans_per_key {
            let most = self.ctx.limits.plans_per_key;
            return Err(ApiError::BadRequest(format!("An API Key can be in at most {most} usage plans")));
        }
        let others = imported.plans.iter().filter_map(|id| self.plans.get(id.as_str()));
        for other in others {
            if let Some(conflict) = stage_in_both(plan, other) {
                return Err(ApiError::BadRequest(format!(
                    "usage plans {} and {} both have the API Stage {conflict}",
                    other.id, plan.id
                )));
            }
        }
        imported.plans.push(plan.id.clone());
        imported.joins.push(plan.id.clone());
        Ok(())
    }

    fn commit(self) -> Result<wire::ApiKeyIds, ApiError> {
        let (scope, now) = (&self.ctx.scope, self.ctx.now);
        check_total(self.ctx, self.keys.iter().filter(|imported| imported.is_new).count())?;
        let mut joins: BTreeMap<UsagePlanId, Change> = BTreeMap::new();
        for Imported { key, joins: plans, .. } in &self.keys {
            for plan in plans {
                let change = joins.remove(plan).unwrap_or_else(|| Change::of_usage_plan(scope, plan));
                let member = UsagePlanKey { key: key.id.clone(), added: now, declared_in: None };
                joins.insert(plan.clone(), change.put_plan_key(&member));
            }
        }
        let keys = self.keys.iter().map(|imported| match imported.is_new {
            true => Change::create_api_key(scope, &imported.key),
            false => Change::update_api_key(scope, &imported.key),
        });
        self.ctx.commit_all(keys.chain(joins.into_values()))?;
        let ids = self.keys.iter().map(|imported| imported.key.id.to_string()).collect();
        Ok(wire::ApiKeyIds { ids: Some(ids), warnings: Some(self.warnings) })
    }
}
