//! Records as OTLP messages: one encoder, which protobuf and JSON are written by.

mod batch;
mod field;
mod json;
#[cfg(feature = "http")]
mod protobuf;
mod record;
mod service;
mod severity;
mod wire;

pub(crate) use batch::Batch;
pub(crate) use json::Json;
#[cfg(feature = "http")]
pub(crate) use protobuf::Protobuf;
#[cfg(feature = "opentelemetry")]
pub(crate) use record::{RECORD_UID, VERSION, hex, is_timeless};
pub(crate) use service::{Service, write_resource_attribute};
#[cfg(feature = "opentelemetry")]
pub(crate) use severity::severity;
pub(crate) use wire::{SPARE, Wire};
