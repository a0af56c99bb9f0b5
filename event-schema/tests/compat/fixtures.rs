//! One fixture for every rule, in both directions and each mode. `UPDATE_DOCS=1` rewrites the table of `docs/compatibility.md`.

use crate::judge;
use event_schema::compat::{Breaks, Finding, Mode, RULES, Rule, Rules, Verdict, check};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/rules")
}

fn shown(findings: &[Finding]) -> Vec<Value> {
    let shown = |finding: &Finding| {
        json!({
            "rule": finding.rule.id,
            "breaks": finding.breaks.map(Breaks::as_str),
            "old": finding.old,
            "new": finding.new,
        })
    };
    findings.iter().map(shown).collect()
}

#[test]
fn every_rule_has_its_fixture() {
    for rule in RULES {
        if rule.id == "refused" {
            // Only where no keyword can be named; nothing that is known comes to it.
            continue;
        }
        let text = std::fs::read_to_string(directory().join(format!("{}.json", rule.id))).unwrap();
        let fixture: Value = serde_json::from_str(&text).unwrap();
        let (old, new) = (&fixture["old"], &fixture["new"]);
        let expected = fixture["findings"].as_array().unwrap();
        assert!(expected.iter().any(|finding| finding["rule"] == rule.id), "{} is not in its fixture", rule.id);
        for mode in Mode::ALL {
            let report = check(old, new, mode, Rules::Semantic);
            let says = |who: &str| {
                matches!(
                    (who, mode),
                    ("new readers", Mode::Backward | Mode::BackwardTransitive | Mode::Full | Mode::FullTransitive)
                        | ("old readers", Mode::Forward | Mode::ForwardTransitive | Mode::Full | Mode::FullTransitive)
                )
            };
            let wanted: Vec<Value> = expected
                .iter()
                .filter(|finding| match finding["breaks"].as_str() {
                    Some(who) => says(who),
                    None => mode != Mode::None,
                })
                .cloned()
                .collect();
            assert_eq!(shown(&report.findings), wanted, "{} in mode {}", rule.id, mode.as_str());
            let breaks = report.findings.iter().any(|finding| finding.breaks.is_some());
            let verdict = if breaks { Verdict::Incompatible } else { Verdict::Compatible };
            assert_eq!(report.verdict, verdict, "{} in mode {}", rule.id, mode.as_str());
            judge::confirm(&report, old, new);
        }
        the_other_way_round(rule.id, old, new);
    }
}

/// With the versions swapped, the same payloads break the other side, at the same places.
fn the_other_way_round(rule: &str, old: &Value, new: &Value) {
    let wire = |report: event_schema::compat::Report| -> Vec<Finding> {
        report.findings.into_iter().filter(|finding| finding.breaks.is_some()).collect()
    };
    let there = wire(check(old, new, Mode::Backward, Rules::Semantic));
    let back = wire(check(new, old, Mode::Forward, Rules::Semantic));
    assert_eq!(there.len(), back.len(), "{rule}");
    for (there, back) in there.iter().zip(&back) {
        assert_eq!((&there.old, &there.new, &there.witness), (&back.new, &back.old, &back.witness), "{rule}");
    }
}

#[test]
fn no_fixture_is_without_its_rule() {
    for entry in std::fs::read_dir(directory()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(RULES.iter().any(|rule| rule.id == name), "{name} is no rule");
    }
}

#[test]
fn every_rule_is_in_the_documentation() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/compatibility.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (start, end) = ("<!-- rules -->\n", "<!-- /rules -->\n");
    let row = |rule: &Rule| format!("| `{}` | {} | {} |\n", rule.id, rule.category.as_str(), rule.explanation);
    let head = "| rule | about | what it is |\n| --- | --- | --- |\n".to_owned();
    let table: String = [head].into_iter().chain(RULES.iter().map(row)).collect();
    let (before, rest) = text.split_once(start).unwrap();
    let (found, after) = rest.split_once(end).unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{start}{table}{end}{after}")).unwrap();
    } else {
        assert_eq!(found, table, "UPDATE_DOCS=1 writes it");
    }
}
