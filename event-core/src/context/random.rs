//! Random numbers for ids, samples and waits. Each thread has a generator, seeded by the operating
//! system.
//!
//! A forked child inherits the generator of its parent's thread. So a generator checks whether it
//! is in another process, and then seeds itself again.
//!
//! Not for keys: the next number can be computed from a few previous ones.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::process;
use std::time::{Duration, Instant, SystemTime};

/// The time for which the last check of the process id is trusted. It is shorter than any `fork`,
/// which copies the page tables. Asking the system costs several times as much as reading the
/// clock.
const BELIEVED: Duration = Duration::from_micros(5);

/// xoroshiro128++ (Blackman, Vigna 2019). It has 128 bits of state, as a trace id has 128 bits.
#[derive(Clone, Copy)]
struct Generator {
    state: [u64; 2],
    /// The process that seeded the generator. No process has the id 0.
    process: u32,
    /// The time of the last check of the process id.
    seen: Option<Instant>,
}

thread_local! {
    static GENERATOR: Cell<Generator> = const { Cell::new(Generator { state: [0; 2], process: 0, seen: None }) };
}

/// 64 uniformly distributed bits.
pub(crate) fn u64() -> u64 {
    let draw = GENERATOR.try_with(|kept| {
        let mut generator = kept.get();
        let now = Instant::now();
        let age = generator.seen.map(|seen| now.saturating_duration_since(seen));
        // If the clock did not move, it is too coarse to measure the age.
        if age.is_none_or(|age| age.is_zero() || age >= BELIEVED) {
            generator.look_round(now, age.unwrap_or_default());
        }
        let drawn = generator.next();
        kept.set(generator);
        drawn
    });
    // An ending thread has no generator.
    draw.unwrap_or_else(|_| seed()[0])
}

impl Generator {
    const fn next(&mut self) -> u64 {
        let [first, mut second] = self.state;
        let drawn = first.wrapping_add(second).rotate_left(17).wrapping_add(first);
        second ^= first;
        self.state = [first.rotate_left(49) ^ second ^ (second << 21), second.rotate_left(28)];
        drawn
    }

    /// Seeds the generator if the process changed.
    #[cold]
    fn look_round(&mut self, now: Instant, age: Duration) {
        let process = this_process();
        if process == self.process {
            // In a pid namespace a child may have its parent's id. Then only the time differs.
            self.state[0] ^= u64::from(age.subsec_nanos());
        } else {
            (self.state, self.process) = (seed(), process);
        }
        self.seen = Some(now);
    }
}

/// The id of this process; any number if the platform has no `fork`.
pub(crate) fn this_process() -> u32 {
    if cfg!(unix) { process::id() } else { 1 }
}

fn seed() -> [u64; 2] {
    let system = || Some([getrandom::u64().ok()?, getrandom::u64().ok()?]);
    system().unwrap_or_else(|| {
        // The operating system has no random numbers. The keys of the standard library alone are
        // not enough: they are equal in a forked child.
        let keys = RandomState::new();
        let here = (this_process(), SystemTime::now());
        [keys.hash_one((0_u8, here)), keys.hash_one((1_u8, here))]
    })
}

#[cfg(test)]
mod tests {
    use super::{Generator, u64};
    use std::collections::HashSet;

    #[test]
    fn it_is_xoroshiro128_plus_plus() {
        // Values of the reference implementation, from the state [1, 2].
        let mut generator = Generator { state: [1, 2], process: 0, seen: None };
        let drawn = [generator.next(), generator.next(), generator.next()];
        assert_eq!(drawn, [393_217, 669_327_710_093_319, 1_732_421_326_133_921_491]);
    }

    #[test]
    fn threads_and_draws_differ() {
        let threads: Vec<_> =
            (0..4).map(|_| std::thread::spawn(|| [(); 1_000].map(|()| u64()))).collect();
        let drawn: HashSet<u64> =
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        assert_eq!(drawn.len(), 4_000);
    }
}
