//! How long the relay waits after a failure: exponential, with full jitter, so that many relays do
//! not come back at one moment.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Duration;

/// The shortest and the longest wait for a target or an outbox that is not there.
pub(super) const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(30);

/// The wait after the `failures`-th failure in a row, from 1.
pub(super) fn pause(failures: u32) -> Duration {
    jittered(doubled(FIRST, failures, LONGEST))
}

/// `first`, doubled with each failure after the first, up to `longest`.
pub(super) fn doubled(first: Duration, failures: u32, longest: Duration) -> Duration {
    let factor = 1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
    first.saturating_mul(factor).min(longest)
}

/// A random time of up to `most`, and at least a tenth of it: a pause of nothing is no pause.
fn jittered(most: Duration) -> Duration {
    // The standard library's hash keys are random, which is enough to spread relays.
    let random = RandomState::new().hash_one(0);
    let share = f64::from(u32::try_from(random >> 32).unwrap_or(0)) / f64::from(u32::MAX);
    most.mul_f64(share.max(0.1))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, doubled, pause};
    use std::time::Duration;

    #[test]
    fn waits_double_up_to_the_longest() {
        let second = Duration::from_secs(1);
        let waits = [1, 2, 3, 4, 40].map(|failures| doubled(second, failures, second * 6));
        assert_eq!(waits, [1, 2, 4, 6, 6].map(Duration::from_secs));
    }

    #[test]
    fn a_pause_is_neither_nothing_nor_too_long() {
        for failures in [1, 5, 50] {
            let waits: Vec<Duration> = (0..100).map(|_| pause(failures)).collect();
            assert!(waits.iter().all(|wait| *wait >= Duration::from_millis(5) && *wait <= LONGEST));
            assert!(waits.iter().any(|wait| wait != &waits[0]), "they differ");
        }
    }
}
