//! `$context` and `$stageVariables`.

use std::rc::Rc;

use stagedoor_program::{ContextVar, Record};
use stagedoor_vtl::{CallError, Meter, Object, Sequence, Value};

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
    plain: MapObject,
}

impl Context {
    pub(super) fn new(scene: Rc<Scene>, overrides: Rc<OverrideMaps>) -> Self {
        let identity = Rc::new(MapObject::new(
            Rc::clone(&scene),
            Source { names: |_| IDENTITY.iter().map(|name| Rc::from(*name)).collect(), value: identity },
        ));
        let plain = MapObject::new(Rc::clone(&scene), Source { names, value: plain });
        Self { scene, overrides, identity, plain }
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
    let shown = |(name, always): &&(&str, bool)| *always || plain(scene, name).is_some();
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

/// A key without value is null: it prints nothing and is listed.
fn identity(scene: &Scene, name: &str) -> Option<Value> {
    let value = |record: &Record| {
        let variable = match name {
            "accessKey" => ContextVar::IdentityAccessKey,
            "accountId" => ContextVar::IdentityAccountId,
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
