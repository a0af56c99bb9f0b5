//! What is bound for a scope and goes with the events in it: groups, the actor, the trace, an
//! emitter.
//!
//! A scope is a future ([`InContext::in_context`]) or, in synchronous code, a guard on a thread
//! ([`ContextGuard`]). A guard must not be held over an `.await`. Of two bindings of one thing the
//! inner one holds, and what an event is given at the call is its own: context has other fields. A
//! new thread and a spawned task start with nothing bound; [`Context::current`] is what they are
//! handed.

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
