//! Calls to a running gateway, for the commands that need one.
//!
//! In: what to ask. Out: what it answered, or a sentence that says what to do. Calls of `dev` are signed with a root
//! identity, in the account and region that the gateway itself names, unless the caller chose others; those of `serve`,
//! which names none, with the credentials that AWS's tools would take.

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
use stagedoor_base::{AccountId, Region, Scope, Timestamp};
use stagedoor_engine::{HeaderList, UpstreamFailure, UpstreamReply, UpstreamRequest};
use tokio::sync::OnceCell;

use crate::aws::{CredentialsConfig, Keys, look_up};
use crate::buffers::Buffers;
use crate::upstream::{Refused, Settings, Trust, Upstream, UpstreamLimits};

/// A function may run for so long, and the answer takes its way.
const TIMEOUT: Duration = Duration::from_secs(15 * 60 + 30);
const REPLY_LIMIT: usize = 64 * 1024 * 1024;
const DEFAULT_ACCOUNT: &str = "000000000000";
const HEALTH: &str = "/_stagedoor/health";

/// What a gateway says of itself; everything is absent when something else answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Health {
    pub(crate) edition: String,
    pub(crate) version: String,
    account: Option<String>,
    region: Option<String>,
}

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

/// Which account and region a person wants to act in, as far as he says.
#[derive(Debug, Clone, Default)]
pub(crate) struct WantedScope {
    pub(crate) account: Option<AccountId>,
    pub(crate) region: Option<Region>,
}

/// A running gateway.
pub(crate) struct Client {
    address: SocketAddr,
    upstream: Upstream,
    wanted: WantedScope,
    /// Known after the first signed call.
    standing: OnceCell<Standing>,
}

/// In whose name calls are made.
struct Standing {
    scope: Scope,
    keys: Keys,
}

impl Standing {
    /// A root identity, as only `dev` knows them.
    fn root(scope: Scope) -> Self {
        let (access_key, secret) = (access_key(&scope.account).to_owned(), Secret::from("test"));
        Self { scope, keys: Keys { access_key, secret, session_token: None } }
    }
}

impl Client {
    pub(crate) fn new(address: SocketAddr, wanted: WantedScope) -> Result<Self> {
        let (refused, buffers) = (Arc::new(Refused::default()), Buffers::new(2 * REPLY_LIMIT));
        let limits = UpstreamLimits::default();
        let upstream = Upstream::new(Settings::new(refused, Trust::new(None)?, REPLY_LIMIT, buffers, limits));
        Ok(Self { address, upstream, wanted, standing: OnceCell::new() })
    }

    /// The account and region that calls act in.
    pub(crate) async fn scope(&self) -> Result<&Scope> {
        Ok(&self.standing().await?.scope)
    }

    async fn standing(&self) -> Result<&Standing> {
        self.standing.get_or_try_init(|| self.ask_standing()).await
    }

    async fn ask_standing(&self) -> Result<Standing> {
        let health = self.health().await?;
        let knows_roots = health.account.is_some();
        let scope = self.scope_given(health);
        match look_up(&CredentialsConfig::default()) {
            _ if knows_roots => Ok(Standing::root(scope)),
            Ok(own) => Ok(Standing { scope, keys: own.long_lived().map_err(anyhow::Error::msg)? }),
            Err(error) => bail!("{} knows no root identity, and {error}", self.address),
        }
    }

    /// What was chosen, else what a gateway says, else the default.
    pub(crate) fn scope_given(&self, health: Health) -> Scope {
        let (wanted, default) = (self.wanted.clone(), default_scope());
        let told = health.account.as_deref().and_then(|account| AccountId::parse(account).ok());
        Scope {
            account: wanted.account.or(told).unwrap_or(default.account),
            region: wanted.region.or(health.region.map(Region::from)).unwrap_or(default.region),
        }
    }

    /// What the gateway says of itself, whoever answers.
    pub(crate) async fn health(&self) -> Result<Health> {
        let call = Call { service: "execute-api", target: HEALTH, ..Call::default() };
        let reply = self.send(&self.signed(call, &Standing::root(default_scope()))?).await?;
        Ok(serde_json::from_slice(&reply.body).unwrap_or_default())
    }

    /// Makes a call and returns the reply, whatever its status.
    pub(crate) async fn call(&self, call: Call<'_>) -> Result<UpstreamReply> {
        let standing = self.standing().await?;
        self.send(&self.signed(call, standing)?).await
    }

    async fn send(&self, request: &UpstreamRequest) -> Result<UpstreamReply> {
        match self.upstream.call(request).await {
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

    fn signed(&self, call: Call<'_>, standing: &Standing) -> Result<UpstreamRequest> {
        let host = self.address.to_string();
        let (path, query) = call.target.split_once('?').unwrap_or((call.target, ""));
        let request = SignedRequest {
            method: call.method.as_str(),
            raw_path: path,
            raw_query: query,
            headers: &[("host", host.as_str())],
            payload: PayloadHash::Body(&call.body),
        };
        let Keys { access_key, secret, session_token } = &standing.keys;
        let (region, service) = (standing.scope.region.as_str(), call.service);
        let session_token = session_token.as_ref().map(Secret::expose);
        let signer = Signer { access_key, secret, session_token, region, service };
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

/// Where calls act that name nothing else.
pub(crate) fn default_scope() -> Scope {
    Scope { account: DEFAULT_ACCOUNT.into(), region: "us-east-1".into() }
}

/// The key whose calls act in an account, as `dev` knows them; the secret is always `test`.
pub(crate) fn access_key(account: &AccountId) -> &str {
    if account.as_str() == DEFAULT_ACCOUNT { "test" } else { account.as_str() }
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
