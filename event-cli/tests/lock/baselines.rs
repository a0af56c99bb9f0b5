//! Baselines whose lock is somewhere else, is not there, or is another package's: what is compared
//! is the lock of this package, or the run fails.

use crate::catalogs::*;
use crate::process::broken;
use crate::repository::{CHECK, Repository, finds_no_lock, finds_the_break, repository};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;

#[test]
fn a_package_that_moved_is_compared_with_the_lock_where_it_was() {
    for (at, to) in
        ["crates/shop", "a b/'c' \"d\"", "-x", "zeile\nzwei", "größe"].iter().enumerate()
    {
        let repository = repository(&format!("moved-{at}"));
        repository.moved("shop", to);
        repository.lock(to, "shop", broken());
        assert_eq!(
            repository.run(to, "shop", broken(), &["check"]).code,
            0,
            "by itself it is whole"
        );
        let ran = repository.run(to, "shop", broken(), CHECK);
        finds_the_break(&ran);
        assert!(
            ran.out.contains("compared with 1 version in `shop/events.lock` of `main` ("),
            "{}",
            ran.out
        );
        let diff = repository.run(to, "shop", broken(), &["diff", "main..lock"]);
        assert!(
            diff.code == 0 && diff.out.contains("field-retyped `amount`"),
            "{}{}",
            diff.out,
            diff.err
        );
        let changelog = repository.run(to, "shop", broken(), &["changelog", "..main"]);
        assert!(
            changelog.code == 0 && changelog.out.contains("- `amount`: `i64`"),
            "{}",
            changelog.err
        );
        // And back, from a path that git would quote.
        repository.commit();
        repository.moved(to, "again");
        repository.lock("again", "shop", payment(FIRST));
        finds_the_break(&repository.run(
            "again",
            "shop",
            payment(FIRST),
            &["check", "--baseline-rev", "HEAD"],
        ));
    }
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_text_is_read_as_any_other() {
    use std::os::unix::ffi::OsStrExt;
    let repository = repository("bytes");
    let odd = OsStr::from_bytes(b"shop-\xff");
    fs::rename(repository.path("shop"), repository.path(odd)).unwrap();
    repository.commit();
    fs::rename(repository.path(odd), repository.path("shop")).unwrap();
    repository.forget("shop");
    repository.lock("shop", "shop", broken());
    finds_the_break(&repository.run("shop", "shop", broken(), CHECK));
}

#[test]
fn a_lock_that_has_another_name_is_found() {
    let declared = "\n[package.metadata.events]\nlock = \"contracts/shop.lock\"\n";
    let repository = Repository::new("renamed-lock");
    repository.package("shop/contracts", "unused", "");
    repository.package("shop", "shop", declared);
    repository.lock("shop", "shop", payment(FIRST));
    repository.commit();
    // It is `events.lock` in another directory now.
    fs::rename(repository.path("shop"), repository.path("store")).unwrap();
    fs::remove_dir_all(repository.path("store/contracts")).unwrap();
    repository.package("store", "shop", "");
    repository.lock("store", "shop", broken());
    let ran = repository.run("store", "shop", broken(), CHECK);
    finds_the_break(&ran);
    assert!(ran.out.contains("`shop/contracts/shop.lock` of `main`"), "{}", ran.out);
    // And the other way round.
    repository.commit();
    fs::rename(repository.path("store"), repository.path("shop")).unwrap();
    repository.forget("shop");
    repository.package("shop/contracts", "unused", "");
    repository.package("shop", "shop", declared);
    repository.lock("shop", "shop", payment(FIRST));
    finds_the_break(&repository.run(
        "shop",
        "shop",
        payment(FIRST),
        &["check", "--baseline-rev", "HEAD"],
    ));
}

#[test]
fn a_package_that_was_renamed_where_it_was_is_compared() {
    let repository = Repository::new("renamed");
    repository.package("shop", "kiosk", "\n[package.metadata.events]\nlock = \"events.lock\"\n");
    repository.lock("shop", "kiosk", of_package("kiosk", payment(FIRST)));
    repository.commit();
    repository.package("shop", "shop", "");
    repository.forget("shop");
    repository.lock("shop", "shop", broken());
    finds_the_break(&repository.run("shop", "shop", broken(), CHECK));
}

#[test]
fn a_package_that_was_renamed_and_moved_is_a_finding_until_its_lock_is_named() {
    let repository = Repository::new("renamed-moved");
    repository.package("old", "kiosk", "\n[package.metadata.events]\nlock = \"events.lock\"\n");
    repository.lock("old", "kiosk", of_package("kiosk", payment(FIRST)));
    repository.commit();
    repository.moved("old", "new");
    repository.package("new", "shop", "");
    repository.lock("new", "shop", broken());
    let ran = repository.run("new", "shop", broken(), CHECK);
    finds_no_lock(
        &ran,
        &[
            "`main` (",
            "has no lock of the package `shop`",
            "`old/events.lock` of `kiosk`",
            "`check --baseline-lock PATH`",
        ],
    );
    for path in ["old/events.lock", "./old/../old/events.lock"] {
        finds_the_break(&repository.run(
            "new",
            "shop",
            broken(),
            &[CHECK, &["--baseline-lock", path]].concat(),
        ));
    }
    for path in ["new/events.lock", "../events.lock", "/old/events.lock", "old", "."] {
        let ran =
            repository.run("new", "shop", broken(), &[CHECK, &["--baseline-lock", path]].concat());
        finds_no_lock(&ran, &["has no file `", path, "from the root of the repository"]);
    }
    assert_eq!(repository.run("new", "shop", broken(), &["check", "--baseline-lock", "x"]).code, 2);
}

#[test]
fn of_several_locks_of_one_package_none_is_chosen() {
    let repository = repository("several");
    repository.package("copy", "shop", "");
    repository.lock("copy", "shop", payment(&[]));
    repository.commit();
    assert!(
        repository
            .run("shop", "shop", payment(FIRST), CHECK)
            .out
            .contains("in `shop/events.lock` of"),
        "same path"
    );
    repository.moved("shop", "store");
    repository.lock("store", "shop", broken());
    let ran = repository.run("store", "shop", broken(), CHECK);
    finds_no_lock(
        &ran,
        &[
            "has several locks of the package `shop`",
            "`copy/events.lock` of `shop`, `shop/events.lock` of `shop`",
        ],
    );
    finds_the_break(&repository.run(
        "store",
        "shop",
        broken(),
        &[CHECK, &["--baseline-lock", "shop/events.lock"]].concat(),
    ));
}

#[test]
fn the_lock_of_another_package_at_the_same_path_is_not_compared() {
    let repository = repository("exchanged");
    repository.package("other", "other", "\n[package.metadata.events]\nlock = \"events.lock\"\n");
    repository.lock("other", "other", of_package("other", catalog(&[])));
    // A lock in which nothing is locked is written by hand: the command has nothing to write.
    let empty = "{\n\"lock_format\": 2,\n\"package\": \"other\",\n\n\"lock_end\": 2\n}\n";
    fs::write(repository.path("other/events.lock"), empty).unwrap();
    repository.commit();
    fs::remove_dir_all(repository.path("other")).unwrap();
    repository.moved("shop", "other");
    repository.lock("other", "shop", broken());
    finds_the_break(&repository.run("other", "shop", broken(), CHECK));
}

#[test]
fn a_baseline_without_a_lock_is_a_finding() {
    let repository = Repository::new("without");
    repository.commit();
    repository.package("shop", "shop", "");
    repository.lock("shop", "shop", payment(FIRST));
    let ran = repository.run("shop", "shop", payment(FIRST), CHECK);
    finds_no_lock(
        &ran,
        &[
            "has no lock of the package `shop`, so nothing was compared",
            "leave the baseline out until",
        ],
    );
    let json =
        repository.run("shop", "shop", payment(FIRST), &[CHECK, &["--format", "json"]].concat());
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(
        (&json["findings"][0]["code"], &json["findings"][0]["file"]),
        (&"EV0234".into(), &"events.lock".into())
    );
    for command in [
        ["diff", "main.."],
        ["diff", "lock..main"],
        ["changelog", "main.."],
        ["changelog", "..main"],
    ] {
        let ran = repository.run("shop", "shop", payment(FIRST), &command);
        assert!(
            ran.code == 101 && ran.out.is_empty() && ran.err.contains("error[EV0234]: "),
            "{command:?}: {}",
            ran.err
        );
    }
}

#[cfg(unix)]
#[test]
fn a_lock_behind_a_symbolic_link_is_followed_in_the_revision() {
    use std::os::unix::fs::symlink;
    let repository = repository("link");
    fs::create_dir(repository.path("locks")).unwrap();
    fs::rename(repository.path("shop/events.lock"), repository.path("locks/events.lock")).unwrap();
    fs::rename(repository.path("shop/events.lock.d"), repository.path("locks/events.lock.d"))
        .unwrap();
    symlink("../locks/events.lock", repository.path("shop/events.lock")).unwrap();
    repository.commit();
    fs::remove_file(repository.path("shop/events.lock")).unwrap();
    fs::remove_dir_all(repository.path("locks")).unwrap();
    repository.lock("shop", "shop", broken());
    finds_the_break(&repository.run("shop", "shop", broken(), CHECK));
    // A link that leads nowhere, or out of the repository, is no lock.
    fs::remove_file(repository.path("shop/events.lock")).unwrap();
    for target in ["events.lock", "../../../etc/passwd", "/etc/passwd"] {
        symlink(target, repository.path("shop/events.lock")).unwrap();
        repository.commit();
        fs::remove_file(repository.path("shop/events.lock")).unwrap();
        repository.lock("shop", "shop", broken());
        finds_no_lock(
            &repository.run("shop", "shop", broken(), &["check", "--baseline-rev", "HEAD"]),
            &[],
        );
        fs::remove_file(repository.path("shop/events.lock")).unwrap();
    }
}

#[test]
fn a_baseline_that_is_damaged_is_an_error() {
    let repository = repository("damaged");
    let text = fs::read_to_string(repository.path("shop/events.lock")).unwrap();
    let stored = repository.path("shop/events.lock.d/payment_failed@1/r0.read.json");
    let contents = fs::read_to_string(&stored).unwrap();
    let check = |says: &[&str]| {
        repository.commit();
        fs::write(repository.path("shop/events.lock"), &text).unwrap();
        fs::write(&stored, &contents).unwrap();
        let ran = repository.run("shop", "shop", payment(FIRST), CHECK);
        assert!(ran.code == 101, "{}{}", ran.out, ran.err);
        for words in says {
            assert!(ran.err.contains(words), "{words}: {}", ran.err);
        }
    };
    for broken in ["", "<<<<<<< HEAD\n", &text[..text.len() / 2]] {
        fs::write(repository.path("shop/events.lock"), broken).unwrap();
        check(&["error[EV0226]: the lock `shop/events.lock` of `main` (", "cannot be read, line "]);
    }
    fs::remove_file(&stored).unwrap();
    check(&["error[EV0227]: `events.lock.d/payment_failed@1/r0.read.json` is missing beside the \
             lock `shop/events.lock` of `main`"]);
}
