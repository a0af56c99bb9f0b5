//! The relay's contract: what it says about envelopes, and how it reads a lock.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod hostile;
mod judged;
mod lock_files;
mod locked;
