//! What becomes of a contribution: replaced, merged, masked; and never of the record's own keys.

use super::{
    ChatContribution, RequestHandleFinished, UserContribution, chat, finished, line, user,
};
use event_core::{Event, Recorder, Wide, events};
use event_grammar::record::{Within, has};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

#[test]
fn e2_to_add_again_replaces_and_to_merge_keeps_what_is_left_out() {
    let replaced = line(|| {
        let unit = RequestHandleFinished::unit(|| finished(499));
        unit.add(&ChatContribution { model: Some("small".into()), ..chat("chat_1") });
        unit.add(&ChatContribution { tokens: Some(7), ..chat("chat_2") });
        unit.flush(finished(200));
    });
    assert_eq!((&replaced["chatId"], &replaced["tokens"]), (&json!("chat_2"), &json!(7)));
    assert_eq!(replaced.get("model"), None);

    let merged = line(|| {
        let unit = RequestHandleFinished::unit(|| finished(499));
        unit.merge(&ChatContribution { model: Some("small".into()), ..chat("chat_1") });
        unit.merge(&ChatContribution { tokens: Some(7), ..chat("chat_2") });
        unit.add(&user("usr_7"));
        unit.merge(&UserContribution { tier: None, ..user("usr_8") });
        unit.flush(finished(200));
    });
    assert_eq!((&merged["chatId"], &merged["tokens"]), (&json!("chat_2"), &json!(7)));
    assert_eq!((&merged["model"], &merged["tier"]), (&json!("small"), &json!("gold")));
    assert_eq!(merged["user_id"], "usr_8");
}

#[test]
fn e2_a_contribution_is_masked_when_it_is_added() {
    let recorder = Recorder::new();
    let scope = recorder.enter();
    let unit = RequestHandleFinished::unit(|| finished(499));
    unit.add(&UserContribution { user_email: Some("anna@example.com".into()), ..user("usr_7") });
    unit.merge(&user("usr_7"));
    unit.flush(finished(200));
    drop(scope);
    let line = &recorder.lines()[0];
    assert!(
        line.contains(r#""user_email":"a***@example.com""#) && !line.contains("anna"),
        "{line}"
    );
}

#[test]
fn e2_no_contribution_has_a_key_of_the_record() {
    let own: Vec<&str> =
        RequestHandleFinished::META.fields().iter().map(|field| field.name).collect();
    let line = line(|| RequestHandleFinished::unit(|| finished(499)).flush(finished(200)));
    let written = line.as_object().unwrap().keys().map(String::as_str);
    for key in written.filter(|key| !own.contains(key)).chain([
        "incomplete",
        "sample_reason",
        "service",
        "event_id",
    ]) {
        assert!(has(Within::Line, key), "`{key}` could be the field of a contribution");
    }
}

#[test]
fn e2_parts_stand_in_the_order_of_their_declaration() {
    let recorder = Recorder::new();
    let scope = recorder.enter();
    let unit = RequestHandleFinished::unit(|| finished(499));
    unit.add(&chat("chat_1"));
    unit.add(&user("usr_7"));
    unit.flush(finished(200));
    drop(scope);
    let line = &recorder.lines()[0];
    let places = ["code", "duration_ms", "user_id", "tier", "chatId"]
        .map(|key| line.find(&format!("\"{key}\"")));
    assert!(places.is_sorted() && places[0].is_some(), "{line}");
}

#[test]
fn e2_events_and_parts_are_read_back() {
    let recorder = Recorder::new();
    let scope = recorder.enter();
    let unit = RequestHandleFinished::unit(|| finished(499));
    unit.add(&chat("chat_1"));
    unit.flush(finished(200));
    drop(scope);
    let record = &recorder.records()[0];
    assert_eq!(recorder.of::<RequestHandleFinished<'_>>().unwrap()[0].code, 200);
    assert_eq!(
        record.read_contribution::<ChatContribution<'_>>().unwrap().unwrap().chat_id,
        "chat_1"
    );
    assert!(record.read_contribution::<UserContribution<'_>>().unwrap().is_none());
}

#[test]
fn half_a_contribution_does_not_read() {
    let mut object =
        event_core::read::Input::parse(r#"{"tier":"gold"}"#).unwrap().object().unwrap();
    let error = object.contribution::<UserContribution<'_>>().unwrap_err();
    assert_eq!(error.path(), "user_id");
}

// Two contributions with fields of every kind of absence.
events!(
    #[domain]
    pub enum Model {
        Run,
    }

    #[group]
    pub struct Plain {
        pub number: Option<i64>,
        pub list: Vec<String>,
        #[group]
        pub inner: Inner,
    }

    #[group]
    pub struct Inner {
        #[field(rename = "x-inner")]
        pub inner: Option<bool>,
    }

    #[group(skip_none)]
    pub struct Sparse {
        pub text: Option<String>,
        pub ratio: Option<f64>,
    }

    #[event(info, wide(Plain, Sparse))]
    pub struct ModelRunCompleted {
        pub steps: usize,
    }
);

#[derive(Clone, Debug)]
enum Part {
    Plain { number: Option<i64>, list: Vec<String>, inner: Option<bool> },
    Sparse { text: Option<String>, ratio: Option<f64> },
}

impl Part {
    fn put(&self, plain: &impl Fn(&Plain), sparse: &impl Fn(&Sparse)) {
        match self.clone() {
            Self::Plain { number, list, inner } => {
                plain(&Plain { number, list, inner: Inner { inner } });
            }
            Self::Sparse { text, ratio } => sparse(&Sparse { text, ratio }),
        }
    }

    /// Where it goes, and what it says, by serde.
    fn members(&self) -> (usize, Map<String, Value>) {
        let (place, value) = match self {
            Self::Plain { number, list, inner } => {
                (0, json!({ "number": number, "list": list, "x-inner": inner }))
            }
            Self::Sparse { text, ratio } => (1, json!({ "text": text, "ratio": ratio })),
        };
        let mut members = value.as_object().unwrap().clone();
        if let Self::Sparse { ratio, .. } = self {
            // One that is not a number is written as `null`, where one that is missing is not
            // written.
            members.retain(|key, value| !value.is_null() || key == "ratio" && ratio.is_some());
        }
        (place, members)
    }
}

fn contribution() -> impl Strategy<Value = Part> {
    let text = || prop_oneof![any::<String>(), Just("\",\"number\":null,\"".to_owned())];
    prop_oneof![
        (any::<Option<i64>>(), prop::collection::vec(text(), 0..3), any::<Option<bool>>())
            .prop_map(|(number, list, inner)| Part::Plain { number, list, inner }),
        (
            prop::option::of(text()),
            prop::option::of(prop_oneof![Just(f64::NAN), Just(0.5), Just(-2.0)])
        )
            .prop_map(|(text, ratio)| Part::Sparse { text, ratio }),
    ]
}

proptest! {
    /// Whatever is added and merged, here or by the context, the line says what maps would hold.
    #[test]
    fn e2_a_unit_is_a_map_for_each_part(steps in prop::collection::vec((contribution(), any::<bool>(), any::<bool>()), 0..12)) {
        let mut model = [Map::new(), Map::new()];
        let line = line(|| {
            let unit = ModelRunCompleted::unit(|| ModelRunCompleted { steps: 0 });
            let _in = unit.enter();
            for (contribution, merge, by_context) in &steps {
                match (merge, by_context) {
                    (false, false) => contribution.put(&|plain| unit.add(plain), &|sparse| unit.add(sparse)),
                    (true, false) => contribution.put(&|plain| unit.merge(plain), &|sparse| unit.merge(sparse)),
                    (false, true) => contribution.put(
                        &|plain| assert!(ModelRunCompleted::add(plain)),
                        &|sparse| assert!(ModelRunCompleted::add(sparse)),
                    ),
                    (true, true) => contribution.put(
                        &|plain| assert!(ModelRunCompleted::merge(plain)),
                        &|sparse| assert!(ModelRunCompleted::merge(sparse)),
                    ),
                }
                let (place, members) = contribution.members();
                if !merge {
                    model[place].clear();
                }
                for (key, value) in members {
                    if !value.is_null() || !model[place].contains_key(&key) {
                        model[place].insert(key, value);
                    }
                }
            }
            unit.flush(ModelRunCompleted { steps: steps.len() });
        });
        let mut line = line.as_object().unwrap().clone();
        line.retain(|key, _| ["number", "list", "text", "ratio", "x-inner", "steps"].contains(&key.as_str()));
        let mut expected: Map<String, Value> = model.into_iter().flatten().collect();
        expected.insert("steps".into(), json!(steps.len()));
        prop_assert_eq!(line, expected);
    }
}
