//! Prints generated records of every event of the catalog, as test input for other tools: flat
//! lines, or envelopes with the argument `envelope`.

use catalog::CATALOG;
use event_schema::sample;
use std::env;
use std::io::{self, Write};

/// The record for documentation, and some random variations.
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
