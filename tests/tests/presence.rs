//! Absent, `null` and a value are three things where a field says so: as written, as read, and in
//! both schemas.

use event_core::sink::Memory;
use event_core::value::Presence;
use event_core::{Emitter, Event, Recorder, assert_emitted, assert_not_emitted, events};
use event_schema::{Contract, Options, Rendering, schema};
use serde_json::{Value, json};

events!(
    /// A person's own page.
    #[domain]
    pub enum Profile {
        /// Change what stands there.
        Update,
    }

    /// A change was asked for: what is absent stays.
    #[event(info)]
    #[derive(PartialEq)]
    pub struct ProfileUpdateRequested {
        /// The text.
        pub note: Presence<String>,
        /// Masked.
        #[sensitive(last4)]
        pub card_number: Presence<String>,
        /// A number that is one.
        #[field(finite)]
        pub score: Presence<f64>,
        /// By another key.
        #[field(rename = "homePage", alias("home"))]
        pub home: Presence<Link>,
        /// What it replaces.
        #[field(recursive)]
        pub reply_to: Presence<Box<Link>>,
        /// Never written.
        #[sensitive(drop)]
        pub password: Presence<String>,
        /// A foreign type.
        #[field(opaque)]
        pub tags: Presence<Vec<i64>>,
        /// A foreign type that may be missing.
        #[field(opaque, skip_none)]
        pub counts: Option<Vec<i64>>,
    }

    /// A link, perhaps with a title.
    #[value(skip_none)]
    #[derive(PartialEq, Clone)]
    pub struct Link {
        /// Where to.
        pub target: String,
        /// What it is called.
        pub title: Presence<String>,
    }
);

const EMPTY: ProfileUpdateRequested = ProfileUpdateRequested {
    note: Presence::Absent,
    card_number: Presence::Absent,
    score: Presence::Absent,
    home: Presence::Absent,
    reply_to: Presence::Absent,
    password: Presence::Absent,
    tags: Presence::Absent,
    counts: None,
};

fn cases() -> Vec<(ProfileUpdateRequested, Value)> {
    let link = |title| Link { target: "/".into(), title };
    vec![
        (EMPTY, json!({})),
        (ProfileUpdateRequested { note: Presence::Null, ..EMPTY }, json!({ "note": null })),
        (
            ProfileUpdateRequested { note: "new".to_owned().into(), ..EMPTY },
            json!({ "note": "new" }),
        ),
        (
            ProfileUpdateRequested { card_number: Presence::Null, ..EMPTY },
            json!({ "card_number": null }),
        ),
        (
            ProfileUpdateRequested { card_number: "****".to_owned().into(), ..EMPTY },
            json!({ "card_number": "****" }),
        ),
        (ProfileUpdateRequested { score: Presence::Null, ..EMPTY }, json!({ "score": null })),
        (ProfileUpdateRequested { score: 1.5.into(), ..EMPTY }, json!({ "score": 1.5 })),
        (
            ProfileUpdateRequested { home: link(Presence::Null).into(), ..EMPTY },
            json!({ "homePage": { "target": "/", "title": null } }),
        ),
        (ProfileUpdateRequested { tags: Presence::Null, ..EMPTY }, json!({ "tags": null })),
        (ProfileUpdateRequested { tags: vec![1].into(), ..EMPTY }, json!({ "tags": [1] })),
        (ProfileUpdateRequested { counts: Some(vec![1]), ..EMPTY }, json!({ "counts": [1] })),
        (
            ProfileUpdateRequested {
                reply_to: Presence::Value(Box::new(link(Presence::Absent))),
                ..EMPTY
            },
            json!({ "reply_to": { "target": "/" } }),
        ),
    ]
}

#[test]
fn three_states_are_written_and_read_back() {
    for (event, payload) in cases() {
        let memory = Memory::new();
        Emitter::builder().sink(memory.clone()).build().emit(&event);
        let record = memory.take().remove(0);
        let record = record.record();
        assert_eq!(serde_json::from_slice::<Value>(record.envelope()).unwrap()["payload"], payload);
        for text in [record.text(), str::from_utf8(record.envelope()).unwrap()] {
            let ShopEvent::Profile(ProfileEvent::UpdateRequested(read)) =
                ShopEvent::decode(text).unwrap();
            assert_eq!(read, event, "{text}");
        }
    }
}

#[test]
fn both_schemas_tell_them_apart() {
    for contract in [Contract::Write, Contract::Read] {
        let options = Options { contract, rendering: Rendering::Payload, ..Options::default() };
        let schema = schema(ProfileUpdateRequested::META, options).unwrap();
        let schema: Value = serde_json::from_str(&schema.to_string()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for (_, payload) in cases() {
            assert!(validator.is_valid(&payload), "{contract:?}: {payload}");
        }
        for wrong in [json!({ "note": 1 }), json!({ "score": "1" }), json!({ "homePage": {} })] {
            assert!(!validator.is_valid(&wrong), "{contract:?}: {wrong}");
        }
        assert!(schema.get("required").is_none(), "{schema}");
    }
}

event_core::catalog!(
    /// Everything that the shop emits.
    pub enum ShopEvent {
        Profile(Profile),
    }
);

#[test]
fn an_assertion_tells_the_three_apart() {
    let emitted = |note: Presence<String>| {
        let ((), recorder) = Recorder::capture(|| {
            emit_profile_update_requested(ProfileUpdateRequested { note, ..EMPTY });
        });
        recorder
    };
    let value = emitted(Presence::Value("new".to_owned()));
    assert_emitted!(value, ProfileUpdateRequested { note: "new", .. });
    assert_emitted!(value, ProfileUpdateRequested { note: Some("new"), card_number: None, .. });
    assert_emitted!(
        value,
        ProfileUpdateRequested {
            note: Presence::Value("new".to_owned()),
            score: Presence::Absent,
            ..
        }
    );
    let null = emitted(Presence::Null);
    assert_emitted!(null, ProfileUpdateRequested { note: None, .. });
    assert_emitted!(null, ProfileUpdateRequested { note: Presence::Null, .. });
    assert_not_emitted!(null, ProfileUpdateRequested { note: Presence::Absent, .. });
}

mod foreign {
    event_core::events!(
        #[domain]
        pub(crate) enum Extra {
            Add,
        }

        #[event(info)]
        #[derive(PartialEq)]
        pub(crate) struct ExtraAddRequested {
            #[field(opaque)]
            pub any: Option<serde_json::Value>,
        }
    );
}

#[test]
fn any_json_that_may_be_missing_reads_where_it_is_missing() {
    use foreign::ExtraAddRequested;
    for (payload, any) in [
        ("{}", None),
        (r#"{"any":null}"#, None),
        (r#"{"any":{"a":[1]}}"#, Some(json!({ "a": [1] }))),
    ] {
        assert_eq!(ExtraAddRequested::decode_payload(payload).unwrap(), ExtraAddRequested { any });
    }
}
