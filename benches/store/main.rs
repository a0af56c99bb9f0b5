//! What answers cost over a million events, beside the SQL that is written by hand for the same
//! questions: by keys in the envelope, in the order of the writers' clocks, and joined by rows.
//!
//! `cargo bench -p event-benches --bench store [-- --quick]`. The contenders take turns; each is
//! judged by its best.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints")]
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench is read, not called")]

mod by_hand;
mod events;
mod fill;
mod measure;

use event_core::Timestamp;
use event_store::{StoredEntity, duplicates, funnel, holes, state_at, stuck, timeline};
use events::{CATALOG, OrderPaymentCompleted, OrderPaymentStarted, OrderShipCompleted, ShopEvent};
use measure::Table;
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
    let connection = fill::database(&directory.join("store.db"), events);
    let order = || StoredEntity::new("order", fill::entity_id(7));
    let mut table = Table::new(&connection);
    println!("{events} events of {} orders, SQLite\n", events / fill::EVENTS_OF_AN_ORDER);
    table.row("timeline", &timeline(order(), ShopEvent::decode), Some(by_hand::TIMELINE));
    table.row("state", &state_at(&CATALOG, order(), Timestamp::now()), None);
    table.row("duplicates", &duplicates::<OrderPaymentCompleted>(), Some(by_hand::DUPLICATES));
    let steps = funnel::<(OrderPaymentStarted, OrderPaymentCompleted, OrderShipCompleted)>();
    table.row("funnel", &steps, Some(by_hand::FUNNEL));
    let week = std::time::Duration::from_secs(7 * 24 * 3_600);
    table.row("funnel within a week", &steps.within(week), None);
    table.row("stuck", &stuck::<OrderPaymentStarted>(&CATALOG), None);
    table.row("holes", &holes(), None);
    drop(connection);
    std::fs::remove_dir_all(directory).unwrap();
    ExitCode::SUCCESS
}

fn tempdir() -> std::path::PathBuf {
    let directory = std::env::temp_dir().join(format!("event-store-bench-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    directory
}
