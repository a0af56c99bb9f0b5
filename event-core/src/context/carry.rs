//! Context that goes to another process: written into a job's headers, and read from them.
//!
//! ```
//! use event_core::carry::Policy;
//! use event_core::{Actor, Context, CorrelationId, InContext};
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

use super::{Actor, ActorKind, Binding, CausationId, Context, CorrelationId};
use crate::context::ContextGroup;
use crate::model::meta::GroupMeta;
use crate::trace::{ExternalId, HeaderRule, InvalidHeader, InvalidId, TraceContext};
use crate::value::encode::Encoder;
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
const GROUPS: &str = ",\"groups\":{";

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

/// What a context was exported as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// One JSON object on one line: for a header or a column.
    pub text: String,
    /// The bound parts that the policy names and the text does not have.
    pub left_out: Vec<LeftOut>,
}

/// What a context was imported as.
#[derive(Clone, Debug)]
pub struct Imported {
    /// To be entered: it is the whole context, and lets nothing show through that is bound outside.
    pub context: Context,
    /// The parts that the text has and the context does not.
    pub left_out: Vec<LeftOut>,
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
    /// The id is not one that [`ExternalId`] takes.
    Id(InvalidId),
    /// The trace breaks a rule of W3C Trace Context.
    Trace(HeaderRule),
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

impl Context {
    /// Writes what is bound and what `policy` names. A part that would make the text too long, or
    /// would not be imported, is left out as a whole and reported; the trace comes first, then the
    /// ids, the actor, and the groups as the policy names them.
    pub fn export(&self, policy: &Policy) -> Exported {
        let mut export =
            Export { policy, parts: Encoder::new(), groups: Encoder::new(), left_out: Vec::new() };
        if let Some(ambient) = self.ambient() {
            if let Some(trace) = ambient.trace() {
                export.part(TRACE, |out| {
                    out.text_member(",\"traceparent\":", &trace.traceparent().to_string());
                    if !trace.tracestate().is_empty() {
                        out.text_member(",\"tracestate\":", &trace.tracestate().to_string());
                    }
                });
            }
            if let Some(id) = ambient.correlation() {
                export.checked(CORRELATION, [&*id.0], |out| {
                    out.preencoded_if(ambient.correlation_member())
                });
            }
            if let Some(id) = ambient.causation() {
                export.checked(CAUSATION, [&*id.0], |out| {
                    out.preencoded_if(ambient.causation_member())
                });
            }
            if let Some(actor) = ambient.actor().filter(|_| policy.actor) {
                let ids = std::iter::once(actor.id()).chain(actor.session_id());
                export.checked(ACTOR, ids, |out| out.preencoded_if(ambient.actor_member()));
            }
        }
        for (carriable, shares_name) in policy.groups() {
            match super::group::carried(self, carriable.group) {
                None => {}
                Some(_) if shares_name => {
                    export.leave_out(carriable.group.type_name, Reason::SameName)
                }
                Some(Ok(members)) => export.group(carriable.group.type_name, members.bytes()),
                Some(Err(_)) => export.leave_out(carriable.group.type_name, Reason::Refused),
            }
        }
        export.finish()
    }

    /// Reads what [`Context::export`] has written and what `policy` names. It cannot fail: a part
    /// that is not valid is left out and reported.
    ///
    /// The trace is that of a new span, whose parent is the span that was bound where the context
    /// was exported: the job is a step of its own.
    pub fn import(text: &str, policy: &Policy) -> Imported {
        let mut import = Import { context: Self::empty(), left_out: Vec::new() };
        if text.len() > policy.most_bytes {
            import.leave_out("text", Reason::TooLong { most: policy.most_bytes });
        } else if let Ok(object) = Object::parse(text) {
            import.parts(object, policy);
        } else {
            import.leave_out("text", Reason::NotAnObject);
        }
        Imported { context: import.context, left_out: import.left_out }
    }
}

/// An export, as it is written.
struct Export<'a> {
    policy: &'a Policy,
    /// Members, each with a comma before it.
    parts: Encoder,
    groups: Encoder,
    left_out: Vec<LeftOut>,
}

impl Export<'_> {
    fn leave_out(&mut self, part: &'static str, reason: Reason) {
        self.left_out.push(LeftOut { part, reason });
    }

    /// Adds a part that has ids, if they are what an import takes.
    fn checked<'i>(
        &mut self,
        part: &'static str,
        ids: impl IntoIterator<Item = &'i str>,
        write: impl FnOnce(&mut Encoder),
    ) {
        match ids.into_iter().try_for_each(|id| ExternalId::parse(id).map(drop)) {
            Ok(()) => self.part(part, write),
            Err(invalid) => self.leave_out(part, Reason::Id(invalid)),
        }
    }

    fn part(&mut self, part: &'static str, write: impl FnOnce(&mut Encoder)) {
        let before = self.parts.len();
        write(&mut self.parts);
        // The first comma goes, and two braces come.
        if self.parts.len() + 1 > self.policy.most_bytes {
            self.parts.truncate(before);
            self.leave_out(part, Reason::TooLong { most: self.policy.most_bytes });
        }
    }

    fn group(&mut self, name: &'static str, members: &[u8]) {
        let before = self.groups.len();
        self.groups.json(",");
        self.groups.text(name);
        self.groups.json(":{");
        self.groups.json_bytes(members.strip_prefix(b",").unwrap_or(members));
        self.groups.json("}");
        // Of the groups too: the first comma goes, and a brace comes.
        if self.parts.len() + 1 + GROUPS.len() + self.groups.len() > self.policy.most_bytes {
            self.groups.truncate(before);
            self.leave_out(name, Reason::TooLong { most: self.policy.most_bytes });
        }
    }

    fn finish(mut self) -> Exported {
        if let Some(groups) = self.groups.bytes().strip_prefix(b",") {
            self.parts.json(GROUPS);
            self.parts.json_bytes(groups);
            self.parts.json("}");
        }
        // The encoder copies text and ASCII only.
        let members = str::from_utf8(self.parts.bytes()).unwrap_or_default();
        let text = format!("{{{}}}", members.strip_prefix(',').unwrap_or(members));
        Exported { text, left_out: self.left_out }
    }
}

/// An import, as it is read.
struct Import {
    context: Context,
    left_out: Vec<LeftOut>,
}

impl Import {
    fn leave_out(&mut self, part: &'static str, reason: Reason) {
        self.left_out.push(LeftOut { part, reason });
    }

    fn parts(&mut self, mut object: Object<'_>, policy: &Policy) {
        self.trace(&mut object);
        if let Some(id) = self.id(CORRELATION, &mut object) {
            self.context = self.context.with(&CorrelationId(id.as_str().into()));
        }
        if let Some(id) = self.id(CAUSATION, &mut object) {
            self.context = self.context.with(&CausationId(id.as_str().into()));
        }
        if policy.actor
            && let Ok(Some(input)) = object.take(ACTOR, &[])
        {
            match input.object().map_err(|_| Reason::NotAsDeclared).and_then(actor) {
                Ok(actor) => self.context = self.context.with(&actor),
                Err(reason) => self.leave_out(ACTOR, reason),
            }
        }
        let Ok(Some(groups)) = object.take("groups", &[]) else { return };
        let Ok(mut groups) = groups.object() else {
            return self.leave_out("groups", Reason::NotAsDeclared);
        };
        for (carriable, _) in policy.groups().filter(|(_, shares_name)| !shares_name) {
            let Ok(Some(input)) = groups.take(carriable.group.type_name, &[]) else { continue };
            match input.object().and_then(|mut object| (carriable.read)(&mut object)) {
                Ok(binding) => self.context = self.context.with(&binding),
                Err(_) => self.leave_out(carriable.group.type_name, Reason::NotAsDeclared),
            }
        }
    }

    fn trace(&mut self, object: &mut Object<'_>) {
        let parent = text("traceparent", object).transpose();
        let state = text("tracestate", object);
        let Some(parent) = parent else {
            // A state says nothing without the trace that it is of.
            if !matches!(state, Ok(None)) {
                self.leave_out(TRACE, Reason::NotAsDeclared);
            }
            return;
        };
        let read = parent.and_then(|parent| {
            let state = state?;
            TraceContext::from_headers(&parent, state.as_deref())
                .map_err(|invalid| Reason::Trace(invalid.rule()))
        });
        match read {
            Ok(read) => {
                self.context = self.context.with(&read.value.child());
                read.discarded
                    .iter()
                    .map(InvalidHeader::rule)
                    .for_each(|rule| self.leave_out(TRACE, Reason::Trace(rule)));
            }
            Err(reason) => self.leave_out(TRACE, reason),
        }
    }

    fn id(&mut self, part: &'static str, object: &mut Object<'_>) -> Option<ExternalId> {
        match id(part, object) {
            Ok(id) => id,
            Err(reason) => {
                self.leave_out(part, reason);
                None
            }
        }
    }
}

fn actor(mut object: Object<'_>) -> Result<Actor<'static>, Reason> {
    let word = text("type", &mut object)?.ok_or(Reason::NotAsDeclared)?;
    let kind = ActorKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == word)
        .ok_or(Reason::NotAsDeclared)?;
    let key = id("id", &mut object)?.ok_or(Reason::NotAsDeclared)?;
    let actor = Actor::new(kind, key.as_str().to_owned());
    Ok(match id("session_id", &mut object)? {
        Some(session) => actor.session(session.as_str().to_owned()),
        None => actor,
    })
}

fn id(key: &str, object: &mut Object<'_>) -> Result<Option<ExternalId>, Reason> {
    text(key, object)?.map(|text| ExternalId::parse(&text).map_err(Reason::Id)).transpose()
}

fn text(key: &str, object: &mut Object<'_>) -> Result<Option<String>, Reason> {
    let found = object.take(key, &[]).map_err(|_| Reason::NotAsDeclared)?;
    found.map(|input| input.text().map(Into::into).map_err(|_| Reason::NotAsDeclared)).transpose()
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
