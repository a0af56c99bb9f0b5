//! The ambient values, encoded when they are bound. Every event carries them without a declaration.

use super::Actor;
use crate::context::trace::TraceContext;
use crate::value::Str;
use crate::value::encode::{Encoder, Preencoded};
use std::sync::Arc;

/// All ambient values that are bound at one place.
#[derive(Clone, Default)]
pub(crate) struct Ambient {
    actor: Option<Arc<Encoded<Actor<'static>>>>,
    trace: Option<Arc<Encoded<TraceContext>>>,
    correlation: Option<Arc<Encoded<CorrelationId<'static>>>>,
    causation: Option<Arc<Encoded<CausationId<'static>>>>,
}

/// A value, which can be read back, and its encoded members, which events copy.
pub(super) struct Encoded<T> {
    value: T,
    members: Preencoded,
}

/// One ambient value.
pub(super) enum Part {
    Actor(Arc<Encoded<Actor<'static>>>),
    Trace(Arc<Encoded<TraceContext>>),
    Correlation(Arc<Encoded<CorrelationId<'static>>>),
    Causation(Arc<Encoded<CausationId<'static>>>),
}

/// Relates events of one purpose across services and time: the number of an order or of a saga.
///
/// An event may declare a context group with a field `correlation_id`. If the group is bound, the
/// event carries the group's field. If not, the event carries this id in its place, provided that
/// the field is plain text without a mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrelationId<'a>(pub Str<'a>);

/// The id of the event that caused this event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CausationId<'a>(pub Str<'a>);

impl Ambient {
    /// The outer ambient values, with one of them replaced.
    pub(super) fn with(outer: Option<&Self>, part: &Part) -> Self {
        let mut ambient = outer.cloned().unwrap_or_default();
        match part {
            Part::Actor(actor) => ambient.actor = Some(actor.clone()),
            Part::Trace(trace) => ambient.trace = Some(trace.clone()),
            Part::Correlation(id) => ambient.correlation = Some(id.clone()),
            Part::Causation(id) => ambient.causation = Some(id.clone()),
        }
        ambient
    }

    pub(crate) fn actor(&self) -> Option<&Actor<'static>> {
        Some(&self.actor.as_deref()?.value)
    }

    /// The trace. Its id decides samples, and outgoing calls carry it.
    pub(crate) fn trace(&self) -> Option<&TraceContext> {
        Some(&self.trace.as_deref()?.value)
    }

    pub(crate) fn correlation(&self) -> Option<&CorrelationId<'static>> {
        Some(&self.correlation.as_deref()?.value)
    }

    pub(crate) fn causation(&self) -> Option<&CausationId<'static>> {
        Some(&self.causation.as_deref()?.value)
    }

    pub(crate) fn actor_member(&self) -> Option<&Preencoded> {
        Some(&self.actor.as_deref()?.members)
    }

    pub(crate) fn trace_members(&self) -> Option<&Preencoded> {
        Some(&self.trace.as_deref()?.members)
    }

    pub(crate) fn correlation_member(&self) -> Option<&Preencoded> {
        Some(&self.correlation.as_deref()?.members)
    }

    pub(crate) fn causation_member(&self) -> Option<&Preencoded> {
        Some(&self.causation.as_deref()?.members)
    }
}

impl Part {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Actor(_) => "Actor",
            Self::Trace(_) => "Trace",
            Self::Correlation(_) => "CorrelationId",
            Self::Causation(_) => "CausationId",
        }
    }
}

/// Encodes a value when it is bound.
pub(super) fn encoded<T>(value: T, encode: impl FnOnce(&T, &mut Encoder)) -> Arc<Encoded<T>> {
    let members = Preencoded::new(|out| encode(&value, out));
    Arc::new(Encoded { value, members })
}
