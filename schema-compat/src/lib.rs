//! Is everything that is written under one schema read under another?
//!
//! [`check`] decides it, and does not compare texts: `{"type": "integer"}` and
//! `{"multipleOf": 1, "type": "number"}` are the same schema, a property moved into an `allOf` is
//! no change, and a narrower `pattern` is told from another spelling of it. The answer is one of
//! three: compatible; incompatible, with a payload that one side writes and the other refuses; or
//! undecided, with the reason. "Compatible" is never said for want of an answer.
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
//! A registry compares otherwise. [`Rules::ConfluentStrict`] and [`Rules::ConfluentLenient`]
//! predict what a Confluent-compatible one says, holes included, for whoever has to push there;
//! a finding then has a witness only if a payload really proves it.
//!
//! What is read: JSON Schema from draft 04 to 2020-12, as `$schema` says; without it, keywords of
//! every draft. `format` is an assertion, `uint32` and its like are ranges of numbers, and a number
//! without a fraction is an integer in every draft. References into other documents are not
//! followed: they are equal if they read equally.

mod arena;
mod confluent;
mod decimal;
mod direction;
mod evaluate;
mod explain;
mod fold;
pub mod format;
mod lower;
mod notes;
mod pattern;
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
pub use validate::{ValidationError, validate};

use serde_json::Value;

/// Which readers have to read what the writers of the other version write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// No reader: every change is compatible.
    Neither,
    /// Readers with the new schema, what old writers wrote: backward compatibility.
    New,
    /// Readers with the old schema, what new writers write: forward compatibility.
    Old,
    /// Both: full compatibility.
    Both,
}

impl Readers {
    /// Every choice.
    pub const ALL: [Self; 4] = [Self::Neither, Self::New, Self::Old, Self::Both];

    /// Each of them.
    const fn each(self) -> &'static [Reader] {
        match self {
            Self::Neither => &[],
            Self::New => &[Reader::New],
            Self::Old => &[Reader::Old],
            Self::Both => &[Reader::New, Reader::Old],
        }
    }
}

/// By which rules it is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rules {
    /// By what schemas mean: whatever is written is read.
    #[default]
    Semantic,
    /// By what a Confluent-compatible schema registry says under its default policy.
    ConfluentStrict,
    /// By what it says under `compatibilityPolicy` `LENIENT`.
    ConfluentLenient,
}

impl Rules {
    /// Every set of rules.
    pub const ALL: [Self; 3] = [Self::Semantic, Self::ConfluentStrict, Self::ConfluentLenient];

    /// The name of the set on a command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Semantic => "semantic",
            Self::ConfluentStrict => "confluent-strict",
            Self::ConfluentLenient => "confluent-lenient",
        }
    }

    /// What it says of a reader, and of who writes for it.
    fn judge(self, writer: &Value, reader: &Value, who: Reader) -> Report {
        match self {
            Self::Semantic => readings::check(writer, reader, who),
            Self::ConfluentStrict => confluent::check(writer, reader, who, Policy::Strict),
            Self::ConfluentLenient => confluent::check(writer, reader, who, Policy::Lenient),
        }
    }
}

/// What is written and what is read under one version. A struct writes exactly its fields and reads
/// over others, so the two are seldom the same schema.
#[derive(Clone, Copy, Debug)]
pub struct Contracts<'s> {
    /// What writers write.
    pub write: &'s Value,
    /// What readers read.
    pub read: &'s Value,
}

impl<'s> Contracts<'s> {
    /// One schema for both.
    pub const fn same(schema: &'s Value) -> Self {
        Self { write: schema, read: schema }
    }
}

/// Whether `new` may take the place of `old`, where each is what is written and what is read.
pub fn check(old: &Value, new: &Value, readers: Readers, rules: Rules) -> Report {
    check_contracts(Contracts::same(old), Contracts::same(new), readers, rules)
}

/// Whether `new` may take the place of `old`: new readers read everything that old writers write,
/// old readers everything that new writers write, or both.
///
/// A pointer of a finding is into the contract that was looked at: of the writers on one side, of
/// the readers on the other.
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

/// Whether `new` may follow after each of `versions`. A finding says by its index which one it is
/// about.
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
