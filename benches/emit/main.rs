//! What one event costs: six fields, one JSON line, a null writer; this project beside its peers, in one run.
//!
//! `cargo bench -p event-benches --bench emit`. Each contender reads the clock for each event and writes it in RFC 3339 with microseconds. Nanoseconds are
//! the least of many batches, taken in turns; they say little on a busy machine. Instructions are callgrind's, where valgrind is there.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints")]
#![allow(missing_docs, reason = "a bench is read, not called")]

mod callgrind;
mod clock;
mod contenders;
mod event;
mod hand;
mod peers;

use contenders::{
    BOUND, Contender, HAND, OFF, OURS, SERDE_JSON, SLOG, SLOG_CLOCK, TRACING, TRACING_OFF, UNBOUND, UNLOCKED,
    contenders, lines,
};
use event_benches::{Table, Target};
use std::process::ExitCode;
use std::time::Instant;

const ROUNDS: u32 = 300;
const BATCH: u32 = 2_000;

/// What was measured of one contender, for one event.
struct Cost {
    name: &'static str,
    ns: f64,
    instructions: Option<f64>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [only, name, count] = arguments.as_slice()
        && only == "--only"
    {
        return run_only(name, count);
    }
    let [ours, hand, serde_json] = lines();
    if ours != hand || ours != serde_json {
        eprintln!("the contenders write different lines:\n{ours}{hand}{serde_json}");
        return ExitCode::FAILURE;
    }
    match measure(contenders()) {
        Ok(costs) => {
            report(&costs);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Under callgrind: one contender, a given number of events.
fn run_only(name: &str, count: &str) -> ExitCode {
    let contender = contenders().into_iter().find(|contender| contender.name == name);
    match (contender, count.parse()) {
        (Some(mut contender), Ok(count)) => {
            (contender.run)(count);
            ExitCode::SUCCESS
        }
        _ => ExitCode::FAILURE,
    }
}

fn measure(mut contenders: Vec<Contender>) -> std::io::Result<Vec<Cost>> {
    let mut least = vec![f64::INFINITY; contenders.len()];
    for _ in 0..ROUNDS {
        for (contender, least) in contenders.iter_mut().zip(&mut least) {
            let start = Instant::now();
            (contender.run)(BATCH);
            *least = least.min(start.elapsed().as_secs_f64() * 1e9 / f64::from(BATCH));
        }
    }
    let counts = callgrind::is_there();
    if !counts {
        eprintln!("valgrind IS NOT THERE: NO INSTRUCTIONS ARE COUNTED, and nanoseconds alone decide nothing");
    }
    let cost = |(contender, ns): (&Contender, f64)| {
        let instructions = counts.then(|| callgrind::instructions(contender.name)).transpose()?;
        Ok(Cost { name: contender.name, ns, instructions })
    };
    contenders.iter().zip(least).map(cost).collect()
}

fn report(costs: &[Cost]) {
    let of = |name: &str| costs.iter().find(|cost| cost.name == name);
    let (Some(hand), Some(ours)) = (of(HAND), of(OURS)) else { return };
    println!("{ROUNDS} rounds of {BATCH} events; the least of each\n");
    let mut table = Table::new(&["contender", "ns", "× hand-written", "instructions", "× hand-written"]);
    for cost in costs {
        table.row([
            cost.name.to_owned(),
            format!("{:.1}", cost.ns),
            format!("{:.2}", cost.ns / hand.ns),
            cost.instructions.map_or_else(|| "not counted".to_owned(), |count| format!("{count:.0}")),
            ratio(cost, hand).map_or_else(String::new, |ratio| format!("{ratio:.2}")),
        ]);
    }
    println!("{table}");

    let mut table = Table::new(&["target", "by ns", "by instructions", "verdict, by instructions"]);
    let mut target = |what: &str, above: &Cost, below: &Cost, target: Target| {
        table.row([
            what.to_owned(),
            format!("{:.2}", above.ns / below.ns),
            ratio(above, below).map_or_else(|| "not counted".to_owned(), |ratio| format!("{ratio:.2}")),
            ratio(above, below).map_or_else(String::new, |ratio| target.verdict(ratio)),
        ]);
    };
    target("event ÷ hand-written", ours, hand, Target::AtMost(1.0));
    for (what, name, least) in [
        ("serde_json ÷ event", SERDE_JSON, 2.0),
        ("slog-json ÷ event", SLOG, 2.0),
        ("slog-json, the hand-written clock ÷ event", SLOG_CLOCK, 2.0),
        ("tracing-subscriber ÷ event", TRACING, 12.0),
    ] {
        if let Some(peer) = of(name) {
            target(what, peer, ours, Target::AtLeast(least));
        }
    }
    if let (Some(unlocked), Some(bound), Some(unbound)) = (of(UNLOCKED), of(BOUND), of(UNBOUND)) {
        target("event, no lock in the sink ÷ hand-written", unlocked, hand, Target::AtMost(1.0));
        target("8 context fields ÷ none", bound, unbound, Target::AtMost(1.05));
    }
    if let (Some(off), Some(tracing)) = (of(OFF), of(TRACING_OFF)) {
        let more = off.instructions.zip(tracing.instructions).map(|(off, tracing)| off - tracing);
        table.row([
            "disabled event − disabled tracing event".to_owned(),
            format!("{:+.1}", off.ns - tracing.ns),
            more.map_or_else(|| "not counted".to_owned(), |more| format!("{more:+.0}")),
            more.map_or_else(String::new, |more| Target::AtMost(5.0).verdict(more)),
        ]);
    }
    println!("{table}");
}

fn ratio(above: &Cost, below: &Cost) -> Option<f64> {
    Some(above.instructions? / below.instructions?)
}
