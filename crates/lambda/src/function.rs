//! A defined function: its warm processes and the jobs that wait for one.
//!
//! In: jobs, and news of its processes. Out: each job on exactly one process. It must not know how processes start.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;

use crate::failure::Failure;
use crate::host::Host;
use crate::job::Job;
use crate::launch::StartError;
use crate::log::{Report, Speaker};
use crate::worker::{Place, Was, Worker};
use crate::{FunctionSpec, InvokeError};

/// How long a job waits for a process that has answered and is about to ask for more, before another one is started.
const FINISH_GRACE: Duration = Duration::from_millis(20);

const NEVER: Duration = Duration::from_hours(24 * 365);

/// A function version as it was defined; another definition is another `Function`.
pub(crate) struct Function {
    pub(crate) spec: Arc<FunctionSpec>,
    pub(crate) host: Arc<Host>,
    pub(crate) speaker: Speaker,
    /// Where a debugger finds its one process.
    pub(crate) debug_port: Option<u16>,
    shelf: Mutex<Shelf>,
}

#[derive(Default)]
struct Shelf {
    /// The last one in is the first one out: the others may grow old and be ended.
    idle: Vec<Idle>,
    waiting: VecDeque<Job>,
    starting: usize,
    finishing: usize,
    /// Somebody looks every [`FINISH_GRACE`] whether a finishing process let a job down.
    watched: bool,
    /// Replaced or removed: processes end after their call.
    retired: bool,
}

struct Idle {
    worker: Arc<Worker>,
    since: Instant,
}

impl Shelf {
    /// Waiting jobs that no process will come for.
    fn unserved(&self) -> usize {
        let hopeful = self.waiting.len().saturating_sub(self.starting + self.finishing);
        let let_down = self.waiting.iter().take_while(|job| job.accepted.elapsed() >= FINISH_GRACE).count();
        hopeful.max(let_down.saturating_sub(self.starting))
    }

    fn forget(&mut self, was: Was) {
        match was {
            Was::Starting => self.starting = self.starting.saturating_sub(1),
            Was::Finishing => self.finishing = self.finishing.saturating_sub(1),
        }
    }

    /// True for whoever must watch from now on.
    fn must_watch(&mut self) -> bool {
        self.finishing > 0 && !std::mem::replace(&mut self.watched, true)
    }

    /// False when there is nothing left to watch.
    fn keep_watching(&mut self) -> bool {
        self.watched = !self.waiting.is_empty();
        self.watched
    }
}

impl Function {
    pub(crate) fn new(spec: Arc<FunctionSpec>, host: Arc<Host>) -> Arc<Self> {
        let speaker = Speaker { function: Arc::new(spec.arn.clone()), sink: host.sink.clone() };
        let port = host.config.debug_ports.get(&spec.arn.name).copied();
        let debug_port = port.filter(|_| spec.version() == "$LATEST");
        Arc::new(Self { spec, host, speaker, debug_port, shelf: Mutex::default() })
    }

    /// How long a call may take. Nobody looks at a watch while a debugger is attached.
    pub(crate) fn timeout(&self) -> Duration {
        match self.debug_port {
            None => Duration::from_secs(u64::from(self.spec.timeout_seconds.max(1))),
            Some(_) => NEVER,
        }
    }

    pub(crate) fn init_timeout(&self) -> Duration {
        if self.debug_port.is_some() { NEVER } else { self.host.config.init_timeout }
    }

    /// Runs a job on a warm process, or on the first one that is ready.
    pub(crate) fn submit(self: &Arc<Self>, mut job: Job) {
        loop {
            let mut shelf = self.shelf();
            let Some(idle) = shelf.idle.pop() else {
                shelf.waiting.push_back(job);
                let must_watch = shelf.must_watch();
                drop(shelf);
                self.top_up();
                if must_watch {
                    self.host.runtime.spawn(self.clone().watch());
                }
                return;
            };
            drop(shelf);
            match idle.worker.dispatch(job) {
                Ok(()) => return,
                Err(back) => job = back,
            }
        }
    }

    /// A process asks for a job.
    pub(crate) fn ready(self: &Arc<Self>, worker: &Arc<Worker>, was: Was) {
        let worn = was == Was::Finishing && worker.wears_out();
        let mut shelf = self.shelf();
        shelf.forget(was);
        if worn {
            drop(shelf);
            worker.stop();
            self.top_up();
        } else if let Some(job) = shelf.waiting.pop_front() {
            drop(shelf);
            if let Err(job) = worker.dispatch(job) {
                self.submit(job);
            }
        } else if shelf.retired {
            drop(shelf);
            worker.stop();
        } else {
            shelf.idle.push(Idle { worker: worker.clone(), since: Instant::now() });
        }
    }

    /// A process has answered and will ask again soon.
    pub(crate) fn finishing(&self) {
        self.shelf().finishing += 1;
    }

    /// A process went away before it asked for a job.
    pub(crate) fn left(self: &Arc<Self>, was: Was) {
        self.shelf().forget(was);
        self.top_up();
    }

    /// A process failed to start: the job that waited longest gets a second attempt of its own, or learns why.
    pub(crate) fn start_failed(self: &Arc<Self>, failure: Failure, again: bool) {
        if let Some(job) = self.start_ended() {
            let slot = if again && self.debug_port.is_none() { self.host.reserve() } else { None };
            match slot {
                Some(slot) => drop(self.host.runtime.spawn(self.clone().start_for(slot, job, failure))),
                None => self.answer_unstarted(job, failure),
            }
        } else {
            let text = String::from_utf8_lossy(&failure.payload("")).into_owned();
            self.speaker.platform(None, text);
        }
        self.top_up();
    }

    /// Starts a process within a call: its time is the call's time.
    async fn start_for(self: Arc<Self>, slot: OwnedSemaphorePermit, job: Job, failure: Failure) {
        let Some(turn) = self.host.turn().await else { return job.refuse(InvokeError::Shutdown) };
        let mut job = Some(job);
        self.shelf().starting += 1;
        let place = || Place { slot, turn, debug: None, job: job.take() };
        let launched = crate::launch::launch(&self, place).await;
        if let (Err(_), Some(job)) = (launched, job) {
            self.forget_start();
            self.answer_unstarted(job, failure);
        }
    }

    /// A process that started within a call is not on its way to the queue any more.
    pub(crate) fn forget_start(&self) {
        self.shelf().forget(Was::Starting);
    }

    fn answer_unstarted(&self, job: Job, failure: Failure) {
        self.log_unstarted(&job, failure.status());
        self.reply(job, Err(failure));
    }

    fn start_ended(&self) -> Option<Job> {
        let mut shelf = self.shelf();
        shelf.forget(Was::Starting);
        shelf.waiting.pop_front()
    }

    fn log_unstarted(&self, job: &Job, status: &'static str) {
        self.speaker.begin(&job.request_id, self.spec.version());
        let report = Report {
            duration: Duration::ZERO,
            memory_mb: self.spec.memory_mb,
            max_memory_mb: 0,
            init: None,
            status: Some(status),
        };
        self.speaker.end(&job.request_id, &report);
    }

    /// Starts as many processes as there are jobs that none is coming for.
    pub(crate) fn top_up(self: &Arc<Self>) {
        loop {
            let mut shelf = self.shelf();
            if shelf.unserved() == 0 {
                return;
            }
            let Some(debug) = self.debug_place() else { return };
            shelf.starting += 1;
            drop(shelf);
            self.host.runtime.spawn(self.clone().start(debug));
        }
    }

    /// Starts the process that a debugger is to find, before anybody calls.
    pub(crate) fn prepare(self: &Arc<Self>) {
        if let Some(Some(debug)) = self.debug_place() {
            self.shelf().starting += 1;
            self.host.runtime.spawn(self.clone().start(Some(debug)));
        }
    }

    /// The right to be the one process on the function's debug port; none when another process is, and `Some(None)` for
    /// functions that nobody debugs.
    #[expect(clippy::option_option, reason = "whether one is needed, and whether there is one")]
    fn debug_place(&self) -> Option<Option<OwnedSemaphorePermit>> {
        match self.debug_port {
            Some(port) => self.host.debug_place(port).map(Some),
            None => Some(None),
        }
    }

    fn throttle(&self) {
        let mut shelf = self.shelf();
        shelf.forget(Was::Starting);
        let job = shelf.waiting.pop_back();
        drop(shelf);
        if let Some(job) = job {
            job.refuse(InvokeError::Throttled);
        }
    }

    async fn watch(self: Arc<Self>) {
        loop {
            tokio::time::sleep(FINISH_GRACE).await;
            self.top_up();
            if !self.shelf().keep_watching() {
                return;
            }
        }
    }

    /// Starts a process when its turn has come, if it is needed then; only then it takes a place, so that a burst of calls
    /// does not keep places for processes that nobody will need. A job that cannot get one is throttled.
    async fn start(self: Arc<Self>, debug: Option<OwnedSemaphorePermit>) {
        let Some(turn) = self.host.turn().await else { return };
        if debug.is_none() && self.start_is_needless() {
            return;
        }
        let Some(slot) = self.host.reserve() else { return self.throttle() };
        match crate::launch::launch(&self, || Place { slot, turn, debug, job: None }).await {
            Ok(()) => {}
            Err(StartError::Failure(failure)) => self.start_failed(failure, false),
            Err(StartError::Refused(error)) => {
                let job = self.start_ended();
                let request_id = job.as_ref().map(|job| job.request_id.clone());
                self.speaker.platform(request_id, error.to_string());
                if let Some(job) = job {
                    job.refuse(error);
                }
                self.top_up();
            }
        }
    }

    /// Warm processes may have done all the work while this start waited for its turn.
    fn start_is_needless(&self) -> bool {
        let mut shelf = self.shelf();
        let needless = shelf.waiting.is_empty();
        if needless {
            shelf.forget(Was::Starting);
        }
        needless
    }

    pub(crate) fn reply(&self, job: Job, outcome: Result<Bytes, Failure>) {
        job.answer(self.spec.version(), outcome);
    }

    /// Processes end, each after its call; waiting jobs are still served.
    pub(crate) fn retire(&self) {
        let mut shelf = self.shelf();
        shelf.retired = true;
        let idle = std::mem::take(&mut shelf.idle);
        drop(shelf);
        idle.into_iter().for_each(|idle| idle.worker.stop());
    }

    /// Answers every waiting job: nobody will come for it.
    pub(crate) fn abandon(&self) {
        let waiting = std::mem::take(&mut self.shelf().waiting);
        for job in waiting {
            job.refuse(InvokeError::Shutdown);
        }
    }

    /// Since when a process has been idle. One with a debugger is never: a person thinks as long as it takes.
    pub(crate) fn idle_since(&self, worker: u64) -> Option<Instant> {
        if self.debug_port.is_some() {
            return None;
        }
        self.shelf().idle.iter().find(|idle| idle.worker.id == worker).map(|idle| idle.since)
    }

    /// Takes an idle process off the shelf: no job can reach it any more.
    pub(crate) fn take_idle(&self, worker: u64) -> Option<Arc<Worker>> {
        let mut shelf = self.shelf();
        let position = shelf.idle.iter().position(|idle| idle.worker.id == worker)?;
        Some(shelf.idle.remove(position).worker)
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Function({})", self.spec.arn)
    }
}
