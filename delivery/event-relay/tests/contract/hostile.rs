//! No text makes the contract panic, and no finding has a value of the text.

use crate::locked::{CONTRACT, VERSIONS};
use event_relay::contract::ContractVerdict;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

/// Any JSON, in which keys are often keys of a record.
fn any_json() -> impl Strategy<Value = Value> {
    let key = prop_oneof![
        3 => prop::sample::select(vec![
            "event_type", "event_version", "event_id", "payload", "context", "actor", "entity", "type",
            "id", "level", "occurred_at", "recorded_at", "amount_cents", "before", "after", "~1", "a/b",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|float| json!(float)),
        any::<String>().prop_map(Value::from),
        Just(json!("2026-01-02T03:04:05Z")),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn is_short_and_on_one_line(verdict: &ContractVerdict) {
    if let ContractVerdict::Invalid(finding) = verdict {
        let text = finding.to_string();
        assert!(text.chars().count() < 1_000 && !text.contains(char::is_control), "{text:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_judged(at in any::<Index>(), text in any::<String>(), version in any::<u32>()) {
        let locked = at.get(&VERSIONS);
        is_short_and_on_one_line(&CONTRACT.judge(&locked.event_type, locked.key.version, &text));
        is_short_and_on_one_line(&CONTRACT.judge(&text, version, "{}"));
    }

    #[test]
    fn any_json_in_any_part_of_an_envelope_is_judged(
        at in any::<Index>(), sample in any::<Index>(), part in any::<Index>(), value in any_json(),
    ) {
        let locked = at.get(&VERSIONS);
        let mut envelope = locked.envelope(sample.get(&locked.samples));
        let parts = ["", "/payload", "/context", "/event_type", "/event_version", "/level"];
        *envelope.pointer_mut(parts[part.index(parts.len())]).unwrap() = value;
        let envelope = envelope.to_string();
        is_short_and_on_one_line(&CONTRACT.judge(&locked.event_type, locked.key.version, &envelope));
    }

    #[test]
    fn a_cut_envelope_is_no_json(at in any::<Index>(), sample in any::<Index>(), cut in any::<Index>()) {
        let locked = at.get(&VERSIONS);
        let envelope = locked.envelope(sample.get(&locked.samples)).to_string();
        let mut end = cut.index(envelope.len());
        while !envelope.is_char_boundary(end) {
            end -= 1;
        }
        let verdict = CONTRACT.judge(&locked.event_type, locked.key.version, &envelope[..end]);
        let ContractVerdict::Invalid(finding) = verdict else { panic!("{verdict:?}") };
        prop_assert!(finding.to_string().starts_with("the envelope is no JSON: "), "{}", finding);
    }
}

/// Deep, wide and long envelopes are judged in little time.
#[test]
fn a_large_envelope_is_judged() {
    let locked = &VERSIONS[0];
    let mut envelope = locked.envelope(&locked.samples[0]);
    let wide: Map<String, Value> =
        (0..50_000).map(|at| (format!("k{at}"), json!("secret"))).collect();
    envelope["payload"] = Value::Object(wide);
    let began = std::time::Instant::now();
    let verdict = CONTRACT.judge(&locked.event_type, locked.key.version, &envelope.to_string());
    assert!(matches!(verdict, ContractVerdict::Invalid(_)), "{verdict:?}");
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
    let deep = "[".repeat(1_000_000);
    let verdict = CONTRACT.judge(&locked.event_type, locked.key.version, &deep);
    let ContractVerdict::Invalid(finding) = verdict else { panic!("{verdict:?}") };
    assert!(finding.to_string().contains("recursion limit"), "{finding}");
}
