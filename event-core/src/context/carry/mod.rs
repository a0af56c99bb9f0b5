//! Carries context to another process: writes it into a job's headers, and reads it back.
//!
//! ```
//! use event_core::context::carry::Policy;
//! use event_core::context::{Actor, CorrelationId};
//! use event_core::{Context, InContext};
//!
//! // Both sides have the same policy. By default it carries the trace, the correlation id and the
//! // causation id.
//! let policy = || Policy::new().actor();
//!
//! // The service that enqueues the job ..
//! let _bound = (Actor::user("usr_7").enter(), CorrelationId("checkout-77".into()).enter());
//! let carried = Context::current().export(&policy());
//! assert_eq!(carried.text, r#"{"correlation_id":"checkout-77","actor":{"type":"user","id":"usr_7"}}"#);
//!
//! // .. and the worker that runs it.
//! let imported = Context::import(&carried.text, &policy());
//! assert!(imported.left_out.is_empty());
//! let job = async { /* .. events here have the actor and the id .. */ }.within(imported.context);
//! # let _ = job;
//! ```
//!
//! Do not trust the imported context: anyone who can write to the queue can write all of it. Every
//! part is checked and unknown keys are ignored, but the actor is not authenticated.

mod export;
mod import;

pub use export::Exported;
pub use import::Imported;

use super::trace::{InvalidId, TraceRule};
use super::{Binding, ContextGroup};
use crate::model::meta::GroupMeta;
use crate::value::read::{Object, ReadError};
use std::fmt;

/// The default maximum length of the text, in bytes: message brokers accept it as one header.
const MOST_BYTES: usize = 4096;
/// The text of a context without parts.
const EMPTY: &str = "{}";
const TRACE: &str = "trace";
const ACTOR: &str = "actor";
const CORRELATION: &str = "correlation_id";
const CAUSATION: &str = "causation_id";

/// The parts that may be carried, and the maximum length of the text. Other parts are neither
/// exported nor imported.
#[derive(Clone)]
pub struct Policy {
    actor: bool,
    groups: Vec<Carriable>,
    most_bytes: usize,
}

/// A group that may be carried, and the function that reads it.
#[derive(Clone, Copy)]
struct Carriable {
    group: &'static GroupMeta,
    read: fn(&mut Object<'_>) -> Result<Binding, ReadError>,
}

/// A part that was not carried. It does not store the part's contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The part: `trace`, `correlation_id`, `causation_id`, `actor`, the name of a group's type, or
    /// `text` for the whole.
    pub part: &'static str,
    /// The reason.
    pub reason: Reason,
}

/// The reason why a part was not carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The text is longer than the policy allows, or would be.
    TooLong {
        /// The maximum length in bytes.
        most: usize,
    },
    /// The text is not one valid JSON object. A repeated key and too deep nesting are invalid.
    NotAnObject,
    /// The id is not a valid [`ExternalId`](super::trace::ExternalId).
    Id(InvalidId),
    /// The trace breaks a rule of W3C Trace Context.
    Trace(TraceRule),
    /// A member is missing or does not match its declaration.
    NotAsDeclared,
    /// The declaration of a field excludes its value, so no event may carry the group.
    Refused,
    /// An earlier group of the policy has the same type name. Only the earlier group is carried.
    SameName,
}

impl Policy {
    /// A policy that carries the trace, the correlation id and the causation id, in at most 4096
    /// bytes.
    pub const fn new() -> Self {
        Self { actor: false, groups: Vec::new(), most_bytes: MOST_BYTES }
    }

    /// Also carries the actor.
    #[must_use]
    pub const fn actor(mut self) -> Self {
        self.actor = true;
        self
    }

    /// Also carries a group, under the name of its type. Masked fields are carried masked, and are
    /// masked again at the import, so they show the same or less. Fields with the masks `hash` and
    /// `custom` would change, so they are left out: they are `None` in the imported group, and a
    /// group that requires such a field cannot be imported.
    #[must_use]
    pub fn group<G: ContextGroup>(mut self) -> Self {
        if !self.groups.iter().any(|known| known.is(G::META)) {
            self.groups.push(Carriable { group: G::META, read: super::group::read_carried::<G> });
        }
        self
    }

    /// Sets the maximum length of the text, in bytes. The minimum is 2, the length of an empty
    /// context.
    #[must_use]
    pub const fn most_bytes(mut self, most: usize) -> Self {
        self.most_bytes = if most < EMPTY.len() { EMPTY.len() } else { most };
        self
    }

    /// Each group, and whether an earlier group has the same name.
    fn groups(&self) -> impl Iterator<Item = (&Carriable, bool)> {
        let name = |at: usize| self.groups[at].group.type_name;
        let shares = move |at: usize| (0..at).any(|before| name(before) == name(at));
        self.groups.iter().enumerate().map(move |(at, carriable)| (carriable, shares(at)))
    }
}

impl Carriable {
    fn is(self, group: &GroupMeta) -> bool {
        (self.group.type_name, self.group.module) == (group.type_name, group.module)
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups: Vec<_> =
            self.groups.iter().map(|carriable| carriable.group.type_name).collect();
        f.debug_struct("Policy")
            .field("actor", &self.actor)
            .field("groups", &groups)
            .field("most_bytes", &self.most_bytes)
            .finish()
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not carried: {}", self.part, self.reason)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { most } => {
                write!(f, "the text is longer than {most} bytes, or would be")
            }
            Self::NotAnObject => f.write_str(
                "the text is not one valid JSON object (a repeated key and deep nesting are refused)",
            ),
            Self::Id(invalid) => write!(f, "the id is not valid: {invalid}"),
            Self::Trace(rule) => write!(f, "the trace is not valid: {rule}"),
            Self::NotAsDeclared => f.write_str("a member is missing or is not as declared"),
            Self::Refused => f.write_str("a field has a value that its declaration excludes"),
            Self::SameName => f.write_str(
                "another group of the policy has the same name; rename one of the types",
            ),
        }
    }
}
