//! `stagedoor.yaml`: from the written text to a resolved configuration.
//!
//! In: a file, and what the command line overrides. Out: a [`Config`] in which every path is absolute and every value is
//! checked, or all [`Problems`] at once. It must not know how anything is served.

mod aws;
mod cache;
mod cognito;
mod control;
mod debug;
mod front;
mod identities;
mod lambda;
mod metering;
mod problem;
mod remote;
mod secret;
mod stage;
mod streaming;
mod throttle;
mod tree;
mod upstream;
mod written;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use stagedoor_base::{AccountId, Region, Scope};
use stagedoor_control::{DeclaredIdentities, DeclaredPlan, DeclaredSetting};
use stagedoor_lambda::Sandbox;
use stagedoor_model::{ApiKey, CacheClusterSize, Runtime};

pub(crate) use cache::CacheConfig;
pub(crate) use cognito::CognitoConfig;
pub(crate) use control::ControlConfig;
pub(crate) use front::FrontConfig;
pub(crate) use lambda::LambdaConfig;
pub(crate) use problem::{Problem, Problems, diagnostic, said};
pub(crate) use streaming::StreamingConfig;
pub(crate) use throttle::ThrottleConfig;
use tree::{Entry, Node, Place};
pub(crate) use upstream::UpstreamConfig;
use written::Reader;

use crate::aws::AwsConfig;

/// The file that a directory is searched for.
const FILE_NAME: &str = "stagedoor.yaml";

/// What a configuration file says; the command line and defaults fill what it leaves out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Config {
    pub(crate) account: AccountId,
    pub(crate) region: Region,
    pub(crate) listen: Option<SocketAddr>,
    /// Where `serve` answers health and metrics.
    pub(crate) status: Option<SocketAddr>,
    pub(crate) control: ControlConfig,
    pub(crate) data_dir: Option<PathBuf>,
    pub(crate) access_log: AccessLog,
    pub(crate) upstream: UpstreamConfig,
    pub(crate) aws: AwsConfig,
    /// User pools that are not at AWS.
    pub(crate) cognito: CognitoConfig,
    pub(crate) streaming: StreamingConfig,
    pub(crate) throttle: ThrottleConfig,
    /// Where cached replies are kept.
    pub(crate) cache: CacheConfig,
    pub(crate) front: FrontConfig,
    /// What `X-Forwarded-Proto` and `-Port` say when a front terminates TLS.
    pub(crate) advertise_https: bool,
    pub(crate) apis: Vec<ApiConfig>,
    pub(crate) functions: Vec<FunctionConfig>,
    /// Who may call, by account.
    pub(crate) identities: Vec<DeclaredIdentities>,
    pub(crate) api_keys: Vec<ApiKey>,
    pub(crate) usage_plans: Vec<DeclaredPlan>,
    /// How many API keys an account has in a region at most; none: AWS's number.
    pub(crate) most_api_keys: Option<usize>,
    /// The keys of stored secrets; none: the environment's, or a file in the data directory.
    pub(crate) secret_key_file: Option<PathBuf>,
    pub(crate) lambda: LambdaConfig,
    /// Runtime → program.
    pub(crate) interpreters: Vec<(String, PathBuf)>,
    /// How strictly functions are confined; none: as the command decides.
    pub(crate) sandbox: Option<Sandbox>,
}

/// Where access log lines go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct AccessLog {
    pub(crate) target: AccessLogTarget,
    /// `$context` format; none: the stage's own, or a common one.
    pub(crate) format: Option<String>,
}

/// The sink of access log lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum AccessLogTarget {
    #[default]
    Off,
    Stdout,
    File(PathBuf),
}

/// An API that the file declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiConfig {
    pub(crate) id: String,
    pub(crate) openapi: PathBuf,
    pub(crate) stage: String,
    pub(crate) variables: Vec<(String, String)>,
    /// None: replies are not cached.
    pub(crate) cache_cluster_size: Option<CacheClusterSize>,
    pub(crate) method_settings: Vec<DeclaredSetting>,
}

/// A function that the file declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FunctionConfig {
    pub(crate) name: String,
    pub(crate) runtime: Runtime,
    pub(crate) handler: String,
    pub(crate) code: PathBuf,
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) timeout_seconds: u32,
    pub(crate) memory_mb: u32,
    /// Where its one process listens for a debugger.
    pub(crate) debug: Option<u16>,
    /// Folders and zips that are merged into `/opt`.
    pub(crate) layers: Vec<PathBuf>,
    /// How strictly it is confined; none: as the whole file says.
    pub(crate) sandbox: Option<Sandbox>,
    /// The calls that may run at once; none: what the account has left.
    pub(crate) concurrency: Option<u32>,
    /// The Lambda API that runs it; none: this machine.
    pub(crate) endpoint: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            account: AccountId::from("000000000000"),
            region: Region::from("us-east-1"),
            listen: None,
            status: None,
            control: ControlConfig::default(),
            data_dir: None,
            access_log: AccessLog::default(),
            upstream: UpstreamConfig::default(),
            aws: AwsConfig::default(),
            cognito: CognitoConfig::default(),
            streaming: StreamingConfig::default(),
            throttle: ThrottleConfig::default(),
            cache: CacheConfig::default(),
            front: FrontConfig::default(),
            advertise_https: false,
            apis: Vec::new(),
            functions: Vec::new(),
            identities: Vec::new(),
            api_keys: Vec::new(),
            usage_plans: Vec::new(),
            most_api_keys: None,
            secret_key_file: None,
            lambda: LambdaConfig::default(),
            interpreters: Vec::new(),
            sandbox: None,
        }
    }
}

impl FunctionConfig {
    /// The folders, and zips of layers, that its processes read their code from.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        let code = self.endpoint.is_none().then_some(&self.code);
        code.into_iter().chain(&self.layers).cloned().collect()
    }
}

impl Config {
    /// Where that which the configuration declares belongs.
    pub(crate) fn scope(&self) -> Scope {
        Scope { account: self.account.clone(), region: self.region.clone() }
    }

    /// Takes the settings from `running` that only a start can change; returns the keys that differed.
    pub(crate) fn keep_start_settings(&mut self, running: &Self) -> Vec<&'static str> {
        let mut kept = Vec::new();
        keep("account", &mut self.account, &running.account, &mut kept);
        keep("region", &mut self.region, &running.region, &mut kept);
        keep("listen", &mut self.listen, &running.listen, &mut kept);
        keep("status", &mut self.status, &running.status, &mut kept);
        keep("control", &mut self.control, &running.control, &mut kept);
        keep("data_dir", &mut self.data_dir, &running.data_dir, &mut kept);
        let key_file = &running.secret_key_file;
        keep("secret_key_file", &mut self.secret_key_file, key_file, &mut kept);
        keep("access_log", &mut self.access_log, &running.access_log, &mut kept);
        keep("upstream", &mut self.upstream, &running.upstream, &mut kept);
        keep("cache", &mut self.cache, &running.cache, &mut kept);
        keep("account_throttle", &mut self.throttle, &running.throttle, &mut kept);
        keep("streaming", &mut self.streaming, &running.streaming, &mut kept);
        keep("endpoints", &mut self.aws.endpoints, &running.aws.endpoints, &mut kept);
        keep("credentials", &mut self.aws.credentials, &running.aws.credentials, &mut kept);
        keep("cognito", &mut self.cognito, &running.cognito, &mut kept);
        keep("lambda", &mut self.lambda, &running.lambda, &mut kept);
        keep("tls", &mut self.front.tls, &running.front.tls, &mut kept);
        let (front, running_front) = (&mut self.front, &running.front);
        keep("proxy_protocol", &mut front.proxy_protocol, &running_front.proxy_protocol, &mut kept);
        keep("trusted_proxies", &mut front.trusted_proxies, &running_front.trusted_proxies, &mut kept);
        keep("limits", &mut front.limits, &running_front.limits, &mut kept);
        keep("limits.api_keys", &mut self.most_api_keys, &running.most_api_keys, &mut kept);
        keep("advertise", &mut self.advertise_https, &running.advertise_https, &mut kept);
        keep("interpreters", &mut self.interpreters, &running.interpreters, &mut kept);
        keep("sandbox", &mut self.sandbox, &running.sandbox, &mut kept);
        for function in &mut self.functions {
            if let Some(before) = running.functions.iter().find(|before| before.name == function.name) {
                keep("functions.NAME.sandbox", &mut function.sandbox, &before.sandbox, &mut kept);
            }
        }
        kept
    }

    /// Reads the file at `path`, or `stagedoor.yaml` in that directory.
    ///
    /// # Errors
    /// All [`Problems`] of the file.
    pub(crate) fn load(path: &Path) -> Result<(PathBuf, Self), Problems> {
        let file = if path.is_dir() { path.join(FILE_NAME) } else { path.to_owned() };
        if path.is_dir() && !file.exists() {
            let message = format!("there is no {FILE_NAME} in this folder");
            return Err(Problems(vec![Problem { file: path.to_owned(), place: None, message }]));
        }
        let start = Place { line: 1, column: 1 };
        let single = |message: String| Problems(vec![Problem::new(&file, start, message)]);
        let text = std::fs::read(&file).map_err(|error| Problems::unreadable(&file, &error))?;
        let text = String::from_utf8(text).map_err(|_| single("this file is not UTF-8 text".to_owned()))?;
        let file = std::path::absolute(&file).map_err(|error| single(error.to_string()))?;
        let config = Self::parse(&file, &text)?;
        Ok((file, config))
    }

    /// Reads the text of a file; relative paths in it are relative to that file.
    ///
    /// # Errors
    /// All [`Problems`] of the text.
    pub(crate) fn parse(file: &Path, text: &str) -> Result<Self, Problems> {
        let mut reader = Reader { file, problems: Vec::new() };
        let root = tree::parse(text)
            .map_err(|malformed| Problems(vec![Problem::new(file, malformed.place, malformed.message)]))?;
        let config = read(&mut reader, &root);
        if reader.problems.is_empty() { Ok(config) } else { Err(Problems(reader.problems)) }
    }
}

fn keep<T: Clone + PartialEq>(key: &'static str, value: &mut T, running: &T, kept: &mut Vec<&'static str>) {
    if value != running {
        value.clone_from(running);
        kept.push(key);
    }
}

const KEYS: [&str; 28] = [
    "account",
    "region",
    "listen",
    "status",
    "control",
    "data_dir",
    "access_log",
    "upstream",
    "endpoints",
    "credentials",
    "cognito",
    "streaming",
    "account_throttle",
    "cache",
    "tls",
    "proxy_protocol",
    "trusted_proxies",
    "limits",
    "advertise",
    "apis",
    "functions",
    "identities",
    "api_keys",
    "usage_plans",
    "secret_key_file",
    "lambda",
    "interpreters",
    "sandbox",
];

fn read(reader: &mut Reader<'_>, root: &Node) -> Config {
    let mut config = Config::default();
    let mut declared = None;
    for Entry { key, value, .. } in reader.keys(root, &KEYS) {
        match key.as_str() {
            "account" => config.account = account(reader, value).unwrap_or(config.account),
            "region" => config.region = reader.text(value).map_or(config.region, Region::from),
            "listen" => config.listen = reader.parsed(value, "an address like 127.0.0.1:4566"),
            "status" => config.status = reader.parsed(value, "an address like 127.0.0.1:9901"),
            "control" => config.control = control::read(reader, value),
            "data_dir" => config.data_dir = path(reader, value),
            "access_log" => config.access_log = access_log(reader, value),
            "endpoints" => config.aws.endpoints = aws::endpoints(reader, value),
            "credentials" => config.aws.credentials = aws::credentials(reader, value),
            "cognito" => config.cognito = cognito::read(reader, value),
            "upstream" => config.upstream = upstream::read(reader, value),
            "streaming" => config.streaming = streaming::read(reader, value),
            "account_throttle" => config.throttle = throttle::read(reader, value),
            "cache" => config.cache = cache::read(reader, value),
            "tls" => config.front.tls = front::tls(reader, value),
            "proxy_protocol" => config.front.proxy_protocol = front::flag(reader, value),
            "trusted_proxies" => config.front.trusted_proxies = front::trusted(reader, value),
            "limits" => (config.front.limits, config.most_api_keys) = front::limits(reader, value),
            "advertise" => config.advertise_https = advertise(reader, value),
            "apis" => config.apis = apis(reader, value),
            "functions" => config.functions = functions(reader, value),
            "identities" => declared = Some(value),
            "api_keys" => config.api_keys = metering::keys(reader, value),
            "usage_plans" => config.usage_plans = metering::plans(reader, value),
            "secret_key_file" => config.secret_key_file = existing(reader, value),
            "lambda" => config.lambda = lambda::read(reader, value),
            "sandbox" => config.sandbox = sandbox(reader, value),
            _ => config.interpreters = interpreters(reader, value),
        }
    }
    // Those without an account of their own belong to the file's, wherever it stands.
    if let Some(node) = declared {
        config.identities = identities::read(reader, node, &config.account);
    }
    config
}

fn sandbox(reader: &mut Reader<'_>, node: &Node) -> Option<Sandbox> {
    reader.parsed(node, "a sandbox: none, kernel or bubblewrap")
}

/// Folders or zip files, as many as Lambda allows.
fn layers(reader: &mut Reader<'_>, node: &Node) -> Vec<PathBuf> {
    let items = reader.list(node);
    if items.len() > 5 {
        reader.complain(node.place, "a function has at most 5 layers");
    }
    items.iter().filter_map(|item| existing(reader, item)).collect()
}

fn account(reader: &mut Reader<'_>, node: &Node) -> Option<AccountId> {
    let text = reader.text(node)?;
    let account = AccountId::parse(text).ok();
    if account.is_none() {
        reader.complain(node.place, format!("`{text}` is not an account: 12 digits, in quotes"));
    }
    account
}

fn path(reader: &mut Reader<'_>, node: &Node) -> Option<PathBuf> {
    let text = reader.text(node)?;
    Some(reader.file.parent().unwrap_or(Path::new("")).join(text))
}

fn existing(reader: &mut Reader<'_>, node: &Node) -> Option<PathBuf> {
    let path = path(reader, node)?;
    if path.exists() {
        return Some(path);
    }
    reader.complain(node.place, format!("{} does not exist", path.display()));
    None
}

fn folder(reader: &mut Reader<'_>, node: &Node) -> Option<PathBuf> {
    let path = existing(reader, node)?;
    if path.is_dir() {
        return Some(path);
    }
    reader.complain(node.place, format!("{} is not a folder", path.display()));
    None
}

fn advertise(reader: &mut Reader<'_>, node: &Node) -> bool {
    match reader.text(node) {
        Some("https") => true,
        Some("http") | None => false,
        Some(other) => {
            reader.complain(node.place, format!("`{other}` is neither http nor https"));
            false
        }
    }
}

fn access_log(reader: &mut Reader<'_>, node: &Node) -> AccessLog {
    if let tree::Value::Scalar(_) = &node.value {
        return AccessLog { target: target(reader, node), format: None };
    }
    let mut log = AccessLog { target: AccessLogTarget::Stdout, format: None };
    for Entry { key, value, .. } in reader.keys(node, &["target", "format"]) {
        match key.as_str() {
            "target" => log.target = target(reader, value),
            _ => log.format = reader.text(value).map(str::to_owned),
        }
    }
    log
}

fn target(reader: &mut Reader<'_>, node: &Node) -> AccessLogTarget {
    match reader.text(node) {
        None | Some("off") => AccessLogTarget::Off,
        Some("stdout") => AccessLogTarget::Stdout,
        Some(_) => path(reader, node).map_or(AccessLogTarget::Off, AccessLogTarget::File),
    }
}

fn apis(reader: &mut Reader<'_>, node: &Node) -> Vec<ApiConfig> {
    let entries = reader.map(node);
    entries.iter().filter_map(|entry| api(reader, entry)).collect()
}

const API_KEYS: [&str; 5] = ["openapi", "stage", "variables", "cache_cluster_size", "method_settings"];

fn api(reader: &mut Reader<'_>, entry: &Entry) -> Option<ApiConfig> {
    let (mut openapi, mut stage, mut variables) = (None, "prod".to_owned(), Vec::new());
    let (mut cache_cluster_size, mut method_settings) = (None, Vec::new());
    for Entry { key, value, .. } in reader.keys(&entry.value, &API_KEYS) {
        match key.as_str() {
            "openapi" => openapi = Some(existing(reader, value)?),
            "stage" => stage = name(reader, value, is_stage_char).unwrap_or(stage),
            "cache_cluster_size" => cache_cluster_size = stage::cache_cluster_size(reader, value),
            "method_settings" => method_settings = stage::method_settings(reader, value),
            _ => {
                variables = named(
                    reader,
                    value,
                    "a stage variable (letters, digits and `_`)",
                    is_variable_name,
                    (is_variable_value, "AWS allows letters, digits and `-._~:/?#&=,`, at least one of them"),
                )
            }
        }
    }
    if !entry.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) || entry.key.is_empty() {
        reader.complain(
            entry.place,
            format!("`{}` is not an API id: lower-case letters and digits", entry.key),
        );
    }
    if openapi.is_none() {
        reader.complain(entry.place, format!("API `{}` needs `openapi: FILE`", entry.key));
    }
    Some(ApiConfig {
        id: entry.key.clone(),
        openapi: openapi?,
        stage,
        variables,
        cache_cluster_size,
        method_settings,
    })
}

/// A map of texts; `what` its keys are.
fn named(
    reader: &mut Reader<'_>,
    node: &Node,
    what: &str,
    is_name: fn(&str) -> bool,
    (is_value, rule): (fn(&str) -> bool, &str),
) -> Vec<(String, String)> {
    let found = reader.texts(node);
    let tree::Value::Map(entries) = &node.value else { return found };
    for Entry { key, place, value } in entries {
        if !is_name(key) {
            reader.complain(*place, format!("`{key}` is not the name of {what}"));
        }
        if let Some((_, text)) = found.iter().find(|(name, text)| name == key && !is_value(text)) {
            reader.complain(value.place, format!("`{text}` cannot be the value of `{key}`: {rule}"));
        }
    }
    found
}

fn is_variable_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_variable_value(value: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#&=,".contains(&byte);
    !value.is_empty() && value.bytes().all(is_allowed)
}

fn is_environment_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.len() > 1 && is_variable_name(name)
}

fn complain_of_reserved(reader: &mut Reader<'_>, node: &Node) {
    let tree::Value::Map(entries) = &node.value else { return };
    for Entry { key, place, .. } in entries {
        if stagedoor_control::is_reserved_variable(key) {
            reader.complain(*place, format!("`{key}` is set by Lambda itself and cannot be set here"));
        }
    }
}

fn is_stage_char(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

fn name(reader: &mut Reader<'_>, node: &Node, allowed: fn(u8) -> bool) -> Option<String> {
    let text = reader.text(node)?;
    if text.is_empty() || text.len() > 128 || !text.bytes().all(allowed) {
        reader.complain(node.place, format!("`{text}` is not a name: letters, digits, `-` and `_`"));
        return None;
    }
    Some(text.to_owned())
}

fn functions(reader: &mut Reader<'_>, node: &Node) -> Vec<FunctionConfig> {
    let entries = reader.map(node);
    let functions: Vec<FunctionConfig> = entries.iter().filter_map(|entry| function(reader, entry)).collect();
    debug::complain_of_shared_ports(reader, entries, &functions);
    functions
}

fn function(reader: &mut Reader<'_>, entry: &Entry) -> Option<FunctionConfig> {
    let is_name = entry.key.bytes().all(is_stage_char) && (1..=64).contains(&entry.key.len());
    if !is_name {
        reader.complain(
            entry.place,
            format!("`{}` is not a function's name: up to 64 letters, digits, `-` and `_`", entry.key),
        );
    }
    if remote::is_remote(entry) {
        return remote::read(reader, entry);
    }
    let known = [
        "runtime",
        "handler",
        "code",
        "environment",
        "timeout",
        "memory",
        "debug",
        "layers",
        "sandbox",
        "concurrency",
    ];
    let (mut runtime, mut handler, mut code) = (None, None, None);
    let (mut environment, mut timeout_seconds, mut memory_mb) = (Vec::new(), 3, 128);
    let (mut debug, mut layers, mut confined, mut concurrency) = (None, Vec::new(), None, None);
    for Entry { key, value, .. } in reader.keys(&entry.value, &known) {
        match key.as_str() {
            "runtime" => runtime = Some(runtime_of(reader, value)?),
            "handler" => handler = reader.text(value).map(str::to_owned),
            "code" => code = Some(folder(reader, value)?),
            "environment" => {
                environment = named(
                    reader,
                    value,
                    "an environment variable (two or more letters, digits and `_`)",
                    is_environment_name,
                    (|_| true, "any text is allowed"),
                );
                complain_of_reserved(reader, value);
            }
            "timeout" => timeout_seconds = within(reader, value, 1, 900).unwrap_or(timeout_seconds),
            "layers" => layers = self::layers(reader, value),
            "sandbox" => confined = sandbox(reader, value),
            "concurrency" => concurrency = remote::reserved(reader, value),
            "debug" => debug = debug::port(reader, value),
            _ => memory_mb = within(reader, value, 128, 10_240).unwrap_or(memory_mb),
        }
    }
    for (key, missing) in [("runtime", runtime.is_none()), ("code", code.is_none())] {
        if missing {
            reader.complain(entry.place, format!("function `{}` needs `{key}:`", entry.key));
        }
    }
    let provided = matches!(runtime, Some(Runtime::Provided { .. }));
    if handler.is_none() && !provided {
        reader.complain(entry.place, format!("function `{}` needs `handler:`", entry.key));
    }
    let (name, handler) = (entry.key.clone(), handler.unwrap_or_else(|| "bootstrap".to_owned()));
    let (runtime, code) = (runtime?, code?);
    Some(FunctionConfig {
        name,
        runtime,
        handler,
        code,
        environment,
        timeout_seconds,
        memory_mb,
        debug,
        layers,
        sandbox: confined,
        concurrency,
        endpoint: None,
    })
}

fn runtime_of(reader: &mut Reader<'_>, node: &Node) -> Option<Runtime> {
    let text = reader.text(node)?;
    let runtime = Runtime::parse(text);
    if runtime.is_none() {
        let known = "python3.x, nodejsNN.x or provided.al2023";
        reader.complain(node.place, format!("`{text}` is not a runtime that runs here: {known}"));
    }
    runtime
}

fn within(reader: &mut Reader<'_>, node: &Node, low: u32, high: u32) -> Option<u32> {
    let number: u32 = reader.parsed(node, "a number")?;
    if (low..=high).contains(&number) {
        return Some(number);
    }
    reader.complain(node.place, format!("{number} is not between {low} and {high}"));
    None
}

fn interpreters(reader: &mut Reader<'_>, node: &Node) -> Vec<(String, PathBuf)> {
    let entries = reader.map(node);
    entries.iter().filter_map(|entry| Some((entry.key.clone(), existing(reader, &entry.value)?))).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{AccessLogTarget, Config};

    fn problems(text: &str) -> String {
        Config::parse(Path::new("/nowhere/stagedoor.yaml"), text).unwrap_err().to_string()
    }

    #[test]
    fn mistakes_name_their_place_and_the_remedy() {
        let table = [
            ("apis:\n  pets:\n    opnapi: x", "3:5: unknown key `opnapi`; did you mean `openapi`?"),
            ("apis:\n  Pets!: {}", "2:3: `Pets!` is not an API id: lower-case letters and digits"),
            ("apis:\n  pets:\n    openapi: no.yaml", "3:14: /nowhere/no.yaml does not exist"),
            ("account: 12", "1:10: `12` is not an account: 12 digits, in quotes"),
            ("listen: 4566", "1:9: `4566` is not an address like 127.0.0.1:4566"),
            ("functions:\n  f: {memory: 1, runtime: provided.al2023, code: .}", "2:15: 1 is not between"),
            ("functions:\n  f: {runtime: python3.12}", "2:3: function `f` needs `code:`"),
            ("upstream: {allow: [x/y]}", "1:20: `x/y` is not an address or a range like 10.0.0.0/8"),
            ("functions:\n  f: {runtime: java21}", "2:16: `java21` is not a runtime that runs here"),
            ("functions:\n  a b: {runtime: provided.al2023, code: .}", "2:3: `a b` is not a function's name"),
            ("functions:\n  f: {code: /etc/passwd}", "2:13: /etc/passwd is not a folder"),
            ("functions:\n  f: {environment: {1A: x}}", "2:21: `1A` is not the name of an environment"),
            ("functions:\n  f: {environment: {AWS_REGION: x}}", "2:21: `AWS_REGION` is set by Lambda itself"),
            ("apis:\n  a: {variables: {b-c: d}}", "2:19: `b-c` is not the name of a stage variable"),
            (
                "apis:\n  a: {variables: {b: c d}}",
                "2:22: `c d` cannot be the value of `b`: AWS allows letters, digits and `-._~:/?#&=,`",
            ),
            ("sandbox: docker", "1:10: `docker` is not a sandbox: none, kernel or bubblewrap"),
            ("functions:\n  f: {sandbox: strict}", "2:16: `strict` is not a sandbox: none, kernel"),
            ("functions:\n  f: {layers: [lost]}", "2:16: /nowhere/lost does not exist"),
            ("colour: red", "1:1: unknown key `colour`; known here: account"),
            ("apis: [", "2:1: "),
        ];
        for (text, expected) in table {
            let found = problems(text);
            assert!(found.contains(&format!("/nowhere/stagedoor.yaml:{expected}")), "{text}\n{found}");
        }
    }

    #[test]
    fn a_whole_file_is_resolved() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("api.yaml"), "").unwrap();
        let text = "region: eu-west-1\naccess_log: logs/access.log\napis:\n  pets:\n    openapi: api.yaml\n    \
                    stage: v1\n    variables: {size: 5}\nfunctions:\n  f:\n    runtime: python3.12\n    \
                    handler: a.b\n    code: .\n    timeout: 7\n";
        let config = Config::parse(&folder.path().join("stagedoor.yaml"), text).unwrap();
        assert_eq!(config.region.as_str(), "eu-west-1");
        assert_eq!(config.access_log.target, AccessLogTarget::File(folder.path().join("logs/access.log")));
        assert_eq!(config.apis[0].openapi, folder.path().join("api.yaml"));
        assert_eq!(config.apis[0].variables, [("size".to_owned(), "5".to_owned())]);
        assert_eq!((config.functions[0].timeout_seconds, config.functions[0].memory_mb), (7, 128));
    }
}
