//! Which handler answers which operation. Every operation of every service stands here; those without a handler are
//! named one by one, so that the list of what is missing can only be shortened knowingly.
//!
//! In: an operation. Out: its handler. It must not decode or decide anything.

mod identities;

use stagedoor_base::Scope;
use stagedoor_wire::{
    Fault, Matched, Operation, Reply, apigateway, apigatewaymanagementapi as management, apigatewayv2,
    lambda as wire_lambda,
};

use crate::control::{Call, ControlAnswer};
use crate::ports::PortFuture;
use crate::{Control, ControlRequest};
use crate::{
    account, api_key, authorizer, deployment, documentation_import, documentation_part,
    documentation_version, export, gateway_response, import, integration, integration_response, lambda,
    method, method_response, model, request_validator, resource, rest_api, stage, tags, test_authorizer,
    test_invoke, usage, usage_plan, usage_plan_key,
};

/// An answer on its way.
pub(crate) type Answering = PortFuture<Result<Reply, Fault>>;

/// The same, when it may be streamed.
pub(crate) type Streaming = PortFuture<Result<ControlAnswer, Fault>>;

/// How an operation is answered.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Handler {
    /// On a thread that may wait for the store.
    Blocking(fn(&Call<'_>) -> Result<Reply, Fault>),
    /// Without such a thread: it waits for something else, as Lambda's `Invoke` does for a function.
    Waiting(fn(Control, Scope, Matched, ControlRequest) -> Answering),
    /// The same, when the answer may be streamed.
    Streaming(fn(Control, Scope, Matched, ControlRequest) -> Streaming),
    /// 501.
    NotYet,
}

pub(crate) fn handler(operation: Operation) -> Handler {
    match operation {
        Operation::ApiGateway(op) => rest(op),
        Operation::ApiGatewayV2(op) => v2(op),
        Operation::ApiGatewayManagement(op) => connections(op),
        Operation::Lambda(op) => functions(op),
        Operation::Iam(op) => identities::identities(op),
        Operation::Sts(op) => identities::sessions(op),
    }
}

fn rest(op: apigateway::Op) -> Handler {
    use apigateway::Op;
    let run: fn(&Call<'_>) -> Result<Reply, Fault> = match op {
        Op::GetAccount => |call| call.answer(account::get_account),
        Op::UpdateAccount => |call| call.answer(account::update_account),

        Op::CreateRestApi => |call| call.answer(rest_api::create_rest_api),
        Op::GetRestApi => |call| call.answer(rest_api::get_rest_api),
        Op::GetRestApis => |call| call.answer(rest_api::get_rest_apis),
        Op::UpdateRestApi => |call| call.answer(rest_api::update_rest_api),
        Op::DeleteRestApi => |call| call.acknowledge(rest_api::delete_rest_api),
        Op::ImportRestApi => |call| call.answer(import::import_rest_api),
        Op::PutRestApi => |call| call.answer(import::put_rest_api),

        Op::CreateResource => |call| call.answer(resource::create_resource),
        Op::GetResource => |call| call.answer(resource::get_resource),
        Op::GetResources => |call| call.answer(resource::get_resources),
        Op::UpdateResource => |call| call.answer(resource::update_resource),
        Op::DeleteResource => |call| call.acknowledge(resource::delete_resource),

        Op::PutMethod => |call| call.answer(method::put_method),
        Op::GetMethod => |call| call.answer(method::get_method),
        Op::UpdateMethod => |call| call.answer(method::update_method),
        Op::DeleteMethod => |call| call.acknowledge(method::delete_method),
        Op::PutMethodResponse => |call| call.answer(method_response::put_method_response),
        Op::GetMethodResponse => |call| call.answer(method_response::get_method_response),
        Op::UpdateMethodResponse => |call| call.answer(method_response::update_method_response),
        Op::DeleteMethodResponse => |call| call.acknowledge(method_response::delete_method_response),

        Op::PutIntegration => |call| call.answer(integration::put_integration),
        Op::GetIntegration => |call| call.answer(integration::get_integration),
        Op::UpdateIntegration => |call| call.answer(integration::update_integration),
        Op::DeleteIntegration => |call| call.acknowledge(integration::delete_integration),
        Op::PutIntegrationResponse => |call| call.answer(integration_response::put_integration_response),
        Op::GetIntegrationResponse => |call| call.answer(integration_response::get_integration_response),
        Op::UpdateIntegrationResponse => {
            |call| call.answer(integration_response::update_integration_response)
        }
        Op::DeleteIntegrationResponse => {
            |call| call.acknowledge(integration_response::delete_integration_response)
        }

        Op::TestInvokeMethod => return Handler::Waiting(test_invoke::test_invoke_method),
        Op::TestInvokeAuthorizer => return Handler::Waiting(test_authorizer::test_invoke_authorizer),
        Op::FlushStageAuthorizersCache => {
            return Handler::Waiting(test_authorizer::flush_stage_authorizers_cache);
        }

        Op::CreateModel => |call| call.answer(model::create_model),
        Op::GetModel => |call| call.answer(model::get_model),
        Op::GetModels => |call| call.answer(model::get_models),
        Op::GetModelTemplate => |call| call.answer(model::get_model_template),
        Op::UpdateModel => |call| call.answer(model::update_model),
        Op::DeleteModel => |call| call.acknowledge(model::delete_model),

        Op::CreateRequestValidator => |call| call.answer(request_validator::create_request_validator),
        Op::GetRequestValidator => |call| call.answer(request_validator::get_request_validator),
        Op::GetRequestValidators => |call| call.answer(request_validator::get_request_validators),
        Op::UpdateRequestValidator => |call| call.answer(request_validator::update_request_validator),
        Op::DeleteRequestValidator => |call| call.acknowledge(request_validator::delete_request_validator),

        Op::CreateAuthorizer => |call| call.answer(authorizer::create_authorizer),
        Op::GetAuthorizer => |call| call.answer(authorizer::get_authorizer),
        Op::GetAuthorizers => |call| call.answer(authorizer::get_authorizers),
        Op::UpdateAuthorizer => |call| call.answer(authorizer::update_authorizer),
        Op::DeleteAuthorizer => |call| call.acknowledge(authorizer::delete_authorizer),

        Op::CreateDocumentationPart => |call| call.answer(documentation_part::create_documentation_part),
        Op::GetDocumentationPart => |call| call.answer(documentation_part::get_documentation_part),
        Op::GetDocumentationParts => |call| call.answer(documentation_part::get_documentation_parts),
        Op::UpdateDocumentationPart => |call| call.answer(documentation_part::update_documentation_part),
        Op::DeleteDocumentationPart => |call| call.acknowledge(documentation_part::delete_documentation_part),

        Op::ImportDocumentationParts => |call| call.answer(documentation_import::import_documentation_parts),

        Op::CreateDocumentationVersion => {
            |call| call.answer(documentation_version::create_documentation_version)
        }
        Op::GetDocumentationVersion => |call| call.answer(documentation_version::get_documentation_version),
        Op::GetDocumentationVersions => |call| call.answer(documentation_version::get_documentation_versions),
        Op::UpdateDocumentationVersion => {
            |call| call.answer(documentation_version::update_documentation_version)
        }
        Op::DeleteDocumentationVersion => {
            |call| call.acknowledge(documentation_version::delete_documentation_version)
        }

        Op::PutGatewayResponse => |call| call.answer(gateway_response::put_gateway_response),
        Op::GetGatewayResponse => |call| call.answer(gateway_response::get_gateway_response),
        Op::GetGatewayResponses => |call| call.answer(gateway_response::get_gateway_responses),
        Op::UpdateGatewayResponse => |call| call.answer(gateway_response::update_gateway_response),
        Op::DeleteGatewayResponse => |call| call.acknowledge(gateway_response::delete_gateway_response),

        Op::CreateDeployment => |call| call.answer(deployment::create_deployment),
        Op::GetDeployment => |call| call.answer(deployment::get_deployment),
        Op::GetDeployments => |call| call.answer(deployment::get_deployments),
        Op::UpdateDeployment => |call| call.answer(deployment::update_deployment),
        Op::DeleteDeployment => |call| call.acknowledge(deployment::delete_deployment),

        Op::CreateStage => |call| call.answer(stage::create_stage),
        Op::GetStage => |call| call.answer(stage::get_stage),
        Op::GetStages => |call| call.answer(stage::get_stages),
        Op::UpdateStage => |call| call.answer(stage::update_stage),
        Op::DeleteStage => |call| call.acknowledge(stage::delete_stage),
        Op::FlushStageCache => |call| call.acknowledge(stage::flush_stage_cache),
        Op::GetExport => |call| call.answer(export::get_export),

        Op::GetTags => |call| call.answer(tags::get_tags),
        Op::TagResource => |call| call.acknowledge(tags::tag_resource),
        Op::UntagResource => |call| call.acknowledge(tags::untag_resource),

        Op::CreateApiKey => |call| call.answer(api_key::create_api_key),
        Op::GetApiKey => |call| call.answer(api_key::get_api_key),
        Op::GetApiKeys => |call| call.answer(api_key::get_api_keys),
        Op::UpdateApiKey => |call| call.answer(api_key::update_api_key),
        Op::DeleteApiKey => |call| call.acknowledge(api_key::delete_api_key),
        Op::ImportApiKeys => |call| call.answer(api_key::import_api_keys),

        Op::CreateUsagePlan => |call| call.answer(usage_plan::create_usage_plan),
        Op::GetUsagePlan => |call| call.answer(usage_plan::get_usage_plan),
        Op::GetUsagePlans => |call| call.answer(usage_plan::get_usage_plans),
        Op::UpdateUsagePlan => |call| call.answer(usage_plan::update_usage_plan),
        Op::DeleteUsagePlan => |call| call.acknowledge(usage_plan::delete_usage_plan),

        Op::CreateUsagePlanKey => |call| call.answer(usage_plan_key::create_usage_plan_key),
        Op::GetUsagePlanKey => |call| call.answer(usage_plan_key::get_usage_plan_key),
        Op::GetUsagePlanKeys => |call| call.answer(usage_plan_key::get_usage_plan_keys),
        Op::DeleteUsagePlanKey => |call| call.acknowledge(usage_plan_key::delete_usage_plan_key),

        Op::GetUsage => return Handler::Waiting(usage::get_usage),
        Op::UpdateUsage => return Handler::Waiting(usage::update_usage),

        Op::CreateBasePathMapping
        | Op::CreateDomainName
        | Op::CreateDomainNameAccessAssociation
        | Op::CreateVpcLink
        | Op::DeleteBasePathMapping
        | Op::DeleteClientCertificate
        | Op::DeleteDomainName
        | Op::DeleteDomainNameAccessAssociation
        | Op::DeleteVpcLink
        | Op::GenerateClientCertificate
        | Op::GetBasePathMapping
        | Op::GetBasePathMappings
        | Op::GetClientCertificate
        | Op::GetClientCertificates
        | Op::GetDomainName
        | Op::GetDomainNameAccessAssociations
        | Op::GetDomainNames
        | Op::GetSdk
        | Op::GetSdkType
        | Op::GetSdkTypes
        | Op::GetVpcLink
        | Op::GetVpcLinks
        | Op::RejectDomainNameAccessAssociation
        | Op::UpdateBasePathMapping
        | Op::UpdateClientCertificate
        | Op::UpdateDomainName
        | Op::UpdateVpcLink => return Handler::NotYet,
    };
    Handler::Blocking(run)
}

fn v2(op: apigatewayv2::Op) -> Handler {
    use apigatewayv2::Op;
    match op {
        Op::CreateApi
        | Op::CreateApiMapping
        | Op::CreateAuthorizer
        | Op::CreateDeployment
        | Op::CreateDomainName
        | Op::CreateIntegration
        | Op::CreateIntegrationResponse
        | Op::CreateModel
        | Op::CreatePortal
        | Op::CreatePortalProduct
        | Op::CreateProductPage
        | Op::CreateProductRestEndpointPage
        | Op::CreateRoute
        | Op::CreateRouteResponse
        | Op::CreateRoutingRule
        | Op::CreateStage
        | Op::CreateVpcLink
        | Op::DeleteAccessLogSettings
        | Op::DeleteApi
        | Op::DeleteApiMapping
        | Op::DeleteAuthorizer
        | Op::DeleteCorsConfiguration
        | Op::DeleteDeployment
        | Op::DeleteDomainName
        | Op::DeleteIntegration
        | Op::DeleteIntegrationResponse
        | Op::DeleteModel
        | Op::DeletePortal
        | Op::DeletePortalProduct
        | Op::DeletePortalProductSharingPolicy
        | Op::DeleteProductPage
        | Op::DeleteProductRestEndpointPage
        | Op::DeleteRoute
        | Op::DeleteRouteRequestParameter
        | Op::DeleteRouteResponse
        | Op::DeleteRouteSettings
        | Op::DeleteRoutingRule
        | Op::DeleteStage
        | Op::DeleteVpcLink
        | Op::DisablePortal
        | Op::ExportApi
        | Op::GetApi
        | Op::GetApiMapping
        | Op::GetApiMappings
        | Op::GetApis
        | Op::GetAuthorizer
        | Op::GetAuthorizers
        | Op::GetDeployment
        | Op::GetDeployments
        | Op::GetDomainName
        | Op::GetDomainNames
        | Op::GetIntegration
        | Op::GetIntegrationResponse
        | Op::GetIntegrationResponses
        | Op::GetIntegrations
        | Op::GetModel
        | Op::GetModelTemplate
        | Op::GetModels
        | Op::GetPortal
        | Op::GetPortalProduct
        | Op::GetPortalProductSharingPolicy
        | Op::GetProductPage
        | Op::GetProductRestEndpointPage
        | Op::GetRoute
        | Op::GetRouteResponse
        | Op::GetRouteResponses
        | Op::GetRoutes
        | Op::GetRoutingRule
        | Op::GetStage
        | Op::GetStages
        | Op::GetTags
        | Op::GetVpcLink
        | Op::GetVpcLinks
        | Op::ImportApi
        | Op::ListPortalProducts
        | Op::ListPortals
        | Op::ListProductPages
        | Op::ListProductRestEndpointPages
        | Op::ListRoutingRules
        | Op::PreviewPortal
        | Op::PublishPortal
        | Op::PutPortalProductSharingPolicy
        | Op::PutRoutingRule
        | Op::ReimportApi
        | Op::ResetAuthorizersCache
        | Op::TagResource
        | Op::UntagResource
        | Op::UpdateApi
        | Op::UpdateApiMapping
        | Op::UpdateAuthorizer
        | Op::UpdateDeployment
        | Op::UpdateDomainName
        | Op::UpdateIntegration
        | Op::UpdateIntegrationResponse
        | Op::UpdateModel
        | Op::UpdatePortal
        | Op::UpdatePortalProduct
        | Op::UpdateProductPage
        | Op::UpdateProductRestEndpointPage
        | Op::UpdateRoute
        | Op::UpdateRouteResponse
        | Op::UpdateStage
        | Op::UpdateVpcLink => Handler::NotYet,
    }
}

fn connections(op: management::Op) -> Handler {
    use management::Op;
    match op {
        Op::DeleteConnection | Op::GetConnection | Op::PostToConnection => Handler::NotYet,
    }
}

fn functions(op: wire_lambda::Op) -> Handler {
    use wire_lambda::Op;
    let run: fn(&Call<'_>) -> Result<Reply, Fault> = match op {
        Op::Invoke => return Handler::Waiting(lambda::invoke),
        Op::InvokeAsync => return Handler::Waiting(lambda::invoke_async),
        Op::InvokeWithResponseStream => return Handler::Streaming(lambda::invoke_with_response_stream),

        Op::CreateFunction => |call| call.answer(lambda::create_function),
        Op::GetFunction => |call| call.answer(lambda::get_function),
        Op::GetFunctionConfiguration => |call| call.answer(lambda::get_function_configuration),
        Op::ListFunctions => |call| call.answer(lambda::list_functions),
        Op::UpdateFunctionCode => |call| call.answer(lambda::update_function_code),
        Op::UpdateFunctionConfiguration => |call| call.answer(lambda::update_function_configuration),
        Op::DeleteFunction => |call| call.answer(lambda::delete_function),

        Op::PublishVersion => |call| call.answer(lambda::publish_version),
        Op::ListVersionsByFunction => |call| call.answer(lambda::list_versions_by_function),

        Op::CreateAlias => |call| call.answer(lambda::create_alias),
        Op::GetAlias => |call| call.answer(lambda::get_alias),
        Op::ListAliases => |call| call.answer(lambda::list_aliases),
        Op::UpdateAlias => |call| call.answer(lambda::update_alias),
        Op::DeleteAlias => |call| call.acknowledge(lambda::delete_alias),

        Op::AddPermission => |call| call.answer(lambda::add_permission),
        Op::RemovePermission => |call| call.acknowledge(lambda::remove_permission),
        Op::GetPolicy => |call| call.answer(lambda::get_policy),

        Op::ListTags => |call| call.answer(lambda::list_tags),
        Op::TagResource => |call| call.acknowledge(lambda::tag_resource),
        Op::UntagResource => |call| call.acknowledge(lambda::untag_resource),

        Op::PutFunctionConcurrency => |call| call.answer(lambda::put_function_concurrency),
        Op::GetFunctionConcurrency => |call| call.answer(lambda::get_function_concurrency),
        Op::DeleteFunctionConcurrency => |call| call.acknowledge(lambda::delete_function_concurrency),
        Op::GetAccountSettings => |call| call.answer(lambda::get_account_settings),

        Op::PutFunctionEventInvokeConfig => |call| call.answer(lambda::put_function_event_invoke_config),
        Op::UpdateFunctionEventInvokeConfig => {
            |call| call.answer(lambda::update_function_event_invoke_config)
        }
        Op::GetFunctionEventInvokeConfig => |call| call.answer(lambda::get_function_event_invoke_config),
        Op::ListFunctionEventInvokeConfigs => |call| call.answer(lambda::list_function_event_invoke_configs),
        Op::DeleteFunctionEventInvokeConfig => {
            |call| call.acknowledge(lambda::delete_function_event_invoke_config)
        }

        Op::PublishLayerVersion => |call| call.answer(lambda::publish_layer_version),
        Op::GetLayerVersion => |call| call.answer(lambda::get_layer_version),
        Op::GetLayerVersionByArn => |call| call.answer(lambda::get_layer_version_by_arn),
        Op::ListLayers => |call| call.answer(lambda::list_layers),
        Op::ListLayerVersions => |call| call.answer(lambda::list_layer_versions),
        Op::DeleteLayerVersion => |call| call.acknowledge(lambda::delete_layer_version),
        Op::GetLayerVersionPolicy => |call| call.answer(lambda::get_layer_version_policy),

        Op::GetRuntimeManagementConfig => |call| call.answer(lambda::get_runtime_management_config),
        Op::PutRuntimeManagementConfig => |call| call.answer(lambda::put_runtime_management_config),
        Op::GetFunctionRecursionConfig => |call| call.answer(lambda::get_function_recursion_config),
        Op::PutFunctionRecursionConfig => |call| call.answer(lambda::put_function_recursion_config),
        Op::GetFunctionCodeSigningConfig => |call| call.answer(lambda::get_function_code_signing_config),
        Op::DeleteFunctionCodeSigningConfig => {
            |call| call.acknowledge(lambda::delete_function_code_signing_config)
        }

        Op::GetFunctionUrlConfig => |call| call.answer(lambda::get_function_url_config),
        Op::ListFunctionUrlConfigs => |call| call.answer(lambda::list_function_url_configs),
        Op::GetEventSourceMapping => |call| call.answer(lambda::get_event_source_mapping),
        Op::ListEventSourceMappings => |call| call.answer(lambda::list_event_source_mappings),
        Op::GetProvisionedConcurrencyConfig => |call| call.answer(lambda::get_provisioned_concurrency_config),
        Op::ListProvisionedConcurrencyConfigs => {
            |call| call.answer(lambda::list_provisioned_concurrency_configs)
        }
        Op::CreateFunctionUrlConfig
        | Op::UpdateFunctionUrlConfig
        | Op::DeleteFunctionUrlConfig
        | Op::CreateEventSourceMapping
        | Op::UpdateEventSourceMapping
        | Op::DeleteEventSourceMapping
        | Op::PutProvisionedConcurrencyConfig
        | Op::DeleteProvisionedConcurrencyConfig
        | Op::PutFunctionCodeSigningConfig
        | Op::CreateCodeSigningConfig
        | Op::AddLayerVersionPermission
        | Op::RemoveLayerVersionPermission => lambda::refuse,
    };
    Handler::Blocking(run)
}

#[cfg(test)]
mod tests {
    use stagedoor_wire::{Operation, apigateway, apigatewaymanagementapi, apigatewayv2, lambda};

    use super::{Handler, handler};

    fn all() -> impl Iterator<Item = (&'static str, Operation)> {
        let rest = apigateway::Op::ALL.iter().map(|op| ("apigateway", Operation::ApiGateway(*op)));
        let v2 = apigatewayv2::Op::ALL.iter().map(|op| ("apigatewayv2", Operation::ApiGatewayV2(*op)));
        let management = apigatewaymanagementapi::Op::ALL
            .iter()
            .map(|op| ("apigatewaymanagementapi", Operation::ApiGatewayManagement(*op)));
        let functions = lambda::Op::ALL.iter().map(|op| ("lambda", Operation::Lambda(*op)));
        rest.chain(v2).chain(management).chain(functions)
    }

    #[test]
    fn what_is_missing_is_listed() {
        let mut missing: Vec<String> = all()
            .filter(|(_, operation)| matches!(handler(*operation), Handler::NotYet))
            .map(|(service, operation)| format!("{service} {}", operation.name()))
            .collect();
        missing.sort();
        let mut listed: Vec<&str> =
            include_str!("../not-yet.txt").lines().filter(|line| !line.is_empty()).collect();
        listed.sort_unstable();
        assert_eq!(
            missing, listed,
            "crates/control/not-yet.txt must name exactly the operations without a handler"
        );
    }
}
