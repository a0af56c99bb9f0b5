//! Two threads that emit at once, set against one.

use crate::event::{Input, emit_payment_process_failed};
use crate::flat::install;
use crate::hand::Hand;
use crate::peers::slog;
use event_benches::Table;
use event_core::record::Record;
use event_core::{Emitter, Sink};
use std::hint::black_box;
use std::io;
use std::sync::{Arc, Barrier, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub(crate) const OWN: &str = "threads, nothing shared";
pub(crate) const SHARED: &str = "threads, one writer";

/// Of each thread in each round: enough that threads which wake at different times run beside each
/// other for most of it.
const EVENTS: u32 = 40_000;

/// What each thread of a contender starts.
type Start = Box<dyn Fn() -> Box<dyn FnMut(&Input)> + Sync>;

struct Contender {
    name: &'static str,
    start: Start,
    /// Nanoseconds of an event, by round: one thread, then two.
    ns: [Vec<f64>; 2],
}

/// Takes the record and does nothing, without a lock.
struct Null;

impl Sink for Null {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        black_box(record.line());
        Ok(())
    }
}

/// Contenders whose threads share no writer.
pub(crate) fn measure_own(rounds: u32) -> io::Result<()> {
    // The guard would flush a null writer.
    std::mem::forget(Emitter::builder().sink(Null).build().install());
    let contenders = vec![
        contender("this project, a sink without a lock", || {
            Box::new(|input| emit_payment_process_failed(input.into()))
        }),
        contender("hand-written, a writer each", || {
            let mut hand = Hand::new(io::sink());
            Box::new(move |input| hand.emit(input))
        }),
    ];
    measure("## Two threads, nothing shared, null writers", contenders, rounds)
}

/// Contenders whose threads write to one writer, behind a lock.
pub(crate) fn measure_shared(rounds: u32) -> io::Result<()> {
    install();
    let hand = Arc::new(Mutex::new(Hand::new(io::sink())));
    let logger = slog::logger(io::sink());
    let contenders = vec![
        contender("this project, JsonLines", || {
            Box::new(|input| emit_payment_process_failed(input.into()))
        }),
        contender("hand-written, behind a mutex", move || {
            let hand = hand.clone();
            Box::new(move |input| hand.lock().unwrap_or_else(PoisonError::into_inner).emit(input))
        }),
        contender("slog-json", move || {
            let logger = logger.clone();
            Box::new(move |input| slog::emit(&logger, input))
        }),
    ];
    measure("## Two threads, one null writer behind a lock", contenders, rounds)
}

fn contender(
    name: &'static str,
    start: impl Fn() -> Box<dyn FnMut(&Input)> + Sync + 'static,
) -> Contender {
    Contender { name, start: Box::new(start), ns: [Vec::new(), Vec::new()] }
}

fn measure(title: &str, mut contenders: Vec<Contender>, rounds: u32) -> io::Result<()> {
    for _ in 0..rounds {
        for Contender { start, ns, .. } in &mut contenders {
            for (threads, ns) in (1..).zip(ns) {
                ns.push(round(start, threads)?);
            }
        }
    }
    let mut table = Table::new(&[
        "contender",
        "one, ns",
        "two, ns",
        "ratio of the least",
        "ratio of the medians",
    ]);
    for Contender { name, ns: [one, two], .. } in &mut contenders {
        one.sort_by(f64::total_cmp);
        two.sort_by(f64::total_cmp);
        let median = |ns: &[f64]| ns[ns.len() / 2];
        table.row([
            (*name).to_owned(),
            format!("{:.1}", one[0]),
            format!("{:.1}", two[0]),
            format!("{:.2}", two[0] / one[0]),
            format!("{:.2}", median(two) / median(one)),
        ]);
    }
    println!(
        "{title}\n{rounds} rounds; an event of each thread, from the first thread's begin to the last one's end; a ratio of 1 is perfect, of 2 as if they took turns\n\n{table}"
    );
    Ok(())
}

/// Nanoseconds of an event of each of so many threads: from the first that begins to the last that
/// ends.
fn round(start: &Start, threads: usize) -> io::Result<f64> {
    let barrier = Barrier::new(threads);
    let run = || {
        let (mut emit, input) = (start(), Input::new());
        (0..EVENTS / 10).for_each(|_| emit(black_box(&input)));
        barrier.wait();
        let start = Instant::now();
        (0..EVENTS).for_each(|_| emit(black_box(&input)));
        (start, Instant::now())
    };
    let spans: Vec<(Instant, Instant)> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        let ended = running
            .into_iter()
            .map(|thread| thread.join().map_err(|_| io::Error::other("a thread panicked")));
        ended.collect::<io::Result<_>>()
    })?;
    let first = spans.iter().map(|(start, _)| *start).min();
    let last = spans.iter().map(|(_, end)| *end).max();
    let elapsed = first.zip(last).map_or(Duration::ZERO, |(first, last)| last - first);
    Ok(elapsed.as_secs_f64() * 1e9 / f64::from(EVENTS))
}
