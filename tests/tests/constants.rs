//! Constants of an emitter: groups that every event has which declares them, on every thread, and
//! that schemas accept.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::context::CorrelationId;
use event_core::emit::Builder;
use event_core::record::members::MemberPlace;
use event_core::sink::Memory;
use event_core::{Emit, Emitter, Event, Str, events};
use event_schema::{Contract, Options, Rendering, schema};
use serde_json::Value;

events!(
    /// Where the service runs.
    #[group(context)]
    pub struct Deployment<'a> {
        pub region: Str<'a>,
        #[sensitive(last4)]
        pub account_number: Str<'a>,
        pub correlation_id: Option<Str<'a>>,
    }
);

events!(
    #[domain(context(Deployment))]
    pub enum Payment {
        Process,
    }

    #[event(info)]
    pub struct PaymentProcessCompleted {
        pub cents: u32,
    }
);

events!(
    #[domain]
    pub enum Cache {
        Fill,
    }

    #[event(info)]
    pub struct CacheFillCompleted;
);

fn deployment(region: &str) -> Deployment<'_> {
    Deployment { region: region.into(), account_number: "123456789".into(), correlation_id: None }
}

fn built(make: impl FnOnce(Builder) -> Builder) -> (Emitter, Memory) {
    let memory = Memory::new();
    let builder = make(Emitter::builder().on_incident(|incident| panic!("{incident}")));
    (builder.sink(memory.clone()).build(), memory)
}

fn line(emitter: &Emitter, memory: &Memory) -> String {
    emitter.emit(&PaymentProcessCompleted { cents: 1 });
    memory.take()[0].text().to_owned()
}

#[test]
fn events_that_declare_the_group_have_it_and_others_do_not() {
    let (emitter, memory) = built(|to| to.service("shop").constants(&deployment("eu-1")));
    let other = emitter.clone();
    std::thread::spawn(move || other.emit(&PaymentProcessCompleted { cents: 1 })).join().unwrap();
    let records = memory.take();
    assert!(
        records[0].text().ends_with(
            r#""service":"shop","region":"eu-1","account_number":"****6789","correlation_id":null,"cents":1}"#
        ),
        "{}",
        records[0].text()
    );
    let envelope: Value = serde_json::from_slice(records[0].record().envelope()).unwrap();
    assert_eq!(envelope["context"]["region"], "eu-1");
    let record = records[0].record();
    let region = record.members().find(|member| member.key() == "region").unwrap();
    assert_eq!(region.place(), MemberPlace::Context);

    emitter.emit(&CacheFillCompleted);
    assert!(memory.take()[0].text().ends_with(r#""service":"shop"}"#));
    assert_eq!(emitter.report().refused, 0);
}

#[test]
fn schemas_accept_records_with_constants_and_no_others() {
    let (emitter, memory) = built(|to| to.service("shop").constants(&deployment("eu-1")));
    emitter.emit(&PaymentProcessCompleted { cents: 1 });
    let records = memory.take();
    let line: Value = serde_json::from_str(records[0].text()).unwrap();
    let envelope: Value = serde_json::from_slice(records[0].record().envelope()).unwrap();
    for (rendering, mut record, at) in
        [(Rendering::Line, line, ""), (Rendering::Envelope, envelope, "/context")]
    {
        for contract in Contract::ALL {
            let options = Options { contract, rendering, ..Options::default() };
            let schema = schema(PaymentProcessCompleted::META, options).unwrap().to_value();
            let validator = jsonschema::validator_for(&schema).unwrap();
            assert!(validator.is_valid(&record), "{options:?}: {record}");
            record.pointer_mut(at).unwrap()["zone"] = "a".into();
            assert_eq!(validator.is_valid(&record), contract == Contract::Read, "{options:?}");
            record.pointer_mut(at).unwrap().as_object_mut().unwrap().remove("zone");
        }
    }
}

#[test]
fn what_is_bound_replaces_a_constant_and_a_later_constant_an_earlier_one() {
    let (emitter, memory) =
        built(|to| to.constants(&deployment("old")).constants(&deployment("eu-1")));
    assert!(line(&emitter, &memory).contains(r#""region":"eu-1""#));
    let bound = deployment("eu-2").enter();
    let text = line(&emitter, &memory);
    assert!(text.contains(r#""region":"eu-2""#) && !text.contains("eu-1"), "{text}");
    drop(bound);
    assert!(line(&emitter, &memory).contains(r#""region":"eu-1""#));
}

#[test]
fn no_key_is_written_twice_when_a_constant_has_the_name_of_an_ambient_value() {
    let (emitter, memory) = built(|to| to.constants(&deployment("eu-1")));
    let _correlation = CorrelationId("ord_1".into()).enter();
    let text = line(&emitter, &memory);
    assert_eq!(text.matches("correlation_id").count(), 1, "{text}");
    let (without, memory) = built(|to| to.on_incident(|_| {}));
    let text = line(&without, &memory);
    assert!(text.contains(r#""correlation_id":"ord_1""#), "{text}");
}

#[test]
fn a_buffer_of_the_emitter_has_the_constants() {
    let (emitter, _) = built(|to| to.constants(&deployment("eu-1")));
    let mut buffer = emitter.buffer();
    PaymentProcessCompleted { cents: 1 }.emit_to(&mut buffer);
    assert!(buffer.records()[0].text().contains(r#""region":"eu-1""#));
    buffer.discard();
}
