//! Each target for a few seconds, always with the same seed: what it finds is found again.

use std::time::Duration;

use stagedoor_fuzz::fuzz;
use stagedoor_fuzz::targets::ALL;

const SEED: u64 = 1;

#[test]
fn targets_bear_mutated_inputs() {
    for target in ALL {
        let count = match fuzz(&target, SEED, Duration::from_secs(5)) {
            Ok(count) => count,
            Err(found) => {
                let input = String::from_utf8_lossy(&found.input);
                panic!("{} with seed {SEED}: {}\n{input}", target.name, found.reason)
            }
        };
        assert!(count > 10, "{}: {count} inputs", target.name);
    }
}
