//! The compatibility engine over schemas of which the size is an input: thousands of alternatives,
//! levels, letters. Each check ends, and none aborts.
//!
//! The limits of time and memory are the fuzzer's: `-timeout=30 -rss_limit_mb=600`: ten seconds for
//! each of three sets of rules.
#![no_main]

#[path = "../../schema-compat/tests/compat/sizes/grammar.rs"]
mod grammar;
#[path = "../../schema-compat/tests/compat/sizes/shapes.rs"]
mod shapes;

use libfuzzer_sys::fuzz_target;
use schema_compat::{Readers, Rules, Verdict, check};

fuzz_target!(|data: &[u8]| {
    let Some(pair) = grammar::pair(data) else { return };
    for rules in Rules::ALL {
        let report = check(&pair.old, &pair.new, Readers::Both, rules);
        let breaks = report.findings.iter().any(|finding| finding.reader.is_some());
        assert_eq!(report.verdict == Verdict::Incompatible, breaks, "{}", grammar::described(data));
    }
});
