//! What a check comes to.

use crate::rules::Rule;
use crate::source::Unreadable;
use serde_json::Value;

/// The answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// Everything that is written is read.
    #[default]
    Compatible,
    /// Something that is written is refused.
    Incompatible,
    /// Not decided: a schema cannot be read, says something that is not decided, or would take too
    /// long.
    Undecided,
}

/// Whose reading breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Readers with the new schema, on what was written under the old one.
    New,
    /// Readers with the old schema, on what is written under the new one.
    Old,
}

impl Reader {
    /// In words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new readers",
            Self::Old => "old readers",
        }
    }

    /// Which schema is the writers', and which the readers'.
    pub(crate) const fn roles(self) -> [&'static str; 2] {
        match self {
            Self::New => ["old", "new"],
            Self::Old => ["new", "old"],
        }
    }
}

/// Something that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which rule it is about.
    pub rule: &'static Rule,
    /// Who breaks; nobody, where it is a note.
    pub reader: Option<Reader>,
    /// Where in the old schema, as a JSON pointer: the keyword if it is there, or the schema that
    /// is there for the value.
    pub old: String,
    /// Where in the new schema, as a JSON pointer.
    pub new: String,
    /// Which of several old versions, counted from 0.
    pub version: usize,
    /// What it is, in a sentence.
    pub message: String,
    /// A payload that is written and refused. It has been evaluated against both schemas.
    pub witness: Option<Value>,
}

/// What a check comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The answer.
    pub verdict: Verdict,
    /// What was found: breaks first, then notes.
    pub findings: Vec<Finding>,
    /// Why it is undecided, where it is.
    pub undecided: Vec<String>,
}

impl Report {
    /// The answer about two documents of which one cannot be read.
    pub(crate) fn unreadable(error: &Unreadable) -> Self {
        let place = if error.pointer.is_empty() { "#" } else { &error.pointer };
        let reason = format!("the {} schema cannot be read: `{place}` {}", error.side, error.what);
        Self { verdict: Verdict::Undecided, findings: Vec::new(), undecided: vec![reason] }
    }

    /// Joins another report: what breaks once is broken, what is undecided once is undecided.
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
