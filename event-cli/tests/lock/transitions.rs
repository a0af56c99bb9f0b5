//! A table of legal transitions: recorded, compared, told, and held against emitted records.

use crate::catalogs::*;
use event_core::meta::{EventMeta, GroupMeta, Member, Transition};
use event_core::{Change, EventValue, Group};

#[derive(EventValue)]
#[value(rename_all = "snake_case")]
pub enum Stage {
    Cart,
    Placed,
    Paid,
}

static FREE: EventMeta = event(ORDER, &[Member::Group(<Change<Stage> as Group>::META)]);

static FEW: GroupMeta = event_core::__private::with_steps(
    <Change<Stage> as Group>::META,
    &[
        Transition::new(None, &[Some("cart")]),
        Transition::new(Some("cart"), &[Some("placed"), Some("cart")]),
    ],
);
static BOUND: EventMeta = event(ORDER, &[Member::Group(&FEW)]);

static OTHER: GroupMeta = event_core::__private::with_steps(
    <Change<Stage> as Group>::META,
    &[
        Transition::new(Some("cart"), &[Some("placed")]),
        Transition::new(Some("placed"), &[Some("paid")]),
    ],
);
static CHANGED: EventMeta = event(ORDER, &[Member::Group(&OTHER)]);

static REORDERED: GroupMeta = event_core::__private::with_steps(
    <Change<Stage> as Group>::META,
    &[
        Transition::new(Some("placed"), &[Some("paid")]),
        Transition::new(Some("cart"), &[Some("placed")]),
    ],
);
static THE_SAME: EventMeta = event(ORDER, &[Member::Group(&REORDERED)]);

fn line(shop: &Shop) -> Option<String> {
    shop.text().lines().rfind(|line| line.contains(" transitions\"")).map(str::to_owned)
}

#[test]
fn a_table_that_changes_is_a_compatible_revision() {
    let free = catalog(&[&FREE]);
    let shop = Shop::locked("transitions", free);
    assert_eq!(line(&shop), None, "a lock that is older than tables has no such line");
    let bound = catalog(&[&BOUND]);
    let ran = shop.run(bound, &["check"]);
    assert!(
        ran.code == 0 && ran.err.contains("not recorded: transitions"),
        "{}{}",
        ran.out,
        ran.err
    );
    let diff = shop.ok(bound, &["diff"]);
    assert!(
        diff.contains("transitions-changed `cart -> cart | placed, null -> cart` (compatible)")
            || diff.contains(
                "transitions-changed: `cart -> cart | placed, null -> cart` (compatible)"
            ),
        "{diff}"
    );
    shop.ok(bound, &["lock"]);
    assert_eq!(
        line(&shop).unwrap(),
        r#""order_failed@1 r1 transitions": "cart -> cart | placed, null -> cart","#
    );
    let changed = catalog(&[&CHANGED]);
    let diff = shop.ok(changed, &["diff"]);
    assert!(
        diff.contains("`cart -> cart | placed, null -> cart` → `cart -> placed, placed -> paid`"),
        "{diff}"
    );
    shop.ok(changed, &["lock"]);
    let before = shop.everything();
    shop.ok(catalog(&[&THE_SAME]), &["lock"]);
    assert_eq!(shop.everything(), before, "the order of a table says nothing");
    let told = shop.ok(changed, &["changelog"]);
    assert!(told.contains("cart -> placed, placed -> paid"), "{told}");
}

#[test]
fn a_record_with_an_illegal_step_is_found_with_its_place_and_readers_take_it() {
    let catalog = catalog(&[&BOUND]);
    let record = |before: &str, after: &str| {
        format!(
            r#"{{"event":"order_failed","version":1,"level":"error","timestamp":"2026-11-21T06:00:00Z","before":"{before}","after":"{after}"}}"#
        ) + "\n"
    };
    let shop = Shop::new("transitions-validated");
    let run = |text: &str| {
        std::fs::write(shop.lock().with_file_name("records.ndjson"), text).unwrap();
        shop.run(catalog, &["validate", "records.ndjson"])
    };
    let legal = run(&record("cart", "placed"));
    assert_eq!(legal.code, 0, "{}{}", legal.out, legal.err);
    let illegal = run(&record("placed", "cart"));
    assert_eq!(illegal.code, 100, "{}", illegal.err);
    assert!(
        illegal.err.contains(
            "error[EV0407]: `order_failed` v1: `/after`: its transitions have no step `placed -> \
             cart`"
        ),
        "{}",
        illegal.err
    );
    assert!(
        illegal.err.contains("the legal steps are null -> cart, cart -> placed | cart"),
        "{}",
        illegal.err
    );
}

#[test]
fn the_table_is_shown() {
    let shop = Shop::locked("transitions-shown", catalog(&[&BOUND]));
    let text = shop.ok(catalog(&[&BOUND]), &["show", "order_failed"]);
    assert!(text.contains("transitions  null -> cart, cart -> placed | cart"), "{text}");
    let json = shop.ok(catalog(&[&BOUND]), &["show", "order_failed", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        json["transitions"],
        serde_json::json!({"null": ["cart"], "cart": ["placed", "cart"]})
    );
}
