//! What an integration may point at: the URI and credentials rules of each type.
//!
//! In: an integration. Out: nothing, or the service's refusal. It must not know how a backend is reached.

use stagedoor_base::AccountId;
use stagedoor_model::{Integration, IntegrationType};

use crate::ApiError;

/// Checks URI and credentials of an integration of the caller's account.
pub(crate) fn check(integration: &Integration, account: &AccountId) -> Result<(), ApiError> {
    let uri = integration.uri.as_deref().unwrap_or_default();
    match integration.integration_type {
        IntegrationType::Mock => Ok(()),
        IntegrationType::Http | IntegrationType::HttpProxy => check_http(uri),
        IntegrationType::Aws | IntegrationType::AwsProxy => check_aws(integration, uri),
    }?;
    check_credentials(integration.credentials.as_deref(), account)
}

fn check_http(uri: &str) -> Result<(), ApiError> {
    if is_http_endpoint(uri) {
        Ok(())
    } else {
        Err(ApiError::bad_request("Invalid HTTP endpoint specified for URI"))
    }
}

// AWS refuses IP literals and localhost; a gateway beside its backends must accept them.
fn is_http_endpoint(uri: &str) -> bool {
    let uri = without_placeholders(uri);
    let Some(rest) = uri.strip_prefix("http://").or_else(|| uri.strip_prefix("https://")) else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    is_authority(authority) && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// The URI with `${stageVariables.x}` and `{pathParameter}` each replaced by one digit, which is valid wherever a value
/// may stand: in a host, a port, a path.
fn without_placeholders(uri: &str) -> String {
    let mut text = String::with_capacity(uri.len());
    let mut rest = uri;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else { break };
        let before = &rest[..open];
        text.push_str(before.strip_suffix('$').unwrap_or(before));
        text.push('1');
        rest = &rest[open + close + 1..];
    }
    text.push_str(rest);
    text
}

fn is_authority(authority: &str) -> bool {
    if let Some((address, port)) = authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return address.parse::<std::net::Ipv6Addr>().is_ok() && is_port_suffix(port);
    }
    let end = authority.find(':').unwrap_or(authority.len());
    let (host, port) = authority.split_at(end);
    let in_host = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    !host.is_empty() && host.bytes().all(in_host) && is_port_suffix(port)
}

fn is_port_suffix(suffix: &str) -> bool {
    suffix.is_empty() || suffix.strip_prefix(':').is_some_and(is_port)
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok_and(|port| port > 0) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a URI invokes a Lambda function.
pub(crate) fn is_lambda_invocation(uri: &str) -> bool {
    parse_arn(uri).is_ok_and(|arn| arn.is_lambda_invocation())
}

/// The parts of `arn:{partition}:apigateway:{region}:{service}:{path|action}/…` that rules ask about.
struct ServiceArn<'a> {
    service: &'a str,
    /// What follows `path/`, or none for an action.
    path: Option<&'a str>,
}

fn parse_arn(uri: &str) -> Result<ServiceArn<'_>, ApiError> {
    let parts: Vec<&str> = uri.splitn(6, ':').collect();
    let ["arn", _, kind, _, service, rest] = parts.as_slice() else {
        return Err(ApiError::bad_request("Invalid ARN specified in the request"));
    };
    let path = rest.strip_prefix("path/");
    if *kind != "apigateway" || (path.is_none() && !rest.starts_with("action/")) {
        return Err(ApiError::bad_request("AWS ARN for integration must contain path or action"));
    }
    Ok(ServiceArn { service, path })
}

impl ServiceArn<'_> {
    fn is_lambda_invocation(&self) -> bool {
        self.service == "lambda" && self.path.is_some_and(is_invocation_path)
    }

    fn is_firehose(&self) -> bool {
        self.service == "firehose"
    }
}

// `2015-03-31/functions/{function ARN}/invocations`; the streaming form has a date and a last word of its own.
fn is_invocation_path(path: &str) -> bool {
    let Some((_, rest)) = path.trim_start_matches('/').split_once("/functions/") else { return false };
    let function =
        rest.strip_suffix("/invocations").or_else(|| rest.strip_suffix("/response-streaming-invocations"));
    function.is_some_and(|function| !function.is_empty())
}

fn check_aws(integration: &Integration, uri: &str) -> Result<(), ApiError> {
    let arn = parse_arn(uri)?;
    let proxy = integration.integration_type == IntegrationType::AwsProxy;
    if proxy && !arn.is_lambda_invocation() && !arn.is_firehose() {
        return Err(ApiError::bad_request(
            "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
        ));
    }
    if arn.service != "lambda" && integration.credentials.is_none() {
        return Err(ApiError::bad_request("Role ARN must be specified for AWS integrations"));
    }
    Ok(())
}

/// Checks the role that a backend or authorizer is called with. `arn:aws:iam::*:user/*` stands for the caller's own
/// credentials.
pub(crate) fn check_credentials(credentials: Option<&str>, account: &AccountId) -> Result<(), ApiError> {
    let Some(arn) = credentials else { return Ok(()) };
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", _, "iam", "", owner, _] = parts.as_slice() else {
        return Err(ApiError::bad_request("Invalid ARN specified in the request"));
    };
    if *owner == "*" || *owner == account.as_str() {
        Ok(())
    } else {
        Err(ApiError::AccessDenied("Cross-account pass role is not allowed.".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use stagedoor_base::AccountId;
    use stagedoor_model::IntegrationType::{self, Aws, AwsProxy, Http, HttpProxy, Mock};
    use stagedoor_model::{ConnectionType, Integration, PassthroughBehavior, TransferMode};

    use super::check;
    use crate::ApiError;

    const ROLE: &str = "arn:aws:iam::000000000000:role/r";
    const ENDPOINT: &str = "Invalid HTTP endpoint specified for URI";
    const NO_ARN: &str = "Invalid ARN specified in the request";
    const NO_PATH: &str = "AWS ARN for integration must contain path or action";
    const PROXY: &str = "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.";

    fn integration(kind: IntegrationType, uri: &str, credentials: Option<&str>) -> Integration {
        Integration {
            integration_type: kind,
            http_method: None,
            uri: Some(uri.to_owned()),
            connection_type: ConnectionType::Internet,
            connection_id: None,
            credentials: credentials.map(str::to_owned),
            request_parameters: Default::default(),
            request_templates: Default::default(),
            passthrough_behavior: PassthroughBehavior::WhenNoMatch,
            content_handling: None,
            timeout_millis: 29_000,
            cache_namespace: "c".to_owned(),
            cache_key_parameters: Vec::new(),
            responses: Default::default(),
            insecure_skip_verification: None,
            transfer_mode: TransferMode::Buffered,
            integration_target: None,
        }
    }

    fn checked(kind: IntegrationType, uri: &str, credentials: Option<&str>) -> Result<(), ApiError> {
        check(&integration(kind, uri, credentials), &AccountId::from("000000000000"))
    }

    #[test]
    fn http_uris() {
        for uri in [
            "http://127.0.0.1:8080",
            "http://localhost/x",
            "https://example.com/{proxy}?a={b}",
            "http://${stageVariables.host}/pets",
            "http://${stageVariables.host}:${stageVariables.port}/",
            "http://[::1]:9000/x",
            "https://api_1.example.com:443",
        ] {
            assert_eq!(checked(Http, uri, None), Ok(()), "{uri}");
        }
        for uri in [
            "",
            "httpbin.org",
            "ftp://example.com",
            "http://",
            "http:///x",
            "http://a b/",
            "http://h:99999/",
            "http://h:/",
            "http://[::1",
            "http://h/\n",
            "${stageVariables.url}",
            "http://h:+80/",
        ] {
            assert_eq!(checked(HttpProxy, uri, None), Err(ApiError::bad_request(ENDPOINT)), "{uri}");
        }
        assert_eq!(checked(Mock, "anything", None), Ok(()));
    }

    #[test]
    fn aws_uris() {
        let lambda = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations";
        let variable = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:${stageVariables.f}/invocations";
        let sqs = "arn:aws:apigateway:us-east-1:sqs:path/000000000000/q";
        for (kind, uri, credentials, expected) in [
            (AwsProxy, lambda, None, Ok(())),
            (Aws, lambda, None, Ok(())),
            (AwsProxy, variable, None, Ok(())),
            (Aws, sqs, Some(ROLE), Ok(())),
            (Aws, sqs, Some("arn:aws:iam::*:user/*"), Ok(())),
            (AwsProxy, "arn:aws:apigateway:us-east-1:firehose:action/PutRecord", Some(ROLE), Ok(())),
            (Aws, sqs, None, Err("Role ARN must be specified for AWS integrations")),
            (AwsProxy, sqs, Some(ROLE), Err(PROXY)),
            (AwsProxy, "", None, Err(NO_ARN)),
            (Aws, "http://example.com", None, Err(NO_ARN)),
            (Aws, "arn:aws:apigateway:us-east-1:sqs:000000000000/q", Some(ROLE), Err(NO_PATH)),
            (AwsProxy, "arn:aws:lambda:us-east-1:000000000000:function:f", None, Err(NO_PATH)),
            (Aws, sqs, Some("role"), Err(NO_ARN)),
        ] {
            assert_eq!(
                checked(kind, uri, credentials),
                expected.map_err(ApiError::bad_request),
                "{kind} {uri}"
            );
        }
        assert_eq!(
            checked(Aws, sqs, Some("arn:aws:iam::111111111111:role/r")),
            Err(ApiError::AccessDenied("Cross-account pass role is not allowed.".to_owned()))
        );
    }
}
