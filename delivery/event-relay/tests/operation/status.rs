//! `status`.

use crate::shop::Shop;
use event_core::Timestamp;
use std::time::Duration;

/// Six events; `billing` is behind and has parked events, `search` is done, `old` is abandoned.
pub fn busy() -> Shop {
    let shop = Shop::new();
    for (order, days) in [("o-1", 9), ("o-2", 9), ("o-1", 9), ("o-1", 8), ("o-3", 5), ("o-2", 5)] {
        shop.order(order, days);
    }
    shop.cursor("billing", 4, 3);
    shop.cursor("search", 6, 4);
    shop.cursor("old", 1, 8);
    let minute = Duration::from_secs(60);
    for (target, relay, until) in [
        ("billing", "shop-1", Timestamp::now().saturating_add(minute * 5 / 2)),
        ("old", "shop-2", Timestamp::now().saturating_sub(minute)),
    ] {
        let sql = "UPDATE outbox_cursor SET owner = ?2 || ' 0123456789abcdef', lease_until = ?3
            WHERE target = ?1";
        shop.execute(sql, &[&target, &relay, &until.to_string()]);
    }
    shop.park("billing", 1, "dead");
    shop.park("billing", 2, "contract");
    shop.park("billing", 3, "behind");
    shop.park("billing", 4, "behind");
    let parked_at = crate::shop::ago(7).to_string();
    shop.execute("UPDATE outbox_parked SET parked_at = ?1", &[&parked_at]);
    shop
}

#[test]
fn a_table() {
    let ran = busy().run("status --configured billing --configured search --configured new");
    assert_eq!((ran.code, ran.err.as_str()), (100, ""));
    assert_eq!(
        ran.out,
        "\
events 1 to 6; tables of version 2
target   cursor  lag  lag age  published  retry  contract  behind  dead  parked for  active   \
relay   lease
billing  4       2    5 d      4          0      1         2       1     7 d         3 d ago  \
shop-1  ends in 2 min
new      -       6    9 d      0          0      0         0       0     -           never    \
-       -                not started
old      1       5    9 d      1          0      0         0       0     -           8 d ago  \
shop-2  ended 1 min ago  not in the configuration
search   6       0    0 s      6          0      0         0       0     -           4 d ago  \
-       -
"
    );
}

#[test]
fn json() {
    let shop = busy();
    shop.execute("DELETE FROM outbox_cursor WHERE target <> 'search'", &[]);
    shop.execute("DELETE FROM outbox_parked", &[]);
    let ran = shop.run("status --format json").ok();
    let mut value: serde_json::Value = serde_json::from_str(&ran).unwrap();
    let active = value["targets"][0]["active_seconds"].take();
    assert!((345_630..345_700).contains(&active.as_u64().unwrap()), "{active}");
    let expected = serde_json::json!({
        "schema_version": 2,
        "oldest_seq": 1,
        "newest_seq": 6,
        "targets": [{
            "target": "search",
            "configured": true,
            "low_seq": 6,
            "lag_events": 0,
            "lag_seconds": 0,
            "published": 6,
            "parked": {"retry": 0, "contract": 0, "behind": 0, "dead": 0},
            "oldest_parked_seconds": null,
            "active_seconds": null,
            "relay": null,
            "lease_ends_in_seconds": null,
            "lease_ended_seconds": null,
            "ahead": false,
        }],
    });
    assert_eq!(value, expected);
}

#[test]
fn an_outbox_that_no_relay_has_read() {
    let shop = Shop::new();
    let text = "no events; tables of version 2\nno targets: no relay has run with this database\n";
    assert_eq!(shop.run("status").ok(), text);
    shop.order("o-1", 1);
    shop.execute("DELETE FROM domain_events", &[]);
    let text = shop.run("status").ok();
    assert!(text.starts_with("no events; all up to 1 are purged; tables"), "{text}");
}

#[test]
fn only_what_needs_a_person_is_a_finding() {
    let shop = Shop::new();
    shop.order("o-1", 1);
    shop.cursor("billing", 1, 0);
    for (state, code) in [("retry", 0), ("behind", 0), ("contract", 100), ("dead", 100)] {
        shop.execute("DELETE FROM outbox_parked", &[]);
        shop.park("billing", 1, state);
        assert_eq!(shop.run("status").code, code, "{state}");
    }
}

#[test]
fn a_cursor_ahead_of_the_events_is_a_finding() {
    let shop = Shop::new();
    shop.order("o-1", 1);
    shop.cursor("billing", 7, 0);
    let ran = shop.run("status");
    assert_eq!(ran.code, 100);
    assert!(ran.out.contains("the cursor is ahead of the newest event: `rewind` it"), "{ran:?}");
}

#[test]
fn a_large_lag_is_counted_without_gaps() {
    let shop = Shop::new();
    shop.fill(20_000);
    shop.execute("DELETE FROM domain_events WHERE seq % 2 = 0", &[]);
    shop.cursor("billing", 5, 0);
    let out = shop.run("lag").ok();
    assert!(out.starts_with("events=9997 "), "{out}");
}
