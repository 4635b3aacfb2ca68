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
    /// `POST /2015-03-31/functions/{FunctionName}/policy`
    AddPermission,
    /// `POST /2015-03-31/functions/{FunctionName}/aliases`
    CreateAlias,
    /// `POST /2015-03-31/functions`
    CreateFunction,
    /// `DELETE /2015-03-31/functions/{FunctionName}/aliases/{Name}`
    DeleteAlias,
    /// `DELETE /2015-03-31/functions/{FunctionName}`
    DeleteFunction,
    /// `GET /2015-03-31/functions/{FunctionName}/aliases/{Name}`
    GetAlias,
    /// `GET /2015-03-31/functions/{FunctionName}`
    GetFunction,
    /// `GET /2020-06-30/functions/{FunctionName}/code-signing-config`
    GetFunctionCodeSigningConfig,
    /// `GET /2015-03-31/functions/{FunctionName}/configuration`
    GetFunctionConfiguration,
    /// `GET /2015-03-31/functions/{FunctionName}/policy`
    GetPolicy,
    /// `POST /2015-03-31/functions/{FunctionName}/invocations`
    Invoke,
    /// `GET /2015-03-31/functions/{FunctionName}/aliases`
    ListAliases,
    /// `GET /2015-03-31/functions`
    ListFunctions,
    /// `GET /2017-03-31/tags/{Resource}`
    ListTags,
    /// `GET /2015-03-31/functions/{FunctionName}/versions`
    ListVersionsByFunction,
    /// `POST /2015-03-31/functions/{FunctionName}/versions`
    PublishVersion,
    /// `DELETE /2015-03-31/functions/{FunctionName}/policy/{StatementId}`
    RemovePermission,
    /// `PUT /2015-03-31/functions/{FunctionName}/aliases/{Name}`
    UpdateAlias,
    /// `PUT /2015-03-31/functions/{FunctionName}/code`
    UpdateFunctionCode,
    /// `PUT /2015-03-31/functions/{FunctionName}/configuration`
    UpdateFunctionConfiguration,
}

const SPECS: &[Spec] = &[
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
    Spec { name: "CreateFunction", method: "POST", uri: "/2015-03-31/functions", status: 201 },
    Spec {
        name: "DeleteAlias",
        method: "DELETE",
        uri: "/2015-03-31/functions/{FunctionName}/aliases/{Name}",
        status: 204,
    },
    Spec {
        name: "DeleteFunction",
        method: "DELETE",
        uri: "/2015-03-31/functions/{FunctionName}",
        status: 200,
    },
    Spec {
        name: "GetAlias",
        method: "GET",
        uri: "/2015-03-31/functions/{FunctionName}/aliases/{Name}",
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
        name: "GetFunctionConfiguration",
        method: "GET",
        uri: "/2015-03-31/functions/{FunctionName}/configuration",
        status: 200,
    },
    Spec {
        name: "GetPolicy",
        method: "GET",
        uri: "/2015-03-31/functions/{FunctionName}/policy",
        status: 200,
    },
    Spec {
        name: "Invoke",
        method: "POST",
        uri: "/2015-03-31/functions/{FunctionName}/invocations",
        status: 200,
    },
    Spec {
        name: "ListAliases",
        method: "GET",
        uri: "/2015-03-31/functions/{FunctionName}/aliases",
        status: 200,
    },
    Spec { name: "ListFunctions", method: "GET", uri: "/2015-03-31/functions", status: 200 },
    Spec { name: "ListTags", method: "GET", uri: "/2017-03-31/tags/{Resource}", status: 200 },
    Spec {
        name: "ListVersionsByFunction",
        method: "GET",
        uri: "/2015-03-31/functions/{FunctionName}/versions",
        status: 200,
    },
    Spec {
        name: "PublishVersion",
        method: "POST",
        uri: "/2015-03-31/functions/{FunctionName}/versions",
        status: 201,
    },
    Spec {
        name: "RemovePermission",
        method: "DELETE",
        uri: "/2015-03-31/functions/{FunctionName}/policy/{StatementId}",
        status: 204,
    },
    Spec {
        name: "UpdateAlias",
        method: "PUT",
        uri: "/2015-03-31/functions/{FunctionName}/aliases/{Name}",
        status: 200,
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
];

impl Op {
    /// Every operation.
    pub const ALL: &[Self] = &[
        Self::AddPermission,
        Self::CreateAlias,
        Self::CreateFunction,
        Self::DeleteAlias,
        Self::DeleteFunction,
        Self::GetAlias,
        Self::GetFunction,
        Self::GetFunctionCodeSigningConfig,
        Self::GetFunctionConfiguration,
        Self::GetPolicy,
        Self::Invoke,
        Self::ListAliases,
        Self::ListFunctions,
        Self::ListTags,
        Self::ListVersionsByFunction,
        Self::PublishVersion,
        Self::RemovePermission,
        Self::UpdateAlias,
        Self::UpdateFunctionCode,
        Self::UpdateFunctionConfiguration,
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
        method: "POST",
        segments: &[Segment::Literal("2015-03-31"), Segment::Literal("functions")],
        query: None,
        operation: Operation::Lambda(Op::CreateFunction),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("2015-03-31"), Segment::Literal("functions")],
        query: None,
        operation: Operation::Lambda(Op::ListFunctions),
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
            Segment::Literal("2015-03-31"),
            Segment::Literal("functions"),
            Segment::Label("FunctionName"),
            Segment::Literal("policy"),
        ],
        query: None,
        operation: Operation::Lambda(Op::GetPolicy),
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
];
