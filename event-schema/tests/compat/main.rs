//! Compatibility: every rule, both directions, every mode; and the answers against independent judges.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixtures;
mod judge;
