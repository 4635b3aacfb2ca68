//! What one core counts, per stage. Each core writes its own; the scrape adds them up.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use stagedoor_base::{ApiId, StageName};
use stagedoor_program::{Cached, Outcome, Program, Record};

use crate::histogram::{Counts, Histogram, bump};
use crate::lines::lock;

/// Status classes, and calls that ended without a status.
pub(crate) const CLASSES: [&str; 6] = ["1xx", "2xx", "3xx", "4xx", "5xx", "aborted"];

/// What the stage's cache did: AWS's `CacheHitCount` and `CacheMissCount`.
pub(crate) const CACHE: [&str; 2] = ["hit", "miss"];

/// One stage on one core; written while its core's `stages` are locked.
#[derive(Debug, Default)]
pub(crate) struct StageCounters {
    classes: [AtomicU64; CLASSES.len()],
    cache: [AtomicU64; CACHE.len()],
    latency: Histogram,
    integration: Histogram,
}

/// One core's counters.
#[derive(Debug, Default)]
pub(crate) struct CoreCounters {
    stages: Mutex<Stages>,
    /// Calls that no API and stage answered.
    unrouted: AtomicU64,
}

#[derive(Debug, Default)]
struct Stages {
    by_name: HashMap<(ApiId, StageName), Arc<StageCounters>>,
    /// The stage of the last call: most calls in a row go to the same.
    last: Option<(Arc<Program>, Arc<StageCounters>)>,
}

/// One stage's sums over all cores.
#[derive(Debug, Clone, Default)]
pub(crate) struct StageSums {
    pub(crate) classes: [u64; CLASSES.len()],
    pub(crate) cache: [u64; CACHE.len()],
    pub(crate) latency: Counts,
    pub(crate) integration: Counts,
}

impl CoreCounters {
    pub(crate) fn record(&self, record: &Record) {
        let Some(program) = &record.program else {
            self.unrouted.fetch_add(1, Relaxed);
            return;
        };
        let mut stages = lock(&self.stages);
        let counters = stages.of(program);
        bump(&counters.classes[class(record)], 1);
        if let Some(cached) = record.cached {
            bump(&counters.cache[usize::from(cached == Cached::Miss)], 1);
        }
        counters.latency.add(record.latency);
        if let Some(latency) = record.integration.latency {
            counters.integration.add(latency);
        }
    }

    pub(crate) fn unrouted(&self) -> u64 {
        self.unrouted.load(Relaxed)
    }

    pub(crate) fn add_to(&self, sums: &mut std::collections::BTreeMap<(ApiId, StageName), StageSums>) {
        for (name, counters) in &lock(&self.stages).by_name {
            let sum = sums.entry(name.clone()).or_default();
            for (total, class) in sum.classes.iter_mut().zip(&counters.classes) {
                *total += class.load(Relaxed);
            }
            for (total, count) in sum.cache.iter_mut().zip(&counters.cache) {
                *total += count.load(Relaxed);
            }
            counters.latency.add_to(&mut sum.latency);
            counters.integration.add_to(&mut sum.integration);
        }
    }
}

impl Stages {
    fn of(&mut self, program: &Arc<Program>) -> &StageCounters {
        let last = match self.last.take() {
            Some(last) if Arc::ptr_eq(&last.0, program) => last,
            _ => (Arc::clone(program), self.named(program)),
        };
        &self.last.insert(last).1
    }

    fn named(&mut self, program: &Program) -> Arc<StageCounters> {
        let name = (program.deployment.api_id.clone(), program.stage.name.clone());
        Arc::clone(self.by_name.entry(name).or_default())
    }
}

fn class(record: &Record) -> usize {
    match (record.outcome, record.status / 100) {
        (Outcome::Answered, hundreds @ 1..=5) => usize::from(hundreds) - 1,
        _ => CLASSES.len() - 1,
    }
}
