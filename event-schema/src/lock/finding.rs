//! What can be wrong between a lock and what is declared.

use super::state::DamagedFile;
use crate::error::SchemaError;
use event_core::lock::{Broken, in_type};
use event_core::meta::EventMeta;
use event_grammar::lock::{Acceptance, VersionKey};
use serde_json::Value;
use std::collections::HashMap;

/// Something between a lock and what is declared.
#[derive(Clone, Debug)]
pub struct LockFinding {
    /// The version.
    pub key: VersionKey,
    /// Its declaration, where there is one.
    pub event: Option<&'static EventMeta>,
    /// The other versions that have the same cause: a named type is compared once, however many
    /// events have it.
    pub also: Vec<VersionKey>,
    /// What it is.
    pub kind: LockFindingKind,
}

/// What can be between a lock and what is declared.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum LockFindingKind {
    /// A locked version changed so that somebody breaks.
    Break {
        /// How.
        broken: Broken,
        /// A line of one side that the other refuses, where the schemas give one.
        witness: Option<Value>,
    },
    /// A locked version is not declared.
    Undeclared,
    /// The schemas break somebody where the forms do not tell it.
    SchemaBreak {
        /// The field; none for the keys of every line.
        field: Option<String>,
        /// Against which revision.
        revision: usize,
        /// What the engine found.
        finding: Box<schema_compat::Finding>,
    },
    /// Whether the schemas break somebody could not be decided.
    Undecided {
        /// The field; none for the keys of every line.
        field: Option<String>,
        /// Why.
        reasons: Vec<String>,
    },
    /// A change that is not recorded.
    Unrecorded {
        /// The accepted breaks in it, by rule and path.
        accepted: Vec<(&'static str, String)>,
        /// What in it is compatible: fields by name, `level`, ..
        changes: Vec<String>,
    },
    /// A version that is not locked yet.
    Draft,
    /// An acceptance of a break that there is not.
    UnusedAcceptance(Acceptance),
    /// An acceptance whose last day is over.
    ExpiredAcceptance(Acceptance),
    /// A stored file that is missing or changed.
    File(DamagedFile),
    /// An event that should be gone by now.
    Expired {
        /// From which day.
        since: &'static str,
    },
    /// A version that cannot be described.
    NoSchema(SchemaError),
    /// Something that a baseline had and the lock has not, or not as it was.
    TakenBack {
        /// What, in a sentence about the version.
        what: String,
    },
    /// Something that the lock allows and a baseline did not.
    NewlyAllowed {
        /// What, in a sentence about the version.
        what: String,
    },
}

impl LockFinding {
    /// A stored file that is missing or changed.
    pub fn of_file(file: DamagedFile, event: Option<&'static EventMeta>) -> Self {
        Self::new(file.key.clone(), event, LockFindingKind::File(file))
    }

    /// What it is, the rule and the path, where that is in the declaration of a named type: what
    /// has these in several versions has one cause.
    fn cause(&self) -> Option<(&'static str, &str, &str)> {
        let (kind, rule, path) = match &self.kind {
            LockFindingKind::Break { broken, .. } => ("break", broken.rule.id(), &broken.path),
            LockFindingKind::UnusedAcceptance(accepted) => {
                ("unused", accepted.rule.as_str(), &accepted.path)
            }
            LockFindingKind::ExpiredAcceptance(accepted) => {
                ("expired", accepted.rule.as_str(), &accepted.path)
            }
            _ => return None,
        };
        in_type(path).map(|_| (kind, rule, path.as_str()))
    }

    pub(super) const fn new(
        key: VersionKey,
        event: Option<&'static EventMeta>,
        kind: LockFindingKind,
    ) -> Self {
        Self { key, event, also: Vec::new(), kind }
    }
}

/// One finding for each cause: the first version keeps it, and names the others.
pub(super) fn by_cause(findings: Vec<LockFinding>) -> Vec<LockFinding> {
    let mut kept: Vec<LockFinding> = Vec::new();
    let mut known: HashMap<(&'static str, String, String), usize> = HashMap::new();
    for finding in findings {
        let cause =
            finding.cause().map(|(kind, rule, path)| (kind, rule.to_owned(), path.to_owned()));
        match cause.as_ref().and_then(|cause| known.get(cause)) {
            Some(first) => kept[*first].also.push(finding.key),
            None => {
                known.extend(cause.map(|cause| (cause, kept.len())));
                kept.push(finding);
            }
        }
    }
    kept
}
