//! A package of tests: what must not build (`tests/ui`), and what must (`tests/*.rs`).
//! README.md says which test answers which question.

pub mod sources;
