//! A package that cargo fetched: its users cannot restore a lock that was not packaged, so it is
//! not missed there.

use crate::cargo::{Checked, Workspace};
use std::fs;
use std::process::Command;

const NAME: &str = "lock-packaged";
const APP: &str = "lock-packaged-app";
const ROOT: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\nexclude = [\"fetched\"]\n\n\
    [patch.crates-io]\nevent-core = { path = \"{root}/event-core\" }\n";
const SHOP: &str = "license = \"MIT\"\ndescription = \"Events of a shop.\"\nexclude = [\"events.lock\"]\n\n\
    [package.metadata.events]\nlock = \"events.lock\"\n\n[dependencies]\nevent-core = \"0.1.0\"\n";
const SOURCE: &str = "event_core::events!(
    #[domain]
    pub enum Order { Create }

    #[event(error)]
    pub struct OrderCreateFailed {
        pub amount: i64,
    }
);
";
const MISSING: &str = "`events.lock`, which Cargo.toml declares to be the lock, is missing";

fn is_missed(checked: &Checked) -> bool {
    let is_it = checked.errors.iter().any(|error| error.message.contains(MISSING));
    let said: Vec<&str> = checked.errors.iter().map(|error| error.rendered.as_str()).collect();
    assert_eq!(is_it, !checked.is_ok, "{}", said.concat());
    is_it
}

#[test]
fn a_dependency_that_was_packaged_without_its_lock_builds() {
    let workspace = Workspace::create(NAME);
    workspace.rooted("Cargo.toml", ROOT);
    workspace.manifest(NAME, SHOP);
    workspace.write(&format!("crates/{NAME}/src/lib.rs"), SOURCE);
    assert!(is_missed(&workspace.check(NAME)), "where it is developed, it is missed");

    let archive = workspace.package(NAME);
    fs::create_dir(workspace.path("fetched")).unwrap();
    let unpacked = Command::new("tar")
        .arg("xzf")
        .arg(archive)
        .arg("-C")
        .arg(workspace.path("fetched"))
        .status()
        .unwrap();
    assert!(unpacked.success());
    fs::remove_dir_all(workspace.path(&format!("crates/{NAME}"))).unwrap();
    let fetched = format!("fetched/{NAME}-0.0.0");
    assert!(!workspace.path(&format!("{fetched}/events.lock")).exists(), "it was left out");
    workspace
        .manifest(APP, &format!("[dependencies]\n{NAME} = {{ path = \"../../{fetched}\" }}\n"));
    workspace.write(&format!("crates/{APP}/src/lib.rs"), "pub use lock_packaged::Order;\n");
    assert!(!is_missed(&workspace.check(APP)), "its users are not stuck");

    // As a repository has it, also where a tool that merges has left a `Cargo.toml.orig`.
    let manifest = format!("{fetched}/Cargo.toml");
    let original =
        fs::read_to_string(workspace.path(&format!("{fetched}/Cargo.toml.orig"))).unwrap();
    workspace.write(&manifest, &original);
    assert!(is_missed(&workspace.check(APP)), "a path dependency is developed here");
    // A checkout of a repository by cargo, and a directory of `cargo vendor`.
    for mark in ["fetched/.cargo-ok".to_owned(), format!("{fetched}/.cargo-checksum.json")] {
        workspace.write(&mark, "{}");
        workspace.write(&manifest, &format!("{original}\n# {mark}\n"));
        assert!(!is_missed(&workspace.check(APP)), "{mark}");
        fs::remove_file(workspace.path(&mark)).unwrap();
    }
}
