//! A service that changes orders and emits an event for each change, until it is killed or enough
//! is committed. When it is started again, it goes on.

use clap::Parser;
use delivery_faults::shop::{Habits, NotCommitted, Refused, Shop};
use delivery_faults::store::Store;
use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

/// Changes orders and emits an event for each change
#[derive(Debug, Parser)]
struct Args {
    /// The database: a file, or `postgres://..`
    #[arg(long)]
    database: String,
    /// It ends when this many events are committed, by whichever producer
    #[arg(long)]
    events: u64,
    /// Events in a second, about; 0: as many as it can
    #[arg(long, default_value_t = 0)]
    rate: u64,
    #[arg(long, default_value_t = 50)]
    orders: u64,
    /// Rolled back, of 100 transactions
    #[arg(long, default_value_t = 20)]
    rolled_back: u64,
    /// After a savepoint that is rolled back, of 100 changes
    #[arg(long, default_value_t = 10)]
    savepoints: u64,
    /// Transactions that insert the events of a new order, and nothing else
    #[arg(long)]
    insert_only: bool,
    /// One of so many transactions is held open
    #[arg(long, default_value_t = 0)]
    held_each: u64,
    /// For how many milliseconds
    #[arg(long, default_value_t = 0)]
    held: u64,
    /// `PRAGMA synchronous = FULL`
    #[arg(long)]
    full: bool,
    /// The clock of the events goes back by so many seconds with every 100th event
    #[arg(long, default_value_t = 0)]
    clock_back: i64,
    /// The bytes of the note of the third version of the first order; 0: as all others
    #[arg(long, default_value_t = 0)]
    large: usize,
    #[arg(long)]
    seed: u64,
}

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    delivery_faults::process::end_with_parent();
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "producer: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<(), Refused> {
    let habits = Habits {
        orders: args.orders,
        rolled_back: args.rolled_back,
        savepoints: args.savepoints,
        insert_only: args.insert_only,
        held_each: args.held_each,
        held: Duration::from_millis(args.held),
        synchronous: if args.full { "FULL" } else { "NORMAL" },
        clock_back: args.clock_back,
        large: args.large,
    };
    let mut shop = Shop::open(&Store::of(&args.database), habits, args.seed)?;
    let (start, mut committed, mut transactions) = (Instant::now(), 0, 0_u64);
    // To count the events of orders that are not counted takes long.
    let each = if args.insert_only { 200 } else { 20 };
    loop {
        let step = match transactions.is_multiple_of(each).then(|| shop.changes()) {
            Some(Ok(changes)) if changes >= args.events => return Ok(()),
            Some(Err(refused)) => Err(refused.into()),
            _ => shop.change(),
        };
        match step {
            Ok(changes) => committed += changes,
            Err(NotCommitted::OnPurpose) => {}
            Err(NotCommitted::Refused(refused)) => {
                // A full disk, a server that is gone, or another process that holds the database:
                // it may pass.
                let _ = writeln!(io::stderr(), "producer: {refused}");
                thread::sleep(Duration::from_millis(20));
                continue;
            }
        }
        transactions += 1;
        if let Some(micros) = (committed * 1_000_000).checked_div(args.rate) {
            let due = start + Duration::from_micros(micros);
            thread::sleep(due.saturating_duration_since(Instant::now()));
        }
    }
}
