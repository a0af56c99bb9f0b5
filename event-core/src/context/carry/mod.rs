//! Context that goes to another process: written into a job's headers, and read from them.
//!
//! ```
//! use event_core::context::carry::Policy;
//! use event_core::context::{Actor, CorrelationId};
//! use event_core::{Context, InContext};
//!
//! // Both sides have one policy. Without a word more it carries the trace, the correlation id and the causation id.
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
//! Whoever can write into the queue can write any of it: every part is checked, unknown keys are
//! ignored, and nothing here is proof of who acts.

mod export;
mod import;

pub use export::Exported;
pub use import::Imported;

use super::trace::{InvalidId, TraceRule};
use super::{Binding, ContextGroup};
use crate::model::meta::GroupMeta;
use crate::value::read::{Object, ReadError};
use std::fmt;

/// The longest text, unless the policy says otherwise: what message brokers take as one header.
const MOST_BYTES: usize = 4096;
/// Of a context that has nothing to carry.
const EMPTY: &str = "{}";
const TRACE: &str = "trace";
const ACTOR: &str = "actor";
const CORRELATION: &str = "correlation_id";
const CAUSATION: &str = "causation_id";

/// What may be carried, and how long the text may be. Parts that are not named here are neither
/// exported nor imported.
#[derive(Clone)]
pub struct Policy {
    actor: bool,
    groups: Vec<Carriable>,
    most_bytes: usize,
}

/// A group that may be carried, and how it is read.
#[derive(Clone, Copy)]
struct Carriable {
    group: &'static GroupMeta,
    read: fn(&mut Object<'_>) -> Result<Binding, ReadError>,
}

/// A part that was not carried. It holds nothing of the part's contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Which part: `trace`, `correlation_id`, `causation_id`, `actor`, the name of a group's type,
    /// or `text` for the whole.
    pub part: &'static str,
    /// Why.
    pub reason: Reason,
}

/// Why a part was not carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The text would be, or is, longer than the policy allows.
    TooLong {
        /// The most, in bytes.
        most: usize,
    },
    /// The text is not one valid JSON object, in which no key is there twice and nothing is nested
    /// deeper than a reader accepts.
    NotAnObject,
    /// The id is not one that [`ExternalId`](super::trace::ExternalId) takes.
    Id(InvalidId),
    /// The trace breaks a rule of W3C Trace Context.
    Trace(TraceRule),
    /// A member is missing, or is not as declared.
    NotAsDeclared,
    /// A field has a value that its declaration excludes: no event may carry the group.
    Refused,
    /// Another group that the policy names has a type of this name. Only the first of them is
    /// carried.
    SameName,
}

impl Policy {
    /// The trace, the correlation id and the causation id, in at most 4096 bytes.
    pub const fn new() -> Self {
        Self { actor: false, groups: Vec::new(), most_bytes: MOST_BYTES }
    }

    /// The actor too.
    #[must_use]
    pub const fn actor(mut self) -> Self {
        self.actor = true;
        self
    }

    /// A group too, under the name of its type. Its masked fields are carried masked, and masked
    /// again when they are imported: they show the same or less. Fields with the masks `hash` and
    /// `custom`, which would not stay the same, are left out: they are `None` in the imported
    /// group, and a group that requires one cannot be imported.
    #[must_use]
    pub fn group<G: ContextGroup>(mut self) -> Self {
        if !self.groups.iter().any(|known| known.is(G::META)) {
            self.groups.push(Carriable { group: G::META, read: super::group::read_carried::<G> });
        }
        self
    }

    /// The longest text, in bytes; 2 at least, for the text of a context that has nothing to carry.
    #[must_use]
    pub const fn most_bytes(mut self, most: usize) -> Self {
        self.most_bytes = if most < EMPTY.len() { EMPTY.len() } else { most };
        self
    }

    /// Each group, and whether its name is that of one before it.
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
                "the text is not one valid JSON object (a key that is there twice and deep \
                 nesting are refused)",
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
