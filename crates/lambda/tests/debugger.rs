//! Functions with a debug port: who listens there, one process for all calls, no timeout.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use std::time::Duration;

use stagedoor_lambda::{InvokeError, LogKind};
use support::{Bench, NODE, PYTHON, arn, bench_with, in_time, invocation, until};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A port that is free for now.
fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn debugged(name: &'static str) -> (Bench, u16) {
    let port = free_port();
    (bench_with(|config| config.debug_ports = [(name.to_owned(), port)].into()), port)
}

async fn inspector(port: u16) -> Option<serde_json::Value> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    let ask = format!("GET /json/list HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
    stream.write_all(ask.as_bytes()).await.ok()?;
    let mut bytes = Vec::new();
    // The inspector keeps its connections open: the answer is whole when it parses.
    while stream.read_buf(&mut bytes).await.ok()? > 0 {
        let text = std::str::from_utf8(&bytes).ok()?;
        let body = text.split_once("\r\n\r\n").and_then(|(_, body)| serde_json::from_str(body).ok());
        if body.is_some() {
            return body;
        }
    }
    None
}

async fn inspected(port: u16) -> serde_json::Value {
    in_time(async {
        loop {
            match inspector(port).await {
                Some(targets) => return targets,
                None => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn node_s_inspector_listens_before_the_first_call_and_again_after_a_change() {
    let (bench, port) = debugged("n");
    let code = |n| format!("exports.handler = async () => {n};");
    bench.define("n", NODE, "index.handler", &[("index.js", &code(1))]);
    let targets = inspected(port).await;
    assert_eq!(targets[0]["type"], "node");
    assert!(targets[0]["title"].as_str().unwrap().contains("bootstrap.cjs"), "{targets}");
    assert_eq!(bench.answer("n", "{}").await, "1");
    bench.code("n", &[("index.js", &code(2))]);
    assert!(bench.pool.refresh(&arn("n")));
    assert_eq!(bench.answer("n", "{}").await, "2");
    assert_ne!(inspected(port).await[0]["id"], targets[0]["id"]);
    let starts = bench.lines().iter().filter(|line| line.text.starts_with("INIT_START")).count();
    assert_eq!(starts, 2);
    let told = format!(
        "DEBUG Node's inspector listens on 127.0.0.1:{port}. One process serves all calls, and its timeout does not run."
    );
    assert!(bench.lines().iter().any(|line| line.kind == LogKind::Platform && line.text == told));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_process_serves_all_calls_and_no_timeout_runs() {
    let (bench, _) = debugged("one");
    let code = "
exports.handler = async (pause) => {
  await new Promise((done) => setTimeout(done, pause));
  return process.pid;
};
";
    bench.define_with("one", NODE, "index.handler", &[("index.js", code)], |spec| spec.timeout_seconds = 1);
    let pid = bench.answer("one", "1500").await;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let pool = bench.pool.clone();
        calls.spawn(async move { pool.invoke(&arn("one"), invocation("one", "20")).await });
    }
    for answer in in_time(calls.join_all()).await {
        assert_eq!(answer.unwrap().payload, pid);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_debugged_process_that_dies_is_followed_by_another_when_called() {
    let (bench, port) = debugged("mortal");
    let code = "exports.handler = async (die) => { if (die) process.exit(3); return process.pid; };";
    bench.define("mortal", NODE, "index.handler", &[("index.js", code)]);
    let pid = bench.answer("mortal", "false").await;
    assert_eq!(bench.failure("mortal", "true").await["errorType"], "Runtime.ExitError");
    assert_ne!(bench.answer("mortal", "false").await, pid);
    inspected(port).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn python_without_debugpy_is_refused_with_what_to_do() {
    let (bench, _) = debugged("p");
    // A module that cannot be imported stands in for one that is missing.
    let files = [("app.py", "def handler(e, c): return 1"), ("debugpy.py", "raise ImportError('not here')")];
    bench.define("p", PYTHON, "app.handler", &files);
    let refused = in_time(bench.invoke("p", "{}")).await.unwrap_err();
    let InvokeError::InvalidRuntime(message) = refused else { panic!("{refused:?}") };
    assert!(
        message.contains("cannot import debugpy") && message.contains("-m pip install debugpy"),
        "{message}"
    );
    until("the first attempt has told it too", || bench.lines().iter().any(|line| line.text == message))
        .await;
}
