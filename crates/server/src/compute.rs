//! The threads that do what takes longer than a data core may compute: large templates, bodies and payloads.
//!
//! In: jobs. Out: the news that they are done. Threads and waiting jobs are bounded; a job whose caller has gone is not
//! begun.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use stagedoor_engine::{Compute, ComputeFailure, Job};
use tokio::sync::oneshot;

/// Jobs that may wait for each thread.
const WAITING: usize = 32;
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
    let line = Arc::new(Line { most: threads * waiting, ..Line::default() });
    for index in 0..threads {
        let line = Arc::clone(&line);
        thread::Builder::new().name(format!("compute-{index}")).spawn(move || work(&line))?;
    }
    let entrance = Entrance(line);
    Ok(Compute::elsewhere(Arc::new(move |job| {
        let done = entrance.enter(job);
        Box::pin(async move { done?.await.map_err(|_| ComputeFailure::Broken) })
    })))
}

/// The jobs that wait, first come, first served.
#[derive(Default)]
struct Line {
    most: usize,
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
    done: oneshot::Sender<()>,
}

impl Line {
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
    fn enter(&self, job: Job) -> Result<oneshot::Receiver<()>, ComputeFailure> {
        let (done, receiver) = oneshot::channel();
        let mut state = self.0.state();
        if state.waiting.len() >= self.0.most {
            return Err(ComputeFailure::Full);
        }
        state.waiting.push_back(Task { job, done });
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
    while let Some(Task { job, done }) = line.next() {
        // Dropping `done` unsent tells the caller that a job broke off; the panic's own message is in the log.
        if !done.is_closed() && catch_unwind(AssertUnwindSafe(job)).is_ok() {
            // A caller that left meanwhile has no use for the result.
            let _ = done.send(());
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

    fn pool(threads: usize, most: usize) -> Entrance {
        let line = Arc::new(Line { most, ..Line::default() });
        for _ in 0..threads {
            let line = Arc::clone(&line);
            std::thread::spawn(move || work(&line));
        }
        Entrance(line)
    }

    #[tokio::test]
    async fn jobs_are_done_and_panics_reported() {
        let pool = pool(2, 8);
        let (sender, receiver) = mpsc::channel();
        let job: Job = Box::new(move || sender.send(7).unwrap());
        pool.enter(job).unwrap().await.unwrap();
        assert_eq!(receiver.try_recv(), Ok(7));
        let broken = pool.enter(Box::new(|| panic!("on purpose"))).unwrap();
        assert!(broken.await.is_err());
        pool.enter(Box::new(|| ())).unwrap().await.expect("the thread lives on");
    }

    #[tokio::test]
    async fn the_line_is_bounded_and_who_left_is_skipped() {
        let pool = pool(1, 2);
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
        first.unwrap().await.unwrap();
        third.await.unwrap();
        assert!(runs.try_recv().is_err(), "nobody waited for it");
    }

    #[test]
    fn threads_end_with_the_pool() {
        let line = Arc::new(Line { most: 1, ..Line::default() });
        let worker = {
            let line = Arc::clone(&line);
            std::thread::spawn(move || work(&line))
        };
        drop(Entrance(line));
        worker.join().unwrap();
        drop(start_with(1, 1).unwrap());
    }
}
