//! How processes begin and end: timeouts, crashes, limits, replacement, idleness, shutdown, and the death of the host.

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use serde_json::json;
use stagedoor_lambda::{Code, Credentials, InvokeError, LogKind, Runtime, ZipArchive};
use support::{NODE, PYTHON, arn, bench, bench_with, bootstrap, in_time, invocation, is_alive, spec, until};
use tokio::sync::{mpsc, oneshot};

const ID: &str = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
const PID: (&str, &str) = ("app.py", "import os\ndef handler(e, c): return os.getpid()");

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_takes_too_long_is_ended_and_the_next_is_cold() {
    let bench = bench();
    let code = "
import os, time, subprocess
def handler(event, context):
    if event:
        child = subprocess.Popen(['sleep', '1000'], start_new_session=True)
        print('pids', os.getpid(), child.pid)
        time.sleep(1000)
    return 'fine'
";
    bench.define_with("slow", PYTHON, "app.handler", &[("app.py", code)], |spec| spec.timeout_seconds = 5);
    assert_eq!(bench.answer("slow", "0").await, "\"fine\"");
    let begin = Instant::now();
    assert_eq!(
        bench.failure("slow", "1").await,
        json!({ "errorType": "Sandbox.Timedout", "errorMessage": format!("RequestId: {ID} Error: Task timed out after 5.00 seconds") })
    );
    let took = begin.elapsed();
    assert!(took >= Duration::from_secs(5) && took < Duration::from_secs(8), "{took:?}");
    let printed = bench.printed();
    let pids: Vec<&str> = printed[0].split(' ').skip(1).collect();
    assert_eq!(pids.len(), 2);
    until("the tree is gone", || !pids.iter().any(|pid| is_alive(pid))).await;
    assert_eq!(bench.answer("slow", "0").await, "\"fine\"");
    assert!(
        bench
            .lines()
            .iter()
            .any(|line| line.text.starts_with("REPORT") && line.text.ends_with("Status: timeout\t"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_ends_is_told_as_its_exit_and_the_next_call_is_cold() {
    let bench = bench();
    let python = "
import os, sys, signal
def handler(event, context):
    if event == 'kill': os.kill(os.getpid(), signal.SIGKILL)
    if event == 'zero': os._exit(0)
    if isinstance(event, int): sys.exit(event)
    return 'fine'
";
    bench.define("py", PYTHON, "app.handler", &[("app.py", python)]);
    bench.define(
        "js",
        NODE,
        "index.handler",
        &[("index.js", "exports.handler = async (code) => process.exit(code)")],
    );
    let cases = [
        ("py", "3", "Runtime exited with error: exit status 3"),
        ("py", "\"kill\"", "Runtime exited with error: signal: killed"),
        ("py", "\"zero\"", "Runtime exited without providing a reason"),
        ("js", "127", "Runtime exited with error: exit status 127"),
    ];
    for (name, event, message) in cases {
        assert_eq!(
            bench.failure(name, event).await,
            json!({ "errorType": "Runtime.ExitError", "errorMessage": format!("RequestId: {ID} Error: {message}") })
        );
    }
    assert_eq!(bench.answer("py", "\"x\"").await, "\"fine\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejection_that_nobody_handles_fails_the_call_and_ends_the_process() {
    let bench = bench();
    let code = "
exports.handler = async (lost) => {
  if (lost) Promise.reject(new Error('lost'));
  await new Promise((done) => setTimeout(done, 50));
  return process.pid;
};
";
    bench.define("lost", NODE, "index.handler", &[("index.js", code)]);
    let pid = bench.answer("lost", "false").await;
    let failure = bench.failure("lost", "true").await;
    assert_eq!(failure["errorType"], "Runtime.UnhandledPromiseRejection");
    assert_eq!(failure["errorMessage"], "Error: lost");
    assert_ne!(bench.answer("lost", "false").await, pid);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_executed_is_an_invalid_entrypoint() {
    let bench = bench();
    bench.define("none", Runtime::Provided, "x", &[("readme", "")]);
    bench.define("data", Runtime::Provided, "x", &[("bootstrap", "\u{1}\u{2}no program")]);
    bench.define("dies", Runtime::Provided, "x", &[("bootstrap", "#!/bin/sh\nexit 4\n")]);
    let failure = bench.failure("none", "{}").await;
    assert_eq!(failure["errorType"], "Runtime.InvalidEntrypoint");
    assert!(
        failure["errorMessage"].as_str().unwrap().contains("Couldn't find valid bootstrap(s)"),
        "{failure}"
    );
    let failure = bench.failure("data", "{}").await;
    assert_eq!(failure["errorMessage"], format!("RequestId: {ID} Error: fork/exec: exec format error"));
    assert_eq!(failure["errorType"], "Runtime.InvalidEntrypoint");
    let failure = bench.failure("dies", "{}").await;
    assert_eq!(failure["errorType"], "Runtime.ExitError");
    assert!(failure["errorMessage"].as_str().unwrap().ends_with("exit status 4"), "{failure}");
    let lost = spec("lost", PYTHON, "app.handler", Code::Directory("/nonexistent/code".into()));
    bench.pool.define(Arc::new(lost));
    assert_eq!(bench.failure("lost", "{}").await["errorType"], "Runtime.InvalidWorkingDir");
}

#[tokio::test(flavor = "multi_thread")]
async fn payloads_over_the_limit_are_refused_both_ways() {
    let bench = bench();
    bench.define("big", PYTHON, "app.handler", &[("app.py", "def handler(n, c): return 'x' * n")]);
    let chunked = r#"
    data = ('"%s"' % ("x" * event)).encode()
    status = request("POST", "invocation/" + id + "/response", iter([data[i:i + 65536] for i in range(0, len(data), 65536)]))[0].status
    print("status", status, flush=True)
"#;
    bench.define("own", Runtime::Provided, "x", &[("bootstrap", &bootstrap(chunked))]);
    let limit = 6_291_556;
    for name in ["big", "own"] {
        let largest = limit - 2;
        assert_eq!(bench.answer(name, &largest.to_string()).await.len(), limit);
        assert_eq!(
            bench.failure(name, &(limit - 1).to_string()).await,
            json!({ "errorMessage": "Response payload size exceeded maximum allowed payload size (6291556 bytes).", "errorType": "Function.ResponseSizeTooLarge" })
        );
        assert_eq!(bench.answer(name, "1").await, "\"x\"", "the process lives on");
    }
    assert!(bench.printed().contains(&"status 413".to_owned()), "{:?}", bench.printed());
    let refused = bench.invoke("big", &" ".repeat(limit + 1)).await;
    assert_eq!(refused, Err(InvokeError::RequestTooLarge { actual: limit + 1, limit }));
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_are_no_json_fail_in_the_runtime() {
    let bench = bench();
    bench.define("py", PYTHON, "app.handler", &[PID]);
    bench.define("js", NODE, "index.handler", &[("index.js", "exports.handler = async () => 1")]);
    assert_eq!(bench.failure("py", "{").await["errorType"], "Runtime.UnmarshalError");
    assert_eq!(bench.failure("js", "{").await["errorType"], "SyntaxError");
    assert_eq!(bench.answer("js", "{}").await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn parallel_calls_get_a_process_each_and_sequential_ones_share_one() {
    let bench = bench();
    let code = "
import os, time
def handler(event, context):
    time.sleep(event)
    return os.getpid()
";
    bench.define("many", PYTHON, "app.handler", &[("app.py", code)]);
    let mut sequential = Vec::new();
    for _ in 0..20 {
        sequential.push(bench.answer("many", "0").await);
    }
    sequential.dedup();
    assert_eq!(sequential.len(), 1, "{sequential:?}");
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let pool = bench.pool.clone();
        calls.spawn(async move { pool.invoke(&arn("many"), invocation("many", "0.2")).await });
    }
    let answers = in_time(calls.join_all()).await;
    assert!(
        answers.iter().all(|answer| answer.as_ref().is_ok_and(|a| a.function_error.is_none())),
        "{answers:?}"
    );
}

/// Each core of the data plane has a runtime of its own; a process is nobody's.
#[tokio::test(flavor = "multi_thread")]
async fn callers_of_several_runtimes_share_a_process() {
    let bench = bench();
    bench.define("shared", PYTHON, "app.handler", &[PID]);
    let process = bench.answer("shared", "{}").await;
    let (calls, mut asked) = mpsc::channel::<oneshot::Sender<Bytes>>(1);
    let pool = bench.pool.clone();
    std::thread::spawn(move || {
        let core = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        core.block_on(async {
            while let Some(caller) = asked.recv().await {
                let answer = in_time(pool.invoke(&arn("shared"), invocation("shared", "{}"))).await.unwrap();
                caller.send(answer.payload).unwrap();
            }
        });
    });
    for _ in 0..5 {
        let (caller, answer) = oneshot::channel();
        calls.send(caller).await.unwrap();
        assert_eq!(in_time(answer).await.unwrap(), process);
        assert_eq!(bench.answer("shared", "{}").await, process);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_of_short_calls_needs_few_processes() {
    let bench = bench();
    bench.define("short", PYTHON, "app.handler", &[PID]);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let pool = bench.pool.clone();
        calls.spawn(async move { pool.invoke(&arn("short"), invocation("short", "{}")).await });
    }
    let answers = in_time(calls.join_all()).await;
    let pids: std::collections::HashSet<_> =
        answers.into_iter().map(|answer| answer.unwrap().payload).collect();
    // One process a call is what it would be without turns; how few it is depends on the machine's other work.
    assert!(pids.len() < 48, "{} processes for calls that take no time", pids.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_never_asks_again_is_ended() {
    let bench = bench();
    let body = r#"
    print("pid", os.getpid(), flush=True)
    request("POST", "invocation/" + id + "/response", "1")
    time.sleep(1000)
"#;
    let files = [("bootstrap", bootstrap(body))];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, content)| (*name, content.as_str())).collect();
    bench.define_with("stuck", Runtime::Provided, "x", &files, |spec| spec.timeout_seconds = 3);
    assert_eq!(bench.answer("stuck", "{}").await, "1");
    let pid = bench.printed()[0].trim_start_matches("pid ").to_owned();
    assert_eq!(bench.answer("stuck", "{}").await, "1", "another process serves the next call");
    until("the stuck process is gone", || !is_alive(&pid)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_cannot_be_a_guard_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let config = stagedoor_lambda::PoolConfig::new(home.path().into());
    let refused = stagedoor_lambda::Pool::new(config, Arc::new(drop)).unwrap_err();
    assert!(refused.to_string().contains("run_if_guard"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_are_bounded_and_idle_ones_give_way() {
    let bench = bench_with(|config| config.max_processes = 2);
    let code = "import time\ndef handler(e, c):\n  time.sleep(e)\n  return e";
    bench.define("one", PYTHON, "app.handler", &[("app.py", code)]);
    bench.define("two", PYTHON, "app.handler", &[("app.py", code)]);
    let slow = || {
        let pool = bench.pool.clone();
        tokio::spawn(async move { pool.invoke(&arn("one"), invocation("one", "2")).await })
    };
    let (first, second) = (slow(), slow());
    let begun = || bench.lines().iter().filter(|line| line.text.starts_with("START")).count();
    until("both run", || begun() == 2).await;
    assert_eq!(in_time(bench.invoke("two", "0")).await, Err(InvokeError::Throttled));
    assert_eq!(in_time(bench.invoke("one", "0")).await, Err(InvokeError::Throttled));
    for call in [first, second] {
        assert_eq!(in_time(call).await.unwrap().unwrap().payload, "2");
    }
    assert_eq!(bench.answer("two", "0").await, "0", "an idle process of another function made room");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invocation_outlives_its_caller() {
    let bench = bench();
    let code = "import time\ndef handler(e, c):\n  time.sleep(0.3)\n  print('done')";
    bench.define("lasting", PYTHON, "app.handler", &[("app.py", code)]);
    let dropped = tokio::time::timeout(Duration::from_millis(50), bench.invoke("lasting", "{}")).await;
    assert!(dropped.is_err());
    until("the function finished", || bench.printed() == ["done"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_definition_serves_new_calls_while_the_old_one_finishes() {
    let bench = bench();
    let code = "import os, time\ndef handler(e, c):\n  time.sleep(e)\n  return [os.environ['GREETING'], os.getpid()]";
    bench.define("changed", PYTHON, "app.handler", &[("app.py", code)]);
    let pool = bench.pool.clone();
    let old = tokio::spawn(async move { pool.invoke(&arn("changed"), invocation("changed", "1")).await });
    until("it runs", || bench.lines().iter().any(|line| line.text.starts_with("START"))).await;
    bench.define_with("changed", PYTHON, "app.handler", &[("app.py", code)], |spec| {
        spec.environment = vec![("GREETING".to_owned(), "welcome".to_owned())];
    });
    assert!(bench.answer("changed", "0").await.starts_with("[\"welcome\", "));
    let old = in_time(old).await.unwrap().unwrap().payload;
    let old: (String, u32) = serde_json::from_slice(&old).unwrap();
    assert_eq!(old.0, "hello");
    until("the old process is gone", || !is_alive(&old.1.to_string())).await;
    bench.pool.remove(&arn("changed"));
    let gone = in_time(bench.invoke("changed", "0")).await;
    assert_eq!(gone, Err(InvokeError::NotFound(arn("changed"))));
}

#[tokio::test(flavor = "multi_thread")]
async fn refreshed_functions_run_what_is_on_disk_now_and_no_call_is_lost() {
    let bench = bench();
    let code = |n: u8| {
        format!(
            "import time\ndef handler(seconds, c):\n    print('in')\n    time.sleep(seconds)\n    return {n}"
        )
    };
    bench.define("saved", PYTHON, "app.handler", &[("app.py", &code(1))]);
    bench.define("other", PYTHON, "app.handler", &[PID]);
    let neighbour = bench.answer("other", "{}").await;
    let calls = async {
        until("the call runs", || !bench.printed().is_empty()).await;
        bench.code("saved", &[("app.py", &code(2))]);
        assert!(bench.pool.refresh(&arn("saved")));
        bench.answer("saved", "0").await
    };
    let (old, new) = tokio::join!(bench.answer("saved", "0.5"), calls);
    assert_eq!((old.as_str(), new.as_str()), ("1", "2"));
    assert_eq!(bench.answer("other", "{}").await, neighbour, "only its own processes");
    assert!(!bench.pool.refresh(&arn("nobody")));
}

#[tokio::test(flavor = "multi_thread")]
async fn idle_processes_are_ended() {
    let bench = bench_with(|config| config.idle_timeout = Duration::from_millis(200));
    bench.define("idle", PYTHON, "app.handler", &[PID]);
    let pid = bench.answer("idle", "{}").await;
    assert!(is_alive(&pid));
    until("the idle process is gone", || !is_alive(&pid)).await;
    assert_ne!(bench.answer("idle", "{}").await, pid);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_has_answered_enough_calls_is_replaced() {
    let bench = bench_with(|config| config.calls_per_process = 3);
    bench.define("worn", PYTHON, "app.handler", &[PID]);
    let mut pids = Vec::new();
    for _ in 0..7 {
        pids.push(bench.answer("worn", "{}").await);
    }
    let (first, second) = (pids[0].clone(), pids[3].clone());
    assert_eq!(pids[..6], [&first, &first, &first, &second, &second, &second].map(String::clone));
    assert!(first != second && pids[6] != second, "{pids:?}");
    until("the worn processes are gone", || !is_alive(&first) && !is_alive(&second)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn shutdown_lets_calls_finish_and_leaves_no_process() {
    let bench = bench();
    let code =
        "import os, time\ndef handler(e, c):\n  print('pid', os.getpid())\n  time.sleep(e)\n  return e";
    bench.define("busy", PYTHON, "app.handler", &[("app.py", code)]);
    let call = |event: &'static str| {
        let pool = bench.pool.clone();
        tokio::spawn(async move { pool.invoke(&arn("busy"), invocation("busy", event)).await })
    };
    let (short, long) = (call("0.3"), call("1000"));
    until("both run", || bench.printed().len() == 2).await;
    in_time(bench.pool.shutdown(Duration::from_secs(1))).await;
    assert_eq!(in_time(short).await.unwrap().unwrap().payload, "0.3");
    assert_eq!(in_time(long).await.unwrap(), Err(InvokeError::Shutdown));
    for line in bench.printed() {
        assert!(!is_alive(line.trim_start_matches("pid ")), "{line}");
    }
    assert_eq!(in_time(bench.invoke("busy", "0")).await, Err(InvokeError::Shutdown));
}

#[tokio::test(flavor = "multi_thread")]
async fn zipped_code_runs_and_broken_zips_are_refused() {
    let bench = bench();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("lib/app.py", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut writer, b"def handler(e, c): return 'zipped'").unwrap();
    let bytes: Bytes = writer.finish().unwrap().into_inner().into();
    let zipped = |sha256: &str, bytes| Code::Zip(ZipArchive::from_bytes(sha256, bytes));
    bench.pool.define(Arc::new(spec("zipped", PYTHON, "lib/app.handler", zipped("abc", bytes))));
    bench.pool.define(Arc::new(spec(
        "broken",
        PYTHON,
        "app.handler",
        zipped("abd", Bytes::from_static(b"PK")),
    )));
    assert_eq!(bench.answer("zipped", "{}").await, "\"zipped\"");
    let refused = in_time(bench.invoke("broken", "{}")).await;
    assert!(matches!(refused, Err(InvokeError::InvalidZipFile(_))), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_call_carries_reaches_the_handler() {
    let bench = bench();
    let code = "
import os
def handler(event, context):
    seen = context.client_context
    return [os.environ.get('_X_AMZN_TRACE_ID'), seen and seen.custom, os.environ.get('AWS_ACCESS_KEY_ID'), os.environ.get('_HANDLER')]
";
    bench.define_with("carried", PYTHON, "app.handler", &[("app.py", code)], |spec| {
        spec.credentials = Credentials {
            access_key_id: "test".into(),
            secret_access_key: "test".into(),
            session_token: None,
        };
        spec.environment.push(("_HANDLER".into(), "reserved names win".into()));
    });
    let mut traced = invocation("carried", "{}");
    traced.trace_id = Some("Root=1-5759e988-bd862e3fe1be46a994272793".into());
    traced.client_context = Some(r#"{"custom":{"k":"v"}}"#.into());
    let answer = in_time(bench.pool.invoke(&arn("carried"), traced)).await.unwrap().payload;
    assert_eq!(answer, r#"["Root=1-5759e988-bd862e3fe1be46a994272793", {"k": "v"}, "test", "app.handler"]"#);
    assert_eq!(bench.answer("carried", "{}").await, r#"[null, null, "test", "app.handler"]"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_output_neither_blocks_nor_loses_lines() {
    let bench = bench();
    let code = "
def handler(n, context):
    for i in range(n): print(f'line {i} ' + 'x' * 90)
    print('no end', end='')
";
    bench.define("loud", PYTHON, "app.handler", &[("app.py", code)]);
    bench.answer("loud", "5000").await;
    let printed = bench.printed();
    assert_eq!(printed.len(), 5001);
    assert_eq!(printed[5000], "no end");
    let lines = bench.lines();
    assert!(
        lines.iter().filter(|l| l.kind == LogKind::Function).all(|l| l.request_id.as_deref() == Some(ID))
    );
}

/// The host of the next test: runs only in a process that the test has started.
#[tokio::test(flavor = "multi_thread")]
async fn host_of_a_function() {
    if std::env::var_os("STAGEDOOR_TEST_HOST").is_none() {
        return;
    }
    let bench = bench();
    let code = "
import os, subprocess, time
def handler(event, context):
    plain = subprocess.Popen(['sleep', '1000'])
    escaped = subprocess.Popen(['sh', '-c', 'setsid sh -c \"sleep 1000 & sleep 1000\" & sleep 1000'], start_new_session=True)
    print('pids', os.getpid(), os.getppid(), plain.pid, escaped.pid, flush=True)
    time.sleep(1000)
";
    bench.define_with("tree", PYTHON, "app.handler", &[("app.py", code)], |spec| spec.timeout_seconds = 900);
    let call = bench.invoke("tree", "{}");
    let shown = until("it runs", || !bench.printed().is_empty());
    tokio::select! { _ = call => {}, () = shown => {} }
    println!("{}", bench.printed()[0]);
    std::future::pending::<()>().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killing_the_host_leaves_nothing_behind() {
    use tokio::io::AsyncBufReadExt;
    let mut host = tokio::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "host_of_a_function", "--nocapture"])
        .env("STAGEDOOR_TEST_HOST", "1")
        .stdout(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = tokio::io::BufReader::new(host.stdout.take().unwrap()).lines();
    let pids = loop {
        let line = in_time(lines.next_line()).await.unwrap().expect("the host prints the pids");
        if let Some((_, pids)) = line.split_once("pids ") {
            break pids.to_owned();
        }
    };
    let guard = pids.split(' ').nth(1).unwrap().to_owned();
    until("the sleepers sleep", || tree(&guard).len() >= 6).await;
    let tree = tree(&guard);
    host.kill().await.unwrap();
    until("the whole tree is gone", || !tree.iter().any(|pid| is_alive(pid))).await;
}

/// A process and all its descendants.
fn tree(root: &str) -> Vec<String> {
    let mut found = vec![root.to_owned()];
    let mut next = 0;
    while next < found.len() {
        let tasks = format!("/proc/{}/task", found[next]);
        for task in std::fs::read_dir(tasks).into_iter().flatten().flatten() {
            let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
            found.extend(children.split_ascii_whitespace().map(str::to_owned));
        }
        next += 1;
    }
    found
}
