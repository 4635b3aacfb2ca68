//! Functions of the store as pool definitions and directory entries.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use stagedoor_auth::policy::{Condition, Effect, Operator, Policy, PrincipalPattern, Statement};
use stagedoor_base::{FunctionArn, Scope};
use stagedoor_engine::{Directory, FunctionEntry};
use stagedoor_lambda::{Code, Credentials, FunctionSpec, Pool, Runtime, ZipArchive};
use stagedoor_model::{FunctionCode, FunctionConfiguration, FunctionPolicy, FunctionTree, PolicyStatement};
use stagedoor_store::{Revision, Store, StoreError};

/// Keeps pool and directory equal to the store.
#[derive(Debug)]
pub(super) struct Functions {
    store: Arc<Store>,
    directory: Arc<Directory>,
    pool: Arc<Pool>,
    known: HashMap<(Scope, String), Known>,
}

/// What is defined of one function.
#[derive(Debug, Default)]
struct Known {
    names: BTreeMap<FunctionArn, FunctionEntry>,
    versions: BTreeMap<FunctionArn, Definition>,
}

/// What of a version makes it another program to run.
type Definition = (FunctionConfiguration, FunctionCode);

impl Functions {
    pub(super) fn new(store: Arc<Store>, directory: Arc<Directory>, pool: Arc<Pool>) -> Self {
        Self { store, directory, pool, known: HashMap::new() }
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
            let known = describe(&scope, &tree);
            self.apply((scope, tree.function.name), known);
        }
        Ok(revision)
    }

    /// Reads one function again.
    pub(super) fn refresh(&mut self, scope: &Scope, name: &str) -> Result<(), StoreError> {
        let tree = self.store.function(scope, name)?;
        let now = tree.map_or_else(Known::default, |tree| describe(scope, &tree.value));
        self.apply((scope.clone(), name.to_owned()), now);
        Ok(())
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
        if !now.versions.is_empty() {
            self.known.insert(key, now);
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
            layers: Vec::new(),
            debug_port: None,
            credentials: credentials(&arn.scope),
        }
    }

    fn code(&self, code: &FunctionCode) -> Code {
        match code {
            FunctionCode::Directory { path } | FunctionCode::Remote { endpoint: path } => {
                Code::Directory(PathBuf::from(path))
            }
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

fn describe(scope: &Scope, tree: &FunctionTree) -> Known {
    let name = &tree.function.name;
    let arn = |qualifier: Option<&str>| FunctionArn {
        scope: scope.clone(),
        name: name.clone(),
        qualifier: qualifier.map(str::to_owned),
    };
    let mut known = Known::default();
    for version in std::iter::once(&tree.function.latest).chain(tree.versions.values()) {
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
        let policy = policy.map_or_else(Policy::default, |policy| compile_policy(policy, &named));
        known.names.insert(named, FunctionEntry { version: arn(Some(&version.version)), policy });
    }
    known
}

/// The policy that `GetPolicy` prints, as it is evaluated.
fn compile_policy(policy: &FunctionPolicy, resource: &FunctionArn) -> Policy {
    Policy::new(policy.statements.iter().map(|statement| compile_statement(statement, resource)).collect())
}

fn compile_statement(statement: &PolicyStatement, resource: &FunctionArn) -> Statement {
    let condition = |operator, key: &str, value: &Option<String>| {
        let values = vec![value.clone()?];
        Some(Condition { operator, key: key.to_owned(), values })
    };
    let source_arn = condition(Operator::ArnLike, "AWS:SourceArn", &statement.source_arn);
    let source_account = condition(Operator::StringEquals, "AWS:SourceAccount", &statement.source_account);
    Statement {
        effect: Effect::Allow,
        principals: vec![PrincipalPattern::parse(&statement.principal)],
        actions: vec![statement.action.clone()],
        resources: vec![resource.to_string()],
        conditions: source_arn.into_iter().chain(source_account).collect(),
    }
}
