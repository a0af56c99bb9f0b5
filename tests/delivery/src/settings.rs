//! How long and how random a run is.

use std::env;
use std::process;
use std::time::{SystemTime, UNIX_EPOCH};

/// The seed of a test: `DELIVERY_SEED`, or another one each time.
pub fn seed() -> u64 {
    number("DELIVERY_SEED").unwrap_or_else(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        now.as_secs() % 1_000_000 * 1_000 + u64::from(process::id() % 1_000)
    })
}

/// How often the long run kills a process: `DELIVERY_ROUNDS`.
pub fn rounds() -> Option<u64> {
    number("DELIVERY_ROUNDS")
}

/// How many events the long run commits: `DELIVERY_EVENTS`.
pub fn events() -> Option<u64> {
    number("DELIVERY_EVENTS")
}

/// # Panics
///
/// If the variable is not a number: a typing mistake must not make a run short.
fn number(name: &str) -> Option<u64> {
    let text = env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is not a number: {text}")))
}
