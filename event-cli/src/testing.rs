//! The tests of a catalog's lock: [`lock_tests!`](crate::lock_tests).

use crate::console::Ending;
use crate::environment::Env;
use crate::lock_file::LockFile;
use crate::shell;
use event_core::emit::RecordBuffer;
use event_core::{Catalog, Emitter, Level};
use event_schema::lock::{Frozen, LockFindingKind, State, check};
use event_schema::sample;
use schema_compat::{ValidationError, validate};
use serde_json::Value;
use std::collections::BTreeMap;

/// Seeds of the samples that are generated for every older version, in addition to the golden
/// samples.
const SEEDS: std::ops::Range<u64> = 0..32;

/// Generates the tests of a catalog's lock: every change is recorded and every stored file is as
/// recorded; every golden sample of every locked version is read as the newest version, fits that
/// version's schema, and can be read again; generated samples of every older version do the same.
/// generated samples of every older version.
///
/// ```
/// # mod shop_events {
/// event_core::events!(
///     #[domain]
///     pub enum Order { Create }
///     /// Created.
///     #[event(info)]
///     pub struct OrderCreateCompleted { pub items: u32 }
/// );
/// event_core::catalog!(
///     pub enum ShopEvent { Order(Order) }
/// );
/// # }
/// // shop-command/tests/lock.rs
/// event_cli::lock_tests!(shop_events::ShopEvent, shop_events::CATALOG);
/// # fn main() {}
/// ```
///
/// The lock is the one that the macro reads: the lock of the tested package, or of the catalog's
/// package that its Cargo.toml names. If a lock is declared, it must exist. If no lock is declared
/// and none exists, nothing is locked yet, and only upcasts are tested.
#[macro_export]
macro_rules! lock_tests {
    ($event:ty, $catalog:expr) => {
        #[test]
        fn every_change_is_recorded() {
            $crate::testing::assert_recorded(&$catalog, ::std::env!("CARGO_MANIFEST_DIR"));
        }

        #[test]
        fn every_locked_version_is_read() {
            $crate::testing::assert_read(&$catalog, ::std::env!("CARGO_MANIFEST_DIR"), |line| {
                let event = <$event>::decode(line)
                    .map_err(|error| ::std::string::ToString::to_string(&error))?;
                $crate::testing::line(|buffer| event.emit_to(buffer))
            });
        }
    };
}

/// The line of the event that `emit` emits, whatever its level, sample rate and limit.
#[doc(hidden)]
pub fn line(emit: impl FnOnce(&mut RecordBuffer)) -> Result<String, String> {
    let mut buffer =
        Emitter::builder().level(Level::Trace).ignore_rates().on_incident(|_| {}).build().buffer();
    emit(&mut buffer);
    let line = buffer.records().first().map(|record| record.text().to_owned());
    buffer.discard();
    line.ok_or_else(|| "a value is refused when it is emitted again".to_owned())
}

fn env(directory: &str) -> Env {
    let variables = BTreeMap::from([("CARGO_MANIFEST_DIR".to_owned(), directory.to_owned())]);
    Env { variables, ..Env::default() }
}

/// Checks that every change is recorded, every stored file is as recorded, and nothing breaks.
///
/// # Panics
///
/// If a check fails; the message says which command to run.
pub fn assert_recorded(catalog: &'static Catalog, directory: &str) {
    let state = match opened(catalog, &env(directory)) {
        Ok(state) => state,
        Err(finding) => panic!("{finding}"),
    };
    // A test ignores the date, because it would fail without a change.
    let findings = check(catalog, &state, "0000-00-00");
    let unsolved =
        findings.iter().filter(|finding| !matches!(finding.kind, LockFindingKind::Draft));
    let lines: Vec<String> =
        unsolved.map(|finding| format!("{}: {:?}", finding.key, finding.kind)).collect();
    let command = format!("cargo run -p {} --", shell::quoted(&state.lock.package));
    assert!(
        lines.is_empty(),
        "{}\n`{command} check` shows details, `{command} lock` records",
        lines.join("\n")
    );
}

/// Checks that `reemit` turns every golden sample of every locked version, and generated samples of
/// every older version, into the newest version; that the result fits its schema; and that a second
/// `reemit` changes nothing.
///
/// # Panics
///
/// If a sample fails; the message contains the line.
pub fn assert_read(
    catalog: &'static Catalog,
    directory: &str,
    reemit: impl Fn(&str) -> Result<String, String>,
) {
    let state = match opened(catalog, &env(directory)) {
        Ok(state) => state,
        Err(finding) => panic!("{finding}"),
    };
    let golden = state.locked().flat_map(|(key, _)| {
        state.samples(key).map(|line| (key.event.clone(), line.to_owned())).collect::<Vec<_>>()
    });
    let older = catalog.events().filter(|event| !event.latest);
    let generated = older.flat_map(|event| {
        SEEDS.map(|seed| (event.name.snake.to_owned(), sample::line(event, seed)))
    });
    for (name, line) in golden.chain(generated) {
        let again =
            reemit(&line).and_then(|now| fits(catalog, &name, &now).and_then(|()| reemit(&now)));
        if let Err(finding) = again {
            panic!("a line of `{name}` is not read as its newest version: {finding}\n{line}");
        }
    }
}

/// The lock of a package, for its tests; an error as text.
fn opened(catalog: &'static Catalog, env: &Env) -> Result<State, String> {
    let opened = LockFile::find(catalog, None, env).and_then(|file| {
        let opened = file.open()?;
        // A lock that is not declared may not exist yet.
        if opened.text.is_none() && file.is_declared {
            Err(file.absent("nothing was compared").into())
        } else {
            Ok(opened)
        }
    });
    opened.map(|opened| opened.state).map_err(|ending| match ending {
        Ending::CouldNotRun(finding) => {
            let place = finding
                .place
                .as_ref()
                .map(|place| format!("{}: ", place.to_text()))
                .unwrap_or_default();
            let help =
                finding.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
            format!("{place}{}{help}", finding.message)
        }
        other => format!("{other:?}"),
    })
}

/// Checks a line against the newest version's schema.
fn fits(catalog: &Catalog, name: &str, line: &str) -> Result<(), String> {
    let newest = catalog.find(name).ok_or("no event has the name any more")?;
    let mut schema = Frozen::of(newest).map_err(|error| error.to_string())?.contracts().write;
    // A decoded line has no context: the context was the writer's.
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        let context = newest.context_fields();
        required.retain(|key| !context.iter().any(|field| key == field.name));
    }
    let value: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    match validate(&schema, &value) {
        // The evaluator may not know a format; the reader of the line does.
        Ok(()) | Err(ValidationError::Undecided) => Ok(()),
        Err(refusal) => Err(format!("{refusal}: {line}")),
    }
}
