//! The schema of a wide event holds for every line of it: the example that others give, of a chat
//! that runs in a sandbox.

use super::Bytes;
use event_core::decode::Unknown;
use event_core::emit::TailSampler;
use event_core::event::Block;
use event_core::sink::JsonLines;
use event_core::unit::elapsed;
use event_core::{Emitter, Event, Recorder, Str, Timestamp, Wide, events};
use event_schema::{Contract, Dialect, Options, Rendering, schema};
use jsonschema::Validator;
use serde_json::{Value, json};

mod sandbox {
    use event_core::{Timestamp, events};

    events!(
        #[group]
        pub struct Sandbox {
            #[field(rename = "sandboxId")]
            pub id: String,
            #[field(rename = "startedAt")]
            pub started_at: Timestamp,
            #[field(rename = "startDuration", unit = "ms")]
            pub start_duration: u64,
            #[field(rename = "liveDuration", unit = "ms")]
            pub live_duration: Option<u64>,
        }
    );
}

events!(
    #[domain]
    pub enum Turn {
        Answer,
    }

    #[group]
    pub struct User<'a> {
        #[entity(user)]
        pub id: Str<'a>,
        #[field(example = "premium")]
        pub tier: Str<'a>,
    }

    #[group]
    pub struct Chat<'a> {
        #[field(rename = "chatId")]
        pub id: Str<'a>,
        pub model: Str<'a>,
        pub messages: u64,
        pub tokens: u64,
    }

    /// One for each turn of a chat.
    #[event(level = if is_failed { error } else { info }, wide(User, Chat<'_>, sandbox::Sandbox))]
    pub struct TurnAnswerFinished<'a> {
        #[field(rename = "type")]
        pub kind: Str<'a>,
        pub is_failed: bool,
        #[elapsed]
        pub duration_ms: f64,
    }

    /// Of the newest version only there are units; the older ones say what their lines may have.
    #[event(info, version = 2, upcast = auto, wide(User, Chat))]
    pub struct TurnAnswerCompleted {
        pub is_last: Option<bool>,
    }

    #[event(info, wide(User))]
    pub struct TurnAnswerCompletedV1 {}
);

/// Alone, with contributions of a block.
#[derive(event_core::DomainEvent)]
#[event(info, domain = Turn, wide(Chat<'_>))]
pub struct TurnAnswerReceived;

fn finished(is_failed: bool) -> TurnAnswerFinished<'static> {
    TurnAnswerFinished { kind: "http".into(), is_failed, duration_ms: elapsed() }
}

fn user() -> User<'static> {
    User { id: "user_123".into(), tier: "premium".into() }
}

fn chat() -> Chat<'static> {
    Chat { id: "chat_456".into(), model: "large".into(), messages: 3, tokens: 1_500 }
}

fn sandbox() -> sandbox::Sandbox {
    let started_at = Timestamp::from_micros(1_767_323_045_000_000);
    sandbox::Sandbox { id: "sbx_789".into(), started_at, start_duration: 120, live_duration: None }
}

/// The lines and the envelopes of units with all of the contributions, some and none; flushed,
/// dropped, kept for every reason.
fn records() -> (Vec<Value>, Vec<Value>) {
    let (recorder, envelopes) = (Recorder::new(), Bytes::default());
    for sampler in [None, Some(TailSampler::keep_errors().one_in(1))] {
        let builder =
            Emitter::builder().service("chats").service_version("1.2.3").sink(recorder.clone());
        let builder = builder.sink(JsonLines::new(envelopes.clone()).envelopes());
        let scope = match sampler {
            Some(sampler) => builder.tail_sampler(sampler).build().enter(),
            None => builder.build().enter(),
        };
        for contributions in 0..8 {
            for end in 0..3 {
                let unit = TurnAnswerFinished::unit(|| finished(true));
                if contributions & 1 != 0 {
                    unit.add(&user());
                }
                if contributions & 2 != 0 {
                    unit.merge(&chat());
                }
                if contributions & 4 != 0 {
                    unit.add(&sandbox());
                }
                match end {
                    0 => drop(unit),
                    1 => unit.flush(finished(false)),
                    _ => unit.flush(finished(true)),
                }
            }
        }
        drop(scope);
    }
    (super::values(&recorder), envelopes.values())
}

fn validators(rendering: Rendering) -> Vec<(Options, Validator)> {
    let contracts = Dialect::ALL
        .into_iter()
        .flat_map(|dialect| Contract::ALL.map(|contract| (dialect, contract)));
    contracts
        .map(|(dialect, contract)| {
            let options = Options { dialect, contract, rendering, ..Options::default() };
            let schema = schema(TurnAnswerFinished::META, options).unwrap().to_value();
            (options, jsonschema::options().should_validate_formats(true).build(&schema).unwrap())
        })
        .collect()
}

#[test]
fn e3_every_line_and_every_envelope_is_valid() {
    let (lines, envelopes) = records();
    for (rendering, records) in [(Rendering::Line, &lines), (Rendering::Envelope, &envelopes)] {
        assert_eq!(records.len(), 48);
        for (options, validator) in validators(rendering) {
            for record in records {
                let errors: Vec<_> =
                    validator.iter_errors(record).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{options:?}: {errors:?} in {record:#}");
            }
        }
    }
    let full =
        lines.iter().find(|line| line.get("id").is_some() && line.get("chatId").is_some()).unwrap();
    for (key, value) in
        [("id", json!("user_123")), ("chatId", json!("chat_456")), ("service", json!("chats"))]
    {
        assert_eq!(full[key], value);
    }
}

#[test]
fn e3_a_line_that_says_something_else_is_not() {
    let (lines, envelopes) = records();
    let line = lines.into_iter().rfind(|line| line.get("sandboxId").is_some()).unwrap();
    for (options, validator) in validators(Rendering::Line) {
        assert!(validator.is_valid(&line), "{options:?}");
        for (key, value, is_read) in [
            ("sandboxid", json!("sbx"), true),
            ("tokens", json!("many"), false),
            ("startedAt", json!("yesterday"), false),
            ("incomplete", json!("yes"), false),
            ("sample_reason", json!(1), false),
            ("sample_rate", json!(0), false),
            ("tier", Value::Null, false),
        ] {
            let mut other = line.clone();
            other[key] = value;
            let expected = is_read && options.contract == Contract::Read;
            assert_eq!(validator.is_valid(&other), expected, "{options:?}: {key}");
        }
        let mut without = line.clone();
        without.as_object_mut().unwrap().remove("duration_ms");
        assert!(!validator.is_valid(&without), "{options:?}: a field of the event itself");
    }
    for (options, validator) in validators(Rendering::Envelope) {
        let mut other = envelopes.last().unwrap().clone();
        other["payload"]["sandboxid"] = json!("sbx");
        assert_eq!(validator.is_valid(&other), options.contract == Contract::Read, "{options:?}");
    }
}

#[test]
fn e3_the_schema_of_the_payload_has_the_parts_too() {
    let options = Options { rendering: Rendering::Payload, ..Options::default() };
    let schema = schema(TurnAnswerFinished::META, options).unwrap().to_value();
    assert!(
        schema["properties"].get("liveDuration").is_some()
            && schema["properties"].get("incomplete").is_none()
    );
    assert_eq!(schema["required"], json!(["duration_ms", "is_failed", "type"]));
}

#[test]
fn e3_each_version_has_its_own_parts() {
    let properties =
        |meta| schema(meta, Options::default()).unwrap().to_value()["properties"].clone();
    let (old, new) =
        (properties(TurnAnswerCompletedV1::META), properties(TurnAnswerCompleted::META));
    assert!(old.get("tier").is_some() && old.get("chatId").is_none());
    assert!(new.get("tier").is_some() && new.get("chatId").is_some());
    let line = r#"{"event":"turn_answer_completed","version":1,"id":"user_123","tier":"premium"}"#;
    let mut object = event_core::read::Input::parse(line).unwrap().object().unwrap();
    let place = Turn::BLOCK
        .events
        .iter()
        .position(|event| event.name.snake == "turn_answer_completed")
        .unwrap();
    let read = Turn::read(place, &mut object).unwrap().unwrap();
    assert!(matches!(read, TurnEvent::AnswerCompleted(TurnAnswerCompleted { is_last: None })));
    assert_eq!(
        object.contribution::<User<'_>>().unwrap().unwrap().id,
        "user_123",
        "what the event left"
    );
}

#[test]
fn a_free_event_is_gathered_as_one_of_a_block() {
    let line = super::line(|| {
        let unit = TurnAnswerReceived::unit(|| TurnAnswerReceived);
        unit.add(&chat());
        unit.flush(TurnAnswerReceived);
    });
    assert_eq!(
        (&line["event"], &line["chatId"]),
        (&json!("turn_answer_received"), &json!("chat_456"))
    );
}

event_core::catalog!(
    pub enum ChatsEvent {
        Turn(Turn),
    }
);

#[test]
fn a_reader_that_refuses_what_it_does_not_know_knows_the_contributions() {
    let (lines, envelopes) = records();
    for record in lines.iter().chain(&envelopes) {
        let read = ChatsEvent::decode_with(&record.to_string(), Unknown::Refuse);
        assert!(
            matches!(read, Ok(ChatsEvent::Turn(TurnEvent::AnswerFinished(_)))),
            "{read:?}: {record:#}"
        );
    }
    let mut other = lines[0].clone();
    other["sandboxid"] = json!("sbx");
    assert!(ChatsEvent::decode_with(&other.to_string(), Unknown::Refuse).is_err());
}
