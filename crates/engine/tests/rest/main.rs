//! REST APIs from the definition to the reply: compiled, executed on ports that answer from tables.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod cognito;
mod content;
mod encoded;
mod failures;
mod http;
mod lambda;
mod lambda_authorizer;
mod metering;
mod mock;
mod routing;
mod streamed;
mod support;
mod templates;
mod test_invoke;
mod trace;
mod validation;
