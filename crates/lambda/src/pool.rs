//! The pool: every defined function with its warm processes.
//!
//! In: definitions and invocations. Out: answers. It must not know HTTP or how a process is started.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, Weak};
use std::time::{Duration, Instant};

use stagedoor_base::FunctionArn;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::function::Function;
use crate::host::Host;
use crate::job::{Job, Reply};
use crate::{
    FunctionSpec, Interpreters, Invocation, InvokeError, Invoked, InvokedStream, LogSink, Sandboxes, guard,
    launch,
};

/// How long ending every process may take once that was decided.
const END_LIMIT: Duration = Duration::from_secs(5);

/// How a pool runs.
#[derive(Debug, Clone)]
pub struct PoolConfig {
    /// Holds unpacked code and the bootstraps; made when missing. It belongs to one pool at a time.
    pub state_dir: PathBuf,
    pub interpreters: Interpreters,
    /// How long a process waits for another call before it is ended.
    pub idle_timeout: Duration,
    /// How many calls a process answers before a fresh one takes its place: what leaks with each call (the C library keeps
    /// every value that an environment variable ever had, such as the trace id of each call) is bounded so.
    pub calls_per_process: u32,
    /// Processes of all functions together; one more answers `Throttled`.
    pub max_processes: usize,
    /// By function name: where its `$LATEST` listens for a debugger. Such a function has one process, and its timeout does
    /// not run.
    pub debug_ports: HashMap<String, u16>,
    /// Largest request and response payload.
    pub payload_bytes: usize,
    /// Largest response of a caller that reads it as a stream.
    pub stream_bytes: usize,
    /// How long a process may take to ask for its first call; then it is tried once more, within the call.
    pub init_timeout: Duration,
    /// What is started to guard a function's process tree.
    pub guard: GuardProgram,
    /// How strictly processes are confined.
    pub sandboxes: Sandboxes,
}

impl PoolConfig {
    /// The defaults, with state in `state_dir`.
    #[must_use]
    pub fn new(state_dir: PathBuf) -> Self {
        Self {
            state_dir,
            interpreters: Interpreters::default(),
            idle_timeout: Duration::from_mins(10),
            calls_per_process: 100_000,
            max_processes: 256,
            debug_ports: HashMap::new(),
            payload_bytes: 6_291_556,
            stream_bytes: 200 << 20,
            init_timeout: Duration::from_secs(10),
            guard: GuardProgram::ThisExecutable,
            sandboxes: Sandboxes::default(),
        }
    }
}

/// The executable that calls [`crate::guard::run_if_guard`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuardProgram {
    /// The running program: its `main` must call `run_if_guard` first.
    ThisExecutable,
    /// Another program, for hosts whose `main` is not ours (test harnesses).
    Program(PathBuf),
}

/// Runs functions. Cheap to share behind an `Arc`. Dropping it ends idle processes at once and busy ones after their call.
#[derive(Debug)]
pub struct Pool {
    host: Arc<Host>,
}

impl Pool {
    /// A pool that lives on the current tokio runtime, which must be a multi-thread one if calls are to overlap with
    /// other work.
    ///
    /// # Errors
    /// When the state directory cannot be made, or when this executable is to be its own guard and has not called
    /// [`crate::guard::run_if_guard`].
    pub fn new(config: PoolConfig, log_sink: LogSink) -> std::io::Result<Self> {
        if config.guard == GuardProgram::ThisExecutable && !guard::is_prepared() {
            return Err(std::io::Error::other("main must call run_if_guard before functions can run"));
        }
        let runtime = Handle::current();
        let host = Arc::new(Host::new(config, log_sink, runtime.clone()));
        std::fs::create_dir_all(&host.config.state_dir)?;
        launch::install_bootstraps(&host.runtime_dir())?;
        discard_leftovers(&host, &runtime)?;
        runtime.spawn(reap(Arc::downgrade(&host), host.config.idle_timeout));
        Ok(Self { host })
    }

    /// Makes a function known, or replaces it: processes of the older definition finish their call, then end.
    pub fn define(&self, spec: Arc<FunctionSpec>) {
        let arn = spec.arn.clone();
        let function = Function::new(spec, self.host.clone());
        let mut functions = self.host.functions.write().unwrap_or_else(PoisonError::into_inner);
        let old = functions.insert(arn, function.clone());
        drop(functions);
        if let Some(old) = old {
            old.retire();
        }
        if function.debug_port.is_some() {
            function.prepare();
        }
    }

    /// Starts a function afresh, because its code changed in place: running calls finish on the old processes, later calls
    /// get new ones. False when there is no such function.
    pub fn refresh(&self, arn: &FunctionArn) -> bool {
        let Some(function) = self.function(arn) else { return false };
        self.define(function.spec.clone());
        true
    }

    /// Forgets a function; its processes finish their call, then end.
    pub fn remove(&self, arn: &FunctionArn) {
        let removed = self.host.functions.write().unwrap_or_else(PoisonError::into_inner).remove(arn);
        if let Some(function) = removed {
            function.retire();
        }
    }

    /// Calls the function version `arn`. The call goes on when this future is dropped. Its process is spoken with in the
    /// current runtime, which must have I/O and time enabled and outlive the call.
    ///
    /// # Errors
    /// [`InvokeError`] when the call was not made. What goes wrong inside the function is an [`Invoked`] with an error.
    pub async fn invoke(&self, arn: &FunctionArn, invocation: Invocation) -> Result<Invoked, InvokeError> {
        let (reply, answer) = oneshot::channel();
        self.submit(arn, invocation, Reply::Whole(reply))?;
        answer.await.unwrap_or(Err(InvokeError::Shutdown))
    }

    /// As [`Self::invoke`], but answers as soon as the function begins its response, whose bytes are read as they come.
    ///
    /// # Errors
    /// As [`Self::invoke`].
    pub async fn invoke_stream(
        &self,
        arn: &FunctionArn,
        invocation: Invocation,
    ) -> Result<InvokedStream, InvokeError> {
        let (reply, answer) = oneshot::channel();
        self.submit(arn, invocation, Reply::Stream(reply))?;
        answer.await.unwrap_or(Err(InvokeError::Shutdown))
    }

    fn submit(&self, arn: &FunctionArn, invocation: Invocation, reply: Reply) -> Result<(), InvokeError> {
        let limit = self.host.config.payload_bytes;
        if invocation.payload.len() > limit {
            return Err(InvokeError::RequestTooLarge { actual: invocation.payload.len(), limit });
        }
        if self.host.is_closed() {
            return Err(InvokeError::Shutdown);
        }
        let Some(function) = self.function(arn) else { return Err(InvokeError::NotFound(arn.clone())) };
        let request_id = invocation.request_id.as_str().into();
        function.submit(Job {
            invocation: Arc::new(invocation),
            request_id,
            accepted: Instant::now(),
            reply,
        });
        Ok(())
    }

    /// Refuses new calls, lets running ones finish until `deadline` has passed, then ends every process.
    pub async fn shutdown(&self, deadline: Duration) {
        self.host.close();
        self.retire_all();
        if tokio::time::timeout(deadline, self.host.empty()).await.is_err() {
            self.host.stop_all();
            let _ = tokio::time::timeout(END_LIMIT, self.host.empty()).await;
        }
    }

    fn function(&self, arn: &FunctionArn) -> Option<Arc<Function>> {
        self.host.functions.read().unwrap_or_else(PoisonError::into_inner).get(arn).cloned()
    }

    fn retire_all(&self) {
        let functions =
            std::mem::take(&mut *self.host.functions.write().unwrap_or_else(PoisonError::into_inner));
        functions.values().for_each(|function| function.retire());
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.host.close();
        self.retire_all();
    }
}

/// Unpacked code is only a cache, and what processes left behind is theirs: nobody may use the last run's any more, so it
/// starts empty and cannot grow for ever.
fn discard_leftovers(host: &Host, runtime: &Handle) -> std::io::Result<()> {
    for (name, directory) in [("code.old", host.code_dir()), ("tmp.old", host.temporary_dir())] {
        let old = host.config.state_dir.join(name);
        if directory.is_dir() && !old.exists() {
            std::fs::rename(directory, &old)?;
        }
        if old.exists() {
            // What could not be deleted is tried again at the next start.
            runtime.spawn_blocking(move || std::fs::remove_dir_all(old));
        }
    }
    Ok(())
}

async fn reap(host: Weak<Host>, idle_timeout: Duration) {
    let interval = (idle_timeout / 4).clamp(Duration::from_millis(50), Duration::from_secs(30));
    loop {
        tokio::time::sleep(interval).await;
        let Some(host) = host.upgrade() else { return };
        if let Some(limit) = Instant::now().checked_sub(idle_timeout) {
            host.reap(limit);
        }
    }
}
