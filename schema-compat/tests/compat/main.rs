//! Compatibility: every rule, in both directions, for either readers; and the answers against independent
//! judges.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod alternatives;
mod bounded;
mod brute;
mod circles;
mod clock;
mod confluent;
mod deep;
mod documentation;
mod fixtures;
mod formats;
mod judge;
mod models;
mod random;
mod random_pairs;
mod readings;
mod registry;
mod rng;
mod serde_pairs;
mod serde_truth;
mod sizes;
mod soundness;
mod threads;
mod undecided;
mod validator;
mod written;
