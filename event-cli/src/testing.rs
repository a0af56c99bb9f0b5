//! What a catalog's own tests ask of its lock: [`lock_tests!`](crate::lock_tests).

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

/// Seeds of the samples that are made of every older version, beside the golden ones.
const SEEDS: std::ops::Range<u64> = 0..32;

/// Generates the tests of a catalog's lock: that every change is recorded and every stored file is
/// as recorded; that every golden sample of every locked version is read as the newest version,
/// and what it has become fits that version's schema and is read again; that the same holds of
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
/// The lock is the one that the macro reads: of the package that is tested. A lock that its
/// Cargo.toml declares has to be there. Where none is declared and none is there, nothing is locked
/// yet, and only upcasts are tested.
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

/// The line of the one event that `emit` emits, whatever its level, sample rate and limit.
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

/// Every change is recorded, every stored file is as recorded, and nothing breaks.
///
/// # Panics
///
/// When it is not so; the message says what to run.
pub fn assert_recorded(catalog: &'static Catalog, directory: &str) {
    let state = match opened(catalog, &env(directory)) {
        Ok(state) => state,
        Err(finding) => panic!("{finding}"),
    };
    // A test does not look at days: it would fail without a change.
    let findings = check(catalog, &state, "0000-00-00");
    let unsolved =
        findings.iter().filter(|finding| !matches!(finding.kind, LockFindingKind::Draft));
    let lines: Vec<String> =
        unsolved.map(|finding| format!("{}: {:?}", finding.key, finding.kind)).collect();
    let command = format!("cargo run -p {} --", shell::quoted(&state.lock.package));
    assert!(
        lines.is_empty(),
        "{}\n`{command} check` says more, `{command} lock` records",
        lines.join("\n")
    );
}

/// Every golden sample of every locked version, and generated ones of every older version, become
/// the newest version by `reemit`, fit its schema, and become the same once more.
///
/// # Panics
///
/// When one does not; the message has the line.
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

/// The lock of a package, for its tests; the text of what is wrong with it.
fn opened(catalog: &'static Catalog, env: &Env) -> Result<State, String> {
    let opened = LockFile::find(catalog, None, env).and_then(|file| {
        let opened = file.open()?;
        // A lock that is not declared may not have been begun.
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

/// Whether a line fits the newest version's schema.
fn fits(catalog: &Catalog, name: &str, line: &str) -> Result<(), String> {
    let newest = catalog.find(name).ok_or("no event has the name any more")?;
    let mut schema = Frozen::of(newest).map_err(|error| error.to_string())?.contracts().write;
    // What was read from a line has no context: that was the writer's.
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        let context = newest.context_fields();
        required.retain(|key| !context.iter().any(|field| key == field.name));
    }
    let value: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    match validate(&schema, &value) {
        // Of a text's format the evaluator may know too little; the reader of the line knows.
        Ok(()) | Err(ValidationError::Undecided) => Ok(()),
        Err(refusal) => Err(format!("{refusal}: {line}")),
    }
}
