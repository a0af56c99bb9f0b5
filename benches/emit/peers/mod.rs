//! The peers, each as its documentation sets it up, none with more to write than the line needs.

pub(crate) mod emit;
pub(crate) mod metrique;
pub(crate) mod serde_json;
pub(crate) mod slog;
pub(crate) mod tracing;
