//! Functions of the store as pool definitions and directory entries.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use stagedoor_auth::policy::{Permission, Policy};
use stagedoor_base::{FunctionArn, Scope};
use stagedoor_engine::{AccountConcurrency, Directory, FunctionConcurrency, FunctionEntry};
use stagedoor_lambda::{Code, Credentials, FunctionSpec, Pool, Runtime, ZipArchive};
use stagedoor_model::{FunctionCode, FunctionConfiguration, FunctionPolicy, FunctionTree};
use stagedoor_store::{Revision, Store, StoreError};

/// Keeps pool and directory equal to the store.
#[derive(Debug)]
pub(super) struct Functions {
    store: Arc<Store>,
    directory: Arc<Directory>,
    pool: Arc<Pool>,
    known: HashMap<(Scope, String), Known>,
    /// Calls at once of one account in one region.
    concurrency: u32,
    accounts: HashMap<Scope, Arc<AccountConcurrency>>,
    counted: HashMap<(Scope, String), Arc<FunctionConcurrency>>,
}

/// What is defined of one function.
#[derive(Debug, Default)]
struct Known {
    names: BTreeMap<FunctionArn, FunctionEntry>,
    versions: BTreeMap<FunctionArn, Definition>,
    reserved: Option<u32>,
}

/// What of a version makes it another program to run.
type Definition = (FunctionConfiguration, FunctionCode);

impl Functions {
    pub(super) fn new(
        store: Arc<Store>,
        directory: Arc<Directory>,
        pool: Arc<Pool>,
        concurrency: u32,
    ) -> Self {
        let (known, accounts, counted) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { store, directory, pool, known, concurrency, accounts, counted }
    }

    /// Defines all functions of the store.
    pub(super) fn load(&mut self) -> Result<Revision, StoreError> {
        let mut found = Vec::new();
        let revision = self.store.for_each_function(|scope, tree| found.push((scope, tree)))?;
        let gone: Vec<_> = self.known.keys().cloned().collect();
        for (scope, name) in gone {
            if !found.iter().any(|(owner, tree)| *owner == scope && tree.function.name == name) {
                self.apply((scope, name), Known::default());
            }
        }
        for (scope, tree) in found {
            self.set((scope, tree.function.name.clone()), &tree);
        }
        Ok(revision)
    }

    /// Reads one function again.
    pub(super) fn refresh(&mut self, scope: &Scope, name: &str) -> Result<(), StoreError> {
        let tree = self.store.function(scope, name)?;
        let key = (scope.clone(), name.to_owned());
        match tree {
            Some(tree) => self.set(key, &tree.value),
            None => self.apply(key, Known::default()),
        }
        Ok(())
    }

    fn set(&mut self, key: (Scope, String), tree: &FunctionTree) {
        let account = self.account(&key.0);
        let reserved = tree.function.reserved_concurrency;
        let counted = self.counted.entry(key.clone());
        let concurrency = counted.or_insert_with(|| Arc::new(FunctionConcurrency::new(account, reserved)));
        concurrency.set_reserved(reserved);
        let known = describe(&key.0, tree, concurrency);
        self.apply(key, known);
    }

    fn account(&mut self, scope: &Scope) -> Arc<AccountConcurrency> {
        let limit = self.concurrency;
        let account = self.accounts.entry(scope.clone());
        Arc::clone(account.or_insert_with(|| Arc::new(AccountConcurrency::new(limit))))
    }

    /// Functions without a reservation share what the others leave.
    fn share_out(&mut self, scope: &Scope) {
        let of_scope = self.known.iter().filter(|((owner, _), _)| owner == scope);
        let reserved = of_scope.filter_map(|(_, known)| known.reserved).fold(0, u32::saturating_add);
        let left = self.concurrency.saturating_sub(reserved);
        self.account(scope).set_limit(left);
    }

    /// Touches only what differs: a definition that is replaced loses its warm processes.
    fn apply(&mut self, key: (Scope, String), now: Known) {
        let before = self.known.remove(&key).unwrap_or_default();
        for (arn, version) in &now.versions {
            if before.versions.get(arn) != Some(version) {
                self.pool.define(Arc::new(self.spec(arn, version)));
            }
        }
        for (arn, entry) in &now.names {
            if before.names.get(arn) != Some(entry) {
                self.directory.set_function(arn, entry.clone());
            }
        }
        before
            .names
            .keys()
            .filter(|arn| !now.names.contains_key(*arn))
            .for_each(|arn| self.directory.remove_function(arn));
        before
            .versions
            .keys()
            .filter(|arn| !now.versions.contains_key(*arn))
            .for_each(|arn| self.pool.remove(arn));
        let (scope, reserves_otherwise) = (key.0.clone(), before.reserved != now.reserved);
        if now.names.is_empty() {
            self.counted.remove(&key);
        } else {
            self.known.insert(key, now);
        }
        if reserves_otherwise {
            self.share_out(&scope);
        }
    }

    fn spec(&self, arn: &FunctionArn, (configuration, code): &Definition) -> FunctionSpec {
        FunctionSpec {
            arn: arn.clone(),
            runtime: runtime(&configuration.runtime),
            handler: configuration.handler.clone(),
            timeout_seconds: configuration.timeout_seconds,
            memory_mb: configuration.memory_mb,
            environment: configuration.environment.iter().map(|(k, v)| (k.clone(), v.clone())).collect(),
            code: self.code(code),
            layers: configuration.layers.iter().map(|layer| self.code(&layer.code)).collect(),
            credentials: credentials(&arn.scope),
        }
    }

    fn code(&self, code: &FunctionCode) -> Code {
        match code {
            // What runs elsewhere is never defined in the pool.
            FunctionCode::Directory { path } | FunctionCode::Remote { endpoint: path } => local(path),
            FunctionCode::Zip { sha256_base64, .. } => {
                let (store, sha256) = (Arc::clone(&self.store), sha256_base64.clone());
                let load = move || match store.blob(&sha256) {
                    Ok(Some(bytes)) => Ok(Bytes::from(bytes)),
                    Ok(None) => Err(format!("the store holds no code {sha256}")),
                    Err(error) => Err(error.to_string()),
                };
                Code::Zip(ZipArchive { sha256: sha256_base64.clone(), load: Arc::new(load) })
            }
        }
    }
}

/// A directory, or the zip file that a layer may be.
fn local(path: &str) -> Code {
    let path = PathBuf::from(path);
    match std::fs::read(&path) {
        Ok(bytes) => Code::Zip(ZipArchive::from_bytes(digest(&bytes), Bytes::from(bytes))),
        Err(_) => Code::Directory(path),
    }
}

fn digest(bytes: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The gateway's own control plane accepts what functions sign with these.
fn credentials(scope: &Scope) -> Credentials {
    Credentials {
        access_key_id: scope.account.to_string(),
        secret_access_key: "test".to_owned(),
        session_token: None,
    }
}

fn runtime(runtime: &stagedoor_model::Runtime) -> Runtime {
    match *runtime {
        stagedoor_model::Runtime::Python { minor } => Runtime::Python { minor },
        stagedoor_model::Runtime::Node { major } => Runtime::Node { major },
        stagedoor_model::Runtime::Provided { .. } => Runtime::Provided,
    }
}

fn describe(scope: &Scope, tree: &FunctionTree, concurrency: &Arc<FunctionConcurrency>) -> Known {
    let name = &tree.function.name;
    let arn = |qualifier: Option<&str>| FunctionArn {
        scope: scope.clone(),
        name: name.clone(),
        qualifier: qualifier.map(str::to_owned),
    };
    let mut known = Known { reserved: tree.function.reserved_concurrency, ..Known::default() };
    for version in std::iter::once(&tree.function.latest).chain(tree.versions.values()) {
        if matches!(version.code, FunctionCode::Remote { .. }) {
            continue;
        }
        let definition = (version.configuration.clone(), version.code.clone());
        known.versions.insert(arn(Some(&version.version)), definition);
    }
    let numbers = tree.versions.values().map(|version| version.version.as_str());
    let aliases = tree.aliases.keys().map(String::as_str);
    let qualifiers = [None, Some("$LATEST")].into_iter().chain(numbers.chain(aliases).map(Some));
    for qualifier in qualifiers {
        let Some(version) = tree.resolve(qualifier) else { continue };
        let named = arn(qualifier);
        let policy = tree.policies.get(&qualifier.map(str::to_owned));
        let policy = policy.map(compile_policy).unwrap_or_default();
        let alias = qualifier.and_then(|qualifier| tree.aliases.get(qualifier));
        let additional = alias.and_then(|alias| alias.additional.as_ref());
        let entry = FunctionEntry {
            version: arn(Some(&version.version)),
            additional: additional.map(|other| (arn(Some(&other.version)), other.weight)),
            concurrency: Arc::clone(concurrency),
            endpoint: match &version.code {
                FunctionCode::Remote { endpoint } => Some(Arc::from(endpoint.as_str())),
                FunctionCode::Zip { .. } | FunctionCode::Directory { .. } => None,
            },
            policy,
        };
        known.names.insert(named, entry);
    }
    known
}

/// The policy that `GetPolicy` prints, as it is evaluated.
fn compile_policy(policy: &FunctionPolicy) -> Policy {
    Policy::of_permissions(policy.statements.iter().map(|statement| Permission {
        sid: &statement.sid,
        principal: &statement.principal,
        action: &statement.action,
        source_arn: statement.source_arn.as_deref(),
        source_account: statement.source_account.as_deref(),
    }))
}
