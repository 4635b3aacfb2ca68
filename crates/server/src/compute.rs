//! The threads that do what takes longer than a data core may compute: large templates, bodies and payloads.
//!
//! In: jobs. Out: the news that they are done. Threads, waiting jobs, the time that one waits and the text that is taken
//! apart at a time are bounded; a job whose caller has gone is not begun.

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
/// Bytes of all texts that are taken apart at a time, unless it is a single one. A list of digits takes up to forty times its
/// text while it is read.
const TEXT: usize = 24 * 1024 * 1024;
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
    let line = Arc::new(Line::new(threads * waiting, LONGEST_WAIT, TEXT));
    for index in 0..threads {
        let line = Arc::clone(&line);
        thread::Builder::new().name(format!("compute-{index}")).spawn(move || work(&line))?;
    }
    let entrance = Entrance(line);
    Ok(Compute::elsewhere(Arc::new(move |job, bytes| {
        let done = entrance.enter(job, bytes);
        Box::pin(async move { done?.await.unwrap_or(Err(ComputeFailure::Broken)) })
    })))
}

/// The jobs that wait, first come, first served.
struct Line {
    most: usize,
    longest_wait: Duration,
    /// See [`TEXT`].
    text: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Task>,
    /// Bytes of the texts that are being taken apart.
    text: usize,
    closed: bool,
}

struct Task {
    job: Job,
    /// Bytes of the text that it takes apart.
    text: usize,
    entered: Instant,
    done: oneshot::Sender<Done>,
}

type Done = Result<(), ComputeFailure>;

impl Line {
    fn new(most: usize, longest_wait: Duration, text: usize) -> Self {
        Self { most, longest_wait, text, state: Mutex::default(), changed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next job, once there is room for its text; none when nobody can bring one any more.
    fn next(&self) -> Option<Task> {
        let mut state = self.state();
        loop {
            if state.first_fits(self.text) {
                let task = state.waiting.pop_front()?;
                state.text += task.text;
                return Some(task);
            }
            if state.closed && state.waiting.is_empty() {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Gives the room of a job's text back.
    fn leave(&self, text: usize) {
        if text > 0 {
            self.state().text -= text;
            self.changed.notify_all();
        }
    }
}

impl State {
    /// Whether the next job may begin. None overtakes it, so that a large one has its turn.
    fn first_fits(&self, most: usize) -> bool {
        self.waiting.front().is_some_and(|task| self.text == 0 || self.text + task.text <= most)
    }
}

/// Where jobs come in; the threads end when it is gone and the line is empty.
struct Entrance(Arc<Line>);

impl Entrance {
    fn enter(&self, job: Job, text: usize) -> Result<oneshot::Receiver<Done>, ComputeFailure> {
        let (done, receiver) = oneshot::channel();
        let mut state = self.0.state();
        if state.waiting.len() >= self.0.most {
            return Err(ComputeFailure::Full);
        }
        state.waiting.push_back(Task { job, text, entered: Instant::now(), done });
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
    while let Some(Task { job, text, entered, done }) = line.next() {
        let outcome = if entered.elapsed() >= line.longest_wait {
            Some(Err(ComputeFailure::Full))
        } else if done.is_closed() {
            None
        } else {
            // The panic's own message is in the log.
            catch_unwind(AssertUnwindSafe(job)).ok().map(Ok)
        };
        line.leave(text);
        if let Some(outcome) = outcome {
            // Unsent it would tell the caller that the job broke off. One that left meanwhile has no use for it.
            let _ = done.send(outcome);
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
        let line = Arc::new(Line::new(most, longest_wait, 10));
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
        pool.enter(job, 0).unwrap().await.unwrap().unwrap();
        assert_eq!(receiver.try_recv(), Ok(7));
        let broken = pool.enter(Box::new(|| panic!("on purpose")), 0).unwrap();
        assert!(broken.await.is_err());
        pool.enter(Box::new(|| ()), 0).unwrap().await.expect("the thread lives on").unwrap();
    }

    #[tokio::test]
    async fn the_line_is_bounded_and_who_left_is_skipped() {
        let pool = pool(1, 2, DEADLINE);
        let (release, held) = mpsc::channel::<()>();
        let (started, starts) = mpsc::channel();
        let first = pool.enter(
            Box::new(move || {
                started.send(()).unwrap();
                held.recv_timeout(DEADLINE).unwrap();
            }),
            0,
        );
        starts.recv_timeout(DEADLINE).unwrap();
        let (ran, runs) = mpsc::channel();
        drop(pool.enter(Box::new(move || ran.send(()).unwrap()), 0).unwrap());
        let third = pool.enter(Box::new(|| ()), 0).unwrap();
        assert_eq!(pool.enter(Box::new(|| ()), 0).unwrap_err(), ComputeFailure::Full);
        release.send(()).unwrap();
        first.unwrap().await.unwrap().unwrap();
        third.await.unwrap().unwrap();
        assert!(runs.try_recv().is_err(), "nobody waited for it");
    }

    #[tokio::test]
    async fn who_waited_too_long_is_refused() {
        let pool = pool(1, 2, Duration::ZERO);
        let (ran, runs) = mpsc::channel();
        let late = pool.enter(Box::new(move || ran.send(()).unwrap()), 0).unwrap();
        assert_eq!(late.await.unwrap(), Err(ComputeFailure::Full));
        assert!(runs.try_recv().is_err(), "it was not begun");
    }

    /// With room for ten bytes, eight and four are not taken apart at a time, and nobody overtakes the four.
    #[tokio::test]
    async fn large_texts_wait_for_each_other() {
        let pool = pool(3, 8, DEADLINE);
        let (release, held) = mpsc::channel::<()>();
        let (began, begins) = mpsc::channel();
        let first_began = began.clone();
        let first: Job = Box::new(move || {
            first_began.send(8).unwrap();
            held.recv_timeout(DEADLINE).unwrap();
        });
        let first = pool.enter(first, 8).unwrap();
        assert_eq!(begins.recv_timeout(DEADLINE), Ok(8));
        let others = [4, 0].map(|text| {
            let began = began.clone();
            pool.enter(Box::new(move || began.send(text).unwrap()), text).unwrap()
        });
        assert!(begins.recv_timeout(Duration::from_millis(100)).is_err());
        release.send(()).unwrap();
        first.await.unwrap().unwrap();
        for other in others {
            other.await.unwrap().unwrap();
        }
        // One that is larger than all room has it to itself.
        pool.enter(Box::new(|| ()), 100).unwrap().await.unwrap().unwrap();
        assert_eq!(begins.try_iter().count(), 2);
        assert_eq!(pool.0.state().text, 0);
    }

    #[test]
    fn threads_end_with_the_pool() {
        let line = Arc::new(Line::new(1, DEADLINE, 10));
        let worker = {
            let line = Arc::clone(&line);
            std::thread::spawn(move || work(&line))
        };
        drop(Entrance(line));
        worker.join().unwrap();
        drop(start_with(1, 1).unwrap());
    }
}
