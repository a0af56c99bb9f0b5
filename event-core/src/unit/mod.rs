//! Units of work: operations, which have a begin and an end, and wide events, which collect groups.

mod operation;
mod start;
mod wide;

pub use event_grammar::TimeUnit;
pub use operation::{
    Begins, Completes, Either, Elapsed, End, Ends, Fails, Interrupted, Operation, elapsed,
};
pub use wide::{ContributionTo, UnitOfWork, Wide};
