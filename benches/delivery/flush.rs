//! A transaction with events: by the outbox, by hand, and the change alone.

use crate::by_hand;
use crate::event::{context, paid};
use event_benches::{Table, Target};
use event_core::{Emit, Emitter};
use event_outbox_rusqlite::{Error, Outbox, migrate};
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How SQLite writes: the name in the table, and the settings.
const MODES: [(&str, &str); 2] = [
    (
        "journal in memory, synchronous = OFF",
        "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF",
    ),
    ("WAL, synchronous = NORMAL", "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"),
];
/// Events of a transaction, and transactions of a turn.
const SIZES: [(u32, u32); 2] = [(1, 100), (100, 3)];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    ChangeAlone,
    ByHand,
    Outbox,
}

/// One way to write, with its database.
struct Contender {
    way: Way,
    connection: Connection,
    /// Seconds of each turn.
    turns: Vec<f64>,
}

pub(crate) fn measure(turns: usize) -> Result<(), Error> {
    let directory = Directory::new();
    let _bound = context().enter();
    let emitter = Emitter::builder().service("shop").environment("bench").build();
    for (mode, settings) in MODES {
        let mut table =
            Table::new(&["events a transaction", "way", "transactions/s", "of by hand", "target"]);
        for (events, transactions) in SIZES {
            let mut contenders = [Way::ChangeAlone, Way::ByHand, Way::Outbox]
                .map(|way| Contender::new(way, &directory.0, settings));
            let orders: Vec<i64> = (0..events).map(|order| 1_000_000 + i64::from(order)).collect();
            for turn in 0..turns {
                // Not always the same one first.
                for place in 0..contenders.len() {
                    let contender = &mut contenders[(turn + place) % 3];
                    contender.turn(&emitter, &orders, transactions)?;
                }
            }
            same_rows(&contenders)?;
            add_rows(&mut table, &contenders, events, transactions);
        }
        println!("## {mode}\nthe best tenth of {turns} turns\n\n{table}");
    }
    Ok(())
}

fn add_rows(table: &mut Table, contenders: &[Contender], events: u32, transactions: u32) {
    let rate = |contender: &Contender| f64::from(transactions) / contender.best_tenth();
    let by_hand =
        contenders.iter().find(|contender| contender.way == Way::ByHand).map_or(0.0, rate);
    for contender in contenders {
        let (way, target) = match contender.way {
            Way::ChangeAlone => ("the change alone", None),
            Way::ByHand => ("by hand", None),
            Way::Outbox => ("`Outbox::transaction`", Some(Target::AtLeast(0.95))),
        };
        let ratio = rate(contender) / by_hand;
        table.row([
            events.to_string(),
            way.to_owned(),
            format!("{:.0}", rate(contender)),
            format!("{ratio:.3}"),
            target.map_or_else(String::new, |target| target.verdict(ratio)),
        ]);
    }
}

impl Contender {
    fn new(way: Way, directory: &Path, settings: &str) -> Self {
        let path = directory.join(format!("{way:?}.db"));
        for rest in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{rest}", path.display()));
        }
        let mut connection = Connection::open(path).unwrap();
        connection.execute_batch(settings).unwrap();
        migrate(&mut connection).unwrap();
        connection
            .execute_batch(
                "CREATE TABLE orders (id INTEGER PRIMARY KEY, order_id INTEGER, paid INTEGER)",
            )
            .unwrap();
        Self { way, connection, turns: Vec::new() }
    }

    fn turn(&mut self, emitter: &Emitter, orders: &[i64], transactions: u32) -> Result<(), Error> {
        // The tables do not grow from turn to turn. The last turn's rows stay, to be compared.
        self.connection.execute_batch("DELETE FROM orders; DELETE FROM domain_events")?;
        let outbox = Outbox::new(emitter.clone());
        let start = Instant::now();
        for _ in 0..transactions {
            match self.way {
                Way::ChangeAlone => {
                    let tx = self
                        .connection
                        .transaction_with_behavior(TransactionBehavior::Immediate)?;
                    orders.iter().try_for_each(|order_id| change(&tx, *order_id))?;
                    tx.commit()?;
                }
                Way::ByHand => {
                    by_hand::transaction(emitter, &mut self.connection, orders, change)?;
                }
                Way::Outbox => outbox.transaction(&mut self.connection, |tx, events| {
                    for order_id in orders {
                        change(tx, *order_id)?;
                        paid(*order_id).emit_to(events);
                    }
                    Ok::<_, Error>(())
                })?,
            }
        }
        self.turns.push(start.elapsed().as_secs_f64());
        Ok(())
    }

    /// Seconds of a turn: the mean of the fastest tenth.
    fn best_tenth(&self) -> f64 {
        let mut turns = self.turns.clone();
        turns.sort_by(f64::total_cmp);
        let best = &turns[..turns.len().div_ceil(10)];
        best.iter().sum::<f64>() / f64::from(u32::try_from(best.len()).unwrap())
    }
}

fn change(tx: &Connection, order_id: i64) -> rusqlite::Result<()> {
    let mut insert = tx.prepare_cached("INSERT INTO orders (order_id, paid) VALUES (?1, 1)")?;
    insert.execute([order_id]).map(|_| ())
}

/// Both have written the same, but for the ids and the times.
fn same_rows(contenders: &[Contender]) -> Result<(), Error> {
    let digest = |contender: &Contender| -> Result<(i64, String, i64), Error> {
        let sql = "SELECT count(*), max(concat_ws('|', length(event_id), event_type, event_version,
                       entity_type, entity_id, entity_version, length(occurred_at),
                       length(recorded_at), trace_id, span_id, correlation_id, deduplication_key,
                       unixepoch(retain_until) - unixepoch(recorded_at),
                       envelope -> '$.payload')), sum(length(json_remove(envelope, '$.sequence'))) FROM domain_events";
        Ok(contender
            .connection
            .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
    };
    let (by_hand, outbox) = (digest(&contenders[1])?, digest(&contenders[2])?);
    assert_eq!(by_hand, outbox, "the contenders write different rows");
    Ok(())
}

/// A directory in memory, if the system has one, so that the disk is not what is measured.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
        let path = parent.join(format!("event-delivery-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
