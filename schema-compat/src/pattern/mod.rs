//! Regular expressions of JSON Schema, as languages: is there a text that matches these patterns
//! and does not match those?
//!
//! Languages are closed under "and" and "not" and are walked by derivatives (Brzozowski 1964;
//! Owens, Reppy, Turon 2009), so no automaton is built in advance. A pattern that is not regular,
//! or that has look-behind or back references, has no language, and a question about it stays
//! undecided.

mod build;
mod language;
mod parse;
mod search;
mod table;

pub(super) use build::language_of;
pub(super) use language::{Language, WORK};
pub(super) use search::{Excluded, Found, Lengths, search};
pub(super) use table::Table;

/// This many parts of languages count as one part of other work.
pub(super) const PARTS_AT_ONCE: usize = 4;
