//! Regular expressions as JSON Schema uses them, decided and not only matched: is there a text that these match and those do not?
//!
//! Languages are closed under "and" and "not" and are walked by derivatives (Brzozowski 1964; Owens, Reppy, Turon 2009), so the question needs no automaton
//! that is built in advance. What is not regular (look-around, back references) has no language, and whoever asks gets no answer.

mod language;
mod parse;
mod search;

pub(super) use language::Language;
pub(super) use search::{Found, Lengths, search};

/// The texts in which the pattern is found; none if it is not regular or not understood.
pub(super) fn language_of(pattern: &str) -> Option<Language> {
    parse::parse(pattern)
}
