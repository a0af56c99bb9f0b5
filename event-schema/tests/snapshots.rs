//! The schemas of a catalog, byte for byte. `UPDATE_SNAPSHOTS=1 cargo test -p event-schema --test
//! snapshots` rewrites them.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use event_core::meta::EventMeta;
use event_schema::{Contract, Dialect, File, Options, Rendering, schema};
use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

fn hold_against(directory: &str, options: Options) {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(directory);
    let file = |event: &'static EventMeta| File {
        path: format!("{}.v{}.json", event.name.snake, event.version),
        contents: schema(event, options).unwrap().to_string(),
    };
    let files: Vec<_> = fixture::CATALOG.events().map(file).collect();
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::create_dir_all(&directory).unwrap();
        for file in &files {
            fs::write(directory.join(&file.path), &file.contents).unwrap();
        }
    }
    let expected: BTreeSet<_> = files.iter().map(|file| file.path.clone()).collect();
    let found: BTreeSet<_> = fs::read_dir(&directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, expected, "the files in {}", directory.display());
    for file in files {
        let path = directory.join(&file.path);
        let committed = fs::read_to_string(&path).unwrap();
        if let Some((at, (old, new))) = committed
            .lines()
            .zip(file.contents.lines())
            .enumerate()
            .find(|(_, (old, new))| old != new)
        {
            panic!(
                "{}:{}: was `{}`, is `{}`\nif that is meant: UPDATE_SNAPSHOTS=1 cargo test -p event-schema --test snapshots",
                path.display(),
                at + 1,
                old.trim(),
                new.trim()
            );
        }
        assert_eq!(committed.len(), file.contents.len(), "{} has another length", path.display());
    }
}

#[test]
fn what_writers_of_lines_promise() {
    hold_against("write-line-2020-12", Options::default());
}

#[test]
fn what_readers_of_lines_accept() {
    let options = Options { contract: Contract::Read, ..Options::default() };
    hold_against("read-line-2020-12", options);
}

#[test]
fn payloads_in_the_older_dialect_without_annotations() {
    let options = Options {
        dialect: Dialect::Draft07,
        contract: Contract::Write,
        rendering: Rendering::Payload,
        annotations: false,
    };
    hold_against("write-payload-draft-07-strict", options);
}

#[test]
fn what_writers_of_envelopes_promise() {
    let options = Options { rendering: Rendering::Envelope, ..Options::default() };
    hold_against("write-envelope-2020-12", options);
}

#[test]
fn what_readers_of_envelopes_accept_in_the_older_dialect() {
    let options = Options {
        dialect: Dialect::Draft07,
        contract: Contract::Read,
        rendering: Rendering::Envelope,
        annotations: false,
    };
    hold_against("read-envelope-draft-07-strict", options);
}
