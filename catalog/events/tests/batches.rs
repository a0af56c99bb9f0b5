//! A batch is itself an event of this catalog. The batch and the lines in it match the exported
//! schemas.
#![allow(clippy::unwrap_used, reason = "a test")]

#[allow(dead_code)]
#[path = "../../../examples/src/bin/checkout.rs"]
mod checkout;

use catalog::CATALOG;
use event_core::sink::Batches;
use event_core::{Emitter, Level};
use event_schema::{Contract, Dialect, Options, schema};
use serde_json::Value;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const SIZE: usize = 10;

/// A buffer for several writers.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The events of the example, in batches.
fn batches() -> Vec<Value> {
    let out = Shared::default();
    let batches =
        Batches::new(out.clone(), u32::try_from(SIZE).unwrap(), Duration::from_secs(3_600))
            .unwrap();
    let emitter = Emitter::builder().level(Level::Trace).sink(batches).build();
    let scope = emitter.enter();
    checkout::play();
    drop(scope);
    emitter.flush().unwrap();
    let written = String::from_utf8(out.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<Value> =
        written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let events = lines.iter().map(|batch| batch["events"].as_array().unwrap().len());
    assert_eq!(events.sum::<usize>() as u64, emitter.report().emitted);
    lines
}

fn assert_valid(line: &Value, dialect: Dialect, contract: Contract) {
    let is_of = |name: &str, version: u32| line["event"] == name && line["version"] == version;
    let event = CATALOG.events().find(|event| is_of(event.name.snake, event.version)).unwrap();
    let options = Options { dialect, contract, ..Options::default() };
    let schema = schema(event, options).unwrap().to_value();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(line).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{dialect:?} {contract:?}: {errors:#?} in {line:#}");
}

#[test]
fn a12_a_batch_is_the_event_that_the_catalog_declares() {
    let batches = batches();
    let (last, full) = batches.split_last().unwrap();
    assert!(
        !full.is_empty() && full.iter().all(|batch| batch["event_count"] == SIZE),
        "{batches:#?}"
    );
    assert_eq!(last["event_count"], last["events"].as_array().unwrap().len());
    for dialect in Dialect::ALL {
        for contract in Contract::ALL {
            for batch in &batches {
                assert_valid(batch, dialect, contract);
                batch["events"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .for_each(|line| assert_valid(line, dialect, contract));
            }
        }
    }
}
