//! What the query of an import asks for beside the document.
//!
//! In: free query parameters. Out: options, and changes of the API's endpoint.

use stagedoor_model::{Map, RestApi};
use stagedoor_openapi::BasePath;

use crate::{ApiError, rest_api};

/// The parameters that imports understand; others are ignored.
#[derive(Debug, Clone)]
pub(crate) struct Parameters {
    pub(crate) base_path: BasePath,
    pub(crate) ignore_documentation: bool,
    /// Whether a stage shall run the API as the import leaves it.
    pub(crate) deploys: bool,
    /// Whether mapping templates must parse: those of files must, those of calls are AWS's business.
    pub(crate) check_templates: bool,
    endpoint_types: Option<Vec<String>>,
    vpc_endpoint_ids: Option<Vec<String>>,
    disable_execute_api_endpoint: Option<bool>,
}

impl Parameters {
    /// What an import of a file does.
    pub(crate) fn of_file() -> Self {
        Self {
            base_path: BasePath::Ignore,
            ignore_documentation: false,
            deploys: false,
            check_templates: true,
            endpoint_types: None,
            vpc_endpoint_ids: None,
            disable_execute_api_endpoint: None,
        }
    }

    /// What a declaration does.
    pub(crate) fn deploying() -> Self {
        Self { deploys: true, ..Self::of_file() }
    }

    pub(crate) fn read(given: Option<Map<String>>) -> Result<Self, ApiError> {
        let given = given.unwrap_or_default();
        let get = |name: &str| given.get(name).map(String::as_str);
        Ok(Self {
            base_path: base_path(get("basepath"))?,
            ignore_documentation: get("ignore") == Some("documentation"),
            deploys: false,
            check_templates: false,
            endpoint_types: get("endpointConfigurationTypes").map(list),
            vpc_endpoint_ids: get("vpcEndpointIds").map(list),
            disable_execute_api_endpoint: get("disableExecuteApiEndpoint")
                .map(|flag| flag.eq_ignore_ascii_case("true")),
        })
    }

    /// Whether the endpoint is the document's alone.
    pub(crate) fn leave_endpoint(&self) -> bool {
        self.endpoint_types.is_none() && self.vpc_endpoint_ids.is_none()
    }

    /// Parameters win over what the document says.
    pub(crate) fn finish(&self, api: &mut RestApi) -> Result<(), ApiError> {
        rest_api::assign_endpoint(api, self.endpoint_types.as_deref(), self.vpc_endpoint_ids.as_deref())?;
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

fn list(text: &str) -> Vec<String> {
    text.split(',').map(|item| item.trim().to_owned()).collect()
}
