//! Times queries, and prints a table.

use event_store::{Query, sqlite};
use rusqlite::Connection;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// A quick query has so many turns; a slow one as many as fit into [`LONG`].
const TURNS: usize = 200;
const LONG: Duration = Duration::from_secs(5);

pub(crate) struct Table<'c> {
    connection: &'c Connection,
}

impl<'c> Table<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Self {
        println!("{:<22}{:>10}{:>14}{:>14}{:>10}", "query", "rows", "ours", "by hand", "ratio");
        Self { connection }
    }

    pub(crate) fn row<Q: Query>(&mut self, name: &str, query: &Q, by_hand: Option<&str>) {
        let (ours, rows) = best(|| {
            let mut rows = 0_u64;
            let read = sqlite::each(self.connection, query, |_| {
                rows += 1;
                ControlFlow::Continue(())
            });
            read.unwrap();
            rows
        });
        let by_hand = by_hand.map(|sql| best(|| self.read(sql)).0);
        let shown = by_hand.map_or("–".to_owned(), shown);
        let ratio = by_hand.map_or("–".to_owned(), |by_hand| {
            format!("{:.1}", by_hand.as_secs_f64() / ours.as_secs_f64())
        });
        println!("{name:<22}{rows:>10}{:>14}{shown:>14}{ratio:>10}", self::shown(ours));
    }

    fn read(&self, sql: &str) -> u64 {
        let mut statement = self.connection.prepare_cached(sql).unwrap();
        let mut rows = statement.query([]).unwrap();
        let mut read = 0;
        while let Some(row) = rows.next().unwrap() {
            std::hint::black_box(row.get_ref(0).unwrap());
            read += 1;
        }
        read
    }
}

/// The shortest of some turns, and what the last one returned.
fn best(mut turn: impl FnMut() -> u64) -> (Duration, u64) {
    let (mut best, mut rows) = (Duration::MAX, 0);
    let start = Instant::now();
    for _ in 0..TURNS {
        let turn_start = Instant::now();
        rows = turn();
        best = best.min(turn_start.elapsed());
        if start.elapsed() > LONG {
            break;
        }
    }
    (best, rows)
}

fn shown(time: Duration) -> String {
    if time < Duration::from_millis(10) {
        format!("{:.3} ms", time.as_secs_f64() * 1e3)
    } else {
        format!("{:.0} ms", time.as_secs_f64() * 1e3)
    }
}
