//! The three kinds of runtime, with real interpreters: what handlers get, what they may answer, how they fail.

mod support;

use serde_json::{Value, json};
use stagedoor_lambda::{FunctionError, Runtime};
use support::{NODE, PYTHON, bench, bootstrap};

#[tokio::test(flavor = "multi_thread")]
async fn python_handlers_see_event_context_and_environment() {
    let bench = bench();
    let code = "
import os, sys
def handler(event, context):
    print('seen', event['n'])
    return {
        'n': event['n'], 'id': context.aws_request_id, 'arn': context.invoked_function_arn,
        'name': context.function_name, 'version': context.function_version, 'memory': context.memory_limit_in_mb,
        'group': context.log_group_name, 'left': 15000 < context.get_remaining_time_in_millis() <= 20000,
        'greeting': os.environ['GREETING'], 'cwd': os.getcwd() == os.environ['LAMBDA_TASK_ROOT'],
        'leaked': sorted(set(os.environ) & {'HOME', 'CARGO_MANIFEST_DIR', 'USER'}),
        'execution': os.environ['AWS_EXECUTION_ENV'], 'handler': os.environ['_HANDLER'],
    }
";
    bench.define("seen", PYTHON, "app.handler", &[("app.py", code)]);
    let answer: Value = serde_json::from_str(&bench.answer("seen", r#"{"n":7}"#).await).unwrap();
    assert_eq!(
        answer,
        json!({
            "n": 7, "id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
            "arn": "arn:aws:lambda:us-east-1:000000000000:function:seen:live",
            "name": "seen", "version": "$LATEST", "memory": "128", "group": "/aws/lambda/seen", "left": true,
            "greeting": "hello", "cwd": true, "leaked": [], "execution": "AWS_Lambda_python3.12",
            "handler": "app.handler",
        })
    );
    assert_eq!(bench.printed(), ["seen 7"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn node_handlers_see_event_context_and_environment() {
    let bench = bench();
    let code = "
exports.handler = async (event, context) => {
  console.log('seen', event.n);
  return {
    n: event.n, id: context.awsRequestId, arn: context.invokedFunctionArn, name: context.functionName,
    version: context.functionVersion, memory: context.memoryLimitInMB, group: context.logGroupName,
    left: context.getRemainingTimeInMillis() > 15000, greeting: process.env.GREETING,
    cwd: process.cwd() === process.env.LAMBDA_TASK_ROOT,
    leaked: ['HOME', 'CARGO_MANIFEST_DIR', 'USER'].filter((name) => name in process.env),
    execution: process.env.AWS_EXECUTION_ENV,
  };
};
";
    bench.define("seen", NODE, "index.handler", &[("index.js", code)]);
    let answer: Value = serde_json::from_str(&bench.answer("seen", r#"{"n":7}"#).await).unwrap();
    assert_eq!(
        answer,
        json!({
            "n": 7, "id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
            "arn": "arn:aws:lambda:us-east-1:000000000000:function:seen:live", "name": "seen",
            "version": "$LATEST", "memory": "128", "group": "/aws/lambda/seen", "left": true, "greeting": "hello",
            "cwd": true, "leaked": [], "execution": "AWS_Lambda_nodejs20.x",
        })
    );
    let printed = bench.printed();
    assert!(printed[0].ends_with("\t8476a536-e9f4-11e8-9739-2dfe598c3fcd\tINFO\tseen 7"), "{printed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn python_answers_follow_its_json_rules() {
    let bench = bench();
    let code = "
from decimal import Decimal
VALUES = {'none': None, 'text': 'é', 'decimal': [Decimal('1.5'), Decimal('3')], 'bytes': b'{}', 'list': [1, True, 2.0], 'set': {1}}
def handler(event, context):
    return VALUES[event]
";
    bench.define("values", PYTHON, "app.handler", &[("app.py", code)]);
    for (event, expected) in [
        ("\"none\"", "null"),
        ("\"text\"", "\"é\""),
        ("\"decimal\"", "[1.5, 3]"),
        ("\"bytes\"", "{}"),
        ("\"list\"", "[1, true, 2.0]"),
    ] {
        assert_eq!(bench.answer("values", event).await, expected);
    }
    let failure = bench.failure("values", "\"set\"").await;
    assert_eq!(failure["errorType"], "Runtime.MarshalError");
    assert_eq!(
        failure["errorMessage"],
        "Unable to marshal response: Object of type set is not JSON serializable"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn node_handlers_answer_in_every_style() {
    let bench = bench();
    let code = "
exports.promise = () => Promise.resolve({ style: 'promise' });
exports.callback = (event, context, callback) => setTimeout(() => callback(null, { style: 'callback' }), 5);
exports.impatient = (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false;
  setTimeout(() => {}, 60000);
  callback(null, { style: 'impatient' });
};
exports.succeed = (event, context) => context.succeed({ style: 'succeed' });
exports.silent = () => {};
exports.undefinedResult = async () => undefined;
exports.deep = { er: { handler: async () => ({ style: 'deep' }) } };
";
    for (handler, expected) in [
        ("promise", r#"{"style":"promise"}"#),
        ("callback", r#"{"style":"callback"}"#),
        ("impatient", r#"{"style":"impatient"}"#),
        ("succeed", r#"{"style":"succeed"}"#),
        ("silent", "null"),
        ("undefinedResult", "null"),
        ("deep.er.handler", r#"{"style":"deep"}"#),
    ] {
        bench.define("styles", NODE, &format!("index.{handler}"), &[("index.js", code)]);
        for round in ["cold", "warm"] {
            assert_eq!(bench.answer("styles", "{}").await, expected, "{handler}, {round}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn handlers_are_found_where_their_names_say() {
    let bench = bench();
    let python = "def fn(event, context): return 'py'";
    let cjs = "exports.fn = async () => 'cjs'";
    let esm = "export const fn = async () => 'esm'";
    let module = (r"package.json", r#"{"type":"module"}"#);
    type Files<'a> = &'a [(&'a str, &'a str)];
    let cases: [(Runtime, &str, Files<'_>, &str); 6] = [
        (PYTHON, "a/b/mod.fn", &[("a/b/mod.py", python)], "\"py\""),
        (PYTHON, "a.b.mod.fn", &[("a/b/mod.py", python)], "\"py\""),
        (NODE, "src/app.fn", &[("src/app.js", cjs)], "\"cjs\""),
        (NODE, "app.fn", &[("app.mjs", esm)], "\"esm\""),
        (NODE, "app.fn", &[("app.cjs", cjs), module], "\"cjs\""),
        (NODE, "lib/app.fn", &[("lib/app.js", esm), module], "\"esm\""),
    ];
    for (index, (runtime, handler, files, expected)) in cases.into_iter().enumerate() {
        let name = format!("found{index}");
        bench.define(&name, runtime, handler, files);
        assert_eq!(bench.answer(&name, "{}").await, expected, "{handler}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn raised_errors_are_told_as_the_runtimes_tell_them() {
    let bench = bench();
    let python = "
def handler(event, context):
    raise ValueError('no ' + event['what'])
";
    bench.define("py", PYTHON, "app.handler", &[("app.py", python)]);
    let failure = bench.failure("py", r#"{"what":"pets"}"#).await;
    assert_eq!(failure["errorMessage"], "no pets");
    assert_eq!(failure["errorType"], "ValueError");
    assert_eq!(failure["requestId"], "8476a536-e9f4-11e8-9739-2dfe598c3fcd");
    let trace = failure["stackTrace"].as_array().unwrap();
    assert_eq!(trace.len(), 1, "{trace:?}");
    assert!(trace[0].as_str().unwrap().contains("line 3, in handler"), "{trace:?}");
    assert_eq!(
        failure.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["errorMessage", "errorType", "requestId", "stackTrace"]
    );
    let printed = bench.printed();
    assert!(
        printed[0].starts_with("[ERROR] ValueError: no pets\rTraceback (most recent call last):\r\u{a0}"),
        "{printed:?}"
    );

    let node = "
exports.thrown = () => { throw new TypeError('no pets'); };
exports.rejected = async () => { throw new TypeError('no pets'); };
exports.called = (event, context, callback) => callback(new TypeError('no pets'));
exports.text = async () => { throw 'no pets'; };
exports.later = () => { setTimeout(() => { throw new TypeError('no pets'); }, 5); return new Promise(() => {}); };
";
    for handler in ["thrown", "rejected", "called", "later"] {
        bench.define("js", NODE, &format!("index.{handler}"), &[("index.js", node)]);
        let failure = bench.failure("js", "{}").await;
        assert_eq!(failure["errorType"], "TypeError", "{handler}");
        assert_eq!(failure["errorMessage"], "no pets", "{handler}");
        assert_eq!(failure["trace"][0], "TypeError: no pets", "{handler}");
    }
    bench.define("js", NODE, "index.text", &[("index.js", node)]);
    assert_eq!(
        bench.failure("js", "{}").await,
        json!({ "errorType": "string", "errorMessage": "no pets", "trace": [] })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn start_up_errors_are_told_to_the_caller() {
    let bench = bench();
    let cases: [(Runtime, &str, &str, &str, &str, &str); 10] = [
        (
            PYTHON,
            "app.handler",
            "app.py",
            "import nothing_there",
            "Runtime.ImportModuleError",
            "Unable to import module 'app': No module named 'nothing_there'",
        ),
        (
            PYTHON,
            "gone.handler",
            "app.py",
            "",
            "Runtime.ImportModuleError",
            "Unable to import module 'gone': No module named 'gone'",
        ),
        (
            PYTHON,
            "app.handler",
            "app.py",
            "x = 1",
            "Runtime.HandlerNotFound",
            "Handler 'handler' missing on module 'app'",
        ),
        (
            PYTHON,
            "handler",
            "app.py",
            "",
            "Runtime.MalformedHandlerName",
            "Bad handler 'handler': not enough values to unpack (expected 2, got 1)",
        ),
        (PYTHON, "app.handler", "app.py", "raise KeyError('x')", "KeyError", "'x'"),
        (
            PYTHON,
            "app.handler",
            "app.py",
            "def (",
            "Runtime.UserCodeSyntaxError",
            "Syntax error in module 'app': invalid syntax (app.py, line 1)",
        ),
        (
            NODE,
            "index.handler",
            "other.js",
            "",
            "Runtime.ImportModuleError",
            "Error: Cannot find module 'index'",
        ),
        (
            NODE,
            "index.handler",
            "index.js",
            "exports.x = 1",
            "Runtime.HandlerNotFound",
            "index.handler is undefined or not exported",
        ),
        (
            NODE,
            "index.handler",
            "index.js",
            "exports.handler = (",
            "Runtime.UserCodeSyntaxError",
            "SyntaxError: Unexpected end of input",
        ),
        (NODE, "index.handler", "index.js", "throw new Error('at start')", "Error", "at start"),
    ];
    for (index, (runtime, handler, file, code, error_type, message)) in cases.into_iter().enumerate() {
        let name = format!("broken{index}");
        bench.define(&name, runtime, handler, &[(file, code)]);
        let failure = bench.failure(&name, "{}").await;
        assert_eq!(failure["errorType"], error_type, "{handler}: {failure}");
        assert_eq!(failure["errorMessage"], message, "{handler}");
        if runtime == PYTHON {
            assert_eq!(failure["requestId"], "", "{handler}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bootstraps_of_their_own_speak_through_any_http_client() {
    let bench = bench();
    let body = r#"
    if event == "error":
        told = json.dumps({"errorMessage": "no", "errorType": "Own.Error", "stackTrace": []})
        request("POST", "invocation/" + id + "/error", told, {"Lambda-Runtime-Function-Error-Type": "Own.Error"})
    elif event == "chunked":
        status = request("POST", "invocation/" + id + "/response", iter([b'"chu', b'nked"']))[0].status
    elif event == "wrong":
        response, told = request("POST", "invocation/other/response", "{}")
        request("POST", "invocation/" + id + "/response", json.dumps([response.status, json.loads(told)]))
    elif event == "twice":
        response, told = request("GET", "invocation/next")
        request("POST", "invocation/" + id + "/response", json.dumps([response.status, json.loads(told)]))
    elif event == "extension":
        response, told = request("POST", "../../2020-01-01/extension/register", "{}")
        request("POST", "invocation/" + id + "/response", json.dumps(response.status))
    else:
        request("POST", "invocation/" + id + "/response", json.dumps({"env": os.environ.get("AWS_EXECUTION_ENV"), "event": event}))
"#;
    bench.define("own", Runtime::Provided, "any", &[("bootstrap", &bootstrap(body))]);
    assert_eq!(bench.answer("own", "1").await, r#"{"env": null, "event": 1}"#);
    assert_eq!(bench.answer("own", "\"chunked\"").await, "\"chunked\"");
    assert_eq!(bench.failure("own", "\"error\"").await["errorType"], "Own.Error");
    assert_eq!(
        bench.answer("own", "\"wrong\"").await,
        r#"[400, {"errorMessage": "Invalid request ID", "errorType": "InvalidRequestID"}]"#
    );
    assert!(bench.answer("own", "\"twice\"").await.contains("InvalidStateTransition"));
    assert_eq!(bench.answer("own", "\"extension\"").await, "404");
    let started = bench.lines().iter().filter(|line| line.text.starts_with("INIT_START")).count();
    assert_eq!(started, 1, "one process served all calls");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_platform_s_lines_frame_each_call() {
    let bench = bench();
    bench.define(
        "framed",
        PYTHON,
        "app.handler",
        &[("app.py", "def handler(e, c):\n  print('one')\n  print('two')")],
    );
    let invoked = support::in_time(bench.invoke("framed", "{}")).await.unwrap();
    assert_eq!(
        (invoked.executed_version.as_str(), invoked.function_error),
        ("$LATEST", None::<FunctionError>)
    );
    bench.answer("framed", "{}").await;
    let lines: Vec<String> = bench.lines().into_iter().map(|line| line.text).collect();
    let starts: Vec<&str> =
        lines.iter().map(|line| line.split([' ', '\t']).next().unwrap_or_default()).collect();
    assert_eq!(
        starts,
        ["INIT_START", "START", "one", "two", "END", "REPORT", "START", "one", "two", "END", "REPORT"],
        "{lines:#?}"
    );
    assert!(lines[5].contains("\tInit Duration: "), "{}", lines[5]);
    assert!(!lines[10].contains("Init Duration"), "{}", lines[10]);
    assert!(bench.lines()[2].request_id.as_deref() == Some("8476a536-e9f4-11e8-9739-2dfe598c3fcd"));
}
