//! Cognito user pools: a token that one of the authorizer's pools has signed, for this method.
//!
//! In: the header with the token, the pools, the method's scopes. Out: the token's claims, or why nobody is let in. It must
//! not know where keys come from.

use std::sync::Arc;
use std::time::Duration;

use stagedoor_auth::jwt::{Algorithm, Claims, InvalidToken, Json, TimeRules, Token};
use stagedoor_base::{Cause, Timestamp};
use stagedoor_program::{
    AuthorizerCall, AuthorizerContext, CallerFacts, CognitoAuthorizer, CognitoPlan, Record, StageView,
    StepFacts, UriPart, UriPlan,
};

use super::{Caller, admit};
use crate::access::Identity;
use crate::stage::Routed;
use crate::verified::For;
use crate::{Engine, KeysFound, TokenIssuer};

/// Cognito signs with nothing else.
const ALGORITHMS: [Algorithm; 1] = [Algorithm::Rs256];
const TIMES: TimeRules = TimeRules { late: Duration::ZERO, early: Duration::from_secs(60) };

/// Who bears a verified token.
#[derive(Debug)]
pub(crate) struct Bearer {
    /// `$context.authorizer.claims`, in the token's order.
    claims: Arc<[(Box<str>, Box<str>)]>,
    scopes: Box<[Box<str>]>,
    usage: Usage,
    expires: Timestamp,
}

/// What a token is for: `token_use`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Usage {
    Id,
    Access,
    /// The issuer, who is not Cognito, does not say.
    Unsaid,
}

/// The caller, where the token was verified a moment ago.
pub(super) fn authorize(
    engine: &Engine,
    plan: &CognitoPlan,
    routed: &Routed<'_>,
    record: &mut Record,
) -> Result<Option<Caller>, Cause> {
    match known(engine, plan, routed, record) {
        Ok(None) => Ok(None),
        Ok(Some(bearer)) => enter(&bearer, Duration::ZERO, routed, record).map(Some),
        Err(cause) => Err(told(cause, Duration::ZERO, record)),
    }
}

/// The caller, once the token is verified.
pub(super) async fn ask(
    engine: &Engine,
    plan: &CognitoPlan,
    routed: &Routed<'_>,
    record: &mut Record,
) -> Result<Caller, Cause> {
    let started = (engine.ports.elapsed)();
    let proved = prove(engine, plan, routed, record).await;
    let latency = (engine.ports.elapsed)().saturating_sub(started);
    match proved {
        Ok(bearer) => enter(&bearer, latency, routed, record),
        Err(cause) => Err(told(cause, latency, record)),
    }
}

fn known(
    engine: &Engine,
    plan: &CognitoPlan,
    routed: &Routed<'_>,
    record: &Record,
) -> Result<Option<Arc<Bearer>>, Cause> {
    let token = token(&plan.authorizer, record)?;
    let known = engine.ports.issuers.verified.0.get(whom(plan, routed), token, record.head.received);
    known.map(|bearer| bearer.admit(&plan.scopes).map(|()| bearer)).transpose()
}

/// A token that was forgotten on demand while it was being verified is not remembered.
async fn prove(
    engine: &Engine,
    plan: &CognitoPlan,
    routed: &Routed<'_>,
    record: &Record,
) -> Result<Arc<Bearer>, Cause> {
    let (now, whom) = (record.head.received, whom(plan, routed));
    let verified = &engine.ports.issuers.verified.0;
    let epoch = verified.epoch();
    let token = token(&plan.authorizer, record)?;
    let bearer = Arc::new(verify(engine, whom, token, now).await?);
    if epoch == verified.epoch() {
        bearer.remember(engine, whom, token, now);
    }
    bearer.admit(&plan.scopes).map(|()| bearer)
}

fn whom<'a>(plan: &'a CognitoPlan, routed: &Routed<'a>) -> For<'a, CognitoAuthorizer> {
    For { stage: &routed.program.stage, authorizer: &plan.authorizer }
}

/// Lets a bearer in, if the API's policy does.
fn enter(
    bearer: &Bearer,
    latency: Duration,
    routed: &Routed<'_>,
    record: &mut Record,
) -> Result<Caller, Cause> {
    let authorizer = Some(AuthorizerContext::Claims(Arc::clone(&bearer.claims)));
    let step = StepFacts { status: Some(200), error: None, latency: Some(latency) };
    note(authorizer, step, record);
    admit(routed, record, Identity::Anonymous)
}

/// Keeps why a bearer is refused for the access log.
fn told(cause: Cause, latency: Duration, record: &mut Record) -> Cause {
    let (status, error) = match &cause {
        Cause::ExpiredToken => (401, "The incoming token has expired".into()),
        Cause::Unauthorized(_) => (401, "Unauthorized".into()),
        _ => (500, "Authorizer error".into()),
    };
    note(None, StepFacts { status: Some(status), error: Some(error), latency: Some(latency) }, record);
    cause
}

fn note(authorizer: Option<AuthorizerContext>, step: StepFacts, record: &mut Record) {
    let call = Some(AuthorizerCall { step, ..AuthorizerCall::default() });
    record.caller = Some(Box::new(CallerFacts { authorizer, call, ..CallerFacts::default() }));
}

fn unauthorized(reason: impl Into<Arc<str>>) -> Cause {
    Cause::Unauthorized(reason.into())
}

/// It cannot be told who calls: no keys, or an authorizer that names no pool.
fn unknown(detail: impl Into<Box<str>>) -> Cause {
    Cause::Authorizer { line: "Authorizer error".into(), detail: detail.into() }
}

fn refused(invalid: InvalidToken) -> Cause {
    match invalid {
        InvalidToken::Expired => Cause::ExpiredToken,
        other => unauthorized(other.to_string()),
    }
}

/// The text of the only header of its name, without `Bearer`. With two of them, somebody before or behind us may believe the
/// other one.
fn token<'r>(authorizer: &CognitoAuthorizer, record: &'r Record) -> Result<&'r str, Cause> {
    let mut values = record.head.headers.get_all(&authorizer.header);
    let missing = || unauthorized(format!("there is no header {}", authorizer.header));
    let value = values.next().ok_or_else(missing)?;
    if values.next().is_some() {
        return Err(unauthorized(format!("there is more than one header {}", authorizer.header)));
    }
    let text = value.to_str().map_err(|_| unauthorized("the token is no text"))?.trim();
    let scheme = text.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("bearer "));
    let token = scheme.map_or(text, |scheme| text[scheme.len()..].trim_start());
    if token.is_empty() { Err(unauthorized("the token is empty")) } else { Ok(token) }
}

async fn verify(
    engine: &Engine,
    whom: For<'_, CognitoAuthorizer>,
    text: &str,
    now: Timestamp,
) -> Result<Bearer, Cause> {
    let token = Token::parse(text, &ALGORITHMS).map_err(refused)?;
    let issuer = issuer(engine, whom, &token)?;
    let keys = match (engine.ports.issuers.keys)(&issuer, token.key_id()) {
        KeysFound::Known(outcome) => outcome,
        KeysFound::Waiting(answer) => answer.await,
    };
    let keys = keys.map_err(|failure| unknown(format!("no keys from {}: {}", issuer.keys, failure.0)))?;
    let claims = token.verify(&keys).map_err(refused)?;
    let expires = claims.check_times(now, TIMES).map_err(refused)?;
    check_audience(whom.authorizer, &claims)?;
    Ok(Bearer {
        usage: usage(&claims, &issuer).map_err(refused)?,
        scopes: claims.scopes().map(Box::from).collect(),
        claims: claims.iter().filter_map(|claim| printed(&claims, claim)).collect(),
        expires,
    })
}

/// The one of the authorizer's pools in whose name the token comes.
fn issuer(
    engine: &Engine,
    whom: For<'_, CognitoAuthorizer>,
    token: &Token,
) -> Result<Arc<TokenIssuer>, Cause> {
    let claimed = token.claimed_issuer().ok_or(refused(InvalidToken::Missing("iss")))?;
    for pool in &whom.authorizer.user_pools {
        let arn = filled(pool, whom.stage);
        let Some(issuer) = engine.ports.issuers.user_pools.issuer(&arn) else {
            return Err(unknown(format!("{arn} is no user pool")));
        };
        if issuer.names.iter().any(|name| **name == *claimed) {
            return Ok(issuer);
        }
    }
    Err(unauthorized("the token comes from none of the authorizer's user pools"))
}

fn filled(pool: &UriPlan, stage: &StageView) -> String {
    let part = |part: &UriPart| match part {
        UriPart::Text(text) => text.to_string(),
        UriPart::StageVariable(name) => stage.variable(name).unwrap_or_default().to_owned(),
        UriPart::Parameter(name) => format!("{{{name}}}"),
    };
    pool.parts.iter().map(part).collect()
}

/// An access token has no `aud`; the client that it was made for stands in `client_id`.
fn check_audience(authorizer: &CognitoAuthorizer, claims: &Claims) -> Result<(), Cause> {
    let Some(pattern) = &authorizer.audience else { return Ok(()) };
    let client = claims.text("client_id").filter(|_| claims.get("aud").is_none());
    for audience in claims.audiences().chain(client) {
        if pattern.matches(audience).map_err(|reason| unknown(&*reason))? {
            return Ok(());
        }
    }
    Err(unauthorized("the token's audience does not match the authorizer's validation expression"))
}

fn usage(claims: &Claims, issuer: &TokenIssuer) -> Result<Usage, InvalidToken> {
    match claims.get("token_use") {
        None if !issuer.names_token_use => Ok(Usage::Unsaid),
        None => Err(InvalidToken::Missing("token_use")),
        Some(value) => match value.as_text() {
            Some("id") => Ok(Usage::Id),
            Some("access") => Ok(Usage::Access),
            _ => Err(InvalidToken::Claim("token_use")),
        },
    }
}

impl Bearer {
    /// Whether a method that asks for one of these scopes may be called.
    fn admit(&self, scopes: &[Box<str>]) -> Result<(), Cause> {
        if scopes.is_empty() {
            return match self.usage {
                Usage::Access => Err(unauthorized(
                    "this is an access token; the method has no authorizationScopes and so needs an ID token",
                )),
                Usage::Id | Usage::Unsaid => Ok(()),
            };
        }
        if self.usage == Usage::Id {
            let reason =
                "this is an ID token; the method has authorizationScopes and so needs an access token";
            return Err(unauthorized(reason));
        }
        if self.scopes.iter().any(|scope| scopes.contains(scope)) {
            return Ok(());
        }
        Err(unauthorized(format!("the token has none of the scopes {}", scopes.join(" "))))
    }

    /// Until the authorizer's time to live is over, but never beyond the token's own end.
    fn remember(
        self: &Arc<Self>,
        engine: &Engine,
        whom: For<'_, CognitoAuthorizer>,
        token: &str,
        now: Timestamp,
    ) {
        let ttl = u64::try_from(whom.authorizer.ttl.as_millis()).unwrap_or(u64::MAX);
        let until = self.expires.min(Timestamp(now.0.saturating_add(ttl)));
        if now < until {
            engine.ports.issuers.verified.0.keep(whom, token, until, self, self.bytes());
        }
    }

    fn bytes(&self) -> usize {
        let claims: usize = self.claims.iter().map(|(name, value)| name.len() + value.len() + 64).sum();
        claims + size_of::<Self>() + self.scopes.iter().map(|scope| scope.len() + 32).sum::<usize>()
    }
}

/// A claim as REST APIs hand it on: a string, whatever it was. Dates are Java's, lists joined by commas.
fn printed(claims: &Claims, (name, value): (&str, &Json)) -> Option<(Box<str>, Box<str>)> {
    let date = ["exp", "iat", "nbf"].into_iter().find(|date| *date == name);
    let text = match value {
        Json::Null => return None,
        Json::Number(_) if date.is_some() => claims.instant(date?).ok()??.java(),
        Json::Text(text) => text.to_string(),
        Json::List(items) => items.iter().map(item).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    };
    Some((name.into(), text.into()))
}

fn item(item: &Json) -> String {
    item.as_text().map_or_else(|| item.to_string(), str::to_owned)
}
