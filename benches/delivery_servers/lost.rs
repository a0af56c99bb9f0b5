//! How many events a reader never sees while several connections write.

use crate::database::{client, emitter, made, runtime, server, source};
use crate::event::{context, paid};
use crate::naive::NaiveCursor;
use event_benches::{Table, Target};
use event_core::Emit;
use event_outbox_tokio_postgres::{Error, Outbox};
use event_relay::database::DatabaseLocation;
use event_relay::source::EventSource;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const WRITERS: usize = 8;
/// Of each writer. Each has one event.
const TRANSACTIONS: i64 = 2_000;
const BATCH: usize = 1_000;
/// For the gaps that are open when the last writer has ended.
const LIMIT: Duration = Duration::from_secs(20);

pub(crate) fn measure() {
    let Some(server) = server("off") else { return };
    let url = made(&server, "lost");
    let location = DatabaseLocation::postgres(&url).unwrap();
    let is_written = AtomicBool::new(false);
    let (naive, relay) = thread::scope(|scope| {
        let naive = scope.spawn(|| by_naive_cursor(&url, &is_written));
        let relay = scope.spawn(|| by_relay(&location, &is_written));
        let writers = [(); WRITERS].map(|()| scope.spawn(|| write(&url)));
        for writer in writers {
            writer.join().unwrap();
        }
        is_written.store(true, Ordering::Release);
        (naive.join().unwrap(), relay.join().unwrap())
    });
    let committed: usize = server.sql(&url, "SELECT count(*) FROM domain_events").parse().unwrap();
    let mut table = Table::new(&["reader", "committed", "lost", "aim"]);
    for (reader, seen, has_aim) in
        [("`seq > last`", naive, false), ("the source of a relay", relay, true)]
    {
        let lost = committed - seen;
        let lost_ratio = f64::from(u32::try_from(lost).unwrap());
        let verdict = if has_aim { Target::AtMost(0.0).verdict(lost_ratio) } else { String::new() };
        table.row([reader.to_owned(), committed.to_string(), lost.to_string(), verdict]);
    }
    println!("## {WRITERS} connections write, and two readers follow\n\n{table}");
}

/// Transactions that are as short as they can be: an insert and a commit.
fn write(url: &str) {
    let outbox = Outbox::new(emitter());
    let _bound = context().enter();
    runtime().block_on(async {
        let mut client = client(url).await;
        for order in 0..TRANSACTIONS {
            outbox
                .transaction(&mut client, async |_, events| {
                    paid(order).emit_to(events);
                    Ok::<_, Error>(())
                })
                .await
                .unwrap();
        }
    });
}

fn by_naive_cursor(url: &str, is_written: &AtomicBool) -> usize {
    runtime().block_on(async {
        let mut cursor = NaiveCursor::new(client(url).await).await;
        let mut seen = 0;
        loop {
            let is_last = is_written.load(Ordering::Acquire);
            let events = cursor.read(i64::try_from(BATCH).unwrap()).await.len();
            seen += events;
            if is_last && events == 0 {
                return seen;
            }
        }
    })
}

fn by_relay(location: &DatabaseLocation, is_written: &AtomicBool) -> usize {
    let mut source = source(location, "lost");
    let (mut seen, mut ended) = (0, None::<Instant>);
    loop {
        let is_last = is_written.load(Ordering::Acquire);
        let events = source.read(BATCH, usize::MAX).unwrap().len();
        seen += events;
        if is_last && events == 0 {
            let is_late = ended.get_or_insert_with(Instant::now).elapsed() > LIMIT;
            if is_late || source.backlog().unwrap().gaps == 0 {
                return seen;
            }
        }
    }
}
