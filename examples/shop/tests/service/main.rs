//! The shop as its users have it: the program, over HTTP, with a directory of its own.

mod client;
mod data;
mod load;
mod program;
mod requests;
mod shutdown;
