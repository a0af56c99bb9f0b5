//! Regular expressions as JSON Schema uses them, decided and not only matched: is there a text that
//! these match and those do not?
//!
//! Languages are closed under "and" and "not" and are walked by derivatives (Brzozowski 1964;
//! Owens, Reppy, Turon 2009), so the question needs no automaton that is built in advance. What is
//! not regular, or not by itself (look-behind, back references), has no language, and whoever asks
//! gets no answer.

mod build;
mod language;
mod parse;
mod search;

pub(super) use build::language_of;
pub(super) use language::{Language, WORK};
pub(super) use search::{Excluded, Found, Lengths, search};

/// So many parts of languages are looked at in the time that a part of anything else takes.
pub(super) const PARTS_AT_ONCE: usize = 4;
