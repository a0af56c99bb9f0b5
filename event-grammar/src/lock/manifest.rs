//! The settings in `Cargo.toml` that the macros and the command read.
//!
//! ```toml
//! # of the catalog's package: where its lock is
//! [package.metadata.events]
//! lock = "events.lock"
//!
//! # of its command's package: where the catalog's package is
//! [package.metadata.events]
//! catalog = "../shop-events"
//! ```
//!
//! A TOML parser would be the largest dependency of the macros. A setting that is written in
//! another way than above is refused, not guessed.

const OURS: &str = "[package.metadata.events]";

/// A key of the table, and the error for another way to write it.
struct Key {
    name: &'static str,
    refused: &'static str,
}

const LOCK: Key = Key {
    name: "lock",
    refused: "the path to the lock cannot be read\nhelp: in Cargo.toml, write two lines: `[package.metadata.events]` and `lock = \"events.lock\"`",
};

const CATALOG: Key = Key {
    name: "catalog",
    refused: "the path to the catalog's package cannot be read\nhelp: in Cargo.toml, write two lines: `[package.metadata.events]` and `catalog = \"../shop-events\"`",
};

/// The path to the lock, relative to the manifest's directory; `None` if the manifest declares
/// none.
///
/// # Errors
///
/// If the path is declared in another way than above. The text has a line that says what is wrong
/// and a line that says what to write.
pub fn lock_path(manifest: &str) -> Result<Option<String>, &'static str> {
    path(manifest, &LOCK)
}

/// The path to the catalog's package, relative to the manifest's directory; `None` if the manifest
/// declares none. Only the manifest of a catalog's command declares one.
///
/// # Errors
///
/// As [`lock_path`].
pub fn catalog_path(manifest: &str) -> Result<Option<String>, &'static str> {
    path(manifest, &CATALOG)
}

fn path(manifest: &str, wanted: &Key) -> Result<Option<String>, &'static str> {
    let refused = wanted.refused;
    let mut table = String::new();
    let mut found = None;
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            line.split('#').next().unwrap_or_default().trim_end().clone_into(&mut table);
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let key = key.trim();
        if table == OURS && key == wanted.name {
            found = Some(text(value.trim()).ok_or(refused)?);
        } else if (plain(&table) == OURS && plain(key) == wanted.name)
            || (is_ours(&table, key) && line.contains(wanted.name))
        {
            return Err(refused);
        }
    }
    Ok(found)
}

/// The name without the quotes and spaces that TOML allows around it.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '\t' | '"' | '\'')).collect()
}

/// Whether a key in another table names the table `package.metadata.events` or a key of it.
fn is_ours(table: &str, key: &str) -> bool {
    let ours: &[&str] = match table {
        "" => &["package", "metadata", "events"],
        "[package]" => &["metadata", "events"],
        "[package.metadata]" => &["events"],
        _ => return false,
    };
    let key: Vec<&str> = key.split('.').map(|part| part.trim().trim_matches(['"', '\''])).collect();
    key.starts_with(ours)
}

/// A text in quotes, without escapes: a path relative to the manifest's directory.
fn text(value: &str) -> Option<String> {
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (text, rest) = value[1..].split_once(quote)?;
    let rest = rest.trim_start();
    // An absolute path would be valid on this machine only.
    let is_plain = !text.is_empty()
        && !text.contains('\\')
        && !text.starts_with('/')
        && (rest.is_empty() || rest.starts_with('#'));
    is_plain.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{catalog_path, lock_path};

    #[test]
    fn a_declared_lock_is_found() {
        let manifest = "[package]\nname = \"a\"\n\n[package.metadata.events] # ours\nlock = '../shop/events.lock' # there\n";
        assert_eq!(lock_path(manifest), Ok(Some("../shop/events.lock".to_owned())));
        assert_eq!(lock_path("[package]\nname = \"a\"\nlock = \"x\"\n"), Ok(None));
        assert_eq!(lock_path("[package.metadata]\neventstream = 1\nmsrv.events = 2\n"), Ok(None));
        assert_eq!(
            lock_path("[package.metadata.events]\nother = 1\n[dependencies]\nlock = \"1\"\n"),
            Ok(None)
        );
    }

    #[test]
    fn a_declared_catalog_is_found() {
        let manifest = "[package.metadata.events]\nlock = \"a\"\ncatalog = \"../shop-events\"\n";
        assert_eq!(catalog_path(manifest), Ok(Some("../shop-events".to_owned())));
        assert_eq!(lock_path(manifest), Ok(Some("a".to_owned())));
        assert_eq!(catalog_path("[package]\nname = \"a\"\n"), Ok(None));
        let refused = catalog_path("[package.metadata.events]\n'catalog' = \"a\"\n").unwrap_err();
        assert!(refused.contains("`catalog = "), "{refused}");
        // Each is refused for its own sake.
        let other = "[package.metadata]\nevents = { catalog = \"../shop-events\" }\n";
        assert_eq!((lock_path(other), catalog_path(other)), (Ok(None), Err(refused)));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for manifest in [
            "[package.metadata]\nevents = { lock = \"events.lock\" }",
            "[package.metadata]\nevents.lock = \"events.lock\"",
            "[package.metadata.events]\nlock = \"\"\"events.lock\"\"\"",
            "[package.metadata.events]\nlock = \"a\\u0062\"",
            "[package.metadata.events]\nlock = [\"events.lock\"]",
            "[package.metadata.events]\nlock = \"/shop/events.lock\"",
            "[package.metadata.events]\n\"lock\" = \"events.lock\"",
            "[ package.metadata.events ]\nlock = \"events.lock\"",
            "[package.\"metadata\".events]\nlock = \"events.lock\"",
            "[package]\nmetadata.events.lock = \"events.lock\"",
            "[package]\nmetadata.events = { lock = \"events.lock\" }",
            "package.metadata.events.lock = \"events.lock\"",
        ] {
            assert!(lock_path(manifest).is_err(), "{manifest}");
        }
    }
}
