//! Whatever stands in a line, reading it gives an event or an error: no panic, no exhausted stack, no time that grows with the square of the input.

use catalog::{CATALOG, ReferenceEvent};
use event_core::Unknown;
use event_schema::sample;
use proptest::prelude::*;
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
    fn mutated_lines(at in 0..84_usize, seed in 0..50_u64, cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<char>(), 0..3_u8), 1..4)) {
        let event = CATALOG.events().nth(at).unwrap();
        let mut line: Vec<char> = sample::line(event, seed).chars().collect();
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
        let line = format!("{{\"event\":\"events_batch\",\"event_count\":1,\"events\":[{nested}]}}");
        let decoded = ReferenceEvent::decode(&line);
        assert_eq!(decoded.is_ok(), depth <= 100, "{depth}");
    }
}

#[test]
fn many_keys_take_time_in_proportion() {
    let keys = (0..200_000).fold(String::new(), |keys, key| keys + &format!("\"k{key}\":{key},"));
    let line = format!("{{\"event\":\"metrics_summary\",{keys}\"metrics\":{{{}}}}}", keys.trim_end_matches(','));
    let begin = Instant::now();
    assert!(ReferenceEvent::decode(&line).is_ok());
    // Each key against each other would take minutes.
    assert!(begin.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let line = r#"{"event":"cache_miss","key":"a","key":"b"}"#;
    assert_eq!(ReferenceEvent::decode(line).unwrap_err().to_string(), "not an event line: `key`: stands there twice");
}
