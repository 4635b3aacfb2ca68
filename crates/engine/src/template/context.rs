//! `$context` and `$stageVariables`.

use std::rc::Rc;
use std::sync::Arc;

use stagedoor_program::{AuthorizerContext, AuthorizerKey, ContextVar, Record};
use stagedoor_vtl::{CallError, Key, Map, Meter, Object, Pairs, Sequence, Value};

use super::map_object::{MapObject, Source};
use super::overrides::OverrideMaps;
use super::scene::Scene;

/// The variables beside `identity` and the overrides, in the order in which AWS lists them. Those behind the mark are not
/// listed while they have no value.
const NAMES: &[(&str, bool)] = &[
    ("accountId", true),
    ("apiId", true),
    ("authorizer", false),
    ("awsEndpointRequestId", false),
    ("deploymentId", true),
    ("domainName", true),
    ("domainPrefix", true),
    ("extendedRequestId", true),
    ("httpMethod", true),
    ("identity", true),
    ("isCanaryRequest", false),
    ("path", true),
    ("protocol", true),
    ("requestId", true),
    ("requestOverride", true),
    ("requestTime", true),
    ("requestTimeEpoch", true),
    ("resourceId", true),
    ("resourcePath", true),
    ("responseOverride", true),
    ("stage", true),
    ("wafResponseCode", false),
    ("webaclArn", false),
];

/// The keys of `$context.identity`, which are always there.
const IDENTITY: &[&str] = &[
    "accessKey",
    "accountId",
    "caller",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "sourceIp",
    "user",
    "userAgent",
    "userArn",
];

/// `$context`
#[derive(Debug)]
pub(super) struct Context {
    scene: Rc<Scene>,
    overrides: Rc<OverrideMaps>,
    identity: Rc<MapObject>,
    authorizer: Rc<MapObject>,
    plain: MapObject,
}

impl Context {
    pub(super) fn new(scene: Rc<Scene>, overrides: Rc<OverrideMaps>) -> Self {
        let identity =
            Rc::new(MapObject::new(Rc::clone(&scene), Source { names: identity_names, value: identity }));
        let said = Source { names: authorizer_names, value: authorizer };
        let authorizer = Rc::new(MapObject::new(Rc::clone(&scene), said));
        let plain = MapObject::new(Rc::clone(&scene), Source { names, value: plain });
        Self { scene, overrides, identity, authorizer, plain }
    }

    fn override_map(&self, request: bool, meter: &mut Meter) -> Result<Value, CallError> {
        let before = self.scene.read(|record| record.overrides.clone());
        if request {
            self.overrides.request(before.as_deref(), meter)
        } else {
            self.overrides.response(before.as_deref(), meter)
        }
    }
}

impl Object for Context {
    fn property(&self, name: &str, meter: &mut Meter) -> Result<Option<Value>, CallError> {
        match name {
            "identity" => Ok(Some(Value::Object(self.identity.clone()))),
            "authorizer" if is_authorized(&self.scene) => Ok(Some(Value::Object(self.authorizer.clone()))),
            "requestOverride" => self.override_map(true, meter).map(Some),
            "responseOverride" => self.override_map(false, meter).map(Some),
            _ => self.plain.property(name, meter),
        }
    }

    /// AWS was seen to give nothing when `get` names a map.
    fn call(&self, name: &str, arguments: &[Value], meter: &mut Meter) -> Result<Option<Value>, CallError> {
        self.plain.call(name, arguments, meter)
    }

    fn sequence(&self) -> Option<Sequence> {
        self.plain.sequence()
    }

    fn print(&self, out: &mut String) {
        self.plain.print(out);
    }
}

fn names(scene: &Scene) -> Vec<Rc<str>> {
    let has = |name: &str| plain(scene, name).is_some() || name == "authorizer" && is_authorized(scene);
    let shown = |(name, always): &&(&str, bool)| *always || has(name);
    NAMES.iter().filter(shown).map(|(name, _)| Rc::from(*name)).collect()
}

fn plain(scene: &Scene, name: &str) -> Option<Value> {
    if name == "requestTimeEpoch" {
        let time = scene.read(|record| i64::try_from(record.head.received.0).ok())?;
        return Some(Value::Long(time));
    }
    let variable = ContextVar::parse(name).filter(|variable| variable.in_mappings())?;
    let known = NAMES.iter().any(|(known, _)| *known == name);
    scene.read(|record| record.value(variable).filter(|_| known).map(|value| Value::from(&*value)))
}

/// A call's API key is listed where there is one.
fn identity_names(scene: &Scene) -> Vec<Rc<str>> {
    let has_key = scene.read(|record| record.api_key.as_ref().map(|_| ())).is_some();
    let key = ["apiKey", "apiKeyId"].into_iter().filter(|_| has_key);
    IDENTITY.iter().copied().chain(key).map(Rc::from).collect()
}

/// A key without value is null: it prints nothing and is listed.
fn identity(scene: &Scene, name: &str) -> Option<Value> {
    let value = |record: &Record| {
        let variable = match name {
            "accessKey" => ContextVar::IdentityAccessKey,
            "accountId" => ContextVar::IdentityAccountId,
            "apiKey" => ContextVar::IdentityApiKey,
            "apiKeyId" => ContextVar::IdentityApiKeyId,
            "caller" | "user" => ContextVar::IdentityUser,
            "userArn" => ContextVar::IdentityUserArn,
            "sourceIp" => ContextVar::IdentitySourceIp,
            "userAgent" => ContextVar::IdentityUserAgent,
            _ => return None,
        };
        record.value(variable).map(|value| Value::from(&*value))
    };
    scene.read(value).or_else(|| IDENTITY.contains(&name).then_some(Value::Null))
}

/// Whether an authorizer has said anything about the caller.
fn is_authorized(scene: &Scene) -> bool {
    scene.read(|record| record.caller.as_ref()?.authorizer.as_ref().map(|_| ())).is_some()
}

/// `claims` is a map that `keySet` of `$context.authorizer` does not list.
fn authorizer_names(scene: &Scene) -> Vec<Rc<str>> {
    let names = scene.read(|record| match record.caller.as_ref()?.authorizer.as_ref()? {
        AuthorizerContext::Claims(_) => None,
        AuthorizerContext::Lambda(lambda) => {
            let own = ["principalId", "integrationLatency"];
            let names = lambda.values.iter().map(|(name, _)| &**name).filter(|name| !own.contains(name));
            Some(names.chain(own).map(Rc::from).collect())
        }
    });
    names.unwrap_or_default()
}

fn authorizer(scene: &Scene, name: &str) -> Option<Value> {
    let claims = scene.read(|record| match record.caller.as_ref()?.authorizer.as_ref()? {
        AuthorizerContext::Claims(claims) if name == "claims" => Some(Arc::clone(claims)),
        _ => None,
    });
    if let Some(claims) = claims {
        let pairs = claims.iter().map(|(name, value)| (Key(Value::from(&**name)), Value::from(&**value)));
        return Some(Value::Map(Map::new(pairs.collect::<Pairs>())));
    }
    let key = AuthorizerKey::Value(name.into());
    scene.read(|record| record.authorizer_value(&key).map(|value| Value::from(&*value)))
}

/// `$stageVariables`
pub(super) fn stage_variables(scene: Rc<Scene>) -> MapObject {
    MapObject::new(scene, Source { names: variable_names, value: variable })
}

fn variable_names(scene: &Scene) -> Vec<Rc<str>> {
    let names = scene.read(|record| {
        Some(record.program.as_ref()?.stage.variables.keys().map(|name| Rc::from(name.as_str())).collect())
    });
    names.unwrap_or_default()
}

fn variable(scene: &Scene, name: &str) -> Option<Value> {
    scene.read(|record| record.program.as_ref()?.stage.variable(name).map(Value::from))
}
