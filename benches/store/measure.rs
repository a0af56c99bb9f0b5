//! Times queries, and prints a table.

use crate::by_hand::ByHand;
use event_benches::Table as Rows;
use event_store::Query;
use std::time::{Duration, Instant};

/// A quick query has so many turns; a slow one as many as fit into [`LONG`].
const TURNS: usize = 200;
const LONG: Duration = Duration::from_secs(5);

/// A database with a store.
pub(crate) trait Database {
    const NAME: &'static str;

    /// Writes the events of two numbers and of those between.
    fn fill(&mut self, first: u32, last: u32);

    /// Brings to the disk what is written, and counts it for the planner.
    fn settle(&mut self);

    /// Runs statements.
    fn run(&mut self, sql: &str);

    /// Reads the answer of a query: how many rows it has.
    fn ask<Q: Query + Unpin>(&self, query: &Q) -> u64;

    /// Reads the rows of a statement.
    fn read(&self, sql: &str);
}

pub(crate) struct Table<'d, D> {
    database: &'d D,
    rows: Rows,
}

impl<'d, D: Database> Table<'d, D> {
    pub(crate) fn new(database: &'d D) -> Self {
        let columns = ["query", "rows", "ours", "target", "by hand", "ratio", "article", "ratio"];
        Self { database, rows: Rows::new(&columns) }
    }

    /// Adds a row. `target` is the longest time that the query may take, in milliseconds.
    pub(crate) fn row<Q: Query + Unpin>(
        &mut self,
        name: &str,
        query: &Q,
        target: Option<u64>,
        by_hand: Option<&ByHand>,
    ) {
        let (ours, rows) = best(|| self.database.ask(query));
        let target = target.map_or("–".to_owned(), |target| {
            let verdict = if ours <= Duration::from_millis(target) { "met" } else { "MISSED" };
            format!("{target} ms: {verdict}")
        });
        let mut cells = vec![name.to_owned(), rows.to_string(), shown(ours), target];
        for sql in [by_hand.map(|sql| sql.columns), by_hand.map(|sql| sql.article)] {
            let peer = sql.map(|sql| {
                best(|| {
                    self.database.read(sql);
                    0
                })
                .0
            });
            cells.push(peer.map_or("–".to_owned(), shown));
            // How many times as long the peer takes.
            cells.push(peer.map_or("–".to_owned(), |peer| {
                format!("{:.2}", peer.as_secs_f64() / ours.as_secs_f64())
            }));
        }
        self.rows.row(cells);
    }

    pub(crate) fn print(&self) {
        println!("{}", self.rows);
    }
}

/// What the index of the queries costs when events are written: prints the time of so many events
/// with it, and without it.
pub(crate) fn index_cost<D: Database>(database: &mut D, last: u32, events: u32) {
    let mut first = last + 1;
    let mut fill = |database: &mut _| {
        let mut shortest = Duration::MAX;
        for _ in 0..3 {
            let start = Instant::now();
            D::fill(database, first, first + events - 1);
            shortest = shortest.min(start.elapsed());
            first += events;
        }
        shortest
    };
    let with = fill(database);
    database.run("DROP INDEX domain_events_entity");
    let without = fill(database);
    println!(
        "{events} more events: {} with the index by entity, {} without it, ratio {:.2}\n",
        shown(with),
        shown(without),
        with.as_secs_f64() / without.as_secs_f64()
    );
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
