//! One core against real sockets.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::{Body as _, Incoming};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{Answering, Body, BodySettings, Client, CoreSettings, Ending, Registry, bind, collect, run_core};
use crate::buffers::Buffers;

struct Core {
    address: SocketAddr,
    ending: watch::Sender<Ending>,
    running: JoinHandle<std::io::Result<()>>,
}

/// Answers with the first line of the head as it was spelled, and the body or what became of it.
async fn describe(request: Request<Incoming>, client: Arc<Client>) -> Response<Full<Bytes>> {
    let settings = BodySettings::new(1000, Buffers::new(100_000));
    let head = client.take_head(!request.body().is_end_stream());
    let size = request.headers().get("x-size").and_then(|size| size.to_str().ok()?.parse().ok()).unwrap_or(0);
    let wait = request.headers().contains_key("x-wait");
    let (parts, body) = request.into_parts();
    let body = match collect(body, &parts.headers, &client, &settings).await {
        Body::Complete(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
        other => format!("{other:?}"),
    };
    client.body_ended();
    if wait {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let head = head.map(|head| String::from_utf8(head.to_vec()).unwrap()).unwrap_or_default();
    let spelled = head.lines().nth(1).unwrap_or("none").to_owned();
    Response::new(Full::from(format!("[{spelled}|{body}]{}", "x".repeat(size))))
}

fn core() -> Core {
    let (address, mut listeners) = bind("127.0.0.1:0".parse().unwrap(), 1, "--listen").unwrap();
    let settings = CoreSettings {
        max_connections: 100,
        recorded_bytes: 10_000,
        reply_share: 100 * 1024,
        drain: Duration::from_secs(5),
    };
    let (ending, watched) = watch::channel(Ending::Open);
    let registry = Arc::new(Registry::default());
    let handler = |request, client: &Arc<Client>| Answering::new(describe(request, Arc::clone(client)));
    let running = tokio::spawn(run_core(listeners.remove(0), settings, registry, watched, handler));
    Core { address, ending, running }
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
    let declared = format!("POST / HTTP/1.1\r\ncontent-length: 1001\r\n\r\n{}", "x".repeat(1001));
    let chunked = format!(
        "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n3e9\r\n{}\r\n0\r\n\r\n",
        "x".repeat(1001)
    );
    let fits = format!("POST / HTTP/1.1\r\ncontent-length: 1000\r\n\r\n{}", "x".repeat(1000));
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
    socket.write_all(b"GET / HTTP/1.1\r\nx-wait: 1\r\n\r\n").await.unwrap();
    // The request has arrived when a second connection's, sent later, is answered.
    converse(core.address, b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    core.ending.send(Ending::Graceful).unwrap();
    let mut received = String::new();
    tokio::time::timeout(Duration::from_secs(5), socket.read_to_string(&mut received))
        .await
        .unwrap()
        .unwrap();
    assert!(received.contains("[x-wait: 1|]"), "{received}");
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
    for socket in [&mut half, &mut silent] {
        assert!(!matches!(socket.read(&mut [0; 1]).await, Ok(1..)));
    }
}

#[tokio::test]
async fn now_means_now() {
    let core = core();
    let _idle = TcpStream::connect(core.address).await.unwrap();
    core.ending.send(Ending::Now).unwrap();
    tokio::time::timeout(Duration::from_secs(5), core.running).await.unwrap().unwrap().unwrap();
}
