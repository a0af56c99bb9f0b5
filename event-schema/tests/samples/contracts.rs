//! What writers write and what readers take, by samples that are changed.

use crate::fixture::{self, CATALOG};
use crate::{sample_of, validator};
use event_core::meta::EventMeta;
use event_schema::{Contract, Dialect, Options, Rendering, schema};
use serde_json::{Value, json};

/// Changes a sample of the payment event and says whether both sides of the contract take it.
fn accepted(change: impl Fn(&mut Value)) -> (bool, bool) {
    let event = &fixture::PAYMENT_PROCESS_FAILED;
    let mut sample = sample_of(event, Rendering::Line, 0);
    change(&mut sample);
    let [write, read] = [Contract::Write, Contract::Read].map(|contract| {
        let by_dialect = Dialect::ALL.map(|dialect| {
            validator(event, Options { contract, dialect, ..Options::default() }).is_valid(&sample)
        });
        assert_eq!(by_dialect[0], by_dialect[1], "{contract:?} {sample}");
        by_dialect[0]
    });
    (write, read)
}

const BOTH: (bool, bool) = (true, true);
const READ_ONLY: (bool, bool) = (false, true);
const NEITHER: (bool, bool) = (false, false);

#[test]
fn the_contracts_differ_where_writers_and_readers_do() {
    let remove =
        |key: &'static str| move |line: &mut Value| drop(line.as_object_mut().unwrap().remove(key));
    let set = |key: &'static str, value: Value| move |line: &mut Value| line[key] = value.clone();

    assert_eq!(accepted(|_| ()), BOTH);
    assert_eq!(accepted(remove("level")), READ_ONLY);
    assert_eq!(accepted(remove("timestamp")), READ_ONLY);
    assert_eq!(accepted(remove("version")), NEITHER, "a line without a version is of version 1");
    assert_eq!(accepted(set("level", json!("info"))), READ_ONLY);
    assert_eq!(accepted(set("event", json!("payment.process.failed"))), READ_ONLY);
    assert_eq!(accepted(set("event", json!("payment_failed"))), READ_ONLY);
    assert_eq!(accepted(set("event", json!("payment_process_success"))), NEITHER);
    assert_eq!(accepted(remove("reason")), BOTH, "skip_none leaves it out");
    assert_eq!(accepted(set("reason", Value::Null)), READ_ONLY);
    assert_eq!(accepted(remove("card_number")), READ_ONLY);
    assert_eq!(accepted(set("card_number", Value::Null)), BOTH);
    assert_eq!(
        accepted(set("cvv", json!("123"))),
        READ_ONLY,
        "dropped: to a reader an unknown key like any other"
    );
    assert_eq!(accepted(remove("retryable")), READ_ONLY, "a default");
    assert_eq!(accepted(set("duration_ms", Value::Null)), BOTH, "not a number");
    assert_eq!(accepted(remove("duration_ms")), NEITHER);
    assert_eq!(accepted(set("risk_score", json!(0.5))), BOTH);
    assert_eq!(accepted(set("risk_score", Value::Null)), NEITHER, "declared finite");
    assert_eq!(accepted(set("method", json!("credit_card"))), READ_ONLY, "an alias of a variant");
    assert_eq!(accepted(set("method", json!("cheque"))), READ_ONLY, "an enum with `other`");
    assert_eq!(accepted(set("fallback_method", Value::Null)), BOTH);
    assert_eq!(accepted(set("amount_cents", json!(1.5))), NEITHER);
    assert_eq!(
        accepted(set("shipping", json!({"street": "a", "zip": "1"}))),
        READ_ONLY,
        "an alias in a nested value"
    );
    assert_eq!(accepted(set("shipping", json!({"street": "a"}))), NEITHER);
}

#[test]
fn an_alias_stands_for_its_field() {
    let renamed = |to: &'static str| {
        move |line: &mut Value| {
            let members = line.as_object_mut().unwrap();
            let value = members.remove("error_message").unwrap();
            members.insert(to.to_owned(), value);
        }
    };
    assert_eq!(accepted(renamed("err")), READ_ONLY);
    assert_eq!(accepted(renamed("eror")), NEITHER);
    let scored = |score: Value| {
        move |line: &mut Value| {
            let _ = line.as_object_mut().unwrap().remove("risk_score");
            line["score"] = score.clone();
        }
    };
    assert_eq!(accepted(scored(json!(1))), READ_ONLY);
    assert_eq!(accepted(scored(Value::Null)), NEITHER, "finite under its alias too");
    assert_eq!(
        accepted(|line| line["err"] = json!(1)),
        NEITHER,
        "an alias has the type of its field"
    );
}

#[test]
fn every_tagging_is_told_apart() {
    let event = &fixture::SHAPE_CHECK_LOCKED;
    let accepted = |key: &str, value: Value| {
        let mut sample = sample_of(event, Rendering::Payload, 0);
        sample[key] = value;
        let options = Options { rendering: Rendering::Payload, ..Options::default() };
        let write = validator(event, options).is_valid(&sample);
        (write, validator(event, Options { contract: Contract::Read, ..options }).is_valid(&sample))
    };
    // What is masked is written masked.
    let place = json!({"street": "[redacted]", "postcode": "1"});
    assert_eq!(accepted("external", json!("none")), BOTH);
    assert_eq!(accepted("external", json!("nothing")), READ_ONLY);
    assert_eq!(accepted("external", json!({"to_address": place})), BOTH);
    assert_eq!(accepted("external", json!({"address": place})), READ_ONLY);
    assert_eq!(accepted("external", json!({"to_address": 1})), NEITHER);
    assert_eq!(accepted("external", json!({"new": 1})), READ_ONLY);
    assert_eq!(accepted("external", json!("new")), READ_ONLY);
    assert_eq!(accepted("external", json!("to_address")), NEITHER, "it holds something");
    assert_eq!(accepted("external", json!({"to_address": place, "none": 1})), NEITHER, "one key");
    assert_eq!(accepted("internal", json!({"type": "none"})), BOTH);
    assert_eq!(
        accepted(
            "internal",
            json!({"type": "to_address", "street": "[redacted]", "postcode": "1"})
        ),
        BOTH
    );
    assert_eq!(
        accepted("internal", json!({"type": "address", "street": "a", "zip": "1"})),
        READ_ONLY
    );
    assert_eq!(accepted("internal", json!({"type": "to_address", "street": "a"})), NEITHER);
    assert_eq!(accepted("internal", json!({"type": "new", "x": 1})), READ_ONLY);
    assert_eq!(accepted("internal", json!({"x": 1})), NEITHER);
    assert_eq!(accepted("adjacent", json!({"kind": "to_address", "data": place})), BOTH);
    assert_eq!(accepted("adjacent", json!({"kind": "to_address"})), NEITHER);
    assert_eq!(accepted("adjacent", json!({"kind": "none"})), BOTH);
    assert_eq!(accepted("adjacent", json!({"kind": "new", "data": 1})), READ_ONLY);
    assert_eq!(accepted("adjacent", Value::Null), BOTH);
}

#[test]
fn f5_a_finite_number_is_never_null() {
    let event = &fixture::SHAPE_CHECK_LOCKED;
    for contract in Contract::ALL {
        for dialect in Dialect::ALL {
            let options =
                Options { rendering: Rendering::Payload, contract, dialect, annotations: true };
            let validator = validator(event, options);
            let accepted = |key: &str, value: Value| {
                let mut sample = sample_of(event, Rendering::Payload, 0);
                sample[key] = value;
                validator.is_valid(&sample)
            };
            let values = [json!(null), json!(1.5), json!([null, 1]), json!([1, 2])];
            for (key, expected) in [
                ("ratio", [true, true, false, false]),
                ("finite", [false, true, false, false]),
                ("maybe_finite", [true, true, false, false]),
                ("finite_list", [false, false, false, true]),
                ("finite_options", [false, false, true, true]),
                ("finite_pair", [false, false, false, true]),
            ] {
                assert_eq!(
                    values.clone().map(|value| accepted(key, value)),
                    expected,
                    "{key} {options:?}"
                );
            }
        }
    }
}

#[test]
fn an_alias_is_every_versions() {
    let options = Options { contract: Contract::Read, ..Options::default() };
    let first = event_schema::schema_in(&CATALOG, &fixture::PAYMENT_PROCESS_FAILED_V1, options)
        .unwrap()
        .to_value();
    let names = json!(["payment_process_failed", "payment.process.failed", "payment_failed"]);
    assert_eq!(first["properties"]["event"]["enum"], names);
}

#[test]
fn what_is_bound_has_its_form() {
    let event = &fixture::TASK_RUN_FAILED;
    let accepted = |key: &str, value: Value| {
        Rendering::ALL.into_iter().filter(|rendering| *rendering != Rendering::Payload).all(
            |rendering| {
                let mut sample = sample_of(event, rendering, 0);
                match rendering {
                    Rendering::Envelope => sample["context"][key] = value.clone(),
                    _ => sample[key] = value.clone(),
                }
                let options = Options { rendering, ..Options::default() };
                let by_contract = Contract::ALL.map(|contract| {
                    validator(event, Options { contract, ..options }).is_valid(&sample)
                });
                assert_eq!(by_contract, [by_contract[0]; 3], "{key} {sample}");
                by_contract[0]
            },
        )
    };
    assert!(accepted("trace_id", json!("4bf92f3577b34da6a3ce929d0e0e4736")));
    assert!(accepted("trace_id", json!("00000000000000000000000000000001")));
    for wrong in
        ["", "not-hex", "4BF92F3577B34DA6A3CE929D0E0E4736", "00000000000000000000000000000000", "1"]
    {
        assert!(!accepted("trace_id", json!(wrong)), "{wrong}");
    }
    assert!(!accepted("trace_id", json!("4bf92f3577b34da6a3ce929d0e0e47361")));
    assert!(accepted("span_id", json!("00f067aa0ba902b7")));
    assert!(!accepted("span_id", json!("0000000000000000")));
    assert!(accepted("parent_span_id", json!("00f067aa0ba902b7")));
    assert!(!accepted("parent_span_id", json!("00F067AA0BA902B7")));
    assert!(!accepted("service", Value::Null));
    assert!(!accepted("service_pid", json!(-1)));
}

/// Changes an envelope of the task event and says whether both sides of the contract take it.
fn accepted_envelope(change: impl Fn(&mut Value)) -> (bool, bool) {
    let event = &fixture::TASK_RUN_FAILED;
    let mut sample = sample_of(event, Rendering::Envelope, 0);
    change(&mut sample);
    let options = Options { rendering: Rendering::Envelope, ..Options::default() };
    let write = validator(event, options).is_valid(&sample);
    (write, validator(event, Options { contract: Contract::Read, ..options }).is_valid(&sample))
}

#[test]
fn the_contracts_of_an_envelope_differ_where_writers_and_readers_do() {
    let remove = |key: &'static str| {
        move |envelope: &mut Value| drop(envelope.as_object_mut().unwrap().remove(key))
    };
    let set =
        |key: &'static str, value: Value| move |envelope: &mut Value| envelope[key] = value.clone();

    assert_eq!(accepted_envelope(|_| ()), BOTH);
    for key in ["event_id", "occurred_at", "recorded_at", "level", "context"] {
        assert_eq!(accepted_envelope(remove(key)), READ_ONLY, "{key}");
    }
    for key in ["event_type", "payload"] {
        assert_eq!(accepted_envelope(remove(key)), NEITHER, "{key}");
    }
    assert_eq!(accepted_envelope(remove("event_version")), READ_ONLY, "it is 1");
    for key in ["sequence", "actor", "entity"] {
        assert_eq!(accepted_envelope(remove(key)), BOTH, "{key}");
    }
    assert_eq!(accepted_envelope(set("event_type", json!("task_run_failed"))), READ_ONLY);
    assert_eq!(accepted_envelope(set("sequence", json!(0))), NEITHER);
    assert_eq!(accepted_envelope(set("sample_rate", json!(0))), NEITHER);
    assert_eq!(accepted_envelope(set("sample_rate", json!(1.0))), BOTH);
    assert_eq!(accepted_envelope(|envelope| envelope["actor"]["type"] = json!("robot")), NEITHER);
    assert_eq!(accepted_envelope(|envelope| envelope["entity"]["type"] = json!("job")), NEITHER);
    assert_eq!(
        accepted_envelope(|envelope| envelope["entity"]["id"] = json!(42)),
        NEITHER,
        "a text"
    );
    assert_eq!(
        accepted_envelope(|envelope| envelope["entity"]["version"] = json!("3")),
        NEITHER,
        "of the field's type"
    );
}

#[test]
fn a_required_entity_is_one_that_each_record_has() {
    let required = |event: &'static EventMeta, of: &str| {
        let options = Options { rendering: Rendering::Envelope, ..Options::default() };
        let schema = schema(event, options).unwrap().to_value();
        schema.pointer(&format!("{of}/required")).cloned().unwrap_or_default()
    };
    let has = |event, key: &str| required(event, "").as_array().unwrap().contains(&json!(key));
    assert!(has(&fixture::PAYMENT_PROCESS_FAILED, "entity"));
    assert!(!has(&fixture::TASK_RUN_FAILED, "entity"), "its field may be null");
    assert_eq!(
        required(&fixture::TASK_RUN_FAILED, "/properties/entity"),
        json!(["id", "type", "version"])
    );
    assert!(has(&fixture::CACHE_HIT, "sample_rate"));
    assert!(!has(&fixture::TASK_RUN_FAILED, "sample_rate"));
}
