//! Errors of `cargo event`: each says what is wrong, where, and what to do. No file is left behind.

use crate::workspace::*;
use std::fs;
use std::path::Path;

fn refused(directory: &Path, words: &str, says: &str, help: &str) {
    let ran = event(directory, words);
    assert_eq!((ran.code, ran.out.as_str()), (Some(101), ""), "{words}: {}", ran.err);
    let (what, rest) = ran.err.split_once("\nhelp: ").unwrap();
    assert!(what.starts_with("error: ") && what.contains(says), "{words}: {what}");
    assert!(rest.contains(help) && rest.ends_with('\n'), "{words}: {rest}");
}

#[test]
fn what_cannot_be_made_leaves_nothing() {
    let place = Temp::new("refusals");
    refused(&place.0, "new My_Shop", "`My_Shop` cannot be", "`cargo event new my-shop`");
    refused(&place.0, "new ../shop", "`../shop` cannot be", "`cargo event new shop`");
    let no_checkout = "new shop --path .";
    refused(&place.0, no_checkout, "`.` is not a checkout of the event catalog", "`event-core`");
    assert_eq!(event(&place.0, "new shop --path a --git b").code, Some(2));
    assert_eq!(fs::read_dir(&place.0).unwrap().count(), 0);
    fs::write(place.0.join("shop"), "mine").unwrap();
    refused(&place.0, "new shop --git u", "`shop` exists already", "choose another name");
    assert_eq!(fs::read_to_string(place.0.join("shop")).unwrap(), "mine");
    assert_eq!(fs::read_dir(&place.0).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_directory_that_cannot_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let place = Temp::new("unwritable");
    let closed = place.0.join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(closed.join("probe"), "").is_err() {
        refused(&closed, "new shop --git u", "cannot write `shop`: ", "that you may write in");
    } else {
        // Root may write to every directory except those of the kernel.
        refused(
            Path::new("/proc/self"),
            "new shop --git u",
            "cannot write `shop`: ",
            "may write in",
        );
    }
}

#[test]
fn crates_come_from_where_it_is_said() {
    let place = Temp::new("crates");
    let manifest = |name: &str| fs::read_to_string(place.0.join(name).join("Cargo.toml")).unwrap();
    // The `repository` in the root Cargo.toml is a placeholder.
    let public = "the crates have no public repository yet";
    refused(&place.0, "new shop", public, "`--path DIR`, a checkout, or `--git URL`");
    refused(&place.0, "-p shop new shop --path .", "`-p` chooses the command", "remove `-p`");
    event(&place.0, "new kiosk --git https://git.example.com/events").ok();
    assert!(manifest("kiosk").contains("{ git = \"https://git.example.com/events\" }"));
    for krate in ["event-core", "event-cli"] {
        let package = place.0.join("checkout").join(krate);
        fs::create_dir_all(&package).unwrap();
        let text = format!("[package]\nname = \"{krate}\"\n");
        fs::write(package.join("Cargo.toml"), text).unwrap();
    }
    event(&place.0, "new stall --path ./checkout").ok();
    assert!(manifest("stall").contains("event-cli = { path = \"../checkout/event-cli\" }"));
}

/// A workspace of packages that are never built.
fn workspace(place: &Temp, commands: &[&str]) {
    let members: Vec<_> = commands.iter().map(|name| format!("\"{name}\"")).collect();
    let text = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    fs::write(place.0.join("Cargo.toml"), text).unwrap();
    for name in commands {
        fs::create_dir_all(place.0.join(name).join("src")).unwrap();
        fs::write(place.0.join(name).join("src/main.rs"), "fn main() {}\n").unwrap();
        let declared = "[package.metadata.events]\ncatalog = \"../events\"\n";
        let package = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n{declared}");
        fs::write(place.0.join(name).join("Cargo.toml"), package).unwrap();
    }
}

#[test]
fn one_command_has_to_be_meant() {
    let place = Temp::new("commands");
    let anywhere = "make one: `cargo event new NAME`";
    refused(&place.0, "list", "could not find `Cargo.toml`", anywhere);
    workspace(&place, &[]);
    refused(&place.0, "list", "no package of this workspace", "`catalog = \"../shop-events\"`");
    workspace(&place, &["one", "two"]);
    let below = place.0.join("two/src");
    refused(&below, "list", "commands: `one`, `two`", "`cargo event -p one list`");
    refused(&below, "-p three list", "the package `three` has no", "one of: `one`, `two`");
    event(&below, "-p two list").ok();
}
