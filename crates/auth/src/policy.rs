//! AWS's policy language: one evaluator for the policies of identities, resources, roles' trust, sessions and boundaries.
//!
//! In: policy documents, compiled once, and requests that borrow everything they say. Out: an [`Outcome`] of one policy,
//! a [`Decision`] of several, or an [`Explanation`] for people; only the last allocates. It must not know where policies
//! are stored, nor what follows from a decision.
//!
//! ```
//! use stagedoor_auth::policy::{Kind, NoContext, Outcome, Policy, Principal, Request};
//! let text = r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"*"}}"#;
//! let policy = Policy::parse(text, Kind::Resource).unwrap();
//! let resource = "arn:aws:execute-api:us-east-1:123456789012:abc/dev/GET/pets";
//! let action = "execute-api:Invoke";
//! let request = Request { principal: Principal::Anonymous, action, resource, context: &NoContext };
//! assert!(matches!(policy.evaluate(&request), Outcome::Allow(_)));
//! ```

mod arn;
mod condition;
mod context;
mod date;
mod decide;
mod error;
mod evaluate;
mod explain;
mod network;
mod operator;
mod parse;
mod pattern;
mod principal;
mod statement;
mod wild;

pub use context::{Context, NoContext, Pairs, Value};
pub use decide::{Decision, Policies, Source, Which, decide};
pub use error::PolicyError;
pub use evaluate::{Match, Outcome, Permission, Policy, Request};
pub use explain::{Explanation, explain};
pub use parse::{Kind, quota_size};
pub use principal::{Aws, AwsIdentity, Grant, Principal};
pub use statement::Effect;
