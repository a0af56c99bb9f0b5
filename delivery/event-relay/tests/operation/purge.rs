//! `purge`.

use crate::shop::{NO_ID, Shop};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Events 1 to 4 are of 40 days ago, 3 is kept for 90 days; 5 and 6 are new.
fn shop() -> Shop {
    let shop = Shop::new();
    shop.order("o-1", 40);
    shop.order("o-2", 40);
    shop.pay("o-1", 40);
    shop.order("o-3", 40);
    shop.order("o-4", 10);
    shop.order("o-5", 0);
    shop
}

#[test]
fn what_is_old_and_delivered_is_deleted() {
    let shop = shop();
    shop.cursor("billing", 6, 0);
    assert_eq!(shop.run("purge --keep 30d --yes").ok(), "purged 3 events\n");
    assert_eq!(shop.seqs(), "3 5 6");
    assert_eq!(shop.run("purge --keep 5d --yes").ok(), "purged 1 event\n");
    assert_eq!(shop.seqs(), "3 6");
    assert_eq!(shop.run("purge --keep 30d").ok(), "nothing to purge\n");
}

#[test]
fn without_keep_it_says_what_has_no_retention() {
    let shop = shop();
    shop.cursor("billing", 6, 0);
    let kept = "nothing to purge; keeps 5 events without a retention: `--keep` gives them one\n";
    assert_eq!(shop.run("purge --yes --dry-run").ok(), kept);
}

#[test]
fn a_declared_retention_ends_too() {
    let shop = Shop::new();
    shop.pay("o-1", 91);
    shop.pay("o-2", 89);
    shop.cursor("billing", 2, 0);
    assert_eq!(shop.run("purge --keep 900d --yes").ok(), "purged 1 event\n");
    assert_eq!(shop.seqs(), "2");
}

#[test]
fn the_slowest_target_holds() {
    let shop = shop();
    shop.cursor("billing", 6, 0);
    shop.cursor("search", 1, 0);
    let out = shop.run("purge --keep 30d --yes").ok();
    assert_eq!(out, "purged 1 event; `search` holds the events behind 1, 2 of them old\n");
    assert_eq!(shop.seqs(), "2 3 4 5 6");
    let out =
        shop.run("purge --keep 30d --configured billing --configured search --configured new").ok();
    assert_eq!(out, "nothing to purge; `new` holds the events behind 0, 2 of them old\n");
}

#[test]
fn a_target_that_is_gone_does_not_hold() {
    let shop = shop();
    shop.cursor("billing", 6, 0);
    shop.cursor("removed", 1, 0);
    shop.cursor("stopped", 2, 8);
    // It does not lag, so it is not abandoned, however long ago it was written.
    shop.cursor("quiet", 6, 99);
    let words =
        "purge --keep 30d --configured billing --configured stopped --configured quiet --yes";
    let out = shop.run(words).ok();
    let text = "`removed` holds no events: it is not in the configuration\n\
                `stopped` holds no events: it lags, and no relay has run for it for longer than \
                `--abandoned-after`\npurged 3 events\n";
    assert_eq!(out, text);
    assert_eq!(shop.seqs(), "3 5 6");
    let audited = shop.query("SELECT envelope FROM outbox_audit");
    assert!(audited.contains(r#""abandoned_targets":["removed","stopped"]"#), "{audited}");
}

#[test]
fn a_target_is_abandoned_only_after_its_time() {
    let shop = shop();
    shop.cursor("billing", 6, 0);
    shop.cursor("stopped", 2, 8);
    let out = shop.run("purge --keep 30d --yes --abandoned-after 9d").ok();
    assert_eq!(out, "purged 2 events; `stopped` holds the events behind 2, 1 of them old\n");
}

#[test]
fn what_any_target_has_parked_is_kept() {
    let shop = shop();
    shop.cursor("billing", 6, 0);
    shop.park("billing", 2, "dead");
    shop.park("removed", 4, "retry");
    let kept = "purged 1 event; keeps 2 old events, because parked events are kept\n";
    assert_eq!(shop.run("purge --keep 30d --yes").ok(), kept);
    assert_eq!(shop.seqs(), "2 3 4 5 6");
}

#[test]
fn without_a_live_target_it_refuses() {
    let shop = shop();
    let ran = shop.run("purge --keep 30d --yes");
    let text = "error: no relay has run with this database, so nothing says which events are \
                delivered\nhelp: start the relay first; to purge an outbox that is only a store by \
                age alone, add `--no-targets`\n";
    assert_eq!((ran.code, ran.err.as_str()), (101, text));
    shop.cursor("billing", 1, 30);
    let ran = shop.run("purge --keep 30d --yes");
    let text = "error: every target is abandoned or not configured: `billing`\nhelp: start the \
                relay; `--no-targets` purges by age alone, whatever was delivered\n";
    assert_eq!((ran.code, ran.err.as_str()), (101, text));
    assert_eq!(shop.seqs(), "1 2 3 4 5 6");
    assert_eq!(shop.run("purge --keep 30d --no-targets --yes").ok(), "purged 3 events\n");
}

#[test]
fn the_inbox_is_purged_when_asked() {
    let shop = shop();
    shop.cursor("billing", 0, 0);
    let id = |letter: &str| NO_ID.replacen('0', letter, 1);
    for (letter, days) in [("a", 40), ("b", 31), ("c", 29)] {
        let sql = "INSERT INTO inbox_seen VALUES ('invoices', 'shop', ?1, ?2)";
        shop.execute(sql, &[&id(letter), &crate::shop::ago(days).to_string()]);
    }
    shop.run("purge --keep 30d --yes").ok();
    assert_eq!(shop.query("SELECT count(*) FROM inbox_seen"), "3");
    let out = shop.run("purge --keep 30d --inbox 30d --dry-run").ok();
    let text = "dry run: deletes 0 events and 2 messages of the inbox; `billing` holds the events \
                behind 0, 3 of them old\n";
    assert_eq!(out, text);
    let out = shop.run("purge --keep 30d --inbox 30d --batch 1 --yes").ok();
    let text = "purged 0 events and 2 messages of the inbox; `billing` holds the events behind 0, \
                3 of them old\n";
    assert_eq!(out, text);
    assert_eq!(shop.query("SELECT event_id FROM inbox_seen"), id("c"));
}

/// A producer that waits for the write lock at most as long as `busy_timeout` gets it.
#[test]
fn producers_are_not_held_up() {
    let shop = Shop::new();
    shop.connection()
        .execute_batch(
            "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 60000)
            INSERT INTO domain_events (event_id, event_type, event_version, occurred_at,
                recorded_at, envelope)
            SELECT 'x', 'a.b', 1, '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z',
                printf('%.900c', 'x') FROM n;",
        )
        .unwrap();
    shop.cursor("billing", 60_000, 0);
    let mut command = shop.command();
    command
        .args(["purge", "--keep", "30d", "--yes", "--batch=500", "--database"])
        .arg(&shop.database);
    let mut purge = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let connection = shop.connection();
    connection.busy_timeout(Duration::from_secs(5)).unwrap();
    let (mut longest, mut written) = (Duration::ZERO, 0);
    while purge.try_wait().unwrap().is_none() {
        let begin = Instant::now();
        connection.execute("INSERT INTO inbox_seen VALUES ('c', 's', ?1, 't')", [written]).unwrap();
        longest = longest.max(begin.elapsed());
        written += 1;
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(shop.query("SELECT count(*) FROM domain_events"), "0");
    assert!(longest < Duration::from_secs(3), "a producer has waited {longest:?}");
    assert!(written > 20, "{written} rows were written meanwhile");
}
