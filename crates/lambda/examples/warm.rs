//! Measures warm calls of a function that does nothing, in each runtime: `cargo run --release --example warm [calls]
//! [sandbox]`.
//!
//! The `provided` function is this program itself: started as a bootstrap it speaks the Runtime API with two writes and two
//! reads a call, like a native runtime client.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use stagedoor_base::{AccountId, FunctionArn, Region, Scope};
use stagedoor_lambda::{
    Code, Credentials, FunctionSpec, Invocation, LogLine, Pool, PoolConfig, Runtime, Sandbox,
};

const EVENT: &str = r#"{"resource":"/pets/{id}","httpMethod":"GET","pathParameters":{"id":"7"},"body":null}"#;
const ANSWER: &str = r#"{"statusCode":200,"body":"ok"}"#;

/// Processes started so far: a measurement in which one starts is not of warm calls alone.
static STARTS: AtomicUsize = AtomicUsize::new(0);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    stagedoor_lambda::guard::run_if_guard();
    if let Ok(api) = std::env::var("AWS_LAMBDA_RUNTIME_API") {
        return bootstrap(&api);
    }
    let calls = std::env::args().nth(1).map_or(Ok(5000), |text| text.parse())?;
    // As in the server: calls come from a current-thread runtime, processes are supervised on another one.
    let supervision = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let home = std::env::temp_dir().join(format!("stagedoor-warm-{}", std::process::id()));
    let entered = supervision.enter();
    let mut config = PoolConfig::new(home.join("state"));
    config.sandboxes.default = std::env::args().nth(2).map_or(Ok(Sandbox::None), |text| text.parse())?;
    let count = |line: LogLine| {
        STARTS.fetch_add(usize::from(line.text.starts_with("INIT_START")), Ordering::Relaxed);
    };
    let pool = Arc::new(Pool::new(config, Arc::new(count))?);
    drop(entered);
    let data = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for (name, runtime) in [
        ("provided", Runtime::Provided),
        ("python", Runtime::Python { minor: 11 }),
        ("node", Runtime::Node { major: 20 }),
    ] {
        let arn = define(&pool, name, runtime, &home.join(name))?;
        let begin = Instant::now();
        data.block_on(run(&pool, &arn, 1, 1))?;
        println!("{name:9} first call {} ms", begin.elapsed().as_millis());
        for concurrency in [1, 8] {
            data.block_on(measure(&pool, &arn, name, calls, concurrency))?;
        }
    }
    data.block_on(pool.shutdown(Duration::from_secs(2)));
    Ok(std::fs::remove_dir_all(home)?)
}

fn define(pool: &Pool, name: &str, runtime: Runtime, directory: &Path) -> std::io::Result<FunctionArn> {
    std::fs::create_dir_all(directory)?;
    match runtime {
        Runtime::Provided => {
            std::fs::copy(std::env::current_exe()?, directory.join("bootstrap"))?;
        }
        Runtime::Python { .. } => std::fs::write(
            directory.join("app.py"),
            "def handler(event, context): return {'statusCode': 200, 'body': 'ok'}",
        )?,
        Runtime::Node { .. } => std::fs::write(
            directory.join("app.js"),
            "exports.handler = async () => ({ statusCode: 200, body: 'ok' })",
        )?,
    }
    let scope = Scope { account: AccountId::from("000000000000"), region: Region::from("us-east-1") };
    let arn = FunctionArn { scope, name: name.to_owned(), qualifier: Some("$LATEST".to_owned()) };
    pool.define(Arc::new(FunctionSpec {
        arn: arn.clone(),
        runtime,
        handler: "app.handler".to_owned(),
        timeout_seconds: 10,
        memory_mb: 128,
        environment: Vec::new(),
        code: Code::Directory(directory.to_owned()),
        layers: Vec::new(),
        credentials: Credentials::default(),
    }));
    Ok(arn)
}

async fn measure(
    pool: &Arc<Pool>,
    arn: &FunctionArn,
    name: &str,
    calls: usize,
    concurrency: usize,
) -> Result<(), Box<dyn std::error::Error>> {
    run(pool, arn, concurrency * 20, concurrency).await?;
    let before = STARTS.load(Ordering::Relaxed);
    let mut times = run(pool, arn, calls, concurrency).await?;
    let cold = STARTS.load(Ordering::Relaxed) - before;
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_micros();
    println!("{name:9} x{concurrency}  p50 {:5} µs  p99 {:5} µs  {cold} cold starts", at(0.5), at(0.99));
    Ok(())
}

async fn run(
    pool: &Arc<Pool>,
    arn: &FunctionArn,
    calls: usize,
    concurrency: usize,
) -> Result<Vec<Duration>, Box<dyn std::error::Error>> {
    let callers = (0..concurrency).map(|caller| {
        let (pool, arn) = (pool.clone(), arn.clone());
        tokio::spawn(async move {
            let mut times = Vec::with_capacity(calls / concurrency);
            for call in 0..calls / concurrency {
                let invocation = Invocation {
                    request_id: format!("8476a536-e9f4-11e8-{caller:04x}-{call:012x}"),
                    payload: Bytes::from_static(EVENT.as_bytes()),
                    trace_id: None,
                    client_context: None,
                    invoked_arn: arn.clone(),
                    held: None,
                };
                let begin = Instant::now();
                let invoked = pool.invoke(&arn, invocation).await?;
                times.push(begin.elapsed());
                assert!(invoked.function_error.is_none(), "{:?}", invoked.payload);
            }
            Ok::<_, stagedoor_lambda::InvokeError>(times)
        })
    });
    let mut all = Vec::with_capacity(calls);
    for caller in callers.collect::<Vec<_>>() {
        all.extend(caller.await??);
    }
    Ok(all)
}

fn bootstrap(api: &str) -> Result<(), Box<dyn std::error::Error>> {
    let mut socket = TcpStream::connect(api)?;
    socket.set_nodelay(true)?;
    let mut reader = BufReader::new(socket.try_clone()?);
    loop {
        let next = format!("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: {api}\r\n\r\n");
        socket.write_all(next.as_bytes())?;
        let id = read_response(&mut reader)?;
        let path = format!("/2018-06-01/runtime/invocation/{id}/response");
        let length = ANSWER.len();
        let answer =
            format!("POST {path} HTTP/1.1\r\nHost: {api}\r\nContent-Length: {length}\r\n\r\n{ANSWER}");
        socket.write_all(answer.as_bytes())?;
        read_response(&mut reader)?;
    }
}

/// Reads one response; the answer is its request id.
fn read_response(reader: &mut BufReader<TcpStream>) -> Result<String, Box<dyn std::error::Error>> {
    let (mut id, mut length) = (String::new(), 0);
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            std::process::exit(0);
        }
        match line.trim_end().split_once(": ") {
            Some(("Lambda-Runtime-Aws-Request-Id", value)) => value.clone_into(&mut id),
            Some(("Content-Length", value)) => length = value.parse()?,
            _ if line == "\r\n" => break,
            _ => {}
        }
    }
    reader.read_exact(&mut vec![0; length])?;
    Ok(id)
}
