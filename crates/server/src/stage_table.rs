//! Which program answers for which API and stage. Read by every call without locks; changed entry by entry.

use std::collections::BTreeMap;
use std::sync::Arc;

use stagedoor_base::{ApiId, DeploymentId, Scope, StageName};
use stagedoor_engine::{Serving, Sharded};
use stagedoor_model::Stage;
use stagedoor_store::EncodedSnapshot;

/// The programs of this node.
#[derive(Debug, Default)]
pub(crate) struct StageTable {
    /// By `{api}/{stage}`, as both stand in an invoke URL.
    slots: Sharded<Box<str>, Slot>,
    /// Every API that exists, with or without stages, and its owner.
    apis: Sharded<Box<str>, Scope>,
}

/// One stage's program, or what it will be compiled from.
#[derive(Debug, Clone)]
pub(crate) enum Slot {
    Ready(Arc<Serving>),
    /// Only while a node starts.
    Pending(Arc<Pending>),
}

/// A stage as the store had it when the node started.
#[derive(Debug)]
pub(crate) struct Pending {
    pub(crate) scope: Scope,
    pub(crate) api: ApiId,
    pub(crate) stage: Stage,
    /// Of the deployments that the stage and its canary point at.
    pub(crate) snapshots: Snapshots,
}

/// What an API's deployments froze.
pub(crate) type Snapshots = Arc<BTreeMap<DeploymentId, EncodedSnapshot>>;

impl StageTable {
    /// What answers for `{api}/{stage}`.
    pub(crate) fn find(&self, key: &str) -> Option<Slot> {
        self.slots.get(key)
    }

    /// What answers for a stage.
    pub(crate) fn of(&self, api: &ApiId, stage: &StageName) -> Option<Slot> {
        self.find(&key(api.as_str(), stage.as_str()))
    }

    /// Whether an API exists, with or without stages.
    pub(crate) fn knows(&self, api: &str) -> bool {
        self.apis.get(api).is_some()
    }

    /// Makes an API known. An invoke URL has no account in it, so an id belongs to the scope that used it first; false
    /// when that is another one.
    pub(crate) fn claim(&self, scope: &Scope, api: &ApiId) -> bool {
        match self.apis.get(api.as_str()) {
            Some(owner) => owner == *scope,
            None => {
                self.apis.insert(&Box::from(api.as_str()), scope);
                true
            }
        }
    }

    /// Makes many APIs known at once.
    pub(crate) fn claim_all(&self, apis: impl IntoIterator<Item = (Scope, ApiId)>) {
        self.apis.extend(apis.into_iter().map(|(scope, api)| (Box::from(api.as_str()), scope)));
    }

    /// Forgets an API that this scope owns.
    pub(crate) fn release(&self, scope: &Scope, api: &ApiId) {
        if self.apis.get(api.as_str()).is_some_and(|owner| owner == *scope) {
            self.apis.remove(api.as_str());
        }
    }

    pub(crate) fn set(&self, api: &ApiId, stage: &StageName, slot: &Slot) {
        self.slots.insert(&key(api.as_str(), stage.as_str()), slot);
    }

    pub(crate) fn set_all(&self, slots: impl IntoIterator<Item = (ApiId, StageName, Slot)>) {
        self.slots
            .extend(slots.into_iter().map(|(api, stage, slot)| (key(api.as_str(), stage.as_str()), slot)));
    }

    pub(crate) fn remove(&self, api: &ApiId, stage: &StageName) {
        self.slots.remove(key(api.as_str(), stage.as_str()).as_ref());
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) {
        self.slots.clear();
        self.apis.clear();
    }
}

fn key(api: &str, stage: &str) -> Box<str> {
    let mut key = String::with_capacity(api.len() + 1 + stage.len());
    key.push_str(api);
    key.push('/');
    key.push_str(stage);
    key.into_boxed_str()
}

#[cfg(test)]
mod tests {
    use stagedoor_base::{AccountId, ApiId, Region, Scope};

    use super::StageTable;

    #[test]
    fn an_id_belongs_to_the_scope_that_used_it_first() {
        let scope = |account: &str| Scope { account: AccountId::from(account), region: Region::from("r") };
        let (first, second, api) = (scope("000000000001"), scope("000000000002"), ApiId::from("pets"));
        let table = StageTable::default();
        assert!(table.claim(&first, &api));
        assert!(table.claim(&first, &api));
        assert!(!table.claim(&second, &api));
        table.release(&second, &api);
        assert!(table.knows("pets"));
        table.release(&first, &api);
        assert!(table.claim(&second, &api));
    }
}
