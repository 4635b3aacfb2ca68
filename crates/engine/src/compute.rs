//! Work that takes longer than a data core may compute, done elsewhere.
//!
//! In: a closure that owns all it needs. Out: its result, once whoever computes has done it. It must not know where that
//! is.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use stagedoor_base::Cause;

use crate::{BoxFuture, Engine};

/// Something to compute; it keeps its own bounds on time and memory.
pub type Job = Box<dyn FnOnce() + Send>;
/// Has a job done that takes a text of so many bytes apart; the future completes when it is.
pub type Submit = dyn Fn(Job, usize) -> BoxFuture<Result<(), ComputeFailure>> + Send + Sync;

/// Bodies up to this size are worked on by the data core itself, which takes about a millisecond at most.
pub(crate) const INLINE: usize = 64 * 1024;

/// Where large work is done. The default does it at once, on the caller's thread.
#[derive(Clone, Default)]
pub struct Compute(Option<Arc<Submit>>);

/// Why a job was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComputeFailure {
    /// As many jobs wait as may, or this one waited too long.
    Full,
    /// The job broke off.
    Broken,
}

impl Compute {
    /// Work is done by whoever takes jobs here.
    #[must_use]
    pub fn elsewhere(submit: Arc<Submit>) -> Self {
        Self(Some(submit))
    }

    /// The result of work that takes a text of so many bytes apart.
    ///
    /// # Errors
    /// [`Cause::ComputeFull`] when too much work waits, [`Cause::Internal`] when it broke off.
    async fn run<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Cause> {
        let Some(submit) = &self.0 else { return Ok(work()) };
        let slot = Arc::new(Mutex::new(None));
        let filled = Arc::clone(&slot);
        let job = move || {
            let result = work();
            *filled.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        };
        let done = submit(Box::new(job), bytes);
        match done.await {
            Ok(()) => slot.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(broken),
            Err(ComputeFailure::Full) => Err(Cause::ComputeFull),
            Err(ComputeFailure::Broken) => Err(broken()),
        }
    }
}

fn broken() -> Cause {
    Cause::Internal("work in the compute pool broke off".to_owned())
}

impl fmt::Debug for Compute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Compute(elsewhere)" } else { "Compute(here)" })
    }
}

impl Engine {
    /// Has large work done off the data core. `bytes`: of the text that is taken apart, which bounds the memory that it takes.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Cause> {
        self.ports.compute.run(bytes, work).await
    }

    /// Has work done here when what it works on is small, and off the data core otherwise.
    pub(crate) async fn compute_sized<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Cause> {
        if bytes <= INLINE { Ok(work()) } else { Box::pin(self.compute(bytes, work)).await }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::Arc;
    use std::task::{Context, Poll, Waker};

    use stagedoor_base::Cause;

    use super::{Compute, ComputeFailure, Job};

    fn now<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("it waits"),
        }
    }

    fn submitting(submit: impl Fn(Job) -> Result<(), ComputeFailure> + Send + Sync + 'static) -> Compute {
        Compute::elsewhere(Arc::new(move |job, bytes| {
            assert_eq!(bytes, 9);
            let done = submit(job);
            Box::pin(async move { done })
        }))
    }

    #[test]
    fn results_and_failures_come_back() {
        let doing = |job: Job| {
            job();
            Ok(())
        };
        assert_eq!(now(submitting(doing).run(9, || 7)), Ok(7));
        assert_eq!(now(Compute::default().run(9, || 7)), Ok(7));
        assert_eq!(now(submitting(|_| Err(ComputeFailure::Full)).run(9, || 7)), Err(Cause::ComputeFull));
        for result in [Ok(()), Err(ComputeFailure::Broken)] {
            let answer = now(submitting(move |_| result).run(9, || 7));
            assert!(matches!(answer, Err(Cause::Internal(_))), "{answer:?}");
        }
    }
}
