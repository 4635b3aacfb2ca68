//! AWS integrations, compiled: which service and operation a URI names, in whose name, and what Lambda's own form needs.
//!
//! In: `arn:{partition}:apigateway:{region}:{[subdomain.]service}:{path|action}/{service_api}`. Out: plans. It must not
//! know endpoints, credentials or signatures.

use std::sync::Arc;
use std::time::Duration;

use http::Method;

use crate::{FunctionTarget, ParameterMapping, RequestTemplates, ResponseMap, UriPlan};

/// An AWS integration with any service but Lambda.
#[derive(Debug)]
pub struct AwsPlan {
    pub service: ServiceTarget,
    pub call: ServiceCall,
    /// None: the client's own method.
    pub method: Option<Method>,
    pub credentials: Credentials,
    pub parameters: Box<[ParameterMapping]>,
    pub templates: RequestTemplates,
    pub responses: ResponseMap,
    pub timeout: Duration,
}

/// A Lambda function that gets what the request template makes of the request.
#[derive(Debug)]
pub struct LambdaCustomPlan {
    pub function: FunctionTarget,
    /// None: API Gateway itself calls, as the function's policy allows it.
    pub credentials: Option<Credentials>,
    /// Set when the integration method is not POST.
    pub wrong_method: Option<Arc<str>>,
    pub parameters: Box<[ParameterMapping]>,
    pub templates: RequestTemplates,
    pub responses: ResponseMap,
    pub timeout: Duration,
}

/// In whose name AWS is called: `credentials` of an integration or an authorizer.
#[derive(Debug)]
pub enum Credentials {
    /// `arn:aws:iam::*:user/*`: whoever signed the call.
    Caller,
    /// A role. Stage variables may stand in its ARN.
    Role(UriPlan),
}

impl Credentials {
    /// What an ARN stands for.
    #[must_use]
    pub fn parse(arn: &str) -> Self {
        let resource = arn.splitn(6, ':').nth(5);
        match resource.filter(|resource| resource.starts_with("user/")) {
            Some(_) => Self::Caller,
            None => Self::Role(UriPlan::text(arn)),
        }
    }
}

/// The service that a URI names.
#[derive(Debug)]
pub enum ServiceTarget {
    Fixed(AwsService),
    /// Stage variables stand in the region or the service: the text before `:path/` or `:action/`.
    Variable(UriPlan),
}

/// What a service is asked for.
#[derive(Debug)]
pub enum ServiceCall {
    Action(UriPlan),
    /// Path and query, beginning behind the first slash.
    Path(UriPlan),
}

/// A service in a region.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AwsService {
    pub partition: Box<str>,
    pub region: Box<str>,
    /// As the URI spells it, with its subdomains: `sqs`, `runtime.sagemaker`.
    pub name: Box<str>,
}

/// How an operation is asked of a service that reads JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonProtocol {
    /// What `X-Amz-Target` says before the operation.
    pub target: &'static str,
    pub content_type: &'static str,
}

impl AwsService {
    /// Reads `arn:{partition}:apigateway:{region}:{service}`; none when it is something else.
    #[must_use]
    pub fn parse(arn: &str) -> Option<Self> {
        let parts: Vec<&str> = arn.split(':').collect();
        let ["arn", partition, "apigateway", region, name] = parts.as_slice() else { return None };
        let is_label = |text: &str| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            !text.is_empty() && text.bytes().all(plain)
        };
        let valid = is_label(partition) && is_label(region) && name.split('.').all(is_label);
        let owned = || Self {
            partition: (*partition).into(),
            region: (*region).into(),
            name: name.to_ascii_lowercase().into(),
        };
        valid.then(owned)
    }

    /// The service without its subdomains.
    #[must_use]
    pub fn base(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }

    /// What stands before the service's own name.
    #[must_use]
    pub fn subdomain(&self) -> Option<&str> {
        self.name.rsplit_once('.').map(|(subdomain, _)| subdomain)
    }

    /// The service's name in signatures, where it differs from that in host names.
    #[must_use]
    pub fn signing_name(&self) -> &str {
        match &*self.name {
            "email" => "ses",
            "data.iot" | "data-ats.iot" => "iotdata",
            "bedrock-runtime" | "bedrock-agent-runtime" => "bedrock",
            _ => match self.base() {
                "appsync-api" => "appsync",
                base => base,
            },
        }
    }

    /// The region in signatures: services without regions are signed for the first one.
    #[must_use]
    pub fn signing_region(&self) -> &str {
        if self.is_global() { "us-east-1" } else { &self.region }
    }

    /// AWS's public host for an operation of the service.
    #[must_use]
    pub fn host(&self, action: Option<&str>) -> String {
        let suffix = match &*self.partition {
            "aws-cn" => "amazonaws.com.cn",
            _ => "amazonaws.com",
        };
        if self.is_global() {
            return format!("{}.{suffix}", self.name);
        }
        // Step Functions answers this one operation at a host of its own.
        let prefix =
            if &*self.name == "states" && action == Some("StartSyncExecution") { "sync-" } else { "" };
        format!("{prefix}{}.{}.{suffix}", self.name, self.region)
    }

    fn is_global(&self) -> bool {
        matches!(&*self.name, "iam" | "cloudfront" | "route53" | "organizations")
    }

    /// The JSON protocol that API Gateway chooses by itself for an action; others get `Action` in the query alone.
    #[must_use]
    pub fn json_protocol(&self) -> Option<JsonProtocol> {
        const V0: &str = "application/x-amz-json-1.0";
        const V1: &str = "application/x-amz-json-1.1";
        let (target, content_type) = match &*self.name {
            "dynamodb" => ("DynamoDB_20120810", V0),
            "streams.dynamodb" => ("DynamoDBStreams_20120810", V0),
            "states" => ("AWSStepFunctions", V0),
            "kinesis" => ("Kinesis_20131202", V1),
            "firehose" => ("Firehose_20150804", V1),
            _ => return None,
        };
        Some(JsonProtocol { target, content_type })
    }
}

#[cfg(test)]
mod tests {
    use super::AwsService;

    fn service(region: &str, name: &str) -> AwsService {
        AwsService::parse(&format!("arn:aws:apigateway:{region}:{name}")).unwrap()
    }

    #[test]
    fn hosts_and_scopes() {
        for (name, action, host, signing_name, region) in [
            ("sqs", None, "sqs.eu-west-1.amazonaws.com", "sqs", "eu-west-1"),
            (
                "runtime.sagemaker",
                None,
                "runtime.sagemaker.eu-west-1.amazonaws.com",
                "sagemaker",
                "eu-west-1",
            ),
            ("states", Some("StartExecution"), "states.eu-west-1.amazonaws.com", "states", "eu-west-1"),
            (
                "states",
                Some("StartSyncExecution"),
                "sync-states.eu-west-1.amazonaws.com",
                "states",
                "eu-west-1",
            ),
            ("email", None, "email.eu-west-1.amazonaws.com", "ses", "eu-west-1"),
            ("iam", None, "iam.amazonaws.com", "iam", "us-east-1"),
            ("data-ats.iot", None, "data-ats.iot.eu-west-1.amazonaws.com", "iotdata", "eu-west-1"),
            ("abc.appsync-api", None, "abc.appsync-api.eu-west-1.amazonaws.com", "appsync", "eu-west-1"),
        ] {
            let service = service("eu-west-1", name);
            let found = (service.host(action), service.signing_name(), service.signing_region());
            assert_eq!(found, (host.to_owned(), signing_name, region), "{name}");
        }
        let china = AwsService::parse("arn:aws-cn:apigateway:cn-north-1:sqs").unwrap();
        assert_eq!(china.host(None), "sqs.cn-north-1.amazonaws.com.cn");
    }

    #[test]
    fn what_names_no_service() {
        for arn in [
            "",
            "arn:aws:apigateway:eu-west-1",
            "arn:aws:apigateway::sqs",
            "arn:aws:apigateway:eu-west-1:",
            "arn:aws:lambda:eu-west-1:sqs",
            "arn:aws:apigateway:eu-west-1:a..b",
            "arn:aws:apigateway:eu-west-1:evil.com/x",
            "arn:aws:apigateway:e u:sqs",
            "arn:aws:apigateway:eu-west-1:sqs:path",
        ] {
            assert_eq!(AwsService::parse(arn), None, "{arn}");
        }
    }
}
