//! The schemas and the samples against the table of the record's keys: a row that one of them does
//! not know fails here.
#![allow(clippy::unwrap_used, reason = "a test")]

mod fixture;

use event_grammar::record::{Within, members};
use event_schema::{Contract, Options, Rendering, sample, schema};
use serde_json::Value;
use std::collections::BTreeSet;

/// Where an object is in a value, and in a schema.
fn at(within: Within) -> [&'static str; 2] {
    match within {
        Within::Line | Within::Envelope => ["", ""],
        Within::Context => ["/context", "/properties/context"],
        Within::Actor => ["/actor", "/properties/actor"],
        Within::Entity => ["/entity", "/properties/entity"],
    }
}

/// Holds the keys of the objects against the table: each key is in one of them.
fn hold(within: Within, objects: impl Iterator<Item = Value>) {
    let keys: BTreeSet<String> = objects
        .flat_map(|object| object.as_object().unwrap().keys().cloned().collect::<Vec<_>>())
        .collect();
    for (_, place) in members(within) {
        assert!(keys.contains(place.name), "{within:?} without `{}`: {keys:?}", place.name);
    }
}

const OBJECTS: [Within; 5] =
    [Within::Line, Within::Envelope, Within::Context, Within::Actor, Within::Entity];

#[test]
fn the_schemas_describe_each_key_of_the_table() {
    for contract in [Contract::Write, Contract::Read] {
        for within in OBJECTS {
            let rendering =
                if within == Within::Line { Rendering::Line } else { Rendering::Envelope };
            let options = Options { contract, rendering, ..Options::default() };
            let schemas =
                fixture::CATALOG.events().map(|event| schema(event, options).unwrap().to_value());
            let [_, path] = at(within);
            let path = format!("{path}/properties");
            hold(within, schemas.filter_map(|schema| schema.pointer(&path).cloned()));
        }
    }
}

#[test]
fn the_samples_show_each_key_of_the_table() {
    for within in OBJECTS {
        let of = if within == Within::Line { sample::line } else { sample::envelope };
        let [path, _] = at(within);
        let samples =
            fixture::CATALOG.events().flat_map(|event| (0..40).map(move |seed| of(event, seed)));
        let values = samples.map(|text| serde_json::from_str::<Value>(&text).unwrap());
        hold(within, values.filter_map(|value| value.pointer(path).cloned()));
    }
}
