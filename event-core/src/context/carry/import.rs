//! Reads a context from text.

use super::{ACTOR, CAUSATION, CORRELATION, LeftOut, Policy, Reason, TRACE};
use crate::context::trace::{ExternalId, InvalidTrace, TraceContext};
use crate::context::{Actor, ActorKind, CausationId, Context, CorrelationId};
use crate::value::read::Object;

/// The result of an import.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The context to enter. It is a whole context, so it hides all outer bindings.
    pub context: Context,
    /// The parts of the text that the context lacks.
    pub left_out: Vec<LeftOut>,
}

impl Context {
    /// Reads the parts of a text from [`Context::export`] that `policy` names. It cannot fail: an
    /// invalid part is left out and reported.
    ///
    /// The imported trace has a new span. Its parent is the span that was bound at the export, so
    /// the job is a step of its own.
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

/// The state of an import.
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
            // A `tracestate` without its `traceparent` is useless.
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
                    .map(InvalidTrace::rule)
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
