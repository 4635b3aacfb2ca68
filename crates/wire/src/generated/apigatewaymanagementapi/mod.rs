//! Service model `apigatewaymanagementapi` 2018-11-29, made by `cargo xtask codegen`; do not edit.

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
    /// `DELETE /@connections/{connectionId}`
    DeleteConnection,
    /// `GET /@connections/{connectionId}`
    GetConnection,
    /// `POST /@connections/{connectionId}`
    PostToConnection,
}

const SPECS: &[Spec] = &[
    Spec { name: "DeleteConnection", method: "DELETE", uri: "/@connections/{connectionId}", status: 204 },
    Spec { name: "GetConnection", method: "GET", uri: "/@connections/{connectionId}", status: 200 },
    Spec { name: "PostToConnection", method: "POST", uri: "/@connections/{connectionId}", status: 200 },
];

impl Op {
    /// Every operation.
    pub const ALL: &[Self] = &[Self::DeleteConnection, Self::GetConnection, Self::PostToConnection];

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
        method: "DELETE",
        segments: &[Segment::Literal("@connections"), Segment::Label("connectionId")],
        query: None,
        operation: Operation::ApiGatewayManagement(Op::DeleteConnection),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("@connections"), Segment::Label("connectionId")],
        query: None,
        operation: Operation::ApiGatewayManagement(Op::GetConnection),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("@connections"), Segment::Label("connectionId")],
        query: None,
        operation: Operation::ApiGatewayManagement(Op::PostToConnection),
    },
];
