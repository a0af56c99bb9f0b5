//! Line endings: git writes `\r\n` on checkout where it is told to, and a merge may leave both.

use crate::catalogs::*;
use crate::git::{commit, git, try_git};
use event_core::Catalog;
use std::fs;
use std::path::Path;

fn crlf(path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, text.replace("\r\n", "\n").replace('\n', "\r\n")).unwrap();
}

/// A clone by a git that writes `\r\n`.
fn clone(shop: &Shop, name: &str) -> Shop {
    let other = Shop::new(name);
    fs::remove_file(other.directory.join("Cargo.toml")).unwrap();
    let (from, to) =
        (shop.directory.path().to_str().unwrap(), other.directory.path().to_str().unwrap());
    git(shop, &["-c", "core.autocrlf=true", "clone", "-q", "-c", "core.autocrlf=true", from, to]);
    other
}

fn is_clean(shop: &Shop) -> bool {
    try_git(shop.directory.path(), &["-c", "core.autocrlf=true", "status", "--porcelain"])
        .stdout
        .is_empty()
}

#[test]
fn a_checkout_that_writes_other_endings_is_up_to_date() {
    let both = catalog(&[&PAYMENT_1, &ORDER_1]);
    let shop = Shop::locked("endings", both);
    shop.ok(both, &["export", "json-schema"]);
    git(&shop, &["init", "-q"]);
    commit(&shop, "lock and export");
    let checkout = clone(&shop, "endings-checkout");
    for file in
        ["events.lock", "schemas/index.json", "events.lock.d/payment_failed@1/samples.ndjson"]
    {
        let text = fs::read_to_string(checkout.directory.join(file)).unwrap();
        assert!(text.contains("\r\n"), "git wrote other endings: {file}");
    }
    assert_eq!(checkout.run(both, &["check", "--fail-on", "warning"]).code, 0);
    assert_eq!(
        checkout.run(both, &["check", "--fail-on", "warning", "--baseline-rev", "HEAD"]).code,
        0
    );
    assert_eq!(checkout.ok(both, &["lock"]), "nothing to record: the lock is up to date\n");
    assert_eq!(checkout.ok(both, &["lock", "--repair"]), "nothing to repair\n");
    let checked = checkout.run(both, &["export", "json-schema", "--check"]);
    assert_eq!((checked.code, checked.err.as_str()), (0, "3 files in schemas, up to date\n"));
    assert_eq!(
        checkout.run(both, &["export", "json-schema"]).err,
        "3 files in schemas, 0 changed\n"
    );
    assert!(is_clean(&checkout), "nothing was written");
    // A difference is found all the same, and what is written has `\n`.
    let later = catalog(&[payment(&[field("amount", I64)]).events().next().unwrap(), &ORDER_1]);
    assert_eq!(checkout.run(later, &["export", "json-schema", "--check"]).code, 100);
    checkout.ok(later, &["export", "json-schema"]);
    checkout.ok(later, &["lock"]);
    for file in ["schemas/payment_failed.v1.json", "events.lock"] {
        assert!(
            !fs::read_to_string(checkout.directory.join(file)).unwrap().contains('\r'),
            "{file}"
        );
    }
    let untouched =
        fs::read_to_string(checkout.directory.join("schemas/order_failed.v1.json")).unwrap();
    assert!(untouched.contains("\r\n"), "a file that says the same is not touched");
}

#[test]
fn the_attributes_that_the_docs_name_keep_line_feeds() {
    let shop = Shop::locked("endings-attributes", payment(FIRST));
    shop.ok(payment(FIRST), &["export", "json-schema"]);
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/lock.md")).unwrap();
    let lines =
        page.split("```text\n").find(|block| block.starts_with("events.lock text")).unwrap();
    let lines = lines.split("```").next().unwrap();
    fs::write(shop.directory.join(".gitattributes"), lines).unwrap();
    git(&shop, &["init", "-q"]);
    commit(&shop, "with attributes");
    let checkout = clone(&shop, "endings-attributes-checkout");
    for file in [
        "events.lock",
        "schemas/payment_failed.v1.json",
        "events.lock.d/payment_failed@1/r0.read.json",
    ] {
        assert!(
            !fs::read_to_string(checkout.directory.join(file)).unwrap().contains('\r'),
            "{file}"
        );
    }
}

/// One branch has committed the lock with `\r\n`, the other goes on; both record something.
fn merged(
    name: &str,
    base: &'static Catalog,
    one: &'static Catalog,
    other: &'static Catalog,
) -> Shop {
    let shop = Shop::locked(name, base);
    fs::write(shop.directory.join(".gitattributes"), "events.lock merge=union\n").unwrap();
    git(&shop, &["init", "-q"]);
    git(&shop, &["checkout", "-q", "-b", "main"]);
    commit(&shop, "base");
    for (branch, catalog) in [("one", one), ("other", other)] {
        git(&shop, &["checkout", "-q", "-b", branch, "main"]);
        shop.ok(catalog, &["lock"]);
        if branch == "one" {
            crlf(&shop.lock());
        }
        commit(&shop, branch);
    }
    // Stored files may conflict; the lock never does, by its attribute.
    let ran = try_git(shop.directory.path(), &["merge", "-q", "--no-edit", "one"]);
    assert!(!String::from_utf8_lossy(&ran.stdout).contains("Merge conflict in events.lock\n"));
    let text = shop.text();
    assert!(
        text.contains("\r\n") && text.replace("\r\n", "").contains('\n'),
        "the merge has left both endings"
    );
    shop
}

#[test]
fn a_merge_that_left_both_endings_is_repaired_as_its_help_says() {
    let base = catalog(&[&ORDER_1]);
    let both = catalog(&[&ORDER_1, &PAYMENT_1, &CART_1]);
    let shop = merged(
        "endings-union",
        base,
        catalog(&[&ORDER_1, &PAYMENT_1]),
        catalog(&[&ORDER_1, &CART_1]),
    );
    let ran = shop.run(both, &["check"]);
    assert!(ran.code == 100 && ran.err.starts_with("error[EV0226]"), "{}", ran.err);
    assert!(
        ran.err.contains("`EVENTS_LOCK=off cargo run -p shop -- lock --repair`"),
        "{}",
        ran.err
    );
    shop.ok(both, &["lock", "--repair"]);
    assert!(!shop.text().contains('\r'));
    assert_eq!(
        shop.run(both, &["check", "--fail-on", "warning", "--baseline-rev", "main"]).code,
        0
    );
    assert_eq!(
        shop.ok(both, &["lock"]),
        "nothing to record: the lock is up to date\n",
        "nothing is lost"
    );
}

#[test]
fn two_sides_that_say_different_things_are_not_guessed() {
    let (one, other) = (
        payment(&[field("amount", I64), field("note", MAYBE_TEXT), field("one", MAYBE_TEXT)]),
        payment(&[field("amount", I64), field("note", MAYBE_TEXT), field("one", TEXT)]),
    );
    let shop = merged(
        "endings-conflict",
        catalog(&[&ORDER_1]),
        one_with_order(one),
        one_with_order(other),
    );
    let before = shop.text();
    let ran = shop.run(one_with_order(one), &["lock", "--repair"]);
    assert_eq!(ran.code, 101, "{}", ran.err);
    assert!(
        ran.err.contains("is written twice") && ran.err.contains("remove the one that is wrong"),
        "{}",
        ran.err
    );
    assert_eq!(shop.text(), before);
    // The line that it names is one of the two.
    let line = ran.err.split("events.lock:").nth(1).unwrap().lines().next().unwrap();
    let line = before.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap();
    let key = ran.err.split('`').nth(1).unwrap();
    assert!(line.starts_with(&format!("\"{key}\": ")), "{line} {key}");
}

fn one_with_order(one: &'static Catalog) -> &'static Catalog {
    catalog(&[one.events().next().unwrap(), &ORDER_1])
}

#[test]
fn endings_that_were_mixed_by_hand_are_read() {
    let shop = Shop::locked("endings-mixed", payment(FIRST));
    let text = shop.text();
    let mixed: String = text
        .split_inclusive('\n')
        .enumerate()
        .map(|(at, line)| if at % 3 == 0 { line.replace('\n', "\r\n") } else { line.to_owned() })
        .collect();
    fs::write(shop.lock(), mixed).unwrap();
    assert_eq!(shop.run(payment(FIRST), &["check", "--fail-on", "warning"]).code, 0);
    shop.ok(payment(FIRST), &["lock", "--repair"]);
    assert_eq!(shop.text().replace("\r\n", "\n"), text);
}
