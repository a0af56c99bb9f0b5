//! The name of event-core in the crate that is compiled. Generated paths begin with this name;
//! without it, no generated code resolves.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The package name in manifests.
const PACKAGE: &str = "event-core";

/// The dependency on event-core.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dependency {
    /// The name of the dependency, as Rust writes it. If nothing is known, the default name.
    Named(String),
    /// The manifest has no such dependency.
    Missing,
}

impl Dependency {
    fn own() -> Self {
        Self::Named(identifier(PACKAGE))
    }

    /// The dependency of the crate that is compiled.
    pub(crate) fn of_crate() -> Self {
        // Outside of rustc, in the macro's own tests, there is no manifest.
        if !proc_macro::is_available() {
            return Self::own();
        }
        manifest().map_or_else(Self::own, |manifest| known(&manifest))
    }
}

/// Whether the package does not depend on event-core, under any name.
pub(crate) fn is_missing() -> bool {
    Dependency::of_crate() == Dependency::Missing
}

/// The message about a missing dependency; `attribute` is the attribute that can name another path.
pub(crate) fn missing(attribute: &str) -> String {
    let call = proc_macro2::Span::call_site().source_text().unwrap_or_default();
    let path = reexport(&call).unwrap_or_else(|| "::shop_events::event_core".to_owned());
    format!(
        "event-core is not a dependency of this package\nhelp: if another crate re-exports it, write its path: `#[{attribute}(crate = {path})]`\nhelp: if not, add it: `cargo add event-core`"
    )
}

/// The path to event-core, from the path by which its macro is called:
/// `shop_events::event_core::events!(..)`.
fn reexport(call: &str) -> Option<String> {
    let (path, _) = call.split_once('!')?;
    let (path, _) = path.trim().rsplit_once("::")?;
    let path = path.trim_start_matches("::");
    let is_path = path
        .split("::")
        .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_'));
    let is_relative = ["self", "super"].contains(&path.split("::").next()?);
    (is_path && !is_relative).then(|| {
        let path = if path.ends_with("event_core") {
            path.to_owned()
        } else {
            format!("{path}::event_core")
        };
        if path.starts_with("crate::") { path } else { format!("::{path}") }
    })
}

/// The manifest of the package; `None` if it is not a `Cargo.toml`, as with a script or another
/// build tool.
fn manifest() -> Option<PathBuf> {
    match std::env::var_os("CARGO_MANIFEST_PATH") {
        Some(path) => Some(PathBuf::from(path)).filter(|path| path.ends_with("Cargo.toml")),
        None => std::env::var_os("CARGO_MANIFEST_DIR")
            .map(|directory| Path::new(&directory).join("Cargo.toml")),
    }
}

/// The result for each manifest, and the modification time of the file: an editor keeps the macro
/// loaded while manifests change.
static KNOWN: Mutex<Option<HashMap<PathBuf, (SystemTime, Dependency)>>> = Mutex::new(None);

fn known(manifest: &Path) -> Dependency {
    let Ok(written) = fs::metadata(manifest).and_then(|file| file.modified()) else {
        return Dependency::own();
    };
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    if let Some((read, dependency)) = known.get(manifest)
        && *read == written
    {
        return dependency.clone();
    }
    let dependency = read(manifest);
    known.insert(manifest.to_owned(), (written, dependency.clone()));
    dependency
}

fn read(manifest: &Path) -> Dependency {
    let Ok(text) = fs::read_to_string(manifest) else { return Dependency::own() };
    let found = Found::in_text(&text, "");
    if found.is_itself {
        return Dependency::own();
    }
    let inherited = || {
        let root = manifest.ancestors().skip(1).map(|above| above.join("Cargo.toml"));
        let root = root
            .filter_map(|path| fs::read_to_string(path).ok())
            .find(|text| text.contains("[workspace"))?;
        let shared = Found::in_text(&root, "workspace.");
        shared.names.into_iter().find(|name| found.inherited.contains(name))
    };
    match found
        .names
        .iter()
        .find(|name| *name == PACKAGE)
        .or(found.names.first())
        .cloned()
        .or_else(inherited)
    {
        Some(name) => Dependency::Named(identifier(&name)),
        None => Dependency::Missing,
    }
}

/// The name of a dependency as Rust writes it.
fn identifier(name: &str) -> String {
    name.replace('-', "_")
}

/// The facts of a manifest, which is read line by line.
#[derive(Default)]
struct Found {
    /// Whether it is the manifest of event-core itself.
    is_itself: bool,
    /// The dependencies that are event-core.
    names: Vec<String>,
    /// The dependencies on event-core that the workspace describes.
    inherited: Vec<String>,
}

impl Found {
    /// Reads the tables of dependencies whose names begin with `prefix`.
    fn in_text(text: &str, prefix: &str) -> Self {
        let mut found = Self::default();
        let mut table = String::new();
        // The dependency of the current line: its value may have several lines.
        let mut current = String::new();
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            let header = line.split(" #").next().unwrap_or_default().trim_end();
            if header.starts_with('[') && header.ends_with(']') {
                table = plain(header).trim_matches(['[', ']']).into();
                current = of_table(&table, prefix).unwrap_or_default().into();
                found.add(&current, "");
                continue;
            }
            let (key, value) = line.split_once('=').unwrap_or(("", line));
            let key = plain(key);
            if table == "package" {
                found.is_itself |= key == "name" && plain(value).split('#').next() == Some(PACKAGE);
            } else if let Some(of) = of_table(&table, prefix) {
                if of.is_empty() && !key.is_empty() && !key.contains(['{', ',', '[']) {
                    current = key.split('.').next().unwrap_or_default().into();
                }
                found.add(&current, &plain(line));
            }
        }
        found
    }

    /// Reads a line, without spaces and quotes, about the dependency `name`.
    fn add(&mut self, name: &str, line: &str) {
        let is_renamed =
            line.split(['{', ',', '}', '.', '#']).any(|part| part == format!("package={PACKAGE}"));
        if !name.is_empty()
            && (identifier(name) == identifier(PACKAGE) || is_renamed)
            && !self.names.iter().any(|known| known == name)
        {
            self.names.push(name.to_owned());
        }
        if line.contains("workspace=true") {
            self.inherited.push(name.to_owned());
        }
    }
}

/// The dependency that a table is about; empty if the table lists all dependencies; `None` if the
/// table is about something else.
fn of_table<'t>(table: &'t str, prefix: &str) -> Option<&'t str> {
    let table = table.strip_prefix(prefix)?;
    let (before, of) = table.split_once("dependencies")?;
    let is_dependencies = match prefix {
        "" => matches!(before, "" | "dev-" | "build-") || before.starts_with("target."),
        _ => before.is_empty(),
    };
    is_dependencies.then(|| of.strip_prefix('.').unwrap_or_default())
}

/// A text without spaces and quotes.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\'')).collect()
}

#[cfg(test)]
mod tests {
    use super::{Found, reexport};

    #[test]
    fn the_path_of_the_call_says_where_event_core_is() {
        assert_eq!(
            reexport("shop_events::event_core::events!(").as_deref(),
            Some("::shop_events::event_core")
        );
        assert_eq!(
            reexport("::shop_events::events! {").as_deref(),
            Some("::shop_events::event_core")
        );
        assert_eq!(
            reexport("crate::prelude::events!(").as_deref(),
            Some("crate::prelude::event_core")
        );
        for call in ["events!(", "super::events!(", "EventValue", ""] {
            assert_eq!(reexport(call), None, "{call}");
        }
    }

    fn names(text: &str) -> Vec<String> {
        Found::in_text(text, "").names
    }

    #[test]
    fn the_name_of_the_dependency_is_found_however_it_is_written() {
        for (text, name) in [
            ("[dependencies]\nevent-core = \"1\"", "event-core"),
            ("[dependencies]\nevent-core.workspace = true", "event-core"),
            ("[dependencies]\nec = { package = \"event-core\", version = \"1\" }", "ec"),
            (
                "[dependencies]\nec = { version = '1', features = [\n  'schema',\n], package = 'event-core' }",
                "ec",
            ),
            ("[dependencies]\nec.package = \"event-core\"\nec.version = \"1\"", "ec"),
            ("[dependencies.ec]\nversion = \"1\"\npackage = \"event-core\" # the core", "ec"),
            ("[dev-dependencies]\nec = { package = \"event-core\" }", "ec"),
            (
                "[target.'cfg(target_os = \"linux\")'.dependencies]\nec = { package = \"event-core\" }",
                "ec",
            ),
            ("[target.'cfg(unix)'.dependencies.event-core]\nversion = \"1\"", "event-core"),
        ] {
            assert_eq!(names(text), [name], "{text}");
        }
    }

    #[test]
    fn what_is_no_dependency_is_not_one() {
        for text in [
            "[package]\nname = \"shop\"\n\n[dependencies]\nshop-events = \"1\"",
            "[package.metadata.docs]\nevent-core = \"1\"",
            "[features]\nevent-core = []",
            "[dependencies]\n# event-core = \"1\"\nevent-core-tools = { package = \"event-core-tools\" }",
        ] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
        assert!(Found::in_text("[package]\nname = \"event-core\"", "").is_itself);
    }

    #[test]
    fn a_workspace_renames_what_its_members_inherit() {
        let root = "[workspace]\nmembers = [\"shop\"]\n\n[workspace.dependencies]\nec = { package = \"event-core\" }\nserde = \"1\"";
        assert_eq!(Found::in_text(root, "workspace.").names, ["ec"]);
        assert_eq!(names(root), [""; 0]);
        assert_eq!(
            Found::in_text("[dependencies]\nec.workspace = true\nserde = { workspace = true }", "")
                .inherited,
            ["ec", "serde"]
        );
    }
}
