//! Locks that are not there, or not found: no command takes that for a lock in which nothing is
//! locked.

use crate::catalogs::*;
use crate::fixture::{Temp, run_with};
use crate::process::{self, broken};
use crate::repository::{Repository, repository};
use event_cli::Env;
use std::fs;
use std::path::Path;

#[test]
fn a_check_without_a_lock_fails() {
    let shop = Shop::new("absence-none");
    let ran = shop.run(payment(FIRST), &["check"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (100, "there is no `events.lock`: nothing was compared with it\n")
    );
    assert!(
        ran.err.starts_with("error[EV0235]: `shop` has no lock, so nothing was compared"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("begin it with `cargo run -p shop -- lock`"), "{}", ran.err);
    assert!(ran.err.contains("note[EV0223]: `payment_failed` v1 is a draft"), "{}", ran.err);
    for command in
        [&["diff"][..], &["diff", "declarations..lock"], &["changelog"], &["accept", "--list"]]
    {
        let ran = shop.run(payment(FIRST), command);
        assert!(ran.code == 101 && ran.out.is_empty(), "{command:?}: {}{}", ran.out, ran.err);
    }
    shop.ok(payment(FIRST), &["lock"]);
    assert_eq!(shop.run(payment(FIRST), &["check"]).code, 0);
}

#[test]
fn a_declared_lock_that_was_lost_fails() {
    let shop = Shop::locked("absence-declared", payment(FIRST));
    let manifest =
        "[package]\nname = \"shop\"\n\n[package.metadata.events]\nlock = \"events.lock\"\n";
    fs::write(shop.directory.join("Cargo.toml"), manifest).unwrap();
    assert_eq!(shop.run(payment(FIRST), &["check"]).code, 0);
    fs::remove_file(shop.lock()).unwrap();
    let ran = shop.run(payment(FIRST), &["check"]);
    assert!(
        ran.code == 100 && ran.err.starts_with("error[EV0235]: the lock of `shop` is missing"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("`git checkout -- events.lock`"), "{}", ran.err);
    let path = shop.directory.path().to_str().unwrap().to_owned();
    let fails = std::panic::catch_unwind(move || {
        event_cli::testing::assert_recorded(payment(FIRST), &path);
    });
    let told = *fails.unwrap_err().downcast::<String>().unwrap();
    assert!(told.contains("events.lock: the lock of `shop` is missing"), "{told}");
}

#[test]
fn what_restores_a_lost_lock_is_quoted_for_a_shell() {
    let shop = Shop::new("absence-quoted");
    let manifest = "[package]\nname = \"shop\"\n\n[package.metadata.events]\nlock = \"my locks/events.lock\"\n";
    fs::write(shop.directory.join("Cargo.toml"), manifest).unwrap();
    let ran = shop.run(payment(FIRST), &["check"]);
    assert!(
        ran.code == 100 && ran.err.contains("`git checkout -- 'my locks/events.lock'`"),
        "{}",
        ran.err
    );
}

#[test]
fn a_lock_that_is_named_and_not_there_fails() {
    let shop = Shop::locked("absence-named", payment(FIRST));
    let ran = shop.run(payment(FIRST), &["check", "--lock", "nowhere.lock"]);
    assert!(
        ran.code == 100 && ran.err.contains("error[EV0235]: there is no lock at `nowhere.lock`"),
        "{}",
        ran.err
    );
    let ran = shop.run(payment(FIRST), &["diff", "--lock", "nowhere.lock"]);
    assert!(ran.code == 101 && ran.err.contains("error[EV0235]"), "{}", ran.err);
}

#[test]
fn a_lost_lock_beside_a_baseline_fails() {
    let repository = repository("absence-lost");
    fs::remove_file(repository.path("shop/events.lock")).unwrap();
    let ran = repository.run("shop", "shop", payment(FIRST), &["check", "--baseline-rev", "main"]);
    assert!(
        ran.code == 100 && ran.err.contains("error[EV0235]") && ran.err.contains("error[EV0230]"),
        "{}",
        ran.err
    );
    // Where neither has one, both are said.
    repository.commit();
    let ran = repository.run("shop", "shop", payment(FIRST), &["check", "--baseline-rev", "HEAD"]);
    assert!(
        ran.code == 100 && ran.err.contains("error[EV0235]") && ran.err.contains("error[EV0234]"),
        "{}",
        ran.err
    );
}

const COMMANDS: [&[&str]; 7] = [
    &["check"],
    &["lock"],
    &["lock", "--check"],
    &["diff"],
    &["changelog"],
    &["accept", "--list"],
    &["accept", "payment_failed@1", "type-changed", "amount", "--reason", "none", "--who", "ada"],
];

#[test]
fn without_cargo_and_far_from_the_package_every_command_fails() {
    let elsewhere = Temp::new("absence-elsewhere");
    for command in COMMANDS.into_iter().chain([&["check", "--baseline-rev", "main"][..]]) {
        let ran = process::run(elsewhere.path(), true, command, &[]);
        assert_eq!((ran.code, ran.out.as_str()), (101, ""), "{command:?}: {}", ran.err);
        assert!(
            ran.err.starts_with("error: cannot find the package `shop`, and so not its lock: "),
            "{}",
            ran.err
        );
        let place = format!("`{}`", elsewhere.path().display());
        assert!(
            ran.err.contains(&place) && ran.err.contains("`CARGO_MANIFEST_DIR` is not set"),
            "{}",
            ran.err
        );
        assert!(
            ran.err.contains("`cargo event ..`") && ran.err.contains("`--lock PATH`"),
            "{}",
            ran.err
        );
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0, "{command:?} began a lock");
    }
    // The same where no program is found.
    assert_eq!(process::run(elsewhere.path(), true, &["check"], &[("PATH", "")]).code, 101);
    // A lock of another package is not this one's.
    let other = "{\n\"lock_format\": 2,\n\"package\": \"other\",\n\n\"lock_end\": 2\n}\n";
    fs::write(elsewhere.join("events.lock"), other).unwrap();
    let ran = process::run(elsewhere.path(), true, &["check"], &[]);
    assert!(
        ran.code == 101 && ran.err.contains("`events.lock` there is of the package `other`"),
        "{}",
        ran.err
    );
}

fn finds_the_break(directory: &Path, variables: &[(&str, &str)]) {
    let ran = process::run(directory, true, &["check"], variables);
    assert!(
        ran.code == 100 && ran.err.contains("EV0208"),
        "{}: {}{}",
        directory.display(),
        ran.out,
        ran.err
    );
    assert_eq!(process::run(directory, false, &["check"], variables).code, 0);
}

#[test]
fn without_cargo_the_package_is_found_above_the_directory_of_the_run() {
    let repository = repository("absence-above");
    fs::create_dir_all(repository.path("shop/src/deep")).unwrap();
    finds_the_break(&repository.path("shop"), &[("PATH", "")]);
    finds_the_break(&repository.path("shop/src/deep"), &[("PATH", "")]);
    // The manifest says where the lock is.
    fs::rename(repository.path("shop/events.lock"), repository.path("kept.lock")).unwrap();
    fs::rename(repository.path("shop/events.lock.d"), repository.path("events.lock.d")).unwrap();
    repository.package("shop", "shop", "\n[package.metadata.events]\nlock = \"../kept.lock\"\n");
    finds_the_break(&repository.path("shop/src"), &[]);
    // One that is shipped without its package, too.
    fs::remove_dir_all(repository.path("shop")).unwrap();
    fs::rename(repository.path("kept.lock"), repository.path("events.lock")).unwrap();
    finds_the_break(&repository.path(""), &[("PATH", "")]);
}

/// A workspace with the shop and another package in it.
fn workspace(name: &str) -> Repository {
    let repository = repository(name);
    repository.package("tool", "tool", "");
    fs::write(
        repository.path("Cargo.toml"),
        "[workspace]\nmembers = [\"shop\", \"tool\"]\nresolver = \"2\"\n",
    )
    .unwrap();
    for package in ["shop", "tool"] {
        fs::create_dir_all(repository.path(package).join("src")).unwrap();
        fs::write(repository.path(package).join("src/lib.rs"), "").unwrap();
    }
    repository
}

#[test]
fn without_cargo_the_package_is_found_in_the_workspace() {
    let repository = workspace("absence-workspace");
    finds_the_break(&repository.path(""), &[]);
    finds_the_break(&repository.path("tool/src"), &[]);
    let ran = process::run(&repository.path(""), true, &["check", "--baseline-rev", "main"], &[]);
    assert!(
        ran.code == 100 && ran.err.contains(" --> shop/events.lock\n")
            || ran.err.contains("EV0208"),
        "{}",
        ran.err
    );
}

#[test]
fn another_package_that_runs_the_command_does_not_hide_the_lock() {
    let repository = workspace("absence-wrapper");
    let tool = repository.path("tool");
    let variables = [("CARGO_MANIFEST_DIR", tool.to_str().unwrap()), ("CARGO_PKG_NAME", "tool")];
    finds_the_break(&repository.path(""), &variables);
    finds_the_break(&tool, &variables);
    // It writes into the lock that is there, which keeps its package.
    let ran = process::run(&tool, false, &["lock"], &variables);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "nothing to record: the lock is up to date\n"),
        "{}",
        ran.err
    );
    assert!(!repository.path("tool/events.lock").exists());
    // Where the package is in no reach, the run fails.
    let elsewhere = Repository::new("absence-wrapper-elsewhere");
    elsewhere.package("", "tool", "");
    let ran = elsewhere.run("", "tool", broken(), &["check"]);
    let says = "this command is of the package `tool`, and the catalog is of `shop`";
    assert!(ran.code == 101 && ran.err.contains(says), "{}", ran.err);
}

#[test]
fn the_lock_of_the_package_that_runs_the_command_is_not_taken_for_the_catalogs() {
    let repository = workspace("absence-two");
    let tool = repository.path("tool");
    let variables = [("CARGO_MANIFEST_DIR", tool.to_str().unwrap()), ("CARGO_PKG_NAME", "tool")];
    repository.package("tool", "tool", "\n[package.metadata.events]\nlock = \"events.lock\"\n");
    let empty = "{\n\"lock_format\": 2,\n\"package\": \"tool\",\n\n\"lock_end\": 2\n}\n";
    for there in [true, false] {
        if there {
            fs::write(tool.join("events.lock"), empty).unwrap();
        } else {
            fs::remove_file(tool.join("events.lock")).unwrap();
        }
        for command in COMMANDS {
            let ran = process::run(&tool, true, command, &variables);
            let says =
                "`tool`, which declares the lock `events.lock`, and the catalog is of `shop`";
            let help = "help: say where the catalog's package is, instead of `lock`: `catalog = \"../shop\"`; ";
            assert!(
                ran.code == 101 && ran.err.contains(says) && ran.err.contains(help),
                "{command:?}: {}{}",
                ran.out,
                ran.err
            );
        }
    }
}

const CATALOG: &str = "\n[package.metadata.events]\ncatalog = ";

#[test]
fn the_package_of_the_command_says_where_that_of_the_catalog_is() {
    let repository = Repository::new("absence-catalog");
    repository.package("shop", "shop", "\n[package.metadata.events]\nlock = \"kept.lock\"\n");
    repository.package("tool", "tool", &format!("{CATALOG}\"../shop\"\n"));
    // No directory here is above the package or in a workspace with it.
    repository.lock("tool", "tool", payment(FIRST));
    let lock = fs::read_to_string(repository.path("shop/kept.lock")).unwrap();
    assert!(lock.contains("\"package\": \"tool\""), "messages of the compiler name the command");
    let ran = repository.run("tool", "tool", broken(), &["check"]);
    assert!(ran.code == 100 && ran.err.contains("EV0208"), "{}{}", ran.out, ran.err);
    assert!(!repository.path("tool/events.lock").exists());
    // The tests of a command's package know the directory only.
    let tool = repository.path("tool").to_str().unwrap().to_owned();
    let variables = [("CARGO_MANIFEST_DIR".to_owned(), tool)].into();
    let env = Env { directory: repository.path(""), variables, ..Env::default() };
    let ran = run_with(&env, payment(FIRST), &["check"]);
    assert!(ran.code == 0 && ran.out.contains("locked in shop/kept.lock\n"), "{}", ran.out);
}

#[test]
fn a_catalog_that_is_not_there_is_named() {
    let repository = Repository::new("absence-no-catalog");
    repository.package("shop", "shop", "");
    for (to, says) in [
        ("../shops", "cannot read "),
        (".", "the package there is `tool`, and the catalog is of `shop`"),
    ] {
        repository.package("tool", "tool", &format!("{CATALOG}\"{to}\"\n"));
        let ran = repository.run("tool", "tool", broken(), &["check"]);
        let wrong = format!("error: `catalog = \"{to}\"` is wrong: {says}");
        let help =
            "\n --> Cargo.toml\nhelp: write the path to the directory of the package `shop`\n";
        assert!(
            ran.code == 101 && ran.err.contains(&wrong) && ran.err.contains(help),
            "{}",
            ran.err
        );
    }
    repository.package("tool", "tool", &format!("{CATALOG}[\"../shop\"]\n"));
    let ran = repository.run("tool", "tool", broken(), &["check"]);
    let says = "the path to the catalog's package cannot be read";
    assert!(ran.code == 101 && ran.err.contains(says), "{}", ran.err);
}

#[test]
fn cargo_that_names_a_directory_without_a_package_fails() {
    let directory = Temp::new("absence-manifest");
    let variables =
        [("CARGO_MANIFEST_DIR".to_owned(), directory.path().to_str().unwrap().to_owned())].into();
    let env = Env { directory: directory.path().to_owned(), variables, ..Env::default() };
    let ran = run_with(&env, broken(), &["check"]);
    assert!(ran.code == 101 && ran.err.contains("cannot read `"), "{}", ran.err);
}
