//! HTTP/2 towards clients: hyper's codec under our limits.
//!
//! The codec refuses what breaks the protocol (forbidden headers, odd pseudo headers, bodies of another length than
//! announced, floods of continuations and early resets). Here follow the checks of what the request says of its host and
//! path, and of clients that abandon what they ask for.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::{CONTENT_LENGTH, COOKIE, HOST, HeaderMap, HeaderValue};
use http::request::Parts;
use http::uri::PathAndQuery;
use http::{Method, Request, Response};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};

use super::answering::{Arrived, Reply, Work, bad_request, go_on, head_too_large, too_slow, unavailable};
use super::body::{Broken, collect};
use super::connection::{Connection, Ending};
use super::core::{Client, Core, Handler};
use super::host;
use super::io::Io;
use super::limits::{FrontLimits, MOST_HEADERS};
use super::load::Answered;
use super::owed::{self, Sent};
use super::stream::Stream;
use crate::buffers::Buffers;

/// What a client sends first.
pub(super) const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// Streams that a client may reset before they are begun.
const PENDING_RESETS: usize = 20;
/// Streams that this side may have to reset because of the client's errors.
const ERROR_RESETS: usize = 100;
/// Bytes that a client may send ahead of their reader, on one stream and on all of a connection. A reader may have to wait
/// for room, and then the codec holds them.
const STREAM_WINDOW: u32 = 128 * 1024;
const CONNECTION_WINDOW: u32 = 256 * 1024;

/// Serves a connection to its end.
pub(super) async fn serve<H: Handler>(io: Io, client: &Arc<Client>, core: &Arc<Core<H>>) {
    let connection = &client.connection;
    let share = Buffers::new(core.settings.reply_share);
    let stream = TokioIo::new(Stream::new(io, Arc::clone(connection), client.ticks.clone()));
    let service = service_fn(|request| answer(request, client, core, &share));
    let served = pin!(core.http2.serve_connection(stream, service));
    // A connection that breaks is the client's affair: whatever it was owed is in its record already.
    if guarded(connection, served, |served| served.graceful_shutdown()).await.is_none() {
        core.load.counters.timed_out.fetch_add(1, Relaxed);
    }
}

/// The codec's settings.
pub(super) fn builder(limits: &FrontLimits) -> http2::Builder<TokioExecutor> {
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.streams)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .max_header_list_size(u32::try_from(limits.head_bytes).unwrap_or(u32::MAX))
        .max_pending_accept_reset_streams(PENDING_RESETS)
        .max_local_error_reset_streams(ERROR_RESETS)
        .keep_alive_interval(Duration::from_secs(30))
        .keep_alive_timeout(Duration::from_secs(20));
    builder
}

/// Begins at once what needs no waiting; the future that is left is small.
fn answer<H: Handler>(
    request: Request<Incoming>,
    client: &Arc<Client>,
    core: &Arc<Core<H>>,
    share: &Buffers,
) -> impl Future<Output = Result<Response<Sent<Guards>>, Infallible>> + use<H> {
    let mut stream = Open::begin(client);
    let (mut parts, body) = request.into_parts();
    let work = if core.load.refuses() {
        Work::Reply(super::Answering::ready(unavailable()))
    } else if parts.headers.len() > MOST_HEADERS {
        core.load.counters.malformed.fetch_add(1, Relaxed);
        Work::Reply(super::Answering::ready(head_too_large()))
    } else if settle(&mut parts) {
        let Parts { method, uri, headers, .. } = parts;
        let has_body = !body.is_end_stream();
        let target = uri.into_parts().path_and_query.unwrap_or_else(|| PathAndQuery::from_static("/"));
        let arrived = Arrived { method, target, headers: headers.into(), spelling: None, has_body };
        Work::begin(|| core.handler.handle(arrived, client))
    } else {
        core.load.counters.malformed.fetch_add(1, Relaxed);
        Work::Reply(super::Answering::ready(bad_request()))
    };
    let (answered, client, core) = (core.load.enter(), Arc::clone(client), Arc::clone(core));
    let share = share.clone();
    async move {
        let rooms = owed::Rooms { share: &share, node: &core.settings.unread };
        let mut abandoned = false;
        let mut reply = match finish(work, body).await {
            Ok(reply) => reply,
            // Whoever reset the stream does not see it, and has abandoned the request.
            Err(Broken::Off) => {
                abandoned = true;
                bad_request()
            }
            Err(Broken::Slow) => {
                core.load.counters.timed_out.fetch_add(1, Relaxed);
                too_slow()
            }
        };
        if owed::counts(&reply) && !abandoned {
            reply = owed::owe(reply, rooms, &client.connection, &client.ticks).await;
        }
        if !abandoned {
            stream.answered();
        }
        // Streams that are cut short were no less answered; they are open until their end.
        let guards = Guards { _answered: answered, _stream: stream };
        Ok(owed::sent(reply, rooms, &client.connection, &client.ticks, guards).await)
    }
}

/// What a streamed reply keeps to its end.
struct Guards {
    _answered: Answered,
    _stream: Open,
}

/// The answer, unless the body is not to be had.
async fn finish(work: Work, body: Incoming) -> Result<Reply, Broken> {
    match work {
        Work::Reply(answering) => Ok(answering.await),
        Work::Body(settings, continuation) => {
            let body = collect(body, &settings).await?;
            Ok(go_on(continuation, body).await)
        }
    }
}

/// Makes `Host` the one that the request names, and says whether the request has one meaning only.
fn settle(parts: &mut Parts) -> bool {
    let named = parts.uri.authority().map(|authority| HeaderValue::from_str(authority.as_str()));
    let mut hosts = parts.headers.get_all(HOST).iter();
    let (header, more) = (hosts.next(), hosts.next());
    let agrees = match (&named, header) {
        (Some(Ok(named)), Some(header)) => named.as_bytes().eq_ignore_ascii_case(header.as_bytes()),
        (Some(Ok(_)), None) | (None, Some(_)) => true,
        _ => false,
    };
    if !agrees || more.is_some() {
        return false;
    }
    if let Some(Ok(named)) = named {
        parts.headers.insert(HOST, named);
    }
    join_cookies(&mut parts.headers);
    let mut lengths = parts.headers.get_all(CONTENT_LENGTH).iter();
    let has_length = lengths.next().is_none_or(|length| length.as_bytes().iter().all(u8::is_ascii_digit));
    let host = parts.headers.get(HOST).is_some_and(|host| host::is_sound(host.as_bytes()));
    let path = parts.uri.path();
    let target = parts.uri.path_and_query().is_some_and(|target| target.as_str().is_ascii());
    host && has_length
        && lengths.next().is_none()
        && target
        && path.starts_with('/')
        && parts.method != Method::CONNECT
}

/// Clients may send their cookies one by one; whoever knows HTTP/1.1 only expects one line (RFC 9113 §8.2.3).
fn join_cookies(headers: &mut HeaderMap) {
    let cookies: Vec<_> = headers.get_all(COOKIE).iter().map(HeaderValue::as_bytes).collect();
    if cookies.len() > 1
        && let Ok(joined) = HeaderValue::try_from(cookies.join(&b"; "[..]))
    {
        headers.insert(COOKIE, joined);
    }
}

/// A stream that is being answered. Dropped before that, the client has abandoned it.
struct Open {
    client: Arc<Client>,
    answered: bool,
}

impl Open {
    fn begin(client: &Arc<Client>) -> Self {
        let begun = client.connection.stream_begins(client.ticks.now());
        if client.is_last(begun) {
            client.connection.end(Ending::Graceful);
        }
        Self { client: Arc::clone(client), answered: false }
    }

    fn answered(&mut self) {
        self.answered = true;
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.client.connection.stream_ends(self.answered, self.client.ticks.now());
    }
}

/// Runs a connection's future until it ends or the connection is asked to; none when it was cut off.
pub(super) async fn guarded<T: Future>(
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

#[cfg(test)]
mod tests {
    use http::{HeaderValue, Request};

    use super::settle;

    #[test]
    fn requests_with_two_hosts_or_none_are_refused() {
        let table = [
            ("http://a/", "", Some("a")),
            ("http://a:80/x?y", "host: A:80", Some("a:80")),
            ("/", "host: a", Some("a")),
            ("http://a/", "host: b", None),
            ("http://u@a/", "", None),
            ("http://a/", "host: a|host: a", None),
            ("/", "", None),
            ("/", "host: a b", None),
            ("*", "host: a", None),
            ("http://a/", "content-length: 1|content-length: 1", None),
            ("http://a/", "content-length: +1", None),
        ];
        for (target, headers, expected) in table {
            let mut request = Request::post(target);
            for (name, value) in headers.split('|').filter_map(|line| line.split_once(": ")) {
                request = request.header(name, value);
            }
            let mut parts = request.body(()).unwrap().into_parts().0;
            let host = settle(&mut parts).then(|| parts.headers.get("host").cloned()).flatten();
            assert_eq!(host, expected.map(HeaderValue::from_static), "{target} {headers}");
        }
    }
}
