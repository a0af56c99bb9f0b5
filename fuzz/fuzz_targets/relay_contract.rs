//! An envelope, judged as the event that it names by the reference catalog's lock: the contract
//! answers, always alike, and a finding is short and on one line.
#![no_main]

use event_relay::contract::{LockedContract, ContractVerdict};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;

static CONTRACT: LazyLock<LockedContract> = LazyLock::new(|| {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/events/events.lock");
    LockedContract::open(&lock).expect("the reference catalog's lock is whole")
});

/// A finding has at most this number of characters.
const LONGEST: usize = 1_000;

fuzz_target!(|text: &str| {
    let envelope: Option<Value> = serde_json::from_str(text).ok();
    let says = |key: &str| envelope.as_ref().and_then(|envelope| envelope.get(key));
    let name = says("event_type").and_then(Value::as_str).unwrap_or("order.payment.submitted");
    let version = says("event_version").and_then(Value::as_u64);
    let version = version.and_then(|version| u32::try_from(version).ok()).unwrap_or(1);
    let verdict = CONTRACT.judge(name, version, text);
    assert_eq!(CONTRACT.judge(name, version, text), verdict);
    if let ContractVerdict::Invalid(finding) = verdict {
        let words = finding.to_string();
        assert!(words.chars().count() <= LONGEST && !words.contains(char::is_control), "{words:?}");
    }
});
