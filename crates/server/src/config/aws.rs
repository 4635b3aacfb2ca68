//! `endpoints` and `credentials`: which AWS services integrations reach, and in whose name.

use stagedoor_auth::sigv4::Secret;
use stagedoor_engine::{Endpoint, Endpoints};

use super::tree::{Entry, Node, Value};
use super::written::Reader;
use crate::aws::{CredentialsConfig, Keys, RoleStep, Source};

/// Stands for all services that are not named.
const OTHERS: &str = "default";
const CREDENTIALS: [&str; 7] =
    ["profile", "access_key", "secret_key", "session_token", "role", "external_id", "assume_roles"];

/// Reads `endpoints`.
pub(super) fn endpoints(reader: &mut Reader<'_>, node: &Node) -> Endpoints {
    let mut endpoints = Endpoints::default();
    for Entry { key, place, value } in reader.map(node) {
        let Some(endpoint) = endpoint(reader, value) else { continue };
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
        if key == OTHERS {
            endpoints.others = Some(endpoint);
        } else if !key.is_empty() && key.bytes().all(is_name) {
            endpoints.by_service.insert(key.as_str().into(), endpoint);
        } else {
            reader
                .complain(*place, format!("`{key}` is not a service as integration URIs name it, like sqs"));
        }
    }
    endpoints
}

fn endpoint(reader: &mut Reader<'_>, node: &Node) -> Option<Endpoint> {
    let text = reader.text(node)?;
    let endpoint = Endpoint::parse(text);
    if endpoint.is_none() {
        reader
            .complain(node.place, format!("`{text}` is not the URL of a service like http://127.0.0.1:8000"));
    }
    endpoint
}

/// Reads `credentials`.
pub(super) fn credentials(reader: &mut Reader<'_>, node: &Node) -> CredentialsConfig {
    let mut config = CredentialsConfig::default();
    if let Value::Scalar(text) = &node.value
        && !text.is_empty()
    {
        match text.as_str() {
            "environment" => config.source = Source::Environment,
            other => reader
                .complain(node.place, format!("`{other}` is neither `environment` nor keys with values")),
        }
        return config;
    }
    let mut given: [Option<String>; 6] = Default::default();
    for Entry { key, value, .. } in reader.keys(node, &CREDENTIALS) {
        match CREDENTIALS.iter().position(|known| known == key) {
            Some(at) if at < given.len() => given[at] = text(reader, value),
            _ => config.keep = !flag(reader, value),
        }
    }
    let [profile, access_key, secret_key, session_token, role, external_id] = given;
    config.source = match (profile, access_key, secret_key) {
        (Some(profile), None, None) => Source::Profile(profile),
        (None, Some(access_key), Some(secret)) => Source::Keys(Keys {
            access_key,
            secret: Secret::from(secret),
            session_token: session_token.map(Secret::from),
        }),
        (None, None, None) => Source::Usual,
        _ => {
            let message = "either `profile`, or `access_key` and `secret_key`, or none of them";
            reader.complain(node.place, message);
            Source::Usual
        }
    };
    config.role = role.map(|arn| RoleStep { arn, external_id, session_name: None });
    config
}

fn text(reader: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = reader.text(node)?;
    if text.is_empty() || text.bytes().any(|byte| byte.is_ascii_control()) {
        reader.complain(node.place, "expected a text in one line");
        return None;
    }
    Some(text.to_owned())
}

fn flag(reader: &mut Reader<'_>, node: &Node) -> bool {
    reader.parsed(node, "true or false").unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::aws::{AwsConfig, Source};
    use crate::config::Config;

    fn parse(text: &str) -> Result<AwsConfig, String> {
        let config = Config::parse(Path::new("/app/stagedoor.yaml"), text);
        config.map(|config| config.aws).map_err(|problems| problems.to_string())
    }

    #[test]
    fn services_have_endpoints() {
        let aws = parse("endpoints: {sqs: 'http://127.0.0.1:1', default: 'https://h/base'}").unwrap();
        assert_eq!(aws.endpoints.by_service["sqs"].authority, "127.0.0.1:1");
        assert_eq!(&*aws.endpoints.others.unwrap().base, "/base");
    }

    #[test]
    fn credentials_have_a_source() {
        let source = |text: &str| parse(&format!("credentials: {text}")).unwrap().credentials;
        assert_eq!(source("environment").source, Source::Environment);
        assert_eq!(source("{profile: dev}").source, Source::Profile("dev".to_owned()));
        let static_keys = source("{access_key: A, secret_key: very-secret, assume_roles: false}");
        assert!(matches!(&static_keys.source, Source::Keys(keys) if keys.access_key == "A"));
        assert!(static_keys.keep);
        assert!(!format!("{static_keys:?}").contains("very-secret"));
        let chained = source("{role: 'arn:aws:iam::1:role/r', external_id: x}");
        assert_eq!((chained.source, chained.keep), (Source::Usual, false));
        assert_eq!(chained.role.unwrap().external_id.as_deref(), Some("x"));
    }

    #[test]
    fn mistakes_name_their_place() {
        let table = [
            ("endpoints: {sqs: 'ftp://x'}", "1:18: `ftp://x` is not the URL of a service"),
            ("endpoints: {SQS: 'http://x'}", "1:13: `SQS` is not a service as integration URIs name it"),
            ("credentials: none", "1:14: `none` is neither `environment` nor keys with values"),
            ("credentials: {access_key: A}", "either `profile`, or `access_key` and `secret_key`"),
            (
                "credentials: {access_key: A, secret_key: s, profile: p}",
                "either `profile`, or `access_key` and `secret_key`",
            ),
            ("credentials: {secret: s}", "unknown key `secret`"),
            ("credentials: {assume_roles: maybe}", "1:29: `maybe` is not true or false"),
        ];
        for (text, expected) in table {
            let problem = parse(text).unwrap_err();
            assert!(problem.contains(expected), "{text}\n{problem}");
        }
    }
}
