//! `rewind`.

use crate::status::busy;

const CURSOR: &str = "SELECT low_seq, fence, published FROM outbox_cursor WHERE target = 'billing'";

#[test]
fn back() {
    let shop = busy();
    let out = shop.run("rewind --target billing --to-seq 2 --yes").ok();
    let text = "moved the cursor of `billing` from 4 to 2; sends 2 events again, 2 of them parked \
                now\n";
    assert_eq!(out, text);
    assert_eq!(shop.query(CURSOR), "2|1|4");
    let parked = "billing|1|dead|4|the target answered 422\n\
                  billing|2|contract|4|the target answered 422";
    assert_eq!(shop.parked(), parked);
    let others = "SELECT target, low_seq, fence FROM outbox_cursor WHERE target <> 'billing'
        ORDER BY target";
    assert_eq!(shop.query(others), "old|1|0\nsearch|6|0");
}

#[test]
fn forward_skips() {
    let shop = busy();
    let out = shop.run("rewind --target billing --to-seq 6 --dry-run").ok();
    let text = "dry run: moves the cursor of `billing` from 4 to 6; SKIPS 2 events: they are never \
                sent\n";
    assert_eq!(out, text);
    shop.run("rewind --target billing --to-seq 6 --yes").ok();
    assert_eq!(shop.query(CURSOR), "6|1|4");
    assert_eq!(shop.parked().lines().count(), 4, "what was parked before is still parked");
}

#[test]
fn a_place_that_does_not_exist_yet_is_refused() {
    let shop = busy();
    let ran = shop.run("rewind --target billing --to-seq 7 --yes");
    let text = "error: 7 is behind the newest event, 6: events that do not exist yet would not be \
                sent\nhelp: give a place up to 6\n";
    assert_eq!((ran.code, ran.err.as_str()), (101, text));
    assert_eq!(shop.run("rewind --target billing --to-seq -1 --yes").code, 2);
    assert_eq!(shop.run("rewind --target bling --to-seq 1 --yes").code, 101);
}

#[test]
fn to_purged_events() {
    let shop = busy();
    shop.execute("DELETE FROM domain_events WHERE seq <= 2", &[]);
    let out = shop.run("rewind --target billing --to-seq 0 --dry-run").ok();
    let text = "dry run: moves the cursor of `billing` from 4 to 0; sends 2 events again, 4 of \
                them parked now; events up to 2 are purged, and are not sent\n";
    assert_eq!(out, text);
}

#[test]
fn a_target_that_is_not_started_can_begin_later() {
    let shop = busy();
    let out = shop.run("rewind --target new --configured new --to-seq 6 --yes").ok();
    let text = "moved the cursor of `new` to 6; SKIPS 6 events: they are never sent\n";
    assert_eq!(out, text);
    assert_eq!(shop.query("SELECT low_seq FROM outbox_cursor WHERE target = 'new'"), "6");
}

#[test]
fn to_its_own_place_changes_nothing() {
    let shop = busy();
    let before = shop.dump();
    let out = shop.run("rewind --target billing --to-seq 4 --yes").ok();
    assert_eq!(out, "the cursor of `billing` is at 4; nothing was changed\n");
    assert_eq!(shop.dump(), before);
}

#[test]
fn a_cursor_ahead_of_the_events_comes_back() {
    let shop = busy();
    shop.execute("UPDATE outbox_cursor SET low_seq = 900 WHERE target = 'billing'", &[]);
    shop.run("rewind --target billing --to-seq 6 --yes").ok();
    assert_eq!(shop.query(CURSOR), "6|1|4");
}
