//! How fast a relay reads events from PostgreSQL that wait for it.

use crate::database::{client, fill, made, runtime, server, source};
use crate::naive::NaiveCursor;
use crate::report::{Report, medians, number};
use event_benches::Target;
use event_relay::database::DatabaseLocation;
use event_relay::source::EventSource;
use std::time::{Duration, Instant};

const TURNS: usize = 11;
const EVENTS: usize = 100_000;
/// As a relay asks for them.
const BATCH: usize = 1_000;

#[derive(Clone, Copy)]
enum Way {
    Naive,
    Relay,
}

pub(crate) fn measure() {
    let Some(server) = server("off") else { return };
    let url = made(&server, "read");
    fill(&url, EVENTS, 1_000);
    // So that the first reader does not pay for all others.
    server.sql(&url, "VACUUM ANALYZE domain_events");
    let location = DatabaseLocation::postgres(&url).unwrap();
    let mut turn = 0;
    let seconds = medians(TURNS, [Way::Naive, Way::Relay], |way| {
        turn += 1;
        match way {
            Way::Naive => by_naive_cursor(&url),
            Way::Relay => by_relay(&location, &format!("read-{turn}")),
        }
    });
    let [peer, ours] = seconds.map(|seconds| number(EVENTS) / seconds);
    let mut report = Report::new("events");
    report.row(&format!("{BATCH} a read"), ours, peer, Target::AtLeast(0.6));
    let about = "peer: `WHERE seq > last ORDER BY seq LIMIT n` with tokio-postgres, prepared; both \
                 only read";
    report.print("a relay reads 100,000 waiting events of PostgreSQL", about);
}

fn by_naive_cursor(url: &str) -> Duration {
    runtime().block_on(async {
        let mut cursor = NaiveCursor::new(client(url).await).await;
        let (start, mut seen) = (Instant::now(), 0);
        while seen < EVENTS {
            seen += cursor.read(i64::try_from(BATCH).unwrap()).await.len();
        }
        start.elapsed()
    })
}

fn by_relay(location: &DatabaseLocation, target: &str) -> Duration {
    let mut source = source(location, target);
    let (start, mut seen) = (Instant::now(), 0);
    while seen < EVENTS {
        seen += source.read(BATCH, usize::MAX).unwrap().len();
    }
    start.elapsed()
}
