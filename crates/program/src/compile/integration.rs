//! Integrations: which kind executes, and with what.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use stagedoor_base::FunctionArn;
use stagedoor_json::mock_status;
use stagedoor_model::{ConnectionType, Integration, IntegrationType, Method};

use super::Compiler;
use crate::{
    BackendPlan, BodyTemplate, Credentials, Expression, FunctionTarget, HeaderFate, HttpPlan,
    IntegrationPlan, LambdaPlan, MockPlan, ParameterMapping, Target, UriPlan, request_header,
};

impl<'s> Compiler<'s> {
    pub(super) fn integration(&mut self, method: &'s Method) -> IntegrationPlan {
        let Some(integration) = &method.integration else {
            return IntegrationPlan::Refused(self.refuse("the method has no integration"));
        };
        if let Some(reason) = self.unsupported(integration) {
            return IntegrationPlan::Refused(self.refuse(reason));
        }
        match integration.integration_type {
            IntegrationType::Mock => self.mock(method, integration),
            IntegrationType::Http => IntegrationPlan::Http(Box::new(HttpPlan {
                backend: self.backend(integration),
                templates: self.request_templates(integration),
                responses: self.responses(method, integration),
            })),
            IntegrationType::HttpProxy => IntegrationPlan::HttpProxy(Box::new(self.backend(integration))),
            IntegrationType::AwsProxy => self.lambda(integration),
            IntegrationType::Aws => self.aws(method, integration),
        }
    }

    /// A setting that would change what the call means and does not execute yet.
    fn unsupported(&self, integration: &Integration) -> Option<String> {
        if integration.connection_type == ConnectionType::VpcLink {
            return Some("a VPC link does not execute yet".to_owned());
        }
        None
    }

    fn mock(&mut self, method: &'s Method, integration: &'s Integration) -> IntegrationPlan {
        let templates = self.request_templates(integration);
        let status = |(_, template): &(Arc<str>, BodyTemplate)| match template {
            BodyTemplate::Static(text) => mock_status(std::str::from_utf8(text).ok()?),
            BodyTemplate::Vtl(_) | BodyTemplate::Passthrough | BodyTemplate::Broken(_) => None,
        };
        let statuses = templates.entries.iter().map(status).collect();
        let responses = self.responses(method, integration);
        IntegrationPlan::Mock(Box::new(MockPlan { templates, statuses, responses }))
    }

    fn backend(&mut self, integration: &Integration) -> BackendPlan {
        let uri = UriPlan::http(integration.uri.as_deref().unwrap_or(""));
        let authority = uri.origin.as_ref().map(|(_, authority)| authority.as_str());
        BackendPlan {
            method: self.backend_method(integration.http_method.as_deref()),
            host: authority.and_then(|authority| HeaderValue::from_str(authority).ok()),
            uri,
            parameters: self.parameters(integration, false),
            timeout: Duration::from_millis(integration.timeout_millis.into()),
            insecure_skip_verification: integration.insecure_skip_verification.unwrap_or(false),
            content_handling: integration.content_handling,
        }
    }

    pub(super) fn backend_method(&mut self, method: Option<&str>) -> Option<http::Method> {
        let method = method.filter(|method| !matches!(*method, "" | "ANY"))?;
        let parsed = http::Method::from_bytes(method.as_bytes()).ok();
        if parsed.is_none() {
            self.remark(format!("{method} is no HTTP method; the client's own is used"));
        }
        parsed
    }

    fn lambda(&mut self, integration: &Integration) -> IntegrationPlan {
        let uri = integration.uri.as_deref().unwrap_or("");
        let Some((function, streams)) = function_part(uri) else {
            return IntegrationPlan::Refused(
                self.refuse(format!("AWS_PROXY executes Lambda functions only, not {uri}")),
            );
        };
        // Each mode has an operation of Lambda's of its own, and with it a form of the URI.
        if streams != super::streams(integration) {
            let mode = integration.transfer_mode;
            let reason =
                format!("responseTransferMode {mode} needs the other form of Lambda's URI than {uri}");
            return IntegrationPlan::Refused(self.refuse(reason));
        }
        let wrong_method = self.wrong_function_method(integration);
        IntegrationPlan::LambdaProxy(Box::new(LambdaPlan {
            function: self.function(function),
            credentials: integration.credentials.as_deref().map(Credentials::parse),
            parameters: self.parameters(integration, true),
            wrong_method,
            timeout: Duration::from_millis(integration.timeout_millis.into()),
        }))
    }

    pub(super) fn function(&mut self, text: &str) -> FunctionTarget {
        if text.contains("${stageVariables.") {
            return FunctionTarget::Variable(UriPlan::text(text));
        }
        if let Ok(arn) = FunctionArn::parse(text) {
            return FunctionTarget::Fixed(arn);
        }
        self.remark(format!("{text} names no function"));
        FunctionTarget::Variable(UriPlan::text(text))
    }

    pub(super) fn parameters(&mut self, integration: &Integration, aws: bool) -> Box<[ParameterMapping]> {
        let mut mappings = Vec::new();
        for (key, expression) in &integration.request_parameters {
            let Some(source) = Expression::parse(expression).map(Expression::in_mappings) else {
                self.remark(format!("the mapping expression {expression} has no value"));
                continue;
            };
            match target(key, aws) {
                Some(Some(target)) => mappings.push(ParameterMapping { target, source }),
                Some(None) => self.remark(format!("{key} is never sent to the backend")),
                None => self.remark(format!("{key} is no integration request parameter")),
            }
        }
        mappings.into()
    }
}

/// The function's ARN in an invocation URI, and whether its response is streamed.
pub(super) fn function_part(uri: &str) -> Option<(&str, bool)> {
    let (arn, path) = uri.split_once(":lambda:path/")?;
    let mut arn = arn.split(':');
    if arn.next() != Some("arn") || arn.nth(1) != Some("apigateway") {
        return None;
    }
    let path = path.trim_start_matches('/');
    let form = |date: &str, operation: &str| path.strip_prefix(date)?.strip_suffix(operation);
    form("2015-03-31/functions/", "/invocations").map(|function| (function, false)).or_else(|| {
        form("2021-11-15/functions/", "/response-streaming-invocations").map(|function| (function, true))
    })
}

/// None: malformed. Some(None): AWS drops it.
fn target(key: &str, aws: bool) -> Option<Option<Target>> {
    let (location, name) = key.strip_prefix("integration.request.")?.split_once('.')?;
    match location {
        "querystring" => Some(Some(Target::Query(name.into()))),
        "path" => Some(Some(Target::Path(name.into()))),
        "header" => header_target(name, aws),
        _ => None,
    }
}

fn header_target(name: &str, aws: bool) -> Option<Option<Target>> {
    Some(match request_header(name, aws)? {
        HeaderFate::Sent(header) => Some(Target::Header(header, name.into())),
        HeaderFate::Forbidden => Some(Target::ForbiddenHeader(name.into())),
        HeaderFate::Dropped => None,
    })
}

#[cfg(test)]
mod tests {
    use super::function_part;

    #[test]
    fn function_uris() {
        let arn = "arn:aws:lambda:eu-west-1:000000000000:function:pets:${stageVariables.alias}";
        for (uri, expected) in [
            (
                format!("arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{arn}/invocations"),
                Some((arn, false)),
            ),
            (
                format!("arn:aws:apigateway:eu-west-1:lambda:path//2015-03-31/functions/{arn}/invocations"),
                Some((arn, false)),
            ),
            ("arn:aws:apigateway:eu-west-1:firehose:action/PutRecord".to_owned(), None),
            (
                format!(
                    "arn:aws:apigateway:eu-west-1:lambda:path/2021-11-15/functions/{arn}/response-streaming-invocations"
                ),
                Some((arn, true)),
            ),
            (String::new(), None),
        ] {
            assert_eq!(function_part(&uri), expected, "{uri}");
        }
    }
}
