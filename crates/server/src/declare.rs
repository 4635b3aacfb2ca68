//! Writing what `stagedoor.yaml` declares through the control plane.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use stagedoor_base::{ApiId, Scope, StageName};
use stagedoor_control::{Control, Declaration, Declared, DeclaredApi, DeclaredFunction};
use stagedoor_model::HttpMethod;
use stagedoor_store::Store;

use crate::config::{ApiConfig, Config, FunctionConfig, said};
use crate::findings;
use crate::terminal::print;

/// The OpenAPI documents that a configuration names, as read.
pub(crate) type Documents = BTreeMap<PathBuf, Vec<u8>>;

/// What a configuration brought into being, for the start message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Served {
    pub(crate) apis: Vec<ServedApi>,
    pub(crate) functions: Vec<String>,
    /// Methods whose function does not exist, as sentences.
    pub(crate) missing: Vec<String>,
    /// Names of the functions that were created or changed.
    pub(crate) changed_functions: Vec<String>,
    /// Whether API keys or usage plans are others than before.
    pub(crate) changed_metering: bool,
}

impl Served {
    /// Calls of these methods will fail until somebody creates the functions.
    pub(crate) fn warn_of_missing_functions(&self) {
        self.missing.iter().for_each(|sentence| tracing::warn!("{sentence}"));
    }
}

/// One API and its methods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServedApi {
    pub(crate) id: String,
    pub(crate) stage: String,
    pub(crate) methods: Vec<(HttpMethod, String)>,
    /// Whether it was created, deployed or otherwise changed.
    pub(crate) changed: bool,
}

/// Reads the documents that a configuration names.
pub(crate) fn read_documents(config: &Config) -> Result<Documents> {
    config.apis.iter().map(|api| Ok((api.openapi.clone(), read(&api.openapi)?))).collect()
}

/// Writes a configuration's APIs and functions, and waits until they are served.
pub(crate) async fn declare(
    control: &Control,
    store: &Store,
    config: &Config,
    file: &Path,
    documents: &Documents,
) -> Result<Served> {
    let scope = config.scope();
    let declared = control.declare(scope.clone(), declaration(config, file, documents)).await?;
    let findings: Vec<_> = declared.apis.iter().flat_map(|api| &api.warnings).collect();
    findings::summed_up(&findings).iter().for_each(|finding| tracing::warn!("{finding}"));
    let missing = findings::missing_functions(store, &scope, config)?;
    let pairs = config.apis.iter().zip(&declared.apis);
    let apis =
        pairs.map(|(api, applied)| served(store, &scope, api, applied.changed)).collect::<Result<_>>()?;
    let functions = config.functions.iter().map(describe).collect();
    let Declared { changed_functions, changed_metering, .. } = declared;
    Ok(Served { apis, functions, missing, changed_functions, changed_metering })
}

/// Checks a configuration and the documents it names, or one OpenAPI document.
pub(crate) fn validate(path: &Path) -> Result<()> {
    if path.is_file() && is_document(&read(path)?) {
        findings::warn(&crate::apis::read_document(path, true)?.preview.warnings);
        return Ok(print(format!("{}: ok\n", path.display()))?);
    }
    let (file, config) = Config::load(path)?;
    check_documents(&config.apis.iter().map(|api| api.openapi.as_path()).collect::<Vec<_>>())?;
    crate::rehearse::rehearse(&config, &file)?.warn_of_missing_functions();
    Ok(print(format!("{}: ok\n", file.display()))?)
}

/// Whether a text says of itself that it is an OpenAPI document: by a key that is not indented, or by a version, where a
/// configuration names a file. Texts that are broken elsewhere are told apart too.
fn is_document(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let says_so = |(at, word): (usize, &str)| {
        let begins_line = text[..at].is_empty() || text[..at].ends_with('\n');
        let rest = text[at + word.len()..].trim_start_matches(['"', '\'']).trim_start();
        let value = rest.strip_prefix(':').map(|value| value.trim_start().trim_start_matches(['"', '\'']));
        value.is_some_and(|value| begins_line || value.starts_with(|first: char| first.is_ascii_digit()))
    };
    ["openapi", "swagger"].iter().any(|word| text.match_indices(word).any(says_so))
}

fn check_documents(files: &[&Path]) -> Result<()> {
    let mut problems = Vec::new();
    for file in files {
        let name = file.display().to_string();
        if let Err(found) = stagedoor_openapi::parse(&read(file)?, &name) {
            problems.push(findings::report(&found));
        }
    }
    anyhow::ensure!(problems.is_empty(), "{}", problems.join("\n"));
    Ok(())
}

fn declaration(config: &Config, file: &Path, documents: &Documents) -> Declaration {
    Declaration {
        file_name: file.display().to_string(),
        apis: config.apis.iter().map(|it| api(it, documents)).collect(),
        functions: config.functions.iter().map(function).collect(),
        identities: config.identities.clone(),
        api_keys: config.api_keys.clone(),
        usage_plans: config.usage_plans.clone(),
    }
}

fn api(config: &ApiConfig, documents: &Documents) -> DeclaredApi {
    DeclaredApi {
        id: ApiId::from(config.id.as_str()),
        file_name: config.openapi.display().to_string(),
        document: documents.get(&config.openapi).cloned().unwrap_or_default(),
        stage: StageName::from(config.stage.as_str()),
        variables: config.variables.iter().cloned().collect(),
        cache_cluster_size: config.cache_cluster_size,
        method_settings: config.method_settings.clone(),
    }
}

fn function(config: &FunctionConfig) -> DeclaredFunction {
    DeclaredFunction {
        name: config.name.clone(),
        runtime: config.runtime.clone(),
        handler: config.handler.clone(),
        directory: config.code.clone(),
        environment: config.environment.iter().cloned().collect(),
        timeout_seconds: config.timeout_seconds,
        memory_mb: config.memory_mb,
        layers: config.layers.clone(),
        reserved_concurrency: config.concurrency,
        endpoint: config.endpoint.clone(),
    }
}

fn served(store: &Store, scope: &Scope, config: &ApiConfig, changed: bool) -> Result<ServedApi> {
    let tree = store.api(scope, &ApiId::from(config.id.as_str()))?;
    let resources = tree.into_iter().flat_map(|tree| tree.value.resources.into_values());
    let mut methods: Vec<(HttpMethod, String)> = resources
        .flat_map(|resource| {
            let path = resource.path;
            resource.methods.into_keys().map(move |verb| (verb, path.clone()))
        })
        .collect();
    methods.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    Ok(ServedApi { id: config.id.clone(), stage: config.stage.clone(), methods, changed })
}

fn describe(config: &FunctionConfig) -> String {
    match &config.endpoint {
        Some(endpoint) => format!("{} (at {endpoint})", config.name),
        None => format!("{} ({}, {})", config.name, config.runtime, config.code.display()),
    }
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(|error| anyhow!("{}: {}", file.display(), said(&error)))
}

#[cfg(test)]
mod tests {
    use super::is_document;

    #[test]
    fn documents_and_configurations_are_told_apart() {
        let check = |text: &str, expected: bool| assert_eq!(is_document(text.as_bytes()), expected, "{text}");
        check("openapi: 3.0.1\npaths: {}\n", true);
        check("info: {}\nswagger: '2.0'\n", true);
        check(r#"{"info":{"title":"t"},"openapi":"3.0.1","paths":{}}"#, true);
        check("{\n  \"info\" : 1,\n  \"swagger\" : \"2.0\"\n}", true);
        check("openapi: no version\n", true);
        check("openapi: 3.0.1\n\tpaths: [", true);
        check("apis:\n  a:\n    openapi: api.yaml\n", false);
        check(r#"{"apis": {"a": {"openapi": "api.yaml"}}}"#, false);
        check("", false);
    }
}
