//! Step 6a: replies that the stage's cluster keeps, and those that go into it.
//!
//! In: a call that may go on, before anything is made of it for the backend. Out: its reply, if there is one; else the right to
//! bring it. It must not know where replies are kept.
//!
//! A reply is kept as the pipeline made it: the standard headers and compression are each caller's own.

use std::time::Duration;

use bytes::{Buf, BufMut, Bytes, BytesMut};
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, VARY, WARNING};
use http::{HeaderName, HeaderValue};
use stagedoor_base::Cause;
use stagedoor_program::{CacheSetting, Cached, Record, UnauthorizedCacheControl};
use stagedoor_shared::cache::{Filling, Found, Wait, Waited};

use super::{Input, Reply, Routed, reply_headers};
use crate::access::{self, Identity};
use crate::compress;
use crate::evaluate::{Extracted, Sources};
use crate::identities::Signatory;
use crate::serving::{Caching, Serving};
use crate::{Body, Engine, HeaderList};

/// What AWS tells clients whose wish for a new reply was passed over.
const IGNORED: HeaderValue =
    HeaderValue::from_static("199 Cache-control headers were ignored because the caller was unauthorized.");
/// Replies to what one client has, or wants a part of: partial content, not modified, a precondition failed, no such range.
const CONDITIONAL: [u16; 4] = [206, 304, 412, 416];
/// What sealing adds to an entry; the limit is about the whole.
const SEALING: usize = 28;

/// What the cluster has for a call.
#[derive(Debug)]
pub(crate) enum Recalled {
    /// Replies of the method are not kept.
    Off,
    Reply(Reply),
    Missed(Box<Missed>),
    Waits(Box<Waits>),
}

/// A call that goes to the backend, and whose reply may be kept.
#[derive(Debug)]
pub(crate) struct Missed {
    filling: Filling,
    terms: Terms,
}

/// A call whose reply is on its way.
#[derive(Debug)]
pub(crate) struct Waits {
    wait: Wait,
    terms: Terms,
    patience: Duration,
}

#[derive(Debug, Clone, Copy)]
struct Terms {
    setting: CacheSetting,
    most_bytes: usize,
    /// The caller has to be told that it may not renew entries.
    tells: bool,
}

/// Looks for a call's reply. `signer` is who signed the call.
pub(crate) fn recall(
    engine: &Engine,
    serving: &Serving,
    routed: &Routed<'_>,
    input: &Input,
    extracted: &Extracted,
    signer: Option<&Signatory>,
    record: &mut Record,
) -> Result<Recalled, Cause> {
    let Some((caching, setting)) = caching(serving, routed, record) else { return Ok(Recalled::Off) };
    let Some(key) = key(serving, routed, input, extracted, record)? else { return Ok(Recalled::Off) };
    let renewal = renewal(serving, setting, signer, record)?;
    let tells = renewal == Renewal::Ignored;
    let terms = Terms { setting, most_bytes: caching.most_bytes, tells };
    record.cached = Some(Cached::Miss);
    if renewal == Renewal::Granted {
        let filling = caching.cluster.refresh(&key, setting.encrypted);
        return Ok(Recalled::Missed(Box::new(Missed { filling, terms })));
    }
    // Not when the call began: its body or an authorizer may have taken longer than the reply counts.
    Ok(match caching.cluster.find(&key, setting.encrypted, (engine.ports.elapsed)()) {
        Found::Hit(value) => fitting(&value, terms, record),
        Found::Miss(filling) => Recalled::Missed(Box::new(Missed { filling, terms })),
        Found::Wait(wait) => {
            let patience = routed.method.cache.patience;
            Recalled::Waits(Box::new(Waits { wait, terms, patience }))
        }
    })
}

/// How the cluster caches this method's replies to calls with this verb.
fn caching<'s>(
    serving: &'s Serving,
    routed: &Routed<'_>,
    record: &Record,
) -> Option<(&'s Caching, CacheSetting)> {
    let caching = serving.caching.as_ref()?;
    let setting = caching.setting(record.route.as_ref()?.method, &record.head.method)?;
    // Streamed replies are never whole here.
    (!routed.method.streams).then_some((caching, setting))
}

/// A reply that was kept, if this caller can have it.
fn fitting(value: &Bytes, terms: Terms, record: &mut Record) -> Recalled {
    match read(value, terms).filter(|reply| is_understood(reply, &record.head.headers)) {
        Some(reply) => {
            record.cached = Some(Cached::Hit);
            Recalled::Reply(reply)
        }
        None => Recalled::Off,
    }
}

/// Whether the caller takes the codings of a reply that its backend would have coded otherwise for others.
fn is_understood(reply: &Reply, asked: &HeaderList) -> bool {
    let mut codings = reply.headers.elements(CONTENT_ENCODING).peekable();
    if codings.peek().is_none() {
        return true;
    }
    let varies = reply.headers.elements(VARY).any(|name| name.eq_ignore_ascii_case("accept-encoding"));
    !varies || codings.all(|coding| compress::is_taken(asked, coding))
}

impl Waits {
    /// What the disk has, or somebody else brings.
    pub(crate) async fn outcome(self, engine: &Engine, record: &mut Record) -> Recalled {
        let Self { wait, terms, patience } = self;
        match wait.outcome(patience, &*engine.ports.elapsed).await {
            Waited::Miss(filling) => Recalled::Missed(Box::new(Missed { filling, terms })),
            Waited::Hit(value) | Waited::Shared(value) => fitting(&value, terms, record),
        }
    }
}

impl Missed {
    /// Keeps what came of the call, unless that is no reply of the integration, or too large.
    pub(crate) fn settle(self, engine: &Engine, outcome: &mut Result<Reply, Cause>) {
        let Self { filling, terms } = self;
        let Ok(reply) = outcome else { return filling.decline() };
        match kept(reply, terms) {
            None => filling.decline(),
            Some(value) => {
                let ttl = Duration::from_secs(terms.setting.ttl_seconds.into());
                filling.store(&value, ttl, (engine.ports.elapsed)());
            }
        }
        if terms.tells {
            reply.headers.set(WARNING, IGNORED);
        }
    }
}

/// What follows from a client's `Cache-Control`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Renewal {
    NotWanted,
    Granted,
    /// Passed over, and the client is told.
    Ignored,
}

fn renewal(
    serving: &Serving,
    setting: CacheSetting,
    signer: Option<&Signatory>,
    record: &Record,
) -> Result<Renewal, Cause> {
    if !wants_renewal(&record.head.headers) {
        return Ok(Renewal::NotWanted);
    }
    let Some(strategy) = setting.unauthorized else { return Ok(Renewal::Granted) };
    let refusal = match may_renew(serving, signer, record) {
        Ok(()) => return Ok(Renewal::Granted),
        Err(refusal) => refusal,
    };
    match strategy {
        UnauthorizedCacheControl::FailWith403 => Err(refusal),
        UnauthorizedCacheControl::SucceedWithResponseHeader => Ok(Renewal::Ignored),
        UnauthorizedCacheControl::SucceedWithoutResponseHeader => Ok(Renewal::NotWanted),
    }
}

/// `Cache-Control: max-age=0`, alone or among other directives.
fn wants_renewal(headers: &HeaderList) -> bool {
    headers.elements(CACHE_CONTROL).any(|directive| directive.eq_ignore_ascii_case("max-age=0"))
}

/// Whether policies give the caller `execute-api:InvalidateCache`: only those who sign have policies of their own.
fn may_renew(serving: &Serving, signer: Option<&Signatory>, record: &Record) -> Result<(), Cause> {
    let program = &serving.program;
    let Some(signer) = signer else { return access::may_invalidate(program, record, Identity::Anonymous) };
    match signer.signed() {
        Ok(signed) => access::may_invalidate(program, record, Identity::Signed(&signed)),
        Err(reason) => Err(access::unreadable(program, record, &signer.by.user_arn, &reason)),
    }
}

/// What tells a reply from others: the deployment, the verb, the namespace, and each parameter with its values or their
/// absence. Every part has its length before it, so that no two calls have one key. None: a value is no text, and so cannot be
/// told from others that are none.
fn key(
    serving: &Serving,
    routed: &Routed<'_>,
    input: &Input,
    extracted: &Extracted,
    record: &Record,
) -> Result<Option<Vec<u8>>, Cause> {
    let plan = &routed.method.cache;
    let namespace = if plan.namespace.is_empty() { routed.resource.id.as_str() } else { &plan.namespace };
    let mut key = Vec::with_capacity(64 + 32 * plan.parameters.len());
    for part in [serving.program.deployment.id.as_str(), record.head.method.as_str(), namespace] {
        add(&mut key, part);
    }
    let sources = Sources::of_request(record, &serving.program.stage, &input.body).with(extracted.clone());
    for parameter in &plan.parameters {
        let values = parameter.as_ref().map(|source| sources.each(source)).transpose()?.unwrap_or_default();
        if values.iter().any(|value| value.contains(char::REPLACEMENT_CHARACTER)) {
            return Ok(None);
        }
        key.put_u32(u32::try_from(values.len()).unwrap_or(u32::MAX));
        values.iter().for_each(|value| add(&mut key, value));
    }
    Ok(Some(key))
}

fn add(key: &mut Vec<u8>, part: &str) {
    key.put_u32(u32::try_from(part.len()).unwrap_or(u32::MAX));
    key.extend_from_slice(part.as_bytes());
}

/// A reply as it is kept: status, headers, body. None: it is too large, not whole, or for one client only.
fn kept(reply: &Reply, terms: Terms) -> Option<Bytes> {
    let Body::Whole(body) = &reply.body else { return None };
    if CONDITIONAL.contains(&reply.status) {
        return None;
    }
    let sealing = if terms.setting.encrypted { SEALING } else { 0 };
    if body.len() + sealing > terms.most_bytes {
        return None;
    }
    let lengths: usize =
        reply.headers.iter().map(|(name, value)| 6 + name.as_str().len() + value.len()).sum();
    let mut value = BytesMut::with_capacity(4 + lengths + body.len());
    value.put_u16(reply.status);
    value.put_u16(u16::try_from(reply.headers.len()).ok()?);
    for (name, text) in reply.headers.iter() {
        value.put_u16(u16::try_from(name.as_str().len()).ok()?);
        value.put_u32(u32::try_from(text.len()).ok()?);
        value.put_slice(name.as_str().as_bytes());
        value.put_slice(text.as_bytes());
    }
    value.put_slice(body);
    Some(value.freeze())
}

/// A reply that was kept; none when these bytes are none.
fn read(value: &Bytes, terms: Terms) -> Option<Reply> {
    let mut rest = value.clone();
    let (status, count) = (rest.try_get_u16().ok()?, rest.try_get_u16().ok()?);
    let mut headers = reply_headers(usize::from(count) + usize::from(terms.tells));
    for _ in 0..count {
        let name_length = usize::from(rest.try_get_u16().ok()?);
        let text_length = usize::try_from(rest.try_get_u32().ok()?).ok()?;
        if rest.len() < name_length.checked_add(text_length)? {
            return None;
        }
        let name = HeaderName::from_bytes(&rest.split_to(name_length)).ok()?;
        headers.push(name, HeaderValue::from_maybe_shared(rest.split_to(text_length)).ok()?);
    }
    if terms.tells {
        headers.set(WARNING, IGNORED);
    }
    Some(Reply { status, headers, body: rest.into() })
}
