//! What runtimes may say to the Runtime API and what becomes of it: streams, broken answers, questions out of turn, failing
//! start-ups.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stagedoor_lambda::{InvokeError, InvokedStream, Runtime};
use support::{Bench, NODE, PYTHON, arn, bench, bench_with, bootstrap, in_time, invocation};

const ID: &str = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

async fn stream(bench: &Bench, name: &str, payload: &str) -> InvokedStream {
    in_time(bench.pool.invoke_stream(&arn(name), invocation(name, payload))).await.unwrap()
}

async fn rest(mut stream: InvokedStream) -> (Vec<u8>, Result<(), Value>) {
    let mut all = Vec::new();
    while let Some(part) = in_time(stream.next()).await {
        all.extend_from_slice(&part);
    }
    let end = in_time(stream.end()).await.map_err(|error| serde_json::from_slice(&error).unwrap());
    (all, end)
}

const STREAMER: &str = "
const { setTimeout: sleep } = require('node:timers/promises');
exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {
  if (event.http) stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { a: 'b' } });
  else if (event.type) stream.setContentType(event.type);
  if (event.early) throw new RangeError('too early');
  stream.write('one,');
  if (event.pause) await sleep(event.pause);
  if (event.late) throw new RangeError('too late');
  if (event.exit) { await sleep(50); process.exit(3); }
  for (let i = 0; i < (event.blocks ?? 0); i++) {
    if (!stream.write(Buffer.alloc(65536))) await new Promise((done) => stream.once('drain', done));
    console.log('block', i);
  }
  stream.end('two');
});
exports.plain = async () => ({ plain: true });
";

#[tokio::test(flavor = "multi_thread")]
async fn a_streamed_response_is_read_while_it_is_made() {
    let bench = bench();
    bench.define("s", NODE, "index.handler", &[("index.js", STREAMER)]);
    let mut early = stream(&bench, "s", r#"{"pause":600,"type":"text/plain"}"#).await;
    let begin = Instant::now();
    assert_eq!(in_time(early.next()).await.unwrap(), "one,");
    assert!(begin.elapsed() < Duration::from_millis(500), "the first part does not wait for the second");
    assert_eq!(early.content_type.as_deref(), Some("text/plain"));
    assert_eq!(early.executed_version, "$LATEST");
    assert_eq!(rest(early).await, (b"two".to_vec(), Ok(())));
    let http = stream(&bench, "s", r#"{"http":true}"#).await;
    assert_eq!(http.content_type.as_deref(), Some("application/vnd.awslambda.http-integration-response"));
    let expected = b"{\"statusCode\":201,\"headers\":{\"a\":\"b\"}}\0\0\0\0\0\0\0\0one,two";
    assert_eq!(rest(http).await, (expected.to_vec(), Ok(())));
    assert_eq!(bench.answer("s", "{}").await, "one,two", "who wants it whole gets it whole");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_fails_says_so_at_its_end() {
    let bench = bench();
    bench.define_with("s", NODE, "index.handler", &[("index.js", STREAMER)], |spec| spec.timeout_seconds = 2);
    let cases = [
        (r#"{"early":true}"#, "", "RangeError", "too early"),
        (r#"{"late":true}"#, "one,", "RangeError", "too late"),
        (r#"{"exit":true}"#, "one,", "Runtime.ExitError", "exit status 3"),
        (r#"{"pause":9999}"#, "one,", "Sandbox.Timedout", "Task timed out after 2.00 seconds"),
    ];
    for (event, sent, kind, message) in cases {
        let (bytes, end) = rest(stream(&bench, "s", event).await).await;
        assert_eq!(String::from_utf8(bytes).unwrap(), sent, "{event}");
        let error = end.unwrap_err();
        assert_eq!(error["errorType"], kind, "{error}");
        assert!(error["errorMessage"].as_str().unwrap().ends_with(message), "{error}");
    }
    assert_eq!(bench.failure("s", r#"{"late":true}"#).await["errorMessage"], "too late");
    assert_eq!(bench.answer("s", "{}").await, "one,two");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_reader_slows_the_function_and_a_gone_one_does_not() {
    let bench = bench();
    bench.define("s", NODE, "index.handler", &[("index.js", STREAMER)]);
    // More than sockets, queue and the runtime's own buffer hold together.
    let slow = stream(&bench, "s", r#"{"blocks":800}"#).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let written = bench.printed().len();
    assert!(written < 400, "{written} blocks of 64 KiB ahead of a reader who does not read");
    let (bytes, end) = rest(slow).await;
    assert_eq!((bytes.len(), end), (7 + 800 * 65536, Ok(())));
    drop(stream(&bench, "s", r#"{"blocks":800}"#).await);
    assert_eq!(bench.answer("s", "{}").await, "one,two", "it has run to its end unheard");
}

#[tokio::test(flavor = "multi_thread")]
async fn functions_that_do_not_stream_are_streams_of_one_part() {
    let bench = bench_with(|config| config.stream_bytes = 1 << 20);
    bench.define("plain", NODE, "index.plain", &[("index.js", STREAMER)]);
    let plain = stream(&bench, "plain", "{}").await;
    assert_eq!(plain.content_type, None);
    assert_eq!(rest(plain).await, (br#"{"plain":true}"#.to_vec(), Ok(())));
    let missing = bench.pool.invoke_stream(&arn("nobody"), invocation("nobody", "{}")).await;
    assert!(matches!(missing, Err(InvokeError::NotFound(_))), "{missing:?}");
    bench.define("big", NODE, "index.handler", &[("index.js", STREAMER)]);
    let (bytes, end) = rest(stream(&bench, "big", r#"{"blocks":40}"#).await).await;
    assert!(bytes.len() <= 1 << 20);
    assert_eq!(end.unwrap_err()["errorType"], "Function.ResponseSizeTooLarge");
}

/// Sends what it is told, then answers properly, and prints the status of each reply.
const ODD: &str = r#"
    for method, path, body, headers in event.get("ask", []):
        response, text = request(method, path.replace("ID", id), body, headers)
        print(response.status, json.loads(text).get("errorType"), flush=True)
    request("POST", "invocation/" + id + "/response", json.dumps(event.get("answer")))
    for method, path, body, headers in event.get("after", []):
        response, text = request(method, path.replace("ID", id), body, headers)
        print(response.status, json.loads(text).get("errorType"), flush=True)
    print("done", flush=True)
"#;

#[tokio::test(flavor = "multi_thread")]
async fn questions_out_of_turn_are_refused_and_do_no_harm() {
    let bench = bench();
    bench.define("odd", Runtime::Provided, "x", &[("bootstrap", &bootstrap(ODD))]);
    let mode = json!({ "Lambda-Runtime-Function-Response-Mode": "sideways" });
    let cases = [
        (json!(["GET", "invocation/next", null, {}]), "403 InvalidStateTransition"),
        (json!(["POST", "invocation/other/response", "1", {}]), "400 InvalidRequestID"),
        (json!(["POST", "invocation/other/error", "{}", {}]), "400 InvalidRequestID"),
        (json!(["POST", "init/error", "{}", {}]), "403 InvalidStateTransition"),
        (json!(["POST", "invocation/ID/response", "1", mode]), "400 InvalidFunctionResponseMode"),
        (json!(["GET", "restore/next", null, {}]), "404 NotFound"),
        (json!(["GET", "../../2020-01-01/extension/event/next", null, {}]), "404 NotFound"),
        (json!(["PUT", "invocation/ID/response", "1", {}]), "404 NotFound"),
    ];
    for (index, (ask, expected)) in cases.into_iter().enumerate() {
        let event = json!({ "ask": [ask], "answer": index });
        assert_eq!(bench.answer("odd", &event.to_string()).await, index.to_string(), "{expected}");
        assert!(bench.printed().contains(&expected.to_owned()), "{expected}: {:?}", bench.printed());
    }
    let again = json!(["POST", "invocation/ID/response", "\"twice\"", {}]);
    let event = json!({ "answer": "once", "after": [again, ["POST", "invocation/ID/error", "{}", {}]] });
    assert_eq!(bench.answer("odd", &event.to_string()).await, "\"once\"");
    assert_eq!(bench.answer("odd", "{}").await, "null");
    let printed = bench.printed();
    let repeated = ["done", "403 InvalidStateTransition", "403 InvalidStateTransition", "done"];
    assert!(printed.windows(4).any(|lines| lines == repeated), "{printed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn half_an_answer_is_no_answer() {
    let bench = bench();
    let half = r#"
    import socket
    def half(text):
        host, port = api.split(":")
        s = socket.create_connection((host, int(port)))
        s.sendall(text.replace("ID", id).encode())
        s.close()
    half(event["send"])
    if event.get("die"): os._exit(7)
    time.sleep(0.5)
"#;
    bench.define("half", Runtime::Provided, "x", &[("bootstrap", &bootstrap(half))]);
    let head = "POST /2018-06-01/runtime/invocation/ID/response HTTP/1.1\r\n";
    for tail in [
        "Content-Length: 9\r\n\r\n\"hal",
        "Transfer-Encoding: chunked\r\n\r\n4\r\n\"hal\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-4\r\n",
    ] {
        let send = format!("{head}{tail}");
        let failure = bench.failure("half", &json!({ "send": send }).to_string()).await;
        assert_eq!(failure["errorType"], "Runtime.TruncatedResponse", "{tail}");
        let failure = bench.failure("half", &json!({ "send": send, "die": 1 }).to_string()).await;
        assert_eq!(
            failure["errorMessage"],
            format!("RequestId: {ID} Error: Runtime exited with error: exit status 7")
        );
    }
}

/// Clients give up long polls; the event must find the next one.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_hangs_up_while_it_waits_gets_its_call_when_it_asks_again() {
    let bench = bench();
    let hang_up = r#"
    request("POST", "invocation/" + id + "/response", str(os.getpid()))
    import socket
    host, port = api.split(":")
    s = socket.create_connection((host, int(port)))
    s.sendall(b"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n\r\n")
    time.sleep(0.2)
    s.close()
    print("hung up", flush=True)
    time.sleep(0.5)
"#;
    bench.define("h", Runtime::Provided, "x", &[("bootstrap", &bootstrap(hang_up))]);
    let process = bench.answer("h", "{}").await;
    for call in 1..4 {
        support::until("it has hung up", || bench.printed().len() == call).await;
        assert_eq!(bench.answer("h", "{}").await, process);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_up_that_fails_is_tried_once_more_within_the_call() {
    let bench = bench();
    let dies = "#!/bin/sh\necho started\nexit 4\n";
    bench.define("dies", Runtime::Provided, "x", &[("bootstrap", dies)]);
    for call in 1..=3 {
        assert_eq!(
            bench.failure("dies", "{}").await,
            json!({ "errorType": "Runtime.ExitError", "errorMessage": format!("RequestId: {ID} Error: Runtime exited with error: exit status 4") })
        );
        assert_eq!(bench.printed().len(), 2 * call, "two attempts a call and no more");
    }
    let lines: Vec<String> = bench.lines().into_iter().map(|line| line.text).collect();
    let shape = |line: &String| {
        let words = [
            "INIT_START",
            "Phase: init\tStatus: error\tError Type: Runtime.ExitError",
            "START",
            "Phase: invoke\tStatus: error",
            "END",
            "REPORT",
            "started",
        ];
        words.into_iter().find(|word| line.starts_with(word) || line.contains(word)).map(str::to_owned)
    };
    let told: Vec<String> = lines.iter().take(9).filter_map(shape).collect();
    assert_eq!(
        told,
        [
            "INIT_START",
            "started",
            "Phase: init\tStatus: error\tError Type: Runtime.ExitError",
            "INIT_START",
            "START",
            "started",
            "Phase: invoke\tStatus: error",
            "END",
            "REPORT"
        ],
        "{lines:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_attempt_that_works_serves_the_call() {
    let bench = bench();
    let code = "
import os
if not os.path.exists('tried'):
    open('tried', 'w').close()
    raise RuntimeError('the first attempt')
def handler(event, context): return event
";
    bench.define("twice", PYTHON, "app.handler", &[("app.py", code)]);
    assert_eq!(bench.answer("twice", "7").await, "7");
    assert_eq!(bench.answer("twice", "8").await, "8");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_start_up_has_ten_seconds_and_then_the_call_s_own() {
    let bench = bench_with(|config| config.init_timeout = Duration::from_millis(700));
    let code = |seconds: f32| format!("import time\ntime.sleep({seconds})\ndef handler(e, c): return 'up'\n");
    let define = |name: &str, seconds, timeout| {
        bench.define_with(name, PYTHON, "app.handler", &[("app.py", &code(seconds))], |spec| {
            spec.timeout_seconds = timeout;
        });
    };
    define("fits", 1.2, 6);
    assert_eq!(bench.answer("fits", "{}").await, "\"up\"");
    define("never", 30.0, 1);
    assert_eq!(
        bench.failure("never", "{}").await,
        json!({ "errorType": "Sandbox.Timedout", "errorMessage": format!("RequestId: {ID} Error: Task timed out after 1.00 seconds") })
    );
    let lines = bench.lines();
    let has =
        |start: &str, end: &str| lines.iter().any(|l| l.text.starts_with(start) && l.text.ends_with(end));
    assert!(has("INIT_REPORT Init Duration: 7", "Phase: init\tStatus: timeout"), "{lines:#?}");
    assert!(has("INIT_REPORT Init Duration: 1", "Phase: invoke\tStatus: timeout"), "{lines:#?}");
    assert!(has("REPORT", "Status: timeout\t"), "{lines:#?}");
}
