//! The files of a new workspace. In the templates, the workspace is called `shop`.

use super::crates::Crates;
use super::names::Names;
use event_grammar::lock::{FILE, Lock};

/// The files, by their paths in the workspace. A template of a manifest is not called `Cargo.toml`,
/// because `cargo package` leaves out a directory with such a file.
const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("template/workspace.toml")),
    ("README.md", include_str!("template/README.md")),
    ("clippy.toml", include_str!("template/clippy.toml")),
    (".gitignore", include_str!("template/gitignore")),
    (".gitattributes", include_str!("template/gitattributes")),
    (".github/workflows/events.yml", include_str!("template/events.yml")),
    ("shop-events/Cargo.toml", include_str!("template/events.toml")),
    ("shop-events/src/lib.rs", include_str!("template/events.rs")),
    ("shop-events/src/payment.rs", include_str!("template/payment.rs")),
    ("shop-command/Cargo.toml", include_str!("template/command.toml")),
    ("shop-command/src/main.rs", include_str!("template/command.rs")),
    ("shop-service/Cargo.toml", include_str!("template/service.toml")),
    ("shop-service/src/main.rs", include_str!("template/service.rs")),
];

/// The files of a workspace, with its own names.
pub(crate) fn files(names: &Names, crates: &Crates) -> Vec<(String, String)> {
    let own = |text: &str| with_names(text, names, crates);
    let files = FILES.iter().map(|(path, text)| (own(path), own(text)));
    // The manifest of the catalog declares the lock, so the file exists before an event is locked.
    let lock = (format!("{}/{FILE}", names.events), Lock::new(names.command.as_str()).render());
    files.chain([lock]).collect()
}

/// A text of the template with the names of a workspace.
fn with_names(text: &str, names: &Names, crates: &Crates) -> String {
    let words = [
        ("{ git = \"event-core\" }", crates.dependency("event-core")),
        ("{ git = \"event-cli\" }", crates.dependency("event-cli")),
        ("shop_events", names.events_crate.clone()),
        ("ShopEvent", names.event_type.clone()),
        ("shop", names.workspace.clone()),
    ];
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    // In one pass, because a new name may contain one of these words.
    while let Some((at, (word, new))) =
        words.iter().filter_map(|word| Some((rest.find(word.0)?, word))).min_by_key(|(at, _)| *at)
    {
        result.push_str(&rest[..at]);
        result.push_str(new);
        rest = &rest[at + word.len()..];
    }
    result + rest
}

#[cfg(test)]
mod tests {
    use super::files;
    use crate::new::crates::Crates;
    use crate::new::names::Names;

    #[test]
    fn every_name_is_the_workspaces() {
        let names = Names::new("bookshop-two").unwrap();
        let files = files(&names, &Crates::Git("https://git.example.com/shop".to_owned()));
        for (path, text) in &files {
            let left = text
                .replace("bookshop-two", "")
                .replace("bookshop_two", "")
                .replace("git.example.com/shop", "");
            let left = left.to_lowercase().replace("bookshoptwo", "");
            assert!(!left.contains("shop"), "{path}: {left}");
        }
        let of = |path: &str| &files.iter().find(|(own, _)| own == path).unwrap().1;
        let manifest = of("Cargo.toml");
        assert!(manifest.contains("event-cli = { git = \"https://git.example.com/shop\" }"));
        assert!(of("bookshop-two-events/src/lib.rs").contains("pub enum BookshopTwoEvent"));
        assert!(of("bookshop-two-command/src/main.rs").contains("&bookshop_two_events::CATALOG"));
        assert_eq!(of("bookshop-two-command/src/main.rs").lines().count(), 3);
        assert!(of("bookshop-two-events/events.lock").contains("\"bookshop-two-command\""));
    }
}
