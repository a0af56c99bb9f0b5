//! The baseline in a clone as a pipeline makes it: of one commit of one branch.

use crate::catalogs::*;
use crate::fixture::Temp;
use crate::process::{self, broken};
use crate::repository::repository;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs a line in a shell, as a pipeline does.
fn sh(directory: &Path, line: &str) {
    let mut shell = Command::new("sh");
    shell.args(["-euc", line]).current_dir(directory).env("GITHUB_BASE_REF", "main");
    let ran = shell
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(ran.status.success(), "{line}: {}", String::from_utf8_lossy(&ran.stderr));
}

/// The commands of a page that make a baseline known, and the arguments of the `check` that
/// follows.
fn documented(page: &str) -> (Vec<String>, Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(page);
    let text = fs::read_to_string(path).unwrap();
    let (_, part) = text.split_once("<!-- baseline -->\n").unwrap();
    let (part, _) = part.split_once("<!-- /baseline -->\n").unwrap();
    let lines = part
        .lines()
        .map(str::trim)
        .filter_map(|line| line.strip_prefix("$ ").or(line.strip_prefix("- run: ")));
    let (git, cargo): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with("git "));
    let check = cargo.iter().find_map(|line| line.split_once(" -- check ")).unwrap().1;
    assert!(!git.is_empty(), "{page} has commands of git");
    let args = ["check"].into_iter().chain(check.split(' ')).map(str::to_owned).collect();
    (git.into_iter().map(str::to_owned).collect(), args)
}

/// An origin whose branch `feature` breaks what `main` has locked, and has rewritten the lock with
/// it.
fn origin(name: &str) -> crate::repository::Repository {
    let origin = repository(name);
    origin.git(&["checkout", "-q", "-b", "feature"]);
    fs::remove_file(origin.path("shop/events.lock")).unwrap();
    fs::remove_dir_all(origin.path("shop/events.lock.d")).unwrap();
    assert_eq!(origin.run("shop", "shop", broken(), &["lock"]).code, 0);
    origin.commit();
    // A hosting service has the merge of a change as a ref of its own.
    origin.git(&["checkout", "-q", "-b", "merged", "main"]);
    origin.git(&["merge", "-q", "--no-ff", "--no-edit", "feature"]);
    origin.git(&["update-ref", "refs/pull/1/merge", "merged"]);
    origin.git(&["checkout", "-q", "main"]);
    origin.git(&["branch", "-q", "-D", "merged"]);
    origin
}

/// What a pipeline checks out: the branch, or its merge, as `actions/checkout` does.
fn checkouts(url: &str) -> [String; 2] {
    [
        format!("git clone -q --depth 1 --single-branch --branch feature '{url}' ."),
        format!(
            "git init -q . && git remote add origin '{url}' && git fetch -q --no-tags --depth=1 \
             origin +refs/pull/1/merge:refs/remotes/pull/1/merge && git checkout -q --force \
             refs/remotes/pull/1/merge"
        ),
    ]
}

#[test]
fn the_documented_commands_find_a_break_in_a_shallow_clone_of_one_branch() {
    let origin = origin("clones-documented");
    let url = format!("file://{}", origin.path("").display());
    for page in ["lock.md", "change.md"] {
        let (git, check) = documented(page);
        for checkout in checkouts(&url) {
            let clone = Temp::new("clones-documented-clone");
            sh(clone.path(), &checkout);
            assert!(clone.join(".git/shallow").is_file());
            let args: Vec<&str> = check.iter().map(String::as_str).collect();
            let shop = clone.join("shop");
            let early = process::run(&shop, true, &args, &[]);
            assert!(
                early.code == 101 || checkout.contains("pull"),
                "before it is fetched: {}{}",
                early.out,
                early.err
            );
            for line in &git {
                sh(clone.path(), line);
            }
            let ran = process::run(&shop, true, &args, &[]);
            assert!(
                ran.code == 100 && ran.err.contains("EV0230") && ran.err.contains("EV0208"),
                "{}{}",
                ran.out,
                ran.err
            );
            assert!(
                ran.out.contains("compared with 1 version in `shop/events.lock` of `FETCH_HEAD` ("),
                "{}",
                ran.out
            );
        }
    }
}

#[test]
fn the_help_of_an_unknown_revision_works_in_a_shallow_clone_of_one_branch() {
    let origin = origin("clones-help");
    let url = format!("file://{}", origin.path("").display());
    let [checkout, _] = checkouts(&url);
    let clone = Temp::new("clones-help-clone");
    sh(clone.path(), &checkout);
    let shop = clone.join("shop");
    for name in ["origin/main", "main"] {
        let ran = process::run(&shop, true, &["check", "--baseline-rev", name], &[]);
        let says = format!(
            "git finds no revision `{name}` in the repository of `{}`: `git rev-parse --verify {name}^{{commit}}`: fatal: ",
            shop.display()
        );
        assert!(ran.code == 101 && ran.err.contains(&says), "{}", ran.err);
        let fetch = "git fetch --no-tags --depth=1 origin main";
        assert!(
            ran.err.contains(&format!("`{fetch}`, then `check --baseline-rev FETCH_HEAD`")),
            "{}",
            ran.err
        );
        sh(clone.path(), fetch);
        let ran = process::run(&shop, true, &["check", "--baseline-rev", "FETCH_HEAD"], &[]);
        assert!(ran.code == 100 && ran.err.contains("EV0208"), "{}{}", ran.out, ran.err);
    }
    // An older commit needs more than a name.
    let ran = process::run(&shop, true, &["check", "--baseline-rev", "HEAD~1"], &[]);
    assert!(ran.code == 101 && ran.err.contains("`git fetch --unshallow origin`"), "{}", ran.err);
    // In a full clone, a depth would cut the history off.
    let full = Temp::new("clones-help-full");
    sh(full.path(), &format!("git clone -q --single-branch --branch feature '{url}' ."));
    let ran =
        process::run(&full.join("shop"), true, &["check", "--baseline-rev", "origin/main"], &[]);
    assert!(
        ran.code == 101 && ran.err.contains("`git fetch --no-tags origin main`"),
        "{}",
        ran.err
    );
}

#[test]
fn a_baseline_that_is_checked_out_is_named_as_such() {
    let repository = repository("clones-same");
    let ran = repository.run("shop", "shop", payment(FIRST), &["check", "--baseline-rev", "main"]);
    assert!(
        ran.code == 0 && ran.out.ends_with("), the commit that is checked out\n"),
        "{}",
        ran.out
    );
    let ran = repository.run("shop", "shop", broken(), &["check", "--baseline-rev", "main"]);
    assert!(
        ran.code == 100 && ran.err.contains("EV0208"),
        "what is not committed is compared: {}",
        ran.err
    );
}

#[test]
fn a_partial_clone_reads_from_its_remote_or_fails_in_the_words_of_git() {
    for filter in ["blob:none", "tree:0"] {
        let origin = origin("clones-partial");
        origin.git(&["config", "uploadpack.allowFilter", "true"]);
        let url = format!("file://{}", origin.path("").display());
        let clone = Temp::new("clones-partial-clone");
        sh(
            clone.path(),
            &format!("git clone -q --no-checkout --filter={filter} --branch feature '{url}' ."),
        );
        sh(clone.path(), "git checkout -q feature");
        let shop = clone.join("shop");
        let check = || process::run(&shop, true, &["check", "--baseline-rev", "origin/main"], &[]);
        sh(clone.path(), &format!("git remote set-url origin '{url}-gone'"));
        let ran = check();
        assert!(ran.code == 101 && ran.out.is_empty(), "{filter}: {}{}", ran.out, ran.err);
        assert!(
            ran.err.contains("cannot read the files of the git revision `origin/main` ("),
            "{filter}: {}",
            ran.err
        );
        assert!(ran.err.contains("`git ") && ran.err.contains("fatal: "), "{filter}: {}", ran.err);
        sh(clone.path(), &format!("git remote set-url origin '{url}'"));
        let ran = check();
        assert!(
            ran.code == 100 && ran.err.contains("EV0230") && ran.err.contains("EV0208"),
            "{filter}: {}",
            ran.err
        );
    }
}
