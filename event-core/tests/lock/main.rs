//! The comparison of what is locked with what is declared, from outside: forms, breaks,
//! fingerprints.
#![allow(clippy::unwrap_used, dead_code, reason = "a test; what it declares is compared, not used")]

mod derived;
mod fingerprints;
mod forms;
mod locked;
mod ranges;
mod rules;
