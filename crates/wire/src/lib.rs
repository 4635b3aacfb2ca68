//! The AWS contract of the control plane, REST-JSON and for IAM and STS the query protocol: operations, routes, request and response structs, error bodies.
//!
//! In: the method, path, query, headers and body of a call. Out: a typed request, or the exact refusal; and for a typed
//! response or a [`Fault`], the exact [`Reply`]. It must not know entities, storage, defaults or business rules.
//! Everything under `generated` comes from `cargo xtask codegen`.
//!
//! ```
//! use stagedoor_wire::{Encode, Operation, Raw, apigateway, decode, route};
//!
//! let headers = http::HeaderMap::new();
//! let raw = Raw { query: "", headers: &headers, body: br#"{"name":"pets","tags":{"a":"b"}}"# };
//! let matched = route("POST", "/restapis", raw.query).ok_or("no such operation")?;
//! assert_eq!(matched.operation, Operation::ApiGateway(apigateway::Op::CreateRestApi));
//!
//! let request: apigateway::CreateRestApiRequest = decode(&matched, &raw)?;
//! assert_eq!(request.name, "pets");
//!
//! let answer = apigateway::RestApi { id: Some("a1b2c3d4e5".into()), name: Some(request.name), ..Default::default() };
//! let reply = answer.encode(matched.operation.status());
//! assert_eq!(reply.status, 201);
//! assert_eq!(reply.body, br#"{"id":"a1b2c3d4e5","name":"pets"}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A refusal becomes a reply through its service: `Fault::invalid(service, invalid).reply()`; a business error through
//! `Fault::new(service, 404, "NotFoundException", "Invalid API identifier specified …").reply()`. Operations that answer
//! nothing use [`Reply::empty`].

mod check;
mod decode;
mod encode;
mod event_stream;
mod fault;
mod generated;
mod query;
mod request;
mod route;

pub use decode::Invalid;
pub use encode::{Encode, Reply};
pub use event_stream::{EVENT_STREAM, put_event};
pub use fault::Fault;
pub use generated::{apigateway, apigatewaymanagementapi, apigatewayv2, iam, lambda, sts};
pub use query::{Form, form, form_parameter};
pub use request::{Raw, Request, decode};
pub use route::{Matched, Operation, Service, query_parameter, query_parameters, route};

/// A JSON object whose entries keep their order.
pub type Map<V> = indexmap::IndexMap<String, V>;

/// A moment in milliseconds since 1970. Each service prints it in its own form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Time(pub i64);
