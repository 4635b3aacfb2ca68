//! What the query of an import asks for beside the document.
//!
//! In: free query parameters. Out: options, and changes of the API's endpoint.

use stagedoor_model::{Map, RestApi};
use stagedoor_openapi::BasePath;
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::rest_api::assign_endpoint;

/// The parameters that imports understand; others are ignored.
#[derive(Debug, Clone)]
pub(crate) struct Parameters {
    pub(crate) base_path: BasePath,
    pub(crate) ignore_documentation: bool,
    endpoint: Option<wire::EndpointConfiguration>,
    disable_execute_api_endpoint: Option<bool>,
}

impl Parameters {
    /// What an import without parameters does.
    pub(crate) fn none() -> Self {
        Self {
            base_path: BasePath::Ignore,
            ignore_documentation: false,
            endpoint: None,
            disable_execute_api_endpoint: None,
        }
    }

    pub(crate) fn read(given: Option<Map<String>>) -> Result<Self, ApiError> {
        let given = given.unwrap_or_default();
        let get = |name: &str| given.get(name).map(String::as_str);
        Ok(Self {
            base_path: base_path(get("basepath"))?,
            ignore_documentation: get("ignore") == Some("documentation"),
            endpoint: endpoint(get("endpointConfigurationTypes"), get("vpcEndpointIds")),
            disable_execute_api_endpoint: get("disableExecuteApiEndpoint")
                .map(|flag| flag.eq_ignore_ascii_case("true")),
        })
    }

    /// Parameters win over what the document says.
    pub(crate) fn finish(&self, api: &mut RestApi) -> Result<(), ApiError> {
        if let Some(given) = &self.endpoint {
            assign_endpoint(api, given)?;
        }
        if let Some(disabled) = self.disable_execute_api_endpoint {
            api.disable_execute_api_endpoint = disabled;
        }
        Ok(())
    }
}

fn base_path(text: Option<&str>) -> Result<BasePath, ApiError> {
    match text {
        None | Some("ignore") => Ok(BasePath::Ignore),
        Some("prepend") => Ok(BasePath::Prepend),
        Some("split") => Ok(BasePath::Split),
        Some(other) => Err(ApiError::bad_request(format!(
            "Invalid basepath specified: {other}. Must be one of: [ignore, prepend, split]"
        ))),
    }
}

fn endpoint(types: Option<&str>, vpc_endpoint_ids: Option<&str>) -> Option<wire::EndpointConfiguration> {
    let list = |text: &str| text.split(',').map(|item| item.trim().to_owned()).collect::<Vec<_>>();
    (types.is_some() || vpc_endpoint_ids.is_some()).then(|| wire::EndpointConfiguration {
        types: types.map(list),
        ip_address_type: None,
        vpc_endpoint_ids: vpc_endpoint_ids.map(list),
    })
}
