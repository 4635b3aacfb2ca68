//! How many connections there are, which are reused, and where they lead: the client against real sockets.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Method;
use http::uri::Authority;
use stagedoor_engine::UpstreamFailure;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::dns::Resolver;
use super::tests::{OK, request, settings};
use super::{Settings, Upstream, UpstreamLimits};

/// Counts its connections, and answers each request when it gets a permit.
struct Counting {
    address: SocketAddr,
    permits: Arc<Semaphore>,
    requests: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    all: Arc<AtomicUsize>,
}

impl Counting {
    async fn start(address: &str, permits: usize) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let counting = Self {
            address: listener.local_addr().unwrap(),
            permits: Arc::new(Semaphore::new(permits)),
            requests: Arc::default(),
            open: Arc::default(),
            most: Arc::default(),
            all: Arc::default(),
        };
        let (permits, requests) = (Arc::clone(&counting.permits), Arc::clone(&counting.requests));
        let (open, most, all) =
            (Arc::clone(&counting.open), Arc::clone(&counting.most), Arc::clone(&counting.all));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                all.fetch_add(1, SeqCst);
                most.fetch_max(open.fetch_add(1, SeqCst) + 1, SeqCst);
                let (permits, requests, open) =
                    (Arc::clone(&permits), Arc::clone(&requests), Arc::clone(&open));
                tokio::spawn(async move {
                    answer_all(socket, &permits, &requests).await;
                    open.fetch_sub(1, SeqCst);
                });
            }
        });
        counting
    }

    fn counts(&self) -> (usize, usize) {
        (self.most.load(SeqCst), self.all.load(SeqCst))
    }
}

async fn answer_all(mut socket: TcpStream, permits: &Semaphore, requests: &AtomicUsize) {
    loop {
        let mut seen = Vec::new();
        while !seen.ends_with(b"\r\n\r\n") {
            let Ok(byte) = socket.read_u8().await else { return };
            seen.push(byte);
        }
        requests.fetch_add(1, SeqCst);
        permits.acquire().await.unwrap().forget();
        if socket.write_all(OK.as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn until(mut holds: impl FnMut() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.unwrap();
}

fn limited(max_connections: usize) -> Settings {
    settings(vec![], None, UpstreamLimits { max_connections, ..UpstreamLimits::default() })
}

/// Two cores' clients, which share their limits.
fn cores(max_connections: usize) -> [Arc<Upstream>; 2] {
    let settings = limited(max_connections);
    [Arc::new(Upstream::new(settings.clone())), Arc::new(Upstream::new(settings))]
}

#[tokio::test]
async fn all_cores_together_keep_to_the_limit_and_none_starves() {
    for most in [1, 2, 5] {
        let backend = Counting::start("127.0.0.1:0", 100_000).await;
        let cores = cores(most);
        let mut callers = JoinSet::new();
        for caller in 0..40 {
            let (upstream, address) = (Arc::clone(&cores[usize::from(caller % 4 == 0)]), backend.address);
            callers.spawn(async move {
                for _ in 0..20 {
                    assert_eq!(upstream.call(&request(Method::GET, address)).await.unwrap().status, 200);
                }
            });
        }
        while let Some(caller) = callers.join_next().await {
            caller.unwrap();
        }
        let (at_once, opened) = backend.counts();
        assert!(at_once <= most + 1, "the backend sees an end a little late: {at_once} of {most}");
        assert!(opened <= 200, "connections are handed over, not opened for each of 800 calls: {opened}");
    }
}

#[tokio::test]
async fn an_idle_connection_of_another_core_gives_way() {
    let backend = Counting::start("127.0.0.1:0", 10).await;
    let [one, other] = cores(1);
    for upstream in [&one, &other, &one] {
        assert_eq!(upstream.call(&request(Method::GET, backend.address)).await.unwrap().status, 200);
    }
    assert_eq!(backend.counts().1, 3);
}

#[tokio::test]
async fn waiting_calls_time_out_and_too_many_are_refused() {
    let backend = Counting::start("127.0.0.1:0", 0).await;
    let upstream = Arc::new(Upstream::new(limited(2)));
    let mut callers = JoinSet::new();
    for _ in 0..200 {
        let (upstream, mut request) = (Arc::clone(&upstream), request(Method::GET, backend.address));
        request.timeout = Duration::from_millis(300);
        callers.spawn(async move { upstream.call(&request).await.unwrap_err() });
    }
    let failures = callers.join_all().await;
    let late = failures.iter().filter(|failure| **failure == UpstreamFailure::Timeout).count();
    let refused = failures.iter().filter(|failure| matches!(failure, UpstreamFailure::Connect(_))).count();
    assert_eq!((late, refused), (2 + 128, 200 - 130));
    // Whoever gave up left no trace: the next calls have all places.
    backend.permits.add_permits(1000);
    assert_eq!(upstream.call(&request(Method::GET, backend.address)).await.unwrap().status, 200);
}

#[tokio::test]
async fn places_of_failed_and_abandoned_connections_come_back() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let upstream = Arc::new(Upstream::new(limited(1)));
    for _ in 0..5 {
        let failed = upstream.call(&request(Method::GET, closed)).await;
        assert!(matches!(failed, Err(UpstreamFailure::Connect(_))), "{failed:?}");
    }
    let backend = Counting::start("127.0.0.1:0", 0).await;
    for call in 1..=5 {
        let (upstream, asked) = (Arc::clone(&upstream), request(Method::GET, backend.address));
        let abandoned = tokio::spawn(async move { upstream.call(&asked).await });
        until(|| backend.requests.load(SeqCst) == call).await;
        abandoned.abort();
    }
}

#[tokio::test]
async fn a_backend_says_how_long_it_keeps_a_connection() {
    let table = [
        ("", 59, 1),
        ("", 60, 2),
        ("keep-alive: timeout=3\r\n", 1, 1),
        ("keep-alive: timeout=3, max=10\r\n", 2, 2),
        ("Keep-Alive: max=10, Timeout=2\r\n", 1, 2),
        ("keep-alive: timeout=0\r\n", 0, 2),
        ("keep-alive: timeout=x\r\n", 59, 1),
    ];
    for (header, sweeps, connections) in table {
        let answer = format!("HTTP/1.1 200 OK\r\n{header}content-length: 0\r\n\r\n").leak();
        let address = super::tests::backend(vec![vec![answer, answer], vec![answer]]).await;
        let upstream = Upstream::new(limited(10));
        let local = async || {
            upstream.call(&request(Method::GET, address)).await.unwrap();
        };
        local().await;
        (0..sweeps).for_each(|_| upstream.sweep());
        let kept = upstream.pool.len() == 1;
        assert_eq!(kept, connections == 1, "{header:?} after {sweeps} s");
        // The backend serves one connection at a time, so that the second call shows which one was used.
        tokio::time::timeout(Duration::from_secs(5), local()).await.unwrap();
    }
}

/// A resolver that says what the test last set.
#[derive(Clone, Default)]
struct Zone(Arc<Mutex<Vec<IpAddr>>>);

impl Zone {
    fn set(&self, addresses: &[&str]) {
        *self.0.lock().unwrap() = addresses.iter().map(|text| text.parse().unwrap()).collect();
    }

    fn client(&self, limits: UpstreamLimits) -> Upstream {
        let zone = self.clone();
        let found = move |_| {
            let found = zone.0.lock().unwrap().clone();
            Box::pin(async move { Ok(found) }) as stagedoor_engine::BoxFuture<_>
        };
        Upstream::new(Settings { resolver: Resolver(Arc::new(found)), ..settings(vec![], None, limits) })
    }
}

fn named(port: u16) -> stagedoor_engine::UpstreamRequest {
    let mut request = request(Method::GET, SocketAddr::from(([127, 0, 0, 1], port)));
    request.authority = Authority::try_from(format!("backend.test:{port}")).unwrap();
    request
}

#[tokio::test]
async fn a_moved_backend_is_followed_although_connections_to_the_old_place_live() {
    let old = Counting::start("127.0.0.1:0", 100).await;
    let port = old.address.port();
    let new = Counting::start(&format!("127.0.0.2:{port}"), 100).await;
    let zone = Zone::default();
    zone.set(&["127.0.0.1"]);
    let upstream = zone.client(UpstreamLimits::default());
    upstream.call(&named(port)).await.unwrap();
    zone.set(&["127.0.0.2"]);
    upstream.call(&named(port)).await.unwrap();
    assert_eq!((old.requests.load(SeqCst), new.requests.load(SeqCst)), (2, 0));
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(31)).await;
    tokio::time::resume();
    upstream.sweep();
    for _ in 0..3 {
        tokio::task::yield_now().await;
    }
    upstream.call(&named(port)).await.unwrap();
    assert_eq!((old.requests.load(SeqCst), new.requests.load(SeqCst)), (2, 1));
}

#[tokio::test]
async fn the_next_address_is_tried_when_one_refuses() {
    let backend = Counting::start("127.0.0.1:0", 100).await;
    let zone = Zone::default();
    // Nobody listens on the first two, and the gateway never calls the third.
    zone.set(&["127.0.0.3", "::1", "169.254.169.254", "127.0.0.1"]);
    let upstream = zone.client(UpstreamLimits::default());
    assert_eq!(upstream.call(&named(backend.address.port())).await.unwrap().status, 200);
    zone.set(&["169.254.169.254"]);
    let upstream = zone.client(UpstreamLimits::default());
    let failed = upstream.call(&named(backend.address.port())).await;
    assert!(matches!(failed, Err(UpstreamFailure::RefusedAddress(_))), "{failed:?}");
}

/// An address that never answers a connection: its queue of new ones is full.
async fn black_hole(address: &str) -> (socket2::Socket, Vec<TcpStream>, SocketAddr) {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.bind(&address.parse::<SocketAddr>().unwrap().into()).unwrap();
    socket.listen(0).unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    let mut fillers = Vec::new();
    while let Ok(Ok(filler)) =
        tokio::time::timeout(Duration::from_millis(100), TcpStream::connect(address)).await
    {
        fillers.push(filler);
    }
    (socket, fillers, address)
}

#[tokio::test]
async fn a_black_hole_costs_a_head_start_or_the_connect_timeout() {
    let (_socket, _fillers, address) = black_hole("127.0.0.2:0").await;
    let backend = Counting::start(&format!("127.0.0.1:{}", address.port()), 100).await;
    let zone = Zone::default();
    zone.set(&["127.0.0.2", "127.0.0.1"]);
    let limits = UpstreamLimits { connect_timeout: Duration::from_secs(2), ..UpstreamLimits::default() };
    let started = std::time::Instant::now();
    zone.client(limits).call(&named(address.port())).await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(2) && backend.requests.load(SeqCst) == 1);
    zone.set(&["127.0.0.2"]);
    let failed = zone.client(limits).call(&named(address.port())).await;
    assert!(
        matches!(&failed, Err(UpstreamFailure::Connect(why)) if why.contains("within 2 s")),
        "{failed:?}"
    );
}

#[tokio::test]
async fn a_request_that_was_answered_in_part_is_never_sent_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, requests) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&requests);
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            for answer in [OK, "HTTP/1.1 103 Early Hints\r\n\r\n"] {
                assert!(socket.read(&mut [0; 1024]).await.unwrap() > 0);
                counted.fetch_add(1, SeqCst);
                socket.write_all(answer.as_bytes()).await.unwrap();
            }
        }
    });
    let upstream = Upstream::new(limited(10));
    upstream.call(&request(Method::GET, address)).await.unwrap();
    let failed = upstream.call(&request(Method::GET, address)).await;
    assert!(matches!(failed, Err(UpstreamFailure::Broken(_))), "{failed:?}");
    assert_eq!(requests.load(SeqCst), 2);
}

#[tokio::test]
async fn asides_are_bounded() {
    let interim = "HTTP/1.1 103 X\r\nlink: x\r\n\r\n".repeat(5000);
    let trailers = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n{}\r\n",
        "x-trailer: x\r\n".repeat(10_000)
    );
    for answer in [format!("{interim}{OK}"), trailers] {
        let address = super::tests::backend(vec![vec![answer.leak()]]).await;
        let failed = Upstream::new(limited(10)).call(&request(Method::GET, address)).await;
        assert!(
            matches!(&failed, Err(UpstreamFailure::Broken(why)) if why.contains("too many")),
            "{failed:?}"
        );
    }
}
