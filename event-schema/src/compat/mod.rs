//! Is everything that is written under one schema read under another?
//!
//! [`check`] decides it, and does not compare texts: `{"type": "integer"}` and
//! `{"multipleOf": 1, "type": "number"}` are the same schema, a property moved into an `allOf` is
//! no change, and a narrower `pattern` is told from another spelling of it. The answer is one of
//! three: compatible; incompatible, with a payload that one side writes and the other refuses; or
//! undecided, with the reason. "Compatible" is never said for want of an answer.
//!
//! ```
//! use event_schema::compat::{Mode, Rules, Verdict, check};
//! use serde_json::json;
//!
//! let old = json!({"properties": {"id": {"type": "string"}}, "required": ["id"]});
//! let new = json!({"properties": {"id": {"type": "string"}, "at": {"type": "string"}}, "required": ["id", "at"]});
//!
//! let report = check(&old, &new, Mode::Backward, Rules::Semantic);
//! assert_eq!(report.verdict, Verdict::Incompatible);
//! let [retyped, missing] = &report.findings[..] else { panic!("{report:#?}") };
//! assert_eq!((retyped.rule.id, retyped.new.as_str()), ("type-narrowed", "/properties/at/type"));
//! assert_eq!((missing.rule.id, missing.new.as_str()), ("property-made-required", "/required/1"));
//! assert_eq!(missing.witness, Some(json!({"id": ""})));
//! assert!(missing.message.starts_with("property `at` breaks new readers: "));
//!
//! assert_eq!(check(&old, &new, Mode::Forward, Rules::Semantic).verdict, Verdict::Compatible);
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
mod format;
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
pub use validate::{Refusal, validate};

pub use event_grammar::lock::Mode;
use serde_json::Value;

/// Whose reading is looked at.
const fn readers(mode: Mode) -> &'static [Reader] {
    match (mode.is_backward(), mode.is_forward()) {
        (false, false) => &[],
        (true, false) => &[Reader::New],
        (false, true) => &[Reader::Old],
        (true, true) => &[Reader::New, Reader::Old],
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
pub fn check(old: &Value, new: &Value, mode: Mode, rules: Rules) -> Report {
    check_contracts(Contracts::same(old), Contracts::same(new), mode, rules)
}

/// Whether `new` may take the place of `old`: backward, everything that old writers write is read
/// by new readers; forward, the other way round.
///
/// A pointer of a finding is into the contract that was looked at: of the writers on one side, of
/// the readers on the other.
pub fn check_contracts(old: Contracts<'_>, new: Contracts<'_>, mode: Mode, rules: Rules) -> Report {
    let mut report = Report::default();
    for readers in readers(mode) {
        let (writer, reader) = match readers {
            Reader::New => (old.write, new.read),
            Reader::Old => (new.write, old.read),
        };
        report.add(rules.judge(writer, reader, *readers));
    }
    if !readers(mode).is_empty() {
        report.findings.extend(notes::notes(old.write, new.write));
    }
    report
}

/// Whether `new` may follow after `versions`, the oldest first. A transitive mode looks at all of
/// them, the others at the last one.
///
/// ```
/// use event_schema::compat::{Mode, Rules, Verdict, check_versions};
/// use serde_json::json;
///
/// let (first, second, third) = (json!({"type": "integer"}), json!(true), json!({"type": "string"}));
/// let report = check_versions(&[&first, &second], &third, Mode::ForwardTransitive, Rules::Semantic);
/// assert_eq!((report.verdict, report.findings[0].version), (Verdict::Incompatible, 0));
/// assert_eq!(check_versions(&[&first, &second], &third, Mode::Forward, Rules::Semantic).verdict, Verdict::Compatible);
/// ```
pub fn check_versions(versions: &[&Value], new: &Value, mode: Mode, rules: Rules) -> Report {
    let first = if mode.is_transitive() { 0 } else { versions.len().saturating_sub(1) };
    let mut report = Report::default();
    for (version, old) in versions.iter().enumerate().skip(first) {
        let mut one = check(old, new, mode, rules);
        one.findings.iter_mut().for_each(|finding| finding.version = version);
        report.add(one);
    }
    report
}
