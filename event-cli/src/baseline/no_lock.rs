//! The finding that a baseline has no lock.

use crate::console::Ending;
use crate::finding::{Finding, Place};
use crate::lock_file::LockFile;
use std::collections::BTreeSet;

/// The finding's code.
pub(crate) const NO_LOCK: &str = "EV0234";

/// The finding. Its place is the package's own lock.
pub(super) fn no_lock(what: impl Into<String>, help: impl Into<String>, file: &LockFile) -> Ending {
    Finding::error(NO_LOCK, what).help(help).at(Place::file(&file.name)).into()
}

/// "the package `shop`"
pub(super) fn listed(packages: &BTreeSet<String>) -> String {
    let names: Vec<String> = packages.iter().map(|name| format!("`{name}`")).collect();
    format!("the package {}", names.join(" or "))
}
