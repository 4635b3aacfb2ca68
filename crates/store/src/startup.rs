//! Everything a starting node serves, in one pass over the database.

use std::collections::BTreeMap;

use stagedoor_base::{ApiId, DeploymentId, Scope};
use stagedoor_model::{FunctionTree, Stage};

use crate::codec::{EncodedSnapshot, decode_plain};
use crate::log::scope;
use crate::read::Reader;
use crate::{Kind, Owner, Revision, Store, StoreError};

/// An API that has stages: what a node needs to serve it.
#[derive(Debug, Clone, PartialEq)]
pub struct Deployed {
    pub scope: Scope,
    pub api: ApiId,
    pub stages: Vec<Stage>,
    /// The deployments that the stages and their canaries point at, each once.
    pub snapshots: BTreeMap<DeploymentId, EncodedSnapshot>,
}

impl Store {
    /// Calls `visit` for every API that has a stage, and returns the revision all of it was read at.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn for_each_deployed(&self, mut visit: impl FnMut(Deployed)) -> Result<Revision, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT account, region, owner, version, body FROM document
                 WHERE kind = 'stage' AND owner >= 'api/' AND owner < 'api0' ORDER BY account, region, owner, id",
            )?;
            let mut rows = statement.query([])?;
            let mut current: Option<Deployed> = None;
            while let Some(row) = rows.next()? {
                let (scope, owner) = (scope(row, 0)?, row.get::<_, String>(2)?);
                let Some(Owner::Api(api)) = Owner::parse(&owner) else { continue };
                let body = row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?;
                let stage: Stage = decode_plain(Kind::Stage, row.get(3)?, body)?;
                if current.as_ref().is_none_or(|it| it.scope != scope || it.api != api) {
                    current.take().map(&mut visit);
                }
                let deployed = current.get_or_insert_with(|| Deployed {
                    scope,
                    api,
                    stages: Vec::new(),
                    snapshots: BTreeMap::new(),
                });
                add(&Reader { connection, scope: &deployed.scope.clone(), keys: &self.keys }, deployed, stage)?;
            }
            current.take().map(&mut visit);
            let newest = connection.query_row("SELECT newest FROM head", [], |row| row.get(0))?;
            Ok(Revision(newest))
        })
    }

    /// Calls `visit` for every API of every scope, deployed or not.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn for_each_api(&self, mut visit: impl FnMut(Scope, ApiId)) -> Result<(), StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT account, region, owner FROM unit WHERE owner >= 'api/' AND owner < 'api0'",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(Owner::Api(api)) = Owner::parse(&row.get::<_, String>(2)?) {
                    visit(scope(row, 0)?, api);
                }
            }
            Ok(())
        })
    }

    /// Every function of every scope, and the revision all of it was read at.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn for_each_function(
        &self,
        mut visit: impl FnMut(Scope, FunctionTree),
    ) -> Result<Revision, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT account, region, owner FROM unit WHERE owner >= 'function/' AND owner < 'function0'",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (scope, owner) = (scope(row, 0)?, row.get::<_, String>(2)?);
                let Some(Owner::Function(name)) = Owner::parse(&owner) else { continue };
                if let Some(tree) =
                    (Reader { connection, scope: &scope, keys: &self.keys }).function(&name)?
                {
                    visit(scope, tree.value);
                }
            }
            let newest = connection.query_row("SELECT newest FROM head", [], |row| row.get(0))?;
            Ok(Revision(newest))
        })
    }

    /// Calls `visit` for every layer of every scope.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn for_each_layer(&self, mut visit: impl FnMut(Scope, String)) -> Result<(), StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT account, region, owner FROM unit WHERE owner >= 'layer/' AND owner < 'layer0'",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(Owner::Layer(name)) = Owner::parse(&row.get::<_, String>(2)?) {
                    visit(scope(row, 0)?, name);
                }
            }
            Ok(())
        })
    }

    /// One API as a starting node would read it; none when it has no stage or does not exist.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn deployed(&self, scope: &Scope, api: &ApiId) -> Result<Option<Deployed>, StoreError> {
        self.read(|connection| {
            let reader = Reader { connection, scope, keys: &self.keys };
            let stages: Vec<Stage> = reader.all(&Owner::Api(api.clone()), Kind::Stage)?;
            if stages.is_empty() {
                return Ok(None);
            }
            let (scope, api) = (scope.clone(), api.clone());
            let mut deployed = Deployed { scope, api, stages: Vec::new(), snapshots: BTreeMap::new() };
            for stage in stages {
                add(&reader, &mut deployed, stage)?;
            }
            Ok(Some(deployed))
        })
    }
}

fn add(reader: &Reader<'_>, deployed: &mut Deployed, stage: Stage) -> Result<(), StoreError> {
    let owner = Owner::Api(deployed.api.clone());
    let canary = stage.canary.as_ref().map(|canary| &canary.deployment_id);
    for deployment in std::iter::once(&stage.deployment_id).chain(canary) {
        if deployed.snapshots.contains_key(deployment) {
            continue;
        }
        let snapshot = reader.snapshot(&owner, deployment.as_str())?;
        let missing = || StoreError::Corrupt(format!("{owner}: deployment {deployment} has no snapshot"));
        deployed.snapshots.insert(deployment.clone(), snapshot.ok_or_else(missing)?);
    }
    deployed.stages.push(stage);
    Ok(())
}
