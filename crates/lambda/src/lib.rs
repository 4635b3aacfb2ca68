//! Runs Lambda functions on this machine: each as a process of its own that speaks the Lambda Runtime API.
//!
//! In: [`FunctionSpec`]s and [`Invocation`]s. Out: [`Invoked`] payloads and [`LogLine`]s. It must not know API Gateway, where
//! functions are stored, aliases, or who may invoke what: it runs the spec it was given.
//!
//! The host program's `main` calls [`guard::run_if_guard`] before anything else: the same executable, started again, is
//! what holds a function's process tree and ends it, even after the host was killed.

mod code;
mod debugger;
mod entrypoint;
mod environment;
mod failure;
mod function;
pub mod guard;
mod host;
mod http;
mod interpreter;
mod invocation;
mod job;
mod launch;
mod layers;
mod log;
mod pool;
mod probe;
mod process;
mod runtime_api;
mod sandbox;
mod spec;
#[cfg(target_os = "linux")]
mod tree;
mod usage;
mod view;
mod worker;

pub use code::{InvalidZip, check_zip};
pub use interpreter::{Interpreter, Interpreters};
pub use invocation::{FunctionError, Invocation, InvokeError, Invoked, InvokedStream};
pub use log::{LogKind, LogLine, LogSink};
pub use pool::{GuardProgram, Pool, PoolConfig};
pub use probe::{Finding, Unavailable, Verdict, probe, require};
pub use sandbox::{InvalidSandbox, Sandbox, Sandboxes};
pub use spec::{Code, Credentials, FunctionSpec, Runtime, ZipArchive};
