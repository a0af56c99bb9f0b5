//! Finds a package by its name, if cargo does not say which package it runs, or runs another one.

use crate::git::words;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

/// The manifest of a package in a directory, in one above it, or in its workspace.
pub(crate) fn find(package: &str, directory: &Path) -> Option<PathBuf> {
    above(package, directory).or_else(|| in_workspace(package, directory).ok())
}

/// The manifest of a package in a directory or in one above it.
pub(crate) fn above(package: &str, directory: &Path) -> Option<PathBuf> {
    let directory = absolute(directory);
    let mut manifests = directory.ancestors().map(|directory| directory.join("Cargo.toml"));
    manifests.find(|manifest| {
        fs::read_to_string(manifest)
            .is_ok_and(|text| name_in_manifest(&text).is_some_and(|name| name == package))
    })
}

/// The manifest of a package in the workspace of a directory, from `cargo metadata`.
///
/// # Errors
///
/// The reason, in cargo's own words if cargo fails.
pub(crate) fn in_workspace(package: &str, directory: &Path) -> Result<PathBuf, String> {
    let ran = Command::new("cargo")
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(directory_or_here(directory))
        // A look-up must not download a toolchain.
        .env("RUSTUP_AUTO_INSTALL", "0")
        .stdin(Stdio::null())
        .output();
    let ran = ran.map_err(|error| format!("cannot run `cargo metadata`: {error}"))?;
    if !ran.status.success() {
        return Err(format!("`cargo metadata`: {}", words(&ran.stderr)));
    }
    manifest_in(&ran.stdout, package)
        .ok_or_else(|| "the workspace there has no such package".to_owned())
}

fn manifest_in(metadata: &[u8], package: &str) -> Option<PathBuf> {
    let metadata: serde_json::Value = serde_json::from_slice(metadata).ok()?;
    let packages = metadata.get("packages")?.as_array()?;
    let found =
        packages.iter().find(|found| found.get("name").is_some_and(|name| name == package))?;
    Some(PathBuf::from(found.get("manifest_path")?.as_str()?))
}

/// The absolute path of a directory.
pub(crate) fn absolute(directory: &Path) -> PathBuf {
    let directory = directory_or_here(directory);
    std::path::absolute(directory).unwrap_or_else(|_| directory.to_owned())
}

/// A path without `..`, if it leads to the same file: `a/../b` is not `b` where `a` is a symbolic
/// link.
pub(crate) fn without_parents(path: &Path) -> PathBuf {
    let mut short = PathBuf::new();
    for component in path.components() {
        let is_named = matches!(short.components().next_back(), Some(Component::Normal(_)));
        if component == Component::ParentDir && is_named {
            short.pop();
        } else {
            short.push(component);
        }
    }
    let whole = |path: &Path| fs::canonicalize(path).ok();
    if whole(&short) == whole(path) { short } else { path.to_owned() }
}

fn directory_or_here(directory: &Path) -> &Path {
    if directory.as_os_str().is_empty() { Path::new(".") } else { directory }
}

/// The name in the table `[package]`.
pub(crate) fn name_in_manifest(manifest: &str) -> Option<&str> {
    let lines = manifest.lines().map(str::trim).skip_while(|line| !is_package_table(line)).skip(1);
    lines.take_while(|line| !line.starts_with('[')).find_map(|line| {
        let (key, value) = line.split_once('=')?;
        let value = value.trim().strip_prefix(['"', '\''])?;
        (key.trim() == "name").then(|| value.split(['"', '\'']).next().unwrap_or_default())
    })
}

fn is_package_table(line: &str) -> bool {
    line.split('#').next().is_some_and(|table| table.trim_end() == "[package]")
}

/// The package that a lock names; `None` if the text is not a lock. Only the head is read, so a
/// lock that is damaged further down still has its package.
pub(crate) fn package_of_lock(text: &str) -> Option<&str> {
    /// The number of lines in which the head of a lock is, including the marks of a merge.
    const HEAD: usize = 12;
    let mut lines = text.lines().take(HEAD).map(str::trim);
    lines.find(|line| line.starts_with("\"lock_format\""))?;
    lines.find_map(|line| {
        line.strip_prefix("\"package\": \"")?.trim_end_matches(',').strip_suffix('"')
    })
}

#[cfg(test)]
mod tests {
    use super::{name_in_manifest, package_of_lock};
    use event_grammar::lock::{FORMAT, Lock};

    #[test]
    fn a_manifest_says_the_name_of_its_package() {
        let manifest =
            "[lib]\nname = \"other\"\n\n[package] # ours\nversion = \"1\"\nname = 'shop' # it\n";
        assert_eq!(name_in_manifest(manifest), Some("shop"));
        assert_eq!(name_in_manifest("[workspace]\nname = \"shop\"\n"), None);
        assert_eq!(name_in_manifest("[package]\n[lib]\nname = \"shop\"\n"), None);
    }

    #[test]
    fn a_lock_says_its_package_whatever_follows() {
        let text = Lock::new("shop").render();
        assert_eq!(package_of_lock(&text), Some("shop"));
        let head = text.lines().take(3).collect::<Vec<_>>().join("\r\n");
        assert_eq!(package_of_lock(&head), Some("shop"));
        assert_eq!(package_of_lock(&format!("{{\n\"lock_format\": {FORMAT},\n}}")), None);
        assert_eq!(
            package_of_lock("{\n\"name\": \"shop\",\n\"package\": \"shop\"\n}"),
            None,
            "it is no lock"
        );
    }
}
