//! A latency histogram that one core writes and others read.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Upper bounds in microseconds; one more bucket has none.
pub(crate) const BOUNDS: [u64; 15] = [
    250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
    10_000_000, 30_000_000,
];

/// Counts per bucket, and the sum of all.
#[derive(Debug, Default)]
pub(crate) struct Histogram {
    buckets: [AtomicU64; BOUNDS.len() + 1],
    sum_micros: AtomicU64,
}

/// The counts of one moment, cumulative as Prometheus wants them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) buckets: [u64; BOUNDS.len() + 1],
    pub(crate) sum_micros: u64,
}

/// Adds to a number that has one writer at a time: cheaper than an atomic addition.
pub(crate) fn bump(number: &AtomicU64, by: u64) {
    number.store(number.load(Relaxed).wrapping_add(by), Relaxed);
}

impl Histogram {
    pub(crate) fn add(&self, value: Duration) {
        let micros = u64::try_from(value.as_micros()).unwrap_or(u64::MAX);
        bump(&self.buckets[BOUNDS.partition_point(|bound| *bound < micros)], 1);
        bump(&self.sum_micros, micros);
    }

    pub(crate) fn add_to(&self, counts: &mut Counts) {
        for (sum, bucket) in counts.buckets.iter_mut().zip(&self.buckets) {
            *sum += bucket.load(Relaxed);
        }
        counts.sum_micros += self.sum_micros.load(Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{BOUNDS, Counts, Histogram};

    #[test]
    fn values_fall_into_the_bucket_that_still_holds_them() {
        let table = [(0, 0), (250, 0), (251, 1), (30_000_000, BOUNDS.len() - 1), (30_000_001, BOUNDS.len())];
        for (micros, bucket) in table {
            let histogram = Histogram::default();
            histogram.add(Duration::from_micros(micros));
            let mut counts = Counts::default();
            histogram.add_to(&mut counts);
            assert_eq!(counts.buckets[bucket], 1, "{micros}");
            assert_eq!(counts.sum_micros, micros);
        }
    }
}
