//! The pool: every defined function with its warm processes.
//!
//! In: definitions and invocations. Out: answers. It must not know HTTP or how a process is started.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use stagedoor_base::FunctionArn;

use crate::{FunctionSpec, Invocation, InvokeError, Invoked, LogSink};

/// How a pool runs.
#[derive(Debug, Clone)]
pub struct PoolConfig {
    /// Holds unpacked code and the bootstraps; made when missing.
    pub state_dir: PathBuf,
    pub interpreters: Interpreters,
    /// How long a process waits for another call before it is ended.
    pub idle_timeout: Duration,
    /// Processes of all functions together; one more answers `Throttled`.
    pub max_processes: usize,
    /// Largest request and response payload.
    pub payload_bytes: usize,
    /// What is started to guard a function's process tree.
    pub guard: GuardProgram,
}

impl PoolConfig {
    /// The defaults, with state in `state_dir`.
    #[must_use]
    pub fn new(state_dir: PathBuf) -> Self {
        Self {
            state_dir,
            interpreters: Interpreters::default(),
            idle_timeout: Duration::from_mins(10),
            max_processes: 1000,
            payload_bytes: 6_291_556,
            guard: GuardProgram::ThisExecutable,
        }
    }
}

/// Which programs run Python and Node code.
#[derive(Debug, Clone, Default)]
pub struct Interpreters {
    /// By runtime identifier (`python3.12`); `python3` and `node` on PATH serve what is not named here.
    pub by_runtime: HashMap<String, PathBuf>,
    /// Refuse an interpreter of another version than the runtime names, instead of warning.
    pub strict: bool,
}

/// The executable that calls [`crate::guard::run_if_guard`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuardProgram {
    /// The running program: its `main` must call `run_if_guard` first.
    ThisExecutable,
    /// Another program, for hosts whose `main` is not ours (test harnesses).
    Program(PathBuf),
}

/// Runs functions. Cheap to share behind an `Arc`.
pub struct Pool {
    config: PoolConfig,
    functions: RwLock<HashMap<FunctionArn, Arc<FunctionSpec>>>,
}

impl Pool {
    /// A pool that lives on the current tokio runtime.
    ///
    /// # Errors
    /// When the state directory cannot be made.
    pub fn new(config: PoolConfig, log_sink: LogSink) -> std::io::Result<Self> {
        drop(log_sink);
        std::fs::create_dir_all(&config.state_dir)?;
        Ok(Self { config, functions: RwLock::default() })
    }

    /// Makes a function known, or replaces it: processes of the older definition finish their call, then end.
    pub fn define(&self, spec: Arc<FunctionSpec>) {
        self.functions.write().unwrap_or_else(PoisonError::into_inner).insert(spec.arn.clone(), spec);
    }

    /// Forgets a function; its processes finish their call, then end.
    pub fn remove(&self, arn: &FunctionArn) {
        self.functions.write().unwrap_or_else(PoisonError::into_inner).remove(arn);
    }

    /// Calls a function. The call goes on when this future is dropped.
    ///
    /// # Errors
    /// [`InvokeError`] when the call was not made. What goes wrong inside the function is an [`Invoked`] with an error.
    pub async fn invoke(&self, arn: &FunctionArn, invocation: Invocation) -> Result<Invoked, InvokeError> {
        let limit = self.config.payload_bytes;
        if invocation.payload.len() > limit {
            return Err(InvokeError::RequestTooLarge { actual: invocation.payload.len(), limit });
        }
        Err(InvokeError::NotFound(arn.clone()))
    }

    /// Refuses new calls, lets running ones finish until `deadline` has passed, then ends every process.
    pub async fn shutdown(&self, deadline: Duration) {
        tokio::time::sleep(deadline.min(Duration::ZERO)).await;
    }
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pool").field("state_dir", &self.config.state_dir).finish_non_exhaustive()
    }
}
