//! The compatibility engine over two arbitrary documents, the second one behind a zero byte.
#![no_main]

use event_schema::parse;
use libfuzzer_sys::fuzz_target;
use schema_compat::{Readers, Rules, Verdict, check};

fuzz_target!(|data: &[u8]| {
    let Some(end) = data.iter().position(|byte| *byte == 0) else { return };
    let (Ok(old), Ok(new)) = (parse(&data[..end]), parse(&data[end + 1..])) else { return };
    for rules in Rules::ALL {
        let report = check(&old, &new, Readers::Both, rules);
        let breaks = report.findings.iter().any(|finding| finding.reader.is_some());
        assert_eq!(report.verdict == Verdict::Incompatible, breaks);
        assert_eq!(report.verdict == Verdict::Undecided, !breaks && !report.undecided.is_empty());
        // What is said backward is said forward of the versions swapped.
        let there = check(&old, &new, Readers::New, rules).verdict;
        assert_eq!(there, check(&new, &old, Readers::Old, rules).verdict);
    }
});
