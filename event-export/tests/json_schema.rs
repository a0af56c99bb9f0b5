//! The files of `json-schema`: which there are, and what the index says of them.
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "../../event-schema/tests/fixture/mod.rs"]
mod fixture;

use event_core::Catalog;
use event_core::meta::BlockMeta;
use event_core::meta::{EventMeta, EventName, Member};
use event_export::{Choices, Exporter as _, INDEX, JsonSchema, export, file_name, json_schema};
use event_schema::{Contract, Dialect, Json, Options, Rendering, schema};
use fixture::{CATALOG, event, text};
use std::{env, fs};

/// `UPDATE_SNAPSHOTS=1 cargo test -p event-export` rewrites the snapshot.
#[test]
fn the_index_says_what_a_reader_needs_to_choose_a_file() {
    const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/index.json");
    let files = json_schema(&CATALOG, Options::default()).unwrap();
    let index = files.last().unwrap();
    assert_eq!(index.path, INDEX);
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(PATH, &index.contents).unwrap();
    }
    assert_eq!(index.contents, fs::read_to_string(PATH).unwrap());
}

#[test]
fn the_index_says_what_was_asked_for() {
    let options = Options {
        dialect: Dialect::Draft07,
        contract: Contract::Read,
        rendering: Rendering::Payload,
        annotations: false,
    };
    let files = json_schema(&CATALOG, options).unwrap();
    let index: serde_json::Value = serde_json::from_str(&files.last().unwrap().contents).unwrap();
    assert_eq!(
        ["dialect", "contract", "rendering"].map(|key| index[key].as_str().unwrap()),
        ["draft-07", "read", "payload"]
    );
    assert_eq!(index["annotations"], false);
}

#[test]
fn every_version_has_a_file_sorted_by_name() {
    let choices = Choices::of(JsonSchema.options()).with("contract", "read").unwrap();
    let files = export(&JsonSchema, &CATALOG, &choices).unwrap();
    assert_eq!(files, export(&JsonSchema, &CATALOG, &choices).unwrap(), "the same bytes");
    let options = Options { contract: Contract::Read, ..Options::default() };
    for event in CATALOG.events() {
        let file = files.iter().find(|file| file.path == file_name(event)).unwrap();
        assert_eq!(
            file.contents,
            schema(event, options).map(|json: Json| json.to_string()).unwrap()
        );
    }
    let (_, schemas) = files.split_last().unwrap();
    assert_eq!(schemas.len(), CATALOG.events().count());
    assert!(schemas.is_sorted_by_key(|file| &file.path));
    assert!(schemas.iter().all(|file| JsonSchema.gives_name(&file.path)));
}

#[test]
fn an_export_reports_every_event() {
    const NAME: EventName = EventName::new("page_view", "page.view", "page");
    static BAD: EventMeta =
        event(NAME, "PageView", "").members(&[Member::Field(text("path", "").example("abc"))]);
    static BAD_2: EventMeta = event(NAME, "PageView", "")
        .version(2)
        .members(&[Member::Field(text("path", "")), Member::Field(text("path", ""))]);
    static UNSOUND: Catalog =
        Catalog::new("Event", "", &[&BlockMeta::new(&[&BAD, &BAD_2])]).of_package("shop", "1.0.0");
    let errors = export(&JsonSchema, &UNSOUND, &Choices::of(JsonSchema.options())).unwrap_err();
    assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), ["EV0105", "EV0104"]);
    for error in errors {
        assert!(error.help.is_some() && error.event.is_some(), "{error}");
    }
}
