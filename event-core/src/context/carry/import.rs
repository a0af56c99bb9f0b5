//! Text, as what can be bound.

use super::{ACTOR, CAUSATION, CORRELATION, LeftOut, Policy, Reason, TRACE};
use crate::context::trace::{ExternalId, InvalidTrace, TraceContext};
use crate::context::{Actor, ActorKind, CausationId, Context, CorrelationId};
use crate::value::read::Object;

/// What a context was imported as.
#[derive(Clone, Debug)]
pub struct Imported {
    /// To be entered: it is the whole context, and lets nothing show through that is bound outside.
    pub context: Context,
    /// The parts that the text has and the context does not.
    pub left_out: Vec<LeftOut>,
}

impl Context {
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
