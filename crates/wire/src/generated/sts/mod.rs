//! Service model `sts` 2011-06-15, made by `cargo xtask codegen`; do not edit.

pub(crate) mod constraints;
mod requests;
mod shapes;

pub use requests::*;
#[allow(unused_imports)]
pub use shapes::*;

use crate::route::Spec;

/// An operation of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// `POST /`
    AssumeRole,
    /// `POST /`
    AssumeRoleWithSAML,
    /// `POST /`
    AssumeRoleWithWebIdentity,
    /// `POST /`
    DecodeAuthorizationMessage,
    /// `POST /`
    GetAccessKeyInfo,
    /// `POST /`
    GetCallerIdentity,
    /// `POST /`
    GetFederationToken,
    /// `POST /`
    GetSessionToken,
}

const SPECS: &[Spec] = &[
    Spec { name: "AssumeRole", method: "POST", uri: "/", status: 200 },
    Spec { name: "AssumeRoleWithSAML", method: "POST", uri: "/", status: 200 },
    Spec { name: "AssumeRoleWithWebIdentity", method: "POST", uri: "/", status: 200 },
    Spec { name: "DecodeAuthorizationMessage", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetAccessKeyInfo", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetCallerIdentity", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetFederationToken", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetSessionToken", method: "POST", uri: "/", status: 200 },
];

impl Op {
    /// Every operation.
    pub const ALL: &[Self] = &[
        Self::AssumeRole,
        Self::AssumeRoleWithSAML,
        Self::AssumeRoleWithWebIdentity,
        Self::DecodeAuthorizationMessage,
        Self::GetAccessKeyInfo,
        Self::GetCallerIdentity,
        Self::GetFederationToken,
        Self::GetSessionToken,
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

pub(crate) const VERSION: &str = "2011-06-15";
pub(crate) const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";
