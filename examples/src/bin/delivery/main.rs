//! Orders are placed and paid for in transactions, and their events are written in the same
//! transactions. A relay in the process publishes them as lines of a file. One order is charged
//! twice, and one is rolled back.
//!
//! It needs no server: the database is a file of SQLite, made anew in `target/delivery`.

#![allow(clippy::print_stdout, reason = "an example prints")]

mod shop;
mod story;

use event_core::Emitter;
use event_outbox_rusqlite::Outbox;
use event_relay::contract::LockedContract;
use event_relay::targets::Workers;
use event_relay::targets::file::{FileTarget, FileTargetOptions};
use event_relay::{Ended, Relay, Retired, TargetOptions};
use shop::{Problem, Shop};
use std::path::Path;
use std::time::Duration;
use std::{error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let directory = Path::new("target/delivery");
    if directory.exists() {
        fs::remove_dir_all(directory)?;
    }
    fs::create_dir_all(directory)?;
    let (database, archive) = (directory.join("shop.db"), directory.join("events.ndjson"));

    let outbox = Outbox::new(Emitter::builder().service("shop").environment("example").build());
    let mut shop = Shop::open(&database, outbox)?;
    let relay = relay(&database, &archive)?;
    shop.wakes(relay.waker());
    sell(&mut shop)?;
    // After the last transaction: delivers what is committed.
    let ended = relay.drain_within(Duration::from_secs(10));
    tell(&shop, &ended, &archive)
}

/// A relay that sends only what the catalog's lock allows.
fn relay(database: &Path, archive: &Path) -> Result<Relay, Box<dyn Error>> {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/events/events.lock");
    let file = FileTarget::open(FileTargetOptions::new(archive))?;
    let relay = Relay::builder(database)
        .contract(LockedContract::open(&lock)?, Retired::Send)
        .target("archive", Workers::start("archive", file)?, TargetOptions::default())
        .start()?;
    Ok(relay)
}

/// A day in the shop.
fn sell(shop: &mut Shop) -> Result<(), Problem> {
    shop.place("ord_9f2c8a", "lamp", 4_999)?;
    shop.place("ord_77b1e0", "lamp", 4_999)?;
    if let Err(problem) = shop.place("ord_c0ffee", "chair", 12_900) {
        println!("ord_c0ffee is rolled back: {problem}");
    }

    let page = shop.look("ord_77b1e0")?;
    shop.pay("ord_77b1e0", &page, "key-1")?;
    // The customer clicks twice. Both clicks are of the same page.
    let page = shop.look("ord_9f2c8a")?;
    shop.pay("ord_9f2c8a", &page, "key-2")?;
    shop.pay("ord_9f2c8a", &page, "key-3")?;

    shop.fulfil("ord_77b1e0")?;
    shop.fulfil("ord_9f2c8a")
}

fn tell(shop: &Shop, ended: &Ended, archive: &Path) -> Result<(), Box<dyn Error>> {
    let lines = fs::read_to_string(archive)?;
    println!(
        "{} orders and {} events are committed; the relay delivered {} of them to {}\n",
        shop.count("orders")?,
        shop.count("domain_events")?,
        ended.published,
        archive.display(),
    );
    for order in ["ord_77b1e0", "ord_9f2c8a", "ord_c0ffee"] {
        let story = story::of(order, &lines);
        println!("{order}\n{}", if story.is_empty() { "  no event\n" } else { &story });
    }
    Ok(())
}
