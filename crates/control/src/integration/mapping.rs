//! Parameter mappings: which keys a method, an integration or their replies may carry, and which expressions may fill
//! them.
//!
//! In: the maps of one entity. Out: nothing, or the refusal that lists every bad entry. It must not know how an
//! expression is evaluated.

use std::collections::{HashMap, HashSet};

use stagedoor_model::{Map, Method};

use crate::ApiError;

/// Where a request keeps the parameter that a key names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Location {
    Header,
    QueryString,
    Path,
}

impl Location {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "header" | "multivalueheader" => Some(Self::Header),
            "querystring" | "multivaluequerystring" => Some(Self::QueryString),
            "path" => Some(Self::Path),
            _ => None,
        }
    }
}

/// 400 with the service's frame around its validator's findings.
pub(crate) fn refusal(errors: &[String]) -> ApiError {
    ApiError::BadRequest(format!("Invalid mapping expression specified: {}", findings(errors)))
}

/// The validator's findings without the mapping frame.
pub(crate) fn findings(errors: &[String]) -> String {
    format!("Validation Result: warnings : [], errors : [{}]", errors.join(", "))
}

fn conclude(errors: &[String]) -> Result<(), ApiError> {
    if errors.is_empty() { Ok(()) } else { Err(refusal(errors)) }
}

fn invalid_expression(text: &str) -> String {
    format!("Invalid mapping expression specified: {text}")
}

fn invalid_parameter(text: &str) -> String {
    format!("Invalid mapping expression parameter specified: {text}")
}

/// Checks the keys of a method's request parameters. The service prints the value beside a bad key, not the key.
pub(crate) fn check_method_request(parameters: &Map<bool>) -> Result<(), ApiError> {
    let bad = parameters.iter().filter(|(key, _)| !is_method_parameter(key));
    let errors: Vec<String> = bad.map(|(_, required)| invalid_expression(&required.to_string())).collect();
    conclude(&errors)?;
    let mut seen: HashMap<&str, Location> = HashMap::new();
    for (location, name) in parameters.keys().filter_map(|key| request_source(key)) {
        if seen.insert(name, location).is_some_and(|at| at != location) {
            return Err(ApiError::bad_request(
                "Parameter names must be unique across querystring, header and path",
            ));
        }
    }
    Ok(())
}

/// Checks the keys of a method response's parameters.
pub(crate) fn check_method_response(parameters: &Map<bool>) -> Result<(), ApiError> {
    let bad = parameters.iter().filter(|(key, _)| response_header(key).is_none());
    let errors: Vec<String> = bad.map(|(_, required)| invalid_expression(&required.to_string())).collect();
    conclude(&errors)
}

/// Checks an integration's request parameters; the sources must be declared on the method.
pub(crate) fn check_integration_request(
    parameters: &Map<String>,
    declared: &Map<bool>,
) -> Result<(), ApiError> {
    let declared: HashSet<(Location, &str)> = declared.keys().filter_map(|key| request_source(key)).collect();
    let errors: Vec<String> =
        parameters.iter().filter_map(|(key, source)| request_mapping_error(key, source, &declared)).collect();
    conclude(&errors)
}

fn request_mapping_error(key: &str, source: &str, declared: &HashSet<(Location, &str)>) -> Option<String> {
    if !is_integration_target(key) {
        return Some(invalid_expression(key));
    }
    if let Some(parameter) = request_source(source) {
        return (!declared.contains(&parameter)).then(|| invalid_parameter(source));
    }
    let readable = is_common_source(source) || is_body_source(source, "method.request.body");
    (!readable).then(|| invalid_expression(source))
}

/// Checks an integration response's parameters; the keys must be declared on the method response of the same status.
pub(crate) fn check_integration_response(
    parameters: &Map<String>,
    method: &Method,
    status: u16,
) -> Result<(), ApiError> {
    if parameters.is_empty() {
        return Ok(());
    }
    if parameters.keys().any(|key| response_header(key).is_none()) {
        return Err(refusal(&["Invalid mapping identifier specified".to_owned()]));
    }
    if method.responses.is_empty() {
        return Err(refusal(&["No method response exists for method.".to_owned()]));
    }
    let declared = method.responses.get(&status).and_then(|response| response.parameters.as_ref());
    let errors: Vec<String> =
        parameters.iter().filter_map(|(key, source)| response_mapping_error(key, source, declared)).collect();
    conclude(&errors)
}

fn response_mapping_error(key: &str, source: &str, declared: Option<&Map<bool>>) -> Option<String> {
    if !declared.is_some_and(|declared| declared.contains_key(key)) {
        return Some(invalid_parameter(key));
    }
    let header = ["integration.response.header.", "integration.response.multivalueheader."]
        .iter()
        .filter_map(|prefix| source.strip_prefix(prefix))
        .any(is_name);
    let readable = header || is_common_source(source) || is_body_source(source, "integration.response.body");
    (!readable).then(|| invalid_expression(source))
}

/// Whether a method may have a parameter with this key.
pub(crate) fn is_method_parameter(key: &str) -> bool {
    request_source(key).is_some()
}

/// Location and name of `method.request.{location}.{name}`.
fn request_source(text: &str) -> Option<(Location, &str)> {
    let (location, name) = text.strip_prefix("method.request.")?.split_once('.')?;
    Some((Location::parse(location)?, name)).filter(|_| is_name(name))
}

fn response_header(key: &str) -> Option<&str> {
    key.strip_prefix("method.response.header.").filter(|name| is_name(name))
}

fn is_integration_target(key: &str) -> bool {
    ["integration.request.header.", "integration.request.querystring.", "integration.request.path."]
        .iter()
        .filter_map(|prefix| key.strip_prefix(prefix))
        .any(is_name)
}

// The same in every direction: a quoted literal, a context variable, a stage variable.
fn is_common_source(text: &str) -> bool {
    let literal = text.len() >= 2 && text.starts_with('\'') && text.ends_with('\'');
    let context = text.strip_prefix("context.").is_some_and(is_path);
    let variable = text.strip_prefix("stageVariables.").is_some_and(is_name);
    literal || context || variable
}

fn is_body_source(text: &str, body: &str) -> bool {
    match text.strip_prefix(body) {
        Some("") => true,
        Some(path) => {
            (path.starts_with('.') || path.starts_with('[')) && path.len() > 1 && !path.contains('\n')
        }
        None => false,
    }
}

fn is_path(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

// AWS documents `[a-zA-Z0-9._$-]+` for parameter names.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'$' | b'-'))
}

#[cfg(test)]
mod tests {
    use stagedoor_model::{HttpMethod, Map, Method, MethodResponse};

    use super::{check_integration_request, check_integration_response, check_method_request};
    use crate::ApiError;

    const FRAME: &str = "Invalid mapping expression specified: Validation Result: warnings : [], errors : [";

    fn framed(errors: &str) -> Result<(), ApiError> {
        Err(ApiError::BadRequest(format!("{FRAME}{errors}]")))
    }

    fn flags(keys: &[&str]) -> Map<bool> {
        keys.iter().map(|key| ((*key).to_owned(), true)).collect()
    }

    fn one(key: &str, value: &str) -> Map<String> {
        [(key.to_owned(), value.to_owned())].into_iter().collect()
    }

    #[test]
    fn method_parameters_name_a_place_in_the_request() {
        let check = |keys: &[&str], expected| assert_eq!(check_method_request(&flags(keys)), expected);
        check(&["method.request.header.A", "method.request.querystring.b", "method.request.path.c"], Ok(()));
        check(&["method.request.header.A", "method.request.multivalueheader.A"], Ok(()));
        check(&["method.request.body.a"], framed("Invalid mapping expression specified: true"));
        check(&["header.A"], framed("Invalid mapping expression specified: true"));
        check(&["method.request.header."], framed("Invalid mapping expression specified: true"));
        check(
            &["method.request.header.A", "method.request.querystring.A"],
            Err(ApiError::bad_request("Parameter names must be unique across querystring, header and path")),
        );
    }

    #[test]
    fn integration_parameters_read_what_the_method_declares() {
        let declared = flags(&["method.request.header.H", "method.request.path.p"]);
        let check = |key: &str, source: &str, expected| {
            assert_eq!(check_integration_request(&one(key, source), &declared), expected, "{key}={source}");
        };
        for source in [
            "'static'",
            "''",
            "context.requestId",
            "stageVariables.host",
            "method.request.header.H",
            "method.request.multivalueheader.H",
            "method.request.path.p",
            "method.request.body",
            "method.request.body.a.b[0]",
        ] {
            check("integration.request.header.X", source, Ok(()));
        }
        check(
            "integration.request.header.X",
            "method.request.header.X",
            framed("Invalid mapping expression parameter specified: method.request.header.X"),
        );
        check(
            "integration.request.querystring.X",
            "static",
            framed("Invalid mapping expression specified: static"),
        );
        check("integration.request.path.X", "'", framed("Invalid mapping expression specified: '"));
        check("request.path.X", "'a'", framed("Invalid mapping expression specified: request.path.X"));
    }

    #[test]
    fn every_bad_entry_is_listed() {
        let mut parameters = one("integration.request.header.A", "a");
        parameters.insert("integration.request.header.B".to_owned(), "b".to_owned());
        assert_eq!(
            check_integration_request(&parameters, &Map::new()),
            framed("Invalid mapping expression specified: a, Invalid mapping expression specified: b")
        );
    }

    #[test]
    fn reply_parameters_fill_declared_headers() {
        let mut method = Method::open(HttpMethod::Get);
        let key = "method.response.header.Location";
        let check = |method: &Method, key: &str, source: &str, expected| {
            assert_eq!(
                check_integration_response(&one(key, source), method, 200),
                expected,
                "{key}={source}"
            );
        };
        check(&method, key, "'a'", framed("No method response exists for method."));
        let parameters = Some(flags(&[key]));
        method.responses.insert(200, MethodResponse { status: 200, parameters, models: None });
        for source in [
            "'a'",
            "integration.response.header.Location",
            "integration.response.multivalueheader.Location",
            "integration.response.body",
            "integration.response.body.url",
            "context.requestId",
            "stageVariables.url",
        ] {
            check(&method, key, source, Ok(()));
        }
        check(&method, key, "*", framed("Invalid mapping expression specified: *"));
        check(&method, "header.Location", "'a'", framed("Invalid mapping identifier specified"));
        check(
            &method,
            "method.response.header.X",
            "'a'",
            framed("Invalid mapping expression parameter specified: method.response.header.X"),
        );
    }
}
