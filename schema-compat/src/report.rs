//! The result of a check.

use crate::rules::Rule;
use crate::source::Unreadable;
use serde_json::Value;

/// The verdict of a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// Readers accept everything that writers may write.
    #[default]
    Compatible,
    /// Readers refuse something that writers may write.
    Incompatible,
    /// Undecided: a schema cannot be read, has a part that cannot be decided, or takes too long.
    Undecided,
}

/// Which readers break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Readers with the new schema, which read old payloads.
    New,
    /// Readers with the old schema, which read new payloads.
    Old,
}

impl Reader {
    /// The readers in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new readers",
            Self::Old => "old readers",
        }
    }

    /// The version of the writers' schema, and of the readers' schema.
    pub(crate) const fn roles(self) -> [&'static str; 2] {
        match self {
            Self::New => ["old", "new"],
            Self::Old => ["new", "old"],
        }
    }
}

/// A break or a note.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Which readers break; `None` for a note.
    pub reader: Option<Reader>,
    /// The place in the old schema, as a JSON pointer: the keyword if it is there, else the schema
    /// that applies to the value.
    pub old: String,
    /// The place in the new schema, as a JSON pointer.
    pub new: String,
    /// The index of the old version, if there are several.
    pub version: usize,
    /// One sentence that says what changed or breaks.
    pub message: String,
    /// A payload that is written and refused. It was evaluated against both schemas.
    pub witness: Option<Value>,
}

/// The result of a check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The verdict.
    pub verdict: Verdict,
    /// The findings: breaks first, then notes.
    pub findings: Vec<Finding>,
    /// Why the check is undecided, if it is.
    pub undecided: Vec<String>,
}

impl Report {
    /// The report for two documents if one of them cannot be read.
    pub(crate) fn unreadable(error: &Unreadable) -> Self {
        let place = if error.pointer.is_empty() { "#" } else { &error.pointer };
        let reason = format!("the {} schema cannot be read: `{place}` {}", error.side, error.what);
        Self { verdict: Verdict::Undecided, findings: Vec::new(), undecided: vec![reason] }
    }

    /// Adds another report: one break makes the result incompatible, and one undecided part makes
    /// it undecided.
    pub(crate) fn add(&mut self, other: Self) {
        self.verdict = match (self.verdict, other.verdict) {
            (Verdict::Incompatible, _) | (_, Verdict::Incompatible) => Verdict::Incompatible,
            (Verdict::Undecided, _) | (_, Verdict::Undecided) => Verdict::Undecided,
            _ => Verdict::Compatible,
        };
        self.findings.extend(other.findings);
        for reason in other.undecided {
            if !self.undecided.contains(&reason) {
                self.undecided.push(reason);
            }
        }
    }
}
