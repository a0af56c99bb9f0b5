//! What a record must be in OTLP, from its flat line by another parser.

use event_core::record::OwnedRecord;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value as Any;
use opentelemetry_proto::tonic::common::v1::{AnyValue, ArrayValue, KeyValue, KeyValueList};
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use serde_json::Value;

/// The members of the line that are fields of the `LogRecord` or of the resource.
const NO_ATTRIBUTES: &[&str] = &[
    "event",
    "level",
    "timestamp",
    "event_id",
    "sequence",
    "trace_id",
    "span_id",
    "service",
    "service_version",
    "environment",
    "service_host",
    "service_pid",
];

pub fn text(text: &str) -> AnyValue {
    AnyValue { value: Some(Any::StringValue(text.to_owned())) }
}

pub fn pair(key: &str, value: AnyValue) -> KeyValue {
    KeyValue { key: key.to_owned(), value: Some(value), ..KeyValue::default() }
}

pub fn any(value: &Value) -> AnyValue {
    let value = match value {
        Value::Null => None,
        Value::Bool(truth) => Some(Any::BoolValue(*truth)),
        Value::Number(number) => Some(match (number.as_i64(), number.as_u64()) {
            (Some(whole), _) => Any::IntValue(whole),
            (None, Some(large)) => Any::StringValue(large.to_string()),
            _ => Any::DoubleValue(number.as_f64().unwrap()),
        }),
        Value::String(text) => Some(Any::StringValue(text.clone())),
        Value::Array(items) => {
            Some(Any::ArrayValue(ArrayValue { values: items.iter().map(any).collect() }))
        }
        Value::Object(members) => {
            let values = members.iter().map(|(key, value)| pair(key, any(value))).collect();
            Some(Any::KvlistValue(KeyValueList { values }))
        }
    };
    AnyValue { value }
}

/// Nanoseconds, as a parser of another crate reads the time of the envelope.
fn nanos(envelope: &Value, key: &str) -> u64 {
    let text = envelope[key].as_str().unwrap();
    let time = event_core::Timestamp::parse(text).unwrap();
    u64::try_from(time.as_micros()).unwrap() * 1_000
}

fn bytes(hex: &Value) -> Vec<u8> {
    let hex = hex.as_str().unwrap_or_default();
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// The record in OTLP. Its attributes and the entries of its maps are sorted.
pub fn log_record(record: &OwnedRecord) -> LogRecord {
    let record = record.record();
    let line: Value = serde_json::from_str(record.text()).unwrap();
    let envelope: Value = serde_json::from_slice(record.envelope()).unwrap();
    let members = line.as_object().unwrap();
    let is_attribute = |(key, value): &(&String, &Value)| {
        !NO_ATTRIBUTES.contains(&key.as_str()) && !value.is_null()
    };
    let mut attributes: Vec<KeyValue> = members
        .iter()
        .filter(is_attribute)
        .map(|(key, value)| pair(key, any(value)))
        .chain([pair("log.record.uid", text(&record.event_id().to_string()))])
        .collect();
    attributes.iter_mut().for_each(sort);
    attributes.sort_by(|one, other| one.key.cmp(&other.key));
    LogRecord {
        time_unix_nano: nanos(&envelope, "occurred_at"),
        observed_time_unix_nano: nanos(&envelope, "recorded_at"),
        severity_number: 9,
        severity_text: "info".to_owned(),
        attributes,
        trace_id: bytes(&line["trace_id"]),
        span_id: bytes(&line["span_id"]),
        event_name: line["event"].as_str().unwrap().to_owned(),
        ..LogRecord::default()
    }
}

/// The records of a request, sorted as [`log_record`] sorts.
pub fn sorted(request: &ExportLogsServiceRequest) -> Vec<LogRecord> {
    let scopes = request.resource_logs.iter().flat_map(|of_resource| &of_resource.scope_logs);
    let mut records: Vec<LogRecord> =
        scopes.flat_map(|scope| scope.log_records.iter().cloned()).collect();
    for record in &mut records {
        record.attributes.iter_mut().for_each(sort);
        record.attributes.sort_by(|one, other| one.key.cmp(&other.key));
    }
    records
}

fn sort(pair: &mut KeyValue) {
    pair.value.iter_mut().for_each(sort_value);
}

fn sort_value(value: &mut AnyValue) {
    match &mut value.value {
        Some(Any::ArrayValue(list)) => list.values.iter_mut().for_each(sort_value),
        Some(Any::KvlistValue(map)) => {
            map.values.iter_mut().for_each(sort);
            map.values.sort_by(|one, other| one.key.cmp(&other.key));
        }
        _ => {}
    }
}
