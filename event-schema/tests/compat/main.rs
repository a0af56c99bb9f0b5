//! Compatibility: every rule, both directions, every mode; and the answers against independent judges.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod bounded;
mod brute;
mod fixtures;
mod judge;
mod random;
mod serde_truth;
mod threads;
