//! Context: data that is bound for a scope and carried by the events in it. It consists of groups,
//! the actor, the trace and the emitter.
//!
//! A scope is a future ([`InContext::in_context`]) or, in synchronous code, a guard on a thread
//! ([`ContextGuard`]). A guard must not be held over an `.await`. An inner binding replaces an
//! outer binding of the same kind. Fields given at the call are separate: context has other fields.
//! A new thread and a spawned task start without context; give them [`Context::current`].

mod actor;
mod ambient;
mod binding;
mod bound_ambient;
mod bound_group;
pub mod carry;
mod frame;
mod future;
mod group;
pub(crate) mod random;
mod stack;
pub mod trace;
mod trace_source;

pub use actor::{Actor, ActorKind};
pub use binding::{Bind, Binding};
pub use bound_ambient::{CausationId, CorrelationId};
pub use frame::Context;
pub use future::{InContext, WithContext};
pub use group::{ContextGroup, NotUpdated};
pub use stack::ContextGuard;

pub(crate) use group::{fills, write_groups};
pub(crate) use stack::{bound_emitter, is_anything_bound, with_current};
pub(crate) use trace_source::{AskedTrace, TraceSource};
