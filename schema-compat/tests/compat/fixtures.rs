//! One file for every rule: two schemas, and what is found between them, there and back.
//!
//! `UPDATE_FIXTURES=1` rewrites what is found, `UPDATE_DOCS=1` the tables of
//! `docs/compatibility.md`.

use crate::{documentation, judge};
use schema_compat::{
    CONFLUENT_RULES, Example, Finding, RULES, Reader, Readers, Report, Rule, Rules, Verdict, check,
    rule,
};
use serde_json::Value;
use std::collections::BTreeSet;
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

fn path(rule: &Rule) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(rule.fixture())
}

fn schemas(example: Example) -> (Value, Value) {
    (serde_json::from_str(example.old).unwrap(), serde_json::from_str(example.new).unwrap())
}

/// A finding in a line: `rule, who breaks: where in the old schema -> where in the new, a witness`.
fn line(finding: &Finding) -> String {
    let Finding { rule, reader, old, new, witness, .. } = finding;
    let who = reader.map_or("a note", Reader::as_str);
    let witness = witness.as_ref().map_or_else(String::new, |witness| format!(", {witness}"));
    format!("{}, {who}: `{old}` -> `{new}`{witness}\n", rule.id)
}

/// What every set of rules says of both sides' readers, there and back. What it says of one side's
/// alone is the same, less the other's: `readers_and_directions_agree`.
fn found(old: &Value, new: &Value, sets: &[Rules]) -> String {
    let mut found = String::new();
    for rules in sets {
        for (way, old, new) in [("there", old, new), ("back", new, old)] {
            let report = check(old, new, Readers::Both, *rules);
            judge::confirm(&report, old, new);
            let verdict = match report.verdict {
                Verdict::Compatible => "compatible",
                Verdict::Incompatible => "incompatible",
                Verdict::Undecided => "undecided",
            };
            found.extend(["\n", rules.as_str(), " ", way, ": ", verdict, "\n"]);
            found.extend(report.findings.iter().map(line));
        }
    }
    found
}

#[test]
fn every_rule_has_its_fixture() {
    let is_update = std::env::var_os("UPDATE_FIXTURES").is_some();
    for (rule, sets) in every_rule() {
        let Some(example) = rule.example else { continue };
        let (old, new) = schemas(example);
        let found = found(&old, &new, sets);
        let fixture = format!("old\n{}\n\nnew\n{}\n{found}", example.old, example.new);
        let path = path(rule);
        if is_update {
            fs::write(&path, &fixture).unwrap();
        }
        let is = fs::read_to_string(&path).unwrap();
        assert_eq!(fixture, is, "{}: UPDATE_FIXTURES=1 writes it", rule.id);
        let there = check(&old, &new, Readers::Both, sets[0]).findings;
        assert!(there.iter().any(|finding| finding.rule == rule), "{} is not in it", rule.id);
    }
}

/// A fixture is one change, so it has one reason: whatever else is found breaks the other side. The
/// registry reports that a property is not covered beside the reason why it is not.
#[test]
fn a_fixture_is_about_its_rule() {
    for (rule, sets) in every_rule() {
        let Some(example) = rule.example else { continue };
        let (old, new) = schemas(example);
        let report = check(&old, &new, Readers::Both, sets[0]);
        let own = report.findings.iter().find(|finding| finding.rule == rule);
        let own = own.unwrap_or_else(|| panic!("{} is not in {report:#?}", rule.id));
        let has_reason = rule.id.contains("-not-covered-by-");
        let is_beside =
            |other: &&Finding| !has_reason && other.rule != rule && other.reader == own.reader;
        assert_eq!(report.findings.iter().find(is_beside), None, "{}", rule.id);
    }
}

/// What is said of both sides' readers is what is said of each, and of the fixture the other way
/// round.
#[test]
fn readers_and_directions_agree() {
    let broken = |report: &Report, breaks: Reader| -> Vec<(String, String, Option<Value>)> {
        let findings = report.findings.iter().filter(|finding| finding.reader == Some(breaks));
        findings
            .map(|finding| (finding.old.clone(), finding.new.clone(), finding.witness.clone()))
            .collect()
    };
    let verdict_of =
        |is_broken| if is_broken { Verdict::Incompatible } else { Verdict::Compatible };
    for (rule, sets) in every_rule() {
        let Some(example) = rule.example else { continue };
        let (old, new) = schemas(example);
        for rules in sets {
            let of = |readers| check(&old, &new, readers, *rules);
            assert_eq!(of(Readers::Neither), Report::default(), "{}", rule.id);
            let both = of(Readers::Both);
            for (readers, who, other) in
                [(Readers::New, Reader::New, Reader::Old), (Readers::Old, Reader::Old, Reader::New)]
            {
                let one = of(readers);
                assert_eq!(broken(&one, other), [], "{}", rule.id);
                assert_eq!(broken(&one, who), broken(&both, who), "{}", rule.id);
                assert_eq!(one.verdict, verdict_of(!broken(&both, who).is_empty()), "{}", rule.id);
            }
            // A note may be about one side's readers: both have the notes of each.
            let notes = |report: &Report| -> BTreeSet<String> {
                report.findings.iter().filter(|found| found.reader.is_none()).map(line).collect()
            };
            let each = &notes(&of(Readers::New)) | &notes(&of(Readers::Old));
            assert_eq!(each, notes(&both), "{}", rule.id);
            // With the versions swapped, the same payloads break the other side, at the same
            // places.
            let back = broken(&check(&new, &old, Readers::Old, *rules), Reader::Old);
            let swapped: Vec<_> =
                back.into_iter().map(|(old, new, witness)| (new, old, witness)).collect();
            assert_eq!(broken(&both, Reader::New), swapped, "{}", rule.id);
        }
    }
}

#[test]
fn no_fixture_is_without_its_rule() {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/rules");
    for entry in fs::read_dir(all).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let name = name.strip_suffix(".txt").unwrap_or(&name);
        assert!(rule(name).is_some(), "{name} is no rule");
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
        assert_eq!(schema_compat::rule(rule.id), Some(rule));
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
        let (old, new) = schemas(example);
        let strict = check(&old, &new, Readers::Both, Rules::ConfluentStrict).findings;
        let breaks = strict.iter().find(|finding| finding.rule == rule).unwrap().reader;
        let lenient = check(&old, &new, Readers::Both, Rules::ConfluentLenient).findings;
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
