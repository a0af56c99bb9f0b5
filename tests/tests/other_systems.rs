//! What other systems write can be declared: names that are a domain alone, and keys that the
//! record uses elsewhere.

use event_core::sink::Memory;
use event_core::{Emitter, Event, Str};
use event_schema::{Contract, Dialect, Options, Rendering, schema};

mod push {
    use event_core::{Str, events};

    events!(
        /// Commits arrive.
        #[domain(rename = "push", optional(action, status))]
        pub enum PushDomain {}

        /// Commits were pushed to a branch.
        #[event(info)]
        pub struct Push<'a> {
            /// What was pushed to.
            pub r#ref: Str<'a>,
            /// The commit before.
            pub before: Str<'a>,
            /// The commit after.
            pub after: Str<'a>,
            /// What stands in an envelope beside the payload.
            pub payload: u8,
            /// Another one.
            pub entity: u8,
            /// Another one.
            pub event_type: Str<'a>,
            /// A key of the record of a unit of work.
            pub incomplete: bool,
            /// What every line has under its own name, under another one.
            #[field(alias("environment"))]
            pub target_environment: Str<'a>,
            /// Another one, which may be missing.
            #[field(alias("level"))]
            pub alert_level: Option<u8>,
        }
    );
}

mod ping {
    /// Is anybody there?
    #[derive(event_core::DomainEvent)]
    #[event(info, domain = domain::PingDomain, name(ping, _, _))]
    pub struct Ping {
        pub hook_id: u64,
    }

    mod domain {
        event_core::events!(
            #[domain(rename = "ping", optional(action, status))]
            pub(super) enum PingDomain {}
        );
    }
}

event_core::catalog!(
    /// Everything that the other system sends.
    pub enum Hook {
        Push(push::PushDomain),
        Ping(ping::Ping),
    }
);

fn push() -> push::Push<'static> {
    push::Push {
        r#ref: "refs/heads/main".into(),
        before: "6113728".into(),
        after: "0000000".into(),
        payload: 1,
        entity: 2,
        event_type: "not the record's".into(),
        incomplete: true,
        target_environment: "production".into(),
        alert_level: None,
    }
}

#[test]
fn a_domain_alone_is_a_name() {
    assert_eq!((push::Push::NAME, push::Push::EVENT_TYPE), ("push", "push"));
    assert_eq!(push::Push::META.name.domain, "push");
    assert_eq!((push::Push::META.name.action, push::Push::META.name.status), (None, None));
    assert_eq!(ping::Ping::NAME, "ping");
    assert!(CATALOG.find("ping").is_some());
    let read = Hook::decode(r#"{"event":"ping","hook_id":7}"#).unwrap();
    assert!(matches!(read, Hook::Ping(ping::Ping { hook_id: 7 })));
}

#[test]
fn keys_that_the_record_uses_elsewhere_are_written_and_read_back() {
    let memory = Memory::new();
    Emitter::builder().sink(memory.clone()).build().emit(&push());
    let record = memory.take().remove(0);
    let record = record.record();
    for text in [record.text(), str::from_utf8(record.envelope()).unwrap()] {
        let Hook::Push(push::PushEvent::Push(read)) = Hook::decode(text).unwrap() else {
            panic!("{text}")
        };
        let fields = [&read.r#ref, &read.before, &read.after, &read.event_type].map(Str::as_str);
        assert_eq!(fields, ["refs/heads/main", "6113728", "0000000", "not the record's"], "{text}");
        assert_eq!((read.payload, read.entity, read.incomplete), (1, 2, true), "{text}");
    }
}

/// A webhook's body has no header, and keys that every line of ours has itself.
const BODY: &str = r#"{"ref":"refs/heads/main","before":"6113728","after":"0000000","payload":1,"entity":2,"event_type":"","incomplete":false,"environment":"staging","level":7}"#;

#[test]
fn keys_of_every_line_are_read_from_a_payload() {
    let envelope = format!(r#"{{"event_type":"push","environment":"ours","payload":{BODY}}}"#);
    for read in [push::Push::decode_payload(BODY).unwrap(), push::Push::decode(&envelope).unwrap()]
    {
        assert_eq!((read.target_environment.as_str(), read.alert_level), ("staging", Some(7)));
    }
}

#[test]
fn in_a_line_they_are_the_records_own() {
    let line = |name: &str| {
        format!(
            r#"{{"event":"push","level":"info","environment":"ours","{name}":"theirs",{}"#,
            &BODY[1..]
        )
        .replace(r#","environment":"staging","level":7"#, "")
    };
    let read = push::Push::decode(&line("target_environment")).unwrap();
    assert_eq!((read.target_environment.as_str(), read.alert_level), ("theirs", None));
    let error = push::Push::decode(&line("other")).unwrap_err();
    assert_eq!(error.to_string(), "event `push` v1: `target_environment`: missing");
}

#[test]
fn schemas_say_the_same() {
    for (rendering, has_alias) in
        [(Rendering::Payload, true), (Rendering::Envelope, true), (Rendering::Line, false)]
    {
        let options = Options { contract: Contract::Read, rendering, ..Options::default() };
        let schema = schema(push::Push::META, options).unwrap().to_string();
        assert_eq!(schema.contains("Read as `target_environment`."), has_alias, "{schema}");
        assert_eq!(schema.contains("Read as `alert_level`."), has_alias, "{schema}");
        let schema = serde_json::from_str(&schema).unwrap();
        assert!(jsonschema::validator_for(&schema).is_ok());
    }
}

#[test]
fn a_name_of_one_word_is_once_in_its_schemas() {
    for (rendering, dialect, contract) in every_schema() {
        let options = Options { rendering, dialect, contract, annotations: true };
        for event in CATALOG.events() {
            let schema = schema(event, options).unwrap().to_value();
            let keys = ["event", "event_type"]
                .into_iter()
                .filter_map(|key| schema["properties"][key]["enum"].as_array());
            for names in keys {
                assert_eq!(names.len(), 1, "{options:?}: {names:?}");
            }
        }
    }
}

fn every_schema() -> impl Iterator<Item = (Rendering, Dialect, Contract)> {
    let dialects = |rendering| Dialect::ALL.into_iter().map(move |dialect| (rendering, dialect));
    let contracts = |(rendering, dialect)| {
        Contract::ALL.into_iter().map(move |contract| (rendering, dialect, contract))
    };
    Rendering::ALL.into_iter().flat_map(dialects).flat_map(contracts)
}
