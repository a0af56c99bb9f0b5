//! One directory for every rule: two schemas, and what is found between them, there and back, in
//! each mode.
//!
//! `UPDATE_FIXTURES=1` rewrites what is expected, `UPDATE_DOCS=1` the tables of
//! `docs/compatibility.md`.

use crate::{documentation, judge};
use event_schema::compat::{
    CONFLUENT_RULES, Finding, Mode, RULES, Reader, Report, Rule, Rules, Verdict, check, rule,
};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const SEMANTIC: &[Rules] = &[Rules::Semantic];
const CONFLUENT: &[Rules] = &[Rules::ConfluentStrict, Rules::ConfluentLenient];

fn every_rule() -> impl Iterator<Item = (&'static Rule, &'static [Rules])> {
    RULES
        .iter()
        .map(|rule| (rule, SEMANTIC))
        .chain(CONFLUENT_RULES.iter().map(|rule| (rule, CONFLUENT)))
}

fn directory(rule: &Rule) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(rule.fixture())
}

fn shown(report: &Report) -> Value {
    let shown = |finding: &Finding| {
        let mut shown = json!({"rule": finding.rule.id, "old": finding.old, "new": finding.new});
        if let Some(reader) = finding.reader {
            shown["reader"] = reader.as_str().into();
            shown["witness"] = finding.witness.clone().unwrap_or_default();
        }
        shown
    };
    let verdict = match report.verdict {
        Verdict::Compatible => "compatible",
        Verdict::Incompatible => "incompatible",
        Verdict::Undecided => "undecided",
    };
    json!({"verdict": verdict, "findings": report.findings.iter().map(shown).collect::<Vec<_>>()})
}

/// What every set of rules says in every mode, there and back.
fn found(old: &Value, new: &Value, sets: &[Rules]) -> Value {
    let mut found = Map::new();
    for rules in sets {
        for (way, old, new) in [("there", old, new), ("back", new, old)] {
            let mut modes = Map::new();
            for mode in Mode::ALL {
                let report = check(old, new, mode, *rules);
                judge::confirm(&report, old, new);
                modes.insert(mode.as_str().to_owned(), shown(&report));
            }
            found.insert(format!("{} {way}", rules.as_str()), modes.into());
        }
    }
    found.into()
}

#[test]
fn every_rule_has_its_fixture() {
    let is_update = std::env::var_os("UPDATE_FIXTURES").is_some();
    for (rule, sets) in every_rule() {
        let Some(example) = rule.example else { continue };
        let old: Value = serde_json::from_str(example.old).unwrap();
        let new: Value = serde_json::from_str(example.new).unwrap();
        let found = found(&old, &new, sets);
        let path = directory(rule).join("expected.json");
        if is_update {
            fs::write(&path, format!("{found:#}\n")).unwrap();
        }
        let expected: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(found, expected, "{}: UPDATE_FIXTURES=1 writes it", rule.id);
        let there = &found[format!("{} there", sets[0].as_str())]["full"]["findings"];
        assert!(
            there.as_array().unwrap().iter().any(|finding| finding["rule"] == rule.id),
            "{} is not in it",
            rule.id
        );
    }
}

/// A fixture is one change, so it has one reason: whatever else is found breaks the other side. The
/// registry reports that a property is not covered beside the reason why it is not.
#[test]
fn a_fixture_is_about_its_rule() {
    for (rule, sets) in every_rule() {
        let Some(example) = rule.example else { continue };
        let (old, new) = (
            serde_json::from_str(example.old).unwrap(),
            serde_json::from_str(example.new).unwrap(),
        );
        let report = check(&old, &new, Mode::Full, sets[0]);
        let own = report.findings.iter().find(|finding| finding.rule == rule);
        let own = own.unwrap_or_else(|| panic!("{} is not in {report:#?}", rule.id));
        let has_reason = rule.id.contains("-not-covered-by-");
        let is_beside =
            |other: &&Finding| !has_reason && other.rule != rule && other.reader == own.reader;
        assert_eq!(report.findings.iter().find(is_beside), None, "{}", rule.id);
    }
}

/// The modes of one fixture agree with each other, and with the fixture the other way round.
#[test]
fn modes_and_directions_agree() {
    let broken = |report: &Report, breaks: Reader| -> Vec<(String, String, Option<Value>)> {
        let findings = report.findings.iter().filter(|finding| finding.reader == Some(breaks));
        findings
            .map(|finding| (finding.old.clone(), finding.new.clone(), finding.witness.clone()))
            .collect()
    };
    for (rule, sets) in every_rule() {
        let Some(example) = rule.example else { continue };
        let (old, new) = (
            serde_json::from_str(example.old).unwrap(),
            serde_json::from_str(example.new).unwrap(),
        );
        for rules in sets {
            let of = |mode| check(&old, &new, mode, *rules);
            for (mode, transitive) in [
                (Mode::Backward, Mode::BackwardTransitive),
                (Mode::Forward, Mode::ForwardTransitive),
                (Mode::Full, Mode::FullTransitive),
            ] {
                assert_eq!(of(mode), of(transitive), "{}", rule.id);
            }
            assert_eq!(
                (of(Mode::None).verdict, of(Mode::None).findings.len()),
                (Verdict::Compatible, 0),
                "{}",
                rule.id
            );
            let (backward, forward, full) = (of(Mode::Backward), of(Mode::Forward), of(Mode::Full));
            assert_eq!(broken(&backward, Reader::Old), [], "{}", rule.id);
            assert_eq!(broken(&full, Reader::New), broken(&backward, Reader::New), "{}", rule.id);
            assert_eq!(broken(&full, Reader::Old), broken(&forward, Reader::Old), "{}", rule.id);
            // With the versions swapped, the same payloads break the other side, at the same
            // places.
            let back = broken(&check(&new, &old, Mode::Forward, *rules), Reader::Old);
            let swapped: Vec<_> =
                back.into_iter().map(|(old, new, witness)| (new, old, witness)).collect();
            assert_eq!(broken(&backward, Reader::New), swapped, "{}", rule.id);
        }
    }
}

#[test]
fn no_fixture_is_without_its_rule() {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/rules");
    for entry in fs::read_dir(all).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(rule(&name).is_some(), "{name} is no rule");
    }
}

#[test]
fn rules_are_told_apart() {
    let mut ids: Vec<&str> = every_rule().map(|(rule, _)| rule.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    for (rule, _) in every_rule() {
        assert_eq!(event_schema::compat::rule(rule.id), Some(rule));
        assert!(rule.remedy.ends_with('.') && !rule.explanation.ends_with('.'), "{}", rule.id);
    }
    assert_eq!(rule("no-rule"), None);
}

#[test]
fn every_rule_is_in_the_documentation() {
    let semantic = |rule: &Rule| {
        format!("| `{}` | {} | {} |\n", rule.id, rule.category.as_str(), rule.explanation)
    };
    let confluent = |rule: &Rule| {
        let example = rule.example.unwrap();
        let (old, new) = (
            serde_json::from_str(example.old).unwrap(),
            serde_json::from_str(example.new).unwrap(),
        );
        let strict = check(&old, &new, Mode::Full, Rules::ConfluentStrict).findings;
        let breaks = strict.iter().find(|finding| finding.rule == rule).unwrap().reader;
        let lenient = check(&old, &new, Mode::Full, Rules::ConfluentLenient).findings;
        let is_let_pass = lenient.iter().all(|finding| finding.reader != breaks);
        format!(
            "| `{}` | {} | {} |\n",
            rule.id,
            if is_let_pass { "passes" } else { "breaks" },
            rule.explanation
        )
    };
    let rows: String = RULES.iter().map(semantic).collect();
    documentation::hold(
        "rules",
        &format!("| rule | about | what it is |\n| --- | --- | --- |\n{rows}"),
    );
    let rows: String = CONFLUENT_RULES.iter().map(confluent).collect();
    documentation::hold(
        "confluent rules",
        &format!("| rule | under LENIENT | what it is |\n| --- | --- | --- |\n{rows}"),
    );
}
