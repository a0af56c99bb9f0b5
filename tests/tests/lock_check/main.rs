//! The lock check: a change that breaks a locked version does not build, at the token that changed;
//! one that does not, builds.
#![allow(clippy::unwrap_used, reason = "a test")]

mod cargo;
mod case;
mod lock;
mod matrix;
mod packaged;
mod page;
mod rebuild;
mod shared;
