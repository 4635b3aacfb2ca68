//! `GET /_stagedoor/logs`: the latest lines of the console, for `stagedoor logs`.
//!
//! In: a question like `?after=7&wait=20&source=pets/v1`. Out: `{"next":9,"entries":[…]}`, at once or as soon as there is
//! something new. Lines may hold secrets: only this machine may ask, and no page in a browser can.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Serialize;
use stagedoor_engine::HeaderList;
use stagedoor_observe::{Entry, Observer, Source, expand};

use crate::status::{GUARD, json, text};

/// Lines of one answer.
const PAGE: usize = 1000;
/// A connection that waits for news is not kept longer.
const MAX_WAIT: u64 = 30;
/// How long lines may be on their way.
const SETTLE_WAIT: Duration = Duration::from_secs(1);

#[derive(Debug, Default, PartialEq, Eq)]
struct Question {
    after: u64,
    /// Seconds.
    wait: u64,
    /// Milliseconds since 1970.
    since: u64,
    source: Option<String>,
    colour: bool,
}

#[derive(Serialize)]
struct Answer<'e> {
    next: u64,
    entries: Vec<Line<'e>>,
}

#[derive(Serialize)]
struct Line<'e> {
    time: u64,
    source: &'e str,
    kind: &'static str,
    text: String,
}

/// Answers a question.
pub(crate) async fn answer(
    observer: &Observer,
    query: Option<&str>,
    headers: &HeaderList,
    peer: IpAddr,
) -> Response<Bytes> {
    if !peer.is_loopback() || !names_this_machine(headers) || headers.contains(http::header::ORIGIN) {
        return text(StatusCode::FORBIDDEN, "logs are for this machine only\n");
    }
    if headers.get(GUARD).is_none_or(|value| value != "1") {
        return text(StatusCode::FORBIDDEN, "send the header X-Stagedoor: 1\n");
    }
    let Some(question) = Question::parse(query.unwrap_or_default()) else {
        return text(StatusCode::BAD_REQUEST, "the query is not understood\n");
    };
    let ring = observer.ring();
    // Whoever has an answer finds the lines that led to it, unless nobody reads the console's stream.
    let _ = tokio::time::timeout(SETTLE_WAIT, observer.settle()).await;
    if question.wait > 0 {
        let wait = Duration::from_secs(question.wait.min(MAX_WAIT));
        // Nothing new is an answer too.
        let _ = tokio::time::timeout(wait, ring.news(question.after)).await;
    }
    let (found, next) = ring.read(question.after, PAGE, |entry| question.wants(entry));
    let entries = found.iter().map(|entry| Line::new(entry, question.colour)).collect();
    match serde_json::to_string(&Answer { next, entries }) {
        Ok(body) => json(body),
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")),
    }
}

/// A name that someone else's DNS pointed here is not ours.
fn names_this_machine(headers: &HeaderList) -> bool {
    let host = headers.get(http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let address = host.parse::<SocketAddr>().map(|it| it.ip()).or_else(|_| host.parse());
    name == "localhost" || address.is_ok_and(|it: IpAddr| it.is_loopback())
}

impl Question {
    fn parse(query: &str) -> Option<Self> {
        let mut question = Self::default();
        for (key, value) in query
            .split('&')
            .filter(|it| !it.is_empty())
            .map(|it| it.split_once('='))
            .collect::<Option<Vec<_>>>()?
        {
            match key {
                "after" => question.after = value.parse().ok()?,
                "wait" => question.wait = value.parse().ok()?,
                "since" => question.since = value.parse().ok()?,
                "source" => question.source = Some(value.to_owned()),
                "colour" => question.colour = value == "1",
                _ => return None,
            }
        }
        Some(question)
    }

    fn wants(&self, entry: &Entry) -> bool {
        let is_of = |wanted: &String| match &entry.source {
            Source::Gateway => false,
            Source::Stage(name) | Source::Function(name) => name == wanted,
        };
        entry.time >= self.since && self.source.as_ref().is_none_or(is_of)
    }
}

impl<'e> Line<'e> {
    fn new(entry: &'e Entry, colour: bool) -> Self {
        let (kind, source) = match &entry.source {
            Source::Gateway => ("gateway", ""),
            Source::Stage(name) => ("request", name.as_str()),
            Source::Function(name) => ("function", name.as_str()),
        };
        let mut text = String::with_capacity(entry.text.len());
        expand(&entry.text, colour, &mut text);
        Self { time: entry.time, source, kind, text }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use stagedoor_engine::HeaderList;
    use stagedoor_observe::{Console, Destination, Observer, Settings};

    use super::{Question, answer};

    #[test]
    fn questions_are_understood_or_refused() {
        let question = Question::parse("after=3&wait=20&since=9&source=a/b&colour=1").unwrap();
        assert_eq!((question.after, question.wait, question.since, question.colour), (3, 20, 9, true));
        assert_eq!(Question::parse(""), Some(Question::default()));
        for wrong in ["after=x", "nope=1", "after"] {
            assert_eq!(Question::parse(wrong), None, "{wrong}");
        }
    }

    fn nothing_printed() -> Settings {
        Settings {
            access_log: None,
            access_log_format: None,
            console: Console::Off,
            console_destination: Destination::Stderr,
            colour: false,
            keep: true,
        }
    }

    #[tokio::test]
    async fn only_this_machine_may_ask_and_no_page_can() {
        let observer = Observer::open(&nothing_printed(), 1).unwrap();
        for (peer, headers, expected) in [
            ("127.0.0.1", "host: 127.0.0.1:4566|x-stagedoor: 1", 200),
            ("127.0.0.1", "host: localhost:4566|x-stagedoor: 1", 200),
            ("::1", "host: [::1]:4566|x-stagedoor: 1", 200),
            ("127.0.0.1", "host: 127.0.0.1:4566", 403),
            ("127.0.0.1", "host: rebound.example:4566|x-stagedoor: 1", 403),
            ("127.0.0.1", "host: 127.0.0.1:4566|x-stagedoor: 1|origin: http://127.0.0.1:4566", 403),
            ("192.0.2.1", "host: 127.0.0.1:4566|x-stagedoor: 1", 403),
        ] {
            let mut map = HeaderList::default();
            for (name, value) in headers.split('|').filter_map(|line| line.split_once(": ")) {
                map.push(http::HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            let reply = answer(&observer, None, &map, peer.parse().unwrap()).await;
            assert_eq!(reply.status(), expected, "{peer} {headers}");
        }
    }
}
