//! A variant that holds nothing reads what such a variant writes, and nothing that another variant
//! of its name has written. Three judges: the reader, the schema for readers, and serde, of the
//! same declarations. An untagged enum has no unit variants.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::panic, reason = "a test")]

use event_core::EventValue;
use event_core::meta::shape::{EnumShape, Shape, Tagging};
use event_core::read::{Input, ReadError};
use event_schema::{Contract, Dialect, Options, Rendering, schema};
use ours::{Adjacent, Internal, Keyed, OpenAdjacent, OpenKeyed, OpenWords, Words};
use serde::de::DeserializeOwned;
use serde_json::Value;

mod ours {
    use event_core::EventValue;

    #[derive(EventValue, PartialEq)]
    pub enum Words {
        A,
        #[value(alias("Bee"))]
        B,
    }

    #[derive(EventValue, PartialEq)]
    pub enum OpenWords {
        A,
        B,
        #[value(other)]
        Other,
    }

    #[derive(EventValue, PartialEq)]
    pub enum Keyed {
        A {
            x: u8,
        },
        #[value(alias("Bee"))]
        B,
    }

    #[derive(EventValue, PartialEq)]
    pub enum OpenKeyed {
        A {
            x: u8,
        },
        B,
        #[value(other)]
        Other,
    }

    #[derive(EventValue, PartialEq)]
    #[value(tag = "t")]
    pub enum Internal {
        A { x: u8 },
        B,
    }

    #[derive(EventValue, PartialEq)]
    #[value(tag = "t", content = "c")]
    pub enum Adjacent {
        A { x: u8 },
        B,
    }

    #[derive(EventValue, PartialEq)]
    #[value(tag = "t", content = "c")]
    pub enum OpenAdjacent {
        A {
            x: u8,
        },
        B,
        #[value(other)]
        Other,
    }
}

/// The same, for serde.
#[allow(dead_code, reason = "only whether it is read counts")]
mod theirs {
    use serde::Deserialize;

    #[derive(Deserialize)]
    pub enum Words {
        A,
        #[serde(alias = "Bee")]
        B,
    }

    #[derive(Deserialize)]
    pub enum OpenWords {
        A,
        B,
        #[serde(other)]
        Other,
    }

    #[derive(Deserialize)]
    pub enum Keyed {
        A {
            x: u8,
        },
        #[serde(alias = "Bee")]
        B,
    }

    #[derive(Deserialize)]
    pub enum OpenKeyed {
        A {
            x: u8,
        },
        B,
        #[serde(other)]
        Other,
    }

    #[derive(Deserialize)]
    #[serde(tag = "t")]
    pub enum Internal {
        A { x: u8 },
        B,
    }

    #[derive(Deserialize)]
    #[serde(tag = "t", content = "c")]
    pub enum Adjacent {
        A { x: u8 },
        B,
    }

    #[derive(Deserialize)]
    #[serde(tag = "t", content = "c")]
    pub enum OpenAdjacent {
        A {
            x: u8,
        },
        B,
        #[serde(other)]
        Other,
    }
}

mod event {
    use super::ours::{Adjacent, Internal, Keyed, OpenAdjacent, OpenKeyed, OpenWords, Words};
    use event_core::events;

    events!(
        #[domain(optional(status))]
        pub enum Kind {
            Fill,
        }

        #[event(info)]
        pub struct KindFill {
            pub words: Words,
            pub open_words: OpenWords,
            pub keyed: Keyed,
            pub open_keyed: OpenKeyed,
            pub internal: Internal,
            pub adjacent: Adjacent,
            pub open_adjacent: OpenAdjacent,
        }
    );
}

/// What may be under the key, or beside the tag, of a variant; none for nothing at all.
const CONTENTS: [Option<&str>; 7] =
    [None, Some("null"), Some("{}"), Some(r#"{"x":1}"#), Some("[]"), Some("[1]"), Some(r#""B""#)];

/// Everything that is nearly a variant `name`, in every representation.
fn nearly(name: &str) -> Vec<String> {
    let mut all =
        vec![format!("\"{name}\""), format!("[\"{name}\"]"), "null".to_owned(), "{}".to_owned()];
    for content in CONTENTS {
        let Some(content) = content else {
            all.extend([format!(r#"{{"t":"{name}"}}"#), format!(r#"{{"t":"{name}","x":1}}"#)]);
            continue;
        };
        all.push(format!(r#"{{"{name}":{content}}}"#));
        all.push(format!(r#"{{"{name}":{content},"more":1}}"#));
        all.push(format!(r#"{{"t":"{name}","c":{content}}}"#));
        all.push(format!(r#"{{"c":{content},"t":"{name}","more":1}}"#));
    }
    all
}

/// The schema of one field of the event, for readers.
fn field_schema(field: &str) -> jsonschema::Validator {
    let options = Options {
        dialect: Dialect::Draft2020_12,
        contract: Contract::Read,
        rendering: Rendering::Payload,
        annotations: false,
    };
    let mut whole =
        schema(<event::KindFill as event_core::Event>::META, options).unwrap().to_value();
    let root = whole.as_object_mut().unwrap();
    root.retain(|keyword, _| matches!(keyword.as_str(), "$schema" | "$defs" | "properties"));
    root["properties"].as_object_mut().unwrap().retain(|name, _| name == field);
    jsonschema::validator_for(&whole).unwrap()
}

/// Where serde is alone, and why the other two are right.
fn is_serdes_own(shape: &EnumShape, json: &str) -> bool {
    let is_keyed = shape.tagging == Tagging::External;
    let is_open = shape.variants.iter().any(|variant| variant.other);
    // serde_json reads `{"B":null}` as `"B"`, which is written by no writer here.
    is_keyed && json.ends_with(":null}")
        // Derived structs read a list of their fields, and tagged enums one that begins with the
        // tag. No schema says so.
        || json.starts_with('[') || json.contains("[1]")
        // To serde, what stands for others holds nothing in any representation.
        || is_open && ["Other", "New", "Bee"].iter().any(|name| json.contains(name))
        || is_open && is_keyed && json.starts_with(r#"{"t":"#)
}

fn agree<T: EventValue, S: DeserializeOwned>(field: &str) {
    let Shape::Enum(shape) = T::SHAPE else { panic!("not an enum") };
    let schema = field_schema(field);
    for name in ["A", "B", "Bee", "Other", "New"] {
        for json in nearly(name) {
            let record: Value = serde_json::from_str(&format!("{{\"{field}\":{json}}}")).unwrap();
            let read = T::read(Input::parse(&json).unwrap());
            assert_eq!(
                read.is_ok(),
                schema.is_valid(&record),
                "reader and schema of {field}: {json}: {:?}",
                read.err()
            );
            if !is_serdes_own(shape, &json) {
                let by_serde = serde_json::from_str::<S>(&json);
                assert_eq!(
                    read.is_ok(),
                    by_serde.is_ok(),
                    "reader and serde of {field}: {json}: {:?}",
                    by_serde.err()
                );
            }
        }
    }
}

#[test]
fn reader_schema_and_serde_agree_about_unit_variants() {
    agree::<Words, theirs::Words>("words");
    agree::<OpenWords, theirs::OpenWords>("open_words");
    agree::<Keyed, theirs::Keyed>("keyed");
    agree::<OpenKeyed, theirs::OpenKeyed>("open_keyed");
    agree::<Internal, theirs::Internal>("internal");
    agree::<Adjacent, theirs::Adjacent>("adjacent");
    agree::<OpenAdjacent, theirs::OpenAdjacent>("open_adjacent");
}

fn refused<T: EventValue>(json: &str) -> String {
    let error: ReadError = T::read(Input::parse(json).unwrap()).err().unwrap();
    error.to_string()
}

#[test]
fn what_a_struct_variant_wrote_is_not_read_as_a_unit_variant() {
    assert_eq!(refused::<Words>(r#"{"B":{"x":1}}"#), "expected text, found an object");
    assert_eq!(refused::<OpenWords>(r#"{"New":{"x":1}}"#), "expected text, found an object");
    let keyed = "the variant holds nothing: expected its name as text";
    for json in [r#"{"B":{"x":1}}"#, r#"{"B":{}}"#, r#"{"B":null}"#] {
        assert_eq!(refused::<Keyed>(json), format!("`B`: {keyed}"));
        assert_eq!(refused::<OpenKeyed>(json), format!("`B`: {keyed}"));
    }
    assert_eq!(refused::<Keyed>(r#"{"Bee":[]}"#), format!("`Bee`: {keyed}"));
    assert_eq!(
        refused::<Adjacent>(r#"{"t":"B","c":{"x":1}}"#),
        "`c`: the variant holds nothing: expected no content"
    );
    assert!(Adjacent::read(Input::parse(r#"{"t":"B","c":null}"#).unwrap()).is_ok());
}

#[test]
fn a_variant_that_stands_for_others_reads_what_holds_something() {
    let read = |json: &str| OpenKeyed::read(Input::parse(json).unwrap()).ok();
    assert!(read(r#"{"New":{"x":1}}"#) == Some(OpenKeyed::Other));
    assert!(read(r#""New""#) == Some(OpenKeyed::Other));
    let read = |json: &str| OpenAdjacent::read(Input::parse(json).unwrap()).ok();
    assert!(read(r#"{"t":"New","c":{"x":1}}"#) == Some(OpenAdjacent::Other));
}
