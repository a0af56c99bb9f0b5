//! `replay`.

use crate::shop::{Shop, ago};
use crate::status::busy;
use event_core::Timestamp;

fn replayed(shop: &Shop, words: &str) -> String {
    let out = shop.run(&format!("replay --target search {words} --yes")).ok();
    let seqs = shop.query("SELECT seq FROM outbox_parked WHERE target = 'search' ORDER BY seq");
    let number = seqs.lines().count();
    let events = if number == 1 { "event" } else { "events" };
    let text = match number {
        0 => "no delivered event matches; nothing was changed\n".to_owned(),
        _ => format!("sends {number} {events} to `search` again, from now on\n"),
    };
    assert_eq!(out, text, "{words}");
    seqs.replace('\n', " ")
}

#[test]
fn delivered_events_are_parked_and_due() {
    let shop = busy();
    assert_eq!(replayed(&shop, "--from 2020-01-01"), "1 2 3 4 5 6");
    // The first of each entity is due, and the others follow it.
    let sql = "SELECT seq, state FROM outbox_parked WHERE target = 'search' ORDER BY seq";
    assert_eq!(shop.query(sql), "1|retry\n2|retry\n3|behind\n4|behind\n5|retry\n6|behind");
    let sql = format!(
        "SELECT DISTINCT attempts, reason, event_type, entity_type, next_attempt_at <= '{}',
            parked_at = next_attempt_at
        FROM outbox_parked WHERE target = 'search'",
        Timestamp::now()
    );
    assert_eq!(shop.query(&sql), "0|replay|order.created|order|1|1");
    let sql = "SELECT count(*) FROM outbox_parked AS p JOIN domain_events AS e USING (seq)
        WHERE p.target = 'search' AND p.event_id = e.event_id AND p.entity_id = e.entity_id";
    assert_eq!(shop.query(sql), "6");
    let cursor = "SELECT low_seq, fence FROM outbox_cursor WHERE target = 'search'";
    assert_eq!(shop.query(cursor), "6|0", "the cursor does not move");
}

#[test]
fn filters() {
    let shop = || {
        let shop = busy();
        shop.pay("o-2", 1);
        shop.execute("UPDATE outbox_cursor SET low_seq = 7 WHERE target = 'search'", &[]);
        shop
    };
    let time = |days| ago(days).to_string();
    assert_eq!(replayed(&shop(), &format!("--from {}", time(6))), "5 6 7");
    assert_eq!(replayed(&shop(), &format!("--from 2020-01-01 --to {}", time(6))), "1 2 3 4");
    assert_eq!(replayed(&shop(), "--from 2020-01-01 --type order.completed"), "7");
    assert_eq!(replayed(&shop(), "--from 2020-01-01 --type order"), "");
    assert_eq!(replayed(&shop(), "--from 2020-01-01 --entity order/o-2"), "2 6 7");
    assert_eq!(replayed(&shop(), "--from 2020-01-01 --entity customer/o-2"), "");
    let both = format!("--from {} --entity order/o-2 --type order.created", time(6));
    assert_eq!(replayed(&shop(), &both), "6");
    assert_eq!(replayed(&shop(), "--from 2999-01-01"), "");
}

#[test]
fn the_times_include_the_first_and_exclude_the_last() {
    let shop = busy();
    let of = |seq| shop.query(&format!("SELECT recorded_at FROM domain_events WHERE seq = {seq}"));
    assert_eq!(replayed(&shop, &format!("--from {} --to {}", of(2), of(4))), "2 3");
}

#[test]
fn what_is_parked_or_not_delivered_is_left_out() {
    let shop = busy();
    // All four are parked, and 5 and 6 are behind the cursor.
    let out = shop.run("replay --target billing --from 2020-01-01 --yes").ok();
    assert_eq!(out, "no delivered event matches; nothing was changed\n");
    shop.execute("DELETE FROM outbox_parked WHERE seq IN (2, 3)", &[]);
    let out = shop.run("replay --target billing --from 2020-01-01 --yes").ok();
    assert_eq!(out, "sends 2 events to `billing` again, from now on\n");
    let sql = "SELECT seq, state FROM outbox_parked ORDER BY seq";
    assert_eq!(shop.query(sql), "1|dead\n2|retry\n3|behind\n4|behind");
}

#[test]
fn many_events_are_several_transactions() {
    let shop = Shop::new();
    shop.fill(24_000);
    shop.cursor("search", 23_000, 0);
    let out = shop.run("replay --target search --from 2020-01-01 --yes").ok();
    assert_eq!(out, "sends 23000 events to `search` again, from now on\n");
    assert_eq!(
        shop.query("SELECT count(*), min(seq), max(seq) FROM outbox_parked"),
        "23000|1|23000"
    );
    assert_eq!(shop.query("SELECT count(*) FROM outbox_audit"), "5");
}

#[test]
fn wrong_arguments() {
    let shop = busy();
    let code = |words: &str| shop.run(&format!("replay --target search --yes {words}")).code;
    assert_eq!(code(""), 2);
    assert_eq!(code("--from yesterday"), 2);
    assert_eq!(code("--from 2020-01-01 --entity order"), 2);
    let ran = shop.run("replay --target new --configured new --from 2020-01-01 --yes");
    let text = "error: nothing was delivered to `new` yet\nhelp: start the relay; it sends every \
                event\n";
    assert_eq!((ran.code, ran.err.as_str()), (101, text));
}

#[test]
fn a_type_with_underscores_is_corrected() {
    let shop = busy();
    let help = "nothing was changed\nhelp: types are written with dots: `--type order.created`\n";
    for words in ["replay --target search --from 2020-01-01", "dead requeue --target billing"] {
        let out = shop.run(&format!("{words} --type order_created")).ok();
        assert!(out.ends_with(help), "{out}");
        let out = shop.run(&format!("{words} --type order_creatd")).ok();
        assert!(out.ends_with("nothing was changed\n"), "{out}");
    }
}
