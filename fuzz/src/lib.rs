//! Fuzz targets and a driver that runs on stable.
//!
//! In: a seed, a corpus and a time. Out: nothing, or the first input that a target cannot bear. A target is a function over
//! bytes that panics when something is wrong; the driver must not know what its bytes mean.

mod mutate;
pub mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use stagedoor_base::Entropy;

use mutate::mutated;
use targets::Target;

/// No input may take longer than this, however slow the machine.
const LONGEST: Duration = Duration::from_secs(10);

/// An input that a target cannot bear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub input: Vec<u8>,
    pub reason: String,
}

/// Runs a target on its corpus, then on mutations of it until the time is over. Returns how many inputs it bore.
///
/// # Errors
/// The first input that panics or takes too long.
pub fn fuzz(target: &Target, seed: u64, time: Duration) -> Result<u64, Box<Finding>> {
    let corpus = (target.corpus)();
    for input in &corpus {
        check(target, input)?;
    }
    let mut entropy = Entropy::new([seed, 1, 2, 3]);
    let (start, mut count) = (Instant::now(), 0);
    while start.elapsed() < time {
        check(target, &mutated(&corpus, &mut entropy))?;
        count += 1;
    }
    Ok(count)
}

/// Runs a target on one input.
///
/// # Errors
/// The input, when it panics or takes too long.
pub fn check(target: &Target, input: &[u8]) -> Result<(), Box<Finding>> {
    let start = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    let took = start.elapsed();
    let reason = match outcome {
        Err(_) => "it panicked".to_owned(),
        Ok(()) if took > LONGEST => format!("it took {took:?}"),
        Ok(()) => return Ok(()),
    };
    Err(Box::new(Finding { input: input.to_vec(), reason }))
}
