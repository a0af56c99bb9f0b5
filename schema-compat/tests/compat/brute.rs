//! Soundness, by brute force: what is called compatible is held against many payloads, every
//! witness against the judge.

use crate::circles::runs_in_a_circle;
use crate::judge;
use crate::random::{neighbours, payload, schema};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use schema_compat::{Reader, Readers, Rules, Verdict, check};
use serde_json::Value;
use std::sync::OnceLock;

/// Payloads of every sort, the same in every run.
pub(crate) fn payloads() -> &'static [Value] {
    static PAYLOADS: OnceLock<Vec<Value>> = OnceLock::new();
    PAYLOADS.get_or_init(|| {
        let mut runner = TestRunner::deterministic();
        let mut made: Vec<Value> =
            (0..4_000).map(|_| payload().new_tree(&mut runner).unwrap().current()).collect();
        made.sort_by_key(ToString::to_string);
        made.dedup();
        made
    })
}

fn holds(old: &Value, new: &Value) -> Result<(), TestCaseError> {
    let report = check(old, new, Readers::New, Rules::Semantic);
    judge::confirm(&report, old, new);
    if report.verdict == Verdict::Compatible {
        let (old_judge, new_judge) = (judge::validator(old), judge::validator(new));
        for payload in payloads() {
            prop_assert!(
                !old_judge.is_valid(payload) || new_judge.is_valid(payload),
                "said to be compatible, but {payload} is refused\n{old}\n{new}"
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn of_any_two_schemas(old in schema(), new in schema()) {
        prop_assume!(!runs_in_a_circle(&old) && !runs_in_a_circle(&new));
        holds(&old, &new)?;
    }

    #[test]
    fn of_two_that_differ_at_one_place((old, new) in neighbours()) {
        prop_assume!(!runs_in_a_circle(&old) && !runs_in_a_circle(&new));
        holds(&old, &new)?;
        holds(&new, &old)?;
    }

    #[test]
    fn a_schema_is_compatible_with_itself(same in schema()) {
        prop_assume!(!runs_in_a_circle(&same));
        let report = check(&same, &same, Readers::Both, Rules::Semantic);
        prop_assert_eq!((report.verdict, report.findings), (Verdict::Compatible, Vec::new()));
        // And with itself under another title, for which it has to be looked at.
        let mut other = same.clone();
        other["title"] = "another".into();
        let report = check(&same, &other, Readers::Both, Rules::Semantic);
        prop_assert!(report.verdict == Verdict::Compatible, "{:?}\n{}", report, same);
        for rules in [Rules::ConfluentStrict, Rules::ConfluentLenient] {
            let report = check(&same, &other, Readers::Both, rules);
            prop_assert!(report.verdict == Verdict::Compatible, "{:?}\n{}", report, same);
        }
    }

    #[test]
    fn what_strict_lets_pass_lenient_lets_pass((old, new) in neighbours()) {
        let of = |rules| check(&old, &new, Readers::New, rules);
        let (strict, lenient) = (of(Rules::ConfluentStrict), of(Rules::ConfluentLenient));
        prop_assert!(strict.verdict != Verdict::Compatible || lenient.verdict == Verdict::Compatible);
        prop_assert!(lenient.verdict != Verdict::Incompatible || strict.verdict == Verdict::Incompatible);
        if !runs_in_a_circle(&old) && !runs_in_a_circle(&new) {
            judge::confirm(&strict, &old, &new);
            judge::confirm(&lenient, &old, &new);
        }
    }

    #[test]
    fn directions_mirror_each_other((old, new) in neighbours()) {
        let there = check(&old, &new, Readers::New, Rules::Semantic);
        let back = check(&new, &old, Readers::Old, Rules::Semantic);
        prop_assert_eq!(there.verdict, back.verdict);
        let who = |report: &schema_compat::Report| {
            report.findings.iter().filter_map(|finding| finding.reader).collect::<Vec<_>>()
        };
        prop_assert!(who(&there).iter().all(|breaks| *breaks == Reader::New));
        prop_assert!(who(&back).iter().all(|breaks| *breaks == Reader::Old));
        prop_assert_eq!(who(&there).len(), who(&back).len());
    }
}

/// How often there is an answer at all: a checker that never decides is sound too.
#[test]
fn most_pairs_are_decided() {
    let mut runner = TestRunner::deterministic();
    let (mut decided, mut compatible, total) = (0, 0, 600);
    for _ in 0..total {
        let (old, new) = neighbours().new_tree(&mut runner).unwrap().current();
        match check(&old, &new, Readers::New, Rules::Semantic).verdict {
            Verdict::Undecided => {}
            Verdict::Compatible => (decided, compatible) = (decided + 1, compatible + 1),
            Verdict::Incompatible => decided += 1,
        }
    }
    assert!(
        decided * 100 >= total * 97,
        "{decided} of {total} are decided, {compatible} compatible"
    );
    assert!(
        compatible * 100 >= total * 20 && compatible * 100 <= total * 95,
        "{compatible} of {total} are compatible"
    );
}
