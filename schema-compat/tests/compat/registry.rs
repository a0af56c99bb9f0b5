//! What the registry says of one pair of schemas, in both policies: the verdict, and where each
//! difference is.
//!
//! The verdicts in `registry/*.json` are those of confluentinc/schema-registry, commit 794611bd of
//! 2026-08-22, read and not run. They are written by hand; `UPDATE_FIXTURES=1` rewrites only the
//! findings.

use crate::{documentation, judge};
use schema_compat::{Readers, Report, Rules, Verdict, check};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Combinations, content models, lists, Connect's bytes.
const PAIRS: [&str; 4] = ["combinations", "content_models", "lists", "bytes"];
const POLICIES: [(&str, Rules); 2] =
    [("strict", Rules::ConfluentStrict), ("lenient", Rules::ConfluentLenient)];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/compat/registry/{name}.json"))
}

fn is_update() -> bool {
    std::env::var_os("UPDATE_FIXTURES").is_some()
}

fn rows(name: &str) -> Vec<Value> {
    serde_json::from_str(&std::fs::read_to_string(path(name)).unwrap()).unwrap()
}

/// Writes a line for each member in this order, so that a change of a pair is a change of a line.
fn write_rows(name: &str, rows: &[Value], keys: &[&str]) {
    let shown = |row: &Value| {
        let members: Vec<String> =
            keys.iter().map(|key| format!("\"{key}\": {}", row[key])).collect();
        format!("  {{{}}}", members.join(",\n   "))
    };
    let rows: Vec<String> = rows.iter().map(shown).collect();
    std::fs::write(path(name), format!("[\n{}\n]\n", rows.join(",\n"))).unwrap();
}

fn checked(row: &Value, rules: Rules) -> Report {
    let (old, new) = (&row["old"], &row["new"]);
    let report = check(old, new, Readers::New, rules);
    judge::confirm(&report, old, new);
    // The other way round, it is the other side that breaks.
    assert_eq!(check(new, old, Readers::Old, rules).verdict, report.verdict, "{row}");
    report
}

/// The rule and the pointer into each schema.
fn findings(report: &Report) -> Value {
    let breaks = report.findings.iter().filter(|finding| finding.reader.is_some());
    breaks.map(|finding| json!([finding.rule.id, finding.old, finding.new])).collect()
}

#[test]
fn every_pair() {
    let mut wrong = String::new();
    for file in PAIRS {
        let mut rows = rows(file);
        for row in &mut rows {
            for (policy, rules) in POLICIES {
                let report = checked(row, rules);
                let wanted =
                    if row[policy] == true { Verdict::Compatible } else { Verdict::Incompatible };
                if report.verdict != wanted {
                    writeln!(
                        wrong,
                        "{} {policy}: {:?} {}",
                        row["name"],
                        report.verdict,
                        findings(&report)
                    )
                    .unwrap();
                }
                let key = format!("{policy} findings");
                if is_update() {
                    row[key] = findings(&report);
                } else if row[&key] != findings(&report) {
                    writeln!(wrong, "{} {key}: {}", row["name"], findings(&report)).unwrap();
                }
            }
        }
        if is_update() {
            write_rows(
                file,
                &rows,
                &["name", "old", "new", "strict", "strict findings", "lenient", "lenient findings"],
            );
        }
    }
    assert_eq!(wrong, "");
}

/// A row for each keyword of JSON Schema. Both schemas of a pair differ in the keyword, so the
/// verdict says whether it is compared.
#[test]
fn every_keyword_is_in_the_documentation() {
    let rows = rows("keywords");
    let mut table = "| keyword | drafts | compared | how |\n| --- | --- | --- | --- |\n".to_owned();
    for row in &rows {
        let name = row["keyword"].as_str().unwrap();
        let [before, after] = ["old", "new"].map(|side| row[side].get(name));
        assert!(
            before != after || name.starts_with('$') || name == "definitions",
            "{name} is no difference"
        );
        let [strict, lenient] = POLICIES.map(|(_, rules)| checked(row, rules).verdict);
        let is_compared = strict == Verdict::Incompatible;
        assert!(is_compared || lenient == Verdict::Compatible, "{name}");
        let (is_compared, drafts, how) =
            (if is_compared { "yes" } else { "no" }, &row["drafts"], &row["how"]);
        let [drafts, how] = [drafts, how].map(|text| text.as_str().unwrap());
        writeln!(table, "| `{name}` | {drafts} | {is_compared} | {how} |").unwrap();
    }
    documentation::hold("compared keywords", &table);
    if is_update() {
        write_rows("keywords", &rows, &["keyword", "drafts", "how", "old", "new"]);
    }
}

/// A row for each kind of change that the sets of rules answer differently.
#[test]
fn every_other_answer_is_in_the_documentation() {
    let rows = rows("other_than_semantic");
    let mut table =
        "| change | `semantic` | `confluent-strict` | `confluent-lenient` | why |\n| --- | --- | --- | --- | --- |\n"
            .to_owned();
    for row in &rows {
        let verdicts = Rules::ALL.map(|rules| checked(row, rules).verdict);
        let letters: String = verdicts
            .map(|verdict| if verdict == Verdict::Compatible { '+' } else { '-' })
            .iter()
            .collect();
        assert!(!verdicts.contains(&Verdict::Undecided), "{row}");
        assert_eq!(row["verdicts"], letters, "{row}");
        assert!(letters.contains('+') && letters.contains('-'), "{row} is answered alike");
        let [semantic, strict, lenient] = verdicts
            .map(|verdict| if verdict == Verdict::Compatible { "passes" } else { "breaks" });
        let [change, why] = ["change", "why"].map(|key| row[key].as_str().unwrap());
        writeln!(table, "| {change} | {semantic} | {strict} | {lenient} | {why} |").unwrap();
    }
    documentation::hold("other answers", &table);
    if is_update() {
        write_rows("other_than_semantic", &rows, &["change", "why", "verdicts", "old", "new"]);
    }
}

/// Definitions that all lead to all: `count` of them, each with two properties that are any of
/// them.
fn entangled(count: usize, leaf: &str) -> Value {
    let names = || (0..count).map(|at| format!("d{at}"));
    let any = |shift: usize| {
        let mut alternatives: Vec<Value> =
            names().map(|name| json!({"$ref": format!("#/definitions/{name}")})).collect();
        alternatives.rotate_left(shift % count);
        json!({"oneOf": alternatives})
    };
    let definition = |at: usize| {
        let leaf = if at == count / 2 { leaf } else { "boolean" };
        json!({
            "type": "object",
            "properties": {"kind": {"const": at}, "leaf": {"type": leaf}, "left": any(0), "right": any(at)},
            "required": ["kind"],
        })
    };
    let definitions: serde_json::Map<String, Value> =
        names().enumerate().map(|(at, name)| (name, definition(at))).collect();
    json!({"oneOf": any(0)["oneOf"], "definitions": definitions})
}

/// Every pair of definitions depends on every other. It is decided by what is known of pairs, and
/// not by following every way to them.
#[test]
fn definitions_that_lead_to_each_other() {
    for count in [12, 30] {
        let schema = |leaf| entangled(count, leaf);
        for (old, new, wanted) in [
            (schema("integer"), schema("number"), Verdict::Compatible),
            (schema("number"), schema("integer"), Verdict::Incompatible),
            (schema("integer"), schema("string"), Verdict::Incompatible),
        ] {
            for rules in [Rules::ConfluentStrict, Rules::ConfluentLenient] {
                let start = Instant::now();
                let report = check(&old, &new, Readers::New, rules);
                assert_eq!(
                    report.verdict,
                    wanted,
                    "{count} {} {:?}",
                    rules.as_str(),
                    report.undecided
                );
                assert!(
                    start.elapsed() < Duration::from_secs(10),
                    "{count}: {:?}",
                    start.elapsed()
                );
            }
        }
    }
}
