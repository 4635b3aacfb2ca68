//! Service model `lambda` 2015-03-31, made by `cargo xtask codegen`; do not edit.

pub(crate) mod constraints;
mod requests;
mod shapes;

pub use requests::*;
#[allow(unused_imports)]
pub use shapes::*;

use crate::route::{Operation, Segment, Spec, UriRoute};

/// An operation of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// `POST /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy`
    AddLayerVersionPermission,
    /// `POST /2015-03-31/functions/{FunctionName}/policy`
    AddPermission,
    /// `POST /2015-03-31/functions/{FunctionName}/aliases`
    CreateAlias,
    /// `POST /2020-04-22/code-signing-configs`
    CreateCodeSigningConfig,
    /// `POST /2015-03-31/event-source-mappings`
    CreateEventSourceMapping,
    /// `POST /2015-03-31/functions`
    CreateFunction,
    /// `POST /2021-10-31/functions/{FunctionName}/url`
    CreateFunctionUrlConfig,
    /// `DELETE /2015-03-31/functions/{FunctionName}/aliases/{Name}`
    DeleteAlias,
    /// `DELETE /2015-03-31/event-source-mappings/{UUID}`
    DeleteEventSourceMapping,
    /// `DELETE /2015-03-31/functions/{FunctionName}`
    DeleteFunction,
    /// `DELETE /2020-06-30/functions/{FunctionName}/code-signing-config`
    DeleteFunctionCodeSigningConfig,
    /// `DELETE /2017-10-31/functions/{FunctionName}/concurrency`
    DeleteFunctionConcurrency,
    /// `DELETE /2019-09-25/functions/{FunctionName}/event-invoke-config`
    DeleteFunctionEventInvokeConfig,
    /// `DELETE /2021-10-31/functions/{FunctionName}/url`
    DeleteFunctionUrlConfig,
    /// `DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber}`
    DeleteLayerVersion,
    /// `DELETE /2019-09-30/functions/{FunctionName}/provisioned-concurrency`
    DeleteProvisionedConcurrencyConfig,
    /// `GET /2016-08-19/account-settings`
    GetAccountSettings,
    /// `GET /2015-03-31/functions/{FunctionName}/aliases/{Name}`
    GetAlias,
    /// `GET /2015-03-31/event-source-mappings/{UUID}`
    GetEventSourceMapping,
    /// `GET /2015-03-31/functions/{FunctionName}`
    GetFunction,
    /// `GET /2020-06-30/functions/{FunctionName}/code-signing-config`
    GetFunctionCodeSigningConfig,
    /// `GET /2019-09-30/functions/{FunctionName}/concurrency`
    GetFunctionConcurrency,
    /// `GET /2015-03-31/functions/{FunctionName}/configuration`
    GetFunctionConfiguration,
    /// `GET /2019-09-25/functions/{FunctionName}/event-invoke-config`
    GetFunctionEventInvokeConfig,
    /// `GET /2024-08-31/functions/{FunctionName}/recursion-config`
    GetFunctionRecursionConfig,
    /// `GET /2021-10-31/functions/{FunctionName}/url`
    GetFunctionUrlConfig,
    /// `GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}`
    GetLayerVersion,
    /// `GET /2018-10-31/layers?find=LayerVersion`
    GetLayerVersionByArn,
    /// `GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy`
    GetLayerVersionPolicy,
    /// `GET /2015-03-31/functions/{FunctionName}/policy`
    GetPolicy,
    /// `GET /2019-09-30/functions/{FunctionName}/provisioned-concurrency`
    GetProvisionedConcurrencyConfig,
    /// `GET /2021-07-20/functions/{FunctionName}/runtime-management-config`
    GetRuntimeManagementConfig,
    /// `POST /2015-03-31/functions/{FunctionName}/invocations`
    Invoke,
    /// `POST /2014-11-13/functions/{FunctionName}/invoke-async`
    InvokeAsync,
    /// `POST /2021-11-15/functions/{FunctionName}/response-streaming-invocations`
    InvokeWithResponseStream,
    /// `GET /2015-03-31/functions/{FunctionName}/aliases`
    ListAliases,
    /// `GET /2015-03-31/event-source-mappings`
    ListEventSourceMappings,
    /// `GET /2019-09-25/functions/{FunctionName}/event-invoke-config/list`
    ListFunctionEventInvokeConfigs,
    /// `GET /2021-10-31/functions/{FunctionName}/urls`
    ListFunctionUrlConfigs,
    /// `GET /2015-03-31/functions`
    ListFunctions,
    /// `GET /2018-10-31/layers/{LayerName}/versions`
    ListLayerVersions,
    /// `GET /2018-10-31/layers`
    ListLayers,
    /// `GET /2019-09-30/functions/{FunctionName}/provisioned-concurrency?List=ALL`
    ListProvisionedConcurrencyConfigs,
    /// `GET /2017-03-31/tags/{Resource}`
    ListTags,
    /// `GET /2015-03-31/functions/{FunctionName}/versions`
    ListVersionsByFunction,
    /// `POST /2018-10-31/layers/{LayerName}/versions`
    PublishLayerVersion,
    /// `POST /2015-03-31/functions/{FunctionName}/versions`
    PublishVersion,
    /// `PUT /2020-06-30/functions/{FunctionName}/code-signing-config`
    PutFunctionCodeSigningConfig,
    /// `PUT /2017-10-31/functions/{FunctionName}/concurrency`
    PutFunctionConcurrency,
    /// `PUT /2019-09-25/functions/{FunctionName}/event-invoke-config`
    PutFunctionEventInvokeConfig,
    /// `PUT /2024-08-31/functions/{FunctionName}/recursion-config`
    PutFunctionRecursionConfig,
    /// `PUT /2019-09-30/functions/{FunctionName}/provisioned-concurrency`
    PutProvisionedConcurrencyConfig,
    /// `PUT /2021-07-20/functions/{FunctionName}/runtime-management-config`
    PutRuntimeManagementConfig,
    /// `DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}`
    RemoveLayerVersionPermission,
    /// `DELETE /2015-03-31/functions/{FunctionName}/policy/{StatementId}`
    RemovePermission,
    /// `POST /2017-03-31/tags/{Resource}`
    TagResource,
    /// `DELETE /2017-03-31/tags/{Resource}`
    UntagResource,
    /// `PUT /2015-03-31/functions/{FunctionName}/aliases/{Name}`
    UpdateAlias,
    /// `PUT /2015-03-31/event-source-mappings/{UUID}`
    UpdateEventSourceMapping,
    /// `PUT /2015-03-31/functions/{FunctionName}/code`
    UpdateFunctionCode,
    /// `PUT /2015-03-31/functions/{FunctionName}/configuration`
    UpdateFunctionConfiguration,
    /// `POST /2019-09-25/functions/{FunctionName}/event-invoke-config`
    UpdateFunctionEventInvokeConfig,
    /// `PUT /2021-10-31/functions/{FunctionName}/url`
    UpdateFunctionUrlConfig,
}

const SPECS: &[Spec] = &[
    Spec {
        name: "AddLayerVersionPermission",
        method: "POST",
        uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy",
        status: 201,
    },
    Spec {
        name: "AddPermission",
        method: "POST",
        uri: "/2015-03-31/functions/{FunctionName}/policy",
        status: 201,
    },
    Spec {
        name: "CreateAlias",
        method: "POST",
        uri: "/2015-03-31/functions/{FunctionName}/aliases",
        status: 201,
    },
    Spec {
        name: "CreateCodeSigningConfig",
        method: "POST",
        uri: "/2020-04-22/code-signing-configs",
        status: 201,
    },
    Spec {
        name: "CreateEventSourceMapping",
        method: "POST",
        uri: "/2015-03-31/event-source-mappings",
        status: 202,
    },
    Spec { name: "CreateFunction", method: "POST", uri: "/2015-03-31/functions", status: 201 },
    Spec {
        name: "CreateFunctionUrlConfig",
        method: "POST",
        uri: "/2021-10-31/functions/{FunctionName}/url",
        status: 201,
    },
    Spec {
        name: "DeleteAlias",
        method: "DELETE",
        uri: "/2015-03-31/functions/{FunctionName}/aliases/{Name}",
        status: 204,
    },
    Spec {
        name: "DeleteEventSourceMapping",
        method: "DELETE",
        uri: "/2015-03-31/event-source-mappings/{UUID}",
        status: 202,
    },
    Spec {
        name: "DeleteFunction",
        method: "DELETE",
        uri: "/2015-03-31/functions/{FunctionName}",
        status: 200,
    },
    Spec {
        name: "DeleteFunctionCodeSigningConfig",
        method: "DELETE",
        uri: "/2020-06-30/functions/{FunctionName}/code-signing-config",
        status: 204,
    },
    Spec {
        name: "DeleteFunctionConcurrency",
        method: "DELETE",
        uri: "/2017-10-31/functions/{FunctionName}/concurrency",
        status: 204,
    },
    Spec {
        name: "DeleteFunctionEventInvokeConfig",
        method: "DELETE",
        uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
        status: 204,
    },
    Spec {
        name: "DeleteFunctionUrlConfig",
        method: "DELETE",
        uri: "/2021-10-31/functions/{FunctionName}/url",
        status: 204,
    },
    Spec {
        name: "DeleteLayerVersion",
        method: "DELETE",
        uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}",
        status: 204,
    },
    Spec {
        name: "DeleteProvisionedConcurrencyConfig",
        method: "DELETE",
        uri: "/2019-09-30/functions/{FunctionName}/provisioned-concurrency",
        status: 204,
    },
    Spec { name: "GetAccountSettings", method: "GET", uri: "/2016-08-19/account-settings", status: 200 },
    Spec {
        name: "GetAlias",
        method: "GET",
        uri: "/2015-03-31/functions/{FunctionName}/aliases/{Name}",
        status: 200,
    },
    Spec {
        name: "GetEventSourceMapping",
        method: "GET",
        uri: "/2015-03-31/event-source-mappings/{UUID}",
        status: 200,
    },
    Spec { name: "GetFunction", method: "GET", uri: "/2015-03-31/functions/{FunctionName}", status: 200 },
    Spec {
        name: "GetFunctionCodeSigningConfig",
        method: "GET",
        uri: "/2020-06-30/functions/{FunctionName}/code-signing-config",
        status: 200,
    },
    Spec {
        name: "GetFunctionConcurrency",
        method: "GET",
        uri: "/2019-09-30/functions/{FunctionName}/concurrency",
        status: 200,
    },
    Spec {
        name: "GetFunctionConfiguration",
        method: "GET",
        uri: "/2015-03-31/functions/{FunctionName}/configuration",
        status: 200,
    },
    Spec {
        name: "GetFunctionEventInvokeConfig",
        method: "GET",
        uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
        status: 200,
    },
    Spec {
        name: "GetFunctionRecursionConfig",
        method: "GET",
        uri: "/2024-08-31/functions/{FunctionName}/recursion-config",
        status: 200,
    },
    Spec {
        name: "GetFunctionUrlConfig",
        method: "GET",
        uri: "/2021-10-31/functions/{FunctionName}/url",
        status: 200,
    },
    Spec {
        name: "GetLayerVersion",
        method: "GET",
        uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}",
        status: 200,
    },
    Spec {
        name: "GetLayerVersionByArn",
        method: "GET",
        uri: "/2018-10-31/layers?find=LayerVersion",
        status: 200,
    },
    Spec {
        name: "GetLayerVersionPolicy",
        method: "GET",
        uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy",
        status: 200,
    },
    Spec {
        name: "GetPolicy",
        method: "GET",
        uri: "/2015-03-31/functions/{FunctionName}/policy",
        status: 200,
    },
    Spec {
        name: "GetProvisionedConcurrencyConfig",
        method: "GET",
        uri: "/2019-09-30/functions/{FunctionName}/provisioned-concurrency",
        status: 200,
    },
    Spec {
        name: "GetRuntimeManagementConfig",
        method: "GET",
        uri: "/2021-07-20/functions/{FunctionName}/runtime-management-config",
        status: 200,
    },
    Spec {
        name: "Invoke",
        method: "POST",
        uri: "/2015-03-31/functions/{FunctionName}/invocations",
        status: 200,
    },
    Spec {
        name: "InvokeAsync",
        method: "POST",
        uri: "/2014-11-13/functions/{FunctionName}/invoke-async",
        status: 202,
    },
    Spec {
        name: "InvokeWithResponseStream",
        method: "POST",
        uri: "/2021-11-15/functions/{FunctionName}/response-streaming-invocations",
        status: 200,
    },
    Spec {
        name: "ListAliases",
        method: "GET",
        uri: "/2015-03-31/functions/{FunctionName}/aliases",
        status: 200,
    },
    Spec {
        name: "ListEventSourceMappings",
        method: "GET",
        uri: "/2015-03-31/event-source-mappings",
        status: 200,
    },
    Spec {
        name: "ListFunctionEventInvokeConfigs",
        method: "GET",
        uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config/list",
        status: 200,
    },
    Spec {
        name: "ListFunctionUrlConfigs",
        method: "GET",
        uri: "/2021-10-31/functions/{FunctionName}/urls",
        status: 200,
    },
    Spec { name: "ListFunctions", method: "GET", uri: "/2015-03-31/functions", status: 200 },
    Spec {
        name: "ListLayerVersions",
        method: "GET",
        uri: "/2018-10-31/layers/{LayerName}/versions",
        status: 200,
    },
    Spec { name: "ListLayers", method: "GET", uri: "/2018-10-31/layers", status: 200 },
    Spec {
        name: "ListProvisionedConcurrencyConfigs",
        method: "GET",
        uri: "/2019-09-30/functions/{FunctionName}/provisioned-concurrency?List=ALL",
        status: 200,
    },
    Spec { name: "ListTags", method: "GET", uri: "/2017-03-31/tags/{Resource}", status: 200 },
    Spec {
        name: "ListVersionsByFunction",
        method: "GET",
        uri: "/2015-03-31/functions/{FunctionName}/versions",
        status: 200,
    },
    Spec {
        name: "PublishLayerVersion",
        method: "POST",
        uri: "/2018-10-31/layers/{LayerName}/versions",
        status: 201,
    },
    Spec {
        name: "PublishVersion",
        method: "POST",
        uri: "/2015-03-31/functions/{FunctionName}/versions",
        status: 201,
    },
    Spec {
        name: "PutFunctionCodeSigningConfig",
        method: "PUT",
        uri: "/2020-06-30/functions/{FunctionName}/code-signing-config",
        status: 200,
    },
    Spec {
        name: "PutFunctionConcurrency",
        method: "PUT",
        uri: "/2017-10-31/functions/{FunctionName}/concurrency",
        status: 200,
    },
    Spec {
        name: "PutFunctionEventInvokeConfig",
        method: "PUT",
        uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
        status: 200,
    },
    Spec {
        name: "PutFunctionRecursionConfig",
        method: "PUT",
        uri: "/2024-08-31/functions/{FunctionName}/recursion-config",
        status: 200,
    },
    Spec {
        name: "PutProvisionedConcurrencyConfig",
        method: "PUT",
        uri: "/2019-09-30/functions/{FunctionName}/provisioned-concurrency",
        status: 202,
    },
    Spec {
        name: "PutRuntimeManagementConfig",
        method: "PUT",
        uri: "/2021-07-20/functions/{FunctionName}/runtime-management-config",
        status: 200,
    },
    Spec {
        name: "RemoveLayerVersionPermission",
        method: "DELETE",
        uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}",
        status: 204,
    },
    Spec {
        name: "RemovePermission",
        method: "DELETE",
        uri: "/2015-03-31/functions/{FunctionName}/policy/{StatementId}",
        status: 204,
    },
    Spec { name: "TagResource", method: "POST", uri: "/2017-03-31/tags/{Resource}", status: 204 },
    Spec { name: "UntagResource", method: "DELETE", uri: "/2017-03-31/tags/{Resource}", status: 204 },
    Spec {
        name: "UpdateAlias",
        method: "PUT",
        uri: "/2015-03-31/functions/{FunctionName}/aliases/{Name}",
        status: 200,
    },
    Spec {
        name: "UpdateEventSourceMapping",
        method: "PUT",
        uri: "/2015-03-31/event-source-mappings/{UUID}",
        status: 202,
    },
    Spec {
        name: "UpdateFunctionCode",
        method: "PUT",
        uri: "/2015-03-31/functions/{FunctionName}/code",
        status: 200,
    },
    Spec {
        name: "UpdateFunctionConfiguration",
        method: "PUT",
        uri: "/2015-03-31/functions/{FunctionName}/configuration",
        status: 200,
    },
    Spec {
        name: "UpdateFunctionEventInvokeConfig",
        method: "POST",
        uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
        status: 200,
    },
    Spec {
        name: "UpdateFunctionUrlConfig",
        method: "PUT",
        uri: "/2021-10-31/functions/{FunctionName}/url",
        status: 200,
    },
];

impl Op {
    /// Every operation.
    pub const ALL: &[Self] = &[
        Self::AddLayerVersionPermission,
        Self::AddPermission,
        Self::CreateAlias,
        Self::CreateCodeSigningConfig,
        Self::CreateEventSourceMapping,
        Self::CreateFunction,
        Self::CreateFunctionUrlConfig,
        Self::DeleteAlias,
        Self::DeleteEventSourceMapping,
        Self::DeleteFunction,
        Self::DeleteFunctionCodeSigningConfig,
        Self::DeleteFunctionConcurrency,
        Self::DeleteFunctionEventInvokeConfig,
        Self::DeleteFunctionUrlConfig,
        Self::DeleteLayerVersion,
        Self::DeleteProvisionedConcurrencyConfig,
        Self::GetAccountSettings,
        Self::GetAlias,
        Self::GetEventSourceMapping,
        Self::GetFunction,
        Self::GetFunctionCodeSigningConfig,
        Self::GetFunctionConcurrency,
        Self::GetFunctionConfiguration,
        Self::GetFunctionEventInvokeConfig,
        Self::GetFunctionRecursionConfig,
        Self::GetFunctionUrlConfig,
        Self::GetLayerVersion,
        Self::GetLayerVersionByArn,
        Self::GetLayerVersionPolicy,
        Self::GetPolicy,
        Self::GetProvisionedConcurrencyConfig,
        Self::GetRuntimeManagementConfig,
        Self::Invoke,
        Self::InvokeAsync,
        Self::InvokeWithResponseStream,
        Self::ListAliases,
        Self::ListEventSourceMappings,
        Self::ListFunctionEventInvokeConfigs,
        Self::ListFunctionUrlConfigs,
        Self::ListFunctions,
        Self::ListLayerVersions,
        Self::ListLayers,
        Self::ListProvisionedConcurrencyConfigs,
        Self::ListTags,
        Self::ListVersionsByFunction,
        Self::PublishLayerVersion,
        Self::PublishVersion,
        Self::PutFunctionCodeSigningConfig,
        Self::PutFunctionConcurrency,
        Self::PutFunctionEventInvokeConfig,
        Self::PutFunctionRecursionConfig,
        Self::PutProvisionedConcurrencyConfig,
        Self::PutRuntimeManagementConfig,
        Self::RemoveLayerVersionPermission,
        Self::RemovePermission,
        Self::TagResource,
        Self::UntagResource,
        Self::UpdateAlias,
        Self::UpdateEventSourceMapping,
        Self::UpdateFunctionCode,
        Self::UpdateFunctionConfiguration,
        Self::UpdateFunctionEventInvokeConfig,
        Self::UpdateFunctionUrlConfig,
    ];

    const fn spec(self) -> &'static Spec {
        &SPECS[self as usize]
    }

    /// AWS's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.spec().name
    }

    /// The HTTP method.
    #[must_use]
    pub const fn method(self) -> &'static str {
        self.spec().method
    }

    /// The URI with its labels.
    #[must_use]
    pub const fn uri(self) -> &'static str {
        self.spec().uri
    }

    /// The status of success.
    #[must_use]
    pub const fn status(self) -> u16 {
        self.spec().status
    }
}

pub(crate) static ROUTES: &[UriRoute] = &[
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("2018-10-31"), Segment::Literal("layers")],
        query: Some(("find", "LayerVersion")),
        operation: Operation::Lambda(Op::GetLayerVersionByArn),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2019-09-30"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("provisioned-concurrency"),
        ],
        query: Some(("List", "ALL")),
        operation: Operation::Lambda(Op::ListProvisionedConcurrencyConfigs),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("2020-04-22"), Segment::Literal("code-signing-configs")],
        query: None,
        operation: Operation::Lambda(Op::CreateCodeSigningConfig),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("2015-03-31"), Segment::Literal("event-source-mappings")],
        query: None,
        operation: Operation::Lambda(Op::CreateEventSourceMapping),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("2015-03-31"), Segment::Literal("functions")],
        query: None,
        operation: Operation::Lambda(Op::CreateFunction),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("2016-08-19"), Segment::Literal("account-settings")],
        query: None,
        operation: Operation::Lambda(Op::GetAccountSettings),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("2015-03-31"), Segment::Literal("event-source-mappings")],
        query: None,
        operation: Operation::Lambda(Op::ListEventSourceMappings),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("2015-03-31"), Segment::Literal("functions")],
        query: None,
        operation: Operation::Lambda(Op::ListFunctions),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("2018-10-31"), Segment::Literal("layers")],
        query: None,
        operation: Operation::Lambda(Op::ListLayers),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("event-source-mappings"),
            Segment::Label("UUID"),
        ],
        query: None,
        operation: Operation::Lambda(Op::DeleteEventSourceMapping),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
        ],
        query: None,
        operation: Operation::Lambda(Op::DeleteFunction),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("event-source-mappings"),
            Segment::Label("UUID"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetEventSourceMapping),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetFunction),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("2017-03-31"), Segment::Literal("tags"), Segment::Rest("Resource")],
        query: None,
        operation: Operation::Lambda(Op::ListTags),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("2017-03-31"), Segment::Literal("tags"), Segment::Rest("Resource")],
        query: None,
        operation: Operation::Lambda(Op::TagResource),
    },
    UriRoute {
        method: "DELETE",
        segments: &[Segment::Literal("2017-03-31"), Segment::Literal("tags"), Segment::Rest("Resource")],
        query: None,
        operation: Operation::Lambda(Op::UntagResource),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("event-source-mappings"),
            Segment::Label("UUID"),
        ],
        query: None,
        operation: Operation::Lambda(Op::UpdateEventSourceMapping),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("policy"),
        ],
        query: None,
        operation: Operation::Lambda(Op::AddPermission),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("aliases"),
        ],
        query: None,
        operation: Operation::Lambda(Op::CreateAlias),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("2021-10-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("url"),
        ],
        query: None,
        operation: Operation::Lambda(Op::CreateFunctionUrlConfig),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("2020-06-30"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("code-signing-config"),
        ],
        query: None,
        operation: Operation::Lambda(Op::DeleteFunctionCodeSigningConfig),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("2017-10-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("concurrency"),
        ],
        query: None,
        operation: Operation::Lambda(Op::DeleteFunctionConcurrency),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("2019-09-25"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("event-invoke-config"),
        ],
        query: None,
        operation: Operation::Lambda(Op::DeleteFunctionEventInvokeConfig),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("2021-10-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("url"),
        ],
        query: None,
        operation: Operation::Lambda(Op::DeleteFunctionUrlConfig),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("2019-09-30"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("provisioned-concurrency"),
        ],
        query: None,
        operation: Operation::Lambda(Op::DeleteProvisionedConcurrencyConfig),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2020-06-30"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("code-signing-config"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetFunctionCodeSigningConfig),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2019-09-30"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("concurrency"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetFunctionConcurrency),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("configuration"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetFunctionConfiguration),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2019-09-25"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("event-invoke-config"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetFunctionEventInvokeConfig),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2024-08-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("recursion-config"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetFunctionRecursionConfig),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2021-10-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("url"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetFunctionUrlConfig),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("policy"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetPolicy),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2019-09-30"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("provisioned-concurrency"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetProvisionedConcurrencyConfig),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2021-07-20"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("runtime-management-config"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetRuntimeManagementConfig),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("invocations"),
        ],
        query: None,
        operation: Operation::Lambda(Op::Invoke),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("2014-11-13"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("invoke-async"),
        ],
        query: None,
        operation: Operation::Lambda(Op::InvokeAsync),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("2021-11-15"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("response-streaming-invocations"),
        ],
        query: None,
        operation: Operation::Lambda(Op::InvokeWithResponseStream),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("aliases"),
        ],
        query: None,
        operation: Operation::Lambda(Op::ListAliases),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2021-10-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("urls"),
        ],
        query: None,
        operation: Operation::Lambda(Op::ListFunctionUrlConfigs),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2018-10-31"),
            Segment::Literal("layers"),
            Segment::Label("LayerName"),
            Segment::Literal("versions"),
        ],
        query: None,
        operation: Operation::Lambda(Op::ListLayerVersions),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("versions"),
        ],
        query: None,
        operation: Operation::Lambda(Op::ListVersionsByFunction),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("2018-10-31"),
            Segment::Literal("layers"),
            Segment::Label("LayerName"),
            Segment::Literal("versions"),
        ],
        query: None,
        operation: Operation::Lambda(Op::PublishLayerVersion),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("versions"),
        ],
        query: None,
        operation: Operation::Lambda(Op::PublishVersion),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("2020-06-30"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("code-signing-config"),
        ],
        query: None,
        operation: Operation::Lambda(Op::PutFunctionCodeSigningConfig),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("2017-10-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("concurrency"),
        ],
        query: None,
        operation: Operation::Lambda(Op::PutFunctionConcurrency),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("2019-09-25"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("event-invoke-config"),
        ],
        query: None,
        operation: Operation::Lambda(Op::PutFunctionEventInvokeConfig),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("2024-08-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("recursion-config"),
        ],
        query: None,
        operation: Operation::Lambda(Op::PutFunctionRecursionConfig),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("2019-09-30"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("provisioned-concurrency"),
        ],
        query: None,
        operation: Operation::Lambda(Op::PutProvisionedConcurrencyConfig),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("2021-07-20"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("runtime-management-config"),
        ],
        query: None,
        operation: Operation::Lambda(Op::PutRuntimeManagementConfig),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("code"),
        ],
        query: None,
        operation: Operation::Lambda(Op::UpdateFunctionCode),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("configuration"),
        ],
        query: None,
        operation: Operation::Lambda(Op::UpdateFunctionConfiguration),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("2019-09-25"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("event-invoke-config"),
        ],
        query: None,
        operation: Operation::Lambda(Op::UpdateFunctionEventInvokeConfig),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("2021-10-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("url"),
        ],
        query: None,
        operation: Operation::Lambda(Op::UpdateFunctionUrlConfig),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2019-09-25"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("event-invoke-config"),
            Segment::Literal("list"),
        ],
        query: None,
        operation: Operation::Lambda(Op::ListFunctionEventInvokeConfigs),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("aliases"),
            Segment::Label("Name"),
        ],
        query: None,
        operation: Operation::Lambda(Op::DeleteAlias),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("2018-10-31"),
            Segment::Literal("layers"),
            Segment::Label("LayerName"),
            Segment::Literal("versions"),
            Segment::Label("VersionNumber"),
        ],
        query: None,
        operation: Operation::Lambda(Op::DeleteLayerVersion),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("aliases"),
            Segment::Label("Name"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetAlias),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2018-10-31"),
            Segment::Literal("layers"),
            Segment::Label("LayerName"),
            Segment::Literal("versions"),
            Segment::Label("VersionNumber"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetLayerVersion),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("policy"),
            Segment::Label("StatementId"),
        ],
        query: None,
        operation: Operation::Lambda(Op::RemovePermission),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("aliases"),
            Segment::Label("Name"),
        ],
        query: None,
        operation: Operation::Lambda(Op::UpdateAlias),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("2018-10-31"),
            Segment::Literal("layers"),
            Segment::Label("LayerName"),
            Segment::Literal("versions"),
            Segment::Label("VersionNumber"),
            Segment::Literal("policy"),
        ],
        query: None,
        operation: Operation::Lambda(Op::AddLayerVersionPermission),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("2018-10-31"),
            Segment::Literal("layers"),
            Segment::Label("LayerName"),
            Segment::Literal("versions"),
            Segment::Label("VersionNumber"),
            Segment::Literal("policy"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetLayerVersionPolicy),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("2018-10-31"),
            Segment::Literal("layers"),
            Segment::Label("LayerName"),
            Segment::Literal("versions"),
            Segment::Label("VersionNumber"),
            Segment::Literal("policy"),
            Segment::Label("StatementId"),
        ],
        query: None,
        operation: Operation::Lambda(Op::RemoveLayerVersionPermission),
    },
];
