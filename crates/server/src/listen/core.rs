//! One core: accepts, serves HTTP/1.1 and HTTP/2 with prior knowledge, sweeps, drains.

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{CONNECTION, HeaderValue};
use http::{Request, Response, Version};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::answering::Answering;
use super::connection::{Connection, Ending, Phase};
use super::owed;
use super::registry::{PhaseLimits, Registry};
use super::stream::Stream;
use super::ticks::Ticks;
use crate::buffers::Buffers;

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const TICK: Duration = Duration::from_secs(1);
/// Streams that one HTTP/2 connection may have open.
const MAX_STREAMS: u32 = 128;
/// hyper answers a bare 431 above this; below it the limits of [`stagedoor_base::Limits`] decide.
const CODEC_BUFFER: usize = 64 * 1024;

/// How a core serves.
#[derive(Debug, Clone)]
pub(crate) struct CoreSettings {
    /// Connections of this core; further clients wait in the kernel's queue.
    pub(crate) max_connections: usize,
    /// Head bytes kept per connection for the spelling of header names.
    pub(crate) recorded_bytes: usize,
    /// Bytes of large replies that one multiplexed connection may hold.
    pub(crate) reply_share: usize,
    /// After the wish to stop, how long requests may take to end.
    pub(crate) drain: Duration,
}

/// One client connection, as handlers see it.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) peer: SocketAddr,
    connection: Arc<Connection>,
    ticks: Ticks,
    /// Of the node's reply buffers; multiplexed connections only.
    share: Option<Buffers>,
}

impl Client {
    /// The raw head of the request at hand; none over HTTP/2.
    pub(crate) fn take_head(&self, body_follows: bool) -> Option<Bytes> {
        if self.share.is_some() { None } else { self.connection.take_head(body_follows) }
    }

    /// The request's body is read.
    pub(crate) fn body_ended(&self) {
        self.connection.body_ended();
    }

    /// The rest of the request's body will not be read.
    pub(crate) fn leaves_body(&self) {
        self.connection.leaves_body();
    }

    /// The reply is made. `stays`: what the request wants of its connection, where that can be said.
    fn finish(&self, reply: &mut Response<Full<Bytes>>, stays: Option<bool>) {
        if let Some(stays) = stays {
            let word = if stays && self.connection.goes_on() { "keep-alive" } else { "close" };
            reply.headers_mut().entry(CONNECTION).or_insert(HeaderValue::from_static(word));
        }
        // Other streams of a multiplexed connection may still be busy; their own deadlines apply.
        if self.share.is_none() {
            self.enter(Phase::Reply);
        }
    }

    /// Counts large replies of a multiplexed connection.
    fn count(self: &Arc<Self>, answering: Answering) -> Answering {
        let Some(share) = self.share.clone() else { return answering };
        let client = Arc::clone(self);
        Answering::new(async move {
            let reply = answering.await;
            if owed::is_large(&reply) {
                return owed::owe(reply, &share, &client.connection, &client.ticks).await;
            }
            reply
        })
    }

    fn enter(&self, phase: Phase) {
        self.connection.enter(phase, self.ticks.now());
    }
}

struct Core<H> {
    settings: CoreSettings,
    registry: Arc<Registry>,
    ticks: Ticks,
    http1: http1::Builder,
    http2: http2::Builder<TokioExecutor>,
    handler: H,
}

/// Serves until `ending` asks for an end, then lets requests finish. Every request goes to `handler`.
pub(crate) async fn run_core<H>(
    listener: std::net::TcpListener,
    settings: CoreSettings,
    registry: Arc<Registry>,
    mut ending: watch::Receiver<Ending>,
    handler: H,
) -> std::io::Result<()>
where
    H: Fn(Request<Incoming>, &Arc<Client>) -> Answering + Send + Sync + 'static,
{
    let listener = TcpListener::from_std(listener)?;
    let ticks = Ticks::default();
    let core = Arc::new(Core {
        settings,
        registry,
        ticks: ticks.clone(),
        http1: http1_settings(),
        http2: http2_settings(),
        handler,
    });
    let mut ticker = tokio::time::interval(TICK);
    let mut next_id = 0;
    while *ending.borrow() == Ending::Open {
        let room = core.registry.len() < core.settings.max_connections;
        tokio::select! {
            accepted = listener.accept(), if room => match accepted {
                Ok((socket, peer)) => core.start(&mut next_id, socket, peer),
                // Out of descriptors, or the client is gone already: the next tick tries again.
                Err(_) => { ticker.tick().await; }
            },
            _ = ticker.tick() => core.registry.sweep(core.ticks.advance(), PhaseLimits::default()),
            changed = ending.changed() => if changed.is_err() { break },
        }
    }
    core.take_waiting(&mut next_id, &listener).await;
    drop(listener);
    core.drain(&mut ending).await;
    Ok(())
}

impl<H> Core<H>
where
    H: Fn(Request<Incoming>, &Arc<Client>) -> Answering + Send + Sync + 'static,
{
    fn start(self: &Arc<Self>, next_id: &mut u64, socket: TcpStream, peer: SocketAddr) {
        let id = *next_id;
        *next_id += 1;
        let connection = Arc::new(Connection::new(self.ticks.now(), self.settings.recorded_bytes));
        connection.enter(Phase::Head, self.ticks.now());
        let entry = self.registry.enter(id, Arc::clone(&connection));
        let core = Arc::clone(self);
        tokio::spawn(async move {
            core.serve(socket, peer, connection).await;
            drop(entry);
        });
    }

    async fn serve(&self, mut socket: TcpStream, peer: SocketAddr, connection: Arc<Connection>) {
        // A socket that refuses the option still works.
        let _ = socket.set_nodelay(true);
        let watched = Arc::clone(&connection);
        let Some(Ok(sniffed)) = guarded(&watched, pin!(sniff(&mut socket)), |_| {}).await else { return };
        let multiplexed = sniffed.len() == PREFACE.len() && sniffed == PREFACE;
        let ticks = self.ticks.clone();
        let share = multiplexed.then(|| Buffers::new(self.settings.reply_share));
        let client = Arc::new(Client { peer, connection: Arc::clone(&connection), ticks, share });
        let stream = TokioIo::new(Stream::new(socket, sniffed, connection, self.ticks.clone()));
        let service = service_fn(|request| self.answer(request, &client));
        // A connection that breaks is the client's affair: whatever it was owed is in its record already.
        if multiplexed {
            let served = pin!(self.http2.serve_connection(stream, service));
            let _ = guarded(&watched, served, |served| served.graceful_shutdown()).await;
        } else {
            let served = pin!(self.http1.serve_connection(stream, service));
            let _ = guarded(&watched, served, |served| served.graceful_shutdown()).await;
        }
    }

    /// Begins at once what needs no waiting; the future that is left is small.
    fn answer(
        &self,
        request: Request<Incoming>,
        client: &Arc<Client>,
    ) -> impl Future<Output = Result<Response<Full<Bytes>>, Infallible>> + use<H> {
        client.enter(Phase::Busy);
        let stays = (request.version() == Version::HTTP_11).then(|| !asks_to_close(&request));
        let answering = client.count(Answering::begin(|| (self.handler)(request, client)));
        let client = Arc::clone(client);
        async move {
            let mut reply = answering.await;
            client.finish(&mut reply, stays);
            Ok(reply)
        }
    }

    /// Clients that the kernel has already accepted for us are served, not reset.
    async fn take_waiting(self: &Arc<Self>, next_id: &mut u64, listener: &TcpListener) {
        loop {
            let waiting = poll_fn(|context| match listener.poll_accept(context) {
                Poll::Ready(accepted) => Poll::Ready(accepted.ok()),
                Poll::Pending => Poll::Ready(None),
            });
            let Some((socket, peer)) = waiting.await else { return };
            self.start(next_id, socket, peer);
        }
    }

    async fn drain(&self, ending: &mut watch::Receiver<Ending>) {
        self.registry.end_all(*ending.borrow());
        let deadline = tokio::time::sleep(self.settings.drain);
        let mut deadline = pin!(deadline);
        let mut ticker = tokio::time::interval(Duration::from_millis(10));
        let mut seconds = tokio::time::interval(TICK);
        while self.registry.len() > 0 {
            tokio::select! {
                () = &mut deadline => self.registry.end_all(Ending::Now),
                _ = ticker.tick() => {}
                _ = seconds.tick() => self.registry.sweep(self.ticks.advance(), PhaseLimits::DRAINING),
                changed = ending.changed() => {
                    if changed.is_err() { return }
                    self.registry.end_all(*ending.borrow());
                }
            }
            if deadline.is_elapsed() {
                return;
            }
        }
    }
}

fn asks_to_close(request: &Request<Incoming>) -> bool {
    let options = request.headers().get_all(CONNECTION).iter().filter_map(|value| value.to_str().ok());
    options.flat_map(|value| value.split(',')).any(|option| option.trim().eq_ignore_ascii_case("close"))
}

/// Runs a connection's future until it ends or the connection is asked to; none when it was cut off.
async fn guarded<T: Future>(
    connection: &Connection,
    mut work: std::pin::Pin<&mut T>,
    wind_down: impl Fn(std::pin::Pin<&mut T>),
) -> Option<T::Output> {
    let (mut watched, mut winding_down) = (false, false);
    poll_fn(|context: &mut Context<'_>| {
        // A task's waker stays good for the task's life.
        if !watched {
            connection.watched_by(context.waker());
            watched = true;
        }
        match connection.ending() {
            Ending::Now => return Poll::Ready(None),
            Ending::Graceful if !winding_down => {
                winding_down = true;
                wind_down(work.as_mut());
            }
            _ => {}
        }
        work.as_mut().poll(context).map(Some)
    })
    .await
}

/// Reads until the bytes can no longer be, or are, the HTTP/2 preface.
async fn sniff(socket: &mut TcpStream) -> std::io::Result<Bytes> {
    let mut bytes = BytesMut::with_capacity(PREFACE.len());
    while bytes.len() < PREFACE.len() && PREFACE.starts_with(&bytes) {
        let mut room = [0; PREFACE.len()];
        let count = socket.read(&mut room[..PREFACE.len() - bytes.len()]).await?;
        if count == 0 {
            break;
        }
        bytes.extend_from_slice(&room[..count]);
    }
    Ok(bytes.freeze())
}

fn http1_settings() -> http1::Builder {
    let mut builder = http1::Builder::new();
    // A client that has shut down its sending side still wants its reply.
    builder.half_close(true).max_buf_size(CODEC_BUFFER);
    builder
}

fn http2_settings() -> http2::Builder<TokioExecutor> {
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(u32::try_from(CODEC_BUFFER).unwrap_or(u32::MAX))
        .keep_alive_interval(Duration::from_secs(30))
        .keep_alive_timeout(Duration::from_secs(20));
    builder
}
