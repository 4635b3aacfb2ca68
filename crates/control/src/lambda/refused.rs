//! What Lambda offers and this gateway does not: refused when it is asked for, and truthfully absent when it is read.
//!
//! In: an operation. Out: AWS's shape of a refusal that says what to do instead.

use stagedoor_wire::lambda::{self as wire, Op};
use stagedoor_wire::{Fault, Operation, Reply, Service};

use super::name::FunctionName;
use crate::context::Context;
use crate::control::Call;
use crate::{ApiError, fault};

/// 400 with the way around.
pub(crate) fn refuse(call: &Call<'_>) -> Result<Reply, Fault> {
    let reason = match call.operation() {
        Operation::Lambda(op) => reason(op),
        _ => "This operation is not supported here.",
    };
    Err(fault::of(Service::Lambda, &ApiError::bad_request(reason)))
}

fn reason(op: Op) -> &'static str {
    match op {
        Op::CreateFunctionUrlConfig | Op::UpdateFunctionUrlConfig | Op::DeleteFunctionUrlConfig => {
            "Function URLs are not supported here: call the function through an API."
        }
        Op::CreateEventSourceMapping | Op::UpdateEventSourceMapping | Op::DeleteEventSourceMapping => {
            "Event source mappings are not supported here: no event source exists. Invoke the function with \
             InvocationType Event."
        }
        Op::PutProvisionedConcurrencyConfig | Op::DeleteProvisionedConcurrencyConfig => {
            "Provisioned concurrency is not supported here: processes start on demand and stay warm. Reserve \
             concurrency with PutFunctionConcurrency."
        }
        Op::PutFunctionCodeSigningConfig | Op::CreateCodeSigningConfig => {
            "Code signing is not supported here: no signature would be checked."
        }
        Op::AddLayerVersionPermission | Op::RemoveLayerVersionPermission => {
            "Layers are not shared between accounts here: publish the layer in the account that uses it."
        }
        _ => "This operation is not supported here.",
    }
}

pub(crate) fn get_function_url_config(
    ctx: &Context,
    request: wire::GetFunctionUrlConfigRequest,
) -> Result<wire::GetFunctionUrlConfigResponse, ApiError> {
    ctx.read_function(&FunctionName::parse(&ctx.scope, &request.function_name, None)?)?;
    Err(nothing())
}

pub(crate) fn list_function_url_configs(
    ctx: &Context,
    request: wire::ListFunctionUrlConfigsRequest,
) -> Result<wire::ListFunctionUrlConfigsResponse, ApiError> {
    ctx.read_function(&FunctionName::parse(&ctx.scope, &request.function_name, None)?)?;
    Ok(wire::ListFunctionUrlConfigsResponse { function_url_configs: Vec::new(), next_marker: None })
}

pub(crate) fn get_event_source_mapping(
    _ctx: &Context,
    _request: wire::GetEventSourceMappingRequest,
) -> Result<wire::EventSourceMappingConfiguration, ApiError> {
    Err(nothing())
}

pub(crate) fn list_event_source_mappings(
    _ctx: &Context,
    _request: wire::ListEventSourceMappingsRequest,
) -> Result<wire::ListEventSourceMappingsResponse, ApiError> {
    Ok(wire::ListEventSourceMappingsResponse { next_marker: None, event_source_mappings: Some(Vec::new()) })
}

pub(crate) fn get_provisioned_concurrency_config(
    ctx: &Context,
    request: wire::GetProvisionedConcurrencyConfigRequest,
) -> Result<wire::GetProvisionedConcurrencyConfigResponse, ApiError> {
    ctx.read_function(&FunctionName::parse(&ctx.scope, &request.function_name, None)?)?;
    Err(ApiError::NoProvisionedConcurrency)
}

pub(crate) fn list_provisioned_concurrency_configs(
    ctx: &Context,
    request: wire::ListProvisionedConcurrencyConfigsRequest,
) -> Result<wire::ListProvisionedConcurrencyConfigsResponse, ApiError> {
    ctx.read_function(&FunctionName::unqualified(&ctx.scope, &request.function_name)?)?;
    Ok(wire::ListProvisionedConcurrencyConfigsResponse {
        provisioned_concurrency_configs: Some(Vec::new()),
        next_marker: None,
    })
}

/// A layer that is shared with nobody has no policy.
pub(crate) fn get_layer_version_policy(
    _ctx: &Context,
    _request: wire::GetLayerVersionPolicyRequest,
) -> Result<wire::GetLayerVersionPolicyResponse, ApiError> {
    Err(nothing())
}

fn nothing() -> ApiError {
    ApiError::not_found("The resource you requested does not exist.")
}

#[cfg(test)]
mod tests {
    use crate::lambda::tests::house;

    #[test]
    fn each_refusal_says_what_to_do_instead() {
        let house = house();
        let table = [
            ("POST", "/2021-10-31/functions/f/url", "Function URLs"),
            ("DELETE", "/2021-10-31/functions/f/url", "Function URLs"),
            ("POST", "/2015-03-31/event-source-mappings", "Event source mappings"),
            ("PUT", "/2019-09-30/functions/f/provisioned-concurrency?Qualifier=1", "Provisioned concurrency"),
            ("PUT", "/2020-06-30/functions/f/code-signing-config", "Code signing"),
            ("POST", "/2020-04-22/code-signing-configs", "Code signing"),
            ("DELETE", "/2018-10-31/layers/l/versions/1/policy/s", "Layers are not shared"),
        ];
        for (method, target, what) in table {
            let answer = house.call(method, target, "{}");
            assert_eq!(
                (answer.status, answer.error.as_str()),
                (400, "InvalidParameterValueException"),
                "{target}"
            );
            assert!(answer.text("/Message").starts_with(what), "{}", answer.body);
        }
    }

    #[test]
    fn what_does_not_exist_is_read_as_absent() {
        let house = house();
        house.check(("GET", "/2021-10-31/functions/f/urls", ""), 200, r#"{"FunctionUrlConfigs":[]}"#);
        house.check(("GET", "/2015-03-31/event-source-mappings", ""), 200, r#"{"EventSourceMappings":[]}"#);
        let provisioned = "/2019-09-30/functions/f/provisioned-concurrency";
        let none = r#"{"ProvisionedConcurrencyConfigs":[]}"#;
        house.check(("GET", &format!("{provisioned}?List=ALL"), ""), 200, none);
        let absent = house.call("GET", &format!("{provisioned}?Qualifier=1"), "");
        assert_eq!(
            (absent.status, absent.error.as_str()),
            (404, "ProvisionedConcurrencyConfigNotFoundException")
        );
        let mapping = "/2015-03-31/event-source-mappings/14e0db71-5d35-4eb5-b481-8945cf9d10c2";
        for target in ["/2021-10-31/functions/f/url", mapping] {
            assert_eq!(house.call("GET", target, "").error, "ResourceNotFoundException", "{target}");
        }
    }
}
