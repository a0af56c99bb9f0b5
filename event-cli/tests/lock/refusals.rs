//! A git that fails, and an environment that leads it elsewhere.

use crate::catalogs::*;
use crate::fixture::{Ran, Temp};
use crate::process::{self, broken};
use crate::repository::{Repository, repository};
use std::fs;
use std::path::{Path, PathBuf};

const CHECK: &[&str] = &["check", "--baseline-rev", "main"];

fn fails(ran: &Ran, says: &[&str]) {
    assert!(ran.code == 101 && ran.out.is_empty(), "{}{}", ran.out, ran.err);
    for words in says {
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
    }
}

fn finds_the_break(ran: &Ran) {
    assert!(
        ran.code == 100 && ran.err.contains("EV0230") && ran.err.contains("EV0208"),
        "{}{}",
        ran.out,
        ran.err
    );
}

/// Writes a break and its lock into the working tree.
fn breaks(repository: &Repository, directory: &str) {
    fs::remove_file(repository.path(directory).join("events.lock")).unwrap();
    fs::remove_dir_all(repository.path(directory).join("events.lock.d")).unwrap();
    assert_eq!(repository.run(directory, "shop", broken(), &["lock"]).code, 0);
}

#[test]
fn a_repository_of_another_user_is_refused_in_the_words_of_git() {
    let repository = repository("refusals-owner");
    let shop = repository.path("shop");
    let other = [("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"), ("HOME", "/nonexistent")];
    for command in [CHECK, &["diff", "main.."], &["changelog", "main.."]] {
        let ran = process::run(&shop, false, command, &other);
        let says = "/shop`: `git rev-parse --is-inside-work-tree`: fatal: detected dubious \
                    ownership in repository at '";
        fails(
            &ran,
            &[
                says,
                "; To add an exception for this directory, call: git config --global --add \
                 safe.directory ",
            ],
        );
    }
    // What git advises works.
    let settings = repository.path("settings");
    let safe = format!(
        "[safe]\n\tdirectory = {}\n",
        fs::canonicalize(repository.path("")).unwrap().display()
    );
    fs::write(&settings, safe).unwrap();
    let global = ("GIT_CONFIG_GLOBAL", settings.to_str().unwrap());
    assert_eq!(process::run(&shop, false, CHECK, &[other[0], other[1], global]).code, 0);
    let counted = [
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "safe.directory"),
        ("GIT_CONFIG_VALUE_0", "*"),
    ];
    assert_eq!(process::run(&shop, false, CHECK, &[&other[..], &counted].concat()).code, 0);
}

#[test]
fn no_git_and_no_repository_are_errors() {
    let repository = repository("refusals-none");
    let ran = process::run(&repository.path("shop"), false, CHECK, &[("PATH", "")]);
    fails(&ran, &["cannot run `git`: ", "install git", "`check --baseline-dir DIR`"]);
    let alone = Shop::locked("refusals-alone", payment(FIRST));
    // A temporary directory may be in a repository of somebody else.
    let ceiling = std::env::temp_dir();
    let ran = process::run(
        alone.directory.path(),
        false,
        CHECK,
        &[("GIT_CEILING_DIRECTORIES", ceiling.to_str().unwrap())],
    );
    fails(
        &ran,
        &[
            "cannot read the git repository of `",
            ": fatal: not a git repository",
            "`check --baseline-dir DIR`",
        ],
    );
    // Within the directory of git itself there is no working tree.
    repository.package(".git/shop", "shop", "");
    fails(
        &repository.run(".git/shop", "shop", payment(FIRST), &["diff", "HEAD..HEAD"]),
        &["not in a working tree"],
    );
    repository.git(&["branch", "-q", "-m", "main", "trunk"]);
    fails(
        &process::run(&repository.path("shop"), false, CHECK, &[]),
        &["git finds no revision `main`", "fatal: "],
    );
}

#[test]
fn what_is_no_revision_is_an_error() {
    let repository = repository("refusals-revision");
    for (revision, says) in [
        ("nowhere", "git finds no revision `nowhere` in the repository of"),
        ("--output=x", "`--output=x` is not the name of a git revision"),
        ("", "`` is not the name of a git revision"),
        ("HEAD:shop", "git finds no revision `HEAD:shop`"),
        ("a\nb", "git finds no revision `a\\nb`"),
        ("0123456789012345678901234567890123456789", "git finds no revision `0123"),
    ] {
        let arg = format!("--baseline-rev={revision}");
        fails(&repository.run("shop", "shop", payment(FIRST), &["check", &arg]), &[says]);
    }
    repository.git(&["remote", "add", "elsewhere", "https://example.com/shop"]);
    let ran = repository.run(
        "shop",
        "shop",
        payment(FIRST),
        &["check", "--baseline-rev", "elsewhere/main"],
    );
    fails(&ran, &["`git fetch --no-tags elsewhere main`"]);
    let ran =
        repository.run("shop", "shop", payment(FIRST), &["check", "--baseline-rev", "main~9"]);
    fails(&ran, &["`git fetch elsewhere`"]);
}

/// The file of an object.
fn object(repository: &Repository, name: &str) -> PathBuf {
    let hash = repository.git(&["rev-parse", name]);
    let (directory, file) = hash.trim().split_at(2);
    repository.path(".git/objects").join(directory).join(file)
}

fn write(path: &Path, contents: &[u8]) {
    let _ = fs::remove_file(path);
    fs::write(path, contents).unwrap();
}

#[test]
fn an_object_that_is_lost_or_damaged_is_not_a_file_that_is_missing() {
    const STORED: &str = "main:shop/events.lock.d/payment_failed@1/r0.write.json";
    for (name, words) in [
        ("main", "fatal: "),
        ("main:shop", "Could not read "),
        ("main:shop/events.lock", " missing (`shop/events.lock`)"),
        ("main:shop/events.lock.d", "Could not read "),
        (STORED, " missing (`shop/events.lock.d/payment_failed@1/r0.write.json`)"),
    ] {
        let repository = repository("refusals-lost");
        let object = object(&repository, name);
        breaks(&repository, "shop");
        fs::remove_file(&object).unwrap();
        for command in [CHECK, &["diff", "main.."]] {
            let ran = process::run(&repository.path("shop"), true, command, &[]);
            fails(&ran, &["`git ", words]);
            assert!(!ran.err.contains("EV0"), "{name}: {}", ran.err);
        }
        write(&object, b"no object");
        let ran = process::run(&repository.path("shop"), true, CHECK, &[]);
        fails(&ran, &["`git "]);
        assert!(!ran.err.contains("EV0"), "{name}: {}", ran.err);
    }
    let repository = repository("refusals-head");
    write(&repository.path(".git/HEAD"), b"");
    fails(
        &process::run(&repository.path("shop"), false, CHECK, &[]),
        &["cannot read the git repository of `", "fatal: "],
    );
}

#[cfg(unix)]
#[test]
fn a_repository_that_may_not_be_read_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let repository = repository("refusals-permission");
    let objects = repository.path(".git/objects");
    fs::set_permissions(&objects, fs::Permissions::from_mode(0o000)).unwrap();
    // Root may read everything.
    let may_read = fs::read_dir(&objects).is_ok();
    let ran = repository.run("shop", "shop", payment(FIRST), CHECK);
    fs::set_permissions(&objects, fs::Permissions::from_mode(0o755)).unwrap();
    if !may_read {
        fails(&ran, &["`git "]);
    }
}

#[test]
fn an_environment_that_names_another_repository_is_not_followed() {
    // It has the broken state on its `main`, at the same path.
    let other = Repository::new("refusals-other");
    other.package("shop", "shop", "");
    assert_eq!(other.run("shop", "shop", broken(), &["lock"]).code, 0);
    other.commit();
    let repository = repository("refusals-environment");
    breaks(&repository, "shop");
    let (git, tree) = (other.path(".git"), other.path(""));
    let (objects, index) = (git.join("objects"), git.join("index"));
    let [git, tree, objects, index] =
        [&git, &tree, &objects, &index].map(|path| path.to_str().unwrap());
    let environments: [&[(&str, &str)]; 9] = [
        &[("GIT_DIR", git)],
        &[("GIT_DIR", git), ("GIT_WORK_TREE", tree)],
        &[("GIT_DIR", ".git"), ("GIT_INDEX_FILE", ".git/index"), ("GIT_PREFIX", "")],
        &[("GIT_WORK_TREE", tree)],
        &[("GIT_COMMON_DIR", git)],
        &[("GIT_OBJECT_DIRECTORY", objects), ("GIT_INDEX_FILE", index)],
        &[
            ("GIT_ALTERNATE_OBJECT_DIRECTORIES", objects),
            ("GIT_GRAFT_FILE", index),
            ("GIT_SHALLOW_FILE", index),
        ],
        &[("GIT_ICASE_PATHSPECS", "1"), ("GIT_GLOB_PATHSPECS", "1")],
        &[("GIT_NOGLOB_PATHSPECS", "1"), ("GIT_CEILING_DIRECTORIES", "/nonexistent")],
    ];
    for environment in environments {
        finds_the_break(&process::run(&repository.path("shop"), true, CHECK, environment));
    }
}

#[test]
fn a_lock_in_a_submodule_is_compared_with_a_revision_of_the_submodule() {
    let inner = repository("refusals-inner");
    let outer = Repository::new("refusals-outer");
    outer.git(&[
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        inner.path("").to_str().unwrap(),
        "events",
    ]);
    outer.git(&["commit", "-q", "-m", "added"]);
    breaks(&outer, "events/shop");
    finds_the_break(&outer.run("events/shop", "shop", broken(), CHECK));
    // The outer repository knows a commit of it and none of its files.
    outer.package("copy", "shop", "");
    assert_eq!(outer.run("copy", "shop", broken(), &["lock"]).code, 0);
    let ran = outer.run("copy", "shop", broken(), CHECK);
    assert!(ran.code == 100 && ran.err.contains("error[EV0234]"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_lock_in_a_linked_working_tree_is_compared() {
    let repository = repository("refusals-linked");
    repository.git(&["worktree", "add", "-q", "-b", "feature", "linked tree"]);
    breaks(&repository, "linked tree/shop");
    finds_the_break(&repository.run("linked tree/shop", "shop", broken(), CHECK));
    // Also where the repository itself has no working tree.
    let bare = Temp::new("refusals-bare");
    repository.git(&["clone", "-q", "--bare", ".", bare.join("shop.git").to_str().unwrap()]);
    let git = |args: &[&str]| {
        let ran = crate::git::try_git(&bare.join("shop.git"), args);
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    git(&["worktree", "add", "-q", "../tree", "main"]);
    let tree = Repository { directory: bare };
    breaks(&tree, "tree/shop");
    finds_the_break(&tree.run("tree/shop", "shop", broken(), CHECK));
    tree.package("shop.git/shop", "shop", "");
    let ran = tree.run("shop.git/shop", "shop", broken(), &["diff", "main..main"]);
    fails(&ran, &["not in a working tree"]);
}
