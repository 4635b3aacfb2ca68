//! REST APIs from the definition to the reply: compiled, executed on ports that answer from tables.

mod mock;
mod support;
