//! A program that locks every event of a generated crate as it is declared, and prints the lock.

const SOURCE: &str = r#"//! Generated.
use event_core::lock;
use event_grammar::lock::{Lock, Mode, Stage, Version, VersionKey};

fn main() {
    let catalog = &NAME::CATALOG;
    let mut locked = Lock::new(catalog.package);
    for event in catalog.events() {
        let (revision, types) = lock::revision_of(event);
        locked.types.extend(types);
        let version = Version {
            event_type: event.name.dotted.to_owned(),
            stage: Stage::Locked,
            mode: Mode::FullTransitive,
            aliases: Vec::new(),
            revisions: vec![revision],
            accepted: Vec::new(),
            retired: Default::default(),
            samples: String::new(),
        };
        locked.versions.insert(VersionKey::new(event.name.snake, event.version), version);
    }
    print!("{}", locked.render());
}
"#;

/// Its source, for the crate of that name.
pub(crate) fn source(krate: &str) -> String {
    SOURCE.replace("NAME", krate)
}
