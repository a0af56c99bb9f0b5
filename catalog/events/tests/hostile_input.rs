//! Whatever a line or an envelope contains, reading it gives an event or an error: no panic, no
//! stack overflow, no quadratic time.

use catalog::{CATALOG, ReferenceEvent};
use event_core::decode::Unknown;
use event_schema::sample;
use proptest::prelude::*;
use serde_json::json;
use std::time::{Duration, Instant};

fn read(line: &str) {
    let _ = ReferenceEvent::decode(line);
    let _ = ReferenceEvent::decode_with(line, Unknown::Refuse);
}

proptest! {
    #[test]
    fn any_text(line in any::<String>()) {
        read(&line);
    }

    #[test]
    fn any_envelope(name in any::<String>(), payload in any::<String>(), key in any::<String>(), version in any::<i64>()) {
        read(&json!({ "event_type": name, "event_version": version, "payload": { key: payload } }).to_string());
        read(&json!({ "event_type": "cache.miss", "payload": payload }).to_string());
        read(&format!("{{\"event_type\":\"cache.miss\",\"payload\":{payload}}}"));
    }

    #[test]
    fn mutated_records(at in 0..84_usize, seed in 0..50_u64, nested in any::<bool>(), cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<char>(), 0..3_u8), 1..4)) {
        let event = CATALOG.events().nth(at).unwrap();
        let text = if nested { sample::envelope(event, seed) } else { sample::line(event, seed) };
        let mut line: Vec<char> = text.chars().collect();
        for (index, c, kind) in cuts {
            if line.is_empty() {
                break;
            }
            let place = index.index(line.len());
            match kind {
                0 => { line.remove(place); }
                1 => line.insert(place, c),
                _ => line.truncate(place),
            }
        }
        read(&line.into_iter().collect::<String>());
    }
}

#[test]
fn nesting_ends_in_an_error() {
    for depth in [100, 200, 100_000] {
        let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let line =
            format!("{{\"event\":\"events_batch\",\"event_count\":1,\"events\":[{nested}]}}");
        let envelope = format!(
            "{{\"event_type\":\"events.batch\",\"payload\":{{\"event_count\":1,\"events\":[{nested}]}}}}"
        );
        for text in [line, envelope] {
            assert_eq!(ReferenceEvent::decode(&text).is_ok(), depth <= 100, "{depth}");
        }
    }
}

#[test]
fn many_keys_take_time_in_proportion() {
    let keys = (0..200_000).fold(String::new(), |keys, key| keys + &format!("\"k{key}\":{key},"));
    let line = format!(
        "{{\"event\":\"metrics_summary\",{keys}\"metrics\":{{{}}}}}",
        keys.trim_end_matches(',')
    );
    let payload = format!("{{\"metrics\":{{{}}}}}", keys.trim_end_matches(','));
    let envelope = format!("{{\"event_type\":\"metrics.summary\",{keys}\"payload\":{payload}}}");
    let begin = Instant::now();
    assert!(ReferenceEvent::decode(&line).is_ok());
    assert!(ReferenceEvent::decode(&envelope).is_ok());
    // Comparing each key with each other would take minutes.
    assert!(begin.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let line = r#"{"event":"cache_miss","key":"a","key":"b"}"#;
    assert_eq!(
        ReferenceEvent::decode(line).unwrap_err().to_string(),
        "not an event line: `key`: occurs twice"
    );
    let envelope = r#"{"event_type":"cache_miss","payload":{"key":"a","key":"b"}}"#;
    let error = ReferenceEvent::decode(envelope).unwrap_err();
    assert_eq!(error.to_string(), "not an event envelope: `payload.key`: occurs twice");
    // Readers would disagree about which of the two is the event type.
    let envelope = r#"{"event_type":"cache_miss","payload":{"key":"a"},"payload":{"key":"b"}}"#;
    assert!(ReferenceEvent::decode(envelope).is_err());
}
