//! A type that two events have: what `check`, `accept` and `lock` say of it once, and how a lock of
//! format 1, which wrote it out in both, is converted.

use crate::catalogs::*;
use crate::repository::Repository;
use event_core::Catalog;
use event_core::meta::FieldMeta;
use event_core::meta::shape::{Shape, StructShape, TypeName};
use std::fs;
use std::path::{Path, PathBuf};

const fn user(fields: &'static [FieldMeta]) -> StructShape {
    StructShape::new(TypeName::new("User", "shop::model", ""), fields)
}

const LOGIN: FieldMeta = FieldMeta::new("login", "", TEXT);
const EMAIL: FieldMeta = FieldMeta::new("email", "", MAYBE_TEXT);
static USER: Shape = Shape::Struct(&user(&[FieldMeta::new("id", "", I64), LOGIN]));
static USER_NARROWER: Shape = Shape::Struct(&user(&[FieldMeta::new("id", "", U32), LOGIN, EMAIL]));
static USER_WITH_NUMBER: Shape = Shape::Struct(&user(&[
    FieldMeta::new("id", "", U32),
    LOGIN,
    FieldMeta::new("email", "", &Shape::Optional(U32)),
]));

/// Two events of a user, as this shape has it.
fn shop(user: &'static Shape) -> &'static Catalog {
    let payment = event(PAYMENT, vec![field("amount", I64), field("buyer", user)].leak());
    let order = event(ORDER, vec![field("seller", user)].leak());
    catalog(&[Box::leak(Box::new(payment)), Box::leak(Box::new(order))])
}

/// Copies a lock of format 1 with its stored files: of both events two revisions, the second of
/// which has an accepted break.
fn write_format_1(into: &Path) -> Vec<PathBuf> {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lock/format_1");
    let mut stored = Vec::new();
    for event in ["payment_failed@1", "order_failed@1"] {
        fs::create_dir_all(into.join("events.lock.d").join(event)).unwrap();
        for file in fs::read_dir(from.join("events.lock.d").join(event)).unwrap() {
            stored.push(Path::new("events.lock.d").join(event).join(file.unwrap().file_name()));
        }
    }
    for file in stored.iter().map(PathBuf::as_path).chain([Path::new("events.lock")]) {
        fs::copy(from.join(file), into.join(file)).unwrap();
    }
    stored
}

#[test]
fn a_break_in_a_type_is_found_and_accepted_once() {
    let (shop_of, later) = (Shop::locked("shared", shop(&USER)), shop(&USER_NARROWER));
    let ran = shop_of.run(later, &["check"]);
    assert_eq!((ran.code, ran.err.matches("error[").count()), (100, 1), "{}", ran.err);
    for part in [
        "`shop::model::User`",
        "payment_failed@1",
        "order_failed@1",
        "it was `i64`, it is `u32`",
        "accept shop::model::User type-changed id --reason",
    ] {
        assert!(ran.err.contains(part), "{part}\n{}", ran.err);
    }
    let accepted = shop_of.ok(
        later,
        &["accept", "shop::model::User", "type-changed", "id", "--reason", "never below 0"],
    );
    assert!(
        accepted.contains("payment_failed@1") && accepted.contains("order_failed@1"),
        "{accepted}"
    );
    assert_eq!(
        shop_of.ok(later, &["lock"]),
        "recorded order_failed@1 as revision 1 (`seller`)\nrecorded payment_failed@1 as revision 1 (`buyer`)\n"
    );
    let ran = shop_of.run(later, &["check"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let list = shop_of.ok(later, &["accept", "--list"]);
    assert!(
        list.starts_with(
            "shop::model::User (2 versions: `order_failed@1`, `payment_failed@1`)  type-changed \
             id  until "
        ),
        "{list}"
    );
    assert_eq!(list.lines().count(), 1, "{list}");
    shop_of.ok(later, &["accept", "--remove", "shop::model::User", "type-changed", "id"]);
    let ran = shop_of.run(later, &["check"]);
    assert_eq!((ran.code, ran.err.matches("error[").count()), (100, 1), "{}", ran.err);
}

#[test]
fn each_break_in_a_type_is_a_finding() {
    static OTHER: Shape =
        Shape::Struct(&user(&[FieldMeta::new("id", "", U32), FieldMeta::new("login", "", I64)]));
    let ran = Shop::locked("shared-two", shop(&USER)).run(shop(&OTHER), &["check"]);
    assert_eq!((ran.code, ran.err.matches("error[").count()), (100, 2), "{}", ran.err);
    assert!(
        ran.err.contains("`id` changed its form") && ran.err.contains("`login` changed its form"),
        "{}",
        ran.err
    );
}

#[test]
fn only_a_type_that_breaks_by_the_rule_is_accepted() {
    let (shop_of, later) = (Shop::locked("shared-refused", shop(&USER)), shop(&USER_NARROWER));
    let before = shop_of.text();
    for args in [
        ["accept", "shop::model::Users", "type-changed", "id"],
        ["accept", "shop::model::User", "field-removed", "id"],
        ["accept", "shop::model::User", "type-changed", "login"],
    ] {
        let ran = shop_of.run(later, &[&args[..], &["--reason", "r"]].concat());
        assert_eq!(ran.code, 101, "{args:?}\n{}", ran.err);
        assert!(ran.err.contains("help: "), "{}", ran.err);
        assert_eq!(shop_of.text(), before, "{args:?}");
    }
}

#[test]
fn a_lock_of_format_1_is_converted_and_loses_nothing() {
    let (shop_of, now) = (Shop::new("format-1"), shop(&USER_NARROWER));
    let stored = write_format_1(shop_of.directory.path());
    let before = shop_of.everything();
    let ran = shop_of.run(now, &["check"]);
    assert!(ran.code == 100 && ran.err.contains("lock --upgrade"), "{}{}", ran.code, ran.err);
    assert_eq!(
        shop_of.ok(now, &["lock", "--upgrade", "--dry-run"]),
        "would convert `events.lock` from lock format 1 to 2 (2 versions, 2 named types)\n"
    );
    assert_eq!(shop_of.everything(), before);
    assert_eq!(
        shop_of.ok(now, &["lock", "--upgrade"]),
        "converted `events.lock` from lock format 1 to 2 (2 versions, 2 named types)\n"
    );
    let after = shop_of.everything();
    for file in stored {
        let path = shop_of.directory.join(file.to_str().unwrap());
        assert_eq!(before[&path], after[&path]);
    }
    // Both revisions of both events, and what is accepted of the first.
    let ran = shop_of.run(now, &["check", "--fail-on", "warning"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", shop_of.text());
    assert_eq!(shop_of.ok(now, &["lock"]), "nothing to record: the lock says what is declared\n");
    assert_eq!(
        shop_of.ok(now, &["accept", "--list"]),
        "shop::model::User (2 versions: `order_failed@1`, `payment_failed@1`)  type-changed id  \
         until 2027-11-21  ada  never below 0\n"
    );
    let ran = shop_of.run(shop(&USER_WITH_NUMBER), &["check"]);
    assert_eq!((ran.code, ran.err.matches("error[").count()), (100, 1), "{}", ran.err);
    assert!(
        ran.err.contains("`shop::model::User` is locked, and `email` changed its form"),
        "only the second revision has it\n{}",
        ran.err
    );
    assert_eq!(
        shop_of.ok(now, &["lock", "--upgrade"]),
        "nothing to upgrade: `events.lock` has lock format 2\n"
    );
}

#[test]
fn a_baseline_may_have_format_1() {
    let (repository, now) = (Repository::new("format-1"), shop(&USER_NARROWER));
    repository.package(".", "shop", "");
    write_format_1(repository.directory.path());
    repository.commit();
    for args in [&["lock", "--upgrade"][..], &["check", "--baseline-rev", "HEAD"]] {
        let ran = repository.run(".", "shop", now, args);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args:?}");
    }
    let ran = repository.run(".", "shop", now, &["diff", "HEAD"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn a_damaged_lock_of_format_1_is_not_converted() {
    let (shop_of, now) = (Shop::new("format-1-damaged"), shop(&USER_NARROWER));
    write_format_1(shop_of.directory.path());
    let damaged = shop_of.text().replace("{id:i64,login:text}", "{id:i64,login:uuid}");
    fs::write(shop_of.lock(), &damaged).unwrap();
    let ran = shop_of.run(now, &["lock", "--upgrade"]);
    assert!(ran.code == 101 && ran.err.contains("events.lock:"), "{} {}", ran.code, ran.err);
    assert_eq!(shop_of.text(), damaged);
}
