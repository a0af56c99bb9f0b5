//! Prints generated records of every event of the catalog, as they could be emitted: something to
//! hold other tools against. Flat lines, or with the argument `envelope` nested ones.

use catalog::CATALOG;
use event_schema::sample;
use std::env;
use std::io::{self, Write};

/// The record to show, and some that vary what may vary.
const SEEDS: u64 = 4;

fn main() -> io::Result<()> {
    let envelopes = env::args().nth(1).is_some_and(|form| form == "envelope");
    let sample = if envelopes { sample::envelope } else { sample::line };
    let mut out = io::stdout().lock();
    for event in CATALOG.events() {
        for seed in 0..SEEDS {
            writeln!(out, "{}", sample(event, seed))?;
        }
    }
    Ok(())
}
