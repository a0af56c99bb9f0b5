//! What is written is written whole: whatever fails half-way, the old lock is there and is true.

use crate::catalogs::*;
use std::fs;

const LATER: &[event_core::meta::Member] =
    &[field("amount", I64), field("note", MAYBE_TEXT), field("more", MAYBE_TEXT)];

/// The old lock is there, and everything that it speaks of.
fn is_true(shop: &Shop, lock: &str) {
    assert_eq!(shop.text(), lock);
    assert_eq!(shop.run(payment(FIRST), &["check", "--fail-on", "warning"]).code, 0);
}

#[test]
fn a_file_in_the_way_of_a_directory() {
    let shop = Shop::locked("written-way", payment(FIRST));
    let lock = shop.text();
    fs::write(shop.stored("order_failed@1"), "in the way").unwrap();
    let two = catalog(&[&PAYMENT_1, &ORDER_1]);
    let ran = shop.run(two, &["lock"]);
    assert!(ran.code == 101 && ran.err.contains("events.lock.d/order_failed@1/"), "{}", ran.err);
    is_true(&shop, &lock);
    fs::remove_file(shop.stored("order_failed@1")).unwrap();
    shop.ok(two, &["lock"]);
}

#[test]
fn a_directory_in_the_way_of_the_second_file() {
    let shop = Shop::locked("written-second", payment(FIRST));
    let lock = shop.text();
    let way = shop.stored("payment_failed@1/r1.read.json");
    fs::create_dir(&way).unwrap();
    let ran = shop.run(payment(LATER), &["lock"]);
    assert!(
        ran.code == 101
            && ran
                .err
                .starts_with("error: cannot write `events.lock.d/payment_failed@1/r1.read.json`"),
        "{}",
        ran.err
    );
    assert!(shop.stored("payment_failed@1/r1.write.json").is_file(), "it failed between two files");
    is_true(&shop, &lock);
    let left = shop.directory.files("events.lock.d/payment_failed@1");
    assert!(!left.iter().any(|name| name.starts_with('.')), "{left:?}");
    // What was left behind is written over, even where the declaration is another one by now.
    fs::remove_dir(&way).unwrap();
    fs::write(shop.stored("payment_failed@1/r1.write.json"), "left behind").unwrap();
    shop.ok(payment(LATER), &["lock"]);
    assert_eq!(shop.run(payment(LATER), &["check", "--fail-on", "warning"]).code, 0);
}

#[test]
fn a_directory_in_the_way_of_the_lock() {
    let shop = Shop::new("written-lock");
    fs::create_dir(shop.lock()).unwrap();
    let ran = shop.run(payment(FIRST), &["lock"]);
    assert_eq!(ran.code, 101, "{}", ran.err);
    fs::remove_dir(shop.lock()).unwrap();
    shop.ok(payment(FIRST), &["lock"]);
}

#[cfg(unix)]
#[test]
fn a_directory_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let shop = Shop::locked("written-permission", payment(FIRST));
    let lock = shop.text();
    let directory = shop.stored("payment_failed@1");
    fs::set_permissions(&directory, fs::Permissions::from_mode(0o555)).unwrap();
    let is_root = fs::write(directory.join("x"), "").is_ok();
    let ran = shop.run(payment(LATER), &["lock"]);
    fs::set_permissions(&directory, fs::Permissions::from_mode(0o755)).unwrap();
    // The superuser may write anywhere: then there is nothing to see.
    if !is_root {
        assert!(
            ran.code == 101
                && ran.err.contains("cannot write `events.lock.d/payment_failed@1/r1.write.json`"),
            "{}",
            ran.err
        );
        is_true(&shop, &lock);
    }
}
