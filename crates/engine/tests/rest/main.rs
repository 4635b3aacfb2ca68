//! REST APIs from the definition to the reply: compiled, executed on ports that answer from tables.

mod failures;
mod http;
mod lambda;
mod mock;
mod routing;
mod support;
