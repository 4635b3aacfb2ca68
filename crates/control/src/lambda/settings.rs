//! Settings of functions that have one value here, or no effect anywhere: runtime updates, recursion, code signing.
//!
//! In: wire requests. Out: what clients read when they compare a function with its description; other values are refused.

use stagedoor_wire::lambda as wire;

use super::configuration::runtime_version_arn;
use super::name::FunctionName;
use super::resolve;
use crate::ApiError;
use crate::context::Context;

const AUTO: &str = "Auto";

pub(crate) fn get_runtime_management_config(
    ctx: &Context,
    request: wire::GetRuntimeManagementConfigRequest,
) -> Result<wire::GetRuntimeManagementConfigResponse, ApiError> {
    let name = FunctionName::parse(&ctx.scope, &request.function_name, request.qualifier.as_deref())?;
    resolve(&ctx.read_function(&name)?.value, &name)?;
    Ok(wire::GetRuntimeManagementConfigResponse {
        update_runtime_on: Some(AUTO.to_owned()),
        function_arn: Some(name.arn().to_string()),
        runtime_version_arn: None,
    })
}

/// A runtime is this machine's interpreter: it changes when the machine's does.
pub(crate) fn put_runtime_management_config(
    ctx: &Context,
    request: wire::PutRuntimeManagementConfigRequest,
) -> Result<wire::PutRuntimeManagementConfigResponse, ApiError> {
    let name = FunctionName::parse(&ctx.scope, &request.function_name, request.qualifier.as_deref())?;
    let tree = ctx.read_function(&name)?.value;
    let version = resolve(&tree, &name)?;
    if request.update_runtime_on != AUTO {
        return Err(ApiError::bad_request(format!(
            "UpdateRuntimeOn {} is not supported here: functions run on this machine's interpreters. Use Auto.",
            request.update_runtime_on
        )));
    }
    Ok(wire::PutRuntimeManagementConfigResponse {
        update_runtime_on: request.update_runtime_on,
        function_arn: name.arn().to_string(),
        runtime_version_arn: Some(runtime_version_arn(&version.configuration.runtime, &name.arn())),
    })
}

pub(crate) fn get_function_recursion_config(
    ctx: &Context,
    request: wire::GetFunctionRecursionConfigRequest,
) -> Result<wire::GetFunctionRecursionConfigResponse, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    Ok(recursion(ctx.read_function(&name)?.value.function.allows_recursion))
}

/// AWS ends loops through SQS, SNS and S3 only. None of them exists here, so both values have the same effect.
pub(crate) fn put_function_recursion_config(
    ctx: &Context,
    request: wire::PutFunctionRecursionConfigRequest,
) -> Result<wire::GetFunctionRecursionConfigResponse, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    let allows = request.recursive_loop == "Allow";
    ctx.edit_function(&name, None, |tree| {
        tree.function.allows_recursion = allows;
        Ok(())
    })?;
    Ok(recursion(allows))
}

fn recursion(allows: bool) -> wire::GetFunctionRecursionConfigResponse {
    let recursive_loop = Some(if allows { "Allow" } else { "Terminate" }.to_owned());
    wire::GetFunctionRecursionConfigResponse { recursive_loop }
}

/// Code signing exists nowhere here; clients ask all the same.
pub(crate) fn get_function_code_signing_config(
    ctx: &Context,
    request: wire::GetFunctionCodeSigningConfigRequest,
) -> Result<wire::GetFunctionCodeSigningConfigResponse, ApiError> {
    let name = FunctionName::parse(&ctx.scope, &request.function_name, None)?;
    ctx.read_function(&name)?;
    let code_signing_config_arn = String::new();
    Ok(wire::GetFunctionCodeSigningConfigResponse { code_signing_config_arn, function_name: name.name })
}

/// No function has one, so there is nothing to take away.
pub(crate) fn delete_function_code_signing_config(
    ctx: &Context,
    request: wire::DeleteFunctionCodeSigningConfigRequest,
) -> Result<(), ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    ctx.read_function(&name).map(|_| ())
}

#[cfg(test)]
mod tests {
    use crate::lambda::tests::{ARN, house, refuses_parameter};

    #[test]
    fn what_clients_compare_is_there() {
        let house = house();
        let runtime = "/2021-07-20/functions/f/runtime-management-config";
        let auto = format!(r#"{{"UpdateRuntimeOn":"Auto","FunctionArn":"{ARN}f"}}"#);
        house.check(("GET", runtime, ""), 200, &auto);
        assert_eq!(house.call("PUT", runtime, r#"{"UpdateRuntimeOn":"Auto"}"#).status, 200);
        refuses_parameter(
            &house.call("PUT", runtime, r#"{"UpdateRuntimeOn":"FunctionUpdate"}"#),
            "UpdateRuntimeOn FunctionUpdate is not supported here: functions run on this machine's interpreters. Use Auto.",
        );
        let recursion = "/2024-08-31/functions/f/recursion-config";
        house.check(("GET", recursion, ""), 200, r#"{"RecursiveLoop":"Terminate"}"#);
        let allow = r#"{"RecursiveLoop":"Allow"}"#;
        house.check(("PUT", recursion, allow), 200, allow);
        house.check(("GET", recursion, ""), 200, allow);
        house.check(("DELETE", "/2020-06-30/functions/f/code-signing-config", ""), 204, "");
        for target in [runtime, recursion] {
            assert_eq!(house.call("GET", &target.replace("/f/", "/g/"), "").status, 404);
        }
    }
}
