//! The file `events.lock`: the locked contract of every version of every event.
//!
//! The macros read it at compile time, and the command reads and writes it, so its format is in
//! this crate. It is a JSON object with one member per line:
//!
//! ```json
//! {
//! "lock_format": 2,
//! "package": "shop",
//!
//! "type shop::model::Address#2d1c76c1a3c0f6b2": "{street:text,zip:text?}",
//!
//! "payment_process_failed@1 type": "payment.process.failed",
//! "payment_process_failed@1 stage": "locked",
//! "payment_process_failed@1 mode": "full-transitive",
//! "payment_process_failed@1 r0 fingerprint": "e9df1680cb3fce03",
//! "payment_process_failed@1 r0 level": "error",
//! "payment_process_failed@1 r0 .address": "&shop::model::Address",
//! "payment_process_failed@1 r0 .amount_cents": "i64",
//! "payment_process_failed@1 r0 group shop::RequestContext": "context",
//! "payment_process_failed@1 r0 types": "2d1c76c1a3c0f6b2 88a1d0b7c5e40f21",
//! "payment_process_failed@1 sum": "5c1a0d6f4c1de2a7",
//!
//! "lock_end": 2
//! }
//! ```
//!
//! The form of a named type is written once, under its path and a digest of path and form. A
//! revision lists the digests of all the types that it reaches, so the lock says exactly which form
//! of a type the revision was locked with. Lines that begin with `reader ` and `number ` are
//! reserved: this version keeps them unchanged.
//!
//! Every line names its version or its type, so no two lines are equal except empty lines. Two
//! branches that lock different events change different lines, and a merge that keeps the lines of
//! both sides (`events.lock merge=union` in `.gitattributes`) gives a complete lock. A lock has one
//! spelling: types, then versions, sorted by name and number, their lines as above. [`Lock::parse`]
//! refuses a text that [`Lock::render`] would not write. The digests and the sum over a version's
//! lines tell a merge from an edit by hand.

mod draft;
mod error;
mod line;
mod locked;
mod manifest;
mod mode;
mod read;
mod stage;
mod stored;
mod sum;
mod types;
mod write;

pub use error::{LockError, LockErrorKind};
pub use locked::{Acceptance, FILE, FORMAT, Lock, NamedType, Revision, Version, VersionKey};
pub use manifest::{catalog_path, lock_path};
pub use mode::Mode;
pub use stage::Stage;
pub use stored::{DIRECTORY, digest, schema_file};
pub use types::TypesOf;

#[cfg(test)]
mod tests;
