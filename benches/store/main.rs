//! What answers cost over a million events, beside the SQL that a person writes for the same
//! questions with the columns of the outbox, and beside the SQL of articles: by keys in the
//! envelope, in the order of the writers' clocks, and joined by rows.
//!
//! `cargo bench -p event-benches --bench store [-- --quick]`: SQLite. With `--features postgres` also
//! PostgreSQL, on a server of `test-servers`. The contenders take turns; each is judged by its best.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints")]
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench is read, not called")]

mod by_hand;
mod events;
mod fill;
mod measure;
#[cfg(feature = "postgres")]
mod postgres;
mod sqlite;

use event_core::Timestamp;
use event_store::{StoredEntity, duplicates, funnel, holes, state_at, stuck, timeline};
use events::{CATALOG, OrderPaymentCompleted, OrderPaymentStarted, OrderShipCompleted, ShopEvent};
use measure::{Database, Table, index_cost};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let events = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => 1_000_000,
        ["--quick"] => 50_000,
        _ => {
            eprintln!("the argument is `--quick`");
            return ExitCode::FAILURE;
        }
    };
    let directory = tempdir();
    measure(sqlite::Sqlite::at(&directory.join("store.db")), events);
    std::fs::remove_dir_all(directory).unwrap();
    #[cfg(feature = "postgres")]
    if let Some(database) = postgres::Postgres::start() {
        measure(database, events);
    }
    ExitCode::SUCCESS
}

/// Fills an empty store, and measures it.
fn measure<D: Database>(mut database: D, events: u32) {
    println!("## {}: {events} events of {} orders\n", D::NAME, events / fill::EVENTS_OF_AN_ORDER);
    database.fill(1, events);
    database.settle();
    let order = || StoredEntity::new("order", fill::entity_id(7));
    let mut table = Table::new(&database);
    let entity = timeline(order(), ShopEvent::decode);
    table.row("timeline", &entity, Some(1), Some(&by_hand::TIMELINE));
    table.row("state", &state_at(&CATALOG, order(), Timestamp::now()), Some(2), None);
    let twice = duplicates::<OrderPaymentCompleted>();
    table.row("duplicates", &twice, Some(2_000), Some(&by_hand::DUPLICATES));
    let steps = funnel::<(OrderPaymentStarted, OrderPaymentCompleted, OrderShipCompleted)>();
    table.row("funnel", &steps, Some(2_000), Some(&by_hand::FUNNEL));
    let week = std::time::Duration::from_secs(7 * 24 * 3_600);
    table.row("funnel within a week", &steps.within(week), None, None);
    table.row("stuck", &stuck::<OrderPaymentStarted>(&CATALOG), None, None);
    table.row("holes", &holes(), None, None);
    table.print();
    index_cost(&mut database, events, events / 20);
}

fn tempdir() -> std::path::PathBuf {
    let directory = std::env::temp_dir().join(format!("event-store-bench-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    directory
}
