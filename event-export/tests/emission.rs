//! The project's own event joins a user's catalog as any other: it is exported, and read back.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test may")]

use event_core::emit::emission::{Emission, EmissionEvent, EmissionEventSuppressed};
use event_core::{Emit, Event, Recorder, catalog};
use event_export::json_schema;
use event_schema::{Options, Rendering, schema};
use serde_json::Value;

catalog!(
    /// Everything that the shop emits, what its emitter says of itself included.
    pub enum ShopEvent {
        Emission(Emission),
    }
);

#[test]
fn a_catalog_that_joins_the_emitters_own_event_exports_its_schema() {
    for rendering in Rendering::ALL {
        let files = json_schema(&CATALOG, Options { rendering, ..Options::default() }).unwrap();
        let files: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(files, ["emission_event_suppressed.v1.json", "index.json"]);
    }
    let mut recorder = Recorder::new();
    let suppressed = EmissionEventSuppressed {
        event_name: "cache_hit".into(),
        emitted: 1,
        sampled_out: 99,
        limited: 0,
    };
    suppressed.emit_to(&mut recorder);
    let text = recorder.lines().remove(0);
    let line: Value = serde_json::from_str(&text).unwrap();
    let schema = schema(EmissionEventSuppressed::META, Options::default()).unwrap().to_value();
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
        .validate(&line)
        .unwrap();

    let ShopEvent::Emission(EmissionEvent::EventSuppressed(read)) =
        ShopEvent::decode(&text).unwrap();
    assert_eq!((&*read.event_name, read.sampled_out), ("cache_hit", 99));
}
