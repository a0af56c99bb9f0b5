//! Prints generated lines of every event of the catalog, as they could be emitted: something to hold other tools against.

use catalog::CATALOG;
use event_schema::sample;
use std::io::{self, Write};

/// The line to show, and some that vary what may vary.
const SEEDS: u64 = 4;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for event in CATALOG.events() {
        for seed in 0..SEEDS {
            writeln!(out, "{}", sample::line(event, seed))?;
        }
    }
    Ok(())
}
