//! The block that a catalog joins.

use event_core::{Str, events};
use std::collections::BTreeMap;

events!(
    /// What libraries log by `tracing`.
    #[domain(require(docs))]
    pub enum Tracing {
        /// An event of `tracing`: what `tracing::info!` and its like make.
        Event,
    }

    /// How severe an event of `tracing` is.
    #[derive(Clone, Copy, PartialEq, Eq)]
    #[value(rename_all = "snake_case")]
    pub enum TracingSeverity {
        /// `TRACE`.
        Trace,
        /// `DEBUG`.
        Debug,
        /// `INFO`.
        Info,
        /// `WARN`.
        Warn,
        /// `ERROR`.
        Error,
    }

    /// The value of a field of `tracing`.
    #[derive(Clone, PartialEq)]
    #[value(untagged)]
    pub enum TracingValue {
        /// A truth value.
        Bool(bool),
        /// A whole number.
        Integer(i64),
        /// A whole number above those of `Integer`.
        Large(u64),
        /// A number with a fraction.
        Float(f64),
        /// A text, or the `Debug` text of any other value.
        Text(String),
    }

    /// A library logged something that is not a declared event.
    #[event(level = match severity { Error => error, Warn => warning, Info => info, Debug => debug, Trace => trace })]
    pub struct TracingEventReceived<'a> {
        /// Its severity in `tracing`.
        pub severity: TracingSeverity,
        /// Where it comes from: the path of the module, if the library does not say otherwise.
        #[field(example = "hyper::proto::h1")]
        pub target: Str<'a>,
        /// Its text, as the library wrote it. Nothing in it is masked.
        #[field(skip_none)]
        pub message: Option<Str<'a>>,
        /// Its other fields. The value of a field whose name looks sensitive is `[redacted]`.
        pub fields: BTreeMap<String, TracingValue>,
        /// The source file.
        #[field(skip_none)]
        pub file: Option<Str<'a>>,
        /// The line in the source file.
        #[field(skip_none)]
        pub line: Option<u32>,
    }
);
