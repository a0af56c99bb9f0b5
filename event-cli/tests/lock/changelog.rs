//! `changelog`.

use crate::catalogs::*;
use crate::git::{commit, git};
use event_core::Catalog;
use event_core::meta::{EventMeta, FieldMeta, Member};
use serde_json::Value;
use std::fs;

/// A shop that has locked its history, with a commit for each state of it but the last.
fn shop(name: &str) -> (Shop, &'static Catalog) {
    let [first, revised, last] = history();
    let shop = Shop::locked(&format!("changelog-{name}"), first);
    git(&shop, &["init", "-q"]);
    commit(&shop, "first");
    let accept = [
        "accept",
        "payment_failed@1",
        "type-changed",
        "amount",
        "--reason",
        "never *below* 0",
        "--who",
        "ada",
    ];
    shop.ok(revised, &accept);
    shop.ok(revised, &["lock"]);
    commit(&shop, "revised");
    shop.ok(last, &["lock"]);
    (shop, last)
}

const WHOLE: &str = "\
# Changelog of `shop`

## `order_failed`

On the wire: `order.failed`

### Version 1: deprecated

- Deprecated: see \\<payment>
- Replaced by: `payment_failed`
- Mode: full-transitive
- Level: error

#### As locked

- `order_id`: `text`

## `payment_failed`

On the wire: `payment.failed`

### Version 2: locked

- Mode: full-transitive
- Level: error
- Retired field names: `amount` (`u32`)

#### Against version 1: major

- field-added `cents`: `i64` (breaks new readers)
- field-removed `amount`: `u32` (breaks old readers)

Events of version 1 are read as version 2 through its upcast, which drops `amount` and sets `cents`.

### Version 1: locked

- Mode: full-transitive
- Level: error
- Retired field names: `note` (`text?`)
- Accepted break: type-changed at `amount`, by ada, until 2027-02-19: never \\*below\\* 0

#### Revision 1

- field-retyped `amount`: `i64` → `u32` (breaks new readers)
- field-added `reason`: `text?` (compatible)
- field-removed `note`: `text?` (compatible)

#### As locked

- `amount`: `i64`
- `note`: `text?`
";

#[test]
fn the_whole_history_in_markdown() {
    let (shop, catalog) = shop("markdown");
    assert_eq!(shop.ok(catalog, &["changelog"]), WHOLE);
    assert_eq!(shop.ok(catalog, &["changelog", "..lock"]), WHOLE);
    let (again, catalog) = self::shop("markdown-again");
    assert_eq!(again.ok(catalog, &["changelog"]), WHOLE, "the same history gives the same bytes");
}

const REVISED: &str = "\
# Changelog of `shop`

## `payment_failed`

On the wire: `payment.failed`

### Version 1: locked

- Mode: full-transitive
- Bump: major
- Retired field names: `note` (`text?`)
- Accepted break: type-changed at `amount`, by ada, until 2027-02-19: never \\*below\\* 0

#### Revision 1

- field-retyped `amount`: `i64` → `u32` (breaks new readers)
- field-added `reason`: `text?` (compatible)
- field-removed `note`: `text?` (compatible)
";

const DEPRECATED: &str = "\
# Changelog of `shop`

## `order_failed`

On the wire: `order.failed`

### Version 1: deprecated, was locked

- Deprecated: see \\<payment>
- Replaced by: `payment_failed`
- Mode: full-transitive
- Bump: none
";

#[test]
fn a_range_tells_only_what_is_new() {
    let (shop, catalog) = shop("range");
    assert_eq!(shop.ok(catalog, &["changelog", "HEAD~1..HEAD"]), REVISED);
    assert_eq!(shop.ok(catalog, &["changelog", "HEAD", "--event", "order.failed"]), DEPRECATED);
    assert_eq!(shop.ok(catalog, &["changelog", "..HEAD~1"]).matches("#### As locked").count(), 2);
    let unknown = shop.run(catalog, &["changelog", "nowhere.."]);
    assert!(
        unknown.code == 101 && unknown.err.contains("git finds no revision `nowhere`"),
        "{}",
        unknown.err
    );
}

#[test]
fn a_range_without_news_is_empty() {
    let (shop, catalog) = shop("empty");
    for range in ["lock..lock", "lock..declarations", "lock..HEAD"] {
        let told = shop.ok(catalog, &["changelog", range, "--event", "payment_failed@1"]);
        assert_eq!(told, "# Changelog of `shop`\n\nNothing is new.\n", "{range}");
    }
    let json = shop.ok(catalog, &["changelog", "HEAD..HEAD", "--format", "json"]);
    assert_eq!(json, "{\"package\":\"shop\",\"events\":[]}\n");
}

#[test]
fn the_same_as_data() {
    let (shop, catalog) = shop("json");
    let second =
        shop.ok(catalog, &["changelog", "HEAD..", "--format", "json", "--event", "payment_failed"]);
    let expected = concat!(
        r#"{"package":"shop","events":[{"event":"payment_failed","event_type":"payment.failed","versions":["#,
        r#"{"version":2,"stage":"locked","old_stage":null,"removed":false,"bump":null,"deprecated":null,"replaced_by":null,"#,
        r#""mode":"full-transitive","old_mode":null,"#,
        r#""locked":{"level":"error","fields":{"cents":"i64","reason":"text?"},"succession":{"before":1,"bump":"major","changes":["#,
        r#"{"change":"field-added","field":"cents","old":null,"new":"i64","verdict":"breaks new readers"},"#,
        r#"{"change":"field-removed","field":"amount","old":"u32","new":null,"verdict":"breaks old readers"}],"#,
        r#""migration":{"is_read":true,"dropped":["amount"],"set":["cents"],"renamed":[],"converted":[]}}},"#,
        r#""revisions":[],"aliases":[],"accepted":[],"retired_fields":{"amount":"u32"}}]}]}"#,
        "\n"
    );
    assert_eq!(second, expected);
    let whole = shop.ok(catalog, &["changelog", "--format", "json"]);
    assert_eq!(shop.ok(catalog, &["changelog", "--format", "json"]), whole);
    let whole: Value = serde_json::from_str(&whole).unwrap();
    let (order, first) = (&whole["events"][0]["versions"][0], &whole["events"][1]["versions"][1]);
    assert_eq!(
        (&order["deprecated"], &order["replaced_by"]),
        (&"see <payment>".into(), &"payment_failed".into())
    );
    assert_eq!(first["locked"]["succession"], Value::Null);
    assert_eq!(first["revisions"][0]["revision"], 1);
    assert_eq!(first["revisions"][0]["changes"].as_array().unwrap().len(), 3);
    let accepted = r#"{"rule":"type-changed","path":"amount","reason":"never *below* 0","who":"ada","until":"2027-02-19"}"#;
    assert_eq!(first["accepted"][0], serde_json::from_str::<Value>(accepted).unwrap());
}

#[test]
fn declarations_are_what_would_be_recorded() {
    let [first, revised, last] = history();
    let shop = Shop::locked("changelog-declared", first);
    let second = last.events().find(|event| event.version == 2).unwrap();
    let told =
        shop.ok(catalog(&[second, &PAYMENT_1, &ORDER_1]), &["changelog", "lock..declarations"]);
    assert!(
        told.contains("### Version 2: locked") && told.contains("#### Against version 1: major"),
        "{told}"
    );
    let refused = shop.run(revised, &["changelog", "lock..declarations"]);
    assert_eq!(refused.code, 101);
    assert!(
        refused.err.contains("the declarations cannot be recorded: 1 finding")
            && refused.err.contains("help: `cargo run -p shop -- check` lists them"),
        "{}",
        refused.err
    );
}

#[test]
fn what_is_retired_is_told_and_not_read() {
    let (shop, _) = shop("retired");
    let [.., last] = history();
    let second = last.events().find(|event| event.version == 2).unwrap();
    let gone = catalog(&[second]);
    shop.ok(gone, &["lock", "--retire", "payment_failed@1", "--retire", "order_failed@1"]);
    let told = shop.ok(gone, &["changelog", "--event", "payment_failed"]);
    assert!(told.contains("### Version 1: retired\n"), "{told}");
    assert!(told.contains("\nVersion 1 is retired: its events are not read any more.\n"), "{told}");
    let told = shop.ok(gone, &["changelog", "--event", "order.failed@1"]);
    assert!(told.contains("## `order_failed`") && told.contains("- `order_id`: `text`"), "{told}");
    let unknown = shop.run(gone, &["changelog", "--event", "ordr_failed"]);
    assert!(
        unknown.code == 101 && unknown.err.contains("no event is called `ordr_failed`"),
        "{}",
        unknown.err
    );
}

#[test]
fn an_upcast_is_told_by_what_it_has_to_do() {
    const fn unit(name: &'static str, unit: &'static str) -> Member {
        Member::Field(FieldMeta::new(name, "", I64).unit(unit))
    }
    const RENAMED: Member =
        Member::Field(FieldMeta::new("reason", "", MAYBE_TEXT).aliases(&["note"]));
    static OLD: EventMeta = event(
        PAYMENT,
        &[
            unit("amount", "cents"),
            unit("fee", "cents"),
            field("note", MAYBE_TEXT),
            field("at", I64),
        ],
    )
    .latest(false);
    static NEW: EventMeta =
        event(PAYMENT, &[unit("amount", "euros"), field("fee", TEXT), RENAMED, unit("at", "ms")])
            .version(2);
    static SAME: EventMeta = event(ORDER, &[field("order_id", TEXT)]).version(2);
    static SAME_OLD: EventMeta = event(ORDER, &[field("order_id", TEXT)]).latest(false);
    let catalog = catalog(&[&NEW, &OLD, &SAME, &SAME_OLD]);
    let shop = Shop::locked("changelog-upcast", catalog);
    let told = shop.ok(catalog, &["changelog"]);
    let upcasts: Vec<&str> = told.lines().filter(|line| line.contains("upcast")).collect();
    let expected = [
        "Events of version 1 are read as version 2 through its upcast, which leaves every field \
         as it was.",
        "Events of version 1 are read as version 2 through its upcast, which renames `note` to \
         `reason` and converts `amount`, `fee`.",
    ];
    assert_eq!(upcasts, expected, "{told}");
    assert!(told.contains("#### Against version 1: none\n\nNo field changed.\n"), "{told}");
}

#[test]
fn a_revision_of_the_schema_alone_and_a_legacy_name_are_told() {
    static BARE: EventMeta = event(CART, &[]);
    static NAMED: EventMeta = event(CART, &[]).aliases(&["basket_failed"]);
    let shop = Shop::locked("changelog-alias", catalog(&[&BARE]));
    shop.ok(catalog(&[&NAMED]), &["lock"]);
    let told = shop.ok(catalog(&[&NAMED]), &["changelog"]);
    let version = "\
- Mode: full-transitive
- Level: error
- Also read as: `basket_failed`

#### Revision 1

No field changed.

#### As locked

It has no fields.
";
    assert!(told.ends_with(version), "{told}");
}

#[test]
fn another_mode_is_news() {
    let [first, ..] = history();
    let shop = Shop::locked("changelog-life", first);
    git(&shop, &["init", "-q"]);
    commit(&shop, "first");
    shop.ok(first, &["lock", "order_failed", "--mode", "backward"]);
    let told = shop.ok(first, &["changelog", "HEAD"]);
    let version = "### Version 1: locked\n\n- Mode: backward, was full-transitive\n- Bump: major\n";
    assert!(told.ends_with(version) && !told.contains("payment"), "{told}");
}

#[test]
fn a_version_that_ends_is_major() {
    let [first, ..] = history();
    let shop = Shop::locked("changelog-ends", first);
    git(&shop, &["init", "-q"]);
    commit(&shop, "first");
    let order = catalog(&[&ORDER_1]);
    shop.ok(order, &["lock", "--retire", "payment_failed@1"]);
    let retired = shop.ok(order, &["changelog", "HEAD"]);
    let version = "### Version 1: retired, was locked\n\n- Mode: full-transitive\n- Bump: major\n";
    assert!(retired.ends_with(version), "{retired}");
    // Its lines are gone altogether: a lock that was rewritten.
    fs::remove_file(shop.lock()).unwrap();
    shop.ok(order, &["lock"]);
    let removed = shop.ok(order, &["changelog", "HEAD"]);
    let version = "\
## `payment_failed`

On the wire: `payment.failed`

### Version 1: removed, was locked

- Mode: full-transitive
- Bump: major
- Its events are not read any more. Its number and the names of its fields are free.
";
    assert!(removed.ends_with(version) && !removed.contains("order_failed"), "{removed}");
    let json: Value =
        serde_json::from_str(&shop.ok(order, &["changelog", "HEAD", "--format", "json"])).unwrap();
    let version = &json["events"][0]["versions"][0];
    assert_eq!((&version["removed"], &version["bump"]), (&true.into(), &"major".into()));
}

#[test]
fn without_a_whole_lock_there_is_no_history() {
    let [first, ..] = history();
    let shop = Shop::new("changelog-none");
    let ran = shop.run(first, &["changelog"]);
    let expected = "error: there is no lock, and so no history: `events.lock` does not exist\nhelp: `cargo run -p shop -- lock` locks the declarations and begins the history\n";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (101, "", expected));
    shop.ok(first, &["lock"]);
    fs::remove_file(shop.stored("payment_failed@1/r0.write.json")).unwrap();
    let ran = shop.run(first, &["changelog"]);
    let expected = "error[EV0227]: `events.lock.d/payment_failed@1/r0.write.json` is missing\n";
    assert!(ran.code == 101 && ran.err.starts_with(expected), "{}", ran.err);
    assert!(ran.err.contains("lock --repair"), "{}", ran.err);
}
