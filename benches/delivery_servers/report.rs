//! Contenders take turns; the medians become a table.

use event_benches::{Table, Target};
use std::time::Duration;

/// Lets each contender do its work once in each turn, not always the same one first. Returns the
/// median of the seconds of each.
pub(crate) fn medians<W: Copy, const N: usize>(
    turns: usize,
    contenders: [W; N],
    mut work: impl FnMut(W) -> Duration,
) -> [f64; N] {
    let mut seconds = [const { Vec::new() }; N];
    for turn in 0..turns {
        for place in 0..N {
            let which = (turn + place) % N;
            seconds[which].push(work(contenders[which]).as_secs_f64());
        }
    }
    seconds.map(|mut seconds| {
        seconds.sort_by(f64::total_cmp);
        seconds[seconds.len() / 2]
    })
}

/// A table of rates. What is done by hand is the peer.
pub(crate) struct Report(Table);

impl Report {
    /// `unit` is what the rates count.
    pub(crate) fn new(unit: &str) -> Self {
        let (ours, peer) = (format!("{unit}/s, ours"), format!("{unit}/s, peer"));
        Self(Table::new(&["what", &ours, &peer, "ratio", "aim"]))
    }

    /// Adds a row: the rates of this project and of the peer.
    pub(crate) fn row(&mut self, what: &str, ours: f64, peer: f64, aim: Target) {
        let ratio = ours / peer;
        let rates = [ours, peer].map(|rate| format!("{rate:.0}"));
        let [ours, peer] = rates;
        self.0.row([what.to_owned(), ours, peer, format!("{ratio:.2}"), aim.verdict(ratio)]);
    }

    /// Prints the table below its title, and what the reader must know of it.
    pub(crate) fn print(&self, title: &str, about: &str) {
        println!("## {title}\n{about}\n\n{}", self.0);
    }
}

/// A number of events, to compute with.
pub(crate) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}
