//! Envelopes of the reference catalog's samples are judged as an independent judge judges the
//! lines.

use crate::locked::{CONTRACT, VERSIONS, Version, version};
use event_relay::Message;
use event_relay::contract::ContractVerdict;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

fn judge(version: &Version, envelope: &Value) -> ContractVerdict {
    CONTRACT.judge(&version.event_type, version.key.version, &envelope.to_string())
}

fn finding(version: &Version, envelope: &Value) -> String {
    match judge(version, envelope) {
        ContractVerdict::Invalid(finding) => finding.to_string(),
        other => panic!("{other:?}: {envelope}"),
    }
}

#[test]
fn the_envelope_of_every_sample_is_valid() {
    assert!(VERSIONS.len() > 80);
    for version in &*VERSIONS {
        for sample in &version.samples {
            let envelope = version.envelope(sample);
            assert_eq!(judge(version, &envelope), ContractVerdict::Valid, "{envelope}");
        }
    }
}

/// The schemas of each version, compiled by the judge.
static JUDGES: LazyLock<Vec<Vec<jsonschema::Validator>>> = LazyLock::new(|| {
    let compile =
        |schema: &Value| jsonschema::options().should_validate_formats(true).build(schema).unwrap();
    VERSIONS.iter().map(|version| version.schemas.iter().map(compile).collect()).collect()
});

fn replacement(with: Index) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
        json!(""),
        json!("[redacted]"),
        json!("2026-02-29T03:04:05Z"),
        json!([1]),
        json!({}),
    ];
    with.get(&values).clone()
}

/// Changes one member of a line, which is not a key of the record, or a member of that.
fn change(line: &mut Map<String, Value>, place: Index, how: u8, with: Index) {
    let is_own = |name: &&String| !event_grammar::fields::is_of_the_record(name);
    let own: Vec<String> = line.keys().filter(is_own).cloned().collect();
    if own.is_empty() || how.is_multiple_of(8) {
        line.insert("not_declared".to_owned(), replacement(with));
        return;
    }
    let name = &own[place.index(own.len())];
    match (how % 4, line.get_mut(name).unwrap()) {
        (0, _) => {
            line.remove(name);
        }
        (1, Value::Object(members)) if !members.is_empty() => {
            let inner = members.keys().nth(with.index(members.len())).unwrap().clone();
            members.insert(inner, replacement(place));
        }
        (2, Value::Object(members)) => {
            members.insert("not_declared".to_owned(), replacement(place));
        }
        (_, value) => *value = replacement(with),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn a_changed_envelope_is_judged_as_the_line_is(
        at in any::<Index>(),
        sample in any::<Index>(),
        changes in prop::collection::vec(any::<(Index, u8, Index)>(), 1..3),
    ) {
        let at = at.index(VERSIONS.len());
        let version = &VERSIONS[at];
        let mut line = sample.get(&version.samples).clone();
        for (place, how, with) in changes {
            change(&mut line, place, how, with);
        }
        let envelope = version.envelope(&line);
        let line = Value::Object(line);
        let is_valid = JUDGES[at].iter().any(|judge| judge.is_valid(&line));
        let verdict = judge(version, &envelope);
        prop_assert_eq!(verdict == ContractVerdict::Valid, is_valid, "{:?}: {}", verdict, envelope);
    }
}

/// Sets the value at a pointer, or removes it.
fn with(envelope: &Value, pointer: &str, value: Option<Value>) -> Value {
    let mut envelope = envelope.clone();
    let (object, name) = pointer.rsplit_once('/').unwrap();
    let object = envelope.pointer_mut(object).unwrap().as_object_mut().unwrap();
    match value {
        Some(value) => object.insert(name.to_owned(), value),
        None => object.remove(name),
    };
    envelope
}

#[test]
fn a_finding_says_where_and_what_the_contract_says() {
    let version = version("order_payment_submitted@1");
    let envelope = version.envelope(&version.samples[1]);
    let schema =
        |keyword: &str| format!("(`{keyword}` of order_payment_submitted@1/r0.write.json)");
    for (pointer, value, expected) in [
        (
            "/payload/amount_cents",
            Some(json!("secret")),
            "does not match `type: \"integer\"` (`/properties/amount_cents/type` of order_payment_submitted@1/r0.write.json)",
        ),
        ("/payload/amount_cents", None, "is missing"),
        ("/payload/after/payment_attempts", Some(json!(-7)), "does not match `minimum: 0`"),
        ("/payload/after/amount", Some(json!("secret")), "is not declared"),
        ("/payload/amount", Some(json!("secret")), "is not declared"),
        ("/payload/service", Some(json!("secret")), "is not declared"),
        ("/payload/event", Some(json!("secret")), "is not declared"),
        ("/context/order", Some(json!("secret")), "is not declared"),
        ("/context/trace_id", Some(json!("secret")), "is not an id of the W3C trace context"),
        ("/secret", Some(json!(1)), "is not declared"),
        ("/recorded_at", Some(json!("secret")), "is not a time in RFC 3339"),
        ("/recorded_at", None, "is missing"),
        ("/event_id", None, "is missing"),
        ("/event_id", Some(json!("secret")), "is not a UUID"),
        ("/level", Some(json!("error")), "does not match `const: \"info\"`"),
        ("/level", Some(json!("secret")), "is not a level"),
        ("/sequence", Some(json!(0)), "is not a whole number from 1"),
        ("/actor/type", Some(json!("secret")), "is not a kind of actor"),
        ("/actor/name", Some(json!("secret")), "is not declared"),
        ("/actor/id", None, "is missing"),
        ("/entity", Some(json!({"type": "order"})), "/entity/id` is missing"),
        ("/incomplete", Some(json!(true)), "is not declared"),
        ("/event_type", Some(json!("order.secret")), "is not what the outbox's row has"),
        ("/event_version", Some(json!(2)), "is not what the outbox's row has"),
        ("/context", Some(json!([])), "is not an object"),
        ("/payload", None, "is missing"),
    ] {
        let finding = finding(version, &with(&envelope, pointer, value));
        assert!(finding.contains(expected), "{pointer}: {finding}");
        assert!(finding.starts_with(&format!("`{pointer}")), "{pointer}: {finding}");
        assert!(
            finding.strip_prefix("`/secret`").unwrap_or(&finding).find("secret").is_none(),
            "{finding}"
        );
    }
    let required = finding(version, &with(&envelope, "/payload/gateway", None));
    assert_eq!(required, format!("`/payload/gateway` is missing {}", schema("/required/5")));
}

/// Keys of maps are values, as are keys that do not look like the name of a field.
#[test]
fn a_finding_shows_no_key_that_may_be_a_value() {
    let version = VERSIONS
        .iter()
        .find(|version| {
            let map = version.schemas[0].pointer("/properties/query_params");
            map.is_some() && version.samples[0].contains_key("query_params")
        })
        .unwrap();
    let envelope = version.envelope(&version.samples[0]);
    // The newest revision masks it.
    let envelope = with(&envelope, "/payload/ip", Some(json!("[redacted]")));
    let map = with(&envelope, "/payload/query_params", Some(json!({"jane": 7})));
    let finding_in_map = finding(version, &map);
    assert!(finding_in_map.starts_with("`/payload/query_params/*` "), "{finding_in_map}");
    for name in ["jane@example.com", "Jane", "4111111111111111", ""] {
        let undeclared =
            finding(version, &with(&envelope, &format!("/payload/{name}"), Some(json!(1))));
        assert!(undeclared.starts_with("`/payload/*` is not declared"), "{undeclared}");
    }
}

#[test]
fn an_event_is_found_by_each_of_its_names() {
    let version = version("order_payment_submitted@1");
    let envelope = version.envelope(&version.samples[0]).to_string();
    assert_eq!(CONTRACT.judge("order_payment_submitted", 1, &envelope), ContractVerdict::Valid);
    let why = |name: &str, version: u32| match CONTRACT.judge(name, version, &envelope) {
        ContractVerdict::Unknown { why } => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        why("order.payment.submitted", 7),
        "the lock has no version 7 of `order.payment.submitted`"
    );
    assert_eq!(why("order.\npayment", 1), "the lock has no event `order.\\npayment`");
}

#[test]
fn an_envelope_has_the_id_of_its_row() {
    let version = version("order_payment_submitted@1");
    let envelope = version.envelope(&version.samples[1]);
    let mut message = Message {
        seq: 1,
        event_id: envelope["event_id"].as_str().unwrap().to_owned(),
        event_type: version.event_type.clone(),
        event_version: 1,
        entity: None,
        envelope: envelope.to_string(),
    };
    assert_eq!(CONTRACT.judge_message(&message), ContractVerdict::Valid);
    message.event_id = "019b7ca9-8f2e-7ba5-b435-000000000000".to_owned();
    let ContractVerdict::Invalid(finding) = CONTRACT.judge_message(&message) else { panic!() };
    assert_eq!(finding.to_string(), "`/event_id` is not what the outbox's row has");
}

/// A field of the context in the payload, or the other way round, has the same line.
#[test]
fn a_field_is_in_its_own_object() {
    let version = version("action_taken@1");
    let envelope = version.envelope(&version.samples[0]);
    let misplaced = with(&envelope, "/context/session_id", None);
    let misplaced = with(&misplaced, "/payload/session_id", Some(json!("a")));
    assert_eq!(finding(version, &misplaced), "`/payload/session_id` is not declared");
    let misplaced = with(&envelope, "/payload/action", None);
    let misplaced = with(&misplaced, "/context/action", Some(json!("a")));
    assert_eq!(finding(version, &misplaced), "`/context/action` is not declared");
}

/// A key that any envelope may have, and only some lines.
#[test]
fn a_sample_rate_is_judged_by_the_table() {
    let version = version("order_payment_submitted@1");
    let envelope = version.envelope(&version.samples[0]);
    let sampled = |rate: Value| with(&envelope, "/sample_rate", Some(rate));
    assert_eq!(judge(version, &sampled(json!(0.5))), ContractVerdict::Valid);
    let found = finding(version, &sampled(json!(1.5)));
    assert_eq!(found, "`/sample_rate` is not a number above 0, up to 1");
}
