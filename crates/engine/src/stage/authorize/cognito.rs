//! Cognito user pools: a token that one of the authorizer's pools has signed, for this method.
//!
//! In: the header with the token, the pools, the method's scopes. Out: the token's claims, or why nobody is let in. It must
//! not know where keys come from.

use std::sync::Arc;

use stagedoor_auth::jwt::{Algorithm, Claims, InvalidToken, Json, TimeRules, Token};
use stagedoor_base::Timestamp;
use stagedoor_program::{CognitoAuthorizer, CognitoPlan, Record, StageView, UriPart, UriPlan};

use crate::verified::For;
use crate::{Engine, KeysFound, KeysOutcome, TokenIssuer};

/// Cognito signs with nothing else.
const ALGORITHMS: [Algorithm; 1] = [Algorithm::Rs256];
const TIMES: TimeRules =
    TimeRules { late: std::time::Duration::ZERO, early: std::time::Duration::from_secs(60) };

/// Who bears a verified token.
#[derive(Debug)]
pub(crate) struct Bearer {
    /// `$context.authorizer.claims`, in the token's order.
    pub(crate) claims: Arc<[(Box<str>, Box<str>)]>,
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

/// Why nobody is let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rejected {
    /// There is no token, or none that counts; the text is for the log.
    Unauthorized(Arc<str>),
    Expired,
    /// It cannot be told: no keys, or an authorizer that names no pool.
    Unknown(Arc<str>),
}

impl Rejected {
    fn because(reason: impl Into<Arc<str>>) -> Self {
        Self::Unauthorized(reason.into())
    }
}

impl From<InvalidToken> for Rejected {
    fn from(invalid: InvalidToken) -> Self {
        match invalid {
            InvalidToken::Expired => Self::Expired,
            other => Self::because(other.to_string()),
        }
    }
}

/// The bearer of the call's token.
pub(crate) async fn bearer(
    engine: &Engine,
    stage: &Arc<StageView>,
    plan: &CognitoPlan,
    record: &Record,
) -> Result<Arc<Bearer>, Rejected> {
    let (authorizer, now) = (&plan.authorizer, record.head.received);
    let token = token(authorizer, record)?;
    let whom = For { stage, authorizer };
    let bearer = match engine.ports.issuers.verified.0.get(whom, token, now) {
        Some(bearer) => bearer,
        None => {
            let verified = verify(engine, stage, authorizer, token, now);
            // Rare, and large beside what a known token needs.
            let bearer = Arc::new(Box::pin(verified).await?);
            bearer.remember(engine, whom, token, now);
            bearer
        }
    };
    bearer.admit(&plan.scopes).map(|()| bearer)
}

/// The text of the only header of its name, without `Bearer`. With two of them, somebody before or behind us may believe the
/// other one.
fn token<'r>(authorizer: &CognitoAuthorizer, record: &'r Record) -> Result<&'r str, Rejected> {
    let mut values = record.head.headers.iter().filter(|(name, _)| **name == authorizer.header);
    let missing = || Rejected::because(format!("there is no header {}", authorizer.header));
    let (_, value) = values.next().ok_or_else(missing)?;
    if values.next().is_some() {
        return Err(Rejected::because(format!("there is more than one header {}", authorizer.header)));
    }
    let text = value.to_str().map_err(|_| Rejected::because("the token is no text"))?.trim();
    let scheme = text.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("bearer "));
    let token = scheme.map_or(text, |scheme| text[scheme.len()..].trim_start());
    if token.is_empty() { Err(Rejected::because("the token is empty")) } else { Ok(token) }
}

async fn verify(
    engine: &Engine,
    stage: &StageView,
    authorizer: &CognitoAuthorizer,
    text: &str,
    now: Timestamp,
) -> Result<Bearer, Rejected> {
    let token = Token::parse(text, &ALGORITHMS)?;
    let issuer = issuer(engine, stage, authorizer, &token)?;
    let keys = match (engine.ports.issuers.keys)(&issuer, token.key_id()) {
        KeysFound::Known(outcome) => outcome,
        KeysFound::Waiting(answer) => answer.await,
    };
    let claims = token.verify(&*found(&issuer, keys)?)?;
    let expires = claims.check_times(now, TIMES)?;
    check_audience(authorizer, &claims)?;
    Ok(Bearer {
        usage: usage(&claims, &issuer)?,
        scopes: claims.scopes().map(Box::from).collect(),
        claims: claims.iter().filter_map(|claim| printed(&claims, claim)).collect(),
        expires,
    })
}

fn found(issuer: &TokenIssuer, keys: KeysOutcome) -> Result<Arc<stagedoor_auth::jwt::KeySet>, Rejected> {
    keys.map_err(|failure| Rejected::Unknown(format!("no keys from {}: {}", issuer.keys, failure.0).into()))
}

/// The one of the authorizer's pools in whose name the token comes.
fn issuer(
    engine: &Engine,
    stage: &StageView,
    authorizer: &CognitoAuthorizer,
    token: &Token,
) -> Result<Arc<TokenIssuer>, Rejected> {
    let claimed = token.claimed_issuer().ok_or(InvalidToken::Missing("iss"))?;
    for pool in &authorizer.user_pools {
        let arn = filled(pool, stage);
        let Some(issuer) = engine.ports.issuers.user_pools.issuer(&arn) else {
            return Err(Rejected::Unknown(format!("{arn} is no user pool").into()));
        };
        if issuer.names.iter().any(|name| **name == *claimed) {
            return Ok(issuer);
        }
    }
    Err(Rejected::because("the token comes from none of the authorizer's user pools"))
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
fn check_audience(authorizer: &CognitoAuthorizer, claims: &Claims) -> Result<(), Rejected> {
    let Some(pattern) = &authorizer.audience else { return Ok(()) };
    let client = claims.text("client_id").filter(|_| claims.get("aud").is_none());
    for audience in claims.audiences().chain(client) {
        if pattern.matches(audience).map_err(Rejected::Unknown)? {
            return Ok(());
        }
    }
    Err(Rejected::because("the token's audience does not match the authorizer's validation expression"))
}

fn usage(claims: &Claims, issuer: &TokenIssuer) -> Result<Usage, Rejected> {
    match claims.get("token_use") {
        None if !issuer.names_token_use => Ok(Usage::Unsaid),
        None => Err(InvalidToken::Missing("token_use").into()),
        Some(value) => match value.as_text() {
            Some("id") => Ok(Usage::Id),
            Some("access") => Ok(Usage::Access),
            _ => Err(InvalidToken::Claim("token_use").into()),
        },
    }
}

impl Bearer {
    /// Whether a method that asks for one of these scopes may be called.
    fn admit(&self, scopes: &[Box<str>]) -> Result<(), Rejected> {
        if scopes.is_empty() {
            return match self.usage {
                Usage::Access => Err(Rejected::because(
                    "this is an access token; the method has no authorizationScopes and so needs an ID token",
                )),
                Usage::Id | Usage::Unsaid => Ok(()),
            };
        }
        if self.usage == Usage::Id {
            let reason =
                "this is an ID token; the method has authorizationScopes and so needs an access token";
            return Err(Rejected::because(reason));
        }
        if self.scopes.iter().any(|scope| scopes.contains(scope)) {
            return Ok(());
        }
        Err(Rejected::because(format!("the token has none of the scopes {}", scopes.join(" "))))
    }

    /// Until the authorizer's time to live is over, but never beyond the token's own end.
    fn remember(self: &Arc<Self>, engine: &Engine, whom: For<'_>, token: &str, now: Timestamp) {
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
