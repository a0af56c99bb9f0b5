//! Chance, for ids, samples and waits: a generator per thread, seeded by the operating system.
//!
//! A forked child inherits the generator of the thread that forked, so a generator notices that it
//! is in another process, and is seeded anew.
//!
//! Not for keys: whoever has seen a few numbers can tell the next.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::process;
use std::time::{Duration, Instant, SystemTime};

/// How long a process that was just seen is believed to be the same one. Less than any `fork`
/// takes, which copies the page tables; asking the system costs several times as much as reading
/// the clock.
const BELIEVED: Duration = Duration::from_micros(5);

/// xoroshiro128++ (Blackman, Vigna 2019): of 128 bits, because a trace id has as many.
#[derive(Clone, Copy)]
struct Generator {
    state: [u64; 2],
    /// The process that seeded it. No process is 0.
    process: u32,
    /// When the process was asked for last.
    seen: Option<Instant>,
}

thread_local! {
    static GENERATOR: Cell<Generator> = const { Cell::new(Generator { state: [0; 2], process: 0, seen: None }) };
}

/// 64 bits, evenly spread.
pub(crate) fn u64() -> u64 {
    let draw = GENERATOR.try_with(|kept| {
        let mut generator = kept.get();
        let now = Instant::now();
        let age = generator.seen.map(|seen| now.saturating_duration_since(seen));
        // Where the clock has not moved at all, it is too coarse to tell.
        if age.is_none_or(|age| age.is_zero() || age >= BELIEVED) {
            generator.look_round(now, age.unwrap_or_default());
        }
        let drawn = generator.next();
        kept.set(generator);
        drawn
    });
    // A thread that is ending has no generator any more.
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

    /// Seeds it if this is another process than the one that did.
    #[cold]
    fn look_round(&mut self, now: Instant, age: Duration) {
        let process = this_process();
        if process == self.process {
            // A child may have its parent's number, in a namespace of its own: then only the time
            // parts them.
            self.state[0] ^= u64::from(age.subsec_nanos());
        } else {
            (self.state, self.process) = (seed(), process);
        }
        self.seen = Some(now);
    }
}

/// Its number; where nothing forks, any.
pub(crate) fn this_process() -> u32 {
    if cfg!(unix) { process::id() } else { 1 }
}

fn seed() -> [u64; 2] {
    let system = || Some([getrandom::u64().ok()?, getrandom::u64().ok()?]);
    system().unwrap_or_else(|| {
        // The system has none to give. The standard library's own keys are the same in a forked
        // child.
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
        // Of the reference implementation, from the state [1, 2].
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
