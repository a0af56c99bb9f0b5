//! `dead list`, `dead requeue` and `dead skip`.

use crate::shop::Shop;
use crate::status::busy;
use event_core::Timestamp;

#[test]
fn the_list() {
    let shop = busy();
    shop.execute("UPDATE outbox_parked SET parked_at = '2026-11-30T09:00:00.123456Z'", &[]);
    assert_eq!(
        shop.run("dead list").ok(),
        "\
target   seq  event            entity  state     attempts  since                 reason
billing  1    order.created@1  order   dead      4         2026-11-30T09:00:00Z  \
the target answered 422
billing  2    order.created@1  order   contract  4         2026-11-30T09:00:00Z  \
the target answered 422
"
    );
    assert_eq!(
        shop.run("dead list --state behind --limit 1 --show-ids").ok(),
        "\
target   seq  event            entity     state   attempts  since                 reason
billing  3    order.created@1  order/o-1  behind  4         2026-11-30T09:00:00Z  \
the target answered 422
and 1 more: raise `--limit` to see them
"
    );
    assert_eq!(shop.run("dead list --target old").ok(), "no parked events in these states\n");
    assert_eq!(shop.run("dead list --target olt").code, 101);
    assert_eq!(
        shop.run("dead list --state retry").ok(),
        "no parked events in these states; there are 2 `behind`, 1 `contract`, 1 `dead`: `--state \
         behind,contract,dead` shows them\n"
    );
    shop.execute("UPDATE outbox_parked SET reason = ?1", &[&"too large\nhelp: raise it"]);
    assert!(shop.run("dead list").ok().contains("  too large; help: raise it\n"));
}

#[test]
fn the_list_as_json() {
    let shop = busy();
    let json = |words: &str| -> serde_json::Value {
        serde_json::from_str(&shop.run(&format!("dead list --format json {words}")).ok()).unwrap()
    };
    let plain = json("--state dead");
    assert_eq!((&plain["total"], &plain["events"][0]["seq"]), (&1.into(), &1.into()));
    assert!(plain["events"][0].get("entity_id").is_none());
    assert_eq!(json("--state dead --show-ids")["events"][0]["entity_id"], "o-1");
    assert_eq!(json("--limit 0")["total"], 2);
}

#[test]
fn a_reason_cannot_begin_a_line_or_move_the_cursor_of_a_terminal() {
    let shop = busy();
    shop.execute("UPDATE outbox_parked SET reason = ?1", &[&"no\nbilling  9\u{1b}[2J"]);
    let out = shop.run("dead list").ok();
    assert_eq!(out.lines().count(), 3, "{out}");
    assert!(out.contains("no\\nbilling  9\\u{1b}[2J"), "{out}");
}

#[test]
fn requeue_sends_named_events_without_a_question() {
    let shop = busy();
    let out = shop.run("dead requeue --target billing --seq 1,2").ok();
    assert_eq!(out, "requeued 2 parked events of `billing`\n");
    let sql = format!(
        "SELECT seq, state, attempts, next_attempt_at <= '{}' FROM outbox_parked ORDER BY seq",
        Timestamp::now()
    );
    assert_eq!(shop.query(&sql), "1|retry|0|1\n2|retry|0|1\n3|behind|4|0\n4|behind|4|0");
}

#[test]
fn requeue_by_type_state_or_all_leaves_what_waits_behind() {
    for (words, requeued) in [
        ("--state contract", "2"),
        ("--type order.created", "1\n2"),
        ("--type order.completed", ""),
        ("--all --yes", "1\n2"),
    ] {
        let shop = busy();
        shop.run(&format!("dead requeue --target billing {words}")).ok();
        let sql = "SELECT seq FROM outbox_parked WHERE state = 'retry' ORDER BY seq";
        assert_eq!(shop.query(sql), requeued, "{words}");
    }
}

#[test]
fn requeue_refuses_what_would_break_the_order_or_is_not_parked() {
    let shop = busy();
    let before = shop.dump();
    let ran = shop.run("dead requeue --target billing --seq 1 4");
    let text = "error: 4 waits for 1, an earlier event of its entity; nothing was changed\n\
                help: requeue 1; 4 is sent after it\n";
    assert_eq!((ran.code, ran.err.as_str()), (101, text));
    let ran = shop.run("dead requeue --target billing --seq 1 6 99");
    let text = "error: 6, 99 are not parked by `billing`; nothing was changed\n\
                help: `event-relay dead list` shows what is\n";
    assert_eq!((ran.code, ran.err.as_str()), (101, text));
    for wrong in ["", "--seq 1 --all", "--state behind", "--seq"] {
        assert_eq!(shop.run(&format!("dead requeue --target billing {wrong}")).code, 2, "{wrong}");
    }
    assert_eq!(shop.dump(), before);
}

#[test]
fn skip_gives_up_and_releases() {
    let shop = busy();
    let out = shop.run("dead skip --target billing --seq 1 --yes").ok();
    assert_eq!(out, "skipped 1 event of `billing`; sends 2 events behind\n");
    assert_eq!(shop.query("SELECT seq FROM outbox_parked ORDER BY seq"), "2\n3\n4");
    assert_eq!(shop.seqs(), "1 2 3 4 5 6");
    // A relay that has event 1 in flight must not park it again.
    assert_eq!(shop.query("SELECT fence FROM outbox_cursor WHERE target = 'billing'"), "1");
    assert_eq!(shop.query("SELECT fence FROM outbox_cursor WHERE target = 'search'"), "0");
}

#[test]
fn what_the_cursor_has_not_passed_cannot_be_skipped() {
    let shop = busy();
    shop.execute("UPDATE outbox_cursor SET low_seq = 0 WHERE target = 'billing'", &[]);
    let before = shop.dump();
    let ran = shop.run("dead skip --target billing --seq 1 --yes");
    let text = "error: the cursor is at 0 and has not passed 1, which would be sent again; nothing \
                was changed\nhelp: run it again when `event-relay status` shows that the cursor has \
                passed 1\n";
    assert_eq!((ran.code, ran.err.as_str(), ran.out.as_str()), (101, text, ""));
    assert_eq!(shop.dump(), before);
}

#[test]
fn skip_counts_what_is_behind_no_other() {
    let shop = busy();
    let out = shop.run("dead skip --target billing --seq 3 --dry-run").ok();
    assert_eq!(out, "dry run: never sends 1 event to `billing`\n");
    let out = shop.run("dead skip --target billing --seq 1 3 3 --dry-run").ok();
    assert_eq!(out, "dry run: never sends 2 events to `billing`; sends 1 event behind\n");
}

#[test]
fn a_name_of_a_target_is_only_a_name() {
    let shop = Shop::new();
    shop.order("o-1", 1);
    let odd = "a'; DROP TABLE outbox_parked; -- \"%_\u{7f} é";
    shop.cursor(odd, 1, 0);
    shop.park(odd, 1, "dead");
    let run = |args: &[&str]| shop.run_args(args);
    assert_eq!(run(&["dead", "requeue", "--target", odd, "--seq", "1"]).code, 0);
    assert_eq!(run(&["lag", "--target", odd]).code, 0);
    assert_eq!(run(&["replay", "--target", odd, "--from", "2020-01-01", "--yes"]).code, 0);
    assert_eq!(run(&["rewind", "--target", odd, "--to-seq", "0", "--yes"]).code, 0);
    let listed = run(&["status"]).out;
    assert!(listed.contains("\"%_\\u{7f} é"), "{listed}");
    assert_eq!(shop.query("SELECT low_seq FROM outbox_cursor"), "0");
}
