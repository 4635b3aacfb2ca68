//! Calls to a running gateway, for the commands that need one.
//!
//! In: what to ask. Out: what it answered, or a sentence that says what to do. Calls are signed with the root identity of
//! `dev`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Result, bail};
use bytes::Bytes;
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderName, HeaderValue, Method};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use stagedoor_auth::sigv4::{PayloadHash, Secret, SignedRequest, Signer, sign};
use stagedoor_base::Timestamp;
use stagedoor_engine::{HeaderList, UpstreamFailure, UpstreamReply, UpstreamRequest};

use crate::buffers::Buffers;
use crate::upstream::{Refused, Settings, Trust, Upstream, UpstreamLimits};

/// A function may run for so long, and the answer takes its way.
const TIMEOUT: Duration = Duration::from_secs(15 * 60 + 30);
const REPLY_LIMIT: usize = 64 * 1024 * 1024;

/// One call.
#[derive(Debug, Default)]
pub(crate) struct Call<'c> {
    /// The service that it is signed for.
    pub(crate) service: &'static str,
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) target: &'c str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
}

/// A running gateway.
pub(crate) struct Client {
    address: SocketAddr,
    upstream: Upstream,
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Result<Self> {
        let (refused, buffers) = (Arc::new(Refused::default()), Buffers::new(2 * REPLY_LIMIT));
        let limits = UpstreamLimits::default();
        let upstream =
            Upstream::new(Settings::new(refused, Trust::new(None)?, REPLY_LIMIT, buffers, limits));
        Ok(Self { address, upstream })
    }

    /// Makes a call and returns the reply, whatever its status.
    pub(crate) async fn call(&self, call: Call<'_>) -> Result<UpstreamReply> {
        match self.upstream.call(&self.signed(call)?).await {
            Ok(reply) => Ok(reply),
            Err(UpstreamFailure::Connect(_)) => {
                bail!("no gateway answers on {}. Start one with `stagedoor dev`", self.address)
            }
            Err(failure) => bail!("the call to {} broke off: {failure:?}", self.address),
        }
    }

    /// Makes a call whose reply must be a success.
    pub(crate) async fn expect(&self, call: Call<'_>) -> Result<UpstreamReply> {
        let reply = self.call(call).await?;
        if !(200..300).contains(&reply.status) {
            bail!("{}", refusal(&reply));
        }
        Ok(reply)
    }

    /// A control call of API Gateway that answers JSON.
    pub(crate) async fn post<T: DeserializeOwned>(&self, target: &str, body: Bytes) -> Result<T> {
        let call = Call { service: "apigateway", method: Method::POST, target, body, ..Call::default() };
        Ok(serde_json::from_slice(&self.expect(call).await?.body)?)
    }

    fn signed(&self, call: Call<'_>) -> Result<UpstreamRequest> {
        let host = self.address.to_string();
        let (path, query) = call.target.split_once('?').unwrap_or((call.target, ""));
        let request = SignedRequest {
            method: call.method.as_str(),
            raw_path: path,
            raw_query: query,
            headers: &[("host", &host)],
            payload: PayloadHash::Body(&call.body),
        };
        let secret = Secret::from("test");
        let (region, service) = ("us-east-1", call.service);
        let signer = Signer { access_key: "test", secret: &secret, session_token: None, region, service };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = Timestamp(u64::try_from(now.as_millis()).unwrap_or(u64::MAX));
        let mut headers = HeaderList::default();
        headers.set(http::header::HOST, HeaderValue::try_from(&host)?);
        let signature = sign(&request, &signer, now);
        for (name, value) in signature.into_iter().chain(call.headers) {
            headers.set(HeaderName::from_static(name), HeaderValue::try_from(value)?);
        }
        Ok(UpstreamRequest {
            scheme: Scheme::HTTP,
            authority: Authority::try_from(host)?,
            path_and_query: PathAndQuery::try_from(call.target)?,
            method: call.method,
            headers,
            body: call.body,
            timeout: TIMEOUT,
            insecure_skip_verification: false,
        })
    }
}

/// What a refusal says, in a sentence.
pub(crate) fn refusal(reply: &UpstreamReply) -> String {
    #[derive(Deserialize)]
    struct Body {
        #[serde(alias = "Message")]
        message: String,
    }
    let text = String::from_utf8_lossy(&reply.body);
    let message = serde_json::from_str(&text).map_or_else(|_| text.trim().to_owned(), |it: Body| it.message);
    format!("refused with {}: {message}", reply.status)
}

/// Runs a command's calls.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

/// A name as a path segment or a query value.
pub(crate) fn encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let encode = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    name.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn names_are_encoded() {
        assert_eq!(encoded("a-b_c"), "a-b_c");
        assert_eq!(encoded("a:b/c$"), "a%3Ab%2Fc%24");
    }
}
