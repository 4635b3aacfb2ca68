//! Follows the store: every committed revision becomes programs and directory entries of this node.
//!
//! In: the store's revision log. Out: the [`StageTable`], the [`Directory`], definitions in the function pool. It compiles
//! and therefore runs on blocking threads of the control runtime, never on a data core.

mod functions;
mod identities;
mod stages;
#[cfg(test)]
mod tests;
mod usage;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use stagedoor_base::{AccountId, AccountThrottles, ApiId, ApiKeyId, Scope, UsagePlanId};
use stagedoor_engine::{Directory, Grounds, Serving};
use stagedoor_lambda::Pool;
use stagedoor_shared::Shared;
use stagedoor_store::{Change, Kind, Log, LogEntry, Operation, Owner, Revision, Store, StoreError};

use crate::stage_table::{Slot, StageTable};
use functions::Functions;
use identities::Identities;
use stages::Stages;
use usage::Usage;

/// Revisions read from the log at a time.
const BATCH: u32 = 1000;

/// What this node serves, kept equal to the store.
#[derive(Debug)]
pub(crate) struct Node {
    store: Arc<Store>,
    followed: Mutex<Followed>,
    /// The revision that is served, readable without the lock.
    revision: AtomicU64,
    table: Arc<StageTable>,
    directory: Arc<Directory>,
}

#[derive(Debug)]
struct Followed {
    revision: Revision,
    stages: Stages,
    functions: Functions,
    identities: Identities,
    usage: Usage,
}

impl Node {
    /// Loads everything that the store holds; programs are compiled later.
    ///
    /// `concurrency` is what functions of one account in one region may run at once.
    pub(crate) fn start(
        store: Arc<Store>,
        pool: Arc<Pool>,
        concurrency: u32,
        shared: Arc<Shared>,
        accounts: AccountThrottles,
    ) -> Result<Self, StoreError> {
        let table = Arc::<StageTable>::default();
        let directory = Arc::new(Directory::new(store.value_digests()));
        let usage = Usage::new(Arc::clone(&store), Arc::clone(&directory), accounts.clone());
        let grounds = Grounds { shared, directory: Arc::clone(&directory), accounts };
        let stages = Stages::new(Arc::clone(&store), Arc::clone(&table), grounds);
        let functions = Functions::new(Arc::clone(&store), Arc::clone(&directory), pool, concurrency);
        let identities = Identities::new(Arc::clone(&store), Arc::clone(&directory));
        let followed = Followed { revision: Revision(0), stages, functions, identities, usage };
        let followed = Mutex::new(followed);
        let node = Self { store, followed, revision: AtomicU64::new(0), table, directory };
        node.load(&mut node.lock())?;
        Ok(node)
    }

    pub(crate) fn table(&self) -> &Arc<StageTable> {
        &self.table
    }

    pub(crate) fn directory(&self) -> &Arc<Directory> {
        &self.directory
    }

    /// The revision that is served.
    pub(crate) fn revision(&self) -> Revision {
        Revision(self.revision.load(Relaxed))
    }

    /// Returns when this node serves `revision` or a later one. What cannot be applied is logged and the node goes on with
    /// the rest: one broken API must not stop the others.
    pub(crate) fn catch_up(&self, revision: Revision) {
        let mut followed = self.lock();
        while followed.revision < revision {
            if let Err(error) = self.follow(&mut followed) {
                tracing::error!("cannot follow the store beyond revision {}: {error}", followed.revision);
                return;
            }
        }
    }

    /// The program of a slot, compiled now if it was not yet.
    pub(crate) fn ready(&self, slot: Slot) -> Result<Arc<Serving>, StoreError> {
        match slot {
            Slot::Ready(serving) => Ok(serving),
            Slot::Pending(pending) => self.lock().stages.compile_pending(&pending),
        }
    }

    /// Compiles one stage that is still pending; false when none is left.
    pub(crate) fn compile_next(&self) -> bool {
        self.lock().stages.compile_next()
    }

    /// Deletes every API, function, API key, usage plan and identity that no file declares, every layer, and every event that
    /// waits.
    pub(crate) fn reset(&self) -> Result<(), StoreError> {
        let (mut scopes, mut functions) = (BTreeSet::new(), Vec::new());
        self.store.for_each_api(|scope, _| {
            scopes.insert(scope);
        })?;
        self.store.for_each_function(|scope, tree| functions.push((scope, tree.function)))?;
        let mut layers = Vec::new();
        self.store.for_each_layer(|scope, name| layers.push((scope, name)))?;
        self.store.clear_events()?;
        // Plans name stages, and go first.
        let mut last = Usage::reset(&self.store)?.max(self.revision());
        for scope in &scopes {
            for api in self.store.apis(scope)?.iter().filter(|api| api.declared_in.is_none()) {
                last = self.store.commit(Change::delete_api(scope, &api.id))?;
            }
        }
        for (scope, function) in functions.iter().filter(|(_, function)| function.declared_in.is_none()) {
            last = self.store.commit(Change::delete_function(scope, &function.name))?;
        }
        for (scope, name) in &layers {
            last = self.store.commit(Change::delete_layer(scope, name))?;
        }
        let mut identities = Vec::new();
        self.store.for_each_iam(|account, tree| identities.push((account, tree)))?;
        for (account, tree) in &identities {
            last = self.store.commit(Change::between_iam(account, tree, &tree.declared()))?.max(last);
        }
        self.catch_up(last);
        Ok(())
    }

    fn load(&self, followed: &mut Followed) -> Result<(), StoreError> {
        let stages = followed.stages.load()?;
        let functions = followed.functions.load()?;
        let identities = followed.identities.load()?;
        let usage = followed.usage.load()?;
        // Whatever changed between these reads is applied again from the log.
        followed.revision = stages.min(functions).min(identities).min(usage);
        self.revision.store(followed.revision.0, Relaxed);
        Ok(())
    }

    fn follow(&self, followed: &mut Followed) -> Result<(), StoreError> {
        let entries = match self.store.log_since(followed.revision, BATCH)? {
            Log::Entries(entries) => entries,
            Log::Truncated => return self.load(followed),
        };
        let Some(last) = entries.last().map(|entry| entry.revision) else {
            // A revision that the log does not hold has nothing to apply.
            followed.revision = self.store.revision()?;
            return Ok(());
        };
        let touched = Touched::by(&entries);
        for (scope, api) in &touched.created {
            followed.stages.create(scope, api);
        }
        for (scope, api) in &touched.deleted {
            followed.stages.delete(scope, api);
        }
        for (scope, api) in &touched.apis {
            log_failure("API", api.as_str(), followed.stages.refresh(scope, api));
        }
        for (scope, name) in &touched.functions {
            log_failure("function", name, followed.functions.refresh(scope, name));
        }
        for (scope, plan) in &touched.plans {
            log_failure("usage plan", plan.as_str(), followed.usage.refresh_plan(scope, plan));
        }
        followed.usage.refresh_keys(&touched.keys);
        for account in &touched.accounts {
            log_failure("account", account.as_str(), followed.identities.refresh(account));
        }
        followed.revision = last;
        self.revision.store(last.0, Relaxed);
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Followed> {
        self.followed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn log_failure(kind: &str, name: &str, outcome: Result<(), StoreError>) {
    if let Err(error) = outcome {
        tracing::error!("{kind} {name} keeps what it served before: {error}");
    }
}

/// What a batch of log entries concerns. Drafts concern nobody here.
#[derive(Debug, Default)]
struct Touched {
    created: BTreeSet<(Scope, ApiId)>,
    deleted: BTreeSet<(Scope, ApiId)>,
    apis: BTreeSet<(Scope, ApiId)>,
    functions: BTreeSet<(Scope, String)>,
    /// Those whose identities changed.
    accounts: BTreeSet<AccountId>,
    plans: BTreeSet<(Scope, UsagePlanId)>,
    keys: BTreeSet<(Scope, ApiKeyId)>,
}

impl Touched {
    fn by(entries: &[LogEntry]) -> Self {
        let mut touched = Self::default();
        for entry in entries {
            let scope = || entry.scope.clone();
            match (&entry.owner, entry.kind, entry.operation) {
                (Owner::Api(api), Kind::Api, Operation::Put) => {
                    touched.created.insert((scope(), api.clone()));
                }
                (Owner::Api(api), Kind::Api, Operation::Delete) => {
                    // Deleted and made again within one batch: forget the old one, then read the new one.
                    touched.deleted.insert((scope(), api.clone()));
                    touched.apis.insert((scope(), api.clone()));
                }
                (Owner::Api(api), Kind::Stage, _) => {
                    touched.apis.insert((scope(), api.clone()));
                }
                (Owner::Iam, ..) => {
                    touched.accounts.insert(entry.scope.account.clone());
                }
                (Owner::ApiKey(key), ..) => {
                    touched.keys.insert((scope(), key.clone()));
                }
                (Owner::UsagePlan(_), Kind::UsagePlanKey, _) => {
                    touched.keys.insert((scope(), entry.id.as_str().into()));
                }
                (Owner::UsagePlan(plan), ..) => {
                    touched.plans.insert((scope(), plan.clone()));
                }
                (Owner::Function(name), ..) => {
                    touched.functions.insert((scope(), name.clone()));
                }
                _ => {}
            }
        }
        touched
    }
}
