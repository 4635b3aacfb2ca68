//! Service modules made by `cargo xtask codegen`; do not edit.

pub mod apigateway;
pub mod apigatewaymanagementapi;
pub mod apigatewayv2;
pub mod iam;
pub mod lambda;
pub mod sts;
