//! Domain events as compile-time contracts.
//!
//! Declare events in a catalog; a misspelt name, a leaking field or a changed one does not build. See the [`events!`] macro for the language.
//!
//! What is here, in the order of an event's life: names and levels ([`Level`], [`Status`]), descriptors ([`meta`], [`shape`], [`Catalog`]), values
//! ([`EventValue`], [`Str`], [`Secret`], [`mask`]), emission ([`Emitter`], [`Sink`], [`Capture`]) and reading ([`read`]).

// The macros' output names `::event_core`; so do this crate's own docs and tests.
extern crate self as event_core;

mod catalog;
mod check;
mod decode;
mod emit;
mod encode;
mod event;
pub mod mask;
pub mod meta;
pub mod read;
pub mod shape;
mod time;
mod value;

pub use catalog::{Catalog, DomainMeta, Part, PartMeta};
pub use decode::{DecodeError, Header, Unknown};
pub use emit::{
    AlreadyInstalled, Builder, Capture, Captured, ContextGuard, Emitter, EventSink, Guard, JsonLines, Record, Report,
    Scope, Sink,
};
pub use encode::{Encoder, Fields};
pub use event::{Change, ContextGroup, Event, Group, UpcastFrom, VersionBefore};
pub use event_grammar::{Level, STATUSES, Status, StatusClass};
pub use event_macros::{DomainEvent, EventValue, catalog, events};
pub use time::Timestamp;
pub use value::{EventValue, Opaque, Secret, Str};

#[doc(hidden)]
pub mod __private;
