//! A change of one unit: what to write and delete, and the revision it was decided on.

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use stagedoor_base::{AccountId, ApiId, DeploymentId, Scope, StageName};
use stagedoor_model::{
    AccountSettings, ApiTree, Deployment, DocumentationVersion, FrozenDocumentation, FunctionCode,
    FunctionTree, FunctionVersion, IamTree, LayerTree, SecretText, Snapshot, Stage,
};

use crate::codec::{EncodedSnapshot, encode};
use crate::{Kind, Owner, Revision, iam_scope};

/// What must hold of the unit when the change is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    Absent,
    Present,
    At(Revision),
}

#[derive(Debug)]
pub(crate) enum Write {
    Put {
        kind: Kind,
        id: String,
        body: String,
        /// The blob that this document owns.
        blob: Option<String>,
        /// Blobs that others own and that must stay while this document names them.
        uses: Vec<String>,
    },
    Delete {
        kind: Kind,
        id: String,
    },
    Snapshot {
        deployment: String,
        snapshot: EncodedSnapshot,
    },
    Blob {
        sha256: String,
        bytes: Vec<u8>,
    },
    /// What the API key of this id is found by, and what calls need of it.
    KeyRow {
        id: String,
        value: SecretText,
        enabled: bool,
        declared: bool,
    },
    /// The unit and everything below it.
    DeleteUnit {
        kind: Kind,
        id: String,
    },
}

/// Writes to one unit (an API, a function, the account) that become durable together or not at all.
#[derive(Debug)]
#[must_use = "a change does nothing until it is committed"]
pub struct Change {
    pub(crate) scope: Scope,
    pub(crate) owner: Owner,
    pub(crate) expected: Expected,
    pub(crate) writes: Vec<Write>,
}

impl Change {
    /// A new API. Refused as a conflict when one with this id exists.
    pub fn create_api(scope: &Scope, tree: &ApiTree) -> Self {
        let mut change = Self::new(scope, Owner::Api(tree.api.id.clone()), Expected::Absent);
        change.put(Kind::Api, tree.api.id.as_str(), &tree.api);
        change.difference(Kind::Resource, &BTreeMap::new(), &tree.resources);
        change.difference(Kind::Model, &BTreeMap::new(), &tree.models);
        change.difference(Kind::Validator, &BTreeMap::new(), &tree.validators);
        change.difference(Kind::GatewayResponse, &BTreeMap::new(), &tree.gateway_responses);
        change.difference(Kind::Authorizer, &BTreeMap::new(), &tree.authorizers);
        change.difference(Kind::DocumentationPart, &BTreeMap::new(), &tree.documentation_parts);
        change
    }

    /// Turns the API `before` into `after`, writing only the documents that differ. Both have the same id.
    pub fn between(scope: &Scope, before: &ApiTree, after: &ApiTree) -> Self {
        let mut change = Self::of_api(scope, &after.api.id);
        if before.api != after.api {
            change.put(Kind::Api, after.api.id.as_str(), &after.api);
        }
        change.difference(Kind::Resource, &before.resources, &after.resources);
        change.difference(Kind::Model, &before.models, &after.models);
        change.difference(Kind::Validator, &before.validators, &after.validators);
        change.difference(Kind::GatewayResponse, &before.gateway_responses, &after.gateway_responses);
        change.difference(Kind::Authorizer, &before.authorizers, &after.authorizers);
        change.difference(Kind::DocumentationPart, &before.documentation_parts, &after.documentation_parts);
        change
    }

    /// An empty change of an existing API, to add stages and deployments to.
    pub fn of_api(scope: &Scope, api: &ApiId) -> Self {
        Self::new(scope, Owner::Api(api.clone()), Expected::Present)
    }

    /// Deletes an API with everything below it, stages and deployments included.
    pub fn delete_api(scope: &Scope, api: &ApiId) -> Self {
        let mut change = Self::of_api(scope, api);
        change.writes.push(Write::DeleteUnit { kind: Kind::Api, id: api.to_string() });
        change
    }

    /// Creates or replaces a stage.
    pub fn put_stage(mut self, stage: &Stage) -> Self {
        self.put(Kind::Stage, stage.name.as_str(), stage);
        self
    }

    /// Deletes a stage.
    pub fn delete_stage(mut self, stage: &StageName) -> Self {
        self.delete(Kind::Stage, stage.as_str());
        self
    }

    /// Creates a deployment with what it froze.
    pub fn put_deployment(mut self, deployment: &Deployment, snapshot: &Snapshot) -> Self {
        let frozen = EncodedSnapshot::encode(snapshot);
        self.writes.push(Write::Snapshot { deployment: deployment.id.to_string(), snapshot: frozen });
        self.update_deployment(deployment)
    }

    /// Replaces a deployment's own fields; what it froze stays.
    pub fn update_deployment(mut self, deployment: &Deployment) -> Self {
        self.put(Kind::Deployment, deployment.id.as_str(), deployment);
        self
    }

    /// Deletes a deployment with what it froze.
    pub fn delete_deployment(mut self, deployment: &DeploymentId) -> Self {
        self.delete(Kind::Deployment, deployment.as_str());
        self
    }

    /// Creates a documentation version with what it froze.
    pub fn put_documentation(mut self, version: &DocumentationVersion, frozen: &FrozenDocumentation) -> Self {
        self.put(Kind::FrozenDocumentation, &version.version, frozen);
        self.update_documentation(version)
    }

    /// Replaces a documentation version's own fields; what it froze stays.
    pub fn update_documentation(mut self, version: &DocumentationVersion) -> Self {
        self.put(Kind::DocumentationVersion, &version.version, version);
        self
    }

    /// Deletes a documentation version with what it froze.
    pub fn delete_documentation(mut self, version: &str) -> Self {
        self.delete(Kind::DocumentationVersion, version);
        self.delete(Kind::FrozenDocumentation, version);
        self
    }

    /// Replaces the account's settings.
    pub fn put_account(scope: &Scope, account: &AccountSettings) -> Self {
        let mut change = Self::new(scope, Owner::Account, Expected::Present);
        change.put(Kind::Account, "", account);
        change
    }

    /// A new function. Refused as a conflict when one with this name exists.
    pub fn create_function(scope: &Scope, tree: &FunctionTree) -> Self {
        let owner = Owner::Function(tree.function.name.clone());
        let mut change = Self::new(scope, owner, Expected::Absent);
        change.put_function(tree);
        change.function_parts(&FunctionTree::new(tree.function.clone()), tree);
        change
    }

    /// Turns the function `before` into `after`, writing only the documents that differ. Both have the same name.
    pub fn between_functions(scope: &Scope, before: &FunctionTree, after: &FunctionTree) -> Self {
        let owner = Owner::Function(after.function.name.clone());
        let mut change = Self::new(scope, owner, Expected::Present);
        if before.function != after.function {
            change.put_function(after);
        }
        change.function_parts(before, after);
        change
    }

    /// Deletes a function with its versions, aliases and policies.
    pub fn delete_function(scope: &Scope, name: &str) -> Self {
        let mut change = Self::new(scope, Owner::Function(name.to_owned()), Expected::Present);
        change.writes.push(Write::DeleteUnit { kind: Kind::Function, id: name.to_owned() });
        change
    }

    /// Turns the layer `before` into `after`; none: there is no layer of this name yet.
    pub fn between_layers(scope: &Scope, before: Option<&LayerTree>, after: &LayerTree) -> Self {
        let expected = if before.is_some() { Expected::Present } else { Expected::Absent };
        let mut change = Self::new(scope, Owner::Layer(after.layer.name.clone()), expected);
        if before.is_none_or(|before| before.layer != after.layer) {
            change.put(Kind::Layer, &after.layer.name, &after.layer);
        }
        let known = |number| before.and_then(|before| before.versions.get(number));
        for (number, version) in &after.versions {
            if known(number) != Some(version) {
                let (id, body, blob) =
                    (number.to_string(), encode(version), Some(version.sha256_base64.clone()));
                change.writes.push(Write::Put { kind: Kind::LayerVersion, id, body, blob, uses: Vec::new() });
            }
        }
        let gone = before.into_iter().flat_map(|before| before.versions.keys());
        for number in gone.filter(|number| !after.versions.contains_key(number)) {
            change.delete(Kind::LayerVersion, &number.to_string());
        }
        change
    }

    /// Deletes a layer with its versions; functions that use them keep their code.
    pub fn delete_layer(scope: &Scope, name: &str) -> Self {
        let mut change = Self::new(scope, Owner::Layer(name.to_owned()), Expected::Present);
        change.writes.push(Write::DeleteUnit { kind: Kind::Layer, id: name.to_owned() });
        change
    }

    /// Turns the identities `before` of an account into `after`, writing only the documents that differ.
    pub fn between_iam(account: &AccountId, before: &IamTree, after: &IamTree) -> Self {
        let mut change = Self::new(&iam_scope(account), Owner::Iam, Expected::Present);
        change.difference(Kind::User, &before.users, &after.users);
        change.difference(Kind::AccessKey, &before.access_keys, &after.access_keys);
        change.difference(Kind::Group, &before.groups, &after.groups);
        change.difference(Kind::Role, &before.roles, &after.roles);
        change.difference(Kind::ManagedPolicy, &before.policies, &after.policies);
        change
    }

    /// Adds a function's zip under the base64 of its SHA-256. It is kept while a function or layer version names it.
    pub fn put_blob(mut self, bytes: Vec<u8>) -> Self {
        self.writes.push(Write::Blob { sha256: sha256_base64(&bytes), bytes });
        self
    }

    /// Refuses the change unless the unit is still at the revision it was read at.
    pub fn expecting(mut self, revision: Revision) -> Self {
        self.expected = Expected::At(revision);
        self
    }

    /// Whether committing would change nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }

    pub(crate) fn new(scope: &Scope, owner: Owner, expected: Expected) -> Self {
        Self { scope: scope.clone(), owner, expected, writes: Vec::new() }
    }

    pub(crate) fn put<T: Serialize>(&mut self, kind: Kind, id: &str, entity: &T) {
        self.writes.push(Write::Put {
            kind,
            id: id.to_owned(),
            body: encode(entity),
            blob: None,
            uses: Vec::new(),
        });
    }

    pub(crate) fn delete(&mut self, kind: Kind, id: &str) {
        self.writes.push(Write::Delete { kind, id: id.to_owned() });
    }

    fn put_function(&mut self, tree: &FunctionTree) {
        let (id, body) = (tree.function.name.clone(), encode(&tree.function));
        self.put_code(Kind::Function, id, body, &tree.function.latest);
    }

    fn put_code(&mut self, kind: Kind, id: String, body: String, version: &FunctionVersion) {
        let uses = version.configuration.layers.iter().filter_map(|layer| blob_of(&layer.code)).collect();
        self.writes.push(Write::Put { kind, id, body, blob: blob_of(&version.code), uses });
    }

    fn function_parts(&mut self, before: &FunctionTree, after: &FunctionTree) {
        for (number, version) in &after.versions {
            if before.versions.get(number) != Some(version) {
                self.put_code(Kind::FunctionVersion, number.to_string(), encode(version), version);
            }
        }
        for number in before.versions.keys().filter(|number| !after.versions.contains_key(number)) {
            self.delete(Kind::FunctionVersion, &number.to_string());
        }
        self.difference(Kind::Alias, &before.aliases, &after.aliases);
        for (qualifier, policy) in &after.policies {
            if before.policies.get(qualifier) != Some(policy) {
                self.put(Kind::FunctionPolicy, qualifier.as_deref().unwrap_or_default(), policy);
            }
        }
        for qualifier in before.policies.keys().filter(|qualifier| !after.policies.contains_key(*qualifier)) {
            self.delete(Kind::FunctionPolicy, qualifier.as_deref().unwrap_or_default());
        }
    }

    fn difference<K, V>(&mut self, kind: Kind, before: &BTreeMap<K, V>, after: &BTreeMap<K, V>)
    where
        K: Ord + ToString,
        V: PartialEq + Serialize,
    {
        for (id, entity) in after {
            if before.get(id) != Some(entity) {
                self.put(kind, &id.to_string(), entity);
            }
        }
        for id in before.keys().filter(|id| !after.contains_key(id)) {
            self.delete(kind, &id.to_string());
        }
    }
}

fn blob_of(code: &FunctionCode) -> Option<String> {
    match code {
        FunctionCode::Zip { sha256_base64, .. } => Some(sha256_base64.clone()),
        FunctionCode::Directory { .. } | FunctionCode::Remote { .. } => None,
    }
}

fn sha256_base64(bytes: &[u8]) -> String {
    STANDARD.encode(digest(&SHA256, bytes))
}
