//! What a relay needs to write 100,000 waiting events to a file, beside the loop that a person
//! would write: read 500, write them, `fdatasync`, move the cursor.

use crate::fill::fill;
use event_benches::{Table, Target};
use event_outbox_rusqlite::Error;
use event_relay::targets::Workers;
use event_relay::targets::file::{FileTarget, FileTargetOptions};
use event_relay::{Relay, TargetOptions};
use rusqlite::Connection;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const EVENTS: usize = 100_000;
const BATCH: i64 = 500;
const ORDERS: usize = 200;

pub(crate) fn measure(turns: usize) -> Result<(), Error> {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("drain");
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    let database = directory.join("shop.db");
    fill(&database, EVENTS, ORDERS)?;
    let (mut raw, mut relayed) = (Vec::new(), Vec::new());
    for turn in 0..turns {
        let file = |who: &str| directory.join(format!("{who}-{turn}.ndjson"));
        let start = Instant::now();
        by_hand(&database, &file("raw"))?;
        raw.push(start.elapsed());
        relayed.push(by_relay(&database, &file("relay"), turn));
        let length = |who: &str| fs::metadata(file(who)).unwrap().len();
        assert_eq!(length("raw"), length("relay"), "both write all events");
        fs::remove_file(file("raw")).unwrap();
        fs::remove_file(file("relay")).unwrap();
    }
    let (raw, relayed) = (best(&raw), best(&relayed));
    let mut table = Table::new(&["way", "events/s", "of by hand", "target"]);
    let rate = |best: Duration| 1e5 / best.as_secs_f64();
    let ratio = rate(relayed) / rate(raw);
    table.row(["by hand", &format!("{:.0}", rate(raw)), "1.000", ""]);
    let verdict = Target::AtLeast(0.6).verdict(ratio);
    table.row([
        "`Relay` to a file",
        &format!("{:.0}", rate(relayed)),
        &format!("{ratio:.3}"),
        &verdict,
    ]);
    println!("## drain of {EVENTS} events to a file\nthe best of {turns} turns\n\n{table}");
    fs::remove_dir_all(&directory).unwrap();
    Ok(())
}

fn best(turns: &[Duration]) -> Duration {
    turns.iter().min().copied().unwrap_or_default()
}

/// Without judging, order of entities, parked events, or a file that is found torn.
fn by_hand(database: &Path, file: &PathBuf) -> Result<(), Error> {
    let connection = Connection::open(database)?;
    connection.execute_batch(
        "PRAGMA synchronous = NORMAL;
        CREATE TABLE IF NOT EXISTS raw_cursor (seq INTEGER); DELETE FROM raw_cursor;
        INSERT INTO raw_cursor VALUES (0)",
    )?;
    let mut file = File::create(file).unwrap();
    let mut head = 0_i64;
    loop {
        let sql = "SELECT seq, envelope FROM domain_events WHERE seq > ?1 ORDER BY seq LIMIT ?2";
        let mut select = connection.prepare_cached(sql)?;
        let mut rows = select.query([head, BATCH])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            head = row.get(0)?;
            lines.extend_from_slice(row.get_ref(1)?.as_str().unwrap().as_bytes());
            lines.push(b'\n');
        }
        if lines.is_empty() {
            return Ok(());
        }
        file.write_all(&lines).unwrap();
        file.sync_data().unwrap();
        connection.prepare_cached("UPDATE raw_cursor SET seq = ?1")?.execute([head])?;
    }
}

fn by_relay(database: &Path, file: &Path, turn: usize) -> Duration {
    let start = Instant::now();
    let target = FileTarget::open(FileTargetOptions::new(file)).unwrap();
    // A new name has a new cursor.
    let name = format!("drain-{turn}");
    let workers = Workers::start(&name, target).unwrap();
    let relay =
        Relay::builder(database).target(name, workers, TargetOptions::default()).start().unwrap();
    let ended = relay.drain_within(Duration::from_secs(120));
    let took = start.elapsed();
    assert_eq!(ended.published, EVENTS as u64);
    took
}
