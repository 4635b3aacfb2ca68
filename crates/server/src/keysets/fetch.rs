//! One question to an issuer for its keys.
//!
//! In: where they are. Out: a key set and how long its issuer calls it fresh, or why there is none. Redirects are not
//! followed, and nothing is asked in the clear that was named under https.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CACHE_CONTROL, HOST, USER_AGENT};
use http::{HeaderName, HeaderValue, Method, Uri};
use serde::Deserialize;
use stagedoor_auth::jwt::KeySet;
use stagedoor_engine::{HeaderList, KeySetFailure, KeySource, UpstreamReply, UpstreamRequest};
use tokio::io::AsyncReadExt;

use crate::upstream::{Upstream, described};

/// AWS's limit on key sets.
pub(super) const MAX_BYTES: usize = 150_000;
/// How long an issuer may take, discovery included.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// Files cost nothing to read again.
const FILE_AGE: Duration = Duration::ZERO;
const DISCOVERY: &str = "/.well-known/openid-configuration";

/// What an issuer said.
#[derive(Debug)]
pub(super) struct Fetched {
    pub(super) keys: KeySet,
    pub(super) max_age: Option<Duration>,
}

/// The part of a discovery document that counts.
#[derive(Deserialize)]
struct Discovered {
    issuer: String,
    jwks_uri: String,
}

/// Fetches a key set within [`PATIENCE`].
pub(super) async fn key_set(upstream: &Upstream, source: &KeySource) -> Result<Fetched, KeySetFailure> {
    let fetched = async {
        match source {
            KeySource::Url(url) => remote(upstream, url).await,
            KeySource::Discovery(issuer) => {
                let url = discovered(upstream, issuer).await?;
                remote(upstream, &url).await
            }
            KeySource::File(path) => local(path).await,
        }
    };
    let too_slow = || Err(failure(format!("no answer within {} s", PATIENCE.as_secs())));
    tokio::time::timeout(PATIENCE, fetched).await.unwrap_or_else(|_| too_slow())
}

async fn remote(upstream: &Upstream, url: &str) -> Result<Fetched, KeySetFailure> {
    let reply = get(upstream, url).await?;
    Ok(Fetched { keys: parsed(&reply.body)?, max_age: max_age(&reply.headers) })
}

async fn local(path: &Path) -> Result<Fetched, KeySetFailure> {
    let read = async {
        let file = tokio::fs::File::open(path).await?;
        let mut text = Vec::new();
        file.take(MAX_BYTES as u64 + 1).read_to_end(&mut text).await?;
        Ok::<_, std::io::Error>(text)
    };
    let text = read.await.map_err(|error| failure(error.to_string()))?;
    if text.len() > MAX_BYTES {
        return Err(failure(format!("the file has more than {MAX_BYTES} bytes")));
    }
    Ok(Fetched { keys: parsed(&text)?, max_age: Some(FILE_AGE) })
}

fn parsed(text: &[u8]) -> Result<KeySet, KeySetFailure> {
    KeySet::parse(text).map_err(|invalid| failure(format!("no usable key set: {invalid}")))
}

/// Where the discovery document says that the keys are.
async fn discovered(upstream: &Upstream, issuer: &str) -> Result<String, KeySetFailure> {
    let reply = get(upstream, &format!("{}{DISCOVERY}", issuer.trim_end_matches('/'))).await?;
    let document: Discovered = serde_json::from_slice(&reply.body)
        .map_err(|_| failure("the discovery document has no `issuer` and `jwks_uri`".to_owned()))?;
    if document.issuer != issuer {
        return Err(failure(format!("the discovery document is of {:?}, not of {issuer}", document.issuer)));
    }
    match leads_astray(issuer, &document.jwks_uri) {
        Some(where_to) => Err(failure(format!("the discovery document leads from {issuer} to {where_to}"))),
        None => Ok(document.jwks_uri),
    }
}

/// Where a discovery document may not send anybody: out of https, or, as anybody on its way could have written one that came
/// in the clear, from there to another host, which may be one that only this gateway reaches.
fn leads_astray(issuer: &str, keys: &str) -> Option<&'static str> {
    let host = |url: &str| Some(url.parse::<Uri>().ok()?.host()?.to_ascii_lowercase());
    match issuer.starts_with("https:") {
        true => (!keys.starts_with("https:")).then_some("what is not https"),
        false => (host(issuer) != host(keys)).then_some("another host; `jwks` may name it"),
    }
}

async fn get(upstream: &Upstream, url: &str) -> Result<UpstreamReply, KeySetFailure> {
    let request = request(url).ok_or_else(|| failure(format!("{url:?} is no URL that can be asked")))?;
    let reply = upstream.call(&request).await;
    let reply = reply.map_err(|it| failure(format!("{url}: {}", described(it, PATIENCE))))?;
    match reply.status {
        200 => Ok(reply),
        300..400 => Err(failure(format!("{url} answered {}: redirects are not followed", reply.status))),
        status => Err(failure(format!("{url} answered {status}"))),
    }
}

fn request(url: &str) -> Option<UpstreamRequest> {
    let parts = url.parse::<Uri>().ok()?.into_parts();
    let scheme = parts.scheme.filter(|it| matches!(it.as_str(), "http" | "https"))?;
    let authority = parts.authority.filter(|it| !it.as_str().contains('@') && !it.host().is_empty())?;
    let headers: [(HeaderName, HeaderValue); 3] = [
        (HOST, authority.as_str().parse().ok()?),
        (USER_AGENT, HeaderValue::from_static("stagedoor")),
        (ACCEPT, HeaderValue::from_static("application/json")),
    ];
    Some(UpstreamRequest {
        scheme,
        authority,
        path_and_query: parts.path_and_query?,
        method: Method::GET,
        headers: headers.into_iter().collect(),
        body: Bytes::new(),
        timeout: PATIENCE,
        insecure_skip_verification: false,
    })
}

/// How long a reply says that it is fresh.
fn max_age(headers: &HeaderList) -> Option<Duration> {
    let values = headers.get_all(&CACHE_CONTROL).filter_map(|value| value.to_str().ok());
    let mut directives = values.flat_map(|value| value.split(',')).map(|it| it.trim().to_ascii_lowercase());
    directives.find_map(|directive| match directive.as_str() {
        "no-store" | "no-cache" => Some(Duration::ZERO),
        other => {
            let seconds = other.strip_prefix("max-age=")?.trim_matches('"').parse().ok()?;
            Some(Duration::from_secs(seconds))
        }
    })
}

fn failure(reason: String) -> KeySetFailure {
    KeySetFailure(reason.into())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use http::header::CACHE_CONTROL;
    use stagedoor_engine::HeaderList;

    use super::{leads_astray, max_age, request};

    #[test]
    fn freshness_is_read() {
        for (text, expected) in [
            ("public, max-age=86400", Some(86_400)),
            ("Max-Age=5", Some(5)),
            ("max-age=\"7\"", Some(7)),
            ("no-store, max-age=9", Some(0)),
            ("max-age=soon", None),
            ("s-maxage=5", None),
            ("", None),
        ] {
            let headers: HeaderList =
                [(CACHE_CONTROL, HeaderValue::from_str(text).unwrap())].into_iter().collect();
            assert_eq!(max_age(&headers).map(|age| age.as_secs()), expected, "{text}");
        }
        assert_eq!(max_age(&HeaderList::default()), None);
    }

    #[test]
    fn discovery_stays_where_its_issuer_can_be_believed() {
        for (issuer, keys, astray) in [
            ("https://i/a", "https://keys.example.com/k", false),
            ("https://i/a", "http://i/k", true),
            ("https://i/a", "HTTPS://i/k", true),
            ("http://i:8080/a", "http://i:9090/k", false),
            ("http://i/a", "https://I/k", false),
            ("http://i/a", "http://i.internal/k", true),
            ("http://i/a", "http://i@10.0.0.1/k", true),
            ("http://i/a", "http://169.254.169.254/k", true),
            ("http://i/a", "/k", true),
            ("http://i/a", "file:///i/k", true),
        ] {
            assert_eq!(leads_astray(issuer, keys).is_some(), astray, "{issuer} {keys}");
        }
    }

    #[test]
    fn only_urls_are_asked() {
        for (url, asked) in [
            ("http://h/keys?x=1", true),
            ("https://h:8443/keys", true),
            ("https://user@h/keys", false),
            ("file:///etc/passwd", false),
            ("ftp://h/x", false),
            ("/keys", false),
            ("h", false),
            ("", false),
        ] {
            assert_eq!(request(url).is_some(), asked, "{url}");
        }
    }
}
