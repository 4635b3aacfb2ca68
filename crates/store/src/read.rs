//! Typed reads. Each sees one consistent state.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use serde::de::DeserializeOwned;
use stagedoor_base::{ApiId, DeploymentId, Scope, StageName};
use stagedoor_model::{
    AccountSettings, Alias, ApiTree, Authorizer, Deployment, DocumentationPart, DocumentationVersion,
    FrozenDocumentation, Function, FunctionPolicy, FunctionTree, FunctionVersion, GatewayResponse, Layer,
    LayerTree, LayerVersion, Model, RequestValidator, Resource, RestApi, Snapshot, Stage,
};

use crate::codec::{EncodedSnapshot, decode};
use crate::secret::Place;
use crate::{Kind, Owner, Revision, SecretKeys, Store, StoreError, Versioned};

/// The reads of one call; all from one state of the database.
pub(crate) struct Reader<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) scope: &'a Scope,
    pub(crate) keys: &'a SecretKeys,
}

impl Store {
    /// An API as edited, with everything below it but stages and deployments.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn api(&self, scope: &Scope, api: &ApiId) -> Result<Option<Versioned<ApiTree>>, StoreError> {
        self.read_in(scope, |reader| {
            let owner = Owner::Api(api.clone());
            let Some(revision) = reader.revision(&owner)? else { return Ok(None) };
            let tree = ApiTree {
                api: reader.required(&owner, Kind::Api, api.as_str())?,
                resources: by(reader.all(&owner, Kind::Resource)?, |it: &Resource| it.id.clone()),
                models: by(reader.all(&owner, Kind::Model)?, |it: &Model| it.name.clone()),
                validators: by(reader.all(&owner, Kind::Validator)?, |it: &RequestValidator| it.id.clone()),
                gateway_responses: by(reader.all(&owner, Kind::GatewayResponse)?, |it: &GatewayResponse| {
                    it.response_type
                }),
                authorizers: by(reader.all(&owner, Kind::Authorizer)?, |it: &Authorizer| it.id.clone()),
                documentation_parts: by(
                    reader.all(&owner, Kind::DocumentationPart)?,
                    |it: &DocumentationPart| it.id.clone(),
                ),
            };
            Ok(Some(Versioned { value: tree, revision }))
        })
    }

    /// All APIs of a scope in the order of their creation.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn apis(&self, scope: &Scope) -> Result<Vec<RestApi>, StoreError> {
        self.read_in(scope, |reader| reader.roots("api/", Kind::Api))
    }

    /// The stages of an API by name.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn stages(&self, scope: &Scope, api: &ApiId) -> Result<Vec<Stage>, StoreError> {
        self.read_in(scope, |reader| reader.all(&Owner::Api(api.clone()), Kind::Stage))
    }

    /// One stage, with the revision of its API.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn stage(
        &self,
        scope: &Scope,
        api: &ApiId,
        stage: &StageName,
    ) -> Result<Option<Versioned<Stage>>, StoreError> {
        self.read_in(scope, |reader| reader.versioned(&Owner::Api(api.clone()), Kind::Stage, stage.as_str()))
    }

    /// The deployments of an API, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn deployments(&self, scope: &Scope, api: &ApiId) -> Result<Vec<Deployment>, StoreError> {
        self.read_in(scope, |reader| reader.newest_first(&Owner::Api(api.clone()), Kind::Deployment))
    }

    /// One deployment, with the revision of its API.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn deployment(
        &self,
        scope: &Scope,
        api: &ApiId,
        deployment: &DeploymentId,
    ) -> Result<Option<Versioned<Deployment>>, StoreError> {
        self.read_in(scope, |reader| {
            reader.versioned(&Owner::Api(api.clone()), Kind::Deployment, deployment.as_str())
        })
    }

    /// What a deployment froze.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn snapshot(
        &self,
        scope: &Scope,
        api: &ApiId,
        deployment: &DeploymentId,
    ) -> Result<Option<Snapshot>, StoreError> {
        let encoded =
            self.read_in(scope, |reader| reader.snapshot(&Owner::Api(api.clone()), deployment.as_str()))?;
        encoded.map(|encoded| encoded.decode()).transpose()
    }

    /// The documentation versions of an API, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn documentation_versions(
        &self,
        scope: &Scope,
        api: &ApiId,
    ) -> Result<Vec<DocumentationVersion>, StoreError> {
        self.read_in(scope, |reader| {
            reader.newest_first(&Owner::Api(api.clone()), Kind::DocumentationVersion)
        })
    }

    /// One documentation version, with the revision of its API.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn documentation_version(
        &self,
        scope: &Scope,
        api: &ApiId,
        version: &str,
    ) -> Result<Option<Versioned<DocumentationVersion>>, StoreError> {
        self.read_in(scope, |reader| {
            reader.versioned(&Owner::Api(api.clone()), Kind::DocumentationVersion, version)
        })
    }

    /// The parts that a documentation version froze.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn frozen_documentation(
        &self,
        scope: &Scope,
        api: &ApiId,
        version: &str,
    ) -> Result<Option<FrozenDocumentation>, StoreError> {
        self.read_in(scope, |reader| reader.one(&Owner::Api(api.clone()), Kind::FrozenDocumentation, version))
    }

    /// The account's settings in this region; the defaults until they are set.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn account(&self, scope: &Scope) -> Result<Versioned<AccountSettings>, StoreError> {
        self.read_in(scope, |reader| {
            let stored = reader.versioned(&Owner::Account, Kind::Account, "")?;
            Ok(stored.unwrap_or(Versioned { value: AccountSettings::default(), revision: Revision(0) }))
        })
    }

    /// A function with its versions, aliases and policies.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn function(&self, scope: &Scope, name: &str) -> Result<Option<Versioned<FunctionTree>>, StoreError> {
        self.read_in(scope, |reader| reader.function(name))
    }

    /// All functions of a scope by name.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn functions(&self, scope: &Scope) -> Result<Vec<Function>, StoreError> {
        self.read_in(scope, |reader| {
            let mut functions: Vec<Function> = reader.roots("function/", Kind::Function)?;
            functions.sort_by(|one, other| one.name.cmp(&other.name));
            Ok(functions)
        })
    }

    /// A layer with its versions.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn layer(&self, scope: &Scope, name: &str) -> Result<Option<Versioned<LayerTree>>, StoreError> {
        self.read_in(scope, |reader| {
            let owner = Owner::Layer(name.to_owned());
            let Some(revision) = reader.revision(&owner)? else { return Ok(None) };
            let layer = reader.required(&owner, Kind::Layer, name)?;
            let versions = by(reader.all(&owner, Kind::LayerVersion)?, |it: &LayerVersion| it.version);
            Ok(Some(Versioned { value: LayerTree { layer, versions }, revision }))
        })
    }

    /// All layers of a scope by name.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn layers(&self, scope: &Scope) -> Result<Vec<Layer>, StoreError> {
        self.read_in(scope, |reader| {
            let mut layers: Vec<Layer> = reader.roots("layer/", Kind::Layer)?;
            layers.sort_by(|one, other| one.name.cmp(&other.name));
            Ok(layers)
        })
    }

    /// A large body by the base64 of its SHA-256.
    ///
    /// # Errors
    /// [`StoreError`] when the data cannot be read.
    pub fn blob(&self, sha256_base64: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT body FROM blob WHERE sha256 = ?1";
            Ok(connection.prepare_cached(sql)?.query_row([sha256_base64], |row| row.get(0)).optional()?)
        })
    }

    pub(crate) fn read_in<T>(
        &self,
        scope: &Scope,
        work: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.read(|connection| work(&Reader { connection, scope, keys: &self.keys }))
    }
}

pub(crate) fn by<K: Ord, V>(values: Vec<V>, key: impl Fn(&V) -> K) -> BTreeMap<K, V> {
    values.into_iter().map(|value| (key(&value), value)).collect()
}

impl Reader<'_> {
    pub(crate) fn revision(&self, owner: &Owner) -> Result<Option<Revision>, StoreError> {
        let sql = "SELECT revision FROM unit WHERE account = ?1 AND region = ?2 AND owner = ?3";
        let (account, region) = self.key();
        let mut statement = self.connection.prepare_cached(sql)?;
        let revision = statement.query_row(params![account, region, owner.to_string()], |row| row.get(0));
        Ok(revision.optional()?.map(Revision))
    }

    pub(crate) fn one<T: DeserializeOwned>(
        &self,
        owner: &Owner,
        kind: Kind,
        id: &str,
    ) -> Result<Option<T>, StoreError> {
        let sql = "SELECT version, body FROM document
                   WHERE account = ?1 AND region = ?2 AND owner = ?3 AND kind = ?4 AND id = ?5";
        let (account, region) = self.key();
        let mut statement = self.connection.prepare_cached(sql)?;
        let owner = owner.to_string();
        let mut rows = statement.query(params![account, region, owner, kind.as_str(), id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let body = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        decode(self.keys, Place { account, region, owner: &owner, kind, id }, row.get(0)?, body).map(Some)
    }

    fn required<T: DeserializeOwned>(&self, owner: &Owner, kind: Kind, id: &str) -> Result<T, StoreError> {
        self.one(owner, kind, id)?
            .ok_or_else(|| StoreError::Corrupt(format!("{owner} has no {} document", kind.as_str())))
    }

    pub(crate) fn versioned<T: DeserializeOwned>(
        &self,
        owner: &Owner,
        kind: Kind,
        id: &str,
    ) -> Result<Option<Versioned<T>>, StoreError> {
        let (Some(value), Some(revision)) = (self.one(owner, kind, id)?, self.revision(owner)?) else {
            return Ok(None);
        };
        Ok(Some(Versioned { value, revision }))
    }

    /// All documents of a kind by id.
    pub(crate) fn all<T: DeserializeOwned>(&self, owner: &Owner, kind: Kind) -> Result<Vec<T>, StoreError> {
        self.list(
            "SELECT version, body, owner, id FROM document
             WHERE account = ?1 AND region = ?2 AND owner = ?3 AND kind = ?4 ORDER BY id",
            &owner.to_string(),
            kind,
        )
    }

    fn newest_first<T: DeserializeOwned>(&self, owner: &Owner, kind: Kind) -> Result<Vec<T>, StoreError> {
        self.list(
            "SELECT version, body, owner, id FROM document
             WHERE account = ?1 AND region = ?2 AND owner = ?3 AND kind = ?4 ORDER BY created DESC, id DESC",
            &owner.to_string(),
            kind,
        )
    }

    /// The root documents of all units whose owner begins with `prefix`, in the order of creation. `CROSS` keeps SQLite
    /// from passing over every document of the scope instead of the units.
    pub(crate) fn roots<T: DeserializeOwned>(&self, prefix: &str, kind: Kind) -> Result<Vec<T>, StoreError> {
        self.list(
            "SELECT document.version, document.body, owner, document.id FROM unit CROSS JOIN document USING (account, region, owner)
             WHERE account = ?1 AND region = ?2 AND owner >= ?3 AND owner < ?3 || char(0x10ffff)
               AND kind = ?4 ORDER BY unit.created",
            prefix,
            kind,
        )
    }

    fn list<T: DeserializeOwned>(&self, sql: &str, owner: &str, kind: Kind) -> Result<Vec<T>, StoreError> {
        let (account, region) = self.key();
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![account, region, owner, kind.as_str()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
            let place = Place { account, region, owner: text(2)?, kind, id: text(3)? };
            found.push(decode(self.keys, place, row.get(0)?, text(1)?)?);
        }
        Ok(found)
    }

    pub(crate) fn function(&self, name: &str) -> Result<Option<Versioned<FunctionTree>>, StoreError> {
        let owner = Owner::Function(name.to_owned());
        let Some(revision) = self.revision(&owner)? else { return Ok(None) };
        let versions: Vec<FunctionVersion> = self.all(&owner, Kind::FunctionVersion)?;
        let tree = FunctionTree {
            function: self.required(&owner, Kind::Function, name)?,
            versions: versions.into_iter().filter_map(|it| Some((it.version.parse().ok()?, it))).collect(),
            aliases: by(self.all(&owner, Kind::Alias)?, |it: &Alias| it.name.clone()),
            policies: by(self.all(&owner, Kind::FunctionPolicy)?, |it: &FunctionPolicy| it.qualifier.clone()),
        };
        Ok(Some(Versioned { value: tree, revision }))
    }

    pub(crate) fn snapshot(
        &self,
        owner: &Owner,
        deployment: &str,
    ) -> Result<Option<EncodedSnapshot>, StoreError> {
        let sql = "SELECT version, body FROM snapshot
                   WHERE account = ?1 AND region = ?2 AND owner = ?3 AND id = ?4";
        let (account, region) = self.key();
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_row(params![account, region, owner.to_string(), deployment], |row| {
            Ok(EncodedSnapshot { version: row.get(0)?, bytes: row.get(1)? })
        });
        Ok(found.optional()?)
    }

    pub(crate) fn key(&self) -> (&str, &str) {
        (self.scope.account.as_str(), self.scope.region.as_str())
    }
}
