//! Names that lead elsewhere, and what killed writers leave.
#![cfg(unix)]

use crate::catalogs::*;
use std::fs;
use std::os::unix::fs::symlink;

#[test]
fn a_lock_that_is_a_link_stays_one() {
    let shop = Shop::locked("link", payment(FIRST));
    let shared = shop.directory.join("shared files");
    fs::create_dir(&shared).unwrap();
    fs::rename(shop.lock(), shared.join("shop.lock")).unwrap();
    fs::rename(shop.stored(""), shared.join("events.lock.d")).unwrap();
    symlink("shared files/shop.lock", shop.lock()).unwrap();
    let later =
        payment(&[field("amount", I64), field("note", MAYBE_TEXT), field("more", MAYBE_TEXT)]);
    assert_eq!(shop.ok(later, &["lock"]), "recorded payment_failed@1 as revision 1 (`more`)\n");
    assert_eq!(fs::read_link(shop.lock()).unwrap().to_str(), Some("shared files/shop.lock"));
    assert!(fs::read_to_string(shared.join("shop.lock")).unwrap().contains("@1 r1 .more"));
    assert!(
        shared.join("events.lock.d/payment_failed@1/r1.write.json").is_file(),
        "lock and files are one"
    );
    let broken =
        payment(&[field("amount", U32), field("note", MAYBE_TEXT), field("more", MAYBE_TEXT)]);
    shop.ok(
        broken,
        &["accept", "payment_failed@1", "type-changed", "amount", "--reason", "r", "--who", "ada"],
    );
    assert!(shop.lock().is_symlink());
    assert_eq!(shop.run(broken, &["check"]).code, 0);
    // What is to be restored is named where it is, and ready to paste.
    fs::remove_file(shared.join("events.lock.d/payment_failed@1/samples.ndjson")).unwrap();
    let ran = shop.run(broken, &["check"]);
    assert!(
        ran.err.contains("shared files/events.lock.d/payment_failed@1/samples.ndjson'`"),
        "{}",
        ran.err
    );
}

#[test]
fn a_link_to_nothing_is_no_lock_that_was_not_begun() {
    let shop = Shop::new("link-dangling");
    symlink("nowhere/events.lock", shop.lock()).unwrap();
    for args in [&["check"][..], &["lock"], &["lock", "--repair"], &["diff"]] {
        let ran = shop.run(payment(FIRST), args);
        assert_eq!(ran.code, 101, "{args:?} {}", ran.out);
        let why =
            "`events.lock`: it is a symbolic link to `nowhere/events.lock`, which does not exist";
        assert!(ran.err.contains(why), "{}", ran.err);
    }
    assert!(shop.lock().is_symlink());
}

#[test]
fn a_stored_file_that_is_a_link_stays_one() {
    let shop = Shop::locked("link-stored", payment(FIRST));
    let (samples, kept) =
        (shop.stored("payment_failed@1/samples.ndjson"), shop.directory.join("kept.ndjson"));
    fs::write(&kept, "damaged").unwrap();
    fs::remove_file(&samples).unwrap();
    symlink(&kept, &samples).unwrap();
    shop.ok(payment(FIRST), &["lock", "--repair"]);
    assert!(samples.is_symlink() && fs::read_to_string(kept).unwrap().starts_with('{'));
    assert_eq!(shop.run(payment(FIRST), &["check"]).code, 0);
}

#[test]
fn what_a_killed_writer_left_is_removed_and_nothing_else() {
    let shop = Shop::locked("litter", payment(FIRST));
    let ours = [".events.lock.4711.tmp", "events.lock.d/payment_failed@1/.r1.write.json.1.tmp"];
    let others = [
        ".events.lock.tmp",
        ".events.lock.4711.tmp.bak",
        ".Cargo.toml.4711.tmp",
        ".other.lock.4711.tmp",
        "events.lock.4711.tmp",
        "events.lock.d/payment_failed@1/.notes.md.4711.tmp",
        "events.lock.d/.events.lock.4711.tmp",
    ];
    for name in ours.iter().chain(&others) {
        fs::write(shop.directory.join(name), "half a fi").unwrap();
    }
    fs::create_dir(shop.directory.join(".events.lock.4712.tmp")).unwrap();
    for args in
        [&["check"][..], &["lock", "--check"], &["lock", "--dry-run"], &["accept", "--list"]]
    {
        shop.ok(payment(FIRST), args);
        assert!(shop.directory.join(ours[0]).exists(), "{args:?} writes nothing");
    }
    assert_eq!(shop.ok(payment(FIRST), &["lock"]), "nothing to record: the lock is up to date\n");
    for name in ours {
        assert!(!shop.directory.join(name).exists(), "{name}");
    }
    for name in others {
        assert!(shop.directory.join(name).exists(), "{name}");
    }
    assert!(shop.directory.join(".events.lock.4712.tmp").is_dir());
}

#[test]
fn a_first_lock_makes_its_directory_and_nothing_else_does() {
    let shop = Shop::new("link-directory");
    for args in [
        &["lock", "--repair"][..],
        &["accept", "--remove", "payment_failed@1", "type-changed"],
        &["lock", "--dry-run"],
    ] {
        shop.run(payment(FIRST), &[args, &["--lock", "new/deep/events.lock"]].concat());
        assert!(!shop.directory.join("new").exists(), "{args:?}");
    }
    shop.ok(payment(FIRST), &["lock", "--lock", "new/deep/events.lock"]);
    assert_eq!(shop.directory.files("new/deep"), ["events.lock", "events.lock.d"]);
}

#[test]
fn stored_files_are_not_put_where_a_link_leads_to_nothing() {
    let shop = Shop::new("link-stored-dangling");
    symlink("nowhere", shop.directory.join("events.lock.d")).unwrap();
    let ran = shop.run(payment(FIRST), &["lock"]);
    let why = "it is a symbolic link to `nowhere`, which does not exist";
    assert!(ran.code == 101 && ran.err.contains(why), "{}", ran.err);
    assert!(!shop.lock().exists());
}
