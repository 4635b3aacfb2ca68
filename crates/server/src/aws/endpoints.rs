//! The endpoints of services: the configuration's, else the environment's as botocore names them.

use stagedoor_engine::{Endpoint, Endpoints};

const GENERAL: &str = "AWS_ENDPOINT_URL";
const IGNORED: &str = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";

/// Services whose name in variables is not their name in integration URIs.
const NAMES: [(&str, &str); 12] = [
    ("BEDROCK_RUNTIME", "bedrock-runtime"),
    ("CLOUDWATCH", "monitoring"),
    ("CLOUDWATCH_LOGS", "logs"),
    ("COGNITO_IDENTITY_PROVIDER", "cognito-idp"),
    ("DYNAMODB_STREAMS", "streams.dynamodb"),
    ("EVENTBRIDGE", "events"),
    ("IOT_DATA_PLANE", "data.iot"),
    ("SAGEMAKER_RUNTIME", "runtime.sagemaker"),
    ("SECRETS_MANAGER", "secretsmanager"),
    ("SES", "email"),
    ("SFN", "states"),
    ("SERVICEDISCOVERY", "servicediscovery"),
];

/// The endpoints that count. A general one in the environment that leads to this gateway itself is not meant for it:
/// `stagedoor env` sets it for the tools that call the gateway.
pub(crate) fn endpoints(
    configured: &Endpoints,
    environment: impl IntoIterator<Item = (String, String)>,
    is_own: impl Fn(&Endpoint) -> bool,
) -> Endpoints {
    let mut endpoints = configured.clone();
    let variables: Vec<(String, String)> =
        environment.into_iter().filter(|(name, _)| name == IGNORED || name.starts_with(GENERAL)).collect();
    let ignored = |(name, value): &(String, String)| name == IGNORED && value.eq_ignore_ascii_case("true");
    if variables.iter().any(ignored) {
        return endpoints;
    }
    for (name, url) in variables.iter().filter(|(name, value)| name != IGNORED && !value.is_empty()) {
        let Some(endpoint) = Endpoint::parse(url) else {
            tracing::warn!("{name} is no URL of a service: {url}");
            continue;
        };
        match name.strip_prefix(GENERAL).and_then(|rest| rest.strip_prefix('_')) {
            Some(service) => {
                endpoints.by_service.entry(uri_name(service).into()).or_insert(endpoint);
            }
            None if name == GENERAL && endpoints.others.is_none() && !is_own(&endpoint) => {
                endpoints.others = Some(endpoint);
            }
            None => {}
        }
    }
    endpoints
}

fn uri_name(variable: &str) -> String {
    let known = NAMES.iter().find(|(name, _)| *name == variable);
    known.map_or_else(|| variable.to_ascii_lowercase().replace('_', "-"), |(_, uri)| (*uri).to_owned())
}

#[cfg(test)]
mod tests {
    use stagedoor_engine::{Endpoint, Endpoints};

    use super::endpoints;

    fn check(environment: &[(&str, &str)], expected: &str) {
        let configured = Endpoints {
            by_service: [("sqs".into(), Endpoint::parse("http://file").unwrap())].into(),
            others: None,
        };
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let found = endpoints(&configured, environment, |it| it.authority.as_str() == "own:4566");
        let mut lines: Vec<String> =
            found.by_service.iter().map(|(name, it)| format!("{name}={}", it.authority)).collect();
        lines.sort();
        lines.extend(found.others.map(|it| format!("*={}", it.authority)));
        assert_eq!(lines.join(" "), expected);
    }

    #[test]
    fn the_file_goes_before_the_environment() {
        check(&[], "sqs=file");
        check(
            &[("AWS_ENDPOINT_URL_SQS", "http://env"), ("AWS_ENDPOINT_URL_SFN", "http://s")],
            "sqs=file states=s",
        );
        check(&[("AWS_ENDPOINT_URL", "http://all:1")], "sqs=file *=all:1");
        check(&[("AWS_ENDPOINT_URL", "http://own:4566")], "sqs=file");
        check(&[("AWS_ENDPOINT_URL_KINESIS", "nonsense"), ("AWS_ENDPOINT_URL_S3", "")], "sqs=file");
        check(
            &[("AWS_ENDPOINT_URL", "http://a"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")],
            "sqs=file",
        );
        check(&[("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", "http://d")], "sqs=file streams.dynamodb=d");
    }
}
