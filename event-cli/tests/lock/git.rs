//! Locks in a repository: merging what two branches lock, and baselines.

use crate::catalogs::*;
use crate::fixture::Ran;
use event_core::Catalog;
use event_core::meta::{EventMeta, Member};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

pub fn try_git(directory: &Path, args: &[&str]) -> Output {
    // A configuration of whoever runs the tests is not the repository's.
    let own = [
        "-c",
        "user.name=ada",
        "-c",
        "user.email=ada@example.com",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "init.defaultBranch=main",
    ];
    let run = Command::new("git")
        .arg("-C")
        .arg(directory)
        .args(own)
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output();
    run.unwrap()
}

pub fn git(shop: &Shop, args: &[&str]) {
    let ran = try_git(shop.directory.path(), args);
    assert!(
        ran.status.success(),
        "{args:?}: {}{}",
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr)
    );
}

pub fn commit(shop: &Shop, words: &str) {
    git(shop, &["add", "-A"]);
    git(shop, &["commit", "-q", "-m", words]);
}

/// A repository in which `base` is locked on `main`.
pub fn repository(name: &str, base: &'static Catalog) -> Shop {
    let shop = Shop::locked(name, base);
    git(&shop, &["init", "-q"]);
    git(&shop, &["checkout", "-q", "-b", "main"]);
    commit(&shop, "base");
    shop
}

/// Two branches that lock, and the merge of one into the other.
fn merged(shop: &Shop, one: &'static Catalog, other: &'static Catalog) -> Output {
    for (branch, catalog) in [("one", one), ("other", other)] {
        git(shop, &["checkout", "-q", "-b", branch, "main"]);
        shop.ok(catalog, &["lock"]);
        commit(shop, branch);
    }
    try_git(shop.directory.path(), &["merge", "-q", "--no-edit", "one"])
}

#[test]
fn branches_that_lock_different_events_merge() {
    // `cart` is before `order` and `zone` after it: the lines are at different places.
    static ZONE: EventMeta = event(ORDER.snake("zone_failed").dotted("zone.failed"), &[]);
    let shop = repository("git-apart", catalog(&[&ORDER_1]));
    let ran = merged(&shop, catalog(&[&ORDER_1, &CART_1]), catalog(&[&ORDER_1, &ZONE]));
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
    let both = catalog(&[&ORDER_1, &CART_1, &ZONE]);
    assert_eq!(
        shop.run(both, &["check", "--fail-on", "warning", "--baseline-rev", "main"]).code,
        0
    );
    assert_eq!(shop.ok(both, &["lock"]), "nothing to record: the lock is up to date\n");
}

#[test]
fn branches_that_lock_at_one_place_merge_by_union() {
    static PAID: EventMeta = event(ORDER.snake("pack_failed").dotted("pack.failed"), &[]);
    let base = catalog(&[&ORDER_1]);
    let shop = repository("git-union", base);
    fs::write(shop.directory.join(".gitattributes"), "events.lock merge=union\n").unwrap();
    commit(&shop, "union");
    let ran = merged(&shop, catalog(&[&ORDER_1, &PAYMENT_1]), catalog(&[&ORDER_1, &PAID]));
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
    let both = catalog(&[&ORDER_1, &PAYMENT_1, &PAID]);
    let checked = shop.run(both, &["check", "--fail-on", "warning"]);
    if checked.code != 0 {
        // Where git joined the lines in the other order, the sums say that nothing is lost, and the
        // spelling is put right.
        assert!(
            checked.err.contains("is not as the tool writes it")
                && checked.err.contains("lock --repair"),
            "{}",
            checked.err
        );
        assert_eq!(shop.ok(both, &["lock", "--repair"]), "wrote the lines in their order\n");
    }
    assert_eq!(shop.run(both, &["check", "--fail-on", "warning"]).code, 0);
}

#[test]
fn branches_that_change_one_version_conflict_and_the_error_says_so() {
    const ONE: &[Member] =
        &[field("amount", I64), field("note", MAYBE_TEXT), field("one", MAYBE_TEXT)];
    const OTHER: &[Member] =
        &[field("amount", I64), field("note", MAYBE_TEXT), field("other", MAYBE_TEXT)];
    const BOTH: &[Member] = &[
        field("amount", I64),
        field("note", MAYBE_TEXT),
        field("one", MAYBE_TEXT),
        field("other", MAYBE_TEXT),
    ];
    let shop = repository("git-conflict", payment(FIRST));
    let ran = merged(&shop, payment(ONE), payment(OTHER));
    assert!(!ran.status.success(), "both are revision 1 of one version");
    let told = shop.run(payment(OTHER), &["check"]);
    assert!(
        told.code == 100 && told.err.contains("a merge conflict is not resolved"),
        "{}",
        told.err
    );

    let shop = repository("git-conflict-union", payment(FIRST));
    fs::write(shop.directory.join(".gitattributes"), "events.lock merge=union\n").unwrap();
    commit(&shop, "union");
    merged(&shop, payment(ONE), payment(OTHER));
    let told = shop.run(payment(OTHER), &["check"]);
    assert!(told.code == 100 && told.err.contains("is written twice"), "{}", told.err);
    // Somebody chooses, and records what both have.
    git(&shop, &["checkout", "-q", "-f", "other"]);
    git(&shop, &["reset", "-q", "--hard", "HEAD"]);
    assert_eq!(
        shop.ok(payment(BOTH), &["lock"]),
        "recorded payment_failed@1 as revision 2 (`one`)\n"
    );
}

#[test]
fn a_lock_that_is_rewritten_with_the_break_is_found_by_the_baseline() {
    let shop = repository("git-baseline", payment(FIRST));
    let broken = payment(&[field("amount", TEXT), field("note", MAYBE_TEXT)]);
    // The lock is thrown away, and what breaks is locked as if it were new.
    fs::remove_file(shop.lock()).unwrap();
    fs::remove_dir_all(shop.stored("")).unwrap();
    shop.ok(broken, &["lock"]);
    assert_eq!(
        shop.run(broken, &["check", "--fail-on", "warning"]).code,
        0,
        "by itself it is whole"
    );
    let ran = shop.run(broken, &["check", "--baseline-rev", "main"]);
    assert_eq!(ran.code, 100);
    assert!(
        ran.err.contains(
            "error[EV0230]: `payment_failed` v1 has another revision 0 than it was locked with"
        ),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains(
            "error[EV0208]: `payment_failed` v1 is locked, and `amount` changed its type"
        ),
        "{}",
        ran.err
    );
}

fn payment_and_order() -> &'static Catalog {
    catalog(&[&PAYMENT_1, &ORDER_1])
}

/// What the check says against the last commit, after `change` in a repository where payment and
/// order are locked.
fn checked_after(name: &str, catalog: &'static Catalog, change: &dyn Fn(&Shop)) -> Ran {
    let shop = repository(name, payment_and_order());
    change(&shop);
    shop.run(catalog, &["check", "--baseline-rev", "HEAD"])
}

#[test]
fn what_a_lock_takes_back_or_newly_allows_is_told() {
    let base = payment_and_order();
    let loosened = checked_after("git-mode", base, &|shop| {
        shop.ok(base, &["lock", "order_failed", "--mode", "backward"]);
    });
    assert!(
        loosened.code == 100
            && loosened.err.contains(
                "error[EV0230]: `order_failed` v1 was locked under the mode full-transitive, \
                 and the lock says backward"
            ),
        "{}",
        loosened.err
    );
    let gone = catalog(&[&PAYMENT_1]);
    let deleted = checked_after("git-deleted", gone, &|shop| {
        fs::remove_file(shop.lock()).unwrap();
        shop.ok(gone, &["lock"]);
    });
    assert!(
        deleted.code == 100
            && deleted.err.contains("error[EV0230]: `order_failed` v1 is gone from the lock"),
        "{}",
        deleted.err
    );
    let retired = checked_after("git-retired", gone, &|shop| {
        shop.ok(gone, &["lock", "--retire", "order_failed@1"]);
    });
    assert!(
        retired.code == 0 && retired.err.contains("note[EV0231]: `order_failed` v1 is retired now"),
        "{}",
        retired.err
    );
}

#[test]
fn a_break_that_a_lock_newly_accepts_is_told() {
    let less = payment(&[field("amount", U32), field("note", MAYBE_TEXT)]);
    let less = catalog(&[less.events().next().unwrap(), &ORDER_1]);
    let accepted = checked_after("git-accepted", less, &|shop| {
        shop.ok(
            less,
            &[
                "accept",
                "payment_failed@1",
                "type-changed",
                "amount",
                "--reason",
                "never below 0",
                "--who",
                "ada",
            ],
        );
        shop.ok(less, &["lock"]);
    });
    assert!(
        accepted.code == 0
            && accepted.err.contains(
                "note[EV0231]: `payment_failed` v1 has a break that is accepted: type-changed at \
                 `amount`, by ada until 2027-02-19: never below 0"
            ),
        "{}",
        accepted.err
    );
}
