//! AWS integrations with templates: services by their API, and Lambda functions.

use std::sync::Arc;
use std::time::Duration;

use stagedoor_model::{Integration, Method};

use super::Compiler;
use super::integration::function_part;
use crate::{
    AwsPlan, AwsService, Credentials, IntegrationPlan, LambdaCustomPlan, ServiceCall, ServiceTarget, UriPlan,
};

impl<'s> Compiler<'s> {
    /// An integration of type AWS.
    pub(super) fn aws(&mut self, method: &'s Method, integration: &'s Integration) -> IntegrationPlan {
        let uri = integration.uri.as_deref().unwrap_or("");
        let plan = match function_part(uri) {
            Some((function, streams)) => self.lambda_custom(method, integration, function, streams),
            None => self.service(method, integration, uri),
        };
        plan.unwrap_or_else(|reason| IntegrationPlan::Refused(self.refuse(reason)))
    }

    fn service(
        &mut self,
        method: &'s Method,
        integration: &'s Integration,
        uri: &str,
    ) -> Result<IntegrationPlan, String> {
        let Some((service, call)) = parts(uri) else {
            return Err(format!("{uri} names no operation of an AWS service"));
        };
        let Some(credentials) = integration.credentials.as_deref().map(Credentials::parse) else {
            return Err("an AWS integration needs `credentials`, the role to call with".to_owned());
        };
        Ok(IntegrationPlan::Aws(Box::new(AwsPlan {
            service,
            call,
            method: self.backend_method(integration.http_method.as_deref()),
            credentials,
            parameters: self.parameters(integration, true),
            templates: self.request_templates(integration),
            responses: self.responses(method, integration),
            timeout: Duration::from_millis(integration.timeout_millis.into()),
        })))
    }

    fn lambda_custom(
        &mut self,
        method: &'s Method,
        integration: &'s Integration,
        function: &str,
        streams: bool,
    ) -> Result<IntegrationPlan, String> {
        if streams {
            return Err("only AWS_PROXY calls functions by response-streaming-invocations".to_owned());
        }
        let wrong_method = self.wrong_function_method(integration);
        Ok(IntegrationPlan::Lambda(Box::new(LambdaCustomPlan {
            function: self.function(function),
            credentials: integration.credentials.as_deref().map(Credentials::parse),
            wrong_method,
            parameters: self.parameters(integration, true),
            templates: self.request_templates(integration),
            responses: self.responses(method, integration),
            timeout: Duration::from_millis(integration.timeout_millis.into()),
        })))
    }

    /// AWS answers 500 at run time when the integration method of a function is not POST.
    pub(super) fn wrong_function_method(&mut self, integration: &Integration) -> Option<Arc<str>> {
        let method = integration.http_method.as_deref().unwrap_or("POST");
        (method != "POST").then(|| {
            self.remark(format!("Lambda functions need the integration method POST, not {method}"));
            Arc::from(method)
        })
    }
}

/// The service and what it is asked for; none when the URI says neither `path` nor `action`.
fn parts(uri: &str) -> Option<(ServiceTarget, ServiceCall)> {
    let (path, action) = (uri.find(":path/"), uri.find(":action/"));
    let is_path = match (path, action) {
        (None, None) => return None,
        (Some(path), Some(action)) => path < action,
        (path, _) => path.is_some(),
    };
    let separator = if is_path { ":path/" } else { ":action/" };
    let (service, rest) = uri.split_once(separator)?;
    let service = if service.contains("${stageVariables.") {
        ServiceTarget::Variable(UriPlan::text(service))
    } else {
        ServiceTarget::Fixed(AwsService::parse(service)?)
    };
    // `path//x` is accepted too.
    let rest = UriPlan::text(rest.trim_start_matches('/'));
    Some((service, if is_path { ServiceCall::Path(rest) } else { ServiceCall::Action(rest) }))
}

#[cfg(test)]
mod tests {
    use super::parts;
    use crate::{Credentials, ServiceCall, ServiceTarget, UriPlan};

    fn show(uri: &str) -> Option<String> {
        let (service, call) = parts(uri)?;
        let service = match service {
            ServiceTarget::Fixed(service) => format!("{} in {}", service.name, service.region),
            ServiceTarget::Variable(plan) => format!("{} parts", plan.parts.len()),
        };
        let (kind, plan) = match call {
            ServiceCall::Action(plan) => ("action", plan),
            ServiceCall::Path(plan) => ("path", plan),
        };
        Some(format!("{service}, {kind} {}", plan.fixed().map_or("varies", |text| text)))
    }

    #[test]
    fn service_uris() {
        let arn = |rest: &str| format!("arn:aws:apigateway:eu-west-1:{rest}");
        for (uri, expected) in [
            (arn("sqs:path/000000000000/q"), Some("sqs in eu-west-1, path 000000000000/q")),
            (arn("s3:path//b/k"), Some("s3 in eu-west-1, path b/k")),
            (arn("s3:path/{bucket}/{key}"), Some("s3 in eu-west-1, path varies")),
            (arn("s3:path/b/x:action/y"), Some("s3 in eu-west-1, path b/x:action/y")),
            (arn("dynamodb:action/PutItem"), Some("dynamodb in eu-west-1, action PutItem")),
            (
                arn("runtime.sagemaker:path/endpoints/e"),
                Some("runtime.sagemaker in eu-west-1, path endpoints/e"),
            ),
            (
                "arn:aws:apigateway:${stageVariables.region}:sqs:action/SendMessage".to_owned(),
                Some("3 parts, action SendMessage"),
            ),
            (arn("sqs:000000000000/q"), None),
            (arn(":action/X"), None),
            (String::new(), None),
        ] {
            assert_eq!(show(&uri).as_deref(), expected, "{uri}");
        }
    }

    #[test]
    fn credentials() {
        let role = |arn: &str| match Credentials::parse(arn) {
            Credentials::Caller => None,
            Credentials::Role(role) => Some(format!("{role:?}")),
        };
        assert_eq!(role("arn:aws:iam::*:user/*"), None);
        for arn in ["arn:aws:iam::000000000000:role/user/x", "${stageVariables.role}", ""] {
            assert_eq!(role(arn), Some(format!("{:?}", UriPlan::text(arn))), "{arn}");
        }
    }
}
