//! What a number drawn at random costs, and what of that is the check that the process was not
//! forked.

use event_benches::Table;
use event_core::EventId;
use event_core::context::trace::{SpanId, TraceId};
use std::hint::black_box;
use std::io;
use std::time::Instant;

pub(crate) const NAME: &str = "draws";
const BATCH: u32 = 2_000;

/// xoroshiro128++ that asks nothing.
struct Unchecked([u64; 2]);

impl Unchecked {
    fn next(&mut self) -> u64 {
        let [first, mut second] = self.0;
        let drawn = first.wrapping_add(second).rotate_left(17).wrapping_add(first);
        second ^= first;
        self.0 = [first.rotate_left(49) ^ second ^ (second << 21), second.rotate_left(28)];
        drawn
    }
}

#[allow(clippy::unnecessary_wraps, reason = "as what is timed is called")]
pub(crate) fn measure(rounds: u32) -> io::Result<()> {
    let mut unchecked = Unchecked([1, 2]);
    let mut table = Table::new(&["drawn", "ns"]);
    let mut row = |name: &str, draw: &mut dyn FnMut()| {
        table.row([name.to_owned(), format!("{:.1}", least(rounds, draw))]);
    };
    row("64 bits, unchecked", &mut || _ = black_box(unchecked.next()));
    row("this project, a span id: 64 bits, checked", &mut || _ = black_box(SpanId::random()));
    row("this project, a trace id: twice that", &mut || _ = black_box(TraceId::random()));
    row("this project, an event id: that, and the time", &mut || _ = black_box(EventId::new()));
    row("what it is not: the number of the process", &mut || _ = black_box(std::process::id()));
    println!("## Drawn at random\nthe least of {rounds} rounds of {BATCH} draws\n\n{table}");
    Ok(())
}

/// Nanoseconds of one call.
fn least(rounds: u32, call: &mut dyn FnMut()) -> f64 {
    let round = |_| {
        let start = Instant::now();
        (0..BATCH).for_each(|_| call());
        start.elapsed().as_secs_f64() * 1e9 / f64::from(BATCH)
    };
    (0..rounds).map(round).fold(f64::INFINITY, f64::min)
}
