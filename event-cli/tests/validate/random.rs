//! Files of random pieces: nothing panics, and every line is counted.

use crate::fixture::run_reading;
use crate::{FAILED, HIT};
use proptest::prelude::*;
use serde_json::Value;

/// What a file may be made of.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        3 => proptest::collection::vec(any::<u8>(), 0..40),
        2 => Just(HIT.as_bytes().to_vec()),
        1 => Just(FAILED.as_bytes().to_vec()),
        1 => (0..FAILED.len()).prop_map(|cut| FAILED.as_bytes()[..cut].to_vec()),
        1 => Just(b"{\"event\":\"other\"}".to_vec()),
        1 => Just(br#"{"event":"a\n::error ::b\u001b[2J"}"#.to_vec()),
        1 => Just(b"{\"specversion\":\"1.0\",\"type\":\"cache.hit\",\"data\":{".to_vec()),
        4 => Just(b"\n".to_vec()),
    ]
}

proptest! {
    #[test]
    fn nothing_panics_and_no_line_is_lost(pieces in proptest::collection::vec(pieces(), 0..20), max in 1..300_u64, format in prop_oneof![Just("human"), Just("github"), Just("sarif")]) {
        let input = pieces.concat();
        let max = max.to_string();
        let ran = run_reading(&input, &["validate", "--format", "json", "--max-line", &max]);
        let document: Value = serde_json::from_str(&ran.out).unwrap();
        let number = |name: &str| document["summary"][name].as_u64().unwrap();
        let lines = input.split_inclusive(|byte| *byte == b'\n').count() as u64;
        prop_assert_eq!(number("lines"), lines);
        prop_assert_eq!(number("valid") + number("invalid") + number("unknown") + number("blank"), lines);
        let failed = number("invalid") + number("unknown") > 0;
        prop_assert_eq!(ran.code, if failed { 100 } else { 0 });
        let told = run_reading(&input, &["validate", "--format", format, "--max-line", &max]);
        prop_assert_eq!(told.code, ran.code);
        if format == "github" {
            let findings = document["findings"].as_array().unwrap().len();
            prop_assert!(told.err.lines().count() == findings && told.err.lines().all(|line| line.starts_with("::")), "{}", told.err);
        }
    }
}
