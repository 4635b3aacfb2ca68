//! The client against real sockets.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use http::uri::{Authority, PathAndQuery, Scheme};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use stagedoor_engine::{HeaderList, UpstreamFailure, UpstreamReply, UpstreamRequest};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::{Refused, Settings, Trust, Upstream, UpstreamLimits};
use crate::buffers::Buffers;

fn client(own: Vec<SocketAddr>) -> Upstream {
    client_that_trusts(own, None)
}

fn client_that_trusts(own: Vec<SocketAddr>, authorities: Option<&Path>) -> Upstream {
    Upstream::new(settings(own, authorities, UpstreamLimits::default()))
}

pub(super) fn settings(own: Vec<SocketAddr>, authorities: Option<&Path>, limits: UpstreamLimits) -> Settings {
    let refused = Arc::new(Refused { allowed: vec![], own });
    Settings::new(refused, Trust::new(authorities).unwrap(), 1000, Buffers::new(1_000_000), limits)
}

pub(super) fn request(method: Method, address: SocketAddr) -> UpstreamRequest {
    UpstreamRequest {
        scheme: Scheme::HTTP,
        authority: Authority::try_from(address.to_string()).unwrap(),
        path_and_query: PathAndQuery::from_static("/a?b"),
        method,
        headers: HeaderList::default(),
        body: Bytes::new(),
        timeout: Duration::from_secs(5),
        insecure_skip_verification: false,
    }
}

/// Serves one connection per script; each entry of a script answers one request, then the connection closes. An empty
/// answer keeps the request waiting for ever, `close` ends the connection without one.
pub(super) async fn backend(scripts: Vec<Vec<&'static str>>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        'connections: for script in scripts {
            let (mut socket, _) = listener.accept().await.unwrap();
            for answer in script {
                let mut seen = Vec::new();
                while !seen.ends_with(b"\r\n\r\n") {
                    let Ok(byte) = socket.read_u8().await else { continue 'connections };
                    seen.push(byte);
                }
                if answer == "close" {
                    break;
                }
                if answer.is_empty() {
                    std::future::pending::<()>().await;
                }
                socket.write_all(answer.as_bytes()).await.unwrap();
            }
        }
        std::future::pending::<()>().await;
    });
    address
}

async fn get(upstream: &Upstream, address: SocketAddr) -> Result<UpstreamReply, UpstreamFailure> {
    upstream.call(&request(Method::GET, address)).await
}

pub(super) const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

#[tokio::test]
async fn one_connection_serves_many_calls_and_a_closed_one_is_replaced() {
    let address = backend(vec![vec![OK, OK], vec![OK]]).await;
    let upstream = client(vec![]);
    for _ in 0..3 {
        let reply = get(&upstream, address).await.unwrap();
        assert_eq!((reply.status, &reply.body[..]), (200, &b"ok"[..]));
        // Lets the connection's task notice that the backend closed.
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn every_failure_has_its_name() {
    let truncated = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nok";
    let huge = "HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n";
    type Expected = fn(&UpstreamFailure) -> bool;
    let table: [(&str, Expected); 5] = [
        ("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n", |failure| {
            matches!(failure, UpstreamFailure::Broken(_))
        }),
        (truncated, |failure| matches!(failure, UpstreamFailure::Broken(_))),
        (huge, |failure| matches!(failure, UpstreamFailure::TooLarge)),
        ("no http\r\n\r\n", |failure| matches!(failure, UpstreamFailure::Broken(_))),
        ("HTTP/1.1 099 Odd\r\n\r\n", |failure| matches!(failure, UpstreamFailure::Broken(_))),
    ];
    for (answer, expected) in table {
        let address = backend(vec![vec![answer]]).await;
        let failure = get(&client(vec![]), address).await.unwrap_err();
        assert!(expected(&failure), "{answer}: {failure:?}");
    }
}

#[tokio::test]
async fn nobody_there_and_ourselves_are_told_apart() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert!(matches!(get(&client(vec![]), closed).await, Err(UpstreamFailure::Connect(_))));
    assert!(matches!(get(&client(vec![closed]), closed).await, Err(UpstreamFailure::RefusedAddress(_))));
    let metadata = "169.254.169.254:80".parse().unwrap();
    assert!(matches!(get(&client(vec![]), metadata).await, Err(UpstreamFailure::RefusedAddress(_))));
}

#[tokio::test]
async fn a_silent_backend_times_out() {
    let address = backend(vec![vec![""]]).await;
    let mut request = request(Method::GET, address);
    request.timeout = Duration::from_millis(50);
    assert_eq!(client(vec![]).call(&request).await.unwrap_err(), UpstreamFailure::Timeout);
}

#[tokio::test]
async fn replies_are_whole_however_they_are_framed() {
    let table = [
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;x=y\r\nok\r\n1\r\n!\r\n0\r\nt: 1\r\n\r\n",
            "ok!",
        ),
        ("HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nok!", "ok!"),
        ("HTTP/1.1 200 OK\r\n\r\nok!", "ok!"),
        ("HTTP/1.0 200 OK\r\ncontent-length: 3\r\n\r\nok!", "ok!"),
        ("HTTP/1.1 204 No Content\r\n\r\n", ""),
        ("HTTP/1.1 200 OK\r\nx-empty:\r\ncontent-length: 0\r\n\r\n", ""),
    ];
    for (answer, body) in table {
        let address = backend(vec![vec![answer]]).await;
        assert_eq!(get(&client(vec![]), address).await.unwrap().body, body, "{answer}");
    }
}

#[tokio::test]
async fn what_follows_a_reply_unasked_is_never_taken_for_the_next() {
    let stuffed =
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil";
    let both =
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n";
    for first in [stuffed, both] {
        let address = backend(vec![vec![first, "HTTP/1.1 500 X\r\n\r\n"], vec![OK]]).await;
        let upstream = client(vec![]);
        for _ in 0..2 {
            assert_eq!(get(&upstream, address).await.unwrap().body, "ok");
        }
    }
}

#[tokio::test]
async fn a_backend_may_refuse_a_large_body_unread() {
    let address = backend(vec![vec!["HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n", ""]]).await;
    let mut request = request(Method::POST, address);
    request.body = Bytes::from(vec![b'x'; 8 * 1024 * 1024]);
    assert_eq!(client(vec![]).call(&request).await.unwrap().status, 413);
}

#[tokio::test]
async fn interim_replies_do_not_stop_an_upload() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    const SIZE: usize = 8 * 1024 * 1024;
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(socket.read_u8().await.unwrap());
        }
        for piece in ["HTTP/1.1 100 Continue\r\n\r\nHTTP/1", ".1 102 Processing\r\nx: y\r\n\r\n"] {
            socket.write_all(piece.as_bytes()).await.unwrap();
            tokio::task::yield_now().await;
        }
        let mut body = vec![0; SIZE];
        socket.read_exact(&mut body).await.unwrap();
        socket.write_all(OK.as_bytes()).await.unwrap();
    });
    let mut request = request(Method::POST, address);
    request.body = Bytes::from(vec![b'x'; SIZE]);
    assert_eq!(client(vec![]).call(&request).await.unwrap().body, "ok");
}

#[tokio::test]
async fn an_idempotent_request_on_a_dying_connection_is_sent_again() {
    // The second request is read, then the connection ends without an answer.
    let address = backend(vec![vec![OK, "close"], vec![OK]]).await;
    let upstream = client(vec![]);
    get(&upstream, address).await.unwrap();
    assert_eq!(get(&upstream, address).await.unwrap().body, "ok");
    let address = backend(vec![vec![OK, "close"], vec![OK]]).await;
    get(&upstream, address).await.unwrap();
    let posted = upstream.call(&request(Method::POST, address)).await;
    assert!(matches!(posted, Err(UpstreamFailure::Broken(_))), "{posted:?}");
}

/// Serves every connection until `count` replies are out, then closes it without saying so.
async fn short_lived_backend(count: usize) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            tokio::spawn(async move {
                for _ in 0..count {
                    let mut seen = Vec::new();
                    while !seen.ends_with(b"\r\n\r\n") {
                        let Ok(byte) = socket.read_u8().await else { return };
                        seen.push(byte);
                    }
                    socket.write_all(OK.as_bytes()).await.unwrap();
                }
            });
        }
    });
    address
}

#[tokio::test]
async fn backends_that_close_after_a_few_replies_fail_no_call() {
    let (address, upstream) = (short_lived_backend(7).await, Arc::new(client(vec![])));
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let upstream = Arc::clone(&upstream);
        callers.spawn(async move {
            for _ in 0..100 {
                get(&upstream, address).await.unwrap();
            }
        });
    }
    while let Some(caller) = callers.join_next().await {
        caller.unwrap();
    }
}

#[tokio::test]
async fn what_cannot_be_sent_twice_is_not_sent_on_a_closed_connection() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let upstream = client(vec![]);
    for _ in 0..2 {
        let listener = listener.try_clone().unwrap();
        let (closed, was_closed) = std::sync::mpsc::channel();
        let backend = std::thread::spawn(move || {
            use std::io::{Read, Write};
            let (mut socket, _) = listener.accept().unwrap();
            assert!(socket.read(&mut [0; 1024]).unwrap() > 0);
            socket.write_all(OK.as_bytes()).unwrap();
            drop(socket);
            closed.send(()).unwrap();
        });
        assert_eq!(upstream.call(&request(Method::POST, address)).await.unwrap().status, 200);
        // Blocks on purpose: the runtime cannot learn of the end, only the kernel.
        was_closed.recv().unwrap();
        backend.join().unwrap();
    }
}

#[tokio::test]
async fn replies_may_have_hundreds_of_headers() {
    let many: String = (0..400).map(|n| format!("x-{n}: {n}\r\n")).collect();
    let answer = format!("HTTP/1.1 200 OK\r\n{many}content-length: 0\r\n\r\n").leak();
    let address = backend(vec![vec![answer]]).await;
    assert_eq!(get(&client(vec![]), address).await.unwrap().headers.iter().count(), 401);
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/upstream/testdata").join(name)
}

/// A TLS backend with a certificate for `localhost`; returns its port.
async fn tls_backend() -> u16 {
    let chain = vec![CertificateDer::from_pem_file(fixture("server.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_file(fixture("server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = builder.unwrap().with_no_client_auth().with_single_cert(chain, key).unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let Ok(mut secured) = acceptor.accept(socket).await else { continue };
            let mut head = vec![0; 1024];
            let _ = secured.read(&mut head).await;
            let _ = secured.write_all(OK.as_bytes()).await;
        }
    });
    port
}

#[tokio::test]
async fn certificates_are_judged_by_authority_and_host() {
    let port = tls_backend().await;
    let call = async |authority: Option<&Path>, host: &str, skip: bool| {
        let mut request = request(Method::GET, SocketAddr::from(([127, 0, 0, 1], port)));
        request.scheme = Scheme::HTTPS;
        request.authority = Authority::try_from(format!("{host}:{port}")).unwrap();
        request.insecure_skip_verification = skip;
        match client_that_trusts(vec![], authority).call(&request).await {
            Ok(reply) => reply.status.to_string(),
            Err(UpstreamFailure::CertificateHost { .. }) => "host".to_owned(),
            Err(UpstreamFailure::Connect(_)) => "authority".to_owned(),
            Err(other) => format!("{other:?}"),
        }
    };
    let authority = fixture("authority.pem");
    let table = [
        (Some(authority.as_path()), "localhost", false, "200"),
        (Some(authority.as_path()), "127.0.0.1", false, "host"),
        (None, "localhost", false, "authority"),
        (None, "127.0.0.1", true, "200"),
    ];
    for (trusted, host, skip, expected) in table {
        assert_eq!(call(trusted, host, skip).await, expected, "{trusted:?} {host} {skip}");
    }
}
