//! A package of tests: what must not build (`tests/ui`), and what must (`tests/*.rs`).
