//! Serde as the judge, with real derives: types that differ in two ways at once. What one writes is
//! read by the other, or it is not.
//!
//! A type is a struct of a field that never changes and of two slots, each in one of many forms.
//! Its contracts are written down form by form. What it writes is what comes back of it for every
//! candidate that it reads, so both sides are serde's own.

mod contracts;
mod types;

use contracts::{amount, method, object};
use schema_compat::{Contracts, Readers, Rules, Verdict, check_contracts};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use types::types;

/// Where the engine and serde differ: the form that is written, the form that reads, what serde
/// does, and why the engine says otherwise.
const DIFFERENCES: &[(&str, &str, Verdict, &str)] = &[(
    "mixed",
    "nested_more",
    Verdict::Compatible,
    "derived structs also read a list of their fields in order; no generator of schemas says so, \
     and no other reader does it",
)];

/// A type: in which forms its slots are, and what serde makes of a line.
struct Type {
    amount: &'static str,
    method: &'static str,
    is_closed: bool,
    rewrite: fn(&str) -> Option<String>,
}

impl Type {
    fn contract(&self, is_writer: bool) -> Value {
        let mut properties = Map::from_iter([("id".to_owned(), json!({"type": "string"}))]);
        let mut names = vec!["id"];
        let mut all = Vec::new();
        for part in [amount(self.amount, is_writer), method(self.method, is_writer)] {
            for (name, schema, is_required) in part.properties {
                properties.insert(name.to_owned(), schema);
                names.extend(is_required.then_some(name));
            }
            all.extend(part.more);
        }
        let mut schema = object(is_writer || self.is_closed, &properties.into(), &names);
        if !all.is_empty() {
            schema["allOf"] = all.into();
        }
        schema
    }

    fn name(&self) -> String {
        let closed = if self.is_closed { ", closed" } else { "" };
        format!("{} and {}{closed}", self.amount, self.method)
    }

    /// What the type writes.
    fn written(&self) -> BTreeSet<String> {
        candidates().iter().filter_map(|line| (self.rewrite)(line)).collect()
    }

    fn reads(&self, line: &str) -> bool {
        (self.rewrite)(line).is_some()
    }
}

/// Lines of which every type writes some, with the ends of what its fields can be.
fn candidates() -> &'static [String] {
    const AMOUNTS: [&str; 21] = [
        "0",
        "7",
        "255",
        "256",
        "4294967295",
        "4294967296",
        "-1",
        "-9223372036854775808",
        "9223372036854775807",
        "0.5",
        "2.0",
        "1e300",
        "\"\"",
        "\"x\"",
        "null",
        "[]",
        "[1,2]",
        "[1,\"a\"]",
        "[1,2,3]",
        "{}",
        "{\"cents\":1,\"unit\":\"x\"}",
    ];
    const METHODS: [&str; 14] = [
        "null",
        "\"card\"",
        "\"cash\"",
        "\"coin\"",
        "\"unknown\"",
        "7",
        "{\"card\":{\"last4\":\"1\"}}",
        "{\"type\":\"card\",\"last4\":\"1\"}",
        "{\"type\":\"cash\"}",
        "{\"kind\":\"card\",\"last4\":\"1\"}",
        "{\"kind\":\"cash\"}",
        "{\"type\":\"card\",\"data\":{\"last4\":\"1\"}}",
        "{\"last4\":\"1\"}",
        "{}",
    ];
    static LINES: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    LINES.get_or_init(|| {
        let amounts = AMOUNTS
            .iter()
            .flat_map(|value| ["amount", "sum"].map(|name| format!(",\"{name}\":{value}")));
        let amounts: Vec<String> = amounts.chain([String::new()]).collect();
        let methods: Vec<String> = METHODS
            .iter()
            .map(|value| format!(",\"method\":{value}"))
            .chain([String::new()])
            .collect();
        let lines = amounts.iter().flat_map(|amount| {
            methods.iter().map(move |method| format!("{{\"id\":\"a\"{amount}{method}}}"))
        });
        lines.collect()
    })
}

/// Pairs of types that differ in one slot, and pairs of one that is plain with one that differs
/// from it in both.
fn pairs(types: &[Type]) -> Vec<(&Type, &Type)> {
    let is_asked = |old: &Type, new: &Type| {
        let same_amount = old.amount == new.amount;
        let same_method = old.method == new.method;
        let is_plain = |one: &Type| one.amount == "whole" && one.method == "two" && !one.is_closed;
        (same_method && old.method == "none")
            || (same_amount && old.amount == "whole")
            || is_plain(old)
            || is_plain(new)
    };
    let all = types.iter().flat_map(|old| types.iter().map(move |new| (old, new)));
    all.filter(|(old, new)| is_asked(old, new)).collect()
}

#[test]
fn two_changes_at_once() {
    let types = types();
    let (mut asked, mut compatible, mut used) = (0, 0, BTreeSet::new());
    let mut wrong = Vec::new();
    for (old, new) in pairs(&types) {
        let (write, read) = (old.contract(true), new.contract(false));
        let (unused_read, unused_write) = (old.contract(false), new.contract(true));
        let contracts = [
            Contracts { write: &write, read: &unused_read },
            Contracts { write: &unused_write, read: &read },
        ];
        let report = check_contracts(contracts[0], contracts[1], Readers::New, Rules::Semantic);
        let written = old.written();
        assert!(!written.is_empty(), "{} {}", old.amount, old.method);
        let truth = if written.iter().all(|line| new.reads(line)) {
            Verdict::Compatible
        } else {
            Verdict::Incompatible
        };
        asked += 1;
        compatible += usize::from(truth == Verdict::Compatible);
        if report.verdict != truth {
            let is_listed = |(from, to, verdict, _): &&(&str, &str, Verdict, &str)| {
                *verdict == truth
                    && [(old.amount, new.amount), (old.method, new.method)].contains(&(*from, *to))
            };
            match DIFFERENCES.iter().find(is_listed) {
                Some(listed) => {
                    used.insert((listed.0, listed.1));
                }
                None => wrong.push(format!(
                    "{} to {}: serde {truth:?}, engine {:?}",
                    old.name(),
                    new.name(),
                    report.verdict
                )),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(used.len(), DIFFERENCES.len(), "a difference is listed that there is not");
    let documentation = include_str!("../../../docs/compatibility.md");
    assert!(
        DIFFERENCES.iter().all(|(.., reason)| documentation.contains(reason)),
        "a difference is not documented"
    );
    assert_eq!((types.len(), asked), (198, 1_787));
    assert!(
        compatible > asked / 20 && compatible < asked / 2,
        "{compatible} of {asked} are compatible"
    );
}
