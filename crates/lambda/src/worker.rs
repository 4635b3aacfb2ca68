//! One process of a function and what it is doing.
//!
//! In: what the process asks through the Runtime API, jobs, and the clock. Out: answered jobs. It must not know HTTP, nor
//! which process gets which job.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::sync::{Notify, OwnedSemaphorePermit, mpsc};

use crate::failure::Failure;
use crate::function::Function;
use crate::job::Job;
use crate::log::{LogStream, Report};
use crate::process::{Exit, Memory, Process};
use crate::runtime_api::Poll;
use crate::{Invocation, InvokeError};

/// How long a process that failed to start may take to exit.
const EXIT_GRACE: Duration = Duration::from_millis(500);
const LAST_WORDS: Duration = Duration::from_millis(10);

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
    /// There is none yet: [`Worker::wait`].
    Later,
    /// The process asks for more before it has answered.
    OutOfTurn,
    Gone,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answered {
    Yes,
    /// The call has its answer.
    Before,
    NoSuchCall,
}

/// What a process may take up, and what it is started for.
#[derive(Debug)]
pub(crate) struct Place {
    /// One of the pool's processes.
    pub(crate) slot: OwnedSemaphorePermit,
    /// One of those that start at the same time.
    pub(crate) turn: OwnedSemaphorePermit,
    /// The only process that may listen for a debugger there.
    pub(crate) debug: Option<OwnedSemaphorePermit>,
    /// The call that this start is part of: the second attempt at a start-up that failed.
    pub(crate) job: Option<Job>,
}

/// A process of a function.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(crate) id: u64,
    pub(crate) function: Arc<Function>,
    pub(crate) logs: LogStream,
    memory: Memory,
    started: Instant,
    answered: AtomicU32,
    stop: Notify,
    slot: Mutex<Option<OwnedSemaphorePermit>>,
    debug: Mutex<Option<OwnedSemaphorePermit>>,
    /// Held while the process starts, so that others wait with their start.
    turn: Mutex<Option<OwnedSemaphorePermit>>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    /// How long start-up took, until the first report told it.
    init: Option<Duration>,
}

#[derive(Debug)]
enum Phase {
    /// With the call within which it starts, if it is the second attempt.
    Starting(Option<Running>),
    /// In `next`; a job is told there.
    Polling(Poll),
    Running(Running),
    /// Answered, not in `next` again yet; the call's timeout still counts.
    Finishing {
        request_id: Arc<str>,
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
        memory: Memory,
        started: Instant,
        Place { slot, turn, debug, job }: Place,
    ) -> Arc<Self> {
        let bound = job.map(|job| {
            logs.begin(&job.request_id, function.spec.version());
            Running { job, since: started, delivered: true }
        });
        let state = State { phase: Phase::Starting(bound), init: None };
        Arc::new(Self {
            id,
            function,
            logs,
            memory,
            started,
            answered: AtomicU32::new(0),
            stop: Notify::new(),
            slot: Mutex::new(Some(slot)),
            debug: Mutex::new(debug),
            turn: Mutex::new(Some(turn)),
            state: Mutex::new(state),
        })
    }

    /// The process asks for an event.
    pub(crate) fn next(&self) -> Next {
        let mut state = self.state();
        match &mut state.phase {
            Phase::Starting(bound @ Some(_)) => {
                let Some(running) = bound.take() else { return Next::Gone };
                let delivery = self.delivery(&running.job, running.since);
                state.phase = Phase::Running(running);
                drop(state);
                self.end_turn();
                self.function.forget_start();
                Next::Now(delivery)
            }
            Phase::Starting(None) | Phase::Finishing { .. } | Phase::Polling(_) => Next::Later,
            Phase::Running(running) if !running.delivered => {
                running.delivered = true;
                Next::Now(self.delivery(&running.job, running.since))
            }
            Phase::Running(_) => Next::OutOfTurn,
            Phase::Dead => Next::Gone,
        }
    }

    /// The process waits for an event; one that asks twice gets it where it asked last. When there is nothing to wait for any
    /// more, the connection is closed.
    pub(crate) fn wait(self: &Arc<Self>, poll: Poll) {
        let mut state = self.state();
        let was = match &mut state.phase {
            Phase::Starting(None) => Was::Starting,
            Phase::Finishing { .. } => Was::Finishing,
            Phase::Polling(old) => {
                *old = poll;
                return;
            }
            Phase::Starting(Some(_)) | Phase::Running(_) | Phase::Dead => return,
        };
        if was == Was::Starting {
            state.init = Some(self.started.elapsed());
            self.end_turn();
        }
        state.phase = Phase::Polling(poll);
        drop(state);
        self.function.ready(self, was);
    }

    /// Counts one more call; true when the process has answered so many that a fresh one shall take its place.
    pub(crate) fn wears_out(&self) -> bool {
        let answered = self.answered.fetch_add(1, Relaxed).saturating_add(1);
        self.function.debug_port.is_none() && answered >= self.function.host.config.calls_per_process
    }

    /// Hands a job to a process that is in `next`; gives it back when the process is not. What follows happens in the runtime
    /// of whoever calls, so that no other thread must be woken on the way there and back.
    pub(crate) fn dispatch(self: &Arc<Self>, job: Job) -> Result<(), Job> {
        let mut state = self.state();
        match std::mem::replace(&mut state.phase, Phase::Dead) {
            Phase::Polling(poll) => {
                self.logs.begin(&job.request_id, self.function.spec.version());
                let since = Instant::now();
                let delivery = self.delivery(&job, since);
                // A process that was killed while it waited must not take a call with it: its socket tells before its guard
                // does.
                let delivered = !poll.is_closed();
                state.phase = Phase::Running(Running { job, since, delivered });
                drop(state);
                if delivered {
                    let runtime =
                        Handle::try_current().unwrap_or_else(|_| self.function.host.runtime.clone());
                    runtime.spawn(poll.deliver(delivery, self.clone()));
                }
                Ok(())
            }
            other => {
                state.phase = other;
                Err(job)
            }
        }
    }

    fn give_back(&self, job: Job) {
        self.logs.forget();
        self.function.submit(job);
    }

    /// The process begins a response to `request_id` whose bytes follow; none when the caller wants it whole, or there is no
    /// such call.
    pub(crate) fn open_stream(
        &self,
        request_id: &str,
        content_type: Option<String>,
    ) -> Option<mpsc::Sender<Bytes>> {
        match &mut self.state().phase {
            Phase::Running(running) if *running.job.request_id == *request_id => {
                running.job.open_stream(self.function.spec.version(), content_type)
            }
            _ => None,
        }
    }

    fn delivery(&self, job: &Job, since: Instant) -> Delivery {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let left = self.function.timeout().saturating_sub(since.elapsed());
        Delivery { invocation: job.invocation.clone(), deadline_millis: (now + left).as_millis() }
    }

    /// The process answers `request_id`.
    pub(crate) fn answer(&self, request_id: &str, outcome: Result<Bytes, Failure>) -> Answered {
        let mut state = self.state();
        match std::mem::replace(&mut state.phase, Phase::Dead) {
            Phase::Running(running) if *running.job.request_id == *request_id => {
                state.phase = Phase::Finishing {
                    request_id: running.job.request_id.clone(),
                    deadline: running.since + self.function.timeout(),
                };
                drop(state);
                self.function.finishing();
                self.settle(running, outcome, None);
                Answered::Yes
            }
            Phase::Finishing { request_id: last, deadline } => {
                let known = *last == *request_id;
                state.phase = Phase::Finishing { request_id: last, deadline };
                if known { Answered::Before } else { Answered::NoSuchCall }
            }
            other => {
                state.phase = other;
                Answered::NoSuchCall
            }
        }
    }

    /// Start-up failed and the process says why; false when it had started already.
    pub(crate) fn init_error(self: &Arc<Self>, failure: &Failure) -> bool {
        let mut state = self.state();
        match std::mem::replace(&mut state.phase, Phase::Dead) {
            Phase::Starting(bound) => {
                drop(state);
                self.start_failed(bound, failure.clone());
                self.stop_soon();
                true
            }
            other => {
                state.phase = other;
                false
            }
        }
    }

    /// AWS tries a start-up that failed once more, as part of the call that waits for it.
    fn start_failed(&self, bound: Option<Running>, failure: Failure) {
        self.logs.catch_up();
        let status = failure.status();
        let phase = if bound.is_some() { "invoke" } else { "init" };
        self.logs.speaker.platform(None, init_report(self.started.elapsed(), phase, &failure));
        match bound {
            Some(running) => {
                self.function.forget_start();
                self.settle(running, Err(failure), Some(status));
            }
            None => self.function.start_failed(failure, true),
        }
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
        if self.debug.lock().unwrap_or_else(PoisonError::into_inner).take().is_some() {
            self.function.host.debug_port_is_free();
        }
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
            Phase::Running(running) => running.job.refuse(InvokeError::Shutdown),
            Phase::Starting(bound) => {
                if let Some(running) = bound {
                    running.job.refuse(InvokeError::Shutdown);
                }
                self.function.left(Was::Starting);
            }
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
            Phase::Starting(None) => self.init_deadline().min(soonest),
            Phase::Starting(Some(running)) | Phase::Running(running) => {
                running.since + self.function.timeout()
            }
            Phase::Finishing { deadline, .. } => *deadline,
            _ => soonest,
        }
    }

    fn init_deadline(&self) -> Instant {
        self.started + self.function.init_timeout()
    }

    /// Answers what is overdue; then the process must be ended.
    fn time_out(&self) -> bool {
        let now = Instant::now();
        let mut state = self.state();
        let overdue = match &state.phase {
            Phase::Starting(None) => now >= self.init_deadline(),
            Phase::Starting(Some(running)) | Phase::Running(running) => {
                now >= running.since + self.function.timeout()
            }
            Phase::Finishing { deadline, .. } => now >= *deadline,
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
            Phase::Starting(bound) => self.start_failed(bound, failure),
            Phase::Polling(_) | Phase::Dead => {}
        }
        true
    }

    fn died(&self, exit: Exit) {
        let phase = std::mem::replace(&mut self.state().phase, Phase::Dead);
        match phase {
            Phase::Running(running) if !running.delivered => self.give_back(running.job),
            Phase::Running(running) => self.settle(running, Err(Failure::Exited(exit)), Some("error")),
            Phase::Starting(bound) => self.start_failed(bound, Failure::Exited(exit)),
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
        Report {
            duration,
            memory_mb: self.function.spec.memory_mb,
            max_memory_mb: self.memory.peak_mb(),
            init: self.state().init.take(),
            status,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Printed only when start-up failed, as AWS does.
fn init_report(duration: Duration, phase: &str, failure: &Failure) -> String {
    let duration = duration.as_secs_f64() * 1e3;
    let status = failure.status();
    let mut line = format!("INIT_REPORT Init Duration: {duration:.2} ms\tPhase: {phase}\tStatus: {status}");
    if status == "error" {
        line.push_str("\tError Type: ");
        line.push_str(&failure.kind());
    }
    line
}
