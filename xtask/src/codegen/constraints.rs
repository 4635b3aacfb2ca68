//! The constraints of the shapes that requests use.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::model::{Kind, Model, Shape};
use super::names::constant;

/// Sets in the order in which the service prints them, where it was seen to differ from the model's.
const PRINTED_ORDERS: [(&str, &[&str]); 6] = [
    ("Op", &["add", "remove", "move", "test", "replace", "copy"]),
    ("IntegrationType", &["HTTP", "MOCK", "AWS_PROXY", "HTTP_PROXY", "AWS"]),
    ("EndpointType", &["PRIVATE", "EDGE", "REGIONAL"]),
    ("IpAddressType", &["ipv4", "dualstack"]),
    (
        "DocumentationPartType",
        &[
            "RESPONSE_BODY",
            "RESPONSE",
            "METHOD",
            "MODEL",
            "AUTHORIZER",
            "RESPONSE_HEADER",
            "RESOURCE",
            "PATH_PARAMETER",
            "REQUEST_BODY",
            "QUERY_PARAMETER",
            "API",
            "REQUEST_HEADER",
        ],
    ),
    (
        "GatewayResponseType",
        &[
            "REQUEST_TOO_LARGE",
            "RESOURCE_NOT_FOUND",
            "AUTHORIZER_CONFIGURATION_ERROR",
            "MISSING_AUTHENTICATION_TOKEN",
            "BAD_REQUEST_BODY",
            "INVALID_SIGNATURE",
            "INVALID_API_KEY",
            "BAD_REQUEST_PARAMETERS",
            "AUTHORIZER_FAILURE",
            "UNAUTHORIZED",
            "INTEGRATION_TIMEOUT",
            "ACCESS_DENIED",
            "DEFAULT_4XX",
            "DEFAULT_5XX",
            "WAF_FILTERED",
            "QUOTA_EXCEEDED",
            "THROTTLED",
            "API_CONFIGURATION_ERROR",
            "UNSUPPORTED_MEDIA_TYPE",
            "INTEGRATION_FAILURE",
            "EXPIRED_TOKEN",
        ],
    ),
];

/// Sets that the service checks itself, with sentences of its own: which runtimes run is not the model's to say.
const CHECKED_BY_SERVICE: [&str; 1] = ["Runtime"];

/// The name of a shape's checks, when it has any.
pub(super) fn of(model: &Model, shape: &str) -> Option<String> {
    (!checks(model, shape).is_empty()).then(|| constant(shape))
}

pub(super) fn module(model: &Model) -> String {
    let inputs = model.operations.iter().filter_map(|operation| operation.input.as_ref());
    let mut shapes = BTreeSet::new();
    for structure in model.structures(inputs) {
        for member in model.members(&structure) {
            collect(model, &member.shape, &mut shapes);
        }
    }
    let mut text = String::new();
    for name in &shapes {
        text += &statics(model, name);
    }
    let patterns: Vec<String> = shapes
        .iter()
        .filter(|name| model.shapes[*name].pattern.is_some())
        .map(|name| format!("&{}_PATTERN", constant(name)))
        .collect();
    if !patterns.is_empty() {
        let _ = writeln!(
            text,
            "\n#[cfg(test)]\npub(crate) static PATTERNS: &[&Pattern] = &[{}];",
            patterns.join(", ")
        );
    }
    let imports = match (text.is_empty(), text.contains("Pattern::new")) {
        (true, _) => "",
        (false, true) => "use crate::check::{Check, Pattern};\n\n",
        (false, false) => "use crate::check::Check;\n\n",
    };
    format!("//! Constraints of members, made by `cargo xtask codegen`; do not edit.\n\n{imports}{text}")
}

fn collect(model: &Model, name: &str, found: &mut BTreeSet<String>) {
    if of(model, name).is_none() || !found.insert(name.to_owned()) {
        return;
    }
    match &model.shapes[name].kind {
        Kind::List(item) => collect(model, item, found),
        Kind::Map { key, value } => {
            collect(model, key, found);
            collect(model, value, found);
        }
        _ => {}
    }
}

fn statics(model: &Model, name: &str) -> String {
    let shape = &model.shapes[name];
    let mut text = String::new();
    if let Some(pattern) = &shape.pattern {
        let _ =
            writeln!(text, "static {}_PATTERN: Pattern = Pattern::new({});", constant(name), raw(pattern));
    }
    let checks = checks(model, name).join(", ");
    let _ = writeln!(text, "pub(super) static {}: &[Check] = &[{checks}];", constant(name));
    text
}

fn raw(pattern: &str) -> String {
    if pattern.contains('"') { format!("{pattern:?}") } else { format!("r\"{pattern}\"") }
}

fn checks(model: &Model, name: &str) -> Vec<String> {
    let Some(shape) = model.shapes.get(name) else { return Vec::new() };
    if CHECKED_BY_SERVICE.contains(&name) {
        return Vec::new();
    }
    let mut checks = bounds(shape);
    if !shape.values.is_empty() {
        let order = PRINTED_ORDERS.iter().find(|(shape, _)| *shape == name).map(|(_, order)| *order);
        let modelled: Vec<&str> = shape.values.iter().map(String::as_str).collect();
        // A value that the model has and the printed list lacks still is a value.
        let printed = order.filter(|order| modelled.iter().all(|value| order.contains(value)));
        checks.push(format!("Check::OneOf(&{:?})", printed.unwrap_or(&modelled)));
    }
    if shape.pattern.is_some() {
        checks.push(format!("Check::Matches(&{}_PATTERN)", constant(name)));
    }
    checks.extend(nested(model, &shape.kind));
    checks
}

fn nested(model: &Model, kind: &Kind) -> Vec<String> {
    let check = |kind: &str, shape: &str| of(model, shape).map(|name| format!("Check::{kind}({name})"));
    match kind {
        Kind::List(item) if !is_structure(model, item) => check("Each", item).into_iter().collect(),
        Kind::Map { key, value } if !is_structure(model, value) => {
            check("Keys", key).into_iter().chain(check("Values", value)).collect()
        }
        Kind::Map { key, .. } => check("Keys", key).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn is_structure(model: &Model, shape: &str) -> bool {
    matches!(model.shapes[shape].kind, Kind::Structure(_))
}

fn bounds(shape: &Shape) -> Vec<String> {
    let (least, most) = match shape.kind {
        Kind::Integer | Kind::Long | Kind::Double => (
            shape.min.map(|min| format!("Check::Min({min:?})")),
            shape.max.map(|max| format!("Check::Max({max:?})")),
        ),
        Kind::String | Kind::List(_) | Kind::Map { .. } => (
            shape.min.filter(|min| *min > 0.0).map(|min| format!("Check::MinLength({min})")),
            shape.max.map(|max| format!("Check::MaxLength({max})")),
        ),
        _ => (None, None),
    };
    least.into_iter().chain(most).collect()
}
