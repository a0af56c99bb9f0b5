//! How long something takes, whatever else the machine does meanwhile.

use std::fs;
use std::time::{Duration, Instant};

/// What a check takes, and its answer: the time that this thread ran, where the system tells it;
/// else the time that passed.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let (start, before) = (Instant::now(), on_processor());
    let answer = work();
    let ran = before.zip(on_processor()).map(|(before, after)| after.saturating_sub(before));
    (answer, ran.unwrap_or_else(|| start.elapsed()))
}

/// The first number is nanoseconds on a processor (proc(5), `/proc/pid/schedstat`).
fn on_processor() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
