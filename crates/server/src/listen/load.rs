//! How loaded a core is, and whether it takes one more request.
//!
//! Two signs tell: how many requests are being answered, which grows when backends are slow, and how long work that is
//! ready waits for its turn, which grows when the core itself cannot follow. The second is measured by a timer: the
//! runtime serves whatever became ready before it first.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use super::limits::{FrontLimits, share};

/// How often the wait is measured.
const PULSE: Duration = Duration::from_millis(50);

/// What happened at the front of all cores, for the metrics.
#[derive(Debug, Default)]
pub(crate) struct FrontCounters {
    /// Requests that got 503 because of load.
    pub(crate) shed: AtomicU64,
    /// Requests that are no sound HTTP.
    pub(crate) malformed: AtomicU64,
    /// Connections that were cut off because of a deadline or a rate.
    pub(crate) timed_out: AtomicU64,
    /// Connections that were closed unread: handshakes that failed, addresses with too many of them.
    pub(crate) refused: AtomicU64,
}

impl FrontCounters {
    /// Appends them in Prometheus's text format.
    pub(crate) fn prometheus(&self, out: &mut String) {
        let table = [
            ("shed_requests", "Requests answered 503 because of load.", &self.shed),
            ("malformed_requests", "Requests refused because they are no sound HTTP.", &self.malformed),
            (
                "timed_out_connections",
                "Connections cut off because of a deadline or a rate.",
                &self.timed_out,
            ),
            ("refused_connections", "Connections closed before a request was read.", &self.refused),
        ];
        for (name, help, counter) in table {
            let value = counter.load(Relaxed);
            let name = format!("stagedoor_{name}_total");
            // Writing to a string cannot fail.
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}");
        }
    }
}

/// One core's load.
#[derive(Debug)]
pub(super) struct Load {
    answering: AtomicUsize,
    most: usize,
    /// Milliseconds that ready work waits.
    delay: AtomicU32,
    longest: u32,
    pub(super) counters: Arc<FrontCounters>,
}

/// A request that is being answered.
#[derive(Debug)]
pub(super) struct Answered(Arc<Load>);

impl Load {
    pub(super) fn new(limits: &FrontLimits, cores: usize, counters: Arc<FrontCounters>) -> Self {
        Self {
            answering: AtomicUsize::new(0),
            most: share(limits.requests, cores),
            delay: AtomicU32::new(0),
            longest: millis(limits.queue_delay),
            counters,
        }
    }

    /// Whether a request has to be refused; counts it if so.
    pub(super) fn refuses(&self) -> bool {
        let full = self.answering.load(Relaxed) >= self.most || self.is_late();
        if full {
            self.counters.shed.fetch_add(1, Relaxed);
        }
        full
    }

    /// Whether ready work waits too long.
    pub(super) fn is_late(&self) -> bool {
        self.delay.load(Relaxed) > self.longest
    }

    /// Counts a request until the returned value is dropped.
    pub(super) fn enter(self: &Arc<Self>) -> Answered {
        self.answering.fetch_add(1, Relaxed);
        Answered(Arc::clone(self))
    }

    /// Measures the wait, for ever. Of two measurements the shorter counts: what stays is a queue, what passes is a burst
    /// or the machine's doing.
    pub(super) async fn measure(&self) {
        let mut last = 0;
        loop {
            let begun = Instant::now();
            tokio::time::sleep(PULSE).await;
            let delay = millis(begun.elapsed().saturating_sub(PULSE));
            self.delay.store(delay.min(last), Relaxed);
            last = delay;
        }
    }
}

impl Drop for Answered {
    fn drop(&mut self) {
        self.0.answering.fetch_sub(1, Relaxed);
    }
}

fn millis(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::Ordering::Relaxed;
    use std::time::Duration;

    use super::{FrontLimits, Load};

    #[test]
    fn what_is_too_much_is_refused_until_something_ends() {
        let limits = FrontLimits { requests: 4, ..FrontLimits::default() };
        let load = Arc::new(Load::new(&limits, 2, Arc::default()));
        let first = load.enter();
        assert!(!load.refuses());
        let _second = load.enter();
        assert!(load.refuses());
        drop(first);
        assert!(!load.refuses());
        assert_eq!(load.counters.shed.load(Relaxed), 1);
    }

    #[tokio::test]
    async fn work_that_blocks_the_core_shows() {
        let limits = FrontLimits { queue_delay: Duration::from_millis(100), ..FrontLimits::default() };
        let load = Arc::new(Load::new(&limits, 1, Arc::default()));
        let measured = Arc::clone(&load);
        let measuring = tokio::spawn(async move { measured.measure().await });
        tokio::task::yield_now().await;
        std::thread::sleep(Duration::from_millis(300));
        tokio::time::sleep(Duration::from_millis(1)).await;
        assert!(!load.refuses(), "a burst is no queue");
        while !load.refuses() {
            std::thread::sleep(Duration::from_millis(300));
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        while load.refuses() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        measuring.abort();
    }
}
