//! One process of a function and what it is doing.
//!
//! In: what the process asks through the Runtime API, jobs, and the clock. Out: answered jobs. It must not know HTTP, nor
//! which process gets which job.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use tokio::sync::{Notify, OwnedSemaphorePermit, oneshot};

use crate::failure::Failure;
use crate::function::Function;
use crate::log::{LogStream, Report};
use crate::process::{Exit, Process};
use crate::{FunctionError, Invocation, InvokeError, Invoked};

/// AWS gives start-up 10 s before the function's own timeout begins to count.
const INIT_LIMIT: Duration = Duration::from_secs(10);
/// How long a process that failed to start may take to exit.
const EXIT_GRACE: Duration = Duration::from_millis(500);
const LAST_WORDS: Duration = Duration::from_millis(10);
const MEMORY_INTERVAL: Duration = Duration::from_secs(1);

/// An invocation on its way, and who waits for the answer.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) invocation: Arc<Invocation>,
    pub(crate) request_id: Arc<str>,
    pub(crate) accepted: Instant,
    pub(crate) reply: oneshot::Sender<Result<Invoked, InvokeError>>,
}

/// What a process gets from `next`.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) invocation: Arc<Invocation>,
    pub(crate) deadline_millis: u128,
}

/// The answer to `next`.
#[derive(Debug)]
pub(crate) enum Next {
    Now(Delivery),
    Later(oneshot::Receiver<Delivery>),
    /// The process asks for more before it has answered.
    OutOfTurn,
    Gone,
}

/// What a process may take up: one of the pool's processes, and one of those that start at the same time.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) slot: OwnedSemaphorePermit,
    pub(crate) turn: OwnedSemaphorePermit,
}

/// A process of a function.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(crate) id: u64,
    pub(crate) function: Arc<Function>,
    pub(crate) logs: LogStream,
    pid: i32,
    started: Instant,
    stop: Notify,
    slot: Mutex<Option<OwnedSemaphorePermit>>,
    /// Held while the process starts, so that others wait with their start.
    turn: Mutex<Option<OwnedSemaphorePermit>>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    /// How long start-up took, until the first report told it.
    init: Option<Duration>,
    max_memory_mb: u64,
    memory_read: Option<Instant>,
}

#[derive(Debug)]
enum Phase {
    Starting,
    /// In `next`; a job goes through here.
    Polling(oneshot::Sender<Delivery>),
    Running(Running),
    /// Answered, not in `next` again yet; the call's timeout still counts.
    Finishing {
        deadline: Instant,
    },
    Dead,
}

#[derive(Debug)]
struct Running {
    job: Job,
    since: Instant,
    /// False while the delivery met a closed connection: the client may ask again.
    delivered: bool,
}

/// What a worker was when it stopped being that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Was {
    Starting,
    Finishing,
}

impl Worker {
    pub(crate) fn new(
        id: u64,
        function: Arc<Function>,
        logs: LogStream,
        pid: i32,
        started: Instant,
        Place { slot, turn }: Place,
    ) -> Arc<Self> {
        let state = State { phase: Phase::Starting, init: None, max_memory_mb: 0, memory_read: None };
        Arc::new(Self {
            id,
            function,
            logs,
            pid,
            started,
            stop: Notify::new(),
            slot: Mutex::new(Some(slot)),
            turn: Mutex::new(Some(turn)),
            state: Mutex::new(state),
        })
    }

    /// The process asks for an event.
    pub(crate) fn next(self: &Arc<Self>) -> Next {
        let (sender, receiver) = oneshot::channel();
        let mut state = self.state();
        let was = match &mut state.phase {
            Phase::Starting => Was::Starting,
            Phase::Finishing { .. } => Was::Finishing,
            Phase::Polling(old) => {
                *old = sender;
                return Next::Later(receiver);
            }
            Phase::Running(running) if !running.delivered => {
                running.delivered = true;
                return Next::Now(self.delivery(&running.job, running.since));
            }
            Phase::Running(_) => return Next::OutOfTurn,
            Phase::Dead => return Next::Gone,
        };
        if was == Was::Starting {
            state.init = Some(self.started.elapsed());
            self.end_turn();
        }
        state.phase = Phase::Polling(sender);
        drop(state);
        self.function.ready(self, was);
        Next::Later(receiver)
    }

    /// Hands a job to a process that is in `next`; gives it back when the process is gone.
    pub(crate) fn dispatch(&self, job: Job) -> Result<(), Job> {
        let mut state = self.state();
        match std::mem::replace(&mut state.phase, Phase::Dead) {
            Phase::Polling(sender) => {
                self.logs.begin(&job.request_id, self.function.spec.version());
                let since = Instant::now();
                let delivered = sender.send(self.delivery(&job, since)).is_ok();
                state.phase = Phase::Running(Running { job, since, delivered });
                Ok(())
            }
            other => {
                state.phase = other;
                Err(job)
            }
        }
    }

    fn delivery(&self, job: &Job, since: Instant) -> Delivery {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let left = self.function.timeout().saturating_sub(since.elapsed());
        Delivery { invocation: job.invocation.clone(), deadline_millis: (now + left).as_millis() }
    }

    /// The process answers `request_id`; false when it has no such call.
    pub(crate) fn answer(&self, request_id: &str, outcome: Result<Bytes, Failure>) -> bool {
        let mut state = self.state();
        match std::mem::replace(&mut state.phase, Phase::Dead) {
            Phase::Running(running) if *running.job.request_id == *request_id => {
                state.phase = Phase::Finishing { deadline: running.since + self.function.timeout() };
                drop(state);
                self.function.finishing();
                self.settle(running, outcome, None);
                true
            }
            other => {
                state.phase = other;
                false
            }
        }
    }

    /// Start-up failed and the process says why; false when it had started already.
    pub(crate) fn init_error(self: &Arc<Self>, failure: &Failure) -> bool {
        let mut state = self.state();
        if !matches!(state.phase, Phase::Starting) {
            return false;
        }
        state.phase = Phase::Dead;
        drop(state);
        self.logs.catch_up();
        self.function.start_failed(failure);
        self.stop_soon();
        true
    }

    /// The runtime is expected to exit now by itself, with its last words.
    fn stop_soon(self: &Arc<Self>) {
        let worker = self.clone();
        drop(self.function.host.runtime.spawn(async move {
            tokio::time::sleep(EXIT_GRACE).await;
            worker.stop.notify_one();
        }));
    }

    /// Runs until the process is gone.
    pub(crate) async fn keep(self: Arc<Self>, mut process: Process) {
        let exit = loop {
            tokio::select! {
                exit = process.ended() => break Some(exit),
                () = self.stop.notified() => break None,
                () = tokio::time::sleep_until(self.next_check().into()) => {
                    if self.time_out() {
                        break None;
                    }
                }
            }
        };
        match exit {
            Some(exit) => {
                self.listen_to_last_words().await;
                self.died(exit);
            }
            None => process.end().await,
        }
        self.end_turn();
        drop(self.yield_slot());
    }

    /// Lets the next process start.
    pub(crate) fn end_turn(&self) {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// A process may answer and exit in one breath: its answer is on the socket when its end is known.
    async fn listen_to_last_words(&self) {
        if !matches!(self.state().phase, Phase::Polling(_) | Phase::Dead) {
            tokio::time::sleep(LAST_WORDS).await;
        }
    }

    /// Ends the process; what it was doing is answered by [`Failure`] or `Shutdown`.
    pub(crate) fn stop(&self) {
        let phase = std::mem::replace(&mut self.state().phase, Phase::Dead);
        match phase {
            Phase::Running(running) => drop(running.job.reply.send(Err(InvokeError::Shutdown))),
            Phase::Starting => self.function.left(Was::Starting),
            Phase::Finishing { .. } => self.function.left(Was::Finishing),
            Phase::Polling(_) | Phase::Dead => {}
        }
        self.stop.notify_one();
    }

    /// Gives the place of a process that is being ended to another one.
    pub(crate) fn yield_slot(&self) -> Option<OwnedSemaphorePermit> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The earliest moment at which something may be overdue. The timeout is the same for every call, so nothing that starts
    /// later can be overdue sooner: one timer per process serves all calls.
    fn next_check(&self) -> Instant {
        let soonest = Instant::now() + self.function.timeout();
        match &self.state().phase {
            Phase::Starting => self.init_deadline().min(soonest),
            Phase::Running(running) => running.since + self.function.timeout(),
            Phase::Finishing { deadline } => *deadline,
            _ => soonest,
        }
    }

    fn init_deadline(&self) -> Instant {
        self.started + INIT_LIMIT + self.function.timeout()
    }

    /// Answers what is overdue; then the process must be ended.
    fn time_out(&self) -> bool {
        let now = Instant::now();
        let mut state = self.state();
        let overdue = match &state.phase {
            Phase::Starting => now >= self.init_deadline(),
            Phase::Running(running) => now >= running.since + self.function.timeout(),
            Phase::Finishing { deadline } => now >= *deadline,
            _ => false,
        };
        if !overdue {
            return false;
        }
        let phase = std::mem::replace(&mut state.phase, Phase::Dead);
        drop(state);
        let failure = Failure::TimedOut { seconds: self.function.spec.timeout_seconds };
        match phase {
            Phase::Running(running) => self.settle(running, Err(failure), Some("timeout")),
            Phase::Finishing { .. } => self.function.left(Was::Finishing),
            _ => self.function.start_failed(&failure),
        }
        true
    }

    fn died(&self, exit: Exit) {
        let phase = std::mem::replace(&mut self.state().phase, Phase::Dead);
        match phase {
            Phase::Running(running) => self.settle(running, Err(Failure::Exited(exit)), Some("error")),
            Phase::Starting => {
                self.logs.catch_up();
                self.function.start_failed(&Failure::Exited(exit));
            }
            Phase::Finishing { .. } => self.function.left(Was::Finishing),
            Phase::Polling(_) => drop(self.function.take_idle(self.id)),
            Phase::Dead => {}
        }
    }

    fn settle(&self, running: Running, outcome: Result<Bytes, Failure>, status: Option<&'static str>) {
        let report = self.report(running.since.elapsed(), status);
        self.logs.end(&running.job.request_id, &report);
        self.function.reply(running.job, outcome);
    }

    fn report(&self, duration: Duration, status: Option<&'static str>) -> Report {
        let mut state = self.state();
        // Asking the kernel for every call would cost more than the call's own bookkeeping.
        if state.memory_read.is_none_or(|read| read.elapsed() >= MEMORY_INTERVAL) {
            state.memory_read = Some(Instant::now());
            state.max_memory_mb = max_memory_mb(self.pid).unwrap_or(state.max_memory_mb);
        }
        Report {
            duration,
            memory_mb: self.function.spec.memory_mb,
            max_memory_mb: state.max_memory_mb,
            init: state.init.take(),
            status,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The most memory a process has used so far; unknown where there is no `/proc`.
fn max_memory_mb(pid: i32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.split_ascii_whitespace().next()?.parse().ok()?;
    Some(kilobytes.div_ceil(1024))
}

impl Job {
    /// The answer of a function version.
    pub(crate) fn reply(self, version: &str, outcome: Result<Bytes, Failure>) {
        let invoked = match outcome {
            Ok(payload) => Invoked { payload, function_error: None, executed_version: version.to_owned() },
            Err(failure) => Invoked {
                payload: failure.payload(&self.request_id),
                function_error: Some(FunctionError::Unhandled),
                executed_version: version.to_owned(),
            },
        };
        // Nobody may be waiting any more: an invocation outlives its client.
        let _ = self.reply.send(Ok(invoked));
    }
}
