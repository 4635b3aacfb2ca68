//! A pool with a temporary home, and functions written by the tests.

#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use stagedoor_base::{AccountId, FunctionArn, Region, Scope};
use stagedoor_lambda::{
    Code, Credentials, FunctionSpec, GuardProgram, Invocation, InvokeError, Invoked, LogKind, LogLine, Pool,
    PoolConfig, Runtime,
};

/// Nothing in a test may take longer.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);
pub(crate) const PYTHON: Runtime = Runtime::Python { minor: 12 };
pub(crate) const NODE: Runtime = Runtime::Node { major: 20 };

pub(crate) struct Bench {
    pub(crate) pool: Arc<Pool>,
    pub(crate) home: tempfile::TempDir,
    lines: Arc<Mutex<Vec<LogLine>>>,
}

pub(crate) fn bench() -> Bench {
    bench_with(|_| {})
}

pub(crate) fn bench_with(change: impl FnOnce(&mut PoolConfig)) -> Bench {
    let home = tempfile::tempdir().unwrap();
    let mut config = PoolConfig::new(home.path().join("state"));
    config.guard = GuardProgram::Program(env!("CARGO_BIN_EXE_stagedoor-guard").into());
    change(&mut config);
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = lines.clone();
    let pool = Pool::new(config, Arc::new(move |line| sink.lock().unwrap().push(line))).unwrap();
    Bench { pool: Arc::new(pool), home, lines }
}

pub(crate) fn arn(name: &str) -> FunctionArn {
    let scope = Scope { account: AccountId::from("000000000000"), region: Region::from("us-east-1") };
    FunctionArn { scope, name: name.to_owned(), qualifier: Some("$LATEST".to_owned()) }
}

pub(crate) fn spec(name: &str, runtime: Runtime, handler: &str, code: Code) -> FunctionSpec {
    FunctionSpec {
        arn: arn(name),
        runtime,
        handler: handler.to_owned(),
        timeout_seconds: 20,
        memory_mb: 128,
        environment: vec![("GREETING".to_owned(), "hello".to_owned())],
        code,
        layers: Vec::new(),
        credentials: Credentials::default(),
    }
}

pub(crate) fn invocation(name: &str, payload: &str) -> Invocation {
    Invocation {
        request_id: "8476a536-e9f4-11e8-9739-2dfe598c3fcd".to_owned(),
        payload: Bytes::copy_from_slice(payload.as_bytes()),
        trace_id: None,
        client_context: None,
        invoked_arn: arn(name).with_qualifier(Some("live".to_owned())),
        held: None,
    }
}

impl Bench {
    /// Writes files for a function; those named `bootstrap` become executable.
    pub(crate) fn code(&self, name: &str, files: &[(&str, &str)]) -> PathBuf {
        let directory = self.home.path().join(name);
        for (file, content) in files {
            let path = directory.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, content).unwrap();
            if *file == "bootstrap" {
                std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
            }
        }
        directory
    }

    pub(crate) fn define(&self, name: &str, runtime: Runtime, handler: &str, files: &[(&str, &str)]) {
        self.define_with(name, runtime, handler, files, |_| {});
    }

    pub(crate) fn define_with(
        &self,
        name: &str,
        runtime: Runtime,
        handler: &str,
        files: &[(&str, &str)],
        change: impl FnOnce(&mut FunctionSpec),
    ) {
        let mut spec = spec(name, runtime, handler, Code::Directory(self.code(name, files)));
        change(&mut spec);
        self.pool.define(Arc::new(spec));
    }

    pub(crate) async fn invoke(&self, name: &str, payload: &str) -> Result<Invoked, InvokeError> {
        self.pool.invoke(&arn(name), invocation(name, payload)).await
    }

    /// The payload of a call that must succeed.
    pub(crate) async fn answer(&self, name: &str, payload: &str) -> String {
        let invoked = in_time(self.invoke(name, payload)).await.unwrap();
        let text = String::from_utf8(invoked.payload.to_vec()).unwrap();
        assert_eq!(invoked.function_error, None, "{text}: {:#?}", self.texts());
        text
    }

    /// The payload of a call whose function must fail.
    pub(crate) async fn failure(&self, name: &str, payload: &str) -> serde_json::Value {
        let invoked = in_time(self.invoke(name, payload)).await.unwrap();
        let text = String::from_utf8(invoked.payload.to_vec()).unwrap();
        assert!(invoked.function_error.is_some(), "{text}");
        serde_json::from_str(&text).unwrap()
    }

    /// The lines that functions printed.
    pub(crate) fn printed(&self) -> Vec<String> {
        let lines = self.lines.lock().unwrap();
        lines.iter().filter(|line| line.kind == LogKind::Function).map(|line| line.text.clone()).collect()
    }

    /// Every line, to show what happened.
    fn texts(&self) -> Vec<String> {
        self.lines().into_iter().map(|line| line.text).collect()
    }

    /// Lines that nobody will look at take memory too.
    pub(crate) fn forget_lines(&self) {
        self.lines.lock().unwrap().clear();
    }

    pub(crate) fn lines(&self) -> Vec<LogLine> {
        self.lines.lock().unwrap().clone()
    }
}

pub(crate) async fn in_time<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(LIMIT, future).await.expect("in time")
}

/// Waits for a condition that no event announces, such as the end of a foreign process.
pub(crate) async fn until(what: &str, condition: impl Fn() -> bool) {
    let end = tokio::time::Instant::now() + Duration::from_secs(10);
    while !condition() {
        assert!(tokio::time::Instant::now() < end, "{what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A living process, zombies aside.
pub(crate) fn is_alive(pid: &str) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with('Z')))
}

/// A `provided` bootstrap that talks to the Runtime API through Python's HTTP client, as third-party runtimes do.
pub(crate) fn bootstrap(body: &str) -> String {
    format!(
        r#"#!{python}
import http.client, json, os, sys, time, subprocess
api = os.environ["AWS_LAMBDA_RUNTIME_API"]
def request(method, path, body=None, headers={{}}):
    connection = http.client.HTTPConnection(api)
    connection.request(method, "/2018-06-01/runtime/" + path, body, headers)
    response = connection.getresponse()
    return response, response.read()
while True:
    response, event = request("GET", "invocation/next")
    id = response.headers["Lambda-Runtime-Aws-Request-Id"]
    event = json.loads(event)
{body}
"#,
        python = python().display()
    )
}

fn python() -> &'static Path {
    static PYTHON: std::sync::OnceLock<PathBuf> = std::sync::OnceLock::new();
    PYTHON.get_or_init(|| {
        let ask = ["-c", "import sys; print(sys.executable)"];
        let output = std::process::Command::new("python3").args(ask).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().into()
    })
}
