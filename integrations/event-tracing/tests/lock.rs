//! The version that the crate has locked stays readable, and its lock matches the declaration.
#![allow(missing_docs, reason = "a test")]

use event_core::catalog;
use event_tracing::Tracing;

catalog!(
    pub enum Shipped {
        Tracing(Tracing),
    }
);

event_cli::lock_tests!(Shipped, CATALOG);
