//! The lock and the declarations of a catalog: records versions, checks declarations, compares
//! states.
//!
//! The file `events.lock` ([`event_grammar::lock`]) has forms and digests. The schemas and golden
//! samples of these digests are beside it in the directory [`DIRECTORY`]. Both together are a
//! [`State`]. This module does not read or write files: the command does, and passes states.
//!
//! ```
//! use event_grammar::lock::Lock;
//! use event_schema::lock::{Request, State, check, plan};
//!
//! # fn demo(catalog: &event_core::Catalog) {
//! let state = State { lock: Lock::new("shop"), ..State::default() };
//! let plan = plan(catalog, &state, &Request::default()).expect("nothing is locked, so nothing breaks");
//! assert_eq!(plan.steps.len(), catalog.events().count());
//! assert!(check(catalog, &plan.state, "2026-11-21").is_empty());
//! # }
//! ```
//!
//! The files of a version are written once: the schemas of a revision when the revision is
//! recorded, the samples when the version is locked. So the lock stays valid while files for the
//! next lock are written beside it.

mod accept;
mod baseline;
mod changelog;
mod check;
mod comparison;
mod contracts;
mod declared;
mod diff;
mod digest;
mod fields;
mod finding;
mod frozen;
mod model;
mod plain;
mod plan;
mod state;
mod verdict;
mod wire;

pub use accept::{AcceptError, accept, accept_of_type, is_day, withdraw, withdraw_of_type};
pub use baseline::check_against;
pub use changelog::{
    EventHistory, FirstLocked, Migration, RevisionHistory, Succession, VersionHistory, changelog,
};
pub use check::check;
pub use comparison::{Breaks, breaks};
pub use contracts::{RevisionSchemas, readers};
pub use diff::{Diff, VersionChange, What, diff};
pub use digest::digest;
pub use event_grammar::lock::DIRECTORY;
pub use fields::FieldForms;
pub use finding::{LockFinding, LockFindingKind};
pub use frozen::Frozen;
pub use model::{Model, Snapshot};
pub use plan::{Plan, Request, Step, StepKind, plan, restorable};
pub use state::{DamagedFile, State, samples_file, schema_file, stored_files};
pub use verdict::{Bump, Impact, UNDECIDED};
