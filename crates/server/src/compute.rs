//! The threads that do what takes longer than a data core may compute: large templates, bodies and payloads.
//!
//! In: jobs. Out: the news that they are done. Threads, waiting jobs and the time that one waits are bounded; a job whose
//! caller has gone is not begun.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use stagedoor_engine::{Compute, ComputeFailure, Job};
use tokio::sync::oneshot;

/// Jobs that may wait for each thread.
const WAITING: usize = 32;
/// A job that waited longer is not begun: its caller hears that there is too much work before it gives up by itself.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// More threads than this would only take turns with the data cores.
const MOST_THREADS: usize = 8;
/// Small calls go before large ones wherever both want the same processor.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 5;

/// A pool that ends with its last clone of [`Compute`].
pub(crate) fn start() -> std::io::Result<Compute> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    start_with(processors.min(MOST_THREADS), WAITING)
}

fn start_with(threads: usize, waiting: usize) -> std::io::Result<Compute> {
    let line = Arc::new(Line::new(threads * waiting, LONGEST_WAIT));
    for index in 0..threads {
        let line = Arc::clone(&line);
        thread::Builder::new().name(format!("compute-{index}")).spawn(move || work(&line))?;
    }
    let entrance = Entrance(line);
    Ok(Compute::elsewhere(Arc::new(move |job| {
        let done = entrance.enter(job);
        Box::pin(async move { done?.await.unwrap_or(Err(ComputeFailure::Broken)) })
    })))
}

/// The jobs that wait, first come, first served.
struct Line {
    most: usize,
    longest_wait: Duration,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Task>,
    closed: bool,
}

struct Task {
    job: Job,
    entered: Instant,
    done: oneshot::Sender<Done>,
}

type Done = Result<(), ComputeFailure>;

impl Line {
    fn new(most: usize, longest_wait: Duration) -> Self {
        Self { most, longest_wait, state: Mutex::default(), changed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next job; none when nobody can bring one any more.
    fn next(&self) -> Option<Task> {
        let mut state = self.state();
        loop {
            if let Some(task) = state.waiting.pop_front() {
                return Some(task);
            }
            if state.closed {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Where jobs come in; the threads end when it is gone and the line is empty.
struct Entrance(Arc<Line>);

impl Entrance {
    fn enter(&self, job: Job) -> Result<oneshot::Receiver<Done>, ComputeFailure> {
        let (done, receiver) = oneshot::channel();
        let mut state = self.0.state();
        if state.waiting.len() >= self.0.most {
            return Err(ComputeFailure::Full);
        }
        state.waiting.push_back(Task { job, entered: Instant::now(), done });
        drop(state);
        self.0.changed.notify_one();
        Ok(receiver)
    }
}

impl Drop for Entrance {
    fn drop(&mut self) {
        self.0.state().closed = true;
        self.0.changed.notify_all();
    }
}

fn work(line: &Line) {
    give_way();
    while let Some(Task { job, entered, done }) = line.next() {
        // A caller that left meanwhile has no use for any of the answers.
        if entered.elapsed() >= line.longest_wait {
            let _ = done.send(Err(ComputeFailure::Full));
        } else if !done.is_closed() && catch_unwind(AssertUnwindSafe(job)).is_ok() {
            // Unsent it tells the caller that the job broke off; the panic's own message is in the log.
            let _ = done.send(Ok(()));
        }
    }
}

#[cfg(target_os = "linux")]
fn give_way() {
    // On Linux this is the thread's own priority. Where it is refused, the pool merely competes.
    if let Err(error) = rustix::process::setpriority_process(None, NICENESS) {
        tracing::debug!("compute threads keep their priority: {error}");
    }
}

#[cfg(not(target_os = "linux"))]
fn give_way() {}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use stagedoor_engine::ComputeFailure;

    use super::{Arc, Entrance, Job, Line, start_with, work};

    const DEADLINE: Duration = Duration::from_secs(10);

    fn pool(threads: usize, most: usize, longest_wait: Duration) -> Entrance {
        let line = Arc::new(Line::new(most, longest_wait));
        for _ in 0..threads {
            let line = Arc::clone(&line);
            std::thread::spawn(move || work(&line));
        }
        Entrance(line)
    }

    #[tokio::test]
    async fn jobs_are_done_and_panics_reported() {
        let pool = pool(2, 8, DEADLINE);
        let (sender, receiver) = mpsc::channel();
        let job: Job = Box::new(move || sender.send(7).unwrap());
        pool.enter(job).unwrap().await.unwrap().unwrap();
        assert_eq!(receiver.try_recv(), Ok(7));
        let broken = pool.enter(Box::new(|| panic!("on purpose"))).unwrap();
        assert!(broken.await.is_err());
        pool.enter(Box::new(|| ())).unwrap().await.expect("the thread lives on").unwrap();
    }

    #[tokio::test]
    async fn the_line_is_bounded_and_who_left_is_skipped() {
        let pool = pool(1, 2, DEADLINE);
        let (release, held) = mpsc::channel::<()>();
        let (started, starts) = mpsc::channel();
        let first = pool.enter(Box::new(move || {
            started.send(()).unwrap();
            held.recv_timeout(DEADLINE).unwrap();
        }));
        starts.recv_timeout(DEADLINE).unwrap();
        let (ran, runs) = mpsc::channel();
        drop(pool.enter(Box::new(move || ran.send(()).unwrap())).unwrap());
        let third = pool.enter(Box::new(|| ())).unwrap();
        assert_eq!(pool.enter(Box::new(|| ())).unwrap_err(), ComputeFailure::Full);
        release.send(()).unwrap();
        first.unwrap().await.unwrap().unwrap();
        third.await.unwrap().unwrap();
        assert!(runs.try_recv().is_err(), "nobody waited for it");
    }

    #[tokio::test]
    async fn who_waited_too_long_is_refused() {
        let pool = pool(1, 2, Duration::ZERO);
        let (ran, runs) = mpsc::channel();
        let late = pool.enter(Box::new(move || ran.send(()).unwrap())).unwrap();
        assert_eq!(late.await.unwrap(), Err(ComputeFailure::Full));
        assert!(runs.try_recv().is_err(), "it was not begun");
    }

    #[test]
    fn threads_end_with_the_pool() {
        let line = Arc::new(Line::new(1, DEADLINE));
        let worker = {
            let line = Arc::clone(&line);
            std::thread::spawn(move || work(&line))
        };
        drop(Entrance(line));
        worker.join().unwrap();
        drop(start_with(1, 1).unwrap());
    }
}
