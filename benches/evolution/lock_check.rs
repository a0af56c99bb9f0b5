//! What it costs to hold events against their lock under `cargo check`.

use crate::locker;
use event_benches::generated::build::{Krate, Mode, Workspace};
use event_benches::generated::{derives, events};
use event_benches::{Table, Target};
use std::io;
use std::path::Path;

const PER_EVENT: Target = Target::AtMost(4.0);
const OF_SERDE: Target = Target::AtMost(0.35);

pub(crate) fn table(count: usize, root: &Path) -> io::Result<Table> {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("evolution-{count}"));
    let workspace = Workspace::create(&directory, root)?;
    let dependencies = [
        r#"event-core = { path = "{root}/event-core" }"#,
        r#"event-grammar = { path = "{root}/event-grammar" }"#,
    ];
    let ours = workspace.krate("with-events", &dependencies, &events::source(count))?;
    workspace.write(&ours, "src/bin/lock.rs", &locker::source("with_events"))?;
    let serde = [r#"serde = { version = "1", features = ["derive"] }"#];
    let plain = workspace.krate("with-structs", &[], &derives::structs(count, false))?;
    let derived = workspace.krate("with-serde", &serde, &derives::structs(count, true))?;

    let drafts = seconds(&workspace, &ours, "drafts")?;
    let lock = workspace.output_of(&ours, "lock")?;
    workspace.write(&ours, "events.lock", &lock)?;
    let unchanged = seconds(&workspace, &ours, "locked, unchanged")?;
    workspace.write(&ours, "events.lock", &with_a_field_more(&lock))?;
    let compared = seconds(&workspace, &ours, "locked, every event changed")?;
    let serde = seconds(&workspace, &derived, "serde's derives")?
        - seconds(&workspace, &plain, "structs alone")?;

    let mut table = Table::new(&[
        "cargo check, CPU",
        "s",
        "ms per event",
        "target",
        "of serde's derives",
        "target",
    ]);
    #[expect(clippy::cast_precision_loss, reason = "at most ten thousand")]
    let events = count as f64;
    for (what, cost) in [
        ("lock, nothing changed", unchanged - drafts),
        ("lock, every event changed", compared - drafts),
    ] {
        let (each, share) = (cost * 1e3 / events, cost / serde);
        table.row([
            what.to_owned(),
            format!("{cost:.2}"),
            format!("{each:.2}"),
            PER_EVENT.verdict(each),
            format!("{share:.3}"),
            OF_SERDE.verdict(share),
        ]);
    }
    for (what, cost) in
        [("events! and catalog!, no lock", drafts), ("Serialize and Deserialize", serde)]
    {
        let each = format!("{:.2}", cost * 1e3 / events);
        table.row([
            what.to_owned(),
            format!("{cost:.2}"),
            each,
            String::new(),
            String::new(),
            String::new(),
        ]);
    }
    Ok(table)
}

fn seconds(workspace: &Workspace, krate: &Krate, what: &str) -> io::Result<f64> {
    let seconds = workspace.seconds(krate, Mode::Check)?;
    eprintln!("{what}: {seconds:.2} s");
    Ok(seconds)
}

/// The same lock, in which every event had one more field that readers do not need: nothing is as
/// it was, and nothing breaks.
fn with_a_field_more(lock: &str) -> String {
    let mut lock = event_grammar::lock::Lock::parse(lock).unwrap_or_default();
    for revision in lock.versions.values_mut().flat_map(|version| &mut version.revisions) {
        revision.fields.insert("gone".to_owned(), "text?".to_owned());
    }
    lock.render()
}
