//! The head of one call as the listener saw it.
//!
//! In: what `server` parsed. Out: views of it that the pipeline, the mappings and the logs share. It must not know
//! how the bytes arrived, nor which API they are for.

use std::borrow::Cow;
use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;
use http::header::HOST;
use http::uri::{PathAndQuery, Scheme};
use http::{HeaderName, Method};
use stagedoor_base::Timestamp;

use crate::HeaderList;

/// The head of one call. `headers` keeps the order of arrival; an HTTP/2 `:authority` stands in it as `host`.
#[derive(Debug, Clone)]
pub struct Head {
    pub method: Method,
    /// Path and query, raw.
    pub target: PathAndQuery,
    /// Where in the path the part after the stage begins: at a `/`, or at the end.
    pub path_start: usize,
    /// Where in the path `$context.path` begins; none when the stage does not directly precede the path, as in
    /// `/restapis/{api}/{stage}/_user_request_/…`.
    pub context_start: Option<usize>,
    pub headers: HeaderList,
    /// The head's raw bytes over HTTP/1.1, request line first; Lambda events take the header spelling from them.
    pub spelling: Option<Bytes>,
    /// The immediate TCP peer.
    pub peer: IpAddr,
    pub listener: Listener,
    pub received: Timestamp,
    /// The same moment on the monotonic clock of the engine's ports.
    pub started: Duration,
}

/// What a listener tells of itself in `X-Forwarded-Proto` and `X-Forwarded-Port`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    pub scheme: Scheme,
    pub port: u16,
}

impl Head {
    /// The raw path after the stage, as it is routed: begins with one `/`, leading extra slashes collapsed.
    #[must_use]
    pub fn path(&self) -> &str {
        let rest = self.target.path().get(self.path_start..).unwrap_or("");
        let extra = rest.bytes().take_while(|byte| *byte == b'/').count();
        if extra == 0 { "/" } else { &rest[extra - 1..] }
    }

    /// The raw query without `?`.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.target.query()
    }

    /// `$context.path`: the path as requested with the stage in it.
    #[must_use]
    pub fn context_path(&self, stage: &str) -> String {
        match self.context_start {
            Some(start) => self.target.path().get(start..).unwrap_or("/").to_owned(),
            None => format!("/{stage}{}", self.target.path().get(self.path_start..).unwrap_or("")),
        }
    }

    /// The last value of a header, when it is text.
    #[must_use]
    pub fn header(&self, name: impl PartialEq<HeaderName>) -> Option<&str> {
        self.headers.get_all(name).next_back().and_then(|value| value.to_str().ok())
    }

    /// The last value of a header as text, whatever its bytes.
    #[must_use]
    pub fn header_text(&self, name: impl PartialEq<HeaderName>) -> Option<Cow<'_, str>> {
        let bytes = self.headers.get_all(name).next_back()?.as_bytes();
        // The usual text is checked faster than with a look at what may have to be replaced.
        Some(std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed))
    }

    /// A header's name as the client spelled it, where that is known.
    #[must_use]
    pub fn spelled(&self, name: &HeaderName) -> String {
        let head = self.spelling.as_deref().and_then(|head| std::str::from_utf8(head).ok()).unwrap_or("");
        let mut names = head.split("\r\n").skip(1).filter_map(|line| Some(line.split_once(':')?.0));
        let found = names.find(|spelled| spelled.eq_ignore_ascii_case(name.as_str()));
        found.unwrap_or(name.as_str()).to_owned()
    }

    /// The `Host` header without its port.
    #[must_use]
    pub fn domain_name(&self) -> &str {
        let host = self.header(HOST).unwrap_or("");
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::time::Duration;

    use http::uri::Scheme;
    use http::{HeaderValue, Method};
    use stagedoor_base::Timestamp;

    use super::{Head, Listener};
    use crate::HeaderList;

    fn head(target: &str, path_start: usize, host: &str) -> Head {
        let mut headers = HeaderList::default();
        headers.push(http::header::HOST, HeaderValue::from_str(host).unwrap());
        Head {
            method: Method::GET,
            target: target.parse().unwrap(),
            path_start,
            context_start: None,
            headers,
            spelling: None,
            peer: IpAddr::V4(Ipv4Addr::LOCALHOST),
            listener: Listener { scheme: Scheme::HTTP, port: 80 },
            received: Timestamp(0),
            started: Duration::ZERO,
        }
    }

    #[test]
    fn the_routed_path_begins_with_one_slash() {
        for (target, expected) in [
            ("/dev", "/"),
            ("/dev/", "/"),
            ("/dev///a//b/", "/a//b/"),
            ("/dev/a?b=/c", "/a"),
            ("/dev?x", "/"),
        ] {
            assert_eq!(head(target, 4, "h").path(), expected, "{target}");
        }
    }

    #[test]
    fn domain_names_have_no_port() {
        for (host, expected) in [("a.b:80", "a.b"), ("a.b", "a.b"), ("[::1]:80", "[::1]"), ("[::1]", "[::1]")]
        {
            assert_eq!(head("/", 0, host).domain_name(), expected, "{host}");
        }
    }
}
