//! The rooms of event-core in the order of an event's life. An import goes down or stays.

use super::{hold, made_of, read};
use event_tests::sources::{Crate, Place, imports};
use std::collections::BTreeSet;

/// The rooms, lowest first: the directories and files of `event-core/src`.
pub(crate) const ROOMS: &[&str] = &[
    "model", "contract", "value", "event", "context", "record", "sink", "emit", "unit", "decode",
    "recorder",
];

/// What is above all rooms.
const ABOVE_ALL: &[&str] = &["lib", "__private", "_guide"];

/// The room of a file: `emit` of `event-core/src/emit/door.rs`.
pub(crate) fn room(file: &str) -> &str {
    let within = file.split_once("/src/").map_or(file, |(_, within)| within);
    let first = within.split_once('/').map_or(within, |(directory, _)| directory);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// How high a room is; none if it is no room.
fn height(order: &[&str], room: &str) -> Option<usize> {
    let place = order.iter().position(|other| *other == room);
    place.or_else(|| ABOVE_ALL.contains(&room).then_some(order.len()))
}

/// The imports that run up, as `file:line imports path of room X`.
fn that_run_up(krate: &Crate, order: &[&str]) -> Vec<String> {
    let mut found = BTreeSet::new();
    for import in imports(krate) {
        let to = match &import.place {
            Place::Module(module) | Place::Item { module, .. } => krate.file_of(*module),
            Place::Outside(_) => continue,
        };
        // A name that a `use` brings in is reported at the `use`.
        let starts = ["crate::", "$crate::", "super::", "self::", "event_core::"];
        if !starts.iter().any(|start| import.path.starts_with(start)) {
            continue;
        }
        let from = krate.file_of(import.module);
        let (Some(here), Some(there)) = (height(order, room(from)), height(order, room(to))) else {
            continue;
        };
        if there > here {
            let (line, path) = (import.line, &import.path);
            found.insert(format!("{from}:{line} imports {path} of room {}", room(to)));
        }
    }
    found.into_iter().collect()
}

/// The top modules of a crate that are no rooms.
fn without_a_room(krate: &Crate, order: &[&str]) -> Vec<String> {
    let files = krate.files.iter().map(|file| room(&file.path));
    let mut others: Vec<String> = files
        .filter(|room| height(order, room).is_none())
        .map(|room| format!("{room} is no room"))
        .collect();
    others.sort();
    others.dedup();
    others
}

#[test]
fn every_module_is_a_room() {
    let core = read("event-core").expect("it is there");
    let found = without_a_room(&core, ROOMS);
    hold("the top modules of event-core are its rooms", found, &[]);
}

#[test]
fn imports_of_rooms_go_down() {
    let core = read("event-core").expect("it is there");
    let found = that_run_up(&core, ROOMS);
    hold("imports go down, between rooms too", found, &[]);
}

#[test]
fn an_import_that_runs_up_is_found() {
    let core = made_of(
        "event-core",
        &[
            ("lib.rs", "mod model;\nmod emit;\nmod other;\npub use emit::Emitter;\n"),
            ("model.rs", "pub struct Level;\n\nuse crate::Emitter;\n"),
            ("emit/mod.rs", "mod emitter;\npub use emitter::Emitter;\n"),
            ("emit/emitter.rs", "use crate::model::Level;\npub struct Emitter(Level);\n"),
            ("other.rs", ""),
        ],
    );
    let found = that_run_up(&core, &["model", "emit"]);
    assert_eq!(found, ["event-core/src/model.rs:3 imports crate::Emitter of room emit"]);
    assert_eq!(without_a_room(&core, &["model", "emit"]), ["other is no room"]);
}
