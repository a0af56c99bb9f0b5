//! What people do with a relay's tables: look at them, and change them by hand.
//!
//! Every function works while a relay runs. A change is one transaction (`BEGIN IMMEDIATE`), or
//! several short ones where there is much to change, and writes its audit event in the same
//! transaction. Each change has a `plan` beside it, which says what would happen and changes
//! nothing.
//!
//! The connections are those of [`database::open`](crate::database::open).

mod audit;
mod batches;
mod cursor;
mod error;
mod kept;
mod lag;
mod parked;
pub mod purge;
pub mod replay;
pub mod requeue;
pub mod rewind;
pub mod skip;
mod spelling;
mod status;

pub use audit::Operator;
pub use error::OperationError;
pub use kept::{Kept, kept};
pub use lag::Lag;
pub use parked::{ParkedEvent, ParkedList, parked};
pub(crate) use spelling::type_meant;
pub use status::{OutboxStatus, TargetStatus, status};
