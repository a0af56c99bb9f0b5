//! `lock`.

use crate::catalogs::*;
use event_core::meta::{EventMeta, FieldMeta, Governance, Member};
use std::fs;
use std::time::{Duration, SystemTime};

#[test]
fn drafts_are_locked() {
    let shop = Shop::new("locks");
    let catalog = catalog(&[&PAYMENT_1, &ORDER_1]);
    let manifest = shop.directory.join("Cargo.toml");
    let long_ago = SystemTime::now() - Duration::from_secs(1000);
    fs::File::options().append(true).open(&manifest).unwrap().set_modified(long_ago).unwrap();
    let ran = shop.run(catalog, &["lock"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (
            0,
            "locked order_failed@1 (1 field, 8 samples)\nlocked payment_failed@1 (2 fields, 8 samples)\n"
        )
    );
    assert!(
        ran.err.contains("wrote events.lock: commit it")
            && ran.err.contains("[package.metadata.events]\nlock = \"events.lock\""),
        "{}",
        ran.err
    );
    assert!(fs::metadata(&manifest).unwrap().modified().unwrap() > long_ago, "cargo looks again");
    let names = ["r0.read.json", "r0.write.json", "samples.ndjson"];
    assert_eq!(shop.directory.files("events.lock.d/payment_failed@1"), names);
    assert!(shop.text().contains("\"payment_failed@1 r0 .note\": \"text?\","), "{}", shop.text());
    assert_eq!(shop.ok(catalog, &["lock"]), "nothing to record: the lock is up to date\n");
}

#[test]
fn the_same_catalog_gives_the_same_bytes() {
    let catalog = catalog(&[&PAYMENT_1, &ORDER_1]);
    let (one, other) = (Shop::locked("bytes-1", catalog), Shop::locked("bytes-2", catalog));
    let contents = |shop: &Shop| shop.everything().into_values().collect::<Vec<_>>();
    assert_eq!(contents(&one), contents(&other));
    let before = one.everything();
    one.ok(catalog, &["lock"]);
    assert_eq!(one.everything(), before, "nothing to record writes nothing");
}

#[test]
fn only_what_is_named_is_locked() {
    let shop = Shop::new("named");
    let catalog = catalog(&[&PAYMENT_1, &ORDER_1]);
    let told = shop.ok(catalog, &["lock", "order.failed", "--mode", "backward"]);
    assert_eq!(told, "locked order_failed@1 (1 field, 8 samples)\n");
    assert!(
        !shop.text().contains("payment_failed")
            && shop.text().contains("\"order_failed@1 mode\": \"backward\"")
    );
    assert_eq!(
        shop.ok(catalog, &["lock", "order_failed@1", "--mode", "full"]),
        "updated order_failed@1 (mode)\n"
    );
    let ran = shop.run(catalog, &["lock", "ordr_failed"]);
    assert!(ran.code == 101 && ran.err.contains("did you mean `order_failed`?"), "{}", ran.err);
}

#[test]
fn a_compatible_change_is_a_revision() {
    let shop = Shop::locked("revision", payment(FIRST));
    let later = payment(&[field("amount", I64), field("reason", MAYBE_TEXT)]);
    let before = shop.everything();
    assert_eq!(
        shop.ok(later, &["lock", "--dry-run"]),
        "would record payment_failed@1 as revision 1 (`note`, `reason`)\n"
    );
    let ran = shop.run(later, &["lock", "--check"]);
    assert!(
        ran.code == 100 && ran.err.starts_with("error[EV0222]: `events.lock` is out of date"),
        "{}",
        ran.err
    );
    assert_eq!(shop.everything(), before, "neither writes");
    assert_eq!(
        shop.ok(later, &["lock"]),
        "recorded payment_failed@1 as revision 1 (`note`, `reason`)\n"
    );
    for (path, contents) in before {
        if !path.ends_with("events.lock") {
            assert_eq!(fs::read(&path).unwrap(), contents, "{} is written once", path.display());
        }
    }
    assert!(
        shop.text().contains("\"payment_failed@1 retired .note\": \"text?\","),
        "{}",
        shop.text()
    );
    assert!(shop.stored("payment_failed@1/r1.write.json").is_file());
    // The name may come back neither here nor later.
    let again = shop.run(payment(FIRST), &["lock"]);
    assert!(
        again.code == 100
            && again.err.contains(
                "error[EV0217]: the field `note` of `payment_failed` v1 was retired, where it was \
                 `text?`"
            ),
        "{}",
        again.err
    );
}

#[test]
fn a_name_that_a_later_version_has_is_not_retired() {
    static SECOND: EventMeta = event(PAYMENT, FIRST).version(2);
    static FIRST_OLD: EventMeta = event(PAYMENT, FIRST).latest(false);
    static WITHOUT: EventMeta = event(PAYMENT, &[field("amount", I64)]).latest(false);
    let shop = Shop::locked("later", catalog(&[&SECOND, &FIRST_OLD]));
    let later = catalog(&[&SECOND, &WITHOUT]);
    assert_eq!(shop.ok(later, &["lock"]), "recorded payment_failed@1 as revision 1 (`note`)\n");
    assert!(!shop.text().contains("retired"), "version 2 has `note`, and always had");
    assert_eq!(shop.run(later, &["check"]).code, 0);
}

#[test]
fn what_the_next_version_leaves_out_is_retired() {
    static SECOND: EventMeta = event(PAYMENT, &[field("cents", I64)]).version(2);
    static FIRST_OLD: EventMeta = event(PAYMENT, FIRST).latest(false);
    let shop = Shop::locked("next", payment(FIRST));
    shop.ok(catalog(&[&SECOND, &FIRST_OLD]), &["lock"]);
    let text = shop.text();
    assert!(
        text.contains("\"payment_failed@2 retired .amount\": \"i64\",\n\"payment_failed@2 retired .note\": \"text?\","),
        "{text}"
    );
}

#[test]
fn a_break_is_refused_and_nothing_is_written() {
    let shop = Shop::locked("break", payment(FIRST));
    let before = shop.everything();
    let ran = shop.run(payment(&[field("amount", U32), field("note", TEXT)]), &["lock"]);
    assert_eq!((ran.code, ran.out.as_str()), (100, ""));
    let told: Vec<&str> = ran.err.lines().collect();
    assert_eq!(
        told[..3],
        [
            "error[EV0208]: `payment_failed` v1 is locked, and `amount` changed its type",
            " --> src/payment.rs:3:12",
            "note: it was `i64`, it is `u32`"
        ]
    );
    assert_eq!(
        told[4],
        "help: undo the change, or declare v2 and keep this one as `..V1`; to accept it: \
         `EVENTS_LOCK=off cargo run -p shop -- accept payment_failed@1 type-changed amount \
         --reason '..'`"
    );
    assert_eq!(
        told[5],
        "error[EV0206]: `payment_failed` v1 is locked, and `note` may not be missing or `null` \
         any more"
    );
    assert!(ran.err.contains("note: new readers refuse {\"amount\":"), "{}", ran.err);
    assert_eq!(shop.everything(), before);
}

#[test]
fn status_and_aliases_are_brought_up_to_date() {
    static DEPRECATED: EventMeta = event(PAYMENT, FIRST)
        .governance(Governance::NONE.deprecated("nobody reads it"))
        .aliases(&["pay_failed"]);
    let shop = Shop::locked("status", payment(FIRST));
    let told = shop.ok(catalog(&[&DEPRECATED]), &["lock"]);
    assert_eq!(
        told,
        "recorded payment_failed@1 as revision 1 (schema)\nupdated payment_failed@1 (aliases)\nupdated payment_failed@1 (stage)\n"
    );
    assert!(shop.text().contains("\"payment_failed@1 stage\": \"deprecated\""));
    assert_eq!(
        shop.ok(catalog(&[&DEPRECATED]), &["lock"]),
        "nothing to record: the lock is up to date\n"
    );
}

#[test]
fn docs_and_names_of_types_are_no_change() {
    static DOCUMENTED: EventMeta = event(
        PAYMENT,
        &[
            Member::Field(FieldMeta::new("amount", "", I64).docs("How much.").example("7")),
            field("note", MAYBE_TEXT),
        ],
    )
    .docs("Other words.")
    .type_name("Other");
    let shop = Shop::locked("docs", payment(FIRST));
    assert_eq!(
        shop.ok(catalog(&[&DOCUMENTED]), &["lock"]),
        "nothing to record: the lock is up to date\n"
    );
}

#[test]
fn a_version_is_retired_when_it_is_gone() {
    let shop = Shop::locked("retire", catalog(&[&PAYMENT_1, &ORDER_1]));
    let ran = shop.run(catalog(&[&PAYMENT_1, &ORDER_1]), &["lock", "--retire", "order_failed@1"]);
    assert!(
        ran.code == 101 && ran.err.contains("`order_failed@1` is still declared"),
        "{}",
        ran.err
    );
    let gone = catalog(&[&PAYMENT_1]);
    let ran = shop.run(gone, &["lock"]);
    assert!(
        ran.code == 100
            && ran.err.starts_with(
                "error[EV0201]: `order_failed` v1 is locked, and is not declared any more"
            ),
        "{}",
        ran.err
    );
    assert_eq!(shop.ok(gone, &["lock", "--retire", "order_failed@1"]), "retired order_failed@1\n");
    assert!(shop.stored("order_failed@1/r0.write.json").is_file(), "its files stay");
    assert_eq!(shop.run(gone, &["check", "--fail-on", "warning"]).code, 0);
    let back = shop.run(catalog(&[&PAYMENT_1, &ORDER_1]), &["lock"]);
    assert!(
        back.code == 100
            && back.err.starts_with(
                "error[EV0217]: `order_failed` v1 was retired: its name and number stay reserved"
            ),
        "{}",
        back.err
    );
    let never = shop.run(gone, &["lock", "--retire", "cart_failed@1"]);
    assert_eq!(never.code, 101);
}

#[test]
fn nothing_is_written_in_ci() {
    let mut shop = Shop::new("ci");
    shop.set("CI", "true");
    let catalog = payment(FIRST);
    for args in
        [&["lock"][..], &["accept", "payment_failed@1", "type-changed", "amount", "--reason", "r"]]
    {
        let ran = shop.run(catalog, args);
        assert!(
            ran.code == 101 && ran.err.contains("continuous integration (`CI` is set)"),
            "{}",
            ran.err
        );
    }
    assert!(!shop.lock().exists());
    assert_eq!(shop.run(catalog, &["lock", "--check"]).code, 100);
    assert_eq!(shop.run(catalog, &["check"]).code, 100);
    shop.ok(catalog, &["lock", "--force"]);
    assert!(shop.lock().exists());
}

#[test]
fn the_lock_is_where_the_macro_looks() {
    let mut shop = Shop::new("place");
    let catalog = payment(FIRST);
    let manifest =
        "[package]\nname = \"shop\"\n\n[package.metadata.events]\nlock = \"kept/events.lock\"\n";
    fs::write(shop.directory.join("Cargo.toml"), manifest).unwrap();
    fs::create_dir(shop.directory.join("kept")).unwrap();
    let ran = shop.run(catalog, &["lock"]);
    assert!(ran.code == 0 && !ran.err.contains("Cargo.toml"), "{}", ran.err);
    assert!(
        shop.directory.join("kept/events.lock").is_file()
            && shop.directory.join("kept/events.lock.d").is_dir()
    );
    shop.ok(catalog, &["lock", "--lock", "other.lock"]);
    assert!(shop.directory.join("other.lock").is_file());
    fs::write(shop.directory.join("Cargo.toml"), "[package.metadata]\nevents = { lock = \"x\" }\n")
        .unwrap();
    let ran = shop.run(catalog, &["check"]);
    assert!(
        ran.code == 101 && ran.err.contains("the path to the lock cannot be read"),
        "{}",
        ran.err
    );
    fs::write(shop.directory.join("Cargo.toml"), "[package]\nname = \"tool\"\n").unwrap();
    shop.set("CARGO_PKG_NAME", "tool");
    let ran = shop.run(catalog, &["lock"]);
    assert!(
        ran.code == 101
            && ran
                .err
                .contains("this command is of the package `tool`, and the catalog is of `shop`"),
        "{}",
        ran.err
    );
}
