//! APIs and stages of the store as programs.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Weak};

use stagedoor_base::{ApiId, DeploymentId, Scope, StageName};
use stagedoor_engine::{Grounds, Program, Serving};
use stagedoor_model::Stage;
use stagedoor_program::{Canary, DeploymentProgram, Diagnostic, compile, compile_canary, compile_stage};
use stagedoor_shared::cache::ClusterId;
use stagedoor_store::{Deployed, EncodedSnapshot, Revision, Store, StoreError};

use crate::stage_table::{Pending, Slot, StageTable};

type ApiKey = (Scope, ApiId);

/// Keeps the stage table equal to the store.
#[derive(Debug)]
pub(super) struct Stages {
    store: Arc<Store>,
    table: Arc<StageTable>,
    grounds: Grounds,
    /// What stands in the table, to know what to take out.
    served: HashMap<ApiKey, BTreeSet<StageName>>,
    /// Stages that point at one deployment share its program.
    deployments: HashMap<(Scope, ApiId, DeploymentId), Weak<DeploymentProgram>>,
    pending: VecDeque<Arc<Pending>>,
}

impl Stages {
    pub(super) fn new(store: Arc<Store>, table: Arc<StageTable>, grounds: Grounds) -> Self {
        let (served, deployments, pending) = (HashMap::new(), HashMap::new(), VecDeque::new());
        Self { store, table, grounds, served, deployments, pending }
    }

    /// Puts all stages of the store into the table, to be compiled later.
    pub(super) fn load(&mut self) -> Result<Revision, StoreError> {
        self.served.clear();
        self.deployments.clear();
        self.pending.clear();
        self.table.clear();
        self.grounds.shared.caches().clear();
        let mut found = Vec::new();
        let revision = self.store.for_each_deployed(|deployed| found.push(deployed))?;
        let mut apis = Vec::new();
        self.store.for_each_api(|scope, api| apis.push((scope, api)))?;
        self.table.claim_all(apis);
        for deployed in found {
            self.defer(deployed);
        }
        let slots = self.pending.iter().map(|pending| {
            (pending.api.clone(), pending.stage.name.clone(), Slot::Pending(Arc::clone(pending)))
        });
        self.table.set_all(slots);
        Ok(revision)
    }

    fn defer(&mut self, deployed: Deployed) {
        let Deployed { scope, api, stages, snapshots } = deployed;
        if !self.owns(&scope, &api) {
            return;
        }
        let snapshots = Arc::new(snapshots);
        let names = stages.iter().map(|stage| stage.name.clone()).collect();
        for stage in stages {
            let (scope, api, snapshots) = (scope.clone(), api.clone(), Arc::clone(&snapshots));
            self.pending.push_back(Arc::new(Pending { scope, api, stage, snapshots }));
        }
        self.served.insert((scope, api), names);
    }

    /// An API exists now.
    pub(super) fn create(&mut self, scope: &Scope, api: &ApiId) {
        self.owns(scope, api);
    }

    /// An API is gone, and everything below it.
    pub(super) fn delete(&mut self, scope: &Scope, api: &ApiId) {
        for stage in self.served.remove(&(scope.clone(), api.clone())).unwrap_or_default() {
            self.table.remove(api, &stage);
            self.end_cache(scope, api, &stage);
        }
        self.table.release(scope, api);
        self.deployments.retain(|(owner, of, _), _| owner != scope || of != api);
    }

    /// A stage made later under the same name begins with nothing.
    fn end_cache(&self, scope: &Scope, api: &ApiId, stage: &StageName) {
        let id = ClusterId { scope: scope.clone(), api: api.clone(), stage: stage.clone() };
        self.grounds.shared.caches().remove(&id);
    }

    /// Compiles what an API's stages point at now, and swaps.
    pub(super) fn refresh(&mut self, scope: &Scope, api: &ApiId) -> Result<(), StoreError> {
        let key = (scope.clone(), api.clone());
        let deployed = self.store.deployed(scope, api)?;
        let (stages, snapshots) = deployed.map(|it| (it.stages, it.snapshots)).unwrap_or_default();
        if !stages.is_empty() && !self.owns(scope, api) {
            return Ok(());
        }
        let mut names = BTreeSet::new();
        for stage in &stages {
            let serving = self.serving(scope, api, stage, &snapshots)?;
            self.table.set(api, &stage.name, &Slot::Ready(serving));
            names.insert(stage.name.clone());
        }
        let before = self.served.insert(key, names.clone()).unwrap_or_default();
        for gone in before.difference(&names) {
            self.table.remove(api, gone);
            self.end_cache(scope, api, gone);
        }
        self.deployments.retain(|_, program| program.strong_count() > 0);
        Ok(())
    }

    /// Compiles a stage that was only loaded, unless it was changed or compiled meanwhile.
    pub(super) fn compile_pending(&mut self, pending: &Arc<Pending>) -> Result<Arc<Serving>, StoreError> {
        let Pending { scope, api, stage, snapshots } = &**pending;
        match self.table.of(api, &stage.name) {
            Some(Slot::Ready(serving)) => return Ok(serving),
            Some(Slot::Pending(now)) if Arc::ptr_eq(&now, pending) => {}
            // Replaced or deleted since the caller looked: answer from what the caller saw.
            _ => return self.serving(scope, api, stage, snapshots),
        }
        let serving = self.serving(scope, api, stage, snapshots)?;
        self.table.set(api, &stage.name, &Slot::Ready(Arc::clone(&serving)));
        Ok(serving)
    }

    /// Compiles one pending stage; false when none is left.
    pub(super) fn compile_next(&mut self) -> bool {
        let Some(pending) = self.pending.pop_front() else { return false };
        let key = (pending.scope.clone(), pending.api.clone());
        let alive = self.served.get(&key).is_some_and(|names| names.contains(&pending.stage.name));
        if alive && let Err(error) = self.compile_pending(&pending) {
            tracing::error!("API {} stage {}: {error}", pending.api, pending.stage.name);
        }
        true
    }

    fn serving(
        &mut self,
        scope: &Scope,
        api: &ApiId,
        stage: &Stage,
        snapshots: &BTreeMap<DeploymentId, EncodedSnapshot>,
    ) -> Result<Arc<Serving>, StoreError> {
        let (view, remarks) = compile_stage(stage);
        report(api, &remarks);
        let canary = match (&stage.canary, compile_canary(stage, &view)) {
            (Some(settings), Some(view)) => {
                let deployment = self.deployment(scope, api, &settings.deployment_id, snapshots)?;
                let program = Arc::new(Program::of(deployment, Arc::new(view)));
                Some(Canary { percent: settings.percent_traffic, program })
            }
            _ => None,
        };
        let deployment = self.deployment(scope, api, &stage.deployment_id, snapshots)?;
        let program = Program { canary, ..Program::of(deployment, Arc::new(view)) };
        Ok(Serving::new(Arc::new(program), &self.grounds))
    }

    fn deployment(
        &mut self,
        scope: &Scope,
        api: &ApiId,
        id: &DeploymentId,
        snapshots: &BTreeMap<DeploymentId, EncodedSnapshot>,
    ) -> Result<Arc<DeploymentProgram>, StoreError> {
        let key = (scope.clone(), api.clone(), id.clone());
        if let Some(known) = self.deployments.get(&key).and_then(Weak::upgrade) {
            return Ok(known);
        }
        let missing = || StoreError::Corrupt(format!("deployment {id} has no snapshot"));
        let snapshot = snapshots.get(id).ok_or_else(missing)?.decode()?;
        let (program, remarks) = compile(scope, id, &snapshot);
        report(api, &remarks);
        let program = Arc::new(program);
        self.deployments.insert(key, Arc::downgrade(&program));
        Ok(program)
    }

    fn owns(&self, scope: &Scope, api: &ApiId) -> bool {
        let owns = self.table.claim(scope, api);
        if !owns {
            tracing::warn!(
                "API id {api} is in use by another account or region: the one of {}/{} cannot be invoked",
                scope.account,
                scope.region
            );
        }
        owns
    }
}

fn report(api: &ApiId, remarks: &[Diagnostic]) {
    for remark in remarks {
        tracing::warn!("API {api}: {remark}");
    }
}
