//! One core against real sockets.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::Full;
use stagedoor_engine::HeaderList;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{
    Addresses, Answering, Arrived, BodyFault, BodySettings, Client, CoreSettings, Door, Ending,
    FrontCounters, FrontLimits, Registry, Reply, Work, bind, run_core,
};
use crate::buffers::Buffers;

struct Core {
    address: SocketAddr,
    ending: watch::Sender<Ending>,
    running: JoinHandle<std::io::Result<()>>,
    counters: Arc<FrontCounters>,
}

/// Answers with the first header line as it was spelled, and the body or what became of it.
fn describe(request: Arrived, client: &Client) -> Work {
    let number = |name| request.headers.get(name).and_then(|size| size.to_str().ok()?.parse().ok());
    let (size, wait) = (number("x-size").unwrap_or(0), number("x-wait").unwrap_or(0));
    let head = request.spelling.map(|head| String::from_utf8(head.to_vec()).unwrap()).unwrap_or_default();
    let spelled = head.lines().nth(1).unwrap_or("none").to_owned();
    let _ = client.peer;
    let continuation = move |body: Result<Bytes, BodyFault>| {
        Answering::new(async move {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            let body = match body {
                Ok(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
                Err(fault) => format!("{fault:?}"),
            };
            reply(format!("[{spelled}|{body}]{}", "x".repeat(size as usize)))
        })
    };
    let (stall, whole) = (Duration::from_secs(30), Duration::from_secs(300));
    let settings = BodySettings { limit: 1000, stall, rate: 100, whole, buffers: Buffers::new(100_000) };
    Work::Body(Arc::new(settings), Box::new(continuation))
}

fn reply(text: String) -> Reply {
    Reply { status: StatusCode::OK, headers: HeaderList::default(), body: Bytes::from(text).into() }
}

fn core() -> Core {
    core_with(FrontLimits { drain_seconds: 5, ..FrontLimits::default() })
}

fn core_with(limits: FrontLimits) -> Core {
    let (address, listeners) = bind("127.0.0.1:0".parse().unwrap(), 1, "--listen").unwrap();
    let counters = Arc::<FrontCounters>::default();
    let settings = CoreSettings {
        limits,
        cores: 1,
        reply_share: 100 * 1024,
        replies: Buffers::new(1_000_000),
        unread: Buffers::new(100_000_000),
        trusted: Arc::default(),
        proxy_protocol: false,
        addresses: Arc::new(Addresses::new(0)),
        counters: Arc::clone(&counters),
    };
    let (ending, watched) = watch::channel(Ending::Open);
    let registry = Arc::new(Registry::default());
    let doors = listeners.into_iter().map(|listener| Door { listener, tls: None }).collect();
    let running = tokio::spawn(run_core(doors, settings, registry, watched, describe));
    Core { address, ending, running, counters }
}

/// Sends everything, shuts the sending side down, reads to the end.
async fn converse(address: SocketAddr, sent: &[u8]) -> String {
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(sent).await.unwrap();
    socket.shutdown().await.unwrap();
    let mut received = Vec::new();
    tokio::time::timeout(Duration::from_secs(5), socket.read_to_end(&mut received)).await.unwrap().unwrap();
    String::from_utf8_lossy(&received).into_owned()
}

#[tokio::test]
async fn heads_keep_their_spelling_on_one_connection() {
    let core = core();
    let sent = "GET / HTTP/1.1\r\nX-FiRST: 1\r\nhost: a\r\n\r\n\
                POST / HTTP/1.1\r\nX-SeCOND: 1\r\nhost: a\r\ncontent-length: 4\r\n\r\nbody";
    let received = converse(core.address, sent.as_bytes()).await;
    assert!(received.contains("[X-FiRST: 1|]"), "{received}");
    assert!(received.contains("[X-SeCOND: 1|body]"), "{received}");
}

#[tokio::test]
async fn bodies_beyond_the_limit_are_noticed_with_and_without_a_length() {
    let core = core();
    let declared = format!("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1001\r\n\r\n{}", "x".repeat(1001));
    let chunked = format!(
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n3e9\r\n{}\r\n0\r\n\r\n",
        "x".repeat(1001)
    );
    let fits = format!("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\n{}", "x".repeat(1000));
    for (sent, expected) in [(declared, "TooLarge]"), (chunked, "TooLarge]"), (fits, "xxx]")] {
        let received = converse(core.address, sent.as_bytes()).await;
        assert!(received.contains(expected), "{received}");
    }
}

#[tokio::test]
async fn a_body_that_is_announced_too_large_is_not_asked_for() {
    let core = core();
    let head = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1001\r\nexpect: 100-continue\r\n\r\n";
    let mut socket = TcpStream::connect(core.address).await.unwrap();
    socket.write_all(head.as_bytes()).await.unwrap();
    let mut received = String::new();
    let read = socket.read_to_string(&mut received);
    // Less than the time for which a body that nobody wants is read.
    tokio::time::timeout(Duration::from_secs(4), read).await.unwrap().unwrap();
    assert!(received.starts_with("HTTP/1.1 200") && received.contains("TooLarge]"), "{received}");
    assert!(received.contains("connection: close"), "{received}");
}

#[tokio::test]
async fn replies_say_whether_the_connection_stays() {
    let core = core();
    let table = [
        ("GET / HTTP/1.1\r\nhost: a\r\n\r\n", "connection: keep-alive\r\n"),
        ("GET / HTTP/1.1\r\nhost: a\r\nconnection: x, Close\r\n\r\n", "connection: close\r\n"),
    ];
    for (sent, expected) in table {
        let received = converse(core.address, sent.as_bytes()).await;
        assert_eq!(received.matches("connection:").count(), 1, "{received}");
        assert!(received.contains(expected), "{received}");
    }
    let received = converse(core.address, b"GET / HTTP/1.0\r\n\r\n").await;
    assert!(!received.contains("connection: keep-alive"), "{received}");
}

#[tokio::test]
async fn a_multiplexed_connection_that_does_not_read_gets_its_share_only() {
    const SIZE: usize = 60 * 1024;
    let core = core();
    let socket = TcpStream::connect(core.address).await.unwrap();
    let mut builder = hyper::client::conn::http2::Builder::new(hyper_util::rt::TokioExecutor::new());
    builder.initial_stream_window_size(0);
    let (mut sender, connection) = builder.handshake(hyper_util::rt::TokioIo::new(socket)).await.unwrap();
    tokio::spawn(connection);
    let mut ask = || {
        let request = Request::get("http://a/").header("x-size", SIZE).body(Full::<Bytes>::default());
        let reply = sender.send_request(request.unwrap());
        async { tokio::time::timeout(Duration::from_secs(9), reply).await.unwrap().unwrap() }
    };
    let (first, second) = tokio::join!(ask(), ask());
    assert!(!first.headers().contains_key("connection"));
    let mut statuses = [first.status().as_u16(), second.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 503]);
}

#[tokio::test]
async fn http2_with_prior_knowledge_is_recognised() {
    let core = core();
    let socket = TcpStream::connect(core.address).await.unwrap();
    let io = hyper_util::rt::TokioIo::new(socket);
    let executor = hyper_util::rt::TokioExecutor::new();
    let (mut sender, connection) = hyper::client::conn::http2::handshake(executor, io).await.unwrap();
    tokio::spawn(connection);
    let request = Request::post("http://a/").body(Full::<Bytes>::from("two")).unwrap();
    let response = sender.send_request(request).await.unwrap();
    let body = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
    assert_eq!(body, "[none|two]");
}

#[tokio::test]
async fn a_drain_lets_the_request_at_hand_finish() {
    let core = core();
    let mut socket = TcpStream::connect(core.address).await.unwrap();
    socket.write_all(b"GET / HTTP/1.1\r\nx-wait: 100\r\nhost: a\r\n\r\n").await.unwrap();
    // The request has arrived when a second connection's, sent later, is answered.
    converse(core.address, b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    core.ending.send(Ending::Graceful).unwrap();
    let mut received = String::new();
    tokio::time::timeout(Duration::from_secs(5), socket.read_to_string(&mut received))
        .await
        .unwrap()
        .unwrap();
    assert!(received.contains("[x-wait: 100|]"), "{received}");
    tokio::time::timeout(Duration::from_secs(5), core.running).await.unwrap().unwrap().unwrap();
    assert!(TcpStream::connect(core.address).await.is_err());
}

#[tokio::test]
async fn a_drain_does_not_wait_for_clients_that_never_ask() {
    let core = core();
    let mut half = TcpStream::connect(core.address).await.unwrap();
    half.write_all(b"GET / HT").await.unwrap();
    let mut silent = TcpStream::connect(core.address).await.unwrap();
    core.ending.send(Ending::Graceful).unwrap();
    // Less than the five seconds that the drain may take.
    tokio::time::timeout(Duration::from_secs(4), core.running).await.unwrap().unwrap().unwrap();
    let mut told = Vec::new();
    half.read_to_end(&mut told).await.unwrap();
    assert!(told.starts_with(b"HTTP/1.1 408 "));
    assert!(!matches!(silent.read(&mut [0; 1]).await, Ok(1..)));
}

#[tokio::test]
async fn now_means_now() {
    let core = core();
    let _idle = TcpStream::connect(core.address).await.unwrap();
    core.ending.send(Ending::Now).unwrap();
    tokio::time::timeout(Duration::from_secs(5), core.running).await.unwrap().unwrap().unwrap();
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let core = core();
    let sent: String = (0..50)
        .map(|n| format!("GET / HTTP/1.1\r\nx-n: {n}\r\nx-wait: {}\r\nhost: a\r\n\r\n", (n % 3) * 5))
        .collect();
    let received = converse(core.address, sent.as_bytes()).await;
    let places: Vec<usize> = (0..50).map(|n| received.find(&format!("[x-n: {n}|]")).unwrap()).collect();
    assert!(places.is_sorted());
    assert_eq!(received.matches("HTTP/1.1 200").count(), 50);
}

#[tokio::test]
async fn a_request_may_arrive_byte_by_byte() {
    let core = core();
    let sent = b"POST / HTTP/1.1\r\nX-SLow: 1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\n\r\n";
    let mut socket = TcpStream::connect(core.address).await.unwrap();
    socket.set_nodelay(true).unwrap();
    for byte in sent {
        socket.write_all(&[*byte]).await.unwrap();
        tokio::task::yield_now().await;
    }
    socket.shutdown().await.unwrap();
    let mut received = String::new();
    socket.read_to_string(&mut received).await.unwrap();
    assert!(received.contains("[X-SLow: 1|abc]"), "{received}");
}

#[tokio::test]
async fn what_is_malformed_is_refused_and_counted() {
    let core = core();
    let table = [
        ("GET / HTTP/1.1\nhost: a\n\n", "400"),
        ("GET / HTTP/1.1\r\nhost: a\r\nx: 1\n\r\n", "400"),
        ("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nx\r\n", "400"),
        ("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nabc", "400"),
        ("GET / HTTP/1.1\r\nhost: a\r\nexpect: x\r\n\r\n", "417"),
        ("\r\n\r\nGET / HTTP/1.1\r\nhost: a\r\n\r\n", "400"),
    ];
    for (sent, status) in table {
        let received = converse(core.address, sent.as_bytes()).await;
        assert!(received.starts_with(&format!("HTTP/1.1 {status} ")), "{sent:?}: {received}");
        assert_eq!(received.matches("HTTP/1.1").count(), 1, "{received}");
        assert!(received.contains("connection: close"), "{received}");
    }
    assert_eq!(core.counters.malformed.load(std::sync::atomic::Ordering::Relaxed), table.len() as u64);
    let huge = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "x".repeat(100_000));
    assert!(converse(core.address, huge.as_bytes()).await.starts_with("HTTP/1.1 431 "));
    let long = format!("GET /{}", "x".repeat(100_000));
    assert!(converse(core.address, long.as_bytes()).await.starts_with("HTTP/1.1 414 "));
    let empty_line = "\r\nGET / HTTP/1.1\r\nX: 1\r\nhost: a\r\n\r\n";
    assert!(converse(core.address, empty_line.as_bytes()).await.contains("[X: 1|]"));
}

#[tokio::test]
async fn a_slow_head_and_a_slow_body_are_told_so() {
    let limits = FrontLimits { head_seconds: 1, stall_seconds: 1, ..FrontLimits::default() };
    let core = core_with(limits);
    for sent in ["GET / HT", "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nabc"] {
        let mut socket = TcpStream::connect(core.address).await.unwrap();
        socket.write_all(sent.as_bytes()).await.unwrap();
        let mut received = String::new();
        let read = socket.read_to_string(&mut received);
        tokio::time::timeout(Duration::from_secs(9), read).await.unwrap().unwrap();
        assert!(received.starts_with("HTTP/1.1 408 "), "{sent}: {received}");
    }
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_cut_off() {
    let core = core_with(FrontLimits { stall_seconds: 1, ..FrontLimits::default() });
    let mut socket = TcpStream::connect(core.address).await.unwrap();
    let ask = format!("GET / HTTP/1.1\r\nhost: a\r\nx-size: {}\r\n\r\n", 64 * 1024 * 1024);
    socket.write_all(ask.as_bytes()).await.unwrap();
    let cut = async {
        while core.counters.timed_out.load(std::sync::atomic::Ordering::Relaxed) == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(9), cut).await.unwrap();
}

#[tokio::test]
async fn what_nobody_reads_has_a_bound() {
    let core = core_with(FrontLimits::default());
    let mut socket = TcpStream::connect(core.address).await.unwrap();
    let ask = format!("GET / HTTP/1.1\r\nhost: a\r\nx-size: {}\r\n\r\n", 128 * 1024 * 1024);
    socket.write_all(ask.as_bytes()).await.unwrap();
    let cut = async {
        while core.counters.timed_out.load(std::sync::atomic::Ordering::Relaxed) == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), cut).await.unwrap();
}

#[tokio::test]
async fn too_many_requests_at_once_are_shed() {
    let core = core_with(FrontLimits { requests: 1, ..FrontLimits::default() });
    let mut slow = TcpStream::connect(core.address).await.unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nx-wait: 60000\r\n\r\n").await.unwrap();
    let mut refused = converse(core.address, b"GET / HTTP/1.1\r\nhost: a\r\nx-wait: 0\r\n\r\n").await;
    for _ in 0..100 {
        if refused.starts_with("HTTP/1.1 503 ") {
            break;
        }
        refused = converse(core.address, b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    }
    assert!(refused.starts_with("HTTP/1.1 503 ") && refused.contains("Service Unavailable"), "{refused}");
}

#[tokio::test]
async fn a_connection_has_so_many_requests() {
    let core = core_with(FrontLimits { requests_per_connection: 2, ..FrontLimits::default() });
    let received = converse(core.address, "GET / HTTP/1.1\r\nhost: a\r\n\r\n".repeat(5).as_bytes()).await;
    assert_eq!(received.matches("HTTP/1.1 200").count(), 2, "{received}");
    assert_eq!(received.matches("connection: close").count(), 1, "{received}");
}
