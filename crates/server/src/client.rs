//! Control calls to a running gateway, for the commands that need one.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderName, HeaderValue, Method};
use serde::Deserialize;
use stagedoor_auth::sigv4::{PayloadHash, Secret, SignedRequest, Signer, sign};
use stagedoor_base::Timestamp;
use stagedoor_engine::{HeaderList, UpstreamReply, UpstreamRequest};

use crate::buffers::Buffers;
use crate::upstream::{Refused, Settings, Trust, Upstream};

const TIMEOUT: Duration = Duration::from_secs(60);
const REPLY_LIMIT: usize = 16 * 1024 * 1024;

/// What every creating operation answers.
#[derive(Debug, Deserialize)]
struct Created {
    id: String,
}

/// Imports an OpenAPI document into the gateway at `address`, deploys it when a stage is given, and prints what was
/// made.
pub(crate) fn import(address: SocketAddr, file: &Path, stage: Option<&str>) -> Result<()> {
    let document = std::fs::read(file).with_context(|| file.display().to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let api = create(address, "/restapis?mode=import", document.into()).await?.id;
        println!("imported as API {api}");
        let Some(stage) = stage else { return Ok(()) };
        let deployment = format!("{{\"stageName\":{}}}", serde_json::to_string(stage)?);
        create(address, &format!("/restapis/{api}/deployments"), deployment.into()).await?;
        println!("deployed to http://{address}/_aws/execute-api/{api}/{stage}/");
        Ok(())
    })
}

async fn create(address: SocketAddr, target: &str, body: Bytes) -> Result<Created> {
    let request = signed(address, target, body)?;
    let client = Upstream::new(Settings {
        refused: Arc::new(Refused::default()),
        trust: Trust::new(None)?,
        limit: REPLY_LIMIT,
        buffers: Buffers::new(2 * REPLY_LIMIT),
    });
    let reply = client.call(&request).await;
    let reply: UpstreamReply = match reply {
        Ok(reply) => reply,
        Err(failure) => bail!("no gateway answers on {address}: {failure:?}. Start one with `stagedoor dev`"),
    };
    if !(200..300).contains(&reply.status) {
        bail!("refused with {}: {}", reply.status, String::from_utf8_lossy(&reply.body));
    }
    Ok(serde_json::from_slice(&reply.body)?)
}

fn signed(address: SocketAddr, target: &str, body: Bytes) -> Result<UpstreamRequest> {
    let host = address.to_string();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let request = SignedRequest {
        method: "POST",
        raw_path: path,
        raw_query: query,
        headers: &[("host", &host)],
        payload: PayloadHash::Body(&body),
    };
    let secret = Secret::from("test");
    let (region, service) = ("us-east-1", "apigateway");
    let signer = Signer { access_key: "test", secret: &secret, session_token: None, region, service };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = Timestamp(u64::try_from(now.as_millis()).unwrap_or(u64::MAX));
    let mut headers = HeaderList::default();
    headers.set(http::header::HOST, HeaderValue::try_from(&host)?);
    for (name, value) in sign(&request, &signer, now) {
        headers.set(HeaderName::from_static(name), HeaderValue::try_from(value)?);
    }
    Ok(UpstreamRequest {
        scheme: Scheme::HTTP,
        authority: Authority::try_from(host)?,
        path_and_query: PathAndQuery::try_from(target)?,
        method: Method::POST,
        headers,
        body,
        timeout: TIMEOUT,
        insecure_skip_verification: false,
    })
}
