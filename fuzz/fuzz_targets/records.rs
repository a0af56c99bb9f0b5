//! `validate -` over arbitrary bytes, the first of which says how: it ends with one of its exit
//! codes, and its counts add up.
#![no_main]

use catalog::CATALOG;
use event_cli::Env;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|data: &[u8]| {
    let Some((how, mut records)) = data.split_first() else { return };
    let contract = if how & 1 == 0 { "write" } else { "read" };
    // A short limit is met by short inputs.
    let longest = if how & 2 == 0 { "1MiB" } else { "200" };
    let lines = records.split(|byte| *byte == b'\n').count()
        - usize::from(records.is_empty() || records.ends_with(b"\n"));

    let args = ["validate", "-", "--format", "json", "--contract", contract, "--max-line", longest];
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = args.map(Into::into);
    let code =
        event_cli::run_reading(&CATALOG, args, &mut records, &mut out, &mut err, &Env::default());
    assert!(matches!(code, 0 | 100 | 101), "{code}: {}", String::from_utf8_lossy(&err));
    if code == 101 {
        return;
    }
    let told: Value = serde_json::from_slice(&out).expect("one JSON document");
    let count = |name: &str| told["summary"][name].as_u64().expect("a number");
    assert_eq!(count("lines"), lines as u64);
    let counted: u64 = ["valid", "invalid", "unknown", "blank"].map(count).iter().sum();
    assert_eq!(count("lines"), counted);
    assert_eq!(code == 0, count("invalid") + count("unknown") == 0);
});
