//! The shop as its users have it: the program, over HTTP, with a directory of its own.

#![allow(clippy::unwrap_used, reason = "a test may")]
#![allow(clippy::print_stdout, reason = "a test that is run for its figures prints them")]

mod client;
mod data;
mod load;
mod program;
mod requests;
mod shutdown;
