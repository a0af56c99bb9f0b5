//! No payload, and no id of an entity without `--show-ids`, in any output.

use crate::shop::{Ran, SECRET, Shop};

const ID: &str = "planted-id-of-an-entity";

fn shop() -> Shop {
    let shop = Shop::new();
    for _ in 0..4 {
        shop.order(ID, 40);
    }
    shop.cursor("billing", 3, 0);
    shop.park("billing", 1, "dead");
    shop.park("billing", 2, "behind");
    shop
}

fn all(ran: &Ran) -> String {
    format!("{}{}", ran.out, ran.err)
}

#[test]
fn no_payload_and_no_id_in_any_output() {
    let commands = [
        "status",
        "status --format json",
        "lag",
        "dead list --state dead,behind",
        "dead list --state dead,behind --format json",
        "dead requeue --target billing --seq 2",
        "dead requeue --target billing --seq 77",
        "dead requeue --target billing --all --yes",
        "dead skip --target billing --seq 1 --yes",
        "rewind --target billing --to-seq 1 --yes",
        "replay --target billing --from 2020-01-01 --dry-run",
        "replay --target billing --from 2020-01-01 --yes",
        "purge --keep 30d --no-targets --dry-run",
        "purge --keep 30d --no-targets --yes",
        "migrate",
    ];
    let shop = shop();
    for words in commands {
        let said = all(&shop.run(words));
        assert!(!said.is_empty(), "{words}");
        assert!(!said.contains(SECRET) && !said.contains(ID), "{words}: {said}");
    }
    let audit = shop.query("SELECT envelope FROM outbox_audit");
    assert!(audit.lines().count() > 4, "{audit}");
    assert!(!audit.contains(SECRET) && !audit.contains(ID), "{audit}");
}

#[test]
fn ids_are_shown_when_asked() {
    let shop = shop();
    for format in ["table", "json"] {
        let out = shop.run(&format!("dead list --show-ids --format {format}")).ok();
        assert!(out.contains(ID) && !out.contains(SECRET), "{out}");
    }
}
