//! Opaque fields: a foreign type under a mask is text, and nothing of it leaves.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may")]

use event_core::decode::Unknown;
use event_core::mask::{HashKey, set_hash_key};
use event_core::value::{Encoder, Fields};
use event_core::{Emit, Emitter, Event, catalog, events};
use event_schema::{Contract, Options, opaque_names, sample, schema};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Of another crate: it knows serde and schemars, and nothing of masks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Login {
    pub user: String,
    pub password: String,
    pub headers: HashMap<String, String>,
}

/// What has no schema and is never read: a mask asks for neither.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Unreadable {
    pub levels: Vec<Unreadable>,
}

events!(
    #[domain]
    pub enum Session {
        Open,
    }

    #[event(info)]
    pub struct SessionOpenFailed {
        #[field(opaque)]
        #[sensitive(redact)]
        pub login: Login,
        #[field(opaque)]
        #[sensitive(redact)]
        pub earlier: Option<Login>,
        #[field(opaque, skip_none)]
        #[sensitive(hash)]
        pub pseudonym: Option<Login>,
        #[field(opaque)]
        #[sensitive(drop)]
        pub dropped: Option<Login>,
        #[field(opaque)]
        #[sensitive(hash)]
        pub unreadable: Unreadable,
        #[field(opaque)]
        #[sensitive(clear = "the support desk asks for it")]
        pub shown: HashMap<String, u8>,
        #[field(opaque, public)]
        pub known: HashMap<String, u8>,
    }
);

catalog!(
    pub enum Events {
        Session(Session),
    }
);

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Email(String);

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Means {
    Link,
    Password(String),
    ApiKey { value: String },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", content = "value")]
pub enum Tagged {
    Link(String),
    Passphrase(String),
}

#[derive(Serialize, Deserialize, JsonSchema, PartialEq, Eq, Hash)]
#[serde(rename_all = "snake_case")]
pub enum Header {
    Accept,
    Cookie,
}

pub mod undecided {
    use super::{Email, Header, Login, Means, Tagged};
    use event_core::{catalog, events};
    use std::collections::HashMap;

    events!(
        #[domain]
        pub enum Account {
            Open,
        }

        #[value]
        pub struct Step {
            #[field(opaque)]
            pub means: Means,
        }

        #[event(info)]
        pub struct AccountOpenFailed {
            #[field(opaque)]
            pub login: Option<Login>,
            pub steps: Vec<Step>,
            #[field(opaque)]
            pub contact: Vec<Email>,
            #[field(opaque, skip_none)]
            pub tagged: Option<Tagged>,
            #[field(opaque)]
            pub sent: HashMap<Header, String>,
            #[field(opaque)]
            pub innocent: HashMap<String, bool>,
        }
    );

    catalog!(
        pub enum Accounts {
            Account(Account),
        }
    );
}

fn login() -> Login {
    let headers = (0..20).map(|at| (format!("header-{at}"), "hunter2".to_owned())).collect();
    Login { user: "hunter2".to_owned(), password: "hunter2".to_owned(), headers }
}

fn event() -> SessionOpenFailed {
    SessionOpenFailed {
        login: login(),
        earlier: Some(login()),
        pseudonym: Some(login()),
        dropped: Some(login()),
        unreadable: Unreadable::default(),
        shown: HashMap::from([("a".to_owned(), 1)]),
        known: HashMap::new(),
    }
}

fn json_of(event: &SessionOpenFailed) -> Value {
    let mut out = Encoder::new();
    out.object(event);
    serde_json::from_slice(out.bytes()).unwrap()
}

/// As the buffer of an emitter holds it.
fn line_of(event: &SessionOpenFailed) -> String {
    let mut buffer = Emitter::builder().build().buffer();
    event.emit_to(&mut buffer);
    String::from_utf8(buffer.records()[0].record().line().to_vec()).unwrap()
}

#[test]
fn a_mask_hides_the_whole_of_an_opaque_field() {
    let written = json_of(&event());
    assert_eq!(written["login"], "[redacted]");
    assert_eq!(written["earlier"], "[redacted]");
    assert!(written["pseudonym"].as_str().unwrap().starts_with("h:"), "{written}");
    assert!(written["unreadable"].as_str().unwrap().starts_with("h:"), "{written}");
    assert_eq!(written.get("dropped"), None);
    assert_eq!((&written["shown"], &written["known"]), (&json!({ "a": 1 }), &json!({})));
    for shown in [written.to_string(), format!("{:?}", event()), line_of(&event())] {
        assert!(!shown.contains("hunter2") && !shown.contains("header-"), "{shown}");
    }
    let nothing = SessionOpenFailed { earlier: None, pseudonym: None, dropped: None, ..event() };
    let written = json_of(&nothing);
    assert_eq!((written.get("earlier"), written.get("pseudonym")), (Some(&Value::Null), None));
}

#[test]
fn a_masked_opaque_field_is_read_back_as_none_or_the_default() {
    let line = line_of(&event());
    let Events::Session(SessionEvent::OpenFailed(read)) =
        Events::decode_with(&line, Unknown::Ignore).unwrap();
    let expected = SessionOpenFailed {
        login: Login::default(),
        earlier: None,
        pseudonym: None,
        dropped: None,
        unreadable: Unreadable::default(),
        ..event()
    };
    assert_eq!(json_of(&read), json_of(&expected));
    // What is not the masked form is refused, and the error does not show it.
    let mut raw: Value = serde_json::from_str(&line).unwrap();
    raw["login"] = serde_json::to_value(login()).unwrap();
    let error = Events::decode(&raw.to_string()).unwrap_err().to_string();
    assert!(error.contains("`login`: expected text, found an object"), "{error}");
    assert!(!error.contains("hunter2"), "{error}");
}

#[test]
fn a_masked_opaque_field_is_text_in_the_schemas() {
    for contract in Contract::ALL {
        let text = schema(SessionOpenFailed::META, Options { contract, ..Options::default() })
            .unwrap()
            .to_string();
        let schema: Value = serde_json::from_str(&text).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let line: Value = serde_json::from_str(&line_of(&event())).unwrap();
        assert!(
            validator.is_valid(&line),
            "{:?}",
            validator.iter_errors(&line).map(|e| e.to_string()).next()
        );
        let sampled = sample::line(SessionOpenFailed::META, 0);
        assert!(validator.is_valid(&serde_json::from_str(&sampled).unwrap()), "{sampled}");
        assert!(Events::decode(&sampled).is_ok(), "{sampled}");
        let mut raw = line.clone();
        raw["login"] = serde_json::to_value(login()).unwrap();
        assert!(!validator.is_valid(&raw));
        assert_eq!(schema["properties"]["login"]["type"], "string", "{schema}");
        assert!(!text.contains("headers"), "{text}");
    }
}

#[test]
fn the_pseudonym_of_equal_values_is_equal() {
    let key = HashKey::new("test", &[7; 32]).unwrap();
    let expected = key.pseudonym(r#"{"headers":{"a\n":"1","b":"2"},"password":"p","user":"u"}"#);
    set_hash_key(key);
    for _ in 0..8 {
        // Each map has a hasher of its own, so that its entries have an order of their own.
        let headers =
            [("b", "2"), ("a\n", "1")].map(|(key, value)| (key.to_owned(), value.to_owned()));
        let login = Login {
            user: "u".to_owned(),
            password: "p".to_owned(),
            headers: headers.into_iter().collect(),
        };
        let event = SessionOpenFailed { pseudonym: Some(login), ..event() };
        assert_eq!(json_of(&event)["pseudonym"], expected.as_str());
    }
}

#[test]
fn a_value_that_is_nested_too_deep_is_refused_under_a_mask_too() {
    let mut deep = Unreadable::default();
    for _ in 0..200 {
        deep = Unreadable { levels: vec![deep] };
    }
    let mut out = Encoder::new();
    SessionOpenFailed { unreadable: deep, ..event() }.encode_fields(&mut out);
    assert_eq!(out.refused(), Some("unreadable"));
}

#[test]
fn the_names_in_the_schemas_of_undecided_fields_are_found() {
    assert_eq!(opaque_names(&CATALOG).len(), 0, "every field has a decision");
    let found: Vec<(String, Vec<String>)> = opaque_names(&undecided::CATALOG)
        .into_iter()
        .map(|found| (found.field, found.names.into_iter().map(|name| name.pointer).collect()))
        .collect();
    let expected = [
        ("login", &["/properties/headers", "/properties/password"][..]),
        ("steps.means", &["/oneOf/1/properties/password", "/oneOf/2/properties/apiKey"]),
        ("contact", &["/$defs/Email"]),
        ("tagged", &["/oneOf/1/properties/kind/const"]),
        ("sent", &["/properties/cookie"]),
    ];
    let expected: Vec<(String, Vec<String>)> = expected
        .iter()
        .map(|(field, pointers)| {
            ((*field).to_owned(), pointers.iter().map(|pointer| (*pointer).to_owned()).collect())
        })
        .collect();
    assert_eq!(found, expected);
}
