//! Directories as baselines: the whole lock of this package, or the run fails.

use crate::catalogs::*;
use crate::process::broken;
use crate::repository::finds_no_lock;
use std::fs;

#[test]
fn a_baseline_may_be_a_directory() {
    let shop = Shop::locked("dir-baseline", payment(FIRST));
    let base = shop.directory.join("base");
    fs::create_dir(&base).unwrap();
    let ran = shop.run(payment(FIRST), &["check", "--baseline-dir", "base"]);
    assert!(
        ran.code == 101 && ran.err.contains("`base/events.lock` does not exist"),
        "{}",
        ran.err
    );
    let there = Shop::locked("dir-baseline-there", payment(&[field("amount", TEXT)]));
    let name = there.directory.path().to_str().unwrap();
    let ran = shop.run(payment(FIRST), &["check", "--baseline-dir", name]);
    assert!(
        ran.code == 100 && ran.err.contains("EV0230") && ran.err.contains("EV0208"),
        "{}",
        ran.err
    );
    assert_eq!(shop.run(payment(FIRST), &["check", "--baseline-dir", "nowhere"]).code, 101);
}

#[test]
fn a_directory_is_a_baseline_only_with_the_whole_lock_of_this_package() {
    let shop = Shop::locked("baselines-directory", payment(FIRST));
    let fails = |says: &str| {
        let ran = shop.run(payment(FIRST), &["check", "--baseline-dir", "base"]);
        assert!(ran.code == 101 && ran.err.contains(says), "{}", ran.err);
    };
    let base = shop.directory.join("base");
    fails("cannot read `base`: ");
    fs::write(&base, "").unwrap();
    fails("`base` is not a directory");
    fs::remove_file(&base).unwrap();
    fs::create_dir(&base).unwrap();
    fails("`base/events.lock` does not exist");
    fs::create_dir(base.join("events.lock")).unwrap();
    fails("cannot read `base/events.lock`");
    fs::remove_dir(base.join("events.lock")).unwrap();
    fs::write(base.join("events.lock"), "").unwrap();
    fails("error[EV0226]: the lock `base/events.lock`");
    let other = shop.text().replacen("lock_format\": 2", "lock_format\": 1", 1);
    fs::write(base.join("events.lock"), other).unwrap();
    fails(
        "cannot be read, line 2: the file has lock format 1, and this version of event-core reads \
         format 2\nhelp: compare with a directory whose lock has format 2\n",
    );
    fs::write(base.join("events.lock"), shop.text()).unwrap();
    fails("error[EV0227]: ");
}

#[test]
fn a_directory_with_the_lock_of_another_package_is_no_baseline() {
    let shop = Shop::locked("baselines-directory-of-other", payment(FIRST));
    let check = || shop.run(payment(FIRST), &["check", "--baseline-dir", "base"]);
    let base = shop.directory.join("base");
    let mut other = Shop::new("baselines-directory-other");
    fs::write(
        other.directory.join("Cargo.toml"),
        "[package.metadata.events]\nlock = \"kept.lock\"\n",
    )
    .unwrap();
    other.set("CARGO_PKG_NAME", "other");
    other.ok(of_package("other", payment(FIRST)), &["lock"]);
    fs::rename(other.directory.path(), &base).unwrap();
    assert!(check().code == 101, "its lock has another name: {}", check().err);
    fs::rename(base.join("kept.lock"), base.join("events.lock")).unwrap();
    finds_no_lock(
        &check(),
        &[
            "has no lock of the package `shop`: `base/events.lock` is the lock of `other`",
            "--baseline-lock events.lock",
        ],
    );
    let named = ["check", "--baseline-dir", "base", "--baseline-lock", "events.lock"];
    assert_eq!(shop.run(broken(), &named).code, 100);
    let ran = shop.run(payment(FIRST), &named);
    assert!(
        ran.code == 0 && ran.out.ends_with("compared with 1 version in `base/events.lock`\n"),
        "{}",
        ran.err
    );
}
