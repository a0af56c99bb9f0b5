//! The secret in every place that a catalog can declare, in several spellings.

use super::declared::*;
use super::{Written, message, validated_by};
use event_core::decode::Unknown;
use event_core::sink::{Background, Batches, Callback, FileLines, JsonLines, Memory};
use event_core::{Emit, Emitter, Level, Recorder, Wide, assert_emitted};
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The text to find, in any case and encoding.
const PLANTED: &str = "5ecretplanted";

/// The planted spellings. An escape, a format or a mask treats each of them differently.
const SPELLINGS: [&str; 8] = [
    "5ecretplanted",
    "5ECRETPLANTED",
    "  5ecretplanted\n",
    "\"5ecretplanted\"\\",
    "5ecretplanted@example.com",
    "Bearer 5ecretplanted",
    "https://ada:5ecretplanted@example.com/?token=5ecretplanted",
    "%35ecretplanted \u{202e}5ecretplanted\u{1b}[0m",
];

/// The output in lower case, without percent-encoding and JSON escapes, so that every spelling of
/// the secret is found.
fn normal(output: &str) -> String {
    let decoded = output.to_lowercase().replace("%35", "5").replace("\\u0035", "5");
    decoded.replace(['\n', '\\'], "")
}

fn assert_hidden(name: &str, output: &str) {
    assert!(!output.is_empty(), "{name} is an output");
    assert!(!normal(output).contains(PLANTED), "{name}: {output}");
}

/// Every line and envelope that every sink receives, and the emitter's incidents.
fn emitted(emit: impl Fn(&mut Emitter)) -> String {
    let (written, memory) = (Written::default(), Memory::new());
    let incidents = Arc::new(Mutex::new(String::new()));
    let (called, told) = (written.clone(), incidents.clone());
    let path = std::env::temp_dir().join(format!("planted-{}.ndjson", event_core::EventId::new()));
    let mut emitter = Emitter::builder()
        .level(Level::Trace)
        .on_incident(move |incident| {
            write!(told.lock().unwrap(), "{incident} {incident:?}").unwrap();
        })
        .sink(JsonLines::new(written.clone()))
        .sink(JsonLines::new(written.clone()).envelopes())
        .sink(FileLines::open(&path).unwrap())
        .sink(Background::new(memory.clone()).unwrap())
        .sink(Batches::new(written.clone(), 10, Duration::from_secs(60)).unwrap())
        .sink(Callback::new(move |record| {
            called.0.lock().unwrap().extend(format!("{record:?}").bytes());
        }))
        .build();
    emit(&mut emitter);
    emitter.flush().unwrap();
    let file = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let written = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    let of_itself = format!("{:?}{:?}{emitter:?}", emitter.report(), emitter.metrics());
    format!("{written}{file}{:?}{}{of_itself}", memory.records(), incidents.lock().unwrap())
}

/// An emitted line of the event.
fn line_of(text: &str) -> String {
    let mut buffer = Emitter::builder().level(Level::Trace).on_incident(|_| {}).build().buffer();
    let _bound = gardener(text).enter();
    grown(text).emit_to(&mut buffer);
    String::from_utf8(buffer.records()[0].record().line().to_vec()).unwrap()
}

#[test]
fn values_variants_newtypes_and_foreign_types_hide_it() {
    for text in SPELLINGS {
        let event = grown(text);
        assert!(
            event.dropped.is_some() && event.later.is_some(),
            "the dropped field is in the event"
        );
        let shown =
            format!("{event:?}{event:#?}{:?}{:?}{:?}", soil(text), weather(text), gardener(text));
        assert_hidden("debug", &shown);
        assert_hidden("the message of a panic", &message(|| panic!("{event:?}")));
        assert_hidden("sinks", &emitted(|emitter| grown(text).emit_to(emitter)));
        let parts = format!("{:?}{:?}{:?}", event.branches, event.roots, event.hashed);
        assert_hidden("debug of the values", &parts);
    }
}

#[test]
fn the_states_of_a_transition_hide_it() {
    for text in SPELLINGS {
        for moved in moves(text) {
            assert_hidden("debug", &format!("{moved:?}{:?}", moved.change));
        }
        let told = emitted(|emitter| moves(text).iter().for_each(|moved| emitter.emit(moved)));
        assert_hidden("sinks and incidents", &told);
        assert!(told.contains("no step `Closed -> Held`"), "the illegal step is reported: {told}");
    }
}

#[test]
fn context_groups_hide_it() {
    for text in SPELLINGS {
        let told = emitted(|emitter| {
            let _bound = gardener(text).enter();
            grown(text).emit_to(emitter);
        });
        assert_hidden("sinks", &told);
        assert!(told.contains("\"gardener\":\"h:"), "the group is in the record: {told}");
        let bound = event_core::Context::empty().with(&gardener(text));
        assert_hidden("debug of the context", &format!("{bound:?}"));
    }
}

#[test]
fn the_contributions_to_a_unit_of_work_hide_it() {
    for text in SPELLINGS {
        let recorder = Recorder::new();
        let bound = recorder.enter();
        let unit = PlantGrowCompleted::unit(|| grown("x"));
        unit.add(&weather("x"));
        unit.merge(&weather(text));
        assert_hidden("debug of the unit", &format!("{unit:?}"));
        unit.flush(grown(text));
        // A dropped unit has the event that it was created with.
        let dropped = PlantGrowCompleted::unit(|| grown(SPELLINGS[0]));
        dropped.add(&weather(text));
        drop(dropped);
        drop(bound);
        let told = format!(
            "{:?}{}{}",
            recorder.records(),
            recorder.lines().concat(),
            recorder.envelopes().concat()
        );
        assert_hidden("records", &told);
        assert!(
            recorder.lines().iter().all(|line| line.contains("\"storm\":\"[redacted]\"")),
            "{told}"
        );
    }
}

#[test]
fn a_buffer_and_a_recorder_hide_it() {
    for text in SPELLINGS {
        let mut buffer =
            Emitter::builder().level(Level::Trace).on_incident(|_| {}).build().buffer();
        grown(text).emit_to(&mut buffer);
        for moved in moves(text) {
            moved.emit_to(&mut buffer);
        }
        let kept: Vec<_> =
            buffer.records().iter().map(|kept| format!("{kept:?}{:?}", kept.record())).collect();
        assert_hidden("a buffer", &format!("{buffer:?}{}", kept.concat()));
        let recorder = Recorder::new();
        let bound = recorder.enter();
        grown(text).emit_to(&mut Emitter::current().unwrap());
        drop(bound);
        // The message of a failed assertion about the event.
        let told = message(|| {
            assert_emitted!(
                recorder,
                PlantGrowCompleted { redacted: "x", leaves: Vec::<Leaf>::new(), .. }
            );
        });
        assert_hidden("the difference that the recorder shows", &told);
        assert_hidden("the recorder", &format!("{recorder:?}"));
    }
}

#[test]
fn what_is_read_back_hides_it() {
    let line = line_of(SPELLINGS[0]);
    let mut planted: Value = serde_json::from_str(&line).unwrap();
    for text in SPELLINGS {
        // As another writer without masks may have written it.
        for field in ["redacted", "hashed", "ground", "gardener"] {
            planted[field] = json!(text);
        }
        planted["own"] = json!([text]);
        planted["by_name"] = json!({ "a": text });
        planted["leaves"] = json!([{ "word": text, "own": text }]);
        planted["login"] = json!(text);
        let read = Garden::decode_with(&planted.to_string(), Unknown::Ignore).unwrap();
        assert_hidden("debug of what was read", &format!("{read:?}"));
    }
}

#[test]
fn errors_of_decode_and_validate_hide_it() {
    let whole: Value = serde_json::from_str(&line_of("x")).unwrap();
    let mut refused = 0;
    for text in SPELLINGS {
        let twice = format!("{{{0}:\"x\",{0}:\"x\"}}", json!(text));
        for field in ["redacted", "hashed", "own", "by_name", "login", "earlier", "ground"] {
            for wrong in [
                json!([[text]]),
                json!({ text: { text: text } }),
                json!([text, 1, { text: text }]),
                json!("TWICE"),
            ] {
                let mut line = whole.clone();
                line[field] = wrong.clone();
                let line = line.to_string().replace("\"TWICE\"", &twice);
                // Cut off after the secret, the line is not even JSON.
                let cut = &line[..line.rfind(&json!(text).to_string()).unwrap() + 2];
                for line in [line.as_str(), cut] {
                    let error = Garden::decode(line).map(|_| ()).unwrap_err();
                    assert_hidden(field, &format!("{error} {error:?} {error:#?}"));
                    for format in ["human", "github", "json", "sarif"] {
                        assert_hidden(field, &validated_by(&CATALOG, line, format));
                    }
                    refused += 1;
                }
            }
        }
        // Inside a value, a variant and a state, whose fields are masked one by one.
        for (field, wrong) in [
            ("leaves", json!([{ "word": { text: text }, "own": null }])),
            ("twigs", json!({ "a": { "word": [text], "own": null } })),
            ("roots", json!([{ "text": { text: 1 } }, text])),
            ("passwords", json!([{ text: 1 }])),
            ("branches", json!([{ "Reserved": { text: 1 } }])),
            (
                "branches",
                json!(["Bare", "Bare", { "Flowering": { "colour": [text], "names": [] } }]),
            ),
        ] {
            let mut line = whole.clone();
            line[field] = wrong;
            let error = Garden::decode(&line.to_string()).map(|_| ()).unwrap_err();
            assert_hidden(field, &format!("{error} {error:?}"));
            assert_hidden(field, &validated_by(&CATALOG, &line.to_string(), "json"));
        }
    }
    assert!(refused >= 400, "only {refused} lines were refused");
}

/// Whether serde can write a type: the inherent constant is found before the trait's.
struct BySerde<T: ?Sized>(PhantomData<T>);
impl<T: ?Sized + Serialize> BySerde<T> {
    const WRITES: bool = true;
}
trait Not {
    const WRITES: bool = false;
}
impl<T: ?Sized> Not for BySerde<T> {}

/// serde knows no masks, so a type with a masked field is not `Serialize`, nor is a type that
/// contains one.
#[test]
fn serde_writes_none_of_it() {
    let written = [
        ("Login", BySerde::<Login>::WRITES),
        ("PlantGrowCompleted", BySerde::<PlantGrowCompleted<'static>>::WRITES),
        ("PlantMoveCompleted", BySerde::<PlantMoveCompleted>::WRITES),
        ("PlantEvent", BySerde::<PlantEvent>::WRITES),
        ("Garden", BySerde::<Garden>::WRITES),
        ("Gardener", BySerde::<Gardener<'static>>::WRITES),
        ("Soil", BySerde::<Soil<'static>>::WRITES),
        ("Branch", BySerde::<Branch>::WRITES),
        ("Leaf", BySerde::<Leaf>::WRITES),
        ("Twig", BySerde::<Twig>::WRITES),
        ("State", BySerde::<State>::WRITES),
        ("Change", BySerde::<event_core::Change<State>>::WRITES),
        ("Secret", BySerde::<event_core::Secret<String>>::WRITES),
    ];
    let written: Vec<&str> =
        written.iter().filter(|(_, writes)| *writes).map(|(name, _)| *name).collect();
    assert_eq!(written, ["Login"], "the foreign type, which is only written under a mask");
}

/// A secret in an unmasked field is found in the same outputs: the tests above can fail.
#[test]
fn what_is_not_masked_is_found() {
    for text in SPELLINGS {
        let mut event = grown("x");
        event.twigs = std::collections::BTreeMap::from([(text.to_owned(), Twig(leaf("x")))]);
        assert!(normal(&format!("{event:?}")).contains(PLANTED), "{text}");
        assert!(normal(&emitted(|emitter| emitter.emit(&event))).contains(PLANTED), "{text}");
    }
}
