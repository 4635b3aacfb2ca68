//! What becomes of headers that mappings and overrides set, by AWS's tables.
//!
//! In: a name as a mapping spells it. Out: the name to send, or why there is none. It must not know values.

use http::HeaderName;

/// Refused at run time whatever the integration.
const ALWAYS_FORBIDDEN: &[&str] =
    &["content-length", "transfer-encoding", "x-amzn-trace-id", "x-amzn-apigateway-api-id"];
/// Dropped by HTTP integrations, refused by AWS ones; `via` is dropped by HTTP only.
const HOP: &[&str] = &["connection", "expect", "proxy-authenticate", "te"];
/// Headers that AWS renames when a mapping produces them for the client.
const REMAPPED: &[&str] = &[
    "authorization",
    "connection",
    "content-length",
    "content-md5",
    "date",
    "expect",
    "host",
    "max-forwards",
    "proxy-authenticate",
    "server",
    "trailer",
    "upgrade",
    "user-agent",
    "www-authenticate",
];

/// What becomes of a header set for a backend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderFate {
    Sent(HeaderName),
    Dropped,
    /// AWS answers the call with 500.
    Forbidden,
}

/// The fate of a header set for a backend, by the column of its integration; none when it is no header's name.
#[must_use]
pub fn request_header(name: &str, aws: bool) -> Option<HeaderFate> {
    let header = HeaderName::from_bytes(name.as_bytes()).ok()?;
    let text = header.as_str();
    let hop = HOP.contains(&text);
    if ALWAYS_FORBIDDEN.contains(&text) || aws && (hop || text == "authorization") {
        return Some(HeaderFate::Forbidden);
    }
    let dropped = if aws { text == "referer" } else { hop || text == "via" };
    Some(if dropped { HeaderFate::Dropped } else { HeaderFate::Sent(header) })
}

/// The name under which a header set for the client leaves; none when AWS drops it.
#[must_use]
pub fn response_header(name: &str) -> Option<HeaderName> {
    let header = HeaderName::from_bytes(name.as_bytes()).ok()?;
    if header == http::header::TRANSFER_ENCODING {
        return None;
    }
    if REMAPPED.contains(&header.as_str()) {
        return HeaderName::from_bytes(format!("x-amzn-remapped-{}", header.as_str()).as_bytes()).ok();
    }
    Some(header)
}

#[cfg(test)]
mod tests {
    use super::HeaderFate::{Dropped, Forbidden, Sent};
    use super::{request_header, response_header};

    #[test]
    fn request_headers_follow_the_table() {
        let sent = |name: &str| Sent(http::HeaderName::from_bytes(name.as_bytes()).unwrap());
        for (name, http, aws) in [
            ("Content-Length", Forbidden, Forbidden),
            ("Transfer-Encoding", Forbidden, Forbidden),
            ("X-Amzn-Trace-Id", Forbidden, Forbidden),
            ("X-Amzn-Apigateway-Api-Id", Forbidden, Forbidden),
            ("Authorization", sent("authorization"), Forbidden),
            ("Connection", Dropped, Forbidden),
            ("Expect", Dropped, Forbidden),
            ("Proxy-Authenticate", Dropped, Forbidden),
            ("TE", Dropped, Forbidden),
            ("Via", Dropped, sent("via")),
            ("Referer", sent("referer"), Dropped),
            ("Host", sent("host"), sent("host")),
            ("User-Agent", sent("user-agent"), sent("user-agent")),
            ("X-Any", sent("x-any"), sent("x-any")),
        ] {
            assert_eq!(request_header(name, false), Some(http), "{name}");
            assert_eq!(request_header(name, true), Some(aws), "{name}");
        }
        assert_eq!(request_header("a b", false), None);
    }

    #[test]
    fn response_headers_leave_under_these_names() {
        for name in
            ["Authorization", "Content-Length", "Date", "Host", "Server", "User-Agent", "WWW-Authenticate"]
        {
            let emitted = response_header(name).unwrap();
            assert_eq!(emitted.as_str(), format!("x-amzn-remapped-{}", name.to_lowercase()));
        }
        for name in ["Accept", "Content-Encoding", "Content-Type", "TE", "Via", "Warn", "Referer", "X-Own"] {
            assert_eq!(response_header(name).unwrap().as_str(), name.to_lowercase());
        }
        assert_eq!(response_header("Transfer-Encoding"), None);
    }
}
