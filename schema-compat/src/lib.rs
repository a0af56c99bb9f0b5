//! Checks whether one JSON Schema accepts everything that is written under another.
//!
//! [`check`] compares meaning, not text: `{"type": "integer"}` and
//! `{"multipleOf": 1, "type": "number"}` are the same schema, moving a property into an `allOf` is
//! no change, and a narrower `pattern` differs from another spelling of the same pattern. The
//! verdict is compatible; incompatible, with a payload that one side writes and the other refuses;
//! or undecided, with the reason. A case that cannot be decided is never reported as compatible.
//!
//! ```
//! use schema_compat::{Readers, Rules, Verdict, check};
//! use serde_json::json;
//!
//! let old = json!({"properties": {"id": {"type": "string"}}, "required": ["id"]});
//! let new = json!({"properties": {"id": {"type": "string"}, "at": {"type": "string"}}, "required": ["id", "at"]});
//!
//! let report = check(&old, &new, Readers::New, Rules::Semantic);
//! assert_eq!(report.verdict, Verdict::Incompatible);
//! let [retyped, missing] = &report.findings[..] else { panic!("{report:#?}") };
//! assert_eq!((retyped.rule.id, retyped.new.as_str()), ("type-narrowed", "/properties/at/type"));
//! assert_eq!((missing.rule.id, missing.new.as_str()), ("property-made-required", "/required/1"));
//! assert_eq!(missing.witness, Some(json!({"id": ""})));
//! assert!(missing.message.starts_with("property `at` breaks new readers: "));
//!
//! assert_eq!(check(&old, &new, Readers::Old, Rules::Semantic).verdict, Verdict::Compatible);
//! ```
//!
//! A registry uses other rules. [`Rules::ConfluentStrict`] and [`Rules::ConfluentLenient`] predict
//! the verdict of a Confluent-compatible registry, including its gaps. With these rules a finding
//! has a witness only if a payload proves the break.
//!
//! The supported drafts of JSON Schema are 04 to 2020-12, by `$schema`; without `$schema`, the
//! keywords of every draft apply. `format` is an assertion, formats such as `uint32` are ranges of
//! numbers, and a number without a fraction is an integer in every draft. References into other
//! documents are not followed: two of them are equal if their texts are equal.

mod arena;
mod confluent;
mod decimal;
mod direction;
mod evaluate;
mod explain;
mod fold;
pub mod format;
mod lower;
mod members;
mod notes;
mod part;
mod pattern;
mod prepared;
mod readings;
mod reasons;
mod report;
mod rules;
mod solve;
mod source;
mod tri;
mod unify;
mod validate;
mod words;

pub use confluent::CONFLUENT_RULES;
pub use report::{Finding, Reader, Report, Verdict};
pub use rules::{Category, Example, RULES, Rule, Severity, rule};

use confluent::Policy;
pub use validate::{ValidationError, Validator, validate};

use serde_json::Value;

/// Which readers must read the payloads of the other version's writers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// No reader: every change is compatible.
    Neither,
    /// New readers must read old writers: backward compatibility.
    New,
    /// Old readers must read new writers: forward compatibility.
    Old,
    /// Both: full compatibility.
    Both,
}

impl Readers {
    /// Every choice.
    pub const ALL: [Self; 4] = [Self::Neither, Self::New, Self::Old, Self::Both];

    /// The readers to check.
    const fn each(self) -> &'static [Reader] {
        match self {
            Self::Neither => &[],
            Self::New => &[Reader::New],
            Self::Old => &[Reader::Old],
            Self::Both => &[Reader::New, Reader::Old],
        }
    }
}

/// The rule set of a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rules {
    /// The meaning of the schemas: readers must accept everything that writers may write.
    #[default]
    Semantic,
    /// The rules of a Confluent-compatible schema registry with its default policy.
    ConfluentStrict,
    /// The rules of that registry with `compatibilityPolicy` `LENIENT`.
    ConfluentLenient,
}

impl Rules {
    /// Every rule set.
    pub const ALL: [Self; 3] = [Self::Semantic, Self::ConfluentStrict, Self::ConfluentLenient];

    /// The name of the rule set on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Semantic => "semantic",
            Self::ConfluentStrict => "confluent-strict",
            Self::ConfluentLenient => "confluent-lenient",
        }
    }

    /// Checks one reader against its writer.
    fn judge(self, writer: &Value, reader: &Value, who: Reader) -> Report {
        match self {
            Self::Semantic => readings::check(writer, reader, who),
            Self::ConfluentStrict => confluent::check(writer, reader, who, Policy::Strict),
            Self::ConfluentLenient => confluent::check(writer, reader, who, Policy::Lenient),
        }
    }
}

/// The write contract and the read contract of one version. A struct writes exactly its fields and
/// ignores unknown ones when it reads, so the two are seldom the same schema.
#[derive(Clone, Copy, Debug)]
pub struct Contracts<'s> {
    /// What writers write.
    pub write: &'s Value,
    /// What readers read.
    pub read: &'s Value,
}

impl<'s> Contracts<'s> {
    /// The same schema for both.
    pub const fn same(schema: &'s Value) -> Self {
        Self { write: schema, read: schema }
    }
}

/// Checks whether `new` may replace `old`, where each schema is both the write contract and the
/// read contract.
pub fn check(old: &Value, new: &Value, readers: Readers, rules: Rules) -> Report {
    check_contracts(Contracts::same(old), Contracts::same(new), readers, rules)
}

/// Checks whether `new` may replace `old`: whether new readers read everything that old writers
/// write, old readers read everything that new writers write, or both.
///
/// The pointers of a finding are into the compared contracts: the write contract of one side, and
/// the read contract of the other.
pub fn check_contracts(
    old: Contracts<'_>,
    new: Contracts<'_>,
    readers: Readers,
    rules: Rules,
) -> Report {
    let mut report = Report::default();
    for who in readers.each() {
        let (writer, reader) = match who {
            Reader::New => (old.write, new.read),
            Reader::Old => (new.write, old.read),
        };
        report.add(rules.judge(writer, reader, *who));
    }
    if readers != Readers::Neither {
        report.findings.extend(notes::notes(old.write, new.write));
    }
    report
}

/// Checks whether `new` may follow each of `versions`. The `version` of a finding is the index of
/// the old version.
///
/// ```
/// use schema_compat::{Readers, Rules, Verdict, check_versions};
/// use serde_json::json;
///
/// let (first, second, third) = (json!({"type": "integer"}), json!(true), json!({"type": "string"}));
/// let report = check_versions(&[&first, &second], &third, Readers::Old, Rules::Semantic);
/// assert_eq!((report.verdict, report.findings[0].version), (Verdict::Incompatible, 0));
/// assert_eq!(check_versions(&[&second], &third, Readers::Old, Rules::Semantic).verdict, Verdict::Compatible);
/// ```
pub fn check_versions(versions: &[&Value], new: &Value, readers: Readers, rules: Rules) -> Report {
    let mut report = Report::default();
    for (version, old) in versions.iter().enumerate() {
        let mut one = check(old, new, readers, rules);
        one.findings.iter_mut().for_each(|finding| finding.version = version);
        report.add(one);
    }
    report
}
