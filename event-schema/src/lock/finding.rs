//! Findings about a lock and the declarations.

use super::state::DamagedFile;
use crate::error::SchemaError;
use event_core::lock::{Broken, in_type};
use event_core::meta::EventMeta;
use event_grammar::lock::{Acceptance, VersionKey};
use serde_json::Value;
use std::collections::HashMap;

/// A difference between a lock and the declarations.
#[derive(Clone, Debug)]
pub struct LockFinding {
    /// The version.
    pub key: VersionKey,
    /// The declaration of the version, if there is one.
    pub event: Option<&'static EventMeta>,
    /// Other versions with the same cause: a change in a named type is one finding, even if many
    /// events have the type.
    pub also: Vec<VersionKey>,
    /// The kind of finding.
    pub kind: LockFindingKind,
}

/// The kinds of findings.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum LockFindingKind {
    /// A breaking change of a locked version.
    Break {
        /// The break.
        broken: Broken,
        /// A line of one side that the other side refuses, if the schemas give one.
        witness: Option<Value>,
    },
    /// A locked version is not declared.
    Undeclared,
    /// A breaking change that only the schemas show.
    SchemaBreak {
        /// The field; `None` for the keys of every line.
        field: Option<String>,
        /// The number of the revision that was compared.
        revision: usize,
        /// The finding of the engine.
        finding: Box<schema_compat::Finding>,
    },
    /// The engine cannot decide whether a change breaks a reader.
    Undecided {
        /// The field; `None` for the keys of every line.
        field: Option<String>,
        /// The reasons.
        reasons: Vec<String>,
    },
    /// A change that is not recorded.
    Unrecorded {
        /// The accepted breaks in the change, by rule and path.
        accepted: Vec<(&'static str, String)>,
        /// The compatible parts of the change: fields by name, `level`, ..
        changes: Vec<String>,
    },
    /// A version that is not locked yet.
    Draft,
    /// An acceptance without a break.
    UnusedAcceptance(Acceptance),
    /// An acceptance after its last day.
    ExpiredAcceptance(Acceptance),
    /// A stored file that is missing or changed.
    File(DamagedFile),
    /// An event that is declared after its expiry.
    Expired {
        /// The day of the expiry.
        since: &'static str,
    },
    /// A version without a schema.
    NoSchema(SchemaError),
    /// A fact of the baseline that is missing or different in the lock.
    TakenBack {
        /// A text that follows the name of the version.
        what: String,
    },
    /// A permission in the lock that the baseline did not have.
    NewlyAllowed {
        /// A text that follows the name of the version.
        what: String,
    },
}

impl LockFinding {
    /// A stored file that is missing or changed.
    pub fn of_file(file: DamagedFile, event: Option<&'static EventMeta>) -> Self {
        Self::new(file.key.clone(), event, LockFindingKind::File(file))
    }

    /// The kind, the rule and the path, if the path is in the declaration of a named type. Findings
    /// of several versions with the same three have one cause.
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

/// One finding per cause: the first version keeps it and lists the others.
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
